/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-test.h"

#include "shared/base/mh-decimal.h"
#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"

#include <string.h>

#define MOST_STABLE_HOURS 87600 /* ten years */

/* clang-format off */
static const MhField bench_fields[] = {
  MH_COMMON_FIELDS,
  [MH_BENCH_CODE]       = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_REQUIRED | MH_UNIQUE | MH_IMMUTABLE | MH_SORT | MH_BRIEF, .format = "code", .max = 4,
    .help = N_("The letter that begins an accession") },
  [MH_BENCH_NAME]       = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_REQUIRED | MH_SEARCH | MH_SORT | MH_BRIEF, .max = 80 },
  [MH_BENCH_DEPARTMENT] = { "department", MH_KIND_TEXT, .label = N_("Department"), .max = 80 },
  [MH_BENCH_EXPECTED_MINUTES] = { "expected_minutes", MH_KIND_INT, .label = N_("Work on a test"), .at_least = 0, .at_most = 1440, .unit = "min", .since = 17,
    .help = N_("A technician's time, for tests that have none of their own") },
  [MH_BENCH_VERIFY_LEVELS] = { "verify_levels", MH_KIND_INT, .label = N_("Signatures"), .at_least = 0, .at_most = 3, .since = 25,
    .help = N_("How many people verify a value after it was entered: none to three; as the hospital has it if nothing stands here") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (bench_fields) == MH_BENCH_N_FIELDS);

static const MhField specimen_type_fields[] = {
  MH_COMMON_FIELDS,
  [MH_SPECIMEN_TYPE_CODE]          = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_REQUIRED | MH_UNIQUE | MH_IMMUTABLE | MH_SORT | MH_BRIEF, .format = "code", .max = 40 },
  [MH_SPECIMEN_TYPE_NAME]          = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_REQUIRED | MH_SEARCH | MH_SORT | MH_BRIEF, .max = 80 },
  [MH_SPECIMEN_TYPE_IRREPLACEABLE] = { "irreplaceable", MH_KIND_BOOL, .label = N_("Cannot be collected again"),
    .help = N_("May be run with a signed comment although it would be rejected") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (specimen_type_fields) == MH_SPECIMEN_TYPE_N_FIELDS);

static const MhField container_fields[] = {
  MH_COMMON_FIELDS,
  [MH_CONTAINER_CODE]       = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_REQUIRED | MH_UNIQUE | MH_IMMUTABLE | MH_SORT | MH_BRIEF, .format = "code", .max = 20 },
  [MH_CONTAINER_NAME]       = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_REQUIRED | MH_SEARCH | MH_SORT | MH_BRIEF, .max = 80 },
  [MH_CONTAINER_COLOUR]     = { "colour", MH_KIND_TEXT, .label = N_("Colour"), .flags = MH_BRIEF, .max = 60 },
  [MH_CONTAINER_ADDITIVE]   = { "additive", MH_KIND_TEXT, .label = N_("Additive"), .max = 60 },
  [MH_CONTAINER_YIELDS]     = { "yields", MH_KIND_TEXT, .label = N_("Yields"), .max = 60 },
  [MH_CONTAINER_DRAW_ORDER] = { "draw_order", MH_KIND_INT, .label = N_("Order of draw"), .flags = MH_SORT, .at_least = 1, .at_most = 99 },
  [MH_CONTAINER_VERIFIED]   = { "verified", MH_KIND_BOOL, .label = N_("Signed off") },
  [MH_CONTAINER_SIGNED_BY]  = { "signed_by", MH_KIND_TEXT, .label = N_("Signed by"), .flags = MH_SERVER_SET, .max = 200, .since = 16 },
  [MH_CONTAINER_SIGNED_AT]  = { "signed_at", MH_KIND_INSTANT, .label = N_("Signed"), .flags = MH_SERVER_SET, .since = 16 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (container_fields) == MH_CONTAINER_N_FIELDS);

