/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Alerts: once for a cause, worse opens again, who is told, put off, handed up, over. On both
 * databases. */
#include <string.h>

#include "server/lab/analysers/mh-analysers-take.h"
#include "server/messages/alerts/mh-alerts-service.h"
#include "server/money/gateway/mh-gateway-alerts.h"
#include "server/money/gateway/mh-gateway.h"
#include "server/people/feed/mh-feed-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/jobs/mh-jobs-service.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-analyser.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/messages/mh-alert-analyser.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/mh-records.h"
#include "shared/records/money/mh-gateway.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-machine.h"
#include "tests/server/lab-fixture.h"

#define SOMEBODY "01900000-0000-7000-8000-0000000000d1"

static MhActor *
actor_of (const char *role, const char *user_id)
{
  return mh_actor_new (user_id, "Somebody", role, LAB_HOSPITAL, NULL,
                       mh_role_default_find (role)->permissions);
}

static void
advance (Lab *lab, gint64 by)
{
  mh_clock_advance (mh_server_clock (lab->server), by);
}

/* Its clock stands still. */
static Lab *
still_lab (const MhTestDb *test)
{
  Lab *lab = lab_new (test);
  advance (lab, 0);
  return lab;
}

static gboolean
raise_it (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  return mh_alerts_raise (tx, data, error);
}

static void
raised (Lab *lab, const MhAlertDraft *draft)
{
  g_autoptr (GError) error = NULL;
  mh_assert_ok (lab_write (lab, lab->technician, raise_it, (gpointer)draft, &error), error);
}

static gboolean
clear_it (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  return mh_alerts_clear (tx, LAB_HOSPITAL, data, error);
}

static gboolean
clear_below (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  return mh_alerts_clear_all (tx, LAB_HOSPITAL, data, error);
}

static gboolean
sweep_it (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  return mh_alerts_service_sweep (tx, error);
}

static void
swept (Lab *lab)
{
  g_autoptr (GError) error = NULL;
  mh_assert_ok (lab_write (lab, lab->technician, sweep_it, NULL, &error), error);
}

static GPtrArray *
listed (Lab *lab, MhActor *actor, const char *state)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  GPtrArray *found = mh_alerts_service_list (
      MH_REQUEST_DB (db, NULL, actor), &(MhAlertsQuery){ .state = state, .limit = 50 }, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  return found;
}

static guint
count (Lab *lab, MhActor *actor, const char *state)
{
  g_autoptr (GPtrArray) found = listed (lab, actor, state);
  return found->len;
}

static const char *const arguments[] = { "ML-1", "CBC", "HAEM", "10:30", NULL };
static const MhAlertDraft late = { .kind = MH_ALERT_TURNAROUND_BREACH,
                                   .severity = MH_ALERT_WARNING,
                                   .hospital_id = LAB_HOSPITAL,
                                   .subject_type = "order",
                                   .subject_id = SOMEBODY,
                                   .arguments = arguments,
                                   .bench = "HAEM",
                                   .dedupe_key = "turnaround:a/1" };

/* --- */

static void
test_once (const MhTestDb *test)
{
  g_autoptr (Lab) lab = still_lab (test);
  MhAlertDraft worse = late;
  raised (lab, &late);
  raised (lab, &late);
  g_assert_cmpuint (count (lab, lab->technician, NULL), ==, 1);
  worse.severity = MH_ALERT_SEVERE;
  raised (lab, &worse);
  raised (lab, &late); /* seen milder, it stays as bad as it was */
  g_autoptr (GPtrArray) found = listed (lab, lab->technician, NULL);
  g_assert_cmpuint (found->len, ==, 1);
  MhRecord *alert = g_ptr_array_index (found, 0);
  g_assert_cmpstr (mh_record_text (alert, MH_ALERT_SEVERITY), ==, MH_ALERT_SEVERE);
  g_assert_cmpint (mh_record_version (alert), ==, 2);
  g_autoptr (GError) error = NULL;
  mh_assert_ok (lab_write (lab, lab->technician, clear_it, (gpointer) "turnaround:a/1", &error),
                error);
  mh_assert_ok (lab_write (lab, lab->technician, clear_it, (gpointer) "turnaround:a/1", &error),
                error);
  g_assert_cmpuint (count (lab, lab->technician, NULL), ==, 0);
  g_assert_cmpuint (count (lab, lab->technician, MH_ALERT_STATE_ALL), ==, 1);
  raised (lab, &late); /* the cause is back: a new one */
  g_assert_cmpuint (count (lab, lab->technician, MH_ALERT_STATE_ALL), ==, 2);
}

