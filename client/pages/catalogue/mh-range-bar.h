/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The ranges of an analyte over a person's life: a lane for each sex and for pregnancy, a block for
 * each row with its limits in it, hatched where nobody has a range, marked where two meet on the
 * same days. Young ages have more room. A click picks the row; the table below is for the keys.
 */
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MH_TYPE_RANGE_BAR (mh_range_bar_get_type ())
/* Signal "picked" (const char *id). */
G_DECLARE_FINAL_TYPE (MhRangeBar, mh_range_bar, MH, RANGE_BAR, GtkWidget)

GtkWidget *mh_range_bar_new (void);
/* @ranges: of MhReferenceRange, any mixture; of them the reference rows of @analyte are drawn, or
 * the critical ones. */
void mh_range_bar_show (MhRangeBar *bar,
                        GPtrArray *ranges,
                        const char *analyte,
                        int decimals,
                        gboolean critical);

G_END_DECLS
