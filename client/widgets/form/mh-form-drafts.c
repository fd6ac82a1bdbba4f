/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/form/mh-form-drafts.h"

#include "client/models/mh-draft.h"
#include "client/widgets/base/mh-unsaved.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/people/mh-patient.h"

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
form_drafts_name_of (MhRecord *draft)
{
  gboolean patient = mh_record_type (draft) == &mh_patient_type;
  g_autofree char *name = patient ? mh_words_patient (draft) : mh_record_display (draft);
  if (name != NULL && *name != '\0')
    return g_steal_pointer (&name);
  return g_strdup (_ ("without a name"));
}

static void
continue_cb (MhFormDrafts *drafts, MhUnsaved *row)
{
  g_autoptr (MhRecord) draft = g_object_ref (mh_unsaved_draft (row));
  if (mh_record_slot_forms (drafts->slot) == NULL)
    return;
  mh_record_slot_continue (drafts->slot, draft);
  g_signal_emit (drafts, continued, 0);
}

static void
form_drafts_add_row (MhFormDrafts *drafts, MhRecord *draft)
{
  g_autofree char *form
      = g_strconcat (mh_record_slot_forms (drafts->slot), mh_record_id (draft), NULL);
  g_autofree char *name = form_drafts_name_of (draft);
  GtkWidget *row = mh_unsaved_new (mh_record_slot_context (drafts->slot), form, draft, name);
  g_signal_connect_object (row, "continued", G_CALLBACK (continue_cb), drafts, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (drafts->box), row);
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
form_drafts_listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhFormDrafts) drafts = data;
  g_autoptr (GPtrArray) found = mh_draft_list_finish (result, NULL);
  guint shown = 0;
  if (found == NULL || drafts->box == NULL || mh_record_slot_forms (drafts->slot) == NULL)
    return;

  for (guint i = 0; i < found->len && shown < MOST_SHOWN; i++)
    {
      MhRecord *draft = g_ptr_array_index (found, i);
      if (!is_about_the_same (drafts, draft))
        continue;
      form_drafts_add_row (drafts, draft);
      shown++;
    }

  gtk_widget_set_visible (GTK_WIDGET (drafts), shown > 0);
}

/* Another record is in the slot: a new one, one of these, or one that is changed. */
static void
form_drafts_record_cb (MhFormDrafts *drafts)
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
                       form_drafts_listed_cb, g_object_ref (drafts));
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
  g_signal_connect_object (slot, "notify::record", G_CALLBACK (form_drafts_record_cb), drafts,
                           G_CONNECT_SWAPPED);
  form_drafts_record_cb (drafts);
  return GTK_WIDGET (drafts);
}
