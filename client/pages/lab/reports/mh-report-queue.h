/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What is to be done about reports: those to be printed, by ward; changes that wait for a second
 * person; reports that this person has read and that were changed since; e-mails that did not
 * arrive. Signal "open" (const char *order_id): the chosen one is to be shown.
 */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_REPORT_QUEUE (mh_report_queue_get_type ())
G_DECLARE_FINAL_TYPE (MhReportQueue, mh_report_queue, MH, REPORT_QUEUE, MhPane)

typedef enum
{
  MH_REPORT_QUEUE_PRINT,
  MH_REPORT_QUEUE_CHANGES,
  MH_REPORT_QUEUE_NOTICES,
  MH_REPORT_QUEUE_MAILS,
  MH_REPORT_QUEUE_DROPPED, /* taken out of the queue unprinted */
} MhReportQueueKind;

void mh_report_queue_show (MhReportQueue *queue, MhReportQueueKind kind);
/* All of the queue, or those marked, as one job by ward. @language of the papers. */
void mh_report_queue_print (MhReportQueue *queue, const char *language);
/* Something was done elsewhere on the page. */
void mh_report_queue_reload (MhReportQueue *queue);

G_END_DECLS
