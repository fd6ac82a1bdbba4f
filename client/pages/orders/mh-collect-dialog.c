/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/orders/mh-collect-dialog.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-read.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/orders/mh-order-papers.h"
#include "client/widgets/mh-marks.h"
#include "client/widgets/mh-shell.h"
#include "shared/base/mh-check-digit.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-id.h"
#include "shared/records/mh-records.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *code, *words;
} identifiers[] = {
  { MH_IDENTIFIER_NAME, N_ ("Name, said by the patient") },
  { MH_IDENTIFIER_BIRTH_DATE, N_ ("Date of birth") },
  { MH_IDENTIFIER_MRN, N_ ("MRN on card or wristband") },
  { MH_IDENTIFIER_PHONE, N_ ("Phone") },
};

typedef struct
{
  MhContext *context;
  MhRecord *order;
  GtkWindow *window;
  GtkWidget *who, *checks[G_N_ELEMENTS (identifiers)], *pay, *pay_label, *scan, *message, *tubes;
  GCancellable *cancellable;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *dialog = data;
  g_cancellable_cancel (dialog->cancellable);
  g_object_unref (dialog->cancellable);
  g_clear_object (&dialog->order);
  g_object_unref (dialog->context);
  g_free (dialog);
}

/* Every callback holds the window; its data is the dialog. NULL once the window is closed. */
static Dialog *
dialog_of (GtkWindow *window)
{
  return g_object_get_data (G_OBJECT (window), "dialog");
}

static void
say (Dialog *dialog, const char *text, gboolean wrong)
{
  gtk_label_set_text (GTK_LABEL (dialog->message), text);
  gtk_widget_remove_css_class (dialog->message, "error");
  gtk_widget_remove_css_class (dialog->message, "success");
  gtk_widget_add_css_class (dialog->message, wrong ? "error" : "success");
}

static guint
n_checked (Dialog *dialog)
{
  guint n = 0;
  for (guint i = 0; i < G_N_ELEMENTS (identifiers); i++)
    n += gtk_check_button_get_active (GTK_CHECK_BUTTON (dialog->checks[i]));
  return n;
}

/* --- the order as it stands --- */

static void
show_tubes (Dialog *dialog)
{
  GPtrArray *samples = mh_record_records (dialog->order, MH_ORDER_SAMPLES);
  mh_box_clear (dialog->tubes);
  for (guint i = 0; samples != NULL && i < samples->len; i++)
    {
      MhRecord *sample = g_ptr_array_index (samples, i);
      GtkWidget *row = mh_hbox (MH_GAP);
      const char *colour = mh_record_text (sample, MH_SAMPLE_COLOUR);
      g_autofree char *text = g_strdup_printf (
          "%s · %s · %s", mh_record_text (sample, MH_SAMPLE_ACCESSION),
          mh_record_text (sample, MH_SAMPLE_CONTAINER), colour != NULL ? colour : "");
      GtkWidget *label = mh_label (text, NULL);
      gtk_widget_set_hexpand (label, TRUE);
      mh_box_append (row, label);
      mh_box_append (row, mh_status_pill_new (mh_record_text (sample, MH_SAMPLE_STATUS), NULL));
      mh_box_append (dialog->tubes, row);
    }
}

static void
show_order (Dialog *dialog)
{
  gint64 due = mh_record_int (dialog->order, MH_ORDER_DUE);
  g_autofree char *money
      = mh_money_display (due, mh_record_text (dialog->order, MH_ORDER_CURRENCY));
  g_autofree char *label = g_strdup_printf (_ ("Take %s in cash"), money);
  g_autofree char *who
      = g_strdup_printf ("%s · %s", mh_record_text (dialog->order, MH_ORDER_PATIENT_NAME),
                         mh_record_text (dialog->order, MH_ORDER_PATIENT_MRN));
  gtk_label_set_text (GTK_LABEL (dialog->who), who);
  gtk_button_set_label (GTK_BUTTON (dialog->pay), label);
  gtk_widget_set_visible (dialog->pay, due > 0 && mh_context_may (dialog->context, "payment.take"));
  show_tubes (dialog);
}

