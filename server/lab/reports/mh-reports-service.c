/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/reports/mh-reports-service.h"

#include "server/lab/critical/mh-critical.h"
#include "server/lab/reports/mh-reports-store.h"
#include "server/people/gate/mh-access.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "server/platform/common/mh-public-link.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/reports/mh-report-content.h"
#include "shared/reports/mh-report-parts.h"

/* --- looking --- */

/* Calls are mostly made after the release: what is known of them now, for the desk's paper. */
static gboolean
critical_note (MhDb *db, MhRecord *order, char **out_note, GError **error)
{
  g_autoptr (MhRecord) hospital
      = mh_store_get (db, &mh_hospital_type, mh_record_text (order, MH_ORDER_HOSPITAL_ID), error);
  g_autoptr (GTimeZone) zone = hospital != NULL ? mh_part_zone (hospital) : NULL;
  return zone != NULL && mh_critical_note (db, mh_record_id (order), zone, out_note, error);
}

GPtrArray *
mh_reports_service_list (const MhRequest *req, const char *order_id, GError **error)
{
  g_autoptr (MhRecord) order = mh_edit_get (req, &mh_order_type, order_id, error);
  g_autoptr (GPtrArray) reports = order != NULL && mh_access_check_order (req, order, error)
                                      ? mh_reports_store_of_order (req->db, order_id, error)
                                      : NULL;
  g_autofree char *note = NULL;
  if (reports == NULL || (reports->len > 0 && !critical_note (req->db, order, &note, error)))
    return NULL;
  for (guint i = 0; note != NULL && i < reports->len; i++)
    mh_record_set_text (g_ptr_array_index (reports, i), MH_REPORT_CRITICAL_NOTE, note);
  return g_steal_pointer (&reports);
}

GPtrArray *
mh_reports_service_recent (const MhRequest *req, const char *before_id, guint limit, GError **error)
{
  g_autoptr (GPtrArray) found = mh_reports_store_recent (req->db, mh_actor_hospital_id (req->actor),
                                                         before_id, limit, error);
  if (found == NULL || !mh_access_mask (req, found, error))
    return NULL;
  return g_steal_pointer (&found);
}

GPtrArray *
mh_reports_service_named (const MhRequest *req, const char *id, GError **error)
{
  GError *failure = NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  MhRecord *report = mh_edit_get (req, &mh_report_type, id, &failure);

  if (report != NULL)
    g_ptr_array_add (found, report);
  if (failure != NULL && !g_error_matches (failure, MH_ERROR, MH_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, failure);
      return NULL;
    }

  g_clear_error (&failure);
  return mh_access_mask (req, found, error) ? g_steal_pointer (&found) : NULL;
}

MhRecord *
mh_reports_service_newest (MhDb *db, const char *order_id, GError **error)
{
  g_autoptr (GPtrArray) all = mh_reports_store_of_order (db, order_id, error);
  if (all != NULL && all->len == 0)
    mh_error_set (error, MH_ERROR_NOT_FOUND, "The report of this order is not released yet.");
  return all != NULL && all->len > 0 ? g_object_ref (g_ptr_array_index (all, 0)) : NULL;
}

void
mh_reports_service_put_link (MhServer *server, MhRecord *report)
{
  const char *base = mh_server_config_text (mh_server_config (server), "server.public_url");
  g_autofree char *code = mh_report_link_code (report);
  mh_record_take_text (report, MH_REPORT_LINK, mh_public_link (base, MH_PUBLIC_PAPER, code));
}

MhRecord *
mh_reports_service_check (MhDb *db,
                          const char *report_id,
                          gint64 version,
                          const char *hash,
                          GError **error)
{
  g_autoptr (MhRecord) report = mh_store_get (db, &mh_report_type, report_id, error);
  g_autoptr (MhRecord) newest
      = report != NULL
            ? mh_reports_service_newest (db, mh_record_text (report, MH_REPORT_ORDER_ID), error)
            : NULL;

  if (newest == NULL)
    return NULL;

  gboolean latest = g_strcmp0 (mh_record_id (newest), report_id) == 0;
  const char *stated = mh_record_text (report, MH_REPORT_CONTENT_HASH);
  gboolean genuine = mh_report_content_is_intact (report)
                     && (hash == NULL || mh_report_hash_fits (report, hash))
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
