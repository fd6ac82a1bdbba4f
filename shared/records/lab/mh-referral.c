/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-referral.h"

#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-user.h"

/* clang-format off */
const MhCode mh_referral_status_codes[] = {
  { MH_REFERRAL_DRAFT, N_("Being packed") },
  { MH_REFERRAL_SENT, N_("Sent") },
  { MH_REFERRAL_RECEIVED, N_("Received there") },
  { MH_REFERRAL_RETURNED, N_("Results returned") },
  { MH_REFERRAL_CANCELLED, NS_("Cancelled") },
  { NULL },
};

const MhCode mh_referral_state_codes[] = {
  { MH_REFERRED_PACKED, N_("Packed") },
  { MH_REFERRED_SENT, N_("Sent") },
  { MH_REFERRED_RECEIVED, N_("Received there") },
  { MH_REFERRED_REFUSED, N_("Refused there") },
  { MH_REFERRED_RETURNED, N_("Result returned") },
  { NULL },
};

const MhCode mh_referral_step_codes[] = {
  { "sent", N_("Send") },
  { "received", N_("Received there") },
  { "refused", N_("Refused there") },
  { "returned", N_("Result returned") },
  { "cancelled", N_("Cancel") },
  { NULL },
};

static const MhField reference_lab_fields[] = {
  MH_COMMON_FIELDS,
  [MH_REFERENCE_LAB_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_REFERENCE_LAB_CODE] = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_REQUIRED | MH_SORT | MH_SEARCH | MH_BRIEF, .format = "code", .max = 20 },
  [MH_REFERENCE_LAB_NAME] = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_REQUIRED | MH_SEARCH | MH_BRIEF, .max = 120 },
  [MH_REFERENCE_LAB_ADDRESS] = { "address", MH_KIND_LONG_TEXT, .label = N_("Address"), .max = 400 },
  [MH_REFERENCE_LAB_CITY] = { "city", MH_KIND_TEXT, .label = N_("City"), .flags = MH_BRIEF, .max = 80 },
  [MH_REFERENCE_LAB_PHONE] = { "phone", MH_KIND_TEXT, .label = N_("Phone"), .flags = MH_BRIEF, .format = "phone", .max = 40 },
  [MH_REFERENCE_LAB_EMAIL] = { "email", MH_KIND_TEXT, .label = N_("E-mail"), .format = "email", .max = 254 },
  [MH_REFERENCE_LAB_CONTACT] = { "contact", MH_KIND_TEXT, .label = N_("Contact"), .max = 120 },
  [MH_REFERENCE_LAB_ACCREDITATION] = { "accreditation", MH_KIND_TEXT, .label = N_("Accreditation"), .max = 120,
    .help = N_("Body and number of the certificate") },
  [MH_REFERENCE_LAB_TESTS] = { "tests", MH_KIND_LIST, .label = N_("Tests"), .max = 200,
    .help = N_("Tests that are sent there") },
  [MH_REFERENCE_LAB_TAT_DAYS] = { "tat_days", MH_KIND_INT, .label = N_("Results within"), .at_least = 0, .at_most = 365, .unit = "d" },
  [MH_REFERENCE_LAB_ACTIVE] = { "active", MH_KIND_BOOL, .label = N_("In use"), .flags = MH_BRIEF },
};
G_STATIC_ASSERT (G_N_ELEMENTS (reference_lab_fields) == MH_REFERENCE_LAB_N_FIELDS);

