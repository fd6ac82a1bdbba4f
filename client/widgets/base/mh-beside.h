/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A table beside one of its rows. While both are in sight the row that is chosen is shown, and the
 * first of them as long as nothing is shown yet; folded, only a row that is opened (Enter, double
 * click).
 *
 *   static const MhBesideHow how = { shown_id, read_one };
 *   mh_record_table_setup (page->table, …, G_LIST_MODEL (page->list), MH_TABLE_SINGLE);
 *   mh_beside_begin (&page->beside, pane, &how, page->table, page->split,
 *                    G_LIST_MODEL (page->list));
 */
#include "client/compat/mh-compat.h"
#include "client/widgets/base/mh-pane.h"
#include "client/widgets/table/mh-record-table.h"

G_BEGIN_DECLS

typedef struct
{
  const char *(*shown) (MhPane *page); /* id of what is shown or on its way; NULL: nothing */
  /* @id NULL: nothing. What is shown already may be shown again, when its row is opened. */
  void (*show) (MhPane *page, const char *id);
} MhBesideHow;

/* A member of the page's struct; what is in it is nobody else's. */
typedef struct
{
  const MhBesideHow *how;
  MhPane *page;
  MhRecordTable *table;
  MhSplit *split;
  GListModel *rows;
  char *done; /* id of what was dealt with last: its row is not shown by itself */
} MhBeside;

/* In begin() of the page, once. @how must stay; @rows: what the table was set up with, in the order
 * of which one is the first. */
void mh_beside_begin (MhBeside *beside,
                      MhPane *page,
                      const MhBesideHow *how,
                      MhRecordTable *table,
                      MhSplit *split,
                      GListModel *rows);
/* Shows @id (NULL: nothing) and chooses its row, as soon as that is there. @go_there: a folded
 * split turns to it, or to the table for nothing. */
void mh_beside_show (MhBeside *beside, const char *id, gboolean go_there);
/* What @id is about was dealt with: its row is not shown by itself any more, however often a list
 * that does not know yet brings it, but another one that comes is. For the last one told so. */
void mh_beside_done (MhBeside *beside, const char *id);
/* More of @id waits, as the server tells; nothing where another one was dealt with last. */
void mh_beside_again (MhBeside *beside, const char *id);

G_END_DECLS
