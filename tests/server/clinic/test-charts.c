/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts on both databases: problems and what they were before, vaccines, notes that nobody can
 * change once they are signed, the timeline. */
#include "server/clinic/chart/mh-chart-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/record/mh-record-check.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/clinic/mh-chart.h"
#include "shared/records/clinic/mh-note.h"
#include "shared/records/clinic/mh-problem-item.h"
#include "shared/records/mh-records.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "tests/server/lab-fixture.h"

typedef enum
{
  ITEM,
  NOTE,
  SIGNED,
  ADD,
  COSIGN,
  RETRACT,
  DROP,
} What;

typedef struct
{
  What what;
  const MhRecordType *type;
  const char *id, *json;
  gint64 if_match;
  MhActor *actor;
  MhRecord *reply;
} Step;

static MhRecord *
act_note (MhTx *tx, Step *step, MhRecord *body, GError **error)
{
  switch (step->what)
    {
    case NOTE:
      return step->id != NULL
                 ? mh_chart_notes_update (
                     MH_REQUEST_TX (tx, NULL, step->actor),
                     (MhPatch){ .id = step->id, .if_match = step->if_match, .body = body }, error)
                 : mh_chart_notes_create (MH_REQUEST_TX (tx, NULL, step->actor), body, error);
    case ADD:
      return mh_chart_notes_add (MH_REQUEST_TX (tx, NULL, step->actor), step->id, body, error);
    case COSIGN:
      return mh_chart_notes_cosign (MH_REQUEST_TX (tx, NULL, step->actor), step->id, error);
    case RETRACT:
      return mh_chart_notes_retract (MH_REQUEST_TX (tx, NULL, step->actor), step->id,
                                     "wrong patient", error);
    case ITEM:
    case SIGNED:
    case DROP:
    default:
      g_assert_not_reached ();
    }
}

static gboolean
act (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  gboolean patch = step->id != NULL && step->what != ADD;
  g_autoptr (MhRecord) body
      = step->json != NULL ? mh_record_from_text (step->type, step->json, -1,
                                                  patch ? MH_JSON_PATCH : MH_JSON_CREATE, error)
                           : NULL;
  if (step->json != NULL && body == NULL)
    return FALSE;
  g_clear_object (&step->reply);
  if (step->what == DROP)
    return mh_chart_notes_drop (MH_REQUEST_TX (tx, NULL, step->actor), step->id, error);
  if (step->what != ITEM)
    step->reply = act_note (tx, step, body, error);
  else if (step->id != NULL)
    step->reply = mh_chart_items_update (
        MH_REQUEST_TX (tx, lab->server, step->actor),
        (MhPatch){ .id = step->id, .if_match = step->if_match, .body = body }, error);
  else
    step->reply = mh_chart_items_create (MH_REQUEST_TX (tx, lab->server, step->actor), body, error);
  return step->reply != NULL;
}

static MhRecord *
try (Lab *lab, Step step, GError **error)
{
  if (step.actor == NULL)
    step.actor = lab->doctor;
  if (step.if_match == 0)
    step.if_match = -1;
  return lab_write (lab, step.actor, act, &step, error) ? step.reply : NULL;
}

static MhRecord *
must (Lab *lab, Step step)
{
  GError *error = NULL;
  MhRecord *reply = try (lab, step, &error);
  g_assert_no_error (error);
  return reply;
}

static gboolean
tells (const GError *error, const char *code)
{
  const MhIssues *issues = mh_error_get_issues (error);
  for (guint i = 0; issues != NULL && i < mh_issues_count (issues); i++)
    if (g_strcmp0 (mh_issues_nth (issues, i)->code, code) == 0)
      return TRUE;
  return FALSE;
}

static void
refused (Lab *lab, Step step, int code, const char *issue)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) reply = try (lab, step, &error);
  g_assert_null (reply);
  g_assert_error (error, MH_ERROR, code);
  g_assert_true (issue == NULL || tells (error, issue));
}

