/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/base/mh-master-detail.h"

void
mh_master_detail_show (MhMasterDetail *master_detail, const char *id, gboolean go_there)
{
  master_detail->how->show (master_detail->page, id);
  if (id != NULL)
    mh_record_table_select (master_detail->table, id);
  if (go_there)
    mh_split_show_end (master_detail->split, id != NULL);
}

MhRecord *
mh_master_detail_row (MhMasterDetail *master_detail, const char *id)
{
  for (guint i = 0; id != NULL && i < g_list_model_get_n_items (master_detail->rows); i++)
    {
      g_autoptr (MhRecord) row = g_list_model_get_item (master_detail->rows, i);
      if (g_strcmp0 (mh_record_id (row), id) == 0)
        return row; /* the list has it */
    }

  return NULL;
}

static void
master_detail_selection_cb (MhMasterDetail *master_detail)
{
  MhRecord *row = mh_record_table_current (master_detail->table);
  if (row != NULL && !mh_split_is_folded (master_detail->split)
      && g_strcmp0 (mh_record_id (row), master_detail->how->shown (master_detail->page)) != 0
      && g_strcmp0 (mh_record_id (row), master_detail->done) != 0)
    master_detail->how->show (master_detail->page, mh_record_id (row));
}

static void
master_detail_activated_cb (MhMasterDetail *master_detail, MhRecord *row)
{
  mh_master_detail_show (master_detail, mh_record_id (row), TRUE);
}

static void
master_detail_set_done (MhMasterDetail *master_detail, const char *id)
{
  master_detail->done = g_strdup (id);
  g_object_set_data_full (G_OBJECT (master_detail->page), "mh-master-detail-done",
                          master_detail->done, g_free);
}

static MhRecord *
master_detail_first (MhMasterDetail *master_detail)
{
  for (guint i = 0; i < g_list_model_get_n_items (master_detail->rows); i++)
    {
      g_autoptr (MhRecord) row = g_list_model_get_item (master_detail->rows, i);
      if (g_strcmp0 (mh_record_id (row), master_detail->done) != 0)
        return g_steal_pointer (&row);
    }

  return NULL;
}

static void
master_detail_items_cb (MhMasterDetail *master_detail)
{
  g_autoptr (MhRecord) first = master_detail_first (master_detail);
  const char *shown = master_detail->how->shown (master_detail->page);
  if (mh_split_is_folded (master_detail->split))
    return;

  if (first != NULL && !master_detail->how->waits && shown == NULL)
    mh_master_detail_show (master_detail, mh_record_id (first), FALSE);
  /* its row came anew, as all do when the list is read again */
  else if (shown != NULL && mh_record_table_current (master_detail->table) == NULL
           && mh_master_detail_row (master_detail, shown) != NULL)
    mh_record_table_select (master_detail->table, shown);
}

void
mh_master_detail_done (MhMasterDetail *master_detail, const char *id)
{
  master_detail_set_done (master_detail, id);
}

void
mh_master_detail_again (MhMasterDetail *master_detail, const char *id)
{
  if (master_detail->done == NULL || g_strcmp0 (id, master_detail->done) != 0)
    return;

  master_detail_set_done (master_detail, NULL);
  master_detail_items_cb (master_detail);
}

/* What is connected lies in the page's struct, and ends with the page. */
static void
master_detail_listen (MhMasterDetail *master_detail,
                      gpointer source,
                      const char *signal,
                      GCallback callback)
{
  GClosure *closure = g_cclosure_new_swap (callback, master_detail, NULL);
  g_object_watch_closure (G_OBJECT (master_detail->page), closure);
  g_signal_connect_closure (source, signal, closure, FALSE);
}

void
mh_master_detail_begin (MhMasterDetail *master_detail,
                        MhPane *page,
                        const MhMasterDetailHow *how,
                        MhRecordTable *table,
                        MhSplit *split,
                        GListModel *rows)
{
  g_return_if_fail (master_detail->page == NULL && MH_IS_PANE (page) && MH_IS_RECORD_TABLE (table)
                    && MH_IS_SPLIT (split) && G_IS_LIST_MODEL (rows));
  master_detail->how = how;
  master_detail->page = page;
  mh_pane_keep (page, &master_detail->table, g_object_ref (table));
  mh_pane_keep (page, &master_detail->split, g_object_ref (split));
  mh_pane_keep (page, &master_detail->rows, g_object_ref (rows));
  master_detail_listen (master_detail, table, "selection", G_CALLBACK (master_detail_selection_cb));
  master_detail_listen (master_detail, table, "activated", G_CALLBACK (master_detail_activated_cb));
  master_detail_listen (master_detail, rows, "items-changed", G_CALLBACK (master_detail_items_cb));
}
