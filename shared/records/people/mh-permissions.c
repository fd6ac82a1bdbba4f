/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/people/mh-permissions.h"

#include "shared/base/mh-translation.h"
#include "shared/records/people/mh-user.h"

#include <string.h>

/* clang-format off */
const MhCode mh_permission_codes[] = {
  { MH_MAY_READ_PATIENT,       N_("See patients") },
  { MH_MAY_WRITE_PATIENT,      N_("Register and change patients") },
  { MH_MAY_MERGE_PATIENT,      N_("Merge duplicate patients") },
  { MH_MAY_READ_APPOINTMENT,   N_("See appointments and queues") },
  { MH_MAY_WRITE_APPOINTMENT,  N_("Book and move appointments, give tokens, enter leave") },
  { MH_MAY_CALL_QUEUE,         N_("Call patients from the queue") },
  { MH_MAY_WRITE_SCHEDULE,     N_("Change schedules of doctors and rooms") },
  { MH_MAY_OPEN_VIP,           N_("Open protected charts with a reason") },
  { MH_MAY_READ_DOCUMENT,      N_("See papers, pictures and consents of patients") },
  { MH_MAY_WRITE_DOCUMENT,     N_("Add papers, pictures and consents") },
  { MH_MAY_REVIEW_ACCESS,      N_("Review who opened which chart") },
  { MH_MAY_READ_ORDER,         N_("See orders") },
  { MH_MAY_WRITE_ORDER,        N_("Place and change orders") },
  { MH_MAY_CANCEL_ORDER,       N_("Cancel orders") },
  { MH_MAY_ASSIGN_ORDER,       N_("Assign orders to technicians") },
  { MH_MAY_WRITE_SHIFT,        N_("Manage skills and shifts of technicians") },
  { MH_MAY_DISCOUNT,           N_("Give discounts") },
  { MH_MAY_APPROVE_DISCOUNT,   N_("Approve discounts above the limit") },
  { MH_MAY_READ_INVOICE,       N_("See and print invoices") },
  { MH_MAY_WRITE_INVOICE,      N_("Write debit notes") },
  { MH_MAY_WRITE_PRICE,        N_("Change price lists") },
  { MH_MAY_WRITE_TAX,          N_("Change tax rules") },
  { MH_MAY_READ_PAYMENT,       N_("See payments and receipts") },
  { MH_MAY_TAKE_PAYMENT,       N_("Take payments") },
  { MH_MAY_REFUND,             N_("Give refunds") },
  { MH_MAY_APPROVE_MONEY,      N_("Approve refunds and payments recorded by hand") },
  { MH_MAY_SETTLE_CLAIM,       N_("Record what insurers pay and refuse") },
  { MH_MAY_REFUND_REPORTED,    N_("Refund orders whose report is released") },
  { MH_MAY_READ_MAIL,          N_("See what e-mails were sent") },
  { MH_MAY_WRITE_MAIL,         N_("Send e-mails again, change texts of e-mails and SMS") },
  { MH_MAY_READ_TILL,          N_("See every drawer and the day book") },
  { MH_MAY_APPROVE_TILL,       N_("Close others' drawers, close days for cash") },
  { MH_MAY_READ_SAMPLE,        N_("See samples") },
  { MH_MAY_COLLECT,            N_("Collect samples") },
  { MH_MAY_RECEIVE,            N_("Receive, reject and store samples") },
  { MH_MAY_WRITE_STORAGE,      N_("Manage storage places and other laboratories") },
  { MH_MAY_READ_RESULT,        N_("See results") },
  { MH_MAY_ENTER_RESULT,       N_("Enter results") },
  { MH_MAY_VERIFY_RESULT,      N_("Verify results") },
  { MH_MAY_WRITE_AUTO_RULE,    N_("Change the rules of automatic verification") },
  { MH_MAY_READ_CRITICAL,      N_("See critical values and who was called") },
  { MH_MAY_CALL_CRITICAL,      N_("Call critical values and close them") },
  { MH_MAY_READ_ANALYSER, N_("See analysers and their messages") }, { MH_MAY_WRITE_ANALYSER, N_("Set up analysers and what their codes mean") },
  { MH_MAY_READ_REPORT,        N_("See reports") },
  { MH_MAY_PRINT_REPORT,       N_("Print and send reports") },
  { MH_MAY_CORRECT_REPORT,     N_("Propose changes of released reports") },
  { MH_MAY_READ_PRESCRIPTION,  N_("See prescriptions") },
  { MH_MAY_WRITE_PRESCRIPTION, N_("Write and sign prescriptions") },
  { MH_MAY_READ_VISIT,         N_("See visits") },
  { MH_MAY_READ_VITALS,        N_("See vital signs, assessments and fluids") },
  { MH_MAY_WRITE_VISIT,        N_("Open visits, change and cancel them") },
  { MH_MAY_ASSESS_VISIT,       N_("Triage, enter vital signs and assessments") },
  { MH_MAY_DECIDE_VISIT,       N_("See patients as physician, decide where they go") },
  { MH_MAY_SIGN_VISIT,         N_("Sign visits without a second signature, and co-sign those of physicians in training") },
  { MH_MAY_WRITE_FORM,         N_("Change the forms of assessments") },
  { MH_MAY_READ_CHART,         N_("See patients' charts") },
  { MH_MAY_WRITE_CHART,        N_("Record problems, immunisations and history of patients") },
  { MH_MAY_WRITE_NOTE,         N_("Write and sign notes") },
  { MH_MAY_COSIGN_NOTE,        N_("Co-sign notes of others") },
  { MH_MAY_WRITE_NOTE_TEMPLATE, N_("Change note templates") },
  { MH_MAY_COUNTERSIGN,        N_("Sign prescriptions as the second person") },
  { MH_MAY_READ_CATALOGUE,     N_("See the catalogue") },
  { MH_MAY_WRITE_CATALOGUE,    N_("Change the catalogue, ranges and prices") },
  { MH_MAY_SIGN_CATALOGUE,     N_("Sign catalogue rows off as medical director") },
  { MH_MAY_WRITE_REAGENT,      N_("Receive and count reagents") },
  { MH_MAY_SEE_ALL_HOSPITALS,  N_("Work in every hospital of the network") },
  { MH_MAY_WRITE_HOSPITAL,     N_("Change hospitals and departments") },
  { MH_MAY_READ_USER,          N_("See users") },
  { MH_MAY_WRITE_USER,         N_("Change users") },
  { MH_MAY_READ_ROLE,          N_("See roles") },
  { MH_MAY_WRITE_ROLE,         N_("Change roles") },
  { MH_MAY_READ_SETTING,       N_("See settings") },
  { MH_MAY_WRITE_SETTING,      N_("Change settings") },
  { MH_MAY_READ_DEVICE,        N_("See desks and devices") },
  { MH_MAY_WRITE_DEVICE,       N_("Change desks and devices") },
  { MH_MAY_BE_KIOSK,           N_("Be a kiosk: nothing else is allowed with it") },
  { MH_MAY_READ_AUDIT,         N_("Read the audit trail") },
  { MH_MAY_READ_ANALYTICS,     N_("See figures and charts") },
  { MH_MAY_READ_MAP,           N_("See the map, look for addresses and routes") },
  { MH_MAY_READ_FLEET,         N_("See units of the rescue service and zones on the map") },
  { MH_MAY_WRITE_FLEET,        N_("Change units and zones") },
  { MH_MAY_CREW_UNIT,          N_("Sign on to a unit, tell its steps, state and positions; see crews") },
  { MH_MAY_DIRECT_UNIT,        N_("Send units to calls, sign others on and off, change the state of every unit") },
  { MH_MAY_READ_CALL,          N_("See emergency calls") },
  { MH_MAY_WRITE_CALL,         N_("Take emergency calls, answer, join and cancel them") },
  { MH_MAY_READ_CAPACITY,      N_("See beds, crowding and diversions of hospitals") },
  { MH_MAY_WRITE_CAPACITY,     N_("Report beds and diversions of the own hospital") },
  { MH_MAY_WRITE_SITE,         N_("Change the register of hospitals that the rescue service drives to") },
  { MH_MAY_READ_ARRIVAL,       N_("See who is on the way to the hospital") },
  { MH_MAY_ANSWER_ARRIVAL,     N_("Accept, refuse and take over who arrives") },
  { MH_MAY_READ_EQUIPMENT,     N_("See equipment, report faults") },
  { MH_MAY_WRITE_EQUIPMENT,    N_("Change the register of equipment and its plans") },
  { MH_MAY_LOG_EQUIPMENT,      N_("Log calibration and maintenance, resolve faults") },
  { MH_MAY_OVERRIDE_EQUIPMENT, N_("Release what was measured on locked equipment") },
  { MH_MAY_READ_QC,            N_("See quality control") },
  { MH_MAY_ENTER_QC,           N_("Enter controls, act on rejections") },
  { MH_MAY_WRITE_QC,           N_("Change controls, lots and targets; exclude values") },
  { MH_MAY_READ_JOB,           N_("See background jobs") },
  { MH_MAY_WRITE_JOB,          N_("Run and cancel background jobs") },
  { MH_MAY_READ_HEALTH,        N_("See the server's health in detail") },
  { NULL },
};
/* clang-format on */

