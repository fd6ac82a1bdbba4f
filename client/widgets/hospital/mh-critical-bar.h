/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The clock of critical values that nobody has read back yet, on every screen: the most pressing
 * one with the minutes it has left or is late, and a way to the page where it is told. Nothing is
 * shown while there is none.
 */
#include "client/widgets/base/mh-pane.h"
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_TYPE_CRITICAL_BAR (mh_critical_bar_get_type ())
G_DECLARE_FINAL_TYPE (MhCriticalBar, mh_critical_bar, MH, CRITICAL_BAR, MhPane)

/* Cells and labels of an item (mh_critical_item_type), at @now (µs). Caller frees. */
/* "12:05 left", "4:10 late", "read back after 12 min", "closed" */
char *mh_critical_clock_text (MhRecord *item, gint64 now);
/* "mh-critical" when it is late, "mh-soon" while it runs, NULL when it is settled. */
const char *mh_critical_clock_style (MhRecord *item, gint64 now);
/* "Potassium 6.8 mmol/L" */
char *mh_critical_value_text (MhRecord *item);

G_END_DECLS
