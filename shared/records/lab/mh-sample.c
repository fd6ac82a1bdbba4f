/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-sample.h"

#include "shared/base/mh-translation.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/mh-types.h"

#include <string.h>

/* clang-format off */
const MhCode mh_sample_status_codes[] = {
  { MH_SAMPLE_STATUS_TO_COLLECT, N_("To collect") },
  { MH_SAMPLE_STATUS_COLLECTED, NR_("Collected") },
  { MH_SAMPLE_STATUS_IN_TRANSIT, N_("Handed over") },
  { MH_SAMPLE_STATUS_RECEIVED, NR_("Received") },
  { MH_SAMPLE_STATUS_REJECTED, NS_("Rejected") },
  { MH_SAMPLE_STATUS_STORED, N_("Stored") },
  { MH_SAMPLE_STATUS_REFERRED, N_("Referred") },
  { MH_SAMPLE_STATUS_DISPOSED, N_("Disposed") },
  { MH_SAMPLE_STATUS_CANCELLED, NR_("Cancelled") },
  { NULL },
};

const MhCode mh_custody_codes[] = {
  { MH_CUSTODY_ORDERED, N_("Ordered") },
  { MH_CUSTODY_LABEL_PRINTED, N_("Label printed") },
  { MH_CUSTODY_IDENTIFIED, N_("Patient identified") },
  { MH_CUSTODY_COLLECTED, NR_("Collected") },
  { MH_CUSTODY_HANDED_OVER, N_("Handed over") },
  { MH_CUSTODY_RECEIVED, NR_("Received") },
  { MH_CUSTODY_UNRECEIVED, N_("Receipt taken back") },
  { MH_CUSTODY_ACCEPTED, N_("Accepted") },
  { MH_CUSTODY_REJECTED, NS_("Rejected") },
  { MH_CUSTODY_ALIQUOTED, N_("Aliquoted") },
  { MH_CUSTODY_LOADED, N_("Loaded") },
  { MH_CUSTODY_RESULTED, N_("Results entered") },
  { MH_CUSTODY_RESTARTED, N_("Test restarted") },
  { MH_CUSTODY_VERIFIED, NS_("Verified") },
  { MH_CUSTODY_STORED, N_("Stored") },
  { MH_CUSTODY_RETRIEVED, N_("Retrieved") },
  { MH_CUSTODY_REFERRED, N_("Referred") },
  { MH_CUSTODY_DISPOSED, N_("Disposed") },
  { MH_CUSTODY_CANCELLED, NR_("Cancelled") },
  { NULL },
};

const MhCode mh_reject_reason_codes[] = {
  { MH_REJECT_UNLABELLED, NR_("Unlabelled") },
  { MH_REJECT_MISLABELLED, NR_("Label does not match") },
  { MH_REJECT_TWO_IDENTIFIERS, NR_("Two identifiers do not agree") },
  { MH_REJECT_WRONG_CONTAINER, NR_("Wrong container or anticoagulant") },
  { MH_REJECT_INSUFFICIENT, NR_("Quantity not sufficient") },
  { MH_REJECT_CLOTTED, NR_("Clotted") },
  { MH_REJECT_HAEMOLYSED, NR_("Haemolysed") },
  { MH_REJECT_LIPAEMIC, NR_("Lipaemic") },
  { MH_REJECT_ICTERIC, NR_("Icteric") },
  { MH_REJECT_IV_DILUTED, NR_("Diluted by infusion") },
  { MH_REJECT_LEAKING, NR_("Leaking or broken") },
  { MH_REJECT_WRONG_TEMPERATURE, NR_("Wrong temperature") },
  { MH_REJECT_BEYOND_STABILITY, NR_("Too old") },
  { MH_REJECT_NO_COLLECTION_TIME, NR_("No time of collection") },
  { MH_REJECT_BAD_PREPARATION, NR_("Patient not prepared") },
  { MH_REJECT_NO_REQUEST, NR_("No request") },
  { MH_REJECT_DUPLICATE, NR_("Duplicate") },
  { MH_REJECT_EXPIRED_TUBE, NR_("Expired tube") },
  { MH_REJECT_UNSUITABLE_SITE, NR_("Unsuitable site") },
  { NULL },
};

