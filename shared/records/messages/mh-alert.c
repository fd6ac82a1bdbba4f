/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/messages/mh-alert.h"

#include "shared/base/mh-translation.h"
#include "shared/records/messages/mh-alert-analyser.h"
#include "shared/records/people/mh-account-change.h"

#include <string.h>

#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"

#define LAB MH_MAY_ENTER_RESULT "|" MH_MAY_VERIFY_RESULT
#define WARD MH_MAY_ASSESS_VISIT "|" MH_MAY_DECIDE_VISIT
#define HEADS MH_MAY_VERIFY_RESULT "|" MH_MAY_READ_ANALYTICS

/* clang-format off */
const MhCode mh_alert_severity_codes[] = {
  { MH_ALERT_INFO, N_("Notice") },
  { MH_ALERT_WARNING, N_("Warning") },
  { MH_ALERT_SEVERE, NS_("Severe") },
  { NULL },
};

const MhCode mh_alert_status_codes[] = {
  { MH_ALERT_OPEN, NS_("Open") },
  { MH_ALERT_SNOOZED, N_("Snoozed") },
  { MH_ALERT_ACKNOWLEDGED, N_("Acknowledged") },
  { MH_ALERT_CLEARED, N_("Resolved") },
  { NULL },
};

const MhCode mh_alert_state_codes[] = {
  { MH_ALERT_STATE_OPEN, NS_("Open") },
  { MH_ALERT_STATE_ACTIVE, N_("Not resolved yet") },
  { MH_ALERT_STATE_ALL, N_("All") },
  { NULL },
};

