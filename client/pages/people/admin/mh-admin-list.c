/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/people/admin/mh-admin-list.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-record-list.h"
#include "client/pages/mh-undo.h"
#include "client/pages/money/cashier/mh-file-answer.h"
#include "client/pages/people/admin/mh-admin-dialog.h"
#include "client/pages/people/admin/mh-audit-bar.h"
#include "client/pages/people/admin/mh-look-dialog.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-wrap.h"
#include "shared/records/mh-types.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Below it most columns would stand outside, also with large letters. */
#define COLUMNS_LEAST_WIDTH 560

struct _MhAdminList
{
  MhPane parent_instance;
  const MhAdminKind *kind;
  MhRecordList *records;
  MhRecordTable *table;
  GtkEditable *entry;
  GtkDropDown *types;
  GtkBox *place;
  MhAuditBar *bar; /* NULL: the kind is searched by words */
  AdwStatusPage *nothing;
  GtkLabel *title;
  GtkWidget *back, *fresh, *edit, *sign_off, *act, *second;
};

G_DEFINE_FINAL_TYPE (MhAdminList, mh_admin_list, MH_TYPE_PANE)

static const MhRecordType *const audited[]
    = { &mh_patient_type, &mh_order_type,   &mh_sample_type,  &mh_result_type,
        &mh_report_type,  &mh_payment_type, &mh_user_type,    &mh_role_type,
        &mh_setting_type, &mh_test_type,    &mh_analyte_type, &mh_prescription_type };

static gboolean
admin_list_may_write (MhAdminList *list)
{
  return list->kind->write_permission != NULL
         && mh_context_may (mh_pane_context (MH_PANE (list)), list->kind->write_permission);
}

/* --- asking --- */

/* What is said while there are no rows: how to make the first one, or that the search fits none. */
static void
admin_list_say_empty (MhAdminList *list)
{
  gboolean searched = list->bar != NULL ? !mh_audit_bar_is_empty (list->bar)
                                        : *gtk_editable_get_text (list->entry) != 0;
  gboolean makes = admin_list_may_write (list) && list->kind->create_route != NULL;
  g_autofree char *hint = makes ? g_strdup_printf (_ ("Press “%s” to add the first one."),
                                                   g_dgettext (GETTEXT_PACKAGE, list->kind->fresh))
                                : NULL;

  adw_status_page_set_icon_name (list->nothing, "edit-find-symbolic");
  adw_status_page_set_title (list->nothing, searched
                                                ? _ ("Nothing found")
                                                : g_dgettext (GETTEXT_PACKAGE, list->kind->empty));
  adw_status_page_set_description (list->nothing,
                                   searched ? _ ("Try fewer letters or another word.") : hint);
}

static void
put_filters (MhAdminList *list, GStrvBuilder *args)
{
  const char *text = gtk_editable_get_text (list->entry);
  guint type = gtk_drop_down_get_selected (list->types);
  if (list->bar != NULL)
    mh_audit_bar_put (list->bar, args);
  else if (*text != 0)
    g_strv_builder_add_many (args, "q", text, NULL);
  if (list->bar != NULL && type > 0 && type <= G_N_ELEMENTS (audited))
    g_strv_builder_add_many (args, "object_type", audited[type - 1]->code, NULL);
}

static void
admin_list_export_cb (MhAdminList *list)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  put_filters (list, builder);
  g_auto (GStrv) args = g_strv_builder_end (builder);
  mh_file_answer_save (MH_PANE (list), "audit.csv", (const char *const *)args, "audit-trail.csv");
}

static void
admin_list_load_cb (MhAdminList *list)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  /* drop-downs tell of their first row while the page is made */
  if (list->records == NULL || !gtk_widget_get_mapped (GTK_WIDGET (list)))
    return;
  admin_list_say_empty (list);
  g_strv_builder_add_many (builder, "limit", "100", NULL);
  put_filters (list, builder);
  g_auto (GStrv) args = g_strv_builder_end (builder);
  mh_record_list_set_args (list->records, (const char *const *)args);
}

static void
admin_list_problem_cb (MhAdminList *list)
{
  const char *problem = mh_record_list_problem (list->records);
  if (problem == NULL)
    return;
  adw_status_page_set_icon_name (list->nothing, "dialog-warning-symbolic");
  adw_status_page_set_title (list->nothing, _ ("Cannot be listed"));
  adw_status_page_set_description (list->nothing, problem);
}

/* --- what may be done with the chosen row --- */

static gboolean
is_signed_off (MhAdminList *list, MhRecord *record)
{
  int field = mh_record_type_find (list->kind->type, list->kind->verified);
  return field >= 0 && mh_record_bool (record, (guint)field);
}

