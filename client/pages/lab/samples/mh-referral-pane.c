/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/samples/mh-referral-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-read.h"
#include "client/models/mh-record-list.h"
#include "client/pages/lab/samples/mh-pack-dialog.h"
#include "client/pages/money/cashier/mh-file-answer.h"
#include "client/pages/people/admin/mh-admin-dialog.h"
#include "client/widgets/base/mh-ask-text.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-master-detail.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/records/lab/mh-referral.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/rules/lab/mh-referral-rules.h"

#include <glib/gi18n-lib.h>

struct _MhReferralPane
{
  MhPane parent_instance;
  MhRecordList *list;
  GListStore *tubes;
  MhRecord *referral;
  char *wanted; /* id of what is shown or on its way */
  MhMasterDetail master_detail;
  MhSplit *split;
  MhRecordTable *table, *items;
  GtkLabel *title, *facts;
};

G_DEFINE_FINAL_TYPE (MhReferralPane, mh_referral_pane, MH_TYPE_PANE)

static char *
referral_pane_counts_text (MhRecord *referral)
{
  return g_strdup_printf (_ ("%d tubes, %d without result"),
                          (int)mh_record_int (referral, MH_REFERRAL_N_TUBES),
                          (int)mh_record_int (referral, MH_REFERRAL_N_OPEN));
}

static const MhTableColumn columns[] = {
  { .field = "number", .width = 100 },
  { .field = "lab_name", .width = 130, .expand = TRUE, .line = MH_LINE_TITLE },
  { .field = "status", .width = 120, .line = MH_LINE_TRAILING },
  { .field = "n_open", .width = 70, .line = MH_LINE_NONE },
  { .field = "due_at", .width = 100, .line = MH_LINE_NONE },
  { .text = referral_pane_counts_text, .only_line = TRUE },
  { NULL },
};
static const MhTableColumn tube_columns[] = {
  { .field = "accession", .width = 120 },
  { .field = "patient_name", .width = 130, .expand = TRUE },
  { .field = "test_names", .width = 100, .expand = TRUE },
  { .field = "state", .width = 120, .line = MH_LINE_TRAILING },
  { NULL },
};

static MhContext *
referral_pane_context_of (MhReferralPane *pane)
{
  return mh_pane_context (MH_PANE (pane));
}

/* --- the one on show --- */

/* Only what may follow is offered. */
static void
referral_pane_show_steps (MhReferralPane *pane)
{
  const char *status
      = pane->referral != NULL ? mh_record_text (pane->referral, MH_REFERRAL_STATUS) : NULL;
  for (const MhCode *step = mh_referral_step_codes; step->code != NULL; step++)
    {
      g_autofree char *action = g_strconcat ("referral.", step->code, NULL);
      gtk_widget_action_set_enabled (GTK_WIDGET (pane), action,
                                     mh_referral_rules_status (status, step->code) != NULL);
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (pane), "referral.manifest", pane->referral != NULL);
}

static void
referral_pane_add_fact (GString *text, MhRecord *referral, guint field)
{
  g_autofree char *value = mh_words_value (referral, field);
  if (mh_record_has (referral, field))
    g_string_append_printf (text, "%s%s: %s", text->len > 0 ? " · " : "",
                            mh_words_label (&mh_referral_type.fields[field]), value);
}

static void
show_referral (MhReferralPane *pane, MhRecord *referral)
{
  static const guint facts[] = { MH_REFERRAL_STATUS,      MH_REFERRAL_SENT_AT, MH_REFERRAL_DUE_AT,
                                 MH_REFERRAL_RETURNED_AT, MH_REFERRAL_COURIER, MH_REFERRAL_NOTE };
  GPtrArray *items = mh_record_records (referral, MH_REFERRAL_ITEMS);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *title
      = g_strdup_printf ("%s · %s", mh_record_text (referral, MH_REFERRAL_NUMBER),
                         mh_record_text (referral, MH_REFERRAL_LAB_NAME));

  g_set_object (&pane->referral, referral);
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    referral_pane_add_fact (text, referral, facts[i]);
  gtk_label_set_text (pane->title, title);
  gtk_label_set_text (pane->facts, text->str);
  mh_pane_complain (MH_PANE (pane), NULL);
  g_list_store_remove_all (pane->tubes);
  for (guint i = 0; items != NULL && i < items->len; i++)
    g_list_store_append (pane->tubes, items->pdata[i]);
  referral_pane_show_steps (pane);
}

