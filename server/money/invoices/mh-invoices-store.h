/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of invoices and what belongs to them. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* What a list is filtered by; NULL and 0: not. */
typedef struct
{
  const char *hospital_id, *order_id, *patient_id, *kind;
  const char *from, *to; /* first and last day of issue */
  const char *words;     /* LIKE pattern over folded text */
  gint64 before_at;      /* with before_id: older than that document */
  const char *before_id;
  guint limit;
} MhInvoicesQuery;

/* Newest first; without lines. */
GPtrArray *mh_invoices_store_list (MhDb *db, const MhInvoicesQuery *query, GError **error);
/* The order's invoice or bill of supply. NULL without error: none yet. */
void mh_invoices_store_of_order_prefetch (MhDb *db, const char *order_id);
MhRecord *mh_invoices_store_of_order (MhDb *db, const char *order_id, GError **error);
/* Credit and debit notes that cite the document, oldest first. */
GPtrArray *mh_invoices_store_notes (MhDb *db, const char *invoice_id, GError **error);
GPtrArray *mh_invoices_store_lines (MhDb *db, const char *invoice_id, GError **error);
/* Lines of all notes of one kind that cite the document. */
GPtrArray *
mh_invoices_store_note_lines (MhDb *db, const char *invoice_id, const char *kind, GError **error);
/* Papers made of it so far; -1 with @error. */
gint64 mh_invoices_store_copies (MhDb *db, const char *invoice_id, GError **error);
/* Kind, financial year and number of each document of the hospital, as records with these fields.
 */
GPtrArray *mh_invoices_store_numbers (MhDb *db, const char *hospital_id, GError **error);
/* What an order's documents come to. */
gboolean mh_invoices_store_sums (MhDb *db,
                                 const char *order_id,
                                 gint64 *out_charged,
                                 gint64 *out_credited,
                                 GError **error);
/* For looking over everything: documents in order of id, and the lines of those from one id to
 * another. */
GPtrArray *mh_invoices_store_after (MhDb *db, const char *after, guint limit, GError **error);
GPtrArray *
mh_invoices_store_lines_between (MhDb *db, const char *from, const char *to, GError **error);
/* Numbers of orders with documents that come to something else than the order's total less what was
 * taken off. */
GPtrArray *mh_invoices_store_odd_orders (MhDb *db, guint limit, GError **error);

G_END_DECLS
