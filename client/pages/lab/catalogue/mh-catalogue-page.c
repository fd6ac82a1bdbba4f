/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/catalogue/mh-catalogue-page.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-record-list.h"
#include "client/pages/lab/catalogue/mh-catalogue-card.h"
#include "client/pages/lab/catalogue/mh-catalogue-files.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/records/lab/mh-catalogue-record.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

#define MOST_KINDS 16

struct _MhCataloguePage
{
  MhPane parent_instance;
  MhSplit *split;
  GtkDropDown *kinds;
  GtkEditable *entry;
  GtkBox *place;
  GtkWidget *fresh, *sign_all, *nothing;
  GtkStack *detail, *tables;
  MhCatalogueCard *card;
  const MhCatalogueKind *shown[MOST_KINDS]; /* of the drop-down */
  MhRecordList *lists[MOST_KINDS];
  GtkWidget *table_of[MOST_KINDS];
  guint n_kinds;
  char *wanted;      /* code of the row to be chosen as soon as it is listed */
  gboolean entering; /* it is to be entered, too */
};

G_DEFINE_FINAL_TYPE (MhCataloguePage, mh_catalogue_page, MH_TYPE_PANE)

static guint
at (MhCataloguePage *page)
{
  guint selected = gtk_drop_down_get_selected (page->kinds);
  return selected < page->n_kinds ? selected : 0;
}

static MhRecordTable *
table (MhCataloguePage *page)
{
  return MH_RECORD_TABLE (page->table_of[at (page)]);
}

static const char *
catalogue_page_text_of (MhRecord *record, const char *name)
{
  int field = mh_record_type_find (mh_record_type (record), name);
  return field >= 0 ? mh_record_text (record, (guint)field) : NULL;
}

/* --- the list --- */

static void
catalogue_page_load_cb (MhCataloguePage *page)
{
  const char *text = gtk_editable_get_text (page->entry);
  const char *args[] = { "limit", "200", text[0] != 0 ? "q" : NULL, text, NULL };
  if (page->n_kinds > 0 && page->lists[at (page)] != NULL)
    mh_record_list_set_args (page->lists[at (page)], args);
}

static void catalogue_page_go_to (MhCataloguePage *page, const char *type_code, const char *code);

static void
catalogue_page_show_row (MhCataloguePage *page, MhRecord *record)
{
  const MhCatalogueKind *kind = page->shown[at (page)];
  if (record == NULL || kind->rows.type->table == NULL)
    return;
  gtk_stack_set_visible_child (page->detail, GTK_WIDGET (page->card));
  mh_catalogue_card_show (page->card, kind, record);
}

static void
catalogue_page_selection_cb (MhCataloguePage *page)
{
  if (page->n_kinds > 0)
    catalogue_page_show_row (page, mh_record_table_current (table (page)));
}

/* A finding leads to the row that it is about; a range to its analyte. */
static void
catalogue_page_activated_cb (MhRecordTable *from, MhRecord *record, MhCataloguePage *page)
{
  const char *type = catalogue_page_text_of (record, "record_type");
  if (mh_record_type (record)->table != NULL)
    {
      catalogue_page_show_row (page, record);
      mh_split_show_end (page->split, TRUE);
      gtk_widget_child_focus (GTK_WIDGET (page->card), GTK_DIR_TAB_FORWARD);
      return;
    }
  catalogue_page_go_to (
      page, g_strcmp0 (type, mh_reference_range_type.code) == 0 ? mh_analyte_type.code : type,
      catalogue_page_text_of (record, "code"));
}

static void
catalogue_page_listed_cb (MhCataloguePage *page)
{
  MhRecordList *list = page->n_kinds > 0 ? page->lists[at (page)] : NULL;
  gtk_widget_set_sensitive (page->sign_all,
                            list != NULL && g_list_model_get_n_items (G_LIST_MODEL (list)) > 0);
  if (list == NULL || page->wanted == NULL)
    return;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (MhRecord) record = g_list_model_get_item (G_LIST_MODEL (list), i);
      if (g_strcmp0 (catalogue_page_text_of (record, "code"), page->wanted) != 0)
        continue;
      g_clear_pointer (&page->wanted, g_free);
      mh_record_table_select (table (page), mh_record_id (record));
      catalogue_page_show_row (page, record);
      mh_split_show_end (page->split, TRUE);
      return;
    }
}

