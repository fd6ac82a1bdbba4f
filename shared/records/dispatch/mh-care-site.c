/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/dispatch/mh-care-site.h"

/* clang-format off */
#define CARE_ROWS \
  { "trauma", N_("Major injuries") }, \
  { "stroke", N_("Stroke unit") }, \
  { "stemi", N_("Heart catheter") }, \
  { "burns", N_("Burns") }, \
  { "children", N_("Children") }, \
  { "birth", N_("Birth") }, \
  { "psychiatry", N_("Psychiatry") }

const MhCode mh_care_codes[] = { CARE_ROWS, { NULL } };
const MhCode mh_care_scope_codes[] = { { MH_CARE_SCOPE_ALL, N_("All patients") }, CARE_ROWS, { NULL } };

const MhCode mh_crowding_codes[] = {
  { "calm", N_("Calm") },
  { "busy", N_("Busy") },
  { "very_busy", N_("Very busy") },
  { "crowded", N_("Crowded") },
  { "severe", N_("Severely crowded") },
  { "dangerous", N_("Dangerously crowded") },
  { NULL },
};

const MhCode mh_destination_note_codes[] = {
  { "stale", N_("Its figures are old") },
  { "diverts_top", N_("Diverts, which the highest priority ignores") },
  { "diverts_all", N_("Diverts, as all others do") },
  { "no_bed", N_("No free bed") },
  { "crowded", N_("Crowded") },
  { "lacks", N_("Not all that is needed; nobody in reach has more") },
  { "far", N_("More than an hour away, as all are") },
  { NULL },
};
const MhCode mh_destination_out_codes[] = {
  { "no_way", N_("No way by road") },
  { "too_far", N_("More than an hour away") },
  { "lacks", N_("A unit that is needed is missing") },
  { "diverts", N_("Diverts") },
  { "refused", N_("Has refused this patient") },
  { NULL },
};