const MhCode mh_identifier_codes[] = {
  { MH_IDENTIFIER_NAME, NR_("Name") },
  { MH_IDENTIFIER_BIRTH_DATE, NR_("Date of birth") },
  { MH_IDENTIFIER_MRN, NR_("MRN") },
  { MH_IDENTIFIER_PHONE, NR_("Phone") },
  { MH_IDENTIFIER_WRISTBAND, N_("Wristband") },
  { MH_IDENTIFIER_PHOTO, N_("Photo identity card") },
  { MH_IDENTIFIER_ADDRESS, N_("Address") },
  { NULL },
};

const MhCode mh_unproven_codes[] = {
  { MH_UNPROVEN_LABEL_UNREADABLE, N_("Label cannot be read") },
  { MH_UNPROVEN_NO_SCANNER, N_("No scanner works") },
  { MH_UNPROVEN_NO_IDENTITY, N_("Patient cannot be identified yet") },
  { MH_UNPROVEN_EMERGENCY, NS_("Emergency") },
  { NULL },
};

static const MhField sample_fields[] = {
  MH_COMMON_FIELDS,
  [MH_SAMPLE_HOSPITAL_ID]      = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_SAMPLE_ORDER_ID]         = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_SAMPLE_PATIENT_ID]       = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_SERVER_SET },
  [MH_SAMPLE_ACCESSION]        = { "accession", MH_KIND_TEXT, .label = N_("Accession"), .flags = MH_SERVER_SET | MH_UNIQUE | MH_SORT | MH_BRIEF | MH_SEARCH, .max = 24 },
  [MH_SAMPLE_CONTAINER]        = { "container", MH_KIND_TEXT, .label = N_("Container"), .flags = MH_SERVER_SET | MH_BRIEF, .format = "code", .max = 20 },
  [MH_SAMPLE_CONTAINER_NAME]   = { "container_name", MH_KIND_TEXT, .label = N_("Container's name"), .flags = MH_SERVER_SET, .max = 80 },
  [MH_SAMPLE_COLOUR]           = { "colour", MH_KIND_TEXT, .label = N_("Colour"), .flags = MH_SERVER_SET, .max = 60 },
  [MH_SAMPLE_BENCH]            = { "bench", MH_KIND_TEXT, .label = N_("Bench"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 4 },
  [MH_SAMPLE_SPECIMEN]         = { "specimen", MH_KIND_TEXT, .label = N_("Specimen"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 80 },
  [MH_SAMPLE_TESTS]            = { "tests", MH_KIND_LIST, .label = N_("Tests"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 60 },
  [MH_SAMPLE_TEST_NAMES]       = { "test_names", MH_KIND_LIST, .label = N_("Tests' short names"), .flags = MH_SERVER_SET, .max = 60 },
  [MH_SAMPLE_VOLUME_ML]        = { "volume_ml", MH_KIND_DECIMAL, .label = N_("Volume"), .flags = MH_SERVER_SET, .unit = "ml" },
  [MH_SAMPLE_DRAW_ORDER]       = { "draw_order", MH_KIND_INT, .label = N_("Order of draw"), .flags = MH_SERVER_SET },
  [MH_SAMPLE_STATUS]           = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_sample_status_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_SAMPLE_PRIORITY]         = { "priority", MH_KIND_ENUM, .label = N_("Priority"), .codes = mh_order_priority_codes, .flags = MH_SERVER_SET },
  [MH_SAMPLE_COLLECTED_AT]     = { "collected_at", MH_KIND_INSTANT, .label = N_("Collected"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_SAMPLE_COLLECTED_BY]     = { "collected_by", MH_KIND_REF, .label = N_("Collected by"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_SAMPLE_COLLECTED_NAME]   = { "collected_name", MH_KIND_TEXT, .label = N_("Collected by, name"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_SAMPLE_RECEIVED_AT]      = { "received_at", MH_KIND_INSTANT, .label = N_("Received"), .flags = MH_SERVER_SET },
  [MH_SAMPLE_RECEIVED_BY]      = { "received_by", MH_KIND_REF, .label = N_("Received by"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_SAMPLE_REJECTED_AT]      = { "rejected_at", MH_KIND_INSTANT, .label = N_("Rejected"), .flags = MH_SERVER_SET },
  [MH_SAMPLE_REJECTED_BY]      = { "rejected_by", MH_KIND_REF, .label = N_("Rejected by"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_SAMPLE_REJECT_REASON]    = { "reject_reason", MH_KIND_ENUM, .label = N_("Reason of the rejection"), .codes = mh_reject_reason_codes, .flags = MH_SERVER_SET },
  [MH_SAMPLE_REJECT_NOTE]      = { "reject_note", MH_KIND_TEXT, .label = N_("Note on the rejection"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 400 },
  [MH_SAMPLE_PARENT_ID]        = { "parent_id", MH_KIND_REF, .label = N_("Collected instead of"), .target = &mh_sample_type, .flags = MH_SERVER_SET },
  [MH_SAMPLE_REPLACED_BY]      = { "replaced_by", MH_KIND_REF, .label = N_("Replaced by"), .target = &mh_sample_type, .flags = MH_SERVER_SET },
  [MH_SAMPLE_PLACE]            = { "place", MH_KIND_TEXT, .label = N_("Place"), .max = 120,
    .help = N_("Rack, box or refrigerator") },
  [MH_SAMPLE_LABEL_COUNT]      = { "label_count", MH_KIND_INT, .label = N_("Labels"), .flags = MH_SERVER_SET },
  [MH_SAMPLE_LABELS_PRINTED]   = { "labels_printed", MH_KIND_INT, .label = N_("Labels printed"), .flags = MH_SERVER_SET },
  [MH_SAMPLE_LABEL_SCANNED_AT] = { "label_scanned_at", MH_KIND_INSTANT, .label = N_("Label scanned back"), .flags = MH_SERVER_SET },
  [MH_SAMPLE_EVENTS]           = { "events", MH_KIND_RECORDS, .label = N_("Custody"), .target = &mh_custody_event_type, .flags = MH_SERVER_SET | MH_VIRTUAL, .max = 500 },
  [MH_SAMPLE_ALIQUOT_OF]       = { "aliquot_of", MH_KIND_REF, .label = N_("Taken from"), .target = &mh_sample_type, .flags = MH_SERVER_SET, .since = 23 },
  [MH_SAMPLE_N_ALIQUOTS]       = { "n_aliquots", MH_KIND_INT, .label = N_("Aliquots"), .flags = MH_SERVER_SET, .since = 23 },
  [MH_SAMPLE_BOX_ID]           = { "box_id", MH_KIND_REF, .label = N_("Box"), .target = &mh_storage_place_type, .flags = MH_SERVER_SET, .since = 23 },
  [MH_SAMPLE_POSITION]         = { "position", MH_KIND_INT, .label = N_("Position"), .flags = MH_SERVER_SET, .since = 23,
    .help = N_("In the box, from 0, row by row") },
  [MH_SAMPLE_KEEP_UNTIL]       = { "keep_until", MH_KIND_INSTANT, .label = N_("Keep until"), .flags = MH_SERVER_SET, .since = 23 },
  [MH_SAMPLE_HAEMOLYSIS]       = { "haemolysis", MH_KIND_INT, .label = N_("Haemolysis"), .flags = MH_SERVER_SET, .since = 23 },
  [MH_SAMPLE_ICTERUS]          = { "icterus", MH_KIND_INT, .label = N_("Icterus"), .flags = MH_SERVER_SET, .since = 23 },
  [MH_SAMPLE_LIPAEMIA]         = { "lipaemia", MH_KIND_INT, .label = N_("Lipaemia"), .flags = MH_SERVER_SET, .since = 23 },
  [MH_SAMPLE_ACCEPTED_REASON]  = { "accepted_reason", MH_KIND_ENUM, .label = N_("Accepted although"), .codes = mh_reject_reason_codes, .flags = MH_SERVER_SET, .since = 23 },
  [MH_SAMPLE_ACCEPTED_NOTE]    = { "accepted_note", MH_KIND_TEXT, .label = N_("Comment on the sample"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 400, .since = 23,
    .help = N_("Printed on the report") },
  [MH_SAMPLE_ACCEPTED_NAME]    = { "accepted_name", MH_KIND_TEXT, .label = N_("Accepted by"), .flags = MH_SERVER_SET, .max = 120, .since = 23 },
  [MH_SAMPLE_TEMPERATURE]      = { "temperature", MH_KIND_DECIMAL, .label = N_("Temperature"), .flags = MH_SERVER_SET, .unit = "°C", .since = 77,
    .help = N_("At which it was last told to be kept; empty: in the room") },
  [MH_SAMPLE_STABLE_UNTIL]     = { "stable_until", MH_KIND_INSTANT, .label = N_("Keeps until"), .flags = MH_SERVER_SET, .since = 77 },
  [MH_SAMPLE_STABLE_TESTS]     = { "stable_tests", MH_KIND_TEXT, .label = N_("Keeps no longer for"), .flags = MH_SERVER_SET, .max = 1600, .since = 77,
    .help = N_("Short names of the tests for which it is too old first") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (sample_fields) == MH_SAMPLE_N_FIELDS);

static const MhField custody_event_fields[] = {
  MH_COMMON_FIELDS,
  [MH_CUSTODY_EVENT_SAMPLE_ID]   = { "sample_id", MH_KIND_REF, .label = N_("Sample"), .target = &mh_sample_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_CUSTODY_EVENT_EVENT]       = { "event", MH_KIND_ENUM, .label = N_("Event"), .codes = mh_custody_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_CUSTODY_EVENT_AT]          = { "at", MH_KIND_INSTANT, .label = N_("Time"), .flags = MH_BRIEF,
    .help = N_("When it was done; the server's time if left out") },
  [MH_CUSTODY_EVENT_RECORDED_AT] = { "recorded_at", MH_KIND_INSTANT, .label = N_("Recorded"), .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_CUSTODY_EVENT_BY_ID]       = { "by_id", MH_KIND_REF, .label = N_("By"), .target = &mh_user_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_CUSTODY_EVENT_BY_NAME]     = { "by_name", MH_KIND_TEXT, .label = N_("By, name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_CUSTODY_EVENT_HANDED_TO]   = { "handed_to", MH_KIND_REF, .label = N_("Handed to"), .target = &mh_user_type },
  [MH_CUSTODY_EVENT_STATION]     = { "station", MH_KIND_TEXT, .label = N_("Station"), .flags = MH_SERVER_SET, .max = 40 },
  [MH_CUSTODY_EVENT_REASON]      = { "reason", MH_KIND_TEXT, .label = N_("Reason"), .flags = MH_BRIEF, .max = 60,
    .help = N_("For a rejection one of the coded reasons; for a collection without proof label_unreadable, no_scanner, no_identity or emergency") },
  [MH_CUSTODY_EVENT_NOTE]        = { "note", MH_KIND_TEXT, .label = N_("Note"), .flags = MH_SENSITIVE, .max = 400 },
  [MH_CUSTODY_EVENT_SCANNED]     = { "scanned", MH_KIND_TEXT, .label = N_("Scanned code"), .max = 40,
    .help = N_("What the scanner read from the tube's label") },
  [MH_CUSTODY_EVENT_PLACE]       = { "place", MH_KIND_TEXT, .label = N_("Place"), .max = 120 },
  [MH_CUSTODY_EVENT_TEMPERATURE] = { "temperature", MH_KIND_DECIMAL, .label = N_("Temperature"), .unit = "°C" },
  [MH_CUSTODY_EVENT_IDENTIFIERS] = { "identifiers", MH_KIND_LIST, .label = N_("Identifiers compared"), .codes = mh_identifier_codes, .max = 7 },
  [MH_CUSTODY_EVENT_BOX_ID]      = { "box_id", MH_KIND_REF, .label = N_("Box"), .target = &mh_storage_place_type, .since = 23 },
  [MH_CUSTODY_EVENT_POSITION]    = { "position", MH_KIND_INT, .label = N_("Position"), .at_least = 0, .at_most = 9999, .since = 23,
    .help = N_("In the box, from 0, row by row; none: the first free one") },
  [MH_CUSTODY_EVENT_HAEMOLYSIS]  = { "haemolysis", MH_KIND_INT, .label = N_("Haemolysis"), .at_least = 0, .at_most = 4, .since = 23,
    .help = N_("0 none, 1 slight, 2 moderate, 3 marked, 4 gross") },
  [MH_CUSTODY_EVENT_ICTERUS]     = { "icterus", MH_KIND_INT, .label = N_("Icterus"), .at_least = 0, .at_most = 4, .since = 23 },
  [MH_CUSTODY_EVENT_LIPAEMIA]    = { "lipaemia", MH_KIND_INT, .label = N_("Lipaemia"), .at_least = 0, .at_most = 4, .since = 23 },
  [MH_CUSTODY_EVENT_WITNESS]     = { "witness", MH_KIND_TEXT, .label = N_("Second person's badge"), .flags = MH_INPUT | MH_SENSITIVE, .max = 60 },
  [MH_CUSTODY_EVENT_WITNESS_ID]  = { "witness_id", MH_KIND_REF, .label = N_("Second person"), .target = &mh_user_type, .flags = MH_SERVER_SET, .since = 23 },
  [MH_CUSTODY_EVENT_WITNESS_NAME] = { "witness_name", MH_KIND_TEXT, .label = N_("Second person's name"), .flags = MH_SERVER_SET, .max = 120, .since = 23 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (custody_event_fields) == MH_CUSTODY_EVENT_N_FIELDS);

/* clang-format on */

static char *
sample_display (MhRecord *sample)
{
  const char *accession = mh_record_text (sample, MH_SAMPLE_ACCESSION);

  return g_strdup (accession != NULL ? accession : mh_record_id (sample));
}

static gboolean
is_reject_reason (const char *reason)
{
  for (const MhCode *code = mh_reject_reason_codes; code->code != NULL; code++)
    if (strcmp (code->code, reason) == 0)
      return TRUE;
  return FALSE;
}

static void
custody_event_check (MhRecord *event, MhIssues *issues)
{
  const char *what = mh_record_text (event, MH_CUSTODY_EVENT_EVENT);
  const char *reason = mh_record_text (event, MH_CUSTODY_EVENT_REASON);

  if (g_strcmp0 (what, MH_CUSTODY_REJECTED) != 0)
    return;
  if (!mh_record_has (event, MH_CUSTODY_EVENT_REASON))
    mh_issues_add (issues, "reason", "required", "Say why the sample is rejected");
  else if (!is_reject_reason (reason))
    mh_issues_add (issues, "reason", "unknown_code", "Not a known reason: %s", reason);
}

/* clang-format off */
const MhRecordType mh_sample_type = {
  .name = "MhSample", .code = "sample", .table = "sample", .path = "/samples",
  .label = NS_("Sample"), .fields = sample_fields, .n_fields = G_N_ELEMENTS (sample_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_PATIENT, .display = sample_display,
  .hospital = MH_SAMPLE_HOSPITAL_ID, .patient = MH_SAMPLE_PATIENT_ID, .order = MH_SAMPLE_ORDER_ID,
};

const MhRecordType mh_custody_event_type = {
  .name = "MhCustodyEvent", .code = "custody_event", .table = "custody_event",
  .label = NS_("Custody event"), .fields = custody_event_fields, .n_fields = G_N_ELEMENTS (custody_event_fields),
  .flags = MH_TYPE_APPEND | MH_TYPE_SYNC | MH_TYPE_PATIENT, .check = custody_event_check,
};

/* clang-format on */
