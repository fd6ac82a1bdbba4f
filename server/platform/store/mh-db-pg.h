/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * PostgreSQL behind mh-db.h. The connection lives in pipeline mode: posts, savepoints and the begin
 * of a read are sent without waiting, and whatever needs an answer next collects theirs too. A lost
 * connection shows as MH_ERROR_BUSY; the next begin, or the next statement outside a transaction,
 * makes a new one, with growing pauses while the database is away. A full disk or a damaged page of
 * the database's shows as MH_ERROR_STORAGE.
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

/*
 * Whether the database answers at all. A frozen machine or a cut cable shows nowhere but in the
 * silence, so the listener below asks every quarter of a second; when two seconds bring no answer,
 * every wait on a connection that heeds the pulse ends with MH_ERROR_BUSY, and every later call
 * fails at once. The listener alone goes on trying; its first answer opens the way again.
 */
typedef struct _MhPgPulse MhPgPulse;

MhPgPulse *mh_pg_pulse_new (void);
MhPgPulse *mh_pg_pulse_ref (MhPgPulse *pulse);
void mh_pg_pulse_unref (MhPgPulse *pulse);               /* or NULL */
gboolean mh_pg_pulse_is_silent (const MhPgPulse *pulse); /* NULL never is */
/* So often it came back after a silence: connections from before may be dead without a word. */
gint mh_pg_pulse_returns (const MhPgPulse *pulse);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhPgPulse, mh_pg_pulse_unref)

/* From here on @db heeds @pulse, and no statement waits for longer than MH_PG_LIMITS allow. */
void mh_db_pg_heed (MhDb *db, MhPgPulse *pulse);

/* Waits for notifications in a thread of its own over a connection of its own, and keeps @pulse.
 * @payload: as mh_db_pg_notify() was given it; " N" with the feed's number as it stands, when the
 * connection was made or made again: some may have been missed. */
typedef void (*MhPgHeard) (const char *payload, gpointer data);
typedef struct _MhPgListener MhPgListener;

MhPgListener *mh_pg_listener_new (const char *url, MhPgPulse *pulse, MhPgHeard func, gpointer data);
/* Does the database answer just now? Never waits. FALSE: MH_ERROR_BUSY with the reason. */
gboolean mh_pg_listener_check (MhPgListener *listener, GError **error);
void
mh_pg_listener_free (MhPgListener *listener); /* @func is not running any more when it returns */

G_END_DECLS
