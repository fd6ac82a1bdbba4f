/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/mh-medicine-lines.h"

#include "client/compat/mh-compat.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/mh-marks.h"
#include "client/widgets/mh-words.h"
#include "shared/base/mh-id.h"
#include "shared/records/mh-records.h"
#include "shared/rules/mh-dose.h"

#include <glib/gi18n-lib.h>

struct _MhMedicineLines
{
  GtkWidget parent_instance;
  MhRecordSlot *slot;
  GtkWidget *box, *rows;
};

G_DEFINE_FINAL_TYPE (MhMedicineLines, mh_medicine_lines, GTK_TYPE_WIDGET)

/* One row on the screen; belongs to its widget. */
typedef struct
{
  MhMedicineLines *lines;
  MhRecord *line;
  GtkWidget *name, *amount, *often, *route, *note;
  gboolean unreadable;
} Row;

static void
row_free (gpointer data)
{
  Row *row = data;
  g_object_unref (row->line);
  g_free (row);
}

static void
touched (MhMedicineLines *lines)
{
  mh_record_slot_touched (lines->slot, MH_PRESCRIPTION_LINES);
}

/* --- one line --- */

static void
set_note (Row *row, const char *text, gboolean wrong)
{
  gtk_label_set_text (GTK_LABEL (row->note), text);
  gtk_widget_set_visible (row->note, text[0] != 0);
  if (wrong)
    gtk_widget_add_css_class (row->note, "mh-bad");
  else
    gtk_widget_remove_css_class (row->note, "mh-bad");
}

static void
text_cb (GtkEditable *entry, Row *row)
{
  guint field = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (entry), "field"));
  const char *text = gtk_editable_get_text (entry);
  mh_record_set_text (row->line, field, text[0] != 0 ? text : NULL);
  touched (row->lines);
}

static void
say_dose (Row *row, const MhDose *dose)
{
  gint64 quantity = mh_dose_quantity (dose);
  g_autoptr (GString) text = g_string_new (dose->frequency);
  if (dose->as_needed && g_strcmp0 (dose->frequency, "SOS") != 0)
    g_string_append_printf (text, ", %s", _ ("only when needed"));
  if (dose->duration_days > 0)
    {
      g_string_append (text, ", ");
      g_string_append_printf (text,
                              ngettext ("%" G_GINT64_FORMAT " day", "%" G_GINT64_FORMAT " days",
                                        (gulong)dose->duration_days),
                              dose->duration_days);
    }
  if (quantity > 0)
    g_string_append_printf (text, _ (", %" G_GINT64_FORMAT " in all"), quantity);
  set_note (row, text->str, FALSE);
}

static void
often_cb (GtkEditable *entry, Row *row)
{
  MhDose dose;
  const char *text = gtk_editable_get_text (entry);
  gboolean read = mh_dose_parse (text, &dose);
  static const guint fields[]
      = { MH_PRESCRIPTION_LINE_FREQUENCY, MH_PRESCRIPTION_LINE_DURATION_DAYS,
          MH_PRESCRIPTION_LINE_AS_NEEDED, MH_PRESCRIPTION_LINE_QUANTITY };
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    mh_record_unset (row->line, fields[i]);
  row->unreadable = !read && text[0] != 0;
  if (read)
    {
      mh_record_set_text (row->line, MH_PRESCRIPTION_LINE_FREQUENCY, dose.frequency);
      mh_record_set_bool (row->line, MH_PRESCRIPTION_LINE_AS_NEEDED, dose.as_needed);
      if (dose.duration_days > 0)
        mh_record_set_int (row->line, MH_PRESCRIPTION_LINE_DURATION_DAYS, dose.duration_days);
      say_dose (row, &dose);
    }
  else
    set_note (row,
              row->unreadable ? _ ("Write it like 1-0-1 x 5d, BD x 1w, every 8 hours, or SOS") : "",
              row->unreadable);
  touched (row->lines);
}

static void
route_cb (GtkDropDown *drop, GParamSpec *spec, Row *row)
{
  guint selected = gtk_drop_down_get_selected (drop);
  mh_record_set_text (row->line, MH_PRESCRIPTION_LINE_ROUTE,
                      selected == 0 || selected == GTK_INVALID_LIST_POSITION
                          ? NULL
                          : mh_medicine_route_codes[selected - 1].code);
  touched (row->lines);
}

