/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What a hospital of the rescue service tells of itself, in words and shapes. What depends on the
 * clock goes by the desk's own. Texts are the caller's, styles are CSS classes or NULL. */
#include "shared/record/mh-record.h"
#include "shared/rules/dispatch/mh-site-diversions.h"

G_BEGIN_DECLS

/* "◆ Crowded · NEDOCS 112"; with "?" and no level where figures are too old to count. */
char *mh_site_crowding_text (MhRecord *site);
/* The same where there is little room: "◆ 112 · Crowded" */
char *mh_site_score_text (MhRecord *site);
const char *mh_site_crowding_style (MhRecord *site);
/* The same of a level and a score that are told without a hospital. @level NULL: not known. */
char *mh_site_level_text (const char *level, gint64 nedocs);
const char *mh_site_level_style (const char *level);

/* "4 free · 2 kept" */
char *mh_site_beds_text (MhRecord *site);
/* "12 min ago", "⚠ 1 h 15 min ago" where it is out of date */
char *mh_site_told_text (MhRecord *site);
const char *mh_site_told_style (MhRecord *site);
gboolean mh_site_is_stale (MhRecord *site);

/* Of MhSiteDiversion: those that are not over. Caller unrefs. */
GPtrArray *mh_site_diversions_now (MhRecord *site);
/* "All patients", "Stroke unit, Burns" */
char *mh_site_scope_text (guint scope);
/* "1 h 20 min left", "from 14:30" */
char *mh_site_left_text (const MhDiversion *diversion);
/* "⊘ All patients · 1 h 20 min left"; "" for one that takes everybody. */
char *mh_site_diverts_text (MhRecord *site);
const char *mh_site_diverts_style (MhRecord *site);

G_END_DECLS
