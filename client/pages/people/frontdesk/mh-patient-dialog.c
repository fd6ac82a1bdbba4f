/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/people/frontdesk/mh-patient-dialog.h"

#include "client/models/mh-fetch.h"
#include "client/models/mh-formulary.h"
#include "client/models/mh-record-slot.h"
#include "client/pages/clinic/prescribing/mh-allergy-words.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/form/mh-form.h"
#include "shared/base/mh-text.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/rules/people/mh-duplicate.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How long nobody types before the server is asked who might be the same person. */
#define DUPLICATES_DELAY_MS 350

#define MH_TYPE_PATIENT_DIALOG (mh_patient_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhPatientDialog, mh_patient_dialog, MH, PATIENT_DIALOG, MhDialog)

struct _MhPatientDialog
{
  MhDialog parent_instance;
  MhRecordSlot *slot;
  GtkBox *place;
  MhForm *form;
  GtkWidget *save, *save_and_order, *duplicates, *duplicates_box, *all_the_same;
  MhFormulary *formulary; /* once an allergy was named */
  MhWrap *uses;           /* the names that may be meant */
  GCancellable *asking;   /* who might be the same person; a newer question cancels the older */
  MhPatientSaved saved;
  gpointer data;
  guint timer;
  gboolean order; /* tests are ordered next */
};

G_DEFINE_FINAL_TYPE (MhPatientDialog, mh_patient_dialog, MH_TYPE_DIALOG)

/* --- duplicates --- */

/* What the opener asked for is called only while it is there. */
static void
patient_dialog_close_with (MhPatientDialog *dialog, MhRecord *patient, gboolean waiting)
{
  gboolean opened = mh_dialog_opener (MH_DIALOG (dialog)) != NULL;
  MhPatientSaved saved = dialog->saved;
  gpointer data = dialog->data;
  gboolean order = dialog->order;
  gtk_window_destroy (GTK_WINDOW (dialog));
  if (opened)
    saved (patient, waiting, order, data);
}

static void
use_existing_cb (GtkButton *button, MhPatientDialog *dialog)
{
  g_autoptr (MhRecord) patient = g_object_ref (g_object_get_data (G_OBJECT (button), "patient"));
  mh_record_slot_revert (dialog->slot);
  dialog->order = FALSE;
  patient_dialog_close_with (dialog, patient, FALSE);
}

/* "GANGULY Priyanka, 55 y F, is already registered: same phone, same date of birth" */
static char *
duplicate_words (MhRecord *match)
{
  char today[11];
  MhRecord *patient = mh_record_record (match, MH_PATIENT_MATCH_PATIENT);
  g_autofree char *name = mh_words_patient (patient);
  g_autofree char *age
      = mh_words_age_sex (mh_record_text (patient, MH_PATIENT_BIRTH_DATE),
                          mh_record_text (patient, MH_PATIENT_SEX), mh_when_today_text (today));
  g_autofree char *why = mh_words_alike (mh_record_list (match, MH_PATIENT_MATCH_REASONS));

  /* Translators: a name; "55 y F"; what is the same: "same phone, same date of birth" */
  if (why != NULL && mh_record_bool (match, MH_PATIENT_MATCH_BLOCKING))
    return g_strdup_printf (_ ("%s, %s, is already registered: %s"), name, age, why);

  /* Translators: as above */
  return why != NULL ? g_strdup_printf (_ ("%s, %s, may be the same person: %s"), name, age, why)
                     : g_strdup_printf ("%s, %s", name, age);
}

static GtkWidget *
duplicate_row (MhPatientDialog *dialog, MhRecord *match)
{
  MhRecord *patient = mh_record_record (match, MH_PATIENT_MATCH_PATIENT);
  GtkWidget *row = mh_hbox (MH_GAP);
  g_autofree char *mrn = mh_words_mrn (mh_record_text (patient, MH_PATIENT_MRN));
  const char *phone = mh_record_text (patient, MH_PATIENT_PHONE);
  g_autofree char *words = duplicate_words (match);
  g_autofree char *told = phone != NULL ? g_strdup_printf ("%s\n%s · %s", words, mrn, phone)
                                        : g_strdup_printf ("%s\n%s", words, mrn);
  GtkWidget *label = mh_label (told, NULL);
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
  g_autoptr (GPtrArray) answer = mh_fetch_finish_list (result, &error);
  if (g_error_matches (error, MH_ERROR, MH_ERROR_CANCELLED))
    return; /* the dialog may be gone */

  MhPatientDialog *dialog = data;
  gboolean blocking = FALSE;
  mh_box_clear (dialog->duplicates_box);

  for (guint i = 0; answer != NULL && i < answer->len && i < 4; i++)
    {
      MhRecord *match = g_ptr_array_index (answer, i);
      blocking = blocking || mh_record_bool (match, MH_PATIENT_MATCH_BLOCKING);
      mh_box_append (dialog->duplicates_box, duplicate_row (dialog, match));
    }

  gtk_widget_set_visible (dialog->all_the_same, blocking);
  gtk_widget_set_visible (dialog->duplicates, answer != NULL && answer->len > 0);
}

