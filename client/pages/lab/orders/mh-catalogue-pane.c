/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/orders/mh-catalogue-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-record-list.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/base/mh-words.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-text.h"
#include "shared/records/clinic/mh-medicine.h"
#include "shared/records/lab/mh-test.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _MhCataloguePane
{
  MhPane parent_instance;
  GtkEditable *entry;
  GtkStack *stack;
  GtkListView *view;
  MhRecordList *tests, *panels;
  GListStore *sources;
  GtkSortListModel *sorted;
  GtkFilterListModel *filtered;
  GtkSingleSelection *selection;
  char **words; /* folded, of what is typed; NULL: nothing */
};

G_DEFINE_FINAL_TYPE (MhCataloguePane, mh_catalogue_pane, MH_TYPE_PANE)

static guint chosen;

static const char *
field_text (MhRecord *record, const char *name)
{
  int field = mh_record_type_find (mh_record_type (record), name);
  return field >= 0 ? mh_record_text (record, (guint)field) : NULL;
}

static gboolean
is_medicine (MhRecord *record)
{
  return mh_record_type (record) == &mh_medicine_type;
}

/* --- what is searched, folded once for each version of a record --- */

typedef struct
{
  gint64 version;
  char *code, *short_name, *name, *all, *order;
} Folded;

static void
folded_free (gpointer data)
{
  Folded *folded = data;
  g_free (folded->code);
  g_free (folded->short_name);
  g_free (folded->name);
  g_free (folded->all);
  g_free (folded->order);
  g_free (folded);
}

static char *
catalogue_pane_fold (const char *text)
{
  return mh_text_fold (text != NULL ? text : "");
}

/* Of medicines of one name: what is prescribed most stands first. */
static int
form_order (MhRecord *record)
{
  const char *form = is_medicine (record) ? mh_record_text (record, MH_MEDICINE_FORM) : NULL;
  if (form == NULL || g_str_equal (form, "tablet"))
    return 0;
  return g_str_equal (form, "capsule") ? 1 : 2;
}

static const Folded *
folded_of (MhRecord *record)
{
  Folded *folded = g_object_get_data (G_OBJECT (record), "mh-folded");
  const char *const *aliases;
  int field = mh_record_type_find (mh_record_type (record), "aliases");
  if (folded != NULL && folded->version == mh_record_version (record))
    return folded;

  folded = g_new0 (Folded, 1);
  aliases = field >= 0 ? mh_record_list (record, (guint)field) : NULL;
  g_autofree char *also = aliases != NULL ? g_strjoinv (" ", (char **)aliases) : g_strdup ("");
  const char *brands = field_text (record, "brands");
  g_autofree char *both = g_strjoin (" ", also, brands != NULL ? brands : "", NULL);
  g_autofree char *others = catalogue_pane_fold (both);

  folded->version = mh_record_version (record);
  folded->code = catalogue_pane_fold (field_text (record, "code"));
  folded->short_name = catalogue_pane_fold (field_text (record, "short_name"));
  folded->name = catalogue_pane_fold (field_text (record, "name"));

  g_autofree char *key = g_utf8_collate_key (field_text (record, "name"), -1);

  /* "paracetamol" before "paracetamol + tramadol": what ends a name sorts before all that may be in
   * one */
  folded->order = g_strdup_printf ("%s\t%d %s", key, form_order (record), folded->code);
  folded->all = g_strjoin (" ", folded->code, folded->short_name, folded->name, others, NULL);
  g_object_set_data_full (G_OBJECT (record), "mh-folded", folded, folded_free);

  return folded;
}

static gboolean
catalogue_pane_matches (gpointer item, gpointer data)
{
  MhCataloguePane *pane = data;
  const Folded *folded = folded_of (item);
  if (is_medicine (item) && mh_record_has (item, MH_MEDICINE_ACTIVE)
      && !mh_record_bool (item, MH_MEDICINE_ACTIVE))
    return FALSE;
  for (guint i = 0; pane->words != NULL && pane->words[i] != NULL; i++)
    if (strstr (folded->all, pane->words[i]) == NULL)
      return FALSE;
  return TRUE;
}

/* What is called so exactly and codes first, then what begins so, then what has such a word in it:
 * two letters and Enter should mean what one thinks of. */
