/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clock of an emergency: every step after every other, corrections, targets, percentiles. */
#include <string.h>

#include "shared/base/mh-clock.h"
#include "shared/records/dispatch/mh-mission.h"
#include "shared/rules/dispatch/mh-mission-clock.h"
#include "shared/rules/dispatch/mh-position-pace.h"

#define CALL (1800000000 * MH_SECOND)
#define LATER (CALL + MH_DAY)

/* A clock of "cade": one letter for each step, a minute apart in this order. */
static const char letters[] = "cldaesptohx";

static MhDispatchClock
clock_of (const char *steps)
{
  MhDispatchClock clock = { { 0 } };
  for (guint i = 0; steps[i] != 0; i++)
    clock.at[strchr (letters, steps[i]) - letters] = CALL + i * MH_MINUTE;
  return clock;
}

/* For each way of steps so far those that may be next. */
static void
test_order (void)
{
  static const struct
  {
    const char *steps, *next;
    char button; /* 0: none */
  } rows[] = {
    { "", "c", 'c' },           { "c", "lda", 'a' },      { "cl", "da", 'a' },
    { "cd", "la", 'a' },        { "cld", "a", 'a' },      { "ca", "ldesx", 'e' },
    { "clda", "esx", 'e' },     { "cae", "ldsx", 's' },   { "cldae", "sx", 's' },
    { "cldas", "ptx", 'p' },    { "cldaes", "ptx", 'p' }, { "cldaesp", "tx", 't' },
    { "cldaest", "o", 'o' },    { "cldaespt", "o", 'o' }, { "cldaespto", "hx", 'h' },
    { "cldaesptoh", "x", 'x' }, { "cldaesptohx", "", 0 }, { "cax", "", 0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (int step = 0; step < MH_CLOCK_N; step++)
      {
        g_autoptr (GError) error = NULL;
        MhDispatchClock clock = clock_of (rows[i].steps);
        const MhDispatchClock before = clock;
        gboolean may = strchr (rows[i].next, letters[step]) != NULL;
        g_test_message ("%s %c", rows[i].steps, letters[step]);
        g_assert_cmpint (mh_dispatch_clock_may (&clock, (MhClockStep)step), ==, may);
        g_assert_cmpint (
            mh_dispatch_clock_stamp (&clock, (MhClockStep)step, CALL + MH_HOUR, LATER, &error), ==,
            may);
        if (may)
          g_assert_cmpint (clock.at[step], ==, CALL + MH_HOUR);
        else
          {
            g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
            g_assert_cmpmem (&clock, sizeof clock, &before, sizeof before);
          }
        MhClockStep next = mh_dispatch_clock_next (&before);
        g_assert_cmpint (next == MH_CLOCK_N ? 0 : letters[next], ==, rows[i].button);
      }
  MhDispatchClock clock = clock_of ("c");
  g_assert_false (mh_dispatch_clock_may (&clock, MH_CLOCK_N));
  g_assert_false (mh_dispatch_clock_stamp (&clock, MH_CLOCK_N, CALL, LATER, NULL));
}

/* Not before the step before, not ahead of now: both sides. */
static void
test_instants (void)
{
  static const struct
  {
    const char *steps;
    MhClockStep step;
    gint64 at, now; /* after the call */
    gboolean may;
  } rows[] = {
    { "ca", MH_CLOCK_EN_ROUTE, MH_MINUTE, MH_HOUR, TRUE },
    { "ca", MH_CLOCK_EN_ROUTE, MH_MINUTE - 1, MH_HOUR, FALSE },
    { "ca", MH_CLOCK_EN_ROUTE, MH_HOUR + 120 * MH_SECOND, MH_HOUR, TRUE },
    { "ca", MH_CLOCK_EN_ROUTE, MH_HOUR + 120 * MH_SECOND + 1, MH_HOUR, FALSE },
    /* the place is found after the unit went, but never before the call */
    { "cae", MH_CLOCK_LOCATED, 0, MH_HOUR, TRUE },
    { "cae", MH_CLOCK_LOCATED, 30 * MH_MINUTE, MH_HOUR, TRUE },
    { "cae", MH_CLOCK_LOCATED, -1, MH_HOUR, FALSE },
    { "cae", MH_CLOCK_CLEAR, 2 * MH_MINUTE, MH_HOUR, TRUE },
    { "cae", MH_CLOCK_CLEAR, 2 * MH_MINUTE - 1, MH_HOUR, FALSE },
    { "c", MH_CLOCK_ASSIGNED, -CALL, MH_HOUR, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      MhDispatchClock clock = clock_of (rows[i].steps);
      g_test_message ("%u", i);
      g_assert_cmpint (mh_dispatch_clock_stamp (&clock, rows[i].step, CALL + rows[i].at,
                                                CALL + rows[i].now, &error),
                       ==, rows[i].may);
      if (!rows[i].may)
        g_assert_nonnull (mh_issues_find (mh_error_get_issues (error), "at"));
    }
}

static void
test_correct (void)
{
  static const struct
  {
    const char *steps;
    MhClockStep step;
    gint64 at; /* after the call; -CALL: taken back */
    const char *reason;
    const char *field; /* NULL: it is corrected; "": a conflict */
  } rows[] = {
    /* between those beside it */
    { "caesp", MH_CLOCK_EN_ROUTE, MH_MINUTE, "pressed late", NULL },
    { "caesp", MH_CLOCK_EN_ROUTE, MH_MINUTE - 1, "pressed late", "at" },
    { "caesp", MH_CLOCK_EN_ROUTE, 3 * MH_MINUTE, "pressed late", NULL },
    { "caesp", MH_CLOCK_EN_ROUTE, 3 * MH_MINUTE + 1, "pressed late", "at" },
    { "caesp", MH_CLOCK_EN_ROUTE, 2 * MH_MINUTE, "pressed late", "at" }, /* as it was */
    { "caesp", MH_CLOCK_CALL, MH_MINUTE, "rang longer", NULL },
    { "caesp", MH_CLOCK_CALL, MH_MINUTE + 1, "rang longer", "at" },
    { "caesp", MH_CLOCK_AT_PATIENT, MH_DAY + 120 * MH_SECOND, "late", NULL },
    { "caesp", MH_CLOCK_AT_PATIENT, MH_DAY + 120 * MH_SECOND + 1, "late", "at" },
    { "clax", MH_CLOCK_LOCATED, 3 * MH_MINUTE, "found late", NULL },
    { "clax", MH_CLOCK_LOCATED, 3 * MH_MINUTE + 1, "found late", "at" },
    /* the reason */
    { "ca", MH_CLOCK_ASSIGNED, 2 * MH_MINUTE, "abc", NULL },
    { "ca", MH_CLOCK_ASSIGNED, 2 * MH_MINUTE, "ab", "reason" },
    { "ca", MH_CLOCK_ASSIGNED, 2 * MH_MINUTE, "  a ", "reason" },
    { "ca", MH_CLOCK_ASSIGNED, 2 * MH_MINUTE, NULL, "reason" },
    /* nothing there, or taken back */
    { "ca", MH_CLOCK_EN_ROUTE, 2 * MH_MINUTE, "why not", "" },
    { "cae", MH_CLOCK_EN_ROUTE, -CALL, "wrong button", NULL },
    { "cae", MH_CLOCK_ASSIGNED, -CALL, "wrong button", "" },
    { "c", MH_CLOCK_CALL, -CALL, "wrong button", "" },
    { "cl", MH_CLOCK_LOCATED, -CALL, "wrong button", "" },
    /* what was passed over is filled in, where it leads from one to the other */
    { "cas", MH_CLOCK_EN_ROUTE, 90 * MH_SECOND, "button missed", NULL },
    { "cas", MH_CLOCK_EN_ROUTE, 2 * MH_MINUTE + 1, "button missed", "at" },
    { "caesto", MH_CLOCK_AT_PATIENT, 3 * MH_MINUTE, "button missed", NULL },
    { "caex", MH_CLOCK_AT_HOSPITAL, 150 * MH_SECOND, "button missed", "" },
    { "caestox", MH_CLOCK_HANDOVER, 5 * MH_MINUTE + 1, "button missed", NULL },
    { "cas", MH_CLOCK_EN_ROUTE, -CALL, "button missed", "" },
    { "ca", MH_CLOCK_N, MH_MINUTE, "button missed", "" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      MhDispatchClock clock = clock_of (rows[i].steps);
      const MhDispatchClock before = clock;
      MhClockCorrection correction = { 0 };
      gboolean done
          = mh_dispatch_clock_correct (&clock, rows[i].step, CALL + rows[i].at, rows[i].reason,
                                       CALL + MH_DAY, &correction, &error);
      g_test_message ("%u %s", i, rows[i].steps);
      g_assert_cmpint (done, ==, rows[i].field == NULL);
      if (done)
        {
          g_assert_cmpint (correction.was, ==, before.at[rows[i].step]);
          g_assert_cmpint (correction.is, ==, CALL + rows[i].at);
          g_assert_cmpint (clock.at[rows[i].step], ==, CALL + rows[i].at);
          g_assert_cmpstr (correction.reason, ==, rows[i].reason);
          continue;
        }
      g_assert_cmpmem (&clock, sizeof clock, &before, sizeof before);
      if (*rows[i].field == 0)
        g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
      else
        g_assert_nonnull (mh_issues_find (mh_error_get_issues (error), rows[i].field));
    }
  for (guint more = 0; more < 2; more++)
    {
      g_autofree char *reason = g_strnfill (MH_CLOCK_MOST_REASON + more, 'a');
      MhDispatchClock clock = clock_of ("ca");
      MhClockCorrection correction;
      g_assert_cmpint (mh_dispatch_clock_correct (&clock, MH_CLOCK_ASSIGNED, CALL + MH_HOUR, reason,
                                                  LATER, &correction, NULL),
                       ==, more == 0);
    }
}

static void
test_target (void)
{
  /* a target of 8 minutes: due at 480 s, three quarters are 360 s */
  static const struct
  {
    int minutes, arrived, road;
    gint64 now; /* µs after the call */
    MhTargetState state;
    gint64 turns; /* µs after the call, -1: never */
  } rows[] = {
    { 0, -1, -1, 0, MH_TARGET_NONE, -1 },
    { 8, -1, -1, 0, MH_TARGET_ON_TIME, 360 * MH_SECOND + 1 },
    { 8, -1, -1, 360 * MH_SECOND, MH_TARGET_ON_TIME, 360 * MH_SECOND + 1 },
    { 8, -1, -1, 360 * MH_SECOND + 1, MH_TARGET_AT_RISK, 480 * MH_SECOND + 1 },
    { 8, -1, -1, 480 * MH_SECOND, MH_TARGET_AT_RISK, 480 * MH_SECOND + 1 },
    { 8, -1, -1, 480 * MH_SECOND + 1, MH_TARGET_MISSED, -1 },
    /* somebody is under way: what is left of the way decides */
    { 8, -1, 300, 180 * MH_SECOND, MH_TARGET_ON_TIME, 180 * MH_SECOND + 1 },
    { 8, -1, 300, 180 * MH_SECOND + 1, MH_TARGET_AT_RISK, 480 * MH_SECOND + 1 },
    { 8, -1, 60, 400 * MH_SECOND, MH_TARGET_ON_TIME, 420 * MH_SECOND + 1 },
    { 8, -1, 600, 0, MH_TARGET_AT_RISK, 480 * MH_SECOND + 1 },
    { 8, 480, -1, 900 * MH_SECOND, MH_TARGET_MET, -1 },
    { 8, 481, -1, 900 * MH_SECOND, MH_TARGET_MISSED, -1 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 arrived = rows[i].arrived >= 0 ? CALL + rows[i].arrived * MH_SECOND : 0;
      const MhTarget target = mh_dispatch_clock_target (CALL, rows[i].minutes, arrived,
                                                        rows[i].road, CALL + rows[i].now);
      g_test_message ("%u", i);
      g_assert_cmpint (target.state, ==, rows[i].state);
      g_assert_cmpint (target.turns_at, ==, rows[i].turns >= 0 ? CALL + rows[i].turns : 0);
      g_assert_cmpint (target.due, ==, rows[i].minutes > 0 ? CALL + 480 * MH_SECOND : 0);
    }
  g_assert_cmpint (mh_dispatch_clock_target (0, 8, 0, -1, CALL).state, ==, MH_TARGET_NONE);
}

static void
test_figures (void)
{
  MhDispatchClock clocks[12] = { 0 };
  for (guint i = 0; i < 10; i++)
    {
      clocks[i].at[MH_CLOCK_CALL] = CALL;
      clocks[i].at[MH_CLOCK_ON_SCENE] = CALL + (10 - i) * 60 * MH_SECOND;
    }
  clocks[10].at[MH_CLOCK_CALL] = CALL;
  MhClockFigures figures
      = mh_dispatch_clock_figures (clocks, 12, MH_CLOCK_CALL, MH_CLOCK_ON_SCENE, 480);
  g_assert_cmpuint (figures.n, ==, 10);
  g_assert_cmpuint (figures.without, ==, 2);
  g_assert_cmpuint (figures.met, ==, 8);
  g_assert_cmpint (figures.p50, ==, 300);
  g_assert_cmpint (figures.p90, ==, 540);
  g_assert_cmpint (figures.mean, ==, 330);

  /* a part of a second over the target is over it */
  clocks[2].at[MH_CLOCK_ON_SCENE] = CALL + 480 * MH_SECOND + 1;
  figures = mh_dispatch_clock_figures (clocks, 12, MH_CLOCK_CALL, MH_CLOCK_ON_SCENE, 480);
  g_assert_cmpuint (figures.met, ==, 7);

  /* half a second rounds up: 600 and 541 are 570.5 on average */
  clocks[1].at[MH_CLOCK_ON_SCENE] = CALL + 541 * MH_SECOND;
  figures = mh_dispatch_clock_figures (clocks, 2, MH_CLOCK_CALL, MH_CLOCK_ON_SCENE, 0);
  g_assert_cmpint (figures.mean, ==, 571);
  g_assert_cmpint (figures.p50, ==, 541);
  g_assert_cmpint (figures.p90, ==, 600);
  g_assert_cmpuint (figures.met, ==, 0);

  figures = mh_dispatch_clock_figures (clocks + 10, 2, MH_CLOCK_CALL, MH_CLOCK_ON_SCENE, 480);
  g_assert_cmpuint (figures.n, ==, 0);
  g_assert_cmpint (figures.p90, ==, -1);
  g_assert_cmpint (figures.mean, ==, -1);
  g_assert_cmpint (mh_dispatch_clock_span (&clocks[0], MH_CLOCK_CALL, MH_CLOCK_CLEAR), ==, -1);
}

static void
test_codes (void)
{
  for (int i = 0; i < MH_CLOCK_N; i++)
    g_assert_cmpint (mh_dispatch_clock_step (mh_dispatch_clock_code ((MhClockStep)i)), ==, i);
  g_assert_null (mh_dispatch_clock_code (MH_CLOCK_N));
  g_assert_cmpint (mh_dispatch_clock_step ("arrived"), ==, -1);
  g_assert_cmpint (mh_dispatch_clock_step (NULL), ==, -1);
  const MhDispatchClock clock = clock_of ("cldae");
  g_assert_cmpint (mh_dispatch_clock_latest (&clock), ==, MH_CLOCK_EN_ROUTE);
}

/* A unit's whole way, told by one button; its state after each step is what the record says. */
static void
test_mission (void)
{
  static const struct
  {
    const char *step, *state;
  } way[] = {
    { "accepted", MH_MISSION_ASSIGNED },    { "en_route", MH_MISSION_EN_ROUTE },
    { "on_scene", MH_MISSION_ON_SCENE },    { "at_patient", MH_MISSION_ON_SCENE },
    { "depart", MH_MISSION_TRANSPORTING },  { "at_hospital", MH_MISSION_AT_HOSPITAL },
    { "handover", MH_MISSION_AT_HOSPITAL }, { "clear", MH_MISSION_DONE },
  };
  g_autoptr (MhRecord) mission = mh_record_new (&mh_mission_type);
  mh_record_set_text (mission, MH_MISSION_STATE, MH_MISSION_ASKED);
  mh_record_set_int (mission, MH_MISSION_ASSIGNED_AT, CALL);
  g_autoptr (MhRecord) refused = mh_record_copy (mission);
  for (guint i = 0; i < G_N_ELEMENTS (way); i++)
    {
      const char *next = mh_mission_clock_next (mission);
      g_assert_cmpstr (next, ==, way[i].step);
      mh_mission_clock_do (mission, next, CALL + (i + 1) * MH_MINUTE);
      g_assert_cmpstr (mh_record_text (mission, MH_MISSION_STATE), ==, way[i].state);
    }
  g_assert_cmpint (mh_record_int (mission, MH_MISSION_ACCEPTED_AT), ==, CALL + MH_MINUTE);
  g_assert_cmpint (mh_record_int (mission, MH_MISSION_ENDED_AT), ==, CALL + 8 * MH_MINUTE);
  g_assert_null (mh_mission_clock_next (mission));

  mh_mission_clock_do (refused, MH_MISSION_STEP_REFUSED, CALL + MH_MINUTE);
  g_assert_cmpstr (mh_record_text (refused, MH_MISSION_STATE), ==, MH_MISSION_REFUSED);
  g_assert_null (mh_mission_clock_next (refused));
}

/* Both sides of each boundary. */
static void
test_pace (void)
{
  static const struct
  {
    gint64 since; /* since the one before */
    gboolean running, due;
  } due[] = {
    { 30 * MH_SECOND - 1, FALSE, FALSE },
    { 30 * MH_SECOND, FALSE, TRUE },
    { 5 * MH_SECOND - 1, TRUE, FALSE },
    { 5 * MH_SECOND, TRUE, TRUE },
    { 0, TRUE, FALSE },
    { -1, FALSE, TRUE },
  };
  static const struct
  {
    guint n;
    gint64 noted; /* since the first of them */
    gboolean away, due;
  } batches[] = {
    { 0, MH_HOUR, FALSE, FALSE },           { 1, 0, FALSE, TRUE },
    { 59, 5 * MH_MINUTE - 1, TRUE, FALSE }, { 60, 0, TRUE, TRUE },
    { 1, 5 * MH_MINUTE, TRUE, TRUE },
  };
  g_assert_true (mh_position_is_due (0, CALL, FALSE));
  for (guint i = 0; i < G_N_ELEMENTS (due); i++)
    g_assert_cmpint (mh_position_is_due (CALL, CALL + due[i].since, due[i].running), ==,
                     due[i].due);
  for (guint i = 0; i < G_N_ELEMENTS (batches); i++)
    g_assert_cmpint (
        mh_position_batch_is_due (batches[i].n, CALL, CALL + batches[i].noted, batches[i].away), ==,
        batches[i].due);

  for (guint i = 0; mh_mission_state_codes[i].code != NULL; i++)
    {
      const char *state = mh_mission_state_codes[i].code;
      gboolean drives = g_str_equal (state, "en_route") || g_str_equal (state, "transporting");
      g_assert_cmpint (mh_position_is_running (state), ==, drives);
    }
  g_assert_false (mh_position_is_running (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dispatch-clock/order", test_order);
  g_test_add_func ("/dispatch-clock/instants", test_instants);
  g_test_add_func ("/dispatch-clock/correct", test_correct);
  g_test_add_func ("/dispatch-clock/target", test_target);
  g_test_add_func ("/dispatch-clock/figures", test_figures);
  g_test_add_func ("/dispatch-clock/codes", test_codes);
  g_test_add_func ("/dispatch-clock/mission", test_mission);
  g_test_add_func ("/dispatch-clock/pace", test_pace);
  return g_test_run ();
}
