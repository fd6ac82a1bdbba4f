/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/reports/mh-reports-access.h"

#include "server/lab/reports/mh-reports-service.h"
#include "server/lab/reports/mh-reports-store.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-report-change.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/messages/mh-mail.h"
#include "shared/records/mh-types.h"
#include "shared/records/platform/mh-audit.h"

static MhRecord *
reports_access_begin (MhTx *tx, MhRecord *report, const char *how)
{
  const MhWho *who = mh_tx_who (tx);
  MhRecord *access = mh_record_new (&mh_report_access_type);
  mh_record_take_text (access, MH_ID, mh_id_new ());
  mh_record_set_text (access, MH_REPORT_ACCESS_HOSPITAL_ID,
                      mh_record_text (report, MH_REPORT_HOSPITAL_ID));
  mh_record_set_text (access, MH_REPORT_ACCESS_ORDER_ID,
                      mh_record_text (report, MH_REPORT_ORDER_ID));
  mh_record_set_text (access, MH_REPORT_ACCESS_PATIENT_ID,
                      mh_record_text (report, MH_REPORT_PATIENT_ID));
  mh_record_set_text (access, MH_REPORT_ACCESS_REPORT_ID, mh_record_id (report));
  mh_record_set_int (access, MH_REPORT_ACCESS_VERSION_NO,
                     mh_record_int (report, MH_REPORT_VERSION_NO));
  mh_record_set_text (access, MH_REPORT_ACCESS_HOW, how);
  mh_record_set_text (access, MH_REPORT_ACCESS_BY_ID, who->user_id);
  mh_record_set_text (access, MH_REPORT_ACCESS_BY_NAME, who->user_name);
  mh_record_set_text (access, MH_REPORT_ACCESS_ROLE, who->role);
  mh_record_set_text (access, MH_REPORT_ACCESS_STATION, who->station);
  mh_record_set_int (access, MH_REPORT_ACCESS_AT, mh_tx_now (tx));

  return access;
}

static gboolean
reports_access_keep (MhTx *tx, MhRecord *access, GError **error)
{
  return mh_tx_insert (tx, access, MH_AUDIT_CREATE, NULL, error);
}

/* NULL without error: this person has not seen it yet. */
static MhRecord *
find_seen (MhTx *tx, MhRecord *report, GError **error)
{
  return mh_reports_store_seen (mh_tx_db (tx), mh_record_id (report), mh_tx_who (tx)->user_id,
                                error);
}

gboolean
mh_reports_access_seen (MhTx *tx, MhRecord *report, GError **error)
{
  GError *failure = NULL;
  if (mh_tx_who (tx)->user_id == NULL)
    return TRUE;

  g_autoptr (MhRecord) known = find_seen (tx, report, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  g_autoptr (MhRecord) access
      = known == NULL ? reports_access_begin (tx, report, MH_REPORT_SEEN) : NULL;
  return access == NULL || reports_access_keep (tx, access, error);
}

gboolean
mh_reports_access_printed (MhTx *tx, MhRecord *report, gint64 copy_no, GError **error)
{
  g_autoptr (MhRecord) access = reports_access_begin (tx, report, MH_REPORT_PRINTED);
  mh_record_set_int (access, MH_REPORT_ACCESS_COPY_NO, copy_no);
  return reports_access_keep (tx, access, error);
}

gboolean
mh_reports_service_fetched (MhTx *tx, MhRecord *report, GError **error)
{
  g_autoptr (MhRecord) access = reports_access_begin (tx, report, MH_REPORT_FETCHED);
  return reports_access_keep (tx, access, error);
}

static gboolean
run_seen (MhTx *tx, gpointer data, GError **error)
{
  return mh_reports_access_seen (tx, data, error);
}

static void
end_seen (gpointer data, const GError *error)
{
  if (error != NULL)
    g_warning ("Who saw a report could not be kept: %s", error->message);
  g_object_unref (data);
}

/* A copy of what is needed: a record stays with its thread. */
void
mh_reports_access_note_seen (MhServer *server, const MhWho *who, MhRecord *report)
{
  static const guint fields[]
      = { MH_ID, MH_REPORT_HOSPITAL_ID, MH_REPORT_ORDER_ID, MH_REPORT_PATIENT_ID };
  g_autoptr (GError) error = NULL;
  MhRecord *brief = mh_record_new (&mh_report_type);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    mh_record_set_text (brief, fields[i], mh_record_text (report, fields[i]));
  mh_record_set_int (brief, MH_REPORT_VERSION_NO, mh_record_int (report, MH_REPORT_VERSION_NO));
  if (!mh_store_submit (mh_server_store (server), who,
                        (MhTxWork){ NULL, run_seen, end_seen, brief }, &error))
    end_seen (brief, error);
}

/* --- mails --- */

static gboolean
mail_changed (MhTx *tx, MhRecord *before, MhRecord *after, gpointer data, GError **error)
{
  const char *report_id = mh_record_text (after, MH_MAIL_REPORT_ID);
  gboolean was_sent
      = before != NULL && g_strcmp0 (mh_record_text (before, MH_MAIL_STATUS), MH_MAIL_SENT) == 0;
  if (report_id == NULL || was_sent || !mh_record_bool (after, MH_MAIL_ATTACHED)
      || g_strcmp0 (mh_record_text (after, MH_MAIL_STATUS), MH_MAIL_SENT) != 0)
    return TRUE;

  g_autoptr (MhRecord) report = mh_store_get (mh_tx_db (tx), &mh_report_type, report_id, error);
  if (report == NULL)
    return FALSE;

  g_autoptr (MhRecord) access = reports_access_begin (tx, report, MH_REPORT_MAILED);
  mh_record_set_text (access, MH_REPORT_ACCESS_MAIL_ID, mh_record_id (after));
  return reports_access_keep (tx, access, error);
}

void
mh_reports_observe (MhServer *server)
{
  mh_store_observe (mh_server_store (server), &mh_mail_type, mail_changed, server);
}

/* --- for the desks --- */

MhRecord *
mh_reports_service_seen (const MhRequest *req, const char *report_id, GError **error)
{
  g_autoptr (MhRecord) report = mh_edit_get (req, &mh_report_type, report_id, error);
  if (report == NULL || !mh_reports_access_seen (req->tx, report, error))
    return NULL;
  MhRecord *seen = find_seen (req->tx, report, error);
  return seen;
}

GPtrArray *
mh_reports_service_accesses (const MhRequest *req, const char *order_id, GError **error)
{
  g_autoptr (MhRecord) order = mh_edit_get (req, &mh_order_type, order_id, error);
  return order != NULL ? mh_reports_store_accesses (req->db, order_id, error) : NULL;
}
