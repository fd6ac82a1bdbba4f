/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What was prescribed to a patient, as the front desk needs it: to be printed once more. */
#include "client/models/mh-record-list.h"
#include "client/widgets/base/mh-pane.h"
#include "client/widgets/table/mh-record-table.h"

G_BEGIN_DECLS

/* Fills @table, of @pane's template, from @prescriptions; Enter on a signed one prints it. */
void mh_desk_prescriptions_setup (MhPane *pane, MhRecordTable *table, MhRecordList *prescriptions);

G_END_DECLS
