/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/table/mh-table-cells.h"

#include "client/compat/mh-compat.h"
#include "client/widgets/base/mh-marks.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/table/mh-table-columns.h"
#include "client/widgets/table/mh-table-lines.h"

const MhField *
mh_table_cells_field (const MhRecordType *type, const MhTableColumn *column, int *out_index)
{
  *out_index = column->field != NULL ? mh_record_type_find (type, column->field) : -1;
  return *out_index >= 0 ? &type->fields[*out_index] : NULL;
}

gboolean
mh_table_cells_is_numeric (const MhTableColumn *column, const MhField *field)
{
  return column->numeric
         || (field != NULL
             && (field->kind == MH_KIND_INT || field->kind == MH_KIND_MONEY
                 || field->kind == MH_KIND_DECIMAL));
}

static GtkWidget *
table_cells_new (const MhTableCells *cells)
{
  int index;
  const MhField *field = mh_table_cells_field (cells->type, &cells->column, &index);
  if (cells->column.make != NULL)
    return cells->column.make ();
  if (field != NULL && field->kind == MH_KIND_ENUM && cells->column.text == NULL)
    return mh_status_pill_new (NULL, NULL);

  GtkWidget *text = gtk_inscription_new (NULL);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (text), cells->column.expand ? 18 : 10);

  /* A name or a sum cut short is another one; rather the table scrolls. */
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (text),
                                 cells->first && cells->column.expand            ? 14
                                 : field != NULL && field->kind == MH_KIND_MONEY ? 9
                                                                                 : 3);

  /* One line in the middle of the row; given the whole height it would wrap. */
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (text), 1);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (text), 1);

  /* As high as one line: GTK 4.8 puts an ellipsized text at the top of a higher one. */
  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
  gboolean at_end = mh_table_cells_is_numeric (&cells->column, field);
  gboolean rtl = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;

  gtk_inscription_set_xalign (GTK_INSCRIPTION (text), at_end != rtl ? 1 : 0);
  if (at_end)
    gtk_widget_add_css_class (text, "numeric");
  if (cells->first)
    gtk_widget_add_css_class (text, "mh-first");

  return text;
}

static void
table_cells_setup_cb (GtkListItemFactory *factory, GtkListItem *item, MhTableCells *cells)
{
  GtkWidget *child = table_cells_new (cells);
  g_object_set_data (G_OBJECT (child), "mh-item", item);
  gtk_list_item_set_child (item, child);
}

static void
table_cells_set_style (GtkWidget *widget, const char *style)
{
  const char *old = g_object_get_data (G_OBJECT (widget), "mh-style");
  if (old != NULL)
    gtk_widget_remove_css_class (widget, old);
  if (style != NULL)
    gtk_widget_add_css_class (widget, style);
  g_object_set_data (G_OBJECT (widget), "mh-style", (gpointer)style);
}

/* Phone and record numbers read from left to right also in a right-to-left table. */
static char *
table_cells_isolated (const MhTableCells *cells, const char *text)
{
  int index;
  const MhField *field = mh_table_cells_field (cells->type, &cells->column, &index);
  gboolean number = field != NULL && field->format != NULL;
  if (text == NULL || !number || gtk_widget_get_default_direction () != GTK_TEXT_DIR_RTL)
    return g_strdup (text);
  return g_strconcat ("\u2066", text, "\u2069", NULL);
}

/* Reckoned with letters of eight pixels; what was made narrower by hand is not known here. */
static gboolean
table_cells_may_be_cut (const MhTableCells *cells, const char *text)
{
  int fit = cells->column.width > 0 ? MIN (cells->column.width / 8, 24) : 24;
  return text != NULL && g_utf8_strlen (text, -1) > fit;
}

static void
table_cells_fill (const MhTableCells *cells, GtkWidget *widget, MhRecord *record)
{
  int index;
  mh_table_cells_field (cells->type, &cells->column, &index);
  if (cells->all != NULL)
    mh_table_lines_fill (MH_ROW (widget), cells->type, cells->all, record);
  else if (cells->column.bind != NULL)
    cells->column.bind (widget, record);
  else if (GTK_IS_INSCRIPTION (widget))
    {
      g_autofree char *text = cells->column.text != NULL ? cells->column.text (record)
                              : index >= 0               ? mh_words_value (record, (guint)index)
                                                         : NULL;
      g_autofree char *shown = table_cells_isolated (cells, text);
      gtk_inscription_set_text (GTK_INSCRIPTION (widget), shown);
      mh_tooltip_set (widget, table_cells_may_be_cut (cells, text) ? text : NULL);
    }
  else if (index >= 0)
    mh_status_pill_set_field (widget, record, (guint)index);
  if (cells->column.style != NULL)
    table_cells_set_style (widget, cells->column.style (record));
}

static void
table_cells_changed_cb (MhRecord *record, GParamSpec *spec, GtkListItem *item)
{
  const MhTableCells *cells = g_object_get_data (G_OBJECT (item), "mh-cells");
  table_cells_fill (cells, gtk_list_item_get_child (item), record);
}

static void
table_cells_bind_cb (GtkListItemFactory *factory, GtkListItem *item, MhTableCells *cells)
{
  MhRecord *record = gtk_list_item_get_item (item);
  g_object_set_data (G_OBJECT (item), "mh-cells", cells);
  table_cells_fill (cells, gtk_list_item_get_child (item), record);
  g_signal_connect (record, "notify", G_CALLBACK (table_cells_changed_cb), item);
  g_hash_table_add (cells->bound, item);
}

static void
table_cells_unbind_cb (GtkListItemFactory *factory, GtkListItem *item, MhTableCells *cells)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), table_cells_changed_cb,
                                        item);
  g_hash_table_remove (cells->bound, item);
}

void
mh_table_cells_serve (MhTableCells *cells, GtkListItemFactory *factory)
{
  g_signal_connect (factory, "setup", G_CALLBACK (table_cells_setup_cb), cells);
  g_signal_connect (factory, "bind", G_CALLBACK (table_cells_bind_cb), cells);
  g_signal_connect (factory, "unbind", G_CALLBACK (table_cells_unbind_cb), cells);
}

void
mh_table_cells_refill (GtkListItem *item)
{
  table_cells_changed_cb (gtk_list_item_get_item (item), NULL, item);
}

GtkListItem *
mh_table_cells_item_of (GtkWidget *cell)
{
  return g_object_get_data (G_OBJECT (cell), "mh-item");
}

int
mh_table_cells_compare (gconstpointer a, gconstpointer b, gpointer data)
{
  const MhTableCells *cells = data;
  if (mh_table_columns_probed ((gpointer)a, cells->view))
    return 1;

  MhRecord *first = (MhRecord *)a, *second = (MhRecord *)b;
  int index;
  const MhField *field = mh_table_cells_field (cells->type, &cells->column, &index);

  if (field != NULL && mh_field_is_int (field))
    {
      gint64 x = mh_record_int (first, (guint)index), y = mh_record_int (second, (guint)index);
      return x < y ? -1 : x > y;
    }

  g_autofree char *left = cells->column.text != NULL ? cells->column.text (first)
                          : index >= 0               ? mh_record_value_text (first, (guint)index)
                                                     : NULL;
  g_autofree char *right = cells->column.text != NULL ? cells->column.text (second)
                           : index >= 0               ? mh_record_value_text (second, (guint)index)
                                                      : NULL;

  return g_utf8_collate (left != NULL ? left : "", right != NULL ? right : "");
}
