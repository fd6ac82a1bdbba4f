/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/orders/mh-reject-dialog.h"

#include "client/compat/mh-compat.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/mh-shell.h"
#include "shared/base/mh-id.h"
#include "shared/records/mh-records.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  MhContext *context;
  GPtrArray *tubes;
  GtkWindow *window;
  GtkWidget *opener, *tube, *reason, *note, *problem;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *dialog = data;
  g_ptr_array_unref (dialog->tubes);
  g_object_unref (dialog->context);
  g_clear_weak_pointer (&dialog->opener);
  g_free (dialog);
}

static void
rejected_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWindow) window = data;
  Dialog *dialog = g_object_get_data (G_OBJECT (window), "dialog");
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_sync_submit_finish (MH_SYNC (source), result, &error);
  if (outcome == NULL)
    {
      gtk_label_set_text (GTK_LABEL (dialog->problem), error->message);
      return;
    }
  if (dialog->opener != NULL)
    mh_shell_toast (dialog->opener, _ ("Rejected. A new tube waits to be collected."));
  gtk_window_destroy (window);
}

static void
reject_cb (GtkButton *button, Dialog *dialog)
{
  guint at = gtk_drop_down_get_selected (GTK_DROP_DOWN (dialog->tube));
  guint reason = gtk_drop_down_get_selected (GTK_DROP_DOWN (dialog->reason));
  const char *note = gtk_editable_get_text (GTK_EDITABLE (dialog->note));
  if (at >= dialog->tubes->len)
    return;
  g_autoptr (MhRecord) event = mh_record_new (&mh_custody_event_type);
  const char *args[] = { "id", mh_record_id (g_ptr_array_index (dialog->tubes, at)), NULL };
  mh_record_take_text (event, MH_ID, mh_id_new ());
  mh_record_set_text (event, MH_CUSTODY_EVENT_EVENT, MH_CUSTODY_REJECTED);
  mh_record_set_text (event, MH_CUSTODY_EVENT_REASON, mh_reject_reason_codes[reason].code);
  if (note[0] != 0)
    mh_record_set_text (event, MH_CUSTODY_EVENT_NOTE, note);
  mh_sync_submit_async (mh_context_sync (dialog->context), "custody.add", args, event, -1, NULL,
                        NULL, rejected_cb, g_object_ref (dialog->window));
}

static GtkWidget *
make_reasons (void)
{
  GtkStringList *words = gtk_string_list_new (NULL);
  for (const MhCode *code = mh_reject_reason_codes; code->code != NULL; code++)
    gtk_string_list_append (words, _ (code->label));
  GtkWidget *drop = gtk_drop_down_new (G_LIST_MODEL (words), NULL);
  mh_accessible_name (drop, _ ("Reason"));
  return drop;
}

static GtkWidget *
make_tubes (Dialog *dialog, MhRecord *order)
{
  static const char *const drawn[] = { MH_SAMPLE_STATUS_COLLECTED, MH_SAMPLE_STATUS_IN_TRANSIT,
                                       MH_SAMPLE_STATUS_RECEIVED, NULL };
  GtkStringList *words = gtk_string_list_new (NULL);
  GPtrArray *samples = mh_record_records (order, MH_ORDER_SAMPLES);
  for (guint i = 0; samples != NULL && i < samples->len; i++)
    {
      MhRecord *sample = g_ptr_array_index (samples, i);
      const char *status = mh_record_text (sample, MH_SAMPLE_STATUS);
      if (status == NULL || !g_strv_contains (drawn, status))
        continue;
      g_ptr_array_add (dialog->tubes, g_object_ref (sample));
      gtk_string_list_append (words, mh_record_text (sample, MH_SAMPLE_ACCESSION));
    }
  GtkWidget *drop = gtk_drop_down_new (G_LIST_MODEL (words), NULL);
  mh_accessible_name (drop, _ ("Tube"));
  return drop;
}

void
mh_reject_dialog_show (GtkWidget *parent, MhContext *context, MhRecord *order)
{
  Dialog *dialog = g_new0 (Dialog, 1);
  GtkWidget *box = mh_vbox (MH_GAP),
            *reject = gtk_button_new_with_mnemonic (_ ("_Reject this tube"));
  dialog->context = g_object_ref (context);
  dialog->tubes = g_ptr_array_new_with_free_func (g_object_unref);
  g_set_weak_pointer (&dialog->opener, parent);
  dialog->tube = make_tubes (dialog, order);
  dialog->reason = make_reasons ();
  dialog->note = gtk_entry_new ();
  g_object_set (dialog->note, "placeholder-text", _ ("Note (optional)"), NULL);
  mh_accessible_name (dialog->note, _ ("Note"));
  dialog->problem = mh_label ("", "error");
  gtk_widget_add_css_class (reject, "destructive-action");
  gtk_widget_set_sensitive (reject, dialog->tubes->len > 0);
  if (dialog->tubes->len == 0)
    gtk_label_set_text (GTK_LABEL (dialog->problem), _ ("No tube of this order has been drawn."));
  g_signal_connect (reject, "clicked", G_CALLBACK (reject_cb), dialog);
  gtk_widget_add_css_class (box, "mh-pane");
  mh_box_append (box, mh_label (_ ("Tube"), "heading"));
  mh_box_append (box, dialog->tube);
  mh_box_append (box, mh_label (_ ("Reason"), "heading"));
  mh_box_append (box, dialog->reason);
  mh_box_append (box, dialog->note);
  mh_box_append (box, dialog->problem);
  mh_box_append (box, reject);
  dialog->window = mh_dialog_new (parent, _ ("Reject a tube"), box, 420, 340);
  g_object_set_data_full (G_OBJECT (dialog->window), "dialog", dialog, dialog_free);
  gtk_window_present (dialog->window);
}
