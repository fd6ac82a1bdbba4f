/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A Levey-Jennings chart of controls' values: every level by its own mean and SD. */
#include <glib.h>

#include "shared/record/mh-record.h"
#include "shared/reports/mh-plot.h"

G_BEGIN_DECLS

/* @points (MhQcPoint) in order of time; *out_points: the same, so that point N of the plot is its
 * entry N (borrowed from @points). What is excluded stands as a ring in a series of its own.
 * @locks: corrective actions become lines upwards; or NULL. */
MhPlot *
mh_qc_chart_plot (const char *title, GPtrArray *points, GPtrArray *locks, GPtrArray **out_points);
/* "L2 · 4.35 mmol/L · z +1.2 · 1-2s". Caller frees. */
char *mh_qc_chart_words (MhRecord *point, const char *unit);

G_END_DECLS
