/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What was done here and is not yet at the server: what waits, and what the server refused, where a
 * person sends it again or gives it up. Nothing leaves this list by itself but by arriving. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_WAITING_PAGE (mh_waiting_page_get_type ())
G_DECLARE_FINAL_TYPE (MhWaitingPage, mh_waiting_page, MH, WAITING_PAGE, MhPane)

GtkWidget *mh_waiting_page_new (MhContext *context);

G_END_DECLS
