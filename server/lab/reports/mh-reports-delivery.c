/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/reports/mh-reports-delivery.h"

#include "server/lab/reports/mh-reports-store.h"
#include "server/messages/mail/mh-mail-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report-delivery.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/messages/mh-mail.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient-name.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"

static gboolean
reports_delivery_is (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

/* --- waiting --- */

static char *
reports_delivery_ward_of (MhDb *db, MhRecord *order)
{
  const char *id = mh_record_text (order, MH_ORDER_DEPARTMENT_ID);
  g_autoptr (MhRecord) department
      = id != NULL ? mh_store_get (db, &mh_department_type, id, NULL) : NULL;
  return department != NULL ? g_strdup (mh_record_text (department, MH_DEPARTMENT_NAME)) : NULL;
}

static gboolean
reports_delivery_move (MhTx *tx, MhRecord *before, const char *status, GError **error)
{
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_REPORT_DELIVERY_STATUS, status);
  if (reports_delivery_is (status, MH_REPORT_DELIVERY_PRINTED))
    {
      mh_record_set_int (after, MH_REPORT_DELIVERY_DONE_AT, mh_tx_now (tx));
      mh_record_set_text (after, MH_REPORT_DELIVERY_BY_NAME, mh_tx_who (tx)->user_name);
    }
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

/* An older version that nobody has printed yet need not be any more. */
static gboolean
overtake (MhTx *tx, const char *order_id, GError **error)
{
  g_autoptr (GPtrArray) all
      = mh_store_all (mh_tx_db (tx), &mh_report_delivery_type, "order_id", order_id, error);
  for (guint i = 0; all != NULL && i < all->len; i++)
    if (reports_delivery_is (mh_record_text (g_ptr_array_index (all, i), MH_REPORT_DELIVERY_STATUS),
                             MH_REPORT_DELIVERY_WAITING)
        && !reports_delivery_move (tx, g_ptr_array_index (all, i), MH_REPORT_DELIVERY_OVERTAKEN,
                                   error))
      return FALSE;
  return all != NULL;
}

gboolean
mh_reports_delivery_queue (MhTx *tx, const MhReportDraft *draft, MhRecord *report, GError **error)
{
  MhRecord *order = draft->order;
  if (mh_record_int (report, MH_REPORT_VERSION_NO) > 1
      && !overtake (tx, mh_record_id (order), error))
    return FALSE;

  g_autoptr (MhRecord) delivery = mh_record_new (&mh_report_delivery_type);
  mh_record_take_text (delivery, MH_ID, mh_id_new ());
  mh_record_set_text (delivery, MH_REPORT_DELIVERY_HOSPITAL_ID,
                      mh_record_text (report, MH_REPORT_HOSPITAL_ID));
  mh_record_set_text (delivery, MH_REPORT_DELIVERY_ORDER_ID, mh_record_id (order));
  mh_record_set_text (delivery, MH_REPORT_DELIVERY_ORDER_NUMBER,
                      mh_record_text (order, MH_ORDER_NUMBER));
  mh_record_set_text (delivery, MH_REPORT_DELIVERY_PATIENT_ID, mh_record_id (draft->patient));
  mh_record_take_text (delivery, MH_REPORT_DELIVERY_PATIENT_NAME, mh_patient_name (draft->patient));
  mh_record_set_text (delivery, MH_REPORT_DELIVERY_REPORT_ID, mh_record_id (report));
  mh_record_set_int (delivery, MH_REPORT_DELIVERY_VERSION_NO,
                     mh_record_int (report, MH_REPORT_VERSION_NO));
  mh_record_set_text (delivery, MH_REPORT_DELIVERY_REPORT_STATUS,
                      mh_record_text (report, MH_REPORT_STATUS));
  mh_record_take_text (delivery, MH_REPORT_DELIVERY_WARD,
                       reports_delivery_ward_of (mh_tx_db (tx), order));
  mh_record_set_text (delivery, MH_REPORT_DELIVERY_PRIORITY,
                      mh_record_text (order, MH_ORDER_PRIORITY));
  mh_record_set_text (delivery, MH_REPORT_DELIVERY_STATUS, MH_REPORT_DELIVERY_WAITING);
  mh_record_set_int (delivery, MH_REPORT_DELIVERY_QUEUED_AT, mh_tx_now (tx));

  return mh_tx_insert (tx, delivery, MH_AUDIT_CREATE, NULL, error);
}

gboolean
mh_reports_delivery_done (MhTx *tx, const char *report_id, GError **error)
{
  GError *failure = NULL;
  g_autoptr (MhRecord) delivery
      = mh_store_find (mh_tx_db (tx), &mh_report_delivery_type, "report_id", report_id, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  /* Of reports from before there was a queue, and of those that were printed already. */
  if (delivery == NULL
      || reports_delivery_is (mh_record_text (delivery, MH_REPORT_DELIVERY_STATUS),
                              MH_REPORT_DELIVERY_PRINTED))
    return TRUE;

  return reports_delivery_move (tx, delivery, MH_REPORT_DELIVERY_PRINTED, error);
}

/* --- the queue --- */

GPtrArray *
mh_reports_service_deliveries (const MhRequest *req,
                               const char *status,
                               const char *ward,
                               guint limit,
                               GError **error)
{
  return mh_reports_store_deliveries (req->db, mh_actor_hospital_id (req->actor), status, ward,
                                      limit, error);
}

MhRecord *
mh_reports_service_delivery_set (const MhRequest *req,
                                 const char *id,
                                 gboolean wanted,
                                 GError **error)
{
  const char *from = wanted ? MH_REPORT_DELIVERY_DROPPED : MH_REPORT_DELIVERY_WAITING;
  const char *to = wanted ? MH_REPORT_DELIVERY_WAITING : MH_REPORT_DELIVERY_DROPPED;
  g_autoptr (MhRecord) before = mh_edit_get (req, &mh_report_delivery_type, id, error);

  if (before == NULL)
    return NULL;

  const char *now = mh_record_text (before, MH_REPORT_DELIVERY_STATUS);
  if (reports_delivery_is (now, to))
    return g_steal_pointer (&before);

  if (!reports_delivery_is (now, from))
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "This report is not in the queue any more.");
      return NULL;
    }

  return reports_delivery_move (req->tx, before, to, error)
             ? mh_store_get (req->db, &mh_report_delivery_type, id, error)
             : NULL;
}

