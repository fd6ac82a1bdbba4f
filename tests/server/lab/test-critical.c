/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Telling critical values: opening, the ladder, calls, closing, opening again; on both databases.
 */
#include "server/lab/critical/mh-critical-ladder.h"
#include "server/lab/critical/mh-critical-service.h"
#include "server/lab/critical/mh-critical.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/record/mh-record-check.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-critical.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "tests/server/lab-fixture.h"

#define START G_GINT64_CONSTANT (1773300000000000) /* 2026-03-12 12:50 in Kolkata */

static void
drop (MhRecord *record)
{
  g_clear_object (&record);
}

static Lab *
lab_begin (const MhTestDb *test)
{
  Lab *lab = lab_new (test);
  mh_critical_observe (lab->server);
  mh_critical_jobs_register (lab->server);
  mh_clock_set (mh_server_clock (lab->server), START);
  return lab;
}

static char *
verified_order (Lab *lab, const char *tests, const char *values)
{
  g_autoptr (GError) error = NULL;
  char *order = lab_order (lab, tests);
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  drop (lab_save (lab, lab->technician, order, values, TRUE, &error));
  g_assert_no_error (error);
  drop (lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error));
  g_assert_no_error (error);
  return order;
}

static GPtrArray *
items_of (Lab *lab, const char *order)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  GPtrArray *items = mh_critical_of_order (db, order, &error);
  g_assert_no_error (error);
  lab_done (lab, db);
  return items;
}

static MhRecord *
only_item (Lab *lab, const char *order)
{
  g_autoptr (GPtrArray) items = items_of (lab, order);
  g_assert_cmpuint (items->len, ==, 1);
  return g_object_ref (g_ptr_array_index (items, 0));
}

static MhRecord *
view_of (Lab *lab, const char *id)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  MhRecord *view = mh_critical_service_view (MH_REQUEST_DB (db, NULL, lab->technician), id, &error);
  g_assert_no_error (error);
  lab_done (lab, db);
  return view;
}

static guint
open_alerts (Lab *lab, const char *kind)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) alerts = mh_store_all (db, &mh_alert_type, "kind", kind, &error);
  g_assert_no_error (error);
  lab_done (lab, db);
  for (guint i = 0; i < alerts->len; i++)
    n += g_strcmp0 (mh_record_text (g_ptr_array_index (alerts, i), MH_ALERT_STATUS),
                    MH_ALERT_CLEARED)
         != 0;
  return n;
}

/* --- calls --- */

typedef struct
{
  MhActor *actor;
  const char *id;
  MhRecord *body, *reply;
} Step;

static gboolean
do_call (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  g_clear_object (&step->reply);
  step->reply = mh_critical_service_call (MH_REQUEST_TX (tx, lab->server, step->actor), step->id,
                                          step->body, error);
  return step->reply != NULL;
}

static gboolean
do_close (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  g_clear_object (&step->reply);
  step->reply = mh_critical_service_close (MH_REQUEST_TX (tx, NULL, step->actor), step->id,
                                           step->body, error);
  return step->reply != NULL;
}

static MhRecord *
call_json (Lab *lab, const char *id, const char *json, GError **error)
{
  g_autoptr (MhRecord) body
      = mh_record_from_text (&mh_critical_call_type, json, -1, MH_JSON_CREATE, error);
  Step step = { .actor = lab->technician, .id = id, .body = body };
  if (body == NULL || !mh_record_validate (body, MH_CHECK_CREATE, error))
    return NULL;
  return lab_write (lab, lab->technician, do_call, &step, error) ? step.reply : NULL;
}

static MhRecord *
close_as (Lab *lab, const char *id, const char *reason, const char *note, GError **error)
{
  g_autoptr (MhRecord) body = mh_record_new (&mh_critical_closing_type);
  mh_record_set_text (body, MH_CRITICAL_CLOSING_REASON, reason);
  if (note != NULL)
    mh_record_set_text (body, MH_CRITICAL_CLOSING_NOTE, note);
  Step step = { .actor = lab->technician, .id = id, .body = body };
  return lab_write (lab, lab->technician, do_close, &step, error) ? step.reply : NULL;
}

