/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dose shorthand as doctors type it. */
#include "shared/rules/clinic/mh-dose.h"

#include <string.h>

static void
test_read (void)
{
  static const struct
  {
    const char *text, *frequency;
    gint64 days, quantity;
    gboolean as_needed;
  } rows[] = {
    { "1-0-1 x 5d", "1-0-1", 5, 10, FALSE },
    { "1-0-1", "1-0-1", 0, 0, FALSE },
    { " 1 - 1 - 1 × 1 week ", "1-1-1", 7, 21, FALSE },
    { "½-0-½ x 5d", "½-0-½", 5, 5, FALSE },
    { "1½-0-0 x 1d", "1½-0-0", 1, 2, FALSE },
    { "0-0-1/2 x 3d", "0-0-1/2", 3, 2, FALSE },
    { "0.5-0-0.5 x 3 days", "0.5-0-0.5", 3, 3, FALSE },
    { "1-1-1-1 for 2 weeks", "1-1-1-1", 14, 56, FALSE },
    { "2-0-2 x 1 month", "2-0-2", 30, 120, FALSE },
    { "bd x 5d", "BD", 5, 10, FALSE },
    { "TDS", "TDS", 0, 0, FALSE },
    { "tid x 3d", "TDS", 3, 9, FALSE },
    { "daily for 1 day", "OD", 1, 1, FALSE },
    { "every 8 h x 3d", "every 8 hours", 3, 9, FALSE },
    { "q6h for 2 days", "every 6 hours", 2, 8, FALSE },
    { "8 hourly", "every 8 hours", 0, 0, FALSE },
    { "every 5 hours x 2d", "every 5 hours", 2, 0, FALSE },
    { "every 1 hour", "every hour", 0, 0, FALSE },
    { "SOS", "SOS", 0, 0, TRUE },
    { "prn x 3d", "SOS", 3, 0, TRUE },
    { "1-0-1 SOS x 3d", "1-0-1", 3, 0, TRUE },
    { "1-0-1 x 3d if needed", "1-0-1", 3, 0, TRUE },
    { "stat", "STAT", 0, 0, FALSE },
    { "1-0-1 x 3650d", "1-0-1", 3650, 7300, FALSE },
    { "20-0-0", "20-0-0", 0, 0, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MhDose dose;
      g_test_message ("%s", rows[i].text);
      g_assert_true (mh_dose_parse (rows[i].text, &dose));
      g_assert_cmpstr (dose.frequency, ==, rows[i].frequency);
      g_assert_cmpint (dose.duration_days, ==, rows[i].days);
      g_assert_cmpint (dose.as_needed, ==, rows[i].as_needed);
      g_assert_cmpint (mh_dose_quantity (&dose), ==, rows[i].quantity);
    }
}

static void
test_refuse (void)
{
  static const char *const rows[] = {
    NULL,
    "",
    " ",
    "x 5d",
    "1",
    "1-",
    "-1",
    "0-0-0",
    "1-0-1 x",
    "1-0-1 x 0d",
    "1-0-1 x 3651d",
    "1-0-1 x 122 months",
    "1-0-1 x 5",
    "1-0-1 x 5y",
    "1-0-1 5d",
    "1-1-1-1-1",
    "1-0-1 then nothing",
    "every 0 h",
    "every 73 h",
    "every h",
    "bdx",
    "21-0-0",
    "1-0-1 x 99999999999999999999d",
    "one-zero-one",
    "0.3-0-0",
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MhDose dose = { .duration_days = 77 };
      g_test_message ("%s", rows[i] != NULL ? rows[i] : "(nothing)");
      g_assert_false (mh_dose_parse (rows[i], &dose));
      g_assert_cmpint (dose.duration_days, ==, 77);
    }
}

/* What is shown for an earlier line can be read again. */
static void
test_there_and_back (void)
{
  static const char *const rows[]
      = { "1-0-1 x 5d", "½-0-½",    "BD x 7d",       "every 8 hours x 3d",
          "SOS",        "SOS x 3d", "1-0-1 SOS x 3d" };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MhDose dose;
      g_assert_true (mh_dose_parse (rows[i], &dose));
      g_autofree char *text = mh_dose_format (dose.frequency, dose.duration_days, dose.as_needed);
      g_assert_cmpstr (text, ==, rows[i]);
    }
}

/* No text of four characters makes it read beyond its end or give a dose of nothing. */
static void
test_any_text (void)
{
  static const char letters[] = "01-x5d h./q";
  char text[5] = { 0 };
  gsize n = strlen (letters);
  for (gsize i = 0; i < n * n * n * n; i++)
    {
      MhDose dose;
      gsize rest = i;
      for (guint k = 0; k < 4; k++, rest /= n)
        text[k] = letters[rest % n];
      if (mh_dose_parse (text, &dose))
        g_assert_cmpstr (dose.frequency, !=, "");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dose/read", test_read);
  g_test_add_func ("/dose/refuse", test_refuse);
  g_test_add_func ("/dose/there-and-back", test_there_and_back);
  g_test_add_func ("/dose/any-text", test_any_text);
  return g_test_run ();
}
