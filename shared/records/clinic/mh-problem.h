/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * How errors and health are told. A problem is RFC 9457's, with the issues under "errors".
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_HEALTH_OK "ok"
#define MH_HEALTH_DEGRADED "degraded"
#define MH_HEALTH_FAILED "failed"
extern const MhCode mh_health_status_codes[];

enum
{
  MH_ISSUE_FIELD,
  MH_ISSUE_CODE,
  MH_ISSUE_MESSAGE,
  MH_ISSUE_N_FIELDS,
};

enum
{
  MH_PROBLEM_TYPE,
  MH_PROBLEM_TITLE,
  MH_PROBLEM_STATUS,
  MH_PROBLEM_DETAIL,
  MH_PROBLEM_REQUEST_ID,
  MH_PROBLEM_ERRORS,
  MH_PROBLEM_CURRENT,
  MH_PROBLEM_RETRY_AFTER,
  MH_PROBLEM_N_FIELDS,
};

enum
{
  MH_HEALTH_CHECK_NAME,
  MH_HEALTH_CHECK_STATUS,
  MH_HEALTH_CHECK_DETAIL,
  MH_HEALTH_CHECK_MILLISECONDS,
  MH_HEALTH_CHECK_N_FIELDS,
};

enum
{
  MH_HEALTH_STATUS,
  MH_HEALTH_VERSION,
  MH_HEALTH_STARTED_AT,
  MH_HEALTH_SCHEMA_VERSION,
  MH_HEALTH_DATABASE,
  MH_HEALTH_CONNECTIONS,
  MH_HEALTH_JOBS_WAITING,
  MH_HEALTH_JOBS_FAILED,
  MH_HEALTH_MEMORY_KIB,
  MH_HEALTH_CHECKS,
  MH_HEALTH_N_FIELDS,
};

G_END_DECLS
