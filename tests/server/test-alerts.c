/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Alerts: once for a cause, worse opens again, who is told, put off, handed up, over. On both
 * databases. */
#include <string.h>

#include "server/alerts/mh-alerts-service.h"
#include "server/feed/mh-feed-service.h"
#include "shared/records/mh-permissions.h"
#include "shared/records/mh-records.h"
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
  GPtrArray *found
      = mh_alerts_service_list (db, actor, &(MhAlertsQuery){ .state = state, .limit = 50 }, &error);
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
      db, actor, &(MhFeedWanted){ .limit = 1000, .types = "alert" }, NULL, &next, &error);
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
      = noting->snooze
            ? mh_alerts_service_snooze (tx, lab->technician, noting->id, body, error)
            : mh_alerts_service_acknowledge (tx, lab->technician, noting->id, body, error);
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  g_test_add_func ("/alerts/words", test_words);
  mh_test_add_both ("/alerts/once", test_once);
  mh_test_add_both ("/alerts/clear-all", test_clear_all);
  mh_test_add_both ("/alerts/rights", test_rights);
  mh_test_add_both ("/alerts/seen-to", test_seen_to);
  mh_test_add_both ("/alerts/handed-up", test_handed_up);
  return mh_test_run ();
}
