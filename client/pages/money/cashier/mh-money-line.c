/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/money/cashier/mh-money-line.h"

static GtkWidget *
money_line_add_label (GtkWidget *grid,
                      const char *style,
                      gboolean at_end,
                      int column,
                      int row,
                      int width)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), at_end ? 1 : 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), at_end ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, !at_end);
  gtk_widget_add_css_class (label, style);
  gtk_grid_attach (GTK_GRID (grid), label, column, row, width, 1);
  return label;
}

GtkWidget *
mh_money_line_make (void)
{
  GtkWidget *grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_widget_set_margin_top (grid, 4);
  gtk_widget_set_margin_bottom (grid, 4);
  money_line_add_label (grid, "heading", FALSE, 0, 0, 1);
  gtk_widget_add_css_class (money_line_add_label (grid, "heading", TRUE, 1, 0, 1), "numeric");
  money_line_add_label (grid, "dim-label", FALSE, 0, 1, 2);
  return grid;
}

static void
money_line_set_text (GtkWidget *grid, int column, int row, const char *text)
{
  GtkWidget *label = gtk_grid_get_child_at (GTK_GRID (grid), column, row);
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
}

void
mh_money_line_set (GtkWidget *line, const char *what, const char *amount, const char *detail)
{
  money_line_set_text (line, 0, 0, what);
  money_line_set_text (line, 1, 0, amount);
  money_line_set_text (line, 0, 1, detail);
}
