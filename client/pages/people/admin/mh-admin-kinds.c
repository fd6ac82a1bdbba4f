/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/people/admin/mh-admin-kinds.h"

#include "client/pages/clinic/appointments/mh-schedules-pane.h"
#include "client/pages/people/admin/mh-mail-text-dialog.h"
#include "client/pages/people/admin/mh-rule-trial.h"
#include "client/pages/people/admin/mh-setting-dialog.h"
#include "client/pages/people/admin/mh-template-look.h"
#include "client/pages/people/admin/mh-user-patient-pane.h"
#include "client/widgets/base/mh-told-dialog.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "shared/base/mh-decimal.h"
#include "shared/record/mh-registry.h"
#include "shared/records/lab/mh-isolate.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/mh-types.h"
#include "shared/records/money/mh-tax-rule.h"
#include "shared/records/people/mh-account-change.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/people/mh-second-factor.h"
#include "shared/records/people/mh-user.h"
#include "shared/records/platform/mh-audit.h"

#include <glib/gi18n-lib.h>

/* --- cells --- */

static gboolean
admin_kinds_is_true (MhRecord *record, const char *field)
{
  int index = mh_record_type_find (mh_record_type (record), field);
  return index >= 0 && mh_record_bool (record, (guint)index);
}

static char *
signed_off_text (MhRecord *record)
{
  return g_strdup (admin_kinds_is_true (record, "verified") ? _ ("Signed off ✓")
                                                            : _ ("Awaiting sign-off ○"));
}

static const char *
signed_off_style (MhRecord *record)
{
  return admin_kinds_is_true (record, "verified") ? NULL : "mh-soon";
}

static char *
roles_text (MhRecord *user)
{
  const char *const *roles = mh_record_list (user, MH_USER_ROLES);
  g_autofree char *codes = roles != NULL ? g_strjoinv (",", (char **)roles) : NULL;
  return mh_words_roles (codes);
}

/* What the person or the role is to get. */
static char *
asked_text (MhRecord *change)
{
  if (mh_record_has (change, MH_ACCOUNT_CHANGE_PERMISSIONS))
    return mh_words_value (change, MH_ACCOUNT_CHANGE_PERMISSIONS);
  const char *const *roles = mh_record_list (change, MH_ACCOUNT_CHANGE_ROLES);
  g_autofree char *codes = roles != NULL ? g_strjoinv (",", (char **)roles) : NULL;
  return mh_words_roles (codes);
}

/* Of a person or a role; nobody can approve after a week. */
static char *
waiting_text (MhRecord *record)
{
  int field = mh_record_type_find (mh_record_type (record), "waiting_since");
  gint64 since = field >= 0 ? mh_record_int (record, (guint)field) : 0;
  gint64 age = mh_when_now () - since;
  return since == 0 ? NULL
                    : g_strdup (age < MH_ACCOUNT_CHANGE_LIFE ? _ ("Awaiting approval ○")
                                                             : _ ("Not approved in time ✕"));
}

static char *
audited_text (MhRecord *entry)
{
  const char *code = mh_record_text (entry, MH_AUDIT_ENTRY_OBJECT_TYPE);
  const MhRecordType *type = code != NULL ? mh_registry_find (code) : NULL;
  return g_strdup (type != NULL ? g_dgettext (GETTEXT_PACKAGE, type->label) : code);
}

static const char *
waiting_style (MhRecord *record)
{
  return "mh-soon";
}

static char *
active_text (MhRecord *record)
{
  return g_strdup (admin_kinds_is_true (record, "active") ? _ ("Yes ✓") : _ ("No ✕"));
}

static char *
rights_text (MhRecord *role)
{
  const char *const *rights = mh_record_list (role, MH_ROLE_PERMISSIONS);
  guint n = rights != NULL ? g_strv_length ((char **)rights) : 0;
  return g_strdup_printf (ngettext ("%u right", "%u rights", n), n);
}

