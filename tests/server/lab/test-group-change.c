/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A released blood group is changed by two people's determinations, and one that is not the
 * patient's earlier one with words; on both databases. */
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/reports/mh-reports-change.h"
#include "server/lab/reports/mh-reports-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/record/mh-record-check.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-report-change.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "tests/server/lab-fixture.h"

#include <string.h>

#define FIRST_DAY "2026-03-11T06:00:00.000Z"
#define SECOND_DAY "2026-03-12T06:00:00.000Z"
#define TO_A                                                                                       \
  "{\"kind\":\"correct\",\"reason\":\"typing\",\"values\":[{\"analyte\":\"ABO\",\"new_value\":"    \
  "\"A\"}]}"
#define REMARK                                                                                     \
  "{\"kind\":\"correct\",\"reason\":\"typing\",\"values\":[{\"analyte\":\"ABO\",\"new_value\":"    \
  "\"B\",\"comment\":\"Weak reaction\"}]}"
#define REMARK_OF_A                                                                                \
  "{\"kind\":\"correct\",\"reason\":\"typing\",\"values\":[{\"analyte\":\"ABO\",\"new_value\":"    \
  "\"A\",\"comment\":\"Weak reaction\"}]}"
#define WHY "Wristband read, second tube drawn: A again"

static void
drop (MhRecord *record)
{
  g_clear_object (&record);
}

/* Determined twice and released. */
static char *
released_on (Lab *lab, const char *day, const char *first, const char *second)
{
  g_autoptr (GError) error = NULL;
  char *order = lab_order (lab, "ABORH");
  lab_receive (lab, order, NULL, day);
  drop (lab_save (lab, lab->technician, order, first, TRUE, &error));
  g_assert_no_error (error);
  drop (lab_save (lab, lab->second, order, second, TRUE, &error));
  g_assert_no_error (error);
  drop (lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error));
  g_assert_no_error (error);
  return order;
}

static char *
released_b (Lab *lab, const char *day)
{
  return released_on (lab, day, "ABO=B RHD=POS", "ABO/2=B RHD/2=POS");
}

