/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Changing one's own password; needs the server. */
#include "client/widgets/base/mh-dialog.h"

G_BEGIN_DECLS

/* @forced: the password was given by somebody else; the dialog says so. */
void mh_password_dialog_show (GtkWidget *parent, MhContext *context);

G_END_DECLS
