/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/nursing/mh-growth-pane.h"

#include <math.h>

#include "client/models/mh-read.h"
#include "client/models/mh-record-list.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/charts/mh-chart.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-decimal.h"
#include "shared/records/clinic/mh-vitals.h"
#include "shared/records/people/mh-patient.h"
#include "shared/rules/clinic/mh-growth.h"

#include <glib/gi18n-lib.h>

#define DAYS_A_MONTH 30.4375
#define MOST_MONTHS 60

struct _MhGrowthPane
{
  MhPane parent_instance;
  MhRecordList *sets;
  MhRecord *patient;
  char *patient_id;
  GtkDropDown *what;
  GtkStack *stack;
  MhChart *chart;
  GtkBox *points;
  GtkLabel *note;
};

G_DEFINE_FINAL_TYPE (MhGrowthPane, mh_growth_pane, MH_TYPE_PANE)

/* clang-format off */
#define NO_STANDARD -1
static const struct
{
  int measure; /* MhGrowthMeasure, or NO_STANDARD: shown without curves */
  guint field;
  const char *title, *unit; /* N_() */
} measures[] = {
  { MH_GROWTH_WEIGHT, MH_VITALS_WEIGHT_KG, N_("Weight for age"), "kg" },
  { MH_GROWTH_HEIGHT, MH_VITALS_HEIGHT_CM, N_("Length or height for age"), "cm" },
  { MH_GROWTH_HEAD, MH_VITALS_HEAD_CM, N_("Head circumference for age"), "cm" },
  { NO_STANDARD, MH_VITALS_BMI, N_("Body mass index"), "kg/m²" },
};

static const struct { int z; const char *name; MhPlotInk ink; } curves[] = {
  { 3, "+3", MH_PLOT_BAD }, { 2, "+2", MH_PLOT_WARM }, { 0, "0", MH_PLOT_GOOD }, { -2, "−2", MH_PLOT_WARM }, { -3, "−3", MH_PLOT_BAD },
};
/* clang-format on */

/* --- who it is --- */

static gboolean
is_girl (MhGrowthPane *pane, gboolean *out_girl)
{
  const char *sex = mh_record_text (pane->patient, MH_PATIENT_SEX);
  *out_girl = g_strcmp0 (sex, MH_SEX_FEMALE) == 0;
  return *out_girl || g_strcmp0 (sex, MH_SEX_MALE) == 0;
}

static gboolean
birth_of (MhGrowthPane *pane, MhDate *out_birth)
{
  const char *text = mh_record_text (pane->patient, MH_PATIENT_BIRTH_DATE);
  return text != NULL && mh_date_parse (text, out_birth);
}

/* Completed days count, as the standards do. */
static double
months_at (MhDate birth, gint64 at)
{
  g_autoptr (GTimeZone) local = mh_when_zone ();
  return (double)mh_age_days (birth, mh_date_of_instant (at, local)) / DAYS_A_MONTH;
}

static gboolean
growth_pane_value_of (MhRecord *set, guint field, double *out_value)
{
  MhDecimal decimal;
  const char *text = mh_record_text (set, field);
  if (text == NULL || mh_record_has (set, MH_VITALS_STRUCK_AT)
      || !mh_decimal_parse (text, &decimal))
    return FALSE;
  *out_value = mh_decimal_to_double (decimal);
  return TRUE;
}

/* --- the chart --- */

static void
add_curves (MhPlot *plot, MhGrowthMeasure measure, gboolean girl, double last)
{
  double l, m, s;
  for (guint i = 0; i < G_N_ELEMENTS (curves); i++)
    {
      guint series = mh_plot_series (plot, curves[i].name, MH_PLOT_LINE, curves[i].ink);
      for (int month = 0; month <= MIN (MOST_MONTHS, (int)last); month++)
        if (mh_growth_reference (measure, girl, month, &l, &m, &s))
          mh_plot_point (plot, series, month, mh_growth_value (curves[i].z, l, m, s), MH_MARK_NONE,
                         NULL);
    }
}

