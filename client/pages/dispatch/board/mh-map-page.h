/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The map of the region: find an address on it, see what is where, how one gets there. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_MAP_PAGE (mh_map_page_get_type ())
G_DECLARE_FINAL_TYPE (MhMapPage, mh_map_page, MH, MAP_PAGE, MhPane)

GtkWidget *mh_map_page_new (MhContext *context);

G_END_DECLS