#define REACHED(read_back, matched)                                                                \
  "{\"to_name\":\"Dr Rao\",\"role\":\"orderer\",\"method\":\"phone\",\"outcome\":\"reached\","     \
  "\"read_back\":\"" read_back "\",\"matched\":" matched "}"
#define NO_ANSWER "{\"role\":\"orderer\",\"method\":\"phone\",\"outcome\":\"no_answer\"}"

/* --- cases --- */

/* An item opens with the verification, not with the entry, and only for what is critical. */
static void
test_open (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_begin (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = lab_order (lab, "KT HB");
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  drop (lab_save (lab, lab->technician, order, "K=6.8 HGB=12.5", TRUE, &error));
  g_assert_no_error (error);
  g_autoptr (GPtrArray) before = items_of (lab, order);
  g_assert_cmpuint (before->len, ==, 0);
  mh_clock_advance (mh_server_clock (lab->server), 10 * MH_MINUTE);
  drop (lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error));
  g_assert_no_error (error);
  g_autoptr (MhRecord) item = only_item (lab, order);
  g_assert_cmpstr (mh_record_text (item, MH_CRITICAL_ITEM_ANALYTE), ==, "K");
  g_assert_cmpstr (mh_record_text (item, MH_CRITICAL_ITEM_VALUE), ==, "6.8");
  g_assert_cmpstr (mh_record_text (item, MH_CRITICAL_ITEM_FLAG), ==, MH_FLAG_HH);
  g_assert_cmpstr (mh_record_text (item, MH_CRITICAL_ITEM_STATE), ==, MH_CRITICAL_OPEN);
  g_assert_cmpstr (mh_record_text (item, MH_CRITICAL_ITEM_RUNG), ==, MH_CRITICAL_ROLE_ORDERER);
  g_assert_cmpint (mh_record_int (item, MH_CRITICAL_ITEM_OPENED_AT), ==, START + 10 * MH_MINUTE);
  g_assert_cmpint (mh_record_int (item, MH_CRITICAL_ITEM_DUE_AT), ==, START + 40 * MH_MINUTE);
  g_assert_cmpuint (open_alerts (lab, MH_ALERT_CRITICAL_OPEN), ==, 1);
}

/* Looking acknowledges nothing; only a read-back that holds the value does. */
static void
test_calls (const MhTestDb *test)
{
  static const struct
  {
    const char *json, *field, *code, *state; /* field: refused there */
  } cases[] = {
    { NO_ANSWER, NULL, NULL, MH_CRITICAL_OPEN },
    { "{\"role\":\"orderer\",\"method\":\"phone\",\"outcome\":\"reached\",\"matched\":true,"
      "\"to_name\":\"Dr Rao\"}",
      "read_back", "required", MH_CRITICAL_OPEN },
    { "{\"role\":\"orderer\",\"method\":\"phone\",\"outcome\":\"reached\",\"read_back\":\"6.8\","
      "\"to_name\":\"Dr Rao\"}",
      "matched", "required", MH_CRITICAL_OPEN },
    { "{\"role\":\"orderer\",\"method\":\"phone\",\"outcome\":\"reached\",\"read_back\":\"6.8\","
      "\"matched\":true}",
      "to_name", "required", MH_CRITICAL_OPEN },
    { "{\"role\":\"orderer\",\"method\":\"phone\",\"outcome\":\"no_answer\",\"matched\":true}",
      "matched", "out_of_range", MH_CRITICAL_OPEN },
    { REACHED ("8.6", "true"), "read_back", "mismatch", MH_CRITICAL_OPEN },
    { REACHED ("six point eight", "true"), "read_back", "figure", MH_CRITICAL_OPEN },
    { REACHED ("8.6", "false"), NULL, NULL, MH_CRITICAL_OPEN },
    { REACHED ("K is six, 6.80", "true"), NULL, NULL, MH_CRITICAL_ACKNOWLEDGED },
    { NO_ANSWER, NULL, NULL, MH_CRITICAL_ACKNOWLEDGED },
  };
  g_autoptr (Lab) lab = lab_begin (test);
  g_autofree char *order = verified_order (lab, "KT", "K=6.8");
  g_autoptr (MhRecord) item = only_item (lab, order);
  const char *id = mh_record_id (item);
  gint64 kept = 0;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      mh_clock_advance (mh_server_clock (lab->server), MH_MINUTE);
      g_autoptr (MhRecord) seen = view_of (lab, id);
      g_autoptr (MhRecord) reply = call_json (lab, id, cases[i].json, &error);
      g_autoptr (MhRecord) now = lab_get (lab, &mh_critical_item_type, id);
      if (cases[i].field != NULL)
        {
          g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
          const MhIssue *issue = mh_issues_find (mh_error_get_issues (error), cases[i].field);
          g_assert_nonnull (issue);
          g_assert_cmpstr (issue->code, ==, cases[i].code);
        }
      else
        {
          g_assert_no_error (error);
          kept++;
        }
      g_assert_cmpstr (mh_record_text (now, MH_CRITICAL_ITEM_STATE), ==, cases[i].state);
      g_assert_cmpint (mh_record_int (now, MH_CRITICAL_ITEM_N_CALLS), ==, kept);
    }
  g_autoptr (MhRecord) view = view_of (lab, id);
  GPtrArray *calls = mh_record_records (view, MH_CRITICAL_VIEW_CALLS);
  g_assert_cmpuint (calls->len, ==, kept);
  for (guint i = 1; i < calls->len; i++)
    g_assert_cmpstr (mh_record_text (calls->pdata[i], MH_CRITICAL_CALL_FOLLOWS_ID), ==,
                     mh_record_id (calls->pdata[0]));
  g_assert_false (mh_record_bool (calls->pdata[0], MH_CRITICAL_CALL_IN_DIRECTORY));
  g_assert_cmpuint (open_alerts (lab, MH_ALERT_CRITICAL_OPEN), ==, 0);
}

