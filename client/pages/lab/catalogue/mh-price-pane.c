/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/catalogue/mh-price-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-read.h"
#include "client/models/mh-record-list.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-refusal.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/form/mh-field-row.h"
#include "shared/base/mh-decimal.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

/* More rows than any catalogue has. */
#define MOST 5000

struct _MhPricePane
{
  MhPane parent_instance;
  GtkLabel *said;
  GtkWidget *save;
  GtkBox *adding;
  MhRecordSlot *slot; /* the price that is being added: of which test or panel */
  MhFieldRow *code;
  GtkListBox *rows;
  MhRecordList *lists;
  MhRecordList *tests, *panels; /* for their names */
  GHashTable *names;            /* code → name */
  GPtrArray *read;              /* price lists with their entries */
  char *wanted;                 /* code of the test or panel; NULL: one list alone */
  char *alone;                  /* id of that list */
  gboolean waits;               /* for the list of price lists */
  guint asked, open;            /* which round of reading, and how many answers it waits for */
};

G_DEFINE_FINAL_TYPE (MhPricePane, mh_price_pane, MH_TYPE_PANE)

/* --- rows --- */

static MhRecord *
price_pane_entry_of (MhRecord *list, const char *code)
{
  GPtrArray *entries = mh_record_records (list, MH_PRICE_LIST_ENTRIES);
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    if (g_strcmp0 (mh_record_text (g_ptr_array_index (entries, i), MH_PRICE_ENTRY_CODE), code) == 0)
      return g_ptr_array_index (entries, i);
  return NULL;
}

const char *
mh_price_pane_why_not (MhContext *context, MhRecord *list)
{
  gboolean of_all
      = mh_record_version (list) > 0 && !mh_record_has (list, MH_PRICE_LIST_HOSPITAL_ID);
  return of_all && !mh_context_may (context, MH_MAY_SEE_ALL_HOSPITALS)
             ? _ ("This list holds for all hospitals: only who works in all of them changes it.")
             : NULL;
}

static gboolean
price_pane_may_write (MhPricePane *pane, MhRecord *list)
{
  MhContext *context = mh_pane_context (MH_PANE (pane));
  return mh_context_may (context, MH_MAY_WRITE_PRICE)
         && mh_price_pane_why_not (context, list) == NULL;
}

static void
price_pane_typed_cb (GtkEditable *entry, MhPricePane *pane)
{
  gint64 minor;
  const char *text = gtk_editable_get_text (entry);
  gboolean good = *text == 0 || mh_money_parse (text, &minor);
  if (good)
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  gtk_widget_set_tooltip_text (GTK_WIDGET (entry), good ? NULL : _ ("Write an amount like 350.00"));
  gtk_widget_set_visible (
      pane->save, price_pane_may_write (pane, g_object_get_data (G_OBJECT (entry), "list")));
}

/* Names may come later than the prices. */
static void
name_row (MhPricePane *pane, GtkWidget *row)
{
  GtkWidget *box = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row));
  GtkWidget *entry = g_object_get_data (G_OBJECT (box), "entry");
  const char *code = g_object_get_data (G_OBJECT (entry), "code");
  const char *list_name
      = mh_record_text (g_object_get_data (G_OBJECT (entry), "list"), MH_PRICE_LIST_NAME);
  const char *name = g_hash_table_lookup (pane->names, code);
  g_autofree char *both = name != NULL ? g_strdup_printf ("%s · %s", name, code) : g_strdup (code);

  /* Translators: a test, a price list */
  g_autofree char *words
      = g_strdup_printf (_ ("Price of %s in %s"), name != NULL ? name : code, list_name);

  gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (box)),
                       pane->wanted != NULL ? list_name : both);
  mh_accessible_name (entry, words);
  mh_accessible_name (row, words);
}

static void
price_pane_add_row (MhPricePane *pane, MhRecord *list, const char *code)
{
  GtkWidget *box = mh_hbox (12), *entry = gtk_entry_new (), *label = mh_label ("", NULL);
  MhRecord *price = price_pane_entry_of (list, code);
  g_autofree char *amount
      = price != NULL ? mh_record_value_text (price, MH_PRICE_ENTRY_PRICE) : NULL;

  gtk_widget_set_hexpand (label, TRUE);
  mh_box_append (box, label);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 10);
  gtk_editable_set_alignment (GTK_EDITABLE (entry), 1);
  gtk_editable_set_text (GTK_EDITABLE (entry), amount != NULL ? amount : "");
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("as in the catalogue"));
  gtk_editable_set_editable (GTK_EDITABLE (entry), price_pane_may_write (pane, list));
  gtk_widget_set_tooltip_text (entry,
                               mh_price_pane_why_not (mh_pane_context (MH_PANE (pane)), list));
  mh_box_append (box, entry);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 4);
  gtk_widget_set_margin_bottom (box, 4);
  g_object_set_data_full (G_OBJECT (entry), "code", g_strdup (code), g_free);
  g_object_set_data_full (G_OBJECT (entry), "list", g_object_ref (list), g_object_unref);
  g_object_set_data (G_OBJECT (box), "entry", entry);
  g_signal_connect (entry, "changed", G_CALLBACK (price_pane_typed_cb), pane);
  gtk_list_box_append (pane->rows, box);

  GtkWidget *row = gtk_widget_get_last_child (GTK_WIDGET (pane->rows));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  name_row (pane, row);
}

