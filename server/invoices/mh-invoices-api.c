/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/invoices/mh-invoices-api.h"

#include "server/audit/mh-read-log.h"
#include "server/invoices/mh-invoices-papers.h"
#include "server/invoices/mh-invoices-service.h"
#include "server/mh-server-app.h"
#include "shared/base/mh-text.h"
#include "shared/records/mh-records.h"

static void
note_read (MhCall *call, MhRecord *invoice)
{
  mh_read_log_note (mh_server_read_log (mh_call_server (call)), mh_call_who (call),
                    mh_invoice_type.code, mh_record_id (invoice),
                    mh_record_text (invoice, MH_INVOICE_PATIENT_ID));
}

static char **
cursor_of (GPtrArray *invoices, guint limit)
{
  if (invoices->len < limit)
    return NULL;
  MhRecord *last = g_ptr_array_index (invoices, invoices->len - 1);
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_autofree char *at
      = g_strdup_printf ("%" G_GINT64_FORMAT, mh_record_int (last, MH_INVOICE_ISSUED_AT));
  g_strv_builder_add_many (parts, at, mh_record_id (last), NULL);
  return g_strv_builder_end (parts);
}

static MhReply *
invoice_list (MhCall *call, GError **error)
{
  const char *const *after = mh_call_after (call);
  gboolean has_cursor = after != NULL && after[0] != NULL && after[1] != NULL;
  const char *q = mh_call_query (call, "q");
  g_autofree char *folded = q != NULL ? mh_text_fold (q) : NULL;
  g_autofree char *words
      = folded != NULL && *folded != '\0' ? g_strconcat ("%", folded, "%", NULL) : NULL;
  MhInvoicesQuery query = {
    .hospital_id = mh_actor_hospital_id (mh_call_actor (call)),
    .order_id = mh_call_query (call, "order_id"),
    .patient_id = mh_call_query (call, "patient_id"),
    .kind = mh_call_query (call, "kind"),
    .from = mh_call_query (call, "from"),
    .to = mh_call_query (call, "to"),
    .words = words,
    .before_at = has_cursor ? g_ascii_strtoll (after[0], NULL, 10) : 0,
    .before_id = has_cursor ? after[1] : NULL,
    .limit = mh_call_limit (call),
  };
  GPtrArray *found = mh_invoices_store_list (mh_call_db (call), &query, error);
  if (found == NULL)
    return NULL;
  g_auto (GStrv) next = cursor_of (found, query.limit);
  mh_read_log_note_list (mh_server_read_log (mh_call_server (call)), mh_call_who (call),
                         mh_invoice_type.code, found);
  return mh_reply_list (found, (const char *const *)next);
}

static MhReply *
invoice_read (MhCall *call, GError **error)
{
  MhRecord *invoice = mh_invoices_service_read (mh_call_db (call), mh_call_actor (call),
                                                mh_call_param (call, "id"), error);
  if (invoice == NULL)
    return NULL;
  note_read (call, invoice);
  return mh_reply_record (invoice);
}

static MhReply *
invoice_debit (MhCall *call, GError **error)
{
  MhRecord *note
      = mh_invoices_service_debit (mh_call_tx (call), mh_call_server (call), mh_call_actor (call),
                                   mh_call_param (call, "id"), mh_call_body (call), error);
  return note != NULL ? mh_reply_record (note) : NULL;
}

static MhReply *
invoice_pdf (MhCall *call, GError **error)
{
  g_auto (MhInvoiceMade) made = { 0 };
  MhInvoiceWanted wanted = { .server = mh_call_server (call),
                             .actor = mh_call_actor (call),
                             .who = mh_call_who (call),
                             .invoice_id = mh_call_param (call, "id"),
                             .paper = mh_call_query (call, "paper"),
                             .language = mh_call_query (call, "language"),
                             .copy = g_strcmp0 (mh_call_query (call, "copy"), "true") == 0 };
  if (!mh_invoices_paper (&wanted, &made, error))
    return NULL;
  /* A counted copy is in the audit trail by its counting. */
  if (!wanted.copy)
    mh_read_log_note (mh_server_read_log (mh_call_server (call)), mh_call_who (call),
                      mh_invoice_type.code, wanted.invoice_id, made.patient_id);
  return mh_reply_bytes (g_steal_pointer (&made.pdf), "application/pdf", made.name);
}

void
mh_invoices_bind (MhRouter *router)
{
  mh_router_bind (router, "invoice.pdf", invoice_pdf);
  mh_router_bind (router, "invoice.debit", invoice_debit);
  mh_router_bind (router, "invoice.list", invoice_list);
  mh_router_bind (router, "invoice.read", invoice_read);
}
