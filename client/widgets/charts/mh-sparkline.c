/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/charts/mh-sparkline.h"

#include "client/compat/mh-compat.h"
#include "shared/base/mh-decimal.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define WIDTH 64
#define HEIGHT 20
#define INSET 3.0

struct _MhSparkline
{
  GtkWidget parent_instance;
  GArray *values;   /* double */
  double low, high; /* NAN: open */
  gboolean has_now;
};

G_DEFINE_FINAL_TYPE (MhSparkline, mh_sparkline, GTK_TYPE_WIDGET)

static double
sparkline_number (const char *text)
{
  MhDecimal decimal;
  return text != NULL && mh_decimal_parse (text, &decimal) ? mh_decimal_to_double (decimal) : NAN;
}

static void
bounds (MhSparkline *line, double *out_least, double *out_most)
{
  double least = INFINITY, most = -INFINITY;
  for (guint i = 0; i < line->values->len; i++)
    {
      least = fmin (least, g_array_index (line->values, double, i));
      most = fmax (most, g_array_index (line->values, double, i));
    }

  /* fmin and fmax leave an open limit out */
  least = fmin (least, line->low);
  most = fmax (most, line->high);
  if (most - least < 1e-12)
    least -= 1, most += 1;
  *out_least = least;
  *out_most = most;
}

static void
draw_band (MhSparkline *line, cairo_t *cr, double width, double least, double scale, double bottom)
{
  double top = isnan (line->high) ? INSET : bottom - (line->high - least) * scale;
  double foot = isnan (line->low) ? bottom : bottom - (line->low - least) * scale;
  if (isnan (line->low) && isnan (line->high))
    return;
  cairo_rectangle (cr, 0, top, width, foot - top);
  cairo_fill (cr);
}

static void
sparkline_draw (MhSparkline *line, cairo_t *cr, double width, double height, const GdkRGBA *ink)
{
  double least, most, bottom = height - INSET;
  guint n = line->values->len;
  double step = (width - 2 * INSET) / (n - 1), x = 0, y = 0;

  bounds (line, &least, &most);
  double scale = (height - 2 * INSET) / (most - least);
  cairo_set_source_rgba (cr, ink->red, ink->green, ink->blue, 0.14);
  draw_band (line, cr, width, least, scale, bottom);
  cairo_set_source_rgba (cr, ink->red, ink->green, ink->blue, 0.75);
  cairo_set_line_width (cr, 1.4);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);

  for (guint i = 0; i < n; i++)
    {
      x = INSET + step * i;
      y = bottom - (g_array_index (line->values, double, i) - least) * scale;
      cairo_line_to (cr, x, y);
    }

  cairo_stroke (cr);
  cairo_set_source_rgba (cr, ink->red, ink->green, ink->blue, line->has_now ? 1 : 0.75);
  cairo_arc (cr, x, y, line->has_now ? 2.6 : 1.8, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
mh_sparkline_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MhSparkline *line = MH_SPARKLINE (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  GdkRGBA ink;
  if (line->values->len < 2 || width < 2 * INSET + 2)
    return;
  mh_colour_of (widget, &ink);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot,
                                           &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));
  sparkline_draw (line, cr, width, height, &ink);
  cairo_destroy (cr);
}

static void
mh_sparkline_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
mh_sparkline_finalize (GObject *object)
{
  g_array_unref (MH_SPARKLINE (object)->values);
  G_OBJECT_CLASS (mh_sparkline_parent_class)->finalize (object);
}

static void
mh_sparkline_class_init (MhSparklineClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_sparkline_finalize;
  widget->snapshot = mh_sparkline_snapshot;
  widget->measure = mh_sparkline_measure;
  gtk_widget_class_set_accessible_role (widget, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
mh_sparkline_init (MhSparkline *line)
{
  line->values = g_array_new (FALSE, FALSE, sizeof (double));
  line->low = line->high = NAN;
  gtk_widget_set_valign (GTK_WIDGET (line), GTK_ALIGN_CENTER);
}

GtkWidget *
mh_sparkline_new (void)
{
  return g_object_new (MH_TYPE_SPARKLINE, NULL);
}

static void
sparkline_take (MhSparkline *line, const char *text, GString *words)
{
  double value = sparkline_number (text);
  if (isnan (value))
    return;
  g_array_append_val (line->values, value);
  g_string_append_printf (words, "%s%s", words->len > 0 ? " → " : "", text);
}

void
mh_sparkline_show (MhSparkline *line,
                   const char *const *values,
                   const char *now,
                   const char *low,
                   const char *high)
{
  g_return_if_fail (MH_IS_SPARKLINE (line));
  g_autoptr (GString) words = g_string_new (NULL);
  g_array_set_size (line->values, 0);
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    sparkline_take (line, values[i], words);

  guint before = line->values->len;
  sparkline_take (line, now, words);
  line->has_now = line->values->len > before;
  line->low = sparkline_number (low);
  line->high = sparkline_number (high);

  gboolean any = line->values->len >= 2;
  g_autofree char *name = g_strdup_printf (_ ("Trend: %s"), words->str);
  mh_tooltip_set (GTK_WIDGET (line), any ? words->str : NULL);
  mh_accessible_name (GTK_WIDGET (line), any ? name : "");
  gtk_widget_queue_draw (GTK_WIDGET (line));
}
