/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/nursing/mh-vitals-pane.h"

#include <math.h>

#include "client/compat/mh-compat.h"
#include "client/models/mh-record-list.h"
#include "client/pages/clinic/nursing/mh-strike.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/charts/mh-chart.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/base/mh-decimal.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/clinic/mh-vitals.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/rules/clinic/mh-gcs.h"

#include <glib/gi18n-lib.h>

struct _MhVitalsPane
{
  MhPane parent_instance;
  MhRecordList *sets;
  char *patient_id;
  GtkDropDown *what;
  GtkLabel *latest;
  GtkWidget *strike;
  MhChart *chart;
  MhRecordTable *table;
};

G_DEFINE_FINAL_TYPE (MhVitalsPane, mh_vitals_pane, MH_TYPE_PANE)

/* --- the table --- */

static gboolean
is_struck (MhRecord *set)
{
  return mh_record_has (set, MH_VITALS_STRUCK_AT);
}

static const char *
vitals_pane_struck_style (MhRecord *set)
{
  return is_struck (set) ? "mh-struck" : NULL;
}

static char *
vitals_pane_when_text (MhRecord *set)
{
  g_autofree char *at = mh_words_time (mh_record_int (set, MH_VITALS_TAKEN_AT));
  return is_struck (set) ? g_strdup_printf (_ ("%s struck out: %s"), at,
                                            mh_record_text (set, MH_VITALS_STRUCK_REASON))
                         : g_steal_pointer (&at);
}

static char *
vitals_pane_score_text (MhRecord *set)
{
  const char *level = mh_record_text (set, MH_VITALS_NEWS2_LEVEL);
  if (level == NULL || !mh_record_has (set, MH_VITALS_NEWS2))
    return level != NULL ? g_strdup ("–") : NULL;
  return g_str_equal (level, MH_NEWS2_INCOMPLETE)
             ? g_strdup_printf ("≥ %d", (int)mh_record_int (set, MH_VITALS_NEWS2))
             : g_strdup_printf ("%d", (int)mh_record_int (set, MH_VITALS_NEWS2));
}

static const char *
vitals_pane_score_style (MhRecord *set)
{
  gint64 score = mh_record_int (set, MH_VITALS_NEWS2);
  const char *level = mh_record_text (set, MH_VITALS_NEWS2_LEVEL);
  if (is_struck (set))
    return "mh-struck";
  return score >= 7                                      ? "mh-critical"
         : score >= 5                                    ? "mh-late"
         : g_strcmp0 (level, MH_NEWS2_SINGLE_THREE) == 0 ? "mh-soon"
                                                         : NULL;
}

static char *
pressure_text (MhRecord *set)
{
  if (!mh_record_has (set, MH_VITALS_SYSTOLIC))
    return NULL;
  return mh_record_has (set, MH_VITALS_DIASTOLIC)
             ? g_strdup_printf ("%d/%d", (int)mh_record_int (set, MH_VITALS_SYSTOLIC),
                                (int)mh_record_int (set, MH_VITALS_DIASTOLIC))
             : g_strdup_printf ("%d", (int)mh_record_int (set, MH_VITALS_SYSTOLIC));
}

/* Everybody here counts these in one unit: the figure says it all. */
static char *
figure (MhRecord *set, guint field)
{
  return mh_record_has (set, field) ? g_strdup_printf ("%d", (int)mh_record_int (set, field))
                                    : NULL;
}

static char *
resp_text (MhRecord *set)
{
  return figure (set, MH_VITALS_RESP);
}

static char *
pulse_text (MhRecord *set)
{
  return figure (set, MH_VITALS_PULSE);
}

static char *
pain_text (MhRecord *set)
{
  return figure (set, MH_VITALS_PAIN);
}

static char *
oxygen_text (MhRecord *set)
{
  const char *o2 = mh_record_text (set, MH_VITALS_O2);
  const char *flow = mh_record_text (set, MH_VITALS_O2_FLOW);
  g_autofree char *spo2 = mh_record_has (set, MH_VITALS_SPO2)
                              ? g_strdup_printf ("%d %%", (int)mh_record_int (set, MH_VITALS_SPO2))
                              : g_strdup ("–");
  if (o2 == NULL)
    return mh_record_has (set, MH_VITALS_SPO2) ? g_steal_pointer (&spo2) : NULL;
  if (g_str_equal (o2, MH_O2_AIR))
    return g_strdup_printf (_ ("%s air"), spo2);
  if (!mh_record_has (set, MH_VITALS_O2_PERCENT))
    return flow != NULL ? g_strdup_printf (_ ("%s on %s L"), spo2, flow)
                        : g_strdup_printf (_ ("%s on oxygen"), spo2);

  int percent = (int)mh_record_int (set, MH_VITALS_O2_PERCENT);
  /* Translators: SpO₂, then the oxygen inspired: "95 % on 4 L, 28 %" */
  return flow != NULL ? g_strdup_printf (_ ("%s on %s L, %d %%"), spo2, flow, percent)
                      : g_strdup_printf (_ ("%s on %d %% oxygen"), spo2, percent);
}

