/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/chart/mh-chart-overview-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-read.h"
#include "client/pages/clinic/chart/mh-chart-kinds.h"
#include "client/pages/clinic/chart/mh-chart-results-pane.h"
#include "client/pages/clinic/chart/mh-chart-schedule.h"
#include "client/pages/clinic/chart/mh-chart-words.h"
#include "client/pages/clinic/chart/mh-death-dialog.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/money/cashier/mh-file-answer.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/charts/mh-sparkline.h"
#include "shared/records/clinic/mh-chart.h"
#include "shared/records/clinic/mh-note.h"
#include "shared/records/clinic/mh-problem-item.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Lines of a card; the tab has the rest. */
#define MOST 6
/* What changes on other desks shows after this long. */
#define RELOAD_MS 400

struct _MhChartOverviewPane
{
  MhPane parent_instance;
  char *patient_id;
  GtkWidget *cards, *wait, *death; /* a flow box of columns, each a box of cards */
  MhBanner *away;
};

G_DEFINE_FINAL_TYPE (MhChartOverviewPane, mh_chart_overview_pane, MH_TYPE_PANE)

/* --- cards --- */

typedef struct
{
  GtkWidget *column;
  GtkWidget *box, *lines;
  guint n, shown;
} Card;

static GtkWidget *
chart_overview_pane_add_column (MhChartOverviewPane *pane)
{
  GtkWidget *column = mh_vbox (9);
  GtkWidget *child = gtk_flow_box_child_new ();
  gtk_widget_set_focusable (child, FALSE);
  gtk_widget_set_size_request (column, 300, -1);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), column);
  gtk_flow_box_append (GTK_FLOW_BOX (pane->cards), child);
  return column;
}

static Card
begin_card (GtkWidget *column, const char *title, const char *tab)
{
  Card card = { column, mh_vbox (3), mh_vbox (3), 0, 0 };
  GtkWidget *heading = gtk_button_new_with_label (title);
  GtkWidget *label = gtk_button_get_child (GTK_BUTTON (heading));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (heading, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (heading), "chart.tab");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (heading), "s", tab);
  gtk_widget_add_css_class (card.box, "card");
  gtk_widget_add_css_class (card.box, "mh-card");
  mh_box_append (card.box, heading);
  mh_box_append (card.box, card.lines);
  return card;
}

/* FALSE: there is no room for one more. */
static gboolean
chart_overview_pane_has_room (Card *card)
{
  card->n++;
  if (card->n > MOST)
    return FALSE;
  card->shown++;
  return TRUE;
}