typedef struct
{
  MhActor *actor;
  const char *id;
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

/* The change of @order, by the technician. */
static MhRecord *
proposed (Lab *lab, const char *order, const char *json)
{
  static const char *const may[] = { MH_MAY_READ_RESULT, MH_MAY_ENTER_RESULT, MH_MAY_READ_REPORT,
                                     MH_MAY_CORRECT_REPORT, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) actor
      = mh_actor_new (mh_actor_user_id (lab->technician), mh_actor_name (lab->technician),
                      "technician", LAB_HOSPITAL, NULL, may);
  g_autoptr (MhRecord) body = lab_parse (&mh_report_change_type, "%s", json);
  Step step = { .actor = actor, .id = order, .body = body };
  mh_assert_ok (lab_write (lab, actor, propose_step, &step, &error), error);
  return step.reply;
}

/* @found: what @actor determined, "ABO=A"; NULL: nothing. NULL with @error. */
static MhRecord *
verify (Lab *lab,
        MhActor *actor,
        MhRecord *change,
        const char *found,
        const char *comment,
        GError **error)
{
  g_autoptr (MhRecord) body = mh_record_new (&mh_verification_type);
  mh_record_set_text (body, MH_VERIFICATION_DECISION, MH_DECISION_VERIFY);
  mh_record_set_text (body, MH_VERIFICATION_COMMENT, comment);
  if (found != NULL)
    {
      g_auto (GStrv) pair = g_strsplit (found, "=", 2);
      g_autoptr (MhRecord) value = mh_record_new (&mh_report_change_value_type);
      mh_record_set_text (value, MH_REPORT_CHANGE_VALUE_ANALYTE, pair[0]);
      mh_record_set_text (value, MH_REPORT_CHANGE_VALUE_NEW, pair[1]);
      mh_record_append (body, MH_VERIFICATION_VALUES, value);
    }
  Step step = { .actor = actor, .id = mh_record_id (change), .body = body };
  return lab_write (lab, actor, decide_step, &step, error) ? step.reply : NULL;
}

static void
assert_refused (Lab *lab,
                MhRecord *change,
                const char *found,
                const char *comment,
                const char *field,
                const char *words)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (verify (lab, lab->pathologist, change, found, comment, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
  const MhIssues *issues = mh_error_get_issues (error);
  g_assert_cmpuint (mh_issues_count (issues), ==, 1);
  g_assert_cmpstr (mh_issues_nth (issues, 0)->field, ==, field);
  if (strstr (mh_issues_nth (issues, 0)->message, words) == NULL)
    g_error ("“%s” does not say “%s”", mh_issues_nth (issues, 0)->message, words);
}

static void
assert_abo (Lab *lab, const char *order, const char *value, const char *status)
{
  g_autoptr (MhRecord) sheet = lab_sheet (lab, lab->pathologist, order);
  g_assert_cmpstr (mh_record_text (lab_row (sheet, "ABO"), MH_RESULT_ROW_VALUE), ==, value);
  g_assert_cmpstr (mh_record_text (lab_row (sheet, "ABO"), MH_RESULT_ROW_STATUS), ==, status);
}

static MhRecord *
line_of (MhRecord *change)
{
  GPtrArray *lines = mh_record_records (change, MH_REPORT_CHANGE_VALUES);
  g_assert_cmpuint (lines->len, ==, 1);
  return g_ptr_array_index (lines, 0);
}

static gboolean
read_change (Lab *lab, const char *id, MhRecord **out_change)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  *out_change = mh_reports_service_change (MH_REQUEST_DB (db, NULL, lab->pathologist), id, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  return *out_change != NULL;
}

static void
test_twice (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = released_b (lab, FIRST_DAY);
  g_autoptr (MhRecord) change = proposed (lab, order, TO_A);
  g_assert_true (mh_record_bool (line_of (change), MH_REPORT_CHANGE_VALUE_SECOND_WANTED));
  assert_refused (lab, change, NULL, NULL, "values",
                  "ABO group has to be determined a second time, by another person than ");
  assert_refused (lab, change, "ABO=", NULL, "values[0].new_value", "enter what you determined");
  assert_refused (lab, change, "ABO=X", NULL, "values[0].new_value", "choose one of");
  assert_refused (lab, change, "ABO=O", NULL, "values[0].new_value",
                  "you determined O, and the change says A");
  assert_refused (lab, change, "RHD=POS", NULL, "values[0].analyte", "nothing of this change");
  assert_abo (lab, order, "B", MH_RESULT_STATUS_VERIFIED);

  g_autoptr (MhRecord) done = verify (lab, lab->pathologist, change, "ABO=A", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_text (done, MH_REPORT_CHANGE_STATUS), ==, MH_REPORT_CHANGE_VERIFIED);
  assert_abo (lab, order, "A", MH_RESULT_STATUS_CORRECTED);
  g_autoptr (MhRecord) kept = NULL;
  g_assert_true (read_change (lab, mh_record_id (change), &kept));
  g_assert_cmpstr (mh_record_text (line_of (kept), MH_REPORT_CHANGE_VALUE_SECOND_VALUE), ==, "A");
  g_assert_cmpstr (mh_record_text (line_of (kept), MH_REPORT_CHANGE_VALUE_SECOND_BY), ==,
                   mh_actor_user_id (lab->pathologist));
}

/* A remark changes no group. */
static void
test_remark (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = released_b (lab, FIRST_DAY);
  g_autoptr (MhRecord) change = proposed (lab, order, REMARK);
  g_assert_false (mh_record_bool (line_of (change), MH_REPORT_CHANGE_VALUE_SECOND_WANTED));
  assert_refused (lab, change, "ABO=B", NULL, "values[0].analyte", "nothing of this change");
  drop (verify (lab, lab->pathologist, change, NULL, NULL, &error));
  g_assert_no_error (error);
  assert_abo (lab, order, "B", MH_RESULT_STATUS_CORRECTED);
}

/* Who made a determination verifies nothing of it, also when a remark alone is changed. */
static void
assert_own (Lab *lab, const MhActor *who, MhRecord *change)
{
  static const char *const may[]
      = { MH_MAY_READ_RESULT, MH_MAY_VERIFY_RESULT, MH_MAY_READ_REPORT, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) actor = mh_actor_new (mh_actor_user_id (who), mh_actor_name (who),
                                            "pathologist", LAB_HOSPITAL, NULL, may);
  g_assert_null (verify (lab, actor, change, NULL, NULL, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_FORBIDDEN);
  g_assert_cmpstr (error->message, ==,
                   "You determined ABO group; somebody else has to verify its change.");
}

static void
test_remark_own (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = released_on (lab, FIRST_DAY, "ABO=B RHD=POS", "ABO/2=B RHD/2=POS");
  g_autoptr (MhRecord) change = proposed (lab, order, REMARK);
  assert_own (lab, lab->second, change);
  assert_abo (lab, order, "B", MH_RESULT_STATUS_VERIFIED);
  drop (verify (lab, lab->pathologist, change, NULL, NULL, &error));
  g_assert_no_error (error);
  assert_abo (lab, order, "B", MH_RESULT_STATUS_CORRECTED);
}

/* Also who determined it for an earlier change: the result keeps that, as it keeps the first two.
 */
static void
test_remark_later (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = released_b (lab, FIRST_DAY);
  g_autoptr (MhRecord) change = proposed (lab, order, TO_A);
  drop (verify (lab, lab->pathologist, change, "ABO=A", NULL, &error));
  g_assert_no_error (error);

  g_autoptr (MhRecord) sheet = lab_sheet (lab, lab->pathologist, order);
  MhRecord *row = lab_row (sheet, "ABO");
  g_assert_cmpstr (mh_record_text (row, MH_RESULT_ROW_SECOND_VALUE), ==, "A");
  g_assert_cmpstr (mh_record_text (row, MH_RESULT_ROW_SECOND_BY), ==,
                   mh_actor_user_id (lab->pathologist));

  g_autoptr (MhRecord) remark = proposed (lab, order, REMARK_OF_A);
  assert_own (lab, lab->pathologist, remark);
  assert_abo (lab, order, "A", MH_RESULT_STATUS_CORRECTED);
}

/* Another group than that of an earlier order goes out with words alone. */
static void
test_other_group (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *earlier = released_b (lab, FIRST_DAY);
  g_autofree char *order = released_b (lab, SECOND_DAY);
  g_autoptr (MhRecord) change = proposed (lab, order, TO_A);
  assert_refused (lab, change, "ABO=A", NULL, "comment",
                  "Earlier result: B positive of 11 Mar. Check the sample's identity.");
  assert_abo (lab, order, "B", MH_RESULT_STATUS_VERIFIED);
  drop (verify (lab, lab->pathologist, change, "ABO=A", WHY, &error));
  g_assert_no_error (error);
  assert_abo (lab, order, "A", MH_RESULT_STATUS_CORRECTED);
}

static gboolean
two_signatures (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) before = mh_store_find (mh_tx_db (tx), &mh_bench_type, "code", "T", error);
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_int (after, MH_BENCH_VERIFY_LEVELS, 2);
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

/* Of several who sign, the first makes it; once. */
static void
test_signatures (const MhTestDb *test)
{
  static const char *const may[]
      = { MH_MAY_READ_RESULT, MH_MAY_VERIFY_RESULT, MH_MAY_READ_REPORT, NULL };
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) other = mh_actor_new ("01900000-0000-7000-8000-00000000010a", "Dr Alpha",
                                            "pathologist", LAB_HOSPITAL, NULL, may);
  g_autofree char *order = released_b (lab, FIRST_DAY);
  mh_assert_ok (lab_write (lab, lab->reception, two_signatures, NULL, &error), error);
  mh_catalogue_invalidate (mh_server_catalogue (lab->server));
  g_autoptr (MhRecord) change = proposed (lab, order, TO_A);
  g_assert_null (verify (lab, other, change, NULL, NULL, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
  g_clear_error (&error);
  drop (verify (lab, other, change, "ABO=A", NULL, &error));
  g_assert_no_error (error);
  assert_abo (lab, order, "B", MH_RESULT_STATUS_VERIFIED);
  assert_refused (lab, change, "ABO=A", NULL, "values[0].analyte",
                  "determined a second time already, by Dr Alpha");
  drop (verify (lab, lab->pathologist, change, NULL, NULL, &error));
  g_assert_no_error (error);
  assert_abo (lab, order, "A", MH_RESULT_STATUS_CORRECTED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/group-change/twice", test_twice);
  mh_test_add_both ("/group-change/remark", test_remark);
  mh_test_add_both ("/group-change/remark-own", test_remark_own);
  mh_test_add_both ("/group-change/remark-later", test_remark_later);
  mh_test_add_both ("/group-change/other-group", test_other_group);
  mh_test_add_both ("/group-change/signatures", test_signatures);
  return mh_test_run ();
}
