/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/admin/mh-admin-list.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-record-list.h"
#include "client/pages/admin/mh-admin-dialog.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/mh-marks.h"
#include "client/widgets/mh-shell.h"
#include "shared/records/mh-records.h"

#include <glib/gi18n-lib.h>

#define TYPING_MS 200

struct _MhAdminList
{
  GtkWidget parent_instance;
  MhContext *context;
  const MhAdminKind *kind;
  MhRecordList *records;
  GtkWidget *box, *table, *entry, *types, *sign_off, *edit, *act, *back;
  gboolean asked;
  guint timer;
};

G_DEFINE_FINAL_TYPE (MhAdminList, mh_admin_list, GTK_TYPE_WIDGET)

static const MhRecordType *const audited[]
    = { &mh_patient_type, &mh_order_type,   &mh_sample_type,  &mh_result_type,
        &mh_report_type,  &mh_payment_type, &mh_user_type,    &mh_role_type,
        &mh_setting_type, &mh_test_type,    &mh_analyte_type, &mh_prescription_type };

/* --- asking --- */

static gboolean
load_cb (gpointer data)
{
  MhAdminList *list = data;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *text = gtk_editable_get_text (GTK_EDITABLE (list->entry));
  guint type = list->types != NULL ? gtk_drop_down_get_selected (GTK_DROP_DOWN (list->types)) : 0;
  list->timer = 0;
  list->asked = TRUE;
  g_strv_builder_add_many (builder, "limit", "100", NULL);
  if (list->kind->filtered ? g_uuid_string_is_valid (text) : text[0] != 0)
    g_strv_builder_add_many (builder, list->kind->filtered ? "object_id" : "q", text, NULL);
  if (type > 0 && type <= G_N_ELEMENTS (audited))
    g_strv_builder_add_many (builder, "object_type", audited[type - 1]->code, NULL);
  g_auto (GStrv) args = g_strv_builder_end (builder);
  mh_record_list_set_args (list->records, (const char *const *)args);
  return G_SOURCE_REMOVE;
}

static void
filter_cb (MhAdminList *list)
{
  g_clear_handle_id (&list->timer, g_source_remove);
  list->timer = g_timeout_add (TYPING_MS, load_cb, list);
}

static void
problem_cb (MhAdminList *list)
{
  const char *problem = mh_record_list_problem (list->records);
  if (problem != NULL)
    mh_record_table_set_empty (MH_RECORD_TABLE (list->table), "dialog-warning-symbolic",
                               _ ("Cannot be listed"), problem, NULL, NULL);
}

/* --- what may be done with the chosen row --- */

static gboolean
may_write (MhAdminList *list)
{
  return list->kind->write_permission != NULL
         && mh_context_may (list->context, list->kind->write_permission);
}

static gboolean
is_signed_off (MhAdminList *list, MhRecord *record)
{
  int field = mh_record_type_find (list->kind->type, list->kind->verified);
  return field >= 0 && mh_record_bool (record, (guint)field);
}

static void
selection_cb (MhAdminList *list)
{
  MhRecord *record = mh_record_table_current (MH_RECORD_TABLE (list->table));
  gtk_widget_set_sensitive (list->edit, record != NULL);
  if (list->act != NULL)
    gtk_widget_set_sensitive (list->act, record != NULL);
  if (list->sign_off == NULL)
    return;
  gtk_widget_set_sensitive (list->sign_off, record != NULL);
  gtk_button_set_label (GTK_BUTTON (list->sign_off), record != NULL && is_signed_off (list, record)
                                                         ? _ ("Take sign-_off back")
                                                         : _ ("Sign _off"));
}

static void
open (MhAdminList *list, MhRecord *record)
{
  if (list->kind->update_route != NULL && may_write (list))
    mh_admin_dialog_edit (GTK_WIDGET (list), list->context, list->kind, record);
  else
    mh_admin_dialog_look (GTK_WIDGET (list), record);
}

static void
activated_cb (MhRecordTable *table, MhRecord *record, MhAdminList *list)
{
  open (list, record);
}

static void
edit_cb (MhAdminList *list)
{
  MhRecord *record = mh_record_table_current (MH_RECORD_TABLE (list->table));
  if (record != NULL)
    open (list, record);
}

static void
new_cb (MhAdminList *list)
{
  mh_admin_dialog_edit (GTK_WIDGET (list), list->context, list->kind, NULL);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhAdminList) list = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_sync_submit_finish (MH_SYNC (source), result, &error);
  if (list->context == NULL)
    return;
  if (outcome == NULL)
    mh_shell_fail (GTK_WIDGET (list), error);
  else
    mh_shell_toast (GTK_WIDGET (list), _ ("Done"));
  mh_record_list_reload (list->records);
}

static void
sign_off_cb (MhAdminList *list)
{
  MhRecord *record = mh_record_table_current (MH_RECORD_TABLE (list->table));
  int field = mh_record_type_find (list->kind->type, list->kind->verified);
  if (record == NULL || field < 0)
    return;
  const char *args[] = { "id", mh_record_id (record), NULL };
  g_autoptr (MhRecord) patch = mh_record_new (list->kind->type);
  mh_record_set_bool (patch, (guint)field, !is_signed_off (list, record));
  mh_sync_submit_async (mh_context_sync (list->context), list->kind->update_route, args, patch,
                        mh_record_version (record), NULL, NULL, done_cb, g_object_ref (list));
}

