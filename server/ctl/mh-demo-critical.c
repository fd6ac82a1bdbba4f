/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Critical values of the last days: most told in time, some late, two that wait. */
#include "server/ctl/mh-demo-private.h"

#include "server/lab/critical/mh-critical-ladder.h"
#include "shared/records/lab/mh-critical.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-result.h"
#include "shared/rules/lab/mh-critical.h"

#define DAYS 14
#define MOST 80

typedef struct
{
  MhRecord *order, *result;
} Noted;

static void
noted_free (gpointer data)
{
  Noted *noted = data;
  g_object_unref (noted->order);
  g_object_unref (noted->result);
  g_free (noted);
}

void
mh_demo_critical_note (MhDemo *demo, const MhDemoOrder *made, MhRecord *result)
{
  if (demo->critical == NULL)
    demo->critical = g_ptr_array_new_with_free_func (noted_free);
  if (made->verified_at < demo->now - DAYS * MH_DAY || demo->critical->len >= MOST
      || !mh_record_bool (result, MH_RESULT_CRITICAL))
    return;
  Noted *noted = g_new0 (Noted, 1);
  noted->order = g_object_ref (made->order);
  noted->result = g_object_ref (result);
  g_ptr_array_add (demo->critical, noted);
}

static MhRecord *
demo_critical_make_item (MhDemo *demo, const Noted *noted, gint64 at)
{
  static const struct
  {
    guint from, to;
  } of_order[] = { { MH_ORDER_HOSPITAL_ID, MH_CRITICAL_ITEM_HOSPITAL_ID },
                   { MH_ORDER_NUMBER, MH_CRITICAL_ITEM_ORDER_NUMBER },
                   { MH_ORDER_PATIENT_ID, MH_CRITICAL_ITEM_PATIENT_ID },
                   { MH_ORDER_PATIENT_NAME, MH_CRITICAL_ITEM_PATIENT_NAME },
                   { MH_ORDER_PATIENT_MRN, MH_CRITICAL_ITEM_PATIENT_MRN },
                   { MH_ORDER_DEPARTMENT_ID, MH_CRITICAL_ITEM_DEPARTMENT_ID },
                   { MH_ORDER_DOCTOR_ID, MH_CRITICAL_ITEM_ORDERER_ID },
                   { MH_ORDER_DOCTOR_NAME, MH_CRITICAL_ITEM_ORDERER_NAME } },
    of_result[] = { { MH_RESULT_TEST, MH_CRITICAL_ITEM_TEST },
                    { MH_RESULT_ANALYTE, MH_CRITICAL_ITEM_ANALYTE },
                    { MH_RESULT_NAME, MH_CRITICAL_ITEM_NAME },
                    { MH_RESULT_UNIT, MH_CRITICAL_ITEM_UNIT },
                    { MH_RESULT_FLAG, MH_CRITICAL_ITEM_FLAG } };
  MhRecord *item = mh_demo_record (demo, &mh_critical_item_type, at);

  for (guint i = 0; i < G_N_ELEMENTS (of_order); i++)
    mh_record_set_text (item, of_order[i].to, mh_record_text (noted->order, of_order[i].from));
  for (guint i = 0; i < G_N_ELEMENTS (of_result); i++)
    mh_record_set_text (item, of_result[i].to, mh_record_text (noted->result, of_result[i].from));
  mh_record_set_text (
      item, MH_CRITICAL_ITEM_VALUE,
      mh_record_text (noted->result, mh_record_has (noted->result, MH_RESULT_VALUE_TEXT)
                                         ? MH_RESULT_VALUE_TEXT
                                         : MH_RESULT_VALUE));
  mh_record_set_text (item, MH_CRITICAL_ITEM_ORDER_ID, mh_record_id (noted->order));
  mh_record_set_text (item, MH_CRITICAL_ITEM_RESULT_ID, mh_record_id (noted->result));
  mh_record_set_text (item, MH_CRITICAL_ITEM_TARGET, MH_CRITICAL_TARGET_RESULT);
  mh_record_set_text (item, MH_CRITICAL_ITEM_STATE, MH_CRITICAL_OPEN);
  mh_record_set_int (item, MH_CRITICAL_ITEM_OPENED_AT, at);
  mh_record_set_int (item, MH_CRITICAL_ITEM_DUE_AT, at + MH_CRITICAL_MINUTES * MH_MINUTE);
  mh_record_set_int (item, MH_CRITICAL_ITEM_N_CALLS, 0);

  return item;
}

