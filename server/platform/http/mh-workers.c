/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/http/mh-workers.h"

struct _MhWorkers
{
  GMutex mutex;
  GCond more;
  GQueue items;
  guint max_waiting;
  guint idle; /* threads that sleep */
  gboolean closing;
  MhWorkTogether together;
  MhWork run;
  gpointer data;
  GThread **threads;
  guint n_threads;
};

static gboolean
next_joins (MhWorkers *workers)
{
  gconstpointer next = g_queue_peek_head (&workers->items);
  return next != NULL && workers->together != NULL && workers->together (next);
}

/* At most a fair share of what waits. Under the lock. */
static guint
workers_take (MhWorkers *workers, gpointer *out_items)
{
  guint share = (workers->items.length + workers->n_threads - 1) / workers->n_threads;
  guint n = 0;
  while (n < MIN (share, MH_WORK_AT_ONCE) && next_joins (workers))
    out_items[n++] = g_queue_pop_head (&workers->items);
  if (n == 0 && share > 0)
    out_items[n++] = g_queue_pop_head (&workers->items);
  return n;
}

static gpointer
work (gpointer data)
{
  MhWorkers *workers = data;
  gpointer items[MH_WORK_AT_ONCE];
  g_mutex_lock (&workers->mutex);

  for (;;)
    {
      while (workers->items.length == 0 && !workers->closing)
        {
          workers->idle++;
          g_cond_wait (&workers->more, &workers->mutex);
          workers->idle--;
        }
      guint n = workers_take (workers, items);
      if (n == 0)
        break;
      g_mutex_unlock (&workers->mutex);
      workers->run (items, n, workers->data);
      g_mutex_lock (&workers->mutex);
    }

  g_mutex_unlock (&workers->mutex);
  return NULL;
}

MhWorkers *
mh_workers_new (const char *name,
                guint n_threads,
                guint max_waiting,
                MhWorkTogether together,
                MhWork run,
                gpointer data)
{
  MhWorkers *workers = g_new0 (MhWorkers, 1);
  g_mutex_init (&workers->mutex);
  g_cond_init (&workers->more);
  g_queue_init (&workers->items);
  workers->max_waiting = max_waiting;
  workers->together = together;
  workers->run = run;
  workers->data = data;
  workers->n_threads = n_threads;
  workers->threads = g_new0 (GThread *, n_threads);
  for (guint i = 0; i < n_threads; i++)
    workers->threads[i] = g_thread_new (name, work, workers);
  return workers;
}

gboolean
mh_workers_push (MhWorkers *workers, gpointer item)
{
  g_mutex_lock (&workers->mutex);
  gboolean ok = !workers->closing && workers->items.length < workers->max_waiting;
  if (ok)
    {
      g_queue_push_tail (&workers->items, item);
      if (workers->idle > 0)
        g_cond_signal (&workers->more);
    }
  g_mutex_unlock (&workers->mutex);
  return ok;
}

guint
mh_workers_waiting (MhWorkers *workers)
{
  g_mutex_lock (&workers->mutex);
  guint waiting = workers->items.length;
  g_mutex_unlock (&workers->mutex);
  return waiting;
}

void
mh_workers_free (MhWorkers *workers)
{
  if (workers == NULL)
    return;

  g_mutex_lock (&workers->mutex);
  workers->closing = TRUE;
  g_cond_broadcast (&workers->more);
  g_mutex_unlock (&workers->mutex);
  for (guint i = 0; i < workers->n_threads; i++)
    g_thread_join (workers->threads[i]);
  g_free (workers->threads);
  g_queue_clear (&workers->items);
  g_cond_clear (&workers->more);
  g_mutex_clear (&workers->mutex);
  g_free (workers);
}
