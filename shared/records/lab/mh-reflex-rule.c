/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-reflex-rule.h"

#include "shared/base/mh-decimal.h"
#include "shared/base/mh-translation.h"
#include "shared/records/lab/mh-result.h"

/* clang-format off */
const MhCode mh_reflex_operator_codes[] = {
  { MH_REFLEX_BELOW, N_("Below") },
  { MH_REFLEX_AT_MOST, N_("At most") },
  { MH_REFLEX_ABOVE, N_("Above") },
  { MH_REFLEX_AT_LEAST, N_("At least") },
  { MH_REFLEX_BETWEEN, N_("Between") },
  { MH_REFLEX_IS, N_("Is") },
  { MH_REFLEX_IS_NOT, N_("Is not") },
  { NULL },
};

const MhCode mh_reflex_priority_codes[] = {
  { MH_REFLEX_SAME_PRIORITY, N_("As ordered") },
  { "urgent", NS_("Urgent") },
  { "stat", NS_("STAT") },
  { NULL },
};

const MhCode mh_reflex_tell_codes[] = {
  { MH_REFLEX_TELL_NOBODY, N_("Nobody") },
  { MH_REFLEX_TELL_REQUESTER, N_("Who ordered") },
  { MH_REFLEX_TELL_LABORATORY, N_("The laboratory") },
  { MH_REFLEX_TELL_BOTH, N_("Who ordered, and the laboratory") },
  { NULL },
};

static const MhField fields[] = {
  MH_COMMON_FIELDS,
  [MH_REFLEX_RULE_CODE]      = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_REQUIRED | MH_UNIQUE | MH_IMMUTABLE | MH_SORT | MH_BRIEF, .format = "code", .max = 20 },
  [MH_REFLEX_RULE_NAME]      = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_REQUIRED | MH_SEARCH | MH_SORT | MH_BRIEF, .max = 120 },
  [MH_REFLEX_RULE_TEST]      = { "test", MH_KIND_TEXT, .label = N_("When the test is"), .flags = MH_SEARCH | MH_BRIEF, .format = "code", .max = 20,
    .help = N_("Empty: any test that measures the analyte") },
  [MH_REFLEX_RULE_ANALYTE]   = { "analyte", MH_KIND_TEXT, .label = N_("And the analyte"), .flags = MH_REQUIRED | MH_SEARCH | MH_BRIEF, .format = "code", .max = 20 },
  [MH_REFLEX_RULE_FLAGS]     = { "flags", MH_KIND_LIST, .label = N_("Has one of the flags"), .codes = mh_result_flag_codes, .max = 12,
    .help = N_("Empty: whatever the flag") },
  [MH_REFLEX_RULE_OPERATOR]  = { "operator", MH_KIND_ENUM, .label = N_("And its value is"), .codes = mh_reflex_operator_codes },
  [MH_REFLEX_RULE_VALUE]     = { "value", MH_KIND_TEXT, .label = N_("Value"), .max = 40 },
  [MH_REFLEX_RULE_VALUE_TO]  = { "value_to", MH_KIND_TEXT, .label = N_("And"), .max = 40,
    .help = N_("The upper end of “between”") },
  [MH_REFLEX_RULE_ADD_TEST]  = { "add_test", MH_KIND_TEXT, .label = N_("Add the test"), .flags = MH_REQUIRED | MH_SEARCH | MH_BRIEF, .format = "code", .max = 20 },
  [MH_REFLEX_RULE_PRIORITY]  = { "priority", MH_KIND_ENUM, .label = N_("Priority"), .codes = mh_reflex_priority_codes },
  [MH_REFLEX_RULE_TELL]      = { "tell", MH_KIND_ENUM, .label = N_("Tell"), .codes = mh_reflex_tell_codes },
  [MH_REFLEX_RULE_CHARGED]   = { "charged", MH_KIND_BOOL, .label = N_("Charged"),
    .help = N_("If not, the added test costs the patient nothing") },
  [MH_REFLEX_RULE_NOTE]      = { "note", MH_KIND_LONG_TEXT, .label = N_("Note"), .max = 1000 },
  [MH_REFLEX_RULE_VERIFIED]  = { "verified", MH_KIND_BOOL, .label = N_("Signed off"), .flags = MH_BRIEF },
  [MH_REFLEX_RULE_SIGNED_BY] = { "signed_by", MH_KIND_TEXT, .label = N_("Signed by"), .flags = MH_SERVER_SET, .max = 200 },
  [MH_REFLEX_RULE_SIGNED_AT] = { "signed_at", MH_KIND_INSTANT, .label = N_("Signed"), .flags = MH_SERVER_SET },
  [MH_REFLEX_RULE_ACTIVE]    = { "active", MH_KIND_BOOL, .label = N_("In use"), .flags = MH_BRIEF },
};
G_STATIC_ASSERT (G_N_ELEMENTS (fields) == MH_REFLEX_RULE_N_FIELDS);
/* clang-format on */

