/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What a server process keeps for the gateway: the client with its key, the circuit breaker, and
 * counts for /metrics. Thread-safe. */
#include "server/money/gateway/mh-razorpay.h"
#include "server/platform/common/mh-breaker.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

typedef struct _MhGateway MhGateway;

#define MH_JOB_GATEWAY_WORK "gateway.work"
#define MH_JOB_GATEWAY_EVENT "gateway.event"
#define MH_JOB_GATEWAY_SWEEP "gateway.sweep"
#define MH_JOB_GATEWAY_PURGE "gateway.purge"

/* What a desk reads where no key is set. */
#define MH_GATEWAY_NOT_CONFIGURED                                                                  \
  "No payment gateway is set up: take cash, card or UPI, or ask the administrator to enter the "   \
  "Razorpay key in the server's configuration."

/* How long webhooks are kept: the provider may repeat one for a week, and it has no nonce. */
#define MH_GATEWAY_KEEP_EVENTS (45 * MH_DAY)

MhGateway *mh_gateway_new (MhServerConfig *config, MhClock *clock);
void mh_gateway_free (MhGateway *gateway);
/* Calls that run end soon; before the jobs are stopped. */
void mh_gateway_stop (MhGateway *gateway);

/* NULL: no key is set. */
MhRazorpay *mh_gateway_razorpay (MhGateway *gateway);
gboolean mh_gateway_is_test (MhGateway *gateway);
MhBreaker *mh_gateway_breaker (MhGateway *gateway);
/* Tells the breaker how a call ended and counts it; gives the answer back. */
MhRzAnswer *mh_gateway_heard (MhGateway *gateway, MhRzAnswer *answer);
typedef enum
{
  MH_GATEWAY_CALLS,
  MH_GATEWAY_CALLS_FAILED,
  MH_GATEWAY_EVENTS,
  MH_GATEWAY_EVENTS_AGAIN,
  MH_GATEWAY_EVENTS_FORGED,
  MH_GATEWAY_N_COUNTS,
} MhGatewayCount;
void mh_gateway_count (MhGateway *gateway, MhGatewayCount count);
/* For /metrics, in Prometheus' text format. */
void mh_gateway_put_metrics (MhGateway *gateway, GString *out);
/* The members of a gateway_state record that this process knows. */
void mh_gateway_describe (MhGateway *gateway, MhRecord *state);

/* The server's own, kept by server/app. */
MhGateway *mh_server_gateway (MhServer *server);
void mh_server_keep_gateway (MhServer *server, MhGateway *gateway);

G_END_DECLS
