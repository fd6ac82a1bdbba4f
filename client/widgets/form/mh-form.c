/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/form/mh-form.h"

#include "client/compat/mh-compat.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/form/mh-form-drafts.h"
#include "client/widgets/hospital/mh-merge-dialog.h"

#include <glib/gi18n-lib.h>

struct _MhForm
{
  GtkWidget parent_instance;
  MhRecordSlot *slot;
  GtkWidget *box;
  GtkWidget *banner;
  GtkWidget *drafts;
  GPtrArray *rows;
  MhMerge *merge; /* after saving failed since somebody else was first */
};

G_DEFINE_FINAL_TYPE (MhForm, mh_form, GTK_TYPE_WIDGET)

static guint submit;

static void
mh_form_dispose (GObject *object)
{
  MhForm *form = MH_FORM (object);
  g_clear_pointer (&form->rows, g_ptr_array_unref);
  g_clear_pointer (&form->box, gtk_widget_unparent);
  g_clear_object (&form->slot);
  g_clear_object (&form->merge);
  G_OBJECT_CLASS (mh_form_parent_class)->dispose (object);
}

/* Into the first row that can be changed, from @index on. */
static gboolean
focus_from (MhForm *form, guint index)
{
  for (; index < form->rows->len; index++)
    if (gtk_widget_grab_focus (g_ptr_array_index (form->rows, index)))
      return TRUE;
  return FALSE;
}

static gboolean
mh_form_grab_focus (GtkWidget *widget)
{
  return focus_from (MH_FORM (widget), 0);
}

/* What has the keys in @widget; NULL: nothing. */
static GtkWidget *
focus_in (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  return focus != NULL && gtk_widget_is_ancestor (focus, widget) ? focus : NULL;
}

/* A control that has the focus already may take it once more: that is no move. */
static gboolean
moves_within (GtkWidget *row, GtkDirectionType direction)
{
  GtkWidget *before = focus_in (row);
  return gtk_widget_child_focus (row, direction) && focus_in (row) != before;
}

/* The row that the keys are in; -1: none. */
static int
row_with_focus (MhForm *form)
{
  for (guint i = 0; i < form->rows->len; i++)
    if (focus_in (g_ptr_array_index (form->rows, i)) != NULL)
      return (int)i;
  return -1;
}

/* Tab and Shift+Tab go from field to field in the order in which they were added. GTK's flow box
 * finds no way back from a child that takes no focus itself. */
static gboolean
mh_form_focus (GtkWidget *widget, GtkDirectionType direction)
{
  MhForm *form = MH_FORM (widget);
  int step = direction == GTK_DIR_TAB_BACKWARD ? -1 : 1, n = (int)form->rows->len;
  int at = row_with_focus (form);
  GtkWidget *above = focus_in (form->drafts) != NULL   ? form->drafts
                     : focus_in (form->banner) != NULL ? form->banner
                                                       : NULL;

  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return GTK_WIDGET_CLASS (mh_form_parent_class)->focus (widget, direction);

  if (above != NULL && moves_within (above, direction))
    return TRUE;
  if (step > 0 && at < 0 && above == NULL && gtk_widget_child_focus (form->banner, direction))
    return TRUE;
  if (step > 0 && at < 0 && above != form->drafts
      && gtk_widget_child_focus (form->drafts, direction))
    return TRUE;
  if (step < 0 && above != NULL)
    return above == form->drafts && gtk_widget_child_focus (form->banner, direction);
  if (at >= 0 && moves_within (g_ptr_array_index (form->rows, at), direction))
    return TRUE;

  for (int i = at >= 0 ? at + step : step > 0 ? 0 : n - 1; i >= 0 && i < n; i += step)
    if (gtk_widget_child_focus (g_ptr_array_index (form->rows, i), direction))
      return TRUE;

  return step < 0
         && (gtk_widget_child_focus (form->drafts, direction)
             || gtk_widget_child_focus (form->banner, direction));
}

