/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Appointments: the calendar, today's queue, who waits for a slot, schedules and leave. Through the
 * shell: mh_shell_go (from, "appointments", "queue"), or the id of a booking, which is shown on its
 * day. From elsewhere one books and checks in by mh-booking-dialog.h and mh-checkin-dialog.h.
 */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_APPOINTMENTS_PAGE (mh_appointments_page_get_type ())
G_DECLARE_FINAL_TYPE (MhAppointmentsPage, mh_appointments_page, MH, APPOINTMENTS_PAGE, MhPane)

GtkWidget *mh_appointments_page_new (MhContext *context);

G_END_DECLS
