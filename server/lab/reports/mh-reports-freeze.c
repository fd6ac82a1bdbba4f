/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mh_reports_service_freeze(): a new version of an order's report, never a changed one. */
#include "server/lab/reports/mh-reports-service.h"
#include "server/platform/actor/mh-request.h"

#include "server/lab/reports/mh-reports-delivery.h"
#include "server/lab/reports/mh-reports-groups.h"
#include "server/lab/reports/mh-reports-store.h"
#include "server/lab/reports/mh-reports-tell.h"
#include "server/lab/reports/mh-reports-template.h"
#include "server/lab/results/mh-results-service.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-attachment.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report-change.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/reports/mh-report-content.h"
#include "shared/rules/lab/mh-order-rules.h"

/* The versions there are, newest first. */
typedef struct
{
  MhRecord *latest, *first; /* NULL: this will be the first */
} Chain;

static gboolean
may_follow (MhRecord *latest, const char *status, GError **error)
{
  const char *now = latest != NULL ? mh_record_text (latest, MH_REPORT_STATUS) : NULL;
  if (latest == NULL || mh_report_rules_may_become (now, status))
    return TRUE;
  mh_error_set (error, MH_ERROR_CONFLICT, "The report of this order is %s; it cannot become %s.",
                mh_field_code_label (&mh_report_type.fields[MH_REPORT_STATUS], now),
                mh_field_code_label (&mh_report_type.fields[MH_REPORT_STATUS], status));
  return FALSE;
}

/* "TST-R000007", and of its third version "TST-R000007-3". */
static char *
reports_freeze_number_of (MhTx *tx,
                          const char *hospital_code,
                          MhRecord *first,
                          gint64 version,
                          GError **error)
{
  if (first != NULL)
    return g_strdup_printf ("%s-%" G_GINT64_FORMAT, mh_record_text (first, MH_REPORT_NUMBER),
                            version);
  g_autofree char *series = g_strconcat ("report:", hospital_code, NULL);
  gint64 number = mh_tx_next_number (tx, series, error);
  return number >= 0 ? g_strdup_printf ("%s-R%06" G_GINT64_FORMAT, hospital_code, number) : NULL;
}

/* Why, in one line of English; the paper words the code itself. */
static char *
reports_freeze_reason_of (MhRecord *change)
{
  const char *code = mh_record_text (change, MH_REPORT_CHANGE_REASON);
  const char *note = mh_record_text (change, MH_REPORT_CHANGE_NOTE);
  const char *label
      = mh_field_code_label (&mh_report_change_type.fields[MH_REPORT_CHANGE_REASON], code);
  g_autofree char *full = note != NULL ? g_strdup_printf ("%s: %s", label, note) : g_strdup (label);
  return g_utf8_strlen (full, -1) > 400 ? g_utf8_substring (full, 0, 400) : g_steal_pointer (&full);
}

static MhRecord *
begin_report (const MhRequest *req, const MhReportDraft *draft, const Chain *chain, GError **error)
{
  const char *hospital_id = mh_record_text (draft->order, MH_ORDER_HOSPITAL_ID);
  MhRecord *hospital = mh_catalogue_hospital (draft->view, hospital_id);
  const char *code = hospital != NULL ? mh_record_text (hospital, MH_HOSPITAL_CODE) : "X";
  const char *status = draft->status != NULL ? draft->status : MH_REPORT_STATUS_FINAL;
  gint64 version
      = chain->latest != NULL ? mh_record_int (chain->latest, MH_REPORT_VERSION_NO) + 1 : 1;

  if (!may_follow (chain->latest, status, error))
    return NULL;

  char *number = reports_freeze_number_of (req->tx, code, chain->first, version, error);
  if (number == NULL)
    return NULL;

  MhRecord *report = mh_record_new (&mh_report_type);
  mh_record_take_text (report, MH_ID, mh_id_new ());
  mh_record_set_text (report, MH_REPORT_HOSPITAL_ID, hospital_id);
  mh_record_set_text (report, MH_REPORT_ORDER_ID, mh_record_id (draft->order));
  mh_record_set_text (report, MH_REPORT_PATIENT_ID, mh_record_id (draft->patient));
  mh_record_take_text (report, MH_REPORT_NUMBER, number);
  mh_record_set_int (report, MH_REPORT_VERSION_NO, version);
  mh_record_set_text (report, MH_REPORT_STATUS, status);
  if (chain->latest != NULL)
    mh_record_set_text (report, MH_REPORT_SUPERSEDES, mh_record_id (chain->latest));
  if (draft->change != NULL)
    mh_record_take_text (report, MH_REPORT_REASON, reports_freeze_reason_of (draft->change));
  mh_record_set_text (report, MH_REPORT_VERIFIED_BY, mh_actor_user_id (req->actor));
  mh_record_set_text (report, MH_REPORT_VERIFIED_NAME, mh_actor_name (req->actor));
  mh_record_set_int (report, MH_REPORT_ISSUED_AT, mh_tx_now (req->tx));
  mh_record_set_int (report, MH_REPORT_COPIES, 0);
  mh_record_set_text (report, MH_REPORT_LANGUAGE, "en");

  return report;
}

