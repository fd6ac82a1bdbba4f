/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/invoices/mh-invoices-api.h"

#include "server/money/invoices/mh-invoices-papers.h"
#include "server/money/invoices/mh-invoices-service.h"
#include "server/platform/audit/mh-seen-api.h"
#include "shared/base/mh-text.h"
#include "shared/records/money/mh-invoice.h"
#include "shared/records/platform/mh-audit.h"

static MhReply *
invoice_list (MhCall *call, GError **error)
{
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
    .before_at = mh_call_after_at (call),
    .before_id = mh_call_after_id (call),
    .limit = mh_call_limit (call),
  };
  GPtrArray *found = mh_invoices_store_list (mh_call_db (call), &query, error);

  mh_seen_list (call, &mh_invoice_type, found);
  return mh_reply_page (call, found, MH_INVOICE_ISSUED_AT);
}

static MhReply *
invoice_read (MhCall *call, GError **error)
{
  MhRecord *invoice
      = mh_invoices_service_read (mh_call_request (call), mh_call_param (call, "id"), error);
  mh_seen_record (call, MH_AUDIT_READ, invoice);
  return mh_reply_record (invoice);
}

static MhReply *
invoice_debit (MhCall *call, GError **error)
{
  MhRecord *note = mh_invoices_service_debit (mh_call_request (call), mh_call_param (call, "id"),
                                              mh_call_body (call), error);
  return mh_reply_record (note);
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
    mh_seen (call, MH_AUDIT_READ, &mh_invoice_type, wanted.invoice_id, made.patient_id);

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