static void
referral_pane_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhReferralPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) referral = mh_read_finish (result, &error);
  if (referral_pane_context_of (pane) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (pane), error);
  if (referral != NULL && g_strcmp0 (mh_record_id (referral), pane->wanted) == 0)
    show_referral (pane, referral);
}

static const char *
referral_pane_shown_id (MhPane *base)
{
  return MH_REFERRAL_PANE (base)->wanted;
}

static void
referral_pane_show_one (MhPane *base, const char *id)
{
  MhReferralPane *pane = MH_REFERRAL_PANE (base);
  char *wanted = g_strdup (id);
  g_free (pane->wanted);
  pane->wanted = wanted;
  if (wanted != NULL)
    mh_read_async (mh_pane_context (base), "referral.read", wanted, mh_pane_cancellable (base),
                   referral_pane_read_cb, g_object_ref (pane));
}

/* --- steps --- */

static void
stepped_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhReferralPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (referral_pane_context_of (pane) == NULL)
    return;

  if (outcome == NULL)
    {
      g_autofree char *words = mh_words_error (error);
      mh_pane_complain (MH_PANE (pane), words);
    }
  else if (outcome->record != NULL)
    show_referral (pane, outcome->record);

  mh_record_list_reload (pane->list);
}

/* Tubes that are marked in the list, else all of it. */
static void
referral_pane_submit (MhReferralPane *pane, const char *step, const char *note)
{
  g_autoptr (MhRecord) request = mh_record_new (&mh_referral_step_type);
  g_autoptr (GPtrArray) marked = mh_record_table_selected (pane->items);
  const char *args[]
      = { "id", pane->referral != NULL ? mh_record_id (pane->referral) : NULL, NULL };

  if (pane->referral == NULL)
    return;

  mh_record_set_text (request, MH_REFERRAL_STEP_STEP, step);
  if (note != NULL && *note != '\0')
    mh_record_set_text (request, MH_REFERRAL_STEP_NOTE, note);
  for (guint i = 0; g_strcmp0 (step, "sent") != 0 && marked->len > 1 && i < marked->len; i++)
    mh_record_add_to_list (request, MH_REFERRAL_STEP_ACCESSIONS,
                           mh_record_text (marked->pdata[i], MH_REFERRAL_ITEM_ACCESSION));

  mh_command_async (referral_pane_context_of (pane),
                    &(MhCommand){ .route = "referral.step", .args = args, .body = request }, NULL,
                    stepped_cb, g_object_ref (pane));
}

static void
referral_pane_step_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  referral_pane_submit (MH_REFERRAL_PANE (widget), name + sizeof "referral." - 1, NULL);
}

static void
referral_pane_why_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhReferralPane) pane = data;
  g_autofree char *why = mh_ask_text_finish (result);
  g_autoptr (MhRecord) request = mh_record_new (&mh_referral_step_type);
  MhRecord *item = mh_record_table_current (pane->items);

  if (why == NULL || referral_pane_context_of (pane) == NULL || item == NULL
      || pane->referral == NULL)
    return;

  const char *args[] = { "id", mh_record_id (pane->referral), NULL };
  mh_record_set_text (request, MH_REFERRAL_STEP_STEP, "refused");
  mh_record_set_text (request, MH_REFERRAL_STEP_NOTE, *why != '\0' ? why : NULL);
  mh_record_add_to_list (request, MH_REFERRAL_STEP_ACCESSIONS,
                         mh_record_text (item, MH_REFERRAL_ITEM_ACCESSION));
  mh_ask_text_command_async (
      result, referral_pane_context_of (pane),
      &(MhCommand){ .route = "referral.step", .args = args, .body = request }, stepped_cb,
      g_object_ref (pane));
}

/* One tube at a time, with what the other laboratory said. */
static void
refuse_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhReferralPane *pane = MH_REFERRAL_PANE (widget);
  MhRecord *item = mh_record_table_current (pane->items);
  if (item == NULL)
    {
      mh_shell_toast (widget, _ ("Choose the tube that was refused."));
      return;
    }
  mh_ask_text_async (widget, "referral_refusal", mh_record_id (item),
                     mh_record_text (item, MH_REFERRAL_ITEM_ACCESSION),
                     _ ("The tube comes back into the laboratory."), _ ("Why it was refused"),
                     _ ("Refused there"), referral_pane_why_cb, g_object_ref (pane));
}

