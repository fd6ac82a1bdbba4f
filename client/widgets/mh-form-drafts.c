/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/mh-form-drafts.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-draft.h"
#include "client/widgets/mh-words.h"
#include "shared/base/mh-id.h"
#include "shared/records/mh-patient.h"

#include <glib/gi18n-lib.h>

/* Older ones stay where they are until these are done. */
#define MOST_SHOWN 5

struct _MhFormDrafts
{
  GtkWidget parent_instance;
  MhRecordSlot *slot;
  GtkWidget *box;
  GCancellable *asking;
  gboolean (*is_shown) (gpointer form, guint field);
  gpointer form;
};

G_DEFINE_FINAL_TYPE (MhFormDrafts, mh_form_drafts, GTK_TYPE_WIDGET)

static guint continued;

static void
mh_form_drafts_dispose (GObject *object)
{
  MhFormDrafts *drafts = MH_FORM_DRAFTS (object);
  g_cancellable_cancel (drafts->asking);
  g_clear_object (&drafts->asking);
  g_clear_object (&drafts->slot);
  g_clear_pointer (&drafts->box, gtk_widget_unparent);
  G_OBJECT_CLASS (mh_form_drafts_parent_class)->dispose (object);
}

static void
mh_form_drafts_class_init (MhFormDraftsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mh_form_drafts_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  continued = g_signal_new ("continued", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                            NULL, NULL, G_TYPE_NONE, 0);
}

static void
mh_form_drafts_init (MhFormDrafts *drafts)
{
  drafts->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (drafts->box, GTK_WIDGET (drafts));
  gtk_widget_set_visible (GTK_WIDGET (drafts), FALSE);
}

/* --- one draft --- */

static char *
name_of (MhRecord *draft)
{
  gboolean patient = mh_record_type (draft) == &mh_patient_type;
  g_autofree char *name = patient ? mh_words_patient (draft) : mh_record_display (draft);
  if (name != NULL && *name != '\0')
    return g_steal_pointer (&name);
  return g_strdup (_ ("without a name"));
}

static char *
form_of (MhFormDrafts *drafts, MhRecord *draft)
{
  return g_strconcat (mh_record_slot_forms (drafts->slot), mh_record_id (draft), NULL);
}

static MhRecord *
draft_of (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "draft");
}

static void show_row (MhFormDrafts *drafts, GtkWidget *row, gboolean discarded);

static void
continue_cb (GtkWidget *button, MhFormDrafts *drafts)
{
  g_autoptr (MhRecord) draft = g_object_ref (draft_of (gtk_widget_get_parent (button)));
  if (mh_record_slot_forms (drafts->slot) == NULL)
    return;
  mh_record_slot_continue (drafts->slot, draft);
  g_signal_emit (drafts, continued, 0);
}

static void
keep (MhFormDrafts *drafts, GtkWidget *row, gboolean kept)
{
  if (mh_record_slot_forms (drafts->slot) == NULL)
    return;
  g_autofree char *form = form_of (drafts, draft_of (row));
  mh_draft_keep (mh_record_slot_context (drafts->slot), form, kept ? draft_of (row) : NULL);
  show_row (drafts, row, !kept);
}

static void
discard_cb (GtkWidget *button, MhFormDrafts *drafts)
{
  keep (drafts, gtk_widget_get_parent (button), FALSE);
}

static void
undo_cb (GtkWidget *button, MhFormDrafts *drafts)
{
  keep (drafts, gtk_widget_get_parent (button), TRUE);
}

static GtkWidget *
add_button (MhFormDrafts *drafts, GtkWidget *row, const char *text, GCallback callback)
{
  GtkWidget *label = gtk_label_new (text), *button = gtk_button_new ();
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_button_set_child (GTK_BUTTON (button), label);
  mh_accessible_name (button, text);
  g_signal_connect (button, "clicked", callback, drafts);
  gtk_box_append (GTK_BOX (row), button);
  return button;
}

