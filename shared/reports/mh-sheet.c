/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/reports/mh-report-table.h"

#include "shared/reports/mh-sheet-private.h"

static void
sheet_row_free (gpointer data)
{
  MhSheetRow *row = data;
  g_ptr_array_unref (row->cells);
  g_clear_pointer (&row->plot, mh_plot_unref);
  g_free (row);
}

static void
column_clear (gpointer data)
{
  MhSheetColumn *column = data;
  g_free (column->label);
}

MhSheet *
mh_sheet_new (const char *title, const char *subtitle)
{
  MhSheet *sheet = g_new0 (MhSheet, 1);
  sheet->title = g_strdup (title);
  sheet->subtitle = g_strdup (subtitle);
  sheet->columns = g_array_new (FALSE, TRUE, sizeof (MhSheetColumn));
  g_array_set_clear_func (sheet->columns, column_clear);
  sheet->rows = g_ptr_array_new_with_free_func (sheet_row_free);
  return sheet;
}

void
mh_sheet_free (MhSheet *sheet)
{
  if (sheet == NULL)
    return;
  g_free (sheet->title);
  g_free (sheet->subtitle);
  g_free (sheet->currency);
  g_clear_pointer (&sheet->plot, mh_plot_unref);
  g_array_unref (sheet->columns);
  g_ptr_array_unref (sheet->rows);
  g_free (sheet);
}

void
mh_sheet_set_currency (MhSheet *sheet, const char *currency)
{
  g_free (sheet->currency);
  sheet->currency = g_strdup (currency);
}

void
mh_sheet_take_plot (MhSheet *sheet, MhPlot *plot)
{
  g_clear_pointer (&sheet->plot, mh_plot_unref);
  sheet->plot = plot;
}

void
mh_sheet_column (MhSheet *sheet, const char *label, double share, gboolean is_number)
{
  g_return_if_fail (sheet->rows->len == 0 && share > 0);
  MhSheetColumn column = { g_strdup (label), share, is_number };
  g_array_append_val (sheet->columns, column);
}

void
mh_sheet_row (MhSheet *sheet, MhRowKind kind)
{
  MhSheetRow *row = g_new0 (MhSheetRow, 1);
  row->kind = kind;
  row->cells = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (sheet->rows, row);
}

void
mh_sheet_plot (MhSheet *sheet, MhPlot *plot, double height)
{
  mh_sheet_row (sheet, MH_ROW_PLOT);
  MhSheetRow *row = g_ptr_array_index (sheet->rows, sheet->rows->len - 1);
  row->plot = plot;
  row->plot_height = height;
}

void
mh_sheet_take_cell (MhSheet *sheet, char *text)
{
  g_return_if_fail (sheet->rows->len > 0);
  MhSheetRow *row = g_ptr_array_index (sheet->rows, sheet->rows->len - 1);
  if (row->cells->len < sheet->columns->len)
    g_ptr_array_add (row->cells, text != NULL ? text : g_strdup (""));
  else
    g_free (text);
}

void
mh_sheet_cell (MhSheet *sheet, const char *text)
{
  mh_sheet_take_cell (sheet, g_strdup (text));
}

/* Plain digits with a point: what a spreadsheet reads as a number in any language. */
void
mh_sheet_money (MhSheet *sheet, gint64 minor)
{
  guint64 size = minor < 0 ? 0 - (guint64)minor : (guint64)minor;
  mh_sheet_take_cell (sheet, g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%02u", minor < 0 ? "-" : "",
                                              size / 100, (guint)(size % 100)));
}

void
mh_sheet_count (MhSheet *sheet, gint64 number)
{
  mh_sheet_take_cell (sheet, g_strdup_printf ("%" G_GINT64_FORMAT, number));
}

guint
mh_sheet_n_columns (MhSheet *sheet)
{
  return sheet->columns->len;
}

guint
mh_sheet_n_rows (MhSheet *sheet)
{
  return sheet->rows->len;
}

const char *
mh_sheet_label (MhSheet *sheet, guint column)
{
  return g_array_index (sheet->columns, MhSheetColumn, column).label;
}

const char *
mh_sheet_text (MhSheet *sheet, guint row, guint column)
{
  MhSheetRow *found = g_ptr_array_index (sheet->rows, row);
  return column < found->cells->len ? g_ptr_array_index (found->cells, column) : "";
}

MhRowKind
mh_sheet_kind (MhSheet *sheet, guint row)
{
  return ((MhSheetRow *)g_ptr_array_index (sheet->rows, row))->kind;
}
