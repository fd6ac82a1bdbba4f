/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/prescribing/mh-drug-alerts.h"

#include "client/compat/mh-compat.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-marks.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "shared/base/mh-date.h"
#include "shared/records/clinic/mh-drug.h"
#include "shared/records/clinic/mh-medicine.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/rules/clinic/mh-drug-words.h"

#include <glib/gi18n-lib.h>

struct _MhDrugAlerts
{
  MhPane parent_instance;
  MhRecordSlot *slot;
  MhPrescriptionCheck *check;
  char *shown; /* what stands in the rows, to leave them alone while it is the same */
  gint64 seen; /* the most interrupting alerts that stood here at once */
  GtkWidget *rows, *figures;
  GtkLabel *source;
};

G_DEFINE_FINAL_TYPE (MhDrugAlerts, mh_drug_alerts, MH_TYPE_PANE)

/* --- reasons --- */

static MhRecord *
prescription_of (MhDrugAlerts *alerts)
{
  return alerts->slot != NULL ? mh_record_slot_record (alerts->slot) : NULL;
}

static MhRecord *
find_answer (MhDrugAlerts *alerts, const char *key)
{
  MhRecord *record = prescription_of (alerts);
  GPtrArray *given = record != NULL ? mh_record_records (record, MH_PRESCRIPTION_OVERRIDES) : NULL;
  for (guint i = 0; given != NULL && i < given->len; i++)
    if (g_strcmp0 (mh_record_text (g_ptr_array_index (given, i), MH_DRUG_OVERRIDE_KEY), key) == 0)
      return g_ptr_array_index (given, i);
  return NULL;
}

static MhRecord *
answer_for (MhDrugAlerts *alerts, const char *key)
{
  MhRecord *found = find_answer (alerts, key);
  if (found != NULL || prescription_of (alerts) == NULL)
    return found;
  g_autoptr (MhRecord) fresh = mh_record_new (&mh_drug_override_type);
  mh_record_set_text (fresh, MH_DRUG_OVERRIDE_KEY, key);
  mh_record_append (prescription_of (alerts), MH_PRESCRIPTION_OVERRIDES, fresh);
  return find_answer (alerts, key);
}

static const char *
drug_alerts_key_of (gpointer widget)
{
  return g_object_get_data (G_OBJECT (widget), "key");
}

static void
drug_alerts_reason_cb (GtkDropDown *choice, GParamSpec *spec, MhDrugAlerts *alerts)
{
  guint at = gtk_drop_down_get_selected (choice);
  MhRecord *answer = answer_for (alerts, drug_alerts_key_of (choice));
  if (answer == NULL || at == GTK_INVALID_LIST_POSITION)
    return;
  mh_record_set_text (answer, MH_DRUG_OVERRIDE_REASON,
                      at == 0 ? NULL : mh_drug_reason_codes[at - 1].code);
  gtk_widget_remove_css_class (GTK_WIDGET (choice), "error");
  mh_record_slot_touched (alerts->slot, MH_PRESCRIPTION_OVERRIDES);
}

static void
drug_alerts_note_cb (GtkEditable *entry, MhDrugAlerts *alerts)
{
  const char *text = gtk_editable_get_text (entry);
  MhRecord *answer = answer_for (alerts, drug_alerts_key_of (entry));
  if (answer == NULL)
    return;
  mh_record_set_text (answer, MH_DRUG_OVERRIDE_NOTE, text[0] != 0 ? text : NULL);
  mh_record_slot_touched (alerts->slot, MH_PRESCRIPTION_OVERRIDES);
}

