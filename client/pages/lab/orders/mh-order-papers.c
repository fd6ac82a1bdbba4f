/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/orders/mh-order-papers.h"

#include "client/models/mh-command.h"
#include "client/models/mh-read.h"
#include "client/pages/mh-counted-paper.h"
#include "client/widgets/base/mh-code-ask.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/media/mh-document-print.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-label.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/reports/mh-report-label.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GtkWidget *from;
  MhContext *context;
  char **ids;
  guint at, papers;
  gboolean any;
  char *why; /* code, once a label of these orders is printed again */
  MhRecord *order, *patient, *hospital;
} Printing;

static void
order_papers_printing_free (Printing *printing)
{
  g_object_unref (printing->from);
  g_object_unref (printing->context);
  g_strfreev (printing->ids);
  g_free (printing->why);
  g_clear_object (&printing->order);
  g_clear_object (&printing->patient);
  g_clear_object (&printing->hospital);
  g_free (printing);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Printing, order_papers_printing_free)

static void order_papers_read_order (Printing *printing);

/* Takes it; each step below does, and hands it on. */
static void
next_order (Printing *printing)
{
  printing->at++;
  if (printing->ids[printing->at] != NULL)
    {
      order_papers_read_order (printing);
      return;
    }
  if (!printing->any)
    mh_shell_toast (printing->from, _ ("There is nothing to print"));
  order_papers_printing_free (printing);
}

/* --- the receipt --- */

static void
receipt_printed_cb (gboolean printed, gpointer data)
{
  Printing *printing = data;
  if (printed)
    next_order (printing);
  else
    order_papers_printing_free (printing);
}

/* The receipt of the last payment. Its number is on the server; a copy is counted there. */
static void
print_receipt (Printing *printing)
{
  const char *id = mh_record_id (printing->order);
  const char *args[] = { "id", id, NULL };
  const char *counted[] = { "id", id, "copy", "true", NULL };
  const MhCountedPaper paper = { .route = "receipt.pdf",
                                 .args = args,
                                 .counted_args = counted,
                                 .title = _ ("Receipt"),
                                 .printer = MH_PRINTER_RECEIPTS,
                                 .again = printing->at > 0 };

  if ((printing->papers & MH_PAPER_RECEIPT) == 0
      || mh_record_int (printing->order, MH_ORDER_PAID) <= 0)
    {
      next_order (printing);
      return;
    }

  printing->any = TRUE;
  mh_counted_paper_print (printing->from, printing->context, &paper, receipt_printed_cb, printing);
}

/* --- the labels --- */

/* A printed label is an event of the tube, not its collection. */
static void
note_labels (Printing *printing)
{
  GPtrArray *samples = mh_record_records (printing->order, MH_ORDER_SAMPLES);
  if (!mh_context_may (printing->context, "sample.collect"))
    return;

  for (guint i = 0; samples != NULL && i < samples->len; i++)
    {
      MhRecord *sample = g_ptr_array_index (samples, i);
      g_autoptr (MhRecord) event = mh_record_new (&mh_custody_event_type);
      const char *args[] = { "id", mh_record_id (sample), NULL };
      mh_record_take_text (event, MH_ID, mh_id_new ());
      mh_record_set_text (event, MH_CUSTODY_EVENT_EVENT, MH_CUSTODY_LABEL_PRINTED);
      if (mh_record_int (sample, MH_SAMPLE_LABELS_PRINTED) > 0)
        mh_record_set_text (event, MH_CUSTODY_EVENT_REASON, printing->why);
      mh_command_async (printing->context,
                        &(MhCommand){ .route = "custody.add", .args = args, .body = event }, NULL,
                        NULL, NULL);
    }
}

static void
labels_printed_cb (gboolean printed, gpointer data)
{
  Printing *printing = data;
  if (!printed)
    {
      order_papers_printing_free (printing);
      return;
    }
  note_labels (printing);
  print_receipt (printing);
}

static gboolean
was_printed (MhRecord *order)
{
  GPtrArray *samples = mh_record_records (order, MH_ORDER_SAMPLES);
  for (guint i = 0; samples != NULL && i < samples->len; i++)
    if (mh_record_int (samples->pdata[i], MH_SAMPLE_LABELS_PRINTED) > 0)
      return TRUE;
  return FALSE;
}

/* The server prints them and notes it with the tubes. */
static void
order_papers_sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Printing) printing = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);

  if (outcome == NULL || outcome->record == NULL)
    {
      mh_shell_fail (printing->from, error);
      return;
    }

  gint64 n = mh_record_int (outcome->record, MH_LABEL_REQUEST_N_LABELS);
  g_autofree char *text = g_strdup_printf (
      ngettext ("%d label sent to the label printer", "%d labels sent to the label printer", n),
      (int)n);

  mh_shell_toast (printing->from, text);
  printing->any = TRUE;
  print_receipt (g_steal_pointer (&printing));
}

