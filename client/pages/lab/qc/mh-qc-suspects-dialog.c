/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/qc/mh-qc-suspects-dialog.h"

#include "client/models/mh-fetch.h"
#include "client/models/mh-record-list.h"
#include "client/pages/lab/qc/mh-entry-dialog.h"
#include "client/pages/money/cashier/mh-file-answer.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/records/lab/mh-qc.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

#define MH_TYPE_QC_SUSPECTS_DIALOG (mh_qc_suspects_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhQcSuspectsDialog, mh_qc_suspects_dialog, MH, QC_SUSPECTS_DIALOG, MhDialog)

struct _MhQcSuspectsDialog
{
  MhDialog parent_instance;
  MhRecord *lock;
  GListStore *rows;
  MhRecordTable *table;
  GtkLabel *about;
};

G_DEFINE_FINAL_TYPE (MhQcSuspectsDialog, mh_qc_suspects_dialog, MH_TYPE_DIALOG)

/* --- the table --- */

static char *
qc_suspects_dialog_code_words (MhRecord *suspect, guint field)
{
  const char *code = mh_record_text (suspect, field);
  return g_strdup (code != NULL ? mh_words_of_code (&mh_qc_suspect_type.fields[field], code) : "");
}

static char *
qc_suspects_dialog_status_text (MhRecord *suspect)
{
  return qc_suspects_dialog_code_words (suspect, MH_QC_SUSPECT_STATUS);
}

static char *
qc_suspects_dialog_report_text (MhRecord *suspect)
{
  const char *number = mh_record_text (suspect, MH_QC_SUSPECT_REPORT);
  g_autofree char *status = qc_suspects_dialog_code_words (suspect, MH_QC_SUSPECT_REPORT_STATUS);
  gint64 copies = mh_record_int (suspect, MH_QC_SUSPECT_COPIES);
  if (number == NULL)
    return g_strdup (_ ("not released"));
  return copies > 0 ? g_strdup_printf (_ ("%s · %s · printed %d×"), number, status, (int)copies)
                    : g_strdup_printf ("%s · %s", number, status);
}

static char *
qc_suspects_dialog_decision_text (MhRecord *suspect)
{
  return qc_suspects_dialog_code_words (suspect, MH_QC_SUSPECT_DECISION);
}

static const MhTableColumn columns[] = {
  { .field = "order_number", .width = 100 },
  { .field = "patient_name", .expand = TRUE, .width = 120 },
  { .field = "patient_mrn", .width = 110 },
  { .field = "value", .width = 70, .numeric = TRUE },
  { .title = N_ ("Status"), .text = qc_suspects_dialog_status_text, .width = 90 },
  { .title = N_ ("Report"), .text = qc_suspects_dialog_report_text, .width = 150 },
  { .field = "entered_at", .width = 110 },
  { .title = N_ ("Decision"), .text = qc_suspects_dialog_decision_text, .width = 110 },
  { NULL },
};

static void
qc_suspects_dialog_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhQcSuspectsDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answer = mh_fetch_finish_list (result, &error);
  if (mh_dialog_context (MH_DIALOG (dialog)) == NULL)
    return;

  if (answer == NULL)
    {
      g_autofree char *words = mh_words_error (error);
      gtk_label_set_text (dialog->about, words);
      return;
    }

  guint n = answer->len;
  g_autofree char *since = mh_record_has (dialog->lock, MH_QC_LOCK_SINCE_AT)
                               ? mh_words_time (mh_record_int (dialog->lock, MH_QC_LOCK_SINCE_AT))
                               : g_strdup (_ ("the beginning"));
  g_autofree char *about
      = g_strdup_printf (ngettext ("%u value of %s on %s since the last good control (%s)",
                                   "%u values of %s on %s since the last good control (%s)", n),
                         n, mh_record_text (dialog->lock, MH_QC_LOCK_ANALYTE),
                         mh_record_text (dialog->lock, MH_QC_LOCK_EQUIPMENT), since);

  gtk_label_set_text (dialog->about, about);
  g_list_store_splice (dialog->rows, 0, g_list_model_get_n_items (G_LIST_MODEL (dialog->rows)),
                       answer->pdata, n);
}

