/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Controls and equipment against the release of patients' values, on both databases. */
#include "server/lab/equipment/mh-equipment-service.h"
#include "server/lab/qc/mh-qc-service.h"
#include "server/lab/results/mh-results-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/records/lab/mh-equipment.h"
#include "shared/records/lab/mh-qc.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "tests/server/qc-fixture.h"

/* --- cases --- */

static gboolean
save_func (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) put = mh_record_new (&mh_results_put_type);
  g_autoptr (MhRecord) entry = lab_parse (
      &mh_result_entry_type, "{\"analyte\":\"HGB\",\"value\":\"13.2\",\"instrument\":\"HEMA1\"}");
  mh_record_append (put, MH_RESULTS_PUT_RESULTS, entry);
  mh_record_set_bool (put, MH_RESULTS_PUT_FINAL, TRUE);
  g_autoptr (MhRecord) sheet = mh_results_service_save (
      MH_REQUEST_TX (tx, lab->server, lab->technician), data, put, error);
  return sheet != NULL;
}

typedef struct
{
  const char *order, *instrument;
} Said;

static gboolean
say_instrument (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  const Said *said = data;
  g_autoptr (MhRecord) put = mh_record_new (&mh_results_put_type);
  g_autoptr (MhRecord) entry = lab_parse (
      &mh_result_entry_type, "{\"analyte\":\"HGB\",\"value\":\"13.2\",\"instrument\":\"%s\"}",
      said->instrument);
  mh_record_append (put, MH_RESULTS_PUT_RESULTS, entry);
  mh_record_set_bool (put, MH_RESULTS_PUT_FINAL, TRUE);
  g_autoptr (MhRecord) sheet = mh_results_service_save (
      MH_REQUEST_TX (tx, lab->server, lab->technician), said->order, put, error);
  return sheet != NULL;
}

static void
drop (MhRecord *record)
{
  g_clear_object (&record);
}

/* From the rejection to the release, with a patient's value in between. */
static void
test_cycle (const MhTestDb *test)
{
  g_autoptr (QcHouse) house = qc_house_new (test);
  g_autoptr (GError) error = NULL;
  Lab *lab = house->lab;
  g_autofree char *order = lab_order (lab, "HB");
  qc_measure (house, "8.0", "14.1", MH_QC_ACCEPTED);
  lab_receive (lab, order, NULL, "2026-11-20T06:40:00.000Z");
  mh_assert_ok (lab_write (lab, lab->technician, save_func, order, &error), error);
  qc_later (house, 10);
  g_autoptr (MhRecord) bad = qc_run (house, "8.301", "14.0", MH_QC_REJECTED);
  g_assert_cmpuint (mh_record_records (bad, MH_QC_RUN_LOCKS)->len, ==, 1);
  qc_locked (house, "qc_rejected");
  g_assert_true (qc_alerts (house, "qc_reject:HEMA1/HGB"));
  g_assert_null (lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "1-3s"));
  g_assert_null (strstr (error->message, "1-2s"));
  g_clear_error (&error);

  /* another analyte, another analyser, nothing known: free */
  static const char *const others[][2] = { { "HEMA1", "K" }, { "OTHER", "HGB" }, { NULL, "HGB" } };
  MhDb *db = lab_reader (lab);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_true (qc_may_release (db, others[i][0], others[i][1], 0, NULL));
  g_autoptr (MhRecord) lock = qc_lock (house);
  g_autoptr (GPtrArray) suspects
      = mh_qc_service_suspects (MH_REQUEST_DB (db, NULL, lab->pathologist), mh_record_id (lock),
                                mh_clock_now (mh_server_clock (lab->server)), &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  g_assert_cmpuint (suspects->len, ==, 1);
  MhRecord *suspect = g_ptr_array_index (suspects, 0);
  g_assert_cmpstr (mh_record_text (suspect, MH_QC_SUSPECT_VALUE), ==, "13.2");
  g_assert_cmpstr (mh_record_text (suspect, MH_QC_SUSPECT_STATUS), ==, MH_RESULT_STATUS_ENTERED);
  g_assert_null (mh_record_text (suspect, MH_QC_SUSPECT_REPORT));
  g_autoptr (MhRecord) decided = qc_must (
      house, lab->pathologist, REVIEW, mh_record_id (lock),
      lab_parse (&mh_qc_review_type,
                 "{\"result_id\":\"%s\",\"decision\":\"repeat\",\"reason\":\"too near\"}",
                 mh_record_text (suspect, MH_QC_SUSPECT_RESULT_ID)));

  /* a good control alone does not release, nor does an action alone, nor one level of two */
  qc_measure (house, "8.0", "14.0", MH_QC_ACCEPTED);
  qc_locked (house, "qc_rejected");
  g_autoptr (MhRecord) acted = qc_must (
      house, lab->technician, ACT, mh_record_id (lock),
      lab_parse (&mh_qc_action_type, "{\"action\":\"recalibrated\",\"note\":\"two points\"}"));
  g_assert_cmpstr (mh_record_text (acted, MH_QC_LOCK_STATE), ==, MH_QC_LOCK_ACTED);
  qc_locked (house, "qc_rejected");
  qc_later (house, 5);
  qc_measure (house, "8.0", NULL, MH_QC_ACCEPTED);
  qc_locked (house, "qc_rejected");
  qc_measure (house, NULL, "14.0", MH_QC_ACCEPTED);
  qc_locked (house, NULL);
  g_assert_false (qc_alerts (house, "qc_reject:HEMA1/HGB"));
  g_autoptr (MhRecord) released = qc_lock (house);
  g_assert_cmpstr (mh_record_text (released, MH_QC_LOCK_STATE), ==, MH_QC_LOCK_RELEASED);
  qc_refused (house, lab->technician, ACT, mh_record_id (lock),
              lab_parse (&mh_qc_action_type, "{\"action\":\"other\",\"note\":\"late\"}"),
              MH_ERROR_CONFLICT, NULL);
  g_autoptr (MhRecord) verified
      = lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error);
  mh_assert_ok (verified != NULL, error);
}