static void
admin_list_selection_cb (MhAdminList *list)
{
  MhRecord *record = mh_record_table_current (list->table);
  gtk_widget_set_sensitive (list->edit, record != NULL);
  gtk_button_set_label (GTK_BUTTON (list->sign_off), record != NULL && list->kind->verified != NULL
                                                             && is_signed_off (list, record)
                                                         ? _ ("Withdraw sign-_off")
                                                         : _ ("Sign _off"));
}

/* What this desk keeps no copy of does not show up by itself. */
static void
admin_list_made_cb (MhAdminList *list)
{
  if (mh_pane_context (MH_PANE (list)) != NULL)
    mh_record_list_reload (list->records);
}

static void
show_again_action (GtkWidget *widget, const char *name, GVariant *args)
{
  admin_list_made_cb (MH_ADMIN_LIST (widget));
}

static void
admin_list_follow (MhAdminList *list, GtkWidget *dialog)
{
  if ((list->kind->type->flags & MH_TYPE_SYNC) == 0)
    g_signal_connect_object (dialog, "destroy", G_CALLBACK (admin_list_made_cb), list,
                             G_CONNECT_SWAPPED);
}

static void
mh_admin_list_open (MhAdminList *list, MhRecord *record)
{
  if (list->kind->open != NULL)
    admin_list_follow (
        list, list->kind->open (GTK_WIDGET (list), mh_pane_context (MH_PANE (list)), record));
  else if (list->kind->update_route != NULL && admin_list_may_write (list))
    mh_admin_dialog_edit (GTK_WIDGET (list), mh_pane_context (MH_PANE (list)), list->kind, record);
  else
    mh_look_dialog_show (GTK_WIDGET (list), mh_pane_context (MH_PANE (list)), record);
}

static void
admin_list_activated_cb (MhRecordTable *table, MhRecord *record, MhAdminList *list)
{
  mh_admin_list_open (list, record);
}

/* From the search into what it found. */
static gboolean
admin_list_key_cb (GtkEventControllerKey *keys,
                   guint key,
                   guint code,
                   GdkModifierType state,
                   MhAdminList *list)
{
  if (key != GDK_KEY_Down)
    return FALSE;
  mh_record_table_enter (list->table);
  return TRUE;
}

static void
admin_list_edit_cb (MhAdminList *list)
{
  MhRecord *record = mh_record_table_current (list->table);
  if (record != NULL)
    mh_admin_list_open (list, record);
}

static void
admin_list_new_cb (MhAdminList *list)
{
  GtkWidget *dialog = mh_admin_dialog_edit (GTK_WIDGET (list), mh_pane_context (MH_PANE (list)),
                                            list->kind, NULL);
  admin_list_follow (list, dialog);
}

/* Something that is being done with a record. */
typedef struct
{
  MhAdminList *list;
  MhRecord *before;
  const MhAdminAction *action; /* NULL: signed off, or the sign-off is withdrawn */
} Doing;

static Doing *
doing_new (MhAdminList *list, MhRecord *record, const MhAdminAction *action)
{
  Doing *doing = g_new0 (Doing, 1);
  doing->list = g_object_ref (list);
  doing->before = mh_record_copy (record);
  doing->action = action;
  return doing;
}

static void
doing_free (Doing *doing)
{
  g_object_unref (doing->list);
  g_object_unref (doing->before);
  g_free (doing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Doing, doing_free)

static void
admin_list_say_done (Doing *doing, MhRecord *after)
{
  MhAdminList *list = doing->list;
  const MhAdminAction *action = doing->action;
  g_autoptr (MhRecord) patch
      = action == NULL && after != NULL ? mh_undo_patch (doing->before, after) : NULL;
  const MhTakeBack undo = { .route = action != NULL ? action->back : list->kind->update_route,
                            .id = mh_record_id (doing->before),
                            .body = patch,
                            .base = patch != NULL ? after : NULL,
                            .undone = _ ("Taken back") };
  gboolean can = patch != NULL || (action != NULL && action->back != NULL);
  const char *done = action != NULL ? g_dgettext (GETTEXT_PACKAGE, action->done)
                     : is_signed_off (list, doing->before) ? _ ("The sign-off is withdrawn")
                                                           : _ ("Signed off");

  mh_undo_offer (GTK_WIDGET (list), mh_pane_context (MH_PANE (list)), done, can ? &undo : NULL);
}

static void
admin_list_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Doing) doing = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (doing->list)) == NULL)
    return;
  if (outcome == NULL)
    mh_shell_fail (GTK_WIDGET (doing->list), error);
  else
    admin_list_say_done (doing, outcome->record);
  mh_record_list_reload (doing->list->records);
}

