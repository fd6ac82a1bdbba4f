/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What the two files that know libpq share; the listener's own calls are in mh-db-pg.h. */
#include <glib.h>

G_BEGIN_DECLS

/* While the database is away; µs. */
#define PAUSE_FIRST (100 * 1000)
#define PAUSE_MOST (5 * 1000 * 1000)

/* Never NULL; look at PQstatus(). @name: what the database's activity view shows. Notices go
 * nowhere. */
struct pg_conn *mh_pg_connect (const char *url, const char *name);

G_END_DECLS
