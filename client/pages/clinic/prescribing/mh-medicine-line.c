/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/prescribing/mh-medicine-line.h"

#include "client/compat/mh-compat.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/rules/clinic/mh-drug-amount.h"

#include <glib/gi18n-lib.h>

struct _MhMedicineLine
{
  MhPane parent_instance;
  MhRecord *record; /* NULL while it is made and filled: nothing is typed then */
  GtkEntry *name, *strength, *amount, *often, *instructions;
  GtkDropDown *route;
  GtkLabel *note;
  gboolean unreadable;
};

G_DEFINE_FINAL_TYPE (MhMedicineLine, mh_medicine_line, MH_TYPE_PANE)

enum
{
  CHANGED,
  REMOVED,
  FAVOURITE,
  DONE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* Entries that hold a field as it is. */
static const struct
{
  gsize offset;
  guint field;
} texts[] = {
  { G_STRUCT_OFFSET (MhMedicineLine, name), MH_PRESCRIPTION_LINE_NAME },
  { G_STRUCT_OFFSET (MhMedicineLine, strength), MH_PRESCRIPTION_LINE_STRENGTH },
  { G_STRUCT_OFFSET (MhMedicineLine, amount), MH_PRESCRIPTION_LINE_DOSE },
  { G_STRUCT_OFFSET (MhMedicineLine, instructions), MH_PRESCRIPTION_LINE_INSTRUCTIONS },
};

static GtkEntry *
entry_at (MhMedicineLine *line, guint i)
{
  return G_STRUCT_MEMBER (GtkEntry *, line, texts[i].offset);
}

static void
medicine_line_say (MhMedicineLine *line, const char *text, gboolean wrong)
{
  gtk_label_set_text (line->note, text);
  gtk_widget_remove_css_class (GTK_WIDGET (line->note), wrong ? "dim-label" : "mh-bad");
  gtk_widget_add_css_class (GTK_WIDGET (line->note), wrong ? "mh-bad" : "dim-label");
}

/* --- typing --- */

/* What was understood, in words: "BD, 5 days, 10 in all". */
static void
medicine_line_say_dose (MhMedicineLine *line, const MhDose *dose)
{
  gint64 quantity
      = line->record != NULL ? mh_record_int (line->record, MH_PRESCRIPTION_LINE_QUANTITY) : 0;
  g_autoptr (GString) text = g_string_new (dose->frequency);

  if (dose->as_needed && g_strcmp0 (dose->frequency, "SOS") != 0)
    g_string_append_printf (text, ", %s", _ ("only when needed"));
  if (dose->duration_days > 0)
    {
      g_string_append (text, ", ");
      g_string_append_printf (text, ngettext ("%d day", "%d days", (gulong)dose->duration_days),
                              (int)dose->duration_days);
    }

  if (quantity > 0)
    g_string_append_printf (text, _ (", %d in all"), (int)quantity);
  medicine_line_say (line, text->str, FALSE);
}

static void
take_dose (MhMedicineLine *line, const MhDose *dose)
{
  mh_record_set_text (line->record, MH_PRESCRIPTION_LINE_FREQUENCY, dose->frequency);
  mh_record_set_bool (line->record, MH_PRESCRIPTION_LINE_AS_NEEDED, dose->as_needed);
  if (dose->duration_days > 0)
    mh_record_set_int (line->record, MH_PRESCRIPTION_LINE_DURATION_DAYS, dose->duration_days);
  gint64 quantity
      = mh_intake_quantity (mh_record_text (line->record, MH_PRESCRIPTION_LINE_DOSE),
                            mh_record_text (line->record, MH_PRESCRIPTION_LINE_STRENGTH),
                            dose->frequency, dose->duration_days);
  if (quantity > 0 && !dose->as_needed)
    mh_record_set_int (line->record, MH_PRESCRIPTION_LINE_QUANTITY, quantity);
}

/* "1 tab tds" says how much as well */
static void
take_amount (MhMedicineLine *line, const MhDose *dose)
{
  if (dose->amount[0] == 0)
    return;
  mh_record_set_text (line->record, MH_PRESCRIPTION_LINE_DOSE, dose->amount);
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (line->amount)), dose->amount) != 0)
    gtk_editable_set_text (GTK_EDITABLE (line->amount), dose->amount);
}

