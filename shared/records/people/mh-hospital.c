/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/people/mh-hospital.h"

#include "shared/base/mh-translation.h"
#include "shared/records/platform/mh-accent.h"
#include "shared/records/platform/mh-settings.h"

#include <string.h>

#define MOST_ORDER_LETTERS 8 /* not longer than a hospital's code, which the slip's bars bear */

/* clang-format off */
const MhCode mh_setting_kind_codes[] = {
  { MH_SETTING_KIND_TEXT, N_("Text") },
  { MH_SETTING_KIND_INT, N_("Whole number") },
  { MH_SETTING_KIND_MONEY, N_("Money") },
  { MH_SETTING_KIND_BOOL, N_("Yes or no") },
  { NULL },
};

const MhCode mh_device_kind_codes[] = {
  { MH_DEVICE_KIND_DESK, N_("Desk") },
  { MH_DEVICE_KIND_COLLECTION, N_("Collection point") },
  { MH_DEVICE_KIND_LABORATORY, N_("Laboratory station") },
  { MH_DEVICE_KIND_KIOSK, NS_("Kiosk") },
  { MH_DEVICE_KIND_MACHINE, N_("Machine") },
  { MH_DEVICE_KIND_VEHICLE, N_("Vehicle") },
  { NULL },
};

static const MhField hospital_fields[] = {
  MH_COMMON_FIELDS,
  [MH_HOSPITAL_CODE]                = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_REQUIRED | MH_UNIQUE | MH_SORT | MH_BRIEF, .format = "code", .max = 12,
    .help = N_("Short code; also the prefix of this hospital's MRN") },
  [MH_HOSPITAL_NAME]                = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_REQUIRED | MH_SEARCH | MH_SORT | MH_BRIEF, .max = 160 },
  [MH_HOSPITAL_LEGAL_NAME]          = { "legal_name", MH_KIND_TEXT, .label = N_("Legal name"), .max = 160 },
  [MH_HOSPITAL_ADDRESS_LINE]        = { "address_line", MH_KIND_LONG_TEXT, .label = N_("Address"), .max = 300 },
  [MH_HOSPITAL_LOCALITY]            = { "locality", MH_KIND_TEXT, .label = N_("Locality"), .max = 100 },
  [MH_HOSPITAL_CITY]                = { "city", MH_KIND_TEXT, .label = N_("City"), .flags = MH_SORT | MH_BRIEF, .max = 100 },
  [MH_HOSPITAL_DISTRICT]            = { "district", MH_KIND_TEXT, .label = N_("District"), .max = 100 },
  [MH_HOSPITAL_STATE]               = { "state", MH_KIND_TEXT, .label = N_("State or union territory"), .max = 100 },
  [MH_HOSPITAL_COUNTRY]             = { "country", MH_KIND_TEXT, .label = N_("Country"), .max = 2,
    .help = N_("ISO 3166 code of two letters") },
  [MH_HOSPITAL_PIN]                 = { "pin", MH_KIND_TEXT, .label = N_("PIN code"), .format = "pin", .max = 10 },
  [MH_HOSPITAL_PHONE]               = { "phone", MH_KIND_TEXT, .label = N_("Phone"), .format = "phone", .max = 40 },
  [MH_HOSPITAL_PHONE2]              = { "phone2", MH_KIND_TEXT, .label = N_("Second phone"), .format = "phone", .max = 40 },
  [MH_HOSPITAL_EMAIL]               = { "email", MH_KIND_TEXT, .label = N_("E-mail"), .format = "email", .max = 254 },
  [MH_HOSPITAL_WEBSITE]             = { "website", MH_KIND_TEXT, .label = N_("Web site"), .max = 200 },
  [MH_HOSPITAL_REGISTRATION_NUMBER] = { "registration_number", MH_KIND_TEXT, .label = N_("Registration number"), .max = 60 },
  [MH_HOSPITAL_ACCREDITATION]       = { "accreditation", MH_KIND_TEXT, .label = N_("Accreditation"), .max = 120,
    .help = N_("For example the NABL certificate number printed on reports") },
  [MH_HOSPITAL_TAX_NUMBER]          = { "tax_number", MH_KIND_TEXT, .label = N_("Tax number"), .max = 30,
    .help = N_("GSTIN, printed on invoices") },
  [MH_HOSPITAL_CURRENCY]            = { "currency", MH_KIND_TEXT, .label = N_("Currency"), .format = "currency", .max = 3,
    .help = N_("ISO 4217 code of three letters") },
  [MH_HOSPITAL_TIME_ZONE]           = { "time_zone", MH_KIND_TEXT, .label = N_("Time zone"), .max = 60,
    .help = N_("For example Asia/Kolkata") },
  [MH_HOSPITAL_REPORT_FOOTER]       = { "report_footer", MH_KIND_LONG_TEXT, .label = N_("Report footer"), .max = 500 },
  [MH_HOSPITAL_ACTIVE]              = { "active", MH_KIND_BOOL, .label = N_("In use") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (hospital_fields) == MH_HOSPITAL_N_FIELDS);

