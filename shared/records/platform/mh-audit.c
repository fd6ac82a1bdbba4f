/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/platform/mh-audit.h"

#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_audit_verb_codes[] = {
  { MH_AUDIT_CREATE, NS_("Created") },
  { MH_AUDIT_UPDATE, NS_("Changed") },
  { MH_AUDIT_DELETE, NS_("Deleted") },
  { MH_AUDIT_READ, NS_("Read") },
  { MH_AUDIT_PRINT, NS_("Printed") },
  { MH_AUDIT_LOGIN, NS_("Signed in") },
  { MH_AUDIT_LOGIN_FAILED, NS_("Failed to sign in") },
  { MH_AUDIT_LOGOUT, NS_("Signed out") },
  { MH_AUDIT_DENIED, NS_("Denied") },
  { MH_AUDIT_VERIFY, NS_("Verified") },
  { MH_AUDIT_PAY, NS_("Took a payment") },
  { MH_AUDIT_REFUND, NS_("Gave a refund") },
  { MH_AUDIT_MERGE, NS_("Merged") },
  { MH_AUDIT_EXPORT, NS_("Exported") },
  { NULL },
};

const MhCode mh_change_op_codes[] = {
  { MH_CHANGE_OP_CREATE, NS_("Created") },
  { MH_CHANGE_OP_UPDATE, NS_("Changed") },
  { MH_CHANGE_OP_DELETE, NS_("Deleted") },
  { NULL },
};

static const MhField audit_entry_fields[] = {
  MH_COMMON_FIELDS,
  [MH_AUDIT_ENTRY_SEQ]           = { "seq", MH_KIND_INT, .label = N_("Number"), .flags = MH_SERVER_SET | MH_UNIQUE | MH_SORT | MH_BRIEF },
  [MH_AUDIT_ENTRY_AT]            = { "at", MH_KIND_INSTANT, .label = N_("Time"), .flags = MH_SERVER_SET | MH_SORT | MH_BRIEF },
  [MH_AUDIT_ENTRY_USER_ID]       = { "user_id", MH_KIND_REF, .label = N_("User"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_AUDIT_ENTRY_USERNAME]      = { "username", MH_KIND_TEXT, .label = N_("User name"), .flags = MH_SERVER_SET | MH_BRIEF | MH_SEARCH, .max = 60 },
  [MH_AUDIT_ENTRY_ROLE]          = { "role", MH_KIND_TEXT, .label = N_("Role"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_AUDIT_ENTRY_STATION]       = { "station", MH_KIND_TEXT, .label = N_("Station"), .flags = MH_SERVER_SET, .max = 60 },
  [MH_AUDIT_ENTRY_HOSPITAL_ID]   = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET },
  [MH_AUDIT_ENTRY_VERB]          = { "verb", MH_KIND_ENUM, .label = N_("Action"), .codes = mh_audit_verb_codes, .flags = MH_REQUIRED | MH_SERVER_SET | MH_BRIEF },
  [MH_AUDIT_ENTRY_OBJECT_TYPE]   = { "object_type", MH_KIND_TEXT, .label = N_("Type"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 40 },
  [MH_AUDIT_ENTRY_OBJECT_ID]     = { "object_id", MH_KIND_TEXT, .label = N_("Record"), .flags = MH_SERVER_SET | MH_INDEX | MH_BRIEF | MH_SEARCH, .max = 36 },
  [MH_AUDIT_ENTRY_PATIENT_ID]    = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_AUDIT_ENTRY_CHANGES]       = { "changes", MH_KIND_JSON, .label = N_("Changes"), .flags = MH_SERVER_SET },
  [MH_AUDIT_ENTRY_BEFORE_HASH]   = { "before_hash", MH_KIND_TEXT, .label = N_("Hash before"), .flags = MH_SERVER_SET, .max = 64 },
  [MH_AUDIT_ENTRY_AFTER_HASH]    = { "after_hash", MH_KIND_TEXT, .label = N_("Hash after"), .flags = MH_SERVER_SET, .max = 64 },
  [MH_AUDIT_ENTRY_REASON]        = { "reason", MH_KIND_TEXT, .label = N_("Reason"), .flags = MH_SERVER_SET, .max = 400 },
  [MH_AUDIT_ENTRY_REQUEST_ID]    = { "request_id", MH_KIND_TEXT, .label = N_("Request"), .flags = MH_SERVER_SET, .max = 64 },
  [MH_AUDIT_ENTRY_PREVIOUS_HASH] = { "previous_hash", MH_KIND_TEXT, .label = N_("Previous row's hash"), .flags = MH_SERVER_SET, .max = 64 },
  [MH_AUDIT_ENTRY_HASH]          = { "hash", MH_KIND_TEXT, .label = N_("Hash"), .flags = MH_SERVER_SET, .max = 64 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (audit_entry_fields) == MH_AUDIT_ENTRY_N_FIELDS);

static const MhField change_fields[] = {
  MH_COMMON_FIELDS,
  [MH_CHANGE_SEQ]            = { "seq", MH_KIND_INT, .label = N_("Number"), .flags = MH_SERVER_SET | MH_UNIQUE | MH_REQUIRED },
  [MH_CHANGE_TYPE]           = { "type", MH_KIND_TEXT, .label = N_("Type"), .flags = MH_SERVER_SET | MH_REQUIRED, .max = 40 },
  [MH_CHANGE_RECORD_ID]      = { "record_id", MH_KIND_TEXT, .label = N_("Record"), .flags = MH_SERVER_SET | MH_REQUIRED, .max = 36 },
  [MH_CHANGE_RECORD_VERSION] = { "record_version", MH_KIND_INT, .label = N_("Record's version"), .flags = MH_SERVER_SET | MH_REQUIRED },
  [MH_CHANGE_OP]             = { "op", MH_KIND_ENUM, .label = N_("Operation"), .codes = mh_change_op_codes, .flags = MH_SERVER_SET | MH_REQUIRED },
  [MH_CHANGE_HOSPITAL_ID]    = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET },
  [MH_CHANGE_PATIENT_ID]     = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_SERVER_SET },
};
G_STATIC_ASSERT (G_N_ELEMENTS (change_fields) == MH_CHANGE_N_FIELDS);

