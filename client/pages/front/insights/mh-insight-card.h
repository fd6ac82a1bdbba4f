/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* One figure on the page Insights: its chart, how it is grouped, its sums, and what can be done
 * with it. A click on the chart, or Enter on a point of it, shows what is behind. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_INSIGHT_CARD (mh_insight_card_get_type ())
/* Signals: "moved" (int by): one place earlier (-1) or later (1); "dropped" (MhInsightCard *): that
 * card was dropped here; "removed"; "changed": other groups were chosen. */
G_DECLARE_FINAL_TYPE (MhInsightCard, mh_insight_card, MH, INSIGHT_CARD, MhPane)

/* @spec: "figure:by:segment", the last two may be missing. NULL for a figure that there is none of.
 */
GtkWidget *mh_insight_card_new (MhContext *context, const char *spec);
char *mh_insight_card_spec (MhInsightCard *card); /* caller frees */
/* ISO days, both counted in; asks anew. */
void mh_insight_card_set_days (MhInsightCard *card, const char *from, const char *to);
void mh_insight_card_focus (MhInsightCard *card);

G_END_DECLS