/* What a visitor reads at the kiosk, of a test or a panel. Without words in a language the English ones stand. */
#define KIOSK_WORDS(row, LANGUAGE, language, named, told)                                                                              \
  [MH_##row##_KIOSK_NAME##LANGUAGE] = { "kiosk_name" language, MH_KIND_TEXT, .label = named, .max = 60, .since = 66 },                 \
  [MH_##row##_KIOSK_TEXT##LANGUAGE] = { "kiosk_text" language, MH_KIND_TEXT, .label = told, .max = 160, .since = 66 }
#define KIOSK_FIELDS(row)                                                                                                              \
  [MH_##row##_KIOSK] = { "kiosk", MH_KIND_BOOL, .label = N_("Offered at the kiosk"), .since = 66,                                      \
    .help = N_("Visitors may order it there by themselves, without a doctor") },                                                       \
  KIOSK_WORDS (row, , "", N_("What patients call it, English"), N_("What it is for, English")),                                        \
  KIOSK_WORDS (row, _HI, "_hi", N_("What patients call it, Hindi"), N_("What it is for, Hindi")),                                      \
  KIOSK_WORDS (row, _MR, "_mr", N_("What patients call it, Marathi"), N_("What it is for, Marathi")),                                  \
  KIOSK_WORDS (row, _UR, "_ur", N_("What patients call it, Urdu"), N_("What it is for, Urdu"))

static const MhField test_fields[] = {
  MH_COMMON_FIELDS,
  [MH_TEST_CODE]             = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_REQUIRED | MH_UNIQUE | MH_IMMUTABLE | MH_SORT | MH_BRIEF, .format = "code", .max = 20 },
  [MH_TEST_NAME]             = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_REQUIRED | MH_SEARCH | MH_SORT | MH_BRIEF, .max = 120 },
  [MH_TEST_SHORT_NAME]       = { "short_name", MH_KIND_TEXT, .label = N_("Short name"), .flags = MH_SEARCH | MH_BRIEF, .max = 24,
    .help = N_("On tube labels") },
  [MH_TEST_ALIASES]          = { "aliases", MH_KIND_LIST, .label = N_("Also called"), .max = 20 },
  [MH_TEST_BENCH]            = { "bench", MH_KIND_TEXT, .label = N_("Bench"), .flags = MH_REQUIRED | MH_BRIEF, .format = "code", .max = 4 },
  [MH_TEST_LOINC]            = { "loinc", MH_KIND_TEXT, .label = N_("LOINC"), .flags = MH_SEARCH, .max = 10 },
  [MH_TEST_HL7_LOCAL_CODE]   = { "hl7_local_code", MH_KIND_TEXT, .label = N_("Local code in HL7"), .max = 40 },
  [MH_TEST_SPECIMEN]         = { "specimen", MH_KIND_TEXT, .label = N_("Specimen"), .flags = MH_REQUIRED | MH_BRIEF, .max = 80,
    .help = N_("Name of a specimen type") },
  [MH_TEST_CONTAINER]        = { "container", MH_KIND_TEXT, .label = N_("Container"), .flags = MH_REQUIRED | MH_BRIEF, .format = "code", .max = 20 },
  [MH_TEST_COLOUR]           = { "colour", MH_KIND_TEXT, .label = N_("Colour of the tube"), .max = 60 },
  [MH_TEST_VOLUME_ML]        = { "volume_ml", MH_KIND_DECIMAL, .label = N_("Volume"), .unit = "ml" },
  [MH_TEST_DRAW_ORDER]       = { "draw_order", MH_KIND_INT, .label = N_("Order of draw"), .at_least = 1, .at_most = 99 },
  [MH_TEST_STABILITY_ROOM]   = { "stability_room", MH_KIND_DECIMAL, .label = N_("Stable at room temperature"), .unit = "h" },
  [MH_TEST_STABILITY_FRIDGE] = { "stability_fridge", MH_KIND_DECIMAL, .label = N_("Stable in the refrigerator"), .unit = "h" },
  [MH_TEST_STABILITY_FROZEN] = { "stability_frozen", MH_KIND_DECIMAL, .label = N_("Stable frozen"), .unit = "h" },
  [MH_TEST_METHOD]           = { "method", MH_KIND_TEXT, .label = N_("Method"), .max = 120 },
  [MH_TEST_ANALYTES]         = { "analytes", MH_KIND_LIST, .label = N_("Analytes"), .flags = MH_REQUIRED, .max = 60,
    .help = N_("In the order of the report") },
  [MH_TEST_PRICE]            = { "price", MH_KIND_MONEY, .label = N_("Price"), .flags = MH_REQUIRED | MH_BRIEF, .at_least = 0, .at_most = MH_MOST_MONEY },
  [MH_TEST_TAX_EXEMPT]       = { "tax_exempt", MH_KIND_BOOL, .label = N_("Exempt from tax") },
  [MH_TEST_TAT_ROUTINE]      = { "tat_routine", MH_KIND_INT, .label = N_("Time to report, routine"), .at_least = 1, .at_most = 525600, .unit = "min" },
  [MH_TEST_TAT_URGENT]       = { "tat_urgent", MH_KIND_INT, .label = N_("Time to report, urgent"), .at_least = 1, .at_most = 525600, .unit = "min" },
  [MH_TEST_TAT_STAT]         = { "tat_stat", MH_KIND_INT, .label = N_("Time to report, STAT"), .at_least = 1, .at_most = 525600, .unit = "min" },
  [MH_TEST_FASTING]          = { "fasting", MH_KIND_BOOL, .label = N_("Fasting"), .flags = MH_BRIEF },
  [MH_TEST_FASTING_HOURS]    = { "fasting_hours", MH_KIND_INT, .label = N_("Hours of fasting"), .at_least = 0, .at_most = 72, .unit = "h" },
  [MH_TEST_LABEL_COUNT]      = { "label_count", MH_KIND_INT, .label = N_("Labels per tube"), .at_least = 1, .at_most = 20 },
  [MH_TEST_INSTRUCTIONS]     = { "instructions", MH_KIND_LONG_TEXT, .label = N_("Instructions for the patient"), .max = 1000 },
  [MH_TEST_VERIFIED_LOINC]   = { "verified_loinc", MH_KIND_BOOL, .label = N_("LOINC checked") },
  [MH_TEST_VERIFIED]         = { "verified", MH_KIND_BOOL, .label = N_("Signed off"), .flags = MH_BRIEF },
  [MH_TEST_SIGNED_BY]        = { "signed_by", MH_KIND_TEXT, .label = N_("Signed by"), .flags = MH_SERVER_SET, .max = 200, .since = 16 },
  [MH_TEST_SIGNED_AT]        = { "signed_at", MH_KIND_INSTANT, .label = N_("Signed"), .flags = MH_SERVER_SET, .since = 16 },
  [MH_TEST_NOTE]             = { "note", MH_KIND_LONG_TEXT, .label = N_("Note"), .max = 1000 },
  [MH_TEST_ACTIVE]           = { "active", MH_KIND_BOOL, .label = N_("Offered") },
  [MH_TEST_EXPECTED_MINUTES] = { "expected_minutes", MH_KIND_INT, .label = N_("Work on this test"), .at_least = 0, .at_most = 1440, .unit = "min", .since = 17,
    .help = N_("Minutes of a technician's work; for assigning the work") },
  [MH_TEST_BY_HAND]          = { "by_hand", MH_KIND_BOOL, .label = N_("May be done by hand"), .since = 53,
    .help = N_("Without an analyser: at the microscope, by tube or slide") },
  KIOSK_FIELDS (TEST),
};
G_STATIC_ASSERT (G_N_ELEMENTS (test_fields) == MH_TEST_N_FIELDS);

