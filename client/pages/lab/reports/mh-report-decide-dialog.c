/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mh_report_decide_dialog_show(): the second person looks at a proposed change of a report. */
#include "client/pages/lab/reports/mh-report-change-dialog.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/lab/mh-report-change.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

#define MH_TYPE_REPORT_DECIDE_DIALOG (mh_report_decide_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhReportDecideDialog,
                      mh_report_decide_dialog,
                      MH,
                      REPORT_DECIDE_DIALOG,
                      MhDialog)

struct _MhReportDecideDialog
{
  MhDialog parent_instance;
  char *change_id;
  GtkLabel *what, *who, *lines, *note, *comment, *why, *problem;
  GtkEditable *answer;
  GtkWidget *seconds; /* a line for each value that is determined twice */
  GPtrArray *found;   /* GtkEditable of each line */
  GtkWidget *verify;  /* the button beside it is bound to it */
};

G_DEFINE_FINAL_TYPE (MhReportDecideDialog, mh_report_decide_dialog, MH_TYPE_DIALOG)

static const char *
or_dash (const char *text)
{
  return text != NULL ? text : "–";
}

/* "4.1 → 4.7 mmol/L"; a remark that alone is new stands behind the value as it is. */
static char *
report_decide_dialog_value_words (MhRecord *value)
{
  const char *before = mh_record_text (value, MH_REPORT_CHANGE_VALUE_OLD);
  const char *after = mh_record_text (value, MH_REPORT_CHANGE_VALUE_NEW);
  const char *unit = mh_record_text (value, MH_REPORT_CHANGE_VALUE_UNIT);
  const char *remark = mh_record_text (value, MH_REPORT_CHANGE_VALUE_COMMENT);
  gboolean same = remark != NULL && g_strcmp0 (before, after) == 0;
  g_autofree char *pair
      = g_strdup_printf ("%s%s%s%s%s", same ? "" : or_dash (before), same ? "" : " → ",
                         or_dash (after), unit != NULL ? " " : "", unit != NULL ? unit : "");
  g_autofree char *figures = mh_words_figures (pair);

  if (remark == NULL)
    return g_steal_pointer (&figures);
  /* Translators: a value of a report, and the remark that is to stand with it */
  return g_strdup_printf (_ ("%s · remark: %s"), figures, remark);
}

char *
mh_report_change_words (MhRecord *change)
{
  GPtrArray *values = mh_record_records (change, MH_REPORT_CHANGE_VALUES);
  GString *text = g_string_new (NULL);
  for (guint i = 0; values != NULL && i < values->len; i++)
    {
      MhRecord *value = g_ptr_array_index (values, i);
      const char *name = mh_record_text (value, MH_REPORT_CHANGE_VALUE_NAME);
      g_autofree char *words = report_decide_dialog_value_words (value);
      /* Lines of the header are called by words that are translated, values by the catalogue. */
      g_string_append_printf (text, "%s%s: %s", i > 0 ? "\n" : "",
                              mh_record_has (value, MH_REPORT_CHANGE_VALUE_ANALYTE)
                                  ? or_dash (name)
                                  : _ (or_dash (name)),
                              words);
    }

  return g_string_free (text, FALSE);
}

static void
report_decide_dialog_decided_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhReportDecideDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_dialog_fail (MH_DIALOG (dialog), error, dialog->problem, dialog->verify))
    return;

  const char *status
      = outcome->record != NULL ? mh_record_text (outcome->record, MH_REPORT_CHANGE_STATUS) : NULL;
  gboolean verified = g_strcmp0 (status, MH_REPORT_CHANGE_VERIFIED) == 0;
  gboolean waits = g_strcmp0 (status, MH_REPORT_CHANGE_WAITING) == 0;

  mh_dialog_end (MH_DIALOG (dialog),
                 verified ? _ ("Released. Everybody who has read the old version is informed.")
                 : waits  ? _ ("Signed. It still needs somebody else's signature.")
                          : _ ("Returned to who proposed it."));
}

/* What this person determined of what is determined twice. */
static void
put_found (MhReportDecideDialog *dialog, MhRecord *body)
{
  for (guint i = 0; i < dialog->found->len; i++)
    {
      GtkWidget *entry = g_ptr_array_index (dialog->found, i);
      g_autofree char *field = g_strdup_printf ("values[%u]", i);
      g_autoptr (MhRecord) value = mh_record_new (&mh_report_change_value_type);
      mh_record_set_text (value, MH_REPORT_CHANGE_VALUE_ANALYTE,
                          g_object_get_data (G_OBJECT (entry), "analyte"));
      mh_record_set_text (value, MH_REPORT_CHANGE_VALUE_NEW,
                          gtk_editable_get_text (GTK_EDITABLE (entry)));
      mh_record_append (body, MH_VERIFICATION_VALUES, value);
      mh_refusal_stands_for (entry, field);
    }
}

