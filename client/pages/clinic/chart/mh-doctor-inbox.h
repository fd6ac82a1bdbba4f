/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The results that a doctor ordered: what is new, critical first, until it is marked as seen. Enter
 * opens the report, F9 marks it. Also of the colleagues of one's department. */
#include "client/models/mh-record-list.h"
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_DOCTOR_INBOX (mh_doctor_inbox_get_type ())
G_DECLARE_FINAL_TYPE (MhDoctorInbox, mh_doctor_inbox, MH, DOCTOR_INBOX, MhPane)

/* Focus into the rows, asked for again. */
void mh_doctor_inbox_enter (MhDoctorInbox *inbox);
/* What is new of one's own, live: for a count. NULL where the person may see no results. Transfer
 * full. */
MhRecordList *mh_doctor_inbox_new_ones (MhContext *context);

G_END_DECLS
