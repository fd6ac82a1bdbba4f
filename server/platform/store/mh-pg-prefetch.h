/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Queries that were sent to PostgreSQL before anybody asked for them; see mh_db_prefetch(). */
#include "shared/db/mh-db.h"

G_BEGIN_DECLS

typedef struct
{
  GBytes *args;
  gpointer result; /* libpq's; NULL: not answered yet, or refused */
  gboolean answered;
  guint wanted; /* so often it was announced and not yet asked for */
  GDestroyNotify clear;
} MhPgPrefetch;

MhPgPrefetch *mh_pg_prefetch_ref (MhPgPrefetch *prefetch);
void mh_pg_prefetch_unref (MhPgPrefetch *prefetch);

/* Those that may still be asked for. Texts are told apart by their address. */
typedef struct _MhPgPrefetches MhPgPrefetches;

/* @clear and @copy are for results. */
MhPgPrefetches *mh_pg_prefetches_new (GDestroyNotify clear, gpointer (*copy) (gpointer result));
void mh_pg_prefetches_free (MhPgPrefetches *prefetches);
/* NULL: the same is there already, and may be asked for once more. The caller unrefs. */
MhPgPrefetch *
mh_pg_prefetches_add (MhPgPrefetches *prefetches, const char *sql, const MhArg *args, guint n_args);
/* NULL: it was not announced. The caller unrefs. */
MhPgPrefetch *mh_pg_prefetches_take (MhPgPrefetches *prefetches,
                                     const char *sql,
                                     const MhArg *args,
                                     guint n_args);
/* The answer of what was taken, for its taker to clear; NULL: there is none. */
gpointer mh_pg_prefetches_result (MhPgPrefetches *prefetches, MhPgPrefetch *prefetch);
void mh_pg_prefetches_drop (MhPgPrefetches *prefetches);
/* Before @write runs: what names the table that it writes; everything, when that cannot be told. */
void mh_pg_prefetches_drop_touched (MhPgPrefetches *prefetches, const char *write);

G_END_DECLS
