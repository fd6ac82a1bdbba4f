/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/form/mh-field-row.h"

#include "client/compat/mh-compat.h"
#include "client/widgets/base/mh-control.h"
#include "client/widgets/base/mh-pane.h"
#include "client/widgets/base/mh-words.h"

#include <glib/gi18n-lib.h>

struct _MhFieldRow
{
  GtkWidget parent_instance;
  MhRecordSlot *slot;
  const MhField *field;
  guint index;
  MhControl *control;
  GtkWidget *box;
  GtkWidget *label;
  GtkWidget *fixed; /* in place of the control where the value stays as it was made */
  GtkWidget *note;
  char *unreadable; /* why the text cannot become a value */
  char *echo;
  char *remark;
  gboolean touched;
  gboolean changing; /* the change comes from here */
};

G_DEFINE_FINAL_TYPE (MhFieldRow, mh_field_row, GTK_TYPE_WIDGET)

static guint activate;

static void
mh_field_row_dispose (GObject *object)
{
  MhFieldRow *row = MH_FIELD_ROW (object);
  if (row->slot != NULL)
    g_signal_handlers_disconnect_by_data (row->slot, row);
  g_clear_pointer (&row->control, mh_control_free);
  g_clear_object (&row->slot);
  mh_template_dispose (GTK_WIDGET (row), MH_TYPE_FIELD_ROW);
  G_OBJECT_CLASS (mh_field_row_parent_class)->dispose (object);
}

static void
mh_field_row_finalize (GObject *object)
{
  MhFieldRow *row = MH_FIELD_ROW (object);
  g_free (row->unreadable);
  g_free (row->echo);
  g_free (row->remark);
  G_OBJECT_CLASS (mh_field_row_parent_class)->finalize (object);
}

/* Of a group of toggles the chosen one. */
static GtkWidget *
wants_focus (MhFieldRow *row)
{
  GtkWidget *toggle = GTK_IS_TOGGLE_BUTTON (row->control->focus) ? row->control->focus : NULL;
  for (; toggle != NULL; toggle = gtk_widget_get_next_sibling (toggle))
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (toggle)))
      return toggle;
  return row->control->focus;
}

static gboolean
mh_field_row_grab_focus (GtkWidget *widget)
{
  MhFieldRow *row = MH_FIELD_ROW (widget);
  return !gtk_widget_get_visible (row->fixed) && gtk_widget_grab_focus (wants_focus (row));
}

/* A group of toggles is one stop of Tab; the arrows go from one to the next. */
static gboolean
mh_field_row_focus (GtkWidget *widget, GtkDirectionType direction)
{
  MhFieldRow *row = MH_FIELD_ROW (widget);
  gboolean tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;
  if (!tab || row->control == NULL || !GTK_IS_TOGGLE_BUTTON (row->control->focus))
    return GTK_WIDGET_CLASS (mh_field_row_parent_class)->focus (widget, direction);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  gboolean inside = focus != NULL && gtk_widget_is_ancestor (focus, widget);
  return !inside && gtk_widget_grab_focus (widget);
}

static void
mh_field_row_class_init (MhFieldRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mh_field_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_field_row_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = mh_field_row_grab_focus;
  GTK_WIDGET_CLASS (klass)->focus = mh_field_row_focus;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               MH_TEMPLATE ("widgets/form/mh-field-row"));
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), MhFieldRow, box);
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), MhFieldRow, label);
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), MhFieldRow, fixed);
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), MhFieldRow, note);
  activate = g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                           NULL, G_TYPE_NONE, 0);
}

static void
mh_field_row_init (MhFieldRow *row)
{
  gtk_widget_init_template (GTK_WIDGET (row));
}

/* --- words below the control --- */

static char *
field_row_complaint (MhFieldRow *row)
{
  const MhIssues *issues = mh_record_slot_issues (row->slot);
  const MhIssue *issue = issues != NULL ? mh_issues_find (issues, row->field->name) : NULL;
  if (row->unreadable != NULL)
    return g_strdup (row->unreadable);
  return issue != NULL ? mh_words_issue (issue, row->field) : NULL;
}

/* A date that nobody has just typed is told in full as well. */
static char *
date_in_words (MhFieldRow *row)
{
  MhRecord *record = mh_record_slot_record (row->slot);
  const char *iso = row->field->kind == MH_KIND_DATE && record != NULL
                        ? mh_record_text (record, row->index)
                        : NULL;
  return iso != NULL ? mh_words_of_date (iso) : NULL;
}

