/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The second factor of a sign-in (TOTP, RFC 6238: SHA-1, six figures, thirty seconds) and the keys
 * by which machines sign in. What rests of a factor is sealed; the confirmed secret itself stands
 * on the account (user.totp_secret).
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_ISSUE_TOTP_REQUIRED "totp_required"

/* What the server keeps of one account's factor. */
enum
{
  MH_SECOND_FACTOR_USER_ID = MH_N_COMMON,
  MH_SECOND_FACTOR_PENDING,
  MH_SECOND_FACTOR_PENDING_AT,
  MH_SECOND_FACTOR_LAST_STEP,
  MH_SECOND_FACTOR_RECOVERY,
  MH_SECOND_FACTOR_RESET_BY,
  MH_SECOND_FACTOR_RESET_AT,
  MH_SECOND_FACTOR_N_FIELDS,
};

/* What its owner is told. */
enum
{
  MH_FACTOR_VIEW_ENABLED,
  MH_FACTOR_VIEW_RECOVERY_LEFT,
  MH_FACTOR_VIEW_SECRET,
  MH_FACTOR_VIEW_URI,
  MH_FACTOR_VIEW_RECOVERY,
  MH_FACTOR_VIEW_N_FIELDS,
};

enum
{
  MH_FACTOR_BEGIN_PASSWORD,
  MH_FACTOR_BEGIN_N_FIELDS,
};

enum
{
  MH_FACTOR_CODE_CODE,
  MH_FACTOR_CODE_N_FIELDS,
};

enum
{
  MH_FACTOR_OFF_PASSWORD,
  MH_FACTOR_OFF_CODE,
  MH_FACTOR_OFF_N_FIELDS,
};

/* A session of the kind machine, as the administrator and its owner see it. */
enum
{
  MH_API_KEY_HOSPITAL_ID = MH_N_COMMON,
  MH_API_KEY_NAME,
  MH_API_KEY_USERNAME,
  MH_API_KEY_EXPIRES_ON,
  MH_API_KEY_LAST_SEEN_AT,
  MH_API_KEY_REVOKED_AT,
  MH_API_KEY_TOKEN,
  MH_API_KEY_ASKED_BY,
  MH_API_KEY_ACCEPTED_AT,
  MH_API_KEY_IS_WAITING,
  MH_API_KEY_N_FIELDS,
};

G_END_DECLS
