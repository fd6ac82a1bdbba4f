/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/settlements/mh-settlements-service.h"

#include "server/money/settlements/mh-settlements-file.h"
#include "server/money/settlements/mh-settlements-private.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-id.h"
#include "shared/record/mh-record-check.h"
#include "shared/records/money/mh-settlement.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"

#include <string.h>

#define MOST_DAYS 366
#define MOST_DIFFERENCES 2000

/* --- bringing one in --- */

static gboolean
settlements_service_check (MhDb *db, const MhPlace *place, MhRecord *draft, GError **error)
{
  GError *failure = NULL;
  if (mh_record_has (draft, MH_SETTLEMENT_CURRENCY)
      && g_strcmp0 (mh_record_text (draft, MH_SETTLEMENT_CURRENCY), place->currency) != 0)
    {
      mh_error_set_field (error, "currency", "out_of_range", "The hospital's payments are in %s.",
                          place->currency);
      return FALSE;
    }

  if (g_strcmp0 (mh_record_text (draft, MH_SETTLEMENT_SETTLED_ON), place->today) > 0)
    {
      mh_error_set_field (error, "settled_on", "out_of_range", "This day has not come yet.");
      return FALSE;
    }

  g_autoptr (MhRecord) known = mh_settlements_store_find (
      db, place->hospital_id, mh_record_text (draft, MH_SETTLEMENT_PROVIDER),
      mh_record_text (draft, MH_SETTLEMENT_REFERENCE), &failure);
  if (failure != NULL)
    g_propagate_error (error, failure);
  else if (known != NULL)
    mh_error_set (error, MH_ERROR_CONFLICT, "The settlement %s was imported already.",
                  mh_record_text (known, MH_SETTLEMENT_REFERENCE));
  else
    return TRUE;

  return FALSE;
}

/* The record's own check has compared what was given with these sums. */
static void
settlements_service_add_up (MhRecord *settlement)
{
  GPtrArray *lines = mh_record_records (settlement, MH_SETTLEMENT_LINES);
  gint64 gross = 0, fee = 0, tax = 0;
  guint matched = 0, differences = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      MhRecord *line = g_ptr_array_index (lines, i);
      gross += mh_settlement_line_worth (line);
      fee += mh_record_int (line, MH_SETTLEMENT_LINE_FEE);
      tax += mh_record_int (line, MH_SETTLEMENT_LINE_TAX);
      if (mh_record_has (line, MH_SETTLEMENT_LINE_DIFFERENCE))
        differences++;
      else if (mh_record_has (line, MH_SETTLEMENT_LINE_PAYMENT_ID))
        matched++;
    }

  mh_record_set_int (settlement, MH_SETTLEMENT_GROSS, gross);
  mh_record_set_int (settlement, MH_SETTLEMENT_FEE, fee);
  mh_record_set_int (settlement, MH_SETTLEMENT_TAX, tax);
  mh_record_set_int (settlement, MH_SETTLEMENT_N_LINES, lines->len);
  mh_record_set_int (settlement, MH_SETTLEMENT_N_MATCHED, matched);
  mh_record_set_int (settlement, MH_SETTLEMENT_N_DIFFERENCES, differences);
}

static void
settlements_service_fill (MhTx *tx, const MhPlace *place, MhRecord *settlement)
{
  const MhWho *who = mh_tx_who (tx);
  if (!mh_record_has (settlement, MH_ID))
    mh_record_take_text (settlement, MH_ID, mh_id_new ());
  mh_record_set_text (settlement, MH_SETTLEMENT_HOSPITAL_ID, place->hospital_id);
  mh_record_set_text (settlement, MH_SETTLEMENT_CURRENCY, place->currency);
  mh_record_set_text (settlement, MH_SETTLEMENT_IMPORTED_BY, who->user_id);
  mh_record_set_text (settlement, MH_SETTLEMENT_IMPORTED_NAME, who->user_name);
  mh_record_set_int (settlement, MH_SETTLEMENT_IMPORTED_AT, mh_tx_now (tx));

  GPtrArray *lines = mh_record_records (settlement, MH_SETTLEMENT_LINES);
  for (guint i = 0; i < lines->len; i++)
    {
      MhRecord *line = g_ptr_array_index (lines, i);
      mh_record_take_text (line, MH_ID, mh_id_new ());
      mh_record_set_text (line, MH_SETTLEMENT_LINE_SETTLEMENT_ID, mh_record_id (settlement));
      mh_record_set_int (line, MH_SETTLEMENT_LINE_LINE_NO, i + 1);
    }

  settlements_service_add_up (settlement);
}

