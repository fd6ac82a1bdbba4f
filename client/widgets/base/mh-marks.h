/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Small marks that look the same on every screen. Told by shape and word, never by colour alone.
 */
#include <gtk/gtk.h>

#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* A status as a pill with icon and word: any code of order, tab, payment state, sample, item,
 * priority, report or result. @label: translated word; NULL: the code's known word. */
GtkWidget *mh_status_pill_new (const char *code, const char *label);
void mh_status_pill_set (GtkWidget *pill, const char *code, const char *label);
/* From an ENUM field of a record. */
void mh_status_pill_set_field (GtkWidget *pill, MhRecord *record, guint field);

/* A result's flag by letter, shape and word, so that no colour is needed: "L ↓ Low", "HH ⇈
 * Critical"; "N" or NULL: nothing. */
GtkWidget *mh_flag_new (const char *flag);
void mh_flag_set (GtkWidget *label, const char *flag);
/* The same as text, to be freed; NULL for nothing. */
char *mh_flag_words (const char *flag);
/* CSS class of a cell that holds such a value: "mh-low", "mh-high", "mh-critical", "mh-abnormal",
 * or NULL. */
const char *mh_flag_style (const char *flag);

/* Money, tabular and right-aligned: "₹1,23,456.50". */
GtkWidget *mh_money_new (gint64 minor, const char *currency);
void mh_money_set (GtkWidget *label, gint64 minor, const char *currency);

/* A page's or list's empty state. @icon, @text, @button/@action may be NULL. */
GtkWidget *mh_empty_new (const char *icon,
                         const char *title,
                         const char *text,
                         const char *button,
                         const char *action);
/* An icon button with tooltip and accessible name; the tooltip shows the action's accelerator. */
GtkWidget *mh_icon_button_new (const char *icon, const char *name, const char *action);

G_END_DECLS