static const MhField panel_fields[] = {
  MH_COMMON_FIELDS,
  [MH_PANEL_CODE]           = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_REQUIRED | MH_UNIQUE | MH_IMMUTABLE | MH_SORT | MH_BRIEF, .format = "code", .max = 20 },
  [MH_PANEL_NAME]           = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_REQUIRED | MH_SEARCH | MH_SORT | MH_BRIEF, .max = 120 },
  [MH_PANEL_SHORT_NAME]     = { "short_name", MH_KIND_TEXT, .label = N_("Short name"), .flags = MH_SEARCH | MH_BRIEF, .max = 24 },
  [MH_PANEL_LOINC]          = { "loinc", MH_KIND_TEXT, .label = N_("LOINC"), .flags = MH_SEARCH, .max = 10 },
  [MH_PANEL_HL7_LOCAL_CODE] = { "hl7_local_code", MH_KIND_TEXT, .label = N_("Local code in HL7"), .max = 40 },
  [MH_PANEL_TESTS]          = { "tests", MH_KIND_LIST, .label = N_("Tests"), .flags = MH_REQUIRED, .max = 60,
    .help = N_("The tests of the panel") },
  [MH_PANEL_CALCULATED]     = { "calculated", MH_KIND_LIST, .label = N_("Calculated analytes"), .max = 60,
    .help = N_("Calculated from the panel's other values") },
  [MH_PANEL_PRICE]          = { "price", MH_KIND_MONEY, .label = N_("Price"), .flags = MH_REQUIRED | MH_BRIEF, .at_least = 0, .at_most = MH_MOST_MONEY },
  [MH_PANEL_FASTING]        = { "fasting", MH_KIND_BOOL, .label = N_("Fasting"), .flags = MH_BRIEF },
  [MH_PANEL_VERIFIED]       = { "verified", MH_KIND_BOOL, .label = N_("Signed off"), .flags = MH_BRIEF },
  [MH_PANEL_SIGNED_BY]       = { "signed_by", MH_KIND_TEXT, .label = N_("Signed by"), .flags = MH_SERVER_SET, .max = 200, .since = 16 },
  [MH_PANEL_SIGNED_AT]       = { "signed_at", MH_KIND_INSTANT, .label = N_("Signed"), .flags = MH_SERVER_SET, .since = 16 },
  [MH_PANEL_NOTE]           = { "note", MH_KIND_LONG_TEXT, .label = N_("Note"), .max = 1000 },
  [MH_PANEL_ACTIVE]         = { "active", MH_KIND_BOOL, .label = N_("Offered") },
  KIOSK_FIELDS (PANEL),
};
G_STATIC_ASSERT (G_N_ELEMENTS (panel_fields) == MH_PANEL_N_FIELDS);