static int
catalogue_pane_rank (const Folded *folded, const char *typed)
{
  g_autofree char *inside = g_strconcat (" ", typed, NULL);
  if (g_str_equal (folded->code, typed) || g_str_equal (folded->name, typed))
    return 0;
  if (g_str_has_prefix (folded->code, typed) || g_str_has_prefix (folded->short_name, typed))
    return 1;
  if (g_str_has_prefix (folded->name, typed))
    return 2;
  return strstr (folded->all, inside) != NULL ? 3 : 4;
}

/* Panels before tests: they are what is asked for most; medicines after both. */
static int
catalogue_pane_order_of (MhRecord *record)
{
  return mh_record_type (record) == &mh_panel_type ? 0 : is_medicine (record) ? 2 : 1;
}

static int
catalogue_pane_compare (gconstpointer a, gconstpointer b, gpointer data)
{
  MhCataloguePane *pane = data;
  MhRecord *left = (MhRecord *)a, *right = (MhRecord *)b;
  const Folded *l = folded_of (left), *r = folded_of (right);
  int difference = 0;
  if (pane->words != NULL)
    difference = catalogue_pane_rank (l, pane->words[0]) - catalogue_pane_rank (r, pane->words[0]);
  if (pane->words != NULL && difference == 0 && !is_medicine (left) && !is_medicine (right))
    difference = (int)strlen (l->code) - (int)strlen (r->code);
  if (difference == 0)
    difference = catalogue_pane_order_of (left) - catalogue_pane_order_of (right);
  return difference != 0 ? difference : strcmp (l->order, r->order);
}

static void
catalogue_pane_count_cb (MhCataloguePane *pane)
{
  gboolean none
      = pane->words != NULL && g_list_model_get_n_items (G_LIST_MODEL (pane->sorted)) == 0;
  gtk_stack_set_visible_child_name (pane->stack, none ? "none" : "some");
  /* While pages of the catalogue come in, the first row is the one that is chosen. */
  if (mh_record_list_is_loading (pane->tests) || mh_record_list_is_loading (pane->panels))
    {
      gtk_single_selection_set_selected (pane->selection, 0);
      mh_list_scroll_to (GTK_WIDGET (pane->view), 0);
    }
}

static void
catalogue_pane_typed_cb (MhCataloguePane *pane)
{
  g_autofree char *folded = mh_text_fold (gtk_editable_get_text (pane->entry));
  if (pane->filtered == NULL)
    return;

  g_strfreev (pane->words);
  pane->words = folded[0] != 0 ? g_strsplit (folded, " ", -1) : NULL;

  /* what is found goes between rows that stand in the new order already */
  gtk_sorter_changed (gtk_sort_list_model_get_sorter (pane->sorted), GTK_SORTER_CHANGE_DIFFERENT);
  gtk_filter_changed (gtk_filter_list_model_get_filter (pane->filtered),
                      GTK_FILTER_CHANGE_DIFFERENT);
  gtk_single_selection_set_selected (pane->selection, 0);
  mh_list_scroll_to (GTK_WIDGET (pane->view), 0);
  catalogue_pane_count_cb (pane);
}

/* --- choosing --- */

static void
catalogue_pane_choose_cb (MhCataloguePane *pane)
{
  MhRecord *selected
      = pane->selection != NULL ? gtk_single_selection_get_selected_item (pane->selection) : NULL;
  if (selected == NULL)
    return;
  g_autoptr (MhRecord) record = g_object_ref (selected);
  gtk_editable_set_text (pane->entry, "");
  gtk_widget_grab_focus (GTK_WIDGET (pane->entry));
  g_signal_emit (pane, chosen, 0, record); /* who takes it may lead the focus on */
}

static void
catalogue_pane_activated_cb (GtkListView *view, guint position, MhCataloguePane *pane)
{
  gtk_single_selection_set_selected (pane->selection, position);
  catalogue_pane_choose_cb (pane);
}

/* A search entry keeps Escape to itself: in a dialog it empties the search, then closes. */
static gboolean
mh_catalogue_pane_escape (MhCataloguePane *pane)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (pane));
  if (!MH_IS_DIALOG (root))
    return FALSE;
  if (gtk_editable_get_text (pane->entry)[0] != '\0')
    gtk_editable_set_text (pane->entry, "");
  else
    gtk_window_close (GTK_WINDOW (root));
  return TRUE;
}

