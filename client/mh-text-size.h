/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* How large text is, for each person by themselves: several work at one desk. */
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* In percent of what the system says: 100, 125, 150, 175 or 200. @person: a user name, NULL or "":
 * the sign-in page's. @settings may be NULL. */
guint mh_text_size (GSettings *settings, const char *person);
void mh_text_size_set (GSettings *settings, const char *person, guint percent);
/* Text on the screen is as large as @person wants it. What is made from now on fits to it
 * altogether; what is there already grows, but for widths of columns and panes. */
void mh_text_size_apply (GSettings *settings, const char *person);

G_END_DECLS
