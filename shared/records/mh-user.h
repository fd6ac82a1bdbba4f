/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * People who sign in, their roles, and what the log-in calls carry. Passwords travel only as INPUT
 * fields and rest only as an Argon2id hash that never leaves the server.
 */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* On a refusal: somebody else gave the password, and nothing but changing it is possible. */
#define MH_ISSUE_PASSWORD_DUE "password_due"

#define MH_SESSION_KIND_PERSON "person"
#define MH_SESSION_KIND_MACHINE "machine"
extern const MhCode mh_session_kind_codes[];

enum
{
  MH_ROLE_CODE = MH_N_COMMON,
  MH_ROLE_NAME,
  MH_ROLE_PERMISSIONS,
  MH_ROLE_DESCRIPTION,
  MH_ROLE_BUILT_IN,
  MH_ROLE_WAITING_SINCE, /* a change of it waits for a second administrator */
  MH_ROLE_N_FIELDS,
};
extern const MhRecordType mh_role_type;

enum
{
  MH_USER_USERNAME = MH_N_COMMON,
  MH_USER_NAME,
  MH_USER_ROLES,
  MH_USER_HOSPITAL_ID,
  MH_USER_HOSPITAL_IDS,
  MH_USER_DEPARTMENT_ID,
  MH_USER_DESIGNATION,
  MH_USER_QUALIFICATION,
  MH_USER_REGISTRATION_NUMBER,
  MH_USER_SEX,
  MH_USER_BIRTH_DATE,
  MH_USER_EMAIL,
  MH_USER_PHONE,
  MH_USER_LANGUAGE,
  MH_USER_BENCHES,
  MH_USER_ON_SHIFT,
  MH_USER_ACTIVE,
  MH_USER_PASSWORD,
  MH_USER_PASSWORD_HASH,
  MH_USER_PASSWORD_CHANGED_AT,
  MH_USER_MUST_CHANGE_PASSWORD,
  MH_USER_TOTP_ENABLED,
  MH_USER_TOTP_SECRET,
  MH_USER_FAILED_LOGINS,
  MH_USER_LOCKED_UNTIL,
  MH_USER_LAST_LOGIN_AT,
  MH_USER_DEMONSTRATION,
  MH_USER_BADGE,
  MH_USER_PASSWORD_SET_BY,
  MH_USER_WAITING_SINCE, /* as of a role */
  MH_USER_N_FIELDS,
};
extern const MhRecordType mh_user_type;

enum
{
  MH_SESSION_TOKEN_HASH = MH_N_COMMON,
  MH_SESSION_KIND,
  MH_SESSION_NAME,
  MH_SESSION_USER_ID,
  MH_SESSION_HOSPITAL_ID,
  MH_SESSION_ADDRESS,
  MH_SESSION_AGENT,
  MH_SESSION_LAST_SEEN_AT,
  MH_SESSION_IDLE_UNTIL,
  MH_SESSION_EXPIRES_AT,
  MH_SESSION_REVOKED_AT,
  MH_SESSION_ASKED_BY,
  MH_SESSION_ACCEPTED_AT,
  MH_SESSION_N_FIELDS,
};
extern const MhRecordType mh_session_type;

enum
{
  MH_LOGIN_USERNAME,
  MH_LOGIN_PASSWORD,
  MH_LOGIN_TOTP,
  MH_LOGIN_HOSPITAL_ID,
  MH_LOGIN_DEVICE,
  MH_LOGIN_CHOOSE,
  MH_LOGIN_N_FIELDS,
};
/* Code of the issue on hospital_id after which one for each hospital follows: its id as code, its
 * name as message. */
#define MH_ISSUE_CHOOSE_HOSPITAL "choose"
extern const MhRecordType mh_login_type;

enum
{
  MH_SESSION_VIEW_TOKEN,
  MH_SESSION_VIEW_EXPIRES_AT,
  MH_SESSION_VIEW_USER,
  MH_SESSION_VIEW_HOSPITAL,
  MH_SESSION_VIEW_PERMISSIONS,
  MH_SESSION_VIEW_MUST_CHANGE_PASSWORD,
  MH_SESSION_VIEW_SERVER_EPOCH,
  MH_SESSION_VIEW_ORDER_TAX,
  MH_SESSION_VIEW_PASSWORD_SET_BY,
  MH_SESSION_VIEW_LOCK_MINUTES,
  MH_SESSION_VIEW_N_FIELDS,
};
extern const MhRecordType mh_session_view_type;

enum
{
  MH_PASSWORD_CHANGE_CURRENT,
  MH_PASSWORD_CHANGE_PASSWORD,
  MH_PASSWORD_CHANGE_N_FIELDS,
};
extern const MhRecordType mh_password_change_type;

G_END_DECLS
