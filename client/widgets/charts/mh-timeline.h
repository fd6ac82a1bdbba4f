/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What happened, when, where, by whom: newest first. */
#include <gtk/gtk.h>

#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_TYPE_TIMELINE (mh_timeline_get_type ())
G_DECLARE_FINAL_TYPE (MhTimeline, mh_timeline, MH, TIMELINE, GtkWidget)

GtkWidget *mh_timeline_new (void);
void mh_timeline_clear (MhTimeline *timeline);
/* @detail may be NULL. @style: CSS class ("mh-critical") or NULL. */
void mh_timeline_add (MhTimeline *timeline,
                      gint64 at,
                      const char *what,
                      const char *who,
                      const char *detail,
                      const char *style);
/* The words of an event's reason, whichever table its code is of; what is no code stays. */
const char *mh_timeline_reason_words (const char *reason);
/* From an array of mh_custody_event_type. */
void mh_timeline_show_custody (MhTimeline *timeline, GPtrArray *events);

G_END_DECLS
