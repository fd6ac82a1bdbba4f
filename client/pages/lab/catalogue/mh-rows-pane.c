/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/catalogue/mh-rows-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/pages/lab/catalogue/mh-sign.h"
#include "client/pages/mh-undo.h"
#include "client/pages/people/admin/mh-admin-dialog.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/base/mh-id.h"

#include <glib/gi18n-lib.h>

struct _MhRowsPane
{
  MhPane parent_instance;
  const MhAdminKind *kind;
  const char *remove_route;
  MhRecordList *records;
  GListStore *given; /* what the owner hands in instead */
  MhRecordTable *table;
  AdwStatusPage *nothing;
  GtkWidget *buttons, *fresh_button, *edit, *remove, *sign;
  gboolean stale; /* a dialog over it may have changed something */
};

G_DEFINE_FINAL_TYPE (MhRowsPane, mh_rows_pane, MH_TYPE_PANE)

static guint chosen;

static gboolean
rows_pane_may_write (MhRowsPane *pane)
{
  return pane->kind->write_permission != NULL
         && mh_context_may (mh_pane_context (MH_PANE (pane)), pane->kind->write_permission);
}

static void
rows_pane_selection_cb (MhRowsPane *pane)
{
  MhRecord *record = mh_record_table_current (pane->table);
  gtk_widget_set_sensitive (pane->edit, record != NULL);
  mh_sign_prepare (pane->sign, mh_pane_context (MH_PANE (pane)), record);
}

static void
edit_row (MhRowsPane *pane, MhRecord *record)
{
  if (pane->kind->update_route == NULL || !rows_pane_may_write (pane))
    g_signal_emit (pane, chosen, 0, record);
  else
    {
      pane->stale = TRUE;
      mh_admin_dialog_edit (GTK_WIDGET (pane), mh_pane_context (MH_PANE (pane)), pane->kind,
                            record);
    }
}

static void
rows_pane_activated_cb (MhRecordTable *table, MhRecord *record, MhRowsPane *pane)
{
  edit_row (pane, record);
}

static void
rows_pane_edit_cb (MhRowsPane *pane)
{
  MhRecord *record = mh_record_table_current (pane->table);
  if (record != NULL)
    edit_row (pane, record);
}

gboolean
mh_rows_pane_may_add (MhRowsPane *pane)
{
  return pane->kind->create_route != NULL && rows_pane_may_write (pane);
}

void
mh_rows_pane_add (MhRowsPane *pane, MhRecord *fresh)
{
  if (!mh_rows_pane_may_add (pane))
    return;
  pane->stale = TRUE;
  mh_admin_dialog_edit (GTK_WIDGET (pane), mh_pane_context (MH_PANE (pane)), pane->kind, fresh);
}

static void
rows_pane_new_cb (MhRowsPane *pane)
{
  mh_rows_pane_add (pane, g_object_get_data (G_OBJECT (pane), "fresh"));
}

/* A row that makes the removed one again, unsigned. */
static MhRecord *
remade (MhRecord *record)
{
  const MhRecordType *type = mh_record_type (record);
  MhRecord *again = mh_record_new (type);
  g_autoptr (MhRecord) filled = mh_record_copy (record);
  for (guint i = 0; i < type->n_fields; i++)
    if (i < MH_N_COMMON || (type->fields[i].flags & MH_SERVER_SET) != 0)
      mh_record_unset (filled, i);
  mh_record_apply (again, filled);
  mh_record_take_text (again, MH_ID, mh_id_new ());
  return again;
}

typedef struct
{
  MhRowsPane *pane;
  MhRecord *again;
} Removing;

static void
rows_pane_removed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Removing *removing = data;
  g_autoptr (MhRowsPane) pane = removing->pane;
  g_autoptr (MhRecord) again = removing->again;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);

  g_free (removing);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;

  const MhTakeBack undo = { .route = pane->kind->create_route,
                            .body = again,
                            .undone = _ ("The row is back; it has to be signed off again") };

  if (outcome == NULL)
    mh_shell_fail (GTK_WIDGET (pane), error);
  else
    mh_undo_offer (GTK_WIDGET (pane), mh_pane_context (MH_PANE (pane)),
                   _ ("Removed; it stays in the history"), &undo);

  mh_rows_pane_reload (pane);
}

static void
rows_pane_sure_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhRowsPane) pane = data;
  MhRecord *record
      = mh_pane_context (MH_PANE (pane)) != NULL ? mh_record_table_current (pane->table) : NULL;
  if (!mh_ask_finish (result) || record == NULL)
    return;

  const char *args[] = { "id", mh_record_id (record), NULL };
  Removing *removing = g_new0 (Removing, 1);
  removing->pane = g_object_ref (pane);
  removing->again = remade (record);
  mh_command_async (mh_pane_context (MH_PANE (pane)),
                    &(MhCommand){ .route = pane->remove_route, .args = args, .base = record }, NULL,
                    rows_pane_removed_cb, removing);
}

static void
rows_pane_remove_cb (MhRowsPane *pane)
{
  mh_ask_async (GTK_WIDGET (pane), _ ("Remove this row?"),
                _ ("Results from now on are flagged without it. It stays in the history."),
                _ ("Remove"), TRUE, rows_pane_sure_cb, g_object_ref (pane));
}

static void
rows_pane_signed_cb (GtkWidget *pane)
{
  if (mh_pane_context (MH_PANE (pane)) != NULL)
    mh_rows_pane_reload (MH_ROWS_PANE (pane));
}

