/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/reports/mh-report-change-dialog.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/mh-reasons.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-report-change.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result.h"
#include "shared/reports/mh-report-content.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MH_TYPE_REPORT_CHANGE_DIALOG (mh_report_change_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhReportChangeDialog,
                      mh_report_change_dialog,
                      MH,
                      REPORT_CHANGE_DIALOG,
                      MhDialog)

typedef struct
{
  char *analyte, *before;
  GtkEditable *entry; /* of the dialog's lines */
} Line;

struct _MhReportChangeDialog
{
  MhDialog parent_instance;
  char *order_id;
  GArray *lines; /* Line */
  GtkDropDown *kind, *reason;
  GtkEditable *note;
  GtkTextView *comment;
  GtkWidget *values, *value_part, *comment_part, *send;
  GtkLabel *problem, *help;
};

G_DEFINE_FINAL_TYPE (MhReportChangeDialog, mh_report_change_dialog, MH_TYPE_DIALOG)

static void
report_change_dialog_line_clear (gpointer data)
{
  Line *line = data;
  g_free (line->analyte);
  g_free (line->before);
}

static const char *
report_change_dialog_kind_of (MhReportChangeDialog *dialog)
{
  guint at = gtk_drop_down_get_selected (dialog->kind);
  return mh_report_change_kind_codes[at != GTK_INVALID_LIST_POSITION ? at : 0].code;
}

/* --- sending --- */

static void
report_change_dialog_sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhReportChangeDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (!mh_dialog_fail (MH_DIALOG (dialog), error, dialog->problem, NULL))
    mh_dialog_end (MH_DIALOG (dialog), _ ("Proposed. Somebody else has to verify it."));
}

static void
report_change_dialog_put_values (MhReportChangeDialog *dialog, MhRecord *change)
{
  for (guint i = 0, n = 0; i < dialog->lines->len; i++)
    {
      Line *line = &g_array_index (dialog->lines, Line, i);
      const char *text = gtk_editable_get_text (line->entry);
      mh_refusal_stands_for (GTK_WIDGET (line->entry), NULL);
      if (text[0] == 0 || g_strcmp0 (text, line->before) == 0)
        continue;
      g_autoptr (MhRecord) value = mh_record_new (&mh_report_change_value_type);
      mh_record_set_text (value, MH_REPORT_CHANGE_VALUE_ANALYTE, line->analyte);
      mh_record_set_text (value, MH_REPORT_CHANGE_VALUE_NEW, text);
      mh_record_append (change, MH_REPORT_CHANGE_VALUES, value);
      g_autofree char *field = g_strdup_printf ("values[%u]", n++);
      mh_refusal_stands_for (GTK_WIDGET (line->entry), field);
    }
}

static char *
comment_text (MhReportChangeDialog *dialog)
{
  GtkTextIter from, to;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (dialog->comment);
  gtk_text_buffer_get_bounds (buffer, &from, &to);
  char *text = gtk_text_buffer_get_text (buffer, &from, &to, FALSE);
  return g_strstrip (text);
}

static void
send_cb (MhReportChangeDialog *dialog)
{
  const char *args[] = { "id", dialog->order_id, NULL };
  g_autofree char *comment = comment_text (dialog);
  const char *note = gtk_editable_get_text (dialog->note);
  g_autoptr (MhRecord) change = mh_record_new (&mh_report_change_type);

  if (!gtk_widget_get_sensitive (dialog->send))
    return;

  const char *reason = mh_reasons_get (dialog->reason, dialog->problem);
  if (reason == NULL)
    return;

  mh_record_set_text (change, MH_REPORT_CHANGE_KIND, report_change_dialog_kind_of (dialog));
  mh_record_set_text (change, MH_REPORT_CHANGE_REASON, reason);
  if (note[0] != 0)
    mh_record_set_text (change, MH_REPORT_CHANGE_NOTE, note);
  if (gtk_widget_get_visible (dialog->value_part))
    report_change_dialog_put_values (dialog, change);
  if (gtk_widget_get_visible (dialog->comment_part) && comment[0] != 0)
    mh_record_set_text (change, MH_REPORT_CHANGE_COMMENT, comment);
  mh_dialog_set_busy (MH_DIALOG (dialog), TRUE);
  mh_command_async (mh_dialog_context (MH_DIALOG (dialog)),
                    &(MhCommand){ .route = "report.correct", .args = args, .body = change }, NULL,
                    report_change_dialog_sent_cb, g_object_ref (dialog));
}

/* --- what can be said --- */

static const char *
help_for (const char *kind)
{
  if (strcmp (kind, MH_REPORT_CHANGE_CORRECT) == 0)
    return _ ("Something was wrong. The new version shows the old and the new values; the header "
              "follows the patient's card.");
  if (strcmp (kind, MH_REPORT_CHANGE_AMEND) == 0)
    return _ ("Nothing was wrong, but more is known now.");
  if (strcmp (kind, MH_REPORT_CHANGE_APPEND) == 0)
    return _ ("Everything stays as it is; your comment is added.");
  return _ ("All values are struck out and count no more. The report itself is kept.");
}

static gboolean
report_change_dialog_fits_kind (const MhCode *code, gconstpointer kind)
{
  return mh_report_change_reason_fits (kind, code->code);
}

static void
report_change_dialog_kind_cb (MhReportChangeDialog *dialog)
{
  const char *kind = report_change_dialog_kind_of (dialog);
  gboolean withdraw = strcmp (kind, MH_REPORT_CHANGE_WITHDRAW) == 0;
  mh_reasons_fill_fitting (dialog->reason, mh_report_reason_codes, report_change_dialog_fits_kind,
                           kind);
  gtk_widget_set_visible (dialog->value_part,
                          !withdraw && strcmp (kind, MH_REPORT_CHANGE_APPEND) != 0);
  gtk_widget_set_visible (dialog->comment_part, !withdraw);
  gtk_label_set_text (dialog->help, help_for (kind));
  if (withdraw)
    gtk_widget_add_css_class (dialog->send, "destructive-action");
  else
    gtk_widget_remove_css_class (dialog->send, "destructive-action");
}

