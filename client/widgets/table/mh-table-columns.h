/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Between the files of this room: the columns of a table as its person left them. Order, width,
 * which are shown and by which the rows are sorted stand in the settings under the table's name and
 * are the same at the next start. The header's context menu (Shift+F10 by keyboard) shows and hides
 * columns and takes everything back.
 */
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* When all columns are there. @table: any widget around @view; it carries the menu's actions. Each
 * column was named by mh_table_column_name(); the first identifies the row and is always shown. */
void mh_table_columns_remember (GtkWidget *table, GtkColumnView *view, const char *name);
/* While the view is still there; saves what was changed last. */
void mh_table_columns_forget (GtkWidget *table);
/* @id: the same at every start, whatever the language. @at_end: its title stands over numbers. */
void mh_table_column_name (GtkColumnViewColumn *column, const char *id, gboolean at_end);
/* A column's compare function asks this first and returns 1 when it is TRUE: GTK 4.8 does not tell
 * by which column rows are sorted, so the sorter is asked about an item that notes who compares. */
gboolean mh_table_columns_probed (gpointer item, GtkColumnViewColumn *column);

G_END_DECLS
