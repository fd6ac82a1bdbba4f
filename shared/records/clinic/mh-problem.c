/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/clinic/mh-problem.h"

#include "shared/base/mh-translation.h"

/* clang-format off */
const MhCode mh_health_status_codes[] = {
  { MH_HEALTH_OK, N_("All well") },
  { MH_HEALTH_DEGRADED, N_("Limited") },
  { MH_HEALTH_FAILED, NS_("Failed") },
  { NULL },
};

static const MhField issue_fields[] = {
  [MH_ISSUE_FIELD]   = { "field", MH_KIND_TEXT, .label = N_("Field"), .max = 200 },
  [MH_ISSUE_CODE]    = { "code", MH_KIND_TEXT, .label = N_("Code"), .max = 40 },
  [MH_ISSUE_MESSAGE] = { "message", MH_KIND_TEXT, .label = N_("Message"), .max = 1000 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (issue_fields) == MH_ISSUE_N_FIELDS);

static const MhField problem_fields[] = {
  [MH_PROBLEM_TYPE]        = { "type", MH_KIND_TEXT, .label = N_("Type") },
  [MH_PROBLEM_TITLE]       = { "title", MH_KIND_TEXT, .label = N_("Title") },
  [MH_PROBLEM_STATUS]      = { "status", MH_KIND_INT, .label = N_("Status") },
  [MH_PROBLEM_DETAIL]      = { "detail", MH_KIND_TEXT, .label = N_("Detail"), .max = 4000 },
  [MH_PROBLEM_REQUEST_ID]  = { "request_id", MH_KIND_TEXT, .label = N_("Request") },
  [MH_PROBLEM_ERRORS]      = { "errors", MH_KIND_RECORDS, .label = N_("Issues"), .target = &mh_issue_type, .flags = MH_VIRTUAL, .max = 1000 },
  [MH_PROBLEM_CURRENT]     = { "current", MH_KIND_JSON, .label = N_("Record as it stands now"),
    .help = N_("Only with 412") },
  [MH_PROBLEM_RETRY_AFTER] = { "retry_after", MH_KIND_INT, .label = N_("Retry after"), .unit = "s" },
};
G_STATIC_ASSERT (G_N_ELEMENTS (problem_fields) == MH_PROBLEM_N_FIELDS);

static const MhField health_check_fields[] = {
  [MH_HEALTH_CHECK_NAME]         = { "name", MH_KIND_TEXT, .label = N_("Part") },
  [MH_HEALTH_CHECK_STATUS]       = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_health_status_codes },
  [MH_HEALTH_CHECK_DETAIL]       = { "detail", MH_KIND_TEXT, .label = N_("Detail"), .max = 1000 },
  [MH_HEALTH_CHECK_MILLISECONDS] = { "milliseconds", MH_KIND_DECIMAL, .label = N_("Duration"), .unit = "ms", .help = N_("Of what was asked of the part just now") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (health_check_fields) == MH_HEALTH_CHECK_N_FIELDS);

static const MhField health_fields[] = {
  [MH_HEALTH_STATUS]         = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_health_status_codes },
  [MH_HEALTH_VERSION]        = { "version", MH_KIND_TEXT, .label = N_("Version") },
  [MH_HEALTH_STARTED_AT]     = { "started_at", MH_KIND_INSTANT, .label = N_("Started") },
  [MH_HEALTH_SCHEMA_VERSION] = { "schema_version", MH_KIND_INT, .label = N_("Schema version") },
  [MH_HEALTH_DATABASE]       = { "database", MH_KIND_TEXT, .label = N_("Database") },
  [MH_HEALTH_CONNECTIONS]    = { "connections", MH_KIND_INT, .label = N_("Connections") },
  [MH_HEALTH_JOBS_WAITING]   = { "jobs_waiting", MH_KIND_INT, .label = N_("Jobs waiting") },
  [MH_HEALTH_JOBS_FAILED]    = { "jobs_failed", MH_KIND_INT, .label = N_("Jobs failed") },
  [MH_HEALTH_MEMORY_KIB]     = { "memory_kib", MH_KIND_INT, .label = N_("Memory"), .unit = "KiB" },
  [MH_HEALTH_CHECKS]         = { "checks", MH_KIND_RECORDS, .label = N_("Parts"), .target = &mh_health_check_type, .flags = MH_VIRTUAL, .max = 100 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (health_fields) == MH_HEALTH_N_FIELDS);

/* clang-format on */

/* clang-format off */
const MhRecordType mh_issue_type = {
  .name = "MhIssue", .code = "issue",
  .label = N_("Issue"), .fields = issue_fields, .n_fields = G_N_ELEMENTS (issue_fields),
  .key = MH_ISSUE_CODE,
};

const MhRecordType mh_problem_type = {
  .name = "MhProblem", .code = "problem",
  .label = NS_("Problem"), .fields = problem_fields, .n_fields = G_N_ELEMENTS (problem_fields),
};

const MhRecordType mh_health_check_type = {
  .name = "MhHealthCheck", .code = "health_check",
  .label = N_("Health of a part"), .fields = health_check_fields, .n_fields = G_N_ELEMENTS (health_check_fields),
};

const MhRecordType mh_health_type = {
  .name = "MhHealth", .code = "health",
  .label = N_("Health"), .fields = health_fields, .n_fields = G_N_ELEMENTS (health_fields),
};

/* clang-format on */
