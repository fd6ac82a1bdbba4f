/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What a person may be allowed to do, as codes, and the roles a new hospital begins with. Whatever
 * a role does not list is denied. Roles are data: an administrator may change them; the codes are
 * fixed, because routes name them.
 */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_MAY_READ_PATIENT "patient.read"
#define MH_MAY_WRITE_PATIENT "patient.write"
#define MH_MAY_MERGE_PATIENT "patient.merge"
#define MH_MAY_OPEN_VIP "patient.vip"
#define MH_MAY_READ_APPOINTMENT "appointment.read"
#define MH_MAY_WRITE_APPOINTMENT "appointment.write"
#define MH_MAY_CALL_QUEUE "queue.call"
#define MH_MAY_WRITE_SCHEDULE "schedule.write"
#define MH_MAY_READ_DOCUMENT "document.read"
#define MH_MAY_WRITE_DOCUMENT "document.write"
#define MH_MAY_REVIEW_ACCESS "access.review"
#define MH_MAY_READ_ORDER "order.read"
#define MH_MAY_WRITE_ORDER "order.write"
#define MH_MAY_CANCEL_ORDER "order.cancel"
#define MH_MAY_ASSIGN_ORDER "order.assign"
#define MH_MAY_WRITE_SHIFT "shift.write"
#define MH_MAY_DISCOUNT "order.discount"
#define MH_MAY_APPROVE_DISCOUNT "discount.approve"
#define MH_MAY_READ_INVOICE "invoice.read"
#define MH_MAY_WRITE_INVOICE "invoice.write"
#define MH_MAY_WRITE_PRICE "price.write"
#define MH_MAY_WRITE_TAX "tax.write"
#define MH_MAY_READ_PAYMENT "payment.read"
#define MH_MAY_TAKE_PAYMENT "payment.take"
#define MH_MAY_REFUND "payment.refund"
#define MH_MAY_APPROVE_MONEY "payment.approve"
#define MH_MAY_SETTLE_CLAIM "claim.settle"
#define MH_MAY_REFUND_REPORTED "refund.reported"
#define MH_MAY_READ_MAP "map.read"
#define MH_MAY_READ_FLEET "fleet.read"
#define MH_MAY_WRITE_FLEET "fleet.write"
#define MH_MAY_CREW_UNIT "unit.crew"
#define MH_MAY_DIRECT_UNIT "unit.direct"
#define MH_MAY_READ_CALL "call.read"
#define MH_MAY_WRITE_CALL "call.write"
#define MH_MAY_READ_CAPACITY "capacity.read"
#define MH_MAY_WRITE_CAPACITY "capacity.write"
#define MH_MAY_WRITE_SITE "site.write"
#define MH_MAY_READ_ARRIVAL "arrival.read"
#define MH_MAY_ANSWER_ARRIVAL "arrival.answer"
#define MH_MAY_READ_MAIL "mail.read"
#define MH_MAY_WRITE_MAIL "mail.write"
#define MH_MAY_READ_TILL "till.read"
#define MH_MAY_APPROVE_TILL "till.approve"
#define MH_MAY_READ_SAMPLE "sample.read"
#define MH_MAY_COLLECT "sample.collect"
#define MH_MAY_RECEIVE "sample.receive"
#define MH_MAY_WRITE_STORAGE "storage.write"
#define MH_MAY_READ_RESULT "result.read"
#define MH_MAY_ENTER_RESULT "result.enter"
#define MH_MAY_WRITE_AUTO_RULE "auto_rule.write"
#define MH_MAY_READ_CRITICAL "critical.read"
#define MH_MAY_CALL_CRITICAL "critical.call"
#define MH_MAY_VERIFY_RESULT "result.verify"
#define MH_MAY_READ_ANALYSER "analyser.read"
#define MH_MAY_WRITE_ANALYSER "analyser.write"
#define MH_MAY_READ_REPORT "report.read"
#define MH_MAY_PRINT_REPORT "report.print"
#define MH_MAY_CORRECT_REPORT "report.correct"
#define MH_MAY_READ_PRESCRIPTION "prescription.read"
#define MH_MAY_WRITE_PRESCRIPTION "prescription.write"
#define MH_MAY_READ_VISIT "visit.read"
/* Who comes and why is the front desk's, too; what was measured and found is not. */
#define MH_MAY_READ_VITALS "vitals.read"
#define MH_MAY_WRITE_VISIT "visit.write"
#define MH_MAY_ASSESS_VISIT "visit.assess"
#define MH_MAY_DECIDE_VISIT "visit.decide"
#define MH_MAY_SIGN_VISIT "visit.sign"
#define MH_MAY_WRITE_FORM "form.write"
#define MH_MAY_READ_CHART "chart.read"
#define MH_MAY_WRITE_CHART "chart.write"
#define MH_MAY_WRITE_NOTE "note.write"
#define MH_MAY_COSIGN_NOTE "note.cosign"
#define MH_MAY_WRITE_NOTE_TEMPLATE "note_template.write"
#define MH_MAY_COUNTERSIGN "prescription.countersign"
#define MH_MAY_READ_CATALOGUE "catalogue.read"
#define MH_MAY_WRITE_CATALOGUE "catalogue.write"
#define MH_MAY_SIGN_CATALOGUE "catalogue.sign"
#define MH_MAY_WRITE_REAGENT "reagent.write"
#define MH_MAY_SEE_ALL_HOSPITALS "hospital.all"
#define MH_MAY_WRITE_HOSPITAL "hospital.write"
#define MH_MAY_READ_USER "user.read"
#define MH_MAY_WRITE_USER "user.write"
#define MH_MAY_READ_ROLE "role.read"
#define MH_MAY_WRITE_ROLE "role.write"
#define MH_MAY_READ_SETTING "setting.read"
#define MH_MAY_WRITE_SETTING "setting.write"
#define MH_MAY_READ_DEVICE "device.read"
#define MH_MAY_WRITE_DEVICE "device.write"
/* A device in the hall: may call what is made for it, and nothing else at all. */
#define MH_MAY_BE_KIOSK "kiosk.use"
#define MH_MAY_READ_AUDIT "audit.read"
#define MH_MAY_READ_ANALYTICS "analytics.read"
#define MH_MAY_READ_EQUIPMENT "equipment.read"
#define MH_MAY_WRITE_EQUIPMENT "equipment.write"
#define MH_MAY_LOG_EQUIPMENT "equipment.log"
#define MH_MAY_OVERRIDE_EQUIPMENT "equipment.override"
#define MH_MAY_READ_QC "qc.read"
#define MH_MAY_ENTER_QC "qc.enter"
#define MH_MAY_WRITE_QC "qc.write"
#define MH_MAY_READ_JOB "job.read"
#define MH_MAY_WRITE_JOB "job.write"
#define MH_MAY_READ_HEALTH "health.detail"

