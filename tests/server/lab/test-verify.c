/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signatures of each level, parts of an order, taking back; what goes by itself; on both databases.
 */
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/results/mh-auto-service.h"
#include "server/lab/results/mh-results-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/base/mh-clock.h"
#include "shared/base/mh-date.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-auto.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-pending-release.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-settings.h"
#include "tests/server/lab-fixture.h"

static void
drop (MhRecord *record)
{
  g_clear_object (&record);
}

/* --- people and settings --- */

static MhActor *
verifier (guint number)
{
  static const char *const may[] = { MH_MAY_READ_RESULT, MH_MAY_ENTER_RESULT, MH_MAY_VERIFY_RESULT,
                                     MH_MAY_WRITE_AUTO_RULE, NULL };
  g_autofree char *id = g_strdup_printf ("01900000-0000-7000-8000-0000000002%02u", number);
  g_autofree char *name = g_strdup_printf ("Dr Number %u", number);
  return mh_actor_new (id, name, "pathologist", LAB_HOSPITAL, NULL, may);
}

typedef struct
{
  const MhRecordType *type;
  const char *json;
} Row;

static gboolean
insert (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  const Row *row = data;
  g_autoptr (MhRecord) record
      = mh_record_from_text (row->type, row->json, -1, MH_JSON_TRUSTED, error);
  return record != NULL && mh_tx_insert (tx, record, MH_AUDIT_CREATE, NULL, error);
}

static void
add (Lab *lab, const MhRecordType *type, const char *json)
{
  g_autoptr (GError) error = NULL;
  Row row = { type, json };
  mh_assert_ok (lab_write (lab, lab->reception, insert, &row, &error), error);
}

static void
set (Lab *lab, const char *key, const char *kind, const char *value)
{
  g_autofree char *json = g_strdup_printf ("{\"hospital_id\":\"" LAB_HOSPITAL
                                           "\",\"key\":\"%s\",\"kind\":\"%s\",\"value\":\"%s\"}",
                                           key, kind, value);
  add (lab, &mh_setting_type, json);
}

typedef struct
{
  const char *code;
  gint64 levels;
} Bench;

static gboolean
change_bench (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  const Bench *bench = data;
  g_autoptr (MhRecord) before
      = mh_store_find (mh_tx_db (tx), &mh_bench_type, "code", bench->code, error);
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_int (after, MH_BENCH_VERIFY_LEVELS, bench->levels);
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

static void
set_bench (Lab *lab, const char *code, gint64 levels)
{
  g_autoptr (GError) error = NULL;
  Bench bench = { code, levels };
  mh_assert_ok (lab_write (lab, lab->reception, change_bench, &bench, &error), error);
  mh_catalogue_invalidate (mh_server_catalogue (lab->server));
}

/* --- decisions --- */

typedef struct
{
  MhActor *actor;
  const char *order;
  MhRecord *body, *reply;
} Step;

static gboolean
run_decision (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  g_clear_object (&step->reply);
  step->reply = mh_results_service_verify (MH_REQUEST_TX (tx, lab->server, step->actor),
                                           step->order, step->body, error);
  return step->reply != NULL;
}

/* @tests separated by spaces, NULL: all. */
static MhRecord *
decide (Lab *lab,
        MhActor *actor,
        const char *order,
        const char *decision,
        const char *tests,
        GError **error)
{
  g_autoptr (MhRecord) body = mh_record_new (&mh_verification_type);
  Step step = { .actor = actor, .order = order, .body = body };
  mh_record_set_text (body, MH_VERIFICATION_DECISION, decision);
  if (g_strcmp0 (decision, MH_DECISION_VERIFY) != 0)
    mh_record_set_text (body, MH_VERIFICATION_REASON, MH_RETURN_RECHECK);
  if (tests != NULL)
    {
      g_auto (GStrv) list = g_strsplit (tests, " ", -1);
      mh_record_set_list (body, MH_VERIFICATION_TESTS, (const char *const *)list);
    }
  return lab_write (lab, actor, run_decision, &step, error) ? step.reply : NULL;
}

/* @collected NULL: now. */
static char *
order_entered (Lab *lab, const char *tests, const char *values, const char *collected)
{
  g_autoptr (GError) error = NULL;
  char *order = lab_order (lab, tests);
  lab_receive (lab, order, NULL, collected);
  drop (lab_save (lab, lab->technician, order, values, TRUE, &error));
  g_assert_no_error (error);
  return order;
}

static char *
entered_order (Lab *lab, const char *tests, const char *values)
{
  return order_entered (lab, tests, values, LAB_FIRST_OF_TWELVE);
}

static MhRecord *
result_of (Lab *lab, const char *order, const char *analyte)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) all = mh_store_all (db, &mh_result_type, "order_id", order, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  for (guint i = 0; i < all->len; i++)
    if (g_strcmp0 (mh_record_text (all->pdata[i], MH_RESULT_ANALYTE), analyte) == 0)
      return g_object_ref (all->pdata[i]);
  g_error ("no result %s", analyte);
}

