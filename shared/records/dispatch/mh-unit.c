/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/dispatch/mh-unit.h"

#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_unit_kind_codes[] = {
  { MH_UNIT_AMBULANCE, N_("Ambulance") },
  { MH_UNIT_CAR, N_("Response car") },
  { MH_UNIT_MOTORBIKE, N_("Motorbike") },
  { MH_UNIT_BOAT, N_("Boat") },
  { MH_UNIT_HELICOPTER, N_("Helicopter") },
  { MH_UNIT_FIRE, N_("Fire and rescue") },
  { MH_UNIT_POLICE, N_("Police") },
  { NULL },
};

const MhCode mh_unit_can_codes[] = {
  { "BLS", N_("Basic life support") },
  { "ALS", N_("Advanced life support") },
  { "MICU", N_("Intensive care, with a doctor") },
  { "FIRE", N_("Fire and rescue") },
  { "POLICE", N_("Police") },
  { NULL },
};

const MhCode mh_zone_kind_codes[] = {
  { MH_ZONE_COVERAGE, N_("Area to be covered") },
  { MH_ZONE_HOSPITAL, N_("Approach of a hospital") },
  { MH_ZONE_SLOW, N_("Slow traffic") },
  { MH_ZONE_FORBIDDEN, N_("Not to be entered") },
  { MH_ZONE_EVENT, N_("Event") },
  { NULL },
};

static const MhField unit_fields[] = {
  MH_COMMON_FIELDS,
  [MH_UNIT_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_UNIT_CODE]    = { "code", MH_KIND_TEXT, .label = N_("Call sign"), .flags = MH_REQUIRED | MH_IMMUTABLE | MH_SEARCH | MH_SORT | MH_BRIEF, .format = "code", .max = 20,
    .help = N_("By which it is called over the radio") },
  [MH_UNIT_KIND]    = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_unit_kind_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_UNIT_CAN]     = { "can", MH_KIND_LIST, .label = N_("Can do"), .codes = mh_unit_can_codes, .flags = MH_REQUIRED | MH_BRIEF, .max = 5,
    .help = N_("With its usual crew and equipment; a higher step of life support includes those below") },
  [MH_UNIT_PLATE]   = { "plate", MH_KIND_TEXT, .label = N_("Number plate"), .flags = MH_SEARCH | MH_BRIEF, .max = 20 },
  [MH_UNIT_STATION] = { "station", MH_KIND_TEXT, .label = N_("Station"), .flags = MH_SEARCH | MH_BRIEF, .max = 80,
    .help = N_("Where it stands when nobody needs it") },
  [MH_UNIT_ZONE]    = { "zone", MH_KIND_TEXT, .label = N_("Zone"), .flags = MH_BRIEF, .max = 20,
    .help = N_("The area that it covers") },
  [MH_UNIT_NOTE]    = { "note", MH_KIND_LONG_TEXT, .label = N_("Note"), .max = 1000 },
  [MH_UNIT_ACTIVE]  = { "active", MH_KIND_BOOL, .label = N_("In use"), .flags = MH_BRIEF },
};
G_STATIC_ASSERT (G_N_ELEMENTS (unit_fields) == MH_UNIT_N_FIELDS);

static const MhField zone_fields[] = {
  MH_COMMON_FIELDS,
  [MH_ZONE_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_ZONE_CODE]        = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_REQUIRED | MH_IMMUTABLE | MH_SEARCH | MH_SORT | MH_BRIEF, .format = "code", .max = 20 },
  [MH_ZONE_NAME]        = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_REQUIRED | MH_SEARCH | MH_SORT | MH_BRIEF, .max = 120 },
  [MH_ZONE_KIND]        = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_zone_kind_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_ZONE_CORNERS]     = { "corners", MH_KIND_JSON, .label = N_("Corners"), .flags = MH_REQUIRED, .max = 32768,
    .help = N_("Latitude and longitude of each in degrees, the last one again the first: [[57.70,11.95],[57.72,11.95],[57.71,11.99],[57.70,11.95]]") },
  [MH_ZONE_LEAST_UNITS] = { "least_units", MH_KIND_INT, .label = N_("Least units"), .flags = MH_BRIEF, .at_least = 0, .at_most = 50,
    .help = N_("How many should be free in an area that is to be covered") },
  [MH_ZONE_ACTIVE]      = { "active", MH_KIND_BOOL, .label = N_("In use"), .flags = MH_BRIEF },
};
G_STATIC_ASSERT (G_N_ELEMENTS (zone_fields) == MH_ZONE_N_FIELDS);
/* clang-format on */

static void
zone_check (MhRecord *zone, MhIssues *issues)
{
  if (mh_record_has (zone, MH_ZONE_LEAST_UNITS)
      && g_strcmp0 (mh_record_text (zone, MH_ZONE_KIND), MH_ZONE_COVERAGE) != 0)
    mh_issues_add (issues, "least_units", "mismatch",
                   "Only an area to be covered has a least number of units; leave it empty.");
}

static char *
zone_display (MhRecord *zone)
{
  return g_strdup_printf ("%s · %s", mh_record_text (zone, MH_ZONE_CODE),
                          mh_record_text (zone, MH_ZONE_NAME));
}

static char *
unit_display (MhRecord *unit)
{
  return g_strdup (mh_record_text (unit, MH_UNIT_CODE));
}

/* clang-format off */
const MhRecordType mh_unit_type = {
  .name = "MhUnit", .code = "unit", .table = "unit", .path = "/units",
  .label = N_("Unit"), .fields = unit_fields, .n_fields = G_N_ELEMENTS (unit_fields),
  .flags = MH_TYPE_SYNC, .display = unit_display,
  .hospital = MH_UNIT_HOSPITAL_ID, .active = MH_UNIT_ACTIVE, .key = MH_UNIT_CODE,
};

const MhRecordType mh_zone_type = {
  .name = "MhZone", .code = "zone", .table = "zone", .path = "/zones",
  .label = N_("Zone"), .fields = zone_fields, .n_fields = G_N_ELEMENTS (zone_fields),
  .flags = MH_TYPE_SYNC, .check = zone_check, .display = zone_display,
  .hospital = MH_ZONE_HOSPITAL_ID, .active = MH_ZONE_ACTIVE, .key = MH_ZONE_CODE,
};
/* clang-format on */
