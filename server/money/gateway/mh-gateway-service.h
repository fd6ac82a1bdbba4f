/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Payments over the gateway, as the neighbours use them. Nothing here speaks with the provider: it
 * queues what a job will do, in the caller's transaction. Attempts are records of the feed, so that
 * a screen sees QR code, state and failure by itself.
 */
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* Is a key set? */
gboolean mh_gateway_service_is_configured (MhServer *server);

/* A new attempt (payment_attempt) for what is due, or the one of that kind and amount that is still
 * open. @kind: MH_ATTEMPT_KIND_…; @notify: MH_ATTEMPT_NOTIFY_…, or NULL. No gateway set up, nowhere
 * to send a link: MH_ERROR_INVALID; nothing due, or a bank holds money for it already:
 * MH_ERROR_CONFLICT. */
MhRecord *mh_gateway_service_ask (const MhRequest *req,
                                  MhRecord *order,
                                  const char *kind,
                                  const char *notify,
                                  GError **error);
/* As a desk asks: @draft holds kind, and perhaps notify and an amount. */
MhRecord *mh_gateway_service_ask_for (const MhRequest *req,
                                      const char *order_id,
                                      MhRecord *draft,
                                      GError **error);
/* Oldest first. */
GPtrArray *mh_gateway_service_attempts (const MhRequest *req, const char *order_id, GError **error);
/* Nobody shall pay this one any more: it is closed at the provider, who is then asked whether
 * somebody did. An attempt that has ended, or whose money a bank holds: MH_ERROR_CONFLICT. */
MhRecord *mh_gateway_service_close (const MhRequest *req, const char *id, GError **error);
/* Money for the order is about to be taken in another way: nobody shall pay by code or link any
 * more. MH_ERROR_CONFLICT while a bank holds money for it. */
gboolean mh_gateway_service_paid_otherwise (MhTx *tx,
                                            MhServer *server,
                                            const char *order_id,
                                            GError **error);
/* The same for all of an order. @then: MH_ATTEMPT_THEN_CONVERT or _CANCEL, or NULL: nothing.
 * *out_any_open FALSE: nothing is open, the caller goes on by itself. TRUE: when the provider has
 * said that nothing is open any more, the order is converted or cancelled by a job; if money came
 * meanwhile, the order is paid instead. */
gboolean mh_gateway_service_close_all (MhTx *tx,
                                       MhServer *server,
                                       const char *order_id,
                                       const char *then,
                                       gboolean *out_any_open,
                                       GError **error);
/* Queues giving back what @refund (a payment with its refund_of, about to wait for the gateway)
 * says. The refund's id is the key under which the provider gives it back once, however often it is
 * asked; called again for the same refund it does nothing. What becomes of it is told to the books.
 * MH_ERROR_CONFLICT: the money did not come by the gateway. */
gboolean mh_gateway_service_refund (MhTx *tx, MhServer *server, MhRecord *refund, GError **error);
/* A gateway_state record. */
MhRecord *mh_gateway_service_state (const MhRequest *req, GError **error);
/* Somebody has looked at it. */
MhRecord *mh_gateway_service_resolve (const MhRequest *req, const char *id, GError **error);
/* The provider's picture; MH_ERROR_NOT_FOUND. *out_media: its type, caller frees. */
GBytes *
mh_gateway_service_image (const MhRequest *req, const char *id, char **out_media, GError **error);

/* Registers the kinds of jobs; before they start. */
void mh_gateway_service_register (MhServer *server);
/* When they are about to start: what a process that died was doing is soon looked at. */
gboolean mh_gateway_service_start (MhServer *server, GError **error);

G_END_DECLS
