/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/invoices/mh-invoices-papers.h"

#include "server/lab/orders/mh-orders-service.h"
#include "server/money/invoices/mh-invoices-make.h"
#include "server/money/invoices/mh-invoices-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/mh-types.h"
#include "shared/records/money/mh-invoice.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/reports/money/mh-report-invoice.h"

void
mh_invoice_made_clear (MhInvoiceMade *made)
{
  g_clear_pointer (&made->pdf, g_bytes_unref);
  g_clear_pointer (&made->name, g_free);
  g_clear_pointer (&made->patient_id, g_free);
}

typedef struct
{
  MhRecord *invoice, *hospital, *order;
  GPtrArray *payments; /* of the order, or of the note alone */
} Parts;

static void
invoices_papers_parts_clear (Parts *parts)
{
  g_clear_object (&parts->invoice);
  g_clear_object (&parts->hospital);
  g_clear_object (&parts->order);
  g_clear_pointer (&parts->payments, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, invoices_papers_parts_clear)

/* A credit note shows the money that went with it; the rest shows what was paid on the order. */
static GPtrArray *
payments_of (MhRecord *invoice, MhRecord *order)
{
  GPtrArray *all = mh_record_records (order, MH_ORDER_PAYMENTS);
  GPtrArray *shown = g_ptr_array_new_with_free_func (g_object_unref);
  const char *refund = mh_record_text (invoice, MH_INVOICE_REFUND_ID);
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      MhRecord *payment = g_ptr_array_index (all, i);
      if (refund == NULL || g_strcmp0 (mh_record_id (payment), refund) == 0)
        g_ptr_array_add (shown, g_object_ref (payment));
    }
  return shown;
}

static gboolean
invoices_papers_load (MhDb *db, const MhInvoiceWanted *wanted, Parts *parts, GError **error)
{
  parts->invoice = mh_invoices_service_read (MH_REQUEST_DB (db, wanted->server, wanted->actor),
                                             wanted->invoice_id, error);
  if (parts->invoice == NULL)
    return FALSE;

  parts->hospital = mh_store_get (db, &mh_hospital_type,
                                  mh_record_text (parts->invoice, MH_INVOICE_HOSPITAL_ID), error);
  parts->order
      = parts->hospital != NULL
            ? mh_orders_service_read (MH_REQUEST_DB (db, wanted->server, wanted->actor),
                                      mh_record_text (parts->invoice, MH_INVOICE_ORDER_ID), error)
            : NULL;
  if (parts->order == NULL)
    return FALSE;

  parts->payments = payments_of (parts->invoice, parts->order);
  if (mh_invoice_is_intact (parts->invoice))
    return TRUE;

  mh_error_set (error, MH_ERROR_INTERNAL,
                "The stored invoice does not match its hash any more; it is not printed.");
  return FALSE;
}

typedef struct
{
  const MhInvoiceWanted *wanted;
  gint64 before; /* papers made before this one */
} Counting;

static gboolean
invoices_papers_count_copy (MhTx *tx, gpointer data, GError **error)
{
  Counting *counting = data;
  const MhInvoiceWanted *wanted = counting->wanted;
  const MhWho *who = mh_tx_who (tx);

  counting->before = mh_invoices_store_copies (mh_tx_db (tx), wanted->invoice_id, error);
  if (counting->before < 0)
    return FALSE;

  g_autoptr (GPtrArray) prints = g_ptr_array_new_with_free_func (g_object_unref);
  MhRecord *print = mh_record_new (&mh_invoice_print_type);
  mh_record_take_text (print, MH_ID, mh_id_new ());
  mh_record_set_text (print, MH_INVOICE_PRINT_INVOICE_ID, wanted->invoice_id);
  mh_record_set_text (print, MH_INVOICE_PRINT_PAPER,
                      wanted->paper != NULL ? wanted->paper : MH_INVOICE_PAPER_A4);
  mh_record_set_text (print, MH_INVOICE_PRINT_BY_ID, who->user_id);
  mh_record_set_text (print, MH_INVOICE_PRINT_BY_NAME, who->user_name);
  mh_record_set_int (print, MH_INVOICE_PRINT_AT, mh_tx_now (tx));
  g_ptr_array_add (prints, print);

  return mh_tx_insert_parts (tx, prints, error)
         && mh_tx_audit (tx,
                         &(MhAuditNote){ NULL, MH_AUDIT_PRINT, mh_invoice_type.code,
                                         wanted->invoice_id, NULL, NULL },
                         error);
}

static GBytes *
invoices_papers_draw (const MhInvoiceWanted *wanted, const Parts *parts, guint copy, GError **error)
{
  gboolean credit = mh_record_has (parts->invoice, MH_INVOICE_REFUND_ID);
  const MhInvoicePaper paper = { parts->hospital, parts->invoice, parts->payments,
                                 credit ? 0 : mh_record_int (parts->order, MH_ORDER_DUE) };
  gboolean roll = g_strcmp0 (wanted->paper, MH_INVOICE_PAPER_ROLL) == 0;
  g_autoptr (MhDocument) document = roll ? mh_report_invoice_slip (&paper, wanted->language, copy)
                                         : mh_report_invoice (&paper, wanted->language, copy);
  return mh_document_to_pdf (document, error);
}

/* "invoice-I2627-000412.pdf". */
static char *
invoices_papers_file_name (MhRecord *invoice)
{
  g_autofree char *number
      = g_strdelimit (g_strdup (mh_record_text (invoice, MH_INVOICE_NUMBER)), "/", '-');
  return g_strdup_printf ("invoice-%s.pdf", number);
}

gboolean
mh_invoices_paper (const MhInvoiceWanted *wanted, MhInvoiceMade *out_made, GError **error)
{
  g_auto (Parts) parts = { 0 };
  MhStore *store = mh_server_store (wanted->server);
  MhDb *db = mh_store_take_reader (store, error);
  Counting counting = { .wanted = wanted };

  if (db == NULL)
    return FALSE;

  gboolean loaded = invoices_papers_load (db, wanted, &parts, error);
  mh_store_give_reader (store, db);
  if (!loaded
      || (wanted->copy
          && !mh_store_write (store, wanted->who, invoices_papers_count_copy, &counting, error)))
    return FALSE;

  GBytes *pdf = invoices_papers_draw (wanted, &parts, (guint)counting.before, error);
  if (pdf == NULL)
    return FALSE;

  out_made->pdf = pdf;
  out_made->name = invoices_papers_file_name (parts.invoice);
  out_made->patient_id = g_strdup (mh_record_text (parts.invoice, MH_INVOICE_PATIENT_ID));

  return TRUE;
}