/* How often and how long into the record, and back to the person in words. @typed: just now. */
static void
read_often (MhMedicineLine *line, gboolean typed)
{
  static const guint fields[]
      = { MH_PRESCRIPTION_LINE_FREQUENCY, MH_PRESCRIPTION_LINE_DURATION_DAYS,
          MH_PRESCRIPTION_LINE_AS_NEEDED, MH_PRESCRIPTION_LINE_QUANTITY };
  MhDose dose;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (line->often));
  gboolean read = mh_dose_parse (text, &dose);

  line->unreadable = !read && text[0] != 0;
  for (guint i = 0; line->record != NULL && i < G_N_ELEMENTS (fields); i++)
    mh_record_unset (line->record, fields[i]);
  if (read && typed && line->record != NULL)
    take_amount (line, &dose);
  if (read && line->record != NULL)
    take_dose (line, &dose);
  if (read)
    medicine_line_say_dose (line, &dose);
  else
    medicine_line_say (
        line,
        line->unreadable ? _ ("Write it like 1-0-1 x 5d, BD x 1w, every 8 hours, or SOS") : "",
        line->unreadable);
}

static void
often_cb (MhMedicineLine *line)
{
  read_often (line, TRUE);
  if (line->record != NULL)
    g_signal_emit (line, signals[CHANGED], 0);
}

static void
medicine_line_text_cb (GtkEntry *entry, MhMedicineLine *line)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));
  if (line->record == NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (entry == entry_at (line, i))
      mh_record_set_text (line->record, texts[i].field, text[0] != 0 ? text : NULL);

  /* another name is another medicine */
  if (entry == line->name)
    mh_record_unset (line->record, MH_PRESCRIPTION_LINE_MEDICINE);
  else if (entry != line->instructions)
    read_often (line, FALSE);

  g_signal_emit (line, signals[CHANGED], 0);
}

static void
route_cb (MhMedicineLine *line)
{
  guint at = gtk_drop_down_get_selected (line->route);
  if (line->record == NULL)
    return;
  mh_record_set_text (
      line->record, MH_PRESCRIPTION_LINE_ROUTE,
      at == 0 || at == GTK_INVALID_LIST_POSITION ? NULL : mh_medicine_route_codes[at - 1].code);
  g_signal_emit (line, signals[CHANGED], 0);
}

static void
medicine_line_remove_cb (MhMedicineLine *line)
{
  g_signal_emit (line, signals[REMOVED], 0);
}

static void
medicine_line_favourite_cb (MhMedicineLine *line)
{
  g_signal_emit (line, signals[FAVOURITE], 0);
}

static void
medicine_line_done_cb (MhMedicineLine *line)
{
  if (!line->unreadable)
    g_signal_emit (line, signals[DONE], 0);
}

/* Enter goes on as it does in every form. */
static void
medicine_line_next_cb (MhMedicineLine *line)
{
  gtk_widget_child_focus (GTK_WIDGET (line), GTK_DIR_TAB_FORWARD);
}

/* --- filling --- */

static void
fill_route (MhMedicineLine *line, MhRecord *record)
{
  const MhField *field = &mh_prescription_line_type.fields[MH_PRESCRIPTION_LINE_ROUTE];
  const char *now = mh_record_text (record, MH_PRESCRIPTION_LINE_ROUTE);
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_string_list_append (words, mh_words_label (field));
  for (guint i = 0; mh_medicine_route_codes[i].code != NULL; i++)
    {
      gtk_string_list_append (words, mh_words_of_code (field, mh_medicine_route_codes[i].code));
      if (g_strcmp0 (now, mh_medicine_route_codes[i].code) == 0)
        selected = i + 1;
    }

  gtk_drop_down_set_model (line->route, G_LIST_MODEL (words));
  gtk_drop_down_set_selected (line->route, selected);
  mh_accessible_name (GTK_WIDGET (line->route), mh_words_label (field));
}

static void
medicine_line_fill (MhMedicineLine *line, MhRecord *record)
{
  g_autofree char *often
      = mh_dose_format (mh_record_text (record, MH_PRESCRIPTION_LINE_FREQUENCY),
                        mh_record_int (record, MH_PRESCRIPTION_LINE_DURATION_DAYS),
                        mh_record_bool (record, MH_PRESCRIPTION_LINE_AS_NEEDED));

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *label = mh_words_label (&mh_prescription_line_type.fields[texts[i].field]);
      const char *text = mh_record_text (record, texts[i].field);
      gtk_entry_set_placeholder_text (entry_at (line, i), label);
      mh_accessible_name (GTK_WIDGET (entry_at (line, i)), label);
      gtk_editable_set_text (GTK_EDITABLE (entry_at (line, i)), text != NULL ? text : "");
    }

  gtk_editable_set_text (GTK_EDITABLE (line->often), often);
  fill_route (line, record);
}

