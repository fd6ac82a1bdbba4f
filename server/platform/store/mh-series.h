/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Numbers without gaps while the write queue is ours: a series is read once in a transaction and
 * written once at its end, however many of its requests take numbers. A request that fails gives
 * its numbers back. For the write queue's thread alone.
 */
#include "shared/db/mh-db.h"

G_BEGIN_DECLS

typedef struct _MhSeries MhSeries;

MhSeries *mh_series_new (void);
void mh_series_free (MhSeries *series);
void mh_series_forget (MhSeries *series); /* a transaction begins */
/* Announces those that the transaction before took numbers of (mh_db_prefetch()). */
void mh_series_prefetch (MhSeries *series, MhDb *db);
void mh_series_mark (MhSeries *series); /* a request begins … */
void mh_series_undo (MhSeries *series); /* … and failed */
/* Created at 1 when new; -1: error. */
gint64 mh_series_next (MhSeries *series, MhDb *db, const char *code, GError **error);
gboolean mh_series_has_moved (MhSeries *series);
/* What was taken; before the commit. */
gboolean mh_series_write (MhSeries *series, MhDb *db, gint64 now, GError **error);

G_END_DECLS
