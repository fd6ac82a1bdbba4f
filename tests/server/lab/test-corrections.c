/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens to a report after its release (rules.md 7): corrected, amended, appended, withdrawn;
 * early reports; who has seen what, and who is told. On both databases. */
#include <string.h>

#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/reports/mh-reports-access.h"
#include "server/lab/reports/mh-reports-change.h"
#include "server/lab/reports/mh-reports-service.h"
#include "server/lab/reports/mh-reports-tell.h"
#include "server/lab/results/mh-results-history.h"
#include "server/messages/mail/mh-mail-jobs.h"
#include "server/platform/actor/mh-request.h"
#include "shared/record/mh-record-check.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report-change.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result-version.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/messages/mh-mail.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/people/mh-user.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/reports/mh-report-content.h"
#include "tests/server/lab-fixture.h"

static void
drop (MhRecord *record)
{
  g_clear_object (&record);
}

/* The technician of the fixture, who may also propose corrections. */
static MhActor *
proposer (Lab *lab)
{
  static const char *const may[] = { MH_MAY_READ_RESULT, MH_MAY_ENTER_RESULT, MH_MAY_READ_REPORT,
                                     MH_MAY_CORRECT_REPORT, NULL };
  return mh_actor_new (mh_actor_user_id (lab->technician), mh_actor_name (lab->technician),
                       "technician", LAB_HOSPITAL, NULL, may);
}

static MhActor *
second_pathologist (void)
{
  static const char *const may[] = { MH_MAY_READ_RESULT, MH_MAY_VERIFY_RESULT, MH_MAY_READ_REPORT,
                                     MH_MAY_CORRECT_REPORT, NULL };
  return mh_actor_new ("01900000-0000-7000-8000-000000000109", "Dr Quentin Second", "pathologist",
                       LAB_HOSPITAL, NULL, may);
}

static char *
released (Lab *lab, const char *codes, const char *values)
{
  g_autoptr (GError) error = NULL;
  char *order = lab_order (lab, codes);
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  drop (lab_save (lab, lab->technician, order, values, TRUE, &error));
  g_assert_no_error (error);
  drop (lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error));
  g_assert_no_error (error);
  return order;
}

/* --- steps --- */

typedef struct
{
  MhActor *actor;
  const char *id, *text;
  MhRecord *body, *reply;
} Step;

static gboolean
propose_step (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  step->reply = mh_reports_service_propose (MH_REQUEST_TX (tx, lab->server, step->actor), step->id,
                                            step->body, error);
  return step->reply != NULL;
}

static gboolean
decide_step (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  step->reply = mh_reports_service_decide (MH_REQUEST_TX (tx, lab->server, step->actor), step->id,
                                           step->body, error);
  return step->reply != NULL;
}

static gboolean
seen_step (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  step->reply = mh_reports_service_seen (MH_REQUEST_TX (tx, NULL, step->actor), step->id, error);
  return step->reply != NULL;
}

static gboolean
early_step (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  step->reply = mh_reports_service_early (MH_REQUEST_TX (tx, lab->server, step->actor), step->id,
                                          step->text, error);
  return step->reply != NULL;
}

static gboolean
remark_step (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  step->reply = mh_reports_service_remark (MH_REQUEST_TX (tx, lab->server, step->actor), step->id,
                                           step->text, error);
  return step->reply != NULL;
}

static gboolean
acknowledge_step (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  step->reply
      = mh_reports_service_acknowledge (MH_REQUEST_TX (tx, NULL, step->actor), step->id, error);
  return step->reply != NULL;
}

static MhRecord *
propose (Lab *lab, MhActor *actor, const char *order, const char *json, GError **error)
{
  g_autoptr (MhRecord) body
      = mh_record_from_text (&mh_report_change_type, json, -1, MH_JSON_CREATE, error);
  Step step = { .actor = actor, .id = order, .body = body };
  if (body == NULL || !mh_record_validate (body, MH_CHECK_CREATE, error))
    return NULL;
  return lab_write (lab, actor, propose_step, &step, error) ? step.reply : NULL;
}

static MhRecord *
decide (Lab *lab,
        MhActor *actor,
        const char *change,
        const char *decision,
        const char *comment,
        GError **error)
{
  g_autoptr (MhRecord) body = mh_record_new (&mh_verification_type);
  mh_record_set_text (body, MH_VERIFICATION_DECISION, decision);
  if (comment != NULL)
    mh_record_set_text (body, MH_VERIFICATION_COMMENT, comment);
  Step step = { .actor = actor, .id = change, .body = body };
  return lab_write (lab, actor, decide_step, &step, error) ? step.reply : NULL;
}