/* What everybody who signs in needs to find their way: the tests, the settings
 * and the desks. */
#define MH_MAY_COMMON MH_MAY_READ_CATALOGUE, MH_MAY_READ_SETTING, MH_MAY_READ_DEVICE

/* One a line: what a role may do is read and compared by line. */
/* clang-format off */
static const char *const reception[] = {
  MH_MAY_COMMON,
  MH_MAY_READ_APPOINTMENT,
  MH_MAY_WRITE_APPOINTMENT,
  MH_MAY_CALL_QUEUE,
  MH_MAY_READ_USER,
  MH_MAY_READ_PATIENT,
  MH_MAY_READ_DOCUMENT,
  MH_MAY_WRITE_DOCUMENT,
  MH_MAY_WRITE_PATIENT,
  MH_MAY_MERGE_PATIENT,
  MH_MAY_OPEN_VIP,
  MH_MAY_READ_ORDER,
  MH_MAY_WRITE_ORDER,
  MH_MAY_CANCEL_ORDER,
  MH_MAY_READ_PAYMENT,
  MH_MAY_TAKE_PAYMENT,
  MH_MAY_READ_SAMPLE,
  MH_MAY_READ_REPORT,
  MH_MAY_PRINT_REPORT,
  MH_MAY_READ_PRESCRIPTION,
  MH_MAY_READ_INVOICE,
  MH_MAY_READ_MAIL,
  MH_MAY_DISCOUNT,
  MH_MAY_READ_VISIT,
  MH_MAY_WRITE_VISIT,
  NULL,
};
static const char *const cashier[] = {
  MH_MAY_COMMON,
  MH_MAY_READ_PATIENT,
  MH_MAY_OPEN_VIP,
  MH_MAY_READ_ORDER,
  MH_MAY_CANCEL_ORDER,
  MH_MAY_READ_PAYMENT,
  MH_MAY_TAKE_PAYMENT,
  MH_MAY_SETTLE_CLAIM,
  MH_MAY_REFUND,
  MH_MAY_DISCOUNT,
  MH_MAY_READ_TILL,
  MH_MAY_READ_INVOICE,
  MH_MAY_READ_MAIL,
  NULL,
};
static const char *const doctor[] = {
  MH_MAY_COMMON,
  MH_MAY_READ_APPOINTMENT,
  MH_MAY_WRITE_APPOINTMENT,
  MH_MAY_CALL_QUEUE,
  MH_MAY_READ_PATIENT,
  MH_MAY_READ_DOCUMENT,
  MH_MAY_WRITE_DOCUMENT,
  MH_MAY_WRITE_PATIENT,
  MH_MAY_MERGE_PATIENT,
  MH_MAY_OPEN_VIP,
  MH_MAY_READ_ORDER,
  MH_MAY_READ_SAMPLE,
  MH_MAY_READ_RESULT,
  MH_MAY_READ_REPORT,
  MH_MAY_PRINT_REPORT,
  MH_MAY_READ_PRESCRIPTION,
  MH_MAY_WRITE_PRESCRIPTION,
  MH_MAY_COUNTERSIGN,
  MH_MAY_READ_CRITICAL,
  MH_MAY_READ_VISIT,
  MH_MAY_WRITE_VISIT,
  MH_MAY_READ_VITALS,
  MH_MAY_ASSESS_VISIT,
  MH_MAY_DECIDE_VISIT,
  MH_MAY_SIGN_VISIT,
  MH_MAY_READ_CHART,
  MH_MAY_WRITE_CHART,
  MH_MAY_WRITE_NOTE,
  MH_MAY_COSIGN_NOTE,
  MH_MAY_READ_CAPACITY,
  MH_MAY_READ_ARRIVAL,
  MH_MAY_ANSWER_ARRIVAL,
  NULL,
};
/* Whoever collects at the bedside takes the exact amount of a COD order, hence the payments. */
static const char *const nurse[] = {
  MH_MAY_COMMON,
  MH_MAY_READ_APPOINTMENT,
  MH_MAY_WRITE_APPOINTMENT,
  MH_MAY_CALL_QUEUE,
  MH_MAY_READ_PAYMENT,
  MH_MAY_TAKE_PAYMENT,
  MH_MAY_READ_PATIENT,
  MH_MAY_READ_DOCUMENT,
  MH_MAY_WRITE_DOCUMENT,
  MH_MAY_WRITE_PATIENT,
  MH_MAY_OPEN_VIP,
  MH_MAY_READ_ORDER,
  MH_MAY_READ_SAMPLE,
  MH_MAY_COLLECT,
  MH_MAY_READ_RESULT,
  MH_MAY_READ_REPORT,
  MH_MAY_READ_PRESCRIPTION,
  MH_MAY_COUNTERSIGN,
  MH_MAY_READ_CRITICAL,
  MH_MAY_READ_EQUIPMENT,
  MH_MAY_READ_VISIT,
  MH_MAY_WRITE_VISIT,
  MH_MAY_READ_VITALS,
  MH_MAY_ASSESS_VISIT,
  MH_MAY_READ_CHART,
  MH_MAY_WRITE_CHART,
  MH_MAY_WRITE_NOTE,
  MH_MAY_READ_CAPACITY,
  MH_MAY_WRITE_CAPACITY,
  MH_MAY_READ_ARRIVAL,
  MH_MAY_ANSWER_ARRIVAL,
  NULL,
};
static const char *const technician[] = {
  MH_MAY_COMMON,
  MH_MAY_READ_PATIENT,
  MH_MAY_READ_DOCUMENT,
  MH_MAY_WRITE_DOCUMENT,
  MH_MAY_OPEN_VIP,
  MH_MAY_READ_ORDER,
  MH_MAY_READ_PAYMENT,
  MH_MAY_TAKE_PAYMENT,
  MH_MAY_READ_SAMPLE,
  MH_MAY_COLLECT,
  MH_MAY_RECEIVE,
  MH_MAY_READ_RESULT,
  MH_MAY_ENTER_RESULT,
  MH_MAY_READ_REPORT,
  MH_MAY_PRINT_REPORT,
  MH_MAY_WRITE_REAGENT,
  MH_MAY_READ_CRITICAL,
  MH_MAY_CALL_CRITICAL,
  MH_MAY_CORRECT_REPORT,
  MH_MAY_READ_ANALYSER,
  MH_MAY_READ_EQUIPMENT,
  MH_MAY_LOG_EQUIPMENT,
  MH_MAY_READ_QC,
  MH_MAY_ENTER_QC,
  MH_MAY_WRITE_STORAGE,
  NULL,
};
static const char *const pathologist[] = {
  MH_MAY_COMMON,
  MH_MAY_COLLECT,
  MH_MAY_READ_USER,
  MH_MAY_READ_PATIENT,
  MH_MAY_READ_DOCUMENT,
  MH_MAY_WRITE_DOCUMENT,
  MH_MAY_OPEN_VIP,
  MH_MAY_READ_ORDER,
  MH_MAY_ASSIGN_ORDER,
  MH_MAY_READ_SAMPLE,
  MH_MAY_RECEIVE,
  MH_MAY_READ_RESULT,
  MH_MAY_ENTER_RESULT,
  MH_MAY_VERIFY_RESULT,
  MH_MAY_READ_REPORT,
  MH_MAY_PRINT_REPORT,
  MH_MAY_CORRECT_REPORT,
  MH_MAY_WRITE_CATALOGUE,
  MH_MAY_SIGN_CATALOGUE,
  MH_MAY_WRITE_REAGENT,
  MH_MAY_READ_ANALYTICS,
  MH_MAY_WRITE_SHIFT,
  MH_MAY_READ_CRITICAL,
  MH_MAY_CALL_CRITICAL,
  MH_MAY_READ_ANALYSER,
  MH_MAY_WRITE_ANALYSER,
  MH_MAY_READ_EQUIPMENT,
  MH_MAY_WRITE_EQUIPMENT,
  MH_MAY_LOG_EQUIPMENT,
  MH_MAY_OVERRIDE_EQUIPMENT,
  MH_MAY_READ_QC,
  MH_MAY_ENTER_QC,
  MH_MAY_WRITE_QC,
  MH_MAY_WRITE_STORAGE,
  MH_MAY_WRITE_AUTO_RULE,
  NULL,
};
static const char *const pharmacist[] = {
  MH_MAY_COMMON,
  MH_MAY_READ_PATIENT,
  MH_MAY_READ_DOCUMENT,
  MH_MAY_OPEN_VIP,
  MH_MAY_READ_PRESCRIPTION,
  MH_MAY_READ_CHART,
  MH_MAY_COUNTERSIGN,
  NULL,
};
static const char *const dispatcher[] = {
  MH_MAY_COMMON,
  MH_MAY_READ_MAP,
  MH_MAY_READ_CALL,
  MH_MAY_WRITE_CALL,
  MH_MAY_READ_FLEET,
  MH_MAY_CREW_UNIT,
  MH_MAY_DIRECT_UNIT,
  MH_MAY_READ_CAPACITY,
  MH_MAY_WRITE_CAPACITY,
  MH_MAY_READ_ARRIVAL,
  NULL,
};
static const char *const crew[] = {
  MH_MAY_COMMON,
  MH_MAY_READ_MAP,
  MH_MAY_READ_FLEET,
  MH_MAY_CREW_UNIT,
  NULL,
};
/* Patients themselves; what they may see is proved visit by visit. */
static const char *const kiosk[] = {
  MH_MAY_BE_KIOSK,
  NULL,
};
static const char *const manager[] = {
  MH_MAY_COMMON,
  MH_MAY_READ_APPOINTMENT,
  MH_MAY_WRITE_APPOINTMENT,
  MH_MAY_WRITE_SCHEDULE,
  MH_MAY_READ_ROLE,
  MH_MAY_READ_USER,
  MH_MAY_REVIEW_ACCESS,
  MH_MAY_READ_ORDER,
  MH_MAY_ASSIGN_ORDER,
  MH_MAY_READ_PAYMENT,
  MH_MAY_DISCOUNT,
  MH_MAY_SETTLE_CLAIM,
  MH_MAY_REFUND,
  MH_MAY_APPROVE_MONEY,
  MH_MAY_REFUND_REPORTED,
  MH_MAY_READ_SAMPLE,
  MH_MAY_READ_ANALYTICS,
  MH_MAY_WRITE_DEVICE,
  MH_MAY_READ_JOB,
  MH_MAY_READ_TILL,
  MH_MAY_APPROVE_TILL,
  MH_MAY_APPROVE_DISCOUNT,
  MH_MAY_READ_INVOICE,
  MH_MAY_WRITE_INVOICE,
  MH_MAY_WRITE_PRICE,
  MH_MAY_READ_MAIL,
  MH_MAY_WRITE_MAIL,
  MH_MAY_WRITE_SHIFT,
  MH_MAY_READ_CRITICAL,
  MH_MAY_READ_ANALYSER,
  MH_MAY_READ_EQUIPMENT,
  MH_MAY_WRITE_EQUIPMENT,
  MH_MAY_LOG_EQUIPMENT,
  MH_MAY_READ_QC,
  MH_MAY_WRITE_FORM,
  MH_MAY_READ_MAP,
  MH_MAY_READ_FLEET,
  MH_MAY_WRITE_FLEET,
  MH_MAY_READ_CAPACITY,
  MH_MAY_WRITE_CAPACITY,
  MH_MAY_WRITE_SITE,
  NULL,
};
/* Sets the house up and keeps it running, but opens no charts. */
static const char *const admin[] = {
  MH_MAY_COMMON,
  MH_MAY_WRITE_SCHEDULE,
  MH_MAY_READ_ROLE,
  MH_MAY_READ_USER,
  MH_MAY_WRITE_CATALOGUE,
  MH_MAY_WRITE_REAGENT,
  MH_MAY_SEE_ALL_HOSPITALS,
  MH_MAY_WRITE_HOSPITAL,
  MH_MAY_WRITE_USER,
  MH_MAY_WRITE_ROLE,
  MH_MAY_WRITE_SETTING,
  MH_MAY_WRITE_DEVICE,
  MH_MAY_READ_AUDIT,
  MH_MAY_REVIEW_ACCESS,
  MH_MAY_READ_ANALYTICS,
  MH_MAY_READ_JOB,
  MH_MAY_WRITE_JOB,
  MH_MAY_READ_HEALTH,
  MH_MAY_WRITE_PRICE,
  MH_MAY_WRITE_TAX,
  MH_MAY_READ_MAIL,
  MH_MAY_WRITE_MAIL,
  MH_MAY_WRITE_SHIFT,
  MH_MAY_READ_ANALYSER,
  MH_MAY_WRITE_ANALYSER,
  MH_MAY_READ_EQUIPMENT,
  MH_MAY_WRITE_EQUIPMENT,
  MH_MAY_LOG_EQUIPMENT,
  MH_MAY_WRITE_STORAGE,
  MH_MAY_WRITE_FORM,
  MH_MAY_WRITE_NOTE_TEMPLATE,
  MH_MAY_READ_FLEET,
  MH_MAY_WRITE_FLEET,
  MH_MAY_READ_CAPACITY,
  MH_MAY_WRITE_SITE,
  NULL,
};

