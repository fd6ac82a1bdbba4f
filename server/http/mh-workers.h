/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A few threads that take work from one bounded queue, first come first served. */
#include "shared/base/mh-error.h"

G_BEGIN_DECLS

typedef struct _MhWorkers MhWorkers;
typedef void (*MhWork) (gpointer item, gpointer data);

/* @run is called with @data on one of @n_threads threads for each item. */
MhWorkers *
mh_workers_new (const char *name, guint n_threads, guint max_waiting, MhWork run, gpointer data);
/* FALSE when too many wait: the item stays the caller's. Never blocks. */
gboolean mh_workers_push (MhWorkers *workers, gpointer item);
guint mh_workers_waiting (MhWorkers *workers);
/* Finishes what was accepted, then ends the threads. */
void mh_workers_free (MhWorkers *workers);

G_END_DECLS