static const MhField department_fields[] = {
  MH_COMMON_FIELDS,
  [MH_DEPARTMENT_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_REQUIRED | MH_IMMUTABLE },
  [MH_DEPARTMENT_CODE]        = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_REQUIRED | MH_SORT | MH_BRIEF, .format = "code", .max = 20 },
  [MH_DEPARTMENT_NAME]        = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_REQUIRED | MH_SEARCH | MH_SORT | MH_BRIEF, .max = 120 },
  [MH_DEPARTMENT_KIND]        = { "kind", MH_KIND_TEXT, .label = N_("Kind"), .max = 40 },
  [MH_DEPARTMENT_HEAD_NAME]   = { "head_name", MH_KIND_TEXT, .label = N_("Head"), .max = 120 },
  [MH_DEPARTMENT_PHONE]       = { "phone", MH_KIND_TEXT, .label = N_("Phone"), .format = "phone", .max = 40 },
  [MH_DEPARTMENT_LOCATION]    = { "location", MH_KIND_TEXT, .label = N_("Location"), .max = 120 },
  [MH_DEPARTMENT_ACTIVE]      = { "active", MH_KIND_BOOL, .label = N_("In use") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (department_fields) == MH_DEPARTMENT_N_FIELDS);

static const MhField device_fields[] = {
  MH_COMMON_FIELDS,
  [MH_DEVICE_HOSPITAL_ID]     = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_REQUIRED },
  [MH_DEVICE_CODE]            = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_REQUIRED | MH_UNIQUE | MH_SORT | MH_BRIEF | MH_SEARCH, .format = "code", .max = 40 },
  [MH_DEVICE_NAME]            = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_REQUIRED | MH_SEARCH | MH_SORT | MH_BRIEF, .max = 120 },
  [MH_DEVICE_KIND]            = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_device_kind_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_DEVICE_DEPARTMENT_ID]   = { "department_id", MH_KIND_REF, .label = N_("Department"), .target = &mh_department_type },
  [MH_DEVICE_PLACE]           = { "place", MH_KIND_TEXT, .label = N_("Place"), .max = 120 },
  [MH_DEVICE_ACTIVE]          = { "active", MH_KIND_BOOL, .label = N_("In use") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (device_fields) == MH_DEVICE_N_FIELDS);

