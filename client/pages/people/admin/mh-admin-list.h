/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The records of one kind: find, make, change, sign off, try again. */
#include "client/pages/people/admin/mh-admin-kinds.h"
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_ADMIN_LIST (mh_admin_list_get_type ())
G_DECLARE_FINAL_TYPE (MhAdminList, mh_admin_list, MH, ADMIN_LIST, MhPane)

/* Asks the server when it is first shown. */
GtkWidget *mh_admin_list_new (MhContext *context, const MhAdminKind *kind);
/* The button "split.back", for the page to hide where both sides have room. */
GtkWidget *mh_admin_list_back (MhAdminList *list);
void mh_admin_list_focus (MhAdminList *list);

G_END_DECLS