static void
test_clear_all (const MhTestDb *test)
{
  g_autoptr (Lab) lab = still_lab (test);
  g_autoptr (GError) error = NULL;
  const char *keys[] = { "turnaround:a/1", "turnaround:a/2", "turnaround:ab/1" };
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      MhAlertDraft draft = late;
      draft.dedupe_key = keys[i];
      raised (lab, &draft);
    }
  mh_assert_ok (lab_write (lab, lab->technician, clear_below, (gpointer) "turnaround:a/", &error),
                error);
  g_autoptr (GPtrArray) left = listed (lab, lab->technician, NULL);
  g_assert_cmpuint (left->len, ==, 1);
  g_assert_true (g_str_has_suffix (
      mh_record_text (g_ptr_array_index (left, 0), MH_ALERT_DEDUPE_KEY), "turnaround:ab/1"));
}

/* The list and the feed agree on who hears of what. */
static gboolean
heard (Lab *lab, MhActor *actor, const char *kind)
{
  g_autoptr (GError) error = NULL;
  gint64 next = 0;
  gboolean found = FALSE;
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) lines = mh_feed_service_read (
      MH_REQUEST_DB (db, NULL, actor), &(MhFeedWanted){ .limit = 1000, .types = "alert" }, NULL,
      &next, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  for (guint i = 0; i < lines->len; i++)
    found |= strstr (g_ptr_array_index (lines, i), kind) != NULL
             && strstr (g_ptr_array_index (lines, i), "\"cleared\"") == NULL;
  return found;
}

static void
test_rights (const MhTestDb *test)
{
  static const struct
  {
    const char *kind, *user_id, *role;
    gboolean told, told_when_handed_up;
  } cases[] = {
    { MH_ALERT_TURNAROUND_BREACH, NULL, MH_ROLE_TECHNICIAN, TRUE, TRUE },
    { MH_ALERT_TURNAROUND_BREACH, NULL, MH_ROLE_CASHIER, FALSE, FALSE },
    { MH_ALERT_TURNAROUND_BREACH, NULL, MH_ROLE_MANAGER, FALSE, TRUE },
    { MH_ALERT_PAYMENT_FAILED, NULL, MH_ROLE_CASHIER, TRUE, TRUE },
    { MH_ALERT_PAYMENT_FAILED, NULL, MH_ROLE_PATHOLOGIST, FALSE, FALSE },
    { MH_ALERT_PAYMENT_FAILED, NULL, MH_ROLE_MANAGER, FALSE, TRUE },
    { MH_ALERT_REPORT_CORRECTED, SOMEBODY, MH_ROLE_DOCTOR, TRUE, TRUE },
    { MH_ALERT_REPORT_CORRECTED, LAB_PATIENT, MH_ROLE_DOCTOR, FALSE, FALSE },
  };
  g_autoptr (Lab) lab = still_lab (test);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MhActor) actor = actor_of (cases[i].role, SOMEBODY);
      g_autoptr (GError) error = NULL;
      MhAlertDraft draft = late;
      draft.kind = cases[i].kind;
      draft.user_id = cases[i].user_id;
      draft.severity = MH_ALERT_SEVERE;
      raised (lab, &draft);
      g_assert_cmpuint (count (lab, actor, NULL), ==, cases[i].told ? 1 : 0);
      g_assert_true (heard (lab, actor, cases[i].kind) == cases[i].told);
      advance (lab, 2 * MH_DAY);
      swept (lab);
      g_assert_cmpuint (count (lab, actor, NULL), ==, cases[i].told_when_handed_up ? 1 : 0);
      g_assert_true (heard (lab, actor, cases[i].kind) == cases[i].told_when_handed_up);
      mh_assert_ok (lab_write (lab, lab->technician, clear_it, (gpointer)late.dedupe_key, &error),
                    error);
      g_assert_cmpuint (count (lab, actor, NULL), ==, 0);
    }
}