#define MERGED "01900000-0000-7000-8000-0000000000d0"
#define OF_PATIENT "\"patient_id\":\"" LAB_PATIENT "\","
#define PROBLEM(rest)                                                                              \
  "{" OF_PATIENT "\"status\":\"active\",\"verification\":\"confirmed\"," rest "}"

static Lab *
house (const MhTestDb *test)
{
  Lab *lab = lab_new (test);
  MhActor **all[] = { &lab->doctor, &lab->second };
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      MhActor *made
          = mh_actor_new (mh_actor_user_id (*all[i]), mh_actor_name (*all[i]), MH_ROLE_DOCTOR,
                          LAB_HOSPITAL, NULL, mh_role_default_find (MH_ROLE_DOCTOR)->permissions);
      mh_actor_unref (*all[i]);
      *all[i] = made;
    }
  return lab;
}

/* --- problems --- */

static void
test_problems (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house (test);
  const MhRecordType *type = &mh_problem_item_type;
  g_autoptr (MhRecord) sugar
      = must (lab, (Step){ ITEM, type, NULL, PROBLEM ("\"title\":\"Sugar\",\"code\":\"e119\"") });
  g_assert_cmpstr (mh_record_text (sugar, MH_PROBLEM_ITEM_CODE), ==, "E11.9");
  g_assert_nonnull (
      strstr (mh_record_text (sugar, MH_PROBLEM_ITEM_CODE_TITLE), "Type 2 diabetes mellitus"));
  g_assert_cmpint (mh_record_int (sugar, MH_PROBLEM_ITEM_RANK), ==, 1);
  g_assert_cmpstr (mh_record_text (sugar, MH_PROBLEM_ITEM_RECORDED_NAME), ==,
                   mh_actor_name (lab->doctor));
  refused (lab, (Step){ ITEM, type, NULL, PROBLEM ("\"title\":\"x\",\"code\":\"E11.98\"") },
           MH_ERROR_INVALID, "unknown_code");
  refused (lab, (Step){ ITEM, type, NULL, PROBLEM ("\"title\":\"x\",\"code\":\"E11.9\"") },
           MH_ERROR_INVALID, "duplicate");
  refused (lab,
           (Step){ ITEM, type, NULL,
                   "{\"patient_id\":\"01900000-0000-7000-8000-00000000ffff\",\"status\":\"active\","
                   "\"verification\":\"confirmed\",\"title\":\"x\"}" },
           MH_ERROR_INVALID, "unknown");
  refused (lab, (Step){ ITEM, type, NULL, PROBLEM ("\"title\":\"x\""), .actor = lab->technician },
           MH_ERROR_FORBIDDEN, NULL);
  g_autoptr (MhRecord) cough
      = must (lab, (Step){ ITEM, type, NULL, PROBLEM ("\"title\":\"Cough\"") });
  g_assert_cmpint (mh_record_int (cough, MH_PROBLEM_ITEM_RANK), ==, 2);
  refused (lab, (Step){ ITEM, type, mh_record_id (sugar), "{\"status\":\"resolved\"}", 7 },
           MH_ERROR_STALE, NULL);
  g_autoptr (MhRecord) over
      = must (lab, (Step){ ITEM, type, mh_record_id (sugar), "{\"status\":\"resolved\"}", 1 });
  g_assert_false (mh_problem_item_is_current (over));
  /* resolved, it may come anew */
  g_autoptr (MhRecord) again
      = must (lab, (Step){ ITEM, type, NULL, PROBLEM ("\"title\":\"Sugar\",\"code\":\"E11.9\"") });
  g_assert_nonnull (again);
}

/* What a desk still writes for a record that was merged goes to the one that stayed. */
static gboolean
add_merged (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) stayed = mh_store_get (mh_tx_db (tx), &mh_patient_type, LAB_PATIENT, error);
  g_autoptr (MhRecord) gone = stayed != NULL ? mh_record_copy (stayed) : NULL;
  if (gone == NULL)
    return FALSE;
  mh_record_set_text (gone, MH_ID, MERGED);
  mh_record_set_text (gone, MH_PATIENT_MRN, "MH000000099");
  mh_record_set_text (gone, MH_PATIENT_MERGED_INTO, LAB_PATIENT);
  return mh_tx_insert (tx, gone, MH_AUDIT_CREATE, NULL, error);
}