static GtkWidget *
chart_overview_pane_add_line (Card *card, const char *what, const char *style, const char *detail)
{
  GtkWidget *line = mh_hbox (9);
  GtkWidget *first = mh_label (what, style);
  GtkWidget *second = mh_label (detail, "dim-label");

  gtk_widget_set_hexpand (first, TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (first), 18);
  gtk_label_set_max_width_chars (GTK_LABEL (second), 14);
  gtk_label_set_wrap_mode (GTK_LABEL (second), PANGO_WRAP_WORD);
  gtk_label_set_width_chars (GTK_LABEL (second),
                             detail != NULL ? (int)MIN (strlen (detail), 11) : 0);
  gtk_label_set_wrap_mode (GTK_LABEL (first), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_valign (first, GTK_ALIGN_START);
  gtk_widget_set_valign (second, GTK_ALIGN_START);
  gtk_label_set_xalign (GTK_LABEL (second), 1);
  gtk_widget_add_css_class (line, "mh-row");
  mh_box_append (line, first);
  mh_box_append (line, second);
  mh_box_append (card->lines, line);

  return line;
}

static void
end_card (Card *card, const char *nothing)
{
  if (card->n == 0)
    {
      GtkWidget *label = mh_label (nothing, "dim-label");
      gtk_widget_add_css_class (label, "mh-row");
      mh_box_append (card->lines, label);
    }

  if (card->n > card->shown)
    {
      guint more = card->n - card->shown;
      g_autofree char *text = g_strdup_printf (ngettext ("and %u more", "and %u more", more), more);
      GtkWidget *label = mh_label (text, "dim-label");
      gtk_widget_add_css_class (label, "mh-row");
      mh_box_append (card->lines, label);
    }

  mh_box_append (card->column, card->box);
}

static MhRecord *
chart_overview_pane_nth (GPtrArray *records, guint i)
{
  return records != NULL && i < records->len ? g_ptr_array_index (records, i) : NULL;
}

/* --- what is on them --- */

static void
chart_overview_pane_add_kind (GtkWidget *column,
                              MhRecord *chart,
                              guint field,
                              const MhChartKind *kind,
                              const char *title,
                              const char *tab)
{
  GPtrArray *items = mh_record_records (chart, field);
  Card card = begin_card (column, title, tab);
  for (guint i = 0; chart_overview_pane_nth (items, i) != NULL; i++)
    {
      MhRecord *item = chart_overview_pane_nth (items, i);
      if (!kind->is_current (item) || !chart_overview_pane_has_room (&card))
        continue;
      g_autofree char *what = kind->what (item);
      g_autofree char *code = kind == &mh_chart_problems
                                  ? g_strdup (mh_record_text (item, MH_PROBLEM_ITEM_CODE))
                                  : NULL;
      chart_overview_pane_add_line (&card, what, NULL, code);
    }

  end_card (&card, g_dgettext (GETTEXT_PACKAGE, kind->empty));
}

static void
chart_overview_pane_add_medicines (GtkWidget *column, MhRecord *chart)
{
  GPtrArray *lines = mh_record_records (chart, MH_CHART_MEDICINES);
  Card card = begin_card (column, _ ("Medicines now"), "medicines");
  for (guint i = 0; chart_overview_pane_nth (lines, i) != NULL; i++)
    if (chart_overview_pane_has_room (&card))
      {
        g_autofree char *text = mh_chart_medicine_text (chart_overview_pane_nth (lines, i));
        chart_overview_pane_add_line (&card, text, NULL, NULL);
      }
  end_card (&card, _ ("No medicine is prescribed now"));
}

static void
chart_overview_pane_add_values (GtkWidget *column, MhRecord *chart)
{
  GPtrArray *values = mh_record_records (chart, MH_CHART_VALUES);
  Card card = begin_card (column, _ ("Newest results"), "results");
  for (guint i = 0; chart_overview_pane_nth (values, i) != NULL; i++)
    {
      MhRecord *value = chart_overview_pane_nth (values, i);
      if (!chart_overview_pane_has_room (&card))
        continue;
      g_autofree char *text = mh_chart_value_text (value);
      g_autofree char *day = mh_when_day (mh_record_int (value, MH_CHART_VALUE_AT));
      GtkWidget *line = chart_overview_pane_add_line (
          &card, mh_record_text (value, MH_CHART_VALUE_NAME), NULL, day);
      GtkWidget *first = gtk_widget_get_first_child (line);
      GtkWidget *number = mh_label (text, mh_chart_value_style (value));
      GtkWidget *spark = mh_sparkline_new ();
      gtk_label_set_max_width_chars (GTK_LABEL (number), 14);
      gtk_label_set_wrap_mode (GTK_LABEL (number), PANGO_WRAP_WORD);
      gtk_widget_set_visible (spark, mh_record_int (value, MH_CHART_VALUE_N) > 1);
      gtk_widget_set_size_request (spark, 56, -1);
      mh_chart_results_spark (spark, value);
      gtk_box_insert_child_after (GTK_BOX (line), number, first);
      gtk_box_insert_child_after (GTK_BOX (line), spark, number);
    }

  end_card (&card, _ ("No verified result yet"));
}

static void
add_vaccines (GtkWidget *column, MhRecord *chart)
{
  GPtrArray *due = mh_record_records (chart, MH_CHART_DUE);
  GPtrArray *doses = mh_record_records (chart, MH_CHART_IMMUNISATIONS);
  Card card = begin_card (column, _ ("Immunisations"), "immunisations");

  for (guint i = 0; chart_overview_pane_nth (due, i) != NULL; i++)
    if (mh_chart_schedule_style (chart_overview_pane_nth (due, i)) != NULL
        && chart_overview_pane_has_room (&card))
      {
        g_autofree char *dose = mh_chart_schedule_dose (chart_overview_pane_nth (due, i));
        g_autofree char *state = mh_chart_schedule_state (chart_overview_pane_nth (due, i));
        chart_overview_pane_add_line (
            &card, dose, mh_chart_schedule_style (chart_overview_pane_nth (due, i)), state);
      }

  for (guint i = 0; chart_overview_pane_nth (doses, i) != NULL; i++)
    if (mh_chart_immunisations.is_current (chart_overview_pane_nth (doses, i))
        && chart_overview_pane_has_room (&card))
      {
        g_autofree char *what = mh_chart_immunisations.what (chart_overview_pane_nth (doses, i));
        g_autofree char *detail
            = mh_chart_immunisations.detail (chart_overview_pane_nth (doses, i));
        chart_overview_pane_add_line (&card, what, NULL, detail);
      }

  end_card (&card, _ ("No dose was recorded yet"));
}

static void
open_note_cb (GtkButton *button, MhChartOverviewPane *pane)
{
  g_autofree char *where = g_strdup_printf ("notes/%s", gtk_widget_get_name (GTK_WIDGET (button)));
  gtk_widget_activate_action (GTK_WIDGET (pane), "chart.tab", "s", where);
}

static void
chart_overview_pane_add_notes (MhChartOverviewPane *pane, GtkWidget *column, MhRecord *chart)
{
  GPtrArray *notes = mh_record_records (chart, MH_CHART_NOTES);
  Card card = begin_card (column, _ ("Newest notes"), "notes");
  for (guint i = 0; chart_overview_pane_nth (notes, i) != NULL; i++)
    {
      MhRecord *note = chart_overview_pane_nth (notes, i);
      if (!chart_overview_pane_has_room (&card))
        continue;
      const char *status = mh_record_text (note, MH_NOTE_STATUS);
      g_autofree char *day = mh_when_day (mh_record_int (note, MH_NOTE_WRITTEN_AT));
      g_autofree char *detail = g_strdup_printf (
          "%s · %s", day, mh_words_of_code (&mh_note_type.fields[MH_NOTE_STATUS], status));
      GtkWidget *button = gtk_button_new ();
      GtkWidget *words = mh_vbox (0);
      mh_box_append (words, mh_label (mh_record_text (note, MH_NOTE_TITLE), NULL));
      mh_box_append (words, mh_label (detail, "dim-label"));
      gtk_button_set_child (GTK_BUTTON (button), words);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_name (button, mh_record_id (note));
      g_signal_connect_object (button, "clicked", G_CALLBACK (open_note_cb), pane, 0);
      mh_box_append (card.lines, button);
    }

  end_card (&card, _ ("No note was written yet"));
}

static void
open_event_cb (GtkButton *button, MhChartOverviewPane *pane)
{
  mh_chart_event_open (pane, g_object_get_data (G_OBJECT (button), "mh-event"));
}

static void
add_events (MhChartOverviewPane *pane, GtkWidget *column, MhRecord *chart)
{
  GPtrArray *events = mh_record_records (chart, MH_CHART_TIMELINE);
  Card card = begin_card (column, _ ("Recent activity"), "timeline");
  for (guint i = 0; chart_overview_pane_nth (events, i) != NULL; i++)
    {
      MhRecord *event = chart_overview_pane_nth (events, i);
      if (!chart_overview_pane_has_room (&card))
        continue;
      g_autofree char *title = mh_chart_event_title (event);
      g_autofree char *kind = mh_words_value (event, MH_CHART_EVENT_KIND);
      g_autofree char *when = mh_words_time (mh_record_int (event, MH_CHART_EVENT_AT));
      g_autofree char *detail = g_strdup_printf ("%s · %s", when, kind);
      GtkWidget *button = gtk_button_new ();
      GtkWidget *words = mh_vbox (0);
      mh_box_append (words, mh_label (title, NULL));
      mh_box_append (words, mh_label (detail, "dim-label"));
      gtk_button_set_child (GTK_BUTTON (button), words);
      gtk_widget_add_css_class (button, "flat");
      g_object_set_data_full (G_OBJECT (button), "mh-event", g_object_ref (event), g_object_unref);
      g_signal_connect_object (button, "clicked", G_CALLBACK (open_event_cb), pane, 0);
      mh_box_append (card.lines, button);
    }

  end_card (&card, _ ("No activity yet"));
}

static void
chart_overview_pane_show (MhChartOverviewPane *pane, MhRecord *chart)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (pane->cards)) != NULL)
    gtk_flow_box_remove (GTK_FLOW_BOX (pane->cards), child);
  if (chart == NULL)
    return;

  GtkWidget *first = chart_overview_pane_add_column (pane),
            *second = chart_overview_pane_add_column (pane),
            *third = chart_overview_pane_add_column (pane);

  chart_overview_pane_add_kind (first, chart, MH_CHART_PROBLEMS, &mh_chart_problems, _ ("Problems"),
                                "problems");
  chart_overview_pane_add_medicines (first, chart);
  chart_overview_pane_add_kind (first, chart, MH_CHART_HISTORY, &mh_chart_history,
                                _ ("Family and social history"), "history");
  chart_overview_pane_add_values (second, chart);
  add_vaccines (second, chart);
  chart_overview_pane_add_notes (pane, third, chart);
  add_events (pane, third, chart);
}

