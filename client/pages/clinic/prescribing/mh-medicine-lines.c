/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/prescribing/mh-medicine-lines.h"

#include "client/pages/clinic/prescribing/mh-medicine-line.h"
#include "client/pages/mh-page-tools.h"
#include "shared/base/mh-id.h"
#include "shared/records/clinic/mh-prescription.h"

struct _MhMedicineLines
{
  MhPane parent_instance;
  MhRecordSlot *slot;
  GtkWidget *rows;
};

G_DEFINE_FINAL_TYPE (MhMedicineLines, mh_medicine_lines, MH_TYPE_PANE)

enum
{
  CHANGED,
  FAVOURITE,
  DONE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static GPtrArray *
records_of (MhMedicineLines *lines)
{
  MhRecord *prescription = lines->slot != NULL ? mh_record_slot_record (lines->slot) : NULL;
  return prescription != NULL ? mh_record_records (prescription, MH_PRESCRIPTION_LINES) : NULL;
}

static void
medicine_lines_changed_cb (MhMedicineLines *lines)
{
  mh_record_slot_touched (lines->slot, MH_PRESCRIPTION_LINES);
  g_signal_emit (lines, signals[CHANGED], 0);
}

static void
medicine_lines_done_cb (MhMedicineLines *lines)
{
  g_signal_emit (lines, signals[DONE], 0);
}

static void
medicine_lines_favourite_cb (MhMedicineLines *lines, MhMedicineLine *line)
{
  g_signal_emit (lines, signals[FAVOURITE], 0, mh_medicine_line_record (line));
}

static void
medicine_lines_removed_cb (MhMedicineLines *lines, MhMedicineLine *line)
{
  g_ptr_array_remove (records_of (lines), mh_medicine_line_record (line));
  gtk_box_remove (GTK_BOX (lines->rows), GTK_WIDGET (line));
  medicine_lines_changed_cb (lines);
}

static GtkWidget *
medicine_lines_add_row (MhMedicineLines *lines, MhRecord *record)
{
  GtkWidget *line = mh_medicine_line_new (record);
  g_signal_connect_object (line, "changed", G_CALLBACK (medicine_lines_changed_cb), lines,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (line, "removed", G_CALLBACK (medicine_lines_removed_cb), lines,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (line, "favourite", G_CALLBACK (medicine_lines_favourite_cb), lines,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (line, "done", G_CALLBACK (medicine_lines_done_cb), lines,
                           G_CONNECT_SWAPPED);
  mh_box_append (lines->rows, line);
  return line;
}

void
mh_medicine_lines_refresh (MhMedicineLines *lines)
{
  GPtrArray *records = records_of (lines);
  mh_box_clear (lines->rows);
  for (guint i = 0; records != NULL && i < records->len; i++)
    medicine_lines_add_row (lines, g_ptr_array_index (records, i));
}

void
mh_medicine_lines_add (MhMedicineLines *lines)
{
  g_autoptr (MhRecord) record = mh_record_new (&mh_prescription_line_type);
  if (lines->slot == NULL)
    return;
  mh_record_take_text (record, MH_ID, mh_id_new ());
  mh_record_append (mh_record_slot_record (lines->slot), MH_PRESCRIPTION_LINES, record);
  mh_medicine_line_focus (MH_MEDICINE_LINE (medicine_lines_add_row (lines, record)));
}

void
mh_medicine_lines_add_line (MhMedicineLines *lines, MhRecord *line)
{
  if (lines->slot == NULL || mh_record_slot_record (lines->slot) == NULL)
    return;
  if (!mh_record_has (line, MH_ID))
    mh_record_take_text (line, MH_ID, mh_id_new ());
  mh_record_append (mh_record_slot_record (lines->slot), MH_PRESCRIPTION_LINES, line);
  mh_medicine_line_focus_often (MH_MEDICINE_LINE (medicine_lines_add_row (lines, line)));
  medicine_lines_changed_cb (lines);
}

static void
drop_empty (MhMedicineLines *lines)
{
  GtkWidget *next;
  for (GtkWidget *child = gtk_widget_get_first_child (lines->rows); child != NULL; child = next)
    {
      next = gtk_widget_get_next_sibling (child);
      if (mh_medicine_line_is_empty (MH_MEDICINE_LINE (child)))
        medicine_lines_removed_cb (lines, MH_MEDICINE_LINE (child));
    }
}

gboolean
mh_medicine_lines_check (MhMedicineLines *lines)
{
  drop_empty (lines);
  for (GtkWidget *child = gtk_widget_get_first_child (lines->rows); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!mh_medicine_line_check (MH_MEDICINE_LINE (child)))
      return FALSE;
  return TRUE;
}

void
mh_medicine_lines_set_slot (MhMedicineLines *lines, MhRecordSlot *slot)
{
  g_return_if_fail (MH_IS_MEDICINE_LINES (lines) && lines->slot == NULL);
  mh_pane_keep (MH_PANE (lines), &lines->slot, g_object_ref (slot));
}

static void
mh_medicine_lines_class_init (MhMedicineLinesClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  gtk_widget_class_set_template_from_resource (
      widget, MH_TEMPLATE ("clinic/prescribing/mh-medicine-lines"));
  gtk_widget_class_bind_template_child (widget, MhMedicineLines, rows);
  gtk_widget_class_bind_template_callback (widget, mh_medicine_lines_add);
  signals[CHANGED] = g_signal_new ("changed", MH_TYPE_MEDICINE_LINES, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[DONE] = g_signal_new ("done", MH_TYPE_MEDICINE_LINES, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  signals[FAVOURITE] = g_signal_new ("favourite", MH_TYPE_MEDICINE_LINES, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, MH_TYPE_RECORD);
}

static void
mh_medicine_lines_init (MhMedicineLines *lines)
{
  gtk_widget_init_template (GTK_WIDGET (lines));
}