static GtkEditable *
price_pane_field_of (MhPricePane *pane, MhRecord *list, const char *code)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (pane->rows)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *box = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row));
      GObject *entry = g_object_get_data (G_OBJECT (box), "entry");
      if (g_object_get_data (entry, "list") == (gpointer)list
          && g_strcmp0 (g_object_get_data (entry, "code"), code) == 0)
        return GTK_EDITABLE (entry);
    }
  return NULL;
}

/* One sentence above the rows: why they cannot be changed, or what an empty one means. */
static const char *
price_pane_said_of (MhPricePane *pane)
{
  const char *why = NULL;
  MhContext *context = mh_pane_context (MH_PANE (pane));
  if (pane->read->len == 0)
    return _ ("There is no price list; the price of the catalogue holds.");
  for (guint i = 0; i < pane->read->len; i++)
    {
      why = mh_price_pane_why_not (context, g_ptr_array_index (pane->read, i));
      if (why == NULL || !mh_context_may (context, MH_MAY_WRITE_PRICE))
        return _ ("An empty field: the price of the catalogue holds.");
    }
  return why;
}

static void
price_pane_fill (MhPricePane *pane)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (pane->rows))) != NULL)
    gtk_list_box_remove (pane->rows, child);

  for (guint i = 0; i < pane->read->len; i++)
    {
      MhRecord *list = g_ptr_array_index (pane->read, i);
      GPtrArray *entries = mh_record_records (list, MH_PRICE_LIST_ENTRIES);
      if (pane->wanted != NULL)
        price_pane_add_row (pane, list, pane->wanted);
      for (guint k = 0; pane->wanted == NULL && entries != NULL && k < entries->len; k++)
        price_pane_add_row (pane, list,
                            mh_record_text (g_ptr_array_index (entries, k), MH_PRICE_ENTRY_CODE));
    }

  gtk_widget_set_visible (pane->save, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (pane->adding),
                          pane->wanted == NULL && pane->read->len == 1
                              && price_pane_may_write (pane, g_ptr_array_index (pane->read, 0)));
  gtk_label_set_label (pane->said, price_pane_said_of (pane));
}

/* Is there a test or panel of what stands in the field? While their names come, the server says. */
static gboolean
price_pane_is_known (MhPricePane *pane)
{
  const char *code = mh_record_text (mh_record_slot_record (pane->slot), MH_PRICE_ENTRY_CODE);
  return code == NULL || g_hash_table_contains (pane->names, code)
         || mh_record_list_is_loading (pane->tests) || mh_record_list_is_loading (pane->panels);
}

static void
price_pane_add_cb (MhPricePane *pane)
{
  if (pane->read->len != 1)
    return;

  if (!price_pane_is_known (pane))
    {
      mh_refusal_say (mh_field_row_control (pane->code),
                      _ ("No test or panel has this name. Choose one from the list."), NULL);
      return;
    }

  if (!mh_field_row_check (pane->code))
    return;

  MhRecord *list = g_ptr_array_index (pane->read, 0);
  g_autofree char *code
      = g_strdup (mh_record_text (mh_record_slot_record (pane->slot), MH_PRICE_ENTRY_CODE));

  if (price_pane_field_of (pane, list, code) == NULL)
    price_pane_add_row (pane, list, code);
  mh_record_slot_begin (pane->slot, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (price_pane_field_of (pane, list, code)));
}

/* --- reading --- */

typedef struct
{
  MhPricePane *pane;
  guint round;
} Reading;

static void
price_pane_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Reading *reading = data;
  g_autoptr (MhPricePane) pane = reading->pane;
  g_autoptr (GError) error = NULL;
  MhRecord *list = mh_read_finish (result, &error);
  gboolean late = mh_pane_context (MH_PANE (pane)) == NULL || reading->round != pane->asked;

  if (late || list == NULL)
    {
      if (!late)
        mh_shell_fail (GTK_WIDGET (pane), error);
      g_clear_object (&list);
    }
  else
    g_ptr_array_add (pane->read, list);
  if (!late && --pane->open == 0)
    price_pane_fill (pane);
}

