/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls that are one emergency, units that are sent: each limit on both sides. */
#include "shared/base/mh-clock.h"
#include "shared/rules/dispatch/mh-incident-near.h"
#include "shared/rules/dispatch/mh-rescue-assign.h"

#define NOW (1800000000 * MH_SECOND)

/* --- near --- */

static void
test_near_limits (void)
{
  static const struct
  {
    double metres, off, own_off;
    int seconds; /* before the new call; below 0: after it */
    const char *number;
    guint reasons;
  } rows[] = {
    { 300, 0, 0, 0, NULL, MH_NEAR_PLACE },
    { 300.1, 0, 0, 0, NULL, 0 },
    { 0, 0, 0, 1800, NULL, MH_NEAR_PLACE },
    { 0, 0, 0, 1801, NULL, 0 },
    { 0, 0, 0, -1800, NULL, MH_NEAR_PLACE },
    { 0, 0, 0, -1801, NULL, 0 },
    { -1, 0, 0, 0, NULL, 0 },
    /* what both places may be off by */
    { 900, 600, 0, 0, NULL, MH_NEAR_PLACE },
    { 900, 599, 0, 0, NULL, 0 },
    { 900, 300, 300, 0, NULL, MH_NEAR_PLACE },
    { 2300, 2000, 0, 0, NULL, MH_NEAR_PLACE },
    { 10, 2001, 0, 0, NULL, 0 },
    { 10, 0, 2001, 0, NULL, 0 },
    /* the number */
    { -1, 0, 0, 86400, "5012345678", MH_NEAR_NUMBER },
    { -1, 0, 0, 86401, "5012345678", 0 },
    { -1, 0, 0, 60, "+91 50123 45678", MH_NEAR_NUMBER },
    { -1, 0, 0, 60, "05012345678", MH_NEAR_NUMBER },
    { -1, 0, 0, 60, "5012345679", 0 },
    { -1, 0, 0, 60, "", 0 },
    { 10, 0, 0, 60, "5012345678", MH_NEAR_PLACE | MH_NEAR_NUMBER },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const MhNearIncident known = { .id = "a",
                                     .at = NOW - rows[i].seconds * MH_SECOND,
                                     .metres = rows[i].metres,
                                     .off = rows[i].off,
                                     .number = rows[i].number,
                                     .open = TRUE };
      g_autoptr (GArray) found
          = mh_incident_near (&known, 1, NOW, rows[i].own_off, "50123-45678", NULL);
      g_test_message ("%u", i);
      g_assert_cmpuint (found->len, ==, rows[i].reasons != 0);
      if (found->len == 1)
        g_assert_cmpuint (g_array_index (found, MhNear, 0).reasons, ==, rows[i].reasons);
    }
}

static void
test_near_short_numbers (void)
{
  static const struct
  {
    const char *number;
    guint n;
  } rows[] = { { "12345", 0 }, { "123456", 1 }, { NULL, 0 } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const MhNearIncident known
          = { .id = "a", .at = NOW, .metres = -1, .number = rows[i].number, .open = TRUE };
      g_autoptr (GArray) found = mh_incident_near (&known, 1, NOW, 0, rows[i].number, NULL);
      g_assert_cmpuint (found->len, ==, rows[i].n);
    }
}

static void
test_near_options (void)
{
  const MhNearOptions options = { 50, 5, 10 };
  static const struct
  {
    double metres;
    int seconds;
    const char *number;
    guint n;
  } rows[] = { { 50, 300, NULL, 1 },
               { 51, 300, NULL, 0 },
               { 50, 301, NULL, 0 },
               { -1, 600, "5012345678", 1 },
               { -1, 601, "5012345678", 0 } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const MhNearIncident known = { .id = "a",
                                     .at = NOW - rows[i].seconds * MH_SECOND,
                                     .metres = rows[i].metres,
                                     .number = rows[i].number,
                                     .open = TRUE };
      g_autoptr (GArray) found = mh_incident_near (&known, 1, NOW, 0, "5012345678", &options);
      g_assert_cmpuint (found->len, ==, rows[i].n);
    }
}

