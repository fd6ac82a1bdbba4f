/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/clinic/mh-medicine.h"

#include "shared/base/mh-translation.h"

/* clang-format off */
const MhCode mh_schedule_codes[] = {
  { MH_SCHEDULE_H, N_("Schedule H") }, { MH_SCHEDULE_H1, N_("Schedule H1") }, { MH_SCHEDULE_X, N_("Schedule X") },
  { MH_SCHEDULE_OTC, N_("Without prescription") }, { NULL },
};
const MhCode mh_bearing_codes[] = {
  { MH_BEARING_USABLE, N_("May be used") }, { MH_BEARING_CAUTION, N_("With caution") }, { MH_BEARING_AVOID, N_("To be avoided") },
  { MH_BEARING_CONTRAINDICATED, N_("Contraindicated") }, { NULL },
};
const MhCode mh_renal_codes[] = {
  { MH_RENAL_NONE, N_("No change") }, { MH_RENAL_CAUTION, N_("With caution") }, { MH_RENAL_REDUCE, N_("Reduce the dose") },
  { MH_RENAL_AVOID, N_("To be avoided") }, { NULL },
};
const MhCode mh_drug_side_codes[] = {
  { MH_DRUG_SIDE_INGREDIENT, N_("Ingredient") }, { MH_DRUG_SIDE_CLASS, N_("Class") }, { NULL },
};
const MhCode mh_drug_severity_codes[] = {
  { MH_DRUG_CONTRAINDICATED, N_("Contraindicated") }, { MH_DRUG_MAJOR, N_("Major") }, { MH_DRUG_MODERATE, NS_("Moderate") },
  { MH_DRUG_MINOR, N_("Minor") }, { MH_DRUG_NOTE, N_("Not checked") }, { NULL },
};
const MhCode mh_cross_codes[] = {
  { MH_CROSS_HIGH, NS_("High") }, { MH_CROSS_MODERATE, NS_("Moderate") }, { MH_CROSS_LOW, NS_("Low") }, { MH_CROSS_NONE, N_("None") }, { NULL },
};

