/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/catalogue/mh-catalogue-check.h"

#include "shared/records/clinic/mh-medicine.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-reagent.h"
#include "shared/records/lab/mh-reflex-rule.h"
#include "shared/records/lab/mh-test.h"
#include "shared/rules/lab/mh-formula-links.h"
#include "shared/rules/lab/mh-range-cover.h"
#include "shared/rules/lab/mh-reflex.h"

#include <string.h>

#define ORGANISMS "ORGANISMS" /* organisms are no value set but a catalogue of their own */

static void
catalogue_check_code (MhCatalogueView *view,
                      MhRecord *record,
                      guint field,
                      const MhRecordType *target,
                      MhIssues *issues)
{
  const char *code = mh_record_text (record, field);
  if (code != NULL && *code != 0 && mh_catalogue_find (view, target, code) == NULL)
    mh_issues_add (issues, mh_record_type (record)->fields[field].name, "unknown_code",
                   "“%s” is not in the catalogue.", code);
}

static void
catalogue_check_codes (MhCatalogueView *view,
                       MhRecord *record,
                       guint field,
                       const MhRecordType *target,
                       MhIssues *issues)
{
  const char *const *codes = mh_record_list (record, field);
  for (guint i = 0; codes != NULL && codes[i] != NULL; i++)
    if (mh_catalogue_find (view, target, codes[i]) == NULL)
      mh_issues_add (issues, mh_record_type (record)->fields[field].name, "unknown_code",
                     "“%s” is not in the catalogue.", codes[i]);
}

MhRecord *
mh_catalogue_check_analyte (const char *code, gpointer view)
{
  return mh_catalogue_find (view, &mh_analyte_type, code);
}

const char *const *
mh_catalogue_check_analytes (const char *test, gpointer view)
{
  MhRecord *record = mh_catalogue_find (view, &mh_test_type, test);
  return record != NULL ? mh_record_list (record, MH_TEST_ANALYTES) : NULL;
}

/* --- ranges --- */

static void
catalogue_check_range (MhCatalogueView *view, MhRecord *range, MhIssues *issues)
{
  const char *analyte = mh_record_text (range, MH_REFERENCE_RANGE_ANALYTE);
  gint64 from, to;
  catalogue_check_code (view, range, MH_REFERENCE_RANGE_ANALYTE, &mh_analyte_type, issues);

  if (!mh_range_window (range, &from, &to))
    {
      mh_issues_add (issues, "to_age", "order", "The window of age must end after it begins.");
      return;
    }

  if (analyte != NULL && mh_range_is_hidden (mh_catalogue_ranges (view, analyte), range))
    mh_issues_add (issues, "from_age", "overlap",
                   "There is a range for every age already, so this one would never be used. Write "
                   "the ages that it is for, or change those ranges.");

  MhRecord *other
      = analyte != NULL ? mh_range_find_overlap (mh_catalogue_ranges (view, analyte), range) : NULL;
  if (other == NULL || !mh_range_window (other, &from, &to))
    return;

  g_autofree char *begins = mh_age_days_word (from);
  g_autofree char *ends = to != MH_AGE_NO_END ? mh_age_days_word (to) : g_strdup ("∞");
  mh_issues_add (issues, "from_age", "overlap",
                 "These ages overlap the range from %s to %s of the same kind; make them meet.",
                 begins, ends);
}

/* --- analytes --- */

/* A new unit must not leave a formula elsewhere with the old one. */
static void
check_users (MhCatalogueView *view, MhRecord *analyte, MhIssues *issues)
{
  const char *code = mh_record_text (analyte, MH_ANALYTE_CODE);
  const char *ucum = mh_record_text (analyte, MH_ANALYTE_UCUM);
  MhRecord *before = code != NULL ? mh_catalogue_find (view, &mh_analyte_type, code) : NULL;
  if (before == NULL || g_strcmp0 (mh_record_text (before, MH_ANALYTE_UCUM), ucum) == 0)
    return;

  GPtrArray *all = mh_catalogue_all (view, &mh_analyte_type);
  for (guint i = 0; i < all->len; i++)
    {
      MhRecord *other = g_ptr_array_index (all, i);
      g_autofree char *written = mh_formula_unit_of (other, code);
      if (g_str_equal (mh_record_text (other, MH_ANALYTE_CODE), code) || written == NULL
          || !mh_record_has (other, MH_ANALYTE_FORMULA) || g_strcmp0 (written, ucum) == 0)
        continue;
      mh_issues_add (issues, "ucum", "unit",
                     "The formula of %s was written for %s in %s. Change that formula first.",
                     mh_record_text (other, MH_ANALYTE_CODE), code, written);
    }
}

static void
check_analyte (MhCatalogueView *view, MhRecord *analyte, MhIssues *issues)
{
  const char *set = mh_record_text (analyte, MH_ANALYTE_VALUE_SET);
  if (g_strcmp0 (set, ORGANISMS) != 0)
    catalogue_check_code (view, analyte, MH_ANALYTE_VALUE_SET, &mh_value_set_type, issues);
  mh_formula_link_check (analyte, mh_catalogue_check_analyte, view, issues);
  check_users (view, analyte, issues);
}

/* --- reflex rules --- */

