/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Between the files of this room: what stands in columns, as lines for a table that is too narrow
 * for them. The first column is the heading, the others follow it in one text, figures with the
 * title of their column. Columns of widgets of their own are left out.
 */
#include "client/widgets/table/mh-record-table.h"

G_BEGIN_DECLS

GtkWidget *mh_table_lines_make (void);
void mh_table_lines_fill (GtkWidget *line,
                          const MhRecordType *type,
                          const MhTableColumn *columns,
                          MhRecord *record);

G_END_DECLS
