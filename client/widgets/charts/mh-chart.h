/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A chart that answers: the pointer tells value and date of what it is on, arrows walk from point
 * to point (Up and Down to another series, Home and End to the ends) and the accessible description
 * says it, a click or Enter opens what is behind. Drawn by mh_plot_draw() in the colours of the
 * theme, mirrored where people read from the right.
 */
#include <gtk/gtk.h>

#include "shared/reports/mh-plot.h"

G_BEGIN_DECLS

#define MH_TYPE_CHART (mh_chart_get_type ())
/* Signals: "point-activated" (uint point): clicked, or Enter on it; "point-changed" (int point):
 * another one is told of, -1: none. */
G_DECLARE_FINAL_TYPE (MhChart, mh_chart, MH, CHART, GtkWidget)

GtkWidget *mh_chart_new (void);
/* Keeps a reference; NULL shows nothing. Direction, words of dates and the accessible name (its
 * title) are set here. The point that was told of is forgotten. */
void mh_chart_set_plot (MhChart *chart, MhPlot *plot);
/* Tells of a point as if pointed at; -1: of none. */
void mh_chart_set_point (MhChart *chart, int point);
int mh_chart_get_point (MhChart *chart);
/* The least height in pixels at the usual size of text; 180 at first. In a template the property
 * "least-height". */
void mh_chart_set_least_height (MhChart *chart, int height);

G_END_DECLS