/* Every reason, before and after somebody has read it back; closed once. */
static void
test_close (const MhTestDb *test)
{
  static const struct
  {
    gboolean told;
    const char *reason, *note;
    gboolean closes;
  } cases[] = {
    { FALSE, MH_CRITICAL_BY_ACKNOWLEDGED, "x", FALSE },
    { FALSE, MH_CRITICAL_BY_RECONCILED, "the ward had it", TRUE },
    { FALSE, MH_CRITICAL_BY_DUPLICATE, "told with the first", TRUE },
    { FALSE, MH_CRITICAL_BY_ERROR, "haemolysed", TRUE },
    { FALSE, MH_CRITICAL_BY_ERROR, NULL, FALSE },
    { TRUE, MH_CRITICAL_BY_ACKNOWLEDGED, NULL, TRUE },
    { TRUE, MH_CRITICAL_BY_RECONCILED, "the ward had it", TRUE },
  };
  g_autoptr (Lab) lab = lab_begin (test);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) again = NULL;
      guint alerts = open_alerts (lab, MH_ALERT_CRITICAL_OPEN);
      g_autofree char *order = verified_order (lab, "KT", "K=6.8");
      g_autoptr (MhRecord) item = only_item (lab, order);
      if (cases[i].told)
        drop (call_json (lab, mh_record_id (item), REACHED ("6.8", "true"), &error));
      g_assert_no_error (error);
      g_autoptr (MhRecord) closed
          = close_as (lab, mh_record_id (item), cases[i].reason, cases[i].note, &error);
      g_assert_cmpint (closed != NULL, ==, cases[i].closes);
      if (!cases[i].closes)
        continue;
      g_assert_cmpstr (mh_record_text (closed, MH_CRITICAL_ITEM_STATE), ==, MH_CRITICAL_CLOSED);
      g_assert_cmpuint (open_alerts (lab, MH_ALERT_CRITICAL_OPEN), ==, alerts);
      g_assert_null (close_as (lab, mh_record_id (item), MH_CRITICAL_BY_ERROR, "x", &again));
      g_assert_error (again, MH_ERROR, MH_ERROR_CONFLICT);
      /* A call that was made meanwhile is kept. */
      g_clear_error (&again);
      g_autoptr (MhRecord) late = call_json (lab, mh_record_id (item), NO_ANSWER, &again);
      g_assert_no_error (again);
      g_assert_cmpstr (mh_record_text (late, MH_CRITICAL_ITEM_STATE), ==, MH_CRITICAL_CLOSED);
    }
}

/* --- what the database refuses by itself --- */