static void
assert_status (Lab *lab, const char *order, const char *analyte, const char *status)
{
  g_autoptr (MhRecord) result = result_of (lab, order, analyte);
  g_assert_cmpstr (mh_record_text (result, MH_RESULT_STATUS), ==, status);
}

static const char *
order_status (MhRecord *order)
{
  return mh_record_text (order, MH_ORDER_STATUS);
}

/* --- cases --- */

/* None to three: who enters never signs, nobody signs twice, the last one releases. */
static void
test_levels (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (MhActor) one = verifier (1);
  g_autoptr (MhActor) two = verifier (2);
  g_autoptr (MhActor) three = verifier (3);
  MhActor *signers[] = { one, two, three };
  for (guint levels = 0; levels <= 3; levels++)
    {
      set_bench (lab, "C", levels);
      g_autofree char *order = order_entered (lab, "KT", "K=4.1", NULL);
      for (guint i = 0; i < levels; i++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (GError) again = NULL;
          assert_status (lab, order, "K", MH_RESULT_STATUS_ENTERED);
          if (i > 0)
            {
              g_assert_null (decide (lab, signers[i - 1], order, MH_DECISION_VERIFY, NULL, &again));
              g_assert_error (again, MH_ERROR, MH_ERROR_FORBIDDEN);
            }
          g_autoptr (MhRecord) seen
              = decide (lab, signers[i], order, MH_DECISION_VERIFY, NULL, &error);
          g_assert_no_error (error);
          g_assert_cmpstr (order_status (seen), ==,
                           i + 1 == levels ? MH_ORDER_STATUS_COMPLETED : MH_ORDER_STATUS_RESULTED);
        }
      assert_status (lab, order, "K", MH_RESULT_STATUS_VERIFIED);
      g_autoptr (MhRecord) done = lab_get (lab, &mh_order_type, order);
      g_assert_cmpstr (order_status (done), ==, MH_ORDER_STATUS_COMPLETED);
      g_assert_true (mh_record_has (done, MH_ORDER_REPORT_ID));
      g_autoptr (MhRecord) result = result_of (lab, order, "K");
      g_assert_cmpint (mh_record_int (result, MH_RESULT_VERIFY_LEVEL), ==, levels);
      g_assert_cmpint (mh_record_bool (result, MH_RESULT_AUTO_VERIFIED), ==, levels == 0);
      g_assert_cmpstr (mh_record_text (result, MH_RESULT_VERIFIED_NAME), ==,
                       levels == 0 ? "auto" : mh_actor_name (signers[levels - 1]));
    }
}

/* The hospital's number holds where the bench says nothing. */
static void
test_setting (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (MhActor) one = verifier (1);
  g_autoptr (GError) error = NULL;
  set (lab, MH_SET_VERIFY_LEVELS, MH_SETTING_KIND_INT, "2");
  set_bench (lab, "H", 1);
  g_autofree char *order = entered_order (lab, "KT HB", "K=4.1 HGB=13");
  drop (decide (lab, one, order, MH_DECISION_VERIFY, NULL, &error));
  g_assert_no_error (error);
  assert_status (lab, order, "K", MH_RESULT_STATUS_ENTERED);
  assert_status (lab, order, "HGB", MH_RESULT_STATUS_VERIFIED);
}

