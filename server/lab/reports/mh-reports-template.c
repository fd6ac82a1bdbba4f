/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/reports/mh-reports-template.h"

#include "server/lab/critical/mh-critical.h"
#include "server/lab/reports/mh-pdf-finish.h"
#include "server/lab/reports/mh-reports-store.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-sha256.h"
#include "shared/records/lab/mh-attachment.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report-delivery.h"
#include "shared/records/lab/mh-report-template.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/reports/lab/mh-report-lab.h"
#include "shared/reports/lab/mh-report-sample.h"
#include "shared/reports/mh-report-parts.h"

/* --- choosing --- */

/* The bench that all tests belong to; NULL: several, or unknown. */
static const char *
common_bench (const MhReportDraft *draft)
{
  const char *bench = NULL;
  for (guint i = 0; i < draft->items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (draft->items, i);
      MhRecord *test = mh_catalogue_find (draft->view, &mh_test_type,
                                          mh_record_text (item, MH_ORDER_ITEM_TEST));
      const char *own = test != NULL ? mh_record_text (test, MH_TEST_BENCH) : NULL;
      if (own == NULL || (bench != NULL && g_strcmp0 (bench, own) != 0))
        return NULL;
      bench = own;
    }

  return bench;
}

gboolean
mh_reports_template_for (MhDb *db,
                         const MhReportDraft *draft,
                         MhRecord **out_template,
                         GError **error)
{
  const char *bench = common_bench (draft);
  MhRecord *best = NULL;
  g_autoptr (GPtrArray) all
      = mh_reports_store_templates (db, mh_record_text (draft->order, MH_ORDER_HOSPITAL_ID), error);

  if (all == NULL)
    return FALSE;

  for (guint i = 0; i < all->len; i++)
    {
      MhRecord *one = g_ptr_array_index (all, i);
      gboolean general = !mh_record_has (one, MH_REPORT_TEMPLATE_BENCH);
      if (!mh_record_bool (one, MH_REPORT_TEMPLATE_ACTIVE))
        continue;
      if (!general && g_strcmp0 (mh_record_text (one, MH_REPORT_TEMPLATE_BENCH), bench) == 0)
        best = one;
      else if (general && best == NULL)
        best = one;
    }

  *out_template = best != NULL ? g_object_ref (best) : NULL;
  return TRUE;
}

/* --- drawing --- */

