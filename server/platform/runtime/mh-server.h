/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What lives as long as the server process: configuration, store, clock, and the parts that the
 * groups keep in it (sessions, jobs, the catalogue in memory, the gateway). Handed down to
 * services; nothing of it is global. server/app makes it; a part is found by a function of its own
 * room, such as mh_server_catalogue() in lab/catalogue.
 */
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server-config.h"
#include "server/platform/store/mh-store.h"
#include "shared/base/mh-clock.h"

G_BEGIN_DECLS

typedef struct _MhServer MhServer;

/* Takes all three. */
MhServer *mh_server_new_of (MhServerConfig *config, MhStore *store, MhClock *clock);
/* Lets the parts go, the last one kept first, then store, clock and configuration. */
void mh_server_free (MhServer *server);
MhServerConfig *mh_server_config (MhServer *server);
MhStore *mh_server_store (MhServer *server);
MhClock *mh_server_clock (MhServer *server);
/* The instant of what is asked: of its transaction, one for all of it; else what the server's clock
 * says now, without a server the machine's. */
gint64 mh_request_now (const MhRequest *req);
/* When it was made, by its clock. */
gint64 mh_server_started (MhServer *server);

/* It will stop soon: /health/ready answers 503 from now on, so that whoever spreads requests sends
 * no new ones here; what comes is served all the same. On any thread. */
void mh_server_drain (MhServer *server);
gboolean mh_server_is_draining (MhServer *server);

/* Keeps @part until the server goes; @free lets it go. @key is a static string of the room that the
 * part belongs to, and the same pointer finds it. Only while the server is put together, on one
 * thread. */
void mh_server_keep (MhServer *server, const char *key, gpointer part, GDestroyNotify free);
/* The part kept under @key, NULL if none is; on any thread. */
gpointer mh_server_part (MhServer *server, const char *key);

G_END_DECLS