static void
order_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWindow) window = data;
  Dialog *dialog = dialog_of (window);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) order = mh_read_finish (result, &error);
  if (dialog == NULL)
    return;
  if (order == NULL)
    {
      say (dialog, error->message, TRUE);
      return;
    }
  g_set_object (&dialog->order, order);
  show_order (dialog);
}

static void
reload (Dialog *dialog, const char *order_id)
{
  mh_read_async (dialog->context, "order.read", order_id, NULL, order_cb,
                 g_object_ref (dialog->window));
}

/* --- paying --- */

static void
paid_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWindow) window = data;
  Dialog *dialog = dialog_of (window);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_sync_submit_finish (MH_SYNC (source), result, &error);
  if (dialog == NULL)
    return;
  if (outcome == NULL)
    say (dialog, error->message, TRUE);
  else
    {
      say (dialog, _ ("Paid. Now scan each tube."), FALSE);
      reload (dialog, mh_record_id (dialog->order));
      gtk_widget_grab_focus (dialog->scan);
    }
}

static void
pay_cb (GtkButton *button, Dialog *dialog)
{
  g_autoptr (MhRecord) payment = mh_record_new (&mh_payment_type);
  const char *args[] = { "id", mh_record_id (dialog->order), NULL };
  mh_record_take_text (payment, MH_ID, mh_id_new ());
  mh_record_set_text (payment, MH_PAYMENT_METHOD, MH_METHOD_COD);
  mh_record_set_int (payment, MH_PAYMENT_AMOUNT, mh_record_int (dialog->order, MH_ORDER_DUE));
  mh_sync_submit_async (mh_context_sync (dialog->context), "payment.take", args, payment, -1, NULL,
                        NULL, paid_cb, g_object_ref (dialog->window));
}

/* --- scanning back --- */

static MhRecord *
find_tube (Dialog *dialog, const char *accession)
{
  GPtrArray *samples = mh_record_records (dialog->order, MH_ORDER_SAMPLES);
  for (guint i = 0; samples != NULL && i < samples->len; i++)
    if (g_strcmp0 (mh_record_text (g_ptr_array_index (samples, i), MH_SAMPLE_ACCESSION), accession)
        == 0)
      return g_ptr_array_index (samples, i);
  return NULL;
}

static gboolean
all_collected (Dialog *dialog)
{
  GPtrArray *samples = mh_record_records (dialog->order, MH_ORDER_SAMPLES);
  for (guint i = 0; samples != NULL && i < samples->len; i++)
    if (g_strcmp0 (mh_record_text (g_ptr_array_index (samples, i), MH_SAMPLE_STATUS),
                   MH_SAMPLE_STATUS_TO_COLLECT)
        == 0)
      return FALSE;
  return TRUE;
}

static void
collected_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWindow) window = data;
  Dialog *dialog = dialog_of (window);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_sync_submit_finish (MH_SYNC (source), result, &error);
  if (dialog == NULL)
    return;
  if (outcome == NULL)
    {
      say (dialog, error->message, TRUE);
      return;
    }
  MhRecord *tube = outcome->record != NULL
                       ? find_tube (dialog, mh_record_text (outcome->record, MH_SAMPLE_ACCESSION))
                       : NULL;
  if (tube != NULL)
    mh_record_set_text (tube, MH_SAMPLE_STATUS, mh_record_text (outcome->record, MH_SAMPLE_STATUS));
  show_tubes (dialog);
  say (dialog,
       all_collected (dialog) ? _ ("All tubes are collected.")
                              : _ ("Collected. Scan the next one."),
       FALSE);
}

