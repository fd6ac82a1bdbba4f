/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/base/mh-clock.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-day.h"
#include "shared/base/mh-error.h"

static MhDate
day (const char *text)
{
  MhDate date = { 0 };
  g_assert_true (mh_date_parse (text, &date));
  return date;
}

static void
assert_day (MhDate date, const char *expected)
{
  char text[MH_DATE_LENGTH + 1];
  mh_date_format (date, text);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_parse (void)
{
  static const char *const good[]
      = { "1800-01-01", "2200-12-31", "2000-02-29", "2024-02-29", "1970-01-01", "2026-11-30" };
  static const char *const bad[]
      = { "1799-12-31", "2201-01-01", "1900-02-29",  "2023-02-29",  "2100-02-29", "2026-04-31",
          "2026-00-10", "2026-13-10", "2026-01-00",  "2026-01-32",  "2026-1-01",  "26-01-01",
          "2026/01/01", "2026-01-1",  "2026-01-011", " 2026-01-01", "",           "2026-01-01 ",
          "+026-01-01", "2026-01--1", "2026",        "2026-01-0x",  "-026-01-01" };
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    assert_day (day (good[i]), good[i]);
  MhDate date = { 1, 2, 3 };
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    if (mh_date_parse (bad[i], &date))
      g_error ("\"%s\" was taken for a date", bad[i]);
  g_assert_false (mh_date_parse (NULL, &date));
  g_assert_cmpint (date.year, ==, 1); /* written only on success */
}

/* Every day of the four centuries, counted on by the plain rule of the calendar. */
static void
test_every_day (void)
{
  gint64 n = mh_date_to_days (day ("1800-01-01"));
  g_assert_cmpint (n, ==, -62091);
  for (int year = 1800; year <= 2200; year++)
    for (int month = 1; month <= 12; month++)
      {
        gboolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        int last = month == 2                                                ? (leap ? 29 : 28)
                   : (month == 4 || month == 6 || month == 9 || month == 11) ? 30
                                                                             : 31;
        for (int d = 1; d <= last; d++, n++)
          {
            MhDate date = { year, month, d };
            g_assert_true (mh_date_is_valid (date));
            g_assert_cmpint (mh_date_to_days (date), ==, n);
            g_assert_cmpint (mh_date_compare (mh_date_from_days (n), date), ==, 0);
          }
        g_assert_false (mh_date_is_valid ((MhDate){ year, month, last + 1 }));
      }
  g_assert_cmpint (mh_date_to_days (day ("1970-01-01")), ==, 0);
  g_assert_cmpint (mh_date_to_days (day ("1969-12-31")), ==, -1);
}

static void
test_add_months (void)
{
  static const struct
  {
    const char *from;
    int months;
    const char *to;
  } rows[] = { { "2026-01-31", 1, "2026-02-28" },  { "2024-01-31", 1, "2024-02-29" },
               { "2026-03-31", -1, "2026-02-28" }, { "2024-02-29", 12, "2025-02-28" },
               { "2024-02-29", 48, "2028-02-29" }, { "2026-12-15", 1, "2027-01-15" },
               { "2026-01-15", -1, "2025-12-15" }, { "2026-05-31", 0, "2026-05-31" },
               { "2026-01-01", -24, "2024-01-01" } };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_day (mh_date_add_months (day (rows[i].from), rows[i].months), rows[i].to);
}

static void
test_compare (void)
{
  g_assert_cmpint (mh_date_compare (day ("2026-01-01"), day ("2026-01-01")), ==, 0);
  g_assert_cmpint (mh_date_compare (day ("2025-12-31"), day ("2026-01-01")), ==, -1);
  g_assert_cmpint (mh_date_compare (day ("2026-02-01"), day ("2026-01-31")), ==, 1);
  g_assert_cmpint (mh_date_compare (day ("2026-02-01"), day ("2026-02-02")), ==, -1);
  g_assert_cmpint (mh_date_compare (day ("2026-02-03"), day ("2026-02-02")), ==, 1);
}

static void
test_ages (void)
{
  static const struct
  {
    const char *birth, *on;
    int years, months, days;
    const char *text;
  } rows[] = {
    { "2026-11-21", "2026-11-21", 0, 0, 0, "0 d" },
    { "2026-11-21", "2026-11-20", -1, -1, -1, "" },
    { "2026-10-21", "2026-11-20", 0, 0, 30, "30 d" },
    { "2026-10-21", "2026-11-21", 0, 1, 31, "1 mo" },
    { "2024-11-22", "2026-11-21", 1, 23, 729, "23 mo" },
    { "2024-11-21", "2026-11-21", 2, 24, 730, "2 y" },
    { "1984-02-29", "2026-02-27", 41, 503, 15339, "41 y" },
    { "1984-02-29", "2026-02-28", 42, 504, 15340, "42 y" },
    { "1984-02-29", "2028-02-28", 43, 527, 16070, "43 y" },
    { "1984-02-29", "2028-02-29", 44, 528, 16071, "44 y" },
    { "2026-01-31", "2026-02-27", 0, 0, 27, "27 d" },
    { "2026-01-31", "2026-02-28", 0, 1, 28, "1 mo" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MhDate birth = day (rows[i].birth), on = day (rows[i].on);
      g_autofree char *text = mh_age_text (birth, on);
      g_assert_cmpint (mh_age_years (birth, on), ==, rows[i].years);
      g_assert_cmpint (mh_age_months (birth, on), ==, rows[i].months);
      g_assert_cmpint (mh_age_days (birth, on), ==, rows[i].days);
      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_age_reached (void)
{
  static const struct
  {
    const char *word, *day_before, *first_day;
  } rows[] = { { "0d", "2023-12-30", "2023-12-31" },   { "7d", "2024-01-06", "2024-01-07" },
               { "2w", "2024-01-13", "2024-01-14" },   { "2mo", "2024-02-28", "2024-02-29" },
               { "14mo", "2025-02-27", "2025-02-28" }, { "15y", "2038-12-30", "2038-12-31" } };
  MhDate birth = day ("2023-12-31");
  gboolean valid = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_false (mh_age_reached (birth, day (rows[i].day_before), rows[i].word, &valid));
      g_assert_true (valid);
      g_assert_true (mh_age_reached (birth, day (rows[i].first_day), rows[i].word, &valid));
      g_assert_true (valid);
    }
  static const char *const bad[]
      = { "", "d", "5", "5 d", "-1d", "5x", "5m", "1234567d", "5dd", "y5" };
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (mh_age_reached (birth, day ("2099-01-01"), bad[i], &valid));
      g_assert_false (valid);
    }
  g_assert_false (mh_age_reached (birth, birth, NULL, &valid));
  g_assert_false (valid);
}

static void
test_free_form (void)
{
  static const struct
  {
    const char *typed, *read;
    gboolean estimated;
  } rows[] = {
    { "29/2/84", "1984-02-29" },
    { "29-02-1984", "1984-02-29" },
    { "29 feb 84", "1984-02-29" },
    { "29.2.1984", "1984-02-29" },
    { "1984-02-29", "1984-02-29" },
    { "1984/2/29", "1984-02-29" },
    { "29 February 1984", "1984-02-29" },
    { "29Feb1984", "1984-02-29" },
    { "29022024", "2024-02-29" },
    { "  1/2/26 ", "2026-02-01" },
    { "1/2/27", "1927-02-01" },
    { "1 sept 99", "1999-09-01" },
    { "1 JUN, 1999", "1999-06-01" },
    { "today", "2026-11-21" },
    { "Yesterday", "2026-11-20" },
    { "tomorrow", "2026-11-22" },
    { "3 d ago", "2026-11-18" },
    { "2 weeks ago", "2026-11-07" },
    { "1 month ago", "2026-10-21" },
    { "45y", "1981-11-21", TRUE },
    { "45 years old", "1981-11-21", TRUE },
    { "14 mo", "2025-09-21", TRUE },
    { "9 d", "2026-11-12", TRUE },
    { "2w", "2026-11-07", TRUE },
    { "0d", "2026-11-21", TRUE },
    { "१२/३/१९९५", "1995-03-12" },
  };
  MhDate today = day ("2026-11-21");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MhDate date = { 0 };
      gboolean estimated = !rows[i].estimated;
      g_autoptr (GError) error = NULL;
      if (!mh_date_parse_free (rows[i].typed, today, &date, &estimated, &error))
        g_error ("\"%s\" was not read", rows[i].typed);
      assert_day (date, rows[i].read);
      g_assert_cmpint (estimated, ==, rows[i].estimated);
    }
}

static void
test_free_form_refused (void)
{
  static const char *const bad[]
      = { "",          "29/2/25",   "29/2/1985",  "31/4/26",     "13/13/99",  "2/29/84",
          "45",        "45 m",      "1/2",        "1/2/199",     "1/2/3",     "fe 1 84",
          "1 fe 84",   "1 febx 84", "9999y",      "12345678901", "ago",       "3 ago",
          "d 3",       "1/2/84 x",  "1/2/84/5/6", "0/1/84",      "1/0/84",    "1/2/1799",
          "1/2/2201",  "20240229",  "not known",  "१२",          "3 d since", "1_2_84",
          "1/2/84\xff" };
  MhDate today = day ("2026-11-21");
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      MhDate date = { 7, 7, 7 };
      g_autoptr (GError) error = NULL;
      if (mh_date_parse_free (bad[i], today, &date, NULL, &error))
        g_error ("\"%s\" was taken for a date", bad[i]);
      g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
      g_assert_cmpstr (mh_issues_nth (mh_error_get_issues (error), 0)->field, ==, "date");
      g_assert_cmpint (date.year, ==, 7);
    }
  g_assert_false (mh_date_parse_free (NULL, today, &(MhDate){ 0 }, NULL, NULL));
}

