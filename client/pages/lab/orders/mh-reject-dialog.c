/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/orders/mh-reject-dialog.h"

#include "client/models/mh-command.h"
#include "client/pages/mh-reasons.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/rules/lab/mh-order-rules.h"

#include <glib/gi18n-lib.h>

#define MH_TYPE_REJECT_DIALOG (mh_reject_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhRejectDialog, mh_reject_dialog, MH, REJECT_DIALOG, MhDialog)

struct _MhRejectDialog
{
  MhDialog parent_instance;
  GListStore *tubes; /* those that can be rejected, in the order of the choice */
  char *birth_date;
  GtkDropDown *tube, *reason, *haemolysis, *icterus, *lipaemia;
  GtkEditable *note;
  GtkLabel *problem, *hint;
  GtkWidget *accept;
};

G_DEFINE_FINAL_TYPE (MhRejectDialog, mh_reject_dialog, MH_TYPE_DIALOG)

static MhRecord *
chosen_tube (MhRejectDialog *dialog)
{
  return g_list_model_get_item (G_LIST_MODEL (dialog->tubes),
                                gtk_drop_down_get_selected (dialog->tube));
}

/* Liquor, tissue, a newborn's blood: they cannot be drawn again at will. */
static void
tube_cb (MhRejectDialog *dialog)
{
  g_autoptr (MhRecord) tube = dialog->tubes != NULL ? chosen_tube (dialog) : NULL;
  g_autoptr (GTimeZone) zone = mh_when_zone ();
  int age = -1;
  MhDate birth;
  if (tube != NULL && dialog->birth_date != NULL && mh_date_parse (dialog->birth_date, &birth))
    age = mh_age_days (birth,
                       mh_date_of_instant (mh_record_int (tube, MH_SAMPLE_COLLECTED_AT), zone));

  gboolean precious
      = tube != NULL
        && mh_sample_rules_is_irreplaceable (mh_record_text (tube, MH_SAMPLE_SPECIMEN), age);
  gboolean here
      = tube != NULL
        && g_strcmp0 (mh_record_text (tube, MH_SAMPLE_STATUS), MH_SAMPLE_STATUS_RECEIVED) == 0;

  gtk_label_set_text (dialog->hint, _ ("This sample cannot simply be drawn again. It may be run "
                                       "with a comment that the report shows."));
  gtk_widget_set_visible (GTK_WIDGET (dialog->hint), precious);
  gtk_widget_set_visible (dialog->accept, here);
}

static void
rejected_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhRejectDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_dialog_fail (MH_DIALOG (dialog), error, dialog->problem, NULL))
    return;
  gboolean rejected
      = outcome->record == NULL || mh_record_type (outcome->record) != &mh_sample_type
        || g_strcmp0 (mh_record_text (outcome->record, MH_SAMPLE_STATUS), MH_SAMPLE_STATUS_REJECTED)
               == 0;
  mh_dialog_end (MH_DIALOG (dialog), rejected ? _ ("Rejected. A new tube waits to be collected.")
                                              : _ ("Accepted with the comment."));
}

/* 0 of each choice: not looked at. */
static void
set_indices (MhRejectDialog *dialog, MhRecord *event)
{
  const struct
  {
    GtkDropDown *choice;
    guint field;
  } rows[] = { { dialog->haemolysis, MH_CUSTODY_EVENT_HAEMOLYSIS },
               { dialog->icterus, MH_CUSTODY_EVENT_ICTERUS },
               { dialog->lipaemia, MH_CUSTODY_EVENT_LIPAEMIA } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint chosen = gtk_drop_down_get_selected (rows[i].choice);
      if (chosen > 0 && chosen != GTK_INVALID_LIST_POSITION)
        mh_record_set_int (event, rows[i].field, chosen - 1);
    }
}

static void
reject_dialog_submit (MhRejectDialog *dialog, const char *what)
{
  g_autoptr (MhRecord) tube = chosen_tube (dialog);
  const char *reason = mh_reasons_get (dialog->reason, dialog->problem);
  const char *note = gtk_editable_get_text (dialog->note);
  if (tube == NULL || reason == NULL)
    return;

  g_autoptr (MhRecord) event = mh_record_new (&mh_custody_event_type);
  const char *args[] = { "id", mh_record_id (tube), NULL };
  mh_record_take_text (event, MH_ID, mh_id_new ());
  mh_record_set_text (event, MH_CUSTODY_EVENT_EVENT, what);
  mh_record_set_text (event, MH_CUSTODY_EVENT_REASON, reason);
  set_indices (dialog, event);
  if (note[0] != 0)
    mh_record_set_text (event, MH_CUSTODY_EVENT_NOTE, note);
  mh_command_async (mh_dialog_context (MH_DIALOG (dialog)),
                    &(MhCommand){ .route = "custody.add", .args = args, .body = event }, NULL,
                    rejected_cb, g_object_ref (dialog));
}

static void
reject_dialog_reject_cb (MhRejectDialog *dialog)
{
  reject_dialog_submit (dialog, MH_CUSTODY_REJECTED);
}