static void
scanned_cb (GtkEntry *entry, Dialog *dialog)
{
  g_autofree char *accession
      = mh_accession_normalise (gtk_editable_get_text (GTK_EDITABLE (entry)));
  MhRecord *tube
      = accession != NULL && dialog->order != NULL ? find_tube (dialog, accession) : NULL;
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  if (n_checked (dialog) < 2)
    say (dialog, _ ("Compare two identifiers first."), TRUE);
  else if (accession == NULL)
    say (dialog, _ ("That label cannot be read; scan it again."), TRUE);
  else if (tube == NULL)
    say (dialog, _ ("STOP: this label belongs to another order."), TRUE);
  else
    {
      g_autoptr (MhRecord) event = mh_record_new (&mh_custody_event_type);
      const char *args[] = { "id", mh_record_id (tube), NULL };
      mh_record_take_text (event, MH_ID, mh_id_new ());
      mh_record_set_text (event, MH_CUSTODY_EVENT_EVENT, MH_CUSTODY_COLLECTED);
      mh_record_set_text (event, MH_CUSTODY_EVENT_SCANNED, accession);
      mh_record_set_int (event, MH_CUSTODY_EVENT_AT,
                         mh_clock_now (mh_context_clock (dialog->context)));
      for (guint i = 0; i < G_N_ELEMENTS (identifiers); i++)
        if (gtk_check_button_get_active (GTK_CHECK_BUTTON (dialog->checks[i])))
          mh_record_add_to_list (event, MH_CUSTODY_EVENT_IDENTIFIERS, identifiers[i].code);
      mh_sync_submit_async (mh_context_sync (dialog->context), "custody.add", args, event, -1, NULL,
                            NULL, collected_cb, g_object_ref (dialog->window));
    }
}

static void
labels_cb (GtkButton *button, Dialog *dialog)
{
  if (dialog->order != NULL)
    mh_order_papers_print (GTK_WIDGET (dialog->window), dialog->context,
                           mh_record_id (dialog->order), MH_PAPER_LABELS);
}

/* --- making it --- */

static GtkWidget *
make_content (Dialog *dialog)
{
  GtkWidget *box = mh_vbox (MH_GAP), *buttons = mh_hbox (6);
  GtkWidget *labels = gtk_button_new_with_mnemonic (_ ("Print _labels"));
  gtk_widget_add_css_class (box, "mh-pane");
  dialog->who = mh_label ("", "title-4");
  mh_box_append (box, dialog->who);
  mh_box_append (box, mh_heading (_ ("1 · Who is it? Compare two")));
  for (guint i = 0; i < G_N_ELEMENTS (identifiers); i++)
    {
      dialog->checks[i] = gtk_check_button_new_with_label (_ (identifiers[i].words));
      mh_box_append (box, dialog->checks[i]);
    }
  dialog->pay = gtk_button_new ();
  gtk_widget_set_visible (dialog->pay, FALSE);
  g_signal_connect (dialog->pay, "clicked", G_CALLBACK (pay_cb), dialog);
  g_signal_connect (labels, "clicked", G_CALLBACK (labels_cb), dialog);
  mh_box_append (box, mh_heading (_ ("2 · Label, draw, scan the label back")));
  mh_box_append (buttons, dialog->pay);
  mh_box_append (buttons, labels);
  mh_box_append (box, buttons);
  dialog->scan = gtk_entry_new ();
  g_object_set (dialog->scan, "placeholder-text", _ ("Scan the tube"), NULL);
  mh_accessible_name (dialog->scan, _ ("Scan the tube"));
  g_signal_connect (dialog->scan, "activate", G_CALLBACK (scanned_cb), dialog);
  mh_box_append (box, dialog->scan);
  dialog->message = mh_label ("", NULL);
  mh_box_append (box, dialog->message);
  dialog->tubes = mh_vbox (6);
  mh_box_append (box, mh_scrolled (dialog->tubes));
  return box;
}

void
mh_collect_dialog_show (GtkWidget *parent, MhContext *context, const char *order_id)
{
  Dialog *dialog = g_new0 (Dialog, 1);
  dialog->context = g_object_ref (context);
  dialog->cancellable = g_cancellable_new ();
  dialog->window = mh_dialog_new (parent, _ ("Collect"), make_content (dialog), 460, 560);
  g_object_set_data_full (G_OBJECT (dialog->window), "dialog", dialog, dialog_free);
  reload (dialog, order_id);
  gtk_window_present (dialog->window);
  gtk_widget_grab_focus (dialog->checks[0]);
}
