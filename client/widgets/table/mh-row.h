/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * One thing as a row of a list: an icon, what it is, a mark, what stands at the end, and a line
 * below. In C and in templates:
 *
 *   <object class="MhRow">
 *     <property name="icon-name">x-office-document-symbolic</property>
 *     <binding name="title">
 *       <lookup name="patient-name"><lookup name="item">GtkListItem</lookup></lookup>
 *     </binding>
 *   </object>
 */
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MH_TYPE_ROW (mh_row_get_type ())
/* Properties, all of them text and none by default: "title", "subtitle", "trailing", "mark" with
 * its CSS class "mark-style", "icon-name"; "title-lines" and "subtitle-lines" (int): more than one
 * wraps it. What is empty takes no room. Its name for who does not see it is the title with what
 * stands beside and below. */
G_DECLARE_FINAL_TYPE (MhRow, mh_row, MH, ROW, GtkWidget)

GtkWidget *mh_row_new (void);
/* The three that nearly every row has; NULL stands empty. */
void mh_row_set (MhRow *row, const char *title, const char *trailing, const char *subtitle);
/* A list box of them: as many as @n, of which those that are there stay, with the keys in them. */
void mh_rows_set_n (GtkListBox *list, guint n);
/* @n new ones, for other things than those before. */
void mh_rows_renew (GtkListBox *list, guint n);
/* Borrowed. */
MhRow *mh_rows_nth (GtkListBox *list, guint at);
void mh_row_set_mark (MhRow *row, const char *text, const char *style);

G_END_DECLS
