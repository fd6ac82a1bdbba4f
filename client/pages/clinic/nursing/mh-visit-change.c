/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/nursing/mh-visit-change.h"

#include "client/pages/people/admin/mh-admin-dialog.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/lab/mh-critical.h"
#include "shared/records/people/mh-permissions.h"

/* A visit without a department goes to that of its doctor; one that has is not moved by itself. */
static void
visit_change_touched_cb (MhRecordSlot *slot, MhForm *form)
{
  MhRecord *visit = mh_record_slot_record (slot);
  GtkWidget *choice = mh_field_row_control (mh_form_row (form, "doctor_id"));
  gpointer doctor = gtk_drop_down_get_selected_item (GTK_DROP_DOWN (choice));
  const char *id = mh_record_text (visit, MH_VISIT_DOCTOR_ID);
  const char *before = g_object_get_data (G_OBJECT (form), "doctor");

  if (g_strcmp0 (id, before) == 0)
    return;

  g_object_set_data_full (G_OBJECT (form), "doctor", g_strdup (id), g_free);
  if (id == NULL || !MH_IS_RECORD (doctor) || mh_record_has (visit, MH_VISIT_DEPARTMENT_ID))
    return;

  mh_record_set_text (visit, MH_VISIT_DEPARTMENT_ID,
                      mh_record_text (doctor, MH_CLINICIAN_DEPARTMENT_ID));
  mh_record_slot_touched (slot, MH_VISIT_DEPARTMENT_ID);
  mh_field_row_refresh (mh_form_row (form, "department_id"));
}

static void
visit_change_formed (MhForm *form, MhRecordSlot *slot)
{
  const char *id = mh_record_text (mh_record_slot_record (slot), MH_VISIT_DOCTOR_ID);
  g_object_set_data_full (G_OBJECT (form), "doctor", g_strdup (id), g_free);
  g_signal_connect_object (slot, "issues-changed", G_CALLBACK (visit_change_touched_cb), form, 0);
}

gboolean
mh_visit_change_may (MhContext *context, MhRecord *visit)
{
  return context != NULL && visit != NULL && mh_visit_is_open (visit)
         && mh_context_may (context, MH_MAY_WRITE_VISIT);
}

void
mh_visit_change_show (GtkWidget *parent, MhContext *context, MhRecord *visit)
{
  static const char *const fields[] = { "doctor_id", "department_id", "place", "complaint", NULL };
  static const MhAdminKind kind = { .id = "visit",
                                    .type = &mh_visit_type,
                                    .update_route = "visit.update",
                                    .fields = fields,
                                    .formed = visit_change_formed };

  if (!mh_visit_change_may (context, visit))
    return;

  const char *name = mh_record_text (visit, MH_VISIT_PATIENT_NAME);
  g_autofree char *title
      = g_strdup_printf ("%s%s%s", name != NULL ? name : "", name != NULL ? " · " : "",
                         mh_record_text (visit, MH_VISIT_NUMBER));
  GtkWidget *dialog = mh_admin_dialog_edit (parent, context, &kind, visit);

  gtk_window_set_title (GTK_WINDOW (dialog), title);
}