/* The words of a kind stand here once, and both tables are made from them. */
#define KINDS(ROW) \
  ROW (MH_ALERT_TURNAROUND_BREACH, N_("Turnaround overdue"), N_("{1}: {2} on {3} was promised for {4}"), LAB, HEADS, 30, "results") \
  ROW (MH_ALERT_STAT_DELAYED, N_("Urgent test delayed"), N_("{1}: {2} on {3} is urgent and was promised for {4}"), LAB, HEADS, 10, "results") \
  ROW (MH_ALERT_PAYMENT_FAILED, N_("Payment failed"), N_("{1}: {2}"), MH_MAY_TAKE_PAYMENT, MH_MAY_APPROVE_MONEY, 60, "cashier") \
  ROW (MH_ALERT_GATEWAY_AWAY, N_("Payment provider away"), N_("{1} does not answer; cash and cards are taken as usual"), MH_MAY_TAKE_PAYMENT "|" MH_MAY_READ_TILL, MH_MAY_APPROVE_MONEY, 15, "cashier") \
  ROW (MH_ALERT_EQUIPMENT_FAULT, N_("Equipment fault"), N_("{1}: {2}"), LAB, HEADS, 30, "equipment") \
  ROW (MH_ALERT_CALIBRATION_DUE, N_("Calibration due"), N_("{1} is due for calibration on {2}"), LAB, HEADS, 1440, "equipment") \
  ROW (MH_ALERT_MAINTENANCE_DUE, N_("Maintenance due"), N_("{1} is due for maintenance on {2}"), LAB, HEADS, 1440, "equipment") \
  ROW (MH_ALERT_QC_REJECT, N_("Control rejected"), N_("{1} on {2}: rule {3}; release is locked"), LAB, HEADS, 15, "qc") \
  ROW (MH_ALERT_QC_WARNING, N_("Control warning"), N_("{1} on {2}: rule {3}"), LAB, NULL, 0, "qc") \
  ROW (MH_ALERT_CRITICAL_OPEN, N_("Critical value to be called"), N_("{1}: {2} is critical and waits for its call"), LAB, MH_MAY_VERIFY_RESULT "|" MH_MAY_READ_ANALYTICS, 30, "critical") \
  ROW (MH_ALERT_CRITICAL_LATE, N_("Critical value not called"), N_("{1}: {2} is critical, nobody was reached for {3} minutes"), LAB, HEADS, 5, "critical") \
  ROW (MH_ALERT_NEWS2_URGENT, N_("Urgent review"), N_("{1}: NEWS2 is {2}; a doctor comes by {3}"), WARD, MH_MAY_SIGN_VISIT, 60, "nursing") \
  ROW (MH_ALERT_NEWS2_EMERGENCY, N_("Emergency team"), N_("{1}: NEWS2 is {2}; the emergency team comes by {3}"), WARD, MH_MAY_SIGN_VISIT, 30, "nursing") \
  ROW (MH_ALERT_OBSERVATION_LATE, N_("Observation overdue"), N_("{1}: vital signs were due at {2}"), MH_MAY_ASSESS_VISIT, MH_MAY_SIGN_VISIT, 30, "nursing") \
  ROW (MH_ALERT_ANALYSER_CLOCK, N_("Analyser clock"), N_("The clock of {1} is {2} minutes off"), LAB, NULL, 0, "analysers") \
  ROW (MH_ALERT_ANALYSER_OFFLINE, N_("Analyser offline"), N_("{1} has not been heard of since {2}"), LAB, HEADS, 30, "analysers") \
  ROW (MH_ALERT_UNMATCHED_RESULT, N_("Result without an order"), N_("{1} sent a result for {2}, which is not known here"), LAB, HEADS, 60, "analysers") \
  ROW (MH_ALERT_SAMPLE_REJECTED, N_("Tube rejected"), N_("{1}: tube {2} must be recollected"), MH_MAY_COLLECT "|" MH_MAY_WRITE_ORDER, MH_MAY_READ_ANALYTICS, 60, "orders") \
  ROW (MH_ALERT_RESULT_ESCALATED, N_("Result passed to a supervisor"), N_("{1}: {2}"), MH_MAY_VERIFY_RESULT, MH_MAY_READ_ANALYTICS, 30, "verify") \
  ROW (MH_ALERT_TUBE_HELD, N_("Tube held"), N_("{1}: tube {2} may be another patient's"), MH_MAY_VERIFY_RESULT "|" MH_MAY_ENTER_RESULT, MH_MAY_READ_ANALYTICS, 30, "verify") \
  ROW (MH_ALERT_REPORT_CORRECTED, N_("Report corrected"), N_("The report of {1} that you have seen was corrected"), MH_MAY_READ_REPORT, NULL, 0, "report") \
  ROW (MH_ALERT_FEEDBACK_LOW, N_("Unhappy patient"), N_("{1}: {2} of 5"), MH_MAY_READ_ANALYTICS, NULL, 0, "insights") \
  ROW (MH_ALERT_JOB_FAILED, N_("Background job failed"), N_("{1}: {2}"), MH_MAY_READ_JOB, NULL, 0, "admin/jobs") \
  ROW (MH_ALERT_REFLEX_ADDED, N_("Test added by a rule"), N_("{1}: {2} was added by the rule “{3}”"), LAB "|" MH_MAY_WRITE_ORDER, NULL, 0, "orders") \
  ROW (MH_ALERT_REFLEX_TO_CHARGE, N_("Added test to be paid"), N_("{1}: {2} was added by the rule “{3}” and is to be paid"), MH_MAY_TAKE_PAYMENT, NULL, 0, "cashier") \
  ROW (MH_ALERT_CHART_OPENED, N_("Protected chart opened"), N_("{1} opened the protected chart {2}; to be reviewed by {3}"), MH_MAY_REVIEW_ACCESS, MH_MAY_READ_AUDIT, 4320, "access") \
  ROW (MH_ALERT_FILE_HELD, N_("File held back"), N_("A virus was found in a file: {1}; it was added by {2}"), MH_MAY_REVIEW_ACCESS, MH_MAY_READ_AUDIT, 0, "admin") \
  ROW (MH_ALERT_ACCOUNT_CHANGE, N_("Change of an account awaits approval"), N_("{1} asks another administrator to approve a change: {2}"), MH_MAY_WRITE_USER, NULL, 0, "admin/account-changes") \
  ROW (MH_ALERT_PRESCRIPTION_WITHDRAWN, N_("Prescription withdrawn"), N_("{1} was withdrawn by {2}; its tests stay in order {3} until they are taken off"), MH_MAY_WRITE_ORDER, NULL, 0, "orders") \
  ROW (MH_ALERT_RIGHTS_ALONE, N_("Rights given without approval"), N_("{1} changed rights or password of {2}; there was no second administrator to approve it"), MH_MAY_REVIEW_ACCESS, MH_MAY_READ_AUDIT, 4320, "admin") \
  ROW (MH_ALERT_REAGENT_LOW, N_("Reagent running out"), N_("{1}: {2} {3} left"), LAB, HEADS, 1440, "catalogue") \
  ROW (MH_ALERT_REAGENT_EXPIRING, N_("Reagent expiring"), N_("{1}, lot {2}, expires on {3}"), LAB, HEADS, 1440, "catalogue") \
  ROW (MH_ALERT_CALL_ALONE, N_("Call without a unit"), N_("{1} ({2}): nobody is on the way"), MH_MAY_WRITE_CALL, MH_MAY_READ_ANALYTICS, 2, "calls") \
  ROW (MH_ALERT_ARRIVAL_TOLD, N_("Patient on the way"), N_("{1} ({2}), expected {3}: accept or refuse"), MH_MAY_ANSWER_ARRIVAL, NULL, 0, "arrivals") \
  ROW (MH_ALERT_ARRIVAL_REFUSED, N_("Hospital refuses"), N_("{1} does not take the patient of {2}"), MH_MAY_WRITE_CALL, NULL, 0, "calls")