/* "Lying · Arterial line · Ear" */
static char *
how_text (MhRecord *set)
{
  static const guint fields[]
      = { MH_VITALS_POSITION, MH_VITALS_BP_METHOD, MH_VITALS_TEMPERATURE_SITE };
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *value
          = mh_record_has (set, fields[i]) ? mh_words_value (set, fields[i]) : NULL;
      if (value != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", value);
    }
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

/* As it was entered. */
static char *
vitals_pane_entered (MhRecord *set, guint field, guint unit_field, const char *usual)
{
  const char *value = mh_record_text (set, field), *unit = mh_record_text (set, unit_field);
  const char *shown = unit == NULL                             ? usual
                      : g_str_equal (unit, MH_UNIT_CELSIUS)    ? "°C"
                      : g_str_equal (unit, MH_UNIT_FAHRENHEIT) ? "°F"
                      : g_str_equal (unit, MH_UNIT_POUND)      ? "lb"
                      : g_str_equal (unit, MH_UNIT_INCH)       ? "in"
                                                               : unit;
  return value != NULL ? g_strdup_printf ("%s %s", value, shown) : NULL;
}

static char *
temperature_text (MhRecord *set)
{
  return vitals_pane_entered (set, MH_VITALS_TEMPERATURE, MH_VITALS_TEMPERATURE_UNIT, "°C");
}

static char *
weight_text (MhRecord *set)
{
  return vitals_pane_entered (set, MH_VITALS_WEIGHT, MH_VITALS_WEIGHT_UNIT, "kg");
}

static char *
height_text (MhRecord *set)
{
  return vitals_pane_entered (set, MH_VITALS_HEIGHT, MH_VITALS_HEIGHT_UNIT, "cm");
}

static char *
glucose_text (MhRecord *set)
{
  return vitals_pane_entered (set, MH_VITALS_GLUCOSE, MH_VITALS_GLUCOSE_UNIT, "mg/dL");
}

static char *
gcs_text (MhRecord *set)
{
  return mh_gcs_text (mh_record_text (set, MH_VITALS_GCS_EYE),
                      mh_record_text (set, MH_VITALS_GCS_VERBAL),
                      mh_record_text (set, MH_VITALS_GCS_MOTOR));
}

static const MhTableColumn columns[] = {
  { .title = N_ ("Measured"),
    .text = vitals_pane_when_text,
    .style = vitals_pane_struck_style,
    .width = 140 },
  { .title = N_ ("NEWS2"),
    .text = vitals_pane_score_text,
    .style = vitals_pane_score_style,
    .width = 66,
    .numeric = TRUE },
  { .title = N_ ("Breaths"), .text = resp_text, .width = 72, .numeric = TRUE },
  { .title = N_ ("SpO₂"), .text = oxygen_text, .width = 96 },
  { .title = N_ ("Pressure"), .text = pressure_text, .width = 72, .numeric = TRUE },
  { .title = N_ ("Pulse"), .text = pulse_text, .width = 60, .numeric = TRUE },
  { .field = "consciousness", .width = 116 },
  { .title = N_ ("Temperature"), .text = temperature_text, .width = 100, .numeric = TRUE },
  { .title = N_ ("How measured"), .text = how_text, .width = 110 },
  { .title = N_ ("Pain"), .text = pain_text, .width = 50, .numeric = TRUE },
  { .title = N_ ("Coma scale"), .text = gcs_text, .width = 100 },
  { .title = N_ ("Glucose"), .text = glucose_text, .width = 90, .numeric = TRUE },
  { .title = N_ ("Weight"), .text = weight_text, .width = 80, .numeric = TRUE },
  { .title = N_ ("Height"), .text = height_text, .width = 80, .numeric = TRUE },
  { .field = "bmi", .title = N_ ("BMI"), .width = 56 },
  { .field = "taken_name", .width = 90, .expand = TRUE },
  { NULL },
};

/* --- the trend --- */

/* clang-format off */
static const struct
{
  const char *title; /* N_() */
  const char *unit;
  guint fields[2];   /* 0: no second */
  double low, high;  /* of the axis; NAN: as the values are */
  double good_low, good_high;
} trends[] = {
  { N_("NEWS2"), "", { MH_VITALS_NEWS2, 0 }, 0, 10, NAN, NAN },
  { N_("Pulse"), "/min", { MH_VITALS_PULSE, 0 }, 40, 140, 51, 90 },
  { N_("Blood pressure"), "mmHg", { MH_VITALS_SYSTOLIC, MH_VITALS_DIASTOLIC }, 40, 180, NAN, NAN },
  { N_("Breaths"), "/min", { MH_VITALS_RESP, 0 }, 5, 35, 12, 20 },
  { N_("SpO₂"), "%", { MH_VITALS_SPO2, 0 }, 80, 100, NAN, NAN },
  { N_("Temperature"), "°C", { MH_VITALS_TEMPERATURE_C, 0 }, 35, 40, 36.1, 38.0 },
  { N_("Pain"), "/10", { MH_VITALS_PAIN, 0 }, 0, 10, NAN, NAN },
  { N_("Coma scale"), "", { MH_VITALS_GCS, 0 }, 3, 15, NAN, NAN },
  { N_("Glucose"), "mg/dL", { MH_VITALS_GLUCOSE_MG, 0 }, NAN, NAN, NAN, NAN },
  { N_("Weight"), "kg", { MH_VITALS_WEIGHT_KG, 0 }, NAN, NAN, NAN, NAN },
  { N_("Height"), "cm", { MH_VITALS_HEIGHT_CM, 0 }, NAN, NAN, NAN, NAN },
  { N_("Body mass index"), "kg/m²", { MH_VITALS_BMI, 0 }, NAN, NAN, NAN, NAN },
  { N_("Head circumference"), "cm", { MH_VITALS_HEAD_CM, 0 }, NAN, NAN, NAN, NAN },
};
/* clang-format on */

static gboolean
vitals_pane_value_of (MhRecord *set, guint field, double *out_value)
{
  MhDecimal decimal;
  const MhField *described = &mh_vitals_type.fields[field];
  if (!mh_record_has (set, field) || is_struck (set))
    return FALSE;
  if (mh_field_is_int (described))
    *out_value = (double)mh_record_int (set, field);
  else if (mh_decimal_parse (mh_record_text (set, field), &decimal))
    *out_value = mh_decimal_to_double (decimal);
  else
    return FALSE;
  return TRUE;
}

static guint
add_series (MhVitalsPane *pane, MhPlot *plot, guint field, MhPlotInk ink)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (pane->sets)), found = 0;
  guint series
      = mh_plot_series (plot, mh_words_label (&mh_vitals_type.fields[field]), MH_PLOT_LINE, ink);

  /* the list has the newest first */
  for (guint i = n; i > 0; i--)
    {
      g_autoptr (MhRecord) set = g_list_model_get_item (G_LIST_MODEL (pane->sets), i - 1);
      gboolean part
          = field == MH_VITALS_NEWS2
            && g_strcmp0 (mh_record_text (set, MH_VITALS_NEWS2_LEVEL), MH_NEWS2_INCOMPLETE) == 0;
      double value;
      if (!vitals_pane_value_of (set, field, &value))
        continue;
      mh_plot_point (plot, series, (double)mh_record_int (set, MH_VITALS_TAKEN_AT), value,
                     part ? MH_MARK_RING : MH_MARK_DOT, part ? _ ("incomplete") : NULL);
      found++;
    }

  return found;
}