static const MhField feed_change_fields[] = {
  [MH_FEED_CHANGE_SEQ]     = { "seq", MH_KIND_INT, .label = N_("Number") },
  [MH_FEED_CHANGE_TYPE]    = { "type", MH_KIND_TEXT, .label = N_("Type") },
  [MH_FEED_CHANGE_ID]      = { "id", MH_KIND_TEXT, .label = N_("Record") },
  [MH_FEED_CHANGE_VERSION] = { "version", MH_KIND_INT, .label = N_("Version") },
  [MH_FEED_CHANGE_OP]      = { "op", MH_KIND_ENUM, .label = N_("Operation"), .codes = mh_change_op_codes },
  [MH_FEED_CHANGE_RECORD]  = { "record", MH_KIND_JSON, .label = N_("Record as it stands now") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (feed_change_fields) == MH_FEED_CHANGE_N_FIELDS);

static const MhField change_page_fields[] = {
  [MH_CHANGE_PAGE_ITEMS]        = { "items", MH_KIND_RECORDS, .label = N_("Changes"), .target = &mh_feed_change_type, .flags = MH_VIRTUAL, .max = 1000 },
  [MH_CHANGE_PAGE_NEXT]         = { "next", MH_KIND_INT, .label = N_("Next"),
    .help = N_("Ask again with ?after= this number; null: no more for now") },
  [MH_CHANGE_PAGE_LAST]         = { "last", MH_KIND_INT, .label = N_("Last number") },
  [MH_CHANGE_PAGE_SERVER_EPOCH] = { "server_epoch", MH_KIND_TEXT, .label = N_("Server's epoch"), .max = 36 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (change_page_fields) == MH_CHANGE_PAGE_N_FIELDS);

/* clang-format on */

/* clang-format off */
const MhRecordType mh_audit_entry_type = {
  .name = "MhAuditEntry", .code = "audit_entry", .table = "audit_entry", .path = "/audit",
  .label = N_("Audit entry"), .fields = audit_entry_fields, .n_fields = G_N_ELEMENTS (audit_entry_fields),
  .flags = MH_TYPE_APPEND,
  .hospital = MH_AUDIT_ENTRY_HOSPITAL_ID, .patient = MH_AUDIT_ENTRY_PATIENT_ID,
};

const MhRecordType mh_change_type = {
  .name = "MhChange", .code = "change", .table = "change",
  .label = NS_("Change"), .fields = change_fields, .n_fields = G_N_ELEMENTS (change_fields),
  .flags = MH_TYPE_APPEND | MH_TYPE_INTERNAL,
  .hospital = MH_CHANGE_HOSPITAL_ID, .patient = MH_CHANGE_PATIENT_ID,
};

const MhRecordType mh_feed_change_type = {
  .name = "MhFeedChange", .code = "feed_change",
  .label = NS_("Change"), .fields = feed_change_fields, .n_fields = G_N_ELEMENTS (feed_change_fields),
};

const MhRecordType mh_change_page_type = {
  .name = "MhChangePage", .code = "change_page",
  .label = N_("Page of the feed"), .fields = change_page_fields, .n_fields = G_N_ELEMENTS (change_page_fields),
};

/* clang-format on */