/* --- loading --- */

static void
chart_overview_pane_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhChartOverviewPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) chart = mh_read_finish (result, &error);
  MhContext *context = mh_pane_context (MH_PANE (pane));

  if (context == NULL
      || (chart != NULL
          && g_strcmp0 (mh_record_text (chart, MH_CHART_PATIENT_ID), pane->patient_id) != 0))
    return;

  g_autofree char *words = error != NULL ? mh_words_error (error) : NULL;
  gtk_widget_set_visible (pane->wait, FALSE);
  mh_pane_complain (MH_PANE (pane), words);
  mh_banner_set_revealed (
      pane->away, chart != NULL && mh_sync_state (mh_context_sync (context)) == MH_SYNC_OFFLINE);
  if (chart != NULL)
    chart_overview_pane_show (pane, chart);
}

static void
chart_overview_pane_load (MhPane *base)
{
  MhChartOverviewPane *pane = MH_CHART_OVERVIEW_PANE (base);
  if (pane->patient_id != NULL)
    mh_read_async (mh_pane_context (base), "chart.read", pane->patient_id,
                   mh_pane_cancellable (base), chart_overview_pane_read_cb, g_object_ref (pane));
}

/* Something of this patient changed, here or at another desk. */
static void
chart_overview_pane_changed_cb (MhSync *sync,
                                const MhRecordType *type,
                                const char *id,
                                MhRecord *record,
                                MhChartOverviewPane *pane)
{
  if (record == NULL || !gtk_widget_get_mapped (GTK_WIDGET (pane))
      || g_strcmp0 (mh_record_patient_id (record), pane->patient_id) != 0)
    return;
  mh_pane_soon (MH_PANE (pane), RELOAD_MS, chart_overview_pane_load);
}

