/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/results/mh-auto-service.h"

#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/catalogue/mh-place.h"
#include "server/lab/results/mh-auto-store.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/records/lab/mh-auto.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/rules/lab/mh-auto-verify.h"
#include "shared/rules/lab/mh-stability.h"

#define MOST_RESULTS 20000
#define MOST_MISSES 100

/* --- rules --- */

GPtrArray *
mh_auto_service_rules (const MhRequest *req, GError **error)
{
  const char *hospital = mh_edit_hospital (req->actor, error);
  return hospital != NULL ? mh_auto_store_rules (req->db, hospital, error) : NULL;
}

MhRecord *
mh_auto_service_add (const MhRequest *req, MhRecord *rule, GError **error)
{
  const char *hospital = mh_edit_hospital (req->actor, error);
  if (hospital == NULL || !mh_actor_require (req->actor, MH_MAY_WRITE_AUTO_RULE, error))
    return NULL;
  g_autoptr (MhRecord) added = mh_record_copy (rule);
  mh_record_set_text (added, MH_AUTO_RULE_HOSPITAL_ID, hospital);
  return mh_tx_insert (req->tx, added, MH_AUDIT_CREATE, NULL, error) ? g_steal_pointer (&added)
                                                                     : NULL;
}

MhRecord *
mh_auto_service_change (const MhRequest *req,
                        const char *id,
                        MhRecord *patch,
                        gint64 if_match,
                        GError **error)
{
  g_autoptr (MhRecord) before = NULL;
  g_autoptr (MhRecord) after = NULL;
  if (!mh_actor_require (req->actor, MH_MAY_WRITE_AUTO_RULE, error)
      || !mh_edit_begin (req, (MhPatch){ .body = patch, .id = id, .if_match = if_match }, &before,
                         &after, error)
      || !mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error))
    return NULL;
  return g_steal_pointer (&after);
}

/* --- the trial --- */

typedef struct
{
  GPtrArray *rules;
  gint64 passed, changed;
  GHashTable *reasons; /* code → count */
  GPtrArray *misses;
} Trial;

static void
add_miss (Trial *trial, const MhAutoPast *past)
{
  MhRecord *result = past->result;
  trial->changed++;
  if (trial->misses->len >= MOST_MISSES)
    return;
  MhRecord *miss = mh_record_new (&mh_auto_miss_type);
  mh_record_set_text (miss, MH_AUTO_MISS_ORDER_ID, mh_record_text (result, MH_RESULT_ORDER_ID));
  mh_record_set_text (miss, MH_AUTO_MISS_NAME, mh_record_text (result, MH_RESULT_NAME));
  mh_record_set_text (miss, MH_AUTO_MISS_VALUE, mh_record_text (result, MH_RESULT_VALUE));
  mh_record_set_text (miss, MH_AUTO_MISS_UNIT, mh_record_text (result, MH_RESULT_UNIT));
  mh_record_set_text (miss, MH_AUTO_MISS_FLAG, mh_record_text (result, MH_RESULT_FLAG));
  g_ptr_array_add (trial->misses, miss);
}

static void
try_one (Trial *trial, const MhAutoPast *past)
{
  MhAutoCase value = { .result = past->result,
                       .bench = past->bench,
                       .has_previous = past->has_previous,
                       .tube_deltas = past->tube_deltas,
                       .qc_good = TRUE };
  g_auto (GStrv) held = mh_auto_held (mh_auto_rule_for (trial->rules, &value), &value);

  for (guint i = 0; held[i] != NULL; i++)
    {
      gsize n = GPOINTER_TO_SIZE (g_hash_table_lookup (trial->reasons, held[i]));
      g_hash_table_insert (trial->reasons, g_strdup (held[i]), GSIZE_TO_POINTER (n + 1));
    }

  if (held[0] != NULL)
    return;

  trial->passed++;
  if (past->changed)
    add_miss (trial, past);
}

/* In the order of mh_held_codes. */
static GPtrArray *
list_reasons (Trial *trial)
{
  GPtrArray *reasons = g_ptr_array_new_with_free_func (g_object_unref);
  for (const MhCode *code = mh_held_codes; code->code != NULL; code++)
    {
      gsize n = GPOINTER_TO_SIZE (g_hash_table_lookup (trial->reasons, code->code));
      if (n == 0)
        continue;
      MhRecord *reason = mh_record_new (&mh_auto_reason_type);
      mh_record_set_text (reason, MH_AUTO_REASON_CODE, code->code);
      mh_record_set_int (reason, MH_AUTO_REASON_COUNT, (gint64)n);
      g_ptr_array_add (reasons, reason);
    }

  return reasons;
}

static gboolean
number_misses (MhDb *db, GPtrArray *misses, GError **error)
{
  for (guint i = 0; i < misses->len; i++)
    {
      MhRecord *miss = g_ptr_array_index (misses, i);
      g_autoptr (MhRecord) order
          = mh_store_get (db, &mh_order_type, mh_record_text (miss, MH_AUTO_MISS_ORDER_ID), error);
      if (order == NULL)
        return FALSE;
      mh_record_set_text (miss, MH_AUTO_MISS_ORDER_NUMBER, mh_record_text (order, MH_ORDER_NUMBER));
    }
  return TRUE;
}

