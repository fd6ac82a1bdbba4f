/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A table beside one of its rows. While both are in sight the row that is chosen is shown, and the
 * first of them as long as nothing is shown yet; folded, only a row that is opened (Enter, double
 * click).
 *
 *   static const MhMasterDetailHow how = { shown_id, read_one };
 *   mh_record_table_setup (page->table, …, G_LIST_MODEL (page->list), MH_TABLE_SINGLE);
 *   mh_master_detail_begin (&page->master_detail, pane, &how, page->table, page->split,
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
  gboolean waits; /* nothing is shown by itself: a key must not act on what nobody chose */
} MhMasterDetailHow;

/* A member of the page's struct; what is in it is nobody else's. */
typedef struct
{
  const MhMasterDetailHow *how;
  MhPane *page;
  MhRecordTable *table;
  MhSplit *split;
  GListModel *rows;
  char *done; /* id of what was dealt with last: its row is not shown by itself */
} MhMasterDetail;

/* In begin() of the page, once. @how must stay; @rows: what the table was set up with, in the order
 * of which one is the first. */
void mh_master_detail_begin (MhMasterDetail *master_detail,
                             MhPane *page,
                             const MhMasterDetailHow *how,
                             MhRecordTable *table,
                             MhSplit *split,
                             GListModel *rows);
/* Shows @id (NULL: nothing) and chooses its row, as soon as that is there. @go_there: a folded
 * split turns to it, or to the table for nothing. */
void mh_master_detail_show (MhMasterDetail *master_detail, const char *id, gboolean go_there);
/* Borrowed: the row of @id among @rows; NULL: there is none (yet). */
MhRecord *mh_master_detail_row (MhMasterDetail *master_detail, const char *id);
/* What @id is about was dealt with: its row is not shown by itself any more, however often a list
 * that does not know yet brings it, but another one that comes is. For the last one told so. */
void mh_master_detail_done (MhMasterDetail *master_detail, const char *id);
/* More of @id waits, as the server tells; nothing where another one was dealt with last. */
void mh_master_detail_again (MhMasterDetail *master_detail, const char *id);

G_END_DECLS
