/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How crowded a department is, who is spared, where a patient is driven: each limit on both sides.
 */
#include "shared/base/mh-clock.h"
#include "shared/rules/dispatch/mh-arrival-steps.h"
#include "shared/rules/dispatch/mh-site-diversions.h"

#define NOW (1800000000 * MH_SECOND)

/* --- NEDOCS --- */

static void
test_nedocs (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("MH_TEST_DATA"), "nedocs.tsv", NULL);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (g_strchomp (text), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 116);
  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);
      MhNedocs nedocs;
      const MhNedocsInput input = { .ed_patients = atoi (cells[0]),
                                    .ed_beds = atoi (cells[1]),
                                    .boarders = atoi (cells[2]),
                                    .hospital_beds = atoi (cells[3]),
                                    .ventilated = atoi (cells[4]),
                                    .longest_minutes = atoi (cells[5]),
                                    .last_bed_minutes = atoi (cells[6]) };
      g_test_message ("%s", lines[i]);
      g_assert_true (mh_nedocs_judge (&input, &nedocs, &error));
      g_assert_no_error (error);
      g_assert_cmpint (nedocs.score, ==, atoi (cells[7]));
      g_assert_cmpstr (mh_nedocs_band_code (nedocs.band), ==, cells[8]);
      for (guint j = 0; j < MH_NEDOCS_N_PARTS; j++)
        g_assert_cmpint (nedocs.parts[j], ==, atoi (cells[9 + j]));
    }
}

