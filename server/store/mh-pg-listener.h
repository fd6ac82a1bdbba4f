/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What the two files that know libpq share; the listener's own calls are in mh-db-pg.h. */
#include "server/late/mh-late-pq.h"

G_BEGIN_DECLS

/* libpq; there as soon as mh_pg_load() was TRUE once. */
extern const MhLatePq *mh_pq;
gboolean mh_pg_load (GError **error);

/* While the database is away; µs. */
#define PAUSE_FIRST (100 * 1000)
#define PAUSE_MOST (5 * 1000 * 1000)

/* Never NULL; look at PQstatus(). @name: what the database's activity view shows. Notices go
 * nowhere. */
PGconn *mh_pg_connect (const char *url, const char *name);

G_END_DECLS
