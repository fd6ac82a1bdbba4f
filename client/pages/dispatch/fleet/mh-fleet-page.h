/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Units of the rescue service beside one of them: its state, who is on it, what it is. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_FLEET_PAGE (mh_fleet_page_get_type ())
G_DECLARE_FINAL_TYPE (MhFleetPage, mh_fleet_page, MH, FLEET_PAGE, MhPane)

GtkWidget *mh_fleet_page_new (MhContext *context);

G_END_DECLS