typedef struct
{
  const char *id, *note;
  gint64 minutes;
  gboolean snooze;
} Noting;

static gboolean
note_it (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Noting *noting = data;
  g_autoptr (MhRecord) body = mh_record_new (&mh_alert_noting_type);
  mh_record_set_text (body, MH_ALERT_NOTING_NOTE, noting->note);
  if (noting->minutes > 0)
    mh_record_set_int (body, MH_ALERT_NOTING_MINUTES, noting->minutes);
  g_autoptr (MhRecord) done
      = noting->snooze ? mh_alerts_service_snooze (MH_REQUEST_TX (tx, NULL, lab->technician),
                                                   noting->id, body, error)
                       : mh_alerts_service_acknowledge (MH_REQUEST_TX (tx, NULL, lab->technician),
                                                        noting->id, body, error);
  return done != NULL;
}

static void
test_seen_to (const MhTestDb *test)
{
  g_autoptr (Lab) lab = still_lab (test);
  g_autoptr (GError) error = NULL;
  raised (lab, &late);
  g_autoptr (GPtrArray) found = listed (lab, lab->technician, NULL);
  g_autofree char *id = g_strdup (mh_record_id (g_ptr_array_index (found, 0)));
  Noting no_minutes = { id, NULL, 0, TRUE }, snooze = { id, NULL, 10, TRUE },
         note = { id, "Reagent is on its way", 0, FALSE };

  g_assert_false (lab_write (lab, lab->technician, note_it, &no_minutes, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
  g_clear_error (&error);

  mh_assert_ok (lab_write (lab, lab->technician, note_it, &snooze, &error), error);
  g_assert_cmpuint (count (lab, lab->technician, NULL), ==, 0);
  g_assert_cmpuint (count (lab, lab->technician, MH_ALERT_STATE_ACTIVE), ==, 1);
  advance (lab, 10 * MH_MINUTE - 1);
  swept (lab);
  g_assert_cmpuint (count (lab, lab->technician, NULL), ==, 0);
  advance (lab, 1);
  swept (lab);
  g_assert_cmpuint (count (lab, lab->technician, NULL), ==, 1);

  mh_assert_ok (lab_write (lab, lab->technician, note_it, &note, &error), error);
  g_assert_cmpuint (count (lab, lab->technician, NULL), ==, 0);
  advance (lab, MH_DAY); /* somebody sees to it: it is not handed up */
  swept (lab);
  g_autoptr (GPtrArray) kept = listed (lab, lab->technician, MH_ALERT_STATE_ACTIVE);
  MhRecord *alert = g_ptr_array_index (kept, 0);
  g_assert_false (mh_record_has (alert, MH_ALERT_ESCALATED_AT));
  g_assert_cmpstr (mh_record_text (alert, MH_ALERT_NOTE), ==, note.note);
  g_assert_true (mh_record_has (alert, MH_ALERT_ACKNOWLEDGED_NAME));

  mh_assert_ok (lab_write (lab, lab->technician, clear_it, (gpointer) "turnaround:a/1", &error),
                error);
  g_assert_false (lab_write (lab, lab->technician, note_it, &note, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
}

/* Both sides of the minutes after which it goes to the supervisors. */
static void
test_handed_up (const MhTestDb *test)
{
  g_autoptr (Lab) lab = still_lab (test);
  const MhAlertKind *kind = mh_alert_kind_find (late.kind);
  raised (lab, &late);
  advance (lab, kind->minutes * MH_MINUTE);
  swept (lab);
  g_autoptr (GPtrArray) before = listed (lab, lab->technician, NULL);
  g_assert_false (mh_record_has (g_ptr_array_index (before, 0), MH_ALERT_ESCALATED_AT));
  advance (lab, 1);
  swept (lab);
  g_autoptr (GPtrArray) after = listed (lab, lab->technician, NULL);
  g_assert_true (mh_record_has (g_ptr_array_index (after, 0), MH_ALERT_ESCALATED_AT));
}

static void
test_words (void)
{
  g_autofree char *full = mh_alert_fill ("{1}: {2} on {3}", arguments);
  g_autofree char *short_of = mh_alert_fill ("{1} {5}{x", arguments);
  g_autofree char *none = mh_alert_fill ("{1}", NULL);
  g_assert_cmpstr (full, ==, "ML-1: CBC on HAEM");
  g_assert_cmpstr (short_of, ==, "ML-1 –{x");
  g_assert_cmpstr (none, ==, "–");
  for (const MhAlertKind *row = mh_alert_kinds; row->code != NULL; row++)
    {
      g_auto (GStrv) rights = g_strsplit (row->rights, "|", -1);
      for (char **right = rights; *right != NULL; right++)
        g_assert_true (mh_permission_is_known (*right));
      g_assert_true (row->minutes == 0 || row->escalated != NULL);
    }
}

/* --- raised where it happens --- */

typedef struct
{
  const char *order;
  MhRecord *now; /* the attempt as it stands */
  const char *status, *code;
} Attempt;

static gboolean
move_attempt (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Attempt *attempt = data;
  g_autoptr (MhRecord) after = attempt->now != NULL ? mh_record_copy (attempt->now)
                                                    : mh_record_new (&mh_payment_attempt_type);
  mh_record_set_text (after, MH_ATTEMPT_HOSPITAL_ID, LAB_HOSPITAL);
  mh_record_set_text (after, MH_ATTEMPT_ORDER_ID, attempt->order);
  mh_record_set_text (after, MH_ATTEMPT_KIND, MH_ATTEMPT_KIND_QR);
  mh_record_set_text (after, MH_ATTEMPT_CURRENCY, "INR");
  mh_record_set_int (after, MH_ATTEMPT_AMOUNT, 32000);
  mh_record_set_text (after, MH_ATTEMPT_STATUS, attempt->status);
  mh_record_set_text (after, MH_ATTEMPT_FAILURE_CODE, attempt->code);
  mh_record_set_text (after, MH_ATTEMPT_FAILURE,
                      attempt->code != NULL ? "The bank said no." : NULL);
  gboolean ok = attempt->now != NULL
                    ? mh_tx_update (tx, attempt->now, after, MH_AUDIT_UPDATE, NULL, error)
                    : mh_tx_insert (tx, after, MH_AUDIT_CREATE, NULL, error);
  if (ok)
    g_set_object (&attempt->now, after);
  return ok;
}

static void
moved (Lab *lab, Attempt *attempt, const char *status, const char *code)
{
  g_autoptr (GError) error = NULL;
  attempt->status = status;
  attempt->code = code;
  mh_assert_ok (lab_write (lab, lab->technician, move_attempt, attempt, &error), error);
}

static gboolean
cancel_order (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_order_type, data, error);
  g_autoptr (MhRecord) after = before != NULL ? mh_record_copy (before) : NULL;
  if (after == NULL)
    return FALSE;
  mh_record_set_text (after, MH_ORDER_STATUS, MH_ORDER_STATUS_CANCELLED);
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

/* A payer's bank says no, a code cannot be made: the cashier is told, once, until somebody tries
 * again, it is paid, or nothing is owed any more. */
static void
test_payment_failed (const MhTestDb *test)
{
  g_setenv ("MAHIMA_RAZORPAY_KEY_ID", "rzp_test_1", TRUE);
  g_setenv ("MAHIMA_RAZORPAY_KEY_SECRET", "secret", TRUE);
  g_autoptr (Lab) lab = still_lab (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) cashier = actor_of (MH_ROLE_CASHIER, NULL);
  g_autoptr (MhActor) pathologist = actor_of (MH_ROLE_PATHOLOGIST, NULL);
  g_autofree char *order = lab_order (lab, "KT");
  Attempt attempt = { .order = order };
  mh_gateway_alerts_observe (lab->server);
  moved (lab, &attempt, MH_ATTEMPT_ASKED, NULL);
  moved (lab, &attempt, MH_ATTEMPT_OPEN, NULL);
  g_assert_cmpuint (count (lab, cashier, NULL), ==, 0);
  moved (lab, &attempt, MH_ATTEMPT_OPEN, "payment_failed");
  moved (lab, &attempt, MH_ATTEMPT_OPEN, "payment_failed");
  g_autoptr (GPtrArray) told = listed (lab, cashier, NULL);
  g_assert_cmpuint (told->len, ==, 1);
  MhRecord *alert = g_ptr_array_index (told, 0);
  g_assert_cmpstr (mh_record_text (alert, MH_ALERT_KIND), ==, MH_ALERT_PAYMENT_FAILED);
  g_assert_cmpstr (mh_record_text (alert, MH_ALERT_SUBJECT_ID), ==, order);
  g_assert_cmpstr (mh_record_list (alert, MH_ALERT_ARGUMENTS)[1], ==, "The bank said no.");
  g_assert_cmpuint (count (lab, pathologist, NULL), ==, 0);
  moved (lab, &attempt, MH_ATTEMPT_PAID, NULL);
  g_assert_cmpuint (count (lab, cashier, NULL), ==, 0);
  Attempt second = { .order = order }, third = { .order = order };
  moved (lab, &second, MH_ATTEMPT_ASKED, NULL);
  moved (lab, &second, MH_ATTEMPT_FAILED, "gateway");
  g_assert_cmpuint (count (lab, cashier, NULL), ==, 1);
  moved (lab, &third, MH_ATTEMPT_ASKED, NULL);
  g_assert_cmpuint (count (lab, cashier, NULL), ==, 0);
  moved (lab, &third, MH_ATTEMPT_FAILED, "gateway");
  g_assert_cmpuint (count (lab, cashier, NULL), ==, 1);
  mh_assert_ok (lab_write (lab, lab->technician, cancel_order, order, &error), error);
  g_assert_cmpuint (count (lab, cashier, NULL), ==, 0);
  g_clear_object (&attempt.now);
  g_clear_object (&second.now);
  g_clear_object (&third.now);
  g_unsetenv ("MAHIMA_RAZORPAY_KEY_ID");
  g_unsetenv ("MAHIMA_RAZORPAY_KEY_SECRET");
}

static gboolean
step_of_gateway (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  return mh_gateway_alerts_provider (tx, lab->server, LAB_HOSPITAL, error);
}

static gboolean
look_at_gateway (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  return mh_gateway_alerts_look (tx, lab->server, error);
}

/* One call that is lost is no outage; an open breaker is, until somebody answers. */
static void
test_gateway_away (const MhTestDb *test)
{
  g_autoptr (Lab) lab = still_lab (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) cashier = actor_of (MH_ROLE_CASHIER, NULL);
  MhBreaker *breaker = mh_gateway_breaker (mh_server_gateway (lab->server));
  gint64 now = mh_clock_now (mh_server_clock (lab->server));
  mh_breaker_failed (breaker, now, "no answer");
  mh_assert_ok (lab_write (lab, lab->technician, step_of_gateway, NULL, &error), error);
  g_assert_cmpuint (count (lab, cashier, NULL), ==, 0);
  for (guint i = 0; i < 4; i++)
    mh_breaker_failed (breaker, now, "no answer");
  for (guint i = 0; i < 2; i++)
    mh_assert_ok (lab_write (lab, lab->technician, step_of_gateway, NULL, &error), error);
  mh_assert_ok (lab_write (lab, lab->technician, look_at_gateway, NULL, &error), error);
  g_autoptr (GPtrArray) told = listed (lab, cashier, NULL);
  g_assert_cmpuint (told->len, ==, 1);
  g_assert_cmpstr (mh_record_text (g_ptr_array_index (told, 0), MH_ALERT_KIND), ==,
                   MH_ALERT_GATEWAY_AWAY);
  mh_breaker_succeeded (breaker, now + 1);
  mh_assert_ok (lab_write (lab, lab->technician, look_at_gateway, NULL, &error), error);
  g_assert_cmpuint (count (lab, cashier, NULL), ==, 0);
}

static gboolean
work (MhTx *tx, MhRecord *job, gpointer data, GError **error)
{
  gboolean fail = *(gboolean *)data;
  if (fail)
    mh_error_set (error, MH_ERROR_CONFLICT, "not today");
  return !fail;
}

static gboolean
queue_work (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  return mh_jobs_enqueue (tx, data, error);
}

static gboolean
retry_work (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) job
      = mh_jobs_service_retry (MH_REQUEST_TX (tx, NULL, lab->technician), data, error);
  return job != NULL;
}

static gboolean
drop_work (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) job = mh_jobs_service_drop (
      mh_server_jobs (lab->server), MH_REQUEST_TX (tx, NULL, lab->technician), data, error);
  return job != NULL;
}

/* Given up after the last attempt: told to who looks after the jobs, until it is done after all,
 * dropped, or, of what repeats, the next one is done. */
static void
test_job_failed (const MhTestDb *test)
{
  g_autoptr (Lab) lab = still_lab (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) admin = actor_of (MH_ROLE_ADMIN, NULL);
  MhJobs *jobs = mh_server_jobs (lab->server);
  gboolean fail = TRUE;
  const MhJobWanted mail
      = { .kind = "mail.test", .payload = "{}", .max_attempts = 1, .hospital_id = LAB_HOSPITAL },
      repeated = { .kind = "order.test", .max_attempts = 1 };
  mh_alerts_service_register (lab->server);
  mh_jobs_register (jobs, "mail.test", work, &fail);
  mh_jobs_register (jobs, "order.test", work, &fail);
  const struct
  {
    const MhJobWanted *wanted;
    gboolean (*over) (MhTx *tx, Lab *lab, gpointer data, GError **error);
  } rows[] = { { &mail, retry_work }, { &mail, drop_work }, { &repeated, NULL } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      fail = TRUE;
      mh_assert_ok (lab_write (lab, lab->technician, queue_work, (gpointer)rows[i].wanted, &error),
                    error);
      mh_assert_ok (mh_jobs_run_due (jobs, NULL, &error), error);
      g_autoptr (GPtrArray) told = listed (lab, admin, NULL);
      g_assert_cmpuint (told->len, ==, 1);
      g_assert_cmpstr (mh_record_text (g_ptr_array_index (told, 0), MH_ALERT_KIND), ==,
                       MH_ALERT_JOB_FAILED);
      MhDb *db = lab_reader (lab);
      g_autoptr (MhRecord) job
          = mh_store_find (db, &mh_job_type, "status", MH_JOB_STATUS_FAILED, NULL);
      lab_done (lab, db);
      g_assert_nonnull (job);
      fail = FALSE;
      gpointer given
          = rows[i].over != NULL ? (gpointer)mh_record_id (job) : (gpointer)rows[i].wanted;
      mh_assert_ok (lab_write (lab, lab->technician,
                               rows[i].over != NULL ? rows[i].over : queue_work, given, &error),
                    error);
      mh_assert_ok (mh_jobs_run_due (jobs, NULL, &error), error);
      g_assert_cmpuint (count (lab, admin, NULL), ==, 0);
    }
}

/* --- analysers --- */

#define LINK "01900000-0000-7000-8000-00000000a001"

static gboolean
add_link (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) link
      = lab_parse (&mh_analyser_link_type,
                   "{\"id\":\"" LINK "\",\"code\":\"XN\",\"name\":\"Counter\",\"protocol\":\"hl7\","
                   "\"transport\":\"listen\",\"enabled\":true}");
  mh_record_set_text (link, MH_LINK_HOSPITAL_ID, LAB_HOSPITAL);
  return mh_tx_insert (tx, link, MH_AUDIT_CREATE, NULL, error);
}

static Lab *
linked_lab (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  Lab *lab = lab_new (test);
  mh_assert_ok (lab_write (lab, lab->technician, add_link, NULL, &error), error);
  return lab;
}

static gboolean
tell_quiet (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_analyser_link_type, LINK, error);
  g_autoptr (MhRecord) link = mh_record_copy (before);
  const gint64 *silent = data;
  mh_record_set_int (link, MH_LINK_QUIET_MINUTES, 30);
  mh_record_set_int (link, MH_LINK_LAST_MESSAGE_AT, mh_tx_now (tx) - *silent);
  return mh_analysers_tell_quiet (tx, link, error);
}