static void
report_change_dialog_next_cb (GtkWidget *entry)
{
  gtk_widget_child_focus (GTK_WIDGET (gtk_widget_get_root (entry)), GTK_DIR_TAB_FORWARD);
}

static void
report_change_dialog_add_line (MhReportChangeDialog *dialog, MhRecord *result)
{
  const char *words = mh_record_text (result, MH_RESULT_VALUE_TEXT);
  const char *value = mh_record_text (result, MH_RESULT_VALUE);
  const char *name = mh_record_text (result, MH_RESULT_NAME);
  const char *unit = mh_record_text (result, MH_RESULT_UNIT);
  const char *before = words != NULL ? words : value;
  GtkWidget *row = mh_hbox (9), *entry = gtk_entry_new ();
  g_autofree char *shown
      = g_strdup_printf ("%s %s", before != NULL ? before : "–", unit != NULL ? unit : "");
  g_autofree char *figures = mh_words_figures (shown);
  const char *analyte = mh_record_text (result, MH_RESULT_ANALYTE);
  g_autofree char *named = g_strconcat ("value of ", analyte, NULL);
  g_autofree char *spoken = g_strdup_printf (_ ("New value of %s"), name != NULL ? name : "");
  GtkWidget *label = mh_label (name, NULL), *old = mh_label (figures, "numeric");

  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (old, "dim-label");
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 8);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), before);
  mh_accessible_name (entry, spoken);
  gtk_widget_set_name (entry, named);
  g_signal_connect (entry, "activate", G_CALLBACK (report_change_dialog_next_cb), NULL);
  mh_box_append (row, label);
  mh_box_append (row, old);
  mh_box_append (row, entry);
  mh_box_append (dialog->values, row);

  Line line = { g_strdup (analyte), g_strdup (before), GTK_EDITABLE (entry) };
  g_array_append_val (dialog->lines, line);
}

static void
report_change_dialog_fill (MhReportChangeDialog *dialog, MhRecord *report)
{
  g_autoptr (MhLabReport) content = mh_lab_report_from_record (report, NULL);
  dialog->order_id = g_strdup (mh_record_text (report, MH_REPORT_ORDER_ID));
  for (guint i = 0; content != NULL && i < content->results->len; i++)
    {
      MhRecord *result = g_ptr_array_index (content->results, i);
      /* What is worked out follows by itself. */
      if (g_strcmp0 (mh_record_text (result, MH_RESULT_KIND), MH_ANALYTE_KIND_CALCULATED) != 0)
        report_change_dialog_add_line (dialog, result);
    }
  report_change_dialog_kind_cb (dialog);
}

static void
mh_report_change_dialog_finalize (GObject *object)
{
  MhReportChangeDialog *dialog = MH_REPORT_CHANGE_DIALOG (object);
  g_free (dialog->order_id);
  g_clear_pointer (&dialog->lines, g_array_unref);
  G_OBJECT_CLASS (mh_report_change_dialog_parent_class)->finalize (object);
}

static void
mh_report_change_dialog_class_init (MhReportChangeDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_DIALOG_CLASS (klass)->drafts = "report_change";
  G_OBJECT_CLASS (klass)->finalize = mh_report_change_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("lab/reports/mh-report-change-dialog"));
  gtk_widget_class_bind_template_child (widget, MhReportChangeDialog, kind);
  gtk_widget_class_bind_template_child (widget, MhReportChangeDialog, reason);
  gtk_widget_class_bind_template_child (widget, MhReportChangeDialog, note);
  gtk_widget_class_bind_template_child (widget, MhReportChangeDialog, comment);
  gtk_widget_class_bind_template_child (widget, MhReportChangeDialog, values);
  gtk_widget_class_bind_template_child (widget, MhReportChangeDialog, value_part);
  gtk_widget_class_bind_template_child (widget, MhReportChangeDialog, comment_part);
  gtk_widget_class_bind_template_child (widget, MhReportChangeDialog, send);
  gtk_widget_class_bind_template_child (widget, MhReportChangeDialog, problem);
  gtk_widget_class_bind_template_child (widget, MhReportChangeDialog, help);
  gtk_widget_class_bind_template_callback (widget, send_cb);
  gtk_widget_class_bind_template_callback (widget, report_change_dialog_kind_cb);
  mh_closures_bind (widget);
}

static void
mh_report_change_dialog_init (MhReportChangeDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
  dialog->lines = g_array_new (FALSE, TRUE, sizeof (Line));
  g_array_set_clear_func (dialog->lines, report_change_dialog_line_clear);
  mh_fill_codes (dialog->kind, mh_report_change_kind_codes);
}

void
mh_report_change_dialog_show (GtkWidget *parent, MhContext *context, MhRecord *report)
{
  MhReportChangeDialog *dialog
      = g_object_new (MH_TYPE_REPORT_CHANGE_DIALOG, "context", context, NULL);
  report_change_dialog_fill (dialog, report);
  if (dialog->lines->len > 0)
    mh_dialog_begin_at (GTK_WINDOW (dialog),
                        GTK_WIDGET (g_array_index (dialog->lines, Line, 0).entry));
  mh_dialog_about (MH_DIALOG (dialog), dialog->order_id);
  mh_dialog_show (MH_DIALOG (dialog), parent);
}