static void
catalogue_page_problem_cb (MhCataloguePage *page)
{
  MhRecordList *list = page->lists[at (page)];
  const char *problem = list != NULL ? mh_record_list_problem (list) : NULL;
  if (problem != NULL)
    mh_record_table_set_empty (table (page), "dialog-warning-symbolic", _ ("Cannot be listed"),
                               problem, NULL, NULL);
}

static void
set_empty (MhRecordTable *made, const MhCatalogueKind *kind)
{
  if (kind->rows.type == &mh_catalogue_waiting_type)
    mh_record_table_set_empty (made, "object-select-symbolic", _ ("Everything is signed off"),
                               _ ("Rows that are changed will wait here."), NULL, NULL);
  else if (kind->rows.type == &mh_catalogue_finding_type)
    mh_record_table_set_empty (made, "object-select-symbolic", _ ("No findings"),
                               _ ("Every test goes from order to report."), NULL, NULL);
  else
    mh_record_table_set_empty (made, "edit-find-symbolic",
                               g_dgettext (GETTEXT_PACKAGE, kind->rows.empty),
                               _ ("A search shows what matches it."), NULL, NULL);
}

/* A kind that nobody opens asks nothing. */
static void
make_table (MhCataloguePage *page, guint i)
{
  const MhCatalogueKind *kind = page->shown[i];
  MhContext *context = mh_pane_context (MH_PANE (page));
  mh_pane_keep (MH_PANE (page), &page->lists[i],
                mh_record_list_new (context, kind->rows.list_route));
  page->table_of[i] = mh_record_table_new (kind->rows.id, kind->rows.type, kind->rows.columns,
                                           G_LIST_MODEL (page->lists[i]), MH_TABLE_SINGLE);
  set_empty (MH_RECORD_TABLE (page->table_of[i]), kind);
  gtk_widget_set_hexpand (page->table_of[i], TRUE);
  g_signal_connect_swapped (page->table_of[i], "selection",
                            G_CALLBACK (catalogue_page_selection_cb), page);
  g_signal_connect (page->table_of[i], "activated", G_CALLBACK (catalogue_page_activated_cb), page);
  g_signal_connect_object (page->lists[i], "notify::n-items", G_CALLBACK (catalogue_page_listed_cb),
                           page, G_CONNECT_SWAPPED);
  g_signal_connect_object (page->lists[i], "notify::problem",
                           G_CALLBACK (catalogue_page_problem_cb), page, G_CONNECT_SWAPPED);
  gtk_stack_add_child (page->tables, page->table_of[i]);
}

static void
catalogue_page_kind_cb (MhCataloguePage *page)
{
  guint i = at (page);
  if (page->n_kinds == 0)
    return;

  if (page->table_of[i] == NULL)
    make_table (page, i);
  gtk_stack_set_visible_child (page->tables, page->table_of[i]);
  const MhAdminKind *rows = &page->shown[i]->rows;
  MhContext *context = mh_pane_context (MH_PANE (page));

  gtk_widget_set_visible (page->fresh, rows->create_route != NULL
                                           && mh_context_may (context, rows->write_permission));
  gtk_widget_set_visible (page->sign_all, rows->type == &mh_catalogue_waiting_type
                                              && mh_context_may (context, MH_MAY_SIGN_CATALOGUE));
  gtk_widget_set_visible (GTK_WIDGET (page->entry), rows->type->table != NULL);
  gtk_stack_set_visible_child (page->detail, page->nothing);
  catalogue_page_load_cb (page);
}

static void
catalogue_page_go_to (MhCataloguePage *page, const char *type_code, const char *code)
{
  for (guint i = 0; i < page->n_kinds; i++)
    if (g_strcmp0 (page->shown[i]->rows.type->code, type_code) == 0)
      {
        g_free (page->wanted);
        page->wanted = g_strdup (code);
        gtk_editable_set_text (page->entry, code);
        if (at (page) != i)
          gtk_drop_down_set_selected (page->kinds, i);
        else
          catalogue_page_load_cb (page);
        return;
      }
}

