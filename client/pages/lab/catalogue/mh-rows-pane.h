/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Rows that hang on another: a table, and buttons for a new one, a change, a removal. */
#include "client/models/mh-record-list.h"
#include "client/pages/people/admin/mh-admin-kinds.h"
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_ROWS_PANE (mh_rows_pane_get_type ())
/* Signal "chosen" (MhRecord *): a row of a kind that is not edited here was opened. */
G_DECLARE_FINAL_TYPE (MhRowsPane, mh_rows_pane, MH, ROWS_PANE, MhPane)

GtkWidget *mh_rows_pane_new (MhContext *context, const MhAdminKind *kind, const char *remove_route);
/* @args filter the list (NULL: show @rows, an array of records, instead); @fresh: what a new row
 * begins with, or NULL: none can be made. */
void
mh_rows_pane_show (MhRowsPane *pane, const char *const *args, GPtrArray *rows, MhRecord *fresh);
/* What is shown; signals "items-changed". Borrowed. */
GListModel *mh_rows_pane_model (MhRowsPane *pane);
/* Chooses the row of that id and opens it, as Enter on it does. */
void mh_rows_pane_open (MhRowsPane *pane, const char *id);
/* As its button: a new row that begins with @fresh. Nothing for who may not write. */
void mh_rows_pane_add (MhRowsPane *pane, MhRecord *fresh);
gboolean mh_rows_pane_may_add (MhRowsPane *pane);
void mh_rows_pane_reload (MhRowsPane *pane);

G_END_DECLS
