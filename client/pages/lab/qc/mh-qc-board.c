/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/qc/mh-qc-board.h"

#include "shared/base/mh-clock.h"
#include "shared/records/lab/mh-qc.h"

#include <glib/gi18n-lib.h>

#define LEVELS "mh-qc-levels"
#define LOCK "mh-qc-lock"
#define STANDING "mh-qc-standing"

static gboolean
is_pair (MhRecord *target, const char *equipment, const char *analyte)
{
  return g_strcmp0 (mh_record_text (target, MH_QC_TARGET_EQUIPMENT), equipment) == 0
         && g_strcmp0 (mh_record_text (target, MH_QC_TARGET_ANALYTE), analyte) == 0;
}

static MhQcStanding
standing_of_target (MhRecord *target, gint64 now)
{
  const char *state = mh_record_text (target, MH_QC_TARGET_LAST_STATE);
  gint64 hours = mh_record_int (target, MH_QC_TARGET_EVERY_HOURS);
  if (state == NULL)
    return MH_QC_BOARD_NONE;
  if (hours > 0 && mh_record_int (target, MH_QC_TARGET_LAST_AT) + hours * MH_HOUR < now)
    return MH_QC_BOARD_DUE;
  return g_str_equal (state, MH_QC_ACCEPTED) ? MH_QC_BOARD_GOOD : MH_QC_BOARD_WARNING;
}

gboolean
mh_qc_board_is_active (MhRecord *lock, gpointer data)
{
  return g_strcmp0 (mh_record_text (lock, MH_QC_LOCK_STATE), MH_QC_LOCK_RELEASED) != 0;
}

static MhRecord *
find_lock (GListModel *locks, MhRecord *target)
{
  for (guint i = 0; i < g_list_model_get_n_items (locks); i++)
    {
      g_autoptr (MhRecord) lock = g_list_model_get_item (locks, i);
      if (mh_qc_board_is_active (lock, NULL)
          && is_pair (target, mh_record_text (lock, MH_QC_LOCK_EQUIPMENT),
                      mh_record_text (lock, MH_QC_LOCK_ANALYTE)))
        return g_steal_pointer (&lock);
    }
  return NULL;
}

static int
qc_board_compare_levels (gconstpointer a, gconstpointer b)
{
  MhRecord *left = *(MhRecord **)a;
  MhRecord *right = *(MhRecord **)b;
  gint64 l = mh_record_int (left, MH_QC_TARGET_LEVEL);
  gint64 r = mh_record_int (right, MH_QC_TARGET_LEVEL);
  return l != r ? (l < r ? -1 : 1) : g_strcmp0 (mh_record_id (left), mh_record_id (right));
}

static int
qc_board_compare_rows (gconstpointer a, gconstpointer b)
{
  MhRecord *left = *(MhRecord **)a;
  MhRecord *right = *(MhRecord **)b;
  int by = (int)mh_qc_board_standing (left) - (int)mh_qc_board_standing (right);
  if (by == 0)
    by = g_strcmp0 (mh_record_text (left, MH_QC_TARGET_EQUIPMENT),
                    mh_record_text (right, MH_QC_TARGET_EQUIPMENT));
  return by != 0 ? by
                 : g_strcmp0 (mh_record_text (left, MH_QC_TARGET_ANALYTE),
                              mh_record_text (right, MH_QC_TARGET_ANALYTE));
}