static gboolean
catalogue_pane_key_cb (GtkEventControllerKey *controller,
                       guint key,
                       guint code,
                       GdkModifierType state,
                       MhCataloguePane *pane)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (pane->selection));
  guint at = gtk_single_selection_get_selected (pane->selection);
  if (key == GDK_KEY_Escape)
    return mh_catalogue_pane_escape (pane);
  if (key != GDK_KEY_Down && key != GDK_KEY_Up)
    return FALSE;
  if (n == 0)
    return TRUE;

  if (key == GDK_KEY_Down)
    at = MIN (at + 1, n - 1);
  else
    at = at > 0 ? at - 1 : 0;

  gtk_single_selection_set_selected (pane->selection, at);
  mh_list_scroll_to (GTK_WIDGET (pane->view), at);
  return TRUE;
}

/* --- rows --- */

static void
catalogue_pane_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *row = mh_hbox (MH_GAP), *words = mh_vbox (0);
  GtkWidget *name = mh_label (NULL, NULL), *detail = mh_label (NULL, "dim-label");
  GtkWidget *price = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (detail), PANGO_ELLIPSIZE_END);
  gtk_label_set_lines (GTK_LABEL (detail), 2);
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

/* "500 mg · tablet · High-alert" */
static char *
medicine_text (MhRecord *medicine)
{
  const char *const *strengths = mh_record_list (medicine, MH_MEDICINE_STRENGTHS);
  const char *form = mh_record_text (medicine, MH_MEDICINE_FORM);
  g_autofree char *strength
      = strengths != NULL ? g_strjoinv (" + ", (char **)strengths) : g_strdup ("");
  return g_strdup_printf ("%s · %s%s%s", strength, form != NULL ? form : "",
                          mh_record_bool (medicine, MH_MEDICINE_HIGH_ALERT) ? " · " : "",
                          mh_record_bool (medicine, MH_MEDICINE_HIGH_ALERT) ? _ ("High-alert")
                                                                            : "");
}

static void
catalogue_pane_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  MhRecord *record = gtk_list_item_get_item (item);
  GtkWidget *words = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *name = gtk_widget_get_first_child (words);
  GtkWidget *detail = gtk_widget_get_next_sibling (name);
  GtkWidget *price = gtk_widget_get_next_sibling (words);
  gboolean panel = mh_record_type (record) == &mh_panel_type, medicine = is_medicine (record);
  int field = mh_record_type_find (mh_record_type (record), "price");
  g_autofree char *money
      = field >= 0 ? mh_words_money (mh_record_int (record, (guint)field), NULL) : NULL;
  g_autofree char *tests
      = panel ? g_strjoinv (", ", (char **)mh_record_list (record, MH_PANEL_TESTS)) : NULL;
  const char *container = panel || medicine ? NULL : mh_record_text (record, MH_TEST_CONTAINER);
  g_autofree char *text
      = medicine ? medicine_text (record)
                 : g_strdup_printf ("%s · %s", field_text (record, "code"),
                                    panel ? tests : (container != NULL ? container : ""));

  gtk_label_set_text (GTK_LABEL (name), field_text (record, "name"));
  gtk_label_set_text (GTK_LABEL (detail), text);
  mh_tooltip_set (detail, panel ? text : NULL);
  gtk_label_set_text (GTK_LABEL (price), money != NULL ? money : "");
  if (panel)
    gtk_widget_add_css_class (name, "heading");
  else
    gtk_widget_remove_css_class (name, "heading");
}

static void
make_rows (MhCataloguePane *pane)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (catalogue_pane_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (catalogue_pane_bind_cb), NULL);
  gtk_list_view_set_factory (pane->view, factory);
}

static void
make_models (MhCataloguePane *pane)
{
  MhPane *base = MH_PANE (pane);
  mh_pane_keep (base, &pane->sources, g_list_store_new (G_TYPE_LIST_MODEL));
  g_list_store_append (pane->sources, pane->panels);
  g_list_store_append (pane->sources, pane->tests);

  GtkFlattenListModel *flat
      = gtk_flatten_list_model_new (G_LIST_MODEL (g_object_ref (pane->sources)));
  mh_pane_keep (base, &pane->filtered,
                gtk_filter_list_model_new (
                    G_LIST_MODEL (flat),
                    GTK_FILTER (gtk_custom_filter_new (catalogue_pane_matches, pane, NULL))));
  mh_pane_keep (base, &pane->sorted,
                gtk_sort_list_model_new (
                    G_LIST_MODEL (g_object_ref (pane->filtered)),
                    GTK_SORTER (gtk_custom_sorter_new (catalogue_pane_compare, pane, NULL))));
  mh_pane_keep (base, &pane->selection,
                gtk_single_selection_new (G_LIST_MODEL (g_object_ref (pane->sorted))));
  gtk_list_view_set_model (pane->view, GTK_SELECTION_MODEL (pane->selection));
  g_signal_connect_object (pane->sorted, "items-changed", G_CALLBACK (catalogue_pane_count_cb),
                           pane, G_CONNECT_SWAPPED);
}

