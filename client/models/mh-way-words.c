/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/models/mh-way-words.h"

#include "shared/geo/mh-road-words.h"
#include "shared/records/lab/mh-map.h"

static gboolean
way_words_turn (MhRecord *record, MhRoadTurn *out_turn)
{
  const char *code = mh_record_text (record, MH_MAP_STEP_TURN);
  for (guint i = 0; mh_map_turn_codes[i].code != NULL; i++)
    if (g_strcmp0 (mh_map_turn_codes[i].code, code) == 0)
      {
        *out_turn = (MhRoadTurn)i;
        return TRUE;
      }
  return FALSE;
}

char *
mh_way_words (MhRecord *record)
{
  const char *street = mh_record_text (record, MH_MAP_STEP_STREET);
  MhRoadStep step = {
    .bearing = (double)mh_record_int (record, MH_MAP_STEP_HEADING),
    .exit = (guint)mh_record_int (record, MH_MAP_STEP_EXIT),
    .name = street != NULL ? street : "",
    .ref = "",
    .is_against = mh_record_bool (record, MH_MAP_STEP_AGAINST),
  };
  if (!way_words_turn (record, &step.turn))
    return g_strdup (mh_record_text (record, MH_MAP_STEP_TEXT));
  return mh_road_words (&step);
}
