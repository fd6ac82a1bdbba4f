/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A chart: series of points as lines, bars or marks over time or over categories, with horizontal
 * limits and bands. It is described once and drawn on any Cairo surface of any size: on paper by
 * mh_box_plot(), on the screen by client/widgets/charts/mh-chart.h. The same description answers
 * where a point is, which one is near, and what is said about it, so what can be seen can be heard.
 *
 *   g_autoptr (MhPlot) plot = mh_plot_new ("Sodium, level 1");
 *   mh_plot_set_unit (plot, "mmol/L", 1);
 *   guint runs = mh_plot_series (plot, "Runs", MH_PLOT_LINE, MH_PLOT_ACCENT);
 *   mh_plot_point (plot, runs, measured_at, 140.2, MH_MARK_DOT, NULL);
 *   mh_plot_limit (plot, 146.0, "+3 SD", MH_PLOT_BAD);
 *
 * Texts are worded by the caller and copied. A plot belongs to its thread.
 */
#include <cairo.h>

#include "shared/base/mh-types.h"

G_BEGIN_DECLS

typedef struct _MhPlot MhPlot;

typedef enum
{
  MH_PLOT_LINE,  /* marks joined by a line; a value of NAN interrupts it */
  MH_PLOT_STEPS, /* a line that stays until the next value */
  MH_PLOT_MARKS, /* marks alone */
  MH_PLOT_BARS,
} MhPlotShape;

/* What a colour stands for; each also has its own dash and mark, so that colour never tells alone.
 */
typedef enum
{
  MH_PLOT_ACCENT,
  MH_PLOT_SECOND,
  MH_PLOT_THIRD,
  MH_PLOT_FOURTH,
  MH_PLOT_GOOD,
  MH_PLOT_WARM,
  MH_PLOT_BAD,
  MH_PLOT_GREY,
  MH_PLOT_N_INKS,
} MhPlotInk;

typedef enum
{
  MH_MARK_NONE,
  MH_MARK_DOT,
  MH_MARK_SQUARE,
  MH_MARK_TRIANGLE,
  MH_MARK_DIAMOND,
  MH_MARK_CROSS, /* rejected */
  MH_MARK_RING,  /* excluded, still shown */
} MhMark;

/* 0xRRGGBB and the size of text, in the units of the surface (points, pixels). */
typedef struct
{
  guint32 text, faint, grid, back;
  guint32 inks[MH_PLOT_N_INKS];
  double text_size;
} MhPlotLook;

extern const MhPlotLook mh_plot_paper, mh_plot_light, mh_plot_dark;

MhPlot *mh_plot_new (const char *title); /* NULL or "": no line for it */
MhPlot *mh_plot_ref (MhPlot *plot);
void mh_plot_unref (MhPlot *plot);
const char *mh_plot_title (const MhPlot *plot);
/* The title names it, but is not drawn: it stands above already. */
void mh_plot_hide_title (MhPlot *plot);
/* Frees @data with the plot: what its functions for words are given. One such. */
void mh_plot_take_data (MhPlot *plot, gpointer data, GDestroyNotify destroy);

/* --- the axes --- */
/* Behind each value, and how many decimals it is said with. */
void mh_plot_set_unit (MhPlot *plot, const char *unit, guint decimals);
/* How a value is said and written at the axis instead ("₹1,200", "1 h 20 min"). Caller frees. */
typedef char *(*MhPlotValueFunc) (double value, gpointer data);
void mh_plot_set_value_words (MhPlot *plot, MhPlotValueFunc func, gpointer data);
/* The least the axis shows; NAN: as the values are. It grows with what lies beyond. */
void mh_plot_set_range (MhPlot *plot, double low, double high);
/* How much of an instant is written. */
typedef enum
{
  MH_PLOT_CLOCK,   /* 08:00 */
  MH_PLOT_DAY,     /* 12 Nov */
  MH_PLOT_DATE,    /* 12 Nov 2026 */
  MH_PLOT_MONTH,   /* Nov 2026 */
  MH_PLOT_YEAR,    /* 2026 */
  MH_PLOT_INSTANT, /* 12 Nov 2026, 08:15 */
} MhPlotTime;
/* Over time: @x of the points is an instant (µs UTC), shown in @zone (NULL: UTC) and said as @said.
 * Otherwise over categories, or plain numbers when there is none. */
