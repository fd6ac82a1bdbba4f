/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/mh-too-old.h"

#include "client/widgets/base/mh-words.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/rules/lab/mh-stability.h"

#include <glib/gi18n-lib.h>

char *
mh_too_old_tube (MhRecord *sample, gint64 at)
{
  const char *tests = mh_record_text (sample, MH_SAMPLE_STABLE_TESTS);
  gint64 until = mh_record_int (sample, MH_SAMPLE_STABLE_UNTIL);
  if (!mh_record_has (sample, MH_SAMPLE_STABLE_UNTIL) || !mh_stability_is_over (until, at))
    return NULL;
  g_autofree char *since = mh_words_time (until);
  return g_strdup_printf (_ ("Too old for %s since %s"), tests != NULL ? tests : "", since);
}

char *
mh_too_old_value (MhRecord *row, gboolean typing, gint64 now)
{
  if (!mh_stability_is_row_over (row, typing, now))
    return NULL;
  g_autofree char *until = mh_words_time (mh_record_int (row, MH_RESULT_ROW_STABLE_UNTIL));
  return g_strdup_printf (_ ("The sample was too old: it kept until %s"), until);
}
