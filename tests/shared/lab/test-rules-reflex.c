/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-reflex-rule.h"
#include "shared/records/lab/mh-result.h"
#include "shared/rules/lab/mh-reflex.h"

#include <string.h>

static MhRecord *
rule_of (const char *test, const char *analyte, const char *add)
{
  MhRecord *rule = mh_record_new (&mh_reflex_rule_type);
  mh_record_set_text (rule, MH_REFLEX_RULE_TEST, test);
  mh_record_set_text (rule, MH_REFLEX_RULE_ANALYTE, analyte);
  mh_record_set_text (rule, MH_REFLEX_RULE_ADD_TEST, add);
  mh_record_set_bool (rule, MH_REFLEX_RULE_ACTIVE, TRUE);
  mh_record_set_bool (rule, MH_REFLEX_RULE_VERIFIED, TRUE);
  return rule;
}

/* Both sides of each boundary, and what a value outside the measured span can settle. */
static void
test_values (void)
{
  static const struct
  {
    const char *operator_code, *value, *value_to, *measured;
    gboolean holds;
  } rows[] = {
    { NULL, NULL, NULL, "4.0", TRUE },         { "below", "4.0", NULL, "3.9", TRUE },
    { "below", "4.0", NULL, "4.0", FALSE },    { "below", "4.0", NULL, "4.00", FALSE },
    { "below", "4.0", NULL, "<4", TRUE },      { "below", "4.0", NULL, "<=4", FALSE },
    { "below", "4.0", NULL, "<5", FALSE },     { "below", "4.0", NULL, "<3", TRUE },
    { "below", "4.0", NULL, ">3", FALSE },     { "at_most", "4.0", NULL, "4", TRUE },
    { "at_most", "4.0", NULL, "4.01", FALSE }, { "at_most", "4.0", NULL, "<=4", TRUE },
    { "at_most", "4.0", NULL, "<= 4", TRUE },  { "at_most", "4.0", NULL, "<=4.1", FALSE },
    { "above", "4.0", NULL, "4.01", TRUE },    { "above", "4.0", NULL, "4.0", FALSE },
    { "above", "4.0", NULL, ">4", TRUE },      { "above", "4.0", NULL, ">=4", FALSE },
    { "above", "4.0", NULL, ">3.9", FALSE },   { "above", "4.0", NULL, "10", TRUE },
    { "at_least", "4.0", NULL, "4", TRUE },    { "at_least", "4.0", NULL, "3.99", FALSE },
    { "at_least", "4.0", NULL, ">=4", TRUE },  { "between", "2", "4", "1.9", FALSE },
    { "between", "2", "4", "2", TRUE },        { "between", "2", "4", "4", TRUE },
    { "between", "2", "4", "4.1", FALSE },     { "between", "2", "4", "<3", FALSE },
    { "is", "POS", NULL, "POS", TRUE },        { "is", "POS", NULL, "NEG", FALSE },
    { "is", "1.0", NULL, "1", TRUE },          { "is", "1:160", NULL, "1:160", TRUE },
    { "is", "1:160", NULL, "1:80", FALSE },    { "is_not", "NEG", NULL, "POS", TRUE },
    { "is_not", "NEG", NULL, "NEG", FALSE },   { "is_not", "NEG", NULL, NULL, FALSE },
    { "below", "4", NULL, NULL, FALSE },       { "below", "4", NULL, "haemolysed", FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MhRecord) rule = rule_of (NULL, "TSH", "FT4");
      g_autoptr (MhRecord) result = mh_record_new (&mh_result_type);
      mh_record_set_text (rule, MH_REFLEX_RULE_OPERATOR, rows[i].operator_code);
      mh_record_set_text (rule, MH_REFLEX_RULE_VALUE, rows[i].value);
      mh_record_set_text (rule, MH_REFLEX_RULE_VALUE_TO, rows[i].value_to);
      mh_record_set_text (result, MH_RESULT_ANALYTE, "TSH");
      mh_record_set_text (result, MH_RESULT_VALUE, rows[i].measured);
      if (mh_reflex_holds (rule, result) != rows[i].holds)
        g_error ("row %zu: %s %s with %s", i, rows[i].operator_code, rows[i].value,
                 rows[i].measured);
    }
}

static void
test_conditions (void)
{
  g_autoptr (MhRecord) rule = rule_of ("TSHT", "TSH", "FT4T");
  g_autoptr (MhRecord) result = mh_record_new (&mh_result_type);
  mh_record_add_to_list (rule, MH_REFLEX_RULE_FLAGS, "H");
  mh_record_add_to_list (rule, MH_REFLEX_RULE_FLAGS, "HH");
  mh_record_set_text (result, MH_RESULT_TEST, "TSHT");
  mh_record_set_text (result, MH_RESULT_ANALYTE, "TSH");
  mh_record_set_text (result, MH_RESULT_VALUE, "9");
  g_assert_false (mh_reflex_holds (rule, result));
  mh_record_set_text (result, MH_RESULT_FLAG, "N");
  g_assert_false (mh_reflex_holds (rule, result));
  mh_record_set_text (result, MH_RESULT_FLAG, "HH");
  g_assert_true (mh_reflex_holds (rule, result));
  mh_record_set_text (result, MH_RESULT_TEST, "OTHER");
  g_assert_false (mh_reflex_holds (rule, result));
  mh_record_set_text (result, MH_RESULT_TEST, "TSHT");
  mh_record_set_text (result, MH_RESULT_ANALYTE, "FT4");
  g_assert_false (mh_reflex_holds (rule, result));
  mh_record_set_text (result, MH_RESULT_ANALYTE, "TSH");
  mh_record_set_bool (rule, MH_REFLEX_RULE_VERIFIED, FALSE);
  g_assert_false (mh_reflex_holds (rule, result));
  mh_record_set_bool (rule, MH_REFLEX_RULE_VERIFIED, TRUE);
  mh_record_set_bool (rule, MH_REFLEX_RULE_ACTIVE, FALSE);
  g_assert_false (mh_reflex_holds (rule, result));
}

/* Tests called as their one analyte. */
static const char *const *
itself (const char *test, gpointer data)
{
  const char **names = data;
  names[0] = test;
  return names;
}

static void
test_circles (void)
{
  static const struct
  {
    const char *rules[4]; /* "A>B" */
    const char *circle;
  } rows[] = {
    { { "A>B", "B>C" }, NULL },
    { { "A>B", "A>C", "B>C" }, NULL },
    { { "A>B", "B>A" }, "B → A → B" },
    { { "A>B", "B>C", "C>B" }, "B → C → B" },
    { { "A>A" }, "A → A" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *names[2] = { NULL };
      g_autoptr (GPtrArray) rules = g_ptr_array_new_with_free_func (g_object_unref);
      for (guint k = 0; k < G_N_ELEMENTS (rows[i].rules) && rows[i].rules[k] != NULL; k++)
        {
          char from[] = { rows[i].rules[k][0], 0 }, to[] = { rows[i].rules[k][2], 0 };
          g_ptr_array_add (rules, rule_of (NULL, from, to));
        }
      g_autofree char *circle = mh_reflex_circle (rules, itself, names);
      g_assert_cmpstr (circle, ==, rows[i].circle);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reflex/values", test_values);
  g_test_add_func ("/reflex/conditions", test_conditions);
  g_test_add_func ("/reflex/circles", test_circles);
  return g_test_run ();
}