static void
test_whole (void)
{
  static const char *const whole[]
      = { "2/3/85", "02-03-85", "2.3.00", "2/3/1985", "29/2/17", "2/3/23", "1984-02-29", "2/3/99" };
  static const char *const more[]
      = { "",         "2",        "2/3",      "2/3/",      "2/3/8",    "2/3/18",    "2/3/19",
          "2/3/20",   "2/3/22",   "2/3/198",  "2/3/19850", "45y",      "today",     "2/3/85 ",
          "1984-2-2", "123/4/85", "2/345/85", "2 3 85",    "1984-02-", "2/march/85" };
  for (guint i = 0; i < G_N_ELEMENTS (whole); i++)
    if (!mh_date_is_whole (whole[i]))
      g_error ("%s is whole", whole[i]);
  for (guint i = 0; i < G_N_ELEMENTS (more); i++)
    if (mh_date_is_whole (more[i]))
      g_error ("%s may go on", more[i]);
  g_assert_false (mh_date_is_whole (NULL));
}

static void
test_instants (void)
{
  static const struct
  {
    const char *text;
    gint64 instant;
    const char *printed;
  } rows[] = {
    { "1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00.000Z" },
    { "1969-12-31T23:59:59.999Z", -1000, "1969-12-31T23:59:59.999Z" },
    { "1970-01-01T05:30:00+05:30", 0, "1970-01-01T00:00:00.000Z" },
    { "1969-12-31T19:00:00-05:00", 0, "1970-01-01T00:00:00.000Z" },
    { "2026-11-21t08:15:30.123456z", 1795248930123456, "2026-11-21T08:15:30.123Z" },
    { "2026-11-21T08:15:30.1Z", 1795248930100000, "2026-11-21T08:15:30.100Z" },
    { "2026-11-21T08:15:30.123456789Z", 1795248930123456, "2026-11-21T08:15:30.123Z" },
    { "2024-02-29T23:59:59.9999Z", 1709251199999900, "2024-02-29T23:59:59.999Z" },
  };
  char printed[MH_INSTANT_LENGTH + 1];
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 instant = 5;
      if (!mh_instant_parse (rows[i].text, &instant))
        g_error ("\"%s\" was not read", rows[i].text);
      g_assert_cmpint (instant, ==, rows[i].instant);
      mh_instant_format (instant, printed);
      g_assert_cmpstr (printed, ==, rows[i].printed);
    }
  mh_instant_format (-1, printed); /* rounds down, also before 1970 */
  g_assert_cmpstr (printed, ==, "1969-12-31T23:59:59.999Z");
  mh_instant_format (G_MAXINT64, printed);
  g_assert_cmpstr (printed, ==, "9999-12-31T23:59:59.999Z");
  mh_instant_format (G_MININT64, printed);
  g_assert_cmpstr (printed, ==, "0000-01-01T00:00:00.000Z");
}

