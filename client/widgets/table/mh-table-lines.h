/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Between the files of this room: what stands in columns, as rows for a table that is too narrow
 * for them. What has no other place stands below the title in one text, figures with the title of
 * their column. Columns of widgets of their own are left out.
 */
#include "client/widgets/table/mh-record-table.h"
#include "client/widgets/table/mh-row.h"

G_BEGIN_DECLS

gboolean mh_table_lines_is_end (const MhTableColumn *column);
/* NULL: none of them is the whole row. */
const MhTableColumn *mh_table_lines_whole (const MhTableColumn *columns);
void mh_table_lines_fill (MhRow *row,
                          const MhRecordType *type,
                          const MhTableColumn *columns,
                          MhRecord *record);

G_END_DECLS