/* "12 %", "20.00 an order", "exempt": what the rule comes to. */
static char *
admin_kinds_tax_text (MhRecord *rule)
{
  if (mh_record_bool (rule, MH_TAX_RULE_EXEMPT))
    return g_strdup (_ ("Exempt"));
  if (g_strcmp0 (mh_record_text (rule, MH_TAX_RULE_KIND), MH_TAX_KIND_FLAT) == 0)
    {
      g_autofree char *amount = mh_words_money (mh_record_int (rule, MH_TAX_RULE_AMOUNT), NULL);
      return g_strdup_printf (_ ("%s an order"), amount);
    }
  return mh_words_value (rule, MH_TAX_RULE_RATE);
}

/* A bench that says nothing has the hospital's number. */
static char *
admin_kinds_signatures_text (MhRecord *bench)
{
  gint64 n = mh_record_int (bench, MH_BENCH_VERIFY_LEVELS);
  if (!mh_record_has (bench, MH_BENCH_VERIFY_LEVELS))
    return g_strdup (_ ("As in the settings"));
  return n == 0 ? g_strdup (_ ("None"))
                : g_strdup_printf (ngettext ("%d person", "%d people", (gulong)n), (int)n);
}

static char *
organism_text (MhRecord *breakpoint)
{
  const char *one = mh_record_text (breakpoint, MH_BREAKPOINT_ORGANISM);
  const char *group = mh_record_text (breakpoint, MH_BREAKPOINT_ORGANISM_GROUP);
  return g_strdup (one != NULL ? one : group != NULL ? group : _ ("Any"));
}

static char *
key_state_text (MhRecord *key)
{
  return g_strdup (mh_record_has (key, MH_API_KEY_REVOKED_AT)    ? _ ("Revoked ✕")
                   : mh_record_bool (key, MH_API_KEY_IS_WAITING) ? _ ("Awaiting its owner ○")
                                                                 : _ ("Valid ✓"));
}

static void
tell_key (GtkWidget *from, MhContext *context, MhRecord *key)
{
  const MhTold told = {
    .title = _ ("API key"),
    .reason
    = mh_record_bool (key, MH_API_KEY_IS_WAITING)
          ? _ ("The machine sends it as “Authorization: Bearer KEY”. It is shown only now, "
               "and works when the person in whose name it acts has signed in and "
               "accepted it.")
          : _ ("The machine sends it as “Authorization: Bearer KEY”. It is shown only now."),
    .text = mh_record_text (key, MH_API_KEY_TOKEN),
  };

  if (told.text != NULL)
    mh_told_dialog_show (from, context, &told);
}

#define SIGNED_OFF                                                                                 \
  {                                                                                                \
    .title = N_ ("Sign-off"), .text = signed_off_text, .style = signed_off_style, .width = 150     \
  }
#define WAITING                                                                                    \
  {                                                                                                \
    .title = N_ ("Approval"), .text = waiting_text, .style = waiting_style, .width = 150           \
  }
#define IN_USE                                                                                     \
  {                                                                                                \
    .title = N_ ("In use"), .text = active_text, .width = 76                                       \
  }