static void
test_merged (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house (test);
  GError *error = NULL;
  g_assert_true (lab_write (lab, lab->doctor, add_merged, NULL, &error));
  g_assert_no_error (error);
  g_autoptr (MhRecord) problem
      = must (lab, (Step){ ITEM, &mh_problem_item_type, NULL,
                           "{\"patient_id\":\"" MERGED "\",\"status\":\"active\","
                           "\"verification\":\"confirmed\",\"title\":\"Cough\"}" });
  g_autoptr (MhRecord) note = must (lab, (Step){ NOTE, &mh_note_type, NULL,
                                                 "{\"patient_id\":\"" MERGED
                                                 "\",\"kind\":\"consultation\",\"title\":\"x\"}" });
  g_assert_cmpstr (mh_record_text (problem, MH_PROBLEM_ITEM_PATIENT_ID), ==, LAB_PATIENT);
  g_assert_cmpstr (mh_record_text (note, MH_NOTE_PATIENT_ID), ==, LAB_PATIENT);
}

static void
test_revisions (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house (test);
  GError *error = NULL;
  g_autoptr (MhRecord) first
      = must (lab, (Step){ ITEM, &mh_problem_item_type, NULL, PROBLEM ("\"title\":\"Cough\"") });
  g_autoptr (MhRecord) second
      = must (lab, (Step){ ITEM, &mh_problem_item_type, mh_record_id (first),
                           "{\"title\":\"Asthma\"}", .actor = lab->second });
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) was = mh_chart_items_revisions (MH_REQUEST_DB (db, NULL, lab->doctor),
                                                        mh_record_id (first), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (was->len, ==, 2);
  MhRecord *newest = was->pdata[0], *oldest = was->pdata[1];
  g_assert_cmpint (mh_record_int (newest, MH_CHART_REVISION_OBJECT_VERSION), ==, 2);
  g_assert_cmpstr (mh_record_text (newest, MH_CHART_REVISION_BY_NAME), ==,
                   mh_actor_name (lab->second));
  g_assert_nonnull (strstr (mh_record_text (oldest, MH_CHART_REVISION_CONTENT), "Cough"));
  g_assert_nonnull (strstr (mh_record_text (newest, MH_CHART_REVISION_CONTENT), "Asthma"));
  g_assert_null (
      mh_chart_items_revisions (MH_REQUEST_DB (db, NULL, lab->doctor), LAB_PATIENT, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_NOT_FOUND);
  g_clear_error (&error);
  lab_done (lab, db);
}

/* --- vaccines and history --- */

static void
test_doses (const MhTestDb *test)
{
  static const struct
  {
    const char *json, *issue;
  } wrong[] = {
    { "{" OF_PATIENT "\"vaccine\":\"other\",\"status\":\"completed\",\"given_on\":\"2026-03-01\"}",
      "required" },
    { "{" OF_PATIENT "\"vaccine\":\"mr\",\"status\":\"not_done\",\"given_on\":\"2026-03-01\"}",
      "required" },
    { "{" OF_PATIENT "\"vaccine\":\"mr\",\"status\":\"completed\",\"given_on\":\"2026-03-01\","
      "\"reason\":\"refused\"}",
      "not_allowed" },
    { "{" OF_PATIENT "\"vaccine\":\"mr\",\"status\":\"completed\",\"given_on\":\"2026-03-02\","
      "\"expires\":\"2026-03-01\"}",
      "expired" },
  };
  g_autoptr (Lab) lab = house (test);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MhRecord) dose
          = mh_record_from_text (&mh_immunisation_type, wrong[i].json, -1, MH_JSON_CREATE, &error);
      g_assert_no_error (error);
      g_assert_false (mh_record_validate (dose, MH_CHECK_CREATE, &error));
      g_assert_true (tells (error, wrong[i].issue));
    }
  g_autoptr (MhRecord) last_day
      = must (lab, (Step){ ITEM, &mh_immunisation_type, NULL,
                           "{" OF_PATIENT "\"vaccine\":\"td\",\"dose_number\":1,\"status\":"
                           "\"completed\",\"given_on\":\"2026-03-01\",\"expires\":\"2026-03-01\","
                           "\"lot\":\"A1\",\"site\":\"left_arm\"}" });
  g_assert_nonnull (last_day);
  g_autoptr (MhRecord) line
      = must (lab, (Step){ ITEM, &mh_history_item_type, NULL,
                           "{" OF_PATIENT "\"kind\":\"family\",\"relation\":\"mother\",\"text\":"
                           "\"Diabetes\",\"status\":\"current\"}" });
  g_assert_nonnull (line);
}