typedef struct
{
  guint field;
  const char *text;
  gint64 number;
} Change;

typedef struct
{
  const char *id;
  const Change *changes;
} Forged;

static gboolean
forge (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  const Forged *forged = data;
  g_autoptr (MhRecord) before
      = mh_store_get (mh_tx_db (tx), &mh_critical_item_type, forged->id, error);
  g_autoptr (MhRecord) after = mh_record_copy (before);
  for (const Change *change = forged->changes; change->field != 0; change++)
    if (change->text != NULL)
      mh_record_set_text (after, change->field, change->text);
    else
      mh_record_set_int (after, change->field, change->number);
  if (!mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error))
    return FALSE;
  g_autoptr (MhRecord) read
      = mh_store_get (mh_tx_db (tx), &mh_critical_item_type, forged->id, error);
  return read != NULL;
}

static void
test_database (const MhTestDb *test)
{
  static const Change cases[][6] = {
    { { MH_CRITICAL_ITEM_STATE, "acknowledged" } },
    { { MH_CRITICAL_ITEM_STATE, "closed" } },
    { { MH_CRITICAL_ITEM_STATE, "closed" }, { MH_CRITICAL_ITEM_CLOSED_AT, NULL, 5 } },
    { { MH_CRITICAL_ITEM_STATE, "closed" },
      { MH_CRITICAL_ITEM_CLOSED_AT, NULL, 5 },
      { MH_CRITICAL_ITEM_CLOSE_REASON, "acknowledged" } },
    { { MH_CRITICAL_ITEM_STATE, "closed" },
      { MH_CRITICAL_ITEM_CLOSED_AT, NULL, 5 },
      { MH_CRITICAL_ITEM_CLOSE_REASON, "error" } },
    { { MH_CRITICAL_ITEM_STATE, "closed" },
      { MH_CRITICAL_ITEM_CLOSED_AT, NULL, 5 },
      { MH_CRITICAL_ITEM_CLOSE_REASON, "bored" },
      { MH_CRITICAL_ITEM_CLOSE_NOTE, "x" } },
    { { MH_CRITICAL_ITEM_STATE, "forgotten" } },
    { { MH_CRITICAL_ITEM_ACKNOWLEDGED_AT, NULL, 5 } },
    { { MH_CRITICAL_ITEM_CLOSE_REASON, "error" }, { MH_CRITICAL_ITEM_CLOSE_NOTE, "x" } },
  };
  g_autoptr (Lab) lab = lab_begin (test);
  g_autofree char *order = verified_order (lab, "KT", "K=6.8");
  g_autoptr (MhRecord) item = only_item (lab, order);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      Forged forged = { mh_record_id (item), cases[i] };
      g_assert_false (lab_write (lab, lab->technician, forge, &forged, &error));
      g_assert_nonnull (error);
    }
  /* The same way, but right. */
  g_autoptr (GError) error = NULL;
  static const Change right[] = { { MH_CRITICAL_ITEM_STATE, "closed" },
                                  { MH_CRITICAL_ITEM_CLOSED_AT, NULL, 5 },
                                  { MH_CRITICAL_ITEM_CLOSE_REASON, "error" },
                                  { MH_CRITICAL_ITEM_CLOSE_NOTE, "x" },
                                  { 0 } };
  Forged forged = { mh_record_id (item), right };
  mh_assert_ok (lab_write (lab, lab->technician, forge, &forged, &error), error);
}

/* --- the ladder --- */

