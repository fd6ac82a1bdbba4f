/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The server at work: routes bound, sockets open, jobs running. Programs and tests start it alike.
 */
#include "server/platform/http/mh-call.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

typedef struct _MhServing MhServing;

/* Every vertical's routes. */
void mh_server_bind_routes (MhRouter *router);
/* Listens. A database with demonstration accounts is served on loopback only: MH_ERROR_FORBIDDEN.
 */
MhServing *mh_serving_start (MhServer *server, GError **error);
const char *mh_serving_url (MhServing *serving);
/* Reads the certificate anew; one that cannot be used is logged, and the one before stays. */
void mh_serving_reload (MhServing *serving);
/* How long the slowest thread that speaks HTTP has not done its round, µs. */
gint64 mh_serving_lag (MhServing *serving);
/* Answers what was accepted; FALSE when something was cut off after server.stop_seconds. */
gboolean mh_serving_stop (MhServing *serving);
void mh_serving_free (MhServing *serving);

G_END_DECLS
