/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* One record of an administrator's list in a dialog. */
#include "client/mh-context.h"
#include "client/pages/people/admin/mh-admin-kinds.h"

G_BEGIN_DECLS

/* A new record or @record to be changed. The list follows by itself, because saving tells the
 * models. */
/* The dialog, for who wants to know when it is gone; owned by its window. */
GtkWidget *mh_admin_dialog_edit (GtkWidget *parent,
                                 MhContext *context,
                                 const MhAdminKind *kind,
                                 MhRecord *record);
G_END_DECLS
