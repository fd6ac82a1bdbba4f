/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What the server keeps for itself: keys of retried requests, the queue of durable jobs
 * and the counts of failed log-ins.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_JOB_STATUS_WAITING "waiting"
#define MH_JOB_STATUS_RUNNING "running"
#define MH_JOB_STATUS_DONE "done"
#define MH_JOB_STATUS_FAILED "failed"
#define MH_JOB_STATUS_CANCELLED "cancelled"
extern const MhCode mh_job_status_codes[];

enum
{
  MH_IDEMPOTENCY_KEY_KEY = MH_N_COMMON,
  MH_IDEMPOTENCY_KEY_USER_ID,
  MH_IDEMPOTENCY_KEY_ROUTE,
  MH_IDEMPOTENCY_KEY_BODY_HASH,
  MH_IDEMPOTENCY_KEY_STATUS,
  MH_IDEMPOTENCY_KEY_REPLY,
  MH_IDEMPOTENCY_KEY_EXPIRES_AT,
  MH_IDEMPOTENCY_KEY_N_FIELDS,
};

enum
{
  MH_JOB_KIND = MH_N_COMMON,
  MH_JOB_STATUS,
  MH_JOB_PAYLOAD,
  MH_JOB_RUN_AT,
  MH_JOB_ATTEMPTS,
  MH_JOB_MAX_ATTEMPTS,
  MH_JOB_LOCKED_UNTIL,
  MH_JOB_LOCKED_BY,
  MH_JOB_FINISHED_AT,
  MH_JOB_LAST_ERROR,
  MH_JOB_DEDUPE_KEY,
  MH_JOB_HOSPITAL_ID,
  MH_JOB_N_FIELDS,
};

/* Failed log-ins lately, of one name (known or not) or one address. */
enum
{
  MH_LOGIN_GUARD_KEY = MH_N_COMMON,
  MH_LOGIN_GUARD_FAILURES,
  MH_LOGIN_GUARD_LAST_FAILURE_AT,
  MH_LOGIN_GUARD_LOCKED_UNTIL,
  MH_LOGIN_GUARD_N_FIELDS,
};

G_END_DECLS
