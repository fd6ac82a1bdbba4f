/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/mh-types.h"
#include "shared/records/platform/mh-audit.h"

/* clang-format off */
static const MhParam audit_params[] = {
  { "object_type", MH_KIND_TEXT, NULL, N_("Code of the record type, such as patient") },
  { "object_id", MH_KIND_REF, NULL, N_("Id of the record") },
  { "user_id", MH_KIND_REF, NULL, N_("Who did it") },
  { "from", MH_KIND_INSTANT, NULL, N_("Not before") },
  { "to", MH_KIND_INSTANT, NULL, N_("Before") },
  { "verb", MH_KIND_ENUM, mh_audit_verb_codes, N_("What was done") },
  { NULL },
};

static const MhParam setting_params[] = {
  { "name", MH_KIND_TEXT, NULL, N_("One setting by name") },
  { NULL },
};

static const MhParam department_params[] = {
  { "hospital_id", MH_KIND_REF, NULL, N_("Departments of one hospital") },
  { NULL },
};

static const MhRoute routes[] = {
  { "session.open", "POST", "/session", "", MH_ROUTE_PLAIN, MH_ROUTE_PUBLIC | MH_ROUTE_ONLINE, &mh_login_type, &mh_session_view_type, NULL, N_("Sign in"), "session", NULL, MH_RATE_LOGIN },
  { "session.read", "GET", "/session", "", MH_ROUTE_PLAIN, 0, NULL, &mh_session_view_type, NULL, N_("Who am I"), "session", NULL, MH_RATE_NORMAL },
  { "session.close", "DELETE", "/session", "", MH_ROUTE_PLAIN, MH_ROUTE_NO_CONTENT | MH_ROUTE_ONLINE, NULL, NULL, NULL, N_("Sign out"), "session", NULL, MH_RATE_NORMAL },
  { "session.password", "POST", "/session/password", "", MH_ROUTE_PLAIN, MH_ROUTE_NO_CONTENT | MH_ROUTE_ONLINE, &mh_password_change_type, NULL, NULL, N_("Change one's own password"), "session", NULL, MH_RATE_GUESS },
  { "factor.read", "GET", "/session/second-factor", "", MH_ROUTE_READ, MH_ROUTE_ONLINE, NULL, &mh_factor_view_type, NULL, N_("Is one's own second factor on"), "session", NULL, MH_RATE_NORMAL },
  { "factor.begin", "POST", "/session/second-factor", "", MH_ROUTE_PLAIN, MH_ROUTE_ONLINE, &mh_factor_begin_type, &mh_factor_view_type, NULL, N_("A key for one's authenticator app"), "session", NULL, MH_RATE_GUESS },
  { "factor.confirm", "POST", "/session/second-factor/confirm", "", MH_ROUTE_PLAIN, MH_ROUTE_ONLINE, &mh_factor_code_type, &mh_factor_view_type, NULL, N_("Turn the second factor on by its first code"), "session", NULL, MH_RATE_GUESS },
  { "factor.off", "POST", "/session/second-factor/off", "", MH_ROUTE_PLAIN, MH_ROUTE_NO_CONTENT | MH_ROUTE_ONLINE, &mh_factor_off_type, NULL, NULL, N_("Turn one's own second factor off"), "session", NULL, MH_RATE_GUESS },
  { "own_key.list", "GET", "/session/api-keys", "", MH_ROUTE_READ, MH_ROUTE_LIST | MH_ROUTE_ONLINE, NULL, &mh_api_key_type, NULL, N_("Keys asked for in one's own name that wait for an answer"), "session", NULL, MH_RATE_NORMAL },
  { "own_key.accept", "POST", "/session/api-keys/{id}/acceptance", "", MH_ROUTE_PLAIN, MH_ROUTE_ONLINE, &mh_factor_begin_type, &mh_api_key_type, NULL, N_("Let a key act in one's own name, with the password once more"), "session", NULL, MH_RATE_GUESS },
  { "own_key.decline", "POST", "/session/api-keys/{id}/refusal", "", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, NULL, &mh_api_key_type, NULL, N_("End a key that was asked for in one's own name"), "session", NULL, MH_RATE_NORMAL },

  { "user.list", "GET", "/users", "user.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_user_type, NULL, N_("People with an account"), "users", NULL, MH_RATE_NORMAL },
  { "user.create", "POST", "/users", "user.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_user_type, &mh_user_type, NULL, N_("Add a person"), "users", NULL, MH_RATE_NORMAL },
  { "user.read", "GET", "/users/{id}", "user.read", MH_ROUTE_READ, 0, NULL, &mh_user_type, NULL, N_("One person"), "users", NULL, MH_RATE_NORMAL },
  { "user.update", "PATCH", "/users/{id}", "user.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_user_type, &mh_user_type, NULL, N_("Change a person"), "users", NULL, MH_RATE_NORMAL },
  { "factor.reset", "POST", "/users/{id}/second-factor/reset", "user.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, NULL, &mh_user_type, NULL, N_("Turn somebody's second factor off; two people ask for it within a day"), "users", NULL, MH_RATE_NORMAL },
  { "account_change.list", "GET", "/account-changes", "user.write", MH_ROUTE_READ, MH_ROUTE_LIST | MH_ROUTE_ONLINE, NULL, &mh_account_change_type, NULL, N_("Changes of accounts that wait for a second administrator"), "users", NULL, MH_RATE_NORMAL },
  { "account_change.approve", "POST", "/account-changes/{id}/approval", "user.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, NULL, &mh_account_change_type, NULL, N_("Approve it; not by whoever asked, nor by the person"), "users", NULL, MH_RATE_NORMAL },
  { "account_change.refuse", "POST", "/account-changes/{id}/refusal", "user.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, NULL, &mh_account_change_type, NULL, N_("Refuse it, or withdraw it"), "users", NULL, MH_RATE_NORMAL },

  { "api_key.list", "GET", "/api-keys", "user.write", MH_ROUTE_READ, MH_ROUTE_LIST | MH_ROUTE_ONLINE, NULL, &mh_api_key_type, NULL, N_("Keys by which machines sign in"), "users", NULL, MH_RATE_NORMAL },
  { "api_key.create", "POST", "/api-keys", "user.write", MH_ROUTE_PLAIN, MH_ROUTE_ONLINE, &mh_api_key_type, &mh_api_key_type, NULL, N_("A key for a machine; told once"), "users", NULL, MH_RATE_NORMAL },
  { "api_key.revoke", "POST", "/api-keys/{id}/revoke", "user.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, NULL, &mh_api_key_type, NULL, N_("End a key"), "users", NULL, MH_RATE_NORMAL },

  { "role.list", "GET", "/roles", "role.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_role_type, NULL, N_("Roles and their rights"), "roles", NULL, MH_RATE_NORMAL },
  { "role.create", "POST", "/roles", "role.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_role_type, &mh_role_type, NULL, N_("Add a role"), "roles", NULL, MH_RATE_NORMAL },
  { "role.read", "GET", "/roles/{id}", "role.read", MH_ROUTE_READ, 0, NULL, &mh_role_type, NULL, N_("One role"), "roles", NULL, MH_RATE_NORMAL },
  { "role.update", "PATCH", "/roles/{id}", "role.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_role_type, &mh_role_type, NULL, N_("Change a role"), "roles", NULL, MH_RATE_NORMAL },

  { "hospital.list", "GET", "/hospitals", "", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_hospital_type, NULL, N_("Hospitals"), "hospitals", NULL, MH_RATE_NORMAL },
  { "hospital.create", "POST", "/hospitals", "hospital.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_hospital_type, &mh_hospital_type, NULL, N_("Add a hospital"), "hospitals", NULL, MH_RATE_NORMAL },
  { "hospital.read", "GET", "/hospitals/{id}", "", MH_ROUTE_READ, 0, NULL, &mh_hospital_type, NULL, N_("One hospital"), "hospitals", NULL, MH_RATE_NORMAL },
  { "hospital.update", "PATCH", "/hospitals/{id}", "hospital.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_hospital_type, &mh_hospital_type, NULL, N_("Change a hospital"), "hospitals", NULL, MH_RATE_NORMAL },

  { "department.list", "GET", "/departments", "", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_department_type, department_params, N_("Departments"), "hospitals", NULL, MH_RATE_NORMAL },
  { "department.create", "POST", "/departments", "hospital.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_department_type, &mh_department_type, NULL, N_("Add a department"), "hospitals", NULL, MH_RATE_NORMAL },
  { "department.read", "GET", "/departments/{id}", "", MH_ROUTE_READ, 0, NULL, &mh_department_type, NULL, N_("One department"), "hospitals", NULL, MH_RATE_NORMAL },
  { "department.update", "PATCH", "/departments/{id}", "hospital.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_department_type, &mh_department_type, NULL, N_("Change a department"), "hospitals", NULL, MH_RATE_NORMAL },

  { "setting.list", "GET", "/settings", "setting.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_setting_type, setting_params, N_("Settings; those that nobody has set come last, without a version and with what holds meanwhile"), "settings", NULL, MH_RATE_NORMAL },
  { "setting.create", "POST", "/settings", "setting.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_setting_type, &mh_setting_type, NULL, N_("Set what was not set before"), "settings", NULL, MH_RATE_NORMAL },
  { "setting.update", "PATCH", "/settings/{id}", "setting.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_setting_type, &mh_setting_type, NULL, N_("Change a setting"), "settings", NULL, MH_RATE_NORMAL },

  { "device.list", "GET", "/devices", "device.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_device_type, NULL, N_("Desks"), "settings", NULL, MH_RATE_NORMAL },
  { "device.create", "POST", "/devices", "", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED, &mh_device_type, &mh_device_type, NULL, N_("A desk makes itself known"), "settings", NULL, MH_RATE_NORMAL },
  { "device.update", "PATCH", "/devices/{id}", "device.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT, &mh_device_type, &mh_device_type, NULL, N_("Change a desk"), "settings", NULL, MH_RATE_NORMAL },

  { "audit.list", "GET", "/audit", "audit.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_audit_entry_type, audit_params, N_("Who did what, newest first"), "audit", NULL, MH_RATE_HEAVY },
  { "audit.csv", "GET", "/audit/table.csv", "audit.read", MH_ROUTE_READ, MH_ROUTE_BINARY, NULL, NULL, audit_params, N_("The same for a spreadsheet, at most 10,000 rows"), "audit", "text/csv", MH_RATE_HEAVY },
  { "job.list", "GET", "/jobs", "job.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_job_type, NULL, N_("Jobs that wait, run or failed"), "operations", NULL, MH_RATE_NORMAL },
  { "job.retry", "POST", "/jobs/{id}/retry", "job.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, NULL, &mh_job_type, NULL, N_("Try a failed job again"), "operations", NULL, MH_RATE_NORMAL },
  { "job.drop", "POST", "/jobs/{id}/drop", "job.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, NULL, &mh_job_type, NULL, N_("Do not do a waiting or failed job"), "operations", NULL, MH_RATE_NORMAL },
};
/* clang-format on */

const MhRouteTable mh_routes_access = { routes, G_N_ELEMENTS (routes) };
