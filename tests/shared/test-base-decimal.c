/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/base/mh-decimal.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <math.h>

static MhDecimal
decimal (const char *text)
{
  MhDecimal value = { 0 };
  if (!mh_decimal_parse (text, &value))
    g_error ("\"%s\" was not read", text);
  return value;
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    gint64 mantissa;
    int scale;
  } rows[] = { { "7", 7, 0 },
               { "-12.50", -1250, 2 },
               { "0", 0, 0 },
               { "-0.0", 0, 1 },
               { "013.20", 1320, 2 },
               { "999999999999999999", G_GINT64_CONSTANT (999999999999999999), 0 },
               { "123456.789012345678", G_GINT64_CONSTANT (123456789012345678), 12 } };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MhDecimal value = decimal (rows[i].text);
      g_assert_cmpint (value.mantissa, ==, rows[i].mantissa);
      g_assert_cmpint (value.scale, ==, rows[i].scale);
    }
  static const char *const bad[] = { "",
                                     "-",
                                     ".",
                                     ".5",
                                     "5.",
                                     "1e3",
                                     "+1",
                                     "1,5",
                                     "1.2.3",
                                     " 1",
                                     "1 ",
                                     "--1",
                                     "0x10",
                                     "nan",
                                     "inf",
                                     "1234567890123456789",
                                     "0.1234567890123",
                                     "12.-5",
                                     "१२",
                                     "1\xc2\xa0"
                                     "000" };
  MhDecimal value = { 42, 3 };
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    if (mh_decimal_parse (bad[i], &value))
      g_error ("\"%s\" was taken for a number", bad[i]);
  g_assert_false (mh_decimal_parse (NULL, &value));
  g_assert_cmpint (value.mantissa, ==, 42);
}

static void
test_compare (void)
{
  static const struct
  {
    const char *a, *b;
    int order;
  } rows[] = { { "13.20", "13.2", 0 },
               { "13.19", "13.2", -1 },
               { "13.21", "13.2", 1 },
               { "-1", "1", -1 },
               { "-1.10", "-1.1", 0 },
               { "-1.11", "-1.1", -1 },
               { "0", "-0.00", 0 },
               { "999999999999999999", "0.000000000001", 1 },
               { "-999999999999999999", "0.000000000001", -1 },
               { "999999999999999999", "999999.999999999999", 1 } };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpint (mh_decimal_compare (decimal (rows[i].a), decimal (rows[i].b)), ==,
                       rows[i].order);
      g_assert_cmpint (mh_decimal_compare (decimal (rows[i].b), decimal (rows[i].a)), ==,
                       -rows[i].order);
    }
}

static void
test_format (void)
{
  static const struct
  {
    const char *value;
    int decimals;
    const char *text;
  } rows[] = { { "13.2", 2, "13.20" },
               { "13.245", 2, "13.25" },
               { "13.244", 2, "13.24" },
               { "-13.245", 2, "-13.25" },
               { "-0.004", 2, "0.00" },
               { "0.005", 2, "0.01" },
               { "0.5", 0, "1" },
               { "0.49", 0, "0" },
               { "-0.5", 0, "-1" },
               { "999.999", 2, "1000.00" },
               { "7", 0, "7" },
               { "7", -3, "7" },
               { "0.05", 3, "0.050" },
               { "1", 99, "1.000000000000" },
               { "999999999999999999", 12, "999999999999999999.000000000000" } };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = mh_decimal_format (decimal (rows[i].value), rows[i].decimals);
      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_doubles (void)
{
  g_assert_cmpfloat (mh_decimal_to_double (decimal ("13.2")), ==, 13.2);
  g_assert_cmpfloat (mh_decimal_to_double (decimal ("-0.1")), ==, -0.1);
  g_assert_cmpfloat (mh_decimal_to_double (decimal ("123456.789012345678")), ==,
                     123456.789012345678);
  static const struct
  {
    double value;
    int decimals;
    const char *text;
  } rows[] = { { 2.675, 2, "2.68" },
               { 2.674999, 2, "2.67" },
               { -2.675, 2, "-2.68" },
               { 1.005, 2, "1.01" },
               { 0, 2, "0.00" },
               { -0.0, 1, "0.0" },
               { 1e-20, 3, "0.000" },
               { 5e-4, 3, "0.001" },
               { 4.9e-4, 3, "0.000" },
               { 1e15, 1, "1000000000000000.0" },
               { 123456789.125, 2, "123456789.13" },
               { 99.95, 1, "100.0" },
               { 0.1 + 0.2, 12, "0.300000000000" } };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = mh_decimal_from_double (rows[i].value, rows[i].decimals);
      g_assert_cmpstr (text, ==, rows[i].text);
    }
  g_assert_null (mh_decimal_from_double (NAN, 2));
  g_assert_null (mh_decimal_from_double (INFINITY, 2));
  g_assert_null (mh_decimal_from_double (-INFINITY, 2));
}