const MhRoleDefault mh_role_defaults[] = {
  { MH_ROLE_RECEPTION,   NS_("Reception"),   N_("Registers patients, orders tests, takes payments"), reception },
  { MH_ROLE_CASHIER,     NS_("Cashier"),     N_("Takes payments, gives refunds"), cashier },
  { MH_ROLE_DOCTOR,      NS_("Doctor"),      N_("Prescribes tests and medicines, reads results"), doctor },
  { MH_ROLE_NURSE,       NS_("Nurse"),       N_("Cares for patients and collects samples"), nurse },
  { MH_ROLE_TECHNICIAN,  NS_("Technician"),  N_("Collects and receives samples, enters results"), technician },
  { MH_ROLE_PATHOLOGIST, NS_("Pathologist"), N_("Verifies results, releases and corrects reports"), pathologist },
  { MH_ROLE_PHARMACIST,  NS_("Pharmacist"),  N_("Reads prescriptions and dispenses"), pharmacist },
  { MH_ROLE_DISPATCHER,  NS_("Dispatcher"),  N_("Takes emergency calls and sends units"), dispatcher },
  { MH_ROLE_CREW,        NS_("Crew"),        N_("Works on an ambulance"), crew },
  { MH_ROLE_KIOSK,       NS_("Kiosk"),       N_("A device in the hall for patients themselves"), kiosk },
  { MH_ROLE_MANAGER,     NS_("Manager"),     N_("Looks after figures, work and desks"), manager },
  { MH_ROLE_ADMIN,       NS_("Administrator"), N_("Sets up users, roles, catalogue and hospitals"), admin },
  { NULL },
};
/* clang-format on */

