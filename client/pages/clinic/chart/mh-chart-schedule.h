/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A child's vaccines by the country's schedule: what is overdue, due and comes next, a button each.
 * Nothing is shown for who is past it. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_CHART_SCHEDULE (mh_chart_schedule_get_type ())
/* Signal "give" (const char *vaccine, int dose): a button was pressed. */
G_DECLARE_FINAL_TYPE (MhChartSchedule, mh_chart_schedule, MH, CHART_SCHEDULE, MhPane)

void mh_chart_schedule_show (MhChartSchedule *schedule, const char *patient_id);

/* "MR 2", "BCG at birth"; of mh_vaccine_due_type. Caller frees. */
char *mh_chart_schedule_dose (MhRecord *due);
/* "✕ Overdue since 3 Mar 2025". Caller frees. */
char *mh_chart_schedule_state (MhRecord *due);
/* CSS class of a state. */
const char *mh_chart_schedule_style (MhRecord *due);

G_END_DECLS
