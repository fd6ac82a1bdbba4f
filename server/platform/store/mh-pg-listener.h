/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What the files that know libpq share; the listener's own calls are in mh-db-pg.h. No wait for the
 * database is without an end: libpq is never asked for what it would have to wait for. */
#include "server/platform/store/mh-db-pg.h"
#include <libpq-fe.h>

G_BEGIN_DECLS

/* While the database is away; µs. */
#define PAUSE_FIRST (100 * 1000)
#define PAUSE_MOST (5 * 1000 * 1000)

/* How long a new connection may take, for each host that the address names, and each of its first
 * statements; libpq counts in whole seconds, from 2. */
#define MH_PG_CONNECT_SECONDS 2

/* Never NULL; look at PQstatus(). @name: what the database's activity view shows. Notices go
 * nowhere; the connection does not block. */
PGconn *mh_pg_connect (const char *url, const char *name);

/* Sends what is left and waits until PQgetResult() would not. FALSE: the connection is lost, the
 * database has fallen silent, or @most_us went by (-1: however long it takes). */
gboolean mh_pg_await (PGconn *conn, MhPgPulse *pulse, gint64 most_us);

/* One text, outside of a pipeline. The last result, for the caller to clear; NULL: as above. */
PGresult *mh_pg_ask (PGconn *conn, MhPgPulse *pulse, gint64 most_us, const char *sql);

/* The error of a five-letter SQLSTATE, remembered by @db where it has to be. Messages of class 22
 * quote the value, which may be a patient's: only the code goes on. */
void
mh_pg_raise (MhDb *db, const char *state, const char *constraint, const char *text, GError **error);

/* Of a listener: the database answered by a connection that was made at @conn's time, or it does
 * not. */
void mh_pg_pulse_felt (MhPgPulse *pulse);
void mh_pg_pulse_lost (MhPgPulse *pulse);

G_END_DECLS
