/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Turning one's own second factor on and off: the password, the code to scan, a first code of the
 * app, the recovery codes. */
#include "client/widgets/base/mh-dialog.h"

G_BEGIN_DECLS

void mh_factor_dialog_show (GtkWidget *parent, MhContext *context);

G_END_DECLS