/* clang-format off */
static const MhTableColumn user_columns[] = {
  { .field = "name", .expand = TRUE }, { .field = "username", .width = 110 }, { .title = N_ ("Roles"), .text = roles_text, .width = 180 },
  { .field = "designation", .width = 130 }, WAITING, { .title = N_ ("May sign in"), .text = active_text, .width = 90 },
  { .field = "last_login_at", .width = 120 }, { NULL },
};
static const MhTableColumn api_key_columns[] = {
  { .field = "name", .expand = TRUE }, { .field = "username", .width = 110 }, { .field = "expires_on", .width = 110 },
  { .field = "last_seen_at", .width = 120 }, { .title = N_ ("State"), .text = key_state_text, .width = 170 }, { NULL },
};
static const MhTableColumn change_columns[] = {
  { .field = "user_name", .expand = TRUE }, { .field = "kind", .width = 220 }, { .title = N_("Roles or rights"), .text = asked_text, .width = 260 },
  { .field = "asked_by", .width = 160 }, { .field = "created_at", .width = 120 }, { NULL },
};
static const MhTableColumn role_columns[] = {
  { .field = "name", .width = 160 }, { .field = "code", .width = 110 }, { .title = N_ ("Rights"), .text = rights_text, .width = 90 }, WAITING,
  { .field = "description", .expand = TRUE }, { NULL },
};
static const MhTableColumn hospital_columns[] = {
  { .field = "name", .expand = TRUE }, { .field = "code", .width = 80 }, { .field = "city", .width = 120 },
  { .field = "phone", .width = 120 }, IN_USE, { NULL },
};
static const MhTableColumn department_columns[] = {
  { .field = "name", .expand = TRUE }, { .field = "code", .width = 90 }, { .field = "head_name", .width = 140 },
  { .field = "location", .width = 120 }, IN_USE, { NULL },
};
static const MhTableColumn setting_columns[] = {
  { .title = N_("Setting"), .text = mh_setting_name, .expand = TRUE }, { .title = N_("Value"), .text = mh_setting_value, .width = 180 },
  { .title = N_("Holds for"), .text = mh_setting_state, .width = 130 }, { .field = "key", .width = 190 }, { NULL },
};
static const MhTableColumn device_columns[] = {
  { .field = "name", .expand = TRUE }, { .field = "code", .width = 120 }, { .field = "kind", .width = 140 },
  { .field = "place", .width = 120 }, IN_USE, { NULL },
};
static const MhTableColumn job_columns[] = {
  { .field = "kind", .width = 170 }, { .field = "status", .width = 110 }, { .field = "run_at", .width = 120 },
  { .field = "attempts", .width = 80 }, { .field = "last_error", .expand = TRUE }, { NULL },
};
static const MhTableColumn audit_columns[] = {
  { .field = "seq", .width = 76 }, { .field = "at", .width = 130 }, { .field = "username", .width = 110 }, { .field = "verb", .width = 110 },
  { .title = N_("What"), .text = audited_text, .width = 180 }, { .field = "reason", .expand = TRUE }, { .field = "station", .width = 110 }, { NULL },
};

static const MhTableColumn skill_columns[] = {
  { .field = "user_name", .expand = TRUE }, { .field = "bench_name", .width = 140 }, { .field = "level", .width = 140 },
  { .field = "note", .width = 200 }, { NULL },
};
static const MhTableColumn shift_columns[] = {
  { .field = "user_name", .expand = TRUE }, { .field = "kind", .width = 110 }, { .field = "weekdays", .width = 200 },
  { .field = "from_date", .width = 100 }, { .field = "until_date", .width = 100 }, { .field = "starts", .width = 76 },
  { .field = "ends", .width = 76 }, { NULL },
};
static const MhTableColumn technician_columns[] = {
  { .field = "name", .expand = TRUE }, { .field = "on_shift", .width = 90 }, { .field = "shift", .width = 110 },
  { .field = "bench_names", .width = 200 }, { .field = "open_minutes", .width = 100 }, { .field = "open_orders", .width = 100 },
  { .field = "stat_orders", .width = 76 }, { .field = "active_at", .width = 120 }, { NULL },
};
static const MhTableColumn storage_columns[] = {
  { .field = "path", .expand = TRUE }, { .field = "code", .width = 100 }, { .field = "kind", .width = 110 },
  { .field = "n_rows", .width = 76 }, { .field = "n_columns", .width = 76 }, { .field = "temperature", .width = 100 },
  { .field = "keep_days", .width = 90 }, IN_USE, { NULL },
};
static const MhTableColumn reference_lab_columns[] = {
  { .field = "name", .expand = TRUE }, { .field = "code", .width = 100 }, { .field = "city", .width = 120 },
  { .field = "phone", .width = 120 }, { .field = "tat_days", .width = 100 }, IN_USE, { NULL },
};
static const MhTableColumn tax_rule_columns[] = {
  { .field = "name", .expand = TRUE }, { .field = "code", .width = 120 }, { .title = N_ ("Tax"), .text = admin_kinds_tax_text, .width = 130 },
  { .field = "hsn_sac", .width = 100 }, { .field = "category", .width = 130 }, { .field = "valid_from", .width = 100 }, IN_USE, { NULL },
};

