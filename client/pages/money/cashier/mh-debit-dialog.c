/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/money/cashier/mh-debit-dialog.h"

#include "client/models/mh-command.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/mh-reasons.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/form/mh-field-row.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-id.h"
#include "shared/records/money/mh-invoice.h"

#include <glib/gi18n-lib.h>

#define MH_TYPE_DEBIT_DIALOG (mh_debit_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhDebitDialog, mh_debit_dialog, MH, DEBIT_DIALOG, MhDialog)

struct _MhDebitDialog
{
  MhDialog parent_instance;
  MhRecord *invoice;
  char *id;           /* of the request: asked twice it is one note */
  char *coded;        /* the code that @id is for */
  MhRecordSlot *slot; /* the line: of which test or panel it is */
  MhFieldRow *code;
  GtkBox *place;
  GtkEditable *description, *price, *note;
  GtkDropDown *reason;
  GtkLabel *what, *problem;
  GtkWidget *charge;
};

G_DEFINE_FINAL_TYPE (MhDebitDialog, mh_debit_dialog, MH_TYPE_DIALOG)

static const char *
debit_dialog_reason_of (MhDebitDialog *dialog)
{
  return mh_reasons_peek (dialog->reason);
}

/* What was changed is another note. */
static void
debit_dialog_typed_cb (MhDebitDialog *dialog)
{
  gint64 price = 0;
  gboolean other = g_strcmp0 (debit_dialog_reason_of (dialog), MH_DEBIT_REASON_OTHER) == 0;
  gboolean fine = mh_money_parse (gtk_editable_get_text (dialog->price), &price) && price > 0
                  && *gtk_editable_get_text (dialog->description) != '\0'
                  && (!other || *gtk_editable_get_text (dialog->note) != '\0');
  g_free (dialog->id);
  dialog->id = mh_id_new ();
  mh_dialog_complain (MH_DIALOG (dialog), NULL);
  gtk_widget_set_sensitive (dialog->charge, fine && dialog->invoice != NULL);
}

static const char *
debit_dialog_code_of (MhDebitDialog *dialog)
{
  return mh_record_text (mh_record_slot_record (dialog->slot), MH_DEBIT_LINE_CODE);
}

/* Looked at or chosen by its name it is the same note still. */
static void
code_cb (MhDebitDialog *dialog)
{
  if (mh_dialog_context (MH_DIALOG (dialog)) == NULL
      || g_strcmp0 (debit_dialog_code_of (dialog), dialog->coded) == 0)
    return;
  g_free (dialog->coded);
  dialog->coded = g_strdup (debit_dialog_code_of (dialog));
  mh_refusal_set (GTK_WIDGET (dialog->code), NULL);
  mh_dialog_touch (MH_DIALOG (dialog));
  debit_dialog_typed_cb (dialog);
}

static char *
debit_dialog_tell (MhDialog *base)
{
  return g_strdup (debit_dialog_code_of (MH_DEBIT_DIALOG (base)));
}

static void
debit_dialog_take (MhDialog *base, const char *text)
{
  MhDebitDialog *dialog = MH_DEBIT_DIALOG (base);
  mh_record_set_text (mh_record_slot_record (dialog->slot), MH_DEBIT_LINE_CODE, text);
  mh_field_row_refresh (dialog->code);
}

static void
charged_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhDebitDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (!mh_dialog_fail (MH_DIALOG (dialog), error, dialog->problem, dialog->charge))
    mh_dialog_end (MH_DIALOG (dialog),
                   _ ("The debit note is made; the order has something due again."));
}

static MhRecord *
debit_dialog_line_of (MhDebitDialog *dialog, gint64 price)
{
  MhRecord *line = mh_record_new (&mh_debit_line_type);
  mh_record_set_text (line, MH_DEBIT_LINE_DESCRIPTION, gtk_editable_get_text (dialog->description));
  mh_record_set_int (line, MH_DEBIT_LINE_QUANTITY, 1);
  mh_record_set_int (line, MH_DEBIT_LINE_PRICE, price);
  if (debit_dialog_code_of (dialog) != NULL)
    mh_record_set_text (line, MH_DEBIT_LINE_CODE, debit_dialog_code_of (dialog));
  return line;
}