static void
reject_dialog_accept_cb (MhRejectDialog *dialog)
{
  reject_dialog_submit (dialog, MH_CUSTODY_ACCEPTED);
}

static void
fill_indices (GtkDropDown *choice)
{
  static const char *const grades[] = { N_ ("–"),          N_ ("0 none"),   N_ ("1 slight"),
                                        N_ ("2 moderate"), N_ ("3 marked"), N_ ("4 gross") };
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (grades); i++)
    gtk_string_list_append (words, _ (grades[i]));
  gtk_drop_down_set_model (choice, G_LIST_MODEL (words));
}

static void
fill_tubes (MhRejectDialog *dialog, GPtrArray *samples)
{
  static const char *const drawn[] = { MH_SAMPLE_STATUS_COLLECTED, MH_SAMPLE_STATUS_IN_TRANSIT,
                                       MH_SAMPLE_STATUS_RECEIVED, NULL };
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  for (guint i = 0; samples != NULL && i < samples->len; i++)
    {
      MhRecord *sample = g_ptr_array_index (samples, i);
      const char *status = mh_record_text (sample, MH_SAMPLE_STATUS);
      if (status == NULL || !g_strv_contains (drawn, status))
        continue;
      g_list_store_append (dialog->tubes, sample);
      gtk_string_list_append (words, mh_record_text (sample, MH_SAMPLE_ACCESSION));
    }

  gtk_drop_down_set_model (dialog->tube, G_LIST_MODEL (words));
}

static void
mh_reject_dialog_finalize (GObject *object)
{
  g_free (MH_REJECT_DIALOG (object)->birth_date);
  G_OBJECT_CLASS (mh_reject_dialog_parent_class)->finalize (object);
}

static void
mh_reject_dialog_class_init (MhRejectDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_DIALOG_CLASS (klass)->drafts = "rejection";
  G_OBJECT_CLASS (klass)->finalize = mh_reject_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/orders/mh-reject-dialog"));
  gtk_widget_class_bind_template_child (widget, MhRejectDialog, tube);
  gtk_widget_class_bind_template_child (widget, MhRejectDialog, reason);
  gtk_widget_class_bind_template_child (widget, MhRejectDialog, note);
  gtk_widget_class_bind_template_child (widget, MhRejectDialog, problem);
  gtk_widget_class_bind_template_child (widget, MhRejectDialog, hint);
  gtk_widget_class_bind_template_child (widget, MhRejectDialog, accept);
  gtk_widget_class_bind_template_child (widget, MhRejectDialog, haemolysis);
  gtk_widget_class_bind_template_child (widget, MhRejectDialog, icterus);
  gtk_widget_class_bind_template_child (widget, MhRejectDialog, lipaemia);
  gtk_widget_class_bind_template_callback (widget, tube_cb);
  gtk_widget_class_bind_template_callback (widget, reject_dialog_accept_cb);
  gtk_widget_class_bind_template_callback (widget, reject_dialog_reject_cb);
}

static void
mh_reject_dialog_init (MhRejectDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
  mh_dialog_keep (MH_DIALOG (dialog), &dialog->tubes, g_list_store_new (MH_TYPE_RECORD));
  mh_reasons_fill (dialog->reason, mh_reject_reason_codes);
  fill_indices (dialog->haemolysis);
  fill_indices (dialog->icterus);
  fill_indices (dialog->lipaemia);
}

void
mh_reject_dialog_show (GtkWidget *parent, MhContext *context, MhRecord *order)
{
  MhRejectDialog *dialog = g_object_new (MH_TYPE_REJECT_DIALOG, "context", context, NULL);
  dialog->birth_date = g_strdup (mh_record_text (order, MH_ORDER_PATIENT_BIRTH_DATE));
  fill_tubes (dialog, mh_record_records (order, MH_ORDER_SAMPLES));
  tube_cb (dialog);

  if (g_list_model_get_n_items (G_LIST_MODEL (dialog->tubes)) == 0)
    {
      mh_shell_toast (parent, _ ("No tube of this order has been drawn."));
      gtk_window_destroy (GTK_WINDOW (dialog));
      return;
    }

  mh_dialog_about (MH_DIALOG (dialog), mh_record_id (order));
  mh_dialog_show (MH_DIALOG (dialog), parent);
}

void
mh_reject_dialog_show_tube (GtkWidget *parent,
                            MhContext *context,
                            MhRecord *sample,
                            const char *reason,
                            MhRejectTold told)
{
  MhRejectDialog *dialog = g_object_new (MH_TYPE_REJECT_DIALOG, "context", context, NULL);
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  g_ptr_array_add (one, sample);
  fill_tubes (dialog, one);
  tube_cb (dialog);
  mh_reasons_choose (dialog->reason, reason);
  g_signal_connect_data (dialog, "unmap", told.done, told.data, told.data_free, G_CONNECT_SWAPPED);
  mh_dialog_about (MH_DIALOG (dialog), mh_record_id (sample));
  mh_dialog_show (MH_DIALOG (dialog), parent);
}