/* A signature is under the value that stood there. */
static void
test_void (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (MhActor) one = verifier (1);
  g_autoptr (GError) error = NULL;
  set_bench (lab, "C", 2);
  g_autofree char *order = entered_order (lab, "KT", "K=4.1");
  drop (decide (lab, one, order, MH_DECISION_VERIFY, NULL, &error));
  drop (lab_save (lab, lab->technician, order, "K=4.1", TRUE, &error));
  g_assert_no_error (error);
  g_autoptr (MhRecord) same = result_of (lab, order, "K");
  g_assert_cmpint (mh_record_int (same, MH_RESULT_VERIFY_LEVEL), ==, 1);
  drop (lab_save (lab, lab->technician, order, "K=4.2", TRUE, &error));
  g_assert_no_error (error);
  g_autoptr (MhRecord) other = result_of (lab, order, "K");
  g_assert_cmpint (mh_record_int (other, MH_RESULT_VERIFY_LEVEL), ==, 0);
  g_assert_false (mh_record_has (other, MH_RESULT_LEVEL1_BY));
  drop (decide (lab, one, order, MH_DECISION_VERIFY, NULL, &error));
  g_assert_no_error (error);
}

/* One test of several; one's own only keeps back what is one's own; a test that is not there. */
static void
test_partial (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (MhActor) one = verifier (1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) own = NULL;
  g_autoptr (GError) unknown = NULL;
  g_autofree char *order = lab_order (lab, "KT HB");
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  drop (lab_save (lab, lab->technician, order, "K=4.1", FALSE, &error));
  drop (lab_save (lab, one, order, "HGB=13", TRUE, &error));
  g_assert_no_error (error);
  g_assert_null (decide (lab, one, order, MH_DECISION_VERIFY, NULL, &own));
  g_assert_error (own, MH_ERROR, MH_ERROR_FORBIDDEN);
  g_autoptr (MhRecord) sheet = lab_sheet (lab, one, order);
  g_assert_true (mh_record_bool (lab_row (sheet, "K"), MH_RESULT_ROW_MAY_VERIFY));
  g_assert_false (mh_record_bool (lab_row (sheet, "HGB"), MH_RESULT_ROW_MAY_VERIFY));
  g_autoptr (MhRecord) part = decide (lab, one, order, MH_DECISION_VERIFY, "KT", &error);
  g_assert_no_error (error);
  g_assert_false (mh_record_has (part, MH_ORDER_REPORT_ID));
  assert_status (lab, order, "K", MH_RESULT_STATUS_VERIFIED);
  assert_status (lab, order, "HGB", MH_RESULT_STATUS_ENTERED);
  g_assert_null (decide (lab, one, order, MH_DECISION_VERIFY, "KT NOPE", &unknown));
  g_assert_error (unknown, MH_ERROR, MH_ERROR_INVALID);
  g_assert_nonnull (mh_issues_find (mh_error_get_issues (unknown), "tests[1]"));
  g_autoptr (MhRecord) all
      = decide (lab, lab->pathologist, order, MH_DECISION_VERIFY, "HB", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (order_status (all), ==, MH_ORDER_STATUS_COMPLETED);
}

/* A verification is taken back as long as the report is not out, with a reason. */
static void
test_withdraw (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) late = NULL;
  g_autoptr (GError) nothing = NULL;
  g_autofree char *order = entered_order (lab, "KT HB", "K=4.1 HGB=13");
  g_assert_null (decide (lab, lab->pathologist, order, MH_DECISION_WITHDRAW, NULL, &nothing));
  g_assert_error (nothing, MH_ERROR, MH_ERROR_CONFLICT);
  drop (decide (lab, lab->pathologist, order, MH_DECISION_VERIFY, "KT", &error));
  drop (decide (lab, lab->pathologist, order, MH_DECISION_WITHDRAW, "KT", &error));
  g_assert_no_error (error);
  assert_status (lab, order, "K", MH_RESULT_STATUS_ENTERED);
  g_autoptr (MhRecord) result = result_of (lab, order, "K");
  g_assert_false (mh_record_has (result, MH_RESULT_VERIFIED_BY));
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) past
      = mh_store_all (db, &mh_result_version_type, "order_id", order, &error);
  lab_done (lab, db);
  g_assert_cmpuint (past->len, ==, 1);
  drop (decide (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error));
  g_assert_no_error (error);
  g_assert_null (decide (lab, lab->pathologist, order, MH_DECISION_WITHDRAW, NULL, &late));
  g_assert_error (late, MH_ERROR, MH_ERROR_CONFLICT);
}

/* --- what the database refuses by itself --- */

typedef struct
{
  const char *id;
  const guint *fields; /* set to whoever entered it, 0 ends */
  const char *other;   /* the other fields of a signature */
} Forged;

