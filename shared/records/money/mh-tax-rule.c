/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/money/mh-tax-rule.h"

#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"

#include <string.h>

/* clang-format off */
const MhCode mh_tax_kind_codes[] = {
  { MH_TAX_KIND_FLAT, N_("One amount for each order") },
  { MH_TAX_KIND_PERCENT, N_("Per cent of the price") },
  { NULL },
};

const MhCode mh_service_category_codes[] = {
  { MH_SERVICE_LABORATORY, N_("Laboratory") },
  { MH_SERVICE_CONSULTATION, N_("Consultation") },
  { MH_SERVICE_PROCEDURE, N_("Procedure") },
  { MH_SERVICE_ROOM, NS_("Room") },
  { MH_SERVICE_PHARMACY, N_("Pharmacy") },
  { MH_SERVICE_OTHER, NS_("Other") },
  { NULL },
};

static const MhField tax_rule_fields[] = {
  MH_COMMON_FIELDS,
  [MH_TAX_RULE_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type,
    .help = N_("Empty: holds in every hospital") },
  [MH_TAX_RULE_CODE]        = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_REQUIRED | MH_UNIQUE | MH_IMMUTABLE | MH_SORT | MH_BRIEF, .format = "code", .max = 20,
    .help = N_("STANDARD takes the place of the tax in the server's configuration") },
  [MH_TAX_RULE_NAME]        = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_REQUIRED | MH_SEARCH | MH_SORT | MH_BRIEF, .max = 80,
    .help = N_("As it is printed, such as GST") },
  [MH_TAX_RULE_KIND]        = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_tax_kind_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_TAX_RULE_AMOUNT]      = { "amount", MH_KIND_MONEY, .label = N_("Amount for each order"), .flags = MH_BRIEF, .at_least = 0, .at_most = MH_MOST_MONEY },
  [MH_TAX_RULE_RATE]        = { "rate", MH_KIND_INT, .label = N_("Rate"), .unit = "%", .format = "rate", .flags = MH_BRIEF, .at_least = 0, .at_most = 10000 },
  [MH_TAX_RULE_INCLUSIVE]   = { "inclusive", MH_KIND_BOOL, .label = N_("Prices contain the tax") },
  [MH_TAX_RULE_EXEMPT]      = { "exempt", MH_KIND_BOOL, .label = N_("Exempt"), .flags = MH_BRIEF,
    .help = N_("What it holds for bears no tax and is billed on a bill of supply") },
  [MH_TAX_RULE_CATEGORY]    = { "category", MH_KIND_ENUM, .label = N_("Kind of service"), .codes = mh_service_category_codes },
  [MH_TAX_RULE_DEPARTMENTS] = { "departments", MH_KIND_LIST, .label = N_("Only for the departments"), .max = 50,
    .help = N_("Only for these departments") },
  [MH_TAX_RULE_BENCHES]     = { "benches", MH_KIND_LIST, .label = N_("Only for the benches"), .max = 20,
    .help = N_("Only for these benches") },
  [MH_TAX_RULE_TESTS]       = { "tests", MH_KIND_LIST, .label = N_("Only for the tests"), .max = 100,
    .help = N_("Codes of tests and panels") },
  [MH_TAX_RULE_HSN_SAC]     = { "hsn_sac", MH_KIND_TEXT, .label = N_("HSN or SAC"), .format = "code", .max = 8,
    .help = N_("Code of the goods or the service for the tax office, such as 999312") },
  [MH_TAX_RULE_VALID_FROM]  = { "valid_from", MH_KIND_DATE, .label = N_("Valid from"), .flags = MH_BRIEF },
  [MH_TAX_RULE_VALID_UNTIL] = { "valid_until", MH_KIND_DATE, .label = N_("Valid until"),
    .help = N_("The last day on which it holds") },
  [MH_TAX_RULE_ACTIVE]      = { "active", MH_KIND_BOOL, .label = N_("In use") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (tax_rule_fields) == MH_TAX_RULE_N_FIELDS);

/* clang-format on */

static void
tax_rule_check (MhRecord *rule, MhIssues *issues)
{
  const char *kind = mh_record_text (rule, MH_TAX_RULE_KIND);
  const char *from = mh_record_text (rule, MH_TAX_RULE_VALID_FROM);
  const char *until = mh_record_text (rule, MH_TAX_RULE_VALID_UNTIL);

  /* ISO dates sort as text */
  if (from != NULL && until != NULL && *from != '\0' && *until != '\0' && strcmp (until, from) < 0)
    mh_issues_add (issues, "valid_until", "order", "Ends before it begins");

  if (kind == NULL || mh_record_bool (rule, MH_TAX_RULE_EXEMPT))
    return;

  if (strcmp (kind, MH_TAX_KIND_FLAT) == 0 && !mh_record_has (rule, MH_TAX_RULE_AMOUNT))
    mh_issues_add (issues, "amount", "required", "Say how much it is for each order");
  if (strcmp (kind, MH_TAX_KIND_PERCENT) == 0 && !mh_record_has (rule, MH_TAX_RULE_RATE))
    mh_issues_add (issues, "rate", "required", "Say what part of the price it is");
  if (strcmp (kind, MH_TAX_KIND_FLAT) == 0 && mh_record_bool (rule, MH_TAX_RULE_INCLUSIVE))
    mh_issues_add (issues, "inclusive", "mismatch",
                   "One amount for each order cannot be part of the prices");
}

/* clang-format off */
const MhRecordType mh_tax_rule_type = {
  .name = "MhTaxRule", .code = "tax_rule", .table = "tax_rule", .path = "/tax_rules",
  .label = N_("Tax rule"), .fields = tax_rule_fields, .n_fields = G_N_ELEMENTS (tax_rule_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_CATALOGUE, .check = tax_rule_check,
  .hospital = MH_TAX_RULE_HOSPITAL_ID, .active = MH_TAX_RULE_ACTIVE, .key = MH_TAX_RULE_CODE,
};
/* clang-format on */