static void
sign_off_cb (MhAdminList *list)
{
  MhRecord *record = mh_record_table_current (list->table);
  int field = mh_record_type_find (list->kind->type, list->kind->verified);
  if (record == NULL || field < 0)
    return;
  const char *args[] = { "id", mh_record_id (record), NULL };
  g_autoptr (MhRecord) patch = mh_record_new (list->kind->type);
  mh_record_set_bool (patch, (guint)field, !is_signed_off (list, record));
  mh_command_async (
      mh_pane_context (MH_PANE (list)),
      &(MhCommand){
          .route = list->kind->update_route, .args = args, .body = patch, .base = record },
      NULL, admin_list_done_cb, doing_new (list, record, NULL));
}

static void
admin_list_act (Doing *doing)
{
  const char *args[] = { "id", mh_record_id (doing->before), NULL };
  mh_command_async (mh_pane_context (MH_PANE (doing->list)),
                    &(MhCommand){ .route = doing->action->route, .args = args }, NULL,
                    admin_list_done_cb, doing);
}

static void
admin_list_sure_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Doing) doing = data;
  if (mh_ask_finish (result) && mh_pane_context (MH_PANE (doing->list)) != NULL)
    admin_list_act (g_steal_pointer (&doing));
}

static void
begin_act (MhAdminList *list, const MhAdminAction *action)
{
  MhRecord *record = mh_record_table_current (list->table);
  if (record == NULL)
    return;
  g_autofree char *name = mh_record_display (record);
  if (action->ask == NULL)
    admin_list_act (doing_new (list, record, action));
  else
    mh_ask_async (GTK_WIDGET (list), name, g_dgettext (GETTEXT_PACKAGE, action->ask),
                  g_dgettext (GETTEXT_PACKAGE, action->title), TRUE, admin_list_sure_cb,
                  doing_new (list, record, action));
}

static void
admin_list_act_cb (MhAdminList *list)
{
  begin_act (list, &list->kind->action);
}

static void
second_cb (MhAdminList *list)
{
  begin_act (list, &list->kind->second);
}

/* --- making it --- */

/* A topic that nobody opens asks nothing. */
static void
mh_admin_list_map (GtkWidget *widget)
{
  MhAdminList *list = MH_ADMIN_LIST (widget);
  GTK_WIDGET_CLASS (mh_admin_list_parent_class)->map (widget);
  if (list->records != NULL && !mh_record_list_is_loading (list->records)
      && g_list_model_get_n_items (G_LIST_MODEL (list->records)) == 0)
    admin_list_load_cb (list);
}

static void
admin_list_bind_template (GtkWidgetClass *widget)
{
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("people/admin/mh-admin-list"));
  gtk_widget_class_bind_template_child (widget, MhAdminList, table);
  gtk_widget_class_bind_template_child (widget, MhAdminList, entry);
  gtk_widget_class_bind_template_child (widget, MhAdminList, place);
  gtk_widget_class_bind_template_child (widget, MhAdminList, types);
  gtk_widget_class_bind_template_child (widget, MhAdminList, nothing);
  gtk_widget_class_bind_template_child (widget, MhAdminList, title);
  gtk_widget_class_bind_template_child (widget, MhAdminList, back);
  gtk_widget_class_bind_template_child (widget, MhAdminList, fresh);
  gtk_widget_class_bind_template_child (widget, MhAdminList, edit);
  gtk_widget_class_bind_template_child (widget, MhAdminList, sign_off);
  gtk_widget_class_bind_template_child (widget, MhAdminList, act);
  gtk_widget_class_bind_template_child (widget, MhAdminList, second);
  gtk_widget_class_bind_template_callback (widget, admin_list_load_cb);
  gtk_widget_class_bind_template_callback (widget, admin_list_selection_cb);
  gtk_widget_class_bind_template_callback (widget, admin_list_activated_cb);
  gtk_widget_class_bind_template_callback (widget, admin_list_key_cb);
  gtk_widget_class_bind_template_callback (widget, admin_list_new_cb);
  gtk_widget_class_bind_template_callback (widget, admin_list_edit_cb);
  gtk_widget_class_bind_template_callback (widget, sign_off_cb);
  gtk_widget_class_bind_template_callback (widget, admin_list_act_cb);
  gtk_widget_class_bind_template_callback (widget, second_cb);
}

static void
mh_admin_list_class_init (MhAdminListClass *klass)
{
  GTK_WIDGET_CLASS (klass)->map = mh_admin_list_map;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), MH_UNDO_SHOW_AGAIN, NULL,
                                   show_again_action);
  admin_list_bind_template (GTK_WIDGET_CLASS (klass));
}

static void
mh_admin_list_init (MhAdminList *list)
{
  gtk_widget_init_template (GTK_WIDGET (list));
}