static void
debit_dialog_charge_cb (MhDebitDialog *dialog)
{
  const char *args[] = { "id", mh_record_id (dialog->invoice), NULL };
  const char *note = gtk_editable_get_text (dialog->note);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (MhRecord) body = mh_record_new (&mh_debit_request_type);
  gint64 price = 0;

  if (!mh_money_parse (gtk_editable_get_text (dialog->price), &price)
      || !mh_field_row_check (dialog->code))
    return;

  const char *reason = mh_reasons_get (dialog->reason, dialog->problem);
  if (reason == NULL)
    return;

  g_ptr_array_add (lines, debit_dialog_line_of (dialog, price));
  mh_record_set_text (body, MH_DEBIT_REQUEST_ID, dialog->id);
  mh_record_set_text (body, MH_DEBIT_REQUEST_REASON, reason);
  if (*note != '\0')
    mh_record_set_text (body, MH_DEBIT_REQUEST_NOTE, note);
  mh_record_take_records (body, MH_DEBIT_REQUEST_LINES, g_steal_pointer (&lines));
  gtk_widget_set_sensitive (dialog->charge, FALSE);
  mh_command_async (mh_dialog_context (MH_DIALOG (dialog)),
                    &(MhCommand){ .route = "invoice.debit", .args = args, .body = body }, NULL,
                    charged_cb, g_object_ref (dialog));
}

static void
mh_debit_dialog_finalize (GObject *object)
{
  g_clear_object (&MH_DEBIT_DIALOG (object)->invoice);
  g_free (MH_DEBIT_DIALOG (object)->id);
  g_free (MH_DEBIT_DIALOG (object)->coded);
  G_OBJECT_CLASS (mh_debit_dialog_parent_class)->finalize (object);
}

static const MhRefusalPlace places[] = {
  { "lines", "description" },
  { NULL },
};

static void
debit_dialog_begin (MhDialog *base)
{
  MhDebitDialog *dialog = MH_DEBIT_DIALOG (base);
  mh_dialog_keep (base, &dialog->slot,
                  mh_record_slot_new (mh_dialog_context (base), &mh_debit_line_type));
  mh_record_slot_begin (dialog->slot, NULL);
  dialog->code = MH_FIELD_ROW (mh_field_row_new (dialog->slot, "code"));
  gtk_widget_set_name (GTK_WIDGET (dialog->code), "code");
  gtk_box_append (dialog->place, GTK_WIDGET (dialog->code));
  g_signal_connect_object (dialog->slot, "issues-changed", G_CALLBACK (code_cb), dialog,
                           G_CONNECT_SWAPPED);
}

static void
mh_debit_dialog_class_init (MhDebitDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_DIALOG_CLASS (klass)->drafts = "debit";
  MH_DIALOG_CLASS (klass)->tell = debit_dialog_tell;
  MH_DIALOG_CLASS (klass)->take = debit_dialog_take;
  MH_DIALOG_CLASS (klass)->begin = debit_dialog_begin;
  MH_DIALOG_CLASS (klass)->places = places;
  G_OBJECT_CLASS (klass)->finalize = mh_debit_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("money/cashier/mh-debit-dialog"));
  gtk_widget_class_bind_template_child (widget, MhDebitDialog, what);
  gtk_widget_class_bind_template_child (widget, MhDebitDialog, description);
  gtk_widget_class_bind_template_child (widget, MhDebitDialog, place);
  gtk_widget_class_bind_template_child (widget, MhDebitDialog, price);
  gtk_widget_class_bind_template_child (widget, MhDebitDialog, reason);
  gtk_widget_class_bind_template_child (widget, MhDebitDialog, note);
  gtk_widget_class_bind_template_child (widget, MhDebitDialog, problem);
  gtk_widget_class_bind_template_child (widget, MhDebitDialog, charge);
  gtk_widget_class_bind_template_callback (widget, debit_dialog_typed_cb);
  gtk_widget_class_bind_template_callback (widget, debit_dialog_charge_cb);
}

static void
mh_debit_dialog_init (MhDebitDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
  mh_reasons_fill (dialog->reason, mh_debit_reason_codes);
}

GtkWidget *
mh_debit_dialog_show (GtkWidget *parent, MhContext *context, MhRecord *invoice)
{
  MhDebitDialog *dialog = g_object_new (MH_TYPE_DEBIT_DIALOG, "context", context, NULL);
  g_autofree char *total = mh_words_value (invoice, MH_INVOICE_TOTAL);
  g_autofree char *what
      = g_strdup_printf (_ ("%s of %s stays as it is; what was charged too little is added by a"
                            " document of its own."),
                         mh_record_text (invoice, MH_INVOICE_NUMBER), total);

  dialog->invoice = g_object_ref (invoice);
  gtk_label_set_text (dialog->what, what);
  debit_dialog_typed_cb (dialog);
  mh_dialog_about (MH_DIALOG (dialog), mh_record_id (invoice));
  mh_dialog_show (MH_DIALOG (dialog), parent);
  return GTK_WIDGET (dialog);
}
