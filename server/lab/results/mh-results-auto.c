/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/results/mh-results-auto.h"

#include "server/lab/results/mh-auto-store.h"
#include "server/lab/results/mh-results-decide.h"
#include "server/lab/results/mh-results-doubt.h"
#include "server/lab/results/mh-results-hold.h"
#include "server/lab/results/mh-results-instrument.h"
#include "server/lab/results/mh-results-items.h"
#include "server/lab/results/mh-results-second.h"
#include "server/lab/results/mh-results-sign.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-setting-store.h"
#include "shared/records/lab/mh-auto.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/platform/mh-settings.h"
#include "shared/rules/lab/mh-auto-verify.h"

static gboolean
results_auto_is (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

/* --- one value --- */

/* 0–4 as whoever received the tube saw it; -1: nobody looked. */
static int
results_auto_index_of (MhRecord *sample, guint field)
{
  return sample != NULL && mh_record_has (sample, field) ? (int)mh_record_int (sample, field) : -1;
}

static guint
deltas_of_tube (MhResultsPlan *plan, MhRecord *sample)
{
  guint n = 0;
  for (guint i = 0; sample != NULL && i < plan->rows->len; i++)
    {
      const MhResultsRow *row = g_ptr_array_index (plan->rows, i);
      n += row->sample == sample && row->after != NULL
           && mh_record_has (row->after, MH_RESULT_DELTA);
    }
  return n;
}

static gboolean
is_in_control (MhDb *db, MhResultsPlan *plan, const MhResultsRow *row)
{
  return mh_results_instrument_may_release (db, plan, row, /* error */ NULL);
}

/* Where nobody signs, control, held and too old tubes still count. */
static char **
held_without_rule (MhDb *db, MhResultsPlan *plan, const MhResultsRow *row)
{
  g_autoptr (GStrvBuilder) held = g_strv_builder_new ();
  if (mh_results_hold_is_kept (plan, row))
    g_strv_builder_add (held, MH_HELD_KEPT);
  if (!is_in_control (db, plan, row))
    g_strv_builder_add (held, MH_HELD_QC);
  if (mh_results_row_is_too_old (row))
    g_strv_builder_add (held, MH_HELD_TOO_OLD);
  const char *doubt = mh_results_doubt (plan, row, NULL);
  if (doubt != NULL)
    g_strv_builder_add (held, doubt);
  if (mh_results_second_keeps_back (row))
    g_strv_builder_add (held, MH_HELD_SECOND);
  return g_strv_builder_end (held);
}

static char **
held_of (MhDb *db, MhResultsPlan *plan, GPtrArray *rules, const MhResultsRow *row)
{
  if (mh_results_sign_levels (plan, row) == 0)
    return held_without_rule (db, plan, row);

  MhAutoCase value = {
    .result = row->after,
    .bench = mh_record_text (row->item, MH_ORDER_ITEM_BENCH),
    .has_previous = row->previous != NULL,
    .tube_deltas = deltas_of_tube (plan, row->sample),
    .kept = mh_results_hold_is_kept (plan, row),
    .second = mh_results_second_keeps_back (row),
    .qc_good = is_in_control (db, plan, row),
    .too_old = mh_results_row_is_too_old (row),
    .doubt = mh_results_doubt (plan, row, NULL),
    .haemolysis = results_auto_index_of (row->sample, MH_SAMPLE_HAEMOLYSIS),
    .icterus = results_auto_index_of (row->sample, MH_SAMPLE_ICTERUS),
    .lipaemia = results_auto_index_of (row->sample, MH_SAMPLE_LIPAEMIA),
  };

  return mh_auto_held (mh_auto_rule_for (rules, &value), &value);
}

static void
set_held (MhResultsRow *row, const char *const *held)
{
  mh_record_set_list (mh_results_row_edit (row), MH_RESULT_HELD, held);
}

/* --- one test --- */

static GPtrArray *
results_auto_waiting_of (MhResultsPlan *plan, MhRecord *item)
{
  GPtrArray *rows = g_hash_table_lookup (plan->item_rows, mh_record_id (item));
  GPtrArray *waiting = g_ptr_array_new ();
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (mh_results_sign_is_waiting (g_ptr_array_index (rows, i)))
      g_ptr_array_add (waiting, g_ptr_array_index (rows, i));
  return waiting;
}

static gboolean
wants_nobody (MhResultsPlan *plan, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    if (mh_results_sign_levels (plan, g_ptr_array_index (rows, i)) > 0)
      return FALSE;
  return rows->len > 0;
}

/* All of them may go, or each says why it stays; a test is never torn apart. */
static gboolean
judge_test (MhDb *db, MhResultsPlan *plan, GPtrArray *rules, GPtrArray *rows)
{
  static const char *const companion[] = { MH_HELD_COMPANION, NULL };
  guint n_held = 0;
  for (guint i = 0; i < rows->len; i++)
    {
      g_auto (GStrv) held = held_of (db, plan, rules, g_ptr_array_index (rows, i));
      n_held += held[0] != NULL;
      set_held (g_ptr_array_index (rows, i), (const char *const *)held);
    }

  for (guint i = 0; n_held > 0 && i < rows->len; i++)
    {
      MhResultsRow *row = g_ptr_array_index (rows, i);
      const char *const *held = mh_record_list (row->after, MH_RESULT_HELD);
      if (held == NULL || held[0] == NULL)
        set_held (row, companion);
    }

  return n_held == 0;
}

static void
results_auto_add_all (GPtrArray *to, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    if (!g_ptr_array_find (to, g_ptr_array_index (rows, i), NULL))
      g_ptr_array_add (to, g_ptr_array_index (rows, i));
}

/* Rows that may go now; @rules NULL: the switch is off. */
static GPtrArray *
results_auto_choose (MhDb *db, MhResultsPlan *plan, GPtrArray *rules)
{
  GPtrArray *chosen = g_ptr_array_new ();
  for (guint i = 0; i < plan->items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (plan->items, i);
      if (!results_auto_is (mh_record_text (item, MH_ORDER_ITEM_STATUS), MH_ITEM_STATUS_RESULTED))
        continue;
      g_autoptr (GPtrArray) rows = results_auto_waiting_of (plan, item);
      if (rows->len > 0 && (rules != NULL || wants_nobody (plan, rows))
          && judge_test (db, plan, rules, rows))
        results_auto_add_all (chosen, rows);
    }

  return chosen;
}

/* --- all of it --- */

/* What was written is what stands; the next change starts from there. */
static void
results_auto_settle (MhResultsPlan *plan)
{
  for (guint i = 0; i < plan->rows->len; i++)
    {
      MhResultsRow *row = g_ptr_array_index (plan->rows, i);
      if (row->after != NULL)
        g_set_object (&row->before, row->after);
      row->kept = FALSE;
    }
}

static gboolean
results_auto_let_go (MhTx *tx, MhResultsPlan *plan, GPtrArray *rows, GError **error)
{
  static const char *const nothing[] = { NULL };
  const char *hospital = mh_record_text (plan->order, MH_ORDER_HOSPITAL_ID);
  const MhWho *person = mh_tx_who (tx);
  MhWho who = { .user_name = MH_AUTO_NAME,
                .role = MH_AUTO_NAME,
                .hospital_id = hospital,
                .station = person->station,
                .request_id = person->request_id };
  g_autoptr (MhActor) actor
      = mh_actor_new (NULL, MH_AUTO_NAME, MH_AUTO_NAME, hospital, NULL, nothing);
  g_autoptr (MhRecord) decision = mh_record_new (&mh_verification_type);

  mh_record_set_text (decision, MH_VERIFICATION_DECISION, MH_DECISION_VERIFY);
  mh_tx_act_as (tx, &who);
  gboolean done = rows->len > 0 ? mh_results_decide (MH_REQUEST_TX (tx, NULL, actor), plan,
                                                     decision, rows, error)
                                : mh_results_items_write (tx, plan, error);

  mh_tx_act_as (tx, person);
  return done;
}

gboolean
mh_results_auto (MhTx *tx, MhResultsPlan *plan, GError **error)
{
  MhDb *db = mh_tx_db (tx);
  const char *hospital = mh_record_text (plan->order, MH_ORDER_HOSPITAL_ID);
  gboolean on;
  if (!mh_setting_bool (db, hospital, MH_SET_VERIFY_AUTO, &on, error))
    return FALSE;
  g_autoptr (GPtrArray) rules = on ? mh_auto_store_rules (db, hospital, error) : NULL;
  if (on && rules == NULL)
    return FALSE;
  results_auto_settle (plan);
  g_autoptr (GPtrArray) rows = results_auto_choose (db, plan, rules);
  return results_auto_let_go (tx, plan, rows, error);
}