static gboolean
tell_clock (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) link = mh_store_get (mh_tx_db (tx), &mh_analyser_link_type, LINK, error);
  return mh_analysers_tell_clock (tx, link, *(const gint64 *)data, error);
}

/* Told once while it is wrong, and over when it is right. */
static void
test_clock_told (const MhTestDb *test)
{
  static const gint64 minutes[] = { 0, 7, 9, 0 };
  g_autoptr (Lab) lab = linked_lab (test);
  for (guint i = 0; i < G_N_ELEMENTS (minutes); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 off = minutes[i];
      mh_assert_ok (lab_write (lab, lab->technician, tell_clock, &off, &error), error);
      lab_told (lab, MH_ALERT_ANALYSER_CLOCK, off != 0, MH_ROLE_TECHNICIAN, MH_ROLE_CASHIER);
    }
}

/* Both sides of the half hour; told once, to who works with it. */
static void
test_offline (const MhTestDb *test)
{
  static const struct
  {
    gint64 silent;
    guint told;
  } cases[] = {
    { 0, 0 },
    { 30 * MH_MINUTE - 1, 0 },
    { 30 * MH_MINUTE, 1 },
    { 45 * MH_MINUTE, 1 },
  };
  g_autoptr (Lab) lab = linked_lab (test);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 silent = cases[i].silent;
      mh_assert_ok (lab_write (lab, lab->technician, tell_quiet, &silent, &error), error);
      lab_told (lab, MH_ALERT_ANALYSER_OFFLINE, cases[i].told, MH_ROLE_TECHNICIAN, MH_ROLE_CASHIER);
    }
}

