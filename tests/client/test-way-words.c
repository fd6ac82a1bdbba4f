/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desk words a step from what the server tells of it: in English the same as the server. */
#include "client/models/mh-place.h"
#include "client/models/mh-way-words.h"
#include "shared/geo/mh-road-words.h"
#include "shared/records/lab/mh-map.h"
#include "shared/records/mh-records.h"
#include "shared/records/mh-types.h"

static MhRecord *
step_new (const MhRoadStep *step)
{
  MhRecord *record = mh_record_new (&mh_map_step_type);
  mh_record_set_text (record, MH_MAP_STEP_TEXT, "as the server says");
  mh_record_set_text (record, MH_MAP_STEP_TURN, mh_map_turn_codes[step->turn].code);
  mh_record_set_int (record, MH_MAP_STEP_HEADING, (gint64)step->bearing);
  if (*step->name != 0)
    mh_record_set_text (record, MH_MAP_STEP_STREET, step->name);
  if (step->exit > 0)
    mh_record_set_int (record, MH_MAP_STEP_EXIT, step->exit);
  if (step->is_against)
    mh_record_set_bool (record, MH_MAP_STEP_AGAINST, TRUE);
  return record;
}

static void
assert_words (const MhRoadStep *step)
{
  g_autoptr (MhRecord) record = step_new (step);
  g_autofree char *words = mh_way_words (record), *expected = mh_road_words (step);
  g_assert_cmpstr (words, ==, expected);
}

static void
test_every_turn (void)
{
  guint n = 0;
  while (mh_map_turn_codes[n].code != NULL)
    n++;
  g_assert_cmpuint (n, ==, MH_TURN_ARRIVE + 1);

  static const char *const streets[] = { "", "Kungsgatan" };
  for (guint turn = 0; turn < n; turn++)
    for (guint street = 0; street < G_N_ELEMENTS (streets); street++)
      for (guint exit = 0; exit < 3; exit++)
        for (guint heading = 0; heading < 360; heading += 45)
          assert_words (&(MhRoadStep){ .turn = turn,
                                       .bearing = heading,
                                       .exit = exit,
                                       .name = streets[street],
                                       .ref = "",
                                       .is_against = exit == 2 });
}

static void
test_words (void)
{
  static const struct
  {
    MhRoadStep step;
    const char *words;
  } rows[] = {
    { { .turn = MH_TURN_DEPART, .bearing = 270, .name = "Kungsgatan" },
      "Drive west along Kungsgatan" },
    { { .turn = MH_TURN_LEFT, .name = "" }, "Turn left" },
    { { .turn = MH_TURN_ROUNDABOUT, .exit = 2, .name = "E 6" },
      "In the roundabout take exit 2 onto E 6" },
    { { .turn = MH_TURN_RIGHT, .name = "Storgatan", .is_against = TRUE },
      "Turn right onto Storgatan – against the one-way" },
    { { .turn = MH_TURN_ARRIVE, .name = "Storgatan" }, "You are there: Storgatan" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MhRecord) record = step_new (&rows[i].step);
      g_autofree char *words = mh_way_words (record);
      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

/* A server that is older, or newer, than this desk. */
static void
test_another_server (void)
{
  g_autoptr (MhRecord) step = mh_record_new (&mh_map_step_type);
  mh_record_set_text (step, MH_MAP_STEP_TEXT, "as the server says");
  g_autofree char *older = mh_way_words (step);
  g_assert_cmpstr (older, ==, "as the server says");

  mh_record_set_text (step, MH_MAP_STEP_TURN, "take_the_ferry");
  g_autofree char *newer = mh_way_words (step);
  g_assert_cmpstr (newer, ==, "as the server says");
}

/* Against the clock what is reached, with the clock what is left out of it: a hundredth of a degree
 * of the equator wide and high is 1.2364 km². */
static void
test_what_rings_enclose (void)
{
  static const char rings[]
      = "[[[0,0],[0,0.01],[0.01,0.01],[0.01,0],[0,0]],"
        "[[0.002,0.002],[0.004,0.002],[0.004,0.004],[0.002,0.004],[0.002,0.002]]]";
  g_autoptr (GPtrArray) two = mh_rings_read (rings);
  g_assert_cmpuint (two->len, ==, 2);
  g_assert_cmpfloat_with_epsilon (mh_rings_square_km (two), 1.2364 * (1 - 0.04), 0.0005);
  g_ptr_array_set_size (two, 1);
  g_assert_cmpfloat_with_epsilon (mh_rings_square_km (two), 1.2364, 0.0005);

  static const char *const none[] = { NULL, "", "7", "[7]", "[[7]]", "{}" };
  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    {
      g_autoptr (GPtrArray) nothing = mh_rings_read (none[i]);
      g_assert_cmpfloat (mh_rings_square_km (nothing), ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  g_test_add_func ("/way-words/every-turn", test_every_turn);
  g_test_add_func ("/way-words/words", test_words);
  g_test_add_func ("/way-words/another-server", test_another_server);
  g_test_add_func ("/way-words/what-rings-enclose", test_what_rings_enclose);
  return g_test_run ();
}