/* --- typed by hand --- */

static void
assert_typed (Lab *lab, const char *order, const char *values, const char *code, const char *on)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) sheet = lab_save (lab, lab->technician, order, values, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_text (lab_row (sheet, code), MH_RESULT_ROW_INSTRUMENT), ==, on);
}

/* NULL: it goes out. Else the beginning or a part of why it does not, in the answer as on the
 * sheet. */
static void
assert_release (Lab *lab, const char *order, const char *code, const char *why_not)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) sheet = lab_sheet (lab, lab->pathologist, order);
  const char *told = mh_record_text (lab_row (sheet, code), MH_RESULT_ROW_QC);
  g_autoptr (MhRecord) done
      = lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error);
  if (why_not == NULL)
    {
      mh_assert_ok (done != NULL, error);
      g_assert_null (told);
      return;
    }
  g_assert_null (done);
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, why_not));
  g_assert_cmpstr (told, ==, error->message);
}

static char *
received (Lab *lab, const char *tests)
{
  char *order = lab_order (lab, tests);
  lab_receive (lab, order, NULL, "2026-11-20T06:40:00.000Z");
  return order;
}

/* One analyser controls the analyte: what is typed was measured there, and its lock holds it. */
static void
test_typed (const MhTestDb *test)
{
  g_autoptr (QcHouse) house = qc_house_new (test);
  Lab *lab = house->lab;
  g_autofree char *good = received (lab, "HB");
  g_autofree char *held = received (lab, "HB");
  assert_typed (lab, good, "HGB=13.2", "HGB", "HEMA1");
  assert_release (lab, good, "HGB", NULL);
  assert_typed (lab, held, "HGB=13.2", "HGB", "HEMA1");
  qc_measure (house, "8.301", NULL, MH_QC_REJECTED);
  assert_release (lab, held, "HGB", "1-3s");
}

static gboolean
forget_instrument (MhTx *tx, Lab *lab, gpointer order, GError **error)
{
  g_autoptr (GPtrArray) results
      = mh_store_all (mh_tx_db (tx), &mh_result_type, "order_id", order, error);
  for (guint i = 0; results != NULL && i < results->len; i++)
    {
      MhRecord *before = g_ptr_array_index (results, i);
      g_autoptr (MhRecord) after = mh_record_copy (before);
      mh_record_set_null (after, MH_RESULT_INSTRUMENT);
      if (!mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error))
        return FALSE;
    }
  return results != NULL;
}