static void
test_money_display (void)
{
  static const struct
  {
    gint64 minor;
    const char *currency, *text;
  } rows[] = { { 0, "INR", "₹0.00" },
               { 5, "INR", "₹0.05" },
               { 99999, "INR", "₹999.99" },
               { 100000, "INR", "₹1,000.00" },
               { 9999999, "INR", "₹99,999.99" },
               { 10000000, "INR", "₹1,00,000.00" },
               { 12345650, "INR", "₹1,23,456.50" },
               { 1234567800, "INR", "₹1,23,45,678.00" },
               { -12345650, "INR", "-₹1,23,456.50" },
               { 12345650, "USD", "$123,456.50" },
               { 123456750, "CHF", "CHF 1,234,567.50" },
               { 99900, NULL, "999.00" },
               { G_MININT64, "USD", "-$92,233,720,368,547,758.08" } };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = mh_money_display (rows[i].minor, rows[i].currency);
      g_assert_cmpstr (text, ==, rows[i].text);
      if (rows[i].minor < 0)
        continue;
      gint64 again;
      g_autofree char *entry = mh_money_entry (rows[i].minor);
      g_assert_true (mh_money_parse (entry, &again));
      g_assert_cmpint (again, ==, rows[i].minor);
    }
}

static void
test_money_parse (void)
{
  static const struct
  {
    const char *text;
    gint64 minor;
  } rows[] = { { "511", 51100 },         { "511.5", 51150 },
               { "511.05", 51105 },      { "1,234.50", 123450 },
               { "1,23,456", 12345600 }, { "123,456", 12345600 },
               { "₹511", 51100 },        { "₹ 1,234", 123400 },
               { "Rs. 20", 2000 },       { "INR 20", 2000 },
               { " 20.00 ", 2000 },      { "0", 0 },
               { "५११", 51100 },         { "999999999999999", 99999999999999900 } };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 minor = -1;
      if (!mh_money_parse (rows[i].text, &minor))
        g_error ("\"%s\" was not read", rows[i].text);
      g_assert_cmpint (minor, ==, rows[i].minor);
    }
  static const char *const bad[] = { "",
                                     "-5",
                                     "5.",
                                     ".5",
                                     "1.234",
                                     "1,5",
                                     "1,23",
                                     "12,34",
                                     "1234,5678",
                                     "1,2,345",
                                     "1,,234",
                                     ",123",
                                     "1,234,",
                                     "5 5",
                                     "abc",
                                     "₹",
                                     "1e3",
                                     "$5",
                                     "1000000000000000",
                                     "1,234.5,6",
                                     "5.0.0",
                                     "+5",
                                     "1,2345" };
  gint64 minor = 77;
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    if (mh_money_parse (bad[i], &minor))
      g_error ("\"%s\" was taken for an amount", bad[i]);
  g_assert_false (mh_money_parse (NULL, &minor));
  g_assert_cmpint (minor, ==, 77);
}

static void
test_rate (void)
{
  static const struct
  {
    const char *text;
    gint64 rate;
    const char *entry;
  } rows[] = { { "0", 0, "0" },           { "0.01", 1, "0.01" },
               { "0.5", 50, "0.5" },      { "5", 500, "5" },
               { "12.50", 1250, "12.5" }, { "12.5 %", 1250, "12.5" },
               { " 18% ", 1800, "18" },   { "99.99", 9999, "99.99" },
               { "100", 10000, "100" },   { "100.01", 10001, "100.01" },
               { "१८", 1800, "18" } };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 rate = -1;
      if (!mh_rate_parse (rows[i].text, &rate))
        g_error ("\"%s\" was not read", rows[i].text);
      g_assert_cmpint (rate, ==, rows[i].rate);
      g_autofree char *entry = mh_rate_entry (rate);
      g_assert_cmpstr (entry, ==, rows[i].entry);
    }
  static const char *const bad[]
      = { "", "%", "-1", "ten", "₹5", "Rs. 5", "5.", ".5", "12.345", "1,5", "5 % %", "5 5", "5e1" };
  gint64 rate = 77;
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    if (mh_rate_parse (bad[i], &rate))
      g_error ("\"%s\" was taken for per cent", bad[i]);
  g_assert_false (mh_rate_parse (NULL, &rate));
  g_assert_cmpint (rate, ==, 77);
}