static gboolean
forge (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  const Forged *forged = data;
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_result_type, forged->id, error);
  g_autoptr (MhRecord) after = mh_record_copy (before);
  for (guint i = 0; forged->fields[i] != 0; i++)
    mh_record_set_text (after, forged->fields[i],
                        forged->other != NULL ? forged->other
                                              : mh_record_text (before, MH_RESULT_ENTERED_BY));
  if (!mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error))
    return FALSE;
  g_autoptr (MhRecord) read = mh_store_get (mh_tx_db (tx), &mh_result_type, forged->id, error);
  return read != NULL;
}

static void
test_database (const MhTestDb *test)
{
  static const struct
  {
    guint fields[3];
    const char *other;
    gboolean taken;
  } cases[] = {
    { { MH_RESULT_VERIFIED_BY }, NULL, FALSE },
    { { MH_RESULT_LEVEL1_BY }, NULL, FALSE },
    { { MH_RESULT_LEVEL2_BY }, NULL, FALSE },
    { { MH_RESULT_LEVEL1_BY, MH_RESULT_LEVEL2_BY }, "01900000-0000-7000-8000-000000000299", FALSE },
    { { MH_RESULT_LEVEL1_BY, MH_RESULT_VERIFIED_BY },
      "01900000-0000-7000-8000-000000000299",
      FALSE },
    { { MH_RESULT_LEVEL1_BY }, "01900000-0000-7000-8000-000000000299", TRUE },
    { { MH_RESULT_VERIFIED_BY }, "01900000-0000-7000-8000-000000000298", TRUE },
    { { MH_RESULT_VERIFIED_BY }, "01900000-0000-7000-8000-000000000299", FALSE },
  };
  g_autoptr (Lab) lab = lab_new (test);
  g_autofree char *order = entered_order (lab, "KT", "K=4.1");
  g_autoptr (MhRecord) result = result_of (lab, order, "K");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      Forged forged = { mh_record_id (result), cases[i].fields, cases[i].other };
      g_assert_cmpint (lab_write (lab, lab->pathologist, forge, &forged, &error), ==,
                       cases[i].taken);
    }
}

/* --- by itself --- */

#define RULE(rest)                                                                                 \
  "{\"hospital_id\":\"" LAB_HOSPITAL "\",\"name\":\"rule\",\"active\":true,\"by_hand\":true" rest  \
  "}"

static void
assert_held (Lab *lab, const char *order, const char *analyte, const char *held)
{
  g_autoptr (MhRecord) sheet = lab_sheet (lab, lab->pathologist, order);
  const char *const *codes = mh_record_list (lab_row (sheet, analyte), MH_RESULT_ROW_HELD);
  g_autofree char *joined = codes != NULL ? g_strjoinv (" ", (char **)codes) : g_strdup ("");
  g_assert_cmpstr (joined, ==, held);
}

/* Off, nothing happens; on, each value goes or says why not; a test is not torn apart. */
static void
test_auto (const MhTestDb *test)
{
  static const struct
  {
    const char *tests, *values, *analyte, *status, *held;
  } cases[] = {
    { "KT", "K=4.1", "K", "verified", "" },
    { "KT", "K=5.5", "K", "entered", "flag" },
    { "KT", "K=6.8", "K", "entered", "critical flag" },
    { "HB", "HGB=13", "HGB", "entered", "no_rule" },
    { "CHOLT", "CHOL=180", "CHOL", "entered", "no_range" },
  };
  g_autoptr (Lab) lab = lab_new (test);
  add (lab, &mh_auto_rule_type, RULE (",\"bench\":\"C\""));
  g_autofree char *off = order_entered (lab, "KT", "K=4.1", NULL);
  assert_status (lab, off, "K", MH_RESULT_STATUS_ENTERED);
  assert_held (lab, off, "K", "");
  set (lab, MH_SET_VERIFY_AUTO, MH_SETTING_KIND_BOOL, "true");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *order = order_entered (lab, cases[i].tests, cases[i].values, NULL);
      assert_status (lab, order, cases[i].analyte, cases[i].status);
      assert_held (lab, order, cases[i].analyte, cases[i].held);
    }
}

/* What was measured later than its sample keeps waits for a person, whether a rule lets it go or
 * nobody signs at its bench. KT keeps for four hours. */