static const MhField price_list_fields[] = {
  MH_COMMON_FIELDS,
  [MH_PRICE_LIST_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type },
  [MH_PRICE_LIST_CODE]        = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_REQUIRED | MH_UNIQUE | MH_IMMUTABLE | MH_SORT | MH_BRIEF, .format = "code", .max = 40 },
  [MH_PRICE_LIST_NAME]        = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_REQUIRED | MH_SEARCH | MH_SORT | MH_BRIEF, .max = 120 },
  [MH_PRICE_LIST_PAYER]       = { "payer", MH_KIND_TEXT, .label = N_("Payer"), .max = 120,
    .help = N_("Insurer or company that these prices hold for") },
  [MH_PRICE_LIST_CURRENCY]    = { "currency", MH_KIND_TEXT, .label = N_("Currency"), .flags = MH_REQUIRED, .format = "currency", .max = 3 },
  [MH_PRICE_LIST_VALID_FROM]  = { "valid_from", MH_KIND_DATE, .label = N_("Valid from") },
  [MH_PRICE_LIST_VALID_UNTIL] = { "valid_until", MH_KIND_DATE, .label = N_("Valid until") },
  [MH_PRICE_LIST_IS_DEFAULT]  = { "is_default", MH_KIND_BOOL, .label = N_("Default"), .flags = MH_BRIEF },
  [MH_PRICE_LIST_ENTRIES]     = { "entries", MH_KIND_RECORDS, .label = N_("Prices"), .target = &mh_price_entry_type, .flags = MH_VIRTUAL, .max = 1000 },
  [MH_PRICE_LIST_ACTIVE]      = { "active", MH_KIND_BOOL, .label = N_("In use") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (price_list_fields) == MH_PRICE_LIST_N_FIELDS);

static const MhField price_entry_fields[] = {
  MH_COMMON_FIELDS,
  [MH_PRICE_ENTRY_PRICE_LIST_ID] = { "price_list_id", MH_KIND_REF, .label = N_("Price list"), .target = &mh_price_list_type, .flags = MH_INDEX | MH_SERVER_SET },
  [MH_PRICE_ENTRY_CODE]          = { "code", MH_KIND_TEXT, .label = N_("Test or panel"), .flags = MH_REQUIRED, .format = "code", .max = 20 },
  [MH_PRICE_ENTRY_PRICE]         = { "price", MH_KIND_MONEY, .label = N_("Price"), .flags = MH_REQUIRED, .at_least = 0, .at_most = MH_MOST_MONEY },
};
G_STATIC_ASSERT (G_N_ELEMENTS (price_entry_fields) == MH_PRICE_ENTRY_N_FIELDS);

/* clang-format on */

/* Whoever orders without a doctor should know what for. @from: offered, its name, its text. */
static void
kiosk_check (MhRecord *row, guint from, MhIssues *issues)
{
  if (!mh_record_bool (row, from))
    return;
  if (!mh_record_has (row, from + 1))
    mh_issues_add (issues, "kiosk_name", "required",
                   "Give the words patients know it by, or do not offer it at the kiosk");
  if (!mh_record_has (row, from + 2))
    mh_issues_add (issues, "kiosk_text", "required",
                   "Say in a sentence what it is for, or do not offer it at the kiosk");
}

static void
panel_check (MhRecord *panel, MhIssues *issues)
{
  kiosk_check (panel, MH_PANEL_KIOSK, issues);
}