static void
remove_cb (GtkButton *button, Row *row)
{
  MhMedicineLines *lines = row->lines;
  GPtrArray *records
      = mh_record_records (mh_record_slot_record (lines->slot), MH_PRESCRIPTION_LINES);
  g_ptr_array_remove (records, row->line);
  touched (lines);
  mh_medicine_lines_refresh (lines);
}

static GtkWidget *
text_entry (Row *row, guint field, int width)
{
  GtkWidget *entry = gtk_entry_new ();
  const char *label = mh_words_label (&mh_prescription_line_type.fields[field]);
  const char *text = mh_record_text (row->line, field);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), label);
  mh_accessible_name (entry, label);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), width);
  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
  g_object_set_data (G_OBJECT (entry), "field", GUINT_TO_POINTER (field));
  g_signal_connect (entry, "changed", G_CALLBACK (text_cb), row);
  return entry;
}

static GtkWidget *
often_entry (Row *row)
{
  GtkWidget *entry = gtk_entry_new ();
  g_autofree char *text
      = mh_dose_format (mh_record_text (row->line, MH_PRESCRIPTION_LINE_FREQUENCY),
                        mh_record_int (row->line, MH_PRESCRIPTION_LINE_DURATION_DAYS),
                        mh_record_bool (row->line, MH_PRESCRIPTION_LINE_AS_NEEDED));
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), "1-0-1 x 5d");
  mh_accessible_name (entry, _ ("How often and how long"));
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 12);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_connect (entry, "changed", G_CALLBACK (often_cb), row);
  return entry;
}

static GtkWidget *
route_choice (Row *row)
{
  const MhField *field = &mh_prescription_line_type.fields[MH_PRESCRIPTION_LINE_ROUTE];
  const char *now = mh_record_text (row->line, MH_PRESCRIPTION_LINE_ROUTE);
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  guint selected = 0;
  gtk_string_list_append (words, mh_words_label (field));
  for (guint i = 0; mh_medicine_route_codes[i].code != NULL; i++)
    {
      gtk_string_list_append (words, mh_words_of_code (field, mh_medicine_route_codes[i].code));
      if (g_strcmp0 (now, mh_medicine_route_codes[i].code) == 0)
        selected = i + 1;
    }
  GtkWidget *drop = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&words)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop), selected);
  mh_accessible_name (drop, mh_words_label (field));
  g_signal_connect (drop, "notify::selected", G_CALLBACK (route_cb), row);
  return drop;
}

static GtkWidget *
line_row (MhMedicineLines *lines, MhRecord *line)
{
  Row *row = g_new0 (Row, 1);
  GtkWidget *box = mh_vbox (3), *top = mh_hbox (6), *flow = gtk_flow_box_new (), *remove;
  row->lines = lines;
  row->line = g_object_ref (line);
  row->name = text_entry (row, MH_PRESCRIPTION_LINE_NAME, 18);
  row->amount = text_entry (row, MH_PRESCRIPTION_LINE_DOSE, 9);
  row->note = mh_label ("", "dim-label");
  row->often = often_entry (row);
  row->route = route_choice (row);
  remove = mh_icon_button_new ("user-trash-symbolic", _ ("Remove this medicine"), NULL);
  gtk_widget_set_valign (remove, GTK_ALIGN_START);
  g_signal_connect (remove, "clicked", G_CALLBACK (remove_cb), row);
  GtkWidget *parts[] = { row->name,   text_entry (row, MH_PRESCRIPTION_LINE_STRENGTH, 8),
                         row->amount, row->often,
                         row->route,  text_entry (row, MH_PRESCRIPTION_LINE_INSTRUCTIONS, 18) };
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      gtk_flow_box_insert (GTK_FLOW_BOX (flow), parts[i], -1);
      gtk_widget_set_focusable (gtk_widget_get_parent (parts[i]), FALSE);
    }
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), 6);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (flow), 3);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (flow), 3);
  gtk_widget_set_hexpand (flow, TRUE);
  gtk_widget_set_visible (row->note, FALSE);
  mh_box_append (top, flow);
  mh_box_append (top, remove);
  mh_box_append (box, top);
  mh_box_append (box, row->note);
  g_object_set_data_full (G_OBJECT (box), "row", row, row_free);
  return box;
}

/* --- all of them --- */

void
mh_medicine_lines_refresh (MhMedicineLines *lines)
{
  MhRecord *record = mh_record_slot_record (lines->slot);
  GPtrArray *records = record != NULL ? mh_record_records (record, MH_PRESCRIPTION_LINES) : NULL;
  mh_box_clear (lines->rows);
  for (guint i = 0; records != NULL && i < records->len; i++)
    mh_box_append (lines->rows, line_row (lines, g_ptr_array_index (records, i)));
}

