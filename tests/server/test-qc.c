/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Controls and equipment against the release of patients' values, on both databases. */
#include "server/lab/equipment/mh-equipment-service.h"
#include "server/lab/qc/mh-qc-service.h"
#include "server/lab/results/mh-results-service.h"
#include "server/messages/alerts/mh-alerts-store.h"
#include "shared/base/mh-date.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/mh-alert.h"
#include "shared/records/mh-audit.h"
#include "shared/records/mh-equipment.h"
#include "shared/records/mh-permissions.h"
#include "shared/records/mh-qc.h"
#include "shared/records/mh-report.h"
#include "shared/records/mh-result.h"
#include "tests/server/lab-fixture.h"

#define NOW "2026-11-20T06:30:00Z"

typedef struct
{
  Lab *lab;
  char *targets[2];
  char *lots[2];
  char *equipment;
} House;

/* --- one call in the write queue --- */

typedef enum
{
  ADD_EQUIPMENT,
  ADD_PLAN,
  LOG,
  ADD_QC,
  CHANGE_QC,
  RUN,
  ACT,
  REMARK,
  REVIEW,
  ADOPT,
  TAKE,
  SWEEP,
} What;

typedef struct
{
  What what;
  const char *id;
  MhRecord *body;
  const MhQcReading *reading;
  MhActor *actor;
  MhRecord *answer;
} Call;

static gboolean
call_func (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Call *call = data;
  g_clear_object (&call->answer);
  switch (call->what)
    {
    case ADD_EQUIPMENT:
      call->answer = mh_equipment_service_create (tx, call->actor, call->body, error);
      break;
    case ADD_PLAN:
      call->answer
          = mh_equipment_service_plan (tx, lab->server, call->actor, call->id, call->body, error);
      break;
    case LOG:
      call->answer
          = mh_equipment_service_log (tx, lab->server, call->actor, call->id, call->body, error);
      break;
    case ADD_QC:
      call->answer = mh_qc_service_create (tx, call->actor, call->body, error);
      break;
    case CHANGE_QC:
      call->answer = mh_qc_service_update (
          tx, call->actor, (MhPatch){ .id = call->id, .if_match = -1, .body = call->body }, error);
      break;
    case RUN:
      call->answer = mh_qc_service_run (tx, call->actor, call->body, error);
      break;
    case ACT:
      call->answer = mh_qc_service_act (tx, call->actor, call->id, call->body, error);
      break;
    case REMARK:
      call->answer = mh_qc_service_remark (tx, call->actor, call->id, call->body, error);
      break;
    case REVIEW:
      call->answer = mh_qc_service_review (tx, call->actor, call->id, call->body, error);
      break;
    case ADOPT:
      call->answer = mh_qc_service_adopt (tx, call->actor, call->id, error);
      break;
    case TAKE:
      call->answer = mh_qc_take_point (tx, call->reading, error);
      break;
    case SWEEP:
      return mh_equipment_service_sweep (tx, error);
    default:
      g_assert_not_reached ();
    }
  return call->answer != NULL;
}

/* Takes @body. NULL with @error. */
static MhRecord *
do_call (House *house, MhActor *actor, What what, const char *id, MhRecord *body, GError **error)
{
  g_autoptr (MhRecord) taken = body;
  Call call = { .what = what, .id = id, .body = taken, .actor = actor };
  return lab_write (house->lab, actor, call_func, &call, error) ? call.answer : NULL;
}

static MhRecord *
must (House *house, MhActor *actor, What what, const char *id, MhRecord *body)
{
  GError *error = NULL;
  MhRecord *answer = do_call (house, actor, what, id, body, &error);
  g_assert_no_error (error);
  return answer;
}

static void
refused (House *house,
         MhActor *actor,
         What what,
         const char *id,
         MhRecord *body,
         MhErrorKind kind,
         const char *field)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (do_call (house, actor, what, id, body, &error));
  g_assert_error (error, MH_ERROR, (int)kind);
  if (field != NULL)
    g_assert_nonnull (mh_issues_find (mh_error_get_issues (error), field));
}

/* --- the house --- */

static void
set_clock (House *house, const char *text)
{
  gint64 now = 0;
  g_assert_true (mh_instant_parse (text, &now));
  mh_clock_set (mh_server_clock (house->lab->server), now);
}

