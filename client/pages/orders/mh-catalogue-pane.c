/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/orders/mh-catalogue-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-record-list.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/mh-marks.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-text.h"
#include "shared/records/mh-records.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _MhCataloguePane
{
  GtkWidget parent_instance;
  GtkWidget *box, *entry, *view;
  MhRecordList *tests, *panels;
  GtkFilterListModel *filtered;
  GtkSingleSelection *selection;
  char **words; /* folded, of what is typed */
};

G_DEFINE_FINAL_TYPE (MhCataloguePane, mh_catalogue_pane, GTK_TYPE_WIDGET)

static guint chosen;

static const char *
field_text (MhRecord *record, const char *name)
{
  int field = mh_record_type_find (mh_record_type (record), name);
  return field >= 0 ? mh_record_text (record, (guint)field) : NULL;
}

/* --- filtering --- */

static gboolean
matches (gpointer item, gpointer data)
{
  MhCataloguePane *pane = data;
  const char *code = field_text (item, "code"), *name = field_text (item, "name");
  const char *short_name = field_text (item, "short_name");
  if (pane->words == NULL)
    return TRUE;
  g_autofree char *all = g_strdup_printf ("%s %s %s", code, name != NULL ? name : "",
                                          short_name != NULL ? short_name : "");
  g_autofree char *folded = mh_text_fold (all);
  for (guint i = 0; pane->words[i] != NULL; i++)
    if (strstr (folded, pane->words[i]) == NULL)
      return FALSE;
  return TRUE;
}

/* What is typed may be a code: it comes first then, so that Enter means it. */
static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  MhCataloguePane *pane = data;
  const char *left = field_text ((MhRecord *)a, "code");
  const char *right = field_text ((MhRecord *)b, "code");
  const char *typed = pane->words != NULL ? pane->words[0] : NULL;
  if (typed != NULL)
    {
      gboolean l = g_ascii_strcasecmp (left, typed) == 0,
               r = g_ascii_strcasecmp (right, typed) == 0;
      if (l != r)
        return l ? -1 : 1;
    }
  return g_utf8_collate (field_text ((MhRecord *)a, "name"), field_text ((MhRecord *)b, "name"));
}

static void
typed_cb (GtkEditable *entry, MhCataloguePane *pane)
{
  g_autofree char *folded = mh_text_fold (gtk_editable_get_text (entry));
  g_strfreev (pane->words);
  pane->words = folded[0] != 0 ? g_strsplit (folded, " ", -1) : NULL;
  gtk_filter_changed (gtk_filter_list_model_get_filter (pane->filtered),
                      GTK_FILTER_CHANGE_DIFFERENT);
  GListModel *sorted = gtk_single_selection_get_model (pane->selection);
  gtk_sorter_changed (gtk_sort_list_model_get_sorter (GTK_SORT_LIST_MODEL (sorted)),
                      GTK_SORTER_CHANGE_DIFFERENT);
  gtk_single_selection_set_selected (pane->selection, 0);
}

/* --- choosing --- */

static void
choose (MhCataloguePane *pane)
{
  MhRecord *record = gtk_single_selection_get_selected_item (pane->selection);
  if (record == NULL)
    return;
  g_signal_emit (pane, chosen, 0, record);
  gtk_editable_set_text (GTK_EDITABLE (pane->entry), "");
  gtk_widget_grab_focus (pane->entry);
}

static void
enter_cb (GtkSearchEntry *entry, MhCataloguePane *pane)
{
  choose (pane);
}

static void
activated_cb (GtkListView *view, guint position, MhCataloguePane *pane)
{
  gtk_single_selection_set_selected (pane->selection, position);
  choose (pane);
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        MhCataloguePane *pane)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (pane->selection));
  guint at = gtk_single_selection_get_selected (pane->selection);
  if (key != GDK_KEY_Down && key != GDK_KEY_Up)
    return FALSE;
  if (n == 0)
    return TRUE;
  if (key == GDK_KEY_Down)
    at = MIN (at + 1, n - 1);
  else
    at = at > 0 ? at - 1 : 0;
  gtk_single_selection_set_selected (pane->selection, at);
  mh_list_scroll_to (pane->view, at);
  return TRUE;
}

