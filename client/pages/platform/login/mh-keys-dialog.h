/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* "A key in your name was asked for by …": whoever has signed in accepts or refuses it. */
#include "client/widgets/base/mh-dialog.h"

G_BEGIN_DECLS

/* Asks the server; nothing is shown when no key waits. Escape leaves it for the next sign-in. */
void mh_keys_dialog_ask (GtkWidget *parent, MhContext *context);

G_END_DECLS