static const MhField site_fields[] = {
  MH_COMMON_FIELDS,
  [MH_CARE_SITE_HOSPITAL_ID]      = { "hospital_id", MH_KIND_REF, .label = N_("Rescue service"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_CARE_SITE_MEMBER_ID]        = { "member_id", MH_KIND_REF, .label = N_("Hospital of this program"), .target = &mh_hospital_type, .flags = MH_UNIQUE,
    .help = N_("Empty for one that does not work with this program: dispatchers write down what it tells by telephone") },
  [MH_CARE_SITE_CODE]             = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_REQUIRED | MH_IMMUTABLE | MH_SEARCH | MH_SORT | MH_BRIEF, .format = "code", .max = 12 },
  [MH_CARE_SITE_NAME]             = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_REQUIRED | MH_SEARCH | MH_SORT | MH_BRIEF, .max = 120 },
  [MH_CARE_SITE_PHONE]            = { "phone", MH_KIND_TEXT, .label = N_("Phone of the emergency department"), .flags = MH_BRIEF, .format = "phone", .max = 40 },
  [MH_CARE_SITE_LAT]              = { "lat", MH_KIND_DECIMAL, .label = N_("Latitude"), .flags = MH_REQUIRED, .max = 12, .help = N_("Of the ambulances' entrance, in degrees: 57.6833") },
  [MH_CARE_SITE_LON]              = { "lon", MH_KIND_DECIMAL, .label = N_("Longitude"), .flags = MH_REQUIRED, .max = 12, .help = N_("In degrees: 11.9616") },
  [MH_CARE_SITE_CARE]             = { "care", MH_KIND_LIST, .label = N_("Special units"), .codes = mh_care_codes, .flags = MH_BRIEF, .max = 7, .help = N_("What it is fit for at all hours, beside an emergency department") },
  [MH_CARE_SITE_ED_BEDS]          = { "ed_beds", MH_KIND_INT, .label = N_("Beds of the emergency department"), .flags = MH_REQUIRED, .at_least = 1, .at_most = 200 },
  [MH_CARE_SITE_HOSPITAL_BEDS]    = { "hospital_beds", MH_KIND_INT, .label = N_("Beds of the hospital"), .flags = MH_REQUIRED, .at_least = 1, .at_most = 5000 },
  [MH_CARE_SITE_NOTE]             = { "note", MH_KIND_LONG_TEXT, .label = N_("Note"), .max = 1000 },
  [MH_CARE_SITE_ACTIVE]           = { "active", MH_KIND_BOOL, .label = N_("In use"), .flags = MH_BRIEF },
  [MH_CARE_SITE_FREE_BEDS]        = { "free_beds", MH_KIND_INT, .label = N_("Free beds"), .flags = MH_SERVER_SET | MH_BRIEF, .help = N_("As told last, before those that are kept for who is on the way") },
  [MH_CARE_SITE_FREE_ICU]         = { "free_icu", MH_KIND_INT, .label = N_("Free beds of intensive care"), .flags = MH_SERVER_SET },
  [MH_CARE_SITE_FREE_THEATRES]    = { "free_theatres", MH_KIND_INT, .label = N_("Free theatres"), .flags = MH_SERVER_SET },
  [MH_CARE_SITE_RESERVED]         = { "reserved", MH_KIND_INT, .label = N_("Beds kept"), .flags = MH_SERVER_SET | MH_BRIEF, .help = N_("For who is on the way, and who came after the beds were told last") },
  [MH_CARE_SITE_ED_PATIENTS]      = { "ed_patients", MH_KIND_INT, .label = N_("Patients in the emergency department"), .flags = MH_SERVER_SET },
  [MH_CARE_SITE_BOARDERS]         = { "boarders", MH_KIND_INT, .label = N_("Who wait there for a bed"), .flags = MH_SERVER_SET },
  [MH_CARE_SITE_VENTILATED]       = { "ventilated", MH_KIND_INT, .label = N_("Ventilated"), .flags = MH_SERVER_SET },
  [MH_CARE_SITE_LONGEST_MINUTES]  = { "longest_minutes", MH_KIND_INT, .label = N_("Longest wait for a bed"), .unit = "min", .flags = MH_SERVER_SET },
  [MH_CARE_SITE_LAST_BED_MINUTES] = { "last_bed_minutes", MH_KIND_INT, .label = N_("Last wait to be seen"), .unit = "min", .flags = MH_SERVER_SET },
  [MH_CARE_SITE_NEDOCS]           = { "nedocs", MH_KIND_INT, .label = N_("NEDOCS"), .flags = MH_SERVER_SET | MH_BRIEF, .help = N_("How crowded the emergency department is: 0 to 20 calm, above 180 dangerous") },
  [MH_CARE_SITE_LEVEL]            = { "level", MH_KIND_ENUM, .label = N_("Crowding"), .codes = mh_crowding_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_CARE_SITE_PARTS]            = { "parts", MH_KIND_JSON, .label = N_("Parts of the NEDOCS"), .flags = MH_SERVER_SET | MH_NO_FORM, .max = 1000, .help = N_("Points of each figure; the sum, less 20, is the NEDOCS") },
  [MH_CARE_SITE_REVIEWED_AT]      = { "reviewed_at", MH_KIND_INSTANT, .label = N_("Told"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_CARE_SITE_REVIEWED_NAME]    = { "reviewed_name", MH_KIND_TEXT, .label = N_("Told by"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_CARE_SITE_DIVERSIONS]       = { "diversions", MH_KIND_JSON, .label = N_("Diversions"), .flags = MH_SERVER_SET | MH_NO_FORM, .max = 16384, .help = N_("Those that hold or are to come: id, scope, starts_at, until, reason") },
  [MH_CARE_SITE_STALE]            = { "stale", MH_KIND_BOOL, .label = N_("Out of date"), .flags = MH_SERVER_SET | MH_VIRTUAL, .help = N_("Nobody has looked at the figures for an hour") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (site_fields) == MH_CARE_SITE_N_FIELDS);

static const MhField report_fields[] = {
  MH_COMMON_FIELDS,
  [MH_SITE_REPORT_HOSPITAL_ID]      = { "hospital_id", MH_KIND_REF, .label = N_("Rescue service"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_SITE_REPORT_SITE_ID]          = { "site_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_care_site_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_SITE_REPORT_AT]               = { "at", MH_KIND_INSTANT, .label = N_("Told"), .flags = MH_SERVER_SET },
  [MH_SITE_REPORT_ED_PATIENTS]      = { "ed_patients", MH_KIND_INT, .label = N_("Patients in the emergency department"), .flags = MH_REQUIRED },
  [MH_SITE_REPORT_ED_BEDS]          = { "ed_beds", MH_KIND_INT, .label = N_("Beds of the emergency department"), .help = N_("Left out: all that it has") },
  [MH_SITE_REPORT_BOARDERS]         = { "boarders", MH_KIND_INT, .label = N_("Who wait there for a bed"), .flags = MH_REQUIRED },
  [MH_SITE_REPORT_HOSPITAL_BEDS]    = { "hospital_beds", MH_KIND_INT, .label = N_("Beds of the hospital"), .help = N_("Left out: all that it has") },
  [MH_SITE_REPORT_VENTILATED]       = { "ventilated", MH_KIND_INT, .label = N_("Ventilated"), .flags = MH_REQUIRED },
  [MH_SITE_REPORT_LONGEST_MINUTES]  = { "longest_minutes", MH_KIND_INT, .label = N_("Longest wait for a bed"), .unit = "min", .flags = MH_REQUIRED },
  [MH_SITE_REPORT_LAST_BED_MINUTES] = { "last_bed_minutes", MH_KIND_INT, .label = N_("Last wait to be seen"), .unit = "min", .flags = MH_REQUIRED },
  [MH_SITE_REPORT_FREE_BEDS]        = { "free_beds", MH_KIND_INT, .label = N_("Free beds"), .flags = MH_REQUIRED },
  [MH_SITE_REPORT_FREE_ICU]         = { "free_icu", MH_KIND_INT, .label = N_("Free beds of intensive care") },
  [MH_SITE_REPORT_FREE_THEATRES]    = { "free_theatres", MH_KIND_INT, .label = N_("Free theatres") },
  [MH_SITE_REPORT_NEDOCS]           = { "nedocs", MH_KIND_INT, .label = N_("NEDOCS"), .flags = MH_SERVER_SET },
  [MH_SITE_REPORT_LEVEL]            = { "level", MH_KIND_ENUM, .label = N_("Crowding"), .codes = mh_crowding_codes, .flags = MH_SERVER_SET },
  [MH_SITE_REPORT_BY_NAME]          = { "by_name", MH_KIND_TEXT, .label = N_("Told by"), .flags = MH_SERVER_SET, .max = 120 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (report_fields) == MH_SITE_REPORT_N_FIELDS);

static const MhField diversion_fields[] = {
  MH_COMMON_FIELDS,
  [MH_DIVERSION_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Rescue service"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_DIVERSION_SITE_ID]     = { "site_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_care_site_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_DIVERSION_SCOPE]       = { "scope", MH_KIND_LIST, .label = N_("Which patients"), .codes = mh_care_scope_codes, .flags = MH_REQUIRED | MH_BRIEF, .max = 8 },
  [MH_DIVERSION_REASON]      = { "reason", MH_KIND_TEXT, .label = N_("Reason"), .flags = MH_REQUIRED | MH_BRIEF, .max = 300 },
  [MH_DIVERSION_STARTS_AT]   = { "starts_at", MH_KIND_INSTANT, .label = N_("From"), .flags = MH_BRIEF, .help = N_("Left out: now") },
  [MH_DIVERSION_UNTIL]       = { "until", MH_KIND_INSTANT, .label = N_("Until"), .flags = MH_REQUIRED | MH_BRIEF, .help = N_("4 hours later at the most; it may be renewed") },
  [MH_DIVERSION_ENDED_AT]    = { "ended_at", MH_KIND_INSTANT, .label = N_("Ended"), .flags = MH_SERVER_SET },
  [MH_DIVERSION_RENEWALS]    = { "renewals", MH_KIND_INT, .label = N_("Renewed"), .flags = MH_SERVER_SET },
  [MH_DIVERSION_BY_NAME]     = { "by_name", MH_KIND_TEXT, .label = N_("Told by"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_DIVERSION_ENDED_NAME]  = { "ended_name", MH_KIND_TEXT, .label = N_("Ended by"), .flags = MH_SERVER_SET, .max = 120 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (diversion_fields) == MH_DIVERSION_N_FIELDS);

static const MhField renewal_fields[] = {
  [MH_DIVERSION_RENEWAL_UNTIL] = { "until", MH_KIND_INSTANT, .label = N_("Until"), .flags = MH_REQUIRED },
};
G_STATIC_ASSERT (G_N_ELEMENTS (renewal_fields) == MH_DIVERSION_RENEWAL_N_FIELDS);

static const MhField destination_fields[] = {
  [MH_DESTINATION_SITE_ID]          = { "site_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_care_site_type, .flags = MH_SERVER_SET },
  [MH_DESTINATION_NAME]             = { "name", MH_KIND_TEXT, .label = N_("Hospital"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_DESTINATION_OFFERED]          = { "offered", MH_KIND_BOOL, .label = N_("Proposed"), .flags = MH_SERVER_SET, .help = N_("False: left out, for the reasons told") },
  [MH_DESTINATION_ROAD_SECONDS]     = { "road_seconds", MH_KIND_INT, .label = N_("By road"), .unit = "s", .flags = MH_SERVER_SET },
  [MH_DESTINATION_CROWDING_SECONDS] = { "crowding_seconds", MH_KIND_INT, .label = N_("For crowding"), .unit = "s", .flags = MH_SERVER_SET },
  [MH_DESTINATION_BED_SECONDS]      = { "bed_seconds", MH_KIND_INT, .label = N_("Without a bed"), .unit = "s", .flags = MH_SERVER_SET },
  [MH_DESTINATION_SCORE]            = { "score", MH_KIND_INT, .label = N_("Altogether"), .unit = "s", .flags = MH_SERVER_SET, .help = N_("At the highest priority the road alone counts") },
  [MH_DESTINATION_NOTES]            = { "notes", MH_KIND_LIST, .label = N_("To be known"), .codes = mh_destination_note_codes, .flags = MH_SERVER_SET },
  [MH_DESTINATION_REASONS]          = { "reasons", MH_KIND_LIST, .label = N_("Why left out"), .codes = mh_destination_out_codes, .flags = MH_SERVER_SET },
  [MH_DESTINATION_LACKING]          = { "lacking", MH_KIND_LIST, .label = N_("Missing units"), .codes = mh_care_codes, .flags = MH_SERVER_SET },
  [MH_DESTINATION_FREE_BEDS]        = { "free_beds", MH_KIND_INT, .label = N_("Free beds"), .flags = MH_SERVER_SET, .help = N_("Without those that are kept") },
  [MH_DESTINATION_NEDOCS]           = { "nedocs", MH_KIND_INT, .label = N_("NEDOCS"), .flags = MH_SERVER_SET },
  [MH_DESTINATION_LEVEL]            = { "level", MH_KIND_ENUM, .label = N_("Crowding"), .codes = mh_crowding_codes, .flags = MH_SERVER_SET },
  [MH_DESTINATION_REVIEWED_AT]      = { "reviewed_at", MH_KIND_INSTANT, .label = N_("Told"), .flags = MH_SERVER_SET },
};
G_STATIC_ASSERT (G_N_ELEMENTS (destination_fields) == MH_DESTINATION_N_FIELDS);
/* clang-format on */

static void
care_site_check_degrees (MhRecord *site, guint field, double most, MhIssues *issues)
{
  const char *text = mh_record_text (site, field);
  double value = text != NULL ? g_ascii_strtod (text, NULL) : 0;
  if (!(value >= -most && value <= most))
    mh_issues_add (issues, mh_care_site_type.fields[field].name, "out_of_range",
                   "A number of degrees from %d to %d", (int)-most, (int)most);
}

static void
care_site_check (MhRecord *site, MhIssues *issues)
{
  care_site_check_degrees (site, MH_CARE_SITE_LAT, 90, issues);
  care_site_check_degrees (site, MH_CARE_SITE_LON, 180, issues);
  if (mh_record_has (site, MH_CARE_SITE_ED_BEDS) && mh_record_has (site, MH_CARE_SITE_HOSPITAL_BEDS)
      && mh_record_int (site, MH_CARE_SITE_ED_BEDS)
             > mh_record_int (site, MH_CARE_SITE_HOSPITAL_BEDS))
    mh_issues_add (issues, "ed_beds", "mismatch",
                   "The emergency department cannot have more beds than the hospital");
}

static char *
care_site_display (MhRecord *site)
{
  return g_strdup (mh_record_text (site, MH_CARE_SITE_NAME));
}

/* clang-format off */
const MhRecordType mh_care_site_type = {
  .name = "MhCareSite", .code = "care_site", .table = "care_site", .path = "/care-sites",
  .label = N_("Hospital of the rescue service"), .fields = site_fields, .n_fields = G_N_ELEMENTS (site_fields),
  .flags = MH_TYPE_SYNC, .check = care_site_check, .display = care_site_display,
  .hospital = MH_CARE_SITE_HOSPITAL_ID, .active = MH_CARE_SITE_ACTIVE, .key = MH_CARE_SITE_CODE,
};
const MhRecordType mh_site_report_type = {
  .name = "MhSiteReport", .code = "site_report", .table = "site_report",
  .label = N_("Report of beds"), .fields = report_fields, .n_fields = G_N_ELEMENTS (report_fields),
  .flags = MH_TYPE_APPEND,
  .hospital = MH_SITE_REPORT_HOSPITAL_ID,
};
const MhRecordType mh_diversion_type = {
  .name = "MhDiversion", .code = "diversion", .table = "diversion", .path = "/diversions",
  .label = N_("Diversion"), .fields = diversion_fields, .n_fields = G_N_ELEMENTS (diversion_fields),
  .hospital = MH_DIVERSION_HOSPITAL_ID,
};
const MhRecordType mh_diversion_renewal_type = {
  .name = "MhDiversionRenewal", .code = "diversion_renewal",
  .label = N_("Renewal of a diversion"), .fields = renewal_fields, .n_fields = G_N_ELEMENTS (renewal_fields),
};
const MhRecordType mh_destination_type = {
  .name = "MhDestination", .code = "destination",
  .label = N_("Destination"), .fields = destination_fields, .n_fields = G_N_ELEMENTS (destination_fields),
};
/* clang-format on */
