/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/hospital/mh-merge-dialog.h"

#include "client/compat/mh-compat.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-words.h"
#include "shared/record/mh-field.h"

#include <glib/gi18n-lib.h>

struct _MhMergeDialog
{
  MhDialog parent_instance;
  MhMerge *merge;
  GtkLabel *intro;
  GtkGrid *grid;
  GtkWidget *all_mine, *save;
  GPtrArray *mine, *theirs; /* check buttons, one pair per question */
};

G_DEFINE_FINAL_TYPE (MhMergeDialog, mh_merge_dialog, MH_TYPE_DIALOG)

static guint decided;

static void
merge_dialog_chosen_cb (GtkCheckButton *button, MhMergeDialog *dialog)
{
  guint question;
  if (g_ptr_array_find (dialog->mine, button, &question))
    mh_merge_choose (dialog->merge, question, gtk_check_button_get_active (button));
}

static void
choose_all (MhMergeDialog *dialog, GPtrArray *side)
{
  for (guint i = 0; i < side->len; i++)
    gtk_check_button_set_active (g_ptr_array_index (side, i), TRUE);
  gtk_widget_grab_focus (dialog->save);
}

static void
all_mine_cb (MhMergeDialog *dialog)
{
  choose_all (dialog, dialog->mine);
}

static void
all_theirs_cb (MhMergeDialog *dialog)
{
  choose_all (dialog, dialog->theirs);
}

static void
merge_dialog_save_cb (MhMergeDialog *dialog)
{
  g_autoptr (MhMergeDialog) held = g_object_ref (dialog);
  g_signal_emit (dialog, decided, 0, dialog->merge);
  gtk_window_destroy (GTK_WINDOW (held));
}

static void
take_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  merge_dialog_save_cb (MH_MERGE_DIALOG (widget));
}

/* --- the rows --- */

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
make_choice (MhRecord *record, guint field, const char *name, const char *side)
{
  g_autofree char *value = mh_words_value (record, field);
  const char *shown = value != NULL && value[0] != 0 ? value : _ ("(empty)");
  GtkWidget *choice = gtk_check_button_new ();
  GtkWidget *label = make_label (shown, "body");
  g_autofree char *words = g_strdup_printf ("%s, %s: %s", name, side, shown);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (choice), label);
  mh_accessible_name (choice, words);
  return choice;
}

static void
merge_dialog_add_question (MhMergeDialog *dialog, guint question)
{
  guint field = mh_merge_field (dialog->merge, question);
  MhRecord *ours = mh_merge_mine (dialog->merge);
  const char *name = mh_words_label (&mh_record_type (ours)->fields[field]);
  GtkWidget *mine = make_choice (ours, field, name, _ ("made here"));
  GtkWidget *theirs
      = make_choice (mh_merge_theirs (dialog->merge), field, name, _ ("at the server"));
  int row = 1 + 2 * (int)question;

  gtk_check_button_set_group (GTK_CHECK_BUTTON (theirs), GTK_CHECK_BUTTON (mine));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (mine), TRUE);
  g_signal_connect (mine, "toggled", G_CALLBACK (merge_dialog_chosen_cb), dialog);
  g_ptr_array_add (dialog->mine, mine);
  g_ptr_array_add (dialog->theirs, theirs);

  GtkWidget *label = make_label (name, "dim-label");
  gtk_widget_set_margin_top (label, 6);
  gtk_grid_attach (dialog->grid, label, 0, row, 2, 1);
  gtk_grid_attach (dialog->grid, mine, 0, row + 1, 1, 1);
  gtk_grid_attach (dialog->grid, theirs, 1, row + 1, 1, 1);
}

static void
merge_dialog_fill (MhMergeDialog *dialog)
{
  MhRecord *theirs = mh_merge_theirs (dialog->merge);
  guint n = mh_merge_n_questions (dialog->merge);
  g_autofree char *name = mh_record_display (theirs);
  g_autofree char *time = mh_words_time (mh_record_int (theirs, MH_CHANGED_AT));
  g_autofree char *intro
      = n > 0 ? g_strdup_printf (
            /* Translators: the name of a record, and a time */
            _ ("Someone else also changed “%s” (%s). Choose a value on each line; all other "
               "fields stay as they saved them."),
            name, time)
              : g_strdup_printf (
                  _ ("Someone else also changed “%s” (%s), but in other fields. Both changes can "
                     "be kept."),
                  name, time);

  gtk_label_set_label (dialog->intro, intro);
  if (n == 0)
    mh_key_button_set_text (MH_KEY_BUTTON (dialog->save), _ ("Keep _both"));
  gtk_widget_set_visible (dialog->all_mine, n > 1);

  if (n > 0)
    {
      gtk_grid_attach (dialog->grid, make_label (_ ("Made here"), "heading"), 0, 0, 1, 1);
      gtk_grid_attach (dialog->grid, make_label (_ ("At the server"), "heading"), 1, 0, 1, 1);
    }

  for (guint i = 0; i < n; i++)
    merge_dialog_add_question (dialog, i);
  mh_dialog_begin_at (GTK_WINDOW (dialog),
                      n > 0 ? g_ptr_array_index (dialog->mine, 0) : dialog->save);
}

/* --- making it --- */

static void
mh_merge_dialog_finalize (GObject *object)
{
  MhMergeDialog *dialog = MH_MERGE_DIALOG (object);
  g_ptr_array_unref (dialog->mine);
  g_ptr_array_unref (dialog->theirs);
  g_clear_object (&dialog->merge);
  G_OBJECT_CLASS (mh_merge_dialog_parent_class)->finalize (object);
}

static void
mh_merge_dialog_class_init (MhMergeDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_merge_dialog_finalize;
  decided = g_signal_new ("decided", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                          NULL, G_TYPE_NONE, 1, MH_TYPE_MERGE);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("widgets/hospital/mh-merge-dialog"));
  gtk_widget_class_bind_template_child (widget, MhMergeDialog, intro);
  gtk_widget_class_bind_template_child (widget, MhMergeDialog, grid);
  gtk_widget_class_bind_template_child (widget, MhMergeDialog, all_mine);
  gtk_widget_class_bind_template_child (widget, MhMergeDialog, save);
  gtk_widget_class_bind_template_callback (widget, all_mine_cb);
  gtk_widget_class_bind_template_callback (widget, all_theirs_cb);
  gtk_widget_class_bind_template_callback (widget, merge_dialog_save_cb);
  gtk_widget_class_install_action (widget, "merge.take", NULL, take_action);
}

static void
mh_merge_dialog_init (MhMergeDialog *dialog)
{
  dialog->mine = g_ptr_array_new ();
  dialog->theirs = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (dialog));
}

MhDialog *
mh_merge_dialog_new (MhContext *context, MhMerge *merge)
{
  MhMergeDialog *dialog = g_object_new (MH_TYPE_MERGE_DIALOG, "context", context, NULL);
  dialog->merge = g_object_ref (merge);
  merge_dialog_fill (dialog);
  return MH_DIALOG (dialog);
}