static void
stop_asking (MhPatientDialog *dialog)
{
  g_clear_handle_id (&dialog->timer, g_source_remove);
  g_cancellable_cancel (dialog->asking);
  g_clear_object (&dialog->asking);
}

static gboolean
ask_duplicates_cb (gpointer data)
{
  MhPatientDialog *dialog = data;
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
  stop_asking (dialog);
  dialog->asking = g_cancellable_new ();
  mh_fetch_async (mh_dialog_context (MH_DIALOG (dialog)),
                  &(MhFetch){ .route = "patient.duplicates", .body = body }, dialog->asking,
                  duplicates_cb, dialog);

  return G_SOURCE_REMOVE;
}

/* --- allergies --- */

static void patient_dialog_use_name (gpointer owner, const char *unknown, const char *name);

/* What no prescription can be checked against is told where it is typed; it is kept all the same.
 */
static void
show_unchecked_cb (MhPatientDialog *dialog)
{
  MhContext *context = mh_dialog_context (MH_DIALOG (dialog));
  MhFieldRow *row = mh_form_row (dialog->form, "allergies");
  const char *const *names
      = mh_record_list (mh_record_slot_record (dialog->slot), MH_PATIENT_ALLERGIES);
  gboolean any = names != NULL && names[0] != NULL;

  if (context == NULL || row == NULL)
    return;

  if (any && dialog->formulary == NULL)
    {
      mh_dialog_keep (MH_DIALOG (dialog), &dialog->formulary, mh_formulary_new (context));
      g_signal_connect_object (dialog->formulary, "changed", G_CALLBACK (show_unchecked_cb), dialog,
                               G_CONNECT_SWAPPED);
    }

  MhDrugBook *book = any ? mh_formulary_book (dialog->formulary) : NULL;
  g_autofree char *words = book != NULL ? mh_allergy_words_unknown (book, names) : NULL;
  mh_field_row_remark (row, words);
  mh_allergy_words_offer_all (dialog->uses, book, words != NULL ? names : NULL,
                              patient_dialog_use_name, dialog);
}

/* "penicilin and Brufen": what is known beside it stays. */
static void
patient_dialog_use_name (gpointer owner, const char *unknown, const char *name)
{
  MhPatientDialog *dialog = owner;
  MhRecord *patient = mh_record_slot_record (dialog->slot);
  const char *const *names = mh_record_list (patient, MH_PATIENT_ALLERGIES);
  g_autoptr (GStrvBuilder) used = g_strv_builder_new ();
  gboolean whole = names != NULL && g_strv_contains (names, unknown);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      gboolean other = whole && !g_str_equal (names[i], unknown);
      g_auto (GStrv) parts = g_strsplit (names[i], other ? names[i] : unknown, 2);
      g_autofree char *one = g_strjoinv (other ? names[i] : name, parts);
      g_strv_builder_add (used, one);
    }

  g_auto (GStrv) list = g_strv_builder_end (used);
  gtk_widget_grab_focus (mh_field_row_control (mh_form_row (dialog->form, "allergies")));
  mh_record_set_list (patient, MH_PATIENT_ALLERGIES, (const char *const *)list);
  mh_record_slot_touched (dialog->slot, MH_PATIENT_ALLERGIES);
  mh_form_refresh (dialog->form);
  show_unchecked_cb (dialog);
}

static void
patient_dialog_touched_cb (MhPatientDialog *dialog)
{
  show_unchecked_cb (dialog);
  g_clear_handle_id (&dialog->timer, g_source_remove);
  dialog->timer = g_timeout_add (DUPLICATES_DELAY_MS, ask_duplicates_cb, dialog);
}

/* --- saving --- */

