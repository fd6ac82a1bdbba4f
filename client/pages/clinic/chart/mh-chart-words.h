/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What stands in a chart, as words; shared by its panes. Strings are the caller's to free unless
 * const. */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* Of mh_chart_event_type. */
char *mh_chart_event_title (MhRecord *event); /* "Blood count", never empty */
char *mh_chart_event_state (MhRecord *event); /* in the words of what it is about; NULL: none */
char *mh_chart_event_detail (MhRecord *event);
/* Opens what the event is about, with the pages that this person has. @from: in the chart's page.
 */
void mh_chart_event_open (gpointer from, MhRecord *event);

/* Of mh_chart_value_type: "↑ 7.2 mmol/L". */
char *mh_chart_value_text (MhRecord *value);
const char *mh_chart_value_style (MhRecord *value);

/* "Amoxicillin 500 mg, 1-0-1, 5 d"; of mh_prescription_line_type. */
char *mh_chart_medicine_text (MhRecord *line);

G_END_DECLS