static void
report_decide_dialog_decide (MhReportDecideDialog *dialog, const char *decision)
{
  g_autoptr (MhRecord) body = mh_record_new (&mh_verification_type);
  const char *args[] = { "id", dialog->change_id, NULL };
  const char *answer = gtk_editable_get_text (dialog->answer);

  mh_record_set_text (body, MH_VERIFICATION_DECISION, decision);
  if (answer[0] != 0)
    mh_record_set_text (body, MH_VERIFICATION_COMMENT, answer);
  if (g_str_equal (decision, MH_DECISION_VERIFY))
    put_found (dialog, body);
  gtk_widget_set_sensitive (dialog->verify, FALSE);
  mh_command_async (mh_dialog_context (MH_DIALOG (dialog)),
                    &(MhCommand){ .route = "report_change.decide", .args = args, .body = body },
                    NULL, report_decide_dialog_decided_cb, g_object_ref (dialog));
}

static void
verify_cb (MhReportDecideDialog *dialog)
{
  report_decide_dialog_decide (dialog, MH_DECISION_VERIFY);
}

static void
report_decide_dialog_back_cb (MhReportDecideDialog *dialog)
{
  if (gtk_editable_get_text (dialog->answer)[0] != 0)
    {
      report_decide_dialog_decide (dialog, MH_DECISION_RETURN);
      return;
    }
  mh_refusal_say (GTK_WIDGET (dialog->answer), _ ("Write what should be checked again."),
                  dialog->problem);
}

/* Why the buttons are grey; NULL: they are not. */
static const char *
report_decide_dialog_why_not (MhContext *context, MhRecord *change)
{
  MhRecord *user = mh_context_user (context);
  if (!mh_context_may (context, MH_MAY_VERIFY_RESULT))
    return _ ("Your role may look at changes but not verify them.");
  if (user != NULL
      && g_strcmp0 (mh_record_id (user), mh_record_text (change, MH_REPORT_CHANGE_BY_ID)) == 0)
    return _ ("You proposed this change; somebody else has to verify it.");
  if (user != NULL
      && (g_strcmp0 (mh_record_id (user), mh_record_text (change, MH_REPORT_CHANGE_LEVEL1_BY)) == 0
          || g_strcmp0 (mh_record_id (user), mh_record_text (change, MH_REPORT_CHANGE_LEVEL2_BY))
                 == 0))
    return _ ("You signed this change already; somebody else has to sign it, too.");

  return NULL;
}

static void
report_decide_dialog_set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && text[0] != 0);
}

/* Caller frees. */
static char *
with_signatures (MhRecord *change, const char *proposed)
{
  int wanted = (int)mh_record_int (change, MH_REPORT_CHANGE_LEVELS);
  int have = (int)mh_record_int (change, MH_REPORT_CHANGE_LEVEL);
  if (wanted <= 1)
    return g_strdup (proposed);
  g_autofree char *count = g_strdup_printf (_ ("%d of %d signatures"), have, wanted);
  const char *first = mh_record_text (change, MH_REPORT_CHANGE_LEVEL1_NAME);
  const char *second = mh_record_text (change, MH_REPORT_CHANGE_LEVEL2_NAME);
  return g_strdup_printf ("%s\n%s%s%s%s%s", proposed, count, first != NULL ? ": " : "",
                          first != NULL ? first : "", second != NULL ? ", " : "",
                          second != NULL ? second : "");
}

static void
add_second (MhReportDecideDialog *dialog, MhRecord *value)
{
  const char *name = mh_record_text (value, MH_REPORT_CHANGE_VALUE_NAME);
  const char *analyte = mh_record_text (value, MH_REPORT_CHANGE_VALUE_ANALYTE);
  g_autofree char *asked = g_strdup_printf (_ ("%s as you determined it yourself"), or_dash (name));
  g_autofree char *named = g_strconcat ("second of ", analyte, NULL);
  GtkWidget *row = mh_hbox (9), *label = mh_label (asked, NULL), *entry = gtk_entry_new ();

  gtk_widget_set_hexpand (label, TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 8);
  mh_accessible_name (entry, asked);
  gtk_widget_set_name (entry, named);
  g_object_set_data_full (G_OBJECT (entry), "analyte", g_strdup (analyte), g_free);
  mh_box_append (row, label);
  mh_box_append (row, entry);
  mh_box_append (dialog->seconds, row);
  g_ptr_array_add (dialog->found, entry);
}