static const MhField setting_fields[] = {
  MH_COMMON_FIELDS,
  [MH_SETTING_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_IMMUTABLE,
    .help = N_("Empty: holds for all hospitals that have no value of their own") },
  [MH_SETTING_KEY]         = { "key", MH_KIND_TEXT, .label = N_("Key"), .flags = MH_REQUIRED | MH_IMMUTABLE | MH_SORT | MH_BRIEF | MH_INDEX, .max = 80 },
  [MH_SETTING_KIND]        = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_setting_kind_codes, .flags = MH_REQUIRED | MH_IMMUTABLE },
  [MH_SETTING_VALUE]       = { "value", MH_KIND_TEXT, .label = N_("Value"), .flags = MH_BRIEF, .max = 2000 },
  [MH_SETTING_LABEL]       = { "label", MH_KIND_TEXT, .label = N_("Label"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_SETTING_HELP]        = { "help", MH_KIND_TEXT, .label = N_("Explanation"), .flags = MH_SERVER_SET, .max = 400 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (setting_fields) == MH_SETTING_N_FIELDS);

static const MhField series_fields[] = {
  MH_COMMON_FIELDS,
  [MH_SERIES_CODE]        = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_REQUIRED | MH_UNIQUE | MH_IMMUTABLE, .max = 80,
    .help = N_("For example mrn:MH or receipt:MH:2026") },
  [MH_SERIES_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type },
  [MH_SERIES_PREFIX]      = { "prefix", MH_KIND_TEXT, .label = N_("Prefix"), .max = 20 },
  [MH_SERIES_NEXT_VALUE]  = { "next_value", MH_KIND_INT, .label = N_("Next number"), .flags = MH_REQUIRED, .at_least = 1, .at_most = G_GINT64_CONSTANT(1000000000000) },
  [MH_SERIES_PERIOD]      = { "period", MH_KIND_TEXT, .label = N_("Period"), .max = 20,
    .help = N_("Financial year or day that this counter belongs to") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (series_fields) == MH_SERIES_N_FIELDS);

/* clang-format on */

static char *
device_display (MhRecord *device)
{
  return g_strdup_printf ("%s (%s)", mh_record_text (device, MH_DEVICE_NAME) ?: "",
                          mh_record_text (device, MH_DEVICE_CODE) ?: "");
}

/* A prefix that no invoice could bear would be found out by whoever is paying. */
static void
check_prefix (const char *value, MhIssues *issues)
{
  if (strlen (value) > 4
      || strspn (value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-/") != strlen (value))
    mh_issues_add (issues, "value", "format", "At most four of A–Z, 0–9, - and /");
}

/* A digit would make some numbers look like an MRN, a dash like a visit's or prescription's. */
static void
check_order_prefix (const char *value, MhIssues *issues)
{
  static const char *const taken[] = { "REF", "WS", NULL };
  if (strlen (value) > MOST_ORDER_LETTERS
      || strspn (value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != strlen (value))
    mh_issues_add (issues, "value", "format", "At most eight letters, A–Z alone, such as LAB");
  else if (g_strv_contains (taken, value))
    mh_issues_add (issues, "value", "taken",
                   "%s begins the numbers of referrals or worksheets; choose other letters", value);
}

static void
setting_check (MhRecord *setting, MhIssues *issues)
{
  const char *kind = mh_record_text (setting, MH_SETTING_KIND);
  const char *value = mh_record_text (setting, MH_SETTING_VALUE);
  char *end = NULL;

  if (kind == NULL || value == NULL || *value == '\0')
    return;

  if (strcmp (kind, MH_SETTING_KIND_BOOL) == 0 && strcmp (value, "true") != 0
      && strcmp (value, "false") != 0)
    mh_issues_add (issues, "value", "format", "Must be true or false");
  if (g_strcmp0 (mh_record_text (setting, MH_SETTING_KEY), MH_SET_INVOICE_PREFIX) == 0)
    check_prefix (value, issues);
  if (g_strcmp0 (mh_record_text (setting, MH_SETTING_KEY), MH_SET_ORDER_PREFIX) == 0)
    check_order_prefix (value, issues);
  if (g_strcmp0 (mh_record_text (setting, MH_SETTING_KEY), MH_SET_MAIL_ACCENT) == 0
      && !mh_accent_is_fine (value))
    mh_issues_add (issues, "value", "format",
                   "Write # and six digits, dark enough for white letters, such as #0f766e");

  if (strcmp (kind, MH_SETTING_KIND_INT) != 0 && strcmp (kind, MH_SETTING_KIND_MONEY) != 0)
    return;

  gint64 number = g_ascii_strtoll (value, &end, 10);
  const char *key = mh_record_text (setting, MH_SETTING_KEY);
  if (*end != '\0')
    mh_issues_add (issues, "value", "format", "Must be a whole number");
  else if (key != NULL && g_str_has_prefix (key, MH_SET_DISCOUNT_LIMIT_)
           && (number < 0 || number > 10000))
    mh_issues_add (issues, "value", "range", "A discount is 0 to 100 per cent");
}

/* clang-format off */
const MhRecordType mh_hospital_type = {
  .name = "MhHospital", .code = "hospital", .table = "hospital", .path = "/hospitals",
  .label = N_("Hospital"), .fields = hospital_fields, .n_fields = G_N_ELEMENTS (hospital_fields),
  .flags = MH_TYPE_SYNC,
  .active = MH_HOSPITAL_ACTIVE, .key = MH_HOSPITAL_CODE,
};

const MhRecordType mh_department_type = {
  .name = "MhDepartment", .code = "department", .table = "department", .path = "/departments",
  .label = NS_("Department"), .fields = department_fields, .n_fields = G_N_ELEMENTS (department_fields),
  .flags = MH_TYPE_SYNC,
  .hospital = MH_DEPARTMENT_HOSPITAL_ID, .active = MH_DEPARTMENT_ACTIVE, .key = MH_DEPARTMENT_CODE,
};

const MhRecordType mh_device_type = {
  .name = "MhDevice", .code = "device", .table = "device", .path = "/devices",
  .label = N_("Desk or device"), .fields = device_fields, .n_fields = G_N_ELEMENTS (device_fields),
  .flags = MH_TYPE_SYNC, .display = device_display,
  .hospital = MH_DEVICE_HOSPITAL_ID, .active = MH_DEVICE_ACTIVE, .key = MH_DEVICE_CODE,
};

const MhRecordType mh_setting_type = {
  .name = "MhSetting", .code = "setting", .table = "setting", .path = "/settings",
  .label = N_("Setting"), .fields = setting_fields, .n_fields = G_N_ELEMENTS (setting_fields),
  .flags = MH_TYPE_SYNC, .check = setting_check,
  .hospital = MH_SETTING_HOSPITAL_ID, .key = MH_SETTING_KEY,
};

const MhRecordType mh_series_type = {
  .name = "MhSeries", .code = "series", .table = "series",
  .label = N_("Series of numbers"), .fields = series_fields, .n_fields = G_N_ELEMENTS (series_fields),
  .flags = MH_TYPE_INTERNAL,
  .hospital = MH_SERIES_HOSPITAL_ID, .key = MH_SERIES_CODE,
};

/* clang-format on */
