/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/reports/mh-reports-service.h"

#include "server/common/mh-edit.h"
#include "server/reports/mh-reports-groups.h"
#include "server/reports/mh-reports-store.h"
#include "shared/base/mh-id.h"
#include "shared/records/mh-records.h"
#include "shared/reports/mh-report-content.h"

/* --- freezing --- */

static MhRecord *
begin_report (MhTx *tx, const MhActor *actor, const MhReportDraft *draft, GError **error)
{
  const char *hospital_id = mh_record_text (draft->order, MH_ORDER_HOSPITAL_ID);
  MhRecord *hospital = mh_catalogue_hospital (draft->view, hospital_id);
  const char *code = hospital != NULL ? mh_record_text (hospital, MH_HOSPITAL_CODE) : "X";
  g_autofree char *series = g_strconcat ("report:", code, NULL);
  gint64 number = mh_tx_next_number (tx, series, error);
  if (number < 0)
    return NULL;
  MhRecord *report = mh_record_new (&mh_report_type);
  mh_record_take_text (report, MH_ID, mh_id_new ());
  mh_record_set_text (report, MH_REPORT_HOSPITAL_ID, hospital_id);
  mh_record_set_text (report, MH_REPORT_ORDER_ID, mh_record_id (draft->order));
  mh_record_set_text (report, MH_REPORT_PATIENT_ID, mh_record_id (draft->patient));
  mh_record_take_text (report, MH_REPORT_NUMBER,
                       g_strdup_printf ("%s-R%06" G_GINT64_FORMAT, code, number));
  mh_record_set_int (report, MH_REPORT_VERSION_NO, 1);
  mh_record_set_text (report, MH_REPORT_STATUS, MH_REPORT_STATUS_FINAL);
  mh_record_set_text (report, MH_REPORT_VERIFIED_BY, mh_actor_user_id (actor));
  mh_record_set_text (report, MH_REPORT_VERIFIED_NAME, mh_actor_name (actor));
  mh_record_set_int (report, MH_REPORT_ISSUED_AT, mh_tx_now (tx));
  mh_record_set_int (report, MH_REPORT_COPIES, 0);
  mh_record_set_text (report, MH_REPORT_LANGUAGE, "en");
  return report;
}

/* Signature and qualification of the day of release; an account that is gone leaves its name. */
static MhRecord *
find_verifier (MhDb *db, const MhActor *actor)
{
  const char *id = mh_actor_user_id (actor);
  return id != NULL ? mh_store_get (db, &mh_user_type, id, NULL) : NULL;
}

MhRecord *
mh_reports_service_freeze (MhTx *tx,
                           const MhActor *actor,
                           const MhReportDraft *draft,
                           GError **error)
{
  g_autoptr (MhRecord) report = begin_report (tx, actor, draft, error);
  if (report == NULL)
    return NULL;
  g_autoptr (MhRecord) verifier = find_verifier (mh_tx_db (tx), actor);
  g_autoptr (MhRecord) order = mh_record_copy (draft->order);
  g_autoptr (GPtrArray) results = mh_reports_groups_make (draft, order);
  MhLabReport content = { .hospital = mh_catalogue_hospital (
                              draft->view, mh_record_text (draft->order, MH_ORDER_HOSPITAL_ID)),
                          .patient = draft->patient,
                          .order = order,
                          .results = results,
                          .report = report,
                          .verifier = verifier };
  g_autofree char *text = mh_report_content (&content);
  char *hash = text != NULL ? mh_report_content_hash (text, error) : NULL;
  if (hash == NULL)
    return NULL;
  mh_record_take_text (report, MH_REPORT_CONTENT, g_steal_pointer (&text));
  mh_record_take_text (report, MH_REPORT_CONTENT_HASH, hash);
  return mh_tx_insert (tx, report, MH_AUDIT_CREATE, NULL, error) ? g_steal_pointer (&report) : NULL;
}

/* --- looking --- */

GPtrArray *
mh_reports_service_list (MhDb *db, const MhActor *actor, const char *order_id, GError **error)
{
  g_autoptr (MhRecord) order = mh_edit_get (db, actor, &mh_order_type, order_id, error);
  return order != NULL ? mh_reports_store_of_order (db, order_id, error) : NULL;
}

GPtrArray *
mh_reports_service_recent (MhDb *db,
                           const MhActor *actor,
                           const char *before_id,
                           guint limit,
                           GError **error)
{
  return mh_reports_store_recent (db, mh_actor_hospital_id (actor), before_id, limit, error);
}

static gboolean
is_latest (MhDb *db, MhRecord *report, gboolean *out_latest, GError **error)
{
  g_autoptr (GPtrArray) all
      = mh_reports_store_of_order (db, mh_record_text (report, MH_REPORT_ORDER_ID), error);
  if (all == NULL)
    return FALSE;
  *out_latest
      = all->len > 0
        && g_strcmp0 (mh_record_id (g_ptr_array_index (all, 0)), mh_record_id (report)) == 0;
  return TRUE;
}

MhRecord *
mh_reports_service_check (MhDb *db,
                          const char *report_id,
                          gint64 version,
                          const char *hash,
                          GError **error)
{
  gboolean latest;
  g_autoptr (MhRecord) report = mh_store_get (db, &mh_report_type, report_id, error);
  if (report == NULL || !is_latest (db, report, &latest, error))
    return NULL;
  const char *stated = mh_record_text (report, MH_REPORT_CONTENT_HASH);
  gboolean genuine = mh_report_content_is_intact (report)
                     && (hash == NULL || (stated != NULL && g_ascii_strcasecmp (hash, stated) == 0))
                     && (version == 0 || version == mh_record_int (report, MH_REPORT_VERSION_NO));
  const char *hospital_id = mh_record_text (report, MH_REPORT_HOSPITAL_ID);
  g_autoptr (MhRecord) hospital
      = hospital_id != NULL ? mh_store_get (db, &mh_hospital_type, hospital_id, NULL) : NULL;
  MhRecord *check = mh_record_new (&mh_report_check_type);
  mh_record_set_text (check, MH_REPORT_CHECK_ID, report_id);
  mh_record_set_text (check, MH_REPORT_CHECK_NUMBER, mh_record_text (report, MH_REPORT_NUMBER));
  mh_record_set_int (check, MH_REPORT_CHECK_VERSION_NO,
                     mh_record_int (report, MH_REPORT_VERSION_NO));
  mh_record_set_text (check, MH_REPORT_CHECK_STATUS, mh_record_text (report, MH_REPORT_STATUS));
  mh_record_set_text (check, MH_REPORT_CHECK_CONTENT_HASH, stated);
  mh_record_set_bool (check, MH_REPORT_CHECK_GENUINE, genuine);
  mh_record_set_bool (check, MH_REPORT_CHECK_LATEST, latest);
  mh_record_set_int (check, MH_REPORT_CHECK_ISSUED_AT, mh_record_int (report, MH_REPORT_ISSUED_AT));
  mh_record_set_text (check, MH_REPORT_CHECK_HOSPITAL,
                      hospital != NULL ? mh_record_text (hospital, MH_HOSPITAL_NAME) : NULL);
  return check;
}
