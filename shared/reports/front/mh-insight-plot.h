/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A figure as a chart and in words, the same on the screen and on paper. */
#include "shared/records/front/mh-insight.h"
#include "shared/reports/mh-plot.h"

G_BEGIN_DECLS

/* The reader's language: @say gives an English phrase in it; @time may be NULL (that of the
 * process). Both outlive the plot. */
typedef struct
{
  const char *(*say) (const char *english, gconstpointer data);
  MhPlotTimeFunc time;
  gconstpointer data;
} MhInsightWords;

/* "1 h 20 min", "12.5 %", "₹1,200.00", "4.25"; "–" for nothing. @value as in a row. Caller frees.
 */
char *mh_insight_value_words (const MhInsightColumn *column,
                              const char *value,
                              const char *currency,
                              const MhInsightWords *words);
/* What stands before the numbers: "12 Nov 2026", "Haematology". Caller frees. */
char *mh_insight_row_words (MhRecord *insight, MhRecord *row, const MhInsightWords *words);
/* Its points are the rows in their order for each drawn column, one column after the other; at most
 * @most categories. Transfer full. */
MhPlot *mh_insight_plot (MhRecord *insight, guint most, const MhInsightWords *words);
/* The row of a point of that plot. Borrowed; NULL: none. */
MhRecord *mh_insight_plot_row (MhRecord *insight, guint most, guint point);

G_END_DECLS
