/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Placing orders, moving them along, and what follows from money and tubes. */
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/orders/mh-orders-store.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* Announces what placing reads; see mh_db_prefetch(). */
void mh_orders_service_place_prefetch (const MhRequest *req, MhRecord *draft);
/* Prices the items, makes tubes and numbers, and assigns a technician. @draft's ordered_at: when a
 * desk that was away took it, or nothing. The reply holds items, samples. */
MhRecord *mh_orders_service_place (const MhRequest *req, MhRecord *draft, GError **error);
/* What it would cost, with items and totals; nothing is stored. */
MhRecord *mh_orders_service_quote (const MhRequest *req, MhRecord *draft, GError **error);
/* With items, samples and payments. */
MhRecord *mh_orders_service_read (const MhRequest *req, const char *id, GError **error);
/* Priority, technician (by hand), notes; the discount until money is taken. */
MhRecord *mh_orders_service_change (const MhRequest *req, MhPatch patch, GError **error);
/* retry, convert_to_cod, cancel (rules.md 7): MH_ERROR_CONFLICT when the state does not allow it.
 */
MhRecord *mh_orders_service_recover (const MhRequest *req,
                                     const char *id,
                                     MhRecord *recovery,
                                     GError **error);
/* The gateway has said that nothing is open on an order that waits to be cancelled. One that was
 * paid meanwhile stays. */
gboolean
mh_orders_service_cancelled (MhTx *tx, MhServer *server, const char *order_id, GError **error);
/* Tubes that have not come to the laboratory: those that no live test of @items needs any more are
 * cancelled and not counted in @order any more, which the caller writes; the others lose what was
 * cancelled from their label. */
gboolean mh_orders_service_cancel_tubes (MhTx *tx,
                                         MhRecord *order,
                                         GPtrArray *items,
                                         const char *reason,
                                         GError **error);
/* A job's work: every unpaid order past its time, at most @limit; *out_n how many. */
gboolean
mh_orders_service_expire (MhTx *tx, MhServer *server, guint limit, guint *out_n, GError **error);
#define MH_JOB_ORDER_EXPIRE "order.expire"
/* Before the jobs start. */
void mh_orders_service_register (MhServer *server);

/* For the neighbours (payments, samples, results): @after's status and tab from its items and
 * money, load given back when the work is done; writes it with @verb. Its items are those of the
 * order as they now are. */
typedef struct
{
  MhRecord *before, *after;
  GPtrArray *items;
} MhOrderChange;
gboolean mh_orders_service_settle (MhTx *tx,
                                   const MhOrderChange *change,
                                   const char *verb,
                                   const char *reason,
                                   GError **error);
/* @request: a discount_request; until money is taken. Who gave it, and who approved it, is kept. */
MhRecord *mh_orders_service_discount (const MhRequest *req,
                                      const char *id,
                                      MhRecord *request,
                                      GError **error);
/* What a test costs on @order today: by the order's price list, else by the catalogue. */
gint64
mh_orders_service_price_of (MhCatalogueView *view, MhRecord *order, gint64 now, const char *test);
/* Where the prices and taxes of an order are read, and of which instant they are. */
typedef struct
{
  MhDb *db;
  MhServer *server;
  MhCatalogueView *view;
  gint64 at;
} MhPriceSource;
/* @added, which are among @items, came into @order, of which there is no invoice yet: they are
 * priced, and the order with the ledger is charged. The caller writes the order and the items. */
gboolean mh_orders_service_price_added (MhTx *tx,
                                        const MhPriceSource *from,
                                        MhRecord *order,
                                        GPtrArray *items,
                                        GPtrArray *added,
                                        GError **error);
/* The same without the ledger. */
gboolean mh_orders_service_lay_added (const MhPriceSource *from,
                                      MhRecord *order,
                                      GPtrArray *items,
                                      GPtrArray *added,
                                      GError **error);
/* After some of @items were cancelled on an order without an invoice: see
 * mh_orders_price_removed(). */
gboolean mh_orders_service_price_removed (MhDb *db,
                                          MhServer *server,
                                          MhRecord *order,
                                          GPtrArray *items,
                                          GError **error);
/* What the board shows of the tests: names and benches of those that are not cancelled. */
void mh_orders_service_show_tests (MhRecord *order, GPtrArray *items);
/* Items as the catalogue prices them for @order now, unstored; @codes: tests and panels. */
GPtrArray *mh_orders_service_items_for (MhCatalogueView *view,
                                        MhRecord *order,
                                        const char *const *codes,
                                        gint64 now,
                                        GError **error);
/* The route's: as mh_orders_service_change(), for who may write orders, or may collect and changes
 * nothing but where and when; else MH_ERROR_FORBIDDEN. */
MhRecord *mh_orders_service_update (const MhRequest *req, MhPatch patch, GError **error);
/* Adds and takes off tests (mh_order_edit_type) while the laboratory does not have their tube.
 * Tubes follow; an order that was billed gets a debit or a credit note, what is paid beyond the new
 * price becomes the patient's advance. @made_at: see mh_call_made_at(). MH_ERROR_INVALID at add[i]
 * and remove[i], MH_ERROR_CONFLICT when the order is over or no test would be left. */
MhRecord *mh_orders_service_edit (const MhRequest *req,
                                  gint64 made_at,
                                  const char *id,
                                  MhRecord *edit,
                                  GError **error);
/* What the order would cost and owe after that, what is paid beyond it no longer counted as paid;
 * nothing is stored. Refused as the edit would be, but for a reason that is missing. */
MhRecord *
mh_orders_service_edit_quote (const MhRequest *req, const char *id, MhRecord *edit, GError **error);
/* Doctors of the actor's hospital by name, after that id; clinician records. */
GPtrArray *
mh_orders_service_doctors (const MhRequest *req, const char *after, guint limit, GError **error);
/* A debit note of @amount: total and due rise. */
gboolean mh_orders_service_debit (MhTx *tx, const char *order_id, gint64 amount, GError **error);

/* Announces an order with its items, and who would collect it; see mh_db_prefetch(). */
void mh_orders_service_prefetch (const MhRequest *req, const char *order_id);
/* Announces an order with its items and tubes. */
void mh_orders_service_prefetch_parts (MhDb *db, const char *order_id);
/* What belongs to an order, for verticals that have already seen that the caller may know of it. */
GPtrArray *mh_orders_service_items (MhDb *db, const char *order_id, GError **error);
GPtrArray *mh_orders_service_samples (MhDb *db, const char *order_id, GError **error);

G_END_DECLS
