/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Things kept by what they were made from. */
#include "server/platform/common/mh-shelf.h"

static MhShelf *
text_shelf (void)
{
  return mh_shelf_new (1000, (MhShelfRef)g_bytes_ref, (GDestroyNotify)g_bytes_unref);
}

static void
put (MhShelf *shelf, const char *id, const char *key, gsize length)
{
  g_autofree char *text = g_strnfill (length, id[0]);
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);
  mh_shelf_put (shelf, id, key, bytes, length);
}

static gboolean
has (MhShelf *shelf, const char *id, const char *key)
{
  g_autoptr (GBytes) text = mh_shelf_find (shelf, id, key);
  if (text != NULL)
    g_assert_cmpint (*(const char *)g_bytes_get_data (text, NULL), ==, id[0]);
  return text != NULL;
}

static void
test_key (void)
{
  g_autoptr (MhShelf) shelf = text_shelf ();
  g_assert_false (has (shelf, "a", "1:10"));
  put (shelf, "a", "1:10", 100);
  g_assert_true (has (shelf, "a", "1:10"));
  g_assert_false (has (shelf, "a", "1:11"));
  g_assert_false (has (shelf, "b", "1:10"));
  put (shelf, "a", "2:20", 100);
  g_assert_true (has (shelf, "a", "2:20"));
  g_assert_false (has (shelf, "a", "1:10"));
}

/* 1000 bytes are two halves of 500. */
static void
test_room (void)
{
  g_autoptr (MhShelf) shelf = text_shelf ();
  put (shelf, "a", "1", 250);
  put (shelf, "b", "1", 250);            /* just full */
  put (shelf, "c", "1", 250);            /* a and b lie in the old half now */
  g_assert_true (has (shelf, "a", "1")); /* and a is young again */
  put (shelf, "d", "1", 250);            /* b, which nobody wanted, goes */
  g_assert_false (has (shelf, "b", "1"));
  g_assert_true (has (shelf, "a", "1"));
  g_assert_true (has (shelf, "c", "1"));
  g_assert_true (has (shelf, "d", "1"));
}

static void
test_too_long (void)
{
  g_autoptr (MhShelf) shelf = text_shelf ();
  put (shelf, "a", "1", 500);
  put (shelf, "b", "1", 501);
  g_assert_true (has (shelf, "a", "1"));
  g_assert_false (has (shelf, "b", "1"));
}

/* A new text of the same order takes the old one's room. */
static void
test_again (void)
{
  g_autoptr (MhShelf) shelf = text_shelf ();
  put (shelf, "a", "1", 200);
  put (shelf, "b", "1", 200);
  for (guint i = 2; i < 50; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i);
      put (shelf, "a", key, 200);
      g_assert_true (has (shelf, "a", key));
    }
  g_assert_true (has (shelf, "b", "1"));
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
  g_autoptr (MhShelf) shelf = text_shelf ();
  GThread *threads[4];
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("use", use, shelf);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shelf/key", test_key);
  g_test_add_func ("/shelf/room", test_room);
  g_test_add_func ("/shelf/too-long", test_too_long);
  g_test_add_func ("/shelf/again", test_again);
  g_test_add_func ("/shelf/side-by-side", test_side_by_side);
  return g_test_run ();
}
