/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between the files that draw an invoice on A4. */
#include "shared/reports/mh-words.h"
#include "shared/reports/money/mh-report-invoice.h"

G_BEGIN_DECLS

#define MH_INK_WHITE 0xffffff
#define MH_INK_BAND 0xeef4f3 /* behind column titles */

typedef struct
{
  const MhInvoicePaper *in;
  MhRecord *invoice;
  const MhWords *words;
  const char *currency;
  const char *title; /* translated */
  GTimeZone *zone;
  guint copy;
  MhPaper paper;
  double width;
  double letterhead; /* its height */
  double title_width;
} MhBill;

/* The lines, with column titles that come back on each page. */
void mh_bill_add_lines (const MhBill *bill, MhDocument *document);
/* Words, taxes and payments at the left, the sums at the right: one piece, which never stands alone
 * on a page. */
void mh_bill_add_totals (const MhBill *bill, MhDocument *document);

G_END_DECLS