static MhRecord *
demo_critical_make_call (MhDemo *demo, MhRecord *item, gint64 at, const char *outcome)
{
  gboolean reached = g_strcmp0 (outcome, MH_CRITICAL_REACHED) == 0;
  MhRecord *call = mh_demo_record (demo, &mh_critical_call_type, at);
  static const struct
  {
    guint from, to;
  } texts[] = { { MH_CRITICAL_ITEM_HOSPITAL_ID, MH_CRITICAL_CALL_HOSPITAL_ID },
                { MH_CRITICAL_ITEM_ORDER_ID, MH_CRITICAL_CALL_ORDER_ID },
                { MH_CRITICAL_ITEM_PATIENT_ID, MH_CRITICAL_CALL_PATIENT_ID },
                { MH_CRITICAL_ITEM_TARGET, MH_CRITICAL_CALL_TARGET },
                { MH_CRITICAL_ITEM_VALUE, MH_CRITICAL_CALL_VALUE },
                { MH_CRITICAL_ITEM_ORDERER_ID, MH_CRITICAL_CALL_TO_ID },
                { MH_CRITICAL_ITEM_ORDERER_NAME, MH_CRITICAL_CALL_TO_NAME } };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    mh_record_set_text (call, texts[i].to, mh_record_text (item, texts[i].from));
  mh_record_set_text (call, MH_CRITICAL_CALL_ITEM_ID, mh_record_id (item));
  mh_record_set_bool (call, MH_CRITICAL_CALL_IN_DIRECTORY, TRUE);
  mh_record_set_text (call, MH_CRITICAL_CALL_ROLE, MH_CRITICAL_ROLE_ORDERER);
  mh_record_set_text (call, MH_CRITICAL_CALL_METHOD, MH_CRITICAL_METHOD_PHONE);
  mh_record_set_int (call, MH_CRITICAL_CALL_AT, at);
  mh_record_set_text (call, MH_CRITICAL_CALL_OUTCOME, outcome);

  if (reached)
    {
      mh_record_set_text (call, MH_CRITICAL_CALL_READ_BACK,
                          mh_record_text (item, MH_CRITICAL_ITEM_VALUE));
      mh_record_set_bool (call, MH_CRITICAL_CALL_MATCHED, TRUE);
    }

  mh_record_set_text (call, MH_CRITICAL_CALL_BY_ID, mh_demo_staff_id (demo, MH_DEMO_PATHOLOGIST));
  mh_record_set_text (call, MH_CRITICAL_CALL_BY_NAME,
                      mh_demo_staff_name (demo, MH_DEMO_PATHOLOGIST));
  mh_record_set_int (item, MH_CRITICAL_ITEM_N_CALLS,
                     mh_record_int (item, MH_CRITICAL_ITEM_N_CALLS) + 1);
  mh_record_set_int (item, MH_CRITICAL_ITEM_LAST_CALL_AT, at);

  return call;
}

/* Told after some minutes: every fifth late, every seventh after a first try in vain. */
static void
demo_critical_tell (MhDemo *demo, MhRecord *item, guint number, GPtrArray *calls)
{
  gint64 opened = mh_record_int (item, MH_CRITICAL_ITEM_OPENED_AT);
  gint64 told = opened + (number % 5 == 4 ? 38 : 4 + number * 7 % 23) * MH_MINUTE;
  if (number % 7 == 3)
    g_ptr_array_add (
        calls, demo_critical_make_call (demo, item, opened + 2 * MH_MINUTE, MH_CRITICAL_NO_ANSWER));

  g_ptr_array_add (calls, demo_critical_make_call (demo, item, told, MH_CRITICAL_REACHED));
  MhRecord *call = g_ptr_array_index (calls, calls->len - 1);
  mh_record_set_text (item, MH_CRITICAL_ITEM_CALL_ID, mh_record_id (call));
  mh_record_set_int (item, MH_CRITICAL_ITEM_ACKNOWLEDGED_AT, told);
  mh_record_set_text (item, MH_CRITICAL_ITEM_ACKNOWLEDGED_BY,
                      mh_record_text (call, MH_CRITICAL_CALL_TO_NAME));
  mh_record_set_text (item, MH_CRITICAL_ITEM_STATE, MH_CRITICAL_ACKNOWLEDGED);
  if (number % 4 == 0)
    return;

  mh_record_set_text (item, MH_CRITICAL_ITEM_STATE, MH_CRITICAL_CLOSED);
  mh_record_set_int (item, MH_CRITICAL_ITEM_CLOSED_AT, told + MH_MINUTE);
  mh_record_set_text (item, MH_CRITICAL_ITEM_CLOSE_REASON, MH_CRITICAL_BY_ACKNOWLEDGED);
}

gboolean
mh_demo_critical_write (MhTx *tx, MhDemo *demo, GError **error)
{
  static const int waiting[] = { 7, 34 }; /* minutes since they were verified */
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; demo->critical != NULL && i < demo->critical->len; i++)
    {
      const Noted *noted = g_ptr_array_index (demo->critical, i);
      gboolean open = i < G_N_ELEMENTS (waiting);
      gint64 at = open ? mh_tx_now (tx) - waiting[i] * MH_MINUTE
                       : mh_record_int (noted->result, MH_RESULT_VERIFIED_AT);
      MhRecord *item = demo_critical_make_item (demo, noted, at);
      g_ptr_array_add (items, item);
      if (!open)
        demo_critical_tell (demo, item, i, calls);
      if (!mh_critical_ladder_place (mh_tx_db (tx), item, open ? mh_tx_now (tx) : at, error))
        return FALSE;
    }

  if (items->len > 0
      && (!mh_tx_insert_parts (tx, items, error) || !mh_tx_insert_parts (tx, calls, error)))
    return FALSE;

  for (guint i = 0; i < items->len; i++)
    if (!mh_tx_announce (tx, g_ptr_array_index (items, i), error))
      return FALSE;
  for (guint i = 0; i < MIN (items->len, G_N_ELEMENTS (waiting)); i++)
    if (!mh_critical_ladder_tell (tx, g_ptr_array_index (items, i), error))
      return FALSE;

  return TRUE;
}