static void
mh_chart_overview_pane_open (MhPane *parent, const char *what)
{
  MhChartOverviewPane *pane = MH_CHART_OVERVIEW_PANE (parent);
  g_free (pane->patient_id);
  pane->patient_id = g_strdup (what);
  chart_overview_pane_show (pane, NULL);
  gtk_widget_set_visible (pane->wait, TRUE);
  chart_overview_pane_load (parent);
}

static void
chart_overview_pane_print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhChartOverviewPane *pane = MH_CHART_OVERVIEW_PANE (widget);
  const char *args[] = { "id", pane->patient_id, "language",
                         pango_language_to_string (gtk_get_default_language ()), NULL };
  if (pane->patient_id == NULL)
    return;
  if (g_str_equal (name, "chart-overview.save"))
    mh_file_answer_save (MH_PANE (pane), "chart.pdf", args, _ ("chart.pdf"));
  else
    mh_file_answer_print (MH_PANE (pane), "chart.pdf", args, MH_PRINTER_PAGES,
                          _ ("Summary of a chart"));
}

/* --- a death --- */

static void
death_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhChartOverviewPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) patient = mh_read_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (pane), error);
  if (patient == NULL || g_strcmp0 (mh_record_id (patient), pane->patient_id) != 0)
    return;
  mh_death_dialog_show (GTK_WIDGET (pane), mh_pane_context (MH_PANE (pane)), patient);
}