/* --- every kind --- */

/* "stat_delayed" as a suite names it. */
static gboolean
is_named (GString *suites, const char *kind)
{
  g_autofree char *upper = g_ascii_strup (kind, -1);
  g_autofree char *macro = g_strdup_printf ("\\bMH_ALERT_%s\\b", upper);
  g_autofree char *code = g_strdup_printf ("\"%s[:\"]", kind);
  return g_regex_match_simple (macro, suites->str, 0, 0)
         || g_regex_match_simple (code, suites->str, 0, 0);
}

/* The suites of @folder and of the groups in it. */
static void
read_suites (const char *folder, GString *suites)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) files = g_dir_open (folder, 0, &error);
  g_assert_no_error (error);
  for (const char *name = g_dir_read_name (files); name != NULL; name = g_dir_read_name (files))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        read_suites (path, suites);
      if (!g_str_has_prefix (name, "test-") || !g_str_has_suffix (name, ".c"))
        continue;
      g_assert_true (g_file_get_contents (path, &text, NULL, &error));
      g_string_append (suites, text);
    }
}

/* A kind that no suite names is one that nobody has seen raised. */
static void
test_kinds_are_seen (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("MH_TEST_DATA"), "..", "server", NULL);
  g_autoptr (GString) suites = g_string_new (NULL);
  read_suites (folder, suites);
  for (const MhAlertKind *kind = mh_alert_kinds; kind->code != NULL; kind++)
    if (!is_named (suites, kind->code))
      g_error ("no suite raises %s", kind->code);
  g_assert_false (is_named (suites, "nobody"
                                    "_ever_raises"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  g_test_add_func ("/alerts/words", test_words);
  g_test_add_func ("/alerts/kinds-are-seen", test_kinds_are_seen);
  mh_test_add_both ("/alerts/analyser-offline", test_offline);
  mh_test_add_both ("/alerts/analyser-clock", test_clock_told);
  mh_test_add_both ("/alerts/once", test_once);
  mh_test_add_both ("/alerts/clear-all", test_clear_all);
  mh_test_add_both ("/alerts/rights", test_rights);
  mh_test_add_both ("/alerts/seen-to", test_seen_to);
  mh_test_add_both ("/alerts/handed-up", test_handed_up);
  mh_test_add_both ("/alerts/payment-failed", test_payment_failed);
  mh_test_add_both ("/alerts/gateway-away", test_gateway_away);
  mh_test_add_both ("/alerts/job-failed", test_job_failed);
  return mh_test_run ();
}