/* "z −0.6 · 27 % of children are below"; the words for what lies far out. Caller frees. */
static char *
growth_pane_place_words (int measure, gboolean girl, double months, double value)
{
  double l, m, s;
  if (measure == NO_STANDARD
      || !mh_growth_reference ((MhGrowthMeasure)measure, girl, months, &l, &m, &s))
    return NULL;
  double z = mh_growth_z (value, l, m, s);
  const char *far = fabs (z) > 3 ? _ (" · far outside") : fabs (z) > 2 ? _ (" · outside ±2") : "";
  return g_strdup_printf (_ ("z %+.1f · %.0f %% of children are below%s"), z,
                          mh_growth_percentile (z), far);
}

static void
growth_pane_add_point (MhGrowthPane *pane, guint which, MhRecord *set, double months, double value)
{
  gboolean girl;
  gboolean known = is_girl (pane, &girl);
  g_autofree char *place
      = known ? growth_pane_place_words (measures[which].measure, girl, months, value) : NULL;
  g_autofree char *when = mh_words_time (mh_record_int (set, MH_VITALS_TAKEN_AT));
  g_autofree char *age = months < 24 ? g_strdup_printf (_ ("%.0f months"), floor (months))
                                     : g_strdup_printf (_ ("%.1f years"), months / 12);
  g_autofree char *text
      = g_strdup_printf ("%s · %s · %.1f %s%s%s", when, age, value, measures[which].unit,
                         place != NULL ? " · " : "", place != NULL ? place : "");
  gtk_box_prepend (pane->points, mh_label (text, NULL));
}

static guint
add_measured (MhGrowthPane *pane, MhPlot *plot, guint which, MhDate birth)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (pane->sets)), found = 0;
  guint series = mh_plot_series (plot, _ ("Measured"), MH_PLOT_LINE, MH_PLOT_ACCENT);

  /* the list has the newest first */
  for (guint i = n; i > 0; i--)
    {
      g_autoptr (MhRecord) set = g_list_model_get_item (G_LIST_MODEL (pane->sets), i - 1);
      double value, months = months_at (birth, mh_record_int (set, MH_VITALS_TAKEN_AT));
      if (!growth_pane_value_of (set, measures[which].field, &value) || months < 0
          || months > MOST_MONTHS)
        continue;
      mh_plot_point (plot, series, months, value, MH_MARK_DOT, NULL);
      growth_pane_add_point (pane, which, set, months, value);
      found++;
    }

  return found;
}

static double
last_month (MhGrowthPane *pane, MhDate birth)
{
  gint64 now = mh_when_now ();
  return fmax (12, fmin (MOST_MONTHS, months_at (birth, now) + 3));
}

static void
growth_pane_draw_now_cb (MhGrowthPane *pane)
{
  MhDate birth;
  gboolean girl;
  guint which = gtk_drop_down_get_selected (pane->what);
  if (pane->patient == NULL || pane->sets == NULL || which >= G_N_ELEMENTS (measures)
      || !birth_of (pane, &birth))
    return;

  g_autoptr (MhPlot) plot = mh_plot_new (_ (measures[which].title));
  mh_box_clear (GTK_WIDGET (pane->points));
  mh_plot_hide_title (plot);
  mh_plot_set_unit (plot, measures[which].unit, 1);

  gboolean known = is_girl (pane, &girl);
  gboolean has_curves = measures[which].measure != NO_STANDARD;
  if (known && has_curves)
    add_curves (plot, (MhGrowthMeasure)measures[which].measure, girl, last_month (pane, birth));

  guint found = add_measured (pane, plot, which, birth);
  gtk_label_set_text (
      pane->note,
      !known && has_curves
          ? _ ("The standards of the WHO are for girls and for boys: the sex is not known.")
      : found == 0 ? _ ("Nothing measured in the first five years.")
      : !has_curves
          ? _ ("Months of age. Kilograms to the square of the height in metres, without curves.")
          : _ ("Months of age; lines: WHO Child Growth Standards 2006, z −3, −2, 0, +2, +3. "
               "Lying to two years, standing from then on."));
  mh_chart_set_plot (pane->chart, plot);
}

