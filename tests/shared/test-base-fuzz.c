/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parsers under texts that are nearly right: a few bytes of a good one changed, put in, or taken
 * away. Nothing may crash (make sanitize looks closer), and what is taken must come out of its
 * formatter and in again as the same. The seed is fixed: a failure can be repeated. */
#include <string.h>

#include "shared/base/mh-check-digit.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-text.h"
#include "shared/proto/mh-page-cursor.h"

#define ROUNDS 20000

/* One to three changes; the result is allocated as long as it is, so that a read behind it shows.
 */
static char *
mutate (GRand *rand, const char *seed, const char *alphabet)
{
  GString *text = g_string_new (seed);
  for (int n = g_rand_int_range (rand, 0, 4); n > 0; n--)
    {
      char c = alphabet[g_rand_int_range (rand, 0, (int)strlen (alphabet))];
      gssize at = g_rand_int_range (rand, 0, (int)text->len + 1);
      int how = g_rand_int_range (rand, 0, 3);
      if (how == 0)
        g_string_insert_c (text, at, c);
      else if (how == 1 && at < (gssize)text->len)
        g_string_erase (text, at, 1);
      else if (at < (gssize)text->len)
        text->str[at] = c;
    }
  char *exact = g_strdup (text->str);
  g_string_free (text, TRUE);
  return exact;
}

/* TRUE: taken; then it was judged. */
typedef gboolean (*Judge) (const char *text);

static gboolean
judge_date (const char *text)
{
  MhDate date, again;
  char out[MH_DATE_LENGTH + 1];
  if (!mh_date_parse (text, &date))
    return FALSE;
  g_assert_true (mh_date_is_valid (date));
  mh_date_format (date, out);
  g_assert_cmpstr (out, ==, text);
  again = mh_date_from_days (mh_date_to_days (date));
  g_assert_cmpint (mh_date_compare (date, again), ==, 0);
  return TRUE;
}

static gboolean
judge_instant (const char *text)
{
  gint64 instant = 0, again = 0;
  char out[MH_INSTANT_LENGTH + 1], twice[MH_INSTANT_LENGTH + 1];
  if (!mh_instant_parse (text, &instant))
    return FALSE;
  mh_instant_format (instant, out);
  g_assert_true (mh_instant_parse (out, &again));
  mh_instant_format (again, twice);
  g_assert_cmpstr (twice, ==, out);
  g_assert_cmpint (ABS (again - instant), <, 1000);
  return TRUE;
}

static gboolean
judge_free_date (const char *text)
{
  static const MhDate today = { 2026, 11, 21 };
  g_autoptr (GError) error = NULL;
  gboolean estimated = FALSE;
  MhDate date;
  if (!mh_date_parse_free (text, today, &date, &estimated, &error))
    {
      g_assert_nonnull (error);
      return FALSE;
    }
  g_assert_true (mh_date_is_valid (date));
  return TRUE;
}

static gboolean
judge_decimal (const char *text)
{
  MhDecimal value, again;
  if (!mh_decimal_parse (text, &value))
    return FALSE;
  g_assert_cmpint (value.scale, >=, 0);
  g_assert_cmpint (value.scale, <=, 12);
  g_autofree char *out = mh_decimal_format (value, value.scale);
  g_assert_true (mh_decimal_parse (out, &again));
  g_assert_cmpint (mh_decimal_compare (value, again), ==, 0);
  return TRUE;
}

static gboolean
judge_money (const char *text)
{
  gint64 minor = 0;
  if (!mh_money_parse (text, &minor))
    return FALSE;
  g_autofree char *out = mh_money_display (minor, "INR");
  g_assert_nonnull (out);
  return TRUE;
}

static gboolean
judge_mrn (const char *text)
{
  g_autofree char *mrn = mh_mrn_normalise (text);
  if (mrn == NULL)
    return FALSE;
  g_autofree char *again = mh_mrn_normalise (mrn);
  g_assert_cmpstr (again, ==, mrn);
  return TRUE;
}

static gboolean
judge_accession (const char *text)
{
  g_autofree char *code = NULL;
  MhScanKind kind = mh_scan_classify (text, &code);
  g_autofree char *accession = mh_accession_normalise (text);
  if (accession == NULL)
    return FALSE;
  g_assert_cmpint (kind, ==, MH_SCAN_ACCESSION);
  g_autofree char *again = mh_accession_normalise (accession);
  g_assert_cmpstr (again, ==, accession);
  return TRUE;
}

