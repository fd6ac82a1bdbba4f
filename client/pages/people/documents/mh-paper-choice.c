/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/people/documents/mh-paper-choice.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-record-list.h"
#include "client/pages/people/documents/mh-paper-line.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/people/mh-document.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  MhRecordSlot *slot;
  MhRecordList *papers;
  GPtrArray *ids; /* in the order of the rows behind "None" */
  GtkDropDown *choice;
  GtkLabel *note;
  gboolean filling;
} Choice;

static void
paper_choice_free (Choice *choice)
{
  mh_record_list_set_belongs (choice->papers, NULL, NULL);
  g_signal_handlers_disconnect_by_data (choice->papers, choice);
  g_object_unref (choice->slot);
  g_object_unref (choice->papers);
  g_ptr_array_unref (choice->ids);
  g_free (choice);
}

static gboolean
is_consent (MhRecord *paper)
{
  return g_strcmp0 (mh_record_text (paper, MH_DOCUMENT_KIND), MH_DOCUMENT_CONSENT) == 0;
}

static gboolean
may_be_chosen (MhRecord *paper)
{
  const char *status = mh_record_text (paper, MH_DOCUMENT_STATUS);
  return !mh_record_has (paper, MH_DELETED_AT) && g_strcmp0 (status, MH_DOCUMENT_DAMAGED) != 0
         && g_strcmp0 (mh_record_text (paper, MH_DOCUMENT_SCAN), MH_VIRUS_SCAN_INFECTED) != 0;
}

static void
paper_choice_add_papers (Choice *choice, GtkStringList *rows, gboolean consents)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (choice->papers)); i++)
    {
      g_autoptr (MhRecord) paper = g_list_model_get_item (G_LIST_MODEL (choice->papers), i);
      if (is_consent (paper) != consents || !may_be_chosen (paper))
        continue;
      g_autofree char *day = mh_paper_day (paper);
      gtk_string_list_take (
          rows, g_strdup_printf ("%s · %s", mh_record_text (paper, MH_DOCUMENT_TITLE), day));
      g_ptr_array_add (choice->ids, g_strdup (mh_record_id (paper)));
    }
}

static void
paper_choice_fill_cb (Choice *choice)
{
  g_autoptr (GtkStringList) rows = gtk_string_list_new (NULL);
  const char *chosen
      = mh_record_text (mh_record_slot_record (choice->slot), MH_CONSENT_DOCUMENT_ID);
  guint selected = 0;

  g_ptr_array_set_size (choice->ids, 0);
  gtk_string_list_append (rows, _ ("None"));
  paper_choice_add_papers (choice, rows, /* consents */ TRUE);
  paper_choice_add_papers (choice, rows, /* consents */ FALSE);
  for (guint i = 0; i < choice->ids->len; i++)
    if (g_strcmp0 (g_ptr_array_index (choice->ids, i), chosen) == 0)
      selected = i + 1;

  choice->filling = TRUE;
  gtk_drop_down_set_model (choice->choice, G_LIST_MODEL (rows));
  gtk_drop_down_set_selected (choice->choice, selected);
  choice->filling = FALSE;
  gtk_label_set_text (
      choice->note,
      choice->ids->len > 0
          ? _ ("Those of the patient's papers that say consent or refusal come first.")
          : _ ("There are no papers in the chart yet. Add the signed one there; it "
               "can be chosen later as well."));
}

static void
paper_choice_chosen_cb (Choice *choice)
{
  guint row = gtk_drop_down_get_selected (choice->choice);
  if (choice->filling || row == GTK_INVALID_LIST_POSITION || row > choice->ids->len)
    return;
  mh_record_set_text (mh_record_slot_record (choice->slot), MH_CONSENT_DOCUMENT_ID,
                      row > 0 ? g_ptr_array_index (choice->ids, row - 1) : NULL);
  mh_record_slot_touched (choice->slot, MH_CONSENT_DOCUMENT_ID);
}

static gboolean
paper_choice_belongs (MhRecord *paper, gpointer data)
{
  Choice *choice = data;
  const char *patient_id
      = mh_record_text (mh_record_slot_record (choice->slot), MH_CONSENT_PATIENT_ID);
  return g_strcmp0 (mh_record_text (paper, MH_DOCUMENT_PATIENT_ID), patient_id) == 0;
}

static GtkWidget *
paper_choice_add_label (GtkWidget *box, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

GtkWidget *
mh_paper_choice_new (MhRecordSlot *slot)
{
  Choice *choice = g_new0 (Choice, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  g_autofree char *words = g_strdup_printf (
      "%s %s", mh_words_label (&mh_consent_type.fields[MH_CONSENT_DOCUMENT_ID]), _ ("(optional)"));
  const char *args[]
      = { "patient_id", mh_record_text (mh_record_slot_record (slot), MH_CONSENT_PATIENT_ID),
          "limit", "100", NULL };

  choice->slot = g_object_ref (slot);
  choice->ids = g_ptr_array_new_with_free_func (g_free);
  choice->papers = mh_record_list_new (mh_record_slot_context (slot), "document.list");
  choice->choice = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  gtk_widget_add_css_class (box, "mh-field");

  /* in line with the rows of the form above */
  gtk_widget_set_margin_start (box, 3);
  gtk_widget_set_margin_end (box, 3);
  g_object_set_data_full (G_OBJECT (box), "choice", choice, (GDestroyNotify)paper_choice_free);

  GtkWidget *label = paper_choice_add_label (box, words, "mh-label");
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), GTK_WIDGET (choice->choice));
  mh_accessible_name (GTK_WIDGET (choice->choice),
                      mh_words_label (&mh_consent_type.fields[MH_CONSENT_DOCUMENT_ID]));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (choice->choice));
  choice->note = GTK_LABEL (paper_choice_add_label (box, "", "mh-note"));
  gtk_widget_add_css_class (GTK_WIDGET (choice->note), "dim-label");
  mh_record_list_set_belongs (choice->papers, paper_choice_belongs, choice);
  g_signal_connect_swapped (choice->papers, "items-changed", G_CALLBACK (paper_choice_fill_cb),
                            choice);
  g_signal_connect_swapped (choice->choice, "notify::selected", G_CALLBACK (paper_choice_chosen_cb),
                            choice);
  paper_choice_fill_cb (choice);
  mh_record_list_set_args (choice->papers, args);

  return box;
}

GtkWidget *
mh_paper_choice_control (GtkWidget *box)
{
  Choice *choice = g_object_get_data (G_OBJECT (box), "choice");
  return GTK_WIDGET (choice->choice);
}