static MhRecord *
auto_service_outcome_of (Trial *trial, guint n)
{
  MhRecord *outcome = mh_record_new (&mh_auto_outcome_type);
  gint64 tenths = n > 0 ? (trial->passed * 1000 + n / 2) / n : 0;
  mh_record_set_int (outcome, MH_AUTO_OUTCOME_RESULTS, n);
  mh_record_set_int (outcome, MH_AUTO_OUTCOME_PASSED, trial->passed);
  if (n > 0)
    mh_record_take_text (
        outcome, MH_AUTO_OUTCOME_PERCENT,
        g_strdup_printf ("%" G_GINT64_FORMAT ".%d", tenths / 10, (int)(tenths % 10)));

  mh_record_set_int (outcome, MH_AUTO_OUTCOME_CHANGED, trial->changed);
  mh_record_set_bool (outcome, MH_AUTO_OUTCOME_MORE, n == MOST_RESULTS);
  mh_record_take_records (outcome, MH_AUTO_OUTCOME_REASONS, list_reasons (trial));
  mh_record_take_records (outcome, MH_AUTO_OUTCOME_MISSES, g_ptr_array_ref (trial->misses));
  return outcome;
}

/* The draft stands beside the rules in force, as it would once it is saved. */
static GPtrArray *
rules_of (MhDb *db, const char *hospital, MhRecord *draft, GError **error)
{
  GPtrArray *rules = mh_auto_store_rules (db, hospital, error);
  if (rules == NULL || draft == NULL)
    return rules;
  for (guint i = 0; mh_record_id (draft) != NULL && i < rules->len; i++)
    if (g_strcmp0 (mh_record_id (g_ptr_array_index (rules, i)), mh_record_id (draft)) == 0)
      g_ptr_array_remove_index (rules, i--);
  MhRecord *rule = mh_record_copy (draft);
  mh_record_set_bool (rule, MH_AUTO_RULE_ACTIVE, TRUE);
  g_ptr_array_insert (rules, 0, rule);
  return rules;
}

static gboolean
period_of (const MhPlace *place, MhRecord *trial, gint64 *out_from, gint64 *out_to, GError **error)
{
  MhDate from, to;
  if (!mh_date_parse (mh_record_text (trial, MH_AUTO_TRIAL_FROM), &from)
      || !mh_date_parse (mh_record_text (trial, MH_AUTO_TRIAL_TO), &to))
    {
      mh_error_set_field (error, "from", "format", "Write the days as YYYY-MM-DD.");
      return FALSE;
    }
  *out_from = mh_place_midnight (place, from);
  *out_to = mh_place_midnight (place, mh_date_from_days (mh_date_to_days (to) + 1));
  return TRUE;
}

MhRecord *
mh_auto_service_try (const MhRequest *req, MhRecord *trial, gint64 now, GError **error)
{
  g_auto (MhPlace) place = { 0 };
  gint64 from, to;
  if (!mh_place_of (req, now, &place, error) || !period_of (&place, trial, &from, &to, error))
    return NULL;

  g_autoptr (GPtrArray) rules
      = rules_of (req->db, place.hospital_id, mh_record_record (trial, MH_AUTO_TRIAL_RULE), error);
  g_autoptr (GPtrArray) past = rules != NULL ? mh_auto_store_past (req->db, place.hospital_id, from,
                                                                   to, MOST_RESULTS, error)
                                             : NULL;

  if (past == NULL)
    return NULL;

  g_autoptr (GHashTable) reasons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) misses = g_ptr_array_new_with_free_func (g_object_unref);
  Trial tried = { .rules = rules, .reasons = reasons, .misses = misses };

  for (guint i = 0; i < past->len; i++)
    try_one (&tried, g_ptr_array_index (past, i));
  return number_misses (req->db, misses, error) ? auto_service_outcome_of (&tried, past->len)
                                                : NULL;
}

/* --- the queue --- */

static MhRecord *
auto_service_row_of (GPtrArray *rows, const char *order_id)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_strcmp0 (mh_record_text (rows->pdata[i], MH_VERIFY_ROW_ORDER_ID), order_id) == 0)
      return rows->pdata[i];
  return NULL;
}

/* A value of a sample that was too old is looked at by itself, whatever it says. */
static gboolean
auto_service_hold_late (MhDb *db,
                        MhServer *server,
                        const MhVerifyQuery *query,
                        GPtrArray *rows,
                        GError **error)
{
  g_autoptr (GPtrArray) late = mh_auto_store_late (db, query->hospital_id, error);
  g_autoptr (MhCatalogueView) view
      = late != NULL ? mh_catalogue_view (mh_server_catalogue (server), db, error) : NULL;
  if (view == NULL)
    return FALSE;

  for (guint i = 0; i < late->len; i++)
    {
      const MhAutoLate *value = g_ptr_array_index (late, i);
      MhRecord *row = auto_service_row_of (rows, value->order_id);
      MhRecord *test = mh_catalogue_find (view, &mh_test_type, value->test);
      if (row == NULL || test == NULL)
        continue;
      gint64 until = mh_stability_until (test, value->temperature, value->collected_at);
      if (!mh_stability_is_over (until, value->measured_at))
        continue;
      mh_record_set_int (row, MH_VERIFY_ROW_HELD, mh_record_int (row, MH_VERIFY_ROW_HELD) + 1);
      mh_record_set_bool (row, MH_VERIFY_ROW_CLEAN, FALSE);
    }

  return TRUE;
}

GPtrArray *
mh_auto_service_queue (const MhRequest *req, MhVerifyQuery *query, GError **error)
{
  query->hospital_id = mh_actor_hospital_id (req->actor);
  query->user_id = mh_actor_user_id (req->actor);
  g_autoptr (GPtrArray) rows = mh_auto_store_queue (req->db, query, error);
  if (rows == NULL || !auto_service_hold_late (req->db, req->server, query, rows, error))
    return NULL;
  return g_steal_pointer (&rows);
}
