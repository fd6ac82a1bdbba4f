/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The papers of an order: loaded, counted, drawn. */
#include "server/lab/reports/mh-reports-service.h"
#include "server/platform/actor/mh-request.h"

#include "server/lab/orders/mh-orders-service.h"
#include "server/lab/reports/mh-pdf-finish.h"
#include "server/lab/reports/mh-reports-access.h"
#include "server/lab/reports/mh-reports-delivery.h"
#include "server/lab/reports/mh-reports-store.h"
#include "server/lab/reports/mh-reports-template.h"
#include "server/people/gate/mh-access.h"
#include "server/platform/common/mh-edit.h"
#include "shared/records/lab/mh-attachment.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report-delivery.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/mh-types.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/reports/lab/mh-report-cumulative.h"
#include "shared/reports/lab/mh-report-lab.h"
#include "shared/reports/mh-report-content.h"
#include "shared/reports/mh-report-label.h"
#include "shared/reports/money/mh-report-receipt.h"

void
mh_paper_made_clear (MhPaperMade *made)
{
  g_clear_pointer (&made->pdf, g_bytes_unref);
  g_clear_pointer (&made->name, g_free);
  g_clear_pointer (&made->patient_id, g_free);
  g_clear_pointer (&made->object_id, g_free);
}

/* What the papers are made of; only what is needed is there. */
typedef struct
{
  MhRecord *order, *patient, *hospital;
  MhRecord *receipt, *payment, *report;
  MhLabReport *content; /* of the report */
} Parts;

static void
reports_papers_parts_clear (Parts *parts)
{
  g_clear_object (&parts->order);
  g_clear_object (&parts->patient);
  g_clear_object (&parts->hospital);
  g_clear_object (&parts->receipt);
  g_clear_object (&parts->payment);
  g_clear_object (&parts->report);
  g_clear_pointer (&parts->content, mh_lab_report_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, reports_papers_parts_clear)

typedef gboolean (*LoadFunc) (MhDb *db, const MhPaperWanted *wanted, Parts *parts, GError **error);

/* The reader is given back before anything is written or drawn. */
static gboolean
reports_papers_load (const MhPaperWanted *wanted, LoadFunc func, Parts *parts, GError **error)
{
  MhStore *store = mh_server_store (wanted->server);
  MhDb *db = mh_store_take_reader (store, error);
  if (db == NULL)
    return FALSE;
  gboolean ok = func (db, wanted, parts, error);
  mh_store_give_reader (store, db);
  return ok;
}

static void
fill_made (MhPaperMade *made, GBytes *pdf, const char *kind, MhRecord *order, const char *object_id)
{
  made->pdf = pdf;
  made->name = order != NULL
                   ? g_strdup_printf ("%s-%s.pdf", kind, mh_record_text (order, MH_ORDER_NUMBER))
                   : g_strdup_printf ("%s.pdf", kind);
  made->patient_id = g_strdup (order != NULL ? mh_record_text (order, MH_ORDER_PATIENT_ID) : NULL);
  made->object_id = g_strdup (object_id);
}

static gboolean
reports_papers_load_order (MhDb *db, const MhPaperWanted *wanted, Parts *parts, GError **error)
{
  parts->order = mh_orders_service_read (MH_REQUEST_DB (db, wanted->server, wanted->actor),
                                         wanted->order_id, error);
  if (parts->order == NULL)
    return FALSE;
  parts->patient = mh_store_get (db, &mh_patient_type,
                                 mh_record_text (parts->order, MH_ORDER_PATIENT_ID), error);
  parts->hospital = parts->patient != NULL
                        ? mh_store_get (db, &mh_hospital_type,
                                        mh_record_text (parts->order, MH_ORDER_HOSPITAL_ID), error)
                        : NULL;
  return parts->hospital != NULL;
}

/* --- the report --- */

static gboolean
load_report (MhDb *db, const MhPaperWanted *wanted, Parts *parts, GError **error)
{
  parts->order = mh_edit_get (MH_REQUEST_DB (db, NULL, wanted->actor), &mh_order_type,
                              wanted->order_id, error);
  g_autoptr (GPtrArray) all
      = parts->order != NULL
                && mh_access_check_order (MH_REQUEST_DB (db, wanted->server, wanted->actor),
                                          parts->order, error)
            ? mh_reports_store_of_order (db, wanted->order_id, error)
            : NULL;

  if (all == NULL)
    return FALSE;

  for (guint i = 0; i < all->len && parts->report == NULL; i++)
    {
      MhRecord *report = g_ptr_array_index (all, i);
      if (wanted->version == 0 || wanted->version == mh_record_int (report, MH_REPORT_VERSION_NO))
        parts->report = g_object_ref (report);
    }

  if (parts->report == NULL)
    mh_error_set (error, MH_ERROR_NOT_FOUND,
                  all->len == 0 ? "The report of this order is not released yet."
                                : "There is no such version of this report.");
  else
    {
      mh_reports_service_put_link (wanted->server, parts->report);
      parts->content = mh_reports_content_for_paper (db, parts->report, error);
    }

  return parts->content != NULL;
}

typedef struct
{
  const MhRecordType *type;
  const char *id;
  guint copies_field;
  gint64 before; /* papers made before this one */
} Counting;

static gboolean
reports_papers_count_copy (MhTx *tx, gpointer data, GError **error)
{
  Counting *counting = data;
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), counting->type, counting->id, error);
  if (before == NULL)
    return FALSE;
  g_autoptr (MhRecord) after = mh_record_copy (before);
  counting->before = mh_record_int (before, counting->copies_field);
  mh_record_set_int (after, counting->copies_field, counting->before + 1);
  return mh_tx_update (tx, before, after, MH_AUDIT_PRINT, NULL, error)
         && (counting->type != &mh_report_type
             || (mh_reports_access_printed (tx, after, counting->before + 1, error)
                 && mh_reports_delivery_done (tx, counting->id, error)));
}