static GtkWidget *
reason_choice (MhDrugAlerts *alerts, const char *key, const char *subject)
{
  const MhField *field = &mh_drug_override_type.fields[MH_DRUG_OVERRIDE_REASON];
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  MhRecord *answer = find_answer (alerts, key);
  const char *now = answer != NULL ? mh_record_text (answer, MH_DRUG_OVERRIDE_REASON) : NULL;
  guint selected = 0;

  gtk_string_list_append (words, _ ("Reason to prescribe anyway"));
  for (guint i = 0; mh_drug_reason_codes[i].code != NULL; i++)
    {
      gtk_string_list_append (words, mh_words_of_code (field, mh_drug_reason_codes[i].code));
      if (g_strcmp0 (now, mh_drug_reason_codes[i].code) == 0)
        selected = i + 1;
    }

  GtkWidget *choice = gtk_drop_down_new (G_LIST_MODEL (g_object_ref (words)), NULL);
  g_autofree char *name = g_strdup_printf (_ ("Reason: %s"), subject);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), selected);
  mh_accessible_name (choice, name);
  g_object_set_data_full (G_OBJECT (choice), "key", g_strdup (key), g_free);
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (drug_alerts_reason_cb), alerts,
                           0);

  return choice;
}

static GtkWidget *
note_entry (MhDrugAlerts *alerts, const char *key, const char *subject)
{
  GtkWidget *entry = gtk_entry_new ();
  MhRecord *answer = find_answer (alerts, key);
  const char *now = answer != NULL ? mh_record_text (answer, MH_DRUG_OVERRIDE_NOTE) : NULL;
  g_autofree char *name = g_strdup_printf (_ ("Note: %s"), subject);

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Note (optional)"));
  gtk_editable_set_text (GTK_EDITABLE (entry), now != NULL ? now : "");
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 12);
  gtk_widget_set_hexpand (entry, TRUE);
  mh_accessible_name (entry, name);
  g_object_set_data_full (G_OBJECT (entry), "key", g_strdup (key), g_free);
  g_signal_connect_object (entry, "changed", G_CALLBACK (drug_alerts_note_cb), alerts, 0);
  return entry;
}

/* --- rows --- */

/* "Interaction: aspirin × warfarin" */
static char *
drug_alerts_title_of (MhRecord *alert)
{
  const char *what = mh_words_of_code (&mh_drug_alert_type.fields[MH_DRUG_ALERT_CODE],
                                       mh_record_text (alert, MH_DRUG_ALERT_CODE));
  const char *subject = mh_record_text (alert, MH_DRUG_ALERT_SUBJECT);
  const char *other = mh_record_text (alert, MH_DRUG_ALERT_OTHER);
  const char *const parts[] = { subject, other, NULL };
  g_autofree char *both = subject != NULL && other != NULL
                              ? g_strjoinv (" × ", (char **)parts)
                              : g_strdup (subject != NULL ? subject : other);
  return both != NULL ? g_strdup_printf ("%s: %s", what, both) : g_strdup (what);
}

static void
append_text (GtkWidget *box, const char *text, const char *style)
{
  if (text == NULL || text[0] == 0)
    return;
  GtkWidget *label = mh_label (text, style);
  gtk_label_set_selectable (GTK_LABEL (label), FALSE);
  mh_box_append (box, label);
}

static GtkWidget *
head_of (MhRecord *alert, const char *title)
{
  GtkWidget *head = mh_hbox (6);
  gboolean stops = mh_drug_alert_stops (alert), interrupts = mh_drug_alert_interrupts (alert);
  GtkWidget *icon = gtk_image_new_from_icon_name (stops        ? "action-unavailable-symbolic"
                                                  : interrupts ? "dialog-warning-symbolic"
                                                               : "dialog-information-symbolic");
  GtkWidget *words = mh_label (title, interrupts ? "heading" : NULL);
  const char *severity = mh_words_of_code (&mh_drug_alert_type.fields[MH_DRUG_ALERT_SEVERITY],
                                           mh_record_text (alert, MH_DRUG_ALERT_SEVERITY));
  GtkWidget *pill = gtk_label_new (severity);

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_valign (pill, GTK_ALIGN_START);
  gtk_widget_add_css_class (pill, "mh-chip");
  gtk_widget_add_css_class (pill, stops        ? "mh-chip-known"
                                  : interrupts ? "mh-chip-asked"
                                               : "dim-label");
  gtk_widget_set_hexpand (words, TRUE);
  mh_box_append (head, icon);
  mh_box_append (head, words);
  mh_box_append (head, pill);

  return head;
}