MhRecord *
mh_settlements_service_import (MhTx *tx, const MhPlace *place, MhRecord *draft, GError **error)
{
  MhDb *db = mh_tx_db (tx);
  g_autoptr (MhRecord) settlement = mh_record_copy (draft);
  if (!settlements_service_check (db, place, settlement, error)
      || !mh_settlements_match (db, place, settlement, error))
    return NULL;
  settlements_service_fill (tx, place, settlement);
  return mh_tx_insert (tx, settlement, MH_AUDIT_CREATE, NULL, error)
                 && mh_tx_insert_parts (tx, mh_record_records (settlement, MH_SETTLEMENT_LINES),
                                        error)
             ? g_steal_pointer (&settlement)
             : NULL;
}

MhRecord *
mh_settlements_service_add (const MhRequest *req, MhRecord *draft, GError **error)
{
  g_auto (MhPlace) place = { 0 };
  if (!mh_actor_require (req->actor, MH_MAY_APPROVE_TILL, error)
      || !mh_place_of (req, mh_tx_now (req->tx), &place, error))
    return NULL;
  return mh_settlements_service_import (req->tx, &place, draft, error);
}

MhRecord *
mh_settlements_service_upload (const MhRequest *req, MhRecord *upload, GError **error)
{
  static const guint fields[][2] = {
    { MH_SETTLEMENT_UPLOAD_PROVIDER, MH_SETTLEMENT_PROVIDER },
    { MH_SETTLEMENT_UPLOAD_REFERENCE, MH_SETTLEMENT_REFERENCE },
    { MH_SETTLEMENT_UPLOAD_SETTLED_ON, MH_SETTLEMENT_SETTLED_ON },
  };
  const char *text = mh_record_text (upload, MH_SETTLEMENT_UPLOAD_TEXT);
  g_auto (MhPlace) place = { 0 };
  g_autoptr (MhIssues) issues = mh_issues_new ();

  if (!mh_actor_require (req->actor, MH_MAY_APPROVE_TILL, error)
      || !mh_place_of (req, mh_tx_now (req->tx), &place, error))
    return NULL;

  g_autoptr (MhRecord) draft
      = mh_settlements_file_read (text, strlen (text), &place, issues, error);
  if (draft == NULL || !mh_issues_raise (issues, error))
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    mh_record_set_text (draft, fields[i][1], mh_record_text (upload, fields[i][0]));
  return mh_record_validate (draft, MH_CHECK_CREATE, error)
             ? mh_settlements_service_import (req->tx, &place, draft, error)
             : NULL;
}

/* --- reading --- */

MhRecord *
mh_settlements_service_read (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) settlement = mh_edit_get (req, &mh_settlement_type, id, error);
  GPtrArray *lines = settlement != NULL ? mh_settlements_store_lines (req->db, id, error) : NULL;
  if (lines == NULL)
    return NULL;
  mh_record_take_records (settlement, MH_SETTLEMENT_LINES, lines);
  return g_steal_pointer (&settlement);
}

/* --- looking again --- */

static gboolean
is_unknown (MhRecord *line)
{
  const char *difference = mh_record_text (line, MH_SETTLEMENT_LINE_DIFFERENCE);
  return g_strcmp0 (difference, MH_DIFFERENCE_UNKNOWN) == 0
         || g_strcmp0 (difference, MH_DIFFERENCE_REFUND_UNKNOWN) == 0;
}

/* The unknown lines of @settlement; they are matched as a settlement of their own. */
static MhRecord *
open_part (MhRecord *settlement)
{
  MhRecord *part = mh_record_new (&mh_settlement_type);
  GPtrArray *lines = mh_record_records (settlement, MH_SETTLEMENT_LINES);
  GPtrArray *open = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < lines->len; i++)
    if (is_unknown (g_ptr_array_index (lines, i)))
      g_ptr_array_add (open, g_object_ref (g_ptr_array_index (lines, i)));

  mh_record_set_text (part, MH_SETTLEMENT_PROVIDER,
                      mh_record_text (settlement, MH_SETTLEMENT_PROVIDER));
  mh_record_set_text (part, MH_SETTLEMENT_SETTLED_ON,
                      mh_record_text (settlement, MH_SETTLEMENT_SETTLED_ON));
  mh_record_take_records (part, MH_SETTLEMENT_LINES, open);
  return part;
}