static void
test_instants_refused (void)
{
  static const char *const bad[] = { "",
                                     "2026-11-21",
                                     "2026-11-21T08:15:30",
                                     "2026-11-21T08:15Z",
                                     "2026-11-21T24:00:00Z",
                                     "2026-11-21T23:60:00Z",
                                     "2026-11-21T23:59:60Z",
                                     "2026-11-21T08:15:30.Z",
                                     "2026-11-21T08:15:30.1234567890Z",
                                     "2026-11-21T08:15:30+0530",
                                     "2026-11-21T08:15:30+24:00",
                                     "2026-11-21T08:15:30+05:60",
                                     "2026-11-21T08:15:30Zx",
                                     "2026-02-29T08:15:30Z",
                                     "2026-11-21 08:15:30Z",
                                     "2026-11-21T8:15:30Z",
                                     "2026-11-21T08:15:30,5Z",
                                     "2026-11-21T08:15:30+",
                                     "2026-11-21T08:15:30+05:30x",
                                     "2026-11-21T08:15:-1Z" };
  gint64 instant = 5;
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    if (mh_instant_parse (bad[i], &instant))
      g_error ("\"%s\" was taken for an instant", bad[i]);
  g_assert_false (mh_instant_parse (NULL, &instant));
  g_assert_cmpint (instant, ==, 5);
}