/* QcWhat was typed before anybody asked for the analyser is held as well. */
static void
test_typed_before (const MhTestDb *test)
{
  g_autoptr (QcHouse) house = qc_house_new (test);
  g_autoptr (GError) error = NULL;
  Lab *lab = house->lab;
  g_autofree char *order = received (lab, "HB");
  assert_typed (lab, order, "HGB=13.2", "HGB", "HEMA1");
  mh_assert_ok (lab_write (lab, lab->technician, forget_instrument, order, &error), error);
  qc_measure (house, "8.301", NULL, MH_QC_REJECTED);
  assert_release (lab, order, "HGB", "1-3s");
}

/* Two analysers control it: it has to be said which one measured, where one of them is locked. */
static void
test_typed_which (const MhTestDb *test)
{
  static const char *const said[] = { "HEMA1", "HEMA2" };
  g_autoptr (QcHouse) house = qc_house_new (test);
  g_autoptr (GError) refusal = NULL;
  Lab *lab = house->lab;
  drop (qc_must (house, lab->pathologist, ADD_EQUIPMENT, NULL,
                 lab_parse (&mh_equipment_type,
                            "{\"code\":\"HEMA2\",\"name\":\"Spare\",\"kind\":\"analyser\"}")));
  drop (qc_must (house, lab->pathologist, ADD_QC, NULL,
                 lab_parse (&mh_qc_target_type,
                            "{\"lot_id\":\"%s\",\"equipment\":\"HEMA2\",\"analyte\":\"HGB\","
                            "\"maker_mean\":\"8.0\",\"maker_sd\":\"0.1\"}",
                            house->lots[0])));
  g_autofree char *order = received (lab, "HB");
  assert_typed (lab, order, "HGB=13.2", "HGB", NULL);
  qc_measure (house, "8.301", NULL, MH_QC_REJECTED);
  assert_release (lab, order, "HGB", "HEMA1, HEMA2");
  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    {
      g_autoptr (GError) error = NULL;
      Said saying = { order, said[i] };
      mh_assert_ok (lab_write (lab, lab->technician, say_instrument, &saying, &error), error);
      assert_release (lab, order, "HGB", i == 0 ? "1-3s" : NULL);
    }
  g_autofree char *other = received (lab, "HB");
  Said by_hand = { other, MH_INSTRUMENT_BY_HAND };
  g_assert_false (lab_write (lab, lab->technician, say_instrument, &by_hand, &refusal));
  g_assert_nonnull (mh_issues_find (mh_error_get_issues (refusal), "results[0].instrument"));
}

/* Nobody controls it: what stands alone at the bench measured it, and its fault holds it. */
static void
test_typed_bench (const MhTestDb *test)
{
  g_autoptr (QcHouse) house = qc_house_new (test);
  Lab *lab = house->lab;
  g_autoptr (MhRecord) only
      = qc_must (house, lab->pathologist, ADD_EQUIPMENT, NULL,
                 lab_parse (&mh_equipment_type, "{\"code\":\"CHEM1\",\"name\":\"Chemistry\","
                                                "\"kind\":\"analyser\",\"bench\":\"C\"}"));
  g_autofree char *order = received (lab, "KT");
  assert_typed (lab, order, "K=4.1", "K", "CHEM1");
  drop (qc_must (house, lab->technician, LOG, mh_record_id (only),
                 lab_parse (&mh_equipment_event_type, "{\"kind\":\"fault\",\"words\":\"Lamp\"}")));
  assert_release (lab, order, "K", "has a fault");
  drop (qc_must (
      house, lab->technician, LOG, mh_record_id (only),
      lab_parse (&mh_equipment_event_type, "{\"kind\":\"resolved\",\"words\":\"New lamp\"}")));
  assert_release (lab, order, "K", NULL);
}