static gboolean
reflex_rule_is_number (MhRecord *rule, guint field)
{
  MhDecimal number;
  const char *text = mh_record_text (rule, field);
  return text != NULL && mh_decimal_parse (text, &number);
}

static void
check_values (MhRecord *rule, const char *comparison, MhIssues *issues)
{
  gboolean is_code
      = g_str_equal (comparison, MH_REFLEX_IS) || g_str_equal (comparison, MH_REFLEX_IS_NOT);
  if (!mh_record_has (rule, MH_REFLEX_RULE_VALUE))
    mh_issues_add (issues, "value", "required", "Say the value to compare with");
  else if (!is_code && !reflex_rule_is_number (rule, MH_REFLEX_RULE_VALUE))
    mh_issues_add (issues, "value", "format", "Write a number");

  if (!g_str_equal (comparison, MH_REFLEX_BETWEEN))
    return;

  MhDecimal from, to;
  if (!reflex_rule_is_number (rule, MH_REFLEX_RULE_VALUE_TO))
    mh_issues_add (issues, "value_to", "required", "Say the upper end as a number");
  else if (reflex_rule_is_number (rule, MH_REFLEX_RULE_VALUE)
           && mh_decimal_parse (mh_record_text (rule, MH_REFLEX_RULE_VALUE), &from)
           && mh_decimal_parse (mh_record_text (rule, MH_REFLEX_RULE_VALUE_TO), &to)
           && mh_decimal_compare (from, to) > 0)
    mh_issues_add (issues, "value_to", "order", "Must not be below the lower end");
}

static void
reflex_rule_check (MhRecord *rule, MhIssues *issues)
{
  const char *comparison = mh_record_text (rule, MH_REFLEX_RULE_OPERATOR);
  const char *const *flags = mh_record_list (rule, MH_REFLEX_RULE_FLAGS);
  if ((comparison == NULL || *comparison == 0) && (flags == NULL || flags[0] == NULL))
    mh_issues_add (issues, "operator", "required", "Say which flag or which value adds the test");
  if (comparison != NULL && *comparison != 0)
    check_values (rule, comparison, issues);
  if (mh_record_has (rule, MH_REFLEX_RULE_TEST)
      && g_strcmp0 (mh_record_text (rule, MH_REFLEX_RULE_TEST),
                    mh_record_text (rule, MH_REFLEX_RULE_ADD_TEST))
             == 0)
    mh_issues_add (issues, "add_test", "mismatch", "A test cannot add itself");
}

/* clang-format off */
const MhRecordType mh_reflex_rule_type = {
  .name = "MhReflexRule", .code = "reflex_rule", .table = "reflex_rule", .path = "/reflex-rules",
  .label = N_("Reflex rule"), .fields = fields, .n_fields = G_N_ELEMENTS (fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_CATALOGUE, .since = 16, .check = reflex_rule_check,
  .active = MH_REFLEX_RULE_ACTIVE, .key = MH_REFLEX_RULE_CODE,
};
/* clang-format on */