#define AS_KIND(code, label, text, rights, escalated, minutes, page) { code, label, text, rights, escalated, minutes, page },
#define AS_CODE(code, label, text, rights, escalated, minutes, page) { code, label },
const MhAlertKind mh_alert_kinds[] = { KINDS (AS_KIND) { NULL } };
const MhCode mh_alert_kind_codes[] = { KINDS (AS_CODE) { NULL } };

static const MhField alert_fields[] = {
  MH_COMMON_FIELDS,
  [MH_ALERT_HOSPITAL_ID]       = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_ALERT_KIND]              = { "kind", MH_KIND_ENUM, .label = N_("About"), .codes = mh_alert_kind_codes, .flags = MH_SERVER_SET | MH_REQUIRED | MH_BRIEF },
  [MH_ALERT_SEVERITY]          = { "severity", MH_KIND_ENUM, .label = N_("Severity"), .codes = mh_alert_severity_codes, .flags = MH_SERVER_SET | MH_REQUIRED | MH_BRIEF },
  [MH_ALERT_STATUS]            = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_alert_status_codes, .flags = MH_SERVER_SET | MH_REQUIRED | MH_BRIEF },
  [MH_ALERT_SUBJECT_TYPE]      = { "subject_type", MH_KIND_TEXT, .label = N_("Kind of record"), .flags = MH_SERVER_SET, .max = 40 },
  [MH_ALERT_SUBJECT_ID]        = { "subject_id", MH_KIND_TEXT, .label = N_("Record"), .flags = MH_SERVER_SET | MH_INDEX, .max = 36 },
  [MH_ALERT_ARGUMENTS]         = { "arguments", MH_KIND_LIST, .label = N_("Details"), .flags = MH_SERVER_SET, .max = 9, .help = N_("What {1}, {2} … stand for in the words of its kind") },
  [MH_ALERT_BENCH]             = { "bench", MH_KIND_TEXT, .label = N_("Bench"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 24 },
  [MH_ALERT_USER_ID]           = { "user_id", MH_KIND_REF, .label = N_("For"), .target = &mh_user_type, .flags = MH_SERVER_SET, .help = N_("Shown to this person alone; nobody: to all who have the right") },
  [MH_ALERT_DEDUPE_KEY]        = { "dedupe_key", MH_KIND_TEXT, .label = N_("Cause"), .flags = MH_SERVER_SET | MH_NO_FORM, .max = 200, .help = N_("One alert for each cause at a time") },
  [MH_ALERT_RAISED_AT]         = { "raised_at", MH_KIND_INSTANT, .label = N_("Raised"), .flags = MH_SERVER_SET | MH_SORT | MH_BRIEF },
  [MH_ALERT_ESCALATED_AT]      = { "escalated_at", MH_KIND_INSTANT, .label = N_("Escalated"), .flags = MH_SERVER_SET, .help = N_("Nobody acknowledged it in time") },
  [MH_ALERT_SNOOZED_UNTIL]     = { "snoozed_until", MH_KIND_INSTANT, .label = N_("Snoozed until"), .flags = MH_SERVER_SET },
  [MH_ALERT_ACKNOWLEDGED_AT]   = { "acknowledged_at", MH_KIND_INSTANT, .label = N_("Acknowledged at"), .flags = MH_SERVER_SET },
  [MH_ALERT_ACKNOWLEDGED_BY]   = { "acknowledged_by", MH_KIND_REF, .label = N_("Acknowledged by"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_ALERT_ACKNOWLEDGED_NAME] = { "acknowledged_name", MH_KIND_TEXT, .label = N_("Acknowledged by"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_ALERT_NOTE]              = { "note", MH_KIND_TEXT, .label = N_("Note"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 400 },
  [MH_ALERT_CLEARED_AT]        = { "cleared_at", MH_KIND_INSTANT, .label = N_("Resolved at"), .flags = MH_SERVER_SET },
};
G_STATIC_ASSERT (G_N_ELEMENTS (alert_fields) == MH_ALERT_N_FIELDS);

static const MhField noting_fields[] = {
  [MH_ALERT_NOTING_NOTE]    = { "note", MH_KIND_TEXT, .label = N_("Note"), .max = 400, .help = N_("What is being done about it; nothing about the patient") },
  [MH_ALERT_NOTING_MINUTES] = { "minutes", MH_KIND_INT, .label = N_("Minutes"), .at_least = 1, .at_most = 1440, .help = N_("How long it is snoozed") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (noting_fields) == MH_ALERT_NOTING_N_FIELDS);
/* clang-format on */

const MhAlertKind *
mh_alert_kind_find (const char *code)
{
  for (const MhAlertKind *kind = mh_alert_kinds; kind->code != NULL; kind++)
    if (g_strcmp0 (kind->code, code) == 0)
      return kind;
  return NULL;
}

/* "a|b" against the rights of a person. */
static gboolean
has_one_of (const char *wanted, const char *const *rights)
{
  while (wanted != NULL && rights != NULL)
    {
      gsize length = strcspn (wanted, "|");
      for (guint i = 0; rights[i] != NULL; i++)
        if (strncmp (rights[i], wanted, length) == 0 && rights[i][length] == 0)
          return TRUE;
      wanted = wanted[length] == '|' ? wanted + length + 1 : NULL;
    }
  return FALSE;
}

gboolean
mh_alert_is_for (MhRecord *alert, const char *user_id, const char *const *rights)
{
  const MhAlertKind *kind = mh_alert_kind_find (mh_record_text (alert, MH_ALERT_KIND));
  if (mh_record_has (alert, MH_ALERT_USER_ID))
    return g_strcmp0 (mh_record_text (alert, MH_ALERT_USER_ID), user_id) == 0;
  return kind != NULL
         && (has_one_of (kind->rights, rights)
             || (mh_record_has (alert, MH_ALERT_ESCALATED_AT)
                 && has_one_of (kind->escalated, rights)));
}

char *
mh_alert_fill (const char *text, const char *const *arguments)
{
  GString *out = g_string_new (NULL);
  guint n = arguments != NULL ? g_strv_length ((char **)arguments) : 0;
  for (const char *at = text; *at != 0; at++)
    if (at[0] == '{' && at[1] >= '1' && at[1] <= '9' && at[2] == '}')
      {
        guint index = (guint)(at[1] - '1');
        g_string_append (out, index < n ? arguments[index] : "–");
        at += 2;
      }
    else
      g_string_append_c (out, *at);

  return g_string_free (out, FALSE);
}

int
mh_alert_rank (const char *severity)
{
  for (int i = 0; mh_alert_severity_codes[i].code != NULL; i++)
    if (g_strcmp0 (mh_alert_severity_codes[i].code, severity) == 0)
      return i;
  return 0;
}

/* clang-format off */
const MhRecordType mh_alert_type = {
  .name = "MhAlert", .code = "alert", .table = "alert", .path = "/alerts",
  .label = N_("Alert"), .fields = alert_fields, .n_fields = G_N_ELEMENTS (alert_fields),
  .flags = MH_TYPE_SYNC, .is_for = mh_alert_is_for,
  .hospital = MH_ALERT_HOSPITAL_ID,
};

const MhRecordType mh_alert_noting_type = {
  .name = "MhAlertNoting", .code = "alert_noting",
  .label = N_("What is done about an alert"), .fields = noting_fields, .n_fields = G_N_ELEMENTS (noting_fields),
};
/* clang-format on */