/* The papers among the attachments of @content come after page @after. */
static void
reports_papers_add_papers (const MhLabReport *content, guint after, GArray *papers)
{
  for (guint i = 0; content->attachments != NULL && i < content->attachments->len; i++)
    {
      MhRecord *one = g_ptr_array_index (content->attachments, i);
      GBytes *pdf
          = content->files != NULL
                ? g_hash_table_lookup (content->files, mh_record_text (one, MH_ATTACHMENT_SHA256))
                : NULL;
      if (pdf != NULL
          && g_strcmp0 (mh_record_text (one, MH_ATTACHMENT_CONTENT_TYPE), MH_CONTENT_PDF) == 0)
        g_array_append_vals (papers, &(MhPdfPaper){ pdf, after }, 1);
    }
}

static GBytes *
draw_report (const MhLabReport *content, const char *language, guint copy, GError **error)
{
  g_autoptr (MhDocument) document = mh_report_lab (content, language, copy);
  g_autoptr (GBytes) pdf = mh_document_to_pdf (document, error);
  g_autoptr (GPtrArray) figures = mh_document_alternatives (document);
  g_autoptr (GArray) papers = g_array_new (FALSE, FALSE, sizeof (MhPdfPaper));
  MhPdfAbout about
      = { mh_document_language (document), mh_document_title (document), figures, papers };
  reports_papers_add_papers (content, mh_document_n_pages (document), papers);
  return pdf != NULL ? mh_pdf_finish_as (pdf, &about, error) : NULL;
}

GBytes *
mh_reports_service_drawing (MhServer *server,
                            MhRecord *report,
                            const char *language,
                            GError **error)
{
  MhStore *store = mh_server_store (server);
  MhDb *db = mh_store_take_reader (store, error);
  if (db == NULL)
    return NULL;
  mh_reports_service_put_link (server, report);
  g_autoptr (MhLabReport) content = mh_reports_content_for_paper (db, report, error);
  mh_store_give_reader (store, db);
  return content != NULL ? draw_report (content, language, 0, error) : NULL;
}

