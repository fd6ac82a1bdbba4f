/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/lab/mh-stability.h"

#include "shared/base/mh-clock.h"
#include "shared/base/mh-decimal.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-test.h"

static gboolean
mh_stability_is_at_most (MhDecimal value, const char *limit)
{
  MhDecimal most;
  return mh_decimal_parse (limit, &most) && mh_decimal_compare (value, most) <= 0;
}

guint
mh_stability_field (const char *temperature)
{
  MhDecimal told;
  if (temperature == NULL || !mh_decimal_parse (temperature, &told))
    return MH_TEST_STABILITY_ROOM;
  if (mh_stability_is_at_most (told, MH_STABILITY_FROZEN))
    return MH_TEST_STABILITY_FROZEN;
  return mh_stability_is_at_most (told, MH_STABILITY_FRIDGE) ? MH_TEST_STABILITY_FRIDGE
                                                             : MH_TEST_STABILITY_ROOM;
}

/* In milliseconds; -1: it is not stated. */
static gint64
mh_stability_span (MhRecord *test, guint field)
{
  const char *text = mh_record_text (test, field);
  MhDecimal hours;
  if (text == NULL || !mh_decimal_parse (text, &hours) || hours.mantissa < 0
      || hours.mantissa > G_MAXINT64 / MH_HOUR)
    return -1;
  gint64 span = hours.mantissa * MH_HOUR;
  for (int i = 0; i < hours.scale; i++)
    span /= 10;
  return span;
}

gint64
mh_stability_until (MhRecord *test, const char *temperature, gint64 collected)
{
  gint64 span = mh_stability_span (test, mh_stability_field (temperature));
  if (span < 0)
    span = mh_stability_span (test, MH_TEST_STABILITY_ROOM);
  return span >= 0 && collected > 0 ? collected + span : 0;
}

gint64
mh_stability_of_tube (GPtrArray *tests, const char *temperature, gint64 collected, char **out_names)
{
  gint64 first = 0;
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < tests->len; i++)
    {
      MhRecord *test = g_ptr_array_index (tests, i);
      gint64 until = mh_stability_until (test, temperature, collected);
      const char *name = mh_record_text (test, MH_TEST_SHORT_NAME);
      if (until == 0 || (first != 0 && until > first))
        continue;
      if (until != first)
        g_string_truncate (names, 0);
      first = until;
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                              name != NULL ? name : mh_record_text (test, MH_TEST_CODE));
    }

  if (out_names != NULL)
    *out_names = first != 0 ? g_strdup (names->str) : NULL;
  return first;
}

gboolean
mh_stability_is_over (gint64 until, gint64 at)
{
  return until > 0 && at > until;
}

gboolean
mh_stability_is_row_over (MhRecord *row, gboolean typing, gint64 now)
{
  gint64 at = now;
  if (!typing && mh_record_has (row, MH_RESULT_ROW_ANALYSED_AT))
    at = mh_record_int (row, MH_RESULT_ROW_ANALYSED_AT);
  else if (!typing && mh_record_has (row, MH_RESULT_ROW_ENTERED_AT))
    at = mh_record_int (row, MH_RESULT_ROW_ENTERED_AT);

  return mh_record_has (row, MH_RESULT_ROW_STABLE_UNTIL)
         && mh_stability_is_over (mh_record_int (row, MH_RESULT_ROW_STABLE_UNTIL), at);
}
