/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/people/mh-account-change.h"

#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"

/* clang-format off */
const MhCode mh_account_change_kind_codes[] = {
  { MH_ACCOUNT_CHANGE_KIND_PASSWORD, N_("New password") },
  { MH_ACCOUNT_CHANGE_KIND_ROLES, N_("Other roles") },
  { MH_ACCOUNT_CHANGE_KIND_BOTH, N_("Other roles and a new password") },
  { MH_ACCOUNT_CHANGE_KIND_RIGHTS, N_("More rights for a role") },
  { NULL },
};

static const MhField fields[] = {
  MH_COMMON_FIELDS,
  [MH_ACCOUNT_CHANGE_HOSPITAL_ID]   = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_ACCOUNT_CHANGE_USER_ID]       = { "user_id", MH_KIND_REF, .label = N_("Person"), .target = &mh_user_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_ACCOUNT_CHANGE_USER_NAME]     = { "user_name", MH_KIND_TEXT, .label = N_("Person or role"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_ACCOUNT_CHANGE_KIND]          = { "kind", MH_KIND_ENUM, .label = N_("What"), .codes = mh_account_change_kind_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_ACCOUNT_CHANGE_ROLES]         = { "roles", MH_KIND_LIST, .label = N_("Roles"), .flags = MH_SERVER_SET, .max = 20 },
  [MH_ACCOUNT_CHANGE_PASSWORD_HASH] = { "password_hash", MH_KIND_TEXT, .label = N_("Password's hash"), .flags = MH_SECRET | MH_SERVER_SET | MH_NO_FORM | MH_SENSITIVE, .max = 200 },
  [MH_ACCOUNT_CHANGE_ASKED_ID]      = { "asked_id", MH_KIND_REF, .label = N_("Asked for by"), .target = &mh_user_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_ACCOUNT_CHANGE_ASKED_BY]      = { "asked_by", MH_KIND_TEXT, .label = N_("Asked for by"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_ACCOUNT_CHANGE_ROLE_ID]       = { "role_id", MH_KIND_REF, .label = N_("Role"), .target = &mh_role_type, .flags = MH_SERVER_SET | MH_NO_FORM | MH_INDEX, .since = 59 },
  [MH_ACCOUNT_CHANGE_PERMISSIONS]   = { "permissions", MH_KIND_LIST, .label = N_("Rights to be added"), .codes = mh_permission_codes, .flags = MH_SERVER_SET, .max = 200, .since = 59 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (fields) == MH_ACCOUNT_CHANGE_N_FIELDS);

const MhRecordType mh_account_change_type = {
  .name = "MhAccountChange", .code = "account_change", .table = "account_change", .path = "/account-changes",
  .label = N_("Change of an account"), .fields = fields, .n_fields = G_N_ELEMENTS (fields), .since = 57,
  .hospital = MH_ACCOUNT_CHANGE_HOSPITAL_ID,
};
/* clang-format on */
