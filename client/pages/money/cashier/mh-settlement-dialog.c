/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/money/cashier/mh-settlement-dialog.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/form/mh-typed-day.h"
#include "shared/records/money/mh-settlement.h"

#include <glib/gi18n-lib.h>

#define MH_TYPE_SETTLEMENT_DIALOG (mh_settlement_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhSettlementDialog, mh_settlement_dialog, MH, SETTLEMENT_DIALOG, MhDialog)

struct _MhSettlementDialog
{
  MhDialog parent_instance;
  char *text;
  GtkDropDown *provider;
  GtkEditable *reference, *day;
  GtkLabel *what, *problem;
  GtkWidget *bring;
};

G_DEFINE_FINAL_TYPE (MhSettlementDialog, mh_settlement_dialog, MH_TYPE_DIALOG)

static void
settlement_dialog_typed_cb (MhSettlementDialog *dialog)
{
  mh_dialog_complain (MH_DIALOG (dialog), NULL);
  gtk_widget_set_sensitive (dialog->bring, dialog->text != NULL
                                               && *gtk_editable_get_text (dialog->reference) != '\0'
                                               && *gtk_editable_get_text (dialog->day) != '\0');
}

static void
settlement_dialog_brought_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhSettlementDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_dialog_fail (MH_DIALOG (dialog), error, dialog->problem, dialog->bring))
    return;
  g_autofree char *told
      = g_strdup_printf (_ ("%d lines: %d agree, %d differ"),
                         (int)mh_record_int (outcome->record, MH_SETTLEMENT_N_LINES),
                         (int)mh_record_int (outcome->record, MH_SETTLEMENT_N_MATCHED),
                         (int)mh_record_int (outcome->record, MH_SETTLEMENT_N_DIFFERENCES));
  mh_dialog_end (MH_DIALOG (dialog), told);
}

static void
settlement_dialog_bring_cb (MhSettlementDialog *dialog)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) body = mh_record_new (&mh_settlement_upload_type);
  char day[MH_DATE_LENGTH + 1];

  if (!mh_typed_day_read (dialog->day, day, &error))
    {
      mh_refusal_say (GTK_WIDGET (dialog->day), error->message, dialog->problem);
      return;
    }

  mh_record_set_text (
      body, MH_SETTLEMENT_UPLOAD_PROVIDER,
      mh_settlement_provider_codes[gtk_drop_down_get_selected (dialog->provider)].code);
  mh_record_set_text (body, MH_SETTLEMENT_UPLOAD_REFERENCE,
                      gtk_editable_get_text (dialog->reference));
  mh_record_set_text (body, MH_SETTLEMENT_UPLOAD_SETTLED_ON, day);
  mh_record_set_text (body, MH_SETTLEMENT_UPLOAD_TEXT, dialog->text);
  gtk_widget_set_sensitive (dialog->bring, FALSE);
  mh_command_async (mh_dialog_context (MH_DIALOG (dialog)),
                    &(MhCommand){ .route = "settlement.upload", .body = body }, NULL,
                    settlement_dialog_brought_cb, g_object_ref (dialog));
}

static void
mh_settlement_dialog_finalize (GObject *object)
{
  g_free (MH_SETTLEMENT_DIALOG (object)->text);
  G_OBJECT_CLASS (mh_settlement_dialog_parent_class)->finalize (object);
}

static const MhRefusalPlace places[] = {
  { "settled_on", "day" },
  { NULL },
};

static void
mh_settlement_dialog_class_init (MhSettlementDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_DIALOG_CLASS (klass)->drafts = "settlement";
  MH_DIALOG_CLASS (klass)->places = places;
  G_OBJECT_CLASS (klass)->finalize = mh_settlement_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("money/cashier/mh-settlement-dialog"));
  gtk_widget_class_bind_template_child (widget, MhSettlementDialog, what);
  gtk_widget_class_bind_template_child (widget, MhSettlementDialog, provider);
  gtk_widget_class_bind_template_child (widget, MhSettlementDialog, reference);
  gtk_widget_class_bind_template_child (widget, MhSettlementDialog, day);
  gtk_widget_class_bind_template_child (widget, MhSettlementDialog, problem);
  gtk_widget_class_bind_template_child (widget, MhSettlementDialog, bring);
  gtk_widget_class_bind_template_callback (widget, settlement_dialog_typed_cb);
  gtk_widget_class_bind_template_callback (widget, settlement_dialog_bring_cb);
}

static void
mh_settlement_dialog_init (MhSettlementDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
  mh_fill_codes (dialog->provider, mh_settlement_provider_codes);
}

GtkWidget *
mh_settlement_dialog_show (GtkWidget *parent, MhContext *context, const char *text)
{
  MhSettlementDialog *dialog = g_object_new (MH_TYPE_SETTLEMENT_DIALOG, "context", context, NULL);
  dialog->text = g_strdup (text);
  settlement_dialog_typed_cb (dialog);
  mh_dialog_show (MH_DIALOG (dialog), parent);
  mh_dialog_begin_at (GTK_WINDOW (dialog), GTK_WIDGET (dialog->reference));
  return GTK_WIDGET (dialog);
}