static void
catalogue_page_wanted_cb (MhCataloguePage *page, const char *type_code, const char *code)
{
  catalogue_page_go_to (page, type_code, code);
}

/* --- what may be done --- */

static void
catalogue_page_enter_cb (MhCataloguePage *page)
{
  mh_record_table_enter (table (page));
}

static void
catalogue_page_new_cb (MhCataloguePage *page)
{
  gtk_stack_set_visible_child (page->detail, GTK_WIDGET (page->card));
  mh_split_show_end (page->split, TRUE);
  mh_catalogue_card_show (page->card, page->shown[at (page)], NULL);
}

static void
catalogue_page_signed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhCataloguePage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (page)) == NULL)
    return;
  if (outcome == NULL)
    mh_shell_fail (GTK_WIDGET (page), error);
  catalogue_page_load_cb (page);
}

/* One request for each kind of row. */
static void
sign_listed (MhCataloguePage *page)
{
  GListModel *rows = G_LIST_MODEL (page->lists[at (page)]);
  for (const MhCatalogueKind *kind = mh_catalogue_kinds; kind->rows.id != NULL; kind++)
    {
      const char *code = kind->rows.type->code;
      g_autoptr (MhRecord) signing = mh_record_new (&mh_catalogue_signing_type);
      mh_record_set_text (signing, MH_CATALOGUE_SIGNING_RECORD_TYPE, code);
      for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
        {
          g_autoptr (MhRecord) row = g_list_model_get_item (rows, i);
          if (g_strcmp0 (catalogue_page_text_of (row, "record_type"), code) == 0)
            mh_record_add_to_list (signing, MH_CATALOGUE_SIGNING_RECORD_IDS,
                                   catalogue_page_text_of (row, "record_id"));
        }
      if (mh_record_has (signing, MH_CATALOGUE_SIGNING_RECORD_IDS))
        mh_command_async (mh_pane_context (MH_PANE (page)),
                          &(MhCommand){ .route = "catalogue.sign", .body = signing }, NULL,
                          catalogue_page_signed_cb, g_object_ref (page));
    }
}

static void
catalogue_page_sure_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhCataloguePage) page = data;
  if (mh_ask_finish (result) && mh_pane_context (MH_PANE (page)) != NULL)
    sign_listed (page);
}

static void
sign_all_cb (MhCataloguePage *page)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (page->lists[at (page)]));
  g_autofree char *heading
      = g_strdup_printf (ngettext ("Sign %u row off?", "Sign %u rows off?", n), n);
  mh_ask_async (GTK_WIDGET (page), heading,
                _ ("With your name and the time. A change withdraws the sign-off automatically."),
                _ ("Sign off"), FALSE, catalogue_page_sure_cb, g_object_ref (page));
}

static void
save_table_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  MhCataloguePage *page = MH_CATALOGUE_PAGE (widget);
  const MhRecordType *type = page->shown[at (page)]->rows.type;
  mh_catalogue_files_save (MH_PANE (page), type->table != NULL ? type : &mh_test_type);
}

static void
save_all_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  mh_catalogue_files_save (MH_PANE (widget), NULL);
}

static void
taken (MhPane *pane)
{
  catalogue_page_load_cb (MH_CATALOGUE_PAGE (pane));
}

static void
catalogue_page_take_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  MhCataloguePage *page = MH_CATALOGUE_PAGE (widget);
  mh_catalogue_files_take (MH_PANE (page), page->shown[at (page)]->rows.type, taken);
}

/* --- a page of the window --- */

static void
catalogue_page_shown (MhPane *pane)
{
  gtk_widget_grab_focus (GTK_WIDGET (MH_CATALOGUE_PAGE (pane)->entry));
}

static gboolean
catalogue_page_type_ahead (MhPane *pane, const char *text)
{
  MhCataloguePage *page = MH_CATALOGUE_PAGE (pane);
  gtk_widget_grab_focus (GTK_WIDGET (page->entry));
  gtk_editable_set_text (page->entry, text);
  gtk_editable_set_position (page->entry, -1);
  return TRUE;
}

