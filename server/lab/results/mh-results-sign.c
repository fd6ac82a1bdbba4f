/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/results/mh-results-sign.h"

#include "server/lab/results/mh-results-second.h"
#include "shared/records/lab/mh-auto.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-test.h"

#define MOST_LEVELS 3

static gboolean
results_sign_is (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

guint
mh_results_sign_levels (MhResultsPlan *plan, const MhResultsRow *row)
{
  MhRecord *bench = mh_catalogue_find (plan->view, &mh_bench_type,
                                       mh_record_text (row->item, MH_ORDER_ITEM_BENCH));
  gint64 levels = bench != NULL && mh_record_has (bench, MH_BENCH_VERIFY_LEVELS)
                      ? mh_record_int (bench, MH_BENCH_VERIFY_LEVELS)
                      : plan->verify_levels;
  return (guint)CLAMP (levels, 0, MOST_LEVELS);
}

guint
mh_results_sign_level (const MhResultsRow *row)
{
  return row->after != NULL ? (guint)mh_record_int (row->after, MH_RESULT_VERIFY_LEVEL) : 0;
}

gboolean
mh_results_sign_is_waiting (const MhResultsRow *row)
{
  return row->after != NULL
         && results_sign_is (mh_record_text (row->after, MH_RESULT_STATUS),
                             MH_RESULT_STATUS_ENTERED);
}

static gboolean
entered_by (const MhResultsRow *row, const char *user_id)
{
  return row->after != NULL && mh_results_row_value (row) != NULL
         && results_sign_is (mh_record_text (row->after, MH_RESULT_ENTERED_BY), user_id);
}

/* What a formula made stands on values of the whole order. */
gboolean
mh_results_sign_is_own (MhResultsPlan *plan, const MhResultsRow *row, const char *user_id)
{
  if (user_id == NULL || row->after == NULL)
    return FALSE;
  return entered_by (row, user_id) || mh_results_second_is_by (row, user_id)
         || results_sign_is (mh_record_text (row->after, MH_RESULT_LEVEL1_BY), user_id)
         || results_sign_is (mh_record_text (row->after, MH_RESULT_LEVEL2_BY), user_id)
         || (row->calculated && mh_results_plan_entered_by (plan, user_id));
}

static void
set_last (MhRecord *result, const char *by, const char *name, gint64 now)
{
  mh_record_set_text (result, MH_RESULT_STATUS, MH_RESULT_STATUS_VERIFIED);
  mh_record_set_text (result, MH_RESULT_VERIFIED_BY, by);
  mh_record_set_text (result, MH_RESULT_VERIFIED_NAME, name);
  mh_record_set_int (result, MH_RESULT_VERIFIED_AT, now);
}

guint
mh_results_sign (MhResultsPlan *plan, MhResultsRow *row, const MhActor *actor)
{
  static const struct
  {
    guint by, name, at;
  } places[] = { { MH_RESULT_LEVEL1_BY, MH_RESULT_LEVEL1_NAME, MH_RESULT_LEVEL1_AT },
                 { MH_RESULT_LEVEL2_BY, MH_RESULT_LEVEL2_NAME, MH_RESULT_LEVEL2_AT } };
  MhRecord *result = mh_results_row_edit (row);
  guint level = mh_results_sign_level (row) + 1;

  mh_record_set_int (result, MH_RESULT_VERIFY_LEVEL, level);
  mh_record_set_bool (result, MH_RESULT_AUTO_VERIFIED, FALSE);
  if (level >= mh_results_sign_levels (plan, row) || level > G_N_ELEMENTS (places))
    {
      set_last (result, mh_actor_user_id (actor), mh_actor_name (actor), plan->now);
      return level;
    }

  mh_record_set_text (result, places[level - 1].by, mh_actor_user_id (actor));
  mh_record_set_text (result, places[level - 1].name, mh_actor_name (actor));
  mh_record_set_int (result, places[level - 1].at, plan->now);

  return level;
}

void
mh_results_sign_auto (MhResultsRow *row, gint64 now)
{
  MhRecord *result = mh_results_row_edit (row);
  mh_record_set_bool (result, MH_RESULT_AUTO_VERIFIED, TRUE);
  mh_record_set_null (result, MH_RESULT_HELD);
  set_last (result, NULL, MH_AUTO_NAME, now);
}

void
mh_results_sign_void (MhRecord *result)
{
  static const guint gone[]
      = { MH_RESULT_VERIFY_LEVEL, MH_RESULT_LEVEL1_BY,   MH_RESULT_LEVEL1_NAME,
          MH_RESULT_LEVEL1_AT,    MH_RESULT_LEVEL2_BY,   MH_RESULT_LEVEL2_NAME,
          MH_RESULT_LEVEL2_AT,    MH_RESULT_VERIFIED_BY, MH_RESULT_VERIFIED_NAME,
          MH_RESULT_VERIFIED_AT,  MH_RESULT_HELD };
  for (guint i = 0; i < G_N_ELEMENTS (gone); i++)
    if (mh_record_has (result, gone[i]))
      mh_record_set_null (result, gone[i]);
  if (mh_record_bool (result, MH_RESULT_AUTO_VERIFIED))
    mh_record_set_bool (result, MH_RESULT_AUTO_VERIFIED, FALSE);
}
