/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The ranges of an analyte over a person's life: a lane for each sex and for pregnancy, a cell for
 * each row with its limits in it, hatched where nobody has a range, crossed out in red where two
 * meet on the same days. Young ages have more room. Each cell is a button that says in words what
 * is drawn ("Female, 12y to 15y: no range"): Tab comes to them and leaves them, the arrow keys go
 * from one to the next.
 */
#include "shared/rules/lab/mh-range-cover.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MH_TYPE_RANGE_BAR (mh_range_bar_get_type ())
/* Signals "picked" (const char *id): a row; "missing" (const MhRangeGap *gap): a gap, valid during
 * the signal. */
G_DECLARE_FINAL_TYPE (MhRangeBar, mh_range_bar, MH, RANGE_BAR, GtkWidget)

/* @ranges: of MhReferenceRange, any mixture; of them the reference rows of @analyte are drawn, or
 * the critical ones. */
void mh_range_bar_show (MhRangeBar *bar,
                        GPtrArray *ranges,
                        const char *analyte,
                        int decimals,
                        gboolean critical);
/* "from 12y to 15y" or "from 75y", in the person's language. Caller frees. */
char *mh_range_bar_ages (gint64 from, gint64 to);

G_END_DECLS