static void
fill_types (MhAdminList *list)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  gtk_string_list_append (words, _ ("All types"));
  for (guint i = 0; i < G_N_ELEMENTS (audited); i++)
    gtk_string_list_append (words, g_dgettext (GETTEXT_PACKAGE, audited[i]->label));
  gtk_drop_down_set_model (list->types, G_LIST_MODEL (words));
  gtk_widget_set_visible (GTK_WIDGET (list->types), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (list->entry), FALSE);
  list->bar = MH_AUDIT_BAR (mh_audit_bar_new (mh_pane_context (MH_PANE (list))));
  gtk_box_insert_child_after (list->place, GTK_WIDGET (list->bar),
                              gtk_widget_get_first_child (GTK_WIDGET (list->place)));
  g_signal_connect_swapped (list->bar, "changed", G_CALLBACK (admin_list_load_cb), list);
  g_signal_connect_swapped (list->bar, "export", G_CALLBACK (admin_list_export_cb), list);
}

static void
show_action (MhAdminList *list, GtkWidget *button, const MhAdminAction *action)
{
  gtk_widget_set_visible (button, admin_list_may_write (list) && action->route != NULL);
  if (action->title != NULL)
    gtk_button_set_label (GTK_BUTTON (button), g_dgettext (GETTEXT_PACKAGE, action->title));
}

static void
admin_list_show_actions (MhAdminList *list)
{
  const MhAdminKind *kind = list->kind;
  gboolean changes = admin_list_may_write (list) && kind->update_route != NULL;
  gtk_widget_set_visible (list->fresh, admin_list_may_write (list) && kind->create_route != NULL);

  if (kind->fresh != NULL)
    {
      g_autofree char *label = g_strdup_printf ("_%s…", g_dgettext (GETTEXT_PACKAGE, kind->fresh));
      gtk_button_set_label (GTK_BUTTON (list->fresh), label);
    }

  gtk_widget_set_visible (list->sign_off, changes && kind->verified != NULL);
  if (changes)
    gtk_button_set_label (GTK_BUTTON (list->edit), _ ("_Change…"));
  show_action (list, list->act, &kind->action);
  show_action (list, list->second, &kind->second);
  admin_list_selection_cb (list);
}

GtkWidget *
mh_admin_list_back (MhAdminList *list)
{
  return list->back;
}

void
mh_admin_list_focus (MhAdminList *list)
{
  if (list->bar != NULL)
    mh_audit_bar_focus (list->bar);
  else
    gtk_widget_grab_focus (GTK_WIDGET (list->entry));
}

static const char *
admin_list_first_text (gconstpointer record, gpointer column)
{
  int field = mh_record_type_find (mh_record_type ((MhRecord *)record),
                                   ((const MhTableColumn *)column)->field);
  const char *text = field >= 0 ? mh_record_text ((MhRecord *)record, (guint)field) : NULL;
  return text != NULL ? text : "";
}

/* "Rack 2" stands before "Rack 10". */
static int
admin_list_compare_first (gconstpointer a, gconstpointer b, gpointer column)
{
  g_autofree char *left = g_utf8_collate_key_for_filename (admin_list_first_text (a, column), -1);
  g_autofree char *right = g_utf8_collate_key_for_filename (admin_list_first_text (b, column), -1);
  return strcmp (left, right);
}

static GListModel *
admin_list_rows_of (MhAdminList *list)
{
  GListModel *rows = g_object_ref (G_LIST_MODEL (list->records));
  if (!list->kind->by_name)
    return rows;
  GtkSorter *sorter = GTK_SORTER (
      gtk_custom_sorter_new (admin_list_compare_first, (gpointer)&list->kind->columns[0], NULL));
  return G_LIST_MODEL (gtk_sort_list_model_new (rows, sorter));
}

GtkWidget *
mh_admin_list_new (MhContext *context, const MhAdminKind *kind)
{
  MhAdminList *list = g_object_new (MH_TYPE_ADMIN_LIST, "context", context, NULL);
  g_autofree char *name = g_strconcat ("admin-", kind->id, NULL);
  list->kind = kind;
  gtk_label_set_label (list->title, g_dgettext (GETTEXT_PACKAGE, kind->title));
  if (kind->filtered)
    fill_types (list);
  mh_pane_keep (MH_PANE (list), &list->records, mh_record_list_new (context, kind->list_route));

  g_autoptr (GListModel) rows = admin_list_rows_of (list);
  mh_record_table_setup (list->table, name, kind->type, kind->columns, rows, MH_TABLE_SINGLE);
  if (kind->by_name)
    mh_record_table_set_source (list->table, list->records);
  mh_record_table_set_lines (list->table, COLUMNS_LEAST_WIDTH);
  g_signal_connect_object (list->records, "notify::problem", G_CALLBACK (admin_list_problem_cb),
                           list, G_CONNECT_SWAPPED);
  admin_list_show_actions (list);

  return GTK_WIDGET (list);
}
