/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The Levey-Jennings chart of quality control, for screen and paper alike: every level by its own
 * mean and SD, limits at 2 and 3 SD. */
#include "shared/record/mh-record.h"
#include "shared/reports/mh-plot.h"

G_BEGIN_DECLS

/* In the reader's language. */
typedef struct
{
  const char *title;    /* or NULL */
  const char *level;    /* "Level" */
  const char *mean;     /* "Mean" */
  const char *excluded; /* "Excluded" */
  /* Words of a corrective action's code; @data is the words' own. */
  const char *(*action) (const char *code, gconstpointer data);
  gconstpointer data;
} MhQcPlotWords;

/* @points (MhQcPoint) in order of time; @locks (MhQcLock, or NULL): corrective actions become lines
 * upwards. What is excluded stands as a ring in a series of its own. *out_points, if not NULL: the
 * points (borrowed) by their number in the plot. */
MhPlot *mh_qc_plot (const MhQcPlotWords *words,
                    GTimeZone *zone,
                    GPtrArray *points,
                    GPtrArray *locks,
                    GPtrArray **out_points);

G_END_DECLS