static void
test_near_order (void)
{
  const MhNearIncident known[] = {
    { "number", NULL, NOW - MH_MINUTE, -1, 0, "5012345678", TRUE, FALSE },
    { "far", NULL, NOW, 200, 0, NULL, TRUE, FALSE },
    { "planned", NULL, NOW, 1, 0, "5012345678", TRUE, TRUE },
    { "head", NULL, NOW - 20 * MH_MINUTE, 250, 0, NULL, TRUE, FALSE },
    { "joined", "head", NOW - 10 * MH_MINUTE, 90, 0, NULL, TRUE, FALSE },
    { "both", NULL, NOW - 5 * MH_MINUTE, 299, 0, "5012345678", FALSE, FALSE },
    { "lone", "gone", NOW, 150, 0, NULL, TRUE, FALSE },
  };
  static const struct
  {
    guint index, nearest;
    gboolean joinable;
  } rows[] = { { 5, 5, FALSE }, { 3, 4, TRUE }, { 6, 6, TRUE }, { 1, 1, TRUE }, { 0, 0, TRUE } };
  g_autoptr (GArray) found
      = mh_incident_near (known, G_N_ELEMENTS (known), NOW, 0, "5012345678", NULL);
  g_assert_cmpuint (found->len, ==, G_N_ELEMENTS (rows));
  for (guint i = 0; i < found->len; i++)
    {
      const MhNear *near = &g_array_index (found, MhNear, i);
      g_assert_cmpuint (near->index, ==, rows[i].index);
      g_assert_cmpuint (near->nearest, ==, rows[i].nearest);
      g_assert_cmpint (near->joinable, ==, rows[i].joinable);
    }
}

/* One caller is known by the number of one call and the place of another, which are one incident.
 */
static void
test_near_joined_reasons (void)
{
  const MhNearIncident known[] = {
    { "other", NULL, NOW, 10, 0, NULL, TRUE, FALSE },
    { "head", NULL, NOW - MH_HOUR, -1, 0, "5012345678", TRUE, FALSE },
    { "joined", "head", NOW, 200, 0, NULL, TRUE, FALSE },
  };
  g_autoptr (GArray) found
      = mh_incident_near (known, G_N_ELEMENTS (known), NOW, 0, "5012345678", NULL);
  g_assert_cmpuint (found->len, ==, 2);
  const MhNear *first = &g_array_index (found, MhNear, 0);
  g_assert_cmpuint (first->index, ==, 1);
  g_assert_cmpuint (first->nearest, ==, 2);
  g_assert_cmpuint (first->reasons, ==, MH_NEAR_PLACE | MH_NEAR_NUMBER);
}

