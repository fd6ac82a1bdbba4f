/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chart answers to keys and says what it shows. */
#include "client/compat/mh-compat.h"
#include "client/widgets/charts/mh-chart.h"

static MhPlot *
plot_new (void)
{
  MhPlot *plot = mh_plot_new ("Orders");
  guint paid = mh_plot_series (plot, "Paid", MH_PLOT_BARS, MH_PLOT_ACCENT);
  guint failed = mh_plot_series (plot, "Failed", MH_PLOT_BARS, MH_PLOT_BAD);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u Nov", i + 1);
      mh_plot_category (plot, name);
      mh_plot_point (plot, paid, i, 10 + i, MH_MARK_NONE, NULL);
      mh_plot_point (plot, failed, i, i, MH_MARK_NONE, NULL);
    }
  return plot;
}

static gboolean
press (MhChart *chart, guint key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (chart));
  gboolean used = FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);
      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0, 0, &used);
    }
  return used;
}

static void
activated_cb (MhChart *chart, guint point, int *out_point)
{
  *out_point = (int)point;
}

static void
says (MhChart *chart, const char *words)
{
  g_autofree char *problem = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words);
  g_assert_cmpstr (problem, ==, NULL);
}

static MhChart *
chart_new (GtkTextDirection direction)
{
  MhChart *chart = MH_CHART (g_object_ref_sink (mh_chart_new ()));
  g_autoptr (MhPlot) plot = plot_new ();
  gtk_widget_set_direction (GTK_WIDGET (chart), direction);
  mh_chart_set_plot (chart, plot);
  return chart;
}

static void
test_keys (void)
{
  g_autoptr (MhChart) chart = chart_new (GTK_TEXT_DIR_LTR);
  int opened = -1;
  g_signal_connect (chart, "point-activated", G_CALLBACK (activated_cb), &opened);
  says (chart, "Orders · Paid, 1 Nov: 10 → 3 Nov: 12 · Failed, 1 Nov: 0 → 3 Nov: 2");
  g_assert_false (press (chart, GDK_KEY_Return)); /* nothing is chosen: the window's Enter */
  g_assert_false (press (chart, GDK_KEY_F9));
  press (chart, GDK_KEY_Right);
  says (chart, "1 Nov · Paid: 10");
  press (chart, GDK_KEY_Right);
  says (chart, "2 Nov · Paid: 11");
  press (chart, GDK_KEY_Down);
  says (chart, "2 Nov · Failed: 1");
  press (chart, GDK_KEY_End);
  says (chart, "3 Nov · Failed: 2");
  g_assert_true (press (chart, GDK_KEY_Return));
  g_assert_cmpint (opened, ==, 5);
  press (chart, GDK_KEY_Up);
  press (chart, GDK_KEY_Home);
  says (chart, "1 Nov · Paid: 10");
  press (chart, GDK_KEY_Left);
  g_assert_cmpint (mh_chart_get_point (chart), ==, 0);
}

/* Right goes to the right also where the first stands there. */
static void
test_from_right (void)
{
  g_autoptr (MhChart) chart = chart_new (GTK_TEXT_DIR_RTL);
  press (chart, GDK_KEY_Left);
  press (chart, GDK_KEY_Left);
  says (chart, "2 Nov · Paid: 11");
  press (chart, GDK_KEY_Right);
  says (chart, "1 Nov · Paid: 10");
}

static void
test_forgets (void)
{
  g_autoptr (MhChart) chart = chart_new (GTK_TEXT_DIR_LTR);
  mh_chart_set_point (chart, 4);
  g_autoptr (MhPlot) other = mh_plot_new ("Nothing");
  mh_chart_set_plot (chart, other);
  g_assert_cmpint (mh_chart_get_point (chart), ==, -1);
  press (chart, GDK_KEY_Right);
  g_assert_cmpint (mh_chart_get_point (chart), ==, -1);
  says (chart, "Nothing");
  mh_chart_set_plot (chart, NULL);
  mh_chart_set_point (chart, 2);
  g_assert_cmpint (mh_chart_get_point (chart), ==, -1);
}

int
main (int argc, char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/chart/keys", test_keys);
  g_test_add_func ("/chart/from-the-right", test_from_right);
  g_test_add_func ("/chart/forgets", test_forgets);
  return g_test_run ();
}
