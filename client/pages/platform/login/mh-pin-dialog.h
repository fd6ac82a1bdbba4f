/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The PIN with which staff close the kiosks of this hospital; needs the server. */
#include "client/widgets/base/mh-dialog.h"

G_BEGIN_DECLS

void mh_pin_dialog_show (GtkWidget *parent, MhContext *context);

G_END_DECLS
