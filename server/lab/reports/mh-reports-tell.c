/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/reports/mh-reports-tell.h"

#include "server/lab/reports/mh-reports-store.h"
#include "server/messages/alerts/mh-alerts.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report-change.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/platform/mh-audit.h"

typedef struct
{
  MhTx *tx;
  MhRecord *order, *report, *change;
} News;

/* The newest version that each person has read, by the person's id. Borrows from @accesses, which
 * come newest version first. */
static GHashTable *
readers_of (GPtrArray *accesses, gint64 below)
{
  GHashTable *readers = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < accesses->len; i++)
    {
      MhRecord *access = g_ptr_array_index (accesses, i);
      const char *person = mh_record_text (access, MH_REPORT_ACCESS_BY_ID);
      if (person != NULL && mh_record_int (access, MH_REPORT_ACCESS_VERSION_NO) < below
          && g_strcmp0 (mh_record_text (access, MH_REPORT_ACCESS_HOW), MH_REPORT_MAILED) != 0
          && !g_hash_table_contains (readers, person))
        g_hash_table_insert (readers, (gpointer)person, access);
    }
  return readers;
}

static gboolean
made_it (const News *news, const char *person)
{
  return g_strcmp0 (mh_tx_who (news->tx)->user_id, person) == 0
         || (news->change != NULL
             && g_strcmp0 (mh_record_text (news->change, MH_REPORT_CHANGE_BY_ID), person) == 0);
}

static MhRecord *
reports_tell_notice_of (const News *news, MhRecord *access)
{
  MhRecord *notice = mh_record_new (&mh_report_notice_type);
  mh_record_take_text (notice, MH_ID, mh_id_new ());
  mh_record_set_text (notice, MH_REPORT_NOTICE_HOSPITAL_ID,
                      mh_record_text (news->report, MH_REPORT_HOSPITAL_ID));
  mh_record_set_text (notice, MH_REPORT_NOTICE_USER_ID,
                      mh_record_text (access, MH_REPORT_ACCESS_BY_ID));
  mh_record_set_text (notice, MH_REPORT_NOTICE_USER_NAME,
                      mh_record_text (access, MH_REPORT_ACCESS_BY_NAME));
  mh_record_set_text (notice, MH_REPORT_NOTICE_ORDER_ID, mh_record_id (news->order));
  mh_record_set_text (notice, MH_REPORT_NOTICE_ORDER_NUMBER,
                      mh_record_text (news->order, MH_ORDER_NUMBER));
  mh_record_set_text (notice, MH_REPORT_NOTICE_REPORT_ID, mh_record_id (news->report));
  mh_record_set_int (notice, MH_REPORT_NOTICE_OLD_VERSION,
                     mh_record_int (access, MH_REPORT_ACCESS_VERSION_NO));
  mh_record_set_int (notice, MH_REPORT_NOTICE_NEW_VERSION,
                     mh_record_int (news->report, MH_REPORT_VERSION_NO));
  mh_record_set_text (notice, MH_REPORT_NOTICE_STATUS,
                      mh_record_text (news->report, MH_REPORT_STATUS));
  if (news->change != NULL)
    mh_record_set_text (notice, MH_REPORT_NOTICE_REASON,
                        mh_record_text (news->change, MH_REPORT_CHANGE_REASON));

  mh_record_set_int (notice, MH_REPORT_NOTICE_AT, mh_tx_now (news->tx));
  return notice;
}

static char *
reports_tell_alert_key (const char *report_id, const char *person)
{
  return g_strdup_printf ("report:%s/%s", report_id, person);
}

static gboolean
reports_tell_raise_alert (const News *news, const char *person, GError **error)
{
  const char *words[] = { mh_record_text (news->order, MH_ORDER_NUMBER), NULL };
  g_autofree char *key = reports_tell_alert_key (mh_record_id (news->report), person);
  return mh_alerts_raise (
      news->tx,
      &(MhAlertDraft){ .kind = MH_ALERT_REPORT_CORRECTED,
                       .severity = MH_ALERT_WARNING,
                       .hospital_id = mh_record_text (news->report, MH_REPORT_HOSPITAL_ID),
                       .subject_type = mh_report_type.code,
                       .subject_id = mh_record_id (news->order),
                       .arguments = words,
                       .user_id = person,
                       .dedupe_key = key },
      error);
}

static gboolean
reports_tell_tell (const News *news, const char *person, MhRecord *access, GError **error)
{
  g_autoptr (MhRecord) notice = reports_tell_notice_of (news, access);
  if (!mh_tx_insert (news->tx, notice, MH_AUDIT_CREATE, NULL, error))
    return FALSE;
  return news->change == NULL || reports_tell_raise_alert (news, person, error);
}

gboolean
mh_reports_tell_readers (MhTx *tx,
                         MhRecord *order,
                         MhRecord *report,
                         MhRecord *change,
                         GError **error)
{
  News news = { tx, order, report, change };
  g_autoptr (GPtrArray) accesses
      = mh_reports_store_accesses (mh_tx_db (tx), mh_record_id (order), error);
  if (accesses == NULL)
    return FALSE;

  g_autoptr (GHashTable) readers
      = readers_of (accesses, mh_record_int (report, MH_REPORT_VERSION_NO));
  GHashTableIter iter;
  gpointer person, access;

  g_hash_table_iter_init (&iter, readers);
  while (g_hash_table_iter_next (&iter, &person, &access))
    if (!made_it (&news, person) && !reports_tell_tell (&news, person, access, error))
      return FALSE;
  return TRUE;
}

/* --- for whom they are --- */

GPtrArray *
mh_reports_service_notices (const MhRequest *req, gboolean open_alone, GError **error)
{
  return mh_reports_store_notices (req->db, mh_actor_user_id (req->actor), open_alone, error);
}

MhRecord *
mh_reports_service_acknowledge (const MhRequest *req, const char *notice_id, GError **error)
{
  g_autoptr (MhRecord) before = mh_edit_get (req, &mh_report_notice_type, notice_id, error);
  if (before == NULL)
    return NULL;

  const char *person = mh_record_text (before, MH_REPORT_NOTICE_USER_ID);
  if (g_strcmp0 (person, mh_actor_user_id (req->actor)) != 0)
    {
      mh_error_set (error, MH_ERROR_FORBIDDEN, "This notice is for somebody else.");
      return NULL;
    }

  if (mh_record_has (before, MH_REPORT_NOTICE_READ_AT))
    return g_steal_pointer (&before);

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_int (after, MH_REPORT_NOTICE_READ_AT, mh_tx_now (req->tx));
  g_autofree char *key
      = reports_tell_alert_key (mh_record_text (before, MH_REPORT_NOTICE_REPORT_ID), person);

  if (!mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
      || !mh_alerts_clear (req->tx, mh_record_text (before, MH_REPORT_NOTICE_HOSPITAL_ID), key,
                           error))
    return NULL;

  return g_steal_pointer (&after);
}
