/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/dispatch/missions/mh-mission-words.h"

#include "client/widgets/base/mh-look.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/dispatch/mh-mission.h"
#include "shared/rules/dispatch/mh-mission-clock.h"

#include <glib/gi18n-lib.h>

/* --- a mission --- */

static const MhLook looks[] = {
  { MH_MISSION_ASKED, "○", "mh-abnormal" },
  { MH_MISSION_ASSIGNED, "◔", NULL },
  { MH_MISSION_EN_ROUTE, "▶", NULL },
  { MH_MISSION_ON_SCENE, "■", NULL },
  { MH_MISSION_TRANSPORTING, "▶", NULL },
  { MH_MISSION_AT_HOSPITAL, "◆", NULL },
  { MH_MISSION_DONE, "✓", "dim-label" },
  { MH_MISSION_REFUSED, "⊘", "mh-abnormal" },
  { MH_MISSION_UNANSWERED, "⊘", "mh-abnormal" },
  { MH_MISSION_STOOD_DOWN, "✕", "dim-label" },
  { MH_MISSION_DIVERTED, "✕", "dim-label" },
  { NULL },
};

static MhLook
mission_words_look (MhRecord *mission)
{
  return mh_look_of (looks, mh_record_text (mission, MH_MISSION_STATE));
}

char *
mh_mission_state_text (MhRecord *mission)
{
  const char *shape = mission_words_look (mission).shape;
  const gint64 left = (mh_record_int (mission, MH_MISSION_ANSWER_BY) - mh_when_now ()) / MH_SECOND;
  g_autofree char *words = mh_words_value (mission, MH_MISSION_STATE);
  if (g_strcmp0 (mh_record_text (mission, MH_MISSION_STATE), MH_MISSION_ASKED) == 0 && left >= 0)
    /* Translators: a unit was asked, and has so many seconds left to answer */
    return g_strdup_printf (_ ("%s %s · %d s left"), shape, words, (int)left);
  return g_strdup_printf ("%s %s", shape, words);
}

const char *
mh_mission_state_style (MhRecord *mission)
{
  return mission_words_look (mission).style;
}

const char *
mh_mission_step_words (const char *step)
{
  for (const MhCode *code = mh_mission_step_codes; code->code != NULL; code++)
    if (g_strcmp0 (code->code, step) == 0)
      return g_dgettext (GETTEXT_PACKAGE, code->label);
  return g_dgettext (GETTEXT_PACKAGE, mh_mission_clock_codes[0].label); /* assigned */
}

char *
mh_mission_steps_text (MhRecord *mission)
{
  GString *out = g_string_new (NULL);
  for (int step = MH_CLOCK_ASSIGNED; step < MH_CLOCK_N; step++)
    {
      const gint64 at = mh_record_int (mission, mh_mission_clock_field ((MhClockStep)step));
      g_autofree char *time = mh_words_time (at);
      if (at != 0)
        g_string_append_printf (out, "%s%s %s", out->len > 0 ? " · " : "", time,
                                mh_mission_step_words (mh_dispatch_clock_code ((MhClockStep)step)));
    }
  return g_string_free (out, FALSE);
}

/* --- a recommendation --- */

char *
mh_recommendation_way_text (MhRecord *recommendation)
{
  const int seconds = (int)mh_record_int (recommendation, MH_RECOMMENDATION_ETA_SECONDS);
  const char *basis = mh_record_text (recommendation, MH_RECOMMENDATION_BASIS);
  if (!mh_record_has (recommendation, MH_RECOMMENDATION_ETA_SECONDS))
    return g_strdup (g_strcmp0 (basis, MH_RECOMMENDATION_NOWHERE) == 0 ? _ ("place not known")
                                                                       : _ ("way not known"));
  return g_strcmp0 (basis, MH_RECOMMENDATION_ROAD) == 0
             ? mh_words_way (seconds)
             : g_strdup_printf (_ ("about %d min %02d s"), seconds / 60, seconds % 60);
}

static void
mission_words_add (GString *out, char *text)
{
  g_autofree char *words = text;
  if (*words != 0)
    g_string_append_printf (out, "%s%s", out->len > 0 ? " · " : "", words);
}

/* What the zone keeps; "" where that is enough. */
static char *
mission_words_zone (MhRecord *recommendation)
{
  const int left = (int)mh_record_int (recommendation, MH_RECOMMENDATION_ZONE_LEFT);
  const int least = (int)mh_record_int (recommendation, MH_RECOMMENDATION_ZONE_LEAST);
  const char *zone = mh_record_text (recommendation, MH_RECOMMENDATION_ZONE);
  return zone != NULL && left < least
             ? g_strdup_printf (_ ("leaves %s with %d of %d units"), zone, left, least)
             : g_strdup ("");
}

/* Those that no figure tells. */
static void
mission_words_notes (GString *out, MhRecord *recommendation)
{
  static const char *const told[] = { "late", "below", NULL };
  const char *const *notes = mh_record_list (recommendation, MH_RECOMMENDATION_NOTES);
  for (guint i = 0; notes != NULL && notes[i] != NULL; i++)
    if (g_strv_contains (told, notes[i]))
      mission_words_add (
          out, g_strdup (mh_words_of_code (&mh_recommendation_type.fields[MH_RECOMMENDATION_NOTES],
                                           notes[i])));
}

char *
mh_recommendation_reasons_text (MhRecord *recommendation)
{
  const int age = (int)mh_record_int (recommendation, MH_RECOMMENDATION_FIX_AGE);
  const int missions = (int)mh_record_int (recommendation, MH_RECOMMENDATION_MISSIONS);
  const char *leaves = mh_record_text (recommendation, MH_RECOMMENDATION_LEAVES_NUMBER);
  GString *out = g_string_new (NULL);
  mission_words_add (out, mh_words_value (recommendation, MH_RECOMMENDATION_COVERS));
  if (leaves != NULL)
    mission_words_add (out, g_strdup_printf (_ ("is on %s"), leaves));
  mission_words_add (out, mission_words_zone (recommendation));
  if (mh_record_int (recommendation, MH_RECOMMENDATION_FIX_SECONDS) > 0)
    mission_words_add (out, g_strdup_printf (_ ("position %d s old"), age));
  if (missions > 0)
    mission_words_add (
        out, g_strdup_printf (
                 ngettext ("%d mission this shift", "%d missions this shift", missions), missions));
  mission_words_notes (out, recommendation);
  mission_words_add (out, mh_words_value (recommendation, MH_RECOMMENDATION_OUT));
  if (mh_record_has (recommendation, MH_RECOMMENDATION_LACKS))
    {
      g_autofree char *lacks = mh_words_value (recommendation, MH_RECOMMENDATION_LACKS);
      mission_words_add (out,
                         *lacks != 0 ? g_strdup_printf (_ ("lacks %s"), lacks) : g_strdup (""));
    }
  return g_string_free (out, FALSE);
}
