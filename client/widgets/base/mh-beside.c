/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/base/mh-beside.h"

void
mh_beside_show (MhBeside *beside, const char *id, gboolean go_there)
{
  beside->how->show (beside->page, id);
  if (id != NULL)
    mh_record_table_select (beside->table, id);
  if (go_there)
    mh_split_show_end (beside->split, id != NULL);
}

static void
beside_selection_cb (MhBeside *beside)
{
  MhRecord *row = mh_record_table_current (beside->table);
  if (row != NULL && !mh_split_is_folded (beside->split)
      && g_strcmp0 (mh_record_id (row), beside->how->shown (beside->page)) != 0
      && g_strcmp0 (mh_record_id (row), beside->done) != 0)
    beside->how->show (beside->page, mh_record_id (row));
}

static void
beside_activated_cb (MhBeside *beside, MhRecord *row)
{
  mh_beside_show (beside, mh_record_id (row), TRUE);
}

static void
beside_set_done (MhBeside *beside, const char *id)
{
  beside->done = g_strdup (id);
  g_object_set_data_full (G_OBJECT (beside->page), "mh-beside-done", beside->done, g_free);
}

static MhRecord *
beside_first (MhBeside *beside)
{
  for (guint i = 0; i < g_list_model_get_n_items (beside->rows); i++)
    {
      g_autoptr (MhRecord) row = g_list_model_get_item (beside->rows, i);
      if (g_strcmp0 (mh_record_id (row), beside->done) != 0)
        return g_steal_pointer (&row);
    }

  return NULL;
}

static void
beside_items_cb (MhBeside *beside)
{
  g_autoptr (MhRecord) first = beside_first (beside);
  if (first != NULL && beside->how->shown (beside->page) == NULL
      && !mh_split_is_folded (beside->split))
    mh_beside_show (beside, mh_record_id (first), FALSE);
}

void
mh_beside_done (MhBeside *beside, const char *id)
{
  beside_set_done (beside, id);
}

void
mh_beside_again (MhBeside *beside, const char *id)
{
  if (beside->done == NULL || g_strcmp0 (id, beside->done) != 0)
    return;

  beside_set_done (beside, NULL);
  beside_items_cb (beside);
}

/* What is connected lies in the page's struct, and ends with the page. */
static void
beside_listen (MhBeside *beside, gpointer source, const char *signal, GCallback callback)
{
  GClosure *closure = g_cclosure_new_swap (callback, beside, NULL);
  g_object_watch_closure (G_OBJECT (beside->page), closure);
  g_signal_connect_closure (source, signal, closure, FALSE);
}

void
mh_beside_begin (MhBeside *beside,
                 MhPane *page,
                 const MhBesideHow *how,
                 MhRecordTable *table,
                 MhSplit *split,
                 GListModel *rows)
{
  g_return_if_fail (beside->page == NULL && MH_IS_PANE (page) && MH_IS_RECORD_TABLE (table)
                    && MH_IS_SPLIT (split) && G_IS_LIST_MODEL (rows));
  beside->how = how;
  beside->page = page;
  mh_pane_keep (page, &beside->table, g_object_ref (table));
  mh_pane_keep (page, &beside->split, g_object_ref (split));
  mh_pane_keep (page, &beside->rows, g_object_ref (rows));
  beside_listen (beside, table, "selection", G_CALLBACK (beside_selection_cb));
  beside_listen (beside, table, "activated", G_CALLBACK (beside_activated_cb));
  beside_listen (beside, rows, "items-changed", G_CALLBACK (beside_items_cb));
}