static void
growth_pane_draw_cb (MhGrowthPane *pane)
{
  growth_pane_draw_now_cb (pane);
}

/* --- as a pane --- */

static void
growth_pane_patient_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhGrowthPane) pane = data;
  g_autoptr (MhRecord) patient = mh_read_finish (result, NULL);
  MhDate birth;
  if (mh_pane_context (MH_PANE (pane)) == NULL || patient == NULL
      || g_strcmp0 (mh_record_id (patient), pane->patient_id) != 0)
    return;
  g_set_object (&pane->patient, patient);
  gboolean child = birth_of (pane, &birth);
  gtk_stack_set_visible_child_name (pane->stack, child ? "growth" : "nothing");
  growth_pane_draw_now_cb (pane);
}

static gboolean
growth_pane_belongs (MhRecord *set, gpointer data)
{
  return g_strcmp0 (mh_record_text (set, MH_VITALS_PATIENT_ID), MH_GROWTH_PANE (data)->patient_id)
         == 0;
}

static void
mh_growth_pane_open (MhPane *pane, const char *what)
{
  MhGrowthPane *self = MH_GROWTH_PANE (pane);
  const char *args[] = { "patient_id", what, "limit", "200", NULL };
  if (what == NULL)
    return;
  char *id = g_strdup (what);
  g_free (self->patient_id);
  self->patient_id = id;
  g_clear_object (&self->patient);
  mh_record_list_set_args (self->sets, args);
  mh_read_async (mh_pane_context (pane), "patient.read", what, mh_pane_cancellable (pane),
                 growth_pane_patient_cb, g_object_ref (self));
}

static void
growth_pane_shown (MhPane *pane)
{
  gtk_widget_grab_focus (GTK_WIDGET (MH_GROWTH_PANE (pane)->what));
}

static void
growth_pane_begin (MhPane *pane)
{
  MhGrowthPane *self = MH_GROWTH_PANE (pane);
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  mh_pane_keep (pane, &self->sets, mh_record_list_new (mh_pane_context (pane), "vitals.list"));
  mh_record_list_set_belongs (self->sets, growth_pane_belongs, self);
  mh_record_list_set_keep (self->sets, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (measures); i++)
    gtk_string_list_append (words, _ (measures[i].title));
  gtk_drop_down_set_model (self->what, G_LIST_MODEL (words));
  g_signal_connect_object (self->sets, "notify::n-items", G_CALLBACK (growth_pane_draw_now_cb),
                           self, G_CONNECT_SWAPPED);
}

static void
mh_growth_pane_finalize (GObject *object)
{
  g_free (MH_GROWTH_PANE (object)->patient_id);
  g_clear_object (&MH_GROWTH_PANE (object)->patient);
  G_OBJECT_CLASS (mh_growth_pane_parent_class)->finalize (object);
}

static void
mh_growth_pane_class_init (MhGrowthPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_growth_pane_finalize;
  MH_PANE_CLASS (klass)->begin = growth_pane_begin;
  MH_PANE_CLASS (klass)->open = mh_growth_pane_open;
  MH_PANE_CLASS (klass)->shown = growth_pane_shown;
  g_type_ensure (MH_TYPE_CHART);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("clinic/nursing/mh-growth-pane"));
  gtk_widget_class_bind_template_child (widget, MhGrowthPane, what);
  gtk_widget_class_bind_template_child (widget, MhGrowthPane, stack);
  gtk_widget_class_bind_template_child (widget, MhGrowthPane, chart);
  gtk_widget_class_bind_template_child (widget, MhGrowthPane, points);
  gtk_widget_class_bind_template_child (widget, MhGrowthPane, note);
  gtk_widget_class_bind_template_callback (widget, growth_pane_draw_cb);
}

static void
mh_growth_pane_init (MhGrowthPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}

GtkWidget *
mh_growth_pane_new (MhContext *context)
{
  return g_object_new (MH_TYPE_GROWTH_PANE, "context", context, NULL);
}