static gboolean
form_submit_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  g_signal_emit (widget, submit, 0);
  return TRUE;
}

static void
mh_form_class_init (MhFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_form_dispose;
  widget_class->grab_focus = mh_form_grab_focus;
  widget_class->focus = mh_form_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_FORM);
  submit = g_signal_new ("submit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                         NULL, G_TYPE_NONE, 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, form_submit_cb,
                                NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, form_submit_cb,
                                NULL);
}

static void form_compare_cb (MhForm *form);

static void
mh_form_init (MhForm *form)
{
  form->rows = g_ptr_array_new ();
  form->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  form->banner = mh_banner_new (NULL);
  g_signal_connect_swapped (form->banner, "button-clicked", G_CALLBACK (form_compare_cb), form);
  gtk_box_append (GTK_BOX (form->box), form->banner);
  gtk_widget_set_parent (form->box, GTK_WIDGET (form));
}

static gboolean
has_value (MhForm *form, MhFieldRow *row)
{
  return mh_record_has (mh_record_slot_record (form->slot), mh_field_row_index (row));
}

/* Enter. Nothing else moves on: who types ahead counts the fields. */
static void
form_next_cb (MhFieldRow *row, MhForm *form)
{
  guint index = 0;
  if (g_ptr_array_find (form->rows, row, &index) && !focus_from (form, index + 1))
    g_signal_emit (form, submit, 0);
}

static GtkWidget *
grid_new (void)
{
  GtkWidget *grid = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (grid), GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (grid), FALSE);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (grid), 1);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (grid), 2);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (grid), 18);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (grid), 12);
  return grid;
}

static void
add_field (MhForm *form, GtkWidget *grid, const char *name)
{
  GtkWidget *row = mh_field_row_new (form->slot, name);
  if (row == NULL)
    return;
  gtk_widget_set_size_request (row, 280, -1);
  gtk_widget_set_valign (row, GTK_ALIGN_START);
  gtk_widget_set_hexpand (row, TRUE);
  gtk_flow_box_insert (GTK_FLOW_BOX (grid), row, -1);
  gtk_widget_set_focusable (gtk_widget_get_parent (row), FALSE);
  g_ptr_array_add (form->rows, row);
  g_signal_connect (row, "activate", G_CALLBACK (form_next_cb), form);
}

static gboolean
in_default_form (const MhField *field)
{
  return (field->flags & (MH_NO_FORM | MH_SERVER_SET | MH_SECRET)) == 0
         && field->kind != MH_KIND_RECORD && field->kind != MH_KIND_RECORDS;
}

static void
form_add_fields (MhForm *form, const char *const *fields)
{
  const MhRecordType *type = mh_record_type (mh_record_slot_record (form->slot));
  GtkWidget *grid = grid_new ();
  for (guint i = 0; fields != NULL && fields[i] != NULL; i++)
    add_field (form, grid, fields[i]);
  for (guint i = 0; fields == NULL && i < type->n_fields; i++)
    if (in_default_form (&type->fields[i]))
      add_field (form, grid, type->fields[i].name);
  gtk_box_append (GTK_BOX (form->box), grid);
}

static gboolean
has_row (gpointer form, guint field)
{
  GPtrArray *rows = MH_FORM (form)->rows;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (mh_field_row_index (g_ptr_array_index (rows, i)) == field)
      return TRUE;
  return FALSE;
}

GtkWidget *
mh_form_new (MhRecordSlot *slot, const char *const *fields)
{
  MhForm *form = g_object_new (MH_TYPE_FORM, NULL);
  form->slot = g_object_ref (slot);
  form->drafts = mh_form_drafts_new (slot, has_row, form);
  g_signal_connect_object (form->drafts, "continued", G_CALLBACK (mh_form_focus_empty), form,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (form->box), form->drafts);
  form_add_fields (form, fields);
  return GTK_WIDGET (form);
}