void mh_plot_set_time (MhPlot *plot, GTimeZone *zone, MhPlotTime said);
/* How an instant is written in another language than that of the process. Caller frees. */
typedef char *(*MhPlotTimeFunc) (GDateTime *time, MhPlotTime how, gpointer data);
void mh_plot_set_time_words (MhPlot *plot, MhPlotTimeFunc func, gpointer data);
/* The same in @language, see mh-day.h. */
char *mh_plot_time_in (GDateTime *time, MhPlotTime how, const char *language);
/* The next category; its number is the @x of its points. */
guint mh_plot_category (MhPlot *plot, const char *label);
/* Bars of the series stand on each other instead of side by side. */
void mh_plot_set_stacked (MhPlot *plot, gboolean stacked);
/* Categories stand one under the other, values go to the side: for long names. */
void mh_plot_set_sideways (MhPlot *plot, gboolean sideways);
/* The first is at the right, the values' axis too. */
void mh_plot_set_rtl (MhPlot *plot, gboolean rtl);

/* --- what is in it --- */
guint mh_plot_series (MhPlot *plot, const char *name, MhPlotShape shape, MhPlotInk ink);
/* Points of one series in the order of @x. @note: said after the value ("1-3s, excluded"), or NULL.
 * Gives back the number of the point; the values of NAN have one too, but are never found. */
guint mh_plot_point (MhPlot *plot, guint series, double x, double y, MhMark mark, const char *note);
/* This one point in another colour than its series. */
void mh_plot_ink_point (MhPlot *plot, guint point, MhPlotInk ink);
/* A dashed line across at @y, its name at the end. */
void mh_plot_limit (MhPlot *plot, double y, const char *label, MhPlotInk ink);
/* A tint between two values (a reference range); NAN: open at that side. */
void mh_plot_band (MhPlot *plot, double low, double high, MhPlotInk ink);
/* A thin line upwards at @x with its name (a new lot, a calibration). */
void mh_plot_event (MhPlot *plot, double x, const char *label);

/* --- drawing --- */
void mh_plot_draw (MhPlot *plot, cairo_t *cr, double width, double height, const MhPlotLook *look);

/* --- asking --- */
guint mh_plot_n_points (const MhPlot *plot);
typedef struct
{
  double width, height;
} MhPlotSize;

/* In the middle of its mark, or at the end of its bar. FALSE: it is a gap. */
gboolean mh_plot_place (MhPlot *plot,
                        guint point,
                        MhPlotSize size,
                        const MhPlotLook *look,
                        double *out_x,
                        double *out_y);
/* The point that is meant by pointing there: the bar under it, else the nearest. -1: none. */
int mh_plot_find (MhPlot *plot,
                  double width,
                  double height,
                  const MhPlotLook *look,
                  double x,
                  double y);
/* The neighbour: @along steps in its series, or @across to the point of another series at the same
 * place. @point -1: the first one of all. -1 when there is none at all; @point itself at an end. */
int mh_plot_step (MhPlot *plot, int point, int along, int across);
int mh_plot_first (MhPlot *plot, guint series); /* -1: none */
int mh_plot_last (MhPlot *plot, guint series);
guint mh_plot_series_of (const MhPlot *plot, guint point);
double mh_plot_y (const MhPlot *plot, guint point);
/* "12 Nov 2026, 08:15 · Runs: 140.2 mmol/L · 1-3s". Caller frees. */
char *mh_plot_words (MhPlot *plot, guint point);
/* The whole in one sentence: title, how many values, from where to where. Caller frees. */
char *mh_plot_summary (MhPlot *plot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhPlot, mh_plot_unref)

G_END_DECLS