gboolean
mh_reports_service_report (const MhPaperWanted *wanted, MhPaperMade *out_made, GError **error)
{
  g_auto (Parts) parts = { 0 };
  guint copy = 0;
  if ((wanted->copy && !mh_actor_require (wanted->actor, MH_MAY_PRINT_REPORT, error))
      || !reports_papers_load (wanted, load_report, &parts, error))
    return FALSE;
  if (wanted->copy)
    {
      Counting counting = { .type = &mh_report_type,
                            .id = mh_record_id (parts.report),
                            .copies_field = MH_REPORT_COPIES };
      if (!mh_store_write (mh_server_store (wanted->server), wanted->who, reports_papers_count_copy,
                           &counting, error))
        return FALSE;
      copy = (guint)counting.before; /* the first print is the original */
    }
  else
    mh_reports_access_note_seen (wanted->server, wanted->who, parts.report);

  GBytes *pdf = draw_report (parts.content, wanted->language, copy, error);
  if (pdf == NULL)
    return FALSE;

  fill_made (out_made, pdf, "report", parts.order, mh_record_id (parts.report));
  return TRUE;
}

/* --- many reports in one job --- */

typedef struct
{
  const MhPaperWanted *wanted;
  MhRecord *batch;
  GPtrArray *deliveries; /* as they are printed, by ward */
  GPtrArray *reports, *contents;
  gint64 copies[MH_REPORT_BATCH_MOST];
} Batch;

static void
batch_clear (Batch *batch)
{
  g_clear_pointer (&batch->deliveries, g_ptr_array_unref);
  g_clear_pointer (&batch->reports, g_ptr_array_unref);
  g_clear_pointer (&batch->contents, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Batch, batch_clear)

static int
reports_papers_rank_of (MhRecord *delivery)
{
  const char *priority = mh_record_text (delivery, MH_REPORT_DELIVERY_PRIORITY);
  return g_strcmp0 (priority, MH_PRIORITY_STAT) == 0     ? 0
         : g_strcmp0 (priority, MH_PRIORITY_URGENT) == 0 ? 1
                                                         : 2;
}

/* The round of whoever carries them: ward by ward, the pressing ones on top, then by name. */
static int
by_ward (gconstpointer a, gconstpointer b)
{
  static const guint texts[] = { MH_REPORT_DELIVERY_PATIENT_NAME, MH_REPORT_DELIVERY_ORDER_NUMBER };
  MhRecord *one = *(MhRecord *const *)a, *two = *(MhRecord *const *)b;
  int order = g_strcmp0 (mh_record_text (one, MH_REPORT_DELIVERY_WARD),
                         mh_record_text (two, MH_REPORT_DELIVERY_WARD));
  order = order != 0 ? order : reports_papers_rank_of (one) - reports_papers_rank_of (two);
  for (guint i = 0; order == 0 && i < G_N_ELEMENTS (texts); i++)
    order = g_strcmp0 (mh_record_text (one, texts[i]), mh_record_text (two, texts[i]));
  return order;
}

static gboolean
load_batch (MhDb *db, Batch *batch, GError **error)
{
  const char *const *ids = mh_record_list (batch->batch, MH_REPORT_BATCH_IDS);
  batch->deliveries = g_ptr_array_new_with_free_func (g_object_unref);
  batch->reports = g_ptr_array_new_with_free_func (g_object_unref);
  batch->contents = g_ptr_array_new_with_free_func ((GDestroyNotify)mh_lab_report_free);

  for (guint i = 0; ids != NULL && ids[i] != NULL && i < MH_REPORT_BATCH_MOST; i++)
    {
      MhRecord *one = mh_edit_get (MH_REQUEST_DB (db, NULL, batch->wanted->actor),
                                   &mh_report_delivery_type, ids[i], error);
      if (one == NULL)
        return FALSE;
      g_ptr_array_add (batch->deliveries, one);
    }

  g_ptr_array_sort (batch->deliveries, by_ward);
  for (guint i = 0; i < batch->deliveries->len; i++)
    {
      MhRecord *report = mh_store_get (
          db, &mh_report_type,
          mh_record_text (g_ptr_array_index (batch->deliveries, i), MH_REPORT_DELIVERY_REPORT_ID),
          error);
      if (report == NULL)
        return FALSE;
      g_ptr_array_add (batch->reports, report);
      mh_reports_service_put_link (batch->wanted->server, report);
      MhLabReport *content = mh_reports_content_for_paper (db, report, error);
      if (content == NULL)
        return FALSE;
      g_ptr_array_add (batch->contents, content);
    }

  return TRUE;
}

/* All or none: a batch that failed half-way would leave a pile nobody can trust. */
static gboolean
count_batch (MhTx *tx, gpointer data, GError **error)
{
  Batch *batch = data;
  for (guint i = 0; i < batch->reports->len; i++)
    {
      Counting counting = { .type = &mh_report_type,
                            .id = mh_record_id (g_ptr_array_index (batch->reports, i)),
                            .copies_field = MH_REPORT_COPIES };
      if (!reports_papers_count_copy (tx, &counting, error))
        return FALSE;
      batch->copies[i] = counting.before;
    }
  return TRUE;
}

/* The marks that the next printing would bear. */
static void
preview_batch (Batch *batch)
{
  for (guint i = 0; i < batch->reports->len; i++)
    batch->copies[i] = mh_record_int (g_ptr_array_index (batch->reports, i), MH_REPORT_COPIES);
}

static GBytes *
draw_batch (const Batch *batch, GError **error)
{
  const char *language = mh_record_text (batch->batch, MH_REPORT_BATCH_LANGUAGE);
  g_autoptr (GPtrArray) documents
      = g_ptr_array_new_with_free_func ((GDestroyNotify)mh_document_unref);
  g_autoptr (GPtrArray) figures = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) papers = g_array_new (FALSE, FALSE, sizeof (MhPdfPaper));
  guint pages = 0;

  for (guint i = 0; i < batch->contents->len; i++)
    {
      const MhLabReport *content = g_ptr_array_index (batch->contents, i);
      MhDocument *document = mh_report_lab (content, language, (guint)batch->copies[i]);
      pages += mh_document_n_pages (document);
      reports_papers_add_papers (content, pages, papers);
      g_ptr_array_extend_and_steal (figures, mh_document_alternatives (document));
      g_ptr_array_add (documents, document);
    }

  MhPdfAbout about = { language, "Laboratory reports", figures, papers };
  g_autoptr (GBytes) pdf = mh_documents_to_pdf (documents, about.title, error);
  return pdf != NULL ? mh_pdf_finish_as (pdf, &about, error) : NULL;
}

