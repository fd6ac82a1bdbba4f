/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/qc/mh-qc-page.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-record-list.h"
#include "client/pages/lab/qc/mh-entry-dialog.h"
#include "client/pages/lab/qc/mh-qc-board.h"
#include "client/pages/lab/qc/mh-qc-pane.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/records/lab/mh-qc.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhQcPage
{
  MhPane parent_instance;
  MhRecordList *targets, *locks;
  GListStore *rows;
  MhSplit *split;
  MhRecordTable *table;
  MhQcPane *pane;
  GtkLabel *count;
  guint filling;
};

G_DEFINE_FINAL_TYPE (MhQcPage, mh_qc_page, MH_TYPE_PANE)

/* --- the board --- */

static char *
qc_page_what_text (MhRecord *row)
{
  return g_strdup_printf ("%s · %s", mh_record_text (row, MH_QC_TARGET_ANALYTE),
                          mh_record_text (row, MH_QC_TARGET_EQUIPMENT));
}

static char *
standing_text (MhRecord *row)
{
  return g_strdup (mh_qc_board_words (mh_qc_board_standing (row)));
}

static const char *
standing_style (MhRecord *row)
{
  return mh_qc_board_style (mh_qc_board_standing (row));
}

static char *
levels_text (MhRecord *row)
{
  GPtrArray *levels = mh_qc_board_levels (row);
  GString *text = g_string_new (NULL);
  for (guint i = 0; levels != NULL && i < levels->len; i++)
    {
      MhRecord *target = g_ptr_array_index (levels, i);
      const char *z = mh_record_text (target, MH_QC_TARGET_LAST_Z);
      g_string_append_printf (text, "%s%d: %s", i > 0 ? "  " : "",
                              (int)mh_record_int (target, MH_QC_TARGET_LEVEL), z != NULL ? z : "–");
    }
  g_autofree char *plain = g_string_free (text, FALSE);
  return mh_words_figures (plain);
}

static char *
last_text (MhRecord *row)
{
  gint64 at = mh_record_int (row, MH_QC_TARGET_LAST_AT);
  return at > 0 ? mh_words_time (at) : g_strdup ("");
}

static const MhTableColumn columns[] = {
  { .title = N_ ("Analyte"), .text = qc_page_what_text, .expand = TRUE, .width = 110 },
  { .title = N_ ("State"),
    .text = standing_text,
    .style = standing_style,
    .width = 116,
    .line = MH_LINE_TRAILING },
  { .title = N_ ("Last z by level"), .text = levels_text, .width = 124 },
  { .title = N_ ("Measured"), .text = last_text, .width = 90 },
  { NULL },
};

static MhRecord *
qc_page_find_row (MhQcPage *page, const char *equipment, const char *analyte)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (page->rows)); i++)
    {
      g_autoptr (MhRecord) row = g_list_model_get_item (G_LIST_MODEL (page->rows), i);
      if (g_strcmp0 (mh_record_text (row, MH_QC_TARGET_EQUIPMENT), equipment) == 0
          && g_strcmp0 (mh_record_text (row, MH_QC_TARGET_ANALYTE), analyte) == 0)
        return g_steal_pointer (&row);
    }
  return NULL;
}

static void
qc_page_show_row (MhQcPage *page, MhRecord *row, gboolean go_there)
{
  mh_qc_pane_show (page->pane, row, G_LIST_MODEL (page->rows));
  if (go_there)
    mh_split_show_end (page->split, row != NULL);
}

