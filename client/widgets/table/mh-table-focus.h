/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The keys stay in the rows of a table: when the row that they are on goes, because what was done
 * to it put it into another list, they go to the row that took its place; GTK gives them to the
 * first button of the window. */
#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _MhTableFocus MhTableFocus;

/* Puts the focus on that row, or on the last one, and chooses it. */
typedef void (*MhTableTake) (GtkWidget *table, guint row, gboolean choose);

/* Lives at most as long as @table. */
MhTableFocus *mh_table_focus_new (GtkWidget *table, MhTableTake take);
/* That row went by itself, the others stayed: who was on it is on the next one then. */
void mh_table_focus_removed (MhTableFocus *focus, guint row);
/* May that key act, @since_moved µs after the keys were moved by themselves? Whoever presses a
 * letter in that moment still means the row that went: another patient's. Arrows and the like may,
 * and what is pressed with Ctrl or Alt. */
gboolean mh_table_focus_may_act (gint64 since_moved, guint key, GdkModifierType state);
/* A key leads into the table, whose rows are in @list: do they have the focus now? A newer
 * GtkColumnView (4.12) looks at its titles first, its list takes no arrow when it has one row, and
 * then the frame around the rows has the keys. */
gboolean mh_table_focus_comes (MhTableFocus *focus, GtkWidget *list, GtkDirectionType direction);
void mh_table_focus_free (MhTableFocus *focus);

G_END_DECLS
