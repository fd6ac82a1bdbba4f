/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The jobs that speak with the provider: make a code, link or order; ask what became of it; take
 * what a bank holds; close; refund. Each question is one step: what is intended is written before
 * the call, what came of it after, each in a transaction of its own, so that the process may die in
 * between: the next one looks up what it cannot know.
 */
#include "server/money/gateway/mh-gateway-plan.h"

G_BEGIN_DECLS

/* MhJobSlowFunc; data: the MhServer. */
gboolean mh_gateway_work (MhStore *store, MhRecord *job, gpointer data, GError **error);

/* For attempts, in mh-gateway-work-attempt.c, and refunds, in mh-gateway-work-refund.c. */
typedef struct
{
  MhServer *server;
  MhStore *store;
  MhGateway *gateway;
  MhRazorpay *razorpay;
  MhRecord *task;    /* as the job found it */
  MhRecord *attempt; /* of an attempt */
  MhRecord *order;
  MhRecord *refund; /* of a refund */
} MhGatewayWork;

gboolean mh_gateway_work_attempt (MhGatewayWork *work, GError **error);
gboolean mh_gateway_work_refund (MhGatewayWork *work, GError **error);

/* Runs in the write queue with the task as it stands: changes it as the caller wants it. FALSE with
 * error. The step is raised and the next job queued when *at (µs; 0: nothing more) is set by the
 * function;
 * @overtaken: somebody planned anew meanwhile: facts count, the plan does not. */
typedef gboolean (*MhGatewayOutcome) (MhTx *tx,
                                      MhGatewayWork *work,
                                      MhRecord *task,
                                      gint64 *at,
                                      gpointer data,
                                      GError **error);
gboolean mh_gateway_work_write (MhGatewayWork *work,
                                MhGatewayOutcome outcome,
                                gpointer data,
                                GError **error);
/* A call that makes something is about to be sent. FALSE without error: overtaken, do not send. */
gboolean mh_gateway_work_sending (MhGatewayWork *work, GError **error);
/* No answer that decides: later again. @unknown: it may have been done. */
gboolean mh_gateway_work_later (MhGatewayWork *work,
                                const MhRzAnswer *answer,
                                gboolean unknown,
                                GError **error);

G_END_DECLS