gboolean
mh_reports_service_print_batch (const MhPaperWanted *wanted,
                                MhRecord *sent,
                                MhPaperMade *out_made,
                                GError **error)
{
  g_auto (Batch) batch = { .wanted = wanted, .batch = sent };
  MhStore *store = mh_server_store (wanted->server);
  if (!mh_actor_require (wanted->actor, MH_MAY_PRINT_REPORT, error))
    return FALSE;

  MhDb *db = mh_store_take_reader (store, error);
  if (db == NULL)
    return FALSE;

  gboolean ok = load_batch (db, &batch, error);
  mh_store_give_reader (store, db);
  if (!ok)
    return FALSE;

  if (mh_record_bool (sent, MH_REPORT_BATCH_PREVIEW))
    preview_batch (&batch);
  else if (!mh_store_write (store, wanted->who, count_batch, &batch, error))
    return FALSE;

  GBytes *pdf = draw_batch (&batch, error);
  if (pdf == NULL)
    return FALSE;

  fill_made (out_made, pdf, "reports", NULL, NULL);
  return TRUE;
}

/* --- over time --- */

static gboolean
load_cumulative (MhDb *db,
                 const MhPaperWanted *wanted,
                 gint64 from,
                 gint64 to,
                 MhCumulative *out,
                 GError **error)
{
  out->patient = mh_edit_get (MH_REQUEST_DB (db, NULL, wanted->actor), &mh_patient_type,
                              wanted->order_id, error);
  if (out->patient == NULL
      || !mh_access_check (MH_REQUEST_DB (db, wanted->server, wanted->actor), out->patient, error))
    return FALSE;
  out->hospital = mh_store_get (db, &mh_hospital_type,
                                mh_record_text (out->patient, MH_PATIENT_HOSPITAL_ID), error);
  out->results = out->hospital != NULL ? mh_reports_store_results (db, wanted->order_id, from,
                                                                   to > 0 ? to : G_MAXINT64, error)
                                       : NULL;
  return out->results != NULL;
}

