/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/frontdesk/mh-patient-dialog.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-record-slot.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/mh-form.h"
#include "client/widgets/mh-marks.h"
#include "client/widgets/mh-shell.h"
#include "client/widgets/mh-words.h"
#include "shared/base/mh-text.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/mh-records.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How long nobody types before the server is asked who might be the same person. */
#define DUPLICATES_DELAY_MS 350

typedef struct
{
  MhContext *context;
  MhRecordSlot *slot;
  GtkWindow *window;
  GtkWidget *form, *save, *duplicates, *duplicates_box;
  GCancellable *cancellable;
  GtkWidget *opener;
  MhPatientSaved saved;
  gpointer data;
  guint timer;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *dialog = data;
  g_clear_handle_id (&dialog->timer, g_source_remove);
  g_cancellable_cancel (dialog->cancellable);
  g_object_unref (dialog->cancellable);
  g_object_unref (dialog->slot);
  g_object_unref (dialog->context);
  g_clear_weak_pointer (&dialog->opener);
  g_free (dialog);
}

/* --- duplicates --- */

static void
use_existing_cb (GtkButton *button, Dialog *dialog)
{
  MhRecord *patient = g_object_get_data (G_OBJECT (button), "patient");
  g_autoptr (MhRecord) kept = g_object_ref (patient);
  MhPatientSaved saved = dialog->saved;
  gpointer data = dialog->data;
  mh_record_slot_revert (dialog->slot);
  gtk_window_destroy (dialog->window);
  saved (kept, FALSE, data);
}

static GtkWidget *
duplicate_row (Dialog *dialog, MhRecord *match)
{
  char today[11];
  MhRecord *patient = mh_record_record (match, MH_PATIENT_MATCH_PATIENT);
  GtkWidget *row = mh_hbox (MH_GAP);
  g_autofree char *name = mh_words_patient (patient);
  g_autofree char *age = mh_words_age_sex (mh_record_text (patient, MH_PATIENT_BIRTH_DATE),
                                           mh_record_text (patient, MH_PATIENT_SEX),
                                           mh_today (dialog->context, today));
  const char *mrn = mh_record_text (patient, MH_PATIENT_MRN);
  const char *phone = mh_record_text (patient, MH_PATIENT_PHONE);
  g_autofree char *text = g_strdup_printf ("%s · %s · %s · %s", name, age, mrn != NULL ? mrn : "",
                                           phone != NULL ? phone : "");
  GtkWidget *label = mh_label (text, NULL);
  GtkWidget *use = gtk_button_new_with_label (_ ("Use this one"));
  gtk_widget_set_hexpand (label, TRUE);
  g_object_set_data_full (G_OBJECT (use), "patient", g_object_ref (patient), g_object_unref);
  g_signal_connect (use, "clicked", G_CALLBACK (use_existing_cb), dialog);
  mh_box_append (row, label);
  mh_box_append (row, use);
  return row;
}

static void
duplicates_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhAnswer) answer = mh_api_call_finish (MH_API (source), result, &error);
  if (g_error_matches (error, MH_ERROR, MH_ERROR_CANCELLED))
    return; /* the dialog may be gone */
  Dialog *dialog = data;
  mh_box_clear (dialog->duplicates_box);
  for (guint i = 0; answer != NULL && answer->items != NULL && i < answer->items->len && i < 4; i++)
    mh_box_append (dialog->duplicates_box,
                   duplicate_row (dialog, g_ptr_array_index (answer->items, i)));
  gtk_widget_set_visible (dialog->duplicates,
                          answer != NULL && answer->items != NULL && answer->items->len > 0);
}

