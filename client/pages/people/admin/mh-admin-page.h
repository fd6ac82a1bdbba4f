/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Administration: people, roles, hospitals, catalogue, settings, desks, jobs, audit. Opened with
 * the id of a topic
 * ("audit") or nothing. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_ADMIN_PAGE (mh_admin_page_get_type ())
G_DECLARE_FINAL_TYPE (MhAdminPage, mh_admin_page, MH, ADMIN_PAGE, MhPane)

GtkWidget *mh_admin_page_new (MhContext *context);

G_END_DECLS
