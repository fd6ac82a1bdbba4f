/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/qc/mh-qc-run-dialog.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-draft.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-when.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-text.h"
#include "shared/records/lab/mh-qc.h"
#include "shared/rules/lab/mh-westgard.h"

#include <glib/gi18n-lib.h>

#define MH_TYPE_QC_RUN_DIALOG (mh_qc_run_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhQcRunDialog, mh_qc_run_dialog, MH, QC_RUN_DIALOG, MhDialog)

struct _MhQcRunDialog
{
  MhDialog parent_instance;
  char *equipment;
  char *run_id; /* an answer may be lost on its way: the same run again */
  GPtrArray *targets;
  GPtrArray *entries; /* of GtkEntry */
  GPtrArray *hints;   /* of GtkLabel */
  GtkGrid *grid;
  GtkLabel *problem;
  GtkWidget *save;
  MhContext *kept_in; /* the context, also when the dialog is closed and waits for its answer */
  gboolean begun;     /* what was typed before stands there, or is known to be nothing */
  MhQcRunDone done;
  gpointer data;
};

G_DEFINE_FINAL_TYPE (MhQcRunDialog, mh_qc_run_dialog, MH_TYPE_DIALOG)

/* --- what is typed --- */

static gboolean
qc_run_dialog_z_of (MhRecord *target, const char *text, MhZ *out_z)
{
  MhDecimal value, mean, sd;
  g_autofree char *plain = mh_text_ascii_digits (text);
  return mh_decimal_parse (g_strstrip (plain), &value)
         && mh_decimal_parse (mh_record_text (target, MH_QC_TARGET_MEAN), &mean)
         && mh_decimal_parse (mh_record_text (target, MH_QC_TARGET_SD), &sd)
         && mh_z_of (value, mean, sd, out_z);
}

/* What is typed, as it is typed; NULL: nothing. */
static MhRecord *
qc_run_dialog_make_run (MhQcRunDialog *dialog)
{
  g_autoptr (MhRecord) run = mh_record_new (&mh_qc_run_type);
  guint n = 0;

  mh_record_set_text (run, MH_QC_RUN_ID, dialog->run_id);
  mh_record_set_text (run, MH_QC_RUN_EQUIPMENT, dialog->equipment);
  for (guint i = 0; i < dialog->entries->len; i++)
    {
      const char *text = gtk_editable_get_text (g_ptr_array_index (dialog->entries, i));
      g_autofree char *plain = mh_text_ascii_digits (text);
      g_autoptr (MhRecord) entry = mh_record_new (&mh_qc_entry_type);

      if (*g_strstrip (plain) == 0)
        continue;
      mh_record_set_text (entry, MH_QC_ENTRY_TARGET_ID,
                          mh_record_id (g_ptr_array_index (dialog->targets, i)));
      mh_record_set_text (entry, MH_QC_ENTRY_VALUE, plain);
      mh_record_append (run, MH_QC_RUN_ENTRIES, entry);
      n++;
    }

  return n > 0 ? g_steal_pointer (&run) : NULL;
}

static char *
qc_run_dialog_draft_form (MhQcRunDialog *dialog)
{
  return g_strdup_printf ("qc_run/%s", dialog->equipment);
}

/* Escape, a crash or a server that is away loses no control that was measured. */
static void
qc_run_dialog_keep_draft (MhQcRunDialog *dialog)
{
  g_autofree char *form = qc_run_dialog_draft_form (dialog);
  g_autoptr (MhRecord) run = qc_run_dialog_make_run (dialog);

  if (dialog->begun && !mh_dialog_is_closed (MH_DIALOG (dialog)))
    mh_draft_keep (dialog->kept_in, form, run);
}

static void
qc_run_dialog_typed_cb (MhQcRunDialog *dialog)
{
  gboolean any = FALSE, fine = TRUE;
  for (guint i = 0; i < dialog->entries->len; i++)
    {
      MhZ z;
      const char *text = gtk_editable_get_text (g_ptr_array_index (dialog->entries, i));
      GtkLabel *hint = g_ptr_array_index (dialog->hints, i);
      gboolean is_number = qc_run_dialog_z_of (g_ptr_array_index (dialog->targets, i), text, &z);
      g_autofree char *score = is_number ? mh_z_text (z, 2) : NULL;
      g_autofree char *words = score != NULL ? g_strdup_printf ("z %s", score) : NULL;
      int beyond = !is_number ? 0 : mh_z_beyond (z, 3) != 0 ? 3 : mh_z_beyond (z, 2) != 0 ? 2 : 0;
      any = any || *text != 0;
      fine = fine && (*text == 0 || is_number);
      gtk_label_set_text (hint, *text == 0 ? "" : words == NULL ? _ ("enter a number") : words);
      gtk_widget_remove_css_class (GTK_WIDGET (hint), "mh-critical");
      gtk_widget_remove_css_class (GTK_WIDGET (hint), "mh-soon");
      if (beyond > 0)
        gtk_widget_add_css_class (GTK_WIDGET (hint), beyond == 3 ? "mh-critical" : "mh-soon");
    }

  gtk_widget_set_sensitive (dialog->save, any && fine);
  qc_run_dialog_keep_draft (dialog);
}