static const MhField referral_item_fields[] = {
  MH_COMMON_FIELDS,
  [MH_REFERRAL_ITEM_REFERRAL_ID] = { "referral_id", MH_KIND_REF, .label = N_("Referral"), .target = &mh_referral_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_REFERRAL_ITEM_SAMPLE_ID] = { "sample_id", MH_KIND_REF, .label = N_("Sample"), .target = &mh_sample_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_REFERRAL_ITEM_ORDER_ID] = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET },
  [MH_REFERRAL_ITEM_ACCESSION] = { "accession", MH_KIND_TEXT, .label = N_("Accession"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 24 },
  [MH_REFERRAL_ITEM_PATIENT_NAME] = { "patient_name", MH_KIND_TEXT, .label = N_("Patient"), .flags = MH_SERVER_SET | MH_BRIEF | MH_SENSITIVE, .max = 200 },
  [MH_REFERRAL_ITEM_PATIENT_MRN] = { "patient_mrn", MH_KIND_TEXT, .label = N_("MRN"), .flags = MH_SERVER_SET, .max = 24 },
  [MH_REFERRAL_ITEM_SPECIMEN] = { "specimen", MH_KIND_TEXT, .label = N_("Specimen"), .flags = MH_SERVER_SET, .max = 80 },
  [MH_REFERRAL_ITEM_TEST_NAMES] = { "test_names", MH_KIND_LIST, .label = N_("Tests"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 60 },
  [MH_REFERRAL_ITEM_COLLECTED_AT] = { "collected_at", MH_KIND_INSTANT, .label = N_("Collected"), .flags = MH_SERVER_SET },
  [MH_REFERRAL_ITEM_STATE] = { "state", MH_KIND_ENUM, .label = N_("State"), .codes = mh_referral_state_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_REFERRAL_ITEM_NOTE] = { "note", MH_KIND_TEXT, .label = N_("Note"), .flags = MH_SERVER_SET, .max = 200 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (referral_item_fields) == MH_REFERRAL_ITEM_N_FIELDS);

static const MhField referral_fields[] = {
  MH_COMMON_FIELDS,
  [MH_REFERRAL_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_REFERRAL_NUMBER] = { "number", MH_KIND_TEXT, .label = N_("Number"), .flags = MH_SERVER_SET | MH_SORT | MH_SEARCH | MH_BRIEF, .max = 24 },
  [MH_REFERRAL_LAB_ID] = { "lab_id", MH_KIND_REF, .label = N_("Laboratory"), .target = &mh_reference_lab_type, .flags = MH_REQUIRED | MH_IMMUTABLE },
  [MH_REFERRAL_LAB_NAME] = { "lab_name", MH_KIND_TEXT, .label = N_("Laboratory's name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_REFERRAL_STATUS] = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_referral_status_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_REFERRAL_COURIER] = { "courier", MH_KIND_TEXT, .label = N_("Courier"), .max = 120 },
  [MH_REFERRAL_TEMPERATURE] = { "temperature", MH_KIND_DECIMAL, .label = N_("Temperature"), .unit = "°C" },
  [MH_REFERRAL_NOTE] = { "note", MH_KIND_TEXT, .label = N_("Note"), .max = 400 },
  [MH_REFERRAL_PACKED_NAME] = { "packed_name", MH_KIND_TEXT, .label = N_("Packed by"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_REFERRAL_SENT_AT] = { "sent_at", MH_KIND_INSTANT, .label = N_("Sent"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_REFERRAL_SENT_NAME] = { "sent_name", MH_KIND_TEXT, .label = N_("Sent by"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_REFERRAL_DUE_AT] = { "due_at", MH_KIND_INSTANT, .label = N_("Results due"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_REFERRAL_RECEIVED_AT] = { "received_at", MH_KIND_INSTANT, .label = N_("Received there"), .flags = MH_SERVER_SET },
  [MH_REFERRAL_RETURNED_AT] = { "returned_at", MH_KIND_INSTANT, .label = N_("Results returned"), .flags = MH_SERVER_SET },
  [MH_REFERRAL_N_TUBES] = { "n_tubes", MH_KIND_INT, .label = N_("Tubes"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_REFERRAL_N_OPEN] = { "n_open", MH_KIND_INT, .label = N_("Without result"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_REFERRAL_ACCESSIONS] = { "accessions", MH_KIND_LIST, .label = N_("Tubes to pack"), .flags = MH_INPUT, .max = 200 },
  [MH_REFERRAL_ITEMS] = { "items", MH_KIND_RECORDS, .label = N_("Tubes in it"), .target = &mh_referral_item_type, .flags = MH_SERVER_SET | MH_VIRTUAL, .max = 400 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (referral_fields) == MH_REFERRAL_N_FIELDS);

static const MhField referral_step_fields[] = {
  [MH_REFERRAL_STEP_STEP] = { "step", MH_KIND_ENUM, .label = N_("Step"), .codes = mh_referral_step_codes, .flags = MH_REQUIRED },
  [MH_REFERRAL_STEP_ACCESSIONS] = { "accessions", MH_KIND_LIST, .label = N_("Tubes"), .max = 200,
    .help = N_("None: all of it") },
  [MH_REFERRAL_STEP_COURIER] = { "courier", MH_KIND_TEXT, .label = N_("Courier"), .max = 120 },
  [MH_REFERRAL_STEP_NOTE] = { "note", MH_KIND_TEXT, .label = N_("Note"), .max = 200 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (referral_step_fields) == MH_REFERRAL_STEP_N_FIELDS);

/* clang-format on */

/* clang-format off */
const MhRecordType mh_reference_lab_type = {
  .name = "MhReferenceLab", .code = "reference_lab", .table = "reference_lab", .path = "/reference-labs",
  .label = N_("Other laboratory"), .fields = reference_lab_fields, .n_fields = G_N_ELEMENTS (reference_lab_fields), .since = 23,
  .hospital = MH_REFERENCE_LAB_HOSPITAL_ID, .active = MH_REFERENCE_LAB_ACTIVE, .key = MH_REFERENCE_LAB_CODE,
};

const MhRecordType mh_referral_item_type = {
  .name = "MhReferralItem", .code = "referral_item", .table = "referral_item",
  .label = NS_("Referred tube"), .fields = referral_item_fields, .n_fields = G_N_ELEMENTS (referral_item_fields), .since = 23,
  .flags = MH_TYPE_PART | MH_TYPE_PATIENT,
  .order = MH_REFERRAL_ITEM_ORDER_ID,
};

const MhRecordType mh_referral_type = {
  .name = "MhReferral", .code = "referral", .table = "referral", .path = "/referrals",
  .label = N_("Referral"), .fields = referral_fields, .n_fields = G_N_ELEMENTS (referral_fields), .since = 23,
  .hospital = MH_REFERRAL_HOSPITAL_ID,
};

const MhRecordType mh_referral_step_type = {
  .name = "MhReferralStep", .code = "referral_step",
  .label = N_("Step of a referral"), .fields = referral_step_fields, .n_fields = G_N_ELEMENTS (referral_step_fields),
};
/* clang-format on */
