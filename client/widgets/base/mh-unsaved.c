/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/base/mh-unsaved.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-draft.h"
#include "client/widgets/base/mh-words.h"
#include "shared/base/mh-id.h"

#include <glib/gi18n-lib.h>

struct _MhUnsaved
{
  GtkWidget parent_instance;
  MhContext *context;
  MhRecord *draft;
  char *form, *name;
  GtkWidget *box;
};

G_DEFINE_FINAL_TYPE (MhUnsaved, mh_unsaved, GTK_TYPE_WIDGET)

static guint continued;

static void mh_unsaved_show (MhUnsaved *row, gboolean discarded);

static void
mh_unsaved_dispose (GObject *object)
{
  MhUnsaved *row = MH_UNSAVED (object);
  g_clear_pointer (&row->box, gtk_widget_unparent);
  g_clear_object (&row->context);
  g_clear_object (&row->draft);
  G_OBJECT_CLASS (mh_unsaved_parent_class)->dispose (object);
}

static void
mh_unsaved_finalize (GObject *object)
{
  g_free (MH_UNSAVED (object)->form);
  g_free (MH_UNSAVED (object)->name);
  G_OBJECT_CLASS (mh_unsaved_parent_class)->finalize (object);
}

static void
mh_unsaved_class_init (MhUnsavedClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mh_unsaved_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_unsaved_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  continued = g_signal_new ("continued", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                            NULL, NULL, G_TYPE_NONE, 0);
}

static void
mh_unsaved_init (MhUnsaved *row)
{
  row->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_parent (row->box, GTK_WIDGET (row));
}

static void
mh_unsaved_keep (MhUnsaved *row, gboolean kept)
{
  mh_draft_keep (row->context, row->form, kept ? row->draft : NULL);
  mh_unsaved_show (row, !kept);
}

static void
mh_unsaved_continue_cb (MhUnsaved *row)
{
  g_signal_emit (row, continued, 0);
}

static void
mh_unsaved_discard_cb (MhUnsaved *row)
{
  mh_unsaved_keep (row, FALSE);
}

static void
mh_unsaved_undo_cb (MhUnsaved *row)
{
  mh_unsaved_keep (row, TRUE);
}

static GtkWidget *
mh_unsaved_add_button (MhUnsaved *row, const char *text, void (*pressed) (MhUnsaved *row))
{
  GtkWidget *label = gtk_label_new (text), *button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (button), label);
  mh_accessible_name (button, text);
  g_signal_connect_object (button, "clicked", G_CALLBACK (pressed), row, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (row->box), button);
  return button;
}

static void
mh_unsaved_show (MhUnsaved *row, gboolean discarded)
{
  GtkWidget *child;
  gboolean had_keys = gtk_widget_get_focus_child (row->box) != NULL;
  g_autofree char *begun = mh_words_time (mh_id_time (mh_record_id (row->draft)));
  while ((child = gtk_widget_get_first_child (row->box)) != NULL)
    gtk_box_remove (GTK_BOX (row->box), child);

  if (discarded)
    {
      /* Translators: %s names what was begun in a form and is thrown away, "VERMA Asha" */
      g_autofree char *text = g_strdup_printf (_ ("Discarded: %s"), row->name);
      GtkWidget *label = gtk_label_new (text);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_set_hexpand (label, TRUE);
      gtk_box_append (GTK_BOX (row->box), label);
      GtkWidget *undo = mh_unsaved_add_button (row, _ ("Undo"), mh_unsaved_undo_cb);
      if (had_keys)
        gtk_widget_grab_focus (undo);
      return;
    }

  /* Translators: %1$s names what was begun in a form and not saved, "VERMA Asha", %2$s the time */
  g_autofree char *text = g_strdup_printf (_ ("Continue %1$s, begun %2$s"), row->name, begun);

  /* Translators: %s names what was begun in a form and not saved, "VERMA Asha" */
  g_autofree char *what = g_strdup_printf (_ ("Discard what was begun: %s"), row->name);
  GtkWidget *go = mh_unsaved_add_button (row, text, mh_unsaved_continue_cb);
  GtkWidget *discard = mh_unsaved_add_button (row, _ ("Discard"), mh_unsaved_discard_cb);
  GtkLabel *words = GTK_LABEL (gtk_button_get_child (GTK_BUTTON (go)));

  gtk_widget_set_hexpand (go, TRUE);

  /* the time at its end is what tells one from another */
  gtk_label_set_wrap (words, TRUE);
  gtk_label_set_wrap_mode (words, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (words, GTK_JUSTIFY_CENTER);
  mh_accessible_name (discard, what);
  if (had_keys)
    gtk_widget_grab_focus (go);
}

GtkWidget *
mh_unsaved_new (MhContext *context, const char *form, MhRecord *draft, const char *name)
{
  MhUnsaved *row = g_object_new (MH_TYPE_UNSAVED, NULL);
  row->context = g_object_ref (context);
  row->draft = g_object_ref (draft);
  row->form = g_strdup (form);
  row->name = g_strdup (name);
  mh_unsaved_show (row, FALSE);
  return GTK_WIDGET (row);
}

MhRecord *
mh_unsaved_draft (MhUnsaved *row)
{
  return row->draft;
}