static void
act_cb (MhAdminList *list)
{
  MhRecord *record = mh_record_table_current (MH_RECORD_TABLE (list->table));
  if (record == NULL)
    return;
  const char *args[] = { "id", mh_record_id (record), NULL };
  mh_sync_submit_async (mh_context_sync (list->context), list->kind->action_route, args, NULL, -1,
                        NULL, NULL, done_cb, g_object_ref (list));
}

/* --- making it --- */

static void
mh_admin_list_map (GtkWidget *widget)
{
  MhAdminList *list = MH_ADMIN_LIST (widget);
  GTK_WIDGET_CLASS (mh_admin_list_parent_class)->map (widget);
  if (!list->asked)
    load_cb (list);
}

static void
mh_admin_list_dispose (GObject *object)
{
  MhAdminList *list = MH_ADMIN_LIST (object);
  g_clear_handle_id (&list->timer, g_source_remove);
  if (list->records != NULL)
    g_signal_handlers_disconnect_by_data (list->records, list);
  g_clear_pointer (&list->box, gtk_widget_unparent);
  g_clear_object (&list->records);
  g_clear_object (&list->context);
  G_OBJECT_CLASS (mh_admin_list_parent_class)->dispose (object);
}

static void
mh_admin_list_class_init (MhAdminListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mh_admin_list_dispose;
  GTK_WIDGET_CLASS (klass)->map = mh_admin_list_map;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mh_admin_list_init (MhAdminList *list)
{
}

static GtkWidget *
add_button (MhAdminList *list, GtkWidget *bar, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  g_signal_connect_swapped (button, "clicked", callback, list);
  mh_box_append (bar, button);
  return button;
}

static GtkWidget *
make_types (MhAdminList *list)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  gtk_string_list_append (words, _ ("All types"));
  for (guint i = 0; i < G_N_ELEMENTS (audited); i++)
    gtk_string_list_append (words, g_dgettext (GETTEXT_PACKAGE, audited[i]->label));
  GtkWidget *types = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&words)), NULL);
  mh_accessible_name (types, _ ("Type of record"));
  g_signal_connect_swapped (types, "notify::selected", G_CALLBACK (filter_cb), list);
  return types;
}

static GtkWidget *
make_head (MhAdminList *list)
{
  GtkWidget *head = mh_hbox (6);
  list->back
      = mh_icon_button_new ("go-previous-symbolic", _ ("Back to the list of topics"), "split.back");
  list->entry = gtk_search_entry_new ();
  g_object_set (list->entry, "placeholder-text",
                list->kind->filtered ? _ ("Id of a record") : _ ("Find"), NULL);
  mh_accessible_name (list->entry, _ ("Find"));
  gtk_widget_set_hexpand (list->entry, TRUE);
  g_signal_connect_swapped (list->entry, "changed", G_CALLBACK (filter_cb), list);
  mh_box_append (head, list->back);
  mh_box_append (head, list->entry);
  if (list->kind->filtered)
    mh_box_append (head, list->types = make_types (list));
  return head;
}

static GtkWidget *
make_actions (MhAdminList *list)
{
  const MhAdminKind *kind = list->kind;
  GtkWidget *bar = mh_hbox (6);
  gboolean changes = may_write (list) && kind->update_route != NULL;
  if (may_write (list) && kind->create_route != NULL)
    add_button (list, bar, _ ("_New…"), G_CALLBACK (new_cb));
  list->edit
      = add_button (list, bar, changes ? _ ("_Change…") : _ ("_Details…"), G_CALLBACK (edit_cb));
  if (changes && kind->verified != NULL)
    list->sign_off = add_button (list, bar, _ ("Sign _off"), G_CALLBACK (sign_off_cb));
  if (may_write (list) && kind->action_route != NULL)
    list->act = add_button (list, bar, g_dgettext (GETTEXT_PACKAGE, kind->action_title),
                            G_CALLBACK (act_cb));
  selection_cb (list);
  return bar;
}

GtkWidget *
mh_admin_list_back (MhAdminList *list)
{
  return list->back;
}

void
mh_admin_list_focus (MhAdminList *list)
{
  gtk_widget_grab_focus (list->entry);
}

GtkWidget *
mh_admin_list_new (MhContext *context, const MhAdminKind *kind)
{
  MhAdminList *list = g_object_new (MH_TYPE_ADMIN_LIST, NULL);
  g_autofree char *name = g_strconcat ("admin-", kind->id, NULL);
  list->context = g_object_ref (context);
  list->kind = kind;
  list->records = mh_record_list_new (context, kind->list_route);
  list->box = mh_vbox (6);
  gtk_widget_add_css_class (list->box, "mh-pane");
  mh_box_append (list->box, make_head (list));
  list->table = mh_record_table_new (name, kind->type, kind->columns, G_LIST_MODEL (list->records),
                                     MH_TABLE_SINGLE);
  gtk_widget_set_vexpand (list->table, TRUE);
  mh_record_table_set_empty (MH_RECORD_TABLE (list->table), "edit-find-symbolic",
                             _ ("Nothing found"),
                             _ ("Nothing of this kind is there, or none matches."), NULL, NULL);
  mh_box_append (list->box, list->table);
  mh_box_append (list->box, make_actions (list));
  g_signal_connect_swapped (list->table, "selection", G_CALLBACK (selection_cb), list);
  g_signal_connect (list->table, "activated", G_CALLBACK (activated_cb), list);
  g_signal_connect_swapped (list->records, "notify::problem", G_CALLBACK (problem_cb), list);
  gtk_widget_set_parent (list->box, GTK_WIDGET (list));
  return GTK_WIDGET (list);
}
