/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-handover.h"

#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_handover_outcome_codes[] = {
  { MH_HANDOVER_TAKEN, N_("Handed over") },
  { MH_HANDOVER_UNEXPECTED, N_("Not on the list, handed over") },
  { MH_HANDOVER_MISSING, N_("Missing") },
  { MH_HANDOVER_UNKNOWN, N_("No such tube") },
  { MH_HANDOVER_NOT_COLLECTED, N_("Not drawn yet") },
  { MH_HANDOVER_ALREADY, N_("Not on its way any more") },
  { NULL },
};

static const MhField handover_item_fields[] = {
  MH_COMMON_FIELDS,
  [MH_HANDOVER_ITEM_HANDOVER_ID] = { "handover_id", MH_KIND_REF, .label = N_("Hand-over"), .target = &mh_handover_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_HANDOVER_ITEM_ACCESSION] = { "accession", MH_KIND_TEXT, .label = N_("Accession"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 40 },
  [MH_HANDOVER_ITEM_SAMPLE_ID] = { "sample_id", MH_KIND_REF, .label = N_("Sample"), .target = &mh_sample_type, .flags = MH_SERVER_SET },
  [MH_HANDOVER_ITEM_OUTCOME] = { "outcome", MH_KIND_ENUM, .label = N_("Outcome"), .codes = mh_handover_outcome_codes, .flags = MH_SERVER_SET | MH_BRIEF },
};
G_STATIC_ASSERT (G_N_ELEMENTS (handover_item_fields) == MH_HANDOVER_ITEM_N_FIELDS);

static const MhField handover_fields[] = {
  MH_COMMON_FIELDS,
  [MH_HANDOVER_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_HANDOVER_GIVER_BADGE] = { "giver_badge", MH_KIND_TEXT, .label = N_("Giver's badge"), .flags = MH_INPUT | MH_SENSITIVE, .max = 60 },
  [MH_HANDOVER_RECEIVER_BADGE] = { "receiver_badge", MH_KIND_TEXT, .label = N_("Receiver's badge"), .flags = MH_INPUT | MH_SENSITIVE, .max = 60 },
  [MH_HANDOVER_EXPECTED] = { "expected", MH_KIND_LIST, .label = N_("Tubes on the list"), .flags = MH_INPUT, .max = 500 },
  [MH_HANDOVER_SCANNED] = { "scanned", MH_KIND_LIST, .label = N_("Tubes scanned"), .flags = MH_INPUT, .max = 500 },
  [MH_HANDOVER_AT] = { "at", MH_KIND_INSTANT, .label = N_("Time"), .flags = MH_SORT | MH_BRIEF,
    .help = N_("When it was done; the server's time if left out") },
  [MH_HANDOVER_GIVER_ID] = { "giver_id", MH_KIND_REF, .label = N_("From"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_HANDOVER_GIVER_NAME] = { "giver_name", MH_KIND_TEXT, .label = N_("From, name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_HANDOVER_RECEIVER_ID] = { "receiver_id", MH_KIND_REF, .label = N_("To"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_HANDOVER_RECEIVER_NAME] = { "receiver_name", MH_KIND_TEXT, .label = N_("To, name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_HANDOVER_PLACE] = { "place", MH_KIND_TEXT, .label = N_("Place"), .flags = MH_BRIEF, .max = 120 },
  [MH_HANDOVER_TEMPERATURE] = { "temperature", MH_KIND_DECIMAL, .label = N_("Temperature"), .unit = "°C" },
  [MH_HANDOVER_NOTE] = { "note", MH_KIND_TEXT, .label = N_("Note"), .max = 200 },
  [MH_HANDOVER_N_TAKEN] = { "n_taken", MH_KIND_INT, .label = N_("Handed over"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_HANDOVER_N_PROBLEMS] = { "n_problems", MH_KIND_INT, .label = N_("Do not agree"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_HANDOVER_ITEMS] = { "items", MH_KIND_RECORDS, .label = N_("Tubes"), .target = &mh_handover_item_type, .flags = MH_SERVER_SET | MH_VIRTUAL, .max = 1000 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (handover_fields) == MH_HANDOVER_N_FIELDS);

/* clang-format on */

/* clang-format off */
const MhRecordType mh_handover_item_type = {
  .name = "MhHandoverItem", .code = "handover_item", .table = "handover_item",
  .label = N_("Tube of a hand-over"), .fields = handover_item_fields, .n_fields = G_N_ELEMENTS (handover_item_fields), .since = 23, .flags = MH_TYPE_APPEND | MH_TYPE_PART,
};

const MhRecordType mh_handover_type = {
  .name = "MhHandover", .code = "handover", .table = "handover", .path = "/handovers",
  .label = N_("Hand-over"), .fields = handover_fields, .n_fields = G_N_ELEMENTS (handover_fields), .since = 23,
  .hospital = MH_HANDOVER_HOSPITAL_ID,
};
/* clang-format on */