static const MhTableColumn mail_columns[] = {
  { .field = "queued_at", .width = 120 }, { .field = "event", .width = 150 }, { .field = "order_number", .width = 110 },
  { .field = "recipient", .width = 200 }, { .field = "status", .width = 110 }, { .field = "attempts", .width = 80 },
  { .field = "last_answer", .expand = TRUE }, { NULL },
};
static const MhTableColumn mail_text_columns[] = {
  { .field = "event", .width = 170 }, { .title = N_("Language"), .text = mh_text_language, .width = 90 }, { .field = "subject", .expand = TRUE },
  { .field = "own", .width = 140 }, { .field = "active", .width = 80 }, { NULL },
};
static const MhTableColumn sms_text_columns[] = {
  { .field = "event", .width = 170 }, { .title = N_("Language"), .text = mh_text_language, .width = 90 }, { .field = "text", .expand = TRUE },
  { .field = "own", .width = 140 }, { .field = "dlt_id", .width = 170 }, { NULL },
};

static const MhTableColumn auto_rule_columns[] = {
  { .field = "name", .expand = TRUE }, { .field = "bench", .width = 70 }, { .field = "test", .width = 100 }, { .field = "analyte", .width = 100 },
  { .field = "instrument", .width = 120 }, { .field = "flags", .width = 100 }, IN_USE, { NULL },
};

static const MhTableColumn bench_columns[] = {
  { .field = "name", .expand = TRUE }, { .field = "code", .width = 76 }, { .field = "department", .width = 160 },
  { .title = N_("Signatures"), .text = admin_kinds_signatures_text, .width = 150 }, { .field = "expected_minutes", .width = 110 }, { NULL },
};
static const MhTableColumn phrase_columns[] = {
  { .field = "code", .width = 110 }, { .field = "phrase", .expand = TRUE }, { .field = "bench", .width = 90 }, { .field = "sort_order", .width = 80 },
  IN_USE, { NULL },
};
static const MhTableColumn breakpoint_columns[] = {
  { .field = "antibiotic", .width = 90 }, { .title = N_("Organism"), .text = organism_text, .expand = TRUE }, { .field = "method", .width = 160 },
  { .field = "susceptible", .width = 150 }, { .field = "resistant", .width = 90 }, { .field = "standard", .width = 90 }, { .field = "edition", .width = 80 },
  SIGNED_OFF, { NULL },
};
static const MhTableColumn template_columns[] = {
  { .field = "name", .expand = TRUE }, { .field = "bench", .width = 90 }, { .field = "title", .width = 180 }, { .field = "department", .width = 180 },
  { .field = "language", .width = 100 }, IN_USE, { NULL },
};
static const MhTableColumn material_columns[] = {
  { .field = "name", .expand = TRUE }, { .field = "code", .width = 110 }, { .field = "maker", .width = 150 }, { .field = "matrix", .width = 120 },
  { .field = "bench", .width = 80 }, IN_USE, { NULL },
};
static const MhTableColumn qc_lot_columns[] = {
  { .field = "material_name", .expand = TRUE }, { .field = "lot", .width = 120 }, { .field = "level", .width = 70 }, { .field = "control_id", .width = 130 },
  { .field = "opened_on", .width = 100 }, { .field = "expires_on", .width = 100 }, IN_USE, { NULL },
};
static const MhTableColumn target_columns[] = {
  { .field = "material", .expand = TRUE }, { .field = "lot", .width = 110 }, { .field = "level", .width = 70 }, { .field = "equipment", .width = 110 },
  { .field = "analyte", .width = 90 }, { .field = "mean", .width = 80 }, { .field = "sd", .width = 70 }, { .field = "basis", .width = 110 }, { NULL },
};

static const MhTableColumn unit_columns[] = {
  { .field = "code", .width = 120 }, { .field = "kind", .width = 130 }, { .field = "can", .expand = TRUE }, { .field = "station", .width = 150 },
  { .field = "zone", .width = 100 }, { .field = "plate", .width = 120 }, IN_USE, { NULL },
};
static const MhTableColumn site_columns[] = {
  { .field = "name", .expand = TRUE }, { .field = "code", .width = 100 }, { .field = "care", .width = 240 }, { .field = "phone", .width = 150 },
  IN_USE, { NULL },
};
static const MhTableColumn zone_columns[] = {
  { .field = "name", .expand = TRUE }, { .field = "code", .width = 110 }, { .field = "kind", .width = 180 }, { .field = "least_units", .width = 110 },
  IN_USE, { NULL },
};

