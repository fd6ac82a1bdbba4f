/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What a hospital of the rescue service told so far: its reports and its diversions, in one
 * history. The server knows it alone. */
#include "client/models/mh-model.h"
#include "client/widgets/charts/mh-timeline.h"

G_BEGIN_DECLS

#define MH_TYPE_SITE_HISTORY (mh_site_history_get_type ())
/* Signal "arrived": it is another one, or there is a problem. */
G_DECLARE_FINAL_TYPE (MhSiteHistory, mh_site_history, MH, SITE_HISTORY, MhModel)

MhSiteHistory *mh_site_history_new (MhContext *context);
/* Asked for once for each version of @site (NULL: none). */
void mh_site_history_want (MhSiteHistory *history, MhRecord *site);
void mh_site_history_tell (MhSiteHistory *history, MhTimeline *timeline);
/* In words; NULL: none. Borrowed. */
const char *mh_site_history_problem (MhSiteHistory *history);

G_END_DECLS