static gboolean
judge_cursor (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) parts = mh_page_cursor_read ("list", text, &error);
  if (parts == NULL)
    {
      g_assert_error (error, MH_ERROR, MH_ERROR_MALFORMED);
      return FALSE;
    }
  g_autofree char *again = mh_page_cursor_make ("list", (const char *const *)parts);
  g_auto (GStrv) same = mh_page_cursor_read ("list", again, NULL);
  g_assert_true (g_strv_equal ((const char *const *)parts, (const char *const *)same));
  return TRUE;
}

/* The rest of the texts a desk types: they are taken whatever they are, as long as they are UTF-8.
 */
static gboolean
judge_text (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  g_autofree char *folded = mh_text_fold (text);
  g_autofree char *twice = mh_text_fold (folded);
  g_autofree char *key = mh_text_phonetic (text);
  g_autofree char *digits = mh_text_ascii_digits (text);
  g_autofree char *phone = mh_text_phone_digits (text);
  g_autofree char *clean = mh_text_clean (text);
  g_autofree char *lines = mh_text_clean_lines (text);
  g_autofree char *cut = mh_text_cut (text, 3);
  g_autofree char *initials = mh_text_initials (text, clean);
  const char *const all[] = { folded, key, digits, phone, clean, lines, cut, initials };
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    g_assert_true (g_utf8_validate (all[i], -1, NULL));
  g_assert_cmpstr (twice, ==, folded);
  g_assert_cmpuint (mh_text_length (cut), <=, 3);
  double alike = mh_text_jaro_winkler (text, clean);
  g_assert_true (alike >= 0.0 && alike <= 1.0);
  mh_text_is_email (text);
  mh_text_is_phone (text);
  mh_id_is_valid (text);
  mh_time_is_valid (text);
  return TRUE;
}

static const struct
{
  const char *name;
  Judge judge;
  const char *alphabet;
  const char *seeds[5];
} cases[] = {
  { "date", judge_date, "0123456789-/. T\xff", { "2026-11-21", "1984-02-29", "0001-01-01" } },
  { "instant",
    judge_instant,
    "0123456789-:.TZ+tz ",
    { "2026-11-21T08:15:30.123Z", "1969-12-31T23:59:59.999Z", "2026-11-21T08:15:30+05:30",
      "2026-11-21T08:15:30Z" } },
  { "free-date",
    judge_free_date,
    "0123456789-/. ymdwYMD",
    { "29/2/84", "45y", "3m", "21-11-2026", "10d" } },
  { "decimal",
    judge_decimal,
    "0123456789.,-+eE ",
    { "13.20", "-0.001", "999999999999.999999", "0", "123456789012345678" } },
  { "money", judge_money, "0123456789.,-\xe2\x82\xb9 ", { "1,234.50", "920", "0.05" } },
  { "mrn", judge_mrn, "0123456789-ABMHab ", { "MH-0000-0041-6", "MH000000416" } },
  { "accession", judge_accession, "0123456789-HGhg", { "H2632500001G", "h2632500001g-01" } },
  { "text",
    judge_text,
    "aeiouAZ09 @.+-'\t\n\xe0\xa4\x95\xcc\x81",
    { "Asha Verma", "कविता जोशी", "asha@example.org", "+91 98123 45678", "E\xcc\x81lodie" } },
};

static void
test_case (gconstpointer data)
{
  guint at = GPOINTER_TO_UINT (data), taken = 0, n_seeds = 0;
  g_autoptr (GRand) rand = g_rand_new_with_seed (23);
  while (n_seeds < G_N_ELEMENTS (cases[at].seeds) && cases[at].seeds[n_seeds] != NULL)
    n_seeds++;
  for (int i = 0; i < ROUNDS; i++)
    {
      const char *seed = cases[at].seeds[g_rand_int_range (rand, 0, (int)n_seeds)];
      g_autofree char *text = mutate (rand, seed, cases[at].alphabet);
      taken += cases[at].judge (text);
    }
  g_test_message ("%u of %u taken", taken, ROUNDS);
  g_assert_cmpuint (taken, >, ROUNDS / 100);
  g_assert_cmpuint (taken, <, ROUNDS);
}

/* A cursor carries a check sum: hardly any mutation is taken, so it has a case alone. */
static void
test_cursor (void)
{
  static const char alphabet[] = "ABCabc012-_=.";
  static const char *const parts[] = { "n:verma", "01900000-0000-7000-8000-000000000001", NULL };
  g_autofree char *seed = mh_page_cursor_make ("list", parts);
  g_autoptr (GRand) rand = g_rand_new_with_seed (23);
  guint taken = 0;
  for (int i = 0; i < ROUNDS / 4; i++)
    {
      g_autofree char *text = mutate (rand, seed, alphabet);
      taken += judge_cursor (text);
    }
  g_assert_cmpuint (taken, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/base/fuzz/", cases[i].name, NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/base/fuzz/cursor", test_cursor);
  return g_test_run ();
}
