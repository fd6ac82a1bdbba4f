/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Small things that every workspace page is built of. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

#define MH_GAP 12

GtkWidget *mh_vbox (int spacing);
GtkWidget *mh_hbox (int spacing);
/* Left-aligned, wrapping; @style: CSS class or NULL. */
GtkWidget *mh_label (const char *text, const char *style);
/* A heading of a part of the page. */
GtkWidget *mh_heading (const char *text);
GtkWidget *mh_scrolled (GtkWidget *child); /* grows in both directions */
void mh_box_append (GtkWidget *box, GtkWidget *child);
void mh_box_clear (GtkWidget *box);
/* Toggles in a row of which one is on. @labels ends with NULL. Signal "toggled" of the buttons; ask
 * mh_choice_get(). In a template: a box or flow box of toggles whose names are the
 * codes. */
const char *mh_choice_get (GtkWidget *choice);
void mh_choice_set (GtkWidget *choice, const char *code);
/* The words of @codes in their order; gtk_drop_down_get_selected() is the index into them. */
void mh_fill_codes (GtkDropDown *choice, const MhCode *codes);

G_END_DECLS