static void
show_row (MhFormDrafts *drafts, GtkWidget *row, gboolean discarded)
{
  GtkWidget *child;
  gboolean had_keys = gtk_widget_get_focus_child (row) != NULL;
  g_autofree char *name = name_of (draft_of (row));
  g_autofree char *begun = mh_words_time (mh_id_time (mh_record_id (draft_of (row))));
  while ((child = gtk_widget_get_first_child (row)) != NULL)
    gtk_box_remove (GTK_BOX (row), child);

  if (discarded)
    {
      /* Translators: %s names what was begun in a form and is thrown away, "VERMA Asha" */
      g_autofree char *text = g_strdup_printf (_ ("Discarded: %s"), name);
      GtkWidget *label = gtk_label_new (text);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_set_hexpand (label, TRUE);
      gtk_box_append (GTK_BOX (row), label);
      GtkWidget *undo = add_button (drafts, row, _ ("Undo"), G_CALLBACK (undo_cb));
      if (had_keys)
        gtk_widget_grab_focus (undo);
      return;
    }
  /* Translators: %1$s names what was begun in a form and not saved, "VERMA Asha", %2$s the time */
  g_autofree char *text = g_strdup_printf (_ ("Continue %1$s, begun %2$s"), name, begun);
  /* Translators: %s names what was begun in a form and not saved, "VERMA Asha" */
  g_autofree char *what = g_strdup_printf (_ ("Discard what was begun: %s"), name);
  GtkWidget *go = add_button (drafts, row, text, G_CALLBACK (continue_cb));
  GtkWidget *discard = add_button (drafts, row, _ ("Discard"), G_CALLBACK (discard_cb));
  gtk_widget_set_hexpand (go, TRUE);
  mh_accessible_name (discard, what);
  if (had_keys)
    gtk_widget_grab_focus (go);
}

/* --- all of them --- */

static gboolean
is_about_the_same (MhFormDrafts *drafts, MhRecord *draft)
{
  MhRecord *record = mh_record_slot_record (drafts->slot);
  const MhRecordType *type = mh_record_type (record);
  for (guint i = MH_N_COMMON; i < type->n_fields; i++)
    {
      if (drafts->is_shown (drafts->form, i) || type->fields[i].kind != MH_KIND_REF)
        continue;
      if (g_strcmp0 (mh_record_text (record, i), mh_record_text (draft, i)) != 0)
        return FALSE;
    }
  return g_strcmp0 (mh_record_id (record), mh_record_id (draft)) != 0;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhFormDrafts) drafts = data;
  g_autoptr (GPtrArray) found = mh_draft_list_finish (result, NULL);
  guint shown = 0;
  if (found == NULL || drafts->box == NULL || mh_record_slot_forms (drafts->slot) == NULL)
    return;
  for (guint i = 0; i < found->len && shown < MOST_SHOWN; i++)
    {
      MhRecord *draft = g_ptr_array_index (found, i);
      GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      if (!is_about_the_same (drafts, draft))
        {
          g_object_unref (g_object_ref_sink (row));
          continue;
        }
      g_object_set_data_full (G_OBJECT (row), "draft", g_object_ref (draft), g_object_unref);
      show_row (drafts, row, FALSE);
      gtk_box_append (GTK_BOX (drafts->box), row);
      shown++;
    }
  gtk_widget_set_visible (GTK_WIDGET (drafts), shown > 0);
}

/* Another record is in the slot: a new one, one of these, or one that is changed. */
static void
record_cb (MhFormDrafts *drafts)
{
  GtkWidget *child;
  const char *forms = mh_record_slot_forms (drafts->slot);
  while ((child = gtk_widget_get_first_child (drafts->box)) != NULL)
    gtk_box_remove (GTK_BOX (drafts->box), child);
  gtk_widget_set_visible (GTK_WIDGET (drafts), FALSE);
  g_cancellable_cancel (drafts->asking);
  g_clear_object (&drafts->asking);
  if (forms == NULL)
    return;
  drafts->asking = g_cancellable_new ();
  mh_draft_list_async (mh_record_slot_context (drafts->slot), forms,
                       mh_record_type (mh_record_slot_record (drafts->slot)), drafts->asking,
                       listed_cb, g_object_ref (drafts));
}

GtkWidget *
mh_form_drafts_new (MhRecordSlot *slot,
                    gboolean (*is_shown) (gpointer form, guint field),
                    gpointer form)
{
  MhFormDrafts *drafts = g_object_new (MH_TYPE_FORM_DRAFTS, NULL);
  drafts->slot = g_object_ref (slot);
  drafts->is_shown = is_shown;
  drafts->form = form;
  g_signal_connect_object (slot, "notify::record", G_CALLBACK (record_cb), drafts,
                           G_CONNECT_SWAPPED);
  record_cb (drafts);
  return GTK_WIDGET (drafts);
}
