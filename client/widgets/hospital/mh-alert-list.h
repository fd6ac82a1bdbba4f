/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What somebody should look at, the newest first: a mark and a word of how bad it is, what it is
 * about, since when; a click opens it, "I see to it" takes it off the desks of all, "Later" puts it
 * off. Lives behind the bell and on the page Insights.
 */
#include "client/widgets/base/mh-pane.h"
#include "shared/records/messages/mh-alert.h"

G_BEGIN_DECLS

#define MH_TYPE_ALERT_LIST (mh_alert_list_get_type ())
/* Signals: "counted" (uint open, uint severe): how many there are; "went": a click led elsewhere.
 */
G_DECLARE_FINAL_TYPE (MhAlertList, mh_alert_list, MH, ALERT_LIST, MhPane)

guint mh_alert_list_count (MhAlertList *list);

/* Its kind in the person's language: "Turnaround overdue". */
const char *mh_alert_title (MhRecord *alert);
/* What it says, with times as this desk writes them. Caller frees. */
char *mh_alert_words (MhRecord *alert);
/* Whoever is signed in hears of it. */
gboolean mh_alert_is_mine (MhContext *context, MhRecord *alert);

G_END_DECLS