/* --- rows --- */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *row = mh_hbox (MH_GAP), *words = mh_vbox (0);
  GtkWidget *name = mh_label (NULL, NULL), *detail = mh_label (NULL, "dim-label");
  GtkWidget *price = gtk_label_new (NULL);
  gtk_widget_add_css_class (detail, "caption");
  gtk_widget_add_css_class (price, "numeric");
  gtk_widget_set_hexpand (words, TRUE);
  mh_box_append (words, name);
  mh_box_append (words, detail);
  mh_box_append (row, words);
  mh_box_append (row, price);
  gtk_widget_add_css_class (row, "mh-row");
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  MhRecord *record = gtk_list_item_get_item (item);
  GtkWidget *words = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *name = gtk_widget_get_first_child (words);
  GtkWidget *detail = gtk_widget_get_next_sibling (name);
  GtkWidget *price = gtk_widget_get_next_sibling (words);
  gboolean panel = mh_record_type (record) == &mh_panel_type;
  int field = mh_record_type_find (mh_record_type (record), "price");
  g_autofree char *money = mh_money_display (mh_record_int (record, (guint)field), "INR");
  g_autofree char *tests
      = panel ? g_strjoinv (", ", (char **)mh_record_list (record, MH_PANEL_TESTS)) : NULL;
  const char *container = panel ? NULL : mh_record_text (record, MH_TEST_CONTAINER);
  g_autofree char *text = g_strdup_printf ("%s · %s", field_text (record, "code"),
                                           panel ? tests : (container != NULL ? container : ""));
  gtk_label_set_text (GTK_LABEL (name), field_text (record, "name"));
  gtk_label_set_text (GTK_LABEL (detail), text);
  gtk_label_set_text (GTK_LABEL (price), money);
  if (panel)
    gtk_widget_add_css_class (name, "heading");
  else
    gtk_widget_remove_css_class (name, "heading");
}

static GtkWidget *
make_list (MhCataloguePane *pane)
{
  GListStore *both = g_list_store_new (G_TYPE_LIST_MODEL);
  g_list_store_append (both, pane->panels);
  g_list_store_append (both, pane->tests);
  GtkFlattenListModel *flat = gtk_flatten_list_model_new (G_LIST_MODEL (both));
  pane->filtered = gtk_filter_list_model_new (
      G_LIST_MODEL (flat), GTK_FILTER (gtk_custom_filter_new (matches, pane, NULL)));
  GtkSortListModel *sorted = gtk_sort_list_model_new (
      G_LIST_MODEL (pane->filtered), GTK_SORTER (gtk_custom_sorter_new (compare, pane, NULL)));
  pane->selection = gtk_single_selection_new (G_LIST_MODEL (sorted));
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  pane->view = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (pane->selection)), factory);
  mh_accessible_name (pane->view, _ ("Tests and panels"));
  g_signal_connect (pane->view, "activate", G_CALLBACK (activated_cb), pane);
  return mh_scrolled (pane->view);
}

static void
mh_catalogue_pane_dispose (GObject *object)
{
  MhCataloguePane *pane = MH_CATALOGUE_PANE (object);
  g_clear_pointer (&pane->box, gtk_widget_unparent);
  g_clear_object (&pane->selection);
  g_clear_object (&pane->tests);
  g_clear_object (&pane->panels);
  g_clear_pointer (&pane->words, g_strfreev);
  G_OBJECT_CLASS (mh_catalogue_pane_parent_class)->dispose (object);
}

static void
mh_catalogue_pane_class_init (MhCataloguePaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mh_catalogue_pane_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  chosen = g_signal_new ("chosen", MH_TYPE_CATALOGUE_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                         G_TYPE_NONE, 1, MH_TYPE_RECORD);
}

static void
mh_catalogue_pane_init (MhCataloguePane *pane)
{
}

GtkWidget *
mh_catalogue_pane_new (MhContext *context)
{
  static const char *const all[] = { "limit", "200", NULL };
  MhCataloguePane *pane = g_object_new (MH_TYPE_CATALOGUE_PANE, NULL);
  GtkEventController *keys = gtk_event_controller_key_new ();
  pane->tests = mh_record_list_new (context, "test.list");
  pane->panels = mh_record_list_new (context, "panel.list");
  pane->box = mh_vbox (6);
  pane->entry = gtk_search_entry_new ();
  g_object_set (pane->entry, "placeholder-text", _ ("Type a test or panel, Enter adds it"), NULL);
  mh_accessible_name (pane->entry, _ ("Find a test"));
  g_signal_connect (pane->entry, "changed", G_CALLBACK (typed_cb), pane);
  g_signal_connect (pane->entry, "activate", G_CALLBACK (enter_cb), pane);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), pane);
  gtk_widget_add_controller (pane->entry, keys);
  mh_box_append (pane->box, pane->entry);
  mh_box_append (pane->box, make_list (pane));
  gtk_widget_set_parent (pane->box, GTK_WIDGET (pane));
  mh_record_list_set_args (pane->tests, all);
  mh_record_list_set_args (pane->panels, all);
  return GTK_WIDGET (pane);
}

void
mh_catalogue_pane_focus (MhCataloguePane *pane)
{
  gtk_widget_grab_focus (pane->entry);
}

void
mh_catalogue_pane_type (MhCataloguePane *pane, const char *text)
{
  gtk_widget_grab_focus (pane->entry);
  gtk_editable_set_text (GTK_EDITABLE (pane->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (pane->entry), -1);
}

MhRecord *
mh_catalogue_pane_find (MhCataloguePane *pane, const char *code)
{
  MhRecordList *lists[] = { pane->tests, pane->panels };
  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (lists[l])); i++)
      {
        g_autoptr (MhRecord) record = g_list_model_get_item (G_LIST_MODEL (lists[l]), i);
        if (g_strcmp0 (field_text (record, "code"), code) == 0)
          return record; /* the list keeps it */
      }
  return NULL;
}
