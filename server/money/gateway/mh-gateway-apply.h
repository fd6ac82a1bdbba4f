/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Facts of the provider become ours: the one place where an attempt, a payment or a refund changes
 * because of what a webhook, an answer or the asking by itself brought. Every function may be
 * called any number of times, in any order, with the same facts: states go forward only, a payment
 * is credited once.
 */
#include "server/money/gateway/mh-gateway.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* What the provider says of the QR code, link or order itself. */
typedef enum
{
  MH_PAY_LINK_OPEN,
  MH_PAY_LINK_USED,    /* paid, says the provider: the payment itself is to be looked for */
  MH_PAY_LINK_EXPIRED, /* its time is over */
  MH_PAY_LINK_CLOSED,  /* by us, or by somebody at the provider's own page */
} MhPayLinkState;

/* The attempt that a payment belongs to: by the ids of code, link and order, and by our own note.
 * NULL without error: not ours. @pay_link NULL: not said. */
MhRecord *mh_gateway_apply_find (MhDb *db,
                                 const MhRzPayment *payment,
                                 const MhRzPayLink *pay_link,
                                 GError **error);
/* @attempt, as it is stored now, is replaced by what it became. */
gboolean mh_gateway_apply_payment (MhTx *tx,
                                   MhServer *server,
                                   MhRecord **attempt,
                                   const MhRzPayment *payment,
                                   GError **error);
/* The provider made it, or it was found there: ids, contents, times; it is open now. */
gboolean mh_gateway_apply_opened (MhTx *tx,
                                  MhServer *server,
                                  MhRecord **attempt,
                                  const MhRzPayLink *pay_link,
                                  GError **error);
gboolean mh_gateway_apply_pay_link (MhTx *tx,
                                    MhServer *server,
                                    MhRecord **attempt,
                                    MhPayLinkState state,
                                    GError **error);
/* It cannot be made, or the bank let the money go: failed, with the reason for people. */
gboolean mh_gateway_apply_failed (MhTx *tx,
                                  MhServer *server,
                                  MhRecord **attempt,
                                  const char *code,
                                  const char *why,
                                  GError **error);
/* What was to happen to the order once nothing is open. */
gboolean mh_gateway_apply_ended (MhTx *tx, MhServer *server, MhRecord *attempt, GError **error);

/* @status: the provider's; @why: for a failed one, or NULL. */
gboolean mh_gateway_apply_refund (const MhRequest *req,
                                  const char *id,
                                  const char *provider_refund,
                                  const char *status,
                                  const char *why,
                                  GError **error);
/* A captured payment that is not in the books yet (the books refused it before). */
gboolean mh_gateway_apply_credit (MhTx *tx, MhServer *server, MhRecord *payment, GError **error);
/* Something at the provider that a person has to look at. */
typedef struct
{
  const char *hospital_id, *order_id; /* NULL: of none */
  const char *kind;                   /* MH_GATEWAY_NOTICE_… */
  const char *ref;                    /* told once for each */
  gint64 amount;                      /* minor units */
  const char *text;
} MhGatewayNotice;
gboolean mh_gateway_apply_notice (MhTx *tx, const MhGatewayNotice *wanted, GError **error);

G_END_DECLS
