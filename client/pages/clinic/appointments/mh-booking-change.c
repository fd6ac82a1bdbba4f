/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/appointments/mh-booking-change.h"

#include "client/pages/people/admin/mh-admin-dialog.h"
#include "shared/records/clinic/mh-appointment.h"
#include "shared/records/people/mh-permissions.h"

gboolean
mh_booking_change_may (MhContext *context, MhRecord *booking)
{
  static const char *const open[]
      = { MH_APPOINTMENT_BOOKED, MH_APPOINTMENT_ARRIVED, MH_APPOINTMENT_IN_ROOM, NULL };
  const char *status = booking != NULL ? mh_record_text (booking, MH_APPOINTMENT_STATUS) : NULL;
  return context != NULL && status != NULL && g_strv_contains (open, status)
         && mh_context_may (context, MH_MAY_WRITE_APPOINTMENT);
}

void
mh_booking_change_show (GtkWidget *parent, MhContext *context, MhRecord *booking)
{
  static const char *const fields[] = { "kind", "reason", "note", NULL };
  static const MhAdminKind kind = { .id = "appointment",
                                    .type = &mh_appointment_type,
                                    .update_route = "appointment.update",
                                    .fields = fields };

  if (!mh_booking_change_may (context, booking))
    return;

  const char *name = mh_record_text (booking, MH_APPOINTMENT_PATIENT_NAME);
  const char *with = mh_record_text (booking, MH_APPOINTMENT_SCHEDULE_NAME);
  g_autofree char *title
      = g_strdup_printf ("%s%s%s", name != NULL ? name : "",
                         name != NULL && with != NULL ? " · " : "", with != NULL ? with : "");
  GtkWidget *dialog = mh_admin_dialog_edit (parent, context, &kind, booking);

  gtk_window_set_title (GTK_WINDOW (dialog), title);
}