static gboolean
add_people (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  static const struct
  {
    const MhRecordType *type;
    const char *json;
  } rows[] = {
    { &mh_department_type,
      "{\"id\":\"01900000-0000-7000-8000-0000000000d1\",\"hospital_id\":\"" LAB_HOSPITAL "\","
      "\"code\":\"MED\",\"name\":\"Medicine\",\"kind\":\"clinical\",\"head_name\":\"Dr Head\","
      "\"phone\":\"+911234500001\",\"active\":true}" },
    { &mh_user_type,
      "{\"id\":\"01900000-0000-7000-8000-0000000000a1\",\"hospital_id\":\"" LAB_HOSPITAL
      "\",\"username\":\"orderer\",\"name\":\"Dr Orderer\",\"roles\":[\"doctor\"],"
      "\"phone\":\"+911234500002\",\"active\":true}" },
    { &mh_user_type,
      "{\"id\":\"01900000-0000-7000-8000-0000000000a2\",\"hospital_id\":\"" LAB_HOSPITAL
      "\",\"username\":\"ward\",\"name\":\"Nurse Ward\",\"roles\":[\"nurse\"],"
      "\"department_id\":\"01900000-0000-7000-8000-0000000000d1\",\"on_shift\":true,"
      "\"active\":true}" },
    { &mh_user_type,
      "{\"id\":\"01900000-0000-7000-8000-0000000000a3\",\"hospital_id\":\"" LAB_HOSPITAL
      "\",\"username\":\"director\",\"name\":\"Dr Director\",\"roles\":[\"director\"],"
      "\"active\":true}" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MhRecord) record
          = mh_record_from_text (rows[i].type, rows[i].json, -1, MH_JSON_TRUSTED, error);
      if (record == NULL || !mh_tx_insert (tx, record, MH_AUDIT_CREATE, NULL, error))
        return FALSE;
    }
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_order_type, data, error);
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_ORDER_DOCTOR_ID, "01900000-0000-7000-8000-0000000000a1");
  mh_record_set_text (after, MH_ORDER_DOCTOR_NAME, "Dr Orderer");
  mh_record_set_text (after, MH_ORDER_DEPARTMENT_ID, "01900000-0000-7000-8000-0000000000d1");
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

/* Who stands there at their turn: names, or the ward's number. */
static char *
turn_of (Lab *lab, const char *id)
{
  g_autoptr (MhRecord) view = view_of (lab, id);
  GPtrArray *rungs = mh_record_records (view, MH_CRITICAL_VIEW_LADDER);
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < rungs->len; i++)
    if (mh_record_bool (rungs->pdata[i], MH_CRITICAL_RUNG_TURN))
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                              mh_record_text (rungs->pdata[i], MH_CRITICAL_RUNG_NAME));
  return g_strdup (names->str);
}

/* Orderer for 30 minutes, then a rung every 15; the director stays. Each boundary from both sides;
 * a server that was away climbs to where the clock stands. */
static void
test_ladder (const MhTestDb *test)
{
  static const struct
  {
    gint64 at; /* from the opening */
    const char *rung, *people;
    guint mine; /* alerts for persons until then */
  } cases[] = {
    { 30 * MH_MINUTE - MH_SECOND, MH_CRITICAL_ROLE_ORDERER, "Dr Orderer" },
    { 30 * MH_MINUTE, MH_CRITICAL_ROLE_ON_CALL, "Medicine, Nurse Ward" },
    { 45 * MH_MINUTE - MH_SECOND, MH_CRITICAL_ROLE_ON_CALL, "Medicine, Nurse Ward" },
    { 45 * MH_MINUTE, MH_CRITICAL_ROLE_HEAD, "Dr Head" },
    { 60 * MH_MINUTE - MH_SECOND, MH_CRITICAL_ROLE_HEAD, "Dr Head" },
    { 60 * MH_MINUTE, MH_CRITICAL_ROLE_DIRECTOR, "Dr Director" },
    { 500 * MH_MINUTE, MH_CRITICAL_ROLE_DIRECTOR, "Dr Director" },
  };
  g_autoptr (Lab) lab = lab_begin (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = lab_order (lab, "KT");
  mh_assert_ok (lab_write (lab, lab->reception, add_people, order, &error), error);
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  drop (lab_save (lab, lab->technician, order, "K=2.1", TRUE, &error));
  drop (lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error));
  g_assert_no_error (error);
  g_autoptr (MhRecord) item = only_item (lab, order);
  const char *id = mh_record_id (item);
  g_assert_cmpstr (mh_record_text (item, MH_CRITICAL_ITEM_DEPARTMENT), ==, "Medicine");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      mh_clock_set (mh_server_clock (lab->server), START + cases[i].at);
      mh_assert_ok (mh_jobs_run_due (mh_server_jobs (lab->server), NULL, &error), error);
      g_autoptr (MhRecord) now = lab_get (lab, &mh_critical_item_type, id);
      g_autofree char *people = turn_of (lab, id);
      g_assert_cmpstr (mh_record_text (now, MH_CRITICAL_ITEM_RUNG), ==, cases[i].rung);
      g_assert_cmpstr (people, ==, cases[i].people);
      g_assert_cmpuint (open_alerts (lab, MH_ALERT_CRITICAL_LATE) > 0, ==,
                        cases[i].at >= 30 * MH_MINUTE);
    }
  /* Read back: nobody is told any more. */
  drop (call_json (lab, id, REACHED ("2.1", "true"), &error));
  g_assert_no_error (error);
  g_assert_cmpuint (open_alerts (lab, MH_ALERT_CRITICAL_LATE), ==, 0);
  g_autoptr (MhRecord) told = lab_get (lab, &mh_critical_item_type, id);
  mh_clock_advance (mh_server_clock (lab->server), MH_HOUR);
  mh_assert_ok (mh_jobs_run_due (mh_server_jobs (lab->server), NULL, &error), error);
  g_autoptr (MhRecord) after = lab_get (lab, &mh_critical_item_type, id);
  g_assert_cmpint (mh_record_version (after), ==, mh_record_version (told));
}

