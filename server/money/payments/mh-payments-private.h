/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between the files of payments: papers' numbers, and payments as rows. */
#include "server/money/payments/mh-payments-money.h"
#include "server/money/payments/mh-payments-service.h"
#include "server/platform/actor/mh-request.h"

G_BEGIN_DECLS

/* What is known of a hospital without asking the database. */
typedef struct
{
  char *code, *currency, *year; /* of its series: "2026-27" */
} MhPaymentsPlace;

gboolean mh_payments_place (MhTx *tx,
                            MhServer *server,
                            const char *hospital_id,
                            MhPaymentsPlace *out_place,
                            GError **error);
void mh_payments_place_clear (MhPaymentsPlace *place);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MhPaymentsPlace, mh_payments_place_clear)

/* The numbered receipt of @payment, of a refund its voucher, inserted; its id goes into the
 * payment.
 */
gboolean mh_payments_give_receipt (MhTx *tx, MhServer *server, MhRecord *payment, GError **error);

/* What every payment row begins with: who, when, where; nothing applied, nothing refunded. */
void mh_payments_fill (MhTx *tx, MhRecord *payment, const char *kind, const MhLedgerBook *book);
/* Cash needs the drawer of whoever takes it or gives it out. */
gboolean mh_payments_use_drawer (const MhRequest *req, MhRecord *payment, GError **error);
/* One slip or transfer pays once in a hospital, however its number is written: notes that @payment
 * does, or MH_ERROR_INVALID at "reference" with where it was taken before. */
gboolean mh_payments_use_reference (MhTx *tx,
                                    MhServer *server,
                                    MhRecord *payment,
                                    const char *hospital_id,
                                    GError **error);
gboolean mh_payments_is_cash (const char *method);
/* The row with that id, when there is one that is the same in @fields (ends with G_MAXUINT); else
 * MH_ERROR_CONFLICT. NULL without error: none. */
MhRecord *mh_payments_same (MhDb *db, MhRecord *wanted, const guint *fields, GError **error);
/* From the order to the advance @amount of what @payment (a copy that the caller writes; NULL:
 * none) paid, of which @given are being given back now, then of the order's newest other payments.
 */
gboolean mh_payments_release (MhMoney *money,
                              MhRecord *payment,
                              gint64 given,
                              gint64 amount,
                              GError **error);
/* captured, part_refunded or refunded, as its sums say; claimed stays. */
void mh_payments_set_state (MhRecord *payment);
/* Who decided, and when. */
void mh_payments_stamp_decision (MhTx *tx, MhRecord *payment, const char *note);
/* A refund of what came too late or too much, waiting for somebody to agree. */
gboolean mh_payments_propose_return (MhTx *tx,
                                     MhRecord *payment,
                                     gint64 amount,
                                     const char *reason,
                                     const char *note,
                                     GError **error);

G_END_DECLS