static void
field_row_show_note (MhFieldRow *row)
{
  g_autofree char *wrong = row->touched ? field_row_complaint (row) : NULL;
  const char *help = gtk_widget_get_visible (row->fixed) ? _ ("Stays as it was first saved.")
                     : row->field->help != NULL && *row->field->help != '\0' ? _ (row->field->help)
                                                                             : "";
  g_autofree char *date = wrong == NULL && row->echo == NULL ? date_in_words (row) : NULL;
  const char *text = wrong != NULL         ? wrong
                     : row->echo != NULL   ? row->echo
                     : row->remark != NULL ? row->remark
                     : date != NULL        ? date
                                           : help;

  gtk_label_set_label (GTK_LABEL (row->note), text);
  gtk_widget_set_visible (row->note, *text != '\0');
  if (wrong != NULL)
    {
      gtk_widget_remove_css_class (row->note, "dim-label");
      gtk_widget_add_css_class (row->note, "mh-wrong");
      if (!GTK_IS_BUTTON (row->control->focus))
        gtk_widget_add_css_class (row->control->focus, "error");
    }
  else
    {
      if (text == row->remark)
        gtk_widget_remove_css_class (row->note, "dim-label");
      else
        gtk_widget_add_css_class (row->note, "dim-label");
      gtk_widget_remove_css_class (row->note, "mh-wrong");
      gtk_widget_remove_css_class (row->control->focus, "error");
    }

  gtk_accessible_update_state (
      GTK_ACCESSIBLE (row->control->focus), GTK_ACCESSIBLE_STATE_INVALID,
      wrong != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* --- between record and control --- */

static void
field_row_changed_cb (gpointer data)
{
  MhFieldRow *row = data;
  g_clear_pointer (&row->unreadable, g_free);
  g_clear_pointer (&row->echo, g_free);
  row->touched = TRUE;
  row->changing = TRUE;
  row->control->read (row->control, mh_record_slot_record (row->slot), &row->echo,
                      &row->unreadable);
  mh_record_slot_touched (row->slot, row->index);
  row->changing = FALSE;
  field_row_show_note (row);
}

static void
field_row_activated_cb (gpointer data)
{
  g_signal_emit (data, activate, 0);
}

/* What the server takes once only is not offered for a change that it would refuse. */
static void
show_fixed (MhFieldRow *row)
{
  MhRecord *stored = mh_record_slot_stored (row->slot);
  gboolean fixed = (row->field->flags & MH_IMMUTABLE) != 0 && stored != NULL;
  g_autofree char *value = fixed ? mh_words_value (stored, row->index) : NULL;
  gtk_label_set_label (GTK_LABEL (row->fixed), value != NULL && *value != '\0' ? value : "—");
  gtk_widget_set_visible (row->fixed, fixed);
  gtk_widget_set_visible (row->control->widget, !fixed);
}

void
mh_field_row_refresh (MhFieldRow *row)
{
  g_return_if_fail (MH_IS_FIELD_ROW (row));
  if (row->changing || mh_record_slot_record (row->slot) == NULL)
    return;
  g_clear_pointer (&row->unreadable, g_free);
  row->control->showing = TRUE;
  row->control->show (row->control, mh_record_slot_record (row->slot));
  row->control->showing = FALSE;
  show_fixed (row);
  field_row_show_note (row);
}

static void
field_row_record_cb (MhRecordSlot *slot, GParamSpec *spec, MhFieldRow *row)
{
  row->touched = FALSE;
  mh_field_row_refresh (row);
}

static void
issues_cb (MhRecordSlot *slot, MhFieldRow *row)
{
  field_row_show_note (row);
}

GtkWidget *
mh_field_row_new (MhRecordSlot *slot, const char *name)
{
  const MhRecordType *type = mh_record_type (mh_record_slot_record (slot));
  int index = mh_record_type_find (type, name);
  g_return_val_if_fail (index >= 0, NULL);
  MhFieldRow *row = g_object_new (MH_TYPE_FIELD_ROW, NULL);

  row->slot = g_object_ref (slot);
  row->index = (guint)index;
  row->field = &type->fields[index];
  row->control = mh_control_new (mh_record_slot_context (slot), type, row->index, row,
                                 field_row_changed_cb, field_row_activated_cb);
  gtk_box_insert_child_after (GTK_BOX (row->box), row->control->widget, row->fixed);
  g_signal_connect (slot, "notify::record", G_CALLBACK (field_row_record_cb), row);
  g_signal_connect (slot, "issues-changed", G_CALLBACK (issues_cb), row);
  mh_field_row_refresh (row);
  mh_field_row_set_label (row, mh_words_label (row->field));
  return GTK_WIDGET (row);
}

void
mh_field_row_set_label (MhFieldRow *row, const char *label)
{
  gboolean optional = !gtk_widget_get_visible (row->fixed) && (row->field->flags & MH_REQUIRED) == 0
                      && row->field->kind != MH_KIND_BOOL
                      && !g_str_equal (row->field->name, "birth_date");

  /* Translators: %1$s label of a field, %2$s its unit */
  g_autofree char *with_unit
      = row->field->unit != NULL ? g_strdup_printf (_ ("%1$s in %2$s"), label, _ (row->field->unit))
                                 : g_strdup (label);
  g_autofree char *text
      = optional ? g_strdup_printf ("%s %s", with_unit, _ ("(optional)")) : g_strdup (with_unit);

  gtk_label_set_label (GTK_LABEL (row->label), text);
  gtk_label_set_mnemonic_widget (GTK_LABEL (row->label), row->control->focus);
  mh_accessible_name (row->control->focus, label);
}

guint
mh_field_row_index (MhFieldRow *row)
{
  return row->index;
}

GtkWidget *
mh_field_row_control (MhFieldRow *row)
{
  return row->control->focus;
}

gboolean
mh_field_row_check (MhFieldRow *row)
{
  g_return_val_if_fail (MH_IS_FIELD_ROW (row), FALSE);
  row->touched = TRUE;
  if (row->unreadable == NULL)
    mh_record_slot_touched (row->slot, row->index);
  g_autofree char *wrong = field_row_complaint (row);
  field_row_show_note (row);
  return wrong == NULL;
}

void
mh_field_row_complain (MhFieldRow *row)
{
  g_return_if_fail (MH_IS_FIELD_ROW (row));
  row->touched = TRUE;
  field_row_show_note (row);
}

void
mh_field_row_remark (MhFieldRow *row, const char *words)
{
  g_return_if_fail (MH_IS_FIELD_ROW (row));
  if (g_strcmp0 (row->remark, words) == 0)
    return;
  g_free (row->remark);
  row->remark = g_strdup (words);
  field_row_show_note (row);
}

void
mh_field_row_add_below (MhFieldRow *row, GtkWidget *offer)
{
  g_return_if_fail (MH_IS_FIELD_ROW (row));
  gtk_box_append (GTK_BOX (row->box), offer);
}
