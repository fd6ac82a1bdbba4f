/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/people/mh-user.h"

#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"

#include <string.h>

/* clang-format off */
const MhCode mh_session_kind_codes[] = {
  { MH_SESSION_KIND_PERSON, NS_("Person") },
  { MH_SESSION_KIND_MACHINE, N_("Machine") },
  { NULL },
};

static const MhField role_fields[] = {
  MH_COMMON_FIELDS,
  [MH_ROLE_CODE]        = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_REQUIRED | MH_UNIQUE | MH_IMMUTABLE | MH_SORT | MH_BRIEF, .max = 40 },
  [MH_ROLE_NAME]        = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_REQUIRED | MH_SEARCH | MH_SORT | MH_BRIEF, .max = 80 },
  [MH_ROLE_PERMISSIONS] = { "permissions", MH_KIND_LIST, .label = N_("Rights"), .codes = mh_permission_codes, .flags = MH_REQUIRED, .max = 200,
    .help = N_("What is not listed is denied") },
  [MH_ROLE_DESCRIPTION] = { "description", MH_KIND_LONG_TEXT, .label = N_("Description"), .max = 400 },
  [MH_ROLE_BUILT_IN]    = { "built_in", MH_KIND_BOOL, .label = N_("Built in"), .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_ROLE_WAITING_SINCE] = { "waiting_since", MH_KIND_INSTANT, .label = N_("Awaiting approval since"), .flags = MH_SERVER_SET | MH_NO_FORM, .since = 59 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (role_fields) == MH_ROLE_N_FIELDS);