/* The rules as they would be with @rule. */
static GPtrArray *
rules_with (MhCatalogueView *view, MhRecord *rule)
{
  GPtrArray *all = mh_catalogue_all (view, &mh_reflex_rule_type);
  GPtrArray *rules = g_ptr_array_new ();
  for (guint i = 0; i < all->len; i++)
    {
      MhRecord *other = g_ptr_array_index (all, i);
      if (g_strcmp0 (mh_record_text (other, MH_REFLEX_RULE_CODE),
                     mh_record_text (rule, MH_REFLEX_RULE_CODE))
          != 0)
        g_ptr_array_add (rules, other);
    }

  g_ptr_array_add (rules, rule);
  return rules;
}

static void
check_reflex (MhCatalogueView *view, MhRecord *rule, MhIssues *issues)
{
  guint n = mh_issues_count (issues);
  const char *test = mh_record_text (rule, MH_REFLEX_RULE_TEST);
  const char *analyte = mh_record_text (rule, MH_REFLEX_RULE_ANALYTE);

  catalogue_check_code (view, rule, MH_REFLEX_RULE_TEST, &mh_test_type, issues);
  catalogue_check_code (view, rule, MH_REFLEX_RULE_ANALYTE, &mh_analyte_type, issues);
  catalogue_check_code (view, rule, MH_REFLEX_RULE_ADD_TEST, &mh_test_type, issues);
  if (mh_issues_count (issues) > n)
    return;

  const char *const *measured
      = test != NULL && *test != 0 ? mh_catalogue_check_analytes (test, view) : NULL;
  if (test != NULL && *test != 0
      && (measured == NULL || analyte == NULL || !g_strv_contains (measured, analyte)))
    mh_issues_add (issues, "analyte", "mismatch", "%s does not measure %s.", test, analyte);

  if (!mh_record_bool (rule, MH_REFLEX_RULE_ACTIVE))
    return;

  g_autoptr (GPtrArray) rules = rules_with (view, rule);
  g_autofree char *circle = mh_reflex_circle (rules, mh_catalogue_check_analytes, view);
  if (circle != NULL)
    mh_issues_add (issues, "add_test", "circle", "These rules trigger each other: %s.", circle);
}

/* --- reagents --- */

static void
check_reagent (MhCatalogueView *view, MhRecord *reagent, MhIssues *issues)
{
  const char *const *uses = mh_record_list (reagent, MH_REAGENT_USES);
  for (guint i = 0; uses != NULL && uses[i] != NULL; i++)
    {
      g_autofree char *test = g_strndup (uses[i], strcspn (uses[i], "="));
      if (mh_catalogue_find (view, &mh_test_type, test) == NULL)
        mh_issues_add (issues, "uses", "unknown_code", "“%s” is not a test of the catalogue.",
                       test);
    }
}

/* --- interactions --- */

/* A class without a member would never fire. */
static void
check_side (MhCatalogueView *view, MhRecord *row, guint kind, guint name, MhIssues *issues)
{
  const char *text = mh_record_text (row, name);
  if (g_strcmp0 (mh_record_text (row, kind), MH_DRUG_SIDE_CLASS) != 0)
    {
      catalogue_check_code (view, row, name, &mh_drug_ingredient_type, issues);
      return;
    }

  GPtrArray *all = mh_catalogue_all (view, &mh_drug_ingredient_type);
  for (guint i = 0; text != NULL && i < all->len; i++)
    {
      const char *const *classes
          = mh_record_list (g_ptr_array_index (all, i), MH_DRUG_INGREDIENT_CLASSES);
      if (classes != NULL && g_strv_contains (classes, text))
        return;
    }

  mh_issues_add (issues, mh_record_type (row)->fields[name].name, "unknown_code",
                 "No ingredient is of the class “%s”.", text);
}

void
mh_catalogue_check_links (MhCatalogueView *view, MhRecord *record, MhIssues *issues)
{
  const MhRecordType *type = mh_record_type (record);

  if (type == &mh_test_type)
    {
      catalogue_check_code (view, record, MH_TEST_BENCH, &mh_bench_type, issues);
      catalogue_check_code (view, record, MH_TEST_CONTAINER, &mh_container_type, issues);
      catalogue_check_codes (view, record, MH_TEST_ANALYTES, &mh_analyte_type, issues);
    }
  else if (type == &mh_panel_type)
    {
      catalogue_check_codes (view, record, MH_PANEL_TESTS, &mh_test_type, issues);
      catalogue_check_codes (view, record, MH_PANEL_CALCULATED, &mh_analyte_type, issues);
    }
  else if (type == &mh_analyte_type)
    check_analyte (view, record, issues);
  else if (type == &mh_reference_range_type)
    catalogue_check_range (view, record, issues);
  else if (type == &mh_reflex_rule_type)
    check_reflex (view, record, issues);
  else if (type == &mh_reagent_type)
    check_reagent (view, record, issues);
  else if (type == &mh_medicine_type)
    catalogue_check_codes (view, record, MH_MEDICINE_INGREDIENTS, &mh_drug_ingredient_type, issues);
  else if (type == &mh_drug_interaction_type)
    {
      check_side (view, record, MH_DRUG_INTERACTION_A_KIND, MH_DRUG_INTERACTION_A, issues);
      check_side (view, record, MH_DRUG_INTERACTION_B_KIND, MH_DRUG_INTERACTION_B, issues);
    }
}