/* --- notes --- */

#define NOTE_JSON(rest)                                                                            \
  "{" OF_PATIENT "\"kind\":\"progress\",\"title\":\"Ward round\",\"sections\":[{\"title\":"        \
  "\"Plan\",\"text\":\"Rest\"}]" rest "}"

static GPtrArray *
notes_of (Lab *lab, MhActor *actor, const char *patient_id, gboolean cosign)
{
  GError *error = NULL;
  MhDb *db = lab_reader (lab);
  MhNotesQuery query = { .patient_id = patient_id, .cosign = cosign, .limit = 50 };
  GPtrArray *notes = mh_chart_notes_list (MH_REQUEST_DB (db, NULL, actor), &query, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  return notes;
}

static void
test_draft (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house (test);
  GError *error = NULL;
  g_autoptr (MhRecord) draft = must (lab, (Step){ NOTE, &mh_note_type, NULL, NOTE_JSON ("") });
  g_assert_cmpstr (mh_record_text (draft, MH_NOTE_STATUS), ==, MH_NOTE_DRAFT);
  g_autoptr (GPtrArray) mine = notes_of (lab, lab->doctor, LAB_PATIENT, FALSE);
  g_autoptr (GPtrArray) others = notes_of (lab, lab->second, LAB_PATIENT, FALSE);
  g_autoptr (GPtrArray) drafts = notes_of (lab, lab->doctor, NULL, FALSE);
  g_assert_cmpuint (mine->len, ==, 1);
  g_assert_cmpuint (others->len, ==, 0);
  g_assert_cmpuint (drafts->len, ==, 1);
  g_assert_false (
      mh_note_type.is_for (draft, mh_actor_user_id (lab->second), (const char *const[]){ NULL }));
  MhDb *db = lab_reader (lab);
  g_assert_null (
      mh_chart_notes_read (MH_REQUEST_DB (db, NULL, lab->second), mh_record_id (draft), &error));
  lab_done (lab, db);
  g_assert_error (error, MH_ERROR, MH_ERROR_NOT_FOUND);
  g_clear_error (&error);
  refused (lab,
           (Step){ NOTE, &mh_note_type, mh_record_id (draft), "{\"title\":\"x\"}",
                   .actor = lab->second },
           MH_ERROR_NOT_FOUND, NULL);
  refused (lab, (Step){ ADD, &mh_note_addendum_type, mh_record_id (draft), "{\"text\":\"x\"}" },
           MH_ERROR_CONFLICT, NULL);
  refused (lab,
           (Step){ NOTE, &mh_note_type, mh_record_id (draft),
                   "{\"sections\":[{\"title\":\"Plan\",\"text\":\" \"}],\"sign\":true}" },
           MH_ERROR_INVALID, "required");
  Step drop = { DROP, NULL, mh_record_id (draft), NULL, -1, lab->doctor };
  g_assert_true (lab_write (lab, lab->doctor, act, &drop, &error));
  g_autoptr (GPtrArray) none = notes_of (lab, lab->doctor, LAB_PATIENT, FALSE);
  g_assert_cmpuint (none->len, ==, 0);
}

static gboolean
raw (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  return mh_db_exec (mh_tx_db (tx), data, MH_NO_ARGS, error) >= 0;
}

/* Nothing of a signed note can be changed by anybody who reaches the database. */
static void
test_signed_stays (const MhTestDb *test)
{
  static const char *const tries[] = {
    "UPDATE note SET title = 'Other'",
    "UPDATE note SET sections = '[]'",
    "UPDATE note SET status = 'draft'",
    "UPDATE note SET signed_at = NULL",
    "UPDATE note SET hash = 'x'",
    "UPDATE note SET author_name = 'Somebody'",
    "UPDATE note SET written_at = written_at + 1",
    "UPDATE note SET patient_mrn = 'MH1'",
    "UPDATE note SET deleted_at = 1",
    "DELETE FROM note",
    "UPDATE note_addendum SET text = 'x'",
    "DELETE FROM note_addendum",
    "UPDATE chart_revision SET content = '{}'",
    "DELETE FROM chart_revision",
  };
  g_autoptr (Lab) lab = house (test);
  g_autoptr (MhRecord) note
      = must (lab, (Step){ NOTE, &mh_note_type, NULL, NOTE_JSON (",\"sign\":true") });
  g_autoptr (MhRecord) problem
      = must (lab, (Step){ ITEM, &mh_problem_item_type, NULL, PROBLEM ("\"title\":\"Cough\"") });
  g_assert_cmpstr (mh_record_text (note, MH_NOTE_STATUS), ==, MH_NOTE_SIGNED);
  g_assert_cmpuint (strlen (mh_record_text (note, MH_NOTE_HASH)), ==, 64);
  g_autoptr (MhRecord) more = must (
      lab, (Step){ ADD, &mh_note_addendum_type, mh_record_id (note), "{\"text\":\"Later\"}" });
  g_assert_cmpint (mh_record_int (more, MH_NOTE_N_ADDENDA), ==, 1);
  g_assert_false (mh_record_bool (more, MH_NOTE_BROKEN));
  refused (lab, (Step){ NOTE, &mh_note_type, mh_record_id (note), "{\"title\":\"x\"}" },
           MH_ERROR_CONFLICT, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tries); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean done = lab_write (lab, lab->doctor, raw, (gpointer)tries[i], &error);
      if (done)
        g_test_message ("went through: %s", tries[i]);
      g_assert_false (done);
    }
  /* Merging two charts moves it. */
  g_autoptr (GError) error = NULL;
  mh_assert_ok (lab_write (lab, lab->doctor, raw,
                           (gpointer) "UPDATE note SET patient_id = '" LAB_PATIENT
                                      "', version = version + 1",
                           &error),
                error);
}

