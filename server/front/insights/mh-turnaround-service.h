/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * How long each test takes (rules.md 15), and which are late. The times are gathered from the
 * orders as the feed tells of them, a little after they change; a test that is late in the
 * laboratory raises an alert for its order and bench, which is cleared when it is verified or goes
 * back to be collected.
 */
#include "server/front/insights/mh-turnaround-store.h"
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

#define MH_JOB_TURNAROUND "turnaround.gather"

/* Takes in what changed; at most some hundred orders at once. *out_more: there is more. */
gboolean
mh_turnaround_service_gather (MhTx *tx, MhCatalogue *catalogue, gboolean *out_more, GError **error);
/* Raises alerts for what became late. */
gboolean mh_turnaround_service_watch (MhTx *tx, GError **error);
/* The job that does both each minute, and the observer that clears what is done; before they start.
 */
void mh_turnaround_service_register (MhServer *server);

G_END_DECLS