static const MhTableColumn note_template_columns[] = {
  { .field = "name", .expand = TRUE }, { .field = "specialty", .width = 160 }, { .field = "kind", .width = 150 }, { .field = "code", .width = 110 },
  IN_USE, { NULL },
};


const MhAdminKind mh_admin_kinds[] = {
  /* people and access */
  { "users", N_("People"), &mh_user_type, MH_MAY_READ_USER, MH_MAY_WRITE_USER, "user.list", "user.create", "user.update",
    .group = N_("People and access"), .fresh = N_("New person"), .empty = N_("No people yet"),
    .more = mh_user_patient_new, .action = { "factor.reset", N_("Reset second _factor"), N_("Recorded: the second factor is off once two administrators have reset it") }, .columns = user_columns },
  { "account-changes", N_("Awaiting approval"), &mh_account_change_type, MH_MAY_WRITE_USER, MH_MAY_WRITE_USER, "account_change.list",
    .group = N_("People and access"), .empty = N_("Nothing awaits approval"),
    .action = { "account_change.approve", N_("_Approve"), N_("Approved: it holds from now on") },
    .second = { "account_change.refuse", N_("_Refuse"), N_("Refused: everything stays as it was") }, .columns = change_columns },
  { "roles", N_("Roles"), &mh_role_type, MH_MAY_READ_ROLE, MH_MAY_WRITE_ROLE, "role.list", "role.create", "role.update",
    .group = N_("People and access"), .fresh = N_("New role"), .empty = N_("No roles yet"),
    .columns = role_columns },
  { "skills", N_("Skills"), &mh_skill_type, MH_MAY_WRITE_SHIFT, MH_MAY_WRITE_SHIFT, "skill.list", "skill.create", "skill.update",
    .group = N_("People and access"), .fresh = N_("New skill"), .empty = N_("No skills yet"),
    .by_name = TRUE, .columns = skill_columns },
  { "shifts", N_("Shifts"), &mh_shift_type, MH_MAY_WRITE_SHIFT, MH_MAY_WRITE_SHIFT, "shift.list", "shift.create", "shift.update",
    .group = N_("People and access"), .fresh = N_("New shift or absence"), .empty = N_("No shifts yet"),
    .columns = shift_columns },
  { "technicians", N_("On duty now"), &mh_technician_type, MH_MAY_WRITE_SHIFT, NULL, "technician.list",
    .group = N_("People and access"), .empty = N_("Nobody is on duty"),
    .columns = technician_columns },
  { "api-keys", N_("API keys"), &mh_api_key_type, MH_MAY_WRITE_USER, MH_MAY_WRITE_USER, "api_key.list", "api_key.create", NULL,
    .group = N_("People and access"), .fresh = N_("New API key"), .empty = N_("No API keys yet"),
    .action = { "api_key.revoke", N_("_Revoke"), N_("Revoked"), NULL, N_("Revoke this key? What signs in with it stops working at once, and needs a new one.") },
    .made = tell_key, .columns = api_key_columns },
  /* hospital and places */
  { "hospitals", N_("Hospitals"), &mh_hospital_type, "", MH_MAY_WRITE_HOSPITAL, "hospital.list", "hospital.create", "hospital.update",
    .group = N_("Hospital and places"), .fresh = N_("New hospital"), .empty = N_("No hospitals yet"),
    .columns = hospital_columns },
  { "departments", N_("Departments"), &mh_department_type, "", MH_MAY_WRITE_HOSPITAL, "department.list", "department.create", "department.update",
    .group = N_("Hospital and places"), .fresh = N_("New department"), .empty = N_("No departments yet"),
    .columns = department_columns },
  { "devices", N_("Desks and devices"), &mh_device_type, MH_MAY_READ_DEVICE, MH_MAY_WRITE_DEVICE, "device.list", "device.create", "device.update",
    .group = N_("Hospital and places"), .fresh = N_("New desk or device"), .empty = N_("No desks or devices yet"),
    .columns = device_columns },
  { "storage-places", N_("Storage"), &mh_storage_place_type, MH_MAY_WRITE_STORAGE, MH_MAY_WRITE_STORAGE, "storage_place.list", "storage_place.create", "storage_place.update",
    .group = N_("Hospital and places"), .fresh = N_("New storage place"), .empty = N_("No storage places yet"),
    .by_name = TRUE, .columns = storage_columns },
  { "reference-labs", N_("Other laboratories"), &mh_reference_lab_type, MH_MAY_WRITE_STORAGE, MH_MAY_WRITE_STORAGE, "reference_lab.list", "reference_lab.create", "reference_lab.update",
    .group = N_("Hospital and places"), .fresh = N_("New laboratory"), .empty = N_("No other laboratories yet"),
    .columns = reference_lab_columns },
  /* laboratory */
  { "benches", N_("Benches and signatures"), &mh_bench_type, MH_MAY_READ_CATALOGUE, MH_MAY_WRITE_CATALOGUE, "bench.list", "bench.create", "bench.update",
    .group = N_("Laboratory"), .fresh = N_("New bench"), .empty = N_("No benches yet"),
    .columns = bench_columns },
  { "auto-rules", N_("Automatic verification"), &mh_auto_rule_type, MH_MAY_WRITE_AUTO_RULE, MH_MAY_WRITE_AUTO_RULE, "auto_rule.list", "auto_rule.create", "auto_rule.update",
    .group = N_("Laboratory"), .fresh = N_("New rule"), .empty = N_("No rules yet: every result waits for a person"),
    .more = mh_rule_trial_new, .columns = auto_rule_columns },
  { "phrases", N_("Phrases"), &mh_phrase_type, MH_MAY_READ_CATALOGUE, MH_MAY_WRITE_CATALOGUE, "phrase.list", "phrase.create", "phrase.update",
    .group = N_("Laboratory"), .fresh = N_("New phrase"), .empty = N_("No phrases yet"),
    .columns = phrase_columns },
  { "breakpoints", N_("Antibiotic breakpoints"), &mh_breakpoint_type, MH_MAY_READ_CATALOGUE, MH_MAY_WRITE_CATALOGUE, "breakpoint.list", "breakpoint.create", "breakpoint.update",
    .group = N_("Laboratory"), .fresh = N_("New breakpoint"), .empty = N_("No breakpoints yet"),
    .verified = "verified", .columns = breakpoint_columns },
  { "report-templates", N_("Report templates"), &mh_report_template_type, MH_MAY_READ_CATALOGUE, MH_MAY_WRITE_CATALOGUE, "report_template.list", "report_template.create", "report_template.update",
    .group = N_("Laboratory"), .fresh = N_("New report template"), .empty = N_("No report templates yet"),
    .more = mh_template_look_new, .columns = template_columns },
  { "qc-materials", N_("Control materials"), &mh_qc_material_type, MH_MAY_READ_QC, MH_MAY_WRITE_QC, "qc_material.list", "qc_material.create", "qc_material.update",
    .group = N_("Laboratory"), .fresh = N_("New control material"), .empty = N_("No control materials yet"),
    .columns = material_columns },
  { "qc-lots", N_("Control lots"), &mh_qc_lot_type, MH_MAY_READ_QC, MH_MAY_WRITE_QC, "qc_lot.list", "qc_lot.create", "qc_lot.update",
    .group = N_("Laboratory"), .fresh = N_("New control lot"), .empty = N_("No control lots yet"),
    .columns = qc_lot_columns },
  { "qc-targets", N_("Control targets"), &mh_qc_target_type, MH_MAY_READ_QC, MH_MAY_WRITE_QC, "qc_target.list", "qc_target.create", "qc_target.update",
    .group = N_("Laboratory"), .fresh = N_("New control target"), .empty = N_("No control targets yet"),
    .columns = target_columns },
  /* money */
  { "tax-rules", N_("Tax rules"), &mh_tax_rule_type, MH_MAY_READ_CATALOGUE, MH_MAY_WRITE_TAX, "tax_rule.list", "tax_rule.create", "tax_rule.update",
    .group = N_("Money"), .fresh = N_("New tax rule"), .empty = N_("No tax rules yet"),
    .columns = tax_rule_columns },
  /* clinic */
  { "note-templates", N_("Note templates"), &mh_note_template_type, "", MH_MAY_WRITE_NOTE_TEMPLATE, "note_template.list", "note_template.create", "note_template.update",
    .group = N_("Clinic"), .fresh = N_("New note template"), .empty = N_("No note templates yet"),
    .columns = note_template_columns },
  { "schedules", N_("Schedules and leave"), &mh_schedule_type, MH_MAY_WRITE_SCHEDULE, MH_MAY_WRITE_SCHEDULE, "schedule.list",
    .group = N_("Clinic"), .pane = mh_schedules_pane_new },
  /* rescue service */
  { "units", N_("Units"), &mh_unit_type, MH_MAY_READ_FLEET, MH_MAY_WRITE_FLEET, "unit.list", "unit.create", "unit.update",
    .group = N_("Rescue service"), .fresh = N_("New unit"), .empty = N_("No units yet"),
    .by_name = TRUE, .columns = unit_columns },
  { "sites", N_("Hospitals driven to"), &mh_care_site_type, MH_MAY_READ_CAPACITY, MH_MAY_WRITE_SITE, "site.list", "site.create", "site.update",
    .group = N_("Rescue service"), .fresh = N_("New hospital"), .empty = N_("No hospitals yet"),
    .by_name = TRUE, .columns = site_columns },
  { "zones", N_("Zones"), &mh_zone_type, MH_MAY_READ_FLEET, MH_MAY_WRITE_FLEET, "zone.list", "zone.create", "zone.update",
    .group = N_("Rescue service"), .fresh = N_("New zone"), .empty = N_("No zones yet"),
    .by_name = TRUE, .columns = zone_columns },
  /* messages and texts */
  { "mails", N_("E-mails"), &mh_mail_type, MH_MAY_READ_MAIL, MH_MAY_WRITE_MAIL, "mail.list",
    .group = N_("Messages and texts"), .empty = N_("No e-mails yet"),
    .action = { "mail.retry", N_("Send _again"), N_("Waiting to be sent") },
    .second = { "mail.drop", N_("_Discard"), N_("Discarded"), "mail.retry" }, .columns = mail_columns },
  { "mail-texts", N_("E-mail texts"), &mh_mail_template_type, MH_MAY_READ_MAIL, MH_MAY_WRITE_MAIL, "mail_template.list",
    .group = N_("Messages and texts"), .empty = N_("No e-mail texts"),
    .open = mh_mail_text_dialog_show, .columns = mail_text_columns },
  { "sms-texts", N_("SMS texts"), &mh_sms_text_type, MH_MAY_READ_MAIL, MH_MAY_WRITE_MAIL, "sms_text.list",
    .group = N_("Messages and texts"), .empty = N_("No SMS texts"),
    .open = mh_mail_text_dialog_show, .columns = sms_text_columns },
  /* system */
  { "settings", N_("Settings"), &mh_setting_type, MH_MAY_READ_SETTING, MH_MAY_WRITE_SETTING, "setting.list", NULL, "setting.update",
    .group = N_("System"), .empty = N_("No settings"),
    .open = mh_setting_dialog_show, .columns = setting_columns },
  { "jobs", N_("Jobs"), &mh_job_type, MH_MAY_READ_JOB, MH_MAY_WRITE_JOB, "job.list",
    .group = N_("System"), .empty = N_("No jobs are waiting, running or failed"),
    .action = { "job.retry", N_("Try _again"), N_("Waiting to be tried again") },
    .second = { "job.drop", N_("_Discard"), N_("Discarded"), NULL, N_("Discard this job? What it was to do is not done.") }, .columns = job_columns },
  { "audit", N_("Audit trail"), &mh_audit_entry_type, MH_MAY_READ_AUDIT, NULL, "audit.list",
    .group = N_("System"), .empty = N_("Nothing is recorded for this choice"),
    .filtered = TRUE, .columns = audit_columns },
  { NULL },
};
/* clang-format on */