static void
test_bands (void)
{
  static const struct
  {
    int score;
    const char *band;
  } rows[]
      = { { -20, "calm" },     { 20, "calm" },       { 21, "busy" },       { 60, "busy" },
          { 61, "very_busy" }, { 100, "very_busy" }, { 101, "crowded" },   { 140, "crowded" },
          { 141, "severe" },   { 180, "severe" },    { 181, "dangerous" }, { 9999, "dangerous" } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpstr (mh_nedocs_band_code (mh_nedocs_band (rows[i].score)), ==, rows[i].band);
  g_assert_null (mh_nedocs_band_code (MH_NEDOCS_N_BANDS));
}

static void
test_bounds (void)
{
#define INPUT(...)                                                                                 \
  {                                                                                                \
    .ed_patients = 20, .ed_beds = 20, .boarders = 5, .hospital_beds = 200, .ventilated = 1,        \
    .longest_minutes = 60, .last_bed_minutes = 60, __VA_ARGS__                                     \
  }
#pragma GCC diagnostic ignored "-Woverride-init"
  static const struct
  {
    MhNedocsInput input;
    int ed_known, known;
    const char *field; /* NULL: fits */
  } rows[] = {
    { INPUT (.ed_beds = 20), 0, 0, NULL },
    { INPUT (.ed_beds = 1), 0, 0, NULL },
    { INPUT (.ed_beds = 0), 0, 0, "ed_beds" },
    { INPUT (.ed_beds = -1), 0, 0, "ed_beds" },
    { INPUT (.ed_beds = 200), 0, 0, NULL },
    { INPUT (.ed_beds = 201), 0, 0, "ed_beds" },
    { INPUT (.ed_beds = 900), 0, 0, "ed_beds" },
    { INPUT (.ed_beds = 20), 20, 0, NULL },
    { INPUT (.ed_beds = 21), 20, 0, "ed_beds" },
    { INPUT (.hospital_beds = 0), 0, 0, "hospital_beds" },
    { INPUT (.hospital_beds = 5000), 0, 0, NULL },
    { INPUT (.hospital_beds = 5001), 0, 0, "hospital_beds" },
    { INPUT (.hospital_beds = 900), 0, 899, "hospital_beds" },
    { INPUT (.hospital_beds = 900), 0, 900, NULL },
    { INPUT (.ed_patients = 1000), 0, 0, NULL },
    { INPUT (.ed_patients = 1001), 0, 0, "ed_patients" },
    { INPUT (.ed_patients = -1), 0, 0, "ed_patients" },
    { INPUT (.boarders = 20), 0, 0, NULL },
    { INPUT (.boarders = 21), 0, 0, "boarders" },
    { INPUT (.boarders = -1), 0, 0, "boarders" },
    { INPUT (.boarders = 0), 0, 0, "longest_minutes" },
    { INPUT (.boarders = 0, .longest_minutes = 0), 0, 0, NULL },
    { INPUT (.ventilated = 20), 0, 0, NULL },
    { INPUT (.ventilated = 21), 0, 0, "ventilated" },
    { INPUT (.ventilated = -1), 0, 0, "ventilated" },
    { INPUT (.longest_minutes = 10080), 0, 0, NULL },
    { INPUT (.longest_minutes = 10081), 0, 0, "longest_minutes" },
    { INPUT (.longest_minutes = -1), 0, 0, "longest_minutes" },
    { INPUT (.last_bed_minutes = 10080), 0, 0, NULL },
    { INPUT (.last_bed_minutes = 10081), 0, 0, "last_bed_minutes" },
    { INPUT (.last_bed_minutes = -1), 0, 0, "last_bed_minutes" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MhIssues) issues = mh_issues_new ();
      mh_nedocs_check (&rows[i].input, rows[i].ed_known, rows[i].known, issues);
      g_test_message ("%u", i);
      g_assert_cmpuint (mh_issues_count (issues), ==, rows[i].field != NULL);
      if (rows[i].field != NULL)
        g_assert_nonnull (mh_issues_find (issues, rows[i].field));
    }
  g_autoptr (GError) error = NULL;
  MhNedocs nedocs;
  const MhNedocsInput many = INPUT (.ed_beds = 900);
  g_assert_false (mh_nedocs_judge (&many, &nedocs, &error));
  g_assert_nonnull (mh_issues_find (mh_error_get_issues (error), "ed_beds"));
}

static void
test_stale (void)
{
  g_assert_false (mh_nedocs_is_stale (NOW - MH_HOUR, NOW));
  g_assert_true (mh_nedocs_is_stale (NOW - MH_HOUR - 1, NOW));
  g_assert_true (mh_nedocs_is_stale (0, NOW));
}

/* --- diversion --- */

static void
test_diversion_check (void)
{
  static const struct
  {
    guint scope;
    gint64 from, until; /* from now */
    const char *reason, *field;
  } rows[] = {
    { MH_CARE_ALL, 0, 4 * MH_HOUR, "full", NULL },
    { MH_CARE_TRAUMA, 0, 4 * MH_HOUR, "full", NULL },
    { 0, 0, MH_HOUR, "full", "scope" },
    { 1u << MH_CARE_N, 0, MH_HOUR, "full", "scope" },
    { MH_CARE_ALL, 0, 4 * MH_HOUR + 1, "full", "until" },
    { MH_CARE_ALL, MH_HOUR, 5 * MH_HOUR, "full", NULL },
    { MH_CARE_ALL, MH_HOUR + 1, 2 * MH_HOUR, "full", "starts_at" },
    { MH_CARE_ALL, 0, 0, "full", "until" },
    { MH_CARE_ALL, 0, 1, "full", NULL },
    { MH_CARE_ALL, MH_MINUTE, MH_MINUTE, "full", "until" },
    { MH_CARE_ALL, -2 * MH_HOUR, 0, "full", "until" },
    { MH_CARE_ALL, -2 * MH_HOUR, 2 * MH_HOUR, "full", NULL },
    { MH_CARE_ALL, -2 * MH_HOUR, 2 * MH_HOUR + 1, "full", "until" },
    { MH_CARE_ALL, 0, MH_HOUR, "abc", NULL },
    { MH_CARE_ALL, 0, MH_HOUR, "ab", "reason" },
    { MH_CARE_ALL, 0, MH_HOUR, NULL, "reason" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MhIssues) issues = mh_issues_new ();
      const MhDiversion diversion = { rows[i].scope, NOW + rows[i].from, NOW + rows[i].until, 0 };
      mh_diversion_check (&diversion, rows[i].reason, NOW, issues);
      g_test_message ("%u", i);
      g_assert_cmpuint (mh_issues_count (issues), ==, rows[i].field != NULL);
      if (rows[i].field != NULL)
        g_assert_nonnull (mh_issues_find (issues, rows[i].field));
    }
  for (guint more = 0; more < 2; more++)
    {
      g_autoptr (MhIssues) issues = mh_issues_new ();
      g_autofree char *reason = g_strnfill (MH_DIVERSION_MOST_REASON + more, 'a');
      const MhDiversion diversion = { MH_CARE_ALL, NOW, NOW + MH_HOUR, 0 };
      mh_diversion_check (&diversion, reason, NOW, issues);
      g_assert_cmpuint (mh_issues_count (issues), ==, more);
    }
}

static void
test_diversion_holds (void)
{
  const MhDiversion plain = { MH_CARE_TRAUMA, NOW, NOW + MH_HOUR, 0 };
  const MhDiversion ended = { MH_CARE_ALL, NOW, NOW + MH_HOUR, NOW + MH_MINUTE };
  g_assert_false (mh_diversion_holds (&plain, NOW - 1));
  g_assert_true (mh_diversion_holds (&plain, NOW));
  g_assert_true (mh_diversion_holds (&plain, NOW + MH_HOUR - 1));
  g_assert_false (mh_diversion_holds (&plain, NOW + MH_HOUR));
  g_assert_true (mh_diversion_holds (&ended, NOW + MH_MINUTE - 1));
  g_assert_false (mh_diversion_holds (&ended, NOW + MH_MINUTE));

  g_assert_true (mh_diversion_is_for (&plain, MH_CARE_TRAUMA | MH_CARE_CHILDREN, NOW));
  g_assert_false (mh_diversion_is_for (&plain, MH_CARE_STROKE, NOW));
  g_assert_false (mh_diversion_is_for (&plain, 0, NOW));
  g_assert_true (mh_diversion_is_for (&ended, 0, NOW));
  g_assert_true (mh_diversion_is_for (&ended, MH_CARE_BIRTH, NOW));
}

static void
test_diversion_renew (void)
{
  static const struct
  {
    gint64 now, until; /* after the beginning */
    const char *field; /* NULL: renewed; "": over */
  } rows[] = {
    { 3 * MH_HOUR, 7 * MH_HOUR, NULL },         { 3 * MH_HOUR, 7 * MH_HOUR + 1, "until" },
    { 3 * MH_HOUR, 4 * MH_HOUR, "until" },      { 3 * MH_HOUR, 4 * MH_HOUR + 1, NULL },
    { 4 * MH_HOUR - 1, 8 * MH_HOUR - 1, NULL }, { 4 * MH_HOUR, 5 * MH_HOUR, "" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      MhDiversion diversion = { MH_CARE_ALL, NOW, NOW + 4 * MH_HOUR, 0 };
      gboolean done
          = mh_diversion_renew (&diversion, NOW + rows[i].until, NOW + rows[i].now, &error);
      g_test_message ("%u", i);
      g_assert_cmpint (done, ==, rows[i].field == NULL);
      g_assert_cmpint (diversion.until, ==, NOW + (done ? rows[i].until : 4 * MH_HOUR));
      if (!done && *rows[i].field == 0)
        g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
      else if (!done)
        g_assert_nonnull (mh_issues_find (mh_error_get_issues (error), rows[i].field));
    }
}

/* --- destination --- */

static const MhDiversion all_now = { MH_CARE_ALL, NOW - MH_HOUR, NOW + MH_HOUR, 0 };
static const MhDiversion trauma_now = { MH_CARE_TRAUMA, NOW - MH_HOUR, NOW + MH_HOUR, 0 };
static const MhDiversion all_over = { MH_CARE_ALL, NOW - MH_HOUR, NOW, 0 };

#define HOSPITAL(name, ...)                                                                        \
  {                                                                                                \
    .id = name, .care = MH_CARE_ALL, .road_seconds = 600, .free_beds = 5, .nedocs = 50,            \
    .reviewed_at = NOW, __VA_ARGS__                                                                \
  }

static const MhDestinationOffer *
offer_at (const MhDestination *destination, guint nth)
{
  g_assert_cmpuint (nth, <, destination->offers->len);
  return &g_array_index (destination->offers, MhDestinationOffer, nth);
}

/* One beside a plain one half an hour away, so that nothing has to be dropped. */
static void
test_left_out (void)
{
  static const struct
  {
    MhDestinationHospital hospital;
    guint care;
    MhUrgency urgency;
    guint reasons;
  } rows[] = {
    { HOSPITAL ("a"), 0, MH_URGENCY_P2, 0 },
    { HOSPITAL ("a", .road_seconds = 3600), 0, MH_URGENCY_P2, 0 },
    { HOSPITAL ("a", .road_seconds = 3601), 0, MH_URGENCY_P2, MH_DESTINATION_TOO_FAR },
    { HOSPITAL ("a", .road_seconds = -1), 0, MH_URGENCY_P1, MH_DESTINATION_NO_WAY },
    { HOSPITAL ("a", .refused = TRUE), 0, MH_URGENCY_P1, MH_DESTINATION_REFUSED },
    { HOSPITAL ("a", .care = MH_CARE_TRAUMA), MH_CARE_TRAUMA, MH_URGENCY_P2, 0 },
    { HOSPITAL ("a", .care = MH_CARE_TRAUMA), MH_CARE_TRAUMA | MH_CARE_CHILDREN, MH_URGENCY_P2,
      MH_DESTINATION_LACKS },
    { HOSPITAL ("a", .care = 0), 0, MH_URGENCY_P2, 0 },
    { HOSPITAL ("a", .care = 0), MH_CARE_BURNS, MH_URGENCY_P1, MH_DESTINATION_LACKS },
    { HOSPITAL ("a", .diversions = &all_now, .n_diversions = 1), 0, MH_URGENCY_P2,
      MH_DESTINATION_DIVERTS },
    { HOSPITAL ("a", .diversions = &all_now, .n_diversions = 1), 0, MH_URGENCY_P1, 0 },
    { HOSPITAL ("a", .diversions = &all_over, .n_diversions = 1), 0, MH_URGENCY_P2, 0 },
    { HOSPITAL ("a", .diversions = &trauma_now, .n_diversions = 1), MH_CARE_TRAUMA, MH_URGENCY_P2,
      MH_DESTINATION_DIVERTS },
    { HOSPITAL ("a", .diversions = &trauma_now, .n_diversions = 1), MH_CARE_STROKE, MH_URGENCY_P2,
      0 },
    { HOSPITAL ("a", .diversions = &all_now, .n_diversions = 1), 0, MH_URGENCY_NONE,
      MH_DESTINATION_DIVERTS },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const MhDestinationHospital hospitals[]
          = { rows[i].hospital, HOSPITAL ("plain", .road_seconds = 1800) };
      g_autoptr (MhDestination) destination
          = mh_destination_choose (hospitals, 2, rows[i].care, rows[i].urgency, MH_URGENCY_P1, NOW);
      g_test_message ("%u", i);
      g_assert_cmpuint (destination->left_out->len, ==, rows[i].reasons != 0);
      if (rows[i].reasons != 0)
        {
          const MhDestinationLeftOut *left
              = &g_array_index (destination->left_out, MhDestinationLeftOut, 0);
          g_assert_cmpuint (left->index, ==, 0);
          g_assert_cmpuint (left->reasons, ==, rows[i].reasons);
        }
    }
}

static void
test_score (void)
{
  static const struct
  {
    MhDestinationHospital hospital;
    int at_p2, at_p1;
    guint notes;
  } rows[] = {
    { HOSPITAL ("a"), 600, 600, 0 },
    { HOSPITAL ("a", .nedocs = 100), 600, 600, 0 },
    { HOSPITAL ("a", .nedocs = 101), 720, 600, MH_DESTINATION_NOTE_CROWDED },
    { HOSPITAL ("a", .nedocs = 140), 720, 600, MH_DESTINATION_NOTE_CROWDED },
    { HOSPITAL ("a", .nedocs = 141), 900, 600, MH_DESTINATION_NOTE_CROWDED },
    { HOSPITAL ("a", .nedocs = 181), 1200, 600, MH_DESTINATION_NOTE_CROWDED },
    { HOSPITAL ("a", .nedocs = G_MININT), 600, 600, 0 },
    { HOSPITAL ("a", .free_beds = 1), 600, 600, 0 },
    { HOSPITAL ("a", .free_beds = 0), 1200, 600, MH_DESTINATION_NOTE_NO_BED },
    { HOSPITAL ("a", .free_beds = -1), 600, 600, 0 },
    /* what nobody has looked at for an hour counts nothing */
    { HOSPITAL ("a", .nedocs = 181, .reviewed_at = NOW - MH_HOUR), 1200, 600,
      MH_DESTINATION_NOTE_CROWDED },
    { HOSPITAL ("a", .nedocs = 181, .free_beds = 0, .reviewed_at = NOW - MH_HOUR - 1), 600, 600,
      MH_DESTINATION_NOTE_STALE },
    { HOSPITAL ("a", .nedocs = 181, .reviewed_at = 0), 600, 600, MH_DESTINATION_NOTE_STALE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (int top = 0; top < 2; top++)
      {
        g_autoptr (MhDestination) destination = mh_destination_choose (
            &rows[i].hospital, 1, 0, top ? MH_URGENCY_P1 : MH_URGENCY_P2, MH_URGENCY_P1, NOW);
        g_test_message ("%u %d", i, top);
        g_assert_cmpint (offer_at (destination, 0)->score, ==, top ? rows[i].at_p1 : rows[i].at_p2);
        g_assert_cmpuint (offer_at (destination, 0)->notes, ==, rows[i].notes);
      }
}

/* There is always somewhere to go. */
static void
test_dropped (void)
{
  /* all who could take the patient divert */
  const MhDestinationHospital diverting[] = {
    HOSPITAL ("far", .road_seconds = 900, .diversions = &all_now, .n_diversions = 1),
    HOSPITAL ("near", .road_seconds = 300, .diversions = &trauma_now, .n_diversions = 1),
    HOSPITAL ("without", .care = 0, .road_seconds = 100),
  };
  g_autoptr (MhDestination) all
      = mh_destination_choose (diverting, 3, MH_CARE_TRAUMA, MH_URGENCY_P2, MH_URGENCY_P1, NOW);
  g_assert_cmpuint (all->offers->len, ==, 2);
  g_assert_cmpuint (offer_at (all, 0)->index, ==, 1);
  g_assert_cmpuint (offer_at (all, 0)->notes, ==, MH_DESTINATION_NOTE_DIVERTS_ALL);
  g_assert_cmpuint (all->left_out->len, ==, 1);
  /* for a stroke one of them does not */
  g_autoptr (MhDestination) one
      = mh_destination_choose (diverting, 3, MH_CARE_STROKE, MH_URGENCY_P2, MH_URGENCY_P1, NOW);
  g_assert_cmpuint (one->offers->len, ==, 1);
  g_assert_cmpuint (offer_at (one, 0)->index, ==, 1);
  g_assert_cmpuint (offer_at (one, 0)->notes, ==, 0);
  /* a top level ignores it and says so */
  g_autoptr (MhDestination) top
      = mh_destination_choose (diverting, 3, MH_CARE_STROKE, MH_URGENCY_P1, MH_URGENCY_P1, NOW);
  g_assert_cmpuint (top->offers->len, ==, 2);
  g_assert_cmpuint (offer_at (top, 1)->notes, ==, MH_DESTINATION_NOTE_DIVERTS_TOP);

  /* nobody has all: those who lack least */
  const MhDestinationHospital lacking[] = {
    HOSPITAL ("none", .care = 0, .road_seconds = 100),
    HOSPITAL ("burns", .care = MH_CARE_BURNS, .road_seconds = 900),
    HOSPITAL ("children", .care = MH_CARE_CHILDREN, .road_seconds = 500),
    HOSPITAL ("both", .road_seconds = 3601),
  };
  g_autoptr (MhDestination) least = mh_destination_choose (
      lacking, 4, MH_CARE_BURNS | MH_CARE_CHILDREN, MH_URGENCY_P2, MH_URGENCY_P1, NOW);
  g_assert_cmpuint (least->offers->len, ==, 2);
  g_assert_cmpuint (offer_at (least, 0)->index, ==, 2);
  g_assert_cmpuint (offer_at (least, 0)->lacks, ==, MH_CARE_BURNS);
  g_assert_cmpuint (offer_at (least, 0)->notes, ==, MH_DESTINATION_NOTE_LACKS);

  /* nobody within an hour */
  const MhDestinationHospital remote[] = {
    HOSPITAL ("b", .road_seconds = 9000),
    HOSPITAL ("a", .road_seconds = 4000),
    HOSPITAL ("refused", .road_seconds = 100, .refused = TRUE),
    HOSPITAL ("cut off", .road_seconds = -1),
  };
  g_autoptr (MhDestination) far
      = mh_destination_choose (remote, 4, 0, MH_URGENCY_P3, MH_URGENCY_P1, NOW);
  g_assert_cmpuint (far->offers->len, ==, 2);
  g_assert_cmpuint (offer_at (far, 0)->index, ==, 1);
  g_assert_cmpuint (offer_at (far, 0)->notes, ==, MH_DESTINATION_NOTE_FAR);
  g_autoptr (MhDestination) nowhere
      = mh_destination_choose (NULL, 0, 0, MH_URGENCY_P3, MH_URGENCY_P1, NOW);
  g_assert_cmpuint (nowhere->offers->len, ==, 0);
}

static void
test_order (void)
{
  const MhDestinationHospital hospitals[] = {
    HOSPITAL ("d", .road_seconds = 500, .nedocs = 120), /* 620 */
    HOSPITAL ("c", .road_seconds = 620),                /* 620 */
    HOSPITAL ("b", .road_seconds = 620),                /* 620 */
    HOSPITAL ("a", .road_seconds = 619),                /* 619 */
  };
  static const guint order[] = { 3, 0, 2, 1 };
  g_autoptr (MhDestination) destination
      = mh_destination_choose (hospitals, 4, 0, MH_URGENCY_P2, MH_URGENCY_P1, NOW);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    g_assert_cmpuint (offer_at (destination, i)->index, ==, order[i]);
}

static void
test_codes (void)
{
  for (guint i = 0; i < MH_CARE_N; i++)
    g_assert_cmpuint (mh_care_of (mh_care_code (1u << i)), ==, 1u << i);
  g_assert_null (mh_care_code (MH_CARE_ALL));
  g_assert_null (mh_care_code (1u << MH_CARE_N));
  g_assert_cmpuint (mh_care_of ("dental"), ==, 0);
  g_assert_cmpuint (mh_care_of (NULL), ==, 0);
}

/* --- who is on the way --- */

static void
test_arrival_steps (void)
{
  static const char *const states[]
      = { "told", "accepted", "refused", "arrived", "handed_over", "cancelled" };
  static const char *const steps[] = { "accept", "refuse", "arrive", "hand_over", "cancel" };
  /* where each step leads from each state */
  static const char *const to[G_N_ELEMENTS (states)][G_N_ELEMENTS (steps)] = {
    { "accepted", "refused", "arrived", NULL, "cancelled" },
    { NULL, "refused", "arrived", "handed_over", "cancelled" },
    { NULL },
    { NULL, "refused", NULL, "handed_over", NULL },
    { NULL },
    { NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    for (guint j = 0; j < G_N_ELEMENTS (steps); j++)
      g_assert_cmpstr (mh_arrival_after (states[i], steps[j]), ==, to[i][j]);
  g_assert_null (mh_arrival_after (NULL, "accept"));
}

/* What was taken over lies in a bed that the next count has. */
static void
test_arrival_bed (void)
{
  static const struct
  {
    const char *state;
    gint64 handed_at, reviewed_at;
    gboolean keeps;
  } rows[] = {
    { "told", 0, 0, TRUE },           { "accepted", 0, 99, TRUE },
    { "arrived", 0, 99, TRUE },       { "refused", 0, 0, FALSE },
    { "cancelled", 0, 0, FALSE },     { "handed_over", 50, 0, TRUE },
    { "handed_over", 50, 49, TRUE },  { "handed_over", 50, 50, FALSE },
    { "handed_over", 50, 51, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (mh_arrival_keeps_bed (rows[i].state, rows[i].handed_at, rows[i].reviewed_at),
                     ==, rows[i].keeps);
}

/* --- diversions as JSON --- */

static void
test_site_diversions (void)
{
  static const char kept[]
      = "[{\"id\":\"a\",\"scope\":[\"trauma\",\"burns\"],\"starts_at\":\"2026-11-21T08:00:00."
        "000Z\","
        "\"until\":\"2026-11-21T09:00:00.000Z\",\"reason\":\"Full\"},"
        "{\"id\":\"b\",\"scope\":[\"all\"],\"starts_at\":\"2026-11-21T08:00:00.000Z\","
        "\"until\":\"2026-11-21T09:00:00.000Z\",\"reason\":\"Fire\"}]";
  static const char *const odd[] = { NULL, "", "{}", "[1]", "[{\"id\":\"a\"}]", "[" };
  g_autoptr (GPtrArray) read = mh_site_diversions_read (kept);
  g_assert_cmpuint (read->len, ==, 2);
  const MhSiteDiversion *one = g_ptr_array_index (read, 0);
  const MhSiteDiversion *two = g_ptr_array_index (read, 1);
  g_assert_cmpuint (one->diversion.scope, ==, MH_CARE_TRAUMA | MH_CARE_BURNS);
  g_assert_cmpuint (two->diversion.scope, ==, MH_CARE_ALL);
  g_autofree char *again = mh_site_diversions_put (read);
  g_assert_cmpstr (again, ==, kept);

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autoptr (GPtrArray) none = mh_site_diversions_read (odd[i]);
      g_assert_cmpuint (none->len, ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nedocs/vectors", test_nedocs);
  g_test_add_func ("/nedocs/bands", test_bands);
  g_test_add_func ("/nedocs/bounds", test_bounds);
  g_test_add_func ("/nedocs/stale", test_stale);
  g_test_add_func ("/diversion/check", test_diversion_check);
  g_test_add_func ("/diversion/holds", test_diversion_holds);
  g_test_add_func ("/diversion/renew", test_diversion_renew);
  g_test_add_func ("/destination/left-out", test_left_out);
  g_test_add_func ("/destination/score", test_score);
  g_test_add_func ("/destination/dropped", test_dropped);
  g_test_add_func ("/destination/order", test_order);
  g_test_add_func ("/destination/codes", test_codes);
  g_test_add_func ("/arrival/steps", test_arrival_steps);
  g_test_add_func ("/arrival/bed", test_arrival_bed);
  g_test_add_func ("/destination/site-diversions", test_site_diversions);
  return g_test_run ();
}
