/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/clinic/inbox/mh-inbox.h"

#include "server/clinic/inbox/mh-inbox-store.h"
#include "server/lab/reports/mh-reports-service.h"
#include "server/platform/store/mh-store.h"
#include "shared/base/mh-id.h"
#include "shared/records/clinic/mh-inbox-item.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/reports/mh-report-content.h"

static gboolean
inbox_is (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

static MhRecord *
inbox_item_of (GPtrArray *items, const char *doctor_id)
{
  for (guint i = 0; i < items->len; i++)
    if (inbox_is (mh_record_text (g_ptr_array_index (items, i), MH_INBOX_ITEM_USER_ID), doctor_id))
      return g_ptr_array_index (items, i);
  return NULL;
}

/* --- what stands in a row --- */

/* A value that was taken back is nobody's finding any more. */
static void
put_findings (MhRecord *item, GPtrArray *results)
{
  gint64 n_critical = 0, n_abnormal = 0;
  for (guint i = 0; results != NULL && i < results->len; i++)
    {
      MhRecord *result = g_ptr_array_index (results, i);
      const char *flag = mh_record_text (result, MH_RESULT_FLAG);
      gboolean critical = mh_record_bool (result, MH_RESULT_CRITICAL);
      if (inbox_is (mh_record_text (result, MH_RESULT_STATUS), MH_RESULT_STATUS_CANCELLED))
        continue;
      n_critical += critical ? 1 : 0;
      n_abnormal += critical || (flag != NULL && !inbox_is (flag, MH_FLAG_N)) ? 1 : 0;
    }

  mh_record_set_int (item, MH_INBOX_ITEM_N_CRITICAL, n_critical);
  mh_record_set_int (item, MH_INBOX_ITEM_N_ABNORMAL, n_abnormal);
}

static void
inbox_put_order (MhRecord *item, MhRecord *order)
{
  static const struct
  {
    guint from, to;
  } texts[] = { { MH_ORDER_HOSPITAL_ID, MH_INBOX_ITEM_HOSPITAL_ID },
                { MH_ORDER_DOCTOR_ID, MH_INBOX_ITEM_USER_ID },
                { MH_ORDER_DOCTOR_NAME, MH_INBOX_ITEM_USER_NAME },
                { MH_ORDER_NUMBER, MH_INBOX_ITEM_ORDER_NUMBER },
                { MH_ORDER_PATIENT_ID, MH_INBOX_ITEM_PATIENT_ID },
                { MH_ORDER_PATIENT_NAME, MH_INBOX_ITEM_PATIENT_NAME },
                { MH_ORDER_PATIENT_MRN, MH_INBOX_ITEM_PATIENT_MRN } };

  mh_record_set_text (item, MH_INBOX_ITEM_ORDER_ID, mh_record_id (order));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    mh_record_set_text (item, texts[i].to, mh_record_text (order, texts[i].from));
  mh_record_set_list (item, MH_INBOX_ITEM_TEST_NAMES, mh_record_list (order, MH_ORDER_TEST_NAMES));
}

static gboolean
put_report (MhRecord *item, MhRecord *report, GError **error)
{
  g_autoptr (MhLabReport) content = mh_lab_report_from_record (report, error);
  if (content == NULL)
    return FALSE;
  put_findings (item, content->results);
  mh_record_set_int (item, MH_INBOX_ITEM_VERSION_NO, mh_record_int (report, MH_REPORT_VERSION_NO));
  mh_record_set_text (item, MH_INBOX_ITEM_STATUS, mh_record_text (report, MH_REPORT_STATUS));
  mh_record_set_int (item, MH_INBOX_ITEM_RELEASED_AT, mh_record_int (report, MH_REPORT_ISSUED_AT));
  return TRUE;
}

MhRecord *
mh_inbox_item_of (MhRecord *order, MhRecord *report, GError **error)
{
  g_autoptr (MhRecord) item = mh_record_new (&mh_inbox_item_type);
  inbox_put_order (item, order);
  return put_report (item, report, error) ? g_steal_pointer (&item) : NULL;
}

/* --- telling --- */

static gboolean
tell_doctor (MhTx *tx, MhRecord *order, MhRecord *report, MhRecord *before, GError **error)
{
  g_autoptr (MhRecord) item
      = before != NULL ? mh_record_copy (before) : mh_record_new (&mh_inbox_item_type);
  inbox_put_order (item, order);
  if (!put_report (item, report, error))
    return FALSE;

  mh_record_set_null (item, MH_INBOX_ITEM_SEEN_AT);
  mh_record_set_null (item, MH_INBOX_ITEM_SEEN_BY);
  mh_record_set_null (item, MH_INBOX_ITEM_SEEN_NAME);
  mh_record_set_null (item, MH_DELETED_AT);
  if (before != NULL)
    return mh_tx_update (tx, before, item, MH_AUDIT_UPDATE, NULL, error);

  mh_record_take_text (item, MH_ID, mh_id_new ());
  return mh_tx_insert (tx, item, MH_AUDIT_CREATE, NULL, error);
}

static gboolean
report_released (MhTx *tx, MhRecord *before, MhRecord *report, gpointer data, GError **error)
{
  /* what is counted on it later, copies say, is no news */
  if (before != NULL)
    return TRUE;

  g_autoptr (MhRecord) order = mh_store_get (mh_tx_db (tx), &mh_order_type,
                                             mh_record_text (report, MH_REPORT_ORDER_ID), error);
  if (order == NULL)
    return FALSE;
  if (!mh_record_has (order, MH_ORDER_DOCTOR_ID))
    return TRUE;

  g_autoptr (GPtrArray) items
      = mh_inbox_store_of_order (mh_tx_db (tx), mh_record_id (order), error);
  return items != NULL
         && tell_doctor (tx, order, report,
                         inbox_item_of (items, mh_record_text (order, MH_ORDER_DOCTOR_ID)), error);
}

/* --- another doctor on the order --- */

/* Whoever has not looked yet need not any more: it is another one's. */
static gboolean
take_from_others (MhTx *tx, GPtrArray *items, const char *doctor_id, GError **error)
{
  for (guint i = 0; i < items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (items, i);
      if (!inbox_is (mh_record_text (item, MH_INBOX_ITEM_USER_ID), doctor_id)
          && !mh_record_has (item, MH_INBOX_ITEM_SEEN_AT) && !mh_record_has (item, MH_DELETED_AT)
          && !mh_tx_delete (tx, item, "another doctor", error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
give_to_doctor (MhTx *tx, MhRecord *order, GPtrArray *items, GError **error)
{
  GError *failure = NULL;
  const char *doctor_id = mh_record_text (order, MH_ORDER_DOCTOR_ID);
  MhRecord *known = doctor_id != NULL ? inbox_item_of (items, doctor_id) : NULL;
  if (doctor_id == NULL || (known != NULL && !mh_record_has (known, MH_DELETED_AT)))
    return TRUE;

  g_autoptr (MhRecord) report
      = mh_reports_service_newest (mh_tx_db (tx), mh_record_id (order), &failure);
  if (report != NULL)
    return tell_doctor (tx, order, report, known, error);

  if (g_error_matches (failure, MH_ERROR, MH_ERROR_NOT_FOUND))
    {
      g_error_free (failure);
      return TRUE;
    }

  g_propagate_error (error, failure);
  return FALSE;
}

static gboolean
inbox_order_changed (MhTx *tx, MhRecord *before, MhRecord *after, gpointer data, GError **error)
{
  const char *doctor_id = mh_record_text (after, MH_ORDER_DOCTOR_ID);
  if (before == NULL || inbox_is (mh_record_text (before, MH_ORDER_DOCTOR_ID), doctor_id))
    return TRUE;
  g_autoptr (GPtrArray) items
      = mh_inbox_store_of_order (mh_tx_db (tx), mh_record_id (after), error);
  return items != NULL && take_from_others (tx, items, doctor_id, error)
         && give_to_doctor (tx, after, items, error);
}

void
mh_inbox_observe (MhServer *server)
{
  mh_store_observe (mh_server_store (server), &mh_report_type, report_released, NULL);
  mh_store_observe (mh_server_store (server), &mh_order_type, inbox_order_changed, NULL);
}