gboolean
mh_reports_service_cumulative (const MhPaperWanted *wanted,
                               gint64 from,
                               gint64 to,
                               MhPaperMade *out_made,
                               GError **error)
{
  MhStore *store = mh_server_store (wanted->server);
  MhCumulative all = { .made = wanted->now };
  MhDb *db = mh_store_take_reader (store, error);
  if (db == NULL)
    return FALSE;

  gboolean ok = load_cumulative (db, wanted, from, to, &all, error);
  mh_store_give_reader (store, db);
  g_autoptr (MhRecord) patient = all.patient;
  g_autoptr (MhRecord) hospital = all.hospital;
  g_autoptr (GPtrArray) results = all.results;

  if (!ok)
    return FALSE;

  g_autoptr (MhDocument) document = mh_report_cumulative (&all, wanted->language);
  g_autoptr (GBytes) pdf = mh_document_to_pdf (document, error);
  GBytes *finished = pdf != NULL ? mh_pdf_finish (pdf, document, error) : NULL;
  if (finished == NULL)
    return FALSE;

  fill_made (out_made, finished, "cumulative", NULL, wanted->order_id);
  out_made->patient_id = g_strdup (wanted->order_id);
  return TRUE;
}

/* --- the receipt --- */

static gboolean
load_newest (MhDb *db, const MhPaperWanted *wanted, Parts *parts, GError **error)
{
  g_autoptr (GError) inner = NULL;
  if (!reports_papers_load_order (db, wanted, parts, error))
    return FALSE;

  parts->receipt = mh_reports_store_receipt (db, wanted->order_id, &inner);
  if (inner != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return FALSE;
    }

  if (parts->receipt == NULL)
    {
      mh_error_set (error, MH_ERROR_NOT_FOUND, "Nothing was paid on this order yet.");
      return FALSE;
    }

  parts->payment = mh_store_get (db, &mh_payment_type,
                                 mh_record_text (parts->receipt, MH_RECEIPT_PAYMENT_ID), error);
  return parts->payment != NULL;
}

/* One receipt by its id: also an older one, a refund's, or that of a deposit, which has no order.
 */
static gboolean
load_receipt (MhDb *db, const MhPaperWanted *wanted, Parts *parts, GError **error)
{
  if (wanted->receipt_id == NULL)
    return load_newest (db, wanted, parts, error);

  parts->receipt = mh_edit_get (MH_REQUEST_DB (db, NULL, wanted->actor), &mh_receipt_type,
                                wanted->receipt_id, error);
  if (parts->receipt == NULL)
    return FALSE;

  MhPaperWanted order = *wanted;
  order.order_id = mh_record_text (parts->receipt, MH_RECEIPT_ORDER_ID);
  if (order.order_id != NULL && !reports_papers_load_order (db, &order, parts, error))
    return FALSE;

  parts->payment = mh_store_get (db, &mh_payment_type,
                                 mh_record_text (parts->receipt, MH_RECEIPT_PAYMENT_ID), error);
  if (parts->payment == NULL || order.order_id != NULL)
    return parts->payment != NULL;

  parts->patient = mh_store_get (db, &mh_patient_type,
                                 mh_record_text (parts->payment, MH_PAYMENT_PATIENT_ID), error);
  parts->hospital
      = parts->patient != NULL ? mh_store_get (
            db, &mh_hospital_type, mh_record_text (parts->receipt, MH_RECEIPT_HOSPITAL_ID), error)
                               : NULL;

  return parts->hospital != NULL;
}

gboolean
mh_reports_service_receipt (const MhPaperWanted *wanted, MhPaperMade *out_made, GError **error)
{
  g_auto (Parts) parts = { 0 };
  if (!reports_papers_load (wanted, load_receipt, &parts, error))
    return FALSE;

  Counting counting = { .type = &mh_receipt_type,
                        .id = mh_record_id (parts.receipt),
                        .copies_field = MH_RECEIPT_COPIES,
                        .before = mh_record_int (parts.receipt, MH_RECEIPT_COPIES) };

  if (wanted->copy
      && !mh_store_write (mh_server_store (wanted->server), wanted->who, reports_papers_count_copy,
                          &counting, error))
    return FALSE;

  MhReceipt paper = { .hospital = parts.hospital,
                      .patient = parts.patient,
                      .order = parts.order,
                      .payment = parts.payment,
                      .receipt = parts.receipt };
  g_autoptr (MhDocument) document
      = mh_report_receipt (&paper, wanted->language, (guint)counting.before);
  GBytes *pdf = mh_document_to_pdf (document, error);

  if (pdf == NULL)
    return FALSE;

  fill_made (out_made, pdf, "receipt", parts.order, mh_record_id (parts.receipt));
  return TRUE;
}

