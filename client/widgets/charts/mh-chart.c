/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/charts/mh-chart.h"

#include "client/compat/mh-compat.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define LEAST_WIDTH 200
#define LEAST_HEIGHT 180
#define NATURAL_WIDTH 420

struct _MhChart
{
  GtkWidget parent_instance;
  MhPlot *plot;
  int point, least_height;
};

enum
{
  PROP_LEAST_HEIGHT = 1,
};

G_DEFINE_FINAL_TYPE (MhChart, mh_chart, GTK_TYPE_WIDGET)

static guint activated, changed;

/* --- colours --- */

static double
brightness (const GdkRGBA *colour)
{
  return 0.299 * (double)colour->red + 0.587 * (double)colour->green + 0.114 * (double)colour->blue;
}

/* What is written in light letters is on something dark. */
static MhPlotLook
chart_look_of (MhChart *chart)
{
  GdkRGBA ink;
  mh_colour_of (GTK_WIDGET (chart), &ink);
  MhPlotLook look = brightness (&ink) > 0.5 ? mh_plot_dark : mh_plot_light;
  look.text_size *= mh_text_scale ();
  return look;
}

/* --- drawing --- */

static void
rounded (cairo_t *cr, double x, double y, double width, double height, double radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI / 2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI / 2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI / 2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

static void
chart_set_ink (cairo_t *cr, guint32 colour)
{
  cairo_set_source_rgb (cr, (colour >> 16 & 0xff) / 255.0, (colour >> 8 & 0xff) / 255.0,
                        (colour & 0xff) / 255.0);
}

/* The words beside the point, wherever there is room for them. */
static void
draw_bubble (MhChart *chart, cairo_t *cr, const MhPlotLook *look, double x, double y)
{
  int width = gtk_widget_get_width (GTK_WIDGET (chart)), text_width, text_height;
  g_autofree char *words = mh_plot_words (chart->plot, (guint)chart->point);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (chart), words);
  double inset = look->text_size * 0.6, away = look->text_size * 0.9;

  pango_layout_set_width (layout, (int)(width - 4 * inset) * PANGO_SCALE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  double wide = text_width + 2 * inset, high = text_height + inset;
  double left = CLAMP (x - wide / 2, 1, MAX (1, width - wide - 1));
  double top = y - away - high;

  if (top < 1)
    top = y + away;
  chart_set_ink (cr, look->text);
  rounded (cr, left, top, wide, high, 6);
  cairo_fill (cr);
  chart_set_ink (cr, look->back);

  /* a layout that is set from the right is as wide as it was allowed to be */
  PangoRectangle logical;
  pango_layout_get_pixel_extents (layout, NULL, &logical);
  cairo_move_to (cr, left + inset - logical.x, top + inset / 2);
  pango_cairo_show_layout (cr, layout);
}

static void
draw_point (MhChart *chart, cairo_t *cr, const MhPlotLook *look, double width, double height)
{
  double x, y;
  if (chart->point < 0
      || !mh_plot_place (chart->plot, (guint)chart->point, (MhPlotSize){ width, height }, look, &x,
                         &y))
    return;
  chart_set_ink (cr, look->text);
  cairo_set_line_width (cr, 2);
  cairo_new_sub_path (cr);
  cairo_arc (cr, x, y, look->text_size * 0.45, 0, 2 * G_PI);
  cairo_stroke (cr);
  draw_bubble (chart, cr, look, x, y);
}

static void
mh_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MhChart *chart = MH_CHART (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  if (chart->plot == NULL || width < 2 || height < 2)
    return;
  MhPlotLook look = chart_look_of (chart);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot,
                                           &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));
  mh_plot_draw (chart->plot, cr, width, height, &look);
  draw_point (chart, cr, &look, width, height);
  cairo_destroy (cr);
}

static void
mh_chart_measure (GtkWidget *widget,
                  GtkOrientation orientation,
                  int for_size,
                  int *minimum,
                  int *natural,
                  int *minimum_baseline,
                  int *natural_baseline)
{
  MhChart *chart = MH_CHART (widget);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = LEAST_WIDTH;
      *natural = NATURAL_WIDTH;
    }
  else
    *minimum = *natural = (int)(chart->least_height * mh_text_scale ());
}

/* --- what is told --- */

static void
chart_describe (MhChart *chart)
{
  g_autofree char *words = chart->plot == NULL ? g_strdup ("")
                           : chart->point >= 0 ? mh_plot_words (chart->plot, (guint)chart->point)
                                               : mh_plot_summary (chart->plot);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  words, -1);
}

void
mh_chart_set_point (MhChart *chart, int point)
{
  g_return_if_fail (MH_IS_CHART (chart));
  if (chart->plot == NULL || point >= (int)mh_plot_n_points (chart->plot))
    point = -1;
  if (point == chart->point)
    return;
  chart->point = point;
  chart_describe (chart);
  gtk_widget_queue_draw (GTK_WIDGET (chart));
  g_signal_emit (chart, changed, 0, point);
}

int
mh_chart_get_point (MhChart *chart)
{
  g_return_val_if_fail (MH_IS_CHART (chart), -1);
  return chart->point;
}

static int
chart_find (MhChart *chart, double x, double y)
{
  MhPlotLook look = chart_look_of (chart);
  return chart->plot == NULL
             ? -1
             : mh_plot_find (chart->plot, gtk_widget_get_width (GTK_WIDGET (chart)),
                             gtk_widget_get_height (GTK_WIDGET (chart)), &look, x, y);
}

static void
motion_cb (GtkEventControllerMotion *motion, double x, double y, MhChart *chart)
{
  mh_chart_set_point (chart, chart_find (chart, x, y));
}