static gboolean
reports_template_find_logo (MhDb *db, MhRecord *template_, GBytes **out_logo, GError **error)
{
  GError *failure = NULL;
  gsize length = 0;
  const char *hash
      = template_ != NULL ? mh_record_text (template_, MH_REPORT_TEMPLATE_LOGO_HASH) : NULL;

  if (hash == NULL)
    return TRUE;

  g_autoptr (MhRecord) logo = mh_store_find (db, &mh_report_logo_type, "hash", hash, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  const char *png = logo != NULL ? mh_record_text (logo, MH_REPORT_LOGO_PNG) : NULL;
  guchar *bytes = png != NULL ? g_base64_decode (png, &length) : NULL;
  *out_logo = bytes != NULL ? g_bytes_new_take (bytes, length) : NULL;

  return TRUE;
}

/* The files by their hash; one that is not what was attached is missing on the paper. */
static gboolean
find_files (MhDb *db, MhLabReport *content, GError **error)
{
  guint n = content->attachments != NULL ? content->attachments->len : 0;
  if (n == 0)
    return TRUE;

  content->files
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
  for (guint i = 0; i < n; i++)
    {
      gsize size = 0;
      MhRecord *one = g_ptr_array_index (content->attachments, i);
      const char *said = mh_record_text (one, MH_ATTACHMENT_SHA256);
      g_autoptr (MhRecord) data
          = mh_store_get (db, &mh_attachment_data_type, mh_record_id (one), error);
      if (data == NULL)
        return FALSE;
      guint8 *bytes = g_base64_decode (mh_record_text (data, MH_ATTACHMENT_DATA_CONTENT), &size);
      g_autoptr (GBytes) file = g_bytes_new_take (bytes, size);
      g_autofree char *hash = mh_sha256_of_bytes (file);
      if (g_strcmp0 (hash, said) == 0)
        g_hash_table_insert (content->files, g_strdup (said), g_steal_pointer (&file));
    }

  return TRUE;
}

MhLabReport *
mh_reports_content_for_paper (MhDb *db, MhRecord *report, GError **error)
{
  if (!mh_report_content_is_intact (report))
    {
      mh_error_set (error, MH_ERROR_INTERNAL,
                    "The stored report does not match its hash any more; it is not printed.");
      return NULL;
    }

  g_autoptr (MhLabReport) content = mh_lab_report_from_record (report, error);
  if (content == NULL)
    return NULL;

  g_autoptr (GTimeZone) zone = mh_part_zone (content->hospital);
  g_clear_pointer (&content->critical_note, g_free);
  if (!mh_critical_note (db, mh_record_text (report, MH_REPORT_ORDER_ID), zone,
                         &content->critical_note, error)
      || !reports_template_find_logo (db, content->template_, &content->logo, error)
      || !find_files (db, content, error))
    return NULL;

  return g_steal_pointer (&content);
}

/* --- keeping --- */

GPtrArray *
mh_reports_service_templates (const MhRequest *req, GError **error)
{
  return mh_reports_store_templates (req->db, mh_actor_hospital_id (req->actor), error);
}

GPtrArray *
mh_reports_service_logos (const MhRequest *req, GError **error)
{
  const char *hospital_id = mh_actor_hospital_id (req->actor);
  return mh_store_all (req->db, &mh_report_logo_type, hospital_id != NULL ? "hospital_id" : NULL,
                       hospital_id, error);
}

/* Two templates of one bench would be a matter of luck. */
static gboolean
reports_template_is_alone (MhDb *db, MhRecord *wanted, GError **error)
{
  g_autoptr (GPtrArray) all = mh_reports_store_templates (
      db, mh_record_text (wanted, MH_REPORT_TEMPLATE_HOSPITAL_ID), error);
  if (all == NULL)
    return FALSE;

  for (guint i = 0; i < all->len && mh_record_bool (wanted, MH_REPORT_TEMPLATE_ACTIVE); i++)
    {
      MhRecord *other = g_ptr_array_index (all, i);
      if (g_strcmp0 (mh_record_id (other), mh_record_id (wanted)) == 0
          || !mh_record_bool (other, MH_REPORT_TEMPLATE_ACTIVE)
          || g_strcmp0 (mh_record_text (other, MH_REPORT_TEMPLATE_BENCH),
                        mh_record_text (wanted, MH_REPORT_TEMPLATE_BENCH))
                 != 0)
        continue;
      mh_error_set (error, MH_ERROR_CONFLICT, "“%s” is in use for these reports already.",
                    mh_record_text (other, MH_REPORT_TEMPLATE_NAME));
      return FALSE;
    }

  return TRUE;
}

static gboolean
keep_logo (MhTx *tx, MhRecord *template_, MhRecord *sent, GError **error)
{
  GError *failure = NULL;
  gsize length = 0;
  if (!mh_record_is_set (sent, MH_REPORT_TEMPLATE_LOGO))
    return TRUE;

  mh_record_set_null (template_, MH_REPORT_TEMPLATE_LOGO_HASH);
  if (!mh_record_has (sent, MH_REPORT_TEMPLATE_LOGO))
    return TRUE;

  const char *png = mh_record_text (sent, MH_REPORT_TEMPLATE_LOGO);
  g_autofree guchar *bytes = g_base64_decode (png, &length);
  g_autofree char *hash = mh_sha256_of (bytes, length);

  mh_record_set_text (template_, MH_REPORT_TEMPLATE_LOGO_HASH, hash);
  g_autoptr (MhRecord) known
      = mh_store_find (mh_tx_db (tx), &mh_report_logo_type, "hash", hash, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  if (known != NULL)
    return TRUE;

  g_autoptr (MhRecord) logo = mh_record_new (&mh_report_logo_type);
  mh_record_take_text (logo, MH_ID, mh_id_new ());
  mh_record_set_text (logo, MH_REPORT_LOGO_HOSPITAL_ID,
                      mh_record_text (template_, MH_REPORT_TEMPLATE_HOSPITAL_ID));
  mh_record_set_text (logo, MH_REPORT_LOGO_HASH, hash);
  mh_record_set_text (logo, MH_REPORT_LOGO_PNG, png);

  return mh_tx_insert (tx, logo, MH_AUDIT_CREATE, NULL, error);
}

MhRecord *
mh_reports_service_template_create (const MhRequest *req, MhRecord *draft, GError **error)
{
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  if (hospital_id == NULL)
    return NULL;

  g_autoptr (MhRecord) made = mh_record_copy (draft);
  mh_record_set_text (made, MH_REPORT_TEMPLATE_HOSPITAL_ID, hospital_id);
  if (!mh_record_is_set (made, MH_REPORT_TEMPLATE_ACTIVE))
    mh_record_set_bool (made, MH_REPORT_TEMPLATE_ACTIVE, TRUE);
  if (!reports_template_is_alone (req->db, made, error) || !keep_logo (req->tx, made, draft, error))
    return NULL;

  mh_record_unset (made, MH_REPORT_TEMPLATE_LOGO);
  return mh_tx_insert (req->tx, made, MH_AUDIT_CREATE, NULL, error) ? g_steal_pointer (&made)
                                                                    : NULL;
}

MhRecord *
mh_reports_service_template_update (const MhRequest *req,
                                    const char *id,
                                    MhRecord *patch,
                                    gint64 if_match,
                                    GError **error)
{
  g_autoptr (MhRecord) before = NULL;
  g_autoptr (MhRecord) after = NULL;
  if (!mh_edit_begin (req, (MhPatch){ .body = patch, .id = id, .if_match = if_match }, &before,
                      &after, error)
      || !reports_template_is_alone (req->db, after, error)
      || !keep_logo (req->tx, after, patch, error))
    return NULL;
  mh_record_unset (after, MH_REPORT_TEMPLATE_LOGO);
  return mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
             ? g_steal_pointer (&after)
             : NULL;
}

static gboolean
load_preview (const MhRequest *req, const char *id, MhLabReport *report, GError **error)
{
  report->template_ = mh_edit_get (req, &mh_report_template_type, id, error);
  report->hospital = report->template_ != NULL ? mh_store_get (
                         req->db, &mh_hospital_type,
                         mh_record_text (report->template_, MH_REPORT_TEMPLATE_HOSPITAL_ID), error)
                                               : NULL;
  return report->hospital != NULL
         && reports_template_find_logo (req->db, report->template_, &report->logo, error);
}

GBytes *
mh_reports_service_template_preview (MhServer *server,
                                     const MhActor *actor,
                                     const char *id,
                                     const char *language,
                                     GError **error)
{
  MhStore *store = mh_server_store (server);
  g_autoptr (MhLabReport) report = mh_report_sample ();
  MhDb *db = mh_store_take_reader (store, error);
  if (db == NULL)
    return NULL;

  gboolean ok = load_preview (MH_REQUEST_DB (db, server, actor), id, report, error);
  mh_store_give_reader (store, db);
  if (!ok)
    return NULL;

  g_autoptr (MhDocument) document = mh_report_lab (report, language, 0);
  g_autoptr (GBytes) pdf = mh_document_to_pdf (document, error);
  return pdf != NULL ? mh_pdf_finish (pdf, document, error) : NULL;
}