static void
price_pane_read_list (MhPricePane *pane, const char *id)
{
  Reading *reading = g_new (Reading, 1);
  *reading = (Reading){ g_object_ref (pane), pane->asked };
  pane->open++;
  mh_read_async (mh_pane_context (MH_PANE (pane)), "price_list.read", id,
                 mh_pane_cancellable (MH_PANE (pane)), price_pane_read_cb, reading);
}

static void
price_pane_ask (MhPricePane *pane)
{
  GListModel *lists = G_LIST_MODEL (pane->lists);
  pane->asked++;
  pane->open = 0;
  g_ptr_array_set_size (pane->read, 0);
  if (pane->alone != NULL)
    price_pane_read_list (pane, pane->alone);
  for (guint i = 0; pane->wanted != NULL && i < g_list_model_get_n_items (lists); i++)
    {
      g_autoptr (MhRecord) list = g_list_model_get_item (lists, i);
      price_pane_read_list (pane, mh_record_id (list));
    }

  if (pane->open == 0)
    price_pane_fill (pane);
}

/* --- saving --- */

static void
price_pane_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhPricePane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;

  if (outcome == NULL)
    mh_shell_fail (GTK_WIDGET (pane), error);
  else
    {
      mh_shell_toast (GTK_WIDGET (pane), _ ("Saved"));
      price_pane_ask (pane);
    }
}

static void
price_pane_put_entry (GPtrArray *entries, const char *code, gint64 price)
{
  MhRecord *entry = mh_record_new (&mh_price_entry_type);
  mh_record_set_text (entry, MH_PRICE_ENTRY_CODE, code);
  mh_record_set_int (entry, MH_PRICE_ENTRY_PRICE, price);
  g_ptr_array_add (entries, entry);
}

/* What the list would say; NULL: a field cannot be read. *out_changed whether anything differs. */
static GPtrArray *
entries_of (MhPricePane *pane, MhRecord *list, gboolean *out_changed)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *old = mh_record_records (list, MH_PRICE_LIST_ENTRIES);
  gint64 price;

  *out_changed = FALSE;
  for (guint i = 0; old != NULL && i < old->len; i++)
    {
      MhRecord *entry = g_ptr_array_index (old, i);
      const char *code = mh_record_text (entry, MH_PRICE_ENTRY_CODE);
      GtkEditable *field = price_pane_field_of (pane, list, code);
      const char *text = field != NULL ? gtk_editable_get_text (field) : NULL;
      price = mh_record_int (entry, MH_PRICE_ENTRY_PRICE);
      if (text != NULL && *text != 0 && !mh_money_parse (text, &price))
        return NULL;
      if (text == NULL || *text != 0)
        price_pane_put_entry (entries, code, price);
      *out_changed = *out_changed || (text != NULL && *text == 0)
                     || price != mh_record_int (entry, MH_PRICE_ENTRY_PRICE);
    }

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (pane->rows)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *box = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row));
      GObject *field = g_object_get_data (G_OBJECT (box), "entry");
      const char *code = g_object_get_data (field, "code");
      const char *text = gtk_editable_get_text (GTK_EDITABLE (field));
      if (g_object_get_data (field, "list") != (gpointer)list
          || price_pane_entry_of (list, code) != NULL || *text == 0)
        continue;
      if (!mh_money_parse (text, &price))
        return NULL;
      price_pane_put_entry (entries, code, price);
      *out_changed = TRUE;
    }

  return g_steal_pointer (&entries);
}

static void
price_pane_save_cb (MhPricePane *pane)
{
  for (guint i = 0; i < pane->read->len; i++)
    {
      MhRecord *list = g_ptr_array_index (pane->read, i);
      gboolean changed;
      GPtrArray *entries = entries_of (pane, list, &changed);
      if (entries == NULL)
        {
          mh_shell_toast (GTK_WIDGET (pane), _ ("Write amounts like 350.00"));
          return;
        }
      if (!changed)
        {
          g_ptr_array_unref (entries);
          continue;
        }
      const char *args[] = { "id", mh_record_id (list), NULL };
      g_autoptr (MhRecord) patch = mh_record_new (&mh_price_list_type);
      mh_record_take_records (patch, MH_PRICE_LIST_ENTRIES, entries);
      mh_command_async (
          mh_pane_context (MH_PANE (pane)),
          &(MhCommand){ .route = "price_list.update", .args = args, .body = patch, .base = list },
          NULL, price_pane_saved_cb, g_object_ref (pane));
    }
}

/* --- making it --- */