/* Rejected again after the action: an action is wanted again. */
static void
test_again (const MhTestDb *test)
{
  g_autoptr (QcHouse) house = qc_house_new (test);
  qc_measure (house, "8.0", "14.0", MH_QC_ACCEPTED);
  qc_measure (house, "8.4", "14.0", MH_QC_REJECTED);
  g_autoptr (MhRecord) lock = qc_lock (house);
  gint64 since = mh_record_int (lock, MH_QC_LOCK_SINCE_AT);
  g_autoptr (MhRecord) acted = qc_must (
      house, house->lab->technician, ACT, mh_record_id (lock),
      lab_parse (&mh_qc_action_type, "{\"action\":\"remeasured\",\"note\":\"once more\"}"));
  qc_later (house, 5);
  qc_measure (house, "8.4", "14.0", MH_QC_REJECTED);
  g_autoptr (MhRecord) again = qc_lock (house);
  g_assert_cmpstr (mh_record_text (again, MH_QC_LOCK_STATE), ==, MH_QC_LOCK_OPEN);
  g_assert_cmpint (mh_record_int (again, MH_QC_LOCK_SINCE_AT), ==, since);
  qc_measure (house, "8.0", "14.0", MH_QC_ACCEPTED);
  qc_locked (house, "qc_rejected");
}

/* A warning does not lock; the second on the same side rejects, unless the first was excluded. */
static void
test_exclusion (const MhTestDb *test)
{
  g_autoptr (QcHouse) house = qc_house_new (test);
  Lab *lab = house->lab;
  g_autoptr (MhRecord) first = qc_run (house, "8.21", "14.0", MH_QC_WARNING);
  MhRecord *point = g_ptr_array_index (mh_record_records (first, MH_QC_RUN_POINTS), 0);
  g_assert_cmpstr (mh_record_text (point, MH_QC_POINT_Z), ==, "2.10");
  qc_locked (house, NULL);
  g_assert_true (qc_alerts (house, "qc_warning:HEMA1/HGB"));
  qc_later (house, 60);
  qc_refused (house, lab->technician, REMARK, mh_record_id (point),
              lab_parse (&mh_qc_remark_type, "{\"kind\":\"exclude\",\"reason\":\"short_sample\"}"),
              MH_ERROR_FORBIDDEN, NULL);
  g_autoptr (MhRecord) excluded = qc_must (
      house, lab->pathologist, REMARK, mh_record_id (point),
      lab_parse (&mh_qc_remark_type, "{\"kind\":\"exclude\",\"reason\":\"short_sample\"}"));
  g_assert_true (mh_record_bool (excluded, MH_QC_POINT_EXCLUDED));
  qc_measure (house, "8.22", "14.0", MH_QC_WARNING);
  MhDb *db = lab_reader (lab);
  MhQcPointsQuery query = { .subject = { NULL, "HEMA1", "HGB" }, .until = G_MAXINT64, .limit = 10 };
  g_autoptr (GPtrArray) points
      = mh_qc_service_points (MH_REQUEST_DB (db, NULL, lab->technician), &query, NULL);
  lab_done (lab, db);
  g_assert_cmpuint (points->len, ==, 4);
  g_autoptr (MhRecord) counted = qc_must (
      house, lab->pathologist, REMARK, mh_record_id (point),
      lab_parse (&mh_qc_remark_type, "{\"kind\":\"include\",\"note\":\"it was right\"}"));
  g_assert_false (mh_record_bool (counted, MH_QC_POINT_EXCLUDED));
  qc_measure (house, "8.21", "14.0", MH_QC_REJECTED);
  g_autoptr (MhRecord) lock = qc_lock (house);
  g_assert_true (g_strv_contains (mh_record_list (lock, MH_QC_LOCK_RULES), "2-2s:within"));
  g_assert_false (qc_alerts (house, "qc_warning:HEMA1/HGB"));
}