static void
test_auto_too_old (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  MhClock *clock = mh_server_clock (lab->server);
  add (lab, &mh_auto_rule_type, RULE (",\"bench\":\"C\""));
  set (lab, MH_SET_VERIFY_AUTO, MH_SETTING_KIND_BOOL, "true");

  for (int late = 0; late < 2; late++)
    {
      char drawn[MH_INSTANT_LENGTH + 1];
      mh_instant_format (mh_clock_now (clock) - 4 * MH_HOUR + (late ? -1 : 10) * MH_MINUTE, drawn);
      g_autofree char *order = order_entered (lab, "KT", "K=4.1", drawn);
      assert_held (lab, order, "K", late ? "too_old" : "");
      assert_status (lab, order, "K", late ? MH_RESULT_STATUS_ENTERED : MH_RESULT_STATUS_VERIFIED);
    }
}

static void
test_auto_whole (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  add (lab, &mh_auto_rule_type, RULE (",\"analyte\":\"HGB\""));
  set (lab, MH_SET_VERIFY_AUTO, MH_SETTING_KIND_BOOL, "true");
  g_autofree char *order = order_entered (lab, "CBC KT", "HGB=13 HCT=40 K=4.1", NULL);
  assert_status (lab, order, "HGB", MH_RESULT_STATUS_ENTERED);
  assert_held (lab, order, "HGB", "companion");
  assert_held (lab, order, "HCT", "no_rule");
  /* "auto" signed nothing here: the person who comes does. */
  drop (decide (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error));
  g_assert_no_error (error);
  assert_status (lab, order, "HGB", MH_RESULT_STATUS_VERIFIED);
}

/* Report and audit trail know that it was nobody. */
static void
test_auto_name (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  add (lab, &mh_auto_rule_type, RULE (""));
  set (lab, MH_SET_VERIFY_AUTO, MH_SETTING_KIND_BOOL, "true");
  g_autofree char *order = order_entered (lab, "KT", "K=4.1", NULL);
  g_autoptr (MhRecord) done = lab_get (lab, &mh_order_type, order);
  g_assert_cmpstr (order_status (done), ==, MH_ORDER_STATUS_COMPLETED);
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) decisions
      = mh_store_all (db, &mh_verification_type, "order_id", order, &error);
  g_assert_cmpuint (decisions->len, ==, 1);
  g_assert_cmpstr (mh_record_text (decisions->pdata[0], MH_VERIFICATION_BY_NAME), ==, "auto");
  g_assert_false (mh_record_has (decisions->pdata[0], MH_VERIFICATION_BY_ID));
  g_autoptr (GPtrArray) entries = mh_store_all (db, &mh_audit_entry_type, "object_id",
                                                mh_record_id (decisions->pdata[0]), &error);
  lab_done (lab, db);
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpstr (mh_record_text (entries->pdata[0], MH_AUDIT_ENTRY_USERNAME), ==, "auto");
  g_assert_false (mh_record_has (entries->pdata[0], MH_AUDIT_ENTRY_USER_ID));
}

