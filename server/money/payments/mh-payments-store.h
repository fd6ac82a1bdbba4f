/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of payments, refunds, receipts and the ledger. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* NULL or 0: any. */
typedef struct
{
  const char *hospital_id, *method, *session, *status, *kind, *patient_id;
  gint64 from, to;  /* received; to 0: open */
  gint64 before_at; /* cursor: received_at and id of the last row */
  const char *before_id;
  guint limit;
} MhPaymentsQuery;

/* Newest first. */
GPtrArray *mh_payments_store_list (MhDb *db, const MhPaymentsQuery *query, GError **error);
/* Writes into each payment whose it is: number of the order, name and MRN of the patient. */
gboolean mh_payments_store_name (MhDb *db, GPtrArray *payments, GError **error);
GPtrArray *mh_payments_store_of_order (MhDb *db, const char *order_id, GError **error);
GPtrArray *mh_payments_store_receipts (MhDb *db,
                                       const char *hospital_id,
                                       const char *order_id,
                                       const char *number,
                                       MhListPage page,
                                       GError **error);
/* The payment that was taken under this reference; NULL without error: none. */
MhRecord *mh_payments_store_by_reference (MhDb *db,
                                          const char *hospital_id,
                                          const char *method,
                                          const char *key,
                                          GError **error);
/* Refunds of one payment: out of the order, and out of what is kept for the patient; agreed to
 * (also on their way), and only asked for. */
typedef struct
{
  gint64 order, advance, order_asked, advance_asked;
} MhRefundSums;

gboolean mh_payments_store_refunds (MhDb *db,
                                    const char *payment_id,
                                    MhRefundSums *out_sums,
                                    GError **error);
/* What all live orders of a patient have due. */
gboolean mh_payments_store_due (MhDb *db, const char *patient_id, gint64 *out_due, GError **error);
/* What the ledger keeps for a patient, records merged into it included. */
gboolean
mh_payments_store_advance (MhDb *db, const char *patient_id, gint64 *out_advance, GError **error);
/* The last entries about a patient. */
GPtrArray *
mh_payments_store_entries (MhDb *db, const char *patient_id, guint limit, GError **error);

typedef struct
{
  gint64 charged, paid, refunded, balance; /* the balance is what is due */
} MhLedgerSums;

/* An order's money as the ledger has it. */
gboolean
mh_payments_store_sums (MhDb *db, const char *order_id, MhLedgerSums *out_sums, GError **error);
/* What does not agree, one sentence each, with ids and without names; empty: the books balance to
 * the smallest coin. At most @limit of each kind. */
GPtrArray *mh_payments_store_verify (MhDb *db, guint limit, GError **error);

G_END_DECLS