/* However long the catalogue is: all of it is there to be typed for. */
static void
catalogue_pane_loaded_cb (MhRecordList *list)
{
  if (!mh_record_list_is_loading (list) && mh_record_list_problem (list) == NULL)
    mh_record_list_more (list);
}

static MhRecordList *
make_list (MhCataloguePane *pane, const char *route)
{
  static const char *const all[] = { "limit", "200", NULL };
  MhRecordList *list = mh_record_list_new (mh_pane_context (MH_PANE (pane)), route);
  g_signal_connect (list, "notify::loading", G_CALLBACK (catalogue_pane_loaded_cb), NULL);
  mh_record_list_set_args (list, all);
  return list;
}

static void
catalogue_pane_begin (MhPane *base)
{
  MhCataloguePane *pane = MH_CATALOGUE_PANE (base);
  mh_pane_keep (base, &pane->tests, make_list (pane, "test.list"));
  mh_pane_keep (base, &pane->panels, make_list (pane, "panel.list"));
  make_models (pane);
}

static void
mh_catalogue_pane_dispose (GObject *object)
{
  MhCataloguePane *pane = MH_CATALOGUE_PANE (object);
  if (pane->view != NULL)
    gtk_list_view_set_model (pane->view, NULL);
  g_clear_pointer (&pane->words, g_strfreev);
  G_OBJECT_CLASS (mh_catalogue_pane_parent_class)->dispose (object);
}

static void
mh_catalogue_pane_class_init (MhCataloguePaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_catalogue_pane_dispose;
  MH_PANE_CLASS (klass)->begin = catalogue_pane_begin;
  chosen = g_signal_new ("chosen", MH_TYPE_CATALOGUE_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                         G_TYPE_NONE, 1, MH_TYPE_RECORD);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("lab/orders/mh-catalogue-pane"));
  gtk_widget_class_bind_template_child (widget, MhCataloguePane, entry);
  gtk_widget_class_bind_template_child (widget, MhCataloguePane, stack);
  gtk_widget_class_bind_template_child (widget, MhCataloguePane, view);
  gtk_widget_class_bind_template_callback (widget, catalogue_pane_typed_cb);
  gtk_widget_class_bind_template_callback (widget, catalogue_pane_choose_cb);
  gtk_widget_class_bind_template_callback (widget, catalogue_pane_key_cb);
  gtk_widget_class_bind_template_callback (widget, catalogue_pane_activated_cb);
}

static void
mh_catalogue_pane_init (MhCataloguePane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
  make_rows (pane);
}

GtkWidget *
mh_catalogue_pane_new (MhContext *context)
{
  return g_object_new (MH_TYPE_CATALOGUE_PANE, "context", context, NULL);
}

void
mh_catalogue_pane_add_medicines (MhCataloguePane *pane, GListModel *medicines)
{
  g_return_if_fail (pane->sources != NULL);
  g_list_store_append (pane->sources, medicines);
  g_object_set (pane->entry, "placeholder-text",
                _ ("Type a medicine, test or panel, Enter adds it"), NULL);
  mh_accessible_name (GTK_WIDGET (pane->entry), _ ("Find a medicine or test"));
}

void
mh_catalogue_pane_focus (MhCataloguePane *pane)
{
  gtk_widget_grab_focus (GTK_WIDGET (pane->entry));
}

void
mh_catalogue_pane_type (MhCataloguePane *pane, const char *text)
{
  gtk_widget_grab_focus (GTK_WIDGET (pane->entry));
  gtk_editable_set_text (pane->entry, text);
  gtk_editable_set_position (pane->entry, -1);
}

gboolean
mh_catalogue_pane_is_typing (MhCataloguePane *pane)
{
  return pane->words != NULL;
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
