/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/nursing/mh-fluid-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-record-list.h"
#include "client/pages/clinic/nursing/mh-strike.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/charts/mh-chart.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-text.h"
#include "shared/record/mh-record-check.h"
#include "shared/records/clinic/mh-triage.h"
#include "shared/rules/clinic/mh-fluid-balance.h"

#include <glib/gi18n-lib.h>

struct _MhFluidPane
{
  MhPane parent_instance;
  MhRecordList *fluids;
  char *visit_id;
  GtkDropDown *kind;
  GtkEditable *ml, *note;
  GtkLabel *problem, *totals;
  MhChart *chart;
  MhRecordTable *table;
  GtkWidget *strike;
};

G_DEFINE_FINAL_TYPE (MhFluidPane, mh_fluid_pane, MH_TYPE_PANE)

static char *
fluid_pane_when_text (MhRecord *fluid)
{
  g_autofree char *at = mh_words_time (mh_record_int (fluid, MH_FLUID_AT));
  return mh_record_has (fluid, MH_FLUID_STRUCK_AT) ? g_strdup_printf (
             _ ("%s struck out: %s"), at, mh_record_text (fluid, MH_FLUID_STRUCK_REASON))
                                                   : g_steal_pointer (&at);
}

static const char *
fluid_pane_struck_style (MhRecord *fluid)
{
  return mh_record_has (fluid, MH_FLUID_STRUCK_AT) ? "mh-struck" : NULL;
}

static char *
fluid_pane_amount_text (MhRecord *fluid)
{
  gboolean out
      = g_strcmp0 (mh_fluid_direction_of (mh_record_text (fluid, MH_FLUID_KIND)), MH_FLUID_OUT)
        == 0;
  return g_strdup_printf ("%s%d mL", out ? "−" : "+", (int)mh_record_int (fluid, MH_FLUID_ML));
}

static const MhTableColumn columns[] = {
  { .title = N_ ("When"),
    .text = fluid_pane_when_text,
    .style = fluid_pane_struck_style,
    .width = 90 },
  { .field = "kind", .width = 120 },
  { .title = N_ ("Amount"),
    .text = fluid_pane_amount_text,
    .style = fluid_pane_struck_style,
    .width = 80,
    .numeric = TRUE },
  { .field = "note", .width = 80, .expand = TRUE },
  { .field = "entered_name", .width = 90 },
  { NULL },
};

/* The 24 hours that end with the hour that runs. */
static gint64
begin_of_day (MhFluidPane *pane)
{
  gint64 now = mh_when_now ();
  return now - now % MH_HOUR - (MH_FLUID_HOURS - 1) * MH_HOUR;
}

static void
fluid_pane_draw (MhFluidPane *pane, const MhFluidBalance *balance)
{
  g_autoptr (MhPlot) plot = mh_plot_new (_ ("Fluids by the hour"));
  g_autoptr (GTimeZone) zone = mh_when_zone ();
  mh_plot_hide_title (plot);
  mh_plot_set_unit (plot, "mL", 0);

  guint in = mh_plot_series (plot, _ ("In"), MH_PLOT_BARS, MH_PLOT_ACCENT);
  guint out = mh_plot_series (plot, _ ("Out"), MH_PLOT_BARS, MH_PLOT_WARM);
  for (guint hour = 0; hour < MH_FLUID_HOURS; hour++)
    {
      g_autoptr (GDateTime) utc
          = g_date_time_new_from_unix_utc ((balance->from + hour * MH_HOUR) / G_USEC_PER_SEC);
      g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
      g_autofree char *label = g_date_time_format (local, "%H");
      guint at = mh_plot_category (plot, label);
      mh_plot_point (plot, in, at, (double)balance->in[hour], MH_MARK_NONE, NULL);
      mh_plot_point (plot, out, at, (double)balance->out[hour], MH_MARK_NONE, NULL);
    }

  mh_chart_set_plot (pane->chart, plot);
}

static void
fluids_cb (MhFluidPane *pane)
{
  MhFluidBalance balance;
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (pane->fluids));

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (all, g_list_model_get_item (G_LIST_MODEL (pane->fluids), i));
  mh_fluid_balance (all, begin_of_day (pane), &balance);
  g_autofree char *text
      = g_strdup_printf (_ ("24 hours: in %d mL · out %d mL · balance %+d mL"),
                         (int)balance.total_in, (int)balance.total_out, (int)balance.balance);

  gtk_label_set_text (pane->totals, text);
  gtk_widget_set_visible (GTK_WIDGET (pane->chart), n > 0);
  gtk_widget_set_visible (pane->strike, n > 0);
  fluid_pane_draw (pane, &balance);
}

static void
fluid_pane_complain (MhFluidPane *pane, const char *words)
{
  gtk_label_set_text (pane->problem, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (pane->problem), words != NULL);
}

static void
fluid_pane_added_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhFluidPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;

  g_autofree char *words = outcome == NULL ? mh_words_error (error) : NULL;
  fluid_pane_complain (pane, words);
  if (outcome == NULL)
    return;

  gtk_editable_set_text (pane->ml, "");
  gtk_editable_set_text (pane->note, "");
  gtk_widget_grab_focus (GTK_WIDGET (pane->ml));
  if (outcome->waiting)
    mh_shell_toast (GTK_WIDGET (pane), _ ("Kept here until the server is back"));
  else
    mh_record_list_reload (pane->fluids);
}

