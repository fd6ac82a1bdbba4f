/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/orders/mh-doctor-choice.h"

#include "shared/records/lab/mh-critical.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

/* "Dr Rao · Cardiology" */
static char *
doctor_choice_words_cb (gpointer item)
{
  if (!MH_IS_RECORD (item))
    return g_strdup (gtk_string_object_get_string (item));
  const char *name = mh_record_text (item, MH_CLINICIAN_NAME);
  const char *department = mh_record_text (item, MH_CLINICIAN_DEPARTMENT);
  return department != NULL ? g_strdup_printf ("%s · %s", name, department) : g_strdup (name);
}

MhRecordList *
mh_doctor_choice_setup (GtkDropDown *choice, MhContext *context)
{
  static const char *const args[] = { "limit", "200", NULL };
  g_autoptr (GListStore) parts = g_list_store_new (G_TYPE_LIST_MODEL);
  g_autoptr (GtkStringList) others = gtk_string_list_new (NULL);
  MhRecordList *house = mh_record_list_new (context, "doctor.list");
  GtkExpression *words = gtk_cclosure_expression_new (
      G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (doctor_choice_words_cb), NULL, NULL);

  gtk_string_list_append (others, _ ("Doctor not in the directory"));
  mh_record_list_set_keep (house, TRUE);
  g_list_store_append (parts, others);
  g_list_store_append (parts, house);

  g_autoptr (GtkFlattenListModel) all
      = gtk_flatten_list_model_new (G_LIST_MODEL (g_steal_pointer (&parts)));
  gtk_drop_down_set_expression (choice, words);
  gtk_expression_unref (words);
  gtk_drop_down_set_model (choice, G_LIST_MODEL (all));
  if (mh_context_may (context, MH_MAY_WRITE_ORDER))
    mh_record_list_set_args (house, args);

  return house;
}

MhRecord *
mh_doctor_choice_get (GtkDropDown *choice)
{
  gpointer item = gtk_drop_down_get_selected_item (choice);
  return MH_IS_RECORD (item) ? item : NULL;
}

void
mh_doctor_choice_find (GtkDropDown *choice, const char *doctor_id)
{
  GListModel *model = gtk_drop_down_get_model (choice);
  for (guint i = 1; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (MhRecord) one = g_list_model_get_item (model, i);
      if (g_strcmp0 (mh_record_text (one, MH_CLINICIAN_ID), doctor_id) == 0)
        gtk_drop_down_set_selected (choice, i);
    }
}