/* Whoever signs first determines it, too. */
static void
fill_seconds (MhReportDecideDialog *dialog, MhRecord *change)
{
  GPtrArray *values = mh_record_records (change, MH_REPORT_CHANGE_VALUES);
  for (guint i = 0; values != NULL && i < values->len; i++)
    {
      MhRecord *value = g_ptr_array_index (values, i);
      if (mh_record_bool (value, MH_REPORT_CHANGE_VALUE_SECOND_WANTED)
          && !mh_record_has (value, MH_REPORT_CHANGE_VALUE_SECOND_VALUE))
        add_second (dialog, value);
    }
  gtk_widget_set_visible (dialog->seconds, dialog->found->len > 0);
}

static void
report_decide_dialog_fill (MhReportDecideDialog *dialog, MhContext *context, MhRecord *change)
{
  const char *why = report_decide_dialog_why_not (context, change);
  const char *kind = mh_words_of_code (&mh_report_change_type.fields[MH_REPORT_CHANGE_KIND],
                                       mh_record_text (change, MH_REPORT_CHANGE_KIND));
  const char *reason = mh_words_of_code (&mh_report_change_type.fields[MH_REPORT_CHANGE_REASON],
                                         mh_record_text (change, MH_REPORT_CHANGE_REASON));
  g_autofree char *when = mh_words_time (mh_record_int (change, MH_REPORT_CHANGE_AT));
  g_autofree char *what = g_strdup_printf ("%s · %s", kind, reason);
  g_autofree char *proposed = g_strdup_printf (
      _ ("Proposed by %s · %s"), or_dash (mh_record_text (change, MH_REPORT_CHANGE_BY_NAME)), when);
  g_autofree char *who = with_signatures (change, proposed);
  g_autofree char *lines = mh_report_change_words (change);

  dialog->change_id = g_strdup (mh_record_id (change));
  report_decide_dialog_set_text (dialog->what, what);
  report_decide_dialog_set_text (dialog->who, who);
  report_decide_dialog_set_text (dialog->lines, lines);
  report_decide_dialog_set_text (dialog->note, mh_record_text (change, MH_REPORT_CHANGE_NOTE));
  report_decide_dialog_set_text (dialog->comment,
                                 mh_record_text (change, MH_REPORT_CHANGE_COMMENT));
  report_decide_dialog_set_text (dialog->why, why);
  gtk_widget_set_sensitive (dialog->verify, why == NULL);
  if (why == NULL)
    fill_seconds (dialog, change);
}

static void
mh_report_decide_dialog_finalize (GObject *object)
{
  g_free (MH_REPORT_DECIDE_DIALOG (object)->change_id);
  g_ptr_array_unref (MH_REPORT_DECIDE_DIALOG (object)->found);
  G_OBJECT_CLASS (mh_report_decide_dialog_parent_class)->finalize (object);
}

static const MhRefusalPlace places[] = {
  { "comment", "answer" },
  { NULL },
};

static void
mh_report_decide_dialog_class_init (MhReportDecideDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_DIALOG_CLASS (klass)->drafts = "report_decision";
  MH_DIALOG_CLASS (klass)->places = places;
  G_OBJECT_CLASS (klass)->finalize = mh_report_decide_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("lab/reports/mh-report-decide-dialog"));
  gtk_widget_class_bind_template_child (widget, MhReportDecideDialog, what);
  gtk_widget_class_bind_template_child (widget, MhReportDecideDialog, who);
  gtk_widget_class_bind_template_child (widget, MhReportDecideDialog, lines);
  gtk_widget_class_bind_template_child (widget, MhReportDecideDialog, note);
  gtk_widget_class_bind_template_child (widget, MhReportDecideDialog, comment);
  gtk_widget_class_bind_template_child (widget, MhReportDecideDialog, why);
  gtk_widget_class_bind_template_child (widget, MhReportDecideDialog, problem);
  gtk_widget_class_bind_template_child (widget, MhReportDecideDialog, answer);
  gtk_widget_class_bind_template_child (widget, MhReportDecideDialog, seconds);
  gtk_widget_class_bind_template_child (widget, MhReportDecideDialog, verify);
  gtk_widget_class_bind_template_callback (widget, verify_cb);
  gtk_widget_class_bind_template_callback (widget, report_decide_dialog_back_cb);
}

static void
mh_report_decide_dialog_init (MhReportDecideDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
  dialog->found = g_ptr_array_new ();
}

void
mh_report_decide_dialog_show (GtkWidget *parent, MhContext *context, MhRecord *change)
{
  MhReportDecideDialog *dialog
      = g_object_new (MH_TYPE_REPORT_DECIDE_DIALOG, "context", context, NULL);
  report_decide_dialog_fill (dialog, context, change);
  mh_dialog_about (MH_DIALOG (dialog), dialog->change_id);
  mh_dialog_show (MH_DIALOG (dialog), parent);
}
