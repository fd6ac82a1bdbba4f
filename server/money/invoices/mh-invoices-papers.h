/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Invoices on paper. */
#include "server/platform/actor/mh-actor.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

typedef struct
{
  MhServer *server;
  const MhActor *actor;
  const MhWho *who;
  const char *invoice_id;
  const char *paper;    /* MH_INVOICE_PAPER_…; NULL: A4 */
  const char *language; /* NULL: English */
  gboolean copy;        /* for printing: counted, and from the second on marked DUPLICATE n */
} MhInvoiceWanted;

typedef struct
{
  GBytes *pdf;
  char *name; /* of the file; without the patient's name */
  char *patient_id;
} MhInvoiceMade;

/* Outside any transaction. MH_ERROR_INTERNAL when what is stored does not fit its hash any more:
 * such a paper is not made. */
gboolean mh_invoices_paper (const MhInvoiceWanted *wanted, MhInvoiceMade *out_made, GError **error);
void mh_invoice_made_clear (MhInvoiceMade *made);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MhInvoiceMade, mh_invoice_made_clear)

G_END_DECLS