void
mh_form_add_section (MhForm *form, const char *title, const char *const *fields)
{
  g_return_if_fail (MH_IS_FORM (form));
  GtkWidget *label = gtk_label_new (title);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "title-4");
  gtk_widget_set_margin_top (label, 6);
  gtk_box_append (GTK_BOX (form->box), label);
  form_add_fields (form, fields);
}

MhFieldRow *
mh_form_row (MhForm *form, const char *field)
{
  g_return_val_if_fail (MH_IS_FORM (form), NULL);
  int index = mh_record_type_find (mh_record_type (mh_record_slot_record (form->slot)), field);
  for (guint i = 0; i < form->rows->len; i++)
    if ((int)mh_field_row_index (g_ptr_array_index (form->rows, i)) == index)
      return g_ptr_array_index (form->rows, i);
  return NULL;
}

void
mh_form_focus_empty (MhForm *form)
{
  g_return_if_fail (MH_IS_FORM (form));
  for (guint i = 0; i < form->rows->len; i++)
    if (!has_value (form, g_ptr_array_index (form->rows, i))
        && gtk_widget_grab_focus (g_ptr_array_index (form->rows, i)))
      return;
}

gboolean
mh_form_check (MhForm *form)
{
  g_return_val_if_fail (MH_IS_FORM (form), FALSE);
  MhFieldRow *first = NULL;
  for (guint i = 0; i < form->rows->len; i++)
    if (!mh_field_row_check (g_ptr_array_index (form->rows, i)) && first == NULL)
      first = g_ptr_array_index (form->rows, i);
  if (first != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (first));
  return first == NULL;
}

static void
form_decided_cb (MhMergeDialog *dialog, MhMerge *merge, MhForm *form)
{
  mh_record_slot_rebase (form->slot, merge);
  mh_form_refresh (form);
  mh_form_show_error (form, NULL);
  if (mh_record_slot_is_modified (form->slot))
    g_signal_emit (form, submit, 0);
}

static void
form_compare_cb (MhForm *form)
{
  if (form->merge == NULL)
    return;
  MhDialog *dialog = mh_merge_dialog_new (mh_record_slot_context (form->slot), form->merge);
  g_signal_connect_object (dialog, "decided", G_CALLBACK (form_decided_cb), form, 0);
  mh_dialog_show (dialog, GTK_WIDGET (form));
}

void
mh_form_show_error (MhForm *form, const GError *error)
{
  g_return_if_fail (MH_IS_FORM (form));
  const MhIssues *issues = error != NULL ? mh_error_get_issues (error) : NULL;
  const MhIssue *elsewhere = NULL;
  MhFieldRow *first = NULL;

  for (guint i = 0; issues != NULL && i < mh_issues_count (issues); i++)
    {
      const MhIssue *issue = mh_issues_nth (issues, i);
      MhFieldRow *row = mh_form_row (form, issue->field);
      if (row == NULL)
        {
          elsewhere = issue;
          continue;
        }
      mh_field_row_complain (row);
      if (first == NULL)
        first = row;
    }

  if (first != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (first));
  g_clear_object (&form->merge);
  if (g_error_matches (error, MH_ERROR, MH_ERROR_STALE))
    form->merge = mh_record_slot_merge (form->slot, error);
  mh_banner_set_button (MH_BANNER (form->banner), form->merge != NULL ? _ ("Compare…") : NULL);

  g_autofree char *words = elsewhere != NULL                 ? mh_words_issue (elsewhere, NULL)
                           : error != NULL && issues == NULL ? mh_words_error (error)
                                                             : NULL;

  mh_banner_set_title (MH_BANNER (form->banner), words);
  mh_banner_set_revealed (MH_BANNER (form->banner), words != NULL);
}

void
mh_form_refresh (MhForm *form)
{
  g_return_if_fail (MH_IS_FORM (form));
  for (guint i = 0; i < form->rows->len; i++)
    mh_field_row_refresh (g_ptr_array_index (form->rows, i));
}
