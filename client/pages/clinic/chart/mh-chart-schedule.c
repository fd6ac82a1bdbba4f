/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/chart/mh-chart-schedule.h"

#include "client/models/mh-read.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/clinic/mh-chart.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

/* Of those that are not due yet. */
#define NEXT 3

struct _MhChartSchedule
{
  MhPane parent_instance;
  char *patient_id;
  GtkWidget *holder, *sum, *doses;
};

G_DEFINE_FINAL_TYPE (MhChartSchedule, mh_chart_schedule, MH_TYPE_PANE)

static guint give;

static gboolean
chart_schedule_stands (MhRecord *due, const char *state)
{
  return g_strcmp0 (mh_record_text (due, MH_VACCINE_DUE_STATE), state) == 0;
}

char *
mh_chart_schedule_dose (MhRecord *due)
{
  const char *name = mh_words_of_code (&mh_vaccine_due_type.fields[MH_VACCINE_DUE_VACCINE],
                                       mh_record_text (due, MH_VACCINE_DUE_VACCINE));
  gint64 dose = mh_record_int (due, MH_VACCINE_DUE_DOSE_NUMBER);
  return dose == 0 ? g_strdup_printf (_ ("%s at birth"), name)
                   : g_strdup_printf (_ ("%s, dose %d"), name, (int)dose);
}

char *
mh_chart_schedule_state (MhRecord *due)
{
  g_autofree char *from = mh_words_value (due, MH_VACCINE_DUE_FROM);
  if (chart_schedule_stands (due, MH_DOSE_OVERDUE))
    return g_strdup_printf (_ ("✕ Overdue, was due on %s"), from);
  if (chart_schedule_stands (due, MH_DOSE_DUE))
    return g_strdup_printf (_ ("● Due since %s"), from);
  if (chart_schedule_stands (due, MH_DOSE_COMING))
    return g_strdup_printf (_ ("○ From %s"), from);
  return mh_words_value (due, MH_VACCINE_DUE_STATE);
}

const char *
mh_chart_schedule_style (MhRecord *due)
{
  return chart_schedule_stands (due, MH_DOSE_OVERDUE) ? "mh-late"
         : chart_schedule_stands (due, MH_DOSE_DUE)   ? "mh-soon"
                                                      : NULL;
}

static void
chart_schedule_pressed_cb (GtkButton *button, MhChartSchedule *schedule)
{
  MhRecord *due = g_object_get_data (G_OBJECT (button), "mh-due");
  g_signal_emit (schedule, give, 0, mh_record_text (due, MH_VACCINE_DUE_VACCINE),
                 (int)mh_record_int (due, MH_VACCINE_DUE_DOSE_NUMBER));
}

static void
add_dose (MhChartSchedule *schedule, MhRecord *due)
{
  g_autofree char *dose = mh_chart_schedule_dose (due);
  g_autofree char *state = mh_chart_schedule_state (due);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *words = mh_vbox (0);
  GtkWidget *below = mh_label (state, mh_chart_schedule_style (due));

  mh_box_append (words, mh_label (dose, "heading"));
  mh_box_append (words, below);
  gtk_button_set_child (GTK_BUTTON (button), words);
  gtk_widget_set_sensitive (
      button, mh_context_may (mh_pane_context (MH_PANE (schedule)), MH_MAY_WRITE_CHART));
  g_object_set_data_full (G_OBJECT (button), "mh-due", g_object_ref (due), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (chart_schedule_pressed_cb), schedule, 0);

  GtkWidget *child = gtk_flow_box_child_new ();
  gtk_widget_set_focusable (child, FALSE);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), button);
  gtk_flow_box_append (GTK_FLOW_BOX (schedule->doses), child);
}

static void
chart_schedule_show (MhChartSchedule *schedule, GPtrArray *due)
{
  static const char *const order[] = { MH_DOSE_OVERDUE, MH_DOSE_DUE, MH_DOSE_COMING };
  guint n[G_N_ELEMENTS (order)] = { 0 }, given = 0;
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (schedule->doses)) != NULL)
    gtk_flow_box_remove (GTK_FLOW_BOX (schedule->doses), child);

  for (guint k = 0; k < G_N_ELEMENTS (order); k++)
    for (guint i = 0; due != NULL && i < due->len; i++)
      if (chart_schedule_stands (g_ptr_array_index (due, i), order[k]) && (k < 2 || n[k] < NEXT))
        {
          add_dose (schedule, g_ptr_array_index (due, i));
          n[k]++;
        }

  for (guint i = 0; due != NULL && i < due->len; i++)
    given += chart_schedule_stands (g_ptr_array_index (due, i), MH_DOSE_GIVEN) ? 1 : 0;
  g_autofree char *sum
      = g_strdup_printf (_ ("By schedule: %d overdue, %d due, %d given"), n[0], n[1], given);

  gtk_label_set_text (GTK_LABEL (schedule->sum), sum);
  gtk_widget_set_visible (schedule->holder, n[0] + n[1] + n[2] > 0);
}

static void
chart_schedule_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhChartSchedule) schedule = data;
  g_autoptr (MhRecord) chart = mh_read_finish (result, NULL);
  if (mh_pane_context (MH_PANE (schedule)) == NULL || chart == NULL
      || g_strcmp0 (mh_record_text (chart, MH_CHART_PATIENT_ID), schedule->patient_id) != 0)
    return;
  chart_schedule_show (schedule, mh_record_records (chart, MH_CHART_DUE));
}

void
mh_chart_schedule_show (MhChartSchedule *schedule, const char *patient_id)
{
  g_return_if_fail (MH_IS_CHART_SCHEDULE (schedule));
  char *id = g_strdup (patient_id);
  if (g_strcmp0 (id, schedule->patient_id) != 0)
    chart_schedule_show (schedule, NULL);
  g_free (schedule->patient_id);
  schedule->patient_id = id;
  if (id != NULL)
    mh_read_async (mh_pane_context (MH_PANE (schedule)), "chart.read", id,
                   mh_pane_cancellable (MH_PANE (schedule)), chart_schedule_read_cb,
                   g_object_ref (schedule));
}

static void
mh_chart_schedule_finalize (GObject *object)
{
  g_free (MH_CHART_SCHEDULE (object)->patient_id);
  G_OBJECT_CLASS (mh_chart_schedule_parent_class)->finalize (object);
}

static void
mh_chart_schedule_class_init (MhChartScheduleClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_chart_schedule_finalize;
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("clinic/chart/mh-chart-schedule"));
  gtk_widget_class_bind_template_child (widget, MhChartSchedule, holder);
  gtk_widget_class_bind_template_child (widget, MhChartSchedule, sum);
  gtk_widget_class_bind_template_child (widget, MhChartSchedule, doses);
  give = g_signal_new ("give", MH_TYPE_CHART_SCHEDULE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT);
}

static void
mh_chart_schedule_init (MhChartSchedule *schedule)
{
  gtk_widget_init_template (GTK_WIDGET (schedule));
}