static const MhField user_fields[] = {
  MH_COMMON_FIELDS,
  [MH_USER_USERNAME]             = { "username", MH_KIND_TEXT, .label = N_("User name"), .flags = MH_REQUIRED | MH_UNIQUE | MH_IMMUTABLE | MH_SEARCH | MH_SORT | MH_BRIEF, .max = 60,
    .help = N_("Letters a-z, digits, dot and hyphen") },
  [MH_USER_NAME]                 = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_REQUIRED | MH_SEARCH | MH_SORT | MH_BRIEF, .max = 120,
    .help = N_("As printed on reports and prescriptions") },
  [MH_USER_ROLES]                = { "roles", MH_KIND_LIST, .label = N_("Roles"), .flags = MH_REQUIRED | MH_BRIEF, .max = 20,
    .help = N_("What this person may do") },
  [MH_USER_HOSPITAL_ID]          = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_USER_HOSPITAL_IDS]         = { "hospital_ids", MH_KIND_LIST, .label = N_("Other hospitals"), .max = 200,
    .help = N_("Where else this person works") },
  [MH_USER_DEPARTMENT_ID]        = { "department_id", MH_KIND_REF, .label = N_("Department"), .target = &mh_department_type },
  [MH_USER_DESIGNATION]          = { "designation", MH_KIND_TEXT, .label = N_("Designation"), .flags = MH_BRIEF, .max = 80 },
  [MH_USER_QUALIFICATION]        = { "qualification", MH_KIND_TEXT, .label = N_("Qualification"), .max = 120 },
  [MH_USER_REGISTRATION_NUMBER]  = { "registration_number", MH_KIND_TEXT, .label = N_("Registration number"), .max = 60,
    .help = N_("Of the medical council; printed under the signature") },
  [MH_USER_SEX]                  = { "sex", MH_KIND_ENUM, .label = N_("Sex"), .codes = mh_patient_sex_codes },
  [MH_USER_BIRTH_DATE]           = { "birth_date", MH_KIND_DATE, .label = N_("Date of birth"), .flags = MH_SENSITIVE },
  [MH_USER_EMAIL]                = { "email", MH_KIND_TEXT, .label = N_("E-mail"), .flags = MH_SENSITIVE, .format = "email", .max = 254 },
  [MH_USER_PHONE]                = { "phone", MH_KIND_TEXT, .label = N_("Phone"), .flags = MH_SENSITIVE, .format = "phone", .max = 40 },
  [MH_USER_LANGUAGE]             = { "language", MH_KIND_TEXT, .label = N_("Language"), .max = 10 },
  [MH_USER_BENCHES]              = { "benches", MH_KIND_LIST, .label = N_("Benches"), .max = 40,
    .help = N_("Benches this technician is trained for") },
  [MH_USER_ON_SHIFT]             = { "on_shift", MH_KIND_BOOL, .label = N_("On shift") },
  [MH_USER_ACTIVE]               = { "active", MH_KIND_BOOL, .label = N_("May sign in") },
  [MH_USER_PASSWORD]             = { "password", MH_KIND_TEXT, .label = N_("Password"), .flags = MH_INPUT | MH_SENSITIVE, .max = 200 },
  [MH_USER_PASSWORD_HASH]        = { "password_hash", MH_KIND_TEXT, .label = N_("Password hash"), .flags = MH_SECRET | MH_SERVER_SET | MH_NO_FORM | MH_SENSITIVE, .max = 200 },
  [MH_USER_PASSWORD_CHANGED_AT]  = { "password_changed_at", MH_KIND_INSTANT, .label = N_("Password changed"), .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_USER_MUST_CHANGE_PASSWORD] = { "must_change_password", MH_KIND_BOOL, .label = N_("Must change the password") },
  [MH_USER_TOTP_ENABLED]         = { "totp_enabled", MH_KIND_BOOL, .label = N_("Second factor"), .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_USER_TOTP_SECRET]          = { "totp_secret", MH_KIND_TEXT, .label = N_("Second factor's key"), .flags = MH_SECRET | MH_SERVER_SET | MH_NO_FORM | MH_SENSITIVE, .max = 120 },
  [MH_USER_FAILED_LOGINS]        = { "failed_logins", MH_KIND_INT, .label = N_("Failed sign-ins"), .flags = MH_SECRET | MH_SERVER_SET | MH_NO_FORM },
  [MH_USER_LOCKED_UNTIL]         = { "locked_until", MH_KIND_INSTANT, .label = N_("Locked until"), .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_USER_LAST_LOGIN_AT]        = { "last_login_at", MH_KIND_INSTANT, .label = N_("Last sign-in"), .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_USER_DEMONSTRATION]        = { "demonstration", MH_KIND_BOOL, .label = N_("Demonstration account"), .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_USER_BADGE]                = { "badge", MH_KIND_TEXT, .label = N_("Badge"), .flags = MH_SENSITIVE, .max = 60, .since = 23,
    .help = N_("The code on the staff card, scanned at a hand-over") },
  [MH_USER_PASSWORD_SET_BY]      = { "password_set_by", MH_KIND_TEXT, .label = N_("Password given by"), .flags = MH_SERVER_SET | MH_NO_FORM, .max = 120, .since = 54,
    .help = N_("Until the person has chosen one of their own") },
  [MH_USER_WAITING_SINCE]        = { "waiting_since", MH_KIND_INSTANT, .label = N_("Awaiting approval since"), .flags = MH_SERVER_SET | MH_NO_FORM, .since = 59 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (user_fields) == MH_USER_N_FIELDS);

