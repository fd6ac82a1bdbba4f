/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/people/admin/mh-user-patient-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-fetch.h"
#include "client/models/mh-record-list.h"
#include "client/widgets/base/mh-pane.h"
#include "client/widgets/base/mh-search-entry.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/people/mh-user-patient.h"

#include <glib/gi18n-lib.h>

#define MH_TYPE_USER_PATIENT_PANE (mh_user_patient_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhUserPatientPane, mh_user_patient_pane, MH, USER_PATIENT_PANE, MhPane)

struct _MhUserPatientPane
{
  MhPane parent_instance;
  MhRecordSlot *slot;
  MhRecordList *people;
  GtkLabel *state;
  MhSearchEntry *search;
  GtkWidget *none;
};

G_DEFINE_FINAL_TYPE (MhUserPatientPane, mh_user_patient_pane, MH_TYPE_PANE)

/* --- what is known --- */

static const char *
user_patient_pane_account_of (MhUserPatientPane *pane)
{
  MhRecord *stored = mh_record_slot_stored (pane->slot);
  return stored != NULL ? mh_record_id (stored) : NULL;
}

static void
user_patient_pane_show (MhUserPatientPane *pane, MhRecord *link)
{
  gboolean any = mh_record_has (link, MH_USER_PATIENT_PATIENT_ID);
  g_autofree char *words
      = any ? g_strdup_printf (_ ("This person is the patient %s, %s"),
                               mh_record_text (link, MH_USER_PATIENT_PATIENT_NAME),
                               mh_record_text (link, MH_USER_PATIENT_PATIENT_MRN))
            : g_strdup (_ ("Not known as a patient here"));
  gtk_label_set_label (pane->state, words);
  gtk_widget_set_visible (pane->none, any);
  mh_sensitive_set (GTK_WIDGET (pane->search), TRUE);
}

static void
user_patient_pane_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhUserPatientPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) answer = mh_fetch_finish_record (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;

  if (answer != NULL)
    {
      user_patient_pane_show (pane, answer);
      return;
    }

  g_autofree char *words = error != NULL ? mh_words_error (error) : g_strdup ("");
  gtk_label_set_label (pane->state, words);
}

/* --- changing it --- */

static void
user_patient_pane_changed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhUserPatientPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;

  mh_sensitive_set (GTK_WIDGET (pane->search), TRUE);
  gtk_widget_set_sensitive (pane->none, TRUE);
  if (outcome != NULL && outcome->record != NULL)
    {
      user_patient_pane_show (pane, outcome->record);
      return;
    }

  g_autofree char *words = error != NULL ? mh_words_error (error) : g_strdup ("");
  gtk_label_set_label (pane->state, words);
}

static void
user_patient_pane_send (MhUserPatientPane *pane, const char *patient_id)
{
  g_autoptr (MhRecord) link = mh_record_new (&mh_user_patient_type);
  const char *args[] = { "id", user_patient_pane_account_of (pane), NULL };
  if (patient_id != NULL)
    mh_record_set_text (link, MH_USER_PATIENT_PATIENT_ID, patient_id);
  mh_sensitive_set (GTK_WIDGET (pane->search), FALSE);
  gtk_widget_set_sensitive (pane->none, FALSE);
  mh_command_async (mh_pane_context (MH_PANE (pane)),
                    &(MhCommand){ .route = "access.set_staff", .args = args, .body = link }, NULL,
                    user_patient_pane_changed_cb, g_object_ref (pane));
}

static void
user_patient_pane_chosen_cb (MhUserPatientPane *pane, MhRecord *patient)
{
  g_autofree char *id = g_strdup (mh_record_id (patient));
  mh_search_entry_set_text (pane->search, "");
  user_patient_pane_send (pane, id);
}

static void
user_patient_pane_none_cb (MhUserPatientPane *pane)
{
  user_patient_pane_send (pane, NULL);
}

static char *
user_patient_pane_patient_words (MhRecord *patient, char **out_detail)
{
  *out_detail = mh_words_mrn (mh_record_text (patient, MH_PATIENT_MRN));
  return mh_words_patient (patient);
}

/* --- making it --- */

static void
mh_user_patient_pane_class_init (MhUserPatientPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  g_type_ensure (MH_TYPE_SEARCH_ENTRY);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("people/admin/mh-user-patient-pane"));
  gtk_widget_class_bind_template_child (widget, MhUserPatientPane, state);
  gtk_widget_class_bind_template_child (widget, MhUserPatientPane, search);
  gtk_widget_class_bind_template_child (widget, MhUserPatientPane, none);
  gtk_widget_class_bind_template_callback (widget, user_patient_pane_chosen_cb);
  gtk_widget_class_bind_template_callback (widget, user_patient_pane_none_cb);
}

static void
mh_user_patient_pane_init (MhUserPatientPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}

GtkWidget *
mh_user_patient_new (MhContext *context, MhRecordSlot *slot)
{
  MhUserPatientPane *pane = g_object_new (MH_TYPE_USER_PATIENT_PANE, "context", context, NULL);
  gboolean may = mh_context_may (context, MH_MAY_WRITE_USER)
                 && mh_context_may (context, MH_MAY_REVIEW_ACCESS);

  mh_pane_keep (MH_PANE (pane), &pane->slot, g_object_ref (slot));
  mh_pane_keep (MH_PANE (pane), &pane->people, mh_record_list_new (context, "access.people"));
  mh_search_entry_add (pane->search, "avatar-default-symbolic", pane->people,
                       user_patient_pane_patient_words);
  mh_sensitive_set (GTK_WIDGET (pane->search), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (pane), may);

  if (user_patient_pane_account_of (pane) == NULL)
    gtk_label_set_label (pane->state, _ ("Save the account first, then open it again."));
  else if (may)
    {
      const char *args[] = { "id", user_patient_pane_account_of (pane), NULL };
      mh_fetch_async (context, &(MhFetch){ .route = "access.staff", .args = args },
                      mh_pane_cancellable (MH_PANE (pane)), user_patient_pane_read_cb,
                      g_object_ref (pane));
    }

  return GTK_WIDGET (pane);
}