static void
test_money_share (void)
{
  static const struct
  {
    gint64 amount, numerator, denominator, share;
  } rows[] = { { 10000, 18, 100, 1800 },
               { 25, 1, 2, 13 },
               { -25, 1, 2, -13 },
               { 25, -1, 2, -13 },
               { 25, 1, -2, -13 },
               { 24, 1, 5, 5 },
               { 22, 1, 5, 4 },
               { 1, 1, 3, 0 },
               { 2, 1, 3, 1 },
               { -2, 1, 3, -1 },
               { 0, 5, 7, 0 },
               { 10, 0, 7, 0 },
               { 4000000000000000000, 9, 10, 3600000000000000000 } };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (mh_money_share (rows[i].amount, rows[i].numerator, rows[i].denominator), ==,
                     rows[i].share);
}

/* What is read and written again with its own number of decimals stays itself. */
static void
test_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  for (int i = 0; i < 5000; i++)
    {
      gint64 mantissa = (gint64)(g_rand_double (rand) * 2e15 - 1e15);
      int scale = g_rand_int_range (rand, 0, 13);
      g_autofree char *text = mh_decimal_format ((MhDecimal){ mantissa, scale }, scale);
      MhDecimal again = decimal (text);
      g_assert_cmpint (again.mantissa, ==, mantissa);
      g_assert_cmpint (again.scale, ==, scale);
      g_assert_cmpfloat (mh_decimal_to_double (again), ==, g_ascii_strtod (text, NULL));
    }
}

static void
test_noise (void)
{
  static const char alphabet[] = "0123456789.,-+e ₹";
  g_autoptr (GRand) rand = g_rand_new_with_seed (13);
  for (int i = 0; i < 20000; i++)
    {
      char text[28] = { 0 };
      int n = g_rand_int_range (rand, 0, 26);
      for (int j = 0; j < n; j++)
        text[j] = alphabet[g_rand_int_range (rand, 0, sizeof alphabet - 1)];
      MhDecimal value;
      gint64 minor = 0;
      if (mh_decimal_parse (text, &value))
        g_assert_cmpfloat (mh_decimal_to_double (value), ==, g_ascii_strtod (text, NULL));
      if (mh_money_parse (text, &minor))
        g_assert_cmpint (minor, >=, 0);
    }
}

/* The same tests again under a locale that writes a comma for the point: one the machine has, or
 * one compiled into a temporary folder. */
static gboolean
set_comma_locale (const char *folder)
{
  static const char *const names[] = { "de_DE.UTF-8", "fr_FR.UTF-8", "nl_NL.UTF-8" };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (setlocale (LC_ALL, names[i]) != NULL)
      return g_str_equal (localeconv ()->decimal_point, ",");
  g_autofree char *target = g_build_filename (folder, "de_DE.UTF-8", NULL);
  const char *const argv[] = { "localedef", "-f", "UTF-8", "-i", "de_DE", target, NULL };
  GSpawnFlags quiet = G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL;
  g_setenv ("LOCPATH", folder, TRUE);
  return g_spawn_sync (NULL, (char **)argv, NULL, quiet, NULL, NULL, NULL, NULL, NULL, NULL)
         && setlocale (LC_ALL, names[0]) != NULL && g_str_equal (localeconv ()->decimal_point, ",");
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_folder (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

static void
test_comma_locale (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mh-locale-XXXXXX", NULL);
  gboolean comma = set_comma_locale (folder);
  if (comma)
    {
      test_parse ();
      test_compare ();
      test_format ();
      test_doubles ();
      test_money_display ();
      test_money_parse ();
      test_round_trip ();
    }
  else
    g_test_skip ("no locale with a decimal comma can be had");
  setlocale (LC_ALL, "C.UTF-8");
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/decimal/parse", test_parse);
  g_test_add_func ("/base/decimal/compare", test_compare);
  g_test_add_func ("/base/decimal/format", test_format);
  g_test_add_func ("/base/decimal/doubles", test_doubles);
  g_test_add_func ("/base/decimal/round-trip", test_round_trip);
  g_test_add_func ("/base/decimal/noise", test_noise);
  g_test_add_func ("/base/decimal/comma-locale", test_comma_locale);
  g_test_add_func ("/base/money/display", test_money_display);
  g_test_add_func ("/base/money/parse", test_money_parse);
  g_test_add_func ("/base/money/share", test_money_share);
  g_test_add_func ("/base/rate", test_rate);
  return g_test_run ();
}