/* --- the labels --- */

static gboolean
reports_papers_needs_label (MhRecord *sample)
{
  static const char *const gone[]
      = { MH_SAMPLE_STATUS_REJECTED, MH_SAMPLE_STATUS_CANCELLED, MH_SAMPLE_STATUS_DISPOSED, NULL };
  const char *status = mh_record_text (sample, MH_SAMPLE_STATUS);
  return status == NULL || !g_strv_contains (gone, status);
}

static MhRecord *
reports_papers_printed_event (MhTx *tx, const char *sample_id)
{
  MhRecord *event = mh_record_new (&mh_custody_event_type);
  const MhWho *who = mh_tx_who (tx);
  mh_record_set_text (event, MH_CUSTODY_EVENT_SAMPLE_ID, sample_id);
  mh_record_set_text (event, MH_CUSTODY_EVENT_EVENT, MH_CUSTODY_LABEL_PRINTED);
  mh_record_set_int (event, MH_CUSTODY_EVENT_AT, mh_tx_now (tx));
  mh_record_set_int (event, MH_CUSTODY_EVENT_RECORDED_AT, mh_tx_now (tx));
  mh_record_set_text (event, MH_CUSTODY_EVENT_BY_ID, who->user_id);
  mh_record_set_text (event, MH_CUSTODY_EVENT_BY_NAME, who->user_name);
  mh_record_set_text (event, MH_CUSTODY_EVENT_STATION, who->station);
  return event;
}

/* A printed label is not a collected tube: the state stays. */
static gboolean
count_labels (MhTx *tx, gpointer data, GError **error)
{
  GPtrArray *samples = data;
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < samples->len; i++)
    {
      const char *id = mh_record_id (g_ptr_array_index (samples, i));
      g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_sample_type, id, error);
      if (before == NULL)
        return FALSE;
      g_autoptr (MhRecord) after = mh_record_copy (before);
      mh_record_set_int (after, MH_SAMPLE_LABELS_PRINTED,
                         mh_record_int (before, MH_SAMPLE_LABELS_PRINTED)
                             + MAX (1, mh_record_int (before, MH_SAMPLE_LABEL_COUNT)));
      if (!mh_tx_update (tx, before, after, MH_AUDIT_PRINT, NULL, error))
        return FALSE;
      g_ptr_array_add (events, reports_papers_printed_event (tx, id));
    }

  return mh_tx_insert_parts (tx, events, error);
}

gboolean
mh_reports_service_labels (const MhPaperWanted *wanted, MhPaperMade *out_made, GError **error)
{
  g_auto (Parts) parts = { 0 };
  if (!reports_papers_load (wanted, reports_papers_load_order, &parts, error))
    return FALSE;

  GPtrArray *all = mh_record_records (parts.order, MH_ORDER_SAMPLES);
  g_autoptr (GPtrArray) samples = g_ptr_array_new ();
  for (guint i = 0; all != NULL && i < all->len; i++)
    if (reports_papers_needs_label (g_ptr_array_index (all, i)))
      g_ptr_array_add (samples, g_ptr_array_index (all, i));

  g_autoptr (MhDocument) document
      = samples->len > 0 ? mh_report_labels (parts.hospital, parts.patient, parts.order, samples,
                                             mh_label_size_find (NULL))
                         : NULL;

  if (document == NULL)
    {
      mh_error_set (error, MH_ERROR_NOT_FOUND, "No tube of this order needs a label.");
      return FALSE;
    }

  GBytes *pdf = mh_document_to_pdf (document, error);
  if (pdf == NULL)
    return FALSE;

  if (!mh_store_write (mh_server_store (wanted->server), wanted->who, count_labels, samples, error))
    {
      g_bytes_unref (pdf);
      return FALSE;
    }

  fill_made (out_made, pdf, "labels", parts.order, mh_record_id (parts.order));
  return TRUE;
}
