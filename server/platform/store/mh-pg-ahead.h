/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Queries that were sent to PostgreSQL before anybody asked for them; see mh_db_ahead(). */
#include "shared/db/mh-db.h"

G_BEGIN_DECLS

typedef struct
{
  GBytes *args;
  gpointer result; /* libpq's; NULL: not answered yet, or refused */
  gboolean answered;
  guint wanted; /* so often it was announced and not yet asked for */
  GDestroyNotify clear;
} MhPgAhead;

MhPgAhead *mh_pg_ahead_ref (MhPgAhead *ahead);
void mh_pg_ahead_unref (MhPgAhead *ahead);

/* Those that may still be asked for. Texts are told apart by their address. */
typedef struct _MhPgAheads MhPgAheads;

/* @clear and @copy are for results. */
MhPgAheads *mh_pg_aheads_new (GDestroyNotify clear, gpointer (*copy) (gpointer result));
void mh_pg_aheads_free (MhPgAheads *aheads);
/* NULL: the same is there already, and may be asked for once more. The caller unrefs. */
MhPgAhead *mh_pg_aheads_add (MhPgAheads *aheads, const char *sql, const MhArg *args, guint n_args);
/* NULL: it was not announced. The caller unrefs. */
MhPgAhead *mh_pg_aheads_take (MhPgAheads *aheads, const char *sql, const MhArg *args, guint n_args);
/* The answer of what was taken, for its taker to clear; NULL: there is none. */
gpointer mh_pg_aheads_result (MhPgAheads *aheads, MhPgAhead *ahead);
void mh_pg_aheads_drop (MhPgAheads *aheads);
/* Before @write runs: what names the table that it writes; everything, when that cannot be told. */
void mh_pg_aheads_drop_touched (MhPgAheads *aheads, const char *write);

G_END_DECLS
