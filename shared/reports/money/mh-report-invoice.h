/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Tax invoice, bill of supply, credit note and debit note: on A4, and on an 80 mm roll (black only,
 * as long as it needs). Both say the same. */
#include "shared/record/mh-record.h"
#include "shared/reports/mh-page.h"

G_BEGIN_DECLS

typedef struct
{
  MhRecord *hospital;  /* mh_hospital_type: mark, telephone, zone; the rest is the invoice's own */
  MhRecord *invoice;   /* mh_invoice_type with .lines, .taxes and .notes */
  GPtrArray *payments; /* mh_payment_type of the order, refunds too; NULL: none */
  gint64 due;          /* what is open on the order now */
} MhInvoicePaper;

/* @copy 0: the original; n: marked "DUPLICATE n". Finished, ready to draw; transfer full. */
MhDocument *mh_report_invoice (const MhInvoicePaper *paper, const char *language, guint copy);
MhDocument *mh_report_invoice_slip (const MhInvoicePaper *paper, const char *language, guint copy);
/* What the square code says: kind, number, total, day, and the first half of the content hash.
 * Caller frees. */
char *mh_report_invoice_code (MhRecord *invoice);

G_END_DECLS