static void
qc_page_show_counts (MhQcPage *page)
{
  guint bad = 0, n = g_list_model_get_n_items (G_LIST_MODEL (page->rows));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MhRecord) row = g_list_model_get_item (G_LIST_MODEL (page->rows), i);
      bad += mh_qc_board_standing (row) <= MH_QC_BOARD_ACTED;
    }

  g_autofree char *locked = g_strdup_printf (ngettext ("%u locked", "%u locked", bad), bad);
  g_autofree char *text = g_strdup_printf (ngettext ("%u control", "%u controls", n), n);
  g_autofree char *both = bad > 0 ? g_strdup_printf ("%s · ✕ %s", text, locked) : g_strdup (text);

  gtk_label_set_text (page->count, both);
  gtk_widget_remove_css_class (GTK_WIDGET (page->count), "mh-critical");
  if (bad > 0)
    gtk_widget_add_css_class (GTK_WIDGET (page->count), "mh-critical");
}

static gboolean
qc_page_fill_cb (gpointer data)
{
  MhQcPage *page = data;
  MhContext *context = mh_pane_context (MH_PANE (page));
  page->filling = 0;
  if (context == NULL)
    return G_SOURCE_REMOVE;

  g_autofree char *equipment = g_strdup (mh_qc_pane_equipment (page->pane));
  g_autofree char *analyte = g_strdup (mh_qc_pane_analyte (page->pane));
  mh_qc_board_fill (page->rows, G_LIST_MODEL (page->targets), G_LIST_MODEL (page->locks),
                    mh_when_now ());
  qc_page_show_counts (page);

  g_autoptr (MhRecord) row = qc_page_find_row (page, equipment, analyte);
  if (row == NULL && !mh_split_is_folded (page->split))
    row = g_list_model_get_item (G_LIST_MODEL (page->rows), 0);
  if (row != NULL)
    {
      mh_record_table_select (page->table, mh_record_id (row));
      qc_page_show_row (page, row, FALSE);
    }

  /* The row that had the focus is gone: the keys go on working. */
  if (gtk_widget_get_mapped (GTK_WIDGET (page))
      && gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (page))) == NULL)
    mh_record_table_grab (page->table);

  return G_SOURCE_REMOVE;
}

/* Many rows change at once; the board is put together when they have. */
static void
qc_page_changed_cb (MhQcPage *page)
{
  if (page->filling == 0)
    page->filling = g_idle_add (qc_page_fill_cb, page);
}

static void
qc_page_measured_cb (MhQcPage *page)
{
  mh_record_list_reload (page->targets);
  mh_record_list_reload (page->locks);
}

static void
qc_page_selection_cb (MhQcPage *page)
{
  MhRecord *row = mh_record_table_current (page->table);
  if (row != NULL && !mh_split_is_folded (page->split)
      && (g_strcmp0 (mh_record_text (row, MH_QC_TARGET_EQUIPMENT),
                     mh_qc_pane_equipment (page->pane))
              != 0
          || g_strcmp0 (mh_record_text (row, MH_QC_TARGET_ANALYTE), mh_qc_pane_analyte (page->pane))
                 != 0))
    qc_page_show_row (page, row, FALSE);
}

static void
qc_page_activated_cb (MhQcPage *page, MhRecord *row)
{
  qc_page_show_row (page, row, TRUE);
}

/* --- setting up --- */

static void
qc_page_done_cb (GtkWidget *opener, MhRecord *answer, gpointer data)
{
  qc_page_measured_cb (MH_QC_PAGE (opener));
}

static void
qc_page_set_up (MhQcPage *page, const MhRecordType *type, const char *title, const char *route)
{
  g_autoptr (MhRecord) draft = mh_record_new (type);
  const MhEntryWanted wanted = {
    .title = title, .save = _ ("_Save"), .route = route, .draft = draft, .done = qc_page_done_cb
  };
  mh_entry_dialog_show (GTK_WIDGET (page), mh_pane_context (MH_PANE (page)), &wanted);
}

static void
material_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  qc_page_set_up (MH_QC_PAGE (widget), &mh_qc_material_type, _ ("New control material"),
                  "qc_material.create");
}

static void
lot_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  qc_page_set_up (MH_QC_PAGE (widget), &mh_qc_lot_type, _ ("New lot"), "qc_lot.create");
}

static void
target_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  qc_page_set_up (MH_QC_PAGE (widget), &mh_qc_target_type, _ ("New target"), "qc_target.create");
}