static void
fluid_pane_add_cb (MhFluidPane *pane)
{
  gint64 ml = 0;
  MhContext *context = mh_pane_context (MH_PANE (pane));
  g_autofree char *typed = mh_text_ascii_digits (gtk_editable_get_text (pane->ml));
  const char *note = gtk_editable_get_text (pane->note);
  guint kind = gtk_drop_down_get_selected (pane->kind);

  if (context == NULL || pane->visit_id == NULL)
    return;

  if (!g_ascii_string_to_signed (g_strstrip (typed), 10, 1, 10000, &ml, NULL))
    {
      fluid_pane_complain (pane, _ ("Write the amount in mL, 1 to 10000."));
      gtk_widget_grab_focus (GTK_WIDGET (pane->ml));
      return;
    }

  g_autoptr (MhRecord) fluid = mh_record_new (&mh_fluid_type);
  mh_record_take_text (fluid, MH_ID, mh_id_new ());
  mh_record_set_text (fluid, MH_FLUID_VISIT_ID, pane->visit_id);
  mh_record_set_int (fluid, MH_FLUID_AT, mh_when_now ());
  mh_record_set_text (fluid, MH_FLUID_KIND, mh_fluid_kind_codes[kind].code);
  mh_record_set_int (fluid, MH_FLUID_ML, ml);
  if (*note != 0)
    mh_record_set_text (fluid, MH_FLUID_NOTE, note);

  g_autoptr (MhRecord) seen = mh_record_copy (fluid);
  mh_command_async (context,
                    &(MhCommand){ .route = "fluid.add", .body = fluid, .optimistic = seen }, NULL,
                    fluid_pane_added_cb, g_object_ref (pane));
}

static void
fluid_pane_strike_cb (MhFluidPane *pane)
{
  MhRecord *fluid = mh_record_table_current (pane->table);
  if (fluid == NULL || mh_record_has (fluid, MH_FLUID_STRUCK_AT))
    return;
  mh_strike_ask (MH_PANE (pane), pane->fluids, "fluid.strike", mh_record_id (fluid),
                 _ ("Strike out this amount?"));
}

static gboolean
fluid_pane_belongs (MhRecord *fluid, gpointer data)
{
  return g_strcmp0 (mh_record_text (fluid, MH_FLUID_VISIT_ID), MH_FLUID_PANE (data)->visit_id) == 0;
}

static void
mh_fluid_pane_open (MhPane *pane, const char *what)
{
  MhFluidPane *self = MH_FLUID_PANE (pane);
  const char *args[] = { "visit_id", what, "limit", "200", NULL };
  if (what == NULL || g_strcmp0 (what, self->visit_id) == 0)
    return;
  char *id = g_strdup (what);
  g_free (self->visit_id);
  self->visit_id = id;
  fluid_pane_complain (self, NULL);
  mh_record_list_set_args (self->fluids, args);
}

static void
fluid_pane_shown (MhPane *pane)
{
  gtk_widget_grab_focus (GTK_WIDGET (MH_FLUID_PANE (pane)->ml));
}

static void
fluid_pane_begin (MhPane *pane)
{
  MhFluidPane *self = MH_FLUID_PANE (pane);
  mh_pane_keep (pane, &self->fluids, mh_record_list_new (mh_pane_context (pane), "fluid.list"));
  mh_record_list_set_belongs (self->fluids, fluid_pane_belongs, self);
  mh_record_list_set_keep (self->fluids, TRUE);
  mh_fill_codes (self->kind, mh_fluid_kind_codes);
  mh_record_table_setup (self->table, "fluids", &mh_fluid_type, columns,
                         G_LIST_MODEL (self->fluids), MH_TABLE_SINGLE);
  g_signal_connect_object (self->fluids, "notify::n-items", G_CALLBACK (fluids_cb), self,
                           G_CONNECT_SWAPPED);
  fluids_cb (self);
}

static void
mh_fluid_pane_finalize (GObject *object)
{
  g_free (MH_FLUID_PANE (object)->visit_id);
  G_OBJECT_CLASS (mh_fluid_pane_parent_class)->finalize (object);
}

static void
mh_fluid_pane_class_init (MhFluidPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_fluid_pane_finalize;
  MH_PANE_CLASS (klass)->begin = fluid_pane_begin;
  MH_PANE_CLASS (klass)->open = mh_fluid_pane_open;
  MH_PANE_CLASS (klass)->shown = fluid_pane_shown;
  g_type_ensure (MH_TYPE_CHART);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("clinic/nursing/mh-fluid-pane"));
  gtk_widget_class_bind_template_child (widget, MhFluidPane, kind);
  gtk_widget_class_bind_template_child (widget, MhFluidPane, ml);
  gtk_widget_class_bind_template_child (widget, MhFluidPane, note);
  gtk_widget_class_bind_template_child (widget, MhFluidPane, problem);
  gtk_widget_class_bind_template_child (widget, MhFluidPane, totals);
  gtk_widget_class_bind_template_child (widget, MhFluidPane, chart);
  gtk_widget_class_bind_template_child (widget, MhFluidPane, table);
  gtk_widget_class_bind_template_child (widget, MhFluidPane, strike);
  gtk_widget_class_bind_template_callback (widget, fluid_pane_add_cb);
  gtk_widget_class_bind_template_callback (widget, fluid_pane_strike_cb);
}

static void
mh_fluid_pane_init (MhFluidPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}