/* GLib's own calendar agrees, also around the clock's turns of many years. */
static void
test_instants_against_glib (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  for (int i = 0; i < 5000; i++)
    {
      gint64 seconds = (gint64)((g_rand_double (rand) - 0.4) * 9e9);
      g_autoptr (GDateTime) glib = g_date_time_new_from_unix_utc (seconds);
      g_autofree char *expected = g_date_time_format (glib, "%Y-%m-%dT%H:%M:%S.000Z");
      char printed[MH_INSTANT_LENGTH + 1];
      mh_instant_format (seconds * MH_SECOND, printed);
      g_assert_cmpstr (printed, ==, expected);
    }
}

static void
test_zones (void)
{
  g_autoptr (GTimeZone) india = g_time_zone_new_identifier ("+05:30");
  g_assert_nonnull (india);
  gint64 late = 0, later = 0;
  g_assert_true (mh_instant_parse ("2026-11-21T18:29:59.999Z", &late));
  g_assert_true (mh_instant_parse ("2026-11-21T18:30:00Z", &later));
  assert_day (mh_date_of_instant (late, india), "2026-11-21");
  assert_day (mh_date_of_instant (later, india), "2026-11-22");
  assert_day (mh_date_of_instant (later, NULL), "2026-11-21");
  assert_day (mh_date_of_instant (-1, NULL), "1969-12-31");
  g_autofree char *here = mh_instant_display (later, india);
  g_autofree char *utc = mh_instant_display (later, NULL);
  g_assert_cmpstr (here, ==, "22 Nov 2026, 00:00");
  g_assert_cmpstr (utc, ==, "21 Nov 2026, 18:30");
}