static void
stability_check (MhRecord *test, MhIssues *issues)
{
  static const guint fields[]
      = { MH_TEST_STABILITY_ROOM, MH_TEST_STABILITY_FRIDGE, MH_TEST_STABILITY_FROZEN };
  static const MhDecimal none = { 0, 0 }, most = { MOST_STABLE_HOURS, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *text = mh_record_text (test, fields[i]);
      MhDecimal hours;
      if (text != NULL && mh_decimal_parse (text, &hours)
          && (mh_decimal_compare (hours, none) <= 0 || mh_decimal_compare (hours, most) > 0))
        mh_issues_add (issues, test_fields[fields[i]].name, "out_of_range",
                       "Give the hours that a sample keeps, more than 0 and at most %d, or leave "
                       "it empty where nothing is known",
                       MOST_STABLE_HOURS);
    }
}

static void
test_check (MhRecord *test, MhIssues *issues)
{
  kiosk_check (test, MH_TEST_KIOSK, issues);
  if (mh_record_has (test, MH_TEST_FASTING_HOURS) && mh_record_int (test, MH_TEST_FASTING_HOURS) > 0
      && !mh_record_bool (test, MH_TEST_FASTING))
    mh_issues_add (issues, "fasting", "mismatch",
                   "Hours of fasting are given: mark the test as fasting");
  stability_check (test, issues);
}

static void
price_list_check (MhRecord *list, MhIssues *issues)
{
  const char *from = mh_record_text (list, MH_PRICE_LIST_VALID_FROM);
  const char *until = mh_record_text (list, MH_PRICE_LIST_VALID_UNTIL);

  /* ISO dates sort as text */
  if (from != NULL && until != NULL && *from != '\0' && *until != '\0' && strcmp (until, from) < 0)
    mh_issues_add (issues, "valid_until", "order", "Ends before it begins");
}

/* clang-format off */
const MhRecordType mh_bench_type = {
  .name = "MhBench", .code = "bench", .table = "bench", .path = "/benches",
  .label = NS_("Bench"), .fields = bench_fields, .n_fields = G_N_ELEMENTS (bench_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_CATALOGUE,
  .key = MH_BENCH_CODE,
};

const MhRecordType mh_specimen_type_type = {
  .name = "MhSpecimenType", .code = "specimen_type", .table = "specimen_type", .path = "/specimen-types",
  .label = NS_("Specimen"), .fields = specimen_type_fields, .n_fields = G_N_ELEMENTS (specimen_type_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_CATALOGUE,
  .key = MH_SPECIMEN_TYPE_CODE,
};

const MhRecordType mh_container_type = {
  .name = "MhContainer", .code = "container", .table = "container", .path = "/containers",
  .label = NS_("Container"), .fields = container_fields, .n_fields = G_N_ELEMENTS (container_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_CATALOGUE,
  .key = MH_CONTAINER_CODE,
};

const MhRecordType mh_test_type = {
  .name = "MhTest", .code = "test", .table = "test", .path = "/tests",
  .label = NS_("Test"), .fields = test_fields, .n_fields = G_N_ELEMENTS (test_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_CATALOGUE, .check = test_check,
  .active = MH_TEST_ACTIVE, .key = MH_TEST_CODE,
};

const MhRecordType mh_panel_type = {
  .name = "MhPanel", .code = "panel", .table = "panel", .path = "/panels",
  .label = N_("Panel"), .fields = panel_fields, .n_fields = G_N_ELEMENTS (panel_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_CATALOGUE, .check = panel_check,
  .active = MH_PANEL_ACTIVE, .key = MH_PANEL_CODE,
};

const MhRecordType mh_price_list_type = {
  .name = "MhPriceList", .code = "price_list", .table = "price_list", .path = "/price_lists",
  .label = NS_("Price list"), .fields = price_list_fields, .n_fields = G_N_ELEMENTS (price_list_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_CATALOGUE, .check = price_list_check,
  .hospital = MH_PRICE_LIST_HOSPITAL_ID, .active = MH_PRICE_LIST_ACTIVE, .key = MH_PRICE_LIST_CODE,
};

const MhRecordType mh_price_entry_type = {
  .name = "MhPriceEntry", .code = "price_entry", .table = "price_entry",
  .label = NS_("Price"), .fields = price_entry_fields, .n_fields = G_N_ELEMENTS (price_entry_fields),
  .flags = MH_TYPE_PART | MH_TYPE_CATALOGUE,
  .key = MH_PRICE_ENTRY_CODE,
};

/* clang-format on */
