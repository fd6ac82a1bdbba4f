/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/orders/mh-order-papers.h"

#include "client/models/mh-read.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/mh-document-view.h"
#include "client/widgets/mh-shell.h"
#include "shared/base/mh-id.h"
#include "shared/records/mh-records.h"
#include "shared/reports/mh-report-label.h"
#include "shared/reports/mh-report-receipt.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GtkWidget *from;
  MhContext *context;
  guint papers;
  MhRecord *order, *patient, *hospital;
} Printing;

static void
printing_free (Printing *printing)
{
  g_object_unref (printing->from);
  g_object_unref (printing->context);
  g_clear_object (&printing->order);
  g_clear_object (&printing->patient);
  g_clear_object (&printing->hospital);
  g_free (printing);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Printing, printing_free)

/* A printed label is an event of the tube, not its collection. */
static void
note_labels (Printing *printing)
{
  GPtrArray *samples = mh_record_records (printing->order, MH_ORDER_SAMPLES);
  for (guint i = 0; samples != NULL && i < samples->len; i++)
    {
      MhRecord *sample = g_ptr_array_index (samples, i);
      g_autoptr (MhRecord) event = mh_record_new (&mh_custody_event_type);
      const char *args[] = { "id", mh_record_id (sample), NULL };
      mh_record_take_text (event, MH_ID, mh_id_new ());
      mh_record_set_text (event, MH_CUSTODY_EVENT_EVENT, MH_CUSTODY_LABEL_PRINTED);
      if (mh_context_may (printing->context, "sample.collect"))
        mh_sync_submit_async (mh_context_sync (printing->context), "custody.add", args, event, -1,
                              NULL, NULL, NULL, NULL);
    }
}

/* The receipt of the last payment. Its number is on the server; a copy is counted there. */
static void
receipt_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Printing) printing = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhAnswer) answer = mh_api_call_finish (MH_API (source), result, &error);
  if (answer == NULL || answer->bytes == NULL)
    {
      mh_shell_fail (printing->from, error);
      return;
    }
  mh_document_print_pdf (printing->from, answer->bytes, _ ("Receipt"));
}

static void
print_all (Printing *printing)
{
  const char *args[] = { "id", mh_record_id (printing->order), NULL };
  g_autoptr (MhDocument) labels = NULL;
  if ((printing->papers & MH_PAPER_LABELS) != 0)
    labels = mh_report_labels (printing->hospital, printing->patient, printing->order, NULL,
                               mh_label_size_find (NULL));
  if (labels != NULL)
    {
      mh_document_print (printing->from, labels, _ ("Tube labels"));
      note_labels (printing);
    }
  if ((printing->papers & MH_PAPER_RECEIPT) != 0
      && mh_record_int (printing->order, MH_ORDER_PAID) > 0)
    mh_api_call_async (mh_context_api (printing->context), "receipt.pdf", args, NULL, NULL, -1,
                       NULL, receipt_cb, printing);
  else
    printing_free (printing);
}

static void
hospital_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Printing) printing = data;
  g_autoptr (GError) error = NULL;
  printing->hospital = mh_read_finish (result, &error);
  if (printing->hospital == NULL)
    mh_shell_fail (printing->from, error);
  else
    print_all (g_steal_pointer (&printing));
}

static void
patient_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Printing) printing = data;
  g_autoptr (GError) error = NULL;
  printing->patient = mh_read_finish (result, &error);
  if (printing->patient == NULL)
    {
      mh_shell_fail (printing->from, error);
      return;
    }
  Printing *next = g_steal_pointer (&printing);
  mh_read_async (next->context, "hospital.read", mh_record_text (next->order, MH_ORDER_HOSPITAL_ID),
                 NULL, hospital_cb, next);
}

static void
order_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Printing) printing = data;
  g_autoptr (GError) error = NULL;
  printing->order = mh_read_finish (result, &error);
  if (printing->order == NULL)
    {
      mh_shell_fail (printing->from, error);
      return;
    }
  Printing *next = g_steal_pointer (&printing);
  mh_read_async (next->context, "patient.read", mh_record_text (next->order, MH_ORDER_PATIENT_ID),
                 NULL, patient_cb, next);
}

void
mh_order_papers_print (GtkWidget *from, MhContext *context, const char *order_id, guint papers)
{
  Printing *printing = g_new0 (Printing, 1);
  printing->from = g_object_ref (from);
  printing->context = g_object_ref (context);
  printing->papers = papers;
  mh_read_async (context, "order.read", order_id, NULL, order_cb, printing);
}