#define SIGNATURE(prefix) \
  [prefix ## _VERIFIED]  = { "verified", MH_KIND_BOOL, .label = N_("Signed off"), .flags = MH_BRIEF }, \
  [prefix ## _SIGNED_BY] = { "signed_by", MH_KIND_TEXT, .label = N_("Signed by"), .flags = MH_SERVER_SET, .max = 200 }, \
  [prefix ## _SIGNED_AT] = { "signed_at", MH_KIND_INSTANT, .label = N_("Signed"), .flags = MH_SERVER_SET }

static const MhField medicine_fields[] = {
  MH_COMMON_FIELDS,
  [MH_MEDICINE_CODE]           = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_REQUIRED | MH_UNIQUE | MH_IMMUTABLE | MH_SORT | MH_BRIEF, .max = 60 },
  [MH_MEDICINE_NAME]           = { "name", MH_KIND_TEXT, .label = N_("Generic name"), .flags = MH_REQUIRED | MH_SEARCH | MH_SORT | MH_BRIEF, .max = 160 },
  [MH_MEDICINE_BRANDS]         = { "brands", MH_KIND_TEXT, .label = N_("Brands"), .flags = MH_SEARCH, .max = 300, .help = N_("Names it is sold by here; found by them, printed by the generic name") },
  [MH_MEDICINE_INGREDIENTS]    = { "ingredients", MH_KIND_LIST, .label = N_("Ingredients"), .flags = MH_REQUIRED, .max = 8 },
  [MH_MEDICINE_STRENGTHS]      = { "strengths", MH_KIND_LIST, .label = N_("Strength"), .flags = MH_BRIEF, .max = 8, .help = N_("Of each ingredient, as on the pack: 500 mg, 250 mg/5 mL") },
  [MH_MEDICINE_ATC]            = { "atc", MH_KIND_TEXT, .label = N_("ATC code"), .flags = MH_BRIEF, .max = 7 },
  [MH_MEDICINE_FORM]           = { "form", MH_KIND_TEXT, .label = N_("Form"), .flags = MH_REQUIRED | MH_BRIEF, .max = 40 },
  [MH_MEDICINE_ROUTE]          = { "route", MH_KIND_TEXT, .label = N_("Route"), .flags = MH_REQUIRED, .max = 40 },
  [MH_MEDICINE_UNIT]           = { "unit", MH_KIND_TEXT, .label = N_("Counted as"), .max = 40 },
  [MH_MEDICINE_SCHEDULE]       = { "schedule", MH_KIND_ENUM, .label = N_("Sale"), .codes = mh_schedule_codes, .flags = MH_BRIEF },
  [MH_MEDICINE_PREGNANCY]      = { "pregnancy", MH_KIND_ENUM, .label = N_("In pregnancy"), .codes = mh_bearing_codes },
  [MH_MEDICINE_PREGNANCY_NOTE] = { "pregnancy_note", MH_KIND_TEXT, .label = N_("About pregnancy"), .max = 200 },
  [MH_MEDICINE_LACTATION]      = { "lactation", MH_KIND_ENUM, .label = N_("While breast-feeding"), .codes = mh_bearing_codes, .help = N_("Empty: nothing is known here, and that is said") },
  [MH_MEDICINE_LACTATION_NOTE] = { "lactation_note", MH_KIND_TEXT, .label = N_("About breast-feeding"), .max = 200 },
  [MH_MEDICINE_RENAL]          = { "renal", MH_KIND_ENUM, .label = N_("Reduced kidney function"), .codes = mh_renal_codes },
  [MH_MEDICINE_RENAL_NOTE]     = { "renal_note", MH_KIND_TEXT, .label = N_("About the kidneys"), .max = 200 },
  [MH_MEDICINE_KG_DOSE_MIN]    = { "kg_dose_min", MH_KIND_DECIMAL, .label = N_("Children: lowest dose"), .unit = "mg/kg" },
  [MH_MEDICINE_KG_DOSE_MAX]    = { "kg_dose_max", MH_KIND_DECIMAL, .label = N_("Children: highest dose"), .unit = "mg/kg" },
  [MH_MEDICINE_DOSES_PER_DAY]  = { "doses_per_day", MH_KIND_INT, .label = N_("Children: doses a day"), .at_least = 1, .at_most = 24 },
  [MH_MEDICINE_KG_DAY_MAX]     = { "kg_day_max", MH_KIND_DECIMAL, .label = N_("Children: highest daily dose"), .unit = "mg/kg" },
  [MH_MEDICINE_DAY_MAX]        = { "day_max", MH_KIND_DECIMAL, .label = N_("Highest daily dose"), .help = N_("Empty: no figure is known here, not that there is no limit") },
  [MH_MEDICINE_DAY_MAX_UNIT]   = { "day_max_unit", MH_KIND_TEXT, .label = N_("Unit of the highest daily dose"), .max = 40 },
  [MH_MEDICINE_AGE_FROM]       = { "age_from", MH_KIND_INT, .label = N_("From the age of"), .unit = N_("months"), .at_least = 0, .at_most = 1440 },
  [MH_MEDICINE_AGE_TO]         = { "age_to", MH_KIND_INT, .label = N_("Below the age of"), .unit = N_("months"), .at_least = 0, .at_most = 1440 },
  [MH_MEDICINE_HIGH_ALERT]     = { "high_alert", MH_KIND_BOOL, .label = N_("High-alert"), .flags = MH_BRIEF, .help = N_("Two people sign") },
  [MH_MEDICINE_NARCOTIC]       = { "narcotic", MH_KIND_BOOL, .label = N_("Narcotic or psychotropic") },
  [MH_MEDICINE_LOOK_ALIKE]     = { "look_alike", MH_KIND_LIST, .label = N_("Looks or sounds like"), .max = 20 },
  [MH_MEDICINE_WARNINGS]       = { "warnings", MH_KIND_LIST, .label = N_("Warnings"), .max = 20 },
  [MH_MEDICINE_CHECKED]        = { "checked", MH_KIND_LIST, .label = N_("Compared with a source"), .max = 8 },
  SIGNATURE (MH_MEDICINE),
  [MH_MEDICINE_NOTE]           = { "note", MH_KIND_LONG_TEXT, .label = N_("Note"), .max = 1000 },
  [MH_MEDICINE_ACTIVE]         = { "active", MH_KIND_BOOL, .label = N_("In use"), .flags = MH_BRIEF },
};
G_STATIC_ASSERT (G_N_ELEMENTS (medicine_fields) == MH_MEDICINE_N_FIELDS);

static const MhField ingredient_fields[] = {
  MH_COMMON_FIELDS,
  [MH_DRUG_INGREDIENT_CODE]           = { "code", MH_KIND_TEXT, .label = N_("Ingredient"), .flags = MH_REQUIRED | MH_UNIQUE | MH_IMMUTABLE | MH_SEARCH | MH_SORT | MH_BRIEF, .max = 80 },
  [MH_DRUG_INGREDIENT_CLASSES]        = { "classes", MH_KIND_LIST, .label = N_("Classes"), .flags = MH_BRIEF, .max = 20, .help = N_("Interaction classes") },
  [MH_DRUG_INGREDIENT_ALLERGY_GROUPS] = { "allergy_groups", MH_KIND_LIST, .label = N_("Allergy groups"), .flags = MH_BRIEF, .max = 20 },
  [MH_DRUG_INGREDIENT_OUTSIDE]        = { "outside", MH_KIND_BOOL, .label = N_("Not in the formulary"), .help = N_("Known only since it interacts, such as alcohol") },
  SIGNATURE (MH_DRUG_INGREDIENT),
};
G_STATIC_ASSERT (G_N_ELEMENTS (ingredient_fields) == MH_DRUG_INGREDIENT_N_FIELDS);

static const MhField interaction_fields[] = {
  MH_COMMON_FIELDS,
  [MH_DRUG_INTERACTION_CODE]       = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_REQUIRED | MH_UNIQUE | MH_IMMUTABLE | MH_SORT | MH_BRIEF, .max = 20 },
  [MH_DRUG_INTERACTION_A_KIND]     = { "a_kind", MH_KIND_ENUM, .label = N_("One is"), .codes = mh_drug_side_codes, .flags = MH_REQUIRED },
  [MH_DRUG_INTERACTION_A]          = { "a", MH_KIND_TEXT, .label = N_("One"), .flags = MH_REQUIRED | MH_SEARCH | MH_BRIEF, .max = 80 },
  [MH_DRUG_INTERACTION_B_KIND]     = { "b_kind", MH_KIND_ENUM, .label = N_("The other is"), .codes = mh_drug_side_codes, .flags = MH_REQUIRED },
  [MH_DRUG_INTERACTION_B]          = { "b", MH_KIND_TEXT, .label = N_("The other"), .flags = MH_REQUIRED | MH_SEARCH | MH_BRIEF, .max = 80 },
  [MH_DRUG_INTERACTION_SEVERITY]   = { "severity", MH_KIND_ENUM, .label = N_("Severity"), .codes = mh_drug_severity_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_DRUG_INTERACTION_MECHANISM]  = { "mechanism", MH_KIND_TEXT, .label = N_("How"), .max = 300 },
  [MH_DRUG_INTERACTION_EFFECT]     = { "effect", MH_KIND_TEXT, .label = N_("What happens"), .flags = MH_REQUIRED | MH_SEARCH, .max = 300 },
  [MH_DRUG_INTERACTION_MANAGEMENT] = { "management", MH_KIND_TEXT, .label = N_("What to do"), .max = 400 },
  [MH_DRUG_INTERACTION_EVIDENCE]   = { "evidence", MH_KIND_TEXT, .label = N_("Listed in"), .max = 300, .help = N_("Public sets that list at least one pair; they say nothing about severity") },
  SIGNATURE (MH_DRUG_INTERACTION),
  [MH_DRUG_INTERACTION_NOTE]       = { "note", MH_KIND_TEXT, .label = N_("Note"), .max = 400 },
  [MH_DRUG_INTERACTION_ACTIVE]     = { "active", MH_KIND_BOOL, .label = N_("In use") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (interaction_fields) == MH_DRUG_INTERACTION_N_FIELDS);

static const MhField cross_fields[] = {
  MH_COMMON_FIELDS,
  [MH_ALLERGY_CROSS_CODE]       = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_REQUIRED | MH_UNIQUE | MH_IMMUTABLE | MH_SORT | MH_BRIEF, .max = 20 },
  [MH_ALLERGY_CROSS_FROM_GROUP] = { "from_group", MH_KIND_TEXT, .label = N_("Allergic to"), .flags = MH_REQUIRED | MH_SEARCH | MH_BRIEF, .max = 80 },
  [MH_ALLERGY_CROSS_TO_GROUP]   = { "to_group", MH_KIND_TEXT, .label = N_("Given"), .flags = MH_REQUIRED | MH_SEARCH | MH_BRIEF, .max = 80 },
  [MH_ALLERGY_CROSS_RISK]       = { "risk", MH_KIND_ENUM, .label = N_("Risk"), .codes = mh_cross_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_ALLERGY_CROSS_REASON]     = { "reason", MH_KIND_TEXT, .label = N_("Why"), .max = 300 },
  [MH_ALLERGY_CROSS_ADVICE]     = { "advice", MH_KIND_TEXT, .label = N_("What to do"), .max = 300 },
  SIGNATURE (MH_ALLERGY_CROSS),
  [MH_ALLERGY_CROSS_NOTE]       = { "note", MH_KIND_TEXT, .label = N_("Note"), .max = 400 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (cross_fields) == MH_ALLERGY_CROSS_N_FIELDS);

static void
medicine_check (MhRecord *medicine, MhIssues *issues)
{
  gboolean value = mh_record_has (medicine, MH_MEDICINE_DAY_MAX);
  if (value != mh_record_has (medicine, MH_MEDICINE_DAY_MAX_UNIT))
    mh_issues_add (issues, value ? "day_max_unit" : "day_max", "required", "A limit needs its figure and its unit");
}

static char *
medicine_display (MhRecord *medicine)
{
  const char *const *strengths = mh_record_list (medicine, MH_MEDICINE_STRENGTHS);
  g_autofree char *joined = strengths != NULL ? g_strjoinv (" + ", (char **)strengths) : g_strdup ("");
  const char *form = mh_record_text (medicine, MH_MEDICINE_FORM);
  return g_strdup_printf ("%s %s %s", mh_record_text (medicine, MH_MEDICINE_NAME), joined, form != NULL ? form : "");
}

const MhRecordType mh_medicine_type = {
  .name = "MhMedicine", .code = "medicine", .table = "medicine", .path = "/medicines",
  .label = NS_("Medicine"), .fields = medicine_fields, .n_fields = G_N_ELEMENTS (medicine_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_CATALOGUE, .check = medicine_check, .display = medicine_display,
  .active = MH_MEDICINE_ACTIVE, .key = MH_MEDICINE_CODE,
};
const MhRecordType mh_drug_ingredient_type = {
  .name = "MhDrugIngredient", .code = "drug_ingredient", .table = "drug_ingredient", .path = "/drug-ingredients",
  .label = N_("Ingredient"), .fields = ingredient_fields, .n_fields = G_N_ELEMENTS (ingredient_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_CATALOGUE,
  .key = MH_DRUG_INGREDIENT_CODE,
};
const MhRecordType mh_drug_interaction_type = {
  .name = "MhDrugInteraction", .code = "drug_interaction", .table = "drug_interaction", .path = "/drug-interactions",
  .label = N_("Interaction"), .fields = interaction_fields, .n_fields = G_N_ELEMENTS (interaction_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_CATALOGUE,
  .active = MH_DRUG_INTERACTION_ACTIVE, .key = MH_DRUG_INTERACTION_CODE,
};
const MhRecordType mh_allergy_cross_type = {
  .name = "MhAllergyCross", .code = "allergy_cross", .table = "allergy_cross", .path = "/allergy-crosses",
  .label = N_("Cross-reactivity"), .fields = cross_fields, .n_fields = G_N_ELEMENTS (cross_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_CATALOGUE,
  .key = MH_ALLERGY_CROSS_CODE,
};
/* clang-format on */
