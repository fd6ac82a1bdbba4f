/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/orders/mh-department-choice.h"

#include "client/models/mh-fetch.h"
#include "client/models/mh-record-list.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

static char *
department_choice_words_of_cb (gpointer item)
{
  if (GTK_IS_STRING_OBJECT (item))
    return g_strdup (gtk_string_object_get_string (item));
  return item != NULL ? mh_record_display (item) : NULL;
}

const char *
mh_department_choice_get (GtkDropDown *choice)
{
  gpointer item = gtk_drop_down_get_selected_item (choice);
  return MH_IS_RECORD (item) ? mh_record_id (item) : NULL;
}

/* What is wanted stays wanted until its row has come. */
static void
department_choice_show_cb (GtkDropDown *choice)
{
  GListModel *rows = gtk_drop_down_get_model (choice);
  const char *wanted = g_object_get_data (G_OBJECT (choice), "wanted");
  guint n
      = rows != NULL ? g_list_model_get_n_items (rows) : 0; /* none before its rows are asked for */
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (rows, i);
      if (g_strcmp0 (MH_IS_RECORD (item) ? mh_record_id (MH_RECORD (item)) : NULL, wanted) == 0)
        gtk_drop_down_set_selected (choice, i);
    }
}

void
mh_department_choice_set (GtkDropDown *choice, const char *department_id)
{
  g_object_set_data_full (G_OBJECT (choice), "wanted", g_strdup (department_id), g_free);
  department_choice_show_cb (choice);
}

/* Nobody has chosen yet: there is none, or it came from the doctor. */
static gboolean
department_choice_is_open (GtkDropDown *choice)
{
  const char *now = mh_department_choice_get (choice);
  return now == NULL || g_strcmp0 (now, g_object_get_data (G_OBJECT (choice), "doctor")) == 0;
}

void
mh_department_choice_of_doctor (GtkDropDown *choice, const char *department_id)
{
  if (department_choice_is_open (choice))
    mh_department_choice_set (choice, department_id);
  g_object_set_data_full (G_OBJECT (choice), "doctor", g_strdup (department_id), g_free);
}

typedef struct
{
  GtkDropDown *choice;
  char *patient_id;
} Asking;

static void
department_choice_visits_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Asking *asking = data;
  g_autoptr (GtkDropDown) choice = asking->choice;
  g_autofree char *patient_id = asking->patient_id;
  g_autoptr (GPtrArray) answer = mh_fetch_finish_list (result, NULL);
  g_free (asking);
  if (answer == NULL || answer->len == 0 || !department_choice_is_open (choice)
      || g_strcmp0 (patient_id, g_object_get_data (G_OBJECT (choice), "patient")) != 0)
    return;
  mh_department_choice_set (choice,
                            mh_record_text (g_ptr_array_index (answer, 0), MH_VISIT_DEPARTMENT_ID));
}

void
mh_department_choice_of_visit (GtkDropDown *choice, MhPane *pane, const char *patient_id)
{
  MhContext *context = mh_pane_context (pane);
  const char *args[] = { "patient_id", patient_id, "open", "true", "limit", "1", NULL };
  g_object_set_data_full (G_OBJECT (choice), "patient", g_strdup (patient_id), g_free);
  if (patient_id == NULL || !mh_context_may (context, MH_MAY_READ_VISIT))
    return;
  Asking *asking = g_new0 (Asking, 1);
  asking->choice = g_object_ref (choice);
  asking->patient_id = g_strdup (patient_id);
  mh_fetch_async (context, &(MhFetch){ .route = "visit.list", .args = args },
                  mh_pane_cancellable (pane), department_choice_visits_cb, asking);
}

void
mh_department_choice_setup (GtkDropDown *choice, MhPane *pane)
{
  static const char *const args[] = { "limit", "200", NULL };
  g_autoptr (GListStore) parts = g_list_store_new (G_TYPE_LIST_MODEL);
  g_autoptr (GtkStringList) none = gtk_string_list_new (NULL);
  g_autoptr (MhRecordList) list = mh_record_list_new (mh_pane_context (pane), "department.list");
  g_autoptr (GtkExpression) words = gtk_cclosure_expression_new (
      G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (department_choice_words_of_cb), NULL, NULL);

  gtk_string_list_append (none, _ ("Department not chosen"));
  g_list_store_append (parts, none);
  g_list_store_append (parts, list);
  g_autoptr (GtkFlattenListModel) rows
      = gtk_flatten_list_model_new (G_LIST_MODEL (g_steal_pointer (&parts)));

  gtk_drop_down_set_expression (choice, words);
  gtk_drop_down_set_model (choice, G_LIST_MODEL (rows));
  g_signal_connect_object (list, "items-changed", G_CALLBACK (department_choice_show_cb), choice,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  mh_record_list_set_args (list, args);
}