void
mh_medicine_lines_add (MhMedicineLines *lines)
{
  g_autoptr (MhRecord) line = mh_record_new (&mh_prescription_line_type);
  mh_record_take_text (line, MH_ID, mh_id_new ());
  mh_record_append (mh_record_slot_record (lines->slot), MH_PRESCRIPTION_LINES, line);
  mh_medicine_lines_refresh (lines);
  GtkWidget *last = gtk_widget_get_last_child (lines->rows);
  Row *row = last != NULL ? g_object_get_data (G_OBJECT (last), "row") : NULL;
  if (row != NULL)
    gtk_widget_grab_focus (row->name);
}

static gboolean
is_empty (MhRecord *line)
{
  return !mh_record_has (line, MH_PRESCRIPTION_LINE_NAME)
         && !mh_record_has (line, MH_PRESCRIPTION_LINE_STRENGTH)
         && !mh_record_has (line, MH_PRESCRIPTION_LINE_DOSE)
         && !mh_record_has (line, MH_PRESCRIPTION_LINE_FREQUENCY);
}

static gboolean
check_row (Row *row)
{
  GtkWidget *wrong = NULL;
  const char *why = NULL;
  if (!mh_record_has (row->line, MH_PRESCRIPTION_LINE_NAME))
    wrong = row->name, why = _ ("Which medicine?");
  else if (!mh_record_has (row->line, MH_PRESCRIPTION_LINE_DOSE))
    wrong = row->amount, why = _ ("Say how much is taken, such as 1 tablet.");
  else if (row->unreadable || !mh_record_has (row->line, MH_PRESCRIPTION_LINE_FREQUENCY))
    wrong = row->often, why = _ ("Say how often, such as 1-0-1 x 5d, or SOS for only when needed.");
  if (wrong == NULL)
    return TRUE;
  set_note (row, why, TRUE);
  gtk_widget_grab_focus (wrong);
  return FALSE;
}

gboolean
mh_medicine_lines_check (MhMedicineLines *lines)
{
  GPtrArray *records
      = mh_record_records (mh_record_slot_record (lines->slot), MH_PRESCRIPTION_LINES);
  gboolean dropped = FALSE;
  for (guint i = records != NULL ? records->len : 0; i > 0; i--)
    {
      GtkWidget *child = gtk_widget_get_first_child (lines->rows);
      for (guint k = 1; k < i && child != NULL; k++)
        child = gtk_widget_get_next_sibling (child);
      Row *row = child != NULL ? g_object_get_data (G_OBJECT (child), "row") : NULL;
      if (!is_empty (g_ptr_array_index (records, i - 1)) || (row != NULL && row->unreadable))
        continue;
      g_ptr_array_remove_index (records, i - 1);
      dropped = TRUE;
    }
  if (dropped)
    mh_medicine_lines_refresh (lines);
  for (GtkWidget *child = gtk_widget_get_first_child (lines->rows); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!check_row (g_object_get_data (G_OBJECT (child), "row")))
      return FALSE;
  return TRUE;
}

static void
mh_medicine_lines_dispose (GObject *object)
{
  MhMedicineLines *lines = MH_MEDICINE_LINES (object);
  g_clear_pointer (&lines->box, gtk_widget_unparent);
  g_clear_object (&lines->slot);
  G_OBJECT_CLASS (mh_medicine_lines_parent_class)->dispose (object);
}

static void
mh_medicine_lines_class_init (MhMedicineLinesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mh_medicine_lines_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mh_medicine_lines_init (MhMedicineLines *lines)
{
  lines->box = mh_vbox (6);
  lines->rows = mh_vbox (6);
  mh_box_append (lines->box, lines->rows);
  gtk_widget_set_parent (lines->box, GTK_WIDGET (lines));
}

GtkWidget *
mh_medicine_lines_new (MhRecordSlot *slot)
{
  MhMedicineLines *lines = g_object_new (MH_TYPE_MEDICINE_LINES, NULL);
  GtkWidget *add = gtk_button_new_with_mnemonic (_ ("Add _medicine · F6"));
  lines->slot = g_object_ref (slot);
  gtk_widget_set_halign (add, GTK_ALIGN_START);
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (mh_medicine_lines_add), lines);
  mh_box_append (lines->box, add);
  return GTK_WIDGET (lines);
}