static void
later (House *house, gint64 minutes)
{
  mh_clock_advance (mh_server_clock (house->lab->server), minutes * MH_MINUTE);
}

/* With the rights that the role has by default. */
static void
promote (MhActor **actor, const char *role)
{
  MhActor *made = mh_actor_new (mh_actor_user_id (*actor), mh_actor_name (*actor), role,
                                LAB_HOSPITAL, NULL, mh_role_default_find (role)->permissions);
  mh_actor_unref (*actor);
  *actor = made;
}

/* HGB on HEMA1: level 1 should read 8.0 ± 0.1, level 2 14.0 ± 0.2. */
static House *
house_new (const MhTestDb *test)
{
  House *house = g_new0 (House, 1);
  house->lab = lab_new (test);
  set_clock (house, NOW);
  promote (&house->lab->technician, MH_ROLE_TECHNICIAN);
  promote (&house->lab->pathologist, MH_ROLE_PATHOLOGIST);
  MhActor *chief = house->lab->pathologist;
  g_autoptr (MhRecord) equipment
      = must (house, chief, ADD_EQUIPMENT, NULL,
              lab_parse (&mh_equipment_type,
                         "{\"code\":\"HEMA1\",\"name\":\"Counter\",\"kind\":\"analyser\"}"));
  house->equipment = g_strdup (mh_record_id (equipment));
  g_autoptr (MhRecord) material
      = must (house, chief, ADD_QC, NULL,
              lab_parse (&mh_qc_material_type, "{\"code\":\"BLOOD\",\"name\":\"Blood control\"}"));
  for (int level = 0; level < 2; level++)
    {
      g_autoptr (MhRecord) lot
          = must (house, chief, ADD_QC, NULL,
                  lab_parse (&mh_qc_lot_type,
                             "{\"material_id\":\"%s\",\"lot\":\"L%d\",\"level\":%d,"
                             "\"control_id\":\"QC-%d\",\"expires_on\":\"2026-12-31\"}",
                             mh_record_id (material), level + 1, level + 1, level + 1));
      g_autoptr (MhRecord) target = must (
          house, chief, ADD_QC, NULL,
          lab_parse (&mh_qc_target_type,
                     "{\"lot_id\":\"%s\",\"equipment\":\"HEMA1\",\"analyte\":\"HGB\","
                     "\"maker_mean\":\"%s\",\"maker_sd\":\"%s\"}",
                     mh_record_id (lot), level == 0 ? "8.0" : "14.0", level == 0 ? "0.1" : "0.2"));
      house->lots[level] = g_strdup (mh_record_id (lot));
      house->targets[level] = g_strdup (mh_record_id (target));
    }
  return house;
}

static void
house_free (House *house)
{
  for (int level = 0; level < 2; level++)
    {
      g_free (house->targets[level]);
      g_free (house->lots[level]);
    }
  g_free (house->equipment);
  lab_free (house->lab);
  g_free (house);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (House, house_free)

/* Values of level 1 and 2; NULL: not measured. */
static MhRecord *
run_body (House *house, const char *one, const char *two)
{
  MhRecord *run = lab_parse (&mh_qc_run_type, "{\"equipment\":\"HEMA1\"}");
  const char *values[] = { one, two };
  for (int level = 0; level < 2; level++)
    if (values[level] != NULL)
      {
        g_autoptr (MhRecord) entry
            = lab_parse (&mh_qc_entry_type, "{\"target_id\":\"%s\",\"value\":\"%s\"}",
                         house->targets[level], values[level]);
        mh_record_append (run, MH_QC_RUN_ENTRIES, entry);
      }
  return run;
}

static MhRecord *
run (House *house, const char *one, const char *two, const char *state)
{
  MhRecord *answer = must (house, house->lab->technician, RUN, NULL, run_body (house, one, two));
  g_assert_cmpstr (mh_record_text (answer, MH_QC_RUN_STATE), ==, state);
  return answer;
}

static void
measure (House *house, const char *one, const char *two, const char *state)
{
  g_autoptr (MhRecord) answer = run (house, one, two, state);
  later (house, 60);
}

static gboolean
may_release (MhDb *db, const char *equipment, const char *analyte, gint64 now, GError **error)
{
  g_autoptr (MhQcKnown) known = mh_qc_known_new ();
  const MhQcSubject subject = { LAB_HOSPITAL, equipment, analyte };
  return mh_qc_may_release (db, known, &subject, now, error);
}

static void
locked (House *house, const char *code)
{
  g_autoptr (GError) error = NULL;
  gint64 now = mh_clock_now (mh_server_clock (house->lab->server));
  MhDb *db = lab_reader (house->lab);
  gboolean may = may_release (db, "HEMA1", "HGB", now, &error);
  lab_done (house->lab, db);
  if (code == NULL)
    {
      g_assert_no_error (error);
      g_assert_true (may);
      return;
    }
  g_assert_false (may);
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  const MhIssue *issue = mh_issues_find (mh_error_get_issues (error), "HGB");
  g_assert_nonnull (issue);
  g_assert_cmpstr (issue->code, ==, code);
}

static MhRecord *
the_lock (House *house)
{
  GError *error = NULL;
  MhDb *db = lab_reader (house->lab);
  g_autoptr (GPtrArray) found
      = mh_qc_service_locks (db, house->lab->technician, NULL, (MhListPage){ .limit = 10 }, &error);
  lab_done (house->lab, db);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);
  return g_object_ref (g_ptr_array_index (found, 0));
}