/* Signature and qualification of the day of release; an account that is gone leaves its name. */
static MhRecord *
find_verifier (const MhRequest *req)
{
  const char *id = mh_actor_user_id (req->actor);
  return id != NULL ? mh_store_get (req->db, &mh_user_type, id, NULL) : NULL;
}

static gboolean
find_remark (MhDb *db, const char *order_id, char **out_text, GError **error)
{
  GError *failure = NULL;
  g_autoptr (MhRecord) remark
      = mh_store_find (db, &mh_report_remark_type, "order_id", order_id, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  *out_text = remark != NULL ? g_strdup (mh_record_text (remark, MH_REPORT_REMARK_TEXT)) : NULL;
  return TRUE;
}

/* Those that were marked for the report, in the order they came. */
static GPtrArray *
find_attachments (MhDb *db, const char *order_id, GError **error)
{
  g_autoptr (GPtrArray) all = mh_results_service_attachments (db, order_id, error);
  for (guint i = all != NULL ? all->len : 0; i > 0; i--)
    if (!mh_record_bool (g_ptr_array_index (all, i - 1), MH_ATTACHMENT_ON_REPORT))
      g_ptr_array_remove_index (all, i - 1);
  return g_steal_pointer (&all);
}

static gboolean
reports_freeze_freeze (const MhRequest *req,
                       const MhReportDraft *draft,
                       MhRecord *report,
                       GError **error)
{
  MhDb *db = req->db;
  g_autofree char *remark = NULL;
  g_autoptr (MhRecord) look = NULL;
  if (!find_remark (db, mh_record_id (draft->order), &remark, error)
      || !mh_reports_template_for (db, draft, &look, error))
    return FALSE;

  g_autoptr (GPtrArray) attachments = find_attachments (db, mh_record_id (draft->order), error);
  if (attachments == NULL)
    return FALSE;

  g_autoptr (MhRecord) verifier = find_verifier (req);
  g_autoptr (MhRecord) order = mh_record_copy (draft->order);
  g_autoptr (GPtrArray) results = mh_reports_groups_make (draft, order);
  MhLabReport content = { .hospital = mh_catalogue_hospital (
                              draft->view, mh_record_text (draft->order, MH_ORDER_HOSPITAL_ID)),
                          .patient = draft->patient,
                          .order = order,
                          .results = results,
                          .report = report,
                          .verifier = verifier,
                          .change = draft->change,
                          .template_ = look,
                          .comment = remark,
                          .attachments = attachments };
  g_autofree char *text = mh_report_content (&content);
  char *hash = text != NULL ? mh_report_content_hash (text, error) : NULL;

  if (hash == NULL)
    return FALSE;

  mh_record_take_text (report, MH_REPORT_CONTENT, g_steal_pointer (&text));
  mh_record_take_text (report, MH_REPORT_CONTENT_HASH, hash);
  return mh_tx_insert (req->tx, report, MH_AUDIT_CREATE, NULL, error);
}

MhRecord *
mh_reports_service_freeze (const MhRequest *req, const MhReportDraft *draft, GError **error)
{
  g_autoptr (GPtrArray) versions
      = mh_reports_store_of_order (req->db, mh_record_id (draft->order), error);
  if (versions == NULL)
    return NULL;

  Chain chain = { 0 };
  if (versions->len > 0)
    chain = (Chain){ g_ptr_array_index (versions, 0),
                     g_ptr_array_index (versions, versions->len - 1) };

  g_autoptr (MhRecord) report = begin_report (req, draft, &chain, error);
  if (report == NULL || !reports_freeze_freeze (req, draft, report, error)
      || !mh_reports_delivery_queue (req->tx, draft, report, error))
    return NULL;
  if (chain.latest != NULL
      && !mh_reports_tell_readers (req->tx, draft->order, report, draft->change, error))
    return NULL;

  return g_steal_pointer (&report);
}