static void
qc_run_dialog_recall (MhQcRunDialog *dialog, MhRecord *entry)
{
  for (guint i = 0; i < dialog->targets->len; i++)
    {
      GtkEditable *field = g_ptr_array_index (dialog->entries, i);
      const char *id = mh_record_id (g_ptr_array_index (dialog->targets, i));

      if (g_strcmp0 (id, mh_record_text (entry, MH_QC_ENTRY_TARGET_ID)) == 0
          && *gtk_editable_get_text (field) == 0)
        gtk_editable_set_text (field, mh_record_text (entry, MH_QC_ENTRY_VALUE));
    }
}

static void
qc_run_dialog_recalled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhQcRunDialog) dialog = data;
  g_autoptr (MhRecord) run = mh_draft_load_finish (result, NULL);
  GPtrArray *entries = run != NULL ? mh_record_records (run, MH_QC_RUN_ENTRIES) : NULL;

  if (mh_dialog_is_closed (MH_DIALOG (dialog)))
    return;

  if (entries != NULL)
    {
      /* the same run again, should its answer have been lost */
      g_free (dialog->run_id);
      dialog->run_id = g_strdup (mh_record_text (run, MH_QC_RUN_ID));
    }

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    qc_run_dialog_recall (dialog, g_ptr_array_index (entries, i));

  dialog->begun = TRUE;
  qc_run_dialog_typed_cb (dialog);
}

static void
qc_run_dialog_next_cb (GtkWidget *entry, MhQcRunDialog *dialog)
{
  guint at = 0;
  if (!g_ptr_array_find (dialog->entries, entry, &at))
    return;
  if (at + 1 < dialog->entries->len)
    gtk_widget_grab_focus (g_ptr_array_index (dialog->entries, at + 1));
  else
    gtk_widget_grab_focus (dialog->save);
}

/* --- sending --- */

static void
qc_run_dialog_sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhQcRunDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  GtkWidget *opener = mh_dialog_opener (MH_DIALOG (dialog));

  if (mh_dialog_fail (MH_DIALOG (dialog), error, dialog->problem, dialog->save))
    return;

  g_autofree char *form = qc_run_dialog_draft_form (dialog);
  dialog->begun = FALSE;
  mh_draft_keep (dialog->kept_in, form, NULL);
  if (opener != NULL)
    dialog->done (opener, outcome->waiting ? NULL : outcome->record, dialog->data);
  mh_dialog_end (MH_DIALOG (dialog), NULL);
}

static void
qc_run_dialog_save_cb (MhQcRunDialog *dialog)
{
  g_autoptr (MhRecord) run = qc_run_dialog_make_run (dialog);

  if (run == NULL || !gtk_widget_get_sensitive (dialog->save))
    return;
  mh_record_set_int (run, MH_QC_RUN_AT, mh_when_now ());
  gtk_widget_set_sensitive (dialog->save, FALSE);
  mh_command_async (mh_dialog_context (MH_DIALOG (dialog)),
                    &(MhCommand){ .route = "qc_run.add", .body = run }, NULL, qc_run_dialog_sent_cb,
                    g_object_ref (dialog));
}

static gboolean
qc_run_dialog_save_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  qc_run_dialog_save_cb (MH_QC_RUN_DIALOG (widget));
  return TRUE;
}

/* --- the lines --- */