static gboolean
ask_duplicates_cb (gpointer data)
{
  Dialog *dialog = data;
  MhRecord *record = mh_record_slot_record (dialog->slot);
  dialog->timer = 0;
  if (!mh_record_has (record, MH_PATIENT_GIVEN_NAME)
      || mh_record_slot_stored (dialog->slot) != NULL)
    return G_SOURCE_REMOVE;
  g_autoptr (MhRecord) draft = mh_record_new (&mh_patient_type);
  static const guint asked[]
      = { MH_ID,          MH_PATIENT_GIVEN_NAME, MH_PATIENT_MIDDLE_NAME, MH_PATIENT_FAMILY_NAME,
          MH_PATIENT_SEX, MH_PATIENT_BIRTH_DATE, MH_PATIENT_PHONE,       MH_PATIENT_ABHA };
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    if (mh_record_has (record, asked[i]))
      mh_record_set_text (draft, asked[i], mh_record_text (record, asked[i]));
  if (!mh_record_has (draft, MH_PATIENT_SEX))
    mh_record_set_text (draft, MH_PATIENT_SEX, MH_SEX_UNKNOWN);
  if (!mh_record_has (draft, MH_PATIENT_BIRTH_DATE))
    mh_record_set_bool (draft, MH_PATIENT_UNIDENTIFIED, TRUE);
  g_autofree char *body = mh_record_to_json (draft, MH_JSON_AS_INPUT);
  g_cancellable_cancel (dialog->cancellable);
  g_object_unref (dialog->cancellable);
  dialog->cancellable = g_cancellable_new ();
  mh_api_call_async (mh_context_api (dialog->context), "patient.duplicates", NULL, body, NULL, -1,
                     dialog->cancellable, duplicates_cb, dialog);
  return G_SOURCE_REMOVE;
}

static void
touched_cb (MhRecordSlot *slot, Dialog *dialog)
{
  g_clear_handle_id (&dialog->timer, g_source_remove);
  dialog->timer = g_timeout_add (DUPLICATES_DELAY_MS, ask_duplicates_cb, dialog);
}

/* --- saving --- */

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWindow) window = data; /* keeps the dialog's memory while the answer is awaited */
  Dialog *dialog = g_object_get_data (G_OBJECT (window), "dialog");
  gboolean waiting = FALSE;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) patient
      = mh_record_slot_save_finish (MH_RECORD_SLOT (source), result, &waiting, &error);
  gtk_widget_set_sensitive (dialog->save, TRUE);
  if (patient == NULL)
    {
      mh_form_show_error (MH_FORM (dialog->form), error);
      return;
    }
  MhPatientSaved saved = dialog->saved;
  gpointer opener = dialog->opener, user_data = dialog->data;
  gtk_window_destroy (dialog->window);
  if (opener != NULL)
    saved (patient, waiting, user_data);
}

static void
save (Dialog *dialog)
{
  gboolean new = mh_record_slot_stored (dialog->slot) == NULL;
  if (!gtk_widget_get_sensitive (dialog->save) || !mh_form_check (MH_FORM (dialog->form)))
    return;
  gtk_widget_set_sensitive (dialog->save, FALSE);
  mh_record_slot_save_async (dialog->slot, new ? "patient.create" : "patient.update", NULL,
                             saved_cb, g_object_ref (dialog->window));
}

static void
save_cb (GtkWidget *widget, Dialog *dialog)
{
  save (dialog);
}

/* --- the window --- */

/* "9812012345" is a phone, anything else a name: given name first. */
static void
take_typed (MhRecord *record, const char *typed)
{
  g_autofree char *digits = mh_text_phone_digits (typed);
  if (strlen (digits) >= 6)
    {
      mh_record_set_text (record, MH_PATIENT_PHONE, digits);
      return;
    }
  g_auto (GStrv) words = g_strsplit (typed, " ", 2);
  mh_record_set_text (record, MH_PATIENT_GIVEN_NAME, words[0]);
  if (words[0] != NULL && words[1] != NULL)
    mh_record_set_text (record, MH_PATIENT_FAMILY_NAME, words[1]);
}