static guint
alerts (House *house, const char *key)
{
  GError *error = NULL;
  MhDb *db = lab_reader (house->lab);
  g_autofree char *whole = g_strconcat (LAB_HOSPITAL ":", key, NULL);
  g_autoptr (MhRecord) found = mh_alerts_store_active (db, whole, &error);
  lab_done (house->lab, db);
  g_assert_no_error (error);
  return found != NULL;
}

/* --- cases --- */

static gboolean
save_func (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) put = mh_record_new (&mh_results_put_type);
  g_autoptr (MhRecord) entry = lab_parse (
      &mh_result_entry_type, "{\"analyte\":\"HGB\",\"value\":\"13.2\",\"instrument\":\"HEMA1\"}");
  mh_record_append (put, MH_RESULTS_PUT_RESULTS, entry);
  mh_record_set_bool (put, MH_RESULTS_PUT_FINAL, TRUE);
  g_autoptr (MhRecord) sheet
      = mh_results_service_save (tx, lab->server, lab->technician, data, put, error);
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
  g_autoptr (MhRecord) sheet
      = mh_results_service_save (tx, lab->server, lab->technician, said->order, put, error);
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
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  Lab *lab = house->lab;
  g_autofree char *order = lab_order (lab, "HB");
  measure (house, "8.0", "14.1", MH_QC_ACCEPTED);
  lab_receive (lab, order, NULL, "2026-11-20T06:40:00.000Z");
  mh_assert_ok (lab_write (lab, lab->technician, save_func, order, &error), error);
  later (house, 10);
  g_autoptr (MhRecord) bad = run (house, "8.301", "14.0", MH_QC_REJECTED);
  g_assert_cmpuint (mh_record_records (bad, MH_QC_RUN_LOCKS)->len, ==, 1);
  locked (house, "qc_rejected");
  g_assert_true (alerts (house, "qc_reject:HEMA1/HGB"));
  g_assert_null (lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "1-3s"));
  g_assert_null (strstr (error->message, "1-2s"));
  g_clear_error (&error);

  /* another analyte, another analyser, nothing known: free */
  static const char *const others[][2] = { { "HEMA1", "K" }, { "OTHER", "HGB" }, { NULL, "HGB" } };
  MhDb *db = lab_reader (lab);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_true (may_release (db, others[i][0], others[i][1], 0, NULL));
  g_autoptr (MhRecord) lock = the_lock (house);
  g_autoptr (GPtrArray) suspects
      = mh_qc_service_suspects (db, lab->pathologist, mh_record_id (lock),
                                mh_clock_now (mh_server_clock (lab->server)), &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  g_assert_cmpuint (suspects->len, ==, 1);
  MhRecord *suspect = g_ptr_array_index (suspects, 0);
  g_assert_cmpstr (mh_record_text (suspect, MH_QC_SUSPECT_VALUE), ==, "13.2");
  g_assert_cmpstr (mh_record_text (suspect, MH_QC_SUSPECT_STATUS), ==, MH_RESULT_STATUS_ENTERED);
  g_assert_null (mh_record_text (suspect, MH_QC_SUSPECT_REPORT));
  g_autoptr (MhRecord) decided
      = must (house, lab->pathologist, REVIEW, mh_record_id (lock),
              lab_parse (&mh_qc_review_type,
                         "{\"result_id\":\"%s\",\"decision\":\"repeat\",\"reason\":\"too near\"}",
                         mh_record_text (suspect, MH_QC_SUSPECT_RESULT_ID)));

  /* a good control alone does not release, nor does an action alone, nor one level of two */
  measure (house, "8.0", "14.0", MH_QC_ACCEPTED);
  locked (house, "qc_rejected");
  g_autoptr (MhRecord) acted = must (
      house, lab->technician, ACT, mh_record_id (lock),
      lab_parse (&mh_qc_action_type, "{\"action\":\"recalibrated\",\"note\":\"two points\"}"));
  g_assert_cmpstr (mh_record_text (acted, MH_QC_LOCK_STATE), ==, MH_QC_LOCK_ACTED);
  locked (house, "qc_rejected");
  later (house, 5);
  measure (house, "8.0", NULL, MH_QC_ACCEPTED);
  locked (house, "qc_rejected");
  measure (house, NULL, "14.0", MH_QC_ACCEPTED);
  locked (house, NULL);
  g_assert_false (alerts (house, "qc_reject:HEMA1/HGB"));
  g_autoptr (MhRecord) released = the_lock (house);
  g_assert_cmpstr (mh_record_text (released, MH_QC_LOCK_STATE), ==, MH_QC_LOCK_RELEASED);
  refused (house, lab->technician, ACT, mh_record_id (lock),
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
  g_autoptr (House) house = house_new (test);
  Lab *lab = house->lab;
  g_autofree char *good = received (lab, "HB");
  g_autofree char *held = received (lab, "HB");
  assert_typed (lab, good, "HGB=13.2", "HGB", "HEMA1");
  assert_release (lab, good, "HGB", NULL);
  assert_typed (lab, held, "HGB=13.2", "HGB", "HEMA1");
  measure (house, "8.301", NULL, MH_QC_REJECTED);
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

/* What was typed before anybody asked for the analyser is held as well. */
static void
test_typed_before (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  Lab *lab = house->lab;
  g_autofree char *order = received (lab, "HB");
  assert_typed (lab, order, "HGB=13.2", "HGB", "HEMA1");
  mh_assert_ok (lab_write (lab, lab->technician, forget_instrument, order, &error), error);
  measure (house, "8.301", NULL, MH_QC_REJECTED);
  assert_release (lab, order, "HGB", "1-3s");
}

/* Two analysers control it: it has to be said which one measured, where one of them is locked. */
static void
test_typed_which (const MhTestDb *test)
{
  static const char *const said[] = { "HEMA1", "HEMA2" };
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) refusal = NULL;
  Lab *lab = house->lab;
  drop (must (house, lab->pathologist, ADD_EQUIPMENT, NULL,
              lab_parse (&mh_equipment_type,
                         "{\"code\":\"HEMA2\",\"name\":\"Spare\",\"kind\":\"analyser\"}")));
  drop (must (house, lab->pathologist, ADD_QC, NULL,
              lab_parse (&mh_qc_target_type,
                         "{\"lot_id\":\"%s\",\"equipment\":\"HEMA2\",\"analyte\":\"HGB\","
                         "\"maker_mean\":\"8.0\",\"maker_sd\":\"0.1\"}",
                         house->lots[0])));
  g_autofree char *order = received (lab, "HB");
  assert_typed (lab, order, "HGB=13.2", "HGB", NULL);
  measure (house, "8.301", NULL, MH_QC_REJECTED);
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
  g_autoptr (House) house = house_new (test);
  Lab *lab = house->lab;
  g_autoptr (MhRecord) only
      = must (house, lab->pathologist, ADD_EQUIPMENT, NULL,
              lab_parse (&mh_equipment_type, "{\"code\":\"CHEM1\",\"name\":\"Chemistry\","
                                             "\"kind\":\"analyser\",\"bench\":\"C\"}"));
  g_autofree char *order = received (lab, "KT");
  assert_typed (lab, order, "K=4.1", "K", "CHEM1");
  drop (must (house, lab->technician, LOG, mh_record_id (only),
              lab_parse (&mh_equipment_event_type, "{\"kind\":\"fault\",\"words\":\"Lamp\"}")));
  assert_release (lab, order, "K", "has a fault");
  drop (must (
      house, lab->technician, LOG, mh_record_id (only),
      lab_parse (&mh_equipment_event_type, "{\"kind\":\"resolved\",\"words\":\"New lamp\"}")));
  assert_release (lab, order, "K", NULL);
}

/* Rejected again after the action: an action is wanted again. */
static void
test_again (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  measure (house, "8.0", "14.0", MH_QC_ACCEPTED);
  measure (house, "8.4", "14.0", MH_QC_REJECTED);
  g_autoptr (MhRecord) lock = the_lock (house);
  gint64 since = mh_record_int (lock, MH_QC_LOCK_SINCE_AT);
  g_autoptr (MhRecord) acted
      = must (house, house->lab->technician, ACT, mh_record_id (lock),
              lab_parse (&mh_qc_action_type, "{\"action\":\"remeasured\",\"note\":\"once more\"}"));
  later (house, 5);
  measure (house, "8.4", "14.0", MH_QC_REJECTED);
  g_autoptr (MhRecord) again = the_lock (house);
  g_assert_cmpstr (mh_record_text (again, MH_QC_LOCK_STATE), ==, MH_QC_LOCK_OPEN);
  g_assert_cmpint (mh_record_int (again, MH_QC_LOCK_SINCE_AT), ==, since);
  measure (house, "8.0", "14.0", MH_QC_ACCEPTED);
  locked (house, "qc_rejected");
}

/* A warning does not lock; the second on the same side rejects, unless the first was excluded. */
static void
test_exclusion (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  Lab *lab = house->lab;
  g_autoptr (MhRecord) first = run (house, "8.21", "14.0", MH_QC_WARNING);
  MhRecord *point = g_ptr_array_index (mh_record_records (first, MH_QC_RUN_POINTS), 0);
  g_assert_cmpstr (mh_record_text (point, MH_QC_POINT_Z), ==, "2.10");
  locked (house, NULL);
  g_assert_true (alerts (house, "qc_warning:HEMA1/HGB"));
  later (house, 60);
  refused (house, lab->technician, REMARK, mh_record_id (point),
           lab_parse (&mh_qc_remark_type, "{\"kind\":\"exclude\",\"reason\":\"short_sample\"}"),
           MH_ERROR_FORBIDDEN, NULL);
  g_autoptr (MhRecord) excluded
      = must (house, lab->pathologist, REMARK, mh_record_id (point),
              lab_parse (&mh_qc_remark_type, "{\"kind\":\"exclude\",\"reason\":\"short_sample\"}"));
  g_assert_true (mh_record_bool (excluded, MH_QC_POINT_EXCLUDED));
  measure (house, "8.22", "14.0", MH_QC_WARNING);
  MhDb *db = lab_reader (lab);
  MhQcPointsQuery query = { .subject = { NULL, "HEMA1", "HGB" }, .until = G_MAXINT64, .limit = 10 };
  g_autoptr (GPtrArray) points = mh_qc_service_points (db, lab->technician, &query, NULL);
  lab_done (lab, db);
  g_assert_cmpuint (points->len, ==, 4);
  g_autoptr (MhRecord) counted
      = must (house, lab->pathologist, REMARK, mh_record_id (point),
              lab_parse (&mh_qc_remark_type, "{\"kind\":\"include\",\"note\":\"it was right\"}"));
  g_assert_false (mh_record_bool (counted, MH_QC_POINT_EXCLUDED));
  measure (house, "8.21", "14.0", MH_QC_REJECTED);
  g_autoptr (MhRecord) lock = the_lock (house);
  g_assert_true (g_strv_contains (mh_record_list (lock, MH_QC_LOCK_RULES), "2-2s:within"));
  g_assert_false (alerts (house, "qc_warning:HEMA1/HGB"));
}

static MhRecord *
take (House *house, const char *control, const char *value, GError **error)
{
  const MhQcReading reading = { .hospital_id = LAB_HOSPITAL,
                                .equipment = "HEMA1",
                                .analyte = "HGB",
                                .control_id = control,
                                .value = value };
  Call call = { .what = TAKE, .reading = &reading, .actor = house->lab->technician };
  return lab_write (house->lab, house->lab->technician, call_func, &call, error) ? call.answer
                                                                                 : NULL;
}

/* Levels that an analyser sends one by one are one run; half an hour later is another. */
static void
test_analyser (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) one = take (house, "QC-1", "8.21", &error);
  mh_assert_ok (one != NULL, error);
  later (house, 30);
  g_autoptr (MhRecord) two = take (house, "QC-2", "14.42", &error);
  mh_assert_ok (two != NULL, error);
  g_assert_cmpstr (mh_record_text (one, MH_QC_POINT_RUN_ID), ==,
                   mh_record_text (two, MH_QC_POINT_RUN_ID));
  g_assert_true (g_strv_contains (mh_record_list (two, MH_QC_POINT_RULES), "2-2s:across"));
  locked (house, "qc_rejected");
  later (house, 31);
  g_autoptr (MhRecord) other = take (house, "QC-2", "14.0", &error);
  mh_assert_ok (other != NULL, error);
  g_assert_cmpstr (mh_record_text (two, MH_QC_POINT_RUN_ID), !=,
                   mh_record_text (other, MH_QC_POINT_RUN_ID));
  g_assert_null (take (house, "QC-9", "14.0", &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (take (house, "QC-1", "high", &error));
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
  g_autoptr (House) house = house_new (test);
  MhActor *technician = house->lab->technician;
  refused (house, technician, RUN, NULL, lab_parse (&mh_qc_run_type, "{\"equipment\":\"HEMA1\"}"),
           MH_ERROR_INVALID, "entries");
  refused (house, technician, RUN, NULL, run_body (house, "8,0", NULL), MH_ERROR_INVALID,
           "entries[0].value");
  refused (house, house->lab->reception, RUN, NULL, run_body (house, "8.0", NULL),
           MH_ERROR_FORBIDDEN, NULL);
  MhRecord *twice = run_body (house, "8.0", NULL);
  g_autoptr (MhRecord) entry = lab_parse (
      &mh_qc_entry_type, "{\"target_id\":\"%s\",\"value\":\"8.1\"}", house->targets[0]);
  mh_record_append (twice, MH_QC_RUN_ENTRIES, entry);
  refused (house, technician, RUN, NULL, twice, MH_ERROR_INVALID, "entries[1].target_id");
  MhRecord *future = run_body (house, "8.0", NULL);
  mh_record_set_int (future, MH_QC_RUN_AT,
                     mh_clock_now (mh_server_clock (house->lab->server)) + 3 * MH_MINUTE);
  refused (house, technician, RUN, NULL, future, MH_ERROR_INVALID, "at");
  refused (house, house->lab->pathologist, ADD_QC, NULL,
           lab_parse (&mh_qc_target_type,
                      "{\"lot_id\":\"%s\",\"equipment\":\"HEMA1\",\"analyte\":\"HGB\","
                      "\"maker_mean\":\"1\",\"maker_sd\":\"1\"}",
                      house->lots[0]),
           MH_ERROR_INVALID, "lot_id");
  refused (house, house->lab->pathologist, ADD_QC, NULL,
           lab_parse (&mh_qc_target_type,
                      "{\"lot_id\":\"%s\",\"equipment\":\"NONE\",\"analyte\":\"HGB\","
                      "\"maker_mean\":\"1\",\"maker_sd\":\"1\"}",
                      house->lots[0]),
           MH_ERROR_INVALID, "equipment");
  /* good on its last day, not on the next; the day is that of Kolkata */
  set_clock (house, "2026-12-31T18:29:00Z");
  measure (house, "8.0", NULL, MH_QC_ACCEPTED);
  set_clock (house, "2026-12-31T18:30:00Z");
  refused (house, technician, RUN, NULL, run_body (house, "8.0", NULL), MH_ERROR_INVALID,
           "entries[0].target_id");
}

/* Nineteen values are not enough, twenty are; what was rejected does not count. */
static void
test_adopt (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  MhActor *chief = house->lab->pathologist;
  measure (house, "8.4", NULL, MH_QC_REJECTED);
  for (guint i = 0; i < 19; i++)
    measure (house, i % 2 == 0 ? "8.0" : "7.9", NULL, MH_QC_ACCEPTED);
  refused (house, chief, ADOPT, house->targets[0], NULL, MH_ERROR_CONFLICT, NULL);
  measure (house, "8.1", NULL, MH_QC_ACCEPTED);
  refused (house, house->lab->technician, ADOPT, house->targets[0], NULL, MH_ERROR_FORBIDDEN, NULL);
  g_autoptr (MhRecord) target = must (house, chief, ADOPT, house->targets[0], NULL);
  g_assert_cmpstr (mh_record_text (target, MH_QC_TARGET_BASIS), ==, MH_QC_ESTABLISHED);
  g_assert_cmpint (mh_record_int (target, MH_QC_TARGET_ADOPTED_N), ==, 20);
  g_assert_cmpstr (mh_record_text (target, MH_QC_TARGET_MEAN), ==, "7.960");
  g_assert_cmpstr (mh_record_text (target, MH_QC_TARGET_MAKER_MEAN), ==, "8.0");
}

/* --- equipment --- */

static void
log_one (House *house, MhActor *actor, const char *json)
{
  g_autoptr (MhRecord) answer = must (house, actor, LOG, house->equipment,
                                      lab_parse (&mh_equipment_event_type, "%s", json));
}

static void
test_equipment (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  Lab *lab = house->lab;
  g_autofree char *key = g_strconcat ("fault:", house->equipment, NULL);
  locked (house, NULL);
  log_one (house, lab->technician, "{\"kind\":\"fault\",\"words\":\"Drain blocked\"}");
  locked (house, MH_EQUIPMENT_BLOCK_FAULT);
  g_assert_true (alerts (house, key));
  log_one (house, lab->technician, "{\"kind\":\"fault\",\"words\":\"Still blocked\"}");
  lab_told (lab, MH_ALERT_EQUIPMENT_FAULT, 1, MH_ROLE_TECHNICIAN, MH_ROLE_CASHIER);
  refused (house, lab->technician, LOG, house->equipment,
           lab_parse (&mh_equipment_event_type,
                      "{\"kind\":\"state\",\"words\":\"x\",\"new_state\":\"in_service\"}"),
           MH_ERROR_CONFLICT, NULL);
  refused (
      house, lab->technician, LOG, house->equipment,
      lab_parse (&mh_equipment_event_type, "{\"kind\":\"override\",\"words\":\"x\",\"hours\":1}"),
      MH_ERROR_FORBIDDEN, NULL);
  log_one (house, lab->pathologist, "{\"kind\":\"override\",\"words\":\"STAT only\",\"hours\":1}");
  locked (house, NULL);
  later (house, 59);
  locked (house, NULL);
  later (house, 1);
  locked (house, MH_EQUIPMENT_BLOCK_FAULT);
  log_one (house, lab->technician, "{\"kind\":\"resolved\",\"words\":\"Cleaned\"}");
  locked (house, NULL);
  g_assert_false (alerts (house, key));
  lab_told (lab, MH_ALERT_EQUIPMENT_FAULT, 0, MH_ROLE_TECHNICIAN, MH_ROLE_CASHIER);
  refused (house, lab->technician, LOG, house->equipment,
           lab_parse (&mh_equipment_event_type, "{\"kind\":\"resolved\",\"words\":\"x\"}"),
           MH_ERROR_CONFLICT, NULL);
  log_one (house, lab->technician,
           "{\"kind\":\"state\",\"words\":\"Yearly service\",\"new_state\":\"maintenance\"}");
  locked (house, MH_EQUIPMENT_BLOCK_MAINTENANCE);
  log_one (house, lab->technician,
           "{\"kind\":\"state\",\"words\":\"Done\",\"new_state\":\"in_service\"}");
  locked (house, NULL);
  refused (house, lab->technician, LOG, house->equipment,
           lab_parse (&mh_equipment_event_type,
                      "{\"kind\":\"state\",\"words\":\"x\",\"new_state\":\"retired\"}"),
           MH_ERROR_FORBIDDEN, NULL);
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) events = mh_equipment_service_events (db, lab->technician, house->equipment,
                                                              (MhListPage){ .limit = 50 }, NULL);
  lab_done (lab, db);
  g_assert_cmpuint (events->len, ==, 6);
}

/* Free through the last day, locked from the next midnight of the hospital (18:30 UTC). */
static void
test_calibration (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  Lab *lab = house->lab;
  g_autofree char *key = g_strconcat ("calibration_due:", house->equipment, NULL);
  g_autoptr (MhRecord) plan = must (house, lab->pathologist, ADD_PLAN, house->equipment,
                                    lab_parse (&mh_equipment_plan_type,
                                               "{\"kind\":\"calibration\",\"name\":\"Two points\","
                                               "\"every_days\":10,\"warn_days\":3}"));
  g_assert_cmpstr (mh_record_text (plan, MH_EQUIPMENT_PLAN_DUE_ON), ==, "2026-11-30");
  Call sweep = { .what = SWEEP };
  g_autoptr (GError) error = NULL;
  set_clock (house, "2026-11-26T18:29:59Z");
  mh_assert_ok (lab_write (lab, lab->technician, call_func, &sweep, &error), error);
  g_assert_false (alerts (house, key));
  set_clock (house, "2026-11-26T18:30:00Z");
  mh_assert_ok (lab_write (lab, lab->technician, call_func, &sweep, &error), error);
  g_assert_true (alerts (house, key));
  set_clock (house, "2026-11-30T18:29:59Z");
  locked (house, NULL);
  set_clock (house, "2026-11-30T18:30:00Z");
  locked (house, MH_EQUIPMENT_BLOCK_CALIBRATION);
  g_autofree char *failed = g_strdup_printf (
      "{\"kind\":\"calibration\",\"words\":\"Slope low\",\"failed\":true,\"plan_id\":\"%s\"}",
      mh_record_id (plan));
  g_autofree char *passed = g_strdup_printf (
      "{\"kind\":\"calibration\",\"words\":\"Within limits\",\"plan_id\":\"%s\"}",
      mh_record_id (plan));
  g_autofree char *wrong = g_strdup_printf (
      "{\"kind\":\"maintenance\",\"words\":\"x\",\"plan_id\":\"%s\"}", mh_record_id (plan));
  log_one (house, lab->technician, failed);
  locked (house, MH_EQUIPMENT_BLOCK_FAULT);
  log_one (house, lab->technician, "{\"kind\":\"resolved\",\"words\":\"New membrane\"}");
  locked (house, MH_EQUIPMENT_BLOCK_CALIBRATION);
  refused (house, lab->technician, LOG, house->equipment,
           lab_parse (&mh_equipment_event_type, "%s", wrong), MH_ERROR_INVALID, "plan_id");
  log_one (house, lab->technician, passed);
  locked (house, NULL);
  g_assert_false (alerts (house, key));
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
  g_autoptr (House) house = house_new (test);
  Lab *lab = house->lab;
  Call sweep = { .what = SWEEP };
  g_autoptr (MhRecord) plan
      = must (house, lab->pathologist, ADD_PLAN, house->equipment,
              lab_parse (&mh_equipment_plan_type, "{\"kind\":\"maintenance\",\"name\":\"Tubing\","
                                                  "\"every_days\":10,\"warn_days\":3}"));
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (GError) error = NULL;
      set_clock (house, days[i]);
      mh_assert_ok (lab_write (lab, lab->technician, call_func, &sweep, &error), error);
      lab_told (lab, MH_ALERT_MAINTENANCE_DUE, i > 0, MH_ROLE_TECHNICIAN, MH_ROLE_CASHIER);
      locked (house, NULL);
    }
  g_autofree char *done = g_strdup_printf (
      "{\"kind\":\"maintenance\",\"words\":\"Replaced\",\"plan_id\":\"%s\"}", mh_record_id (plan));
  log_one (house, lab->technician, done);
  lab_told (lab, MH_ALERT_MAINTENANCE_DUE, 0, MH_ROLE_TECHNICIAN, MH_ROLE_CASHIER);
}

/* What was measured and logged is never changed. */
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
  g_autoptr (House) house = house_new (test);
  Lab *lab = house->lab;
  measure (house, "8.4", NULL, MH_QC_REJECTED);
  g_autoptr (MhRecord) lock = the_lock (house);
  g_autoptr (MhRecord) acted
      = must (house, lab->technician, ACT, mh_record_id (lock),
              lab_parse (&mh_qc_action_type, "{\"action\":\"other\",\"note\":\"x\"}"));
  log_one (house, lab->technician, "{\"kind\":\"note\",\"words\":\"x\"}");
  MhDb *db = lab_reader (lab);
  MhQcPointsQuery query = { .subject = { NULL, "HEMA1", "HGB" }, .until = G_MAXINT64, .limit = 10 };
  g_autoptr (GPtrArray) points = mh_qc_service_points (db, lab->technician, &query, NULL);
  lab_done (lab, db);
  g_autoptr (MhRecord) remark
      = must (house, lab->technician, REMARK, mh_record_id (g_ptr_array_index (points, 0)),
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
