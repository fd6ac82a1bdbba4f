/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/qc/mh-qc-chart.h"

#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/lab/mh-qc.h"
#include "shared/reports/lab/mh-report-qc.h"

#include <glib/gi18n-lib.h>

static char *
qc_chart_rules_text (MhRecord *point)
{
  const char *const *rules = mh_record_list (point, MH_QC_POINT_RULES);
  return rules != NULL && rules[0] != NULL ? g_strjoinv (", ", (char **)rules) : NULL;
}

char *
mh_qc_chart_words (MhRecord *point, const char *unit)
{
  g_autofree char *rules = qc_chart_rules_text (point);
  g_autofree char *when = mh_words_time (mh_record_int (point, MH_QC_POINT_AT));
  g_autofree char *level
      = g_strdup_printf (_ ("Level %d"), (int)mh_record_int (point, MH_QC_POINT_LEVEL));
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s · %s · %s %s · z %s", when, level,
                          mh_record_text (point, MH_QC_POINT_VALUE), unit != NULL ? unit : "",
                          mh_record_text (point, MH_QC_POINT_Z));
  if (rules != NULL)
    g_string_append_printf (text, " · %s", rules);
  if (mh_record_bool (point, MH_QC_POINT_EXCLUDED))
    g_string_append_printf (text, " · %s: %s", _ ("excluded"),
                            mh_words_of_code (&mh_qc_point_type.fields[MH_QC_POINT_REMARK_REASON],
                                              mh_record_text (point, MH_QC_POINT_REMARK_REASON)));
  if (mh_record_has (point, MH_QC_POINT_REMARK_NOTE))
    g_string_append_printf (text, " · %s", mh_record_text (point, MH_QC_POINT_REMARK_NOTE));
  if (mh_record_has (point, MH_QC_POINT_COMMENT))
    g_string_append_printf (text, " · %s", mh_record_text (point, MH_QC_POINT_COMMENT));
  g_string_append_printf (text, " · %s",
                          mh_record_text (point, MH_QC_POINT_BY_NAME) != NULL
                              ? mh_record_text (point, MH_QC_POINT_BY_NAME)
                              : _ ("analyser"));

  return g_string_free (text, FALSE);
}

static const char *
qc_chart_action_words (const char *code, gconstpointer data)
{
  return mh_words_of_code (&mh_qc_lock_type.fields[MH_QC_LOCK_ACTION], code);
}

MhPlot *
mh_qc_chart_plot (const char *title, GPtrArray *points, GPtrArray *locks, GPtrArray **out_points)
{
  const MhQcPlotWords words = { .title = title,
                                .level = _ ("Level"),
                                .mean = _ ("Mean"),
                                .excluded = _ ("Excluded"),
                                .action = qc_chart_action_words };
  g_autoptr (GTimeZone) zone = mh_when_zone ();
  return mh_qc_plot (&words, zone, points, locks, out_points);
}
