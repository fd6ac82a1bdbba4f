/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Money adds up: rounding, spreading, taxes, words. Both sides of each boundary, then many at
 * random. */
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/mh-records.h"
#include "shared/records/money/mh-tax-rule.h"
#include "shared/rules/money/mh-amount-words.h"
#include "shared/rules/money/mh-price.h"
#include "shared/rules/money/mh-tax.h"

static void
test_percent (void)
{
  static const struct
  {
    gint64 amount, rate, wanted;
  } cases[] = {
    { 10000, 1800, 1800 },
    { 0, 1800, 0 },
    { 10000, 0, 0 },
    { 10000, 10000, 10000 },
    { 9, 500, 0 },  /* 0.45 */
    { 10, 500, 1 }, /* 0.50 goes up */
    { 29, 500, 1 },
    { 30, 500, 2 },
    { 99, 50, 0 },
    { 100, 50, 1 },
    { 49999, 1, 5 },
    { 44999, 1, 4 },
    { 45000, 1, 5 },
    { MH_MOST_MONEY, 1800, 18000000000 },
    { MH_MOST_MONEY, 10000, MH_MOST_MONEY },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (mh_price_percent (cases[i].amount, cases[i].rate), ==, cases[i].wanted);
}

static void
test_tax_within (void)
{
  static const struct
  {
    gint64 amount, rate, wanted;
  } cases[] = {
    { 11800, 1800, 1800 }, { 10500, 500, 500 }, { 10000, 1200, 1071 }, /* 1071.43 */
    { 100, 500, 5 },                                                   /* 4.76 */
    { 10, 500, 0 },                                                    /* 0.476 */
    { 21, 500, 1 },        { 0, 1800, 0 },      { 999, 0, 0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (mh_price_tax_within (cases[i].amount, cases[i].rate), ==, cases[i].wanted);
}

static void
test_round_off (void)
{
  static const struct
  {
    gint64 total, unit, wanted;
  } cases[] = {
    { 51149, 100, -49 },
    { 51150, 100, 50 },
    { 51151, 100, 49 },
    { 51100, 100, 0 },
    { 51199, 100, 1 },
    { 51150, 0, 0 },
    { 51150, 1, 0 },
    { 0, 100, 0 },
    { 49, 100, -49 },
    { 50, 100, 50 },
    { 524, 1000, -524 + 1000 },
    { 499, 1000, -499 },
    { 500, 1000, 500 },
    { 12, 25, -12 },
    { 13, 25, 12 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (mh_price_round_off (cases[i].total, cases[i].unit), ==, cases[i].wanted);
}

static void
test_spread (void)
{
  static const struct
  {
    gint64 amount, weights[4], wanted[4];
    guint n;
  } cases[] = {
    { 25000, { 15000, 15000 }, { 12500, 12500 }, 2 },
    { 25001, { 15000, 15000 }, { 12501, 12500 }, 2 }, /* the earlier gets the odd paisa */
    { 100, { 1, 1, 1 }, { 34, 33, 33 }, 3 },
    { 101, { 1, 1, 1 }, { 34, 34, 33 }, 3 },
    { 2000, { 35000, 9000, 0 }, { 1591, 409, 0 }, 3 },
    { 10, { 0, 0, 0 }, { 4, 3, 3 }, 3 },
    { 0, { 5, 7 }, { 0, 0 }, 2 },
    { 12, { 5, 7 }, { 5, 7 }, 2 },
    { 11, { 5, 7 }, { 5, 6 }, 2 }, /* remainders 7 and 5 of 12 */
    { 7, { 100 }, { 7 }, 1 },
    { MH_MOST_MONEY,
      { MH_MOST_MONEY, MH_MOST_MONEY, MH_MOST_MONEY },
      { 33333333334, 33333333333, 33333333333 },
      3 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 parts[4] = { 0 };
      mh_price_spread (cases[i].amount, cases[i].weights, cases[i].n, parts);
      for (guint k = 0; k < cases[i].n; k++)
        g_assert_cmpint (parts[k], ==, cases[i].wanted[k]);
    }
}

/* The parts are the whole; none is more than its weight, and none is a paisa from its exact share.
 */
static void
test_spread_at_random (void)
{
  for (guint round = 0; round < 3000; round++)
    {
      guint n = (guint)g_test_rand_int_range (1, 40);
      g_autofree gint64 *weights = g_new0 (gint64, n);
      g_autofree gint64 *parts = g_new0 (gint64, n);
      gint64 sum = 0, given = 0;
      for (guint i = 0; i < n; i++)
        {
          weights[i] = g_test_rand_int_range (0, 5) == 0 ? 0 : g_test_rand_int_range (0, 5000000);
          sum += weights[i];
        }
      gint64 amount = (gint64)g_test_rand_double_range (0, (double)sum + 1);
      amount = MIN (amount, sum);
      mh_price_spread (amount, weights, n, parts);
      for (guint i = 0; i < n; i++)
        {
          given += parts[i];
          g_assert_cmpint (parts[i], >=, 0);
          if (sum > 0)
            {
              g_assert_cmpint (parts[i], <=, weights[i]);
              g_assert_true (ABS ((__int128)parts[i] * sum - (__int128)amount * weights[i]) < sum);
            }
        }
      g_assert_cmpint (given, ==, amount);
    }
}

/* --- taxes --- */

static GPtrArray *
rules_of (const char *const *texts)
{
  GPtrArray *rules = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      MhRecord *rule
          = mh_record_from_text (&mh_tax_rule_type, texts[i], -1, MH_JSON_TRUSTED, &error);
      g_assert_no_error (error);
      g_ptr_array_add (rules, rule);
    }
  return rules;
}

#define RULE(code, rest)                                                                           \
  "{\"id\":\"01900000-0000-7000-8000-0000000000aa\",\"code\":\"" code "\",\"name\":\"GST\"," rest  \
  "}"
#define HOSPITAL "01900000-0000-7000-8000-000000000001"

/* clang-format off */
static const char *const house_rules[] = {
  RULE ("ALL", "\"kind\":\"flat_per_order\",\"amount\":2000"),
  RULE ("ALL-OWN", "\"kind\":\"flat_per_order\",\"amount\":3000,\"hospital_id\":\"" HOSPITAL "\",\"valid_from\":\"2027-01-01\""),
  RULE ("OFF", "\"kind\":\"percent\",\"rate\":9900,\"tests\":[\"CBC\"],\"active\":false"),
  RULE ("GENETIC", "\"kind\":\"percent\",\"rate\":500,\"benches\":[\"G\"],\"valid_from\":\"2026-04-01\",\"valid_until\":\"2026-12-31\""),
  RULE ("GENETIC-2", "\"kind\":\"percent\",\"rate\":1200,\"benches\":[\"G\"],\"valid_from\":\"2026-10-01\""),
  RULE ("COSMETIC", "\"kind\":\"percent\",\"rate\":1800,\"tests\":[\"SKIN\",\"BEAUTY\"]"),
  RULE ("COSMETIC-IN", "\"kind\":\"percent\",\"rate\":1800,\"inclusive\":true,\"tests\":[\"HAIR\"]"),
  RULE ("EMERGENCY", "\"kind\":\"percent\",\"exempt\":true,\"departments\":[\"EMERG\"]"),
  RULE ("DRUGS", "\"kind\":\"percent\",\"rate\":1200,\"category\":\"pharmacy\""),
  RULE ("NIL", "\"kind\":\"percent\",\"rate\":0,\"tests\":[\"NIL\"]"),
  NULL,
};

static const struct
{
  const char *test, *panel, *bench, *department, *category, *hospital, *day, *wanted;
} choices[] = {
  { "CBC", NULL, "H", NULL, "laboratory", HOSPITAL, "2026-05-01", "ALL" },
  { "CBC", NULL, "H", NULL, "laboratory", HOSPITAL, "2026-12-31", "ALL" },
  { "CBC", NULL, "H", NULL, "laboratory", HOSPITAL, "2027-01-01", "ALL-OWN" },
  { "CBC", NULL, "H", NULL, "laboratory", "another", "2027-01-01", "ALL" },
  { "KARYO", NULL, "G", NULL, "laboratory", HOSPITAL, "2026-03-31", "ALL" },
  { "KARYO", NULL, "G", NULL, "laboratory", HOSPITAL, "2026-04-01", "GENETIC" },
  { "KARYO", NULL, "G", NULL, "laboratory", HOSPITAL, "2026-09-30", "GENETIC" },
  { "KARYO", NULL, "G", NULL, "laboratory", HOSPITAL, "2026-10-01", "GENETIC-2" },
  { "KARYO", NULL, "G", NULL, "laboratory", HOSPITAL, "2027-06-01", "GENETIC-2" },
  { "SKIN", NULL, "G", "EMERG", "laboratory", HOSPITAL, "2026-05-01", "COSMETIC" },
  { "PEEL", "BEAUTY", "C", NULL, "laboratory", HOSPITAL, "2026-05-01", "COSMETIC" },
  { "CBC", NULL, "H", "EMERG", "laboratory", HOSPITAL, "2026-05-01", "EMERGENCY" },
  { "CBC", NULL, "H", "MED", "laboratory", HOSPITAL, "2026-05-01", "ALL" },
  { "PARA", NULL, NULL, NULL, "pharmacy", HOSPITAL, "2026-05-01", "DRUGS" },
};
/* clang-format on */

static void
test_choose (void)
{
  g_autoptr (GPtrArray) rules = rules_of (house_rules);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      MhTaxed line = { .test = choices[i].test,
                       .panel = choices[i].panel,
                       .bench = choices[i].bench,
                       .department = choices[i].department,
                       .category = choices[i].category };
      MhRecord *rule = mh_tax_choose (rules, choices[i].hospital, &line, choices[i].day);
      g_assert_nonnull (rule);
      g_assert_cmpstr (mh_record_text (rule, MH_TAX_RULE_CODE), ==, choices[i].wanted);
      g_assert_null (mh_tax_choose (none, choices[i].hospital, &line, choices[i].day));
    }
}

/* The configuration's own row gives way to a stored one for everything. */
static void
test_standard_gives_way (void)
{
  static const char *const stored[] = { RULE ("ZZZ", "\"kind\":\"percent\",\"rate\":500"), NULL };
  g_autoptr (GPtrArray) rules = rules_of (stored);
  MhTaxed line = { .test = "CBC", .category = "laboratory", .net = 10000 };
  g_ptr_array_insert (rules, 0, mh_tax_standard_rule (2000));
  mh_tax_lines (rules, HOSPITAL, "2026-05-01", &line, 1);
  g_assert_cmpint (line.tax, ==, 500);
  g_ptr_array_set_size (rules, 1);
  mh_tax_lines (rules, HOSPITAL, "2026-05-01", &line, 1);
  g_assert_cmpint (line.tax, ==, 2000);
  g_assert_cmpint (line.taxable, ==, 10000);
  g_assert_cmpint (line.amount, ==, 12000);
}

/* clang-format off */
static const struct
{
  const char *test;
  gboolean exempt;
  gint64 net, taxable, tax, amount;
  gboolean is_exempt, inclusive;
} mixed[] = {
  { "CBC",  FALSE, 30000, 30000, 1500, 31500, FALSE, FALSE }, /* 3/4 of the flat 20.00 */
  { "SKIN", FALSE, 10003, 10003, 1801, 11804, FALSE, FALSE }, /* 1800.54 */
  { "HAIR", FALSE, 10003,  8477, 1526, 10003, FALSE, TRUE },  /* 1525.88 within */
  { "HB",   FALSE, 10000, 10000,  500, 10500, FALSE, FALSE },
  { "FREE", TRUE,  12345, 12345,    0, 12345, TRUE,  FALSE },
  { "NIL",  FALSE, 20000, 20000,    0, 20000, TRUE,  FALSE },
  { "SKIN", FALSE,     0,     0,    0,     0, FALSE, FALSE },
};
/* clang-format on */

static void
test_lines (void)
{
  g_autoptr (GPtrArray) rules = rules_of (house_rules);
  MhTaxed lines[G_N_ELEMENTS (mixed)] = { 0 };
  for (guint i = 0; i < G_N_ELEMENTS (mixed); i++)
    lines[i] = (MhTaxed){ .test = mixed[i].test,
                          .bench = "H",
                          .category = "laboratory",
                          .exempt = mixed[i].exempt,
                          .net = mixed[i].net };
  mh_tax_lines (rules, HOSPITAL, "2026-05-01", lines, G_N_ELEMENTS (lines));
  for (guint i = 0; i < G_N_ELEMENTS (mixed); i++)
    {
      g_assert_cmpint (lines[i].taxable, ==, mixed[i].taxable);
      g_assert_cmpint (lines[i].tax, ==, mixed[i].tax);
      g_assert_cmpint (lines[i].amount, ==, mixed[i].amount);
      g_assert_cmpint (lines[i].is_exempt, ==, mixed[i].is_exempt);
      g_assert_cmpint (lines[i].inclusive, ==, mixed[i].inclusive);
    }
}

/* One amount for the order is charged once, whatever the lines cost, and on nothing exempt. */
static void
test_flat_at_random (void)
{
  g_autoptr (GPtrArray) rules = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (rules, mh_tax_standard_rule (2000));
  for (guint round = 0; round < 500; round++)
    {
      guint n = (guint)g_test_rand_int_range (1, 20), taxed = 0;
      g_autofree MhTaxed *lines = g_new0 (MhTaxed, n);
      gint64 tax = 0;
      for (guint i = 0; i < n; i++)
        {
          lines[i].net = g_test_rand_int_range (0, 100000);
          lines[i].exempt = g_test_rand_int_range (0, 3) == 0;
          taxed += lines[i].exempt ? 0 : 1;
        }
      mh_tax_lines (rules, NULL, "2026-05-01", lines, n);
      for (guint i = 0; i < n; i++)
        {
          tax += lines[i].tax;
          g_assert_cmpint (lines[i].amount, ==, lines[i].net + lines[i].tax);
          if (lines[i].exempt)
            g_assert_cmpint (lines[i].tax, ==, 0);
        }
      g_assert_cmpint (tax, ==, taxed > 0 ? 2000 : 0);
    }
}

/* --- price lists --- */

static void
test_lists (void)
{
  static const char *const texts[] = {
    "{\"code\":\"GENERAL\",\"name\":\"General\",\"currency\":\"INR\",\"is_default\":true}",
    "{\"code\":\"OWN\",\"name\":\"Own\",\"currency\":\"INR\",\"is_default\":true,\"hospital_id\":"
    "\"" HOSPITAL "\"}",
    "{\"code\":\"STAR\",\"name\":\"Star\",\"currency\":\"INR\",\"payer\":\"Star "
    "Health\",\"valid_from\":\"2026-04-01\",\"valid_until\":\"2027-03-31\"}",
    "{\"code\":\"OLD\",\"name\":\"Old\",\"currency\":\"INR\",\"payer\":\"Old "
    "Mutual\",\"active\":false}",
  };
  static const struct
  {
    const char *hospital, *code, *payer, *day, *wanted;
  } cases[] = {
    { HOSPITAL, NULL, NULL, "2026-05-01", "OWN" },
    { "another", NULL, NULL, "2026-05-01", "GENERAL" },
    { HOSPITAL, NULL, "star  HEALTH", "2026-05-01", "STAR" },
    { HOSPITAL, NULL, "Star Health", "2026-04-01", "STAR" },
    { HOSPITAL, NULL, "Star Health", "2026-03-31", "OWN" },
    { HOSPITAL, NULL, "Star Health", "2027-03-31", "STAR" },
    { HOSPITAL, NULL, "Star Health", "2027-04-01", "OWN" },
    { HOSPITAL, NULL, "Somebody", "2026-05-01", "OWN" },
    { HOSPITAL, NULL, "Old Mutual", "2026-05-01", "OWN" },
    { HOSPITAL, "STAR", NULL, "2026-05-01", "STAR" },
    { HOSPITAL, "STAR", NULL, "2027-04-01", NULL },
    { HOSPITAL, "OLD", NULL, "2026-05-01", NULL },
    { "another", "OWN", NULL, "2026-05-01", NULL },
    { HOSPITAL, "NONE", "Star Health", "2026-05-01", NULL },
  };
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_ptr_array_add (
        lists, mh_record_from_text (&mh_price_list_type, texts[i], -1, MH_JSON_TRUSTED, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      MhRecord *list = mh_price_choose_list (lists, cases[i].hospital, cases[i].code,
                                             cases[i].payer, cases[i].day);
      g_assert_cmpstr (list != NULL ? mh_record_text (list, MH_PRICE_LIST_CODE) : NULL, ==,
                       cases[i].wanted);
    }
  g_assert_null (mh_price_choose_list (NULL, HOSPITAL, NULL, NULL, "2026-05-01"));
}

/* --- words --- */

static void
test_words (void)
{
  static const struct
  {
    gint64 minor;
    const char *currency, *language, *wanted;
  } cases[] = {
    { 0, "INR", "en", "Rupees zero only" },
    { 1, "INR", "en", "Rupees zero and paise one only" },
    { 100, NULL, NULL, "Rupees one only" },
    { 1900, "INR", "en", "Rupees nineteen only" },
    { 2000, "INR", "en", "Rupees twenty only" },
    { 2150, "INR", "en", "Rupees twenty-one and paise fifty only" },
    { 9999, "INR", "en", "Rupees ninety-nine and paise ninety-nine only" },
    { 10000, "INR", "en", "Rupees one hundred only" },
    { 10100, "INR", "en", "Rupees one hundred one only" },
    { 99900, "INR", "en", "Rupees nine hundred ninety-nine only" },
    { 100000, "INR", "en", "Rupees one thousand only" },
    { 9999900, "INR", "en", "Rupees ninety-nine thousand nine hundred ninety-nine only" },
    { 10000000, "INR", "en", "Rupees one lakh only" },
    { 12345678, "INR", "en",
      "Rupees one lakh twenty-three thousand four hundred fifty-six and paise seventy-eight only" },
    { 999999900, "INR", "en",
      "Rupees ninety-nine lakh ninety-nine thousand nine hundred ninety-nine only" },
    { 1000000000, "INR", "en", "Rupees one crore only" },
    { MH_MOST_MONEY, "INR", "en", "Rupees one hundred crore only" },
    { 51100, "USD", "en", "USD five hundred eleven only" },
    { 51105, "USD", "en", "USD five hundred eleven and hundredths five only" },
    { 0, "INR", "hi", "रुपये शून्य मात्र" },
    { 51100, "INR", "hi", "रुपये पाँच सौ ग्यारह मात्र" },
    { 12345678, "INR", "hi-IN", "रुपये एक लाख तेईस हज़ार चार सौ छप्पन और पैसे अठहत्तर मात्र" },
    { 1000000000, "INR", "hi", "रुपये एक करोड़ मात्र" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text
          = mh_amount_words (cases[i].minor, cases[i].currency, cases[i].language);
      g_assert_cmpstr (text, ==, cases[i].wanted);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  g_test_add_func ("/price/percent", test_percent);
  g_test_add_func ("/price/tax-within", test_tax_within);
  g_test_add_func ("/price/round-off", test_round_off);
  g_test_add_func ("/price/spread", test_spread);
  g_test_add_func ("/price/spread-at-random", test_spread_at_random);
  g_test_add_func ("/price/lists", test_lists);
  g_test_add_func ("/tax/choose", test_choose);
  g_test_add_func ("/tax/standard-gives-way", test_standard_gives_way);
  g_test_add_func ("/tax/lines", test_lines);
  g_test_add_func ("/tax/flat-at-random", test_flat_at_random);
  g_test_add_func ("/price/words", test_words);
  return g_test_run ();
}