/* --- corrections --- */

typedef struct
{
  const char *order, *value, *flag;
  gboolean critical;
} Correction;

static gboolean
correct (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  const Correction *correction = data;
  g_autoptr (MhRecord) before
      = mh_store_find (mh_tx_db (tx), &mh_result_type, "order_id", correction->order, error);
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_RESULT_VALUE, correction->value);
  mh_record_set_text (after, MH_RESULT_FLAG, correction->flag);
  mh_record_set_bool (after, MH_RESULT_CRITICAL, correction->critical);
  mh_record_set_text (after, MH_RESULT_STATUS, MH_RESULT_STATUS_CORRECTED);
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

/* What is on one side of a critical bound, or moves on it, is told; what stays normal is not. */
static void
test_corrected (const MhTestDb *test)
{
  static const struct
  {
    const char *was;
    gboolean told;
    Correction to;
    guint items;
    const char *state; /* of the newest; NULL: none */
  } cases[] = {
    { "4.1", FALSE, { NULL, "4.4", "N", FALSE }, 0, NULL },
    { "4.1", FALSE, { NULL, "6.8", "HH", TRUE }, 1, MH_CRITICAL_OPEN },
    { "6.8", TRUE, { NULL, "4.1", "N", FALSE }, 2, MH_CRITICAL_OPEN },
    { "6.8", TRUE, { NULL, "7.8", "HH", TRUE }, 2, MH_CRITICAL_OPEN },
    { "6.8", TRUE, { NULL, "6.8", "HH", TRUE }, 1, MH_CRITICAL_ACKNOWLEDGED },
    { "6.8", FALSE, { NULL, "7.8", "HH", TRUE }, 1, MH_CRITICAL_OPEN },
    { "6.8", FALSE, { NULL, "4.1", "N", FALSE }, 1, MH_CRITICAL_OPEN },
  };
  g_autoptr (Lab) lab = lab_begin (test);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *values = g_strconcat ("K=", cases[i].was, NULL);
      g_autofree char *order = verified_order (lab, "KT", values);
      if (cases[i].told)
        {
          g_autoptr (MhRecord) item = only_item (lab, order);
          drop (call_json (lab, mh_record_id (item), REACHED ("6.8", "true"), &error));
          g_assert_no_error (error);
        }
      Correction correction = cases[i].to;
      correction.order = order;
      mh_clock_advance (mh_server_clock (lab->server), MH_MINUTE);
      mh_assert_ok (lab_write (lab, lab->pathologist, correct, &correction, &error), error);
      g_autoptr (GPtrArray) items = items_of (lab, order);
      g_assert_cmpuint (items->len, ==, cases[i].items);
      if (items->len == 0)
        continue;
      MhRecord *newest = items->pdata[items->len - 1];
      g_assert_cmpstr (mh_record_text (newest, MH_CRITICAL_ITEM_STATE), ==, cases[i].state);
      g_assert_cmpstr (mh_record_text (newest, MH_CRITICAL_ITEM_VALUE), ==, correction.value);
      if (items->len == 2)
        {
          g_assert_cmpstr (mh_record_text (newest, MH_CRITICAL_ITEM_WAS), ==, cases[i].was);
          g_assert_cmpstr (mh_record_text (newest, MH_CRITICAL_ITEM_REOPENS_ID), ==,
                           mh_record_id (items->pdata[0]));
          g_assert_cmpstr (mh_record_text (items->pdata[0], MH_CRITICAL_ITEM_STATE), ==,
                           MH_CRITICAL_CLOSED);
        }
    }
}

