/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Who has seen, printed or was mailed which version of an order's report. */
#include "client/widgets/base/mh-dialog.h"

G_BEGIN_DECLS

void mh_report_access_dialog_show (GtkWidget *parent, MhContext *context, const char *order_id);

G_END_DECLS
