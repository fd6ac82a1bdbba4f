/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/reports/mh-reports-groups.h"

#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-test.h"

static gboolean
reports_groups_same_text (MhRecord *a, MhRecord *b, guint field)
{
  const char *text = mh_record_text (a, field);
  return text != NULL && g_strcmp0 (text, mh_record_text (b, field)) == 0;
}

static gboolean
measures_one_thing (const MhReportDraft *draft, MhRecord *item)
{
  MhRecord *test
      = mh_catalogue_find (draft->view, &mh_test_type, mh_record_text (item, MH_ORDER_ITEM_TEST));
  const char *const *list = test != NULL ? mh_record_list (test, MH_TEST_ANALYTES) : NULL;
  return list != NULL && g_strv_length ((char **)list) == 1;
}

/* The first test of the group that this one belongs to; itself when it stands alone. */
static MhRecord *
leader_of (const MhReportDraft *draft, GPtrArray *items, MhRecord *item)
{
  if (!mh_record_has (item, MH_ORDER_ITEM_PANEL) || !measures_one_thing (draft, item))
    return item;
  for (guint i = 0; i < items->len; i++)
    {
      MhRecord *other = g_ptr_array_index (items, i);
      if (reports_groups_same_text (other, item, MH_ORDER_ITEM_PANEL)
          && reports_groups_same_text (other, item, MH_ORDER_ITEM_SAMPLE_ID)
          && measures_one_thing (draft, other))
        return other;
    }
  return item;
}

static guint
group_size (const MhReportDraft *draft, GPtrArray *items, MhRecord *leader)
{
  guint n = 0;
  for (guint i = 0; i < items->len; i++)
    n += leader_of (draft, items, g_ptr_array_index (items, i)) == leader;
  return n;
}

/* Where what a panel calculates is shown: the panel's largest group. */
static MhRecord *
panel_group (const MhReportDraft *draft, GPtrArray *items, const char *panel, MhRecord *fallback)
{
  MhRecord *best = fallback;
  guint most = 1;
  for (guint i = 0; i < items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (items, i);
      guint size = g_strcmp0 (mh_record_text (item, MH_ORDER_ITEM_PANEL), panel) == 0
                       ? group_size (draft, items, item)
                       : 0;
      if (size > most)
        {
          most = size;
          best = item;
        }
    }

  return best;
}

static GPtrArray *
reports_groups_copy_records (GPtrArray *records)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (copies, mh_record_copy (g_ptr_array_index (records, i)));
  return copies;
}

static MhRecord *
reports_groups_item_of (GPtrArray *items, MhRecord *result)
{
  const char *id = mh_record_text (result, MH_RESULT_ORDER_ITEM_ID);
  for (guint i = 0; i < items->len; i++)
    if (g_strcmp0 (mh_record_id (g_ptr_array_index (items, i)), id) == 0)
      return g_ptr_array_index (items, i);
  return NULL;
}

static void
name_group (const MhReportDraft *draft, MhRecord *leader, GHashTable *names)
{
  MhRecord *panel = mh_catalogue_find (draft->view, &mh_panel_type,
                                       mh_record_text (leader, MH_ORDER_ITEM_PANEL));
  if (panel != NULL)
    g_hash_table_insert (names, leader, (gpointer)mh_record_text (panel, MH_PANEL_NAME));
}

GPtrArray *
mh_reports_groups_make (const MhReportDraft *draft, MhRecord *order)
{
  g_autoptr (GHashTable) names = g_hash_table_new (NULL, NULL);
  GPtrArray *items = reports_groups_copy_records (draft->items);
  GPtrArray *results = reports_groups_copy_records (draft->results);

  for (guint i = 0; i < results->len; i++)
    {
      MhRecord *result = g_ptr_array_index (results, i);
      MhRecord *item = reports_groups_item_of (items, result);
      if (item == NULL)
        continue;
      const char *panel = mh_record_text (item, MH_ORDER_ITEM_PANEL);
      gboolean of_panel
          = panel != NULL && g_strcmp0 (mh_record_text (result, MH_RESULT_TEST), panel) == 0;
      MhRecord *leader
          = of_panel ? panel_group (draft, items, panel, item) : leader_of (draft, items, item);
      if (of_panel || group_size (draft, items, leader) > 1)
        name_group (draft, leader, names);
      mh_record_set_text (result, MH_RESULT_ORDER_ITEM_ID, mh_record_id (leader));
    }

  /* Named last: the groups are found by the tests' own fields. */
  GHashTableIter iter;
  gpointer leader, name;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &leader, &name))
    if (group_size (draft, items, leader) > 1)
      mh_record_set_text (leader, MH_ORDER_ITEM_NAME, name);
  mh_record_take_records (order, MH_ORDER_ITEMS, items);
  mh_record_take_records (order, MH_ORDER_SAMPLES, reports_groups_copy_records (draft->samples));

  return results;
}