static void
qc_run_dialog_add_line (MhQcRunDialog *dialog, guint row)
{
  MhRecord *target = g_ptr_array_index (dialog->targets, row);
  const char *unit = mh_record_text (target, MH_QC_TARGET_UNIT);
  int level = (int)mh_record_int (target, MH_QC_TARGET_LEVEL);
  g_autofree char *what
      = g_strdup_printf (_ ("%s, level %d"), mh_record_text (target, MH_QC_TARGET_ANALYTE), level);
  g_autofree char *should
      = g_strdup_printf (_ ("lot %s: %s ± %s %s"), mh_record_text (target, MH_QC_TARGET_LOT),
                         mh_record_text (target, MH_QC_TARGET_MEAN),
                         mh_record_text (target, MH_QC_TARGET_SD), unit != NULL ? unit : "");
  GtkWidget *words = mh_vbox (0);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *hint = mh_label ("", "numeric");

  mh_box_append (words, mh_label (what, "heading"));
  mh_box_append (words, mh_label (should, "dim-label"));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), 8);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 6);
  gtk_widget_set_valign (entry, GTK_ALIGN_CENTER);
  mh_accessible_name (entry, what);
  gtk_label_set_width_chars (GTK_LABEL (hint), 7);
  g_signal_connect_object (entry, "changed", G_CALLBACK (qc_run_dialog_typed_cb), dialog,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "activate", G_CALLBACK (qc_run_dialog_next_cb), dialog, 0);
  gtk_grid_attach (dialog->grid, words, 0, (int)row, 1, 1);
  gtk_grid_attach (dialog->grid, entry, 1, (int)row, 1, 1);
  gtk_grid_attach (dialog->grid, hint, 2, (int)row, 1, 1);
  g_ptr_array_add (dialog->entries, entry);
  g_ptr_array_add (dialog->hints, hint);
}

static void
mh_qc_run_dialog_finalize (GObject *object)
{
  MhQcRunDialog *dialog = MH_QC_RUN_DIALOG (object);
  g_clear_object (&dialog->kept_in);
  g_free (dialog->equipment);
  g_free (dialog->run_id);
  g_ptr_array_unref (dialog->entries);
  g_ptr_array_unref (dialog->hints);
  g_clear_pointer (&dialog->targets, g_ptr_array_unref);
  G_OBJECT_CLASS (mh_qc_run_dialog_parent_class)->finalize (object);
}

static void
mh_qc_run_dialog_class_init (MhQcRunDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_qc_run_dialog_finalize;
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/qc/mh-qc-run-dialog"));
  gtk_widget_class_bind_template_child (widget, MhQcRunDialog, grid);
  gtk_widget_class_bind_template_child (widget, MhQcRunDialog, problem);
  gtk_widget_class_bind_template_child (widget, MhQcRunDialog, save);
  gtk_widget_class_bind_template_callback (widget, qc_run_dialog_save_cb);
  gtk_widget_class_add_binding (widget, GDK_KEY_Return, GDK_CONTROL_MASK, qc_run_dialog_save_key_cb,
                                NULL);
  gtk_widget_class_add_binding (widget, GDK_KEY_KP_Enter, GDK_CONTROL_MASK,
                                qc_run_dialog_save_key_cb, NULL);
}

static void
mh_qc_run_dialog_init (MhQcRunDialog *dialog)
{
  dialog->entries = g_ptr_array_new ();
  dialog->hints = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (dialog));
}

void
mh_qc_run_dialog_show (GtkWidget *opener,
                       MhContext *context,
                       const char *equipment,
                       GPtrArray *targets,
                       MhQcRunDone done,
                       gpointer data)
{
  MhQcRunDialog *dialog = g_object_new (MH_TYPE_QC_RUN_DIALOG, "context", context, NULL);
  g_autofree char *title = g_strdup_printf (_ ("Controls on %s"), equipment);
  dialog->equipment = g_strdup (equipment);
  dialog->run_id = mh_id_new ();
  dialog->targets = g_ptr_array_ref (targets);
  dialog->done = done;
  dialog->data = data;
  gtk_window_set_title (GTK_WINDOW (dialog), title);
  for (guint i = 0; i < targets->len; i++)
    qc_run_dialog_add_line (dialog, i);
  dialog->kept_in = g_object_ref (context);
  qc_run_dialog_typed_cb (dialog);
  mh_dialog_show (MH_DIALOG (dialog), opener);

  g_autofree char *form = qc_run_dialog_draft_form (dialog);
  mh_draft_load_async (context, form, &mh_qc_run_type, mh_dialog_cancellable (MH_DIALOG (dialog)),
                       qc_run_dialog_recalled_cb, g_object_ref (dialog));
  if (dialog->entries->len > 0)
    mh_dialog_begin_at (GTK_WINDOW (dialog), g_ptr_array_index (dialog->entries, 0));
}
