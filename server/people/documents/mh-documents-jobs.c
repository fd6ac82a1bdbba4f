/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done with a file once it is there as a whole, and with one that never was. */
#include "server/messages/alerts/mh-alerts.h"
#include "server/people/documents/mh-clamd.h"
#include "server/people/documents/mh-documents-private.h"
#include "server/people/documents/mh-documents-service.h"
#include "server/people/documents/mh-documents-store.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/base/mh-json.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/people/mh-document.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-machine.h"

#define SWEEP_EVERY MH_DAY
#define ABANDONED_AFTER (7 * MH_DAY)
#define SWEEP_AT_ONCE 50

static const MhWho house = { .user_name = "documents" };

/* What becomes of a document; NULL and FALSE: as it is. */
typedef struct
{
  const char *id;
  const char *status, *scan, *threat;
  MhRecord *document; /* out */
} Change;

static gboolean
documents_jobs_tell (MhTx *tx, MhRecord *document, GError **error)
{
  g_autofree char *key = g_strconcat ("document:", mh_record_id (document), NULL);
  const char *arguments[] = { mh_record_text (document, MH_DOCUMENT_THREAT),
                              mh_record_text (document, MH_DOCUMENT_BY_NAME), NULL };
  MhAlertDraft draft = {
    .kind = MH_ALERT_FILE_HELD,
    .severity = MH_ALERT_WARNING,
    .hospital_id = mh_record_text (document, MH_DOCUMENT_HOSPITAL_ID),
    .subject_type = mh_document_type.code,
    .subject_id = mh_record_id (document),
    .arguments = arguments,
    .dedupe_key = key,
  };

  return mh_alerts_raise (tx, &draft, error);
}

static gboolean
documents_jobs_write_change (MhTx *tx, gpointer data, GError **error)
{
  Change *change = data;
  g_clear_object (&change->document);
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_document_type, change->id, error);
  if (before == NULL)
    return FALSE;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  if (change->status != NULL)
    {
      mh_record_set_text (after, MH_DOCUMENT_STATUS, change->status);
      mh_record_set_int (after, MH_DOCUMENT_STORED_AT, mh_tx_now (tx));
    }

  mh_record_set_text (after, MH_DOCUMENT_SCAN, change->scan);
  if (change->threat != NULL)
    mh_record_set_text (after, MH_DOCUMENT_THREAT, change->threat);
  if (!mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, change->scan, error)
      || (g_strcmp0 (change->status, MH_DOCUMENT_DAMAGED) == 0
          && !mh_documents_store_drop_parts (tx, change->id, error))
      || (change->threat != NULL && !documents_jobs_tell (tx, after, error)))
    return FALSE;

  change->document = g_steal_pointer (&after);
  return TRUE;
}

static gboolean
documents_jobs_apply (MhStore *store, Change *change, MhRecord **document, GError **error)
{
  if (!mh_store_write (store, &house, documents_jobs_write_change, change, error))
    {
      g_clear_object (&change->document);
      return FALSE;
    }
  g_set_object (document, change->document);
  g_clear_object (&change->document);
  return TRUE;
}

static GBytes *
documents_jobs_load (MhStore *store, const char *id, MhRecord **out_document, GError **error)
{
  MhDb *db = mh_store_take_reader (store, error);
  g_autoptr (MhRecord) document
      = db != NULL && id != NULL ? mh_store_get (db, &mh_document_type, id, error) : NULL;
  GBytes *file = document != NULL ? mh_documents_load (db, document, error) : NULL;
  mh_store_give_reader (store, db);
  if (file != NULL)
    *out_document = g_steal_pointer (&document);
  return file;
}

static gboolean
documents_jobs_put_together (MhStore *store,
                             MhRecord **document,
                             GBytes *file,
                             gboolean scans,
                             GError **error)
{
  gboolean whole = mh_documents_is_whole (*document, file);
  Change change = { .id = mh_record_id (*document),
                    .status = whole ? MH_DOCUMENT_STORED : MH_DOCUMENT_DAMAGED,
                    .scan = whole && scans ? MH_VIRUS_SCAN_WAITING : MH_VIRUS_SCAN_NONE };
  return documents_jobs_apply (store, &change, document, error);
}

static gboolean
documents_jobs_scan (MhStore *store,
                     MhRecord **document,
                     GBytes *file,
                     const char *address,
                     GError **error)
{
  g_autofree char *threat = NULL;
  if (!mh_clamd_scan (address, file, &threat, error))
    return FALSE;
  Change change = { .id = mh_record_id (*document),
                    .scan = threat != NULL ? MH_VIRUS_SCAN_INFECTED : MH_VIRUS_SCAN_CLEAN,
                    .threat = threat };
  return documents_jobs_apply (store, &change, document, error);
}

/* May run twice: each half looks whether it was done. */
static gboolean
documents_jobs_finish (MhStore *store, MhRecord *job, gpointer data, GError **error)
{
  const char *address = mh_server_config_text (mh_server_config (data), "clamd.address");
  g_autoptr (JsonObject) payload
      = mh_json_parse_object (mh_record_text (job, MH_JOB_PAYLOAD), -1, error);
  g_autoptr (MhRecord) document = NULL;
  g_autoptr (GBytes) file
      = payload != NULL
            ? documents_jobs_load (store, mh_json_text (payload, "document_id"), &document, error)
            : NULL;

  if (file == NULL)
    return FALSE;
  if (g_strcmp0 (mh_record_text (document, MH_DOCUMENT_STATUS), MH_DOCUMENT_UPLOADING) == 0
      && !documents_jobs_put_together (store, &document, file, *address != 0, error))
    return FALSE;
  if (g_strcmp0 (mh_record_text (document, MH_DOCUMENT_SCAN), MH_VIRUS_SCAN_WAITING) != 0)
    return TRUE;

  if (*address == 0)
    {
      mh_error_set (error, MH_ERROR_BUSY, "No virus scanner is set up any more.");
      return FALSE;
    }

  return documents_jobs_scan (store, &document, file, address, error);
}

static gboolean
documents_jobs_sweep (MhTx *tx, MhRecord *job, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) found = mh_documents_store_abandoned (
      mh_tx_db (tx), mh_tx_now (tx) - ABANDONED_AFTER, SWEEP_AT_ONCE, error);
  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      MhRecord *document = g_ptr_array_index (found, i);
      if (mh_record_int (document, MH_DOCUMENT_PARTS_STORED)
          == mh_record_int (document, MH_DOCUMENT_PARTS))
        continue;
      if (!mh_documents_store_drop_parts (tx, mh_record_id (document), error)
          || !mh_tx_delete (tx, document, "abandoned", error))
        return FALSE;
    }

  return found != NULL;
}

void
mh_documents_jobs_register (MhServer *server)
{
  MhJobs *jobs = mh_server_jobs (server);
  mh_jobs_register_slow (jobs, MH_JOB_DOCUMENT_FINISH, documents_jobs_finish, server);
  mh_jobs_register (jobs, MH_JOB_DOCUMENT_SWEEP, documents_jobs_sweep, NULL);
  mh_jobs_repeat (jobs, MH_JOB_DOCUMENT_SWEEP, SWEEP_EVERY);
}
