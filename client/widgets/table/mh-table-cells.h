/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between the files of this room: the cells of one column of a table, made, filled, filled again
 * when the record changes, and compared, all by the column's description. */
#include "client/widgets/table/mh-record-table.h"

G_BEGIN_DECLS

typedef struct
{
  const MhRecordType *type;
  MhTableColumn column;      /* as it was given */
  GtkColumnViewColumn *view; /* NULL: of lines */
  GHashTable *bound;         /* the table's: each GtkListItem that shows a record now */
  const MhTableColumn *all;  /* of a line that is made from them, or NULL */
  gboolean first;
} MhTableCells;

/* NULL with -1: the column's cells are no field's. */
const MhField *
mh_table_cells_field (const MhRecordType *type, const MhTableColumn *column, int *out_index);
/* @field: the column's, or NULL. */
gboolean mh_table_cells_is_numeric (const MhTableColumn *column, const MhField *field);

/* The factory makes these cells from now on. @cells must stay as long as it. */
void mh_table_cells_serve (MhTableCells *cells, GtkListItemFactory *factory);
/* Of one that is bound: its text may depend on more than its record. */
void mh_table_cells_refill (GtkListItem *item);
/* That a cell was made for; NULL: the widget is none. */
GtkListItem *mh_table_cells_item_of (GtkWidget *cell);
/* A GCompareDataFunc over records; @cells: MhTableCells with a view. */
int mh_table_cells_compare (gconstpointer a, gconstpointer b, gpointer cells);

G_END_DECLS