static const char *
drug_alerts_translate (const char *template)
{
  return g_dgettext (GETTEXT_PACKAGE, template);
}

/* Dates as people here write them; numbers in the program's figures. */
static char *
drug_alerts_argument_words (const char *argument)
{
  MhDate date;
  return mh_date_parse (argument, &date) ? mh_words_of_date (argument)
                                         : mh_words_figures (argument);
}

/* What the check says, in the reader's language; what the formulary says of an interaction, as its
 * source says it. */
static char *
why_words (MhRecord *alert)
{
  const char *text = mh_record_text (alert, MH_DRUG_ALERT_TEXT);
  gboolean is_data
      = g_strcmp0 (mh_record_text (alert, MH_DRUG_ALERT_CODE), MH_DRUG_ALERT_INTERACTION) == 0;
  return is_data || text == NULL
             ? g_strdup (text)
             : mh_drug_words (text, drug_alerts_translate, drug_alerts_argument_words);
}

static char *
figures_words (MhRecord *alert)
{
  const char *const *figures = mh_record_list (alert, MH_DRUG_ALERT_FIGURES);
  g_autoptr (GString) out = g_string_new (NULL);
  for (guint i = 0; figures != NULL && figures[i] != NULL; i++)
    {
      g_autofree char *words
          = mh_drug_figure_words (figures[i], drug_alerts_translate, drug_alerts_argument_words);
      g_string_append_printf (out, "%s%s", out->len > 0 ? " · " : "", words);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static GtkWidget *
alert_row (MhDrugAlerts *alerts, MhRecord *alert)
{
  GtkWidget *row = mh_vbox (3);
  const char *key = mh_record_text (alert, MH_DRUG_ALERT_KEY);
  const char *advice = mh_record_text (alert, MH_DRUG_ALERT_ADVICE);
  g_autofree char *why = why_words (alert);
  g_autofree char *figures = figures_words (alert);
  g_autofree char *title = drug_alerts_title_of (alert);
  gboolean interrupts = mh_drug_alert_interrupts (alert);

  gtk_widget_add_css_class (row, interrupts ? "mh-warning" : "mh-inset");
  mh_box_append (row, head_of (alert, title));
  append_text (row, why, NULL);
  append_text (row, advice != NULL ? drug_alerts_translate (advice) : NULL, "dim-label");
  append_text (row, figures, "caption");
  if (mh_drug_alert_stops (alert))
    append_text (row, _ ("A second doctor has to sign as well."), "mh-bad");
  if (interrupts)
    {
      GtkWidget *answers = g_object_new (MH_TYPE_WRAP, NULL);
      mh_wrap_append (MH_WRAP (answers), reason_choice (alerts, key, title));
      mh_wrap_append (MH_WRAP (answers), note_entry (alerts, key, title));
      mh_box_append (row, answers);
    }

  return row;
}

static gboolean
is_hidden (MhRecord *alert)
{
  return g_strcmp0 (mh_record_text (alert, MH_DRUG_ALERT_SEVERITY), MH_DRUG_MINOR) == 0;
}

/* All that the rows depend on, in one text. */
static char *
gist (GPtrArray *found)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < found->len; i++)
    {
      MhRecord *alert = g_ptr_array_index (found, i);
      const char *why = mh_record_text (alert, MH_DRUG_ALERT_TEXT);
      g_string_append_printf (text, "%s\t%s\t%s\n", mh_record_text (alert, MH_DRUG_ALERT_KEY),
                              mh_record_text (alert, MH_DRUG_ALERT_SEVERITY),
                              why != NULL ? why : "");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
drug_alerts_show_rows (MhDrugAlerts *alerts, GPtrArray *found)
{
  g_autofree char *now = gist (found);
  if (g_strcmp0 (now, alerts->shown) == 0)
    return;

  g_free (alerts->shown);
  alerts->shown = g_steal_pointer (&now);
  mh_box_clear (alerts->rows);
  gint64 interrupting = 0;

  for (guint i = 0; i < found->len; i++)
    {
      MhRecord *alert = g_ptr_array_index (found, i);
      interrupting += mh_drug_alert_interrupts (alert);
      if (!is_hidden (alert))
        mh_box_append (alerts->rows, alert_row (alerts, alert));
    }

  alerts->seen = MAX (alerts->seen, interrupting);
}

static gboolean
has_lines (MhDrugAlerts *alerts)
{
  MhRecord *record = prescription_of (alerts);
  GPtrArray *lines = record != NULL ? mh_record_records (record, MH_PRESCRIPTION_LINES) : NULL;
  return lines != NULL && lines->len > 0;
}

static void
drug_alerts_show_cb (MhDrugAlerts *alerts)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  MhRecord *answer = mh_prescription_check_answer (alerts->check);
  GPtrArray *found = answer != NULL ? mh_record_records (answer, MH_DRUG_CHECK_ALERTS) : NULL;
  gboolean any = has_lines (alerts);

  drug_alerts_show_rows (alerts, found != NULL && any ? found : none);
  gtk_widget_set_visible (GTK_WIDGET (alerts->source), any);
  gtk_label_set_text (alerts->source,
                      answer == NULL ? _ ("Not checked yet: the formulary is being fetched.")
                      : mh_prescription_check_is_servers (alerts->check)
                          ? (found != NULL && found->len > 0
                                 ? _ ("Checked against all that the patient takes.")
                                 : _ ("Checked against all that the patient takes: nothing found."))
                          : _ ("Checked at this desk; the server checks again."));
}

/* --- figures --- */

static char *
figure_text (MhRecord *figure)
{
  const char *unit = mh_record_text (figure, MH_DRUG_FIGURE_UNIT);
  const char *on = mh_record_text (figure, MH_DRUG_FIGURE_ON);
  g_autofree char *day = on != NULL ? mh_words_of_date (on) : NULL;
  g_autofree char *flag = mh_flag_words (mh_record_text (figure, MH_DRUG_FIGURE_FLAG));
  g_autofree char *value = g_strdup_printf ("%s%s%s", mh_record_text (figure, MH_DRUG_FIGURE_VALUE),
                                            unit != NULL ? " " : "", unit != NULL ? unit : "");
  g_autofree char *figures = mh_words_figures (value);
  return g_strdup_printf ("%s %s%s%s%s%s", mh_record_text (figure, MH_DRUG_FIGURE_NAME), figures,
                          flag != NULL ? " " : "", flag != NULL ? flag : "",
                          day != NULL ? " · " : "", day != NULL ? day : "");
}

static void
show_figures_cb (MhDrugAlerts *alerts)
{
  MhRecord *profile = mh_prescription_check_profile (alerts->check);
  GPtrArray *found = profile != NULL ? mh_record_records (profile, MH_DRUG_CHECK_FIGURES) : NULL;
  guint n = 0;

  mh_wrap_clear (MH_WRAP (alerts->figures));
  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      MhRecord *figure = g_ptr_array_index (found, i);
      const char *flag = mh_flag_style (mh_record_text (figure, MH_DRUG_FIGURE_FLAG));
      if (!mh_record_has (figure, MH_DRUG_FIGURE_VALUE))
        continue;
      g_autofree char *text = figure_text (figure);
      GtkWidget *chip = mh_label (text, "mh-chip");
      gtk_widget_set_halign (chip, GTK_ALIGN_START);
      if (flag != NULL)
        gtk_widget_add_css_class (chip, flag);
      mh_wrap_append (MH_WRAP (alerts->figures), chip);
      n++;
    }

  gtk_widget_set_visible (alerts->figures, n > 0);
}