/* Proposed by the technician, verified by the pathologist. */
static MhRecord *
changed (Lab *lab, const char *order, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) technician = proposer (lab);
  g_autoptr (MhRecord) change = propose (lab, technician, order, json, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_text (change, MH_REPORT_CHANGE_STATUS), ==, MH_REPORT_CHANGE_WAITING);
  MhRecord *done
      = decide (lab, lab->pathologist, mh_record_id (change), MH_DECISION_VERIFY, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_text (done, MH_REPORT_CHANGE_STATUS), ==, MH_REPORT_CHANGE_VERIFIED);
  return done;
}

static void
see (Lab *lab, MhActor *actor, const char *report)
{
  g_autoptr (GError) error = NULL;
  Step step = { .actor = actor, .id = report };
  mh_assert_ok (lab_write (lab, actor, seen_step, &step, &error), error);
  g_assert_cmpstr (mh_record_text (step.reply, MH_REPORT_ACCESS_HOW), ==, MH_REPORT_SEEN);
  g_object_unref (step.reply);
}

/* Newest first. */
static GPtrArray *
versions_of (Lab *lab, const char *order)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  GPtrArray *all
      = mh_reports_service_list (MH_REQUEST_DB (db, NULL, lab->pathologist), order, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  return all;
}

static GPtrArray *
notices_of (Lab *lab, MhActor *actor, gboolean open)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  GPtrArray *all = mh_reports_service_notices (MH_REQUEST_DB (db, NULL, actor), open, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  return all;
}

static GPtrArray *
all_of (Lab *lab, const MhRecordType *type)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  GPtrArray *all = mh_store_all (db, type, NULL, NULL, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  return all;
}

static MhLabReport *
content_of (MhRecord *report)
{
  g_autoptr (GError) error = NULL;
  MhLabReport *content
      = mh_lab_report_from_content (mh_record_text (report, MH_REPORT_CONTENT), &error);
  g_assert_no_error (error);
  g_assert_true (mh_report_content_is_intact (report));
  return content;
}

static const char *
value_of (const MhLabReport *content, const char *analyte)
{
  for (guint i = 0; i < content->results->len; i++)
    if (g_strcmp0 (mh_record_text (content->results->pdata[i], MH_RESULT_ANALYTE), analyte) == 0)
      return mh_record_text (content->results->pdata[i], MH_RESULT_VALUE);
  return NULL;
}

static MhRecord *
line_of (const MhLabReport *content, const char *name)
{
  GPtrArray *lines = mh_record_records (content->change, MH_REPORT_CHANGE_VALUES);
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    if (g_strcmp0 (mh_record_text (lines->pdata[i], MH_REPORT_CHANGE_VALUE_NAME), name) == 0)
      return lines->pdata[i];
  return NULL;
}

static void
assert_line (const MhLabReport *content, const char *name, const char *before, const char *after)
{
  MhRecord *line = line_of (content, name);
  if (line == NULL)
    g_error ("no line %s", name);
  g_assert_cmpstr (mh_record_text (line, MH_REPORT_CHANGE_VALUE_OLD), ==, before);
  g_assert_cmpstr (mh_record_text (line, MH_REPORT_CHANGE_VALUE_NEW), ==, after);
}

/* --- cases --- */

#define CORRECT_K                                                                                  \
  "{\"kind\":\"correct\",\"reason\":\"typing\",\"note\":\"Read from the wrong line\","             \
  "\"values\":[{\"analyte\":\"K\",\"new_value\":\"5.4\"}]}"

static void
test_corrected (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autofree char *order = released (lab, "CBC KT", "HGB=13.2 HCT=40 K=4.1");
  g_autoptr (GPtrArray) before = versions_of (lab, order);
  g_autofree char *bytes = g_strdup (mh_record_text (before->pdata[0], MH_REPORT_CONTENT));
  g_autoptr (MhRecord) change = changed (lab, order, CORRECT_K);
  g_autoptr (GPtrArray) all = versions_of (lab, order);
  g_assert_cmpuint (all->len, ==, 2);
  MhRecord *second = all->pdata[0], *first = all->pdata[1];
  g_assert_cmpstr (mh_record_text (first, MH_REPORT_CONTENT), ==, bytes);
  g_assert_cmpstr (mh_record_text (first, MH_REPORT_STATUS), ==, MH_REPORT_STATUS_FINAL);
  g_assert_true (mh_report_content_is_intact (first));
  g_assert_cmpint (mh_record_int (second, MH_REPORT_VERSION_NO), ==, 2);
  g_assert_cmpstr (mh_record_text (second, MH_REPORT_STATUS), ==, MH_REPORT_STATUS_CORRECTED);
  g_assert_cmpstr (mh_record_text (second, MH_REPORT_NUMBER), ==, "TST-R000001-2");
  g_assert_cmpstr (mh_record_text (second, MH_REPORT_SUPERSEDES), ==, mh_record_id (first));
  g_assert_cmpstr (mh_record_text (second, MH_REPORT_REASON), ==,
                   "Typing error: Read from the wrong line");
  g_assert_cmpstr (mh_record_text (change, MH_REPORT_CHANGE_NEW_REPORT_ID), ==,
                   mh_record_id (second));
  g_autoptr (MhLabReport) content = content_of (second);
  assert_line (content, "Potassium", "4.1", "5.4");
  g_assert_cmpuint (mh_record_records (content->change, MH_REPORT_CHANGE_VALUES)->len, ==, 1);
  g_assert_cmpstr (mh_record_text (line_of (content, "Potassium"), MH_REPORT_CHANGE_VALUE_NEW_FLAG),
                   ==, MH_FLAG_H);
  g_assert_cmpstr (mh_record_text (content->change, MH_REPORT_CHANGE_BY_NAME), ==,
                   "Tara Technician");
  g_assert_cmpstr (mh_record_text (content->change, MH_REPORT_CHANGE_DECIDED_NAME), ==,
                   "Dr Pia Pathologist");
  g_assert_cmpstr (value_of (content, "K"), ==, "5.4");
  g_assert_cmpstr (value_of (content, "HGB"), ==, "13.2");
  g_autoptr (MhRecord) stored = lab_get (lab, &mh_order_type, order);
  g_assert_cmpstr (mh_record_text (stored, MH_ORDER_REPORT_ID), ==, mh_record_id (second));
  g_assert_cmpstr (mh_record_text (stored, MH_ORDER_STATUS), ==, MH_ORDER_STATUS_COMPLETED);
}