/* The row is a copy: what is kept with it belongs to this board alone. */
static MhRecord *
qc_board_make_row (GPtrArray *levels, GListModel *locks, gint64 now)
{
  MhRecord *worst = NULL;
  MhQcStanding standing = MH_QC_BOARD_GOOD;
  g_ptr_array_sort (levels, qc_board_compare_levels);

  for (guint i = 0; i < levels->len; i++)
    {
      MhRecord *target = g_ptr_array_index (levels, i);
      MhQcStanding own = standing_of_target (target, now);
      if (worst == NULL || own < standing)
        {
          worst = target;
          standing = own;
        }
    }

  MhRecord *row = mh_record_copy (worst);
  MhRecord *lock = find_lock (locks, worst);
  if (lock != NULL)
    standing = g_strcmp0 (mh_record_text (lock, MH_QC_LOCK_STATE), MH_QC_LOCK_OPEN) == 0
                   ? MH_QC_BOARD_LOCKED
                   : MH_QC_BOARD_ACTED;

  g_object_set_data_full (G_OBJECT (row), LEVELS, g_ptr_array_ref (levels),
                          (GDestroyNotify)g_ptr_array_unref);
  g_object_set_data_full (G_OBJECT (row), LOCK, lock, g_object_unref);
  g_object_set_data (G_OBJECT (row), STANDING, GINT_TO_POINTER (standing));

  return row;
}

static char *
qc_board_pair_of (MhRecord *target)
{
  return g_strdup_printf ("%s\n%s", mh_record_text (target, MH_QC_TARGET_EQUIPMENT),
                          mh_record_text (target, MH_QC_TARGET_ANALYTE));
}

void
mh_qc_board_fill (GListStore *rows, GListModel *targets, GListModel *locks, gint64 now)
{
  g_autoptr (GHashTable) pairs
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (targets); i++)
    {
      g_autoptr (MhRecord) target = g_list_model_get_item (targets, i);
      g_autofree char *pair = qc_board_pair_of (target);
      if (!mh_record_bool (target, MH_QC_TARGET_ACTIVE))
        continue;
      GPtrArray *levels = g_hash_table_lookup (pairs, pair);
      if (levels == NULL)
        {
          levels = g_ptr_array_new_with_free_func (g_object_unref);
          g_hash_table_insert (pairs, g_steal_pointer (&pair), levels);
        }
      g_ptr_array_add (levels, g_steal_pointer (&target));
    }

  GHashTableIter iter;
  gpointer levels = NULL;
  g_hash_table_iter_init (&iter, pairs);
  while (g_hash_table_iter_next (&iter, NULL, &levels))
    g_ptr_array_add (made, qc_board_make_row (levels, locks, now));
  g_ptr_array_sort (made, qc_board_compare_rows);
  g_list_store_splice (rows, 0, g_list_model_get_n_items (G_LIST_MODEL (rows)), made->pdata,
                       made->len);
}

MhQcStanding
mh_qc_board_standing (MhRecord *row)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), STANDING));
}

const char *
mh_qc_board_words (MhQcStanding standing)
{
  switch (standing)
    {
    case MH_QC_BOARD_LOCKED:
      return _ ("✕ Locked");
    case MH_QC_BOARD_ACTED:
      return _ ("⟳ Waits for a good control");
    case MH_QC_BOARD_WARNING:
      return _ ("⚠ Warning");
    case MH_QC_BOARD_DUE:
      return _ ("○ Control due");
    case MH_QC_BOARD_NONE:
      return _ ("○ Nothing measured");
    case MH_QC_BOARD_GOOD:
    default:
      return _ ("✓ In control");
    }
}

const char *
mh_qc_board_style (MhQcStanding standing)
{
  switch (standing)
    {
    case MH_QC_BOARD_LOCKED:
    case MH_QC_BOARD_ACTED:
      return "mh-critical";
    case MH_QC_BOARD_WARNING:
    case MH_QC_BOARD_DUE:
      return "mh-soon";
    case MH_QC_BOARD_NONE:
      return "dim-label";
    case MH_QC_BOARD_GOOD:
    default:
      return "mh-good";
    }
}

GPtrArray *
mh_qc_board_levels (MhRecord *row)
{
  return g_object_get_data (G_OBJECT (row), LEVELS);
}

MhRecord *
mh_qc_board_lock (MhRecord *row)
{
  return g_object_get_data (G_OBJECT (row), LOCK);
}