static const MhField session_fields[] = {
  MH_COMMON_FIELDS,
  [MH_SESSION_TOKEN_HASH]   = { "token_hash", MH_KIND_TEXT, .label = N_("Token hash"), .flags = MH_SECRET | MH_SERVER_SET | MH_UNIQUE | MH_NO_FORM, .max = 64,
    .help = N_("SHA-256 of the token, hexadecimal") },
  [MH_SESSION_KIND]         = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_session_kind_codes, .flags = MH_REQUIRED },
  [MH_SESSION_NAME]         = { "name", MH_KIND_TEXT, .label = N_("Name"), .max = 120,
    .help = N_("Of an API key: what it is for") },
  [MH_SESSION_USER_ID]      = { "user_id", MH_KIND_REF, .label = N_("User"), .target = &mh_user_type, .flags = MH_REQUIRED | MH_INDEX },
  [MH_SESSION_HOSPITAL_ID]  = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type },
  [MH_SESSION_ADDRESS]      = { "address", MH_KIND_TEXT, .label = N_("Address"), .max = 60 },
  [MH_SESSION_AGENT]        = { "agent", MH_KIND_TEXT, .label = N_("Program"), .max = 200 },
  [MH_SESSION_LAST_SEEN_AT] = { "last_seen_at", MH_KIND_INSTANT, .label = N_("Last seen") },
  [MH_SESSION_IDLE_UNTIL]   = { "idle_until", MH_KIND_INSTANT, .label = N_("Idle until") },
  [MH_SESSION_EXPIRES_AT]   = { "expires_at", MH_KIND_INSTANT, .label = N_("Expires"), .flags = MH_INDEX },
  [MH_SESSION_REVOKED_AT]   = { "revoked_at", MH_KIND_INSTANT, .label = N_("Revoked") },
  [MH_SESSION_ASKED_BY]     = { "asked_by", MH_KIND_TEXT, .label = N_("Asked for by"), .max = 120, .since = 54,
    .help = N_("Of an API key: the administrator") },
  [MH_SESSION_ACCEPTED_AT]  = { "accepted_at", MH_KIND_INSTANT, .label = N_("Accepted"), .since = 54,
    .help = N_("Of an API key: by the person in whose name it acts") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (session_fields) == MH_SESSION_N_FIELDS);

