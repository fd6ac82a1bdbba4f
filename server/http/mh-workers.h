/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A few threads that take work from one bounded queue, first come first served; when much waits,
 * each takes several at once. */
#include "shared/base/mh-error.h"

G_BEGIN_DECLS

typedef struct _MhWorkers MhWorkers;
typedef void (*MhWork) (gpointer *items, guint n, gpointer data);

#define MH_WORK_AT_ONCE 16

/* @run is called with @data on one of @n_threads threads for each item, with at most @at_once (up
 * to MH_WORK_AT_ONCE) of them. */
MhWorkers *mh_workers_new (const char *name,
                           guint n_threads,
                           guint max_waiting,
                           guint at_once,
                           MhWork run,
                           gpointer data);
/* FALSE when too many wait: the item stays the caller's. Never blocks. */
gboolean mh_workers_push (MhWorkers *workers, gpointer item);
guint mh_workers_waiting (MhWorkers *workers);
/* Finishes what was accepted, then ends the threads. */
void mh_workers_free (MhWorkers *workers);

G_END_DECLS
