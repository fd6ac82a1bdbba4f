/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Changing a released report: one person proposes with a coded reason, another one verifies. */
#include "client/widgets/base/mh-dialog.h"
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* @report: the newest version with its content. */
void mh_report_change_dialog_show (GtkWidget *parent, MhContext *context, MhRecord *report);
/* @change: report_change with its values, which somebody else proposed. */
void mh_report_decide_dialog_show (GtkWidget *parent, MhContext *context, MhRecord *change);
/* "Potassium: 4.1 → 5.4 mmol/L", a line for each value. Caller frees. */
char *mh_report_change_words (MhRecord *change);

G_END_DECLS