/* Levels that an analyser sends one by one are one run; half an hour later is another. */
static void
test_analyser (const MhTestDb *test)
{
  g_autoptr (QcHouse) house = qc_house_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) one = qc_take (house, "QC-1", "8.21", &error);
  mh_assert_ok (one != NULL, error);
  qc_later (house, 30);
  g_autoptr (MhRecord) two = qc_take (house, "QC-2", "14.42", &error);
  mh_assert_ok (two != NULL, error);
  g_assert_cmpstr (mh_record_text (one, MH_QC_POINT_RUN_ID), ==,
                   mh_record_text (two, MH_QC_POINT_RUN_ID));
  g_assert_true (g_strv_contains (mh_record_list (two, MH_QC_POINT_RULES), "2-2s:across"));
  qc_locked (house, "qc_rejected");
  qc_later (house, 31);
  g_autoptr (MhRecord) other = qc_take (house, "QC-2", "14.0", &error);
  mh_assert_ok (other != NULL, error);
  g_assert_cmpstr (mh_record_text (two, MH_QC_POINT_RUN_ID), !=,
                   mh_record_text (other, MH_QC_POINT_RUN_ID));
  g_assert_null (qc_take (house, "QC-9", "14.0", &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (qc_take (house, "QC-1", "high", &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
  MhDb *db = lab_reader (house->lab);
  g_autoptr (MhRecord) control = mh_qc_find_control (db, LAB_HOSPITAL, "QC-2", NULL);
  g_autoptr (MhRecord) none = mh_qc_find_control (db, LAB_HOSPITAL, "QC-9", NULL);
  lab_done (house->lab, db);
  g_assert_cmpint (mh_record_int (control, MH_QC_LOT_LEVEL), ==, 2);
  g_assert_null (none);
}

static void
test_refused (const MhTestDb *test)
{
  g_autoptr (QcHouse) house = qc_house_new (test);
  MhActor *technician = house->lab->technician;
  qc_refused (house, technician, RUN, NULL,
              lab_parse (&mh_qc_run_type, "{\"equipment\":\"HEMA1\"}"), MH_ERROR_INVALID,
              "entries");
  qc_refused (house, technician, RUN, NULL, qc_run_body (house, "8,0", NULL), MH_ERROR_INVALID,
              "entries[0].value");
  qc_refused (house, house->lab->reception, RUN, NULL, qc_run_body (house, "8.0", NULL),
              MH_ERROR_FORBIDDEN, NULL);
  MhRecord *twice = qc_run_body (house, "8.0", NULL);
  g_autoptr (MhRecord) entry = lab_parse (
      &mh_qc_entry_type, "{\"target_id\":\"%s\",\"value\":\"8.1\"}", house->targets[0]);
  mh_record_append (twice, MH_QC_RUN_ENTRIES, entry);
  qc_refused (house, technician, RUN, NULL, twice, MH_ERROR_INVALID, "entries[1].target_id");
  MhRecord *future = qc_run_body (house, "8.0", NULL);
  mh_record_set_int (future, MH_QC_RUN_AT,
                     mh_clock_now (mh_server_clock (house->lab->server)) + 3 * MH_MINUTE);
  qc_refused (house, technician, RUN, NULL, future, MH_ERROR_INVALID, "at");
  qc_refused (house, house->lab->pathologist, ADD_QC, NULL,
              lab_parse (&mh_qc_target_type,
                         "{\"lot_id\":\"%s\",\"equipment\":\"HEMA1\",\"analyte\":\"HGB\","
                         "\"maker_mean\":\"1\",\"maker_sd\":\"1\"}",
                         house->lots[0]),
              MH_ERROR_INVALID, "lot_id");
  qc_refused (house, house->lab->pathologist, ADD_QC, NULL,
              lab_parse (&mh_qc_target_type,
                         "{\"lot_id\":\"%s\",\"equipment\":\"NONE\",\"analyte\":\"HGB\","
                         "\"maker_mean\":\"1\",\"maker_sd\":\"1\"}",
                         house->lots[0]),
              MH_ERROR_INVALID, "equipment");
  /* good on its last day, not on the next; the day is that of Kolkata */
  qc_clock (house, "2026-12-31T18:29:00Z");
  qc_measure (house, "8.0", NULL, MH_QC_ACCEPTED);
  qc_clock (house, "2026-12-31T18:30:00Z");
  qc_refused (house, technician, RUN, NULL, qc_run_body (house, "8.0", NULL), MH_ERROR_INVALID,
              "entries[0].target_id");
}

/* Nineteen values are not enough, twenty are; what was rejected does not count. */
static void
test_adopt (const MhTestDb *test)
{
  g_autoptr (QcHouse) house = qc_house_new (test);
  MhActor *chief = house->lab->pathologist;
  qc_measure (house, "8.4", NULL, MH_QC_REJECTED);
  for (guint i = 0; i < 19; i++)
    qc_measure (house, i % 2 == 0 ? "8.0" : "7.9", NULL, MH_QC_ACCEPTED);
  qc_refused (house, chief, ADOPT, house->targets[0], NULL, MH_ERROR_CONFLICT, NULL);
  qc_measure (house, "8.1", NULL, MH_QC_ACCEPTED);
  qc_refused (house, house->lab->technician, ADOPT, house->targets[0], NULL, MH_ERROR_FORBIDDEN,
              NULL);
  g_autoptr (MhRecord) target = qc_must (house, chief, ADOPT, house->targets[0], NULL);
  g_assert_cmpstr (mh_record_text (target, MH_QC_TARGET_BASIS), ==, MH_QC_ESTABLISHED);
  g_assert_cmpint (mh_record_int (target, MH_QC_TARGET_ADOPTED_N), ==, 20);
  g_assert_cmpstr (mh_record_text (target, MH_QC_TARGET_MEAN), ==, "7.960");
  g_assert_cmpstr (mh_record_text (target, MH_QC_TARGET_MAKER_MEAN), ==, "8.0");
}

/* --- equipment --- */

static void
log_one (QcHouse *house, MhActor *actor, const char *json)
{
  g_autoptr (MhRecord) answer = qc_must (house, actor, LOG, house->equipment,
                                         lab_parse (&mh_equipment_event_type, "%s", json));
}

static void
test_equipment (const MhTestDb *test)
{
  g_autoptr (QcHouse) house = qc_house_new (test);
  Lab *lab = house->lab;
  g_autofree char *key = g_strconcat ("fault:", house->equipment, NULL);
  qc_locked (house, NULL);
  log_one (house, lab->technician, "{\"kind\":\"fault\",\"words\":\"Drain blocked\"}");
  qc_locked (house, MH_EQUIPMENT_BLOCK_FAULT);
  g_assert_true (qc_alerts (house, key));
  log_one (house, lab->technician, "{\"kind\":\"fault\",\"words\":\"Still blocked\"}");
  lab_told (lab, MH_ALERT_EQUIPMENT_FAULT, 1, MH_ROLE_TECHNICIAN, MH_ROLE_CASHIER);
  qc_refused (house, lab->technician, LOG, house->equipment,
              lab_parse (&mh_equipment_event_type,
                         "{\"kind\":\"state\",\"words\":\"x\",\"new_state\":\"in_service\"}"),
              MH_ERROR_CONFLICT, NULL);
  qc_refused (
      house, lab->technician, LOG, house->equipment,
      lab_parse (&mh_equipment_event_type, "{\"kind\":\"override\",\"words\":\"x\",\"hours\":1}"),
      MH_ERROR_FORBIDDEN, NULL);
  log_one (house, lab->pathologist, "{\"kind\":\"override\",\"words\":\"STAT only\",\"hours\":1}");
  qc_locked (house, NULL);
  qc_later (house, 59);
  qc_locked (house, NULL);
  qc_later (house, 1);
  qc_locked (house, MH_EQUIPMENT_BLOCK_FAULT);
  log_one (house, lab->technician, "{\"kind\":\"resolved\",\"words\":\"Cleaned\"}");
  qc_locked (house, NULL);
  g_assert_false (qc_alerts (house, key));
  lab_told (lab, MH_ALERT_EQUIPMENT_FAULT, 0, MH_ROLE_TECHNICIAN, MH_ROLE_CASHIER);
  qc_refused (house, lab->technician, LOG, house->equipment,
              lab_parse (&mh_equipment_event_type, "{\"kind\":\"resolved\",\"words\":\"x\"}"),
              MH_ERROR_CONFLICT, NULL);
  log_one (house, lab->technician,
           "{\"kind\":\"state\",\"words\":\"Yearly service\",\"new_state\":\"maintenance\"}");
  qc_locked (house, MH_EQUIPMENT_BLOCK_MAINTENANCE);
  log_one (house, lab->technician,
           "{\"kind\":\"state\",\"words\":\"Done\",\"new_state\":\"in_service\"}");
  qc_locked (house, NULL);
  qc_refused (house, lab->technician, LOG, house->equipment,
              lab_parse (&mh_equipment_event_type,
                         "{\"kind\":\"state\",\"words\":\"x\",\"new_state\":\"retired\"}"),
              MH_ERROR_FORBIDDEN, NULL);
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) events
      = mh_equipment_service_events (MH_REQUEST_DB (db, NULL, lab->technician), house->equipment,
                                     (MhListPage){ .limit = 50 }, NULL);
  lab_done (lab, db);
  g_assert_cmpuint (events->len, ==, 6);
}

/* Free through the last day, locked from the next midnight of the hospital (18:30 UTC). */
static void
test_calibration (const MhTestDb *test)
{
  g_autoptr (QcHouse) house = qc_house_new (test);
  Lab *lab = house->lab;
  g_autofree char *key = g_strconcat ("calibration_due:", house->equipment, NULL);
  g_autoptr (MhRecord) plan = qc_must (
      house, lab->pathologist, ADD_PLAN, house->equipment,
      lab_parse (&mh_equipment_plan_type, "{\"kind\":\"calibration\",\"name\":\"Two points\","
                                          "\"every_days\":10,\"warn_days\":3}"));
  g_assert_cmpstr (mh_record_text (plan, MH_EQUIPMENT_PLAN_DUE_ON), ==, "2026-11-30");
  qc_clock (house, "2026-11-26T18:29:59Z");
  qc_sweep (house);
  g_assert_false (qc_alerts (house, key));
  qc_clock (house, "2026-11-26T18:30:00Z");
  qc_sweep (house);
  g_assert_true (qc_alerts (house, key));
  qc_clock (house, "2026-11-30T18:29:59Z");
  qc_locked (house, NULL);
  qc_clock (house, "2026-11-30T18:30:00Z");
  qc_locked (house, MH_EQUIPMENT_BLOCK_CALIBRATION);
  g_autofree char *failed = g_strdup_printf (
      "{\"kind\":\"calibration\",\"words\":\"Slope low\",\"failed\":true,\"plan_id\":\"%s\"}",
      mh_record_id (plan));
  g_autofree char *passed = g_strdup_printf (
      "{\"kind\":\"calibration\",\"words\":\"Within limits\",\"plan_id\":\"%s\"}",
      mh_record_id (plan));
  g_autofree char *wrong = g_strdup_printf (
      "{\"kind\":\"maintenance\",\"words\":\"x\",\"plan_id\":\"%s\"}", mh_record_id (plan));
  log_one (house, lab->technician, failed);
  qc_locked (house, MH_EQUIPMENT_BLOCK_FAULT);
  log_one (house, lab->technician, "{\"kind\":\"resolved\",\"words\":\"New membrane\"}");
  qc_locked (house, MH_EQUIPMENT_BLOCK_CALIBRATION);
  qc_refused (house, lab->technician, LOG, house->equipment,
              lab_parse (&mh_equipment_event_type, "%s", wrong), MH_ERROR_INVALID, "plan_id");
  log_one (house, lab->technician, passed);
  qc_locked (house, NULL);
  g_assert_false (qc_alerts (house, key));
  g_autoptr (MhRecord) after = lab_get (lab, &mh_equipment_type, house->equipment);
  g_assert_cmpstr (mh_record_text (after, MH_EQUIPMENT_CALIBRATION_DUE), ==, "2026-12-11");
}

/* Told from the day on which it is near, once, to who works with it, until it is done; nothing is
 * locked by it. */
static void
test_maintenance (const MhTestDb *test)
{
  static const char *const days[] = { "2026-11-26T18:29:59Z", "2026-11-26T18:30:00Z",
                                      "2026-11-27T18:30:00Z", "2026-12-05T18:30:00Z" };
  g_autoptr (QcHouse) house = qc_house_new (test);
  Lab *lab = house->lab;
  g_autoptr (MhRecord) plan = qc_must (house, lab->pathologist, ADD_PLAN, house->equipment,
                                       lab_parse (&mh_equipment_plan_type,
                                                  "{\"kind\":\"maintenance\",\"name\":\"Tubing\","
                                                  "\"every_days\":10,\"warn_days\":3}"));
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      qc_clock (house, days[i]);
      qc_sweep (house);
      lab_told (lab, MH_ALERT_MAINTENANCE_DUE, i > 0, MH_ROLE_TECHNICIAN, MH_ROLE_CASHIER);
      qc_locked (house, NULL);
    }
  g_autofree char *done = g_strdup_printf (
      "{\"kind\":\"maintenance\",\"words\":\"Replaced\",\"plan_id\":\"%s\"}", mh_record_id (plan));
  log_one (house, lab->technician, done);
  lab_told (lab, MH_ALERT_MAINTENANCE_DUE, 0, MH_ROLE_TECHNICIAN, MH_ROLE_CASHIER);
}

/* QcWhat was measured and logged is never changed. */
static gboolean
change_func (MhTx *tx, Lab *lab G_GNUC_UNUSED, gpointer data, GError **error)
{
  return mh_db_exec (mh_tx_db (tx), data, MH_NO_ARGS, error) >= 0;
}

static void
test_append_only (const MhTestDb *test)
{
  static const char sql_point[] = "UPDATE qc_point SET value = '8.0'";
  static const char sql_remark[] = "DELETE FROM qc_remark";
  static const char sql_event[] = "UPDATE equipment_event SET words = 'x'";
  static const char sql_action[] = "DELETE FROM qc_action";
  const char *const texts[] = { sql_point, sql_remark, sql_event, sql_action };
  g_autoptr (QcHouse) house = qc_house_new (test);
  Lab *lab = house->lab;
  qc_measure (house, "8.4", NULL, MH_QC_REJECTED);
  g_autoptr (MhRecord) lock = qc_lock (house);
  g_autoptr (MhRecord) acted
      = qc_must (house, lab->technician, ACT, mh_record_id (lock),
                 lab_parse (&mh_qc_action_type, "{\"action\":\"other\",\"note\":\"x\"}"));
  log_one (house, lab->technician, "{\"kind\":\"note\",\"words\":\"x\"}");
  MhDb *db = lab_reader (lab);
  MhQcPointsQuery query = { .subject = { NULL, "HEMA1", "HGB" }, .until = G_MAXINT64, .limit = 10 };
  g_autoptr (GPtrArray) points
      = mh_qc_service_points (MH_REQUEST_DB (db, NULL, lab->technician), &query, NULL);
  lab_done (lab, db);
  g_autoptr (MhRecord) remark
      = qc_must (house, lab->technician, REMARK, mh_record_id (g_ptr_array_index (points, 0)),
                 lab_parse (&mh_qc_remark_type, "{\"kind\":\"comment\",\"note\":\"x\"}"));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_false (lab_write (lab, lab->technician, change_func, (gpointer)texts[i], &error));
      g_assert_nonnull (error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/qc/cycle", test_cycle);
  mh_test_add_both ("/qc/typed", test_typed);
  mh_test_add_both ("/qc/typed-before", test_typed_before);
  mh_test_add_both ("/qc/typed-which", test_typed_which);
  mh_test_add_both ("/qc/typed-bench", test_typed_bench);
  mh_test_add_both ("/qc/rejected-again", test_again);
  mh_test_add_both ("/qc/exclusion", test_exclusion);
  mh_test_add_both ("/qc/analyser", test_analyser);
  mh_test_add_both ("/qc/refused", test_refused);
  mh_test_add_both ("/qc/adopt", test_adopt);
  mh_test_add_both ("/qc/append-only", test_append_only);
  mh_test_add_both ("/equipment/lock-out", test_equipment);
  mh_test_add_both ("/equipment/calibration", test_calibration);
  mh_test_add_both ("/equipment/maintenance", test_maintenance);
  return mh_test_run ();
}