/* Whoever gets past the triggers is told by the hash. */
static void
test_tampered (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house (test);
  GError *error = NULL;
  g_autoptr (MhRecord) note
      = must (lab, (Step){ NOTE, &mh_note_type, NULL, NOTE_JSON (",\"sign\":true") });
  const char *off
      = test->is_postgres ? "DROP TRIGGER note_no_rewrite ON note" : "DROP TRIGGER note_no_rewrite";
  mh_assert_ok (lab_write (lab, lab->doctor, raw, (gpointer)off, &error), error);
  mh_assert_ok (lab_write (lab, lab->doctor, raw,
                           (gpointer) "UPDATE note SET sections = '[{\"title\":\"Plan\",\"text\":"
                                      "\"Operate\"}]'",
                           &error),
                error);
  MhDb *db = lab_reader (lab);
  g_autoptr (MhRecord) read
      = mh_chart_notes_read (MH_REQUEST_DB (db, NULL, lab->doctor), mh_record_id (note), &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  g_assert_true (mh_record_bool (read, MH_NOTE_BROKEN));
}

static void
test_cosign (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house (test);
  g_autoptr (MhRecord) note = must (
      lab, (Step){ NOTE, &mh_note_type, NULL, NOTE_JSON (",\"sign\":true,\"needs_cosign\":true") });
  const char *id = mh_record_id (note);
  g_autoptr (GPtrArray) own = notes_of (lab, lab->doctor, NULL, TRUE);
  g_autoptr (GPtrArray) waiting = notes_of (lab, lab->second, NULL, TRUE);
  g_assert_cmpuint (own->len, ==, 0);
  g_assert_cmpuint (waiting->len, ==, 1);
  refused (lab, (Step){ COSIGN, NULL, id, NULL }, MH_ERROR_FORBIDDEN, NULL);
  g_autoptr (MhRecord) done = must (lab, (Step){ COSIGN, NULL, id, NULL, .actor = lab->second });
  g_assert_cmpstr (mh_record_text (done, MH_NOTE_COSIGNED_NAME), ==, mh_actor_name (lab->second));
  g_assert_false (mh_record_bool (done, MH_NOTE_BROKEN));
  refused (lab, (Step){ COSIGN, NULL, id, NULL, .actor = lab->second }, MH_ERROR_CONFLICT, NULL);
  g_autoptr (GPtrArray) after = notes_of (lab, lab->second, NULL, TRUE);
  g_assert_cmpuint (after->len, ==, 0);
  g_autoptr (MhRecord) wrong = must (lab, (Step){ RETRACT, NULL, id, NULL });
  g_assert_cmpstr (mh_record_text (wrong, MH_NOTE_STATUS), ==, MH_NOTE_RETRACTED);
  refused (lab, (Step){ ADD, &mh_note_addendum_type, id, "{\"text\":\"x\"}" }, MH_ERROR_CONFLICT,
           NULL);
}

/* --- put together --- */

/* Page by page it is the same list as at once, newest first, each thing once. */
static void
test_timeline (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house (test);
  GError *error = NULL;
  g_autofree char *order_id = lab_order (lab, "CBC");
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *title = g_strdup_printf (PROBLEM ("\"title\":\"Problem %u\""), i);
      g_autoptr (MhRecord) problem = must (lab, (Step){ ITEM, &mh_problem_item_type, NULL, title });
      g_autoptr (MhRecord) note
          = must (lab, (Step){ NOTE, &mh_note_type, NULL, NOTE_JSON (",\"sign\":true") });
    }
  MhDb *db = lab_reader (lab);
  MhTimelineQuery query = { .patient_id = LAB_PATIENT, .limit = 50 };
  g_autoptr (GPtrArray) whole
      = mh_chart_service_timeline (MH_REQUEST_DB (db, NULL, lab->doctor), &query, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (whole->len, ==, 11);
  guint at = 0;
  query.limit = 3;
  for (guint page = 0; page < 5; page++)
    {
      g_autoptr (GPtrArray) part
          = mh_chart_service_timeline (MH_REQUEST_DB (db, NULL, lab->doctor), &query, NULL, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < part->len; i++)
        g_assert_cmpstr (mh_record_text (part->pdata[i], MH_CHART_EVENT_ID), ==,
                         mh_record_text (whole->pdata[at++], MH_CHART_EVENT_ID));
      if (part->len == 0)
        break;
      MhRecord *last = whole->pdata[at - 1];
      query.before_at = mh_record_int (last, MH_CHART_EVENT_AT);
      query.before_id = mh_record_text (last, MH_CHART_EVENT_ID);
    }
  g_assert_cmpuint (at, ==, whole->len);
  for (guint i = 1; i < whole->len; i++)
    g_assert_cmpint (mh_record_int (whole->pdata[i - 1], MH_CHART_EVENT_AT), >=,
                     mh_record_int (whole->pdata[i], MH_CHART_EVENT_AT));
  query = (MhTimelineQuery){ .patient_id = LAB_PATIENT, .limit = 50 };
  g_autoptr (GPtrArray) orders
      = mh_chart_service_timeline (MH_REQUEST_DB (db, NULL, lab->doctor), &query, "order", &error);
  g_assert_cmpuint (orders->len, ==, 1);
  g_assert_cmpstr (mh_record_text (orders->pdata[0], MH_CHART_EVENT_OBJECT_ID), ==, order_id);
  lab_done (lab, db);
}

static void
test_results (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house (test);
  GError *error = NULL;
  static const char *const values[] = { "HGB=13.1", "HGB=12.2", "HGB=9.9" };
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *order_id = lab_order (lab, "HB");
      lab_receive (lab, order_id, NULL,
                   i == 0   ? "2026-01-01T05:00:00Z"
                   : i == 1 ? "2026-01-02T05:00:00Z"
                            : "2026-01-03T05:00:00Z");
      g_autoptr (MhRecord) sheet
          = lab_save (lab, lab->technician, order_id, values[i], TRUE, &error);
      g_assert_no_error (error);
      g_autoptr (MhRecord) done
          = i < 2 ? lab_verify (lab, lab->pathologist, order_id, "verify", NULL, &error) : NULL;
      g_assert_no_error (error);
    }
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) rows = mh_chart_service_results (
      MH_REQUEST_DB (db, lab->server, lab->doctor), LAB_PATIENT, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  MhRecord *row = rows->pdata[0];
  /* what waits for its signature is not shown */
  g_assert_cmpstr (mh_record_text (row, MH_CHART_VALUE_VALUE), ==, "12.2");
  GPtrArray *points = mh_record_records (row, MH_CHART_VALUE_POINTS);
  g_assert_cmpuint (points->len, ==, 2);
  for (guint i = 0; i < points->len; i++) /* the row alone holds them: they go with it */
    g_assert_cmpuint (G_OBJECT (points->pdata[i])->ref_count, ==, 1);
  g_autoptr (MhRecord) series = mh_chart_service_series (
      MH_REQUEST_DB (db, lab->server, lab->doctor), LAB_PATIENT, "HGB", &error);
  g_assert_no_error (error);
  g_assert_cmpint (mh_record_int (series, MH_CHART_VALUE_N), ==, 2);
  g_assert_null (mh_chart_service_series (MH_REQUEST_DB (db, lab->server, lab->doctor), LAB_PATIENT,
                                          "NONE", &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_NOT_FOUND);
  g_clear_error (&error);
  lab_done (lab, db);
}

static void
test_first_page (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house (test);
  GError *error = NULL;
  g_autoptr (MhRecord) problem
      = must (lab, (Step){ ITEM, &mh_problem_item_type, NULL, PROBLEM ("\"title\":\"Cough\"") });
  MhDb *db = lab_reader (lab);
  g_autoptr (MhRecord) chart
      = mh_chart_service_read (MH_REQUEST_DB (db, lab->server, lab->doctor), LAB_PATIENT,
                               mh_clock_now (mh_server_clock (lab->server)), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mh_record_records (chart, MH_CHART_PROBLEMS)->len, ==, 1);
  g_assert_cmpuint (mh_record_records (chart, MH_CHART_TIMELINE)->len, ==, 1);
  /* the girl is twelve: what is due stands there */
  g_assert_cmpuint (mh_record_records (chart, MH_CHART_DUE)->len, >, 20);
  g_autoptr (MhActor) stranger
      = mh_actor_new (mh_actor_user_id (lab->doctor), "Elsewhere", MH_ROLE_DOCTOR,
                      "01900000-0000-7000-8000-0000000000ee", NULL,
                      mh_role_default_find (MH_ROLE_DOCTOR)->permissions);
  g_assert_null (
      mh_chart_service_read (MH_REQUEST_DB (db, lab->server, stranger), LAB_PATIENT, 0, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (mh_chart_items_list (MH_REQUEST_DB (db, NULL, stranger), &mh_problem_item_type,
                                      LAB_PATIENT, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_NOT_FOUND);
  g_clear_error (&error);
  lab_done (lab, db);
  g_autoptr (MhRecord) patient = NULL;
  g_autoptr (GBytes) pdf
      = mh_chart_service_pdf (lab->server, lab->doctor, LAB_PATIENT, "hi", &patient, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (pdf), >, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  mh_test_add_both ("/charts/problems", test_problems);
  mh_test_add_both ("/charts/merged", test_merged);
  mh_test_add_both ("/charts/revisions", test_revisions);
  mh_test_add_both ("/charts/doses", test_doses);
  mh_test_add_both ("/charts/draft", test_draft);
  mh_test_add_both ("/charts/signed-stays", test_signed_stays);
  mh_test_add_both ("/charts/tampered", test_tampered);
  mh_test_add_both ("/charts/cosign", test_cosign);
  mh_test_add_both ("/charts/timeline", test_timeline);
  mh_test_add_both ("/charts/results", test_results);
  mh_test_add_both ("/charts/first-page", test_first_page);
  return mh_test_run ();
}
