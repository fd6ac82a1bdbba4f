/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What lives as long as the server process: configuration, store, sessions, audit reader's batch,
 * the catalogue in memory, the job runner. Handed down to services; nothing of it is global.
 */
#include "server/app/mh-server-config.h"
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

typedef struct _MhServer MhServer;
typedef struct _MhSessions MhSessions;   /* server/platform/auth/mh-sessions.h */
typedef struct _MhReadLog MhReadLog;     /* server/platform/audit/mh-read-log.h */
typedef struct _MhCatalogue MhCatalogue; /* server/lab/catalogue/mh-catalogue.h */
typedef struct _MhShelf MhShelf;         /* server/platform/common/mh-shelf.h */
typedef struct _MhJobs MhJobs;           /* server/platform/jobs/mh-jobs.h */
typedef struct _MhGateway MhGateway;     /* server/money/gateway/mh-gateway.h */

MhServer *mh_server_new (MhServerConfig *config, GError **error); /* takes the configuration */
void mh_server_free (MhServer *server);
MhServerConfig *mh_server_config (MhServer *server);
MhStore *mh_server_store (MhServer *server);
MhClock *mh_server_clock (MhServer *server);
MhSessions *mh_server_sessions (MhServer *server);
MhReadLog *mh_server_read_log (MhServer *server);
MhCatalogue *mh_server_catalogue (MhServer *server);
/* Of the order board: orders' texts by their versions, pages by the feed. */
MhShelf *mh_server_order_texts (MhServer *server);
MhShelf *mh_server_order_pages (MhServer *server);
MhJobs *mh_server_jobs (MhServer *server);
MhGateway *mh_server_gateway (MhServer *server);
gint64 mh_server_started (MhServer *server);
/* Threads that do I/O, and those that run handlers, as configured or fitting the machine. */
guint mh_server_n_threads (MhServerConfig *config);
guint mh_server_n_workers (MhServerConfig *config);

G_END_DECLS