/* What the keys had chosen stays told while they have the focus. */
static void
chart_leave_cb (GtkEventControllerMotion *motion, MhChart *chart)
{
  if (!gtk_widget_has_focus (GTK_WIDGET (chart)))
    mh_chart_set_point (chart, -1);
}

static void
chart_pressed_cb (GtkGestureClick *click, int n_press, double x, double y, MhChart *chart)
{
  int point = chart_find (chart, x, y);
  gtk_widget_grab_focus (GTK_WIDGET (chart));
  mh_chart_set_point (chart, point);
  if (point >= 0)
    g_signal_emit (chart, activated, 0, (guint)point);
}

static void
focus_out_cb (GtkEventControllerFocus *focus, MhChart *chart)
{
  mh_chart_set_point (chart, -1);
}

/* --- keys --- */

static int
chart_end_of (MhChart *chart, gboolean last)
{
  guint series = chart->point >= 0 ? mh_plot_series_of (chart->plot, (guint)chart->point) : 0;
  int point = last ? mh_plot_last (chart->plot, series) : mh_plot_first (chart->plot, series);
  return point >= 0 ? point : mh_plot_step (chart->plot, -1, 1, 0);
}

static gboolean
chart_key_cb (GtkEventControllerKey *key,
              guint value,
              guint code,
              GdkModifierType state,
              MhChart *chart)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (chart)) == GTK_TEXT_DIR_RTL;
  int on = rtl ? -1 : 1, point = chart->point;
  if (chart->plot == NULL || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;

  switch (value)
    {
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      mh_chart_set_point (chart, mh_plot_step (chart->plot, point, on, 0));
      break;
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      mh_chart_set_point (chart, mh_plot_step (chart->plot, point, -on, 0));
      break;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      mh_chart_set_point (chart, mh_plot_step (chart->plot, point, 0, 1));
      break;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      mh_chart_set_point (chart, mh_plot_step (chart->plot, point, 0, -1));
      break;
    case GDK_KEY_Home:
      mh_chart_set_point (chart, chart_end_of (chart, FALSE));
      break;
    case GDK_KEY_End:
      mh_chart_set_point (chart, chart_end_of (chart, TRUE));
      break;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
      if (point < 0)
        return GDK_EVENT_PROPAGATE;
      g_signal_emit (chart, activated, 0, (guint)point);
      break;
    default:
      return GDK_EVENT_PROPAGATE;
    }

  return GDK_EVENT_STOP;
}

/* --- life --- */

static void
mh_chart_finalize (GObject *object)
{
  g_clear_pointer (&MH_CHART (object)->plot, mh_plot_unref);
  G_OBJECT_CLASS (mh_chart_parent_class)->finalize (object);
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  mh_chart_set_least_height (MH_CHART (object), g_value_get_int (value));
}

static void
mh_chart_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_int (value, MH_CHART (object)->least_height);
}

static void
mh_chart_class_init (MhChartClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  object->finalize = mh_chart_finalize;
  object->set_property = set_property;
  object->get_property = mh_chart_get_property;
  widget->snapshot = mh_chart_snapshot;
  widget->measure = mh_chart_measure;
  g_object_class_install_property (object, PROP_LEAST_HEIGHT,
                                   g_param_spec_int ("least-height", NULL, NULL, 40, 4000,
                                                     LEAST_HEIGHT,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  activated = g_signal_new ("point-activated", MH_TYPE_CHART, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                            NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  changed = g_signal_new ("point-changed", MH_TYPE_CHART, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                          G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_accessible_role (widget, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget, "mh-chart");
}

static void
add_controller (MhChart *chart, GtkEventController *controller)
{
  gtk_widget_add_controller (GTK_WIDGET (chart), controller);
}

static void
mh_chart_init (MhChart *chart)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  chart->point = -1;
  chart->least_height = LEAST_HEIGHT;
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), chart);
  g_signal_connect (motion, "leave", G_CALLBACK (chart_leave_cb), chart);
  g_signal_connect (key, "key-pressed", G_CALLBACK (chart_key_cb), chart);
  g_signal_connect (focus, "leave", G_CALLBACK (focus_out_cb), chart);
  g_signal_connect (click, "pressed", G_CALLBACK (chart_pressed_cb), chart);
  add_controller (chart, motion);
  add_controller (chart, key);
  add_controller (chart, focus);
  add_controller (chart, GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_focusable (GTK_WIDGET (chart), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (chart), TRUE);
}

GtkWidget *
mh_chart_new (void)
{
  return g_object_new (MH_TYPE_CHART, NULL);
}

void
mh_chart_set_plot (MhChart *chart, MhPlot *plot)
{
  g_return_if_fail (MH_IS_CHART (chart));
  int before = chart->point;
  if (plot != NULL)
    {
      mh_plot_ref (plot);
      mh_plot_set_rtl (plot, gtk_widget_get_direction (GTK_WIDGET (chart)) == GTK_TEXT_DIR_RTL);
    }

  g_clear_pointer (&chart->plot, mh_plot_unref);
  chart->plot = plot;
  chart->point = -1;
  const char *title = plot != NULL ? mh_plot_title (plot) : "";

  mh_accessible_name (GTK_WIDGET (chart), *title != '\0' ? title : _ ("Chart"));
  chart_describe (chart);
  gtk_widget_queue_draw (GTK_WIDGET (chart));
  if (before >= 0)
    g_signal_emit (chart, changed, 0, -1);
}

void
mh_chart_set_least_height (MhChart *chart, int height)
{
  g_return_if_fail (MH_IS_CHART (chart));
  chart->least_height = height;
  gtk_widget_queue_resize (GTK_WIDGET (chart));
}