/* --- how a day is written --- */

static void
test_day_text (void)
{
  static const struct
  {
    const char *language, *day, *near, *week;
  } rows[] = {
    { NULL, "31 Dec 2026", "31 Dec", "Thu 31 Dec" },
    { "C", "31 Dec 2026", "31 Dec", "Thu 31 Dec" },
    { "en_GB.UTF-8", "31 Dec 2026", "31 Dec", "Thu 31 Dec" },
    { "ta", "31 Dec 2026", "31 Dec", "Thu 31 Dec" },
    { "hi", "31 दिस॰ 2026", "31 दिस॰", "गुरु 31 दिस॰" },
    { "hi_IN.UTF-8", "31 दिस॰ 2026", "31 दिस॰", "गुरु 31 दिस॰" },
    { "mr", "31 डिसें॰ 2026", "31 डिसें॰", "गुरु 31 डिसें॰" },
    { "ur-PK", "31 دسمبر 2026", "31 دسمبر", "جمعرات 31 دسمبر" },
    { "ar", "31 ديسمبر 2026", "31 ديسمبر", "الخميس 31 ديسمبر" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MhDate last = day ("2026-12-31"), today = day ("2026-01-01");
      g_autofree char *full = mh_day_text (last, rows[i].language);
      g_autofree char *near = mh_day_text_near (last, today, rows[i].language);
      g_autofree char *week = mh_day_text_week (last, today, rows[i].language);
      g_assert_cmpstr (full, ==, rows[i].day);
      g_assert_cmpstr (near, ==, rows[i].near);
      g_assert_cmpstr (week, ==, rows[i].week);
    }
}

/* The year goes only where it is today's, on both sides of both ends. */
static void
test_day_year (void)
{
  static const struct
  {
    const char *day, *near, *week;
  } rows[] = {
    { "2025-12-31", "31 Dec 2025", "Wed 31 Dec 2025" },
    { "2026-01-01", "1 Jan", "Thu 1 Jan" },
    { "2026-11-22", "22 Nov", "Sun 22 Nov" },
    { "2026-11-23", "23 Nov", "Mon 23 Nov" },
    { "2026-12-31", "31 Dec", "Thu 31 Dec" },
    { "2027-01-01", "1 Jan 2027", "Fri 1 Jan 2027" },
    { "1924-02-29", "29 Feb 1924", "Fri 29 Feb 1924" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *near = mh_day_text_near (day (rows[i].day), day ("2026-11-23"), NULL);
      g_autofree char *week = mh_day_text_week (day (rows[i].day), day ("2026-11-23"), NULL);
      g_assert_cmpstr (near, ==, rows[i].near);
      g_assert_cmpstr (week, ==, rows[i].week);
    }
  g_autofree char *none = mh_day_text ((MhDate){ 2026, 2, 29 }, NULL);
  g_autofree char *nor = mh_day_text_week ((MhDate){ 2026, 2, 29 }, day ("2026-11-23"), NULL);
  g_autofree char *month = mh_day_text_month (day ("2026-02-28"), "hi");
  g_autofree char *typed = mh_day_typed (day ("2026-02-08"));
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (nor, ==, "");
  g_assert_cmpstr (month, ==, "फ़र॰ 2026");
  g_assert_cmpstr (typed, ==, "08/02/2026");
}

static void
test_near (void)
{
  static const struct
  {
    const char *typed, *day; /* NULL: cannot be read */
  } rows[] = {
    { "23/11/2026", "2026-11-23" },
    { "23.11.26", "2026-11-23" },
    { "23 Nov", "2026-11-23" },
    { "23 nov 2026", "2026-11-23" },
    { "2026-11-23", "2026-11-23" },
    { "23/11", "2026-11-23" },
    { "२३/११/२०२६", "2026-11-23" },
    { "today", "2026-11-23" },
    { "tomorrow", "2026-11-24" },
    { "3 d ago", "2026-11-20" },
    /* the nearest without a year: half a year either way */
    { "25 May", "2026-05-25" },
    { "24 May", "2027-05-24" },
    { "2 Jan", "2027-01-02" },
    { "30/12", "2026-12-30" },
    { "29 Feb", NULL }, /* neither 2025, 2026 nor 2027 */
    /* two digits: 80 years, of which 20 lie ahead */
    { "1/4/27", "2027-04-01" },
    { "1/4/46", "2046-04-01" },
    { "1/4/47", "1947-04-01" },
    { "1/4/99", "1999-04-01" },
    { "1/4/126", NULL },
    { "45y", NULL },
    { "14 mo", NULL },
    { "31/4/2026", NULL },
    { "31 Apr", NULL },
    { "13/13", NULL },
    { "23", NULL },
    { "Nov", NULL },
    { "", NULL },
    { NULL, NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MhDate date = { 1, 2, 3 };
      gboolean read = mh_date_parse_near (rows[i].typed, day ("2026-11-23"), &date);
      char iso[MH_DATE_LENGTH + 1] = "";
      if (read)
        mh_date_format (date, iso);
      if (read != (rows[i].day != NULL) || (read && !g_str_equal (iso, rows[i].day)))
        g_error ("\"%s\" was read as \"%s\"", rows[i].typed, iso);
    }
}

static void
test_times (void)
{
  static const char *const good[] = { "00:00", "23:59", "00:00:00", "23:59:59", "09:05" };
  static const char *const bad[]
      = { "",       "24:00",    "23:60",   "9:05",      "09:5",   "09-05",
          "09:05:", "09:05:60", "09:05:5", "09:05:005", "09:05 ", "-9:05" };
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (mh_time_is_valid (good[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (mh_time_is_valid (bad[i]));
  g_assert_false (mh_time_is_valid (NULL));
}

/* Nothing typed crashes, and what is taken is a day of the calendar. */
static void
test_noise (void)
{
  static const char alphabet[] = "0123456789/-. dmowy+:TZfeb\xc3\xa9";
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  MhDate today = day ("2026-11-21");
  for (int i = 0; i < 20000; i++)
    {
      char text[32] = { 0 };
      int n = g_rand_int_range (rand, 0, 30);
      for (int j = 0; j < n; j++)
        text[j] = alphabet[g_rand_int_range (rand, 0, sizeof alphabet - 1)];
      MhDate date;
      gint64 instant;
      if (mh_date_parse_free (text, today, &date, NULL, NULL))
        g_assert_true (mh_date_is_valid (date));
      if (mh_date_parse (text, &date))
        assert_day (date, text);
      (void)mh_instant_parse (text, &instant);
      (void)mh_time_is_valid (text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/date/parse", test_parse);
  g_test_add_func ("/base/date/every-day", test_every_day);
  g_test_add_func ("/base/date/add-months", test_add_months);
  g_test_add_func ("/base/date/compare", test_compare);
  g_test_add_func ("/base/date/ages", test_ages);
  g_test_add_func ("/base/date/age-reached", test_age_reached);
  g_test_add_func ("/base/date/free-form", test_free_form);
  g_test_add_func ("/base/date/free-form-refused", test_free_form_refused);
  g_test_add_func ("/base/date/instants", test_instants);
  g_test_add_func ("/base/date/instants-refused", test_instants_refused);
  g_test_add_func ("/base/date/instants-against-glib", test_instants_against_glib);
  g_test_add_func ("/base/date/whole", test_whole);
  g_test_add_func ("/base/date/zones", test_zones);
  g_test_add_func ("/base/date/times", test_times);
  g_test_add_func ("/base/date/noise", test_noise);
  g_test_add_func ("/base/day/text", test_day_text);
  g_test_add_func ("/base/day/year", test_day_year);
  g_test_add_func ("/base/day/near", test_near);
  return g_test_run ();
}
