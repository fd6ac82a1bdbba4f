/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* How a plot is kept, and where things stand in it. */
#include "shared/reports/mh-ink.h"
#include "shared/reports/mh-plot.h"

G_BEGIN_DECLS

typedef struct
{
  guint series;
  double x, y;
  double base; /* of a stacked bar */
  MhMark mark;
  MhPlotInk ink;
  char *note;
} MhPlotPoint;

typedef struct
{
  char *name;
  MhPlotShape shape;
  MhPlotInk ink;
} MhPlotSeries;

/* A limit, a band (@high above @low) or an event (@low is its x). */
typedef struct
{
  char *label;
  double low, high;
  MhPlotInk ink;
} MhPlotLine;

struct _MhPlot
{
  gatomicrefcount count;
  char *title, *unit;
  gboolean hidden_title;
  guint decimals;
  double low, high;
  GTimeZone *zone;
  gboolean over_time, stacked, sideways, rtl;
  MhPlotValueFunc value_words;
  gpointer value_data;
  MhPlotTime said;
  MhPlotTimeFunc time_words;
  gpointer time_data;
  gpointer data;
  GDestroyNotify destroy;
  GPtrArray *categories;           /* char * */
  GArray *series, *points;         /* MhPlotSeries, MhPlotPoint */
  GArray *limits, *bands, *events; /* MhPlotLine */
};

#define MH_PLOT_POINT(plot, i) (&g_array_index ((plot)->points, MhPlotPoint, (i)))
#define MH_PLOT_SERIES(plot, i) (&g_array_index ((plot)->series, MhPlotSeries, (i)))

typedef struct
{
  double at;
  char *label;
} MhPlotTick;

/* Where things stand, worked out anew for each size. */
typedef struct
{
  const MhPlotLook *look;
  double left, top, width, height; /* of the field between the axes */
  double least, most;              /* values */
  double first, last;              /* x */
  double bar;                      /* thickness of all bars of one place */
  double title_height, legend_height;
  GArray *values, *places; /* MhPlotTick */
} MhPlotArea;

void mh_plot_area (MhPlot *plot,
                   double width,
                   double height,
                   const MhPlotLook *look,
                   MhPlotArea *out_area);
void mh_plot_area_clear (MhPlotArea *area);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MhPlotArea, mh_plot_area_clear)
/* Along the values' axis and along the other one, in the units of the surface. */
double mh_plot_value_at (const MhPlot *plot, const MhPlotArea *area, double y);
double mh_plot_place_at (const MhPlot *plot, const MhPlotArea *area, double x);
/* The rectangle of a bar. */
void
mh_plot_bar (MhPlot *plot, const MhPlotArea *area, const MhPlotPoint *point, double out_box[4]);
/* Middle of the mark or end of the bar. */
void mh_plot_spot (MhPlot *plot,
                   const MhPlotArea *area,
                   const MhPlotPoint *point,
                   double *out_x,
                   double *out_y);

/* Round values from @least to @most, at most @n; both may be moved outwards to round ones. */
GArray *mh_plot_round_ticks (double *least, double *most, guint n, gboolean whole);
/* Round moments between the instants, at most @n. */
GArray *mh_plot_time_ticks (MhPlot *plot, double first, double last, guint n);
GArray *mh_plot_ticks_new (void);
void mh_plot_tick (GArray *ticks, double at, char *label); /* takes @label */

char *mh_plot_value_text (MhPlot *plot, double value); /* without unit; as at the axis */
char *mh_plot_time_text (MhPlot *plot, double instant, MhPlotTime how);

G_END_DECLS