static void
manifest_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhReferralPane *pane = MH_REFERRAL_PANE (widget);
  if (pane->referral == NULL)
    return;
  const char *args[] = { "id", mh_record_id (pane->referral), NULL };
  mh_file_answer_print (MH_PANE (pane), "referral.manifest", args, MH_PRINTER_PAGES,
                        _ ("Manifest"));
}

static void
pack_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mh_pack_dialog_show (widget, referral_pane_context_of (MH_REFERRAL_PANE (widget)));
}

static void
labs_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const MhAdminKind kind = { .id = "reference-labs",
                                    .type = &mh_reference_lab_type,
                                    .create_route = "reference_lab.create",
                                    .update_route = "reference_lab.update",
                                    .fresh = N_ ("New laboratory") };
  mh_admin_dialog_edit (widget, referral_pane_context_of (MH_REFERRAL_PANE (widget)), &kind, NULL);
}

/* --- making it --- */

static void
referral_pane_begin (MhPane *parent)
{
  static const MhMasterDetailHow how
      = { .shown = referral_pane_shown_id, .show = referral_pane_show_one, .waits = TRUE };
  MhReferralPane *pane = MH_REFERRAL_PANE (parent);
  MhContext *context = mh_pane_context (parent);
  mh_pane_keep (parent, &pane->list, mh_record_list_new (context, "referral.list"));
  mh_pane_keep (parent, &pane->tubes, g_list_store_new (MH_TYPE_RECORD));
  mh_record_table_setup (pane->table, "referrals", &mh_referral_type, columns,
                         G_LIST_MODEL (pane->list), MH_TABLE_SINGLE);
  mh_record_table_set_lines (pane->table, MH_MONEY_LEAST_WIDTH);
  mh_master_detail_begin (&pane->master_detail, parent, &how, pane->table, pane->split,
                          G_LIST_MODEL (pane->list));
  mh_record_table_setup (pane->items, "referral-tubes", &mh_referral_item_type, tube_columns,
                         G_LIST_MODEL (pane->tubes), MH_TABLE_MULTIPLE);
  mh_record_table_set_lines (pane->items, MH_MONEY_LEAST_WIDTH);
  gtk_widget_action_set_enabled (GTK_WIDGET (pane), "referral.labs",
                                 mh_context_may (context, MH_MAY_WRITE_STORAGE));
  mh_record_list_set_args (pane->list, NULL);
  referral_pane_show_steps (pane);
}

static void
referral_pane_shown (MhPane *parent)
{
  MhReferralPane *pane = MH_REFERRAL_PANE (parent);
  mh_record_list_reload (pane->list);
  mh_record_table_grab (pane->table);
}

static void
mh_referral_pane_dispose (GObject *object)
{
  g_clear_object (&MH_REFERRAL_PANE (object)->referral);
  g_clear_pointer (&MH_REFERRAL_PANE (object)->wanted, g_free);
  G_OBJECT_CLASS (mh_referral_pane_parent_class)->dispose (object);
}

static void
mh_referral_pane_class_init (MhReferralPaneClass *klass)
{
  static const char *const steps[]
      = { "referral.sent", "referral.received", "referral.returned", "referral.cancelled" };
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mh_referral_pane_dispose;
  MH_PANE_CLASS (klass)->begin = referral_pane_begin;
  MH_PANE_CLASS (klass)->shown = referral_pane_shown;
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("lab/samples/mh-referral-pane"));
  gtk_widget_class_bind_template_child (widget, MhReferralPane, split);
  gtk_widget_class_bind_template_child (widget, MhReferralPane, table);
  gtk_widget_class_bind_template_child (widget, MhReferralPane, items);
  gtk_widget_class_bind_template_child (widget, MhReferralPane, title);
  gtk_widget_class_bind_template_child (widget, MhReferralPane, facts);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    gtk_widget_class_install_action (widget, steps[i], NULL, referral_pane_step_action);
  gtk_widget_class_install_action (widget, "referral.refused", NULL, refuse_action);
  gtk_widget_class_install_action (widget, "referral.manifest", NULL, manifest_action);
  gtk_widget_class_install_action (widget, "referral.pack", NULL, pack_action);
  gtk_widget_class_install_action (widget, "referral.labs", NULL, labs_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F9, 0, "referral.pack", NULL);
}

static void
mh_referral_pane_init (MhReferralPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}
