/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What is to be asked of the provider next. Each attempt and each refund has one task of its own
 * id; the plan is its step and a job for that step, queued in the same transaction. Whoever finds
 * that the step has moved on was overtaken and leaves things as they are.
 */
#include "server/money/gateway/mh-gateway.h"
#include "server/platform/jobs/mh-jobs.h"
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* A new task, to be done at once. */
gboolean mh_gateway_plan_begin (MhTx *tx,
                                MhServer *server,
                                const char *id,
                                const char *what,
                                GError **error);
/* @task is changed and stored with its step raised, its job of before dropped and one for @at
 * queued; @at 0: nothing more is asked. */
gboolean
mh_gateway_plan_next (MhTx *tx, MhServer *server, MhRecord *task, gint64 at, GError **error);
/* As next() with the task of that id, at once. */
gboolean mh_gateway_plan_now (MhTx *tx, MhServer *server, const char *id, GError **error);
/* The same, and the code itself is asked about, not only its payments: it was told to be closed. */
gboolean mh_gateway_plan_doubt (MhTx *tx, MhServer *server, const char *id, GError **error);
/* The task that a job is for, if its step still stands; NULL without error: it was overtaken. */
MhRecord *mh_gateway_plan_find (MhDb *db, MhRecord *job, GError **error);

G_END_DECLS
