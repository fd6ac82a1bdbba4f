/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Things kept by what they were made from. */
#include "server/platform/common/mh-lru-cache.h"

static MhLruCache *
text_cache (void)
{
  return mh_lru_cache_new (1000, (MhLruCacheRef)g_bytes_ref, (GDestroyNotify)g_bytes_unref);
}

static void
put (MhLruCache *cache, const char *id, const char *key, gsize length)
{
  g_autofree char *text = g_strnfill (length, id[0]);
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);
  mh_lru_cache_put (cache, id, key, bytes, length);
}

static gboolean
has (MhLruCache *cache, const char *id, const char *key)
{
  g_autoptr (GBytes) text = mh_lru_cache_find (cache, id, key);
  if (text != NULL)
    g_assert_cmpint (*(const char *)g_bytes_get_data (text, NULL), ==, id[0]);
  return text != NULL;
}

static void
test_key (void)
{
  g_autoptr (MhLruCache) cache = text_cache ();
  g_assert_false (has (cache, "a", "1:10"));
  put (cache, "a", "1:10", 100);
  g_assert_true (has (cache, "a", "1:10"));
  g_assert_false (has (cache, "a", "1:11"));
  g_assert_false (has (cache, "b", "1:10"));
  put (cache, "a", "2:20", 100);
  g_assert_true (has (cache, "a", "2:20"));
  g_assert_false (has (cache, "a", "1:10"));
}

/* 1000 bytes are two halves of 500. */
static void
test_room (void)
{
  g_autoptr (MhLruCache) cache = text_cache ();
  put (cache, "a", "1", 250);
  put (cache, "b", "1", 250);            /* just full */
  put (cache, "c", "1", 250);            /* a and b lie in the old half now */
  g_assert_true (has (cache, "a", "1")); /* and a is young again */
  put (cache, "d", "1", 250);            /* b, which nobody wanted, goes */
  g_assert_false (has (cache, "b", "1"));
  g_assert_true (has (cache, "a", "1"));
  g_assert_true (has (cache, "c", "1"));
  g_assert_true (has (cache, "d", "1"));
}

static void
test_too_long (void)
{
  g_autoptr (MhLruCache) cache = text_cache ();
  put (cache, "a", "1", 500);
  put (cache, "b", "1", 501);
  g_assert_true (has (cache, "a", "1"));
  g_assert_false (has (cache, "b", "1"));
}

/* A new text of the same order takes the old one's room. */
static void
test_again (void)
{
  g_autoptr (MhLruCache) cache = text_cache ();
  put (cache, "a", "1", 200);
  put (cache, "b", "1", 200);
  for (guint i = 2; i < 50; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i);
      put (cache, "a", key, 200);
      g_assert_true (has (cache, "a", key));
    }
  g_assert_true (has (cache, "b", "1"));
}

static gpointer
use (gpointer data)
{
  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *id = g_strdup_printf ("%c", 'a' + (char)(i % 26));
      if (!has (data, id, "1"))
        put (data, id, "1", 90);
    }
  return NULL;
}

static void
test_side_by_side (void)
{
  g_autoptr (MhLruCache) cache = text_cache ();
  GThread *threads[4];
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("use", use, cache);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cache/key", test_key);
  g_test_add_func ("/cache/room", test_room);
  g_test_add_func ("/cache/too-long", test_too_long);
  g_test_add_func ("/cache/again", test_again);
  g_test_add_func ("/cache/side-by-side", test_side_by_side);
  return g_test_run ();
}