static void
test_join (void)
{
  static const struct
  {
    MhNearIncident head, one;
    gboolean others, may;
  } rows[] = {
    { { .id = "a", .open = TRUE }, { .id = "b", .open = TRUE }, FALSE, TRUE },
    { { .id = "a", .open = TRUE }, { .id = "a", .open = TRUE }, FALSE, FALSE },
    { { .id = "a" }, { .id = "b", .open = TRUE }, FALSE, FALSE },
    { { .id = "a", .open = TRUE }, { .id = "b" }, FALSE, FALSE },
    { { .id = "a", .open = TRUE, .planned = TRUE }, { .id = "b", .open = TRUE }, FALSE, FALSE },
    { { .id = "a", .open = TRUE }, { .id = "b", .open = TRUE, .planned = TRUE }, FALSE, FALSE },
    { { .id = "a", .open = TRUE }, { .id = "b", .open = TRUE, .head = "c" }, FALSE, FALSE },
    { { .id = "a", .open = TRUE, .head = "c" }, { .id = "b", .open = TRUE }, FALSE, FALSE },
    { { .id = "a", .open = TRUE }, { .id = "b", .open = TRUE }, TRUE, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_test_message ("%u", i);
      g_assert_cmpint (mh_incident_check_join (&rows[i].head, &rows[i].one, rows[i].others, &error),
                       ==, rows[i].may);
      if (!rows[i].may)
        g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
    }
}

/* --- units --- */

#define UNIT(name, ...)                                                                            \
  {                                                                                                \
    .id = name, .state = MH_RESCUE_AVAILABLE, .on_urgency = MH_URGENCY_NONE, .can = MH_CAN_ALS,    \
    .shift_ends_at = NOW + 4 * MH_HOUR, .fix_at = NOW, .road_seconds = 300, .zone_left = 5,        \
    __VA_ARGS__                                                                                    \
  }
/* a later value for one of the above is meant */
#pragma GCC diagnostic ignored "-Woverride-init"

static const MhRescueOffer *
offer_at (const MhRescueAssign *assign, guint nth)
{
  g_assert_cmpuint (nth, <, assign->offers->len);
  return &g_array_index (assign->offers, MhRescueOffer, nth);
}

static const MhRescueSend *
send_at (const MhRescueAssign *assign, guint nth)
{
  g_assert_cmpuint (nth, <, assign->plan->len);
  return &g_array_index (assign->plan, MhRescueSend, nth);
}

static guint
sent_unit (const MhRescueAssign *assign, guint nth)
{
  return offer_at (assign, send_at (assign, nth)->offer)->index;
}

/* Why one unit alone is left out; 0: it is offered. */
static void
test_left_out (void)
{
  static const struct
  {
    MhRescueCandidate unit;
    MhUrgency urgency;
    guint reasons;
  } rows[] = {
    { UNIT ("a"), MH_URGENCY_P2, 0 },
    { UNIT ("a", .state = MH_RESCUE_OFF), MH_URGENCY_P2, MH_RESCUE_NO_CREW },
    { UNIT ("a", .shift_ends_at = 0), MH_URGENCY_P2, MH_RESCUE_NO_CREW },
    { UNIT ("a", .state = MH_RESCUE_OUT_OF_SERVICE), MH_URGENCY_P2, MH_RESCUE_NOT_IN_SERVICE },
    { UNIT ("a", .state = MH_RESCUE_RESERVED), MH_URGENCY_P1, MH_RESCUE_IS_RESERVED },
    { UNIT ("a", .state = MH_RESCUE_ON_SCENE), MH_URGENCY_P1, MH_RESCUE_IS_BUSY },
    { UNIT ("a", .state = MH_RESCUE_TRANSPORTING, .on_urgency = MH_URGENCY_P4), MH_URGENCY_P1,
      MH_RESCUE_IS_BUSY },
    { UNIT ("a", .state = MH_RESCUE_AT_HOSPITAL), MH_URGENCY_P1, MH_RESCUE_IS_BUSY },
    /* diverting: from something less urgent, for P1 and P2 */
    { UNIT ("a", .state = MH_RESCUE_EN_ROUTE, .on_urgency = MH_URGENCY_P3), MH_URGENCY_P2, 0 },
    { UNIT ("a", .state = MH_RESCUE_ASSIGNED, .on_urgency = MH_URGENCY_P2), MH_URGENCY_P1, 0 },
    { UNIT ("a", .state = MH_RESCUE_EN_ROUTE, .on_urgency = MH_URGENCY_P2), MH_URGENCY_P2,
      MH_RESCUE_IS_BUSY },
    { UNIT ("a", .state = MH_RESCUE_EN_ROUTE, .on_urgency = MH_URGENCY_P4), MH_URGENCY_P3,
      MH_RESCUE_IS_BUSY },
    { UNIT ("a", .state = MH_RESCUE_EN_ROUTE), MH_URGENCY_P1, MH_RESCUE_IS_BUSY },
    /* the fix */
    { UNIT ("a", .fix_at = NOW - 300 * MH_SECOND), MH_URGENCY_P2, 0 },
    { UNIT ("a", .fix_at = NOW - 300 * MH_SECOND - 1), MH_URGENCY_P2, MH_RESCUE_NO_FIX },
    { UNIT ("a", .fix_at = 0), MH_URGENCY_P2, MH_RESCUE_NO_FIX },
    { UNIT ("a", .fix_at = NOW + 120 * MH_SECOND), MH_URGENCY_P2, 0 },
    { UNIT ("a", .fix_at = NOW + 121 * MH_SECOND), MH_URGENCY_P2, MH_RESCUE_NO_FIX },
    /* hours: arrives within them; at a top level begins within them */
    { UNIT ("a", .shift_ends_at = NOW + 301 * MH_SECOND), MH_URGENCY_P2, 0 },
    { UNIT ("a", .shift_ends_at = NOW + 300 * MH_SECOND), MH_URGENCY_P2, MH_RESCUE_OUT_OF_HOURS },
    { UNIT ("a", .shift_ends_at = NOW + 1), MH_URGENCY_P1, 0 },
    { UNIT ("a", .shift_ends_at = NOW), MH_URGENCY_P1, MH_RESCUE_OUT_OF_HOURS },
    { UNIT ("a", .road_seconds = -1), MH_URGENCY_P2, MH_RESCUE_NO_WAY },
    { UNIT ("a", .road_seconds = 0), MH_URGENCY_P2, 0 },
    { UNIT ("a", .tried = TRUE), MH_URGENCY_P1, MH_RESCUE_WAS_TRIED },
    /* skill: the needs are ALS */
    { UNIT ("a", .can = MH_CAN_BLS), MH_URGENCY_P2, MH_RESCUE_CANNOT },
    { UNIT ("a", .can = MH_CAN_MICU), MH_URGENCY_P2, 0 },
    { UNIT ("a", .can = MH_CAN_FIRE), MH_URGENCY_P1, MH_RESCUE_CANNOT },
    /* at a top level any skill goes */
    { UNIT ("a", .can = MH_CAN_BLS), MH_URGENCY_P1, 0 },
    /* all reasons together */
    { UNIT ("a", .state = MH_RESCUE_OFF, .fix_at = 0, .road_seconds = -1, .can = MH_CAN_BLS),
      MH_URGENCY_P2, MH_RESCUE_NO_CREW | MH_RESCUE_NO_FIX | MH_RESCUE_NO_WAY | MH_RESCUE_CANNOT },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MhRescueAssign) assign
          = mh_rescue_assign (&rows[i].unit, 1, MH_CAN_ALS, rows[i].urgency, MH_URGENCY_P1, NOW);
      g_test_message ("%u", i);
      g_assert_cmpuint (assign->offers->len, ==, rows[i].reasons == 0);
      g_assert_cmpuint (assign->left_out->len, ==, rows[i].reasons != 0);
      if (rows[i].reasons == 0)
        continue;
      const MhRescueLeftOut *left = &g_array_index (assign->left_out, MhRescueLeftOut, 0);
      g_assert_cmpuint (left->reasons, ==, rows[i].reasons);
      g_assert_cmpuint (left->lacks, ==,
                        (rows[i].reasons & MH_RESCUE_CANNOT) != 0 ? MH_CAN_ALS : 0u);
    }
}

