/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A few threads that take work from one bounded queue, first come first served. Where several
 * pieces cost less together than one by one, a thread takes several at once when much waits. */
#include "shared/base/mh-error.h"

G_BEGIN_DECLS

typedef struct _MhWorkers MhWorkers;
typedef void (*MhWork) (gpointer *items, guint n, gpointer data);
typedef gboolean (*MhWorkTogether) (gconstpointer item);

#define MH_WORK_AT_ONCE 16

/* @run is called with @data on one of @n_threads threads for each item: for one alone, or for up to
 * MH_WORK_AT_ONCE that came one after the other and of which @together says TRUE. All others are
 * taken singly: what is taken behind a long one waits for it though another thread is free. NULL:
 * always singly. @together is called under the queue's lock. */
MhWorkers *mh_workers_new (const char *name,
                           guint n_threads,
                           guint max_waiting,
                           MhWorkTogether together,
                           MhWork run,
                           gpointer data);
/* FALSE when too many wait: the item stays the caller's. Never blocks. */
gboolean mh_workers_push (MhWorkers *workers, gpointer item);
guint mh_workers_waiting (MhWorkers *workers);
/* Finishes what was accepted, then ends the threads. */
void mh_workers_free (MhWorkers *workers);

G_END_DECLS
