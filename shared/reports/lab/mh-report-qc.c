/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/reports/lab/mh-report-qc.h"

#include "shared/records/lab/mh-qc.h"

#define MOST_LEVELS 4

static char *
report_qc_rules_text (MhRecord *point)
{
  const char *const *rules = mh_record_list (point, MH_QC_POINT_RULES);
  return rules != NULL && rules[0] != NULL ? g_strjoinv (", ", (char **)rules) : NULL;
}

static char *
report_qc_note_of (const MhQcPlotWords *words, MhRecord *point)
{
  g_autofree char *rules = report_qc_rules_text (point);
  const char *value = mh_record_text (point, MH_QC_POINT_VALUE);
  if (mh_record_bool (point, MH_QC_POINT_EXCLUDED))
    return g_strdup_printf ("%s, %s", value, words->excluded);
  return rules != NULL ? g_strdup_printf ("%s, %s", value, rules) : g_strdup (value);
}

static void
report_qc_add_point (MhPlot *plot,
                     const MhQcPlotWords *words,
                     guint series,
                     MhRecord *point,
                     GPtrArray *shown)
{
  const char *state = mh_record_text (point, MH_QC_POINT_STATE);
  gboolean rejected = g_strcmp0 (state, MH_QC_REJECTED) == 0;
  gboolean warning = g_strcmp0 (state, MH_QC_WARNING) == 0;
  g_autofree char *note = report_qc_note_of (words, point);
  guint at = mh_plot_point (plot, series, (double)mh_record_int (point, MH_QC_POINT_AT),
                            g_ascii_strtod (mh_record_text (point, MH_QC_POINT_Z), NULL),
                            mh_record_bool (point, MH_QC_POINT_EXCLUDED) ? MH_MARK_RING
                            : rejected                                   ? MH_MARK_CROSS
                            : warning                                    ? MH_MARK_TRIANGLE
                                                                         : MH_MARK_DOT,
                            note);

  if (rejected)
    mh_plot_ink_point (plot, at, MH_PLOT_BAD);
  else if (warning)
    mh_plot_ink_point (plot, at, MH_PLOT_WARM);

  g_ptr_array_add (shown, point);
}

/* Series by series, as the plot numbers its points. */
static void
add_level (MhPlot *plot, const MhQcPlotWords *words, GPtrArray *points, int level, GPtrArray *shown)
{
  static const MhPlotInk inks[MOST_LEVELS]
      = { MH_PLOT_ACCENT, MH_PLOT_SECOND, MH_PLOT_THIRD, MH_PLOT_FOURTH };
  int series = -1;

  for (guint i = 0; i < points->len; i++)
    {
      MhRecord *point = g_ptr_array_index (points, i);
      if (mh_record_int (point, MH_QC_POINT_LEVEL) != level
          || mh_record_bool (point, MH_QC_POINT_EXCLUDED))
        continue;
      if (series < 0)
        {
          g_autofree char *name = g_strdup_printf ("%s %d", words->level, level);
          series = (int)mh_plot_series (plot, name, MH_PLOT_LINE, inks[(level - 1) % MOST_LEVELS]);
        }
      report_qc_add_point (plot, words, (guint)series, point, shown);
    }
}

static void
add_excluded (MhPlot *plot, const MhQcPlotWords *words, GPtrArray *points, GPtrArray *shown)
{
  int series = -1;
  for (guint i = 0; i < points->len; i++)
    {
      MhRecord *point = g_ptr_array_index (points, i);
      if (!mh_record_bool (point, MH_QC_POINT_EXCLUDED))
        continue;
      if (series < 0)
        series = (int)mh_plot_series (plot, words->excluded, MH_PLOT_MARKS, MH_PLOT_GREY);
      report_qc_add_point (plot, words, (guint)series, point, shown);
    }
}

static void
add_limits (MhPlot *plot, const MhQcPlotWords *words)
{
  mh_plot_band (plot, -2, 2, MH_PLOT_GOOD);
  mh_plot_limit (plot, 3, "+3 SD", MH_PLOT_BAD);
  mh_plot_limit (plot, 2, "+2 SD", MH_PLOT_WARM);
  mh_plot_limit (plot, 0, words->mean, MH_PLOT_GREY);
  mh_plot_limit (plot, -2, "−2 SD", MH_PLOT_WARM);
  mh_plot_limit (plot, -3, "−3 SD", MH_PLOT_BAD);
}

MhPlot *
mh_qc_plot (const MhQcPlotWords *words,
            GTimeZone *zone,
            GPtrArray *points,
            GPtrArray *locks,
            GPtrArray **out_points)
{
  MhPlot *plot = mh_plot_new (words->title);
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();
  gint64 first = points->len > 0 ? mh_record_int (g_ptr_array_index (points, 0), MH_QC_POINT_AT)
                                 : G_MAXINT64;

  mh_plot_set_unit (plot, "SD", 2);
  mh_plot_set_time (plot, zone, MH_PLOT_INSTANT);
  mh_plot_set_range (plot, -4, 4);
  add_limits (plot, words);
  for (int level = 1; level <= MOST_LEVELS; level++)
    add_level (plot, words, points, level, shown);
  add_excluded (plot, words, points, shown);

  for (guint i = 0; locks != NULL && i < locks->len; i++)
    {
      MhRecord *lock = g_ptr_array_index (locks, i);
      const char *action = mh_record_text (lock, MH_QC_LOCK_ACTION);
      if (action != NULL && mh_record_int (lock, MH_QC_LOCK_ACTION_AT) >= first)
        mh_plot_event (plot, (double)mh_record_int (lock, MH_QC_LOCK_ACTION_AT),
                       words->action (action, words->data));
    }

  if (out_points != NULL)
    *out_points = g_steal_pointer (&shown);
  return plot;
}
