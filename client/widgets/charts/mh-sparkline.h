/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A trend no higher than a line of text: earlier values, the one now as a dot, the range of the
 * healthy as a band. */
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MH_TYPE_SPARKLINE (mh_sparkline_get_type ())
G_DECLARE_FINAL_TYPE (MhSparkline, mh_sparkline, MH, SPARKLINE, GtkWidget)

GtkWidget *mh_sparkline_new (void);
/* @values: decimals as text, oldest first, or NULL; @now: one more, "" or NULL for none; @low and
 * @high: of the range, NULL where it is open. Fewer than two numbers draw nothing. */
void mh_sparkline_show (MhSparkline *line,
                        const char *const *values,
                        const char *now,
                        const char *low,
                        const char *high);

G_END_DECLS