/* The result's own row says so, keeps its past, and what is calculated from it follows. */
static void
test_values_follow (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = released (lab, "CBC KT", "HGB=13.2 HCT=40 K=4.1");
  g_autoptr (MhRecord) change
      = changed (lab, order,
                 "{\"kind\":\"correct\",\"reason\":\"analyser\",\"values\":["
                 "{\"analyte\":\"HGB\",\"new_value\":\"12.0\",\"comment\":\"Measured again\"}]}");
  g_autoptr (GPtrArray) all = versions_of (lab, order);
  g_autoptr (MhLabReport) content = content_of (all->pdata[0]);
  assert_line (content, "Haemoglobin", "13.2", "12.0");
  assert_line (content, "MCHC", "33.0", "30.0");
  assert_line (content, "Twice the MCHC", "66.0", "60.0");
  g_assert_null (line_of (content, "Haematocrit"));
  g_autoptr (MhRecord) sheet = lab_sheet (lab, lab->technician, order);
  static const struct
  {
    const char *code, *status;
  } rows[] = {
    { "HGB", MH_RESULT_STATUS_CORRECTED },   { "MCHC", MH_RESULT_STATUS_CORRECTED },
    { "TWICE", MH_RESULT_STATUS_CORRECTED }, { "HCT", MH_RESULT_STATUS_VERIFIED },
    { "K", MH_RESULT_STATUS_VERIFIED },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpstr (mh_record_text (lab_row (sheet, rows[i].code), MH_RESULT_ROW_STATUS), ==,
                     rows[i].status);
  g_assert_cmpstr (mh_record_text (lab_row (sheet, "HGB"), MH_RESULT_ROW_COMMENT), ==,
                   "Measured again");
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) past = mh_results_history_of_order (db, order, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  g_assert_cmpuint (past->len, ==, 3);
  for (guint i = 0; i < past->len; i++)
    {
      g_assert_cmpstr (mh_record_text (past->pdata[i], MH_RESULT_VERSION_ENDED_BY), ==,
                       MH_RESULT_PAST_CORRECTED);
      g_assert_cmpstr (mh_record_text (past->pdata[i], MH_RESULT_VERSION_REASON), ==,
                       MH_RESULT_REASON_INSTRUMENT);
    }
}

/* Each kind makes its own status; what may follow what is in the table of mh-order-rules.c. */
static void
test_kinds (const MhTestDb *test)
{
  static const struct
  {
    const char *json, *status;
    gint64 version;
  } steps[] = {
    { CORRECT_K, MH_REPORT_STATUS_CORRECTED, 2 },
    { "{\"kind\":\"amend\",\"reason\":\"repeated\",\"values\":[{\"analyte\":\"K\",\"new_value\":"
      "\"5.2\"}]}",
      MH_REPORT_STATUS_AMENDED, 3 },
    { "{\"kind\":\"append\",\"reason\":\"interpretation\",\"comment\":\"Fits the medicine "
      "given.\"}",
      MH_REPORT_STATUS_APPENDED, 4 },
    { "{\"kind\":\"append\",\"reason\":\"information\",\"comment\":\"Second remark.\"}",
      MH_REPORT_STATUS_APPENDED, 5 },
    { "{\"kind\":\"amend\",\"reason\":\"interpretation\",\"comment\":\"Only this.\"}",
      MH_REPORT_STATUS_AMENDED, 6 },
    { "{\"kind\":\"withdraw\",\"reason\":\"wrong_patient\"}", MH_REPORT_STATUS_ENTERED_IN_ERROR,
      7 },
  };
  g_autoptr (Lab) lab = lab_new (test);
  g_autofree char *order = released (lab, "KT", "K=4.1");
  g_autoptr (MhActor) technician = proposer (lab);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (MhRecord) change = changed (lab, order, steps[i].json);
      g_autoptr (GPtrArray) all = versions_of (lab, order);
      g_assert_cmpuint (all->len, ==, steps[i].version);
      g_assert_cmpstr (mh_record_text (all->pdata[0], MH_REPORT_STATUS), ==, steps[i].status);
      for (guint k = 0; k < all->len; k++)
        g_assert_true (mh_report_content_is_intact (all->pdata[k]));
    }
  g_autoptr (GPtrArray) all = versions_of (lab, order);
  g_autoptr (MhLabReport) appended = content_of (all->pdata[7 - 5]);
  g_assert_cmpstr (appended->comment, ==, "Fits the medicine given.\n\nSecond remark.");
  g_autoptr (MhLabReport) amended = content_of (all->pdata[7 - 6]);
  g_assert_cmpstr (amended->comment, ==, "Only this.");
  assert_line (amended, "Comment", "Fits the medicine given.\n\nSecond remark.", "Only this.");
  /* Withdrawn: the values stand there still, to be struck out, but are nobody's any more. */
  g_autoptr (MhLabReport) withdrawn = content_of (all->pdata[0]);
  g_assert_cmpstr (value_of (withdrawn, "K"), ==, "5.2");
  g_autoptr (GPtrArray) results = all_of (lab, &mh_result_type);
  g_assert_cmpstr (mh_record_text (results->pdata[0], MH_RESULT_STATUS), ==,
                   MH_RESULT_STATUS_CANCELLED);
  g_autoptr (GError) error = NULL;
  g_assert_null (propose (lab, technician, order, CORRECT_K, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
}

static void
test_refused (const MhTestDb *test)
{
  static const struct
  {
    const char *json;
    int kind;
    const char *field;
  } cases[] = {
    { "{\"kind\":\"correct\",\"reason\":\"typing\"}", MH_ERROR_INVALID, "values" },
    { "{\"kind\":\"correct\",\"reason\":\"typing\",\"values\":[{\"analyte\":\"K\",\"new_value\":"
      "\"4.1\"}]}",
      MH_ERROR_INVALID, "values[0].new_value" },
    { "{\"kind\":\"correct\",\"reason\":\"typing\",\"values\":[{\"analyte\":\"K\"}]}",
      MH_ERROR_INVALID, "values[0].new_value" },
    { "{\"kind\":\"correct\",\"reason\":\"typing\",\"values\":[{\"analyte\":\"K\",\"new_value\":"
      "\"12.1\"}]}",
      MH_ERROR_INVALID, "values[0].new_value" },
    { "{\"kind\":\"correct\",\"reason\":\"typing\",\"values\":[{\"analyte\":\"NONE\",\"new_value\":"
      "\"1\"}]}",
      MH_ERROR_INVALID, "values[0].analyte" },
    { "{\"kind\":\"correct\",\"reason\":\"typing\",\"values\":[{\"analyte\":\"MCHC\",\"new_value\":"
      "\"31\"}]}",
      MH_ERROR_INVALID, "values[0].new_value" },
    { "{\"kind\":\"correct\",\"reason\":\"interpretation\",\"values\":[{\"analyte\":\"K\",\"new_"
      "value\":\"5\"}]}",
      MH_ERROR_INVALID, "reason" },
    { "{\"kind\":\"amend\",\"reason\":\"typing\",\"values\":[{\"analyte\":\"K\",\"new_value\":"
      "\"5\"}]}",
      MH_ERROR_INVALID, "reason" },
    { "{\"kind\":\"correct\",\"reason\":\"other\",\"values\":[{\"analyte\":\"K\",\"new_value\":"
      "\"5\"}]}",
      MH_ERROR_INVALID, "note" },
    { "{\"kind\":\"append\",\"reason\":\"interpretation\"}", MH_ERROR_INVALID, "comment" },
    { "{\"kind\":\"append\",\"reason\":\"interpretation\",\"comment\":\"x\",\"values\":[{"
      "\"analyte\":\"K\",\"new_value\":\"5\"}]}",
      MH_ERROR_INVALID, "values" },
    { "{\"kind\":\"withdraw\",\"reason\":\"wrong_patient\",\"comment\":\"x\"}", MH_ERROR_INVALID,
      "comment" },
    { "{\"reason\":\"typing\"}", MH_ERROR_INVALID, "kind" },
    { "{\"kind\":\"correct\"}", MH_ERROR_INVALID, "reason" },
  };
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (MhActor) technician = proposer (lab);
  g_autofree char *order = released (lab, "CBC KT", "HGB=13.2 HCT=40 K=4.1");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (propose (lab, technician, order, cases[i].json, &error));
      g_assert_error (error, MH_ERROR, cases[i].kind);
      const MhIssues *issues = mh_error_get_issues (error);
      gboolean found = FALSE;
      for (guint k = 0; issues != NULL && k < mh_issues_count (issues); k++)
        found = found || g_strcmp0 (mh_issues_nth (issues, k)->field, cases[i].field) == 0;
      if (!found)
        g_error ("%s: no complaint about %s: %s", cases[i].json, cases[i].field, error->message);
    }
  g_autoptr (GPtrArray) none = all_of (lab, &mh_report_change_type);
  g_assert_cmpuint (none->len, ==, 0);
  g_autoptr (GError) early = NULL;
  g_autofree char *unreleased = lab_order (lab, "KT");
  g_assert_null (propose (lab, technician, unreleased, CORRECT_K, &early));
  g_assert_error (early, MH_ERROR, MH_ERROR_NOT_FOUND);
  g_autoptr (GError) denied = NULL;
  g_assert_null (propose (lab, lab->technician, order, CORRECT_K, &denied));
  g_assert_error (denied, MH_ERROR, MH_ERROR_FORBIDDEN);
}

/* Never one's own; one at a time; decided once; what was overtaken can only be returned. */
static void
test_two_people (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) one = second_pathologist ();
  g_autofree char *order = released (lab, "KT", "K=4.1");
  g_autoptr (MhRecord) change = propose (lab, one, order, CORRECT_K, &error);
  g_assert_no_error (error);
  g_assert_null (decide (lab, one, mh_record_id (change), MH_DECISION_VERIFY, NULL, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_FORBIDDEN);
  g_clear_error (&error);
  g_assert_null (
      decide (lab, lab->technician, mh_record_id (change), MH_DECISION_VERIFY, NULL, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_FORBIDDEN);
  g_clear_error (&error);
  g_assert_null (propose (lab, one, order, CORRECT_K, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  g_clear_error (&error);
  g_autoptr (MhRecord) returned = decide (lab, lab->pathologist, mh_record_id (change),
                                          MH_DECISION_RETURN, "Which line?", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_text (returned, MH_REPORT_CHANGE_STATUS), ==,
                   MH_REPORT_CHANGE_RETURNED);
  g_assert_cmpstr (mh_record_text (returned, MH_REPORT_CHANGE_DECISION_NOTE), ==, "Which line?");
  g_assert_null (
      decide (lab, lab->pathologist, mh_record_id (change), MH_DECISION_VERIFY, NULL, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  g_autoptr (GPtrArray) all = versions_of (lab, order);
  g_assert_cmpuint (all->len, ==, 1);
  g_autoptr (MhRecord) again = changed (lab, order, CORRECT_K);
  g_assert_nonnull (again);
}

typedef struct
{
  gint64 levels; /* what the bench asks for */
  guint signatures;
} Levels;

static gboolean
set_levels (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  const Levels *row = data;
  g_autoptr (MhRecord) before = mh_store_find (mh_tx_db (tx), &mh_bench_type, "code", "C", error);
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_int (after, MH_BENCH_VERIFY_LEVELS, row->levels);
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

/* The bench's number of signatures, each of another person, none of the proposer; never none. */
static void
test_signatures (const MhTestDb *test)
{
  static const Levels rows[] = { { 0, 1 }, { 1, 1 }, { 2, 2 }, { 3, 3 } };
  static const char *const may[]
      = { MH_MAY_READ_RESULT, MH_MAY_VERIFY_RESULT, MH_MAY_READ_REPORT, NULL };
  static const char *const ids[]
      = { "01900000-0000-7000-8000-00000000010a", "01900000-0000-7000-8000-00000000010b",
          "01900000-0000-7000-8000-00000000010c" };
  static const char *const names[] = { "Dr Alpha", "Dr Beta", "Dr Gamma" };
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (MhActor) technician = proposer (lab);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      mh_assert_ok (lab_write (lab, lab->reception, set_levels, (gpointer)&rows[1], &error), error);
      mh_catalogue_invalidate (mh_server_catalogue (lab->server));
      g_autofree char *order = released (lab, "KT", "K=4.1");
      mh_assert_ok (lab_write (lab, lab->reception, set_levels, (gpointer)&rows[i], &error), error);
      mh_catalogue_invalidate (mh_server_catalogue (lab->server));
      g_autoptr (MhRecord) change = propose (lab, technician, order, CORRECT_K, &error);
      g_assert_no_error (error);
      g_assert_cmpint (mh_record_int (change, MH_REPORT_CHANGE_LEVELS), ==, rows[i].signatures);
      for (guint n = 0; n < rows[i].signatures; n++)
        {
          gboolean last = n + 1 == rows[i].signatures;
          g_autoptr (MhActor) signer
              = mh_actor_new (ids[n], names[n], "pathologist", LAB_HOSPITAL, NULL, may);
          g_autoptr (MhRecord) reply
              = decide (lab, signer, mh_record_id (change), MH_DECISION_VERIFY, NULL, &error);
          g_assert_no_error (error);
          g_assert_cmpstr (mh_record_text (reply, MH_REPORT_CHANGE_STATUS), ==,
                           last ? MH_REPORT_CHANGE_VERIFIED : MH_REPORT_CHANGE_WAITING);
          g_autoptr (GPtrArray) versions = versions_of (lab, order);
          g_assert_cmpuint (versions->len, ==, last ? 2 : 1);
          if (last)
            continue;
          g_assert_null (
              decide (lab, signer, mh_record_id (change), MH_DECISION_VERIFY, NULL, &error));
          g_assert_error (error, MH_ERROR, MH_ERROR_FORBIDDEN);
          g_clear_error (&error);
        }
      g_autoptr (GPtrArray) versions = versions_of (lab, order);
      g_autoptr (MhLabReport) content = content_of (versions->pdata[0]);
      g_assert_cmpstr (value_of (content, "K"), ==, "5.4");
      g_assert_cmpstr (mh_record_text (content->change, MH_REPORT_CHANGE_DECIDED_NAME), ==,
                       names[rows[i].signatures - 1]);
      g_assert_cmpstr (mh_record_text (content->change, MH_REPORT_CHANGE_LEVEL1_NAME), ==,
                       rows[i].signatures > 1 ? names[0] : NULL);
      g_assert_cmpstr (mh_record_text (content->change, MH_REPORT_CHANGE_LEVEL2_NAME), ==,
                       rows[i].signatures > 2 ? names[1] : NULL);
    }
}

static gboolean
rename_patient (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_patient_type, LAB_PATIENT, error);
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_PATIENT_GIVEN_NAME, "Aasha");
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

/* The register is put right first; then the report follows it, and says so. */
static void
test_identity (const MhTestDb *test)
{
  static const char json[] = "{\"kind\":\"correct\",\"reason\":\"identity\"}";
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) technician = proposer (lab);
  g_autofree char *order = released (lab, "KT", "K=4.1");
  g_assert_null (propose (lab, technician, order, json, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
  g_clear_error (&error);
  mh_assert_ok (lab_write (lab, lab->reception, rename_patient, NULL, &error), error);
  g_autoptr (MhRecord) change = changed (lab, order, json);
  g_autoptr (GPtrArray) all = versions_of (lab, order);
  g_autoptr (MhLabReport) content = content_of (all->pdata[0]);
  g_assert_cmpstr (mh_record_text (content->patient, MH_PATIENT_GIVEN_NAME), ==, "Aasha");
  g_autoptr (MhLabReport) old = content_of (all->pdata[1]);
  g_assert_cmpstr (mh_record_text (old->patient, MH_PATIENT_GIVEN_NAME), ==, "Asha");
  g_assert_nonnull (line_of (content, "Name"));
}

/* --- who is told --- */

static gboolean
add_user (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) user = mh_record_new (&mh_user_type);
  mh_record_set_text (user, MH_ID, mh_actor_user_id (lab->doctor));
  mh_record_set_text (user, MH_USER_USERNAME, "dev");
  mh_record_set_text (user, MH_USER_NAME, "Dr Dev Doctor");
  mh_record_set_text (user, MH_USER_EMAIL, "dev@hospital.example");
  mh_record_set_bool (user, MH_USER_ACTIVE, TRUE);
  return mh_tx_insert (tx, user, MH_AUDIT_CREATE, NULL, error);
}

static void
set_mail_up (Lab *lab)
{
  MhServerConfig *config = mh_server_config (lab->server);
  mh_server_config_set (config, "smtp.url", "smtp://127.0.0.1:1");
  mh_server_config_set (config, "smtp.from", "lab@hospital.example");
  mh_mail_observe (lab->server);
}

static void
print (Lab *lab, MhActor *actor, const char *order)
{
  g_autoptr (GError) error = NULL;
  g_auto (MhPaperMade) made = { 0 };
  MhWho who = { .user_id = mh_actor_user_id (actor),
                .user_name = mh_actor_name (actor),
                .role = "pathologist",
                .hospital_id = LAB_HOSPITAL,
                .station = "desk 4" };
  MhPaperWanted wanted
      = { .server = lab->server, .actor = actor, .who = &who, .order_id = order, .copy = TRUE };
  mh_assert_ok (mh_reports_service_report (&wanted, &made, &error), error);
}

static void
test_told (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  static const char *const may_print[] = { MH_MAY_PRINT_REPORT, MH_MAY_READ_REPORT, NULL };
  g_autoptr (MhActor) clerk = mh_actor_new (mh_actor_user_id (lab->second), "Sam Second",
                                            "technician", LAB_HOSPITAL, NULL, may_print);
  set_mail_up (lab);
  mh_assert_ok (lab_write (lab, lab->reception, add_user, NULL, &error), error);
  g_autofree char *order = released (lab, "KT", "K=4.1");
  g_autoptr (GPtrArray) first = versions_of (lab, order);
  const char *report = mh_record_id (first->pdata[0]);
  see (lab, lab->doctor, report);
  see (lab, lab->doctor, report);
  see (lab, lab->technician, report);
  see (lab, lab->pathologist, report);
  print (lab, clerk, order);
  print (lab, clerk, order);
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) accesses
      = mh_reports_service_accesses (MH_REQUEST_DB (db, NULL, lab->pathologist), order, &error);
  lab_done (lab, db);
  g_assert_cmpuint (accesses->len, ==, 5); /* three eyes, two papers */
  g_autoptr (MhRecord) change = changed (lab, order, CORRECT_K);
  /* Who made the change knows. */
  static const struct
  {
    guint who, n;
  } told[] = { { 0, 1 }, { 1, 1 }, { 2, 0 }, { 3, 0 } };
  MhActor *people[] = { lab->doctor, clerk, lab->technician, lab->pathologist };
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    {
      g_autoptr (GPtrArray) notices = notices_of (lab, people[told[i].who], TRUE);
      g_assert_cmpuint (notices->len, ==, told[i].n);
    }
  g_autoptr (GPtrArray) notices = notices_of (lab, lab->doctor, TRUE);
  MhRecord *notice = notices->pdata[0];
  g_assert_cmpint (mh_record_int (notice, MH_REPORT_NOTICE_OLD_VERSION), ==, 1);
  g_assert_cmpint (mh_record_int (notice, MH_REPORT_NOTICE_NEW_VERSION), ==, 2);
  g_assert_cmpstr (mh_record_text (notice, MH_REPORT_NOTICE_STATUS), ==,
                   MH_REPORT_STATUS_CORRECTED);
  g_assert_cmpstr (mh_record_text (notice, MH_REPORT_NOTICE_REASON), ==, MH_REPORT_REASON_TYPING);
  g_autoptr (GPtrArray) alerts = all_of (lab, &mh_alert_type);
  g_assert_cmpuint (alerts->len, ==, 2);
  g_autoptr (GPtrArray) mails = all_of (lab, &mh_mail_type);
  guint n_mails = 0;
  for (guint i = 0; i < mails->len; i++)
    if (g_strcmp0 (mh_record_text (mails->pdata[i], MH_MAIL_EVENT), MH_MAIL_REPORT_CHANGED) == 0)
      {
        g_assert_cmpstr (mh_record_text (mails->pdata[i], MH_MAIL_RECIPIENT), ==,
                         "dev@hospital.example");
        g_assert_false (mh_record_has (mails->pdata[i], MH_MAIL_REPORT_ID));
        n_mails++;
      }
  g_assert_cmpuint (n_mails, ==, 1);
  Step mine = { .actor = lab->doctor, .id = mh_record_id (notice) };
  Step theirs = { .actor = clerk, .id = mh_record_id (notice) };
  g_assert_false (lab_write (lab, clerk, acknowledge_step, &theirs, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_FORBIDDEN);
  g_clear_error (&error);
  mh_assert_ok (lab_write (lab, lab->doctor, acknowledge_step, &mine, &error), error);
  g_object_unref (mine.reply);
  g_autoptr (GPtrArray) left = notices_of (lab, lab->doctor, TRUE);
  g_autoptr (GPtrArray) kept = notices_of (lab, lab->doctor, FALSE);
  g_assert_cmpuint (left->len, ==, 0);
  g_assert_cmpuint (kept->len, ==, 1);
}

/* --- before it is final --- */

static MhRecord *
early (Lab *lab, const char *order, const char *status, GError **error)
{
  Step step = { .actor = lab->pathologist, .id = order, .text = status };
  return lab_write (lab, lab->pathologist, early_step, &step, error) ? step.reply : NULL;
}

static void
test_early (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) technician = proposer (lab);
  g_autofree char *order = lab_order (lab, "CBC KT");
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  g_assert_null (early (lab, order, MH_REPORT_STATUS_PARTIAL, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  g_clear_error (&error);
  drop (lab_save (lab, lab->technician, order, "HGB=13.2 HCT=40 K=4.1", TRUE, &error));
  g_assert_no_error (error);
  g_assert_null (early (lab, order, MH_REPORT_STATUS_PARTIAL, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  g_clear_error (&error);
  g_autoptr (MhRecord) first = early (lab, order, MH_REPORT_STATUS_PRELIMINARY, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_text (first, MH_REPORT_STATUS), ==, MH_REPORT_STATUS_PRELIMINARY);
  g_autoptr (MhRecord) open = lab_get (lab, &mh_order_type, order);
  g_assert_false (mh_record_has (open, MH_ORDER_REPORT_ID));
  see (lab, lab->doctor, mh_record_id (first));
  g_assert_null (propose (lab, technician, order, CORRECT_K, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  g_clear_error (&error);
  Step remark
      = { .actor = lab->pathologist, .id = order, .text = "Haemolytic; potassium to be repeated." };
  mh_assert_ok (lab_write (lab, lab->pathologist, remark_step, &remark, &error), error);
  g_object_unref (remark.reply);
  drop (lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error));
  g_assert_no_error (error);
  g_autoptr (GPtrArray) all = versions_of (lab, order);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpstr (mh_record_text (all->pdata[0], MH_REPORT_STATUS), ==, MH_REPORT_STATUS_FINAL);
  g_assert_cmpint (mh_record_int (all->pdata[0], MH_REPORT_VERSION_NO), ==, 2);
  g_autoptr (MhLabReport) content = content_of (all->pdata[0]);
  g_assert_cmpstr (content->comment, ==, "Haemolytic; potassium to be repeated.");
  g_autoptr (GPtrArray) notices = notices_of (lab, lab->doctor, TRUE);
  g_assert_cmpuint (notices->len, ==, 1);
  g_assert_false (mh_record_has (notices->pdata[0], MH_REPORT_NOTICE_REASON));
  g_assert_null (early (lab, order, MH_REPORT_STATUS_PRELIMINARY, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (lab_write (lab, lab->pathologist, remark_step, &remark, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
}

/* An early report that should not have gone out is cancelled; the order goes on. */
static void
test_early_cancelled (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = lab_order (lab, "KT");
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  drop (lab_save (lab, lab->technician, order, "K=4.1", TRUE, &error));
  drop (early (lab, order, MH_REPORT_STATUS_PRELIMINARY, &error));
  g_assert_no_error (error);
  g_autoptr (MhRecord) change = changed (lab, order, "{\"kind\":\"withdraw\",\"reason\":\"qc\"}");
  g_autoptr (GPtrArray) all = versions_of (lab, order);
  g_assert_cmpstr (mh_record_text (all->pdata[0], MH_REPORT_STATUS), ==,
                   MH_REPORT_STATUS_CANCELLED);
  g_autoptr (GPtrArray) results = all_of (lab, &mh_result_type);
  g_assert_cmpstr (mh_record_text (results->pdata[0], MH_RESULT_STATUS), ==,
                   MH_RESULT_STATUS_ENTERED);
}

/* The database itself refuses to rewrite what was released. */
static void
test_frozen_by_database (const MhTestDb *test)
{
  static const char sql_content[] = "UPDATE report SET content = '{}'";
  static const char sql_hash[] = "UPDATE report SET content_hash = 'x'";
  static const char sql_status[] = "UPDATE report SET status = 'preliminary'";
  static const char sql_delete[] = "DELETE FROM report";
  static const char sql_access[] = "UPDATE report_access SET by_name = 'x'";
  static const char sql_unseen[] = "DELETE FROM report_access";
  static const char sql_copies[] = "UPDATE report SET copies = copies + 1";
  static const char *const refused[]
      = { sql_content, sql_hash, sql_status, sql_delete, sql_access, sql_unseen };
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = released (lab, "KT", "K=4.1");
  g_autoptr (GPtrArray) all = versions_of (lab, order);
  see (lab, lab->doctor, mh_record_id (all->pdata[0]));
  g_autoptr (MhDb) outside = mh_test_connect (test, 0, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) no = NULL;
      g_assert_cmpint (mh_db_exec (outside, refused[i], MH_NO_ARGS, &no), ==, -1);
      g_assert_nonnull (no);
    }
  g_assert_cmpint (mh_db_exec (outside, sql_copies, MH_NO_ARGS, &error), ==, 1);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/corrections/corrected", test_corrected);
  mh_test_add_both ("/corrections/values-follow", test_values_follow);
  mh_test_add_both ("/corrections/kinds", test_kinds);
  mh_test_add_both ("/corrections/refused", test_refused);
  mh_test_add_both ("/corrections/two-people", test_two_people);
  mh_test_add_both ("/corrections/signatures", test_signatures);
  mh_test_add_both ("/corrections/identity", test_identity);
  mh_test_add_both ("/corrections/told", test_told);
  mh_test_add_both ("/corrections/early", test_early);
  mh_test_add_both ("/corrections/early-cancelled", test_early_cancelled);
  mh_test_add_both ("/corrections/frozen-by-database", test_frozen_by_database);
  return mh_test_run ();
}
