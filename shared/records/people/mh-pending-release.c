/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/people/mh-pending-release.h"

#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_pending_release_codes[] = {
  { MH_PENDING_WAITING, N_("Goes out within a minute") },
  { MH_PENDING_RELEASED, N_("Released") },
  { MH_PENDING_TAKEN_BACK, N_("Taken back") },
  { MH_PENDING_REFUSED, N_("Not released") },
  { NULL },
};

static const MhField fields[] = {
  MH_COMMON_FIELDS,
  [MH_PENDING_RELEASE_HOSPITAL_ID]  = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_PENDING_RELEASE_BATCH_ID]     = { "batch_id", MH_KIND_TEXT, .label = N_("Verified together"), .format = "uuid", .flags = MH_SERVER_SET | MH_INDEX, .max = 36 },
  [MH_PENDING_RELEASE_ORDER_ID]     = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_PENDING_RELEASE_BY_ID]        = { "by_id", MH_KIND_REF, .label = N_("Verified by"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_PENDING_RELEASE_BY_NAME]      = { "by_name", MH_KIND_TEXT, .label = N_("Verified by, name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_PENDING_RELEASE_AT]           = { "verified_at", MH_KIND_INSTANT, .label = N_("Verified"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_PENDING_RELEASE_DUE_AT]       = { "due_at", MH_KIND_INSTANT, .label = N_("Goes out"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_PENDING_RELEASE_RESULTS_HASH] = { "results_hash", MH_KIND_TEXT, .label = N_("Hash of the values"), .flags = MH_SERVER_SET | MH_NO_FORM, .max = 64 },
  [MH_PENDING_RELEASE_STATUS]       = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_pending_release_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_PENDING_RELEASE_ENDED_AT]     = { "ended_at", MH_KIND_INSTANT, .label = N_("Ended"), .flags = MH_SERVER_SET },
  [MH_PENDING_RELEASE_NOTE]         = { "note", MH_KIND_TEXT, .label = N_("Why it was not released"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 1000 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (fields) == MH_PENDING_RELEASE_N_FIELDS);

static const MhField bulk_fields[] = {
  [MH_BULK_VERIFICATION_BATCH_ID] = { "batch_id", MH_KIND_TEXT, .label = N_("Verified together"), .format = "uuid", .flags = MH_REQUIRED, .max = 36,
    .help = N_("The same for all orders of one act, made by the caller") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (bulk_fields) == MH_BULK_VERIFICATION_N_FIELDS);

static const MhField undone_fields[] = {
  [MH_BULK_UNDONE_TAKEN_BACK] = { "taken_back", MH_KIND_INT, .label = N_("Orders that wait again") },
  [MH_BULK_UNDONE_OVER]       = { "over", MH_KIND_INT, .label = N_("Orders that had gone out already, or were not released") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (undone_fields) == MH_BULK_UNDONE_N_FIELDS);

const MhRecordType mh_pending_release_type = {
  .name = "MhPendingRelease", .code = "pending_release", .table = "pending_release",
  .label = N_("Verified order that goes out within a minute"), .fields = fields, .n_fields = G_N_ELEMENTS (fields), .since = 63,
  .hospital = MH_PENDING_RELEASE_HOSPITAL_ID, .order = MH_PENDING_RELEASE_ORDER_ID,
};

const MhRecordType mh_bulk_verification_type = {
  .name = "MhBulkVerification", .code = "bulk_verification",
  .label = N_("Verification of several orders"), .fields = bulk_fields, .n_fields = G_N_ELEMENTS (bulk_fields),
};

const MhRecordType mh_bulk_undone_type = {
  .name = "MhBulkUndone", .code = "bulk_undone",
  .label = N_("Verification that was taken back"), .fields = undone_fields, .n_fields = G_N_ELEMENTS (undone_fields),
};
/* clang-format on */
