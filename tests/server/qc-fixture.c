/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/server/qc-fixture.h"

#include "server/lab/equipment/mh-equipment-service.h"
#include "server/messages/alerts/mh-alerts-store.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-date.h"
#include "shared/records/lab/mh-equipment.h"
#include "shared/records/lab/mh-qc.h"
#include "shared/records/people/mh-permissions.h"

#define NOW "2026-11-20T06:30:00Z"

typedef struct
{
  QcWhat what;
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
      call->answer
          = mh_equipment_service_create (MH_REQUEST_TX (tx, NULL, call->actor), call->body, error);
      break;
    case ADD_PLAN:
      call->answer = mh_equipment_service_plan (MH_REQUEST_TX (tx, lab->server, call->actor),
                                                call->id, call->body, error);
      break;
    case LOG:
      call->answer = mh_equipment_service_log (MH_REQUEST_TX (tx, lab->server, call->actor),
                                               call->id, call->body, error);
      break;
    case ADD_QC:
      call->answer
          = mh_qc_service_create (MH_REQUEST_TX (tx, NULL, call->actor), call->body, error);
      break;
    case CHANGE_QC:
      call->answer = mh_qc_service_update (
          MH_REQUEST_TX (tx, NULL, call->actor),
          (MhPatch){ .id = call->id, .if_match = -1, .body = call->body }, error);
      break;
    case RUN:
      call->answer = mh_qc_service_run (MH_REQUEST_TX (tx, NULL, call->actor), call->body, error);
      break;
    case ACT:
      call->answer
          = mh_qc_service_act (MH_REQUEST_TX (tx, NULL, call->actor), call->id, call->body, error);
      break;
    case REMARK:
      call->answer = mh_qc_service_remark (MH_REQUEST_TX (tx, NULL, call->actor), call->id,
                                           call->body, error);
      break;
    case REVIEW:
      call->answer = mh_qc_service_review (MH_REQUEST_TX (tx, NULL, call->actor), call->id,
                                           call->body, error);
      break;
    case ADOPT:
      call->answer = mh_qc_service_adopt (MH_REQUEST_TX (tx, NULL, call->actor), call->id, error);
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
MhRecord *
qc_try (QcHouse *house, MhActor *actor, QcWhat what, const char *id, MhRecord *body, GError **error)
{
  g_autoptr (MhRecord) taken = body;
  Call call = { .what = what, .id = id, .body = taken, .actor = actor };
  return lab_write (house->lab, actor, call_func, &call, error) ? call.answer : NULL;
}

MhRecord *
qc_must (QcHouse *house, MhActor *actor, QcWhat what, const char *id, MhRecord *body)
{
  GError *error = NULL;
  MhRecord *answer = qc_try (house, actor, what, id, body, &error);
  g_assert_no_error (error);
  return answer;
}

MhRecord *
qc_take (QcHouse *house, const char *control, const char *value, GError **error)
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

void
qc_sweep (QcHouse *house)
{
  g_autoptr (GError) error = NULL;
  Call call = { .what = SWEEP };
  mh_assert_ok (lab_write (house->lab, house->lab->technician, call_func, &call, &error), error);
}

void
qc_refused (QcHouse *house,
            MhActor *actor,
            QcWhat what,
            const char *id,
            MhRecord *body,
            MhErrorKind kind,
            const char *field)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (qc_try (house, actor, what, id, body, &error));
  g_assert_error (error, MH_ERROR, (int)kind);
  if (field != NULL)
    g_assert_nonnull (mh_issues_find (mh_error_get_issues (error), field));
}

void
qc_clock (QcHouse *house, const char *text)
{
  gint64 now = 0;
  g_assert_true (mh_instant_parse (text, &now));
  mh_clock_set (mh_server_clock (house->lab->server), now);
}

void
qc_later (QcHouse *house, gint64 minutes)
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
QcHouse *
qc_house_new (const MhTestDb *test)
{
  QcHouse *house = g_new0 (QcHouse, 1);
  house->lab = lab_new (test);
  qc_clock (house, NOW);
  promote (&house->lab->technician, MH_ROLE_TECHNICIAN);
  promote (&house->lab->pathologist, MH_ROLE_PATHOLOGIST);
  MhActor *chief = house->lab->pathologist;
  g_autoptr (MhRecord) equipment
      = qc_must (house, chief, ADD_EQUIPMENT, NULL,
                 lab_parse (&mh_equipment_type,
                            "{\"code\":\"HEMA1\",\"name\":\"Counter\",\"kind\":\"analyser\"}"));
  house->equipment = g_strdup (mh_record_id (equipment));
  g_autoptr (MhRecord) material = qc_must (
      house, chief, ADD_QC, NULL,
      lab_parse (&mh_qc_material_type, "{\"code\":\"BLOOD\",\"name\":\"Blood control\"}"));
  for (int level = 0; level < 2; level++)
    {
      g_autoptr (MhRecord) lot
          = qc_must (house, chief, ADD_QC, NULL,
                     lab_parse (&mh_qc_lot_type,
                                "{\"material_id\":\"%s\",\"lot\":\"L%d\",\"level\":%d,"
                                "\"control_id\":\"QC-%d\",\"expires_on\":\"2026-12-31\"}",
                                mh_record_id (material), level + 1, level + 1, level + 1));
      g_autoptr (MhRecord) target = qc_must (
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

void
qc_house_free (QcHouse *house)
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

/* Values of level 1 and 2; NULL: not measured. */
MhRecord *
qc_run_body (QcHouse *house, const char *one, const char *two)
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

MhRecord *
qc_run (QcHouse *house, const char *one, const char *two, const char *state)
{
  MhRecord *answer
      = qc_must (house, house->lab->technician, RUN, NULL, qc_run_body (house, one, two));
  g_assert_cmpstr (mh_record_text (answer, MH_QC_RUN_STATE), ==, state);
  return answer;
}

void
qc_measure (QcHouse *house, const char *one, const char *two, const char *state)
{
  g_autoptr (MhRecord) answer = qc_run (house, one, two, state);
  qc_later (house, 60);
}

gboolean
qc_may_release (MhDb *db, const char *equipment, const char *analyte, gint64 now, GError **error)
{
  g_autoptr (MhQcKnown) known = mh_qc_known_new ();
  const MhQcSubject subject = { LAB_HOSPITAL, equipment, analyte };
  return mh_qc_may_release (db, known, &subject, now, error);
}

void
qc_locked (QcHouse *house, const char *code)
{
  g_autoptr (GError) error = NULL;
  gint64 now = mh_clock_now (mh_server_clock (house->lab->server));
  MhDb *db = lab_reader (house->lab);
  gboolean may = qc_may_release (db, "HEMA1", "HGB", now, &error);
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

MhRecord *
qc_lock (QcHouse *house)
{
  GError *error = NULL;
  MhDb *db = lab_reader (house->lab);
  g_autoptr (GPtrArray) found = mh_qc_service_locks (
      MH_REQUEST_DB (db, NULL, house->lab->technician), NULL, (MhListPage){ .limit = 10 }, &error);
  lab_done (house->lab, db);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);
  return g_object_ref (g_ptr_array_index (found, 0));
}

guint
qc_alerts (QcHouse *house, const char *key)
{
  GError *error = NULL;
  MhDb *db = lab_reader (house->lab);
  g_autofree char *whole = g_strconcat (LAB_HOSPITAL ":", key, NULL);
  g_autoptr (MhRecord) found = mh_alerts_store_active (db, whole, &error);
  lab_done (house->lab, db);
  g_assert_no_error (error);
  return found != NULL;
}