static void
mh_price_pane_finalize (GObject *object)
{
  MhPricePane *pane = MH_PRICE_PANE (object);
  g_ptr_array_unref (pane->read);
  g_hash_table_unref (pane->names);
  g_free (pane->wanted);
  g_free (pane->alone);
  G_OBJECT_CLASS (mh_price_pane_parent_class)->finalize (object);
}

static void
lists_cb (MhPricePane *pane)
{
  if (!pane->waits || mh_record_list_is_loading (pane->lists))
    return;
  pane->waits = FALSE;
  price_pane_ask (pane);
}

static void
mh_price_pane_class_init (MhPricePaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_price_pane_finalize;
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/catalogue/mh-price-pane"));
  gtk_widget_class_bind_template_child (widget, MhPricePane, said);
  gtk_widget_class_bind_template_child (widget, MhPricePane, adding);
  gtk_widget_class_bind_template_child (widget, MhPricePane, save);
  gtk_widget_class_bind_template_child (widget, MhPricePane, rows);
  gtk_widget_class_bind_template_callback (widget, price_pane_add_cb);
  gtk_widget_class_bind_template_callback (widget, price_pane_save_cb);
}

static void
mh_price_pane_init (MhPricePane *pane)
{
  pane->read = g_ptr_array_new_with_free_func (g_object_unref);
  pane->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gtk_widget_init_template (GTK_WIDGET (pane));
}

static void
price_pane_learn (MhPricePane *pane, MhRecord *record)
{
  guint code = mh_record_type (record)->key;
  g_hash_table_replace (pane->names, g_strdup (mh_record_text (record, code)),
                        mh_record_display (record));
}

static void
price_pane_named_cb (MhRecordList *list, GParamSpec *spec, MhPricePane *pane)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));
  if (mh_record_list_is_loading (list) || mh_pane_context (MH_PANE (pane)) == NULL)
    return;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MhRecord) record = g_list_model_get_item (G_LIST_MODEL (list), i);
      price_pane_learn (pane, record);
    }

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (pane->rows)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    name_row (pane, row);

  if (n < MOST)
    mh_record_list_more (list);
}

static MhRecordList *
names_new (MhPricePane *pane, const char *route)
{
  MhRecordList *list = mh_record_list_new (mh_pane_context (MH_PANE (pane)), route);
  g_signal_connect_object (list, "notify::loading", G_CALLBACK (price_pane_named_cb), pane, 0);
  return list;
}

/* Only a list's prices are of many tests. */
static void
ask_names (MhPricePane *pane)
{
  static const char *const all[] = { "limit", "200", NULL };
  if (g_list_model_get_n_items (G_LIST_MODEL (pane->tests)) > 0)
    return;
  mh_record_list_set_args (pane->tests, all);
  mh_record_list_set_args (pane->panels, all);
}

GtkWidget *
mh_price_pane_new (MhContext *context)
{
  MhPricePane *pane = g_object_new (MH_TYPE_PRICE_PANE, "context", context, NULL);
  mh_pane_keep (MH_PANE (pane), &pane->slot, mh_record_slot_new (context, &mh_price_entry_type));
  mh_record_slot_begin (pane->slot, NULL);
  pane->code = MH_FIELD_ROW (mh_field_row_new (pane->slot, "code"));
  gtk_widget_set_hexpand (GTK_WIDGET (pane->code), TRUE);
  gtk_box_prepend (pane->adding, GTK_WIDGET (pane->code));
  g_signal_connect_swapped (pane->code, "activate", G_CALLBACK (price_pane_add_cb), pane);
  mh_pane_keep (MH_PANE (pane), &pane->tests, names_new (pane, "test.list"));
  mh_pane_keep (MH_PANE (pane), &pane->panels, names_new (pane, "panel.list"));
  mh_pane_keep (MH_PANE (pane), &pane->lists, mh_record_list_new (context, "price_list.list"));
  g_signal_connect_object (pane->lists, "notify::n-items", G_CALLBACK (lists_cb), pane,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (pane);
}

void
mh_price_pane_show (MhPricePane *pane, MhRecord *record)
{
  gboolean list = mh_record_type (record) == &mh_price_list_type;
  guint code = mh_record_type (record)->key;
  g_clear_pointer (&pane->wanted, g_free);
  g_clear_pointer (&pane->alone, g_free);

  if (list)
    pane->alone = g_strdup (mh_record_id (record));
  else
    {
      pane->wanted = g_strdup (mh_record_text (record, code));
      price_pane_learn (pane, record);
    }

  pane->waits = !list;
  if (list)
    {
      ask_names (pane);
      price_pane_ask (pane);
    }
  else
    mh_record_list_set_args (pane->lists, NULL);
}
