/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/dispatch/fleet/mh-unit-words.h"

#include "client/pages/dispatch/fleet/mh-fleet.h"
#include "client/widgets/base/mh-look.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/dispatch/mh-crew.h"
#include "shared/records/dispatch/mh-unit.h"

#include <glib/gi18n-lib.h>

/* --- its state --- */

/* In the order of mh_unit_state_codes; on a call the shapes are those of missions. */
static const MhLook looks[] = {
  { MH_UNIT_OFF, "–", "dim-label" },
  { MH_UNIT_OUT_OF_SERVICE, "✕", "mh-abnormal" },
  { MH_UNIT_AVAILABLE, "●", "mh-good" },
  { MH_UNIT_RESERVED, "○", NULL },
  { "assigned", "◔", NULL },
  { "en_route", "▶", NULL },
  { "on_scene", "■", NULL },
  { "transporting", "▶", NULL },
  { "at_hospital", "◆", NULL },
  { NULL },
};

static const char *
unit_words_code (MhRecord *unit)
{
  MhRecord *state = mh_fleet_state (unit);
  return state != NULL ? mh_record_text (state, MH_UNIT_STATE_STATE) : MH_UNIT_OFF;
}

char *
mh_unit_state_words (const char *state)
{
  return g_strdup_printf (
      "%s %s", mh_look_of (looks, state).shape,
      mh_words_of_code (&mh_unit_state_type.fields[MH_UNIT_STATE_STATE], state));
}

const char *
mh_unit_state_look (const char *state)
{
  return mh_look_of (looks, state).style;
}

char *
mh_unit_state_text (MhRecord *unit)
{
  if (!mh_record_bool (unit, MH_UNIT_ACTIVE))
    return g_strdup (_ ("⊘ Not in use"));
  return mh_unit_state_words (unit_words_code (unit));
}

const char *
mh_unit_state_style (MhRecord *unit)
{
  return mh_record_bool (unit, MH_UNIT_ACTIVE) ? mh_unit_state_look (unit_words_code (unit))
                                               : "dim-label";
}

/* --- the rest --- */

char *
mh_unit_what_text (MhRecord *unit)
{
  g_autofree char *kind = mh_words_value (unit, MH_UNIT_KIND);
  g_autofree char *can = mh_words_value (unit, MH_UNIT_CAN);
  return g_strcmp0 (kind, can) == 0 ? g_strdup (kind) : g_strdup_printf ("%s · %s", kind, can);
}

char *
mh_unit_brief_text (MhRecord *unit)
{
  const char *const *can = mh_record_list (unit, MH_UNIT_CAN);
  g_autofree char *kind = mh_words_value (unit, MH_UNIT_KIND);
  g_autofree char *codes = can != NULL ? g_strjoinv (", ", (char **)can) : g_strdup ("");
  return g_strdup_printf ("%s · %s", kind, codes);
}

/* Until the first of them goes: from then on it is another crew. */
char *
mh_unit_crew_text (MhRecord *unit)
{
  GPtrArray *crew = mh_fleet_crew (unit);
  GString *out = g_string_new (NULL);
  gint64 until = G_MAXINT64;
  for (guint i = 0; crew != NULL && i < crew->len; i++)
    {
      MhRecord *shift = g_ptr_array_index (crew, i);
      until = MIN (until, mh_record_int (shift, MH_CREW_SHIFT_UNTIL));
      g_string_append_printf (out, "%s%s", i > 0 ? ", " : "",
                              mh_record_text (shift, MH_CREW_SHIFT_USER_NAME));
    }
  g_autofree char *names = g_string_free (out, FALSE);
  if (*names == 0)
    return g_strdup (_ ("Nobody on it"));
  g_autofree char *time = mh_words_time (until);
  /* Translators: names of a crew, and the hour until which they are there */
  return g_strdup_printf (_ ("%s · until %s"), names, time);
}

char *
mh_unit_heard_text (MhRecord *unit)
{
  MhRecord *place = mh_fleet_place (unit);
  if (place == NULL || !mh_record_has (place, MH_UNIT_PLACE_HEARD_AT))
    return g_strdup (_ ("Never"));
  g_autofree char *age
      = mh_words_since (mh_record_int (place, MH_UNIT_PLACE_HEARD_AT), mh_when_now ());
  return g_strdup_printf (_ ("%s ago"), age);
}

char *
mh_unit_left_text (MhRecord *shift)
{
  const gint64 until = mh_record_int (shift, MH_CREW_SHIFT_UNTIL), now = mh_when_now ();
  g_autofree char *time = mh_words_time (until);
  g_autofree char *left = mh_words_since (now, until);
  return until > now ? g_strdup_printf (_ ("%s left"), left)
                     : g_strdup_printf (_ ("⚠ over since %s"), time);
}
