/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/people/mh-second-factor.h"

#include "shared/records/mh-types.h"

/* clang-format off */
static const MhField second_factor_fields[] = {
  MH_COMMON_FIELDS,
  [MH_SECOND_FACTOR_USER_ID]    = { "user_id", MH_KIND_REF, .label = N_("User"), .target = &mh_user_type, .flags = MH_REQUIRED | MH_UNIQUE | MH_SERVER_SET },
  [MH_SECOND_FACTOR_PENDING]    = { "pending", MH_KIND_TEXT, .label = N_("Key that is not confirmed yet"), .flags = MH_SECRET | MH_SERVER_SET | MH_NO_FORM | MH_SENSITIVE, .max = 200,
    .help = N_("Sealed for this user") },
  [MH_SECOND_FACTOR_PENDING_AT] = { "pending_at", MH_KIND_INSTANT, .label = N_("Begun"), .flags = MH_SERVER_SET },
  [MH_SECOND_FACTOR_LAST_STEP]  = { "last_step", MH_KIND_INT, .label = N_("Last step that was used"), .flags = MH_SERVER_SET,
    .help = N_("Thirty seconds each since 1970; a code of this step or an older one is refused") },
  [MH_SECOND_FACTOR_RECOVERY]   = { "recovery", MH_KIND_LIST, .label = N_("Recovery codes"), .flags = MH_SECRET | MH_SERVER_SET | MH_NO_FORM | MH_SENSITIVE, .max = 10,
    .help = N_("Keyed hashes of those not used yet") },
  [MH_SECOND_FACTOR_RESET_BY]   = { "reset_by", MH_KIND_REF, .label = N_("Reset asked by"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_SECOND_FACTOR_RESET_AT]   = { "reset_at", MH_KIND_INSTANT, .label = N_("Reset asked at"), .flags = MH_SERVER_SET },
};
G_STATIC_ASSERT (G_N_ELEMENTS (second_factor_fields) == MH_SECOND_FACTOR_N_FIELDS);

static const MhField factor_view_fields[] = {
  [MH_FACTOR_VIEW_ENABLED]       = { "enabled", MH_KIND_BOOL, .label = N_("Second factor") },
  [MH_FACTOR_VIEW_RECOVERY_LEFT] = { "recovery_left", MH_KIND_INT, .label = N_("Recovery codes left") },
  [MH_FACTOR_VIEW_SECRET]        = { "secret", MH_KIND_TEXT, .label = N_("Key"), .flags = MH_SENSITIVE, .max = 64,
    .help = N_("Base32, told once, for the authenticator app") },
  [MH_FACTOR_VIEW_URI]           = { "uri", MH_KIND_TEXT, .label = N_("Address for the QR code"), .flags = MH_SENSITIVE, .max = 1000 },
  [MH_FACTOR_VIEW_RECOVERY]      = { "recovery", MH_KIND_LIST, .label = N_("Recovery codes"), .flags = MH_SENSITIVE, .max = 10,
    .help = N_("Told once; each opens the account once without the app") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (factor_view_fields) == MH_FACTOR_VIEW_N_FIELDS);

static const MhField factor_begin_fields[] = {
  [MH_FACTOR_BEGIN_PASSWORD] = { "password", MH_KIND_TEXT, .label = N_("Password"), .flags = MH_REQUIRED | MH_INPUT | MH_SENSITIVE, .max = 200 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (factor_begin_fields) == MH_FACTOR_BEGIN_N_FIELDS);

static const MhField factor_code_fields[] = {
  [MH_FACTOR_CODE_CODE] = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_REQUIRED | MH_INPUT | MH_SENSITIVE, .max = 40 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (factor_code_fields) == MH_FACTOR_CODE_N_FIELDS);

static const MhField factor_off_fields[] = {
  [MH_FACTOR_OFF_PASSWORD] = { "password", MH_KIND_TEXT, .label = N_("Password"), .flags = MH_REQUIRED | MH_INPUT | MH_SENSITIVE, .max = 200 },
  [MH_FACTOR_OFF_CODE]     = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_REQUIRED | MH_INPUT | MH_SENSITIVE, .max = 40 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (factor_off_fields) == MH_FACTOR_OFF_N_FIELDS);

static const MhField api_key_fields[] = {
  MH_COMMON_FIELDS,
  [MH_API_KEY_HOSPITAL_ID]  = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_API_KEY_NAME]         = { "name", MH_KIND_TEXT, .label = N_("What it is for"), .flags = MH_REQUIRED | MH_BRIEF, .max = 120 },
  [MH_API_KEY_USERNAME]     = { "username", MH_KIND_TEXT, .label = N_("Account"), .flags = MH_REQUIRED | MH_BRIEF, .max = 60,
    .help = N_("User name; the key has this account's rights") },
  [MH_API_KEY_EXPIRES_ON]   = { "expires_on", MH_KIND_DATE, .label = N_("Valid until"), .flags = MH_REQUIRED | MH_BRIEF,
    .help = N_("Two years from today at most") },
  [MH_API_KEY_LAST_SEEN_AT] = { "last_seen_at", MH_KIND_INSTANT, .label = N_("Last seen"), .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_API_KEY_REVOKED_AT]   = { "revoked_at", MH_KIND_INSTANT, .label = N_("Revoked"), .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_API_KEY_TOKEN]        = { "token", MH_KIND_TEXT, .label = N_("Key"), .flags = MH_SERVER_SET | MH_NO_FORM | MH_SENSITIVE, .max = 60,
    .help = N_("Told once, in the answer to making it") },
  [MH_API_KEY_ASKED_BY]     = { "asked_by", MH_KIND_TEXT, .label = N_("Asked for by"), .flags = MH_SERVER_SET | MH_NO_FORM | MH_BRIEF, .max = 120 },
  [MH_API_KEY_ACCEPTED_AT]  = { "accepted_at", MH_KIND_INSTANT, .label = N_("Accepted"), .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_API_KEY_IS_WAITING]   = { "is_waiting", MH_KIND_BOOL, .label = N_("Waits for its owner"), .flags = MH_SERVER_SET | MH_NO_FORM,
    .help = N_("It opens nothing until the person in whose name it acts has accepted it") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (api_key_fields) == MH_API_KEY_N_FIELDS);

const MhRecordType mh_second_factor_type = {
  .name = "MhSecondFactor", .code = "second_factor", .table = "second_factor",
  .label = N_("Second factor"), .fields = second_factor_fields, .n_fields = G_N_ELEMENTS (second_factor_fields),
  .flags = MH_TYPE_INTERNAL, .since = 49,
};

const MhRecordType mh_factor_view_type = {
  .name = "MhFactorView", .code = "factor_view",
  .label = N_("Second factor"), .fields = factor_view_fields, .n_fields = G_N_ELEMENTS (factor_view_fields),
};

const MhRecordType mh_factor_begin_type = {
  .name = "MhFactorBegin", .code = "factor_begin",
  .label = N_("Second factor"), .fields = factor_begin_fields, .n_fields = G_N_ELEMENTS (factor_begin_fields),
};

const MhRecordType mh_factor_code_type = {
  .name = "MhFactorCode", .code = "factor_code",
  .label = N_("Second factor"), .fields = factor_code_fields, .n_fields = G_N_ELEMENTS (factor_code_fields),
  .key = MH_FACTOR_CODE_CODE,
};

const MhRecordType mh_factor_off_type = {
  .name = "MhFactorOff", .code = "factor_off",
  .label = N_("Second factor"), .fields = factor_off_fields, .n_fields = G_N_ELEMENTS (factor_off_fields),
  .key = MH_FACTOR_OFF_CODE,
};

const MhRecordType mh_api_key_type = {
  .name = "MhApiKey", .code = "api_key",
  .label = N_("API key"), .fields = api_key_fields, .n_fields = G_N_ELEMENTS (api_key_fields),
  .hospital = MH_API_KEY_HOSPITAL_ID,
};
/* clang-format on */