static gboolean
catalogue_page_may_close (MhPane *pane)
{
  mh_catalogue_card_flush (MH_CATALOGUE_PAGE (pane)->card);
  return TRUE;
}

static void
catalogue_page_begin (MhPane *pane)
{
  MhCataloguePage *page = MH_CATALOGUE_PAGE (pane);
  MhContext *context = mh_pane_context (pane);
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  for (const MhCatalogueKind *kind = mh_catalogue_kinds; kind->rows.id != NULL; kind++)
    if (mh_context_may (context, kind->rows.permission))
      {
        page->shown[page->n_kinds++] = kind;
        gtk_string_list_append (words, g_dgettext (GETTEXT_PACKAGE, kind->rows.title));
      }

  page->tables = GTK_STACK (gtk_stack_new ());
  gtk_box_append (page->place, GTK_WIDGET (page->tables));
  page->card = MH_CATALOGUE_CARD (mh_catalogue_card_new (context));
  gtk_stack_add_child (page->detail, GTK_WIDGET (page->card));
  g_signal_connect_object (page->card, "wanted", G_CALLBACK (catalogue_page_wanted_cb), page,
                           G_CONNECT_SWAPPED);
  g_object_bind_property (page->split, "folded", mh_catalogue_card_back (page->card), "visible",
                          G_BINDING_SYNC_CREATE);
  gtk_widget_action_set_enabled (GTK_WIDGET (page), "catalogue.take",
                                 mh_context_may (context, MH_MAY_WRITE_CATALOGUE));
  gtk_drop_down_set_model (page->kinds, G_LIST_MODEL (words));
  catalogue_page_kind_cb (page);
}

static void
mh_catalogue_page_finalize (GObject *object)
{
  g_free (MH_CATALOGUE_PAGE (object)->wanted);
  G_OBJECT_CLASS (mh_catalogue_page_parent_class)->finalize (object);
}

static void
mh_catalogue_page_class_init (MhCataloguePageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_catalogue_page_finalize;
  MH_PANE_CLASS (klass)->begin = catalogue_page_begin;
  MH_PANE_CLASS (klass)->shown = catalogue_page_shown;
  MH_PANE_CLASS (klass)->type_ahead = catalogue_page_type_ahead;
  MH_PANE_CLASS (klass)->may_close = catalogue_page_may_close;
  g_type_ensure (MH_TYPE_SPLIT);
  gtk_widget_class_install_action (widget, "catalogue.save-table", NULL, save_table_cb);
  gtk_widget_class_install_action (widget, "catalogue.save-all", NULL, save_all_cb);
  gtk_widget_class_install_action (widget, "catalogue.take", NULL, catalogue_page_take_cb);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("lab/catalogue/mh-catalogue-page"));
  gtk_widget_class_bind_template_child (widget, MhCataloguePage, split);
  gtk_widget_class_bind_template_child (widget, MhCataloguePage, kinds);
  gtk_widget_class_bind_template_child (widget, MhCataloguePage, entry);
  gtk_widget_class_bind_template_child (widget, MhCataloguePage, place);
  gtk_widget_class_bind_template_child (widget, MhCataloguePage, fresh);
  gtk_widget_class_bind_template_child (widget, MhCataloguePage, sign_all);
  gtk_widget_class_bind_template_child (widget, MhCataloguePage, detail);
  gtk_widget_class_bind_template_child (widget, MhCataloguePage, nothing);
  gtk_widget_class_bind_template_callback (widget, catalogue_page_load_cb);
  gtk_widget_class_bind_template_callback (widget, catalogue_page_kind_cb);
  gtk_widget_class_bind_template_callback (widget, catalogue_page_enter_cb);
  gtk_widget_class_bind_template_callback (widget, catalogue_page_new_cb);
  gtk_widget_class_bind_template_callback (widget, sign_all_cb);
}

static void
mh_catalogue_page_init (MhCataloguePage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
}

GtkWidget *
mh_catalogue_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_CATALOGUE_PAGE, "context", context, NULL);
}
