/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Billing documents put together from what is already known. Pure: no store, no clock. */
#include "shared/base/mh-date.h"
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* The Indian financial year of @day, which begins on the first of April: "2026-27". Caller frees.
 */
char *mh_invoice_year (MhDate day);
/* The counter that numbers of this kind are taken from: "invoice:MH:2026-27:I". Caller frees. */
char *mh_invoice_series (const char *hospital_code, const char *kind, const char *year);
/* "I2627/000001", with @prefix in front. MH_ERROR_CONFLICT when it is longer than the law allows;
 * MH_ERROR_INVALID when the prefix has other characters than A–Z 0–9 - /. Caller frees. */
char *mh_invoice_number (const char *prefix,
                         const char *kind,
                         const char *year,
                         gint64 number,
                         GError **error);

/* A document without a number yet: of which hospital, patient and order, in whose name. Its lines
 * are to be added. @patient NULL: what the order knows. */
MhRecord *
mh_invoice_begin (const char *kind, MhRecord *order, MhRecord *hospital, MhRecord *patient);
/* The lines of an order's items, and the kind: a bill of supply when nothing bears a tax. */
void mh_invoice_add_items (MhRecord *invoice, MhRecord *order, GPtrArray *items);
/* Totals from the lines and @round_off. */
void mh_invoice_add_up (MhRecord *invoice, gint64 round_off);
typedef struct
{
  const char *number, *year; /* of its series */
  MhDate day;
  gint64 at; /* µs UTC */
  const char *user_id, *user_name;
} MhInvoiceSeal;
/* Number, day and who; then words, search text and the hash over all of it. */
void mh_invoice_seal (MhRecord *invoice, const MhInvoiceSeal *seal);
/* SHA-256 (hex) over what the paper says: kind, number, day, whose, each line, each total. */
char *mh_invoice_hash (MhRecord *invoice);
/* Does the stored hash fit the content? @invoice with its lines. */
gboolean mh_invoice_is_intact (MhRecord *invoice);
/* The taxes in sum, from the lines; new. */
GPtrArray *mh_invoice_taxes (GPtrArray *lines);

G_END_DECLS