#define MH_ROLE_RECEPTION "reception"
#define MH_ROLE_CASHIER "cashier"
#define MH_ROLE_DOCTOR "doctor"
#define MH_ROLE_NURSE "nurse"
#define MH_ROLE_TECHNICIAN "technician"
#define MH_ROLE_PATHOLOGIST "pathologist"
#define MH_ROLE_PHARMACIST "pharmacist"
#define MH_ROLE_DISPATCHER "dispatcher"
#define MH_ROLE_CREW "crew"
#define MH_ROLE_KIOSK "kiosk"
#define MH_ROLE_MANAGER "manager"
#define MH_ROLE_ADMIN "admin"

/* A role as it is shipped. */
typedef struct
{
  const char *code;               /* "reception" */
  const char *label;              /* N_() */
  const char *description;        /* N_() */
  const char *const *permissions; /* NULL-terminated */
} MhRoleDefault;

/* All permissions with what they allow, ends with { NULL }. */
extern const MhCode mh_permission_codes[];
/* The roles of a new hospital, ends with { NULL }. */
extern const MhRoleDefault mh_role_defaults[];

/* Code of the issue of a refusal for want of a right; its message is the right's code. */
#define MH_ISSUE_MISSING_RIGHT "missing_right"

/* What the permission allows in English ("Take payments"), to be translated where it is shown; its
 * code where it is not known. */
const char *mh_permission_label (const char *permission);
/* Is it the code of a permission? */
gboolean mh_permission_is_known (const char *permission);
/* The shipped role of that code, NULL if there is none. */
const MhRoleDefault *mh_role_default_find (const char *code);
/* What a role's label is called in the reader's language; @data is the asker's. */
typedef const char *(*MhRoleWord) (const char *label, gpointer data);
/* What the roles of a list of codes, "nurse,admin", are called: @word (NULL: as it is) says each
 * shipped one's label in the reader's language; a hospital's own role is told by its code. NULL for
 * none; caller frees. */
char *mh_role_words (const char *codes, MhRoleWord word, gpointer data);
/* A new role record from a shipped role, without an id. Caller owns it. */
MhRecord *mh_role_default_record (const MhRoleDefault *role);

G_END_DECLS
