/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Find or register: the search box has the focus, results come while typing, the chosen patient's
 * card stands beside them. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_FRONT_DESK_PAGE (mh_front_desk_page_get_type ())
G_DECLARE_FINAL_TYPE (MhFrontDeskPage, mh_front_desk_page, MH, FRONT_DESK_PAGE, MhPane)

GtkWidget *mh_front_desk_page_new (MhContext *context);

G_END_DECLS
