/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/lab/mh-second.h"

MhSecond
mh_second_state (const MhSecondCase *value)
{
  if (!value->wanted)
    return MH_SECOND_NOT_WANTED;
  if (value->first == NULL)
    return MH_SECOND_NO_FIRST;
  if (value->second == NULL)
    return MH_SECOND_MISSING;
  if (value->second_by == NULL || g_strcmp0 (value->first_by, value->second_by) == 0)
    return MH_SECOND_SAME_PERSON;
  return g_str_equal (value->first, value->second) ? MH_SECOND_AGREES : MH_SECOND_DIFFERS;
}

gboolean
mh_second_keeps_back (MhSecond state)
{
  return state == MH_SECOND_MISSING || state == MH_SECOND_SAME_PERSON || state == MH_SECOND_DIFFERS;
}
