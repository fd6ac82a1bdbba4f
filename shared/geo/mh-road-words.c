/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/geo/mh-road-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Whole sentences, since languages put the road in different places: without one, and with one. */
static const struct
{
  const char *plain, *onto;
} road_sentences[] = {
  [MH_TURN_STRAIGHT] = { N_ ("Go straight on"), N_ ("Go straight on along %s") },
  [MH_TURN_SLIGHT_LEFT] = { N_ ("Bear left"), N_ ("Bear left onto %s") },
  [MH_TURN_LEFT] = { N_ ("Turn left"), N_ ("Turn left onto %s") },
  [MH_TURN_SHARP_LEFT] = { N_ ("Turn sharp left"), N_ ("Turn sharp left onto %s") },
  [MH_TURN_SLIGHT_RIGHT] = { N_ ("Bear right"), N_ ("Bear right onto %s") },
  [MH_TURN_RIGHT] = { N_ ("Turn right"), N_ ("Turn right onto %s") },
  [MH_TURN_SHARP_RIGHT] = { N_ ("Turn sharp right"), N_ ("Turn sharp right onto %s") },
  [MH_TURN_ROUND] = { N_ ("Turn round"), N_ ("Turn round on %s") },
  [MH_TURN_LEAVE] = { N_ ("Leave the roundabout"), N_ ("Leave the roundabout onto %s") },
  [MH_TURN_ARRIVE] = { N_ ("You are there"), N_ ("You are there: %s") },
};
/* The eight winds from north by east. */
static const struct
{
  const char *plain, *onto;
} road_winds[] = {
  { N_ ("Drive north"), N_ ("Drive north along %s") },
  { N_ ("Drive north-east"), N_ ("Drive north-east along %s") },
  { N_ ("Drive east"), N_ ("Drive east along %s") },
  { N_ ("Drive south-east"), N_ ("Drive south-east along %s") },
  { N_ ("Drive south"), N_ ("Drive south along %s") },
  { N_ ("Drive south-west"), N_ ("Drive south-west along %s") },
  { N_ ("Drive west"), N_ ("Drive west along %s") },
  { N_ ("Drive north-west"), N_ ("Drive north-west along %s") },
};

static const char *
road_name (const MhRoadStep *step)
{
  return *step->name != 0 ? step->name : step->ref;
}

/* @format is one of the sentences above, translated. */
static char *
road_fill (const char *plain, const char *onto, const char *name)
{
  if (*name == 0)
    return g_strdup (_ (plain));

  const char *format = _ (onto), *place = g_strstr_len (format, -1, "%s");
  g_autofree char *before = g_strndup (format, place != NULL ? (gsize)(place - format) : 0);
  return g_strconcat (place != NULL ? before : format, name, place != NULL ? place + 2 : "", NULL);
}

static char *
road_words_roundabout (const MhRoadStep *step)
{
  const char *name = road_name (step);
  if (step->exit == 0)
    return g_strdup (_ ("Drive into the roundabout"));
  if (*name == 0)
    return g_strdup_printf (_ ("In the roundabout take exit %u"), step->exit);
  return g_strdup_printf (_ ("In the roundabout take exit %u onto %s"), step->exit, name);
}

static char *
road_words_of (const MhRoadStep *step)
{
  if (step->turn == MH_TURN_ROUNDABOUT)
    return road_words_roundabout (step);
  if (step->turn == MH_TURN_DEPART)
    {
      const guint wind = (guint)floor ((step->bearing + 22.5) / 45) % G_N_ELEMENTS (road_winds);
      return road_fill (road_winds[wind].plain, road_winds[wind].onto, road_name (step));
    }
  return road_fill (road_sentences[step->turn].plain, road_sentences[step->turn].onto,
                    road_name (step));
}

char *
mh_road_words (const MhRoadStep *step)
{
  g_autofree char *words = road_words_of (step);
  if (!step->is_against || step->turn == MH_TURN_ARRIVE)
    return g_steal_pointer (&words);
  /* TRANSLATORS: what to do, then a warning */
  return g_strdup_printf (_ ("%s – against the one-way"), words);
}

char *
mh_road_words_distance (double metres)
{
  if (metres < 995)
    return g_strdup_printf (_ ("%d m"), (int)(round (metres / 10) * 10));
  if (metres < 9950)
    return g_strdup_printf (_ ("%.1f km"), metres / 1000);
  return g_strdup_printf (_ ("%d km"), (int)round (metres / 1000));
}