static void
qc_page_enter_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mh_qc_pane_enter (MH_QC_PAGE (widget)->pane);
}

static void
qc_page_act_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mh_qc_pane_act (MH_QC_PAGE (widget)->pane);
}

/* --- as a page --- */

static void
qc_page_begin (MhPane *pane)
{
  static const char *const active[] = { "state", "active", "limit", "200", NULL };
  static const char *const all[] = { "limit", "200", NULL };
  MhQcPage *page = MH_QC_PAGE (pane);
  MhContext *context = mh_pane_context (pane);

  mh_pane_keep (pane, &page->rows, g_list_store_new (MH_TYPE_RECORD));
  mh_pane_keep (pane, &page->targets, mh_record_list_new (context, "qc_target.list"));
  mh_pane_keep (pane, &page->locks, mh_record_list_new (context, "qc_lock.list"));
  mh_record_table_setup (page->table, "qc-board", &mh_qc_target_type, columns,
                         G_LIST_MODEL (page->rows), MH_TABLE_SINGLE);
  mh_record_table_set_lines (page->table, MH_PHONE_LEAST_WIDTH);
  mh_record_table_set_source (page->table, page->targets);
  mh_record_list_set_belongs (page->locks, mh_qc_board_is_active, NULL);

  /* told of each live change too, which exchanges a record without changing the list */
  g_signal_connect_object (page->targets, "notify::n-items", G_CALLBACK (qc_page_changed_cb), page,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (page->locks, "notify::n-items", G_CALLBACK (qc_page_changed_cb), page,
                           G_CONNECT_SWAPPED);
  mh_record_list_set_args (page->targets, all);
  mh_record_list_set_args (page->locks, active);
}

static void
qc_page_shown (MhPane *pane)
{
  mh_record_table_grab (MH_QC_PAGE (pane)->table);
}

static void
mh_qc_page_finalize (GObject *object)
{
  if (MH_QC_PAGE (object)->filling != 0)
    g_source_remove (MH_QC_PAGE (object)->filling);
  G_OBJECT_CLASS (mh_qc_page_parent_class)->finalize (object);
}

static void
mh_qc_page_class_init (MhQcPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_qc_page_finalize;
  MH_PANE_CLASS (klass)->begin = qc_page_begin;
  MH_PANE_CLASS (klass)->shown = qc_page_shown;
  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_QC_PANE);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/qc/mh-qc-page"));
  gtk_widget_class_bind_template_child (widget, MhQcPage, split);
  gtk_widget_class_bind_template_child (widget, MhQcPage, table);
  gtk_widget_class_bind_template_child (widget, MhQcPage, pane);
  gtk_widget_class_bind_template_child (widget, MhQcPage, count);
  gtk_widget_class_bind_template_callback (widget, qc_page_selection_cb);
  gtk_widget_class_bind_template_callback (widget, qc_page_activated_cb);
  mh_closures_bind (widget);
  gtk_widget_class_install_action (widget, "qc.enter", NULL, qc_page_enter_action);
  gtk_widget_class_install_action (widget, "qc.act", NULL, qc_page_act_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F9, 0, "qc.enter", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F8, 0, "qc.act", NULL);
  gtk_widget_class_install_action (widget, "qc.material", NULL, material_action);
  gtk_widget_class_install_action (widget, "qc.lot", NULL, lot_action);
  gtk_widget_class_install_action (widget, "qc.target", NULL, target_action);
}

static void
mh_qc_page_init (MhQcPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  g_signal_connect_object (page->pane, "measured", G_CALLBACK (qc_page_measured_cb), page,
                           G_CONNECT_SWAPPED);
  g_object_bind_property (page->split, "folded", mh_qc_pane_back (page->pane), "visible",
                          G_BINDING_SYNC_CREATE);
}

GtkWidget *
mh_qc_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_QC_PAGE, "context", context, NULL);
}