static void
vitals_pane_draw (MhVitalsPane *pane)
{
  guint which = gtk_drop_down_get_selected (pane->what);
  if (which >= G_N_ELEMENTS (trends) || pane->sets == NULL)
    return;

  g_autoptr (MhPlot) plot = mh_plot_new (_ (trends[which].title));
  g_autoptr (GTimeZone) zone = mh_when_zone ();
  guint found = 0;

  mh_plot_hide_title (plot);
  mh_plot_set_unit (plot, trends[which].unit, trends[which].fields[0] == MH_VITALS_TEMPERATURE_C);
  mh_plot_set_time (plot, zone, MH_PLOT_INSTANT);
  mh_plot_set_range (plot, trends[which].low, trends[which].high);
  if (!isnan (trends[which].good_low))
    mh_plot_band (plot, trends[which].good_low, trends[which].good_high, MH_PLOT_GOOD);
  if (trends[which].fields[0] == MH_VITALS_NEWS2)
    {
      mh_plot_limit (plot, 5, "5", MH_PLOT_WARM);
      mh_plot_limit (plot, 7, "7", MH_PLOT_BAD);
    }

  for (guint i = 0; i < 2; i++)
    if (trends[which].fields[i] != 0)
      found += add_series (pane, plot, trends[which].fields[i],
                           i == 0 ? MH_PLOT_ACCENT : MH_PLOT_SECOND);

  gtk_widget_set_visible (GTK_WIDGET (pane->chart), found > 0);
  mh_chart_set_plot (pane->chart, found > 0 ? plot : NULL);
}

static void
vitals_pane_draw_cb (MhVitalsPane *pane)
{
  vitals_pane_draw (pane);
}

