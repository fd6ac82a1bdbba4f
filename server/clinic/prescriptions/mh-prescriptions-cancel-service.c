/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A signed prescription is withdrawn as a whole: what follows for medicines, tests and desks. */
#include <string.h>

#include "server/clinic/drugcheck/mh-drugcheck-service.h"
#include "server/clinic/prescriptions/mh-prescriptions-service.h"
#include "server/lab/catalogue/mh-place.h"
#include "server/messages/alerts/mh-alerts.h"
#include "server/people/gate/mh-access.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/records/clinic/mh-drug.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"

static gboolean
prescriptions_cancel_service_check_status (MhRecord *prescription, GError **error)
{
  const char *status = mh_record_text (prescription, MH_PRESCRIPTION_STATUS);
  if (g_strcmp0 (status, MH_PRESCRIPTION_STATUS_CANCELLED) == 0)
    mh_error_set (error, MH_ERROR_CONFLICT, "This prescription was withdrawn already.");
  else if (!mh_record_has (prescription, MH_PRESCRIPTION_SIGNED_AT))
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "This prescription is not signed: there is nothing to withdraw.");
  else
    return TRUE;
  return FALSE;
}

/* Those that ended by themselves, or were stopped before, stay as they were. */
static gboolean
stop_medicines (const MhRequest *req, MhRecord *prescription, const char *reason, GError **error)
{
  g_auto (MhPlace) place = { 0 };
  g_autoptr (GPtrArray) lines
      = mh_place_of (req, mh_tx_now (req->tx), &place, error)
            ? mh_prescriptions_store_lines (req->db, mh_record_id (prescription), error)
            : NULL;
  g_autoptr (MhRecord) stop = mh_record_new (&mh_drug_stop_type);

  mh_record_set_text (stop, MH_DRUG_STOP_REASON, reason);
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      MhRecord *line = g_ptr_array_index (lines, i);
      const char *ends = mh_record_text (line, MH_PRESCRIPTION_LINE_ENDS_ON);
      if (mh_record_has (line, MH_PRESCRIPTION_LINE_STOPPED_ON)
          || (ends != NULL && strcmp (ends, place.today) < 0))
        continue;
      g_autoptr (MhRecord) stopped
          = mh_drugcheck_service_stop (req, mh_record_id (line), stop, error);
      if (stopped == NULL)
        return FALSE;
    }

  return lines != NULL;
}

/* The desk that ordered its tests decides what becomes of them: some may be collected. */
static gboolean
tell_desk (const MhRequest *req, MhRecord *prescription, GError **error)
{
  const char *order_id = mh_record_text (prescription, MH_PRESCRIPTION_ORDER_ID);
  g_autoptr (MhRecord) order
      = order_id != NULL ? mh_store_get (req->db, &mh_order_type, order_id, error) : NULL;
  if (order == NULL)
    return order_id == NULL;

  const char *arguments[]
      = { mh_record_text (prescription, MH_PRESCRIPTION_NUMBER), mh_actor_name (req->actor),
          mh_record_text (order, MH_ORDER_NUMBER), NULL };
  g_autofree char *key = g_strconcat ("withdrawn:", mh_record_id (prescription), NULL);

  return mh_alerts_raise (
      req->tx,
      &(MhAlertDraft){ .kind = MH_ALERT_PRESCRIPTION_WITHDRAWN,
                       .hospital_id = mh_record_text (prescription, MH_PRESCRIPTION_HOSPITAL_ID),
                       .subject_type = mh_order_type.code,
                       .subject_id = order_id,
                       .arguments = arguments,
                       .dedupe_key = key },
      error);
}

MhRecord *
mh_prescriptions_service_cancel (const MhRequest *req,
                                 const char *id,
                                 MhRecord *cancel,
                                 GError **error)
{
  MhDb *db = req->db;
  const char *code = mh_record_text (cancel, MH_PRESCRIPTION_CANCEL_BODY_CODE);
  const char *note = mh_record_text (cancel, MH_PRESCRIPTION_CANCEL_BODY_NOTE);
  const char *words = mh_code_label (mh_prescription_cancel_codes, code);

  if (!mh_actor_require (req->actor, MH_MAY_WRITE_PRESCRIPTION, error))
    return NULL;

  g_autoptr (MhRecord) found = mh_edit_get (req, &mh_prescription_type, id, error);
  if (found == NULL || !mh_access_check_record (req, found, error)
      || !prescriptions_cancel_service_check_status (found, error)
      || !stop_medicines (req, found, note != NULL ? note : words, error))
    return NULL;

  /* its medicines have raised its version */
  g_autoptr (MhRecord) before = mh_store_get (db, &mh_prescription_type, id, error);
  g_autoptr (MhRecord) after = before != NULL ? mh_record_copy (before) : NULL;
  if (after == NULL)
    return NULL;

  mh_record_set_text (after, MH_PRESCRIPTION_STATUS, MH_PRESCRIPTION_STATUS_CANCELLED);
  mh_record_set_int (after, MH_PRESCRIPTION_CANCELLED_AT, mh_tx_now (req->tx));
  mh_record_set_text (after, MH_PRESCRIPTION_CANCEL_CODE, code);
  mh_record_set_text (after, MH_PRESCRIPTION_CANCEL_REASON, note);
  mh_record_set_text (after, MH_PRESCRIPTION_CANCELLED_BY, mh_actor_user_id (req->actor));
  mh_record_set_text (after, MH_PRESCRIPTION_CANCELLED_NAME, mh_actor_name (req->actor));
  if (!mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, code, error)
      || !tell_desk (req, after, error))
    return NULL;

  return mh_prescriptions_service_read (req, id, error);
}
