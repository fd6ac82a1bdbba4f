/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Who and what can be booked when, and days away. */
#include "client/mh-context.h"
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_SCHEDULES_PANE (mh_schedules_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhSchedulesPane, mh_schedules_pane, MH, SCHEDULES_PANE, MhPane)

/* Templates make their own. */
GtkWidget *mh_schedules_pane_new (MhContext *context);

G_END_DECLS
