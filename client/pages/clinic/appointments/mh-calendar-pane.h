/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Bookings of a day or week of one schedule, or of a day of all of them side by side. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_CALENDAR_PANE (mh_calendar_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhCalendarPane, mh_calendar_pane, MH, CALENDAR_PANE, MhPane)

G_END_DECLS
