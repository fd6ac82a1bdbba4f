/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/base/mh-id.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>

#include "shared/base/mh-clock.h"

#define RANDOM 10 /* bytes of an id */
#define POOL 64   /* ids for which randomness is asked of the system at once */

char *
mh_id_new_from (gint64 time_ms, const guint8 random[RANDOM])
{
  static const char hex[] = "0123456789abcdef";
  guint8 b[16];
  for (int i = 0; i < 6; i++)
    b[i] = (guint8)(time_ms >> (40 - 8 * i));
  memcpy (b + 6, random, RANDOM);
  b[6] = (guint8)((b[6] & 0x0f) | 0x70);
  b[8] = (guint8)((b[8] & 0x3f) | 0x80);

  char *text = g_malloc (MH_ID_LENGTH + 1);
  int at = 0;
  for (int i = 0; i < 16; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        text[at++] = '-';
      text[at++] = hex[b[i] >> 4];
      text[at++] = hex[b[i] & 15];
    }

  text[at] = 0;
  return text;
}

static guint n_pooled;

/* Or parent and child would go on with the same ids. */
static void
forget_pool (void)
{
  n_pooled = 0;
}

/* Under the lock of mh_id_new(). */
static void
take_random (guint8 out[RANDOM])
{
  static guint8 pool[POOL][RANDOM];
  static gboolean is_watched;
  if (!is_watched)
    is_watched = pthread_atfork (NULL, NULL, forget_pool) == 0;
  if (n_pooled == 0)
    {
      randombytes_buf (pool, sizeof pool);
      n_pooled = is_watched ? POOL : 1;
    }
  memcpy (out, pool[--n_pooled], RANDOM);
}

char *
mh_id_new (void)
{
  /* The 12 bits after the time count within one millisecond (RFC 9562, method 1), so that rows made
   * by one process stay in order and their index pages stay warm. */
  static GMutex lock;
  static gint64 last_ms;
  static guint counter;
  guint8 random[RANDOM];

  g_mutex_lock (&lock);
  take_random (random);
  gint64 ms = mh_clock_now (NULL) / 1000;

  if (ms > last_ms)
    {
      last_ms = ms;
      counter = random[0];
    }
  else if (++counter > 0xfff)
    {
      last_ms++;
      counter = 0;
    }

  ms = last_ms;
  random[0] = (guint8)(counter >> 8);
  random[1] = (guint8)counter;
  g_mutex_unlock (&lock);

  return mh_id_new_from (ms, random);
}

gboolean
mh_id_is_valid (const char *text)
{
  if (text == NULL)
    return FALSE;
  for (int i = 0; i < MH_ID_LENGTH; i++)
    {
      gboolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? text[i] != '-' : !g_ascii_isxdigit (text[i]) || g_ascii_isupper (text[i]))
        return FALSE;
    }
  return text[MH_ID_LENGTH] == 0;
}

gint64
mh_id_time (const char *id)
{
  if (!mh_id_is_valid (id) || id[14] != '7')
    return 0;
  gint64 milliseconds = 0;
  for (const char *c = id; c < id + 13; c++)
    if (*c != '-')
      milliseconds = milliseconds * 16 + g_ascii_xdigit_value (*c);
  return milliseconds * 1000;
}

char *
mh_id_brief (const char *id)
{
  if (!mh_id_is_valid (id))
    return NULL;
  return g_strdup_printf ("%.8s%.4s%.4s%.4s%.12s", id, id + 9, id + 14, id + 19, id + 24);
}

char *
mh_id_from_brief (const char *digits, gsize length)
{
  if (length != MH_ID_LENGTH - 4 || strnlen (digits, length) != length)
    return NULL;
  g_autofree char *text = g_strdup_printf ("%.8s-%.4s-%.4s-%.4s-%.12s", digits, digits + 8,
                                           digits + 12, digits + 16, digits + 20);
  g_autofree char *id = g_ascii_strdown (text, -1);
  return mh_id_is_valid (id) ? g_steal_pointer (&id) : NULL;
}
