/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What papers about money share: words, amounts, and the pieces of a narrow slip. For this room. */
#include "shared/record/mh-record.h"
#include "shared/reports/mh-page.h"
#include "shared/reports/mh-words.h"

G_BEGIN_DECLS

/* "1,23,456.50": for columns whose head names the currency. Caller frees. */
char *mh_money_plain (gint64 minor, const char *currency);
/* "18 %", "2.5 %"; "–" for an amount on the whole order. Caller frees. */
char *mh_money_rate (MhRecord *line, guint field);
/* "Tax invoice", "Invoice-cum-bill of supply", …: the law's word for it. In English, for
 * mh_words(). */
const char *mh_invoice_title (MhRecord *invoice);
gboolean mh_invoice_is_credit (MhRecord *invoice);
/* The reason of a note in words. Caller frees; NULL: none. */
char *mh_invoice_reason (MhRecord *invoice, const MhWords *words);
/* What a line of tax is called. */
const char *mh_money_tax_name (MhRecord *tax, const MhWords *words);
/* "21 Nov 2026" of a DATE field. Caller frees; NULL: none. */
char *mh_money_day (MhRecord *record, guint field, const MhWords *words);
/* Does it list central and state tax apart? */
gboolean mh_invoice_splits_tax (MhRecord *invoice);
/* Payments that took or gave money (not those that failed or wait). */
gboolean mh_payment_counts (MhRecord *payment);
gboolean mh_payment_is_refund (MhRecord *payment);

/* --- a slip: one box on a roll of 80 mm, filled from above --- */

typedef struct
{
  const MhWords *words;
  const char *currency;
  double width; /* what the head prints */
  MhBox *box;
  double y;
} MhSlip;

void mh_slip_begin (MhSlip *slip, const char *language, const char *currency);
/* The slip as a document; @title and @author for the file. Transfer full. */
MhDocument *mh_slip_end (MhSlip *slip, const char *title, const char *author, gint64 at);

/* Hospital, address, telephone, tax number, @title between lines, and the mark of a copy. */
void mh_slip_head (MhSlip *slip,
                   MhRecord *hospital,
                   const char *address,
                   const char *tax_number,
                   const char *title,
                   guint copy);
void mh_slip_line (MhSlip *slip, const char *text);
void mh_slip_strong (MhSlip *slip, const char *text);
void mh_slip_centre (MhSlip *slip, const char *text);
void mh_slip_note (MhSlip *slip, const char *text);
/* To be read from across the room. */
void mh_slip_large (MhSlip *slip, const char *text);
void mh_slip_dashes (MhSlip *slip);
void mh_slip_space (MhSlip *slip, double height);
/* Label at the left, value at the right; either may wrap in its part. Nothing for no value. */
void mh_slip_pair (MhSlip *slip, const char *label, const char *value);
void mh_slip_money (MhSlip *slip, const char *label, gint64 amount);
void mh_slip_money_unless_zero (MhSlip *slip, const char *label, gint64 amount);
/* A row of a bill: what it is, what it costs, and a smaller line below (NULL: none). */
void mh_slip_item (MhSlip *slip, const char *what, const char *amount, const char *below);
/* The sum between two rules, larger. */
void mh_slip_total (MhSlip *slip, const char *label, gint64 amount);
void mh_slip_qr (MhSlip *slip, const char *text, const char *below);
void mh_slip_barcode (MhSlip *slip, const char *text);

G_END_DECLS