static const MhField login_fields[] = {
  [MH_LOGIN_USERNAME]    = { "username", MH_KIND_TEXT, .label = N_("User name"), .flags = MH_REQUIRED, .max = 60 },
  [MH_LOGIN_PASSWORD]    = { "password", MH_KIND_TEXT, .label = N_("Password"), .flags = MH_REQUIRED | MH_INPUT | MH_SENSITIVE, .max = 200 },
  [MH_LOGIN_TOTP]        = { "totp", MH_KIND_TEXT, .label = N_("Code of the second factor"), .flags = MH_INPUT | MH_SENSITIVE, .max = 40,
    .help = N_("Six figures of the app, or a recovery code") },
  [MH_LOGIN_HOSPITAL_ID] = { "hospital_id", MH_KIND_TEXT, .label = N_("Hospital"), .max = 36,
    .help = N_("Where to work; the person's own hospital if left out") },
  [MH_LOGIN_DEVICE]      = { "device", MH_KIND_TEXT, .label = N_("Desk"), .max = 40,
    .help = N_("Code of the desk, for labels and the audit trail") },
  [MH_LOGIN_CHOOSE]      = { "choose", MH_KIND_BOOL, .label = N_("Choose the hospital"),
    .help = N_("Who may work in several hospitals and names none of them is refused with their ids and names") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (login_fields) == MH_LOGIN_N_FIELDS);

static const MhField session_view_fields[] = {
  [MH_SESSION_VIEW_TOKEN]                = { "token", MH_KIND_TEXT, .label = N_("Token"), .flags = MH_SENSITIVE, .max = 200,
    .help = N_("Only in the answer to a sign-in") },
  [MH_SESSION_VIEW_EXPIRES_AT]           = { "expires_at", MH_KIND_INSTANT, .label = N_("Expires") },
  [MH_SESSION_VIEW_USER]                 = { "user", MH_KIND_RECORD, .label = N_("User"), .target = &mh_user_type, .flags = MH_VIRTUAL },
  [MH_SESSION_VIEW_HOSPITAL]             = { "hospital", MH_KIND_RECORD, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_VIRTUAL },
  [MH_SESSION_VIEW_PERMISSIONS]          = { "permissions", MH_KIND_LIST, .label = N_("Permissions"), .max = 200 },
  [MH_SESSION_VIEW_MUST_CHANGE_PASSWORD] = { "must_change_password", MH_KIND_BOOL, .label = N_("Must change the password") },
  [MH_SESSION_VIEW_SERVER_EPOCH]         = { "server_epoch", MH_KIND_TEXT, .label = N_("Server's epoch"), .max = 36,
    .help = N_("Changes when the server's data was restored; the local copy is then filled anew") },
  [MH_SESSION_VIEW_ORDER_TAX]            = { "order_tax", MH_KIND_MONEY, .label = N_("Tax on an order"),
    .help = N_("So that a desk without the server asks for the right sum") },
  [MH_SESSION_VIEW_PASSWORD_SET_BY]      = { "password_set_by", MH_KIND_TEXT, .label = N_("Password given by"), .max = 120 },
  [MH_SESSION_VIEW_LOCK_MINUTES]         = { "lock_minutes", MH_KIND_INT, .label = N_("Minutes until the screen locks"),
    .help = N_("Without a key or a click at the desk") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (session_view_fields) == MH_SESSION_VIEW_N_FIELDS);

static const MhField password_change_fields[] = {
  [MH_PASSWORD_CHANGE_CURRENT]  = { "current", MH_KIND_TEXT, .label = N_("Present password"), .flags = MH_REQUIRED | MH_INPUT | MH_SENSITIVE, .max = 200 },
  [MH_PASSWORD_CHANGE_PASSWORD] = { "password", MH_KIND_TEXT, .label = N_("New password"), .flags = MH_REQUIRED | MH_INPUT | MH_SENSITIVE, .max = 200 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (password_change_fields) == MH_PASSWORD_CHANGE_N_FIELDS);

/* clang-format on */

static char *
user_display (MhRecord *user)
{
  const char *name = mh_record_text (user, MH_USER_NAME);

  return g_strdup (name != NULL ? name : mh_record_text (user, MH_USER_USERNAME));
}

static void
user_check (MhRecord *user, MhIssues *issues)
{
  const char *username = mh_record_text (user, MH_USER_USERNAME);

  if (username != NULL
      && strspn (username, "abcdefghijklmnopqrstuvwxyz0123456789.-_") != strlen (username))
    mh_issues_add (issues, "username", "format", "Use only letters a-z, digits, dot and hyphen");
}

static void
password_change_check (MhRecord *change, MhIssues *issues)
{
  const char *current = mh_record_text (change, MH_PASSWORD_CHANGE_CURRENT);
  const char *password = mh_record_text (change, MH_PASSWORD_CHANGE_PASSWORD);

  if (current != NULL && password != NULL && strcmp (current, password) == 0)
    mh_issues_add (issues, "password", "same", "The new password must differ from the present one");
}

/* clang-format off */
const MhRecordType mh_role_type = {
  .name = "MhRole", .code = "role", .table = "role", .path = "/roles",
  .label = NS_("Role"), .fields = role_fields, .n_fields = G_N_ELEMENTS (role_fields),
  .flags = MH_TYPE_SYNC,
  .key = MH_ROLE_CODE,
};

const MhRecordType mh_user_type = {
  .name = "MhUser", .code = "user", .table = "app_user", .path = "/users",
  .label = N_("User"), .fields = user_fields, .n_fields = G_N_ELEMENTS (user_fields),
  .flags = MH_TYPE_SYNC, .check = user_check, .display = user_display,
  .hospital = MH_USER_HOSPITAL_ID, .active = MH_USER_ACTIVE,
};

const MhRecordType mh_session_type = {
  .name = "MhSession", .code = "session", .table = "session",
  .label = N_("Session"), .fields = session_fields, .n_fields = G_N_ELEMENTS (session_fields),
  .flags = MH_TYPE_INTERNAL,
  .hospital = MH_SESSION_HOSPITAL_ID,
};

const MhRecordType mh_login_type = {
  .name = "MhLogin", .code = "login",
  .label = N_("Sign-in"), .fields = login_fields, .n_fields = G_N_ELEMENTS (login_fields),
  .hospital = MH_LOGIN_HOSPITAL_ID,
};

const MhRecordType mh_session_view_type = {
  .name = "MhSessionView", .code = "session_view",
  .label = N_("Session"), .fields = session_view_fields, .n_fields = G_N_ELEMENTS (session_view_fields),
};

const MhRecordType mh_password_change_type = {
  .name = "MhPasswordChange", .code = "password_change",
  .label = N_("Change of password"), .fields = password_change_fields, .n_fields = G_N_ELEMENTS (password_change_fields),
  .check = password_change_check,
};

/* clang-format on */