/* --- from outside --- */

void
mh_drug_alerts_refresh (MhDrugAlerts *alerts)
{
  g_clear_pointer (&alerts->shown, g_free);
  alerts->seen = 0;
  mh_box_clear (alerts->rows);
  mh_prescription_check_touched (alerts->check);
  drug_alerts_show_cb (alerts);
}

static GtkWidget *
drug_alerts_find_choice (GtkWidget *widget, const char *key)
{
  if (GTK_IS_DROP_DOWN (widget) && g_strcmp0 (drug_alerts_key_of (widget), key) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = drug_alerts_find_choice (child, key);
      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Reasons of alerts that are gone are not sent. */
static void
keep_answers (MhDrugAlerts *alerts, GPtrArray *found)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < found->len; i++)
    {
      MhRecord *alert = g_ptr_array_index (found, i);
      MhRecord *answer = find_answer (alerts, mh_record_text (alert, MH_DRUG_ALERT_KEY));
      if (mh_drug_alert_interrupts (alert) && answer != NULL)
        g_ptr_array_add (kept, g_object_ref (answer));
    }
  mh_record_take_records (prescription_of (alerts), MH_PRESCRIPTION_OVERRIDES,
                          g_steal_pointer (&kept));
  mh_record_set_int (prescription_of (alerts), MH_PRESCRIPTION_ALERTS_SEEN, alerts->seen);
}