static void
death_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhChartOverviewPane *pane = MH_CHART_OVERVIEW_PANE (widget);
  if (pane->patient_id != NULL)
    mh_read_async (mh_pane_context (MH_PANE (pane)), "patient.read", pane->patient_id,
                   mh_pane_cancellable (MH_PANE (pane)), death_cb, g_object_ref (pane));
}

static void
chart_overview_pane_begin (MhPane *parent)
{
  gtk_widget_set_visible (MH_CHART_OVERVIEW_PANE (parent)->death,
                          mh_context_may (mh_pane_context (parent), MH_MAY_DECIDE_VISIT));
  g_signal_connect_object (mh_context_sync (mh_pane_context (parent)), "changed",
                           G_CALLBACK (chart_overview_pane_changed_cb), parent, 0);
}

static void
mh_chart_overview_pane_finalize (GObject *object)
{
  g_free (MH_CHART_OVERVIEW_PANE (object)->patient_id);
  G_OBJECT_CLASS (mh_chart_overview_pane_parent_class)->finalize (object);
}

static void
mh_chart_overview_pane_class_init (MhChartOverviewPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_chart_overview_pane_finalize;
  MH_PANE_CLASS (klass)->begin = chart_overview_pane_begin;
  MH_PANE_CLASS (klass)->open = mh_chart_overview_pane_open;
  MH_PANE_CLASS (klass)->shown = chart_overview_pane_load;
  g_type_ensure (MH_TYPE_BANNER);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("clinic/chart/mh-chart-overview-pane"));
  gtk_widget_class_bind_template_child (widget, MhChartOverviewPane, cards);
  gtk_widget_class_bind_template_child (widget, MhChartOverviewPane, wait);
  gtk_widget_class_bind_template_child (widget, MhChartOverviewPane, death);
  gtk_widget_class_bind_template_child (widget, MhChartOverviewPane, away);
  mh_closures_bind (widget);
  gtk_widget_class_install_action (widget, "chart-overview.print", NULL,
                                   chart_overview_pane_print_action);
  gtk_widget_class_install_action (widget, "chart-overview.save", NULL,
                                   chart_overview_pane_print_action);
  gtk_widget_class_install_action (widget, "chart-overview.death", NULL, death_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_p, GDK_CONTROL_MASK, "chart-overview.print",
                                       NULL);
}

static void
mh_chart_overview_pane_init (MhChartOverviewPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}

GtkWidget *
mh_chart_overview_pane_new (MhContext *context)
{
  return g_object_new (MH_TYPE_CHART_OVERVIEW_PANE, "context", context, NULL);
}
