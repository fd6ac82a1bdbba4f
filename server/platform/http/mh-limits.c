/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/http/mh-limits.h"

#include <sodium.h>
#include <string.h>

#include "shared/base/mh-clock.h"

#define MAX_CALLERS 50000

/* A bucket is kept as the moment at which it is full again, in µs: taking one moves it by the time
 * in which one is refilled (the generic cell rate algorithm). */
typedef struct
{
  guint64 key;
  gint64 full_at;
} Bucket;

typedef struct
{
  gint64 step;  /* µs in which one is refilled; 0: no limit */
  gint64 depth; /* µs worth of a whole burst */
} Rate;

struct _MhLimits
{
  GMutex mutex;
  guint8 secret[crypto_shorthash_KEYBYTES]; /* so that nobody can aim at another's bucket */
  Rate rates[MH_RATE_NONE];
  GHashTable *buckets;
};

MhLimits *
mh_limits_new (const guint per_minute[MH_RATE_NONE])
{
  MhLimits *limits = g_new0 (MhLimits, 1);
  g_mutex_init (&limits->mutex);
  randombytes_buf (limits->secret, sizeof limits->secret);
  limits->buckets = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);

  for (guint i = 0; i < MH_RATE_NONE; i++)
    if (per_minute[i] > 0)
      {
        guint burst = i == MH_RATE_NORMAL ? MAX (per_minute[i] / 3, 1) : per_minute[i];
        limits->rates[i].step = MH_MINUTE / per_minute[i];
        limits->rates[i].depth = limits->rates[i].step * burst;
      }

  return limits;
}

void
mh_limits_free (MhLimits *limits)
{
  if (limits == NULL)
    return;
  g_hash_table_unref (limits->buckets);
  g_mutex_clear (&limits->mutex);
  g_free (limits);
}

static gboolean
is_full (gpointer key, gpointer value, gpointer data)
{
  return ((Bucket *)value)->full_at <= *(gint64 *)data;
}

static Bucket *
find_bucket (MhLimits *limits, guint64 key, gint64 now)
{
  Bucket *bucket = g_hash_table_lookup (limits->buckets, &key);
  if (bucket != NULL)
    return bucket;

  if (g_hash_table_size (limits->buckets) >= MAX_CALLERS)
    g_hash_table_foreach_remove (limits->buckets, is_full, &now);
  if (g_hash_table_size (limits->buckets) >= MAX_CALLERS)
    return NULL;

  bucket = g_new0 (Bucket, 1);
  bucket->key = key;
  bucket->full_at = now;
  g_hash_table_insert (limits->buckets, &bucket->key, bucket);
  return bucket;
}

gboolean
mh_limits_take (MhLimits *limits, MhRateClass rate, const char *caller, gint64 now, GError **error)
{
  if (rate >= MH_RATE_NONE || limits->rates[rate].step == 0)
    return TRUE;

  const Rate *r = &limits->rates[rate];
  guint64 key;
  G_STATIC_ASSERT (crypto_shorthash_BYTES == sizeof key);
  crypto_shorthash ((guint8 *)&key, (const guint8 *)caller, strlen (caller), limits->secret);
  key += rate;
  g_mutex_lock (&limits->mutex);

  Bucket *bucket = find_bucket (limits, key, now);
  gint64 full_at = bucket != NULL ? MAX (bucket->full_at, now) + r->step : G_MAXINT64;
  gint64 wait = bucket != NULL ? full_at - now - r->depth : MH_SECOND;

  if (wait <= 0)
    bucket->full_at = full_at;
  g_mutex_unlock (&limits->mutex);
  if (wait <= 0)
    return TRUE;

  mh_error_set_retry (error, MH_ERROR_RATE, (guint)((wait + MH_SECOND - 1) / MH_SECOND),
                      "Too many requests in a short time; wait a little.");
  return FALSE;
}