/* --- e-mail --- */

static gboolean
may_mail (MhRecord *patient, GError **error)
{
  if (!mh_record_has (patient, MH_PATIENT_EMAIL))
    mh_error_set (error, MH_ERROR_CONFLICT, "This patient has no e-mail address.");
  else if (!mh_record_bool (patient, MH_PATIENT_CONSENT_EMAIL))
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "This patient has not agreed to e-mails; ask, and note it in the card.");
  else
    return TRUE;
  return FALSE;
}

MhRecord *
mh_reports_service_mail (const MhRequest *req, const char *order_id, GError **error)
{
  MhDb *db = req->db;
  if (!mh_actor_require (req->actor, MH_MAY_PRINT_REPORT, error))
    return NULL;

  g_autoptr (MhRecord) order = mh_edit_get (req, &mh_order_type, order_id, error);
  const char *report_id = order != NULL ? mh_record_text (order, MH_ORDER_REPORT_ID) : NULL;
  if (order == NULL)
    return NULL;

  if (report_id == NULL || !mh_mail_service_is_configured (req->server))
    {
      mh_error_set (error, report_id == NULL ? MH_ERROR_NOT_FOUND : MH_ERROR_CONFLICT,
                    report_id == NULL ? "The report of this order is not released yet."
                                      : "E-mail is not set up on this server.");
      return NULL;
    }

  g_autoptr (MhRecord) patient
      = mh_store_get (db, &mh_patient_type, mh_record_text (order, MH_ORDER_PATIENT_ID), error);
  if (patient == NULL || !may_mail (patient, error))
    return NULL;

  g_autofree char *key = g_strdup_printf ("%s@%" G_GINT64_FORMAT, report_id, mh_tx_now (req->tx));
  MhMailCause cause
      = { .event = MH_MAIL_REPORT_READY, .order = order, .key = key, .report_id = report_id };
  if (!mh_mail_service_tell (req->tx, req->server, &cause, error))
    return NULL;

  g_autofree char *dedupe = g_strdup_printf ("%s:%s:%s", cause.event, order_id, key);
  g_autoptr (MhRecord) mail = mh_store_find (db, &mh_mail_type, "dedupe", dedupe, error);
  if (mail == NULL && (error == NULL || *error == NULL))
    mh_error_set (error, MH_ERROR_CONFLICT, "Nothing can be sent to this address.");

  return g_steal_pointer (&mail);
}