const char *
mh_permission_label (const char *permission)
{
  for (const MhCode *at = mh_permission_codes; at->code != NULL; at++)
    if (g_strcmp0 (at->code, permission) == 0)
      return at->label;
  return permission;
}

gboolean
mh_permission_is_known (const char *permission)
{
  for (const MhCode *code = mh_permission_codes; code->code != NULL; code++)
    if (g_strcmp0 (code->code, permission) == 0)
      return TRUE;
  return FALSE;
}

const MhRoleDefault *
mh_role_default_find (const char *code)
{
  for (const MhRoleDefault *role = mh_role_defaults; role->code != NULL; role++)
    if (g_strcmp0 (role->code, code) == 0)
      return role;
  return NULL;
}

char *
mh_role_words (const char *codes, MhRoleWord word, gpointer data)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_auto (GStrv) each = codes != NULL ? g_strsplit (codes, ",", -1) : NULL;
  for (guint i = 0; each != NULL && each[i] != NULL; i++)
    {
      const MhRoleDefault *role = mh_role_default_find (g_strstrip (each[i]));
      const char *label = role == NULL   ? each[i]
                          : word != NULL ? word (role->label, data)
                                         : role->label;
      g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "", label);
    }
  return out->len > 0 ? g_strdup (out->str) : NULL;
}

MhRecord *
mh_role_default_record (const MhRoleDefault *role)
{
  MhRecord *record = mh_record_new (&mh_role_type);

  mh_record_set_text (record, MH_ROLE_CODE, role->code);
  mh_record_set_text (record, MH_ROLE_NAME, role->label);
  mh_record_set_text (record, MH_ROLE_DESCRIPTION, role->description);
  mh_record_set_list (record, MH_ROLE_PERMISSIONS, role->permissions);
  mh_record_set_bool (record, MH_ROLE_BUILT_IN, TRUE);
  return record;
}
