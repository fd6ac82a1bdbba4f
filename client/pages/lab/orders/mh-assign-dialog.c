/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/orders/mh-assign-dialog.h"

#include "client/models/mh-command.h"
#include "client/models/mh-record-list.h"
#include "client/pages/mh-reasons.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-shift.h"
#include "shared/rules/lab/mh-assign.h"

#include <glib/gi18n-lib.h>

#define MH_TYPE_ASSIGN_DIALOG (mh_assign_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhAssignDialog, mh_assign_dialog, MH, ASSIGN_DIALOG, MhDialog)

struct _MhAssignDialog
{
  MhDialog parent_instance;
  MhRecordList *people;
  char *order_id;
  GtkDropDown *person, *reason;
  GtkEditable *note;
  GtkLabel *now, *problem;
  GtkWidget *assign;
};

G_DEFINE_FINAL_TYPE (MhAssignDialog, mh_assign_dialog, MH_TYPE_DIALOG)

static void
assigned_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhAssignDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_dialog_fail (MH_DIALOG (dialog), error, dialog->problem, NULL))
    return;
  const char *name = outcome->record != NULL && mh_record_type (outcome->record) == &mh_order_type
                         ? mh_record_text (outcome->record, MH_ORDER_ASSIGNED_NAME)
                         : NULL;
  g_autofree char *text
      = name != NULL ? g_strdup_printf (_ ("Given to %s."), name) : g_strdup (_ ("Assigned."));
  mh_dialog_end (MH_DIALOG (dialog), text);
}

static void
assign_dialog_assign_cb (MhAssignDialog *dialog)
{
  g_autoptr (MhRecord) person
      = gtk_drop_down_get_selected_item (dialog->person) != NULL
            ? g_object_ref (gtk_drop_down_get_selected_item (dialog->person))
            : NULL;
  g_autoptr (MhRecord) request = mh_record_new (&mh_assignment_type);
  const char *args[] = { "id", dialog->order_id, NULL };
  const char *note = gtk_editable_get_text (dialog->note);

  if (person == NULL || !gtk_widget_get_sensitive (dialog->assign))
    return;

  const char *reason = mh_reasons_get (dialog->reason, dialog->problem);
  if (reason == NULL)
    return;

  mh_record_set_text (request, MH_ASSIGNMENT_TECHNICIAN_ID,
                      mh_record_text (person, MH_TECHNICIAN_ID));
  mh_record_set_text (request, MH_ASSIGNMENT_REASON, reason);
  if (*note != '\0')
    mh_record_set_text (request, MH_ASSIGNMENT_NOTE, note);
  mh_dialog_set_busy (MH_DIALOG (dialog), TRUE);
  mh_command_async (mh_dialog_context (MH_DIALOG (dialog)),
                    &(MhCommand){ .route = "order.assign", .args = args, .body = request }, NULL,
                    assigned_cb, g_object_ref (dialog));
}

/* "Ravi Patil · 35 min · off shift" */
static char *
assign_dialog_person_text_cb (MhRecord *person)
{
  if (person == NULL)
    return NULL;
  return g_strdup_printf (mh_record_bool (person, MH_TECHNICIAN_ON_SHIFT)
                              ? _ ("%s · %d min of work")
                              : _ ("%s · %d min of work · off shift"),
                          mh_record_text (person, MH_TECHNICIAN_NAME),
                          (int)mh_record_int (person, MH_TECHNICIAN_OPEN_MINUTES));
}

static gboolean
is_manual (const MhCode *code, gconstpointer data)
{
  return mh_assign_is_manual (code->code);
}

static void
assign_dialog_begin (MhDialog *parent)
{
  MhAssignDialog *dialog = MH_ASSIGN_DIALOG (parent);
  g_autoptr (GtkExpression) name = gtk_cclosure_expression_new (
      G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (assign_dialog_person_text_cb), NULL, NULL);
  mh_dialog_keep (parent, &dialog->people,
                  mh_record_list_new (mh_dialog_context (parent), "technician.list"));
  gtk_drop_down_set_expression (dialog->person, name);
  gtk_drop_down_set_model (dialog->person, G_LIST_MODEL (dialog->people));
  mh_record_list_set_args (dialog->people, NULL);
}

static void
mh_assign_dialog_finalize (GObject *object)
{
  g_free (MH_ASSIGN_DIALOG (object)->order_id);
  G_OBJECT_CLASS (mh_assign_dialog_parent_class)->finalize (object);
}

static const MhRefusalPlace places[] = {
  { "technician_id", "person" },
  { NULL },
};

static void
mh_assign_dialog_class_init (MhAssignDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_DIALOG_CLASS (klass)->drafts = "assignment";
  MH_DIALOG_CLASS (klass)->places = places;
  G_OBJECT_CLASS (klass)->finalize = mh_assign_dialog_finalize;
  MH_DIALOG_CLASS (klass)->begin = assign_dialog_begin;
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/orders/mh-assign-dialog"));
  gtk_widget_class_bind_template_child (widget, MhAssignDialog, person);
  gtk_widget_class_bind_template_child (widget, MhAssignDialog, reason);
  gtk_widget_class_bind_template_child (widget, MhAssignDialog, note);
  gtk_widget_class_bind_template_child (widget, MhAssignDialog, now);
  gtk_widget_class_bind_template_child (widget, MhAssignDialog, problem);
  gtk_widget_class_bind_template_child (widget, MhAssignDialog, assign);
  gtk_widget_class_bind_template_callback (widget, assign_dialog_assign_cb);
  mh_closures_bind (widget);
}

static void
mh_assign_dialog_init (MhAssignDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
  mh_reasons_fill_fitting (dialog->reason, mh_assigned_reason_codes, is_manual, NULL);
}

void
mh_assign_dialog_show (GtkWidget *parent, MhContext *context, MhRecord *order)
{
  MhAssignDialog *dialog = g_object_new (MH_TYPE_ASSIGN_DIALOG, "context", context, NULL);
  const char *name = mh_record_text (order, MH_ORDER_ASSIGNED_NAME);
  g_autofree char *reason = mh_words_value (order, MH_ORDER_ASSIGNED_REASON);
  g_autofree char *now
      = name != NULL ? g_strdup_printf (_ ("Order %s is with %s: %s"),
                                        mh_record_text (order, MH_ORDER_NUMBER), name, reason)
                     : g_strdup_printf (_ ("Order %s is with nobody"),
                                        mh_record_text (order, MH_ORDER_NUMBER));

  dialog->order_id = g_strdup (mh_record_id (order));
  gtk_label_set_text (dialog->now, now);
  mh_dialog_about (MH_DIALOG (dialog), dialog->order_id);
  mh_dialog_show (MH_DIALOG (dialog), parent);
}