/* The line of the report; figures of the month. */
static void
test_note (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_begin (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = verified_order (lab, "KT HB", "K=6.8 HGB=5.1");
  g_autoptr (GPtrArray) items = items_of (lab, order);
  g_assert_cmpuint (items->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    if (g_strcmp0 (mh_record_text (items->pdata[i], MH_CRITICAL_ITEM_ANALYTE), "K") == 0)
      {
        mh_clock_advance (mh_server_clock (lab->server), 12 * MH_MINUTE);
        drop (call_json (lab, mh_record_id (items->pdata[i]), REACHED ("6.8", "true"), &error));
        g_assert_no_error (error);
      }
  g_autofree char *note = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Kolkata");
  MhDb *db = lab_reader (lab);
  mh_assert_ok (mh_critical_note (db, order, zone, &note, &error), error);
  g_assert_cmpstr (note, ==,
                   "Potassium 6.8 mmol/L: called to Dr Rao at 12 Mar 2026, 13:02, read back");
  g_autoptr (MhRecord) figures = mh_critical_service_figures (
      MH_REQUEST_DB (db, lab->server, lab->technician), NULL, NULL, START + 31 * MH_MINUTE, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  MhRecord *total = mh_record_record (figures, MH_CRITICAL_FIGURES_TOTAL);
  g_assert_cmpint (mh_record_int (total, MH_CRITICAL_FIGURE_ITEMS), ==, 2);
  g_assert_cmpint (mh_record_int (total, MH_CRITICAL_FIGURE_ACKNOWLEDGED), ==, 1);
  g_assert_cmpint (mh_record_int (total, MH_CRITICAL_FIGURE_IN_TIME), ==, 1);
  g_assert_cmpstr (mh_record_text (total, MH_CRITICAL_FIGURE_IN_TIME_PERCENT), ==, "50.0");
  g_assert_cmpstr (mh_record_text (total, MH_CRITICAL_FIGURE_MEDIAN_MINUTES), ==, "12.0");
  g_assert_cmpint (mh_record_int (total, MH_CRITICAL_FIGURE_OPEN), ==, 1);
}

/* Another hospital's items are not there; who may not call may not write. */
static void
test_rights (const MhTestDb *test)
{
  static const char *const all[] = { MH_MAY_READ_CRITICAL, MH_MAY_CALL_CRITICAL, NULL };
  g_autoptr (Lab) lab = lab_begin (test);
  g_autofree char *order = verified_order (lab, "KT", "K=6.8");
  g_autoptr (MhRecord) item = only_item (lab, order);
  g_autoptr (MhActor) stranger
      = mh_actor_new ("01900000-0000-7000-8000-000000000199", "Stranger", "technician",
                      "01900000-0000-7000-8000-0000000000ff", NULL, all);
  g_autoptr (MhRecord) body
      = mh_record_from_text (&mh_critical_call_type, NO_ANSWER, -1, MH_JSON_TRUSTED, NULL);
  struct
  {
    MhActor *actor;
    int kind;
  } cases[] = { { stranger, MH_ERROR_NOT_FOUND }, { lab->reception, MH_ERROR_FORBIDDEN } };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      Step step = { .actor = cases[i].actor, .id = mh_record_id (item), .body = body };
      g_assert_false (lab_write (lab, cases[i].actor, do_call, &step, &error));
      g_assert_error (error, MH_ERROR, cases[i].kind);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/critical/open", test_open);
  mh_test_add_both ("/critical/calls", test_calls);
  mh_test_add_both ("/critical/close", test_close);
  mh_test_add_both ("/critical/database", test_database);
  mh_test_add_both ("/critical/ladder", test_ladder);
  mh_test_add_both ("/critical/corrected", test_corrected);
  mh_test_add_both ("/critical/note", test_note);
  mh_test_add_both ("/critical/rights", test_rights);
  return mh_test_run ();
}
