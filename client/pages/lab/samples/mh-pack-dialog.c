/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/samples/mh-pack-dialog.h"

#include "client/models/mh-command.h"
#include "client/models/mh-record-list.h"
#include "client/pages/lab/samples/mh-scan-list.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-dialog.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-referral.h"

#include <glib/gi18n-lib.h>

#define MH_TYPE_PACK_DIALOG (mh_pack_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhPackDialog, mh_pack_dialog, MH, PACK_DIALOG, MhDialog)

struct _MhPackDialog
{
  MhDialog parent_instance;
  MhRecordList *labs;
  MhScanList *scans;
  GtkDropDown *lab;
  GtkListBox *tubes;
  GtkEditable *scan, *courier, *note;
  GtkLabel *problem;
};

G_DEFINE_FINAL_TYPE (MhPackDialog, mh_pack_dialog, MH_TYPE_DIALOG)

static void
pack_dialog_scanned_cb (MhPackDialog *dialog)
{
  g_autofree char *typed = g_strdup (gtk_editable_get_text (dialog->scan));
  MhScanned how;
  gtk_editable_set_text (dialog->scan, "");
  if (*typed == '\0')
    return;
  how = mh_scan_list_scan (dialog->scans, typed);
  mh_dialog_touch (MH_DIALOG (dialog));
  mh_dialog_complain (MH_DIALOG (dialog),
                      how == MH_SCANNED_BAD ? _ ("That label cannot be read; scan it again.") : "");
}

/* The tubes, while they are not packed. */
static char *
pack_dialog_tell (MhDialog *dialog)
{
  g_auto (GStrv) numbers = mh_scan_list_scanned (MH_PACK_DIALOG (dialog)->scans);
  return numbers[0] != NULL ? g_strjoinv (" ", numbers) : NULL;
}

static void
pack_dialog_take (MhDialog *dialog, const char *text)
{
  g_auto (GStrv) numbers = g_strsplit (text, " ", -1);
  for (guint i = 0; numbers[i] != NULL; i++)
    mh_scan_list_scan (MH_PACK_DIALOG (dialog)->scans, numbers[i]);
}

static void
packed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhPackDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (!mh_dialog_fail (MH_DIALOG (dialog), error, dialog->problem, NULL))
    mh_dialog_end (MH_DIALOG (dialog), _ ("Packed. Print the manifest and send it."));
}

static void
pack_cb (MhPackDialog *dialog)
{
  g_autoptr (MhRecord) lab = g_list_model_get_item (G_LIST_MODEL (dialog->labs),
                                                    gtk_drop_down_get_selected (dialog->lab));
  g_auto (GStrv) numbers = mh_scan_list_scanned (dialog->scans);

  if (lab == NULL || numbers[0] == NULL)
    {
      mh_refusal_say (lab == NULL ? GTK_WIDGET (dialog->lab) : GTK_WIDGET (dialog->scan),
                      lab == NULL ? _ ("Add the laboratory first.")
                                  : _ ("Scan the tubes that are to be sent."),
                      dialog->problem);
      return;
    }

  g_autoptr (MhRecord) referral = mh_record_new (&mh_referral_type);
  mh_record_take_text (referral, MH_ID, mh_id_new ());
  mh_record_set_text (referral, MH_REFERRAL_LAB_ID, mh_record_id (lab));
  mh_record_set_list (referral, MH_REFERRAL_ACCESSIONS, (const char *const *)numbers);
  if (*gtk_editable_get_text (dialog->courier) != '\0')
    mh_record_set_text (referral, MH_REFERRAL_COURIER, gtk_editable_get_text (dialog->courier));
  if (*gtk_editable_get_text (dialog->note) != '\0')
    mh_record_set_text (referral, MH_REFERRAL_NOTE, gtk_editable_get_text (dialog->note));
  mh_dialog_set_busy (MH_DIALOG (dialog), TRUE);
  mh_command_async (mh_dialog_context (MH_DIALOG (dialog)),
                    &(MhCommand){ .route = "referral.create", .body = referral }, NULL, packed_cb,
                    g_object_ref (dialog));
}

static void
mh_pack_dialog_finalize (GObject *object)
{
  mh_scan_list_free (MH_PACK_DIALOG (object)->scans);
  G_OBJECT_CLASS (mh_pack_dialog_parent_class)->finalize (object);
}

static char *
lab_name_cb (MhRecord *lab)
{
  return lab != NULL ? g_strdup (mh_record_text (lab, MH_REFERENCE_LAB_NAME)) : NULL;
}

static void
pack_dialog_begin (MhDialog *parent)
{
  static const char *const all[] = { "limit", "200", NULL };
  MhPackDialog *dialog = MH_PACK_DIALOG (parent);
  mh_dialog_keep (parent, &dialog->labs,
                  mh_record_list_new (mh_dialog_context (parent), "reference_lab.list"));
  g_autoptr (GtkExpression) name = gtk_cclosure_expression_new (
      G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (lab_name_cb), NULL, NULL);
  gtk_drop_down_set_expression (dialog->lab, name);
  gtk_drop_down_set_model (dialog->lab, G_LIST_MODEL (dialog->labs));
  mh_record_list_set_args (dialog->labs, all);
}

static const MhRefusalPlace places[] = {
  { "lab_id", "lab" },
  { "accessions", "scan" },
  { NULL },
};

static void
mh_pack_dialog_class_init (MhPackDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_DIALOG_CLASS (klass)->drafts = "pack";
  MH_DIALOG_CLASS (klass)->tell = pack_dialog_tell;
  MH_DIALOG_CLASS (klass)->take = pack_dialog_take;
  MH_DIALOG_CLASS (klass)->places = places;
  G_OBJECT_CLASS (klass)->finalize = mh_pack_dialog_finalize;
  MH_DIALOG_CLASS (klass)->begin = pack_dialog_begin;
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/samples/mh-pack-dialog"));
  gtk_widget_class_bind_template_child (widget, MhPackDialog, lab);
  gtk_widget_class_bind_template_child (widget, MhPackDialog, tubes);
  gtk_widget_class_bind_template_child (widget, MhPackDialog, scan);
  gtk_widget_class_bind_template_child (widget, MhPackDialog, courier);
  gtk_widget_class_bind_template_child (widget, MhPackDialog, note);
  gtk_widget_class_bind_template_child (widget, MhPackDialog, problem);
  gtk_widget_class_bind_template_callback (widget, pack_dialog_scanned_cb);
  gtk_widget_class_bind_template_callback (widget, pack_cb);
  mh_closures_bind (widget);
}

static void
mh_pack_dialog_init (MhPackDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
  dialog->scans = mh_scan_list_new (dialog->tubes);
}

void
mh_pack_dialog_show (GtkWidget *parent, MhContext *context)
{
  MhPackDialog *dialog = g_object_new (MH_TYPE_PACK_DIALOG, "context", context, NULL);
  mh_dialog_show (MH_DIALOG (dialog), parent);
}
