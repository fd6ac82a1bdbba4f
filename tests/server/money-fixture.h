/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What people and the gateway do with money, over the laboratory of lab-fixture.c. Each call is one
 * transaction; NULL or FALSE with @error when it is refused. */
#include "server/money/payments/mh-payments-service.h"
#include "tests/server/lab-fixture.h"

G_BEGIN_DECLS

typedef struct
{
  Lab *lab;
  MhActor *cashier, *second, *manager, *director, *nurse;
  char *patient; /* whose orders and deposits */
} Money;

Money *money_new (const MhTestDb *test);
void money_free (Money *money);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Money, money_free)

/* HB 90.00, KT 150.00, and the order's tax of 20.00. */
#define MONEY_TOTAL 26000

/* From now on everything is another patient's. */
void money_next_patient (Money *money);

/* An order for codes separated by spaces; its id. */
char *money_order (Money *money, const char *codes, const char *method);
MhRecord *money_read (Money *money, const char *order_id);
/* Adds codes separated by spaces, takes off items by their codes; either NULL: none. */
MhRecord *money_edit (Money *money,
                      const char *order_id,
                      const char *add,
                      const char *remove,
                      const char *reason,
                      GError **error);
/* The first payment of an order that is not a refund. */
char *money_payment_of (Money *money, const char *order_id);

/* @id NULL: a new one; @reference NULL: none. */
MhRecord *money_pay (Money *money,
                     MhActor *actor,
                     const char *order_id,
                     const char *id,
                     const char *method,
                     gint64 amount,
                     const char *reference,
                     GError **error);
/* A payment that goes through; its id. */
char *money_paid (Money *money,
                  MhActor *actor,
                  const char *order_id,
                  const char *method,
                  gint64 amount,
                  const char *reference);
MhRecord *
money_deposit (Money *money, MhActor *actor, const char *method, gint64 amount, GError **error);
MhRecord *
money_decide (Money *money, MhActor *actor, const char *payment_id, gboolean yes, GError **error);
/* @items: ids, NULL: none. @from_advance: 0, 1, or -1: not said. */
MhRecord *money_refund (Money *money,
                        MhActor *actor,
                        const char *payment_id,
                        gint64 amount,
                        const char *reason,
                        const char *const *items,
                        int from_advance,
                        GError **error);
MhRecord *money_decide_refund (Money *money,
                               MhActor *actor,
                               const char *refund_id,
                               gboolean yes,
                               GError **error);
gboolean money_settled (Money *money, const char *refund_id, gboolean processed, GError **error);
MhRecord *money_credit (Money *money,
                        const char *order_id,
                        const char *provider_payment,
                        gint64 amount,
                        const char *currency,
                        GError **error);
gboolean money_failed (Money *money, const char *order_id, GError **error);
gboolean money_converted (Money *money, const char *order_id, GError **error);
MhRecord *money_recover (Money *money,
                         MhActor *actor,
                         const char *order_id,
                         const char *action,
                         GError **error);
MhRecord *money_recover_because (Money *money,
                                 MhActor *actor,
                                 const char *order_id,
                                 const char *action,
                                 const char *note,
                                 GError **error);
/* Its time is over, and the job runs. */
gboolean money_expire (Money *money, const char *order_id, GError **error);
/* Something was forgotten on the order's invoice; FALSE without @error: it has none. */
gboolean money_debit (Money *money, const char *order_id, gint64 amount, GError **error);
/* Tubes with that container (NULL: all) are collected and, when @receive, received. */
gboolean money_collect (Money *money,
                        const char *order_id,
                        const char *container,
                        gboolean receive,
                        GError **error);
/* Results for everything that is received, handed over; verified by the pathologist. */
gboolean money_results (Money *money, const char *order_id, GError **error);
gboolean money_verify (Money *money, const char *order_id, GError **error);

/* One line that pays @paid of the claim and refuses @denied (@outcome). @reference NULL: a new one.
 */
MhRecord *money_remit (Money *money,
                       MhActor *actor,
                       const char *payment_id,
                       gint64 paid,
                       gint64 denied,
                       const char *outcome,
                       const char *reference,
                       GError **error);
gint64 money_advance (Money *money);
/* The order's own sums and where it stands. */
void money_assert_order (Money *money,
                         const char *order_id,
                         gint64 paid,
                         gint64 refunded,
                         gint64 due,
                         const char *state,
                         const char *tab);
/* Fails the test with all that does not agree: ledger, orders, payments, receipts, invoices. */
void money_assert_books (Money *money);

G_END_DECLS