/* Of the newest set that has one: not every set weighs. */
static char *
last_bmi (MhVitalsPane *pane)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (pane->sets)); i++)
    {
      g_autoptr (MhRecord) set = g_list_model_get_item (G_LIST_MODEL (pane->sets), i);
      if (mh_record_has (set, MH_VITALS_BMI) && !is_struck (set))
        return g_strdup_printf (_ ("BMI %s kg/m²"), mh_record_text (set, MH_VITALS_BMI));
    }
  return NULL;
}

static void
sets_cb (MhVitalsPane *pane)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (pane->sets));
  g_autofree char *bmi = last_bmi (pane);
  gtk_label_set_text (pane->latest, bmi != NULL ? bmi : "");
  gtk_widget_set_visible (
      pane->strike,
      n > 0 && mh_context_may (mh_pane_context (MH_PANE (pane)), MH_MAY_ASSESS_VISIT));
  vitals_pane_draw (pane);
}

/* --- striking out --- */

static void
vitals_pane_strike_cb (MhVitalsPane *pane)
{
  MhRecord *set = mh_record_table_current (pane->table);
  if (set == NULL || is_struck (set))
    return;
  g_autofree char *when = mh_words_time (mh_record_int (set, MH_VITALS_TAKEN_AT));
  g_autofree char *heading = g_strdup_printf (_ ("Strike out the set of %s?"), when);
  mh_strike_ask (MH_PANE (pane), pane->sets, "vitals.strike", mh_record_id (set), heading);
}

/* --- as a pane --- */

static gboolean
vitals_pane_belongs (MhRecord *set, gpointer data)
{
  return g_strcmp0 (mh_record_text (set, MH_VITALS_PATIENT_ID), MH_VITALS_PANE (data)->patient_id)
         == 0;
}

static void
mh_vitals_pane_open (MhPane *pane, const char *what)
{
  MhVitalsPane *self = MH_VITALS_PANE (pane);
  const char *args[] = { "patient_id", what, "limit", "100", NULL };
  if (what == NULL)
    return;
  char *id = g_strdup (what);
  g_free (self->patient_id);
  self->patient_id = id;
  mh_record_list_set_args (self->sets, args);
}

static void
vitals_pane_shown (MhPane *pane)
{
  mh_record_table_enter (MH_VITALS_PANE (pane)->table);
}

static void
vitals_pane_begin (MhPane *pane)
{
  MhVitalsPane *self = MH_VITALS_PANE (pane);
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  mh_pane_keep (pane, &self->sets, mh_record_list_new (mh_pane_context (pane), "vitals.list"));
  mh_record_list_set_belongs (self->sets, vitals_pane_belongs, self);
  mh_record_list_set_keep (self->sets, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (trends); i++)
    gtk_string_list_append (words, _ (trends[i].title));
  gtk_drop_down_set_model (self->what, G_LIST_MODEL (words));
  mh_record_table_setup (self->table, "vitals", &mh_vitals_type, columns, G_LIST_MODEL (self->sets),
                         MH_TABLE_SINGLE);
  mh_record_table_set_lines (self->table, MH_PHONE_LEAST_WIDTH);
  g_signal_connect_object (self->sets, "notify::n-items", G_CALLBACK (sets_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
mh_vitals_pane_finalize (GObject *object)
{
  g_free (MH_VITALS_PANE (object)->patient_id);
  G_OBJECT_CLASS (mh_vitals_pane_parent_class)->finalize (object);
}

static void
mh_vitals_pane_class_init (MhVitalsPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_vitals_pane_finalize;
  MH_PANE_CLASS (klass)->begin = vitals_pane_begin;
  MH_PANE_CLASS (klass)->open = mh_vitals_pane_open;
  MH_PANE_CLASS (klass)->shown = vitals_pane_shown;
  g_type_ensure (MH_TYPE_CHART);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("clinic/nursing/mh-vitals-pane"));
  gtk_widget_class_bind_template_child (widget, MhVitalsPane, what);
  gtk_widget_class_bind_template_child (widget, MhVitalsPane, latest);
  gtk_widget_class_bind_template_child (widget, MhVitalsPane, strike);
  gtk_widget_class_bind_template_child (widget, MhVitalsPane, chart);
  gtk_widget_class_bind_template_child (widget, MhVitalsPane, table);
  gtk_widget_class_bind_template_callback (widget, vitals_pane_draw_cb);
  gtk_widget_class_bind_template_callback (widget, vitals_pane_strike_cb);
}

static void
mh_vitals_pane_init (MhVitalsPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}

GtkWidget *
mh_vitals_pane_new (MhContext *context)
{
  return g_object_new (MH_TYPE_VITALS_PANE, "context", context, NULL);
}