/* *out_any: something was found. */
static gboolean
match_open (MhTx *tx, const MhPlace *place, MhRecord *settlement, gboolean *out_any, GError **error)
{
  g_autoptr (MhRecord) part = open_part (settlement);
  GPtrArray *lines = mh_record_records (part, MH_SETTLEMENT_LINES);
  g_autoptr (GPtrArray) before = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < lines->len; i++)
    g_ptr_array_add (before, mh_record_copy (g_ptr_array_index (lines, i)));
  if (!mh_settlements_match (mh_tx_db (tx), place, part, error))
    return FALSE;

  for (guint i = 0; i < lines->len; i++)
    {
      MhRecord *line = g_ptr_array_index (lines, i);
      if (is_unknown (line))
        continue;
      *out_any = TRUE;
      if (!mh_tx_update_part (tx, g_ptr_array_index (before, i), line, error))
        return FALSE;
    }

  return TRUE;
}

MhRecord *
mh_settlements_service_match (const MhRequest *req, const char *id, GError **error)
{
  g_auto (MhPlace) place = { 0 };
  gboolean any = FALSE;
  if (!mh_actor_require (req->actor, MH_MAY_APPROVE_TILL, error)
      || !mh_place_of (req, mh_tx_now (req->tx), &place, error))
    return NULL;

  g_autoptr (MhRecord) settlement = mh_settlements_service_read (req, id, error);
  if (settlement == NULL)
    return NULL;

  g_autoptr (MhRecord) before = mh_record_copy (settlement);
  if (!match_open (req->tx, &place, settlement, &any, error))
    return NULL;

  if (any)
    settlements_service_add_up (settlement);
  return !any || mh_tx_update (req->tx, before, settlement, MH_AUDIT_UPDATE, NULL, error)
             ? g_steal_pointer (&settlement)
             : NULL;
}

GPtrArray *
mh_settlements_service_list (const MhRequest *req, MhSettlementsQuery *query, GError **error)
{
  query->hospital_id = mh_actor_hospital_id (req->actor);
  return mh_settlements_store_list (req->db, query, error);
}

/* --- comparing --- */

static gboolean
settlements_service_compare (MhDb *db,
                             const MhSettlementsPeriod *period,
                             MhRecord *result,
                             GError **error)
{
  gint64 count = 0, sum = 0;
  if (!mh_settlements_store_matched (db, period, &count, &sum, error))
    return FALSE;

  g_autoptr (GPtrArray) theirs = mh_settlements_store_differences (db, period, error);
  GPtrArray *ours = theirs != NULL ? mh_settlements_store_not_settled (db, period, error) : NULL;
  if (ours == NULL)
    return FALSE;

  mh_record_set_int (result, MH_RECONCILIATION_N_MATCHED, count);
  mh_record_set_int (result, MH_RECONCILIATION_MATCHED_SUM, sum);
  mh_record_set_int (result, MH_RECONCILIATION_N_DIFFERENCES, theirs->len + ours->len);
  mh_record_set_bool (result, MH_RECONCILIATION_MORE,
                      theirs->len == period->limit || ours->len == period->limit);
  for (guint i = 0; i < theirs->len; i++)
    g_ptr_array_insert (ours, (int)i, g_object_ref (g_ptr_array_index (theirs, i)));
  mh_record_take_records (result, MH_RECONCILIATION_DIFFERENCES, ours);

  return TRUE;
}

MhRecord *
mh_settlements_service_reconcile (const MhRequest *req,
                                  const MhReconciliationWanted *wanted,
                                  GError **error)
{
  g_auto (MhPlace) place = { 0 };
  MhDays days;
  char from_day[MH_DATE_LENGTH + 1], to_day[MH_DATE_LENGTH + 1];
  gint64 now = mh_request_now (req);

  if (!mh_place_of (req, now, &place, error)
      || !mh_place_days (&place, wanted->from, wanted->to, MOST_DAYS, &days, error))
    return NULL;

  mh_date_format (days.from, from_day);
  mh_date_format (days.to, to_day);
  gint64 end = mh_place_midnight (&place, mh_date_from_days (mh_date_to_days (days.to) + 1));
  MhSettlementsPeriod period = { .hospital_id = place.hospital_id,
                                 .provider = wanted->provider,
                                 .from_day = from_day,
                                 .to_day = to_day,
                                 .from = mh_place_midnight (&place, days.from),
                                 .to = MIN (end, now - MH_SETTLEMENT_PATIENCE),
                                 .limit = MOST_DIFFERENCES };
  g_autoptr (MhRecord) result = mh_record_new (&mh_reconciliation_type);

  mh_record_set_text (result, MH_RECONCILIATION_FROM, from_day);
  mh_record_set_text (result, MH_RECONCILIATION_TO, to_day);
  mh_record_set_text (result, MH_RECONCILIATION_PROVIDER, wanted->provider);
  mh_record_set_text (result, MH_RECONCILIATION_CURRENCY, place.currency);

  return settlements_service_compare (req->db, &period, result, error) ? g_steal_pointer (&result)
                                                                       : NULL;
}
