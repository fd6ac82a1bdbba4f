/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/platform/mh-machine.h"

#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_job_status_codes[] = {
  { MH_JOB_STATUS_WAITING, N_("Waiting") },
  { MH_JOB_STATUS_RUNNING, N_("Running") },
  { MH_JOB_STATUS_DONE, NS_("Done") },
  { MH_JOB_STATUS_FAILED, NS_("Failed") },
  { MH_JOB_STATUS_CANCELLED, NS_("Cancelled") },
  { NULL },
};

static const MhField idempotency_key_fields[] = {
  MH_COMMON_FIELDS,
  [MH_IDEMPOTENCY_KEY_KEY]        = { "key", MH_KIND_TEXT, .label = N_("Key"), .flags = MH_UNIQUE | MH_IMMUTABLE | MH_REQUIRED | MH_SERVER_SET, .max = 120,
    .help = N_("User's id, a colon, and the key that the client sent") },
  [MH_IDEMPOTENCY_KEY_USER_ID]    = { "user_id", MH_KIND_REF, .label = N_("User"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_IDEMPOTENCY_KEY_ROUTE]      = { "route", MH_KIND_TEXT, .label = N_("Route"), .flags = MH_SERVER_SET, .max = 80 },
  [MH_IDEMPOTENCY_KEY_BODY_HASH]  = { "body_hash", MH_KIND_TEXT, .label = N_("Hash of the body"), .flags = MH_SERVER_SET | MH_REQUIRED, .max = 64 },
  [MH_IDEMPOTENCY_KEY_STATUS]     = { "status", MH_KIND_INT, .label = N_("Status"), .flags = MH_SERVER_SET | MH_REQUIRED },
  [MH_IDEMPOTENCY_KEY_REPLY]      = { "reply", MH_KIND_LONG_TEXT, .label = N_("Reply"), .flags = MH_SECRET | MH_SERVER_SET | MH_NO_FORM | MH_SENSITIVE, .max = 4000000 },
  [MH_IDEMPOTENCY_KEY_EXPIRES_AT] = { "expires_at", MH_KIND_INSTANT, .label = N_("Expires"), .flags = MH_SERVER_SET | MH_INDEX },
};
G_STATIC_ASSERT (G_N_ELEMENTS (idempotency_key_fields) == MH_IDEMPOTENCY_KEY_N_FIELDS);

static const MhField job_fields[] = {
  MH_COMMON_FIELDS,
  [MH_JOB_KIND]         = { "kind", MH_KIND_TEXT, .label = N_("Kind"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 60 },
  [MH_JOB_STATUS]       = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_job_status_codes, .flags = MH_SERVER_SET | MH_BRIEF | MH_INDEX },
  [MH_JOB_PAYLOAD]      = { "payload", MH_KIND_JSON, .label = N_("Payload"), .flags = MH_SERVER_SET | MH_SENSITIVE },
  [MH_JOB_RUN_AT]       = { "run_at", MH_KIND_INSTANT, .label = N_("Run at"), .flags = MH_SERVER_SET | MH_SORT | MH_BRIEF | MH_INDEX },
  [MH_JOB_ATTEMPTS]     = { "attempts", MH_KIND_INT, .label = N_("Attempts"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_JOB_MAX_ATTEMPTS] = { "max_attempts", MH_KIND_INT, .label = N_("Most attempts"), .flags = MH_SERVER_SET },
  [MH_JOB_LOCKED_UNTIL] = { "locked_until", MH_KIND_INSTANT, .label = N_("Locked until"), .flags = MH_SERVER_SET },
  [MH_JOB_LOCKED_BY]    = { "locked_by", MH_KIND_TEXT, .label = N_("Locked by"), .flags = MH_SERVER_SET, .max = 80 },
  [MH_JOB_FINISHED_AT]  = { "finished_at", MH_KIND_INSTANT, .label = N_("Finished"), .flags = MH_SERVER_SET },
  [MH_JOB_LAST_ERROR]   = { "last_error", MH_KIND_TEXT, .label = N_("Last error"), .flags = MH_SERVER_SET, .max = 1000 },
  [MH_JOB_DEDUPE_KEY]   = { "dedupe_key", MH_KIND_TEXT, .label = N_("Protection against duplicates"), .flags = MH_SERVER_SET | MH_UNIQUE, .max = 120,
    .help = N_("Emptied when the job is done, so that the same work may be queued again") },
  [MH_JOB_HOSPITAL_ID]  = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET },
};
G_STATIC_ASSERT (G_N_ELEMENTS (job_fields) == MH_JOB_N_FIELDS);

static const MhField login_guard_fields[] = {
  MH_COMMON_FIELDS,
  [MH_LOGIN_GUARD_KEY]             = { "key", MH_KIND_TEXT, .label = N_("Key"), .flags = MH_UNIQUE | MH_IMMUTABLE | MH_REQUIRED | MH_SERVER_SET, .max = 140,
    .help = N_("user: and the name, or address: and the address") },
  [MH_LOGIN_GUARD_FAILURES]        = { "failures", MH_KIND_INT, .label = N_("Failures"), .flags = MH_SERVER_SET },
  [MH_LOGIN_GUARD_LAST_FAILURE_AT] = { "last_failure_at", MH_KIND_INSTANT, .label = N_("Last failure"), .flags = MH_SERVER_SET | MH_INDEX },
  [MH_LOGIN_GUARD_LOCKED_UNTIL]    = { "locked_until", MH_KIND_INSTANT, .label = N_("Locked until"), .flags = MH_SERVER_SET },
};
G_STATIC_ASSERT (G_N_ELEMENTS (login_guard_fields) == MH_LOGIN_GUARD_N_FIELDS);

/* clang-format on */

static char *
job_display (MhRecord *job)
{
  return g_strdup (mh_record_text (job, MH_JOB_KIND));
}

/* clang-format off */
const MhRecordType mh_idempotency_key_type = {
  .name = "MhIdempotencyKey", .code = "idempotency_key", .table = "idempotency_key",
  .label = N_("Idempotency key"), .fields = idempotency_key_fields, .n_fields = G_N_ELEMENTS (idempotency_key_fields),
  .flags = MH_TYPE_INTERNAL,
};

const MhRecordType mh_job_type = {
  .name = "MhJob", .code = "job", .table = "job", .path = "/jobs",
  .label = N_("Job"), .fields = job_fields, .n_fields = G_N_ELEMENTS (job_fields),
  .display = job_display,
  .hospital = MH_JOB_HOSPITAL_ID,
};

const MhRecordType mh_login_guard_type = {
  .name = "MhLoginGuard", .code = "login_guard", .table = "login_guard",
  .label = N_("Sign-in guard"), .fields = login_guard_fields, .n_fields = G_N_ELEMENTS (login_guard_fields),
  .flags = MH_TYPE_INTERNAL,
};

/* clang-format on */