gboolean
mh_drug_alerts_check (MhDrugAlerts *alerts)
{
  MhRecord *answer = mh_prescription_check_answer (alerts->check);
  GPtrArray *found = answer != NULL ? mh_record_records (answer, MH_DRUG_CHECK_ALERTS) : NULL;
  if (!has_lines (alerts) || found == NULL)
    return TRUE;

  for (guint i = 0; i < found->len; i++)
    {
      MhRecord *alert = g_ptr_array_index (found, i);
      const char *key = mh_record_text (alert, MH_DRUG_ALERT_KEY);
      MhRecord *given = find_answer (alerts, key);
      if (!mh_drug_alert_interrupts (alert)
          || (given != NULL && mh_record_has (given, MH_DRUG_OVERRIDE_REASON)))
        continue;
      GtkWidget *choice = drug_alerts_find_choice (alerts->rows, key);
      if (choice != NULL)
        {
          gtk_widget_add_css_class (choice, "error");
          gtk_widget_grab_focus (choice);
        }
      return FALSE;
    }

  keep_answers (alerts, found);
  return TRUE;
}

void
mh_drug_alerts_setup (MhDrugAlerts *alerts, MhRecordSlot *slot, MhPrescriptionCheck *check)
{
  g_return_if_fail (alerts->slot == NULL);
  mh_pane_keep (MH_PANE (alerts), &alerts->slot, g_object_ref (slot));
  mh_pane_keep (MH_PANE (alerts), &alerts->check, g_object_ref (check));
  g_signal_connect_object (check, "changed", G_CALLBACK (drug_alerts_show_cb), alerts,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (check, "profile", G_CALLBACK (show_figures_cb), alerts,
                           G_CONNECT_SWAPPED);
}

static void
mh_drug_alerts_finalize (GObject *object)
{
  g_free (MH_DRUG_ALERTS (object)->shown);
  G_OBJECT_CLASS (mh_drug_alerts_parent_class)->finalize (object);
}

static void
mh_drug_alerts_class_init (MhDrugAlertsClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_drug_alerts_finalize;
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("clinic/prescribing/mh-drug-alerts"));
  gtk_widget_class_bind_template_child (widget, MhDrugAlerts, rows);
  gtk_widget_class_bind_template_child (widget, MhDrugAlerts, figures);
  gtk_widget_class_bind_template_child (widget, MhDrugAlerts, source);
}

static void
mh_drug_alerts_init (MhDrugAlerts *alerts)
{
  gtk_widget_init_template (GTK_WIDGET (alerts));
}