static GtkWidget *
make_form (Dialog *dialog)
{
  static const char *const first[]
      = { "given_name", "family_name", "sex", "birth_date", "phone", NULL };
  static const char *const identity[]
      = { "middle_name",    "native_name",   "alias",      "unidentified",
          "abha",           "aadhaar_last4", "passport",   "blood_group",
          "marital_status", "language",      "occupation", NULL };
  static const char *const contact[] = { "phone2",   "email", "address_line", "locality", "city",
                                         "district", "state", "country",      "pin",      NULL };
  static const char *const people[] = { "guardian_name",
                                        "guardian_relation",
                                        "guardian_phone",
                                        "emergency_name",
                                        "emergency_relation",
                                        "emergency_phone",
                                        NULL };
  static const char *const health[]
      = { "allergy_status", "allergies", "chronic_flags", "pregnant", "pregnancy_weeks", NULL };
  static const char *const other[] = { "insurer",       "policy_number", "policy_valid_until",
                                       "consent_email", "consent_sms",   "consent_research",
                                       "vip",           "notes",         NULL };
  GtkWidget *form = mh_form_new (dialog->slot, first);
  mh_form_add_section (MH_FORM (form), _ ("Health"), health);
  mh_form_add_section (MH_FORM (form), _ ("Address and contact"), contact);
  mh_form_add_section (MH_FORM (form), _ ("Identity"), identity);
  mh_form_add_section (MH_FORM (form), _ ("Family and emergency"), people);
  mh_form_add_section (MH_FORM (form), _ ("Insurance, consent, notes"), other);
  return form;
}

static GtkWidget *
make_content (Dialog *dialog)
{
  GtkWidget *content = mh_vbox (0), *foot = mh_hbox (MH_GAP);
  dialog->duplicates = mh_vbox (6);
  dialog->duplicates_box = mh_vbox (6);
  mh_box_append (dialog->duplicates, mh_heading (_ ("Is it one of these?")));
  mh_box_append (dialog->duplicates, dialog->duplicates_box);
  gtk_widget_add_css_class (dialog->duplicates, "mh-warning");
  gtk_widget_set_visible (dialog->duplicates, FALSE);
  dialog->form = make_form (dialog);
  g_signal_connect (dialog->form, "submit", G_CALLBACK (save_cb), dialog);
  GtkWidget *inner = mh_vbox (MH_GAP);
  gtk_widget_set_margin_start (inner, 18);
  gtk_widget_set_margin_end (inner, 18);
  gtk_widget_set_margin_top (inner, 12);
  gtk_widget_set_margin_bottom (inner, 12);
  mh_box_append (inner, dialog->duplicates);
  mh_box_append (inner, dialog->form);
  mh_box_append (content, mh_scrolled (inner));
  dialog->save = gtk_button_new_with_mnemonic (_ ("_Save"));
  gtk_widget_add_css_class (dialog->save, "suggested-action");
  gtk_widget_set_tooltip_text (dialog->save, _ ("Save (Ctrl+Enter)"));
  gtk_widget_set_hexpand (dialog->save, TRUE);
  gtk_widget_set_halign (dialog->save, GTK_ALIGN_END);
  g_signal_connect (dialog->save, "clicked", G_CALLBACK (save_cb), dialog);
  gtk_widget_add_css_class (foot, "mh-foot");
  mh_box_append (foot, dialog->save);
  mh_box_append (content, foot);
  return content;
}

void
mh_patient_dialog_show (GtkWidget *parent,
                        MhContext *context,
                        MhRecord *patient,
                        const char *typed,
                        MhPatientSaved saved,
                        gpointer data)
{
  Dialog *dialog = g_new0 (Dialog, 1);
  dialog->context = g_object_ref (context);
  dialog->slot = mh_record_slot_new (context, &mh_patient_type);
  dialog->cancellable = g_cancellable_new ();
  dialog->saved = saved;
  dialog->data = data;
  g_set_weak_pointer (&dialog->opener, parent);
  if (patient != NULL)
    mh_record_slot_show (dialog->slot, patient);
  else
    mh_record_slot_begin (dialog->slot, "patient.new");
  if (patient == NULL && typed != NULL && typed[0] != 0)
    take_typed (mh_record_slot_record (dialog->slot), typed);
  GtkWidget *content = make_content (dialog);
  dialog->window = mh_dialog_new (
      parent, patient != NULL ? _ ("Change patient") : _ ("New patient"), content, 720, 640);
  g_object_set_data_full (G_OBJECT (dialog->window), "dialog", dialog, dialog_free);
  g_signal_connect (dialog->slot, "issues-changed", G_CALLBACK (touched_cb), dialog);
  gtk_window_present (dialog->window);
}