static void
rows_pane_sign_cb (MhRowsPane *pane)
{
  MhRecord *record = mh_record_table_current (pane->table);
  if (record != NULL)
    mh_sign_toggle (GTK_WIDGET (pane), mh_pane_context (MH_PANE (pane)), record,
                    rows_pane_signed_cb);
}

/* The dialog over the window is gone: what it saved may not come by the feed. */
static void
active_cb (MhRowsPane *pane)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (pane));
  if (!pane->stale || !GTK_IS_WINDOW (root) || !gtk_window_is_active (GTK_WINDOW (root)))
    return;
  pane->stale = FALSE;
  mh_rows_pane_reload (pane);
}

static void
mh_rows_pane_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mh_rows_pane_parent_class)->root (widget);
  if (GTK_IS_WINDOW (gtk_widget_get_root (widget)))
    g_signal_connect_object (gtk_widget_get_root (widget), "notify::is-active",
                             G_CALLBACK (active_cb), widget, G_CONNECT_SWAPPED);
}

static void
mh_rows_pane_class_init (MhRowsPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  widget->root = mh_rows_pane_root;
  chosen = g_signal_new ("chosen", MH_TYPE_ROWS_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                         G_TYPE_NONE, 1, MH_TYPE_RECORD);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/catalogue/mh-rows-pane"));
  gtk_widget_class_bind_template_child (widget, MhRowsPane, table);
  gtk_widget_class_bind_template_child (widget, MhRowsPane, nothing);
  gtk_widget_class_bind_template_child (widget, MhRowsPane, buttons);
  gtk_widget_class_bind_template_child (widget, MhRowsPane, fresh_button);
  gtk_widget_class_bind_template_child (widget, MhRowsPane, edit);
  gtk_widget_class_bind_template_child (widget, MhRowsPane, remove);
  gtk_widget_class_bind_template_child (widget, MhRowsPane, sign);
  gtk_widget_class_bind_template_callback (widget, rows_pane_selection_cb);
  gtk_widget_class_bind_template_callback (widget, rows_pane_activated_cb);
  gtk_widget_class_bind_template_callback (widget, rows_pane_new_cb);
  gtk_widget_class_bind_template_callback (widget, rows_pane_edit_cb);
  gtk_widget_class_bind_template_callback (widget, rows_pane_remove_cb);
  gtk_widget_class_bind_template_callback (widget, rows_pane_sign_cb);
}

static void
mh_rows_pane_init (MhRowsPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
  gtk_widget_set_vexpand (GTK_WIDGET (pane), TRUE);
}

static void
rows_pane_problem_cb (MhRowsPane *pane)
{
  const char *problem = mh_record_list_problem (pane->records);
  gboolean history = (pane->kind->type->flags & MH_TYPE_APPEND) != 0;
  adw_status_page_set_title (pane->nothing, problem != NULL ? _ ("Cannot be listed")
                                            : history       ? _ ("Unchanged since it was put in")
                                                            : _ ("Nothing here yet"));
  adw_status_page_set_description (pane->nothing, problem);
}

GtkWidget *
mh_rows_pane_new (MhContext *context, const MhAdminKind *kind, const char *remove_route)
{
  MhRowsPane *pane = g_object_new (MH_TYPE_ROWS_PANE, "context", context, NULL);
  pane->kind = kind;
  pane->remove_route = remove_route;
  mh_pane_keep (MH_PANE (pane), &pane->records, mh_record_list_new (context, kind->list_route));
  mh_pane_keep (MH_PANE (pane), &pane->given, g_list_store_new (MH_TYPE_RECORD));
  mh_record_table_setup (pane->table, kind->id, kind->type, kind->columns,
                         G_LIST_MODEL (pane->records), MH_TABLE_SINGLE);
  g_signal_connect_object (pane->records, "notify::problem", G_CALLBACK (rows_pane_problem_cb),
                           pane, G_CONNECT_SWAPPED);
  return GTK_WIDGET (pane);
}

void
mh_rows_pane_show (MhRowsPane *pane, const char *const *args, GPtrArray *rows, MhRecord *fresh)
{
  gboolean writes = rows_pane_may_write (pane);
  g_object_set_data_full (G_OBJECT (pane), "fresh", fresh != NULL ? g_object_ref (fresh) : NULL,
                          g_object_unref);
  gtk_widget_set_visible (pane->fresh_button,
                          writes && fresh != NULL && pane->kind->create_route != NULL);
  gtk_widget_set_visible (pane->edit, writes && pane->kind->update_route != NULL);
  gtk_widget_set_visible (pane->remove, writes && pane->remove_route != NULL);
  mh_record_table_set_model (pane->table, rows != NULL ? G_LIST_MODEL (pane->given)
                                                       : G_LIST_MODEL (pane->records));
  if (rows == NULL)
    mh_record_list_set_args (pane->records, args);
  else
    g_list_store_splice (pane->given, 0, g_list_model_get_n_items (G_LIST_MODEL (pane->given)),
                         rows->pdata, rows->len);

  rows_pane_selection_cb (pane);
}

GListModel *
mh_rows_pane_model (MhRowsPane *pane)
{
  return G_LIST_MODEL (pane->records);
}

void
mh_rows_pane_open (MhRowsPane *pane, const char *id)
{
  mh_record_table_select (pane->table, id);
  rows_pane_edit_cb (pane);
}

void
mh_rows_pane_reload (MhRowsPane *pane)
{
  mh_record_list_reload (pane->records);
}
