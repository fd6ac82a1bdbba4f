/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/compat/mh-pace.h"

/* Which letters a scanner typed and which a hand: the gaps between the keys, and what of them is a
 * scan. */
#define GAPS 14

typedef struct
{
  const char *what;
  guint gaps[GAPS]; /* ms between the letters, at the end that before the Enter; then zeros */
  guint letters;    /* of the scan: the last ones before the Enter; 0: a hand typed them */
} Row;

static const Row rows[] = {
  { "a scanner of 2 ms", { 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2 }, 12 },
  { "a scanner of 20 ms", { 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20 }, 12 },
  { "keys of 30 ms", { 30, 30, 30, 30, 30, 30 }, 6 },
  { "keys of 31 ms", { 31, 31, 31, 31, 31, 31 }, 0 },
  { "a hand of 45 ms", { 45, 45, 45, 45, 45, 45, 45, 45 }, 0 },
  { "a hand of 100 ms", { 100, 100, 100, 100, 100, 100 }, 0 },
  { "three letters", { 2, 2, 2 }, 0 },
  { "four letters", { 2, 2, 2, 2 }, 4 },
  { "one late", { 2, 2, 2, 82, 2, 2, 2, 2, 2, 2, 2, 2 }, 12 },
  { "one of a slow scanner late", { 20, 20, 20, 100, 20, 20, 20, 20, 20, 20, 20, 20 }, 12 },
  { "two late", { 2, 2, 82, 2, 2, 82, 2, 2, 2, 2, 2, 2 }, 12 },
  { "three a little late", { 2, 31, 2, 31, 2, 31, 2, 2, 2, 2, 2, 2 }, 6 },
  { "three that are not late", { 2, 30, 2, 30, 2, 30, 2, 2, 2, 2, 2, 2 }, 12 },
  { "Enter the second late one", { 2, 2, 82, 2, 2, 2, 2, 2, 2, 2, 2, 82 }, 12 },
  { "Enter the third late one", { 2, 31, 2, 31, 2, 2, 2, 2, 2, 2, 2, 31 }, 0 },
  { "30 ms in the mean", { 10, 10, 10, 90 }, 4 },
  { "more than 30 ms in the mean", { 10, 10, 10, 91 }, 0 },
  { "150 ms behind", { 180, 2, 2, 2, 2, 2, 2, 2 }, 8 },
  { "151 ms behind", { 181, 2, 2, 2, 2, 2, 2, 2 }, 7 },
  { "Enter by a hand", { 2, 2, 2, 200 }, 0 },
};

static guint
letters_of (const Row *row, guint32 time)
{
  MhPace pace = { 0 };
  g_assert_true (mh_pace_goes_on (&pace, time));
  mh_pace_add (&pace, time);

  for (guint at = 0; at + 1 < GAPS; at++)
    {
      time += row->gaps[at];
      if (row->gaps[at + 1] == 0)
        return mh_pace_is_scan (&pace, time) ? pace.count : 0;

      if (!mh_pace_goes_on (&pace, time))
        pace = (MhPace){ 0 };
      mh_pace_add (&pace, time);
    }

  g_assert_not_reached ();
}

static void
test_verdict (gconstpointer data)
{
  const Row *row = data;
  g_assert_cmpuint (letters_of (row, 1000), ==, row->letters);
  /* the display's clock starts again between the first two keys */
  g_assert_cmpuint (letters_of (row, G_MAXUINT32), ==, row->letters);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/pace/%s", rows[i].what);
      g_test_add_data_func (path, &rows[i], test_verdict);
    }

  return g_test_run ();
}