static void
patient_dialog_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhPatientDialog) dialog = data;
  gboolean waiting = FALSE;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) patient
      = mh_record_slot_save_finish (MH_RECORD_SLOT (source), result, &waiting, &error);

  if (patient != NULL)
    patient_dialog_close_with (dialog, patient, waiting);
  else if (mh_dialog_context (MH_DIALOG (dialog)) != NULL)
    {
      mh_dialog_set_busy (MH_DIALOG (dialog), FALSE);
      mh_form_show_error (dialog->form, error);
      /* somebody alike whom the question while typing did not show: then here is the way on */
      if (g_error_matches (error, MH_ERROR, MH_ERROR_CONFLICT)
          && mh_issues_find (mh_error_get_issues (error), "duplicate_reason") != NULL)
        {
          gtk_widget_set_visible (dialog->duplicates, TRUE);
          gtk_widget_set_visible (dialog->all_the_same, TRUE);
          if (gtk_widget_get_first_child (dialog->duplicates_box) == NULL)
            ask_duplicates_cb (dialog);
        }
    }
}

static void
patient_dialog_save (MhPatientDialog *dialog, gboolean order)
{
  gboolean new = mh_record_slot_stored (dialog->slot) == NULL;
  if (!gtk_widget_get_sensitive (dialog->save) || !mh_form_check (dialog->form))
    return;
  dialog->order = order;
  mh_dialog_set_busy (MH_DIALOG (dialog), TRUE);
  mh_record_slot_save_async (dialog->slot, new ? "patient.create" : "patient.update", NULL,
                             patient_dialog_saved_cb, g_object_ref (dialog));
}

static void
patient_dialog_save_cb (MhPatientDialog *dialog)
{
  patient_dialog_save (dialog, FALSE);
}

static void
save_and_order_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (gtk_widget_get_visible (MH_PATIENT_DIALOG (widget)->save_and_order))
    patient_dialog_save (MH_PATIENT_DIALOG (widget), TRUE);
}

/* --- the window --- */

/* Who types "asha verma" into the search means Asha Verma. */
static char *
as_a_name (const char *word)
{
  g_autofree char *lower = g_utf8_strdown (word, -1);
  if (word[0] == 0 || g_strcmp0 (lower, word) != 0)
    return g_strdup (word);
  g_autofree char *first = g_utf8_substring (word, 0, 1);
  g_autofree char *capital = g_utf8_strup (first, -1);
  return g_strconcat (capital, g_utf8_next_char (word), NULL);
}

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
  for (guint i = 0; i < 2 && words[i] != NULL; i++)
    mh_record_take_text (record, i == 0 ? MH_PATIENT_GIVEN_NAME : MH_PATIENT_FAMILY_NAME,
                         as_a_name (g_strstrip (words[i])));
}

static MhForm *
make_form (MhRecordSlot *slot)
{
  static const char *const first[]
      = { "given_name", "family_name", "sex", "birth_date", "phone", NULL };
  static const char *const identity[]
      = { "middle_name",    "native_name", "alias",         "unidentified", "gender",
          "birth_order",    "abha",        "aadhaar_last4", "passport",     "blood_group",
          "marital_status", "language",    "occupation",    "religion",     NULL };
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
      = { "allergy_status",  "allergies",     "chronic_flags", "pregnant",
          "pregnancy_weeks", "breastfeeding", "birth_weeks",   NULL };
  static const char *const other[] = { "insurer",       "policy_number", "policy_valid_until",
                                       "consent_email", "consent_sms",   "consent_research",
                                       "vip",           "notes",         NULL };
  MhForm *form = MH_FORM (mh_form_new (slot, first));

  mh_form_add_section (form, _ ("Health"), health);
  mh_form_add_section (form, _ ("Address and contact"), contact);
  mh_form_add_section (form, _ ("Identity"), identity);
  mh_form_add_section (form, _ ("Family and emergency"), people);
  mh_form_add_section (form, _ ("Insurance, consent, notes"), other);

  return form;
}

static void
mh_patient_dialog_dispose (GObject *object)
{
  stop_asking (MH_PATIENT_DIALOG (object));
  G_OBJECT_CLASS (mh_patient_dialog_parent_class)->dispose (object);
}

static void
mh_patient_dialog_class_init (MhPatientDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_patient_dialog_dispose;
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("people/frontdesk/mh-patient-dialog"));
  gtk_widget_class_bind_template_child (widget, MhPatientDialog, place);
  gtk_widget_class_bind_template_child (widget, MhPatientDialog, save);
  gtk_widget_class_bind_template_child (widget, MhPatientDialog, save_and_order);
  gtk_widget_class_bind_template_child (widget, MhPatientDialog, duplicates);
  gtk_widget_class_bind_template_child (widget, MhPatientDialog, duplicates_box);
  gtk_widget_class_bind_template_callback (widget, patient_dialog_save_cb);
  mh_closures_bind (widget);
  gtk_widget_class_install_action (widget, "patient.save-and-order", NULL, save_and_order_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F2, 0, "patient.save-and-order", NULL);
}