/* What a rule would have done: nothing changes, misses are shown. */
static void
test_trial (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *good = order_entered (lab, "KT", "K=4.1", NULL);
  g_autofree char *high = order_entered (lab, "KT", "K=5.5", NULL);
  g_autofree char *changed = order_entered (lab, "KT", "K=4.0", NULL);
  drop (lab_save (lab, lab->technician, changed, "K=4.4", TRUE, &error));
  const char *orders[] = { good, high, changed };
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    drop (decide (lab, lab->pathologist, orders[i], MH_DECISION_VERIFY, NULL, &error));
  g_assert_no_error (error);
  g_autoptr (MhRecord) trial = mh_record_from_text (
      &mh_auto_trial_type,
      "{\"from\":\"2026-01-01\",\"to\":\"2099-01-01\",\"rule\":{\"name\":\"try\",\"analyte\":\"K\","
      "\"by_hand\":true}}",
      -1, MH_JSON_TRUSTED, &error);
  g_assert_no_error (error);
  MhDb *db = lab_reader (lab);
  g_autoptr (MhRecord) outcome
      = mh_auto_service_try (MH_REQUEST_DB (db, lab->server, lab->pathologist), trial,
                             mh_clock_now (mh_server_clock (lab->server)), &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  g_assert_cmpint (mh_record_int (outcome, MH_AUTO_OUTCOME_RESULTS), ==, 3);
  g_assert_cmpint (mh_record_int (outcome, MH_AUTO_OUTCOME_PASSED), ==, 2);
  g_assert_cmpstr (mh_record_text (outcome, MH_AUTO_OUTCOME_PERCENT), ==, "66.7");
  g_assert_cmpint (mh_record_int (outcome, MH_AUTO_OUTCOME_CHANGED), ==, 1);
  GPtrArray *reasons = mh_record_records (outcome, MH_AUTO_OUTCOME_REASONS);
  g_assert_cmpuint (reasons->len, ==, 1);
  g_assert_cmpstr (mh_record_text (reasons->pdata[0], MH_AUTO_REASON_CODE), ==, "flag");
  GPtrArray *misses = mh_record_records (outcome, MH_AUTO_OUTCOME_MISSES);
  g_assert_cmpstr (mh_record_text (misses->pdata[0], MH_AUTO_MISS_ORDER_ID), ==, changed);
}

/* Critical first, then the oldest; what needs no look is told, what is one's own too. */
static void
test_queue (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *plain = order_entered (lab, "KT", "K=4.1", NULL);
  g_autofree char *critical = order_entered (lab, "KT HB", "K=6.8 HGB=13", NULL);
  MhDb *db = lab_reader (lab);
  MhVerifyQuery query = { .limit = 50 };
  g_autoptr (GPtrArray) rows
      = mh_auto_service_queue (MH_REQUEST_DB (db, lab->server, lab->technician), &query, &error);
  g_assert_no_error (error);
  /* behind the first comes the second, and nothing behind that */
  query.after_pressing = mh_auto_pressing (rows->pdata[0]);
  query.after_at = mh_record_int (rows->pdata[0], MH_VERIFY_ROW_ORDERED_AT);
  query.after_id = critical;
  g_autoptr (GPtrArray) rest
      = mh_auto_service_queue (MH_REQUEST_DB (db, lab->server, lab->technician), &query, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rest->len, ==, 1);
  g_assert_cmpstr (mh_record_text (rest->pdata[0], MH_VERIFY_ROW_ORDER_ID), ==, plain);
  query.after_pressing = mh_auto_pressing (rest->pdata[0]);
  query.after_at = mh_record_int (rest->pdata[0], MH_VERIFY_ROW_ORDERED_AT);
  query.after_id = plain;
  g_autoptr (GPtrArray) none
      = mh_auto_service_queue (MH_REQUEST_DB (db, lab->server, lab->technician), &query, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpstr (mh_record_text (rows->pdata[0], MH_VERIFY_ROW_ORDER_ID), ==, critical);
  g_assert_cmpint (mh_record_int (rows->pdata[0], MH_VERIFY_ROW_VALUES), ==, 2);
  g_assert_cmpint (mh_record_int (rows->pdata[0], MH_VERIFY_ROW_CRITICAL), ==, 1);
  g_assert_cmpint (mh_record_int (rows->pdata[0], MH_VERIFY_ROW_OWN), ==, 2);
  g_assert_false (mh_record_bool (rows->pdata[0], MH_VERIFY_ROW_CLEAN));
  g_assert_true (mh_record_bool (rows->pdata[1], MH_VERIFY_ROW_CLEAN));
}

/* --- several at once, with a minute to take it back --- */

#define BATCH "01900000-0000-7000-8000-00000000b001"

typedef struct
{
  MhActor *actor;
  const char *order; /* NULL: take the act back */
  MhRecord *reply;
} Bulk;

static gboolean
run_bulk (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Bulk *bulk = data;
  g_clear_object (&bulk->reply);
  if (bulk->order == NULL)
    bulk->reply
        = mh_results_service_undo_bulk (MH_REQUEST_TX (tx, NULL, bulk->actor), BATCH, error);
  else
    {
      g_autoptr (MhRecord) body = mh_record_new (&mh_bulk_verification_type);
      mh_record_set_text (body, MH_BULK_VERIFICATION_BATCH_ID, BATCH);
      bulk->reply = mh_results_service_verify_bulk (MH_REQUEST_TX (tx, lab->server, bulk->actor),
                                                    bulk->order, body, error);
    }
  return bulk->reply != NULL;
}

static MhRecord *
in_bulk (Lab *lab, MhActor *actor, const char *order, GError **error)
{
  Bulk bulk = { .actor = actor, .order = order };
  return lab_write (lab, actor, run_bulk, &bulk, error) ? bulk.reply : NULL;
}

/* What a server's threads would do at this instant. */
static void
run_jobs (Lab *lab, gint64 after)
{
  g_autoptr (GError) error = NULL;
  MhClock *clock = mh_server_clock (lab->server);
  mh_clock_advance (clock, after);
  mh_assert_ok (mh_jobs_run_due (mh_server_jobs (lab->server), NULL, &error), error);
}

static void
assert_unseen (Lab *lab, const char *order)
{
  g_autoptr (MhRecord) seen = lab_get (lab, &mh_order_type, order);
  assert_status (lab, order, "K", MH_RESULT_STATUS_ENTERED);
  g_assert_cmpstr (order_status (seen), ==, MH_ORDER_STATUS_RESULTED);
  g_assert_false (mh_record_has (seen, MH_ORDER_REPORT_ID));
}

/* From here on time stands still. */
static void
stop_time (Lab *lab)
{
  MhClock *clock = mh_server_clock (lab->server);
  mh_clock_set (clock, mh_clock_now (clock));
  mh_results_service_register (lab->server);
}

/* Nothing of it is signed before the minute is over; both sides of it. */
static void
test_bulk (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (MhActor) one = verifier (1);
  g_autoptr (GError) error = NULL, refused = NULL;
  stop_time (lab);
  g_autofree char *first = order_entered (lab, "KT", "K=4.1", NULL);
  g_autofree char *second = order_entered (lab, "KT", "K=4.2", NULL);
  drop (in_bulk (lab, one, first, &error));
  drop (in_bulk (lab, one, second, &error));
  g_assert_no_error (error);
  g_assert_null (in_bulk (lab, lab->pathologist, first, &refused));
  g_assert_error (refused, MH_ERROR, MH_ERROR_CONFLICT);
  g_assert_nonnull (strstr (refused->message, "Dr Number 1"));
  run_jobs (lab, MH_PENDING_TIME - 1);
  assert_unseen (lab, first);
  run_jobs (lab, 1);
  g_autoptr (MhRecord) done = lab_get (lab, &mh_order_type, first);
  g_autoptr (MhRecord) other = lab_get (lab, &mh_order_type, second);
  g_autoptr (MhRecord) result = result_of (lab, first, "K");
  g_assert_true (mh_record_has (done, MH_ORDER_REPORT_ID));
  g_assert_true (mh_record_has (other, MH_ORDER_REPORT_ID));
  g_assert_cmpstr (mh_record_text (result, MH_RESULT_VERIFIED_NAME), ==, "Dr Number 1");
}

/* At the last instant by the same person alone; afterwards the words say what to do. */
static void
test_bulk_undo (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (MhActor) one = verifier (1);
  g_autoptr (MhActor) two = verifier (2);
  g_autoptr (GError) error = NULL, other = NULL, late = NULL, unknown = NULL;
  stop_time (lab);
  g_assert_null (in_bulk (lab, one, NULL, &unknown));
  g_assert_error (unknown, MH_ERROR, MH_ERROR_NOT_FOUND);
  g_autofree char *first = order_entered (lab, "KT", "K=4.1", NULL);
  g_autofree char *second = order_entered (lab, "KT", "K=4.2", NULL);
  drop (in_bulk (lab, one, first, &error));
  drop (in_bulk (lab, one, second, &error));
  g_assert_no_error (error);
  run_jobs (lab, MH_PENDING_TIME - 1);
  g_assert_null (in_bulk (lab, two, NULL, &other));
  g_assert_error (other, MH_ERROR, MH_ERROR_FORBIDDEN);
  g_autoptr (MhRecord) undone = in_bulk (lab, one, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (mh_record_int (undone, MH_BULK_UNDONE_TAKEN_BACK), ==, 2);
  run_jobs (lab, MH_MINUTE);
  assert_unseen (lab, first);
  assert_unseen (lab, second);
  /* once more, and not taken back: at the very minute it is too late */
  drop (in_bulk (lab, one, first, &error));
  g_assert_no_error (error);
  mh_clock_advance (mh_server_clock (lab->server), MH_PENDING_TIME);
  g_assert_null (in_bulk (lab, one, NULL, &late));
  g_assert_error (late, MH_ERROR, MH_ERROR_CONFLICT);
  g_assert_nonnull (strstr (late->message, "correct the report"));
}

/* What is no longer what was looked at stays; what is unusual never goes with others. */
static void
test_bulk_changed (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (MhActor) one = verifier (1);
  g_autoptr (GError) error = NULL, refused = NULL, own = NULL;
  stop_time (lab);
  g_autofree char *high = order_entered (lab, "KT", "K=6.8", NULL);
  g_assert_null (in_bulk (lab, one, high, &refused));
  g_assert_error (refused, MH_ERROR, MH_ERROR_CONFLICT);
  g_autofree char *order = order_entered (lab, "KT", "K=4.1", NULL);
  g_assert_null (in_bulk (lab, lab->technician, order, &own));
  g_assert_error (own, MH_ERROR, MH_ERROR_FORBIDDEN);
  drop (in_bulk (lab, one, order, &error));
  drop (lab_save (lab, lab->technician, order, "K=4.4", TRUE, &error));
  g_assert_no_error (error);
  run_jobs (lab, MH_PENDING_TIME);
  assert_unseen (lab, order);
  MhDb *db = lab_reader (lab);
  MhVerifyQuery query = { .limit = 50, .now = mh_clock_now (mh_server_clock (lab->server)) };
  g_autoptr (GPtrArray) rows
      = mh_auto_service_queue (MH_REQUEST_DB (db, lab->server, one), &query, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_nonnull (strstr (mh_record_text (rows->pdata[1], MH_VERIFY_ROW_REFUSED), "changed"));
  g_assert_null (mh_record_text (rows->pdata[1], MH_VERIFY_ROW_BATCH_ID));
  /* one that is decided on by itself meanwhile is part of the act no more */
  drop (in_bulk (lab, one, order, &error));
  drop (decide (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error));
  g_assert_no_error (error);
  run_jobs (lab, MH_PENDING_TIME);
  g_autoptr (MhRecord) result = result_of (lab, order, "K");
  g_assert_cmpstr (mh_record_text (result, MH_RESULT_VERIFIED_NAME), ==,
                   mh_actor_name (lab->pathologist));
}

/* What was measured later than its sample keeps is not simply within range: neither counted nor
 * released with others, but decided by itself. */
static void
test_bulk_too_old (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (MhActor) one = verifier (1);
  g_autoptr (GError) error = NULL, refused = NULL;
  char drawn[MH_INSTANT_LENGTH + 1];
  stop_time (lab);
  gint64 now = mh_clock_now (mh_server_clock (lab->server));
  mh_instant_format (now - 4 * MH_HOUR - MH_MINUTE, drawn);
  g_autofree char *old = order_entered (lab, "KT", "K=4.1", drawn);
  mh_instant_format (now - 4 * MH_HOUR + MH_MINUTE, drawn);
  g_autofree char *fresh = order_entered (lab, "KT", "K=4.1", drawn);

  MhDb *db = lab_reader (lab);
  MhVerifyQuery query = { .limit = 50 };
  g_autoptr (GPtrArray) rows
      = mh_auto_service_queue (MH_REQUEST_DB (db, lab->server, one), &query, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 2);
  for (guint i = 0; i < rows->len; i++)
    {
      gboolean late = g_strcmp0 (mh_record_text (rows->pdata[i], MH_VERIFY_ROW_ORDER_ID), old) == 0;
      g_assert_cmpint (mh_record_int (rows->pdata[i], MH_VERIFY_ROW_HELD), ==, late ? 1 : 0);
      g_assert_cmpint (mh_record_bool (rows->pdata[i], MH_VERIFY_ROW_CLEAN), ==, !late);
    }

  g_assert_null (in_bulk (lab, one, old, &refused));
  g_assert_error (refused, MH_ERROR, MH_ERROR_CONFLICT);
  drop (in_bulk (lab, one, fresh, &error));
  g_assert_no_error (error);
  drop (decide (lab, one, old, MH_DECISION_VERIFY, NULL, &error));
  g_assert_no_error (error);
  assert_status (lab, old, "K", MH_RESULT_STATUS_VERIFIED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/verify/levels", test_levels);
  mh_test_add_both ("/verify/setting", test_setting);
  mh_test_add_both ("/verify/void", test_void);
  mh_test_add_both ("/verify/partial", test_partial);
  mh_test_add_both ("/verify/withdraw", test_withdraw);
  mh_test_add_both ("/verify/database", test_database);
  mh_test_add_both ("/verify/auto", test_auto);
  mh_test_add_both ("/verify/auto-too-old", test_auto_too_old);
  mh_test_add_both ("/verify/auto-whole", test_auto_whole);
  mh_test_add_both ("/verify/auto-name", test_auto_name);
  mh_test_add_both ("/verify/trial", test_trial);
  mh_test_add_both ("/verify/queue", test_queue);
  mh_test_add_both ("/verify/bulk", test_bulk);
  mh_test_add_both ("/verify/bulk-undo", test_bulk_undo);
  mh_test_add_both ("/verify/bulk-changed", test_bulk_changed);
  mh_test_add_both ("/verify/bulk-too-old", test_bulk_too_old);
  return mh_test_run ();
}