GtkWidget *
mh_medicine_line_new (MhRecord *record)
{
  MhMedicineLine *line = g_object_new (MH_TYPE_MEDICINE_LINE, NULL);
  medicine_line_fill (line, record);
  line->record = g_object_ref (record);
  if (mh_record_has (record, MH_PRESCRIPTION_LINE_FREQUENCY))
    read_often (line, FALSE);
  return GTK_WIDGET (line);
}

/* --- asking --- */

MhRecord *
mh_medicine_line_record (MhMedicineLine *line)
{
  return line->record;
}

gboolean
mh_medicine_line_is_empty (MhMedicineLine *line)
{
  return !line->unreadable && !mh_record_has (line->record, MH_PRESCRIPTION_LINE_NAME)
         && !mh_record_has (line->record, MH_PRESCRIPTION_LINE_STRENGTH)
         && !mh_record_has (line->record, MH_PRESCRIPTION_LINE_DOSE)
         && !mh_record_has (line->record, MH_PRESCRIPTION_LINE_FREQUENCY);
}

gboolean
mh_medicine_line_check (MhMedicineLine *line)
{
  GtkEntry *wrong = NULL;
  const char *why = NULL;
  if (!mh_record_has (line->record, MH_PRESCRIPTION_LINE_NAME))
    wrong = line->name, why = _ ("Which medicine?");
  else if (!mh_record_has (line->record, MH_PRESCRIPTION_LINE_DOSE))
    wrong = line->amount, why = _ ("Say how much is taken, such as 1 tablet.");
  else if (line->unreadable || !mh_record_has (line->record, MH_PRESCRIPTION_LINE_FREQUENCY))
    wrong = line->often,
    why = _ ("Say how often, such as 1-0-1 x 5d, or SOS for only when needed.");

  if (wrong == NULL)
    return TRUE;

  medicine_line_say (line, why, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (wrong));
  return FALSE;
}

void
mh_medicine_line_focus (MhMedicineLine *line)
{
  gtk_widget_grab_focus (GTK_WIDGET (line->name));
}

void
mh_medicine_line_focus_often (MhMedicineLine *line)
{
  gtk_widget_grab_focus (GTK_WIDGET (
      mh_record_has (line->record, MH_PRESCRIPTION_LINE_DOSE) ? line->often : line->amount));
}

/* --- making it --- */

static void
mh_medicine_line_finalize (GObject *object)
{
  g_clear_object (&MH_MEDICINE_LINE (object)->record);
  G_OBJECT_CLASS (mh_medicine_line_parent_class)->finalize (object);
}

static void
mh_medicine_line_class_init (MhMedicineLineClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_medicine_line_finalize;
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("clinic/prescribing/mh-medicine-line"));
  gtk_widget_class_bind_template_child (widget, MhMedicineLine, name);
  gtk_widget_class_bind_template_child (widget, MhMedicineLine, strength);
  gtk_widget_class_bind_template_child (widget, MhMedicineLine, amount);
  gtk_widget_class_bind_template_child (widget, MhMedicineLine, often);
  gtk_widget_class_bind_template_child (widget, MhMedicineLine, route);
  gtk_widget_class_bind_template_child (widget, MhMedicineLine, instructions);
  gtk_widget_class_bind_template_child (widget, MhMedicineLine, note);

  gtk_widget_class_bind_template_callback (widget, medicine_line_text_cb);
  gtk_widget_class_bind_template_callback (widget, often_cb);
  gtk_widget_class_bind_template_callback (widget, route_cb);
  gtk_widget_class_bind_template_callback (widget, medicine_line_remove_cb);
  gtk_widget_class_bind_template_callback (widget, medicine_line_favourite_cb);
  gtk_widget_class_bind_template_callback (widget, medicine_line_done_cb);
  gtk_widget_class_bind_template_callback (widget, medicine_line_next_cb);
  mh_closures_bind (widget);

  signals[CHANGED] = g_signal_new ("changed", MH_TYPE_MEDICINE_LINE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[DONE] = g_signal_new ("done", MH_TYPE_MEDICINE_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  signals[FAVOURITE] = g_signal_new ("favourite", MH_TYPE_MEDICINE_LINE, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVED] = g_signal_new ("removed", MH_TYPE_MEDICINE_LINE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
mh_medicine_line_init (MhMedicineLine *line)
{
  gtk_widget_init_template (GTK_WIDGET (line));
}
