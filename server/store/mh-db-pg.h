/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * PostgreSQL behind mh-db.h. The connection lives in pipeline mode: posts, savepoints and the begin
 * of a read are sent without waiting, and whatever needs an answer next collects theirs too. A lost
 * connection shows as MH_ERROR_BUSY; the next begin, or the next statement outside a transaction,
 * makes a new one, with growing pauses while the database is away.
 */
#include "shared/db/mh-db.h"

G_BEGIN_DECLS

/* @url: "postgresql://user@host/name" or any connection string of libpq. @name: what the database's
 * activity view shows. @flags: MH_DB_READ_ONLY or 0. */
MhDb *mh_db_pg_open (const char *url, const char *name, guint flags, GError **error);

/* What a connection begins with; administration may lift it for a while. */
#define MH_PG_LIMITS                                                                               \
  "SET statement_timeout = 30000; SET lock_timeout = 20000;"                                       \
  "SET idle_in_transaction_session_timeout = 60000;"

/* Between the files of this driver: mh_db_query_long(), and whether a transaction is open. */
MhRows *
mh_db_pg_query_long (MhDb *db, const char *sql, const MhArg *args, guint n_args, GError **error);
gboolean mh_db_pg_in_transaction (MhDb *db);

/* Posts a notification on the feed's channel; every listener gets it if and when the transaction
 * commits. */
gboolean mh_db_pg_notify (MhDb *db, const char *payload, GError **error);

/* Waits for notifications in a thread of its own over a connection of its own. @payload is NULL
 * when the connection was made or made again: some may have been missed. */
typedef void (*MhPgHeard) (const char *payload, gpointer data);
typedef struct _MhPgListener MhPgListener;

MhPgListener *mh_pg_listener_new (const char *url, MhPgHeard func, gpointer data);
void
mh_pg_listener_free (MhPgListener *listener); /* @func is not running any more when it returns */

G_END_DECLS