static void
qc_suspects_dialog_load (MhQcSuspectsDialog *dialog)
{
  const char *args[] = { "id", mh_record_id (dialog->lock), NULL };
  mh_fetch_async (mh_dialog_context (MH_DIALOG (dialog)),
                  &(MhFetch){ .route = "qc_lock.suspects", .args = args },
                  mh_dialog_cancellable (MH_DIALOG (dialog)), qc_suspects_dialog_loaded_cb,
                  g_object_ref (dialog));
}

/* --- doing --- */

static void
qc_suspects_dialog_decided_cb (GtkWidget *opener, MhRecord *answer, gpointer data)
{
  qc_suspects_dialog_load (MH_QC_SUSPECTS_DIALOG (opener));
}

static void
qc_suspects_dialog_decide_cb (MhQcSuspectsDialog *dialog)
{
  static const char *const fields[] = { "decision", "reason", NULL };
  MhRecord *suspect = mh_record_table_current (dialog->table);
  if (suspect == NULL)
    return;

  g_autoptr (MhRecord) draft = mh_record_new (&mh_qc_review_type);
  mh_record_set_text (draft, MH_QC_REVIEW_RESULT_ID,
                      mh_record_text (suspect, MH_QC_SUSPECT_RESULT_ID));
  const MhEntryWanted wanted = { .title = _ ("What becomes of this value"),
                                 .save = _ ("_Record"),
                                 .fields = fields,
                                 .route = "qc_review.add",
                                 .id = mh_record_id (dialog->lock),
                                 .draft = draft,
                                 .done = qc_suspects_dialog_decided_cb };

  mh_entry_dialog_show (GTK_WIDGET (dialog), mh_dialog_context (MH_DIALOG (dialog)), &wanted);
}

static void
answer_to (MhQcSuspectsDialog *dialog, const char *route)
{
  GtkWidget *opener = mh_dialog_opener (MH_DIALOG (dialog));
  const char *args[] = { "id", mh_record_id (dialog->lock), NULL };
  if (opener == NULL || !MH_IS_PANE (opener))
    return;
  if (g_str_has_suffix (route, "csv"))
    mh_file_answer_save (MH_PANE (opener), route, args, "values-in-doubt.csv");
  else
    mh_file_answer_print (MH_PANE (opener), route, args, MH_PRINTER_PAGES, _ ("Results in doubt"));
}

static void
qc_suspects_dialog_csv_cb (MhQcSuspectsDialog *dialog)
{
  answer_to (dialog, "qc_suspects.csv");
}

static void
qc_suspects_dialog_print_cb (MhQcSuspectsDialog *dialog)
{
  answer_to (dialog, "qc_suspects.pdf");
}

static void
mh_qc_suspects_dialog_finalize (GObject *object)
{
  g_clear_object (&MH_QC_SUSPECTS_DIALOG (object)->lock);
  G_OBJECT_CLASS (mh_qc_suspects_dialog_parent_class)->finalize (object);
}

static void
mh_qc_suspects_dialog_class_init (MhQcSuspectsDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_qc_suspects_dialog_finalize;
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("lab/qc/mh-qc-suspects-dialog"));
  gtk_widget_class_bind_template_child (widget, MhQcSuspectsDialog, table);
  gtk_widget_class_bind_template_child (widget, MhQcSuspectsDialog, about);
  gtk_widget_class_bind_template_callback (widget, qc_suspects_dialog_decide_cb);
  gtk_widget_class_bind_template_callback (widget, qc_suspects_dialog_csv_cb);
  gtk_widget_class_bind_template_callback (widget, qc_suspects_dialog_print_cb);
  mh_closures_bind (widget);
}

static void
mh_qc_suspects_dialog_init (MhQcSuspectsDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
}

void
mh_qc_suspects_dialog_show (GtkWidget *opener, MhContext *context, MhRecord *lock)
{
  MhQcSuspectsDialog *dialog = g_object_new (MH_TYPE_QC_SUSPECTS_DIALOG, "context", context, NULL);
  dialog->lock = g_object_ref (lock);
  mh_dialog_keep (MH_DIALOG (dialog), &dialog->rows, g_list_store_new (MH_TYPE_RECORD));
  mh_record_table_setup (dialog->table, "qc-suspects", &mh_qc_suspect_type, columns,
                         G_LIST_MODEL (dialog->rows), MH_TABLE_SINGLE);
  qc_suspects_dialog_load (dialog);
  mh_dialog_show (MH_DIALOG (dialog), opener);
}