static void
test_score (void)
{
  static const struct
  {
    MhRescueCandidate unit;
    int at_p2, at_p1;
    guint notes;
  } rows[] = {
    { UNIT ("a"), 300, 300, 0 },
    { UNIT ("a", .fix_at = NOW - 90 * MH_SECOND), 300, 300, 0 },
    { UNIT ("a", .fix_at = NOW - 90 * MH_SECOND - 1), 301, 301, MH_RESCUE_NOTE_OLD_FIX },
    { UNIT ("a", .fix_at = NOW - 300 * MH_SECOND), 510, 510, MH_RESCUE_NOTE_OLD_FIX },
    { UNIT ("a", .fix_at = NOW + 60 * MH_SECOND), 300, 300, 0 },
    { UNIT ("a", .missions = 1), 330, 300, 0 },
    { UNIT ("a", .missions = 10), 600, 300, 0 },
    { UNIT ("a", .missions = 11), 600, 300, 0 },
    { UNIT ("a", .missions = -1), 300, 300, 0 },
    { UNIT ("a", .zone_left = 2), 300, 300, 0 },
    { UNIT ("a", .zone_left = 1), 360, 300, MH_RESCUE_NOTE_ZONE_ONE },
    { UNIT ("a", .zone_left = 0), 480, 300, MH_RESCUE_NOTE_ZONE_EMPTY },
    { UNIT ("a", .zone_left = -1), 300, 300, 0 },
    { UNIT ("a", .state = MH_RESCUE_EN_ROUTE, .on_urgency = MH_URGENCY_P4), 360, 360,
      MH_RESCUE_NOTE_DIVERTED },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (int top = 0; top < 2; top++)
      {
        g_autoptr (MhRescueAssign) assign = mh_rescue_assign (
            &rows[i].unit, 1, MH_CAN_ALS, top ? MH_URGENCY_P1 : MH_URGENCY_P2, MH_URGENCY_P1, NOW);
        const MhRescueOffer *offer = offer_at (assign, 0);
        g_test_message ("%u %d", i, top);
        g_assert_cmpint (offer->score, ==, top ? rows[i].at_p1 : rows[i].at_p2);
        g_assert_cmpuint (offer->notes, ==, rows[i].notes);
        g_assert_cmpint (offer->road_seconds + offer->fix_seconds + offer->divert_seconds
                             + (top ? 0 : offer->load_seconds + offer->coverage_seconds),
                         ==, offer->score);
      }
}

/* Nearest of any skill, and the nearest that can do what is needed. */
static void
test_top (void)
{
  const MhRescueCandidate units[] = {
    UNIT ("als-far", .road_seconds = 600),
    UNIT ("bls-near", .can = MH_CAN_BLS, .road_seconds = 100),
    UNIT ("als-near", .road_seconds = 400),
    UNIT ("micu", .can = MH_CAN_MICU, .road_seconds = 500),
    UNIT ("fire", .can = MH_CAN_FIRE, .road_seconds = 50),
  };
  g_autoptr (MhRescueAssign) als = mh_rescue_assign (units, G_N_ELEMENTS (units), MH_CAN_ALS,
                                                     MH_URGENCY_P1, MH_URGENCY_P1, NOW);
  g_assert_cmpuint (als->plan->len, ==, 2);
  g_assert_cmpuint (sent_unit (als, 0), ==, 1);
  g_assert_cmpint (send_at (als, 0)->role, ==, MH_RESCUE_FOR_NEAREST);
  g_assert_cmpuint (offer_at (als, 0)->notes, ==, MH_RESCUE_NOTE_BELOW);
  g_assert_cmpuint (sent_unit (als, 1), ==, 2);
  g_assert_cmpuint (als->missing, ==, 0);
  g_assert_true (als->automatic);
  g_assert_cmpint (als->veto_until, ==, NOW + 10 * MH_SECOND);
  /* the engine has no part in it */
  g_assert_cmpuint (als->left_out->len, ==, 1);

  g_autoptr (MhRescueAssign) doctor
      = mh_rescue_assign (units, G_N_ELEMENTS (units), MH_CAN_MICU | MH_CAN_FIRE | MH_CAN_POLICE,
                          MH_URGENCY_P1, MH_URGENCY_P1, NOW);
  g_assert_cmpuint (doctor->plan->len, ==, 3);
  g_assert_cmpuint (sent_unit (doctor, 0), ==, 1);
  g_assert_cmpuint (sent_unit (doctor, 1), ==, 3);
  g_assert_cmpuint (sent_unit (doctor, 2), ==, 4);
  g_assert_cmpuint (doctor->missing, ==, MH_CAN_POLICE);
  g_assert_true (doctor->automatic);

  /* one that is both goes alone; a need of less than ALS at a top level is raised */
  g_autoptr (MhRescueAssign) one
      = mh_rescue_assign (units + 2, 2, MH_CAN_BLS, MH_URGENCY_P1, MH_URGENCY_P1, NOW);
  g_assert_cmpuint (one->plan->len, ==, 1);
  g_assert_cmpuint (send_at (one, 0)->needs, ==, MH_CAN_ALS);

  /* nobody advanced: the nearest goes, what is missing is told */
  g_autoptr (MhRescueAssign) basic
      = mh_rescue_assign (units + 1, 1, MH_CAN_ALS, MH_URGENCY_P1, MH_URGENCY_P1, NOW);
  g_assert_cmpuint (basic->plan->len, ==, 1);
  g_assert_cmpuint (basic->missing, ==, MH_CAN_ALS);
  g_assert_true (basic->automatic);
}

static void
test_not_top (void)
{
  const MhRescueCandidate units[] = {
    UNIT ("bls", .can = MH_CAN_BLS, .road_seconds = 100),
    UNIT ("als", .road_seconds = 400),
    UNIT ("police", .can = MH_CAN_POLICE, .road_seconds = 700),
  };
  static const struct
  {
    guint needs;
    MhUrgency urgency, top;
    guint plan, first;
    gboolean automatic;
  } rows[] = {
    { MH_CAN_ALS, MH_URGENCY_P2, MH_URGENCY_P1, 1, 1, FALSE },
    { MH_CAN_ALS, MH_URGENCY_P2, MH_URGENCY_P2, 2, 0, TRUE },
    { MH_CAN_ALS, MH_URGENCY_P1, MH_URGENCY_NONE, 1, 1, FALSE },
    { MH_CAN_BLS, MH_URGENCY_P3, MH_URGENCY_P1, 1, 0, FALSE },
    { MH_CAN_BLS | MH_CAN_POLICE, MH_URGENCY_P4, MH_URGENCY_P1, 2, 0, FALSE },
    { MH_CAN_ALS, MH_URGENCY_NONE, MH_URGENCY_P1, 1, 1, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MhRescueAssign) assign = mh_rescue_assign (
          units, G_N_ELEMENTS (units), rows[i].needs, rows[i].urgency, rows[i].top, NOW);
      g_test_message ("%u", i);
      g_assert_cmpuint (assign->plan->len, ==, rows[i].plan);
      g_assert_cmpuint (sent_unit (assign, 0), ==, rows[i].first);
      g_assert_cmpint (assign->automatic, ==, rows[i].automatic);
      g_assert_cmpint (assign->veto_until != 0, ==, rows[i].automatic);
    }
  g_autoptr (MhRescueAssign) nobody
      = mh_rescue_assign (NULL, 0, MH_CAN_ALS, MH_URGENCY_P1, MH_URGENCY_P1, NOW);
  g_assert_cmpuint (nobody->missing, ==, MH_CAN_ALS);
  g_assert_false (nobody->automatic);
}

static void
test_order (void)
{
  const MhRescueCandidate units[] = {
    UNIT ("d", .road_seconds = 200, .missions = 4),  /* 320 */
    UNIT ("c", .road_seconds = 260, .zone_left = 1), /* 320 */
    UNIT ("b", .road_seconds = 320),                 /* 320 */
    UNIT ("a", .road_seconds = 320),                 /* 320 */
    UNIT ("e", .road_seconds = 319),                 /* 319 */
    UNIT ("f", .road_seconds = 120, .zone_left = 0), /* 300 */
  };
  static const guint order[] = { 5, 4, 3, 2, 0, 1 };
  g_autoptr (MhRescueAssign) assign = mh_rescue_assign (units, G_N_ELEMENTS (units), MH_CAN_ALS,
                                                        MH_URGENCY_P2, MH_URGENCY_P1, NOW);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    g_assert_cmpuint (offer_at (assign, i)->index, ==, order[i]);
  /* at a top level the nearest */
  g_autoptr (MhRescueAssign) top = mh_rescue_assign (units, G_N_ELEMENTS (units), MH_CAN_ALS,
                                                     MH_URGENCY_P1, MH_URGENCY_P1, NOW);
  g_assert_cmpuint (offer_at (top, 0)->index, ==, 5);
  g_assert_cmpuint (offer_at (top, 1)->index, ==, 0);
}

static void
test_divert (void)
{
  const MhRescueCandidate moving = UNIT ("moving", .state = MH_RESCUE_EN_ROUTE, .incident = "other",
                                         .on_urgency = MH_URGENCY_P4, .road_seconds = 60);
  static const struct
  {
    int road_seconds;
    gboolean faster;
  } rows[] = { { 120, TRUE }, { 119, FALSE }, { 900, TRUE }, { 30, FALSE } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const MhRescueCandidate units[]
          = { moving, UNIT ("free", .road_seconds = rows[i].road_seconds) };
      g_autoptr (MhRescueAssign) assign
          = mh_rescue_assign (units, 2, MH_CAN_ALS, MH_URGENCY_P1, MH_URGENCY_P1, NOW);
      g_test_message ("%u", i);
      /* never silent: who is free goes, the other one is told */
      g_assert_cmpuint (assign->plan->len, ==, 1);
      g_assert_cmpuint (sent_unit (assign, 0), ==, 1);
      g_assert_true (assign->automatic);
      g_assert_false (assign->asks);
      g_assert_cmpint (send_at (assign, 0)->faster >= 0, ==, rows[i].faster);
      if (rows[i].faster)
        g_assert_cmpuint (offer_at (assign, (guint)send_at (assign, 0)->faster)->index, ==, 0);
    }
  /* one with less skill does not stand for it */
  const MhRescueCandidate lesser[]
      = { UNIT ("moving", .state = MH_RESCUE_EN_ROUTE, .can = MH_CAN_BLS,
                .on_urgency = MH_URGENCY_P4, .road_seconds = 60),
          UNIT ("free", .road_seconds = 900) };
  g_autoptr (MhRescueAssign) no
      = mh_rescue_assign (lesser, 2, MH_CAN_ALS, MH_URGENCY_P1, MH_URGENCY_P1, NOW);
  g_assert_cmpint (send_at (no, 0)->faster, ==, -1);
  /* nobody else: a person is asked */
  g_autoptr (MhRescueAssign) alone
      = mh_rescue_assign (&moving, 1, MH_CAN_ALS, MH_URGENCY_P1, MH_URGENCY_P1, NOW);
  g_assert_cmpuint (alone->plan->len, ==, 1);
  g_assert_true (alone->asks);
  g_assert_false (alone->automatic);
  g_assert_cmpint (alone->veto_until, ==, 0);
}

static void
test_ask (void)
{
  static const struct
  {
    int accepted, refused, now; /* seconds after the question, below 0: never */
    MhRescueAsk ask;
  } rows[] = {
    { -1, -1, 0, MH_RESCUE_ASK_WAITING },  { -1, -1, 59, MH_RESCUE_ASK_WAITING },
    { -1, -1, 60, MH_RESCUE_ASK_LATE },    { 59, -1, 500, MH_RESCUE_ASK_ACCEPTED },
    { 60, -1, 60, MH_RESCUE_ASK_LATE },    { -1, 59, 59, MH_RESCUE_ASK_REFUSED },
    { -1, 60, 60, MH_RESCUE_ASK_LATE },    { 10, 20, 30, MH_RESCUE_ASK_ACCEPTED },
    { 20, 10, 30, MH_RESCUE_ASK_REFUSED },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 accepted = rows[i].accepted >= 0 ? NOW + rows[i].accepted * MH_SECOND : 0;
      gint64 refused = rows[i].refused >= 0 ? NOW + rows[i].refused * MH_SECOND : 0;
      g_test_message ("%u", i);
      g_assert_cmpint (mh_rescue_ask (NOW, accepted, refused, NOW + rows[i].now * MH_SECOND), ==,
                       rows[i].ask);
    }
  gint64 until = NOW + MH_RESCUE_VETO_SECONDS * MH_SECOND;
  g_assert_true (mh_rescue_is_veto_open (until, until - 1));
  g_assert_false (mh_rescue_is_veto_open (until, until));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/near/limits", test_near_limits);
  g_test_add_func ("/near/short-numbers", test_near_short_numbers);
  g_test_add_func ("/near/options", test_near_options);
  g_test_add_func ("/near/order", test_near_order);
  g_test_add_func ("/near/joined-reasons", test_near_joined_reasons);
  g_test_add_func ("/near/join", test_join);
  g_test_add_func ("/rescue/left-out", test_left_out);
  g_test_add_func ("/rescue/score", test_score);
  g_test_add_func ("/rescue/top", test_top);
  g_test_add_func ("/rescue/not-top", test_not_top);
  g_test_add_func ("/rescue/order", test_order);
  g_test_add_func ("/rescue/divert", test_divert);
  g_test_add_func ("/rescue/ask", test_ask);
  return g_test_run ();
}
