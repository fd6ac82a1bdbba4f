/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What a change of an order means for money. The rooms of money know orders and not the other way
 * round: they say here what is to be done for one, once, when the server is made
 * (server/money/payments/mh-payments-service.h, mh_payments_serve_orders()). The contract of each
 * stands at the function of the same name there and in mh-invoices-service.h and
 * mh-gateway-service.h. Without it an order cannot be charged: mh_orders_money() ends the program.
 */
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean (*charge) (MhTx *tx, MhRecord *order, const char *txn, GError **error);
  gboolean (*write_off) (MhTx *tx, MhServer *server, MhRecord *order, GError **error);
  gboolean (*take_off) (const MhRequest *req,
                        MhRecord *order,
                        const char *const *ids,
                        const char *reason,
                        GError **error);
  /* NULL without error: there is no invoice yet. */
  MhRecord *(*invoice_of_order) (MhDb *db, const char *order_id, GError **error);
  MhRecord *(*debit) (const MhRequest *req,
                      const char *invoice_id,
                      MhRecord *request,
                      GError **error);
  gboolean (*debit_total) (const MhRequest *req,
                           MhRecord *invoice,
                           MhRecord *request,
                           gint64 now,
                           gint64 *out_total,
                           GError **error);
  gboolean (*has_gateway) (MhServer *server);
  gboolean (*close_links) (MhTx *tx,
                           MhServer *server,
                           const char *order_id,
                           const char *then,
                           gboolean *out_any_open,
                           GError **error);
} MhOrdersMoney;

/* @money lasts as long as the program. */
void mh_orders_set_money (const MhOrdersMoney *money);
const MhOrdersMoney *mh_orders_money (void);

G_END_DECLS
