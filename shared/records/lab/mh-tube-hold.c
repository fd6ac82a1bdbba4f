/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-tube-hold.h"

#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_hold_status_codes[] = {
  { MH_HOLD_OPEN, N_("Held: perhaps another patient's blood") },
  { MH_HOLD_RELEASED, N_("Released") },
  { MH_HOLD_SOLVED, N_("Values fit again") },
  { NULL },
};

const MhCode mh_hold_reason_codes[] = {
  { MH_HOLD_CONFIRMED, N_("Identity confirmed at the patient") },
  { MH_HOLD_EXPLAINED, N_("Explained by the illness or its treatment") },
  { MH_HOLD_OLD_WRONG, N_("The earlier values were wrong") },
  { NULL },
};

const MhCode mh_delta_event_codes[] = {
  { MH_DELTA_TRANSFUSION, N_("Transfusion") },
  { MH_DELTA_DIALYSIS, N_("Dialysis") },
  { MH_DELTA_SURGERY, N_("Surgery") },
  { MH_DELTA_INFUSION, N_("Large infusion") },
  { NULL },
};

static const MhField tube_hold_fields[] = {
  MH_COMMON_FIELDS,
  [MH_TUBE_HOLD_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_TUBE_HOLD_SAMPLE_ID]   = { "sample_id", MH_KIND_REF, .label = N_("Sample"), .target = &mh_sample_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_TUBE_HOLD_ORDER_ID]    = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_TUBE_HOLD_PATIENT_ID]  = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_SERVER_SET },
  [MH_TUBE_HOLD_ANALYTES]    = { "analytes", MH_KIND_LIST, .label = N_("Analytes"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 100 },
  [MH_TUBE_HOLD_STATUS]      = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_hold_status_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_TUBE_HOLD_HELD_AT]     = { "held_at", MH_KIND_INSTANT, .label = N_("Held since"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_TUBE_HOLD_REASON]      = { "reason", MH_KIND_ENUM, .label = N_("Reason"), .codes = mh_hold_reason_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_TUBE_HOLD_NOTE]        = { "note", MH_KIND_TEXT, .label = N_("Note"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 1000 },
  [MH_TUBE_HOLD_BY_ID]       = { "by_id", MH_KIND_REF, .label = N_("By"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_TUBE_HOLD_BY_NAME]     = { "by_name", MH_KIND_TEXT, .label = N_("By, name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_TUBE_HOLD_RELEASED_AT] = { "released_at", MH_KIND_INSTANT, .label = N_("Released"), .flags = MH_SERVER_SET | MH_BRIEF },
};
G_STATIC_ASSERT (G_N_ELEMENTS (tube_hold_fields) == MH_TUBE_HOLD_N_FIELDS);

static const MhField hold_release_fields[] = {
  [MH_HOLD_RELEASE_REASON] = { "reason", MH_KIND_ENUM, .label = N_("Reason"), .codes = mh_hold_reason_codes, .flags = MH_REQUIRED },
  [MH_HOLD_RELEASE_NOTE]   = { "note", MH_KIND_TEXT, .label = N_("Note"), .flags = MH_REQUIRED | MH_SENSITIVE, .max = 1000,
    .help = N_("Who confirmed it, or what explains it") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (hold_release_fields) == MH_HOLD_RELEASE_N_FIELDS);

static const MhField delta_event_fields[] = {
  MH_COMMON_FIELDS,
  [MH_DELTA_EVENT_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_DELTA_EVENT_PATIENT_ID]  = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_DELTA_EVENT_ORDER_ID]    = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET },
  [MH_DELTA_EVENT_KIND]        = { "kind", MH_KIND_ENUM, .label = N_("Event"), .codes = mh_delta_event_codes, .flags = MH_REQUIRED | MH_SENSITIVE | MH_BRIEF },
  [MH_DELTA_EVENT_AT]          = { "at", MH_KIND_INSTANT, .label = N_("Time"), .flags = MH_BRIEF,
    .help = N_("Now if left out") },
  [MH_DELTA_EVENT_NOTE]        = { "note", MH_KIND_TEXT, .label = N_("Note"), .flags = MH_SENSITIVE, .max = 400 },
  [MH_DELTA_EVENT_BY_ID]       = { "by_id", MH_KIND_REF, .label = N_("By"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_DELTA_EVENT_BY_NAME]     = { "by_name", MH_KIND_TEXT, .label = N_("By, name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (delta_event_fields) == MH_DELTA_EVENT_N_FIELDS);

const MhRecordType mh_tube_hold_type = {
  .name = "MhTubeHold", .code = "tube_hold", .table = "tube_hold",
  .label = NS_("Held tube"), .fields = tube_hold_fields, .n_fields = G_N_ELEMENTS (tube_hold_fields),
  .flags = MH_TYPE_PATIENT, .since = 20,
  .hospital = MH_TUBE_HOLD_HOSPITAL_ID, .patient = MH_TUBE_HOLD_PATIENT_ID, .order = MH_TUBE_HOLD_ORDER_ID,
};

const MhRecordType mh_hold_release_type = {
  .name = "MhHoldRelease", .code = "hold_release",
  .label = N_("Release of a held tube"), .fields = hold_release_fields, .n_fields = G_N_ELEMENTS (hold_release_fields),
};

const MhRecordType mh_delta_event_type = {
  .name = "MhDeltaEvent", .code = "delta_event", .table = "delta_event",
  .label = NS_("What explains a difference"), .fields = delta_event_fields, .n_fields = G_N_ELEMENTS (delta_event_fields),
  .flags = MH_TYPE_APPEND | MH_TYPE_PATIENT, .since = 20,
  .hospital = MH_DELTA_EVENT_HOSPITAL_ID, .patient = MH_DELTA_EVENT_PATIENT_ID,
  .order = MH_DELTA_EVENT_ORDER_ID,
};
/* clang-format on */