/* TRUE when the preferences say so. */
static gboolean
send_labels (Printing *printing)
{
  const char *args[] = { "id", mh_record_id (printing->order), NULL };
  g_autoptr (GSettings) settings = mh_shell_settings ();
  if (settings == NULL || (printing->papers & MH_PAPER_LABELS) == 0
      || !g_settings_get_boolean (settings, "server-labels"))
    return FALSE;

  g_autofree char *name = g_settings_get_string (settings, "label-printer");
  g_autoptr (MhRecord) request = mh_record_new (&mh_label_request_type);
  if (*name != '\0')
    mh_record_set_text (request, MH_LABEL_REQUEST_PRINTER, name);
  if (printing->why != NULL)
    mh_record_set_text (request, MH_LABEL_REQUEST_REASON, printing->why);
  mh_command_async (printing->context,
                    &(MhCommand){ .route = "label.print", .args = args, .body = request }, NULL,
                    order_papers_sent_cb, printing);
  return TRUE;
}

static void
draw_labels (Printing *printing)
{
  g_autoptr (MhDocument) labels = NULL;
  if (send_labels (printing))
    return;

  if ((printing->papers & MH_PAPER_LABELS) != 0)
    labels = mh_report_labels (printing->hospital, printing->patient, printing->order, NULL,
                               mh_label_size_find (NULL));

  if (labels == NULL)
    {
      print_receipt (printing);
      return;
    }

  printing->any = TRUE;
  mh_document_print (printing->from,
                     &(MhPrintWanted){ .printer = MH_PRINTER_LABELS,
                                       .again = printing->at > 0,
                                       .name = _ ("Tube labels"),
                                       .then = labels_printed_cb,
                                       .data = printing },
                     labels);
}

static void
order_papers_why_cb (const char *code, const char *note, gpointer data)
{
  Printing *printing = data;
  if (code == NULL)
    {
      order_papers_printing_free (printing);
      return;
    }
  printing->why = g_strdup (code);
  draw_labels (printing);
}

/* A second label of a tube is a risk: somebody says why, and it is kept with the tube. */
static void
print_labels (Printing *printing)
{
  gboolean asks = (printing->papers & MH_PAPER_LABELS) != 0 && printing->why == NULL
                  && was_printed (printing->order);
  if (asks)
    mh_code_ask (printing->from, _ ("Print the label again?"),
                 _ ("A label of these tubes was printed before. Why another one?"),
                 mh_reprint_reason_codes, NULL, order_papers_why_cb, printing);
  else
    draw_labels (printing);
}

/* --- what stands on them --- */

static void
order_papers_hospital_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Printing) printing = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) hospital = mh_read_finish (result, &error);
  if (hospital == NULL)
    {
      mh_shell_fail (printing->from, error);
      return;
    }
  g_set_object (&printing->hospital, hospital);
  print_labels (g_steal_pointer (&printing));
}

static void
order_papers_patient_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Printing) printing = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) patient = mh_read_finish (result, &error);

  if (patient == NULL)
    {
      mh_shell_fail (printing->from, error);
      return;
    }

  g_set_object (&printing->patient, patient);
  Printing *next = g_steal_pointer (&printing);
  mh_read_async (next->context, "hospital.read", mh_record_text (next->order, MH_ORDER_HOSPITAL_ID),
                 NULL, order_papers_hospital_cb, next);
}

static void
order_papers_order_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Printing) printing = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) order = mh_read_finish (result, &error);

  if (order == NULL)
    {
      mh_shell_fail (printing->from, error);
      return;
    }

  g_set_object (&printing->order, order);
  Printing *next = g_steal_pointer (&printing);
  mh_read_async (next->context, "patient.read", mh_record_text (order, MH_ORDER_PATIENT_ID), NULL,
                 order_papers_patient_cb, next);
}

static void
order_papers_read_order (Printing *printing)
{
  mh_read_async (printing->context, "order.read", printing->ids[printing->at], NULL,
                 order_papers_order_cb, printing);
}

void
mh_order_papers_print (GtkWidget *from,
                       MhContext *context,
                       const char *const *order_ids,
                       guint papers)
{
  if (order_ids[0] == NULL)
    return;
  Printing *printing = g_new0 (Printing, 1);
  printing->from = g_object_ref (from);
  printing->context = g_object_ref (context);
  printing->ids = g_strdupv ((char **)order_ids);
  printing->papers = papers;
  order_papers_read_order (printing);
}
