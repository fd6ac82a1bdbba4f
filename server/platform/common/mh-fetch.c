/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/common/mh-fetch.h"

#include "server/platform/late/mh-late-curl.h"
#include "server/platform/late/mh-late.h"

struct _MhFetcher
{
  GMutex lock;
  const MhLateFetch *late; /* NULL: nothing was asked yet */
  MhLateFetcher *inner;
  gboolean stop;
};

MhFetcher *
mh_fetcher_new (void)
{
  MhFetcher *fetcher = g_new0 (MhFetcher, 1);
  g_mutex_init (&fetcher->lock);
  return fetcher;
}

void
mh_fetcher_free (MhFetcher *fetcher)
{
  if (fetcher == NULL)
    return;
  if (fetcher->inner != NULL)
    fetcher->late->fetcher_free (fetcher->inner);
  g_mutex_clear (&fetcher->lock);
  g_free (fetcher);
}

void
mh_fetcher_stop (MhFetcher *fetcher)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fetcher->lock);
  fetcher->stop = TRUE;
  if (fetcher->inner != NULL)
    fetcher->late->fetcher_stop (fetcher->inner);
}

void
mh_fetched_free (MhFetched *fetched)
{
  if (fetched == NULL)
    return;
  g_clear_pointer (&fetched->body, g_bytes_unref);
  g_free (fetched->content_type);
  g_free (fetched->error);
  g_free (fetched);
}

static gboolean
is_ready (MhFetcher *fetcher, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fetcher->lock);
  if (fetcher->inner != NULL)
    return TRUE;
  fetcher->late = mh_late_find ("curl", "mh_late_fetch", error);
  if (fetcher->late == NULL)
    return FALSE;
  fetcher->inner = fetcher->late->fetcher_new ();
  if (fetcher->stop)
    fetcher->late->fetcher_stop (fetcher->inner);
  return TRUE;
}

MhFetched *
mh_fetcher_ask (MhFetcher *fetcher, const MhFetch *wanted)
{
  g_autoptr (GError) error = NULL;
  if (is_ready (fetcher, &error))
    return fetcher->late->fetcher_ask (fetcher->inner, wanted);
  MhFetched *fetched = g_new0 (MhFetched, 1);
  fetched->body = g_bytes_new (NULL, 0);
  fetched->error = g_strdup (error->message);
  return fetched;
}