static void
mh_patient_dialog_init (MhPatientDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
}

static gboolean
begin_typing_cb (gpointer dialog)
{
  mh_form_focus_empty (MH_PATIENT_DIALOG (dialog)->form);
  return G_SOURCE_REMOVE;
}

/* What was typed in the search stands there already; after the dialog has chosen its first field.
 */
static void
patient_dialog_mapped_cb (MhPatientDialog *dialog)
{
  if (mh_record_slot_stored (dialog->slot) == NULL)
    g_idle_add_full (G_PRIORITY_LOW, begin_typing_cb, g_object_ref (dialog), g_object_unref);
}

/* What was read of a card, but for what the form does not have. */
static void
take_read (MhRecord *record, MhRecord *read)
{
  for (guint i = MH_N_COMMON; i < mh_patient_type.n_fields; i++)
    if (mh_record_has (read, i) && mh_patient_type.fields[i].kind == MH_KIND_BOOL)
      mh_record_set_bool (record, i, mh_record_bool (read, i));
    else if (mh_record_has (read, i))
      mh_record_set_text (record, i, mh_record_text (read, i));
}

/* What the form begins with; each may be NULL. */
typedef struct
{
  MhRecord *patient; /* to be changed */
  const char *typed; /* in the search, where nobody was found */
  MhRecord *read;    /* from a card */
} Begin;

static void
dialog_show (GtkWidget *parent,
             MhContext *context,
             const Begin *begin,
             MhPatientSaved saved,
             gpointer data)
{
  MhRecord *patient = begin->patient, *read = begin->read;
  const char *typed = begin->typed;
  MhPatientDialog *dialog = g_object_new (MH_TYPE_PATIENT_DIALOG, "context", context, NULL);
  mh_dialog_keep (MH_DIALOG (dialog), &dialog->slot,
                  mh_record_slot_new (context, &mh_patient_type));
  dialog->saved = saved;
  dialog->data = data;

  if (patient != NULL)
    mh_record_slot_show (dialog->slot, patient);
  else
    mh_record_slot_begin (dialog->slot, "patient.new/");
  if (read != NULL)
    take_read (mh_record_slot_record (dialog->slot), read);
  if (patient == NULL && typed != NULL && typed[0] != 0)
    take_typed (mh_record_slot_record (dialog->slot), typed);
  if (patient != NULL)
    gtk_window_set_title (GTK_WINDOW (dialog), _ ("Change patient"));

  dialog->form = make_form (dialog->slot);
  dialog->uses = g_object_new (MH_TYPE_WRAP, "visible", FALSE, NULL);
  mh_field_row_add_below (mh_form_row (dialog->form, "allergies"), GTK_WIDGET (dialog->uses));
  g_signal_connect_swapped (dialog->form, "submit", G_CALLBACK (patient_dialog_save_cb), dialog);
  g_signal_connect_object (dialog->slot, "issues-changed", G_CALLBACK (patient_dialog_touched_cb),
                           dialog, G_CONNECT_SWAPPED);

  dialog->all_the_same = mh_field_row_new (dialog->slot, "duplicate_reason");
  gtk_widget_set_visible (dialog->all_the_same, FALSE);
  gtk_box_append (GTK_BOX (dialog->duplicates), dialog->all_the_same);

  gtk_box_append (dialog->place, GTK_WIDGET (dialog->form));
  gtk_widget_set_visible (dialog->save_and_order,
                          patient == NULL && mh_context_may (context, MH_MAY_WRITE_ORDER));
  g_signal_connect_after (dialog, "map", G_CALLBACK (patient_dialog_mapped_cb), NULL);
  mh_dialog_show (MH_DIALOG (dialog), parent);
}

void
mh_patient_dialog_show (GtkWidget *parent,
                        MhContext *context,
                        MhRecord *patient,
                        const char *typed,
                        MhPatientSaved saved,
                        gpointer data)
{
  dialog_show (parent, context, &(Begin){ .patient = patient, .typed = typed }, saved, data);
}

void
mh_patient_dialog_show_read (GtkWidget *parent,
                             MhContext *context,
                             MhRecord *read,
                             MhPatientSaved saved,
                             gpointer data)
{
  dialog_show (parent, context, &(Begin){ .read = read }, saved, data);
}
