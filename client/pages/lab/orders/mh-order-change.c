/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/orders/mh-order-change.h"

#include "client/pages/people/admin/mh-admin-dialog.h"
#include "shared/records/lab/mh-critical.h"
#include "shared/records/lab/mh-order.h"

/* The row, which keys would still go into, with its place in the form. */
static void
order_change_show_row (MhFieldRow *row, gboolean visible)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (row));
  gtk_widget_set_visible (GTK_WIDGET (row), visible);
  if (GTK_IS_FLOW_BOX_CHILD (parent))
    gtk_widget_set_visible (parent, visible);
}

static void
order_change_set (MhForm *form, MhRecordSlot *slot, guint field, const char *text)
{
  mh_record_set_text (mh_record_slot_record (slot), field, text);
  mh_record_slot_touched (slot, field);
  mh_field_row_refresh (mh_form_row (form, mh_order_type.fields[field].name));
}

/* A doctor of the house has a name and a department already: only one who is not is written down.
 * What the list does while its rows arrive is nobody's choice, so the record is what is looked at.
 */
static void
order_change_touched_cb (MhRecordSlot *slot, MhForm *form)
{
  GtkWidget *choice = mh_field_row_control (mh_form_row (form, "doctor_id"));
  gpointer doctor = gtk_drop_down_get_selected_item (GTK_DROP_DOWN (choice));
  const char *id = mh_record_text (mh_record_slot_record (slot), MH_ORDER_DOCTOR_ID);
  const char *before = g_object_get_data (G_OBJECT (form), "doctor");

  if (g_strcmp0 (id, before) == 0)
    return;

  g_object_set_data_full (G_OBJECT (form), "doctor", g_strdup (id), g_free);
  order_change_show_row (mh_form_row (form, "doctor_name"), id == NULL);
  gboolean known = id != NULL && MH_IS_RECORD (doctor);

  order_change_set (form, slot, MH_ORDER_DOCTOR_NAME,
                    known ? mh_record_text (doctor, MH_CLINICIAN_NAME) : NULL);
  if (known)
    order_change_set (form, slot, MH_ORDER_DEPARTMENT_ID,
                      mh_record_text (doctor, MH_CLINICIAN_DEPARTMENT_ID));
}

static void
order_change_formed (MhForm *form, MhRecordSlot *slot)
{
  const char *id = mh_record_text (mh_record_slot_record (slot), MH_ORDER_DOCTOR_ID);
  g_object_set_data_full (G_OBJECT (form), "doctor", g_strdup (id), g_free);
  g_signal_connect_object (slot, "issues-changed", G_CALLBACK (order_change_touched_cb), form, 0);
  order_change_show_row (mh_form_row (form, "doctor_name"), id == NULL);
}

void
mh_order_change_show (GtkWidget *parent, MhContext *context, MhRecord *order)
{
  static const char *const fields[] = { "priority",      "doctor_id",      "doctor_name",
                                        "department_id", "clinical_notes", "fasting",
                                        "collection",    "collect_place",  NULL };
  static const MhAdminKind kind = { .id = "order",
                                    .type = &mh_order_type,
                                    .update_route = "order.update",
                                    .fields = fields,
                                    .formed = order_change_formed };
  mh_admin_dialog_edit (parent, context, &kind, order);
}
