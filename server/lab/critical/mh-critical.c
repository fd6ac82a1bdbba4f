/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/critical/mh-critical.h"

#include "server/lab/critical/mh-critical-ladder.h"
#include "server/lab/critical/mh-critical-store.h"
#include "server/platform/common/mh-setting-store.h"
#include "shared/base/mh-date.h"
#include "shared/records/lab/mh-critical.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-settings.h"
#include "shared/rules/lab/mh-critical.h"

static gboolean
critical_is (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

/* --- opening --- */

static const char *
critical_shown_value (MhRecord *result)
{
  return mh_record_has (result, MH_RESULT_VALUE_TEXT)
             ? mh_record_text (result, MH_RESULT_VALUE_TEXT)
             : mh_record_text (result, MH_RESULT_VALUE);
}

static void
critical_put_value (MhRecord *item, MhRecord *result)
{
  mh_record_set_text (item, MH_CRITICAL_ITEM_VALUE, critical_shown_value (result));
  mh_record_set_text (item, MH_CRITICAL_ITEM_UNIT, mh_record_text (result, MH_RESULT_UNIT));
  mh_record_set_text (item, MH_CRITICAL_ITEM_FLAG, mh_record_text (result, MH_RESULT_FLAG));
}

/* The department's name is copied: the bench reads it from its own copy, also without a server. */
static gboolean
critical_put_order (MhDb *db, MhRecord *item, MhRecord *result, GError **error)
{
  static const struct
  {
    guint from, to;
  } texts[] = { { MH_ORDER_HOSPITAL_ID, MH_CRITICAL_ITEM_HOSPITAL_ID },
                { MH_ORDER_NUMBER, MH_CRITICAL_ITEM_ORDER_NUMBER },
                { MH_ORDER_PATIENT_ID, MH_CRITICAL_ITEM_PATIENT_ID },
                { MH_ORDER_PATIENT_NAME, MH_CRITICAL_ITEM_PATIENT_NAME },
                { MH_ORDER_PATIENT_MRN, MH_CRITICAL_ITEM_PATIENT_MRN },
                { MH_ORDER_DEPARTMENT_ID, MH_CRITICAL_ITEM_DEPARTMENT_ID },
                { MH_ORDER_DOCTOR_ID, MH_CRITICAL_ITEM_ORDERER_ID },
                { MH_ORDER_DOCTOR_NAME, MH_CRITICAL_ITEM_ORDERER_NAME } };
  GError *failure = NULL;
  g_autoptr (MhRecord) order
      = mh_store_get (db, &mh_order_type, mh_record_text (result, MH_RESULT_ORDER_ID), error);

  if (order == NULL)
    return FALSE;

  mh_record_set_text (item, MH_CRITICAL_ITEM_ORDER_ID, mh_record_id (order));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    mh_record_set_text (item, texts[i].to, mh_record_text (order, texts[i].from));
  if (!mh_record_has (order, MH_ORDER_DEPARTMENT_ID))
    return TRUE;

  g_autoptr (MhRecord) department = mh_store_find (
      db, &mh_department_type, "id", mh_record_text (order, MH_ORDER_DEPARTMENT_ID), &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  if (department != NULL)
    mh_record_set_text (item, MH_CRITICAL_ITEM_DEPARTMENT,
                        mh_record_text (department, MH_DEPARTMENT_NAME));

  return TRUE;
}

static gboolean
start_clock (MhTx *tx, MhRecord *item, GError **error)
{
  gint64 minutes, now = mh_tx_now (tx);
  if (!mh_setting_int (mh_tx_db (tx), mh_record_text (item, MH_CRITICAL_ITEM_HOSPITAL_ID),
                       MH_SET_CRITICAL_MINUTES, &minutes, error))
    return FALSE;
  mh_record_set_text (item, MH_CRITICAL_ITEM_STATE, MH_CRITICAL_OPEN);
  mh_record_set_int (item, MH_CRITICAL_ITEM_OPENED_AT, now);
  mh_record_set_int (item, MH_CRITICAL_ITEM_DUE_AT,
                     now + (minutes > 0 ? minutes : MH_CRITICAL_MINUTES) * MH_MINUTE);
  mh_record_set_int (item, MH_CRITICAL_ITEM_N_CALLS, 0);
  return mh_critical_ladder_place (mh_tx_db (tx), item, now, error);
}

/* @again: the item that this one opens again, or NULL. */
static gboolean
open_item (MhTx *tx, MhRecord *result, MhRecord *again, GError **error)
{
  g_autoptr (MhRecord) item = mh_record_new (&mh_critical_item_type);
  if (!critical_put_order (mh_tx_db (tx), item, result, error))
    return FALSE;

  critical_put_value (item, result);
  mh_record_set_text (item, MH_CRITICAL_ITEM_RESULT_ID, mh_record_id (result));
  mh_record_set_text (item, MH_CRITICAL_ITEM_TARGET, MH_CRITICAL_TARGET_RESULT);
  mh_record_set_text (item, MH_CRITICAL_ITEM_TEST, mh_record_text (result, MH_RESULT_TEST));
  mh_record_set_text (item, MH_CRITICAL_ITEM_ANALYTE, mh_record_text (result, MH_RESULT_ANALYTE));
  mh_record_set_text (item, MH_CRITICAL_ITEM_NAME, mh_record_text (result, MH_RESULT_NAME));

  if (again != NULL)
    {
      mh_record_set_text (item, MH_CRITICAL_ITEM_REOPENS_ID, mh_record_id (again));
      mh_record_set_text (item, MH_CRITICAL_ITEM_WAS,
                          mh_record_text (again, MH_CRITICAL_ITEM_VALUE));
    }

  return start_clock (tx, item, error) && mh_tx_insert (tx, item, MH_AUDIT_CREATE, NULL, error)
         && mh_critical_ladder_tell (tx, item, error);
}

/* --- when a value that was known becomes another --- */

/* What was read back is done with; the new item carries on. */
static gboolean
settle_old (MhTx *tx, MhRecord *item, GError **error)
{
  if (critical_is (mh_record_text (item, MH_CRITICAL_ITEM_STATE), MH_CRITICAL_CLOSED))
    return TRUE;
  g_autoptr (MhRecord) after = mh_record_copy (item);
  mh_record_set_text (after, MH_CRITICAL_ITEM_STATE, MH_CRITICAL_CLOSED);
  mh_record_set_int (after, MH_CRITICAL_ITEM_CLOSED_AT, mh_tx_now (tx));
  mh_record_set_text (after, MH_CRITICAL_ITEM_CLOSE_REASON, MH_CRITICAL_BY_ACKNOWLEDGED);
  return mh_tx_update (tx, item, after, MH_AUDIT_UPDATE, "corrected", error);
}

static gboolean
change_open (MhTx *tx, MhRecord *item, MhRecord *result, GError **error)
{
  g_autoptr (MhRecord) after = mh_record_copy (item);
  critical_put_value (after, result);
  mh_record_set_text (after, MH_CRITICAL_ITEM_WAS, mh_record_text (item, MH_CRITICAL_ITEM_VALUE));
  return mh_tx_update (tx, item, after, MH_AUDIT_UPDATE, "corrected", error);
}

/* @item was told or is being told with another value than @result has now. */
static gboolean
tell_again (MhTx *tx, MhRecord *item, MhRecord *result, GError **error)
{
  const char *state = mh_record_text (item, MH_CRITICAL_ITEM_STATE);
  const char *was = mh_record_text (item, MH_CRITICAL_ITEM_VALUE);
  gboolean same = critical_is (was, critical_shown_value (result))
                  && critical_is (mh_record_text (item, MH_CRITICAL_ITEM_FLAG),
                                  mh_record_text (result, MH_RESULT_FLAG));

  if (same)
    return TRUE;
  if (critical_is (state, MH_CRITICAL_OPEN))
    return change_open (tx, item, result, error);

  /* Whoever was never told of a wrong value need not hear that it is normal. */
  if (!mh_record_bool (result, MH_RESULT_CRITICAL)
      && !mh_record_has (item, MH_CRITICAL_ITEM_ACKNOWLEDGED_AT))
    return TRUE;

  return settle_old (tx, item, error) && open_item (tx, result, item, error);
}

static gboolean
critical_look (MhTx *tx, MhRecord *result, GError **error)
{
  GError *failure = NULL;
  g_autoptr (MhRecord) item
      = mh_critical_store_of_result (mh_tx_db (tx), mh_record_id (result), &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (item != NULL)
    return tell_again (tx, item, result, error);
  return !mh_record_bool (result, MH_RESULT_CRITICAL) || open_item (tx, result, NULL, error);
}

gboolean
mh_critical_corrected (MhTx *tx, MhRecord *result_before, MhRecord *result_after, GError **error)
{
  if (!mh_record_bool (result_before, MH_RESULT_CRITICAL)
      && !mh_record_bool (result_after, MH_RESULT_CRITICAL))
    return TRUE;
  return critical_look (tx, result_after, error);
}

/* --- watching results --- */

static gboolean
is_verified (MhRecord *result)
{
  const char *status = mh_record_text (result, MH_RESULT_STATUS);
  return critical_is (status, MH_RESULT_STATUS_VERIFIED)
         || critical_is (status, MH_RESULT_STATUS_CORRECTED);
}

static gboolean
critical_result_changed (MhTx *tx, MhRecord *before, MhRecord *after, gpointer data, GError **error)
{
  if (!is_verified (after))
    return TRUE;
  if (before == NULL || !is_verified (before))
    return critical_look (tx, after, error);
  return mh_critical_corrected (tx, before, after, error);
}

void
mh_critical_observe (MhServer *server)
{
  mh_store_observe (mh_server_store (server), &mh_result_type, critical_result_changed, NULL);
}

/* --- for papers --- */

GPtrArray *
mh_critical_of_order (MhDb *db, const char *order_id, GError **error)
{
  return mh_critical_store_of_order (db, order_id, error);
}

gboolean
mh_critical_note (MhDb *db, const char *order_id, GTimeZone *zone, char **out_note, GError **error)
{
  g_autoptr (GPtrArray) items = mh_critical_of_order (db, order_id, error);
  g_autoptr (GString) note = g_string_new (NULL);
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (items, i);
      const char *unit = mh_record_text (item, MH_CRITICAL_ITEM_UNIT);
      gint64 at = mh_record_int (item, MH_CRITICAL_ITEM_ACKNOWLEDGED_AT);
      if (at == 0)
        continue;
      g_autofree char *when = mh_instant_display (at, zone);
      g_string_append_printf (
          note, "%s%s %s%s%s: called to %s at %s, read back", note->len > 0 ? "\n" : "",
          mh_record_text (item, MH_CRITICAL_ITEM_NAME),
          mh_record_text (item, MH_CRITICAL_ITEM_VALUE), unit != NULL ? " " : "",
          unit != NULL ? unit : "", mh_record_text (item, MH_CRITICAL_ITEM_ACKNOWLEDGED_BY), when);
    }

  if (items == NULL)
    return FALSE;

  *out_note = note->len > 0 ? g_strdup (note->str) : NULL;
  return TRUE;
}
