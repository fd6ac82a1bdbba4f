/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/appointments/mh-appointment-words.h"

#include "client/models/mh-command.h"
#include "client/models/mh-record-list.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "shared/base/mh-check-digit.h"
#include "shared/base/mh-clock.h"
#include "shared/base/mh-day.h"
#include "shared/base/mh-id.h"
#include "shared/records/clinic/mh-appointment.h"
#include "shared/records/clinic/mh-schedule.h"
#include "shared/records/people/mh-patient-name.h"
#include "shared/records/people/mh-patient.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *code, *words;
} refusals[] = {
  { "taken", N_ ("Somebody else has that time. Choose another slot, or overbook with a reason.") },
  { "patient_busy", N_ ("The patient has another booking at that time.") },
  { "away", N_ ("Away or closed at that time.") },
  { "overbook_full", N_ ("That session cannot be overbooked any further.") },
  { "no_slot", N_ ("No slot begins at that time.") },
  { "past", N_ ("That time is over.") },
  { "same", N_ ("It is booked there already.") },
  { "other_day", N_ ("The booking is for another day; move it first.") },
  { "empty", N_ ("Nobody waits.") },
  { "state", N_ ("Another desk has already changed this booking.") },
  { "deceased", N_ ("The patient has died.") },
};

char *
mh_appointment_refusal (const GError *error)
{
  const MhIssues *issues = mh_error_get_issues (error);
  if (g_error_matches (error, MH_ERROR, MH_ERROR_OFFLINE))
    return g_strdup (_ ("The server is away: somebody else may take the same time, so nothing can "
                        "be booked now. Check-in and tokens go on."));
  for (guint i = 0; issues != NULL && i < mh_issues_count (issues); i++)
    for (guint k = 0; k < G_N_ELEMENTS (refusals); k++)
      if (g_strcmp0 (mh_issues_nth (issues, i)->code, refusals[k].code) == 0)
        return g_strdup (_ (refusals[k].words));
  return mh_words_error (error);
}

void
mh_appointment_refuse (MhDialog *dialog, const GError *error, GtkLabel *problem)
{
  g_autofree char *words = mh_appointment_refusal (error);
  if (!mh_refusal_show (GTK_WIDGET (dialog), error, NULL, MH_DIALOG_GET_CLASS (dialog)->places))
    gtk_label_set_text (problem, words);
  else
    gtk_label_set_text (problem, "");
}

char *
mh_appointment_when (gint64 instant)
{
  g_autoptr (GTimeZone) zone = mh_when_zone ();
  g_autofree char *clock = mh_when_clock (instant);
  g_autofree char *day
      = mh_day_text_week (mh_date_of_instant (instant, zone), mh_when_today (), mh_day_language ());
  return g_strdup_printf ("%s, %s", day, clock);
}

char *
mh_appointment_patient_words (MhRecord *patient, char **out_detail)
{
  char today[MH_DATE_LENGTH + 1];
  g_autofree char *age
      = mh_words_age_sex (mh_record_text (patient, MH_PATIENT_BIRTH_DATE),
                          mh_record_text (patient, MH_PATIENT_SEX), mh_when_today_text (today));
  g_autofree char *mrn = mh_words_mrn (mh_record_text (patient, MH_PATIENT_MRN));
  *out_detail = g_strjoin (" · ", age, mrn, NULL);
  return mh_words_patient (patient);
}

#define SCANNED "mh-scanned" /* on the entry: the list that looks a card up */

static void
appointment_words_found_cb (MhSearchEntry *entry)
{
  GListModel *list = g_object_get_data (G_OBJECT (entry), SCANNED);
  g_autoptr (MhRecord) patient = g_list_model_get_item (list, 0);
  if (patient != NULL)
    g_signal_emit_by_name (entry, "chosen", patient);
}

static void
appointment_words_scanned_cb (MhSearchEntry *entry, int kind, const char *code, gpointer data)
{
  const char *args[] = { "limit", "1", "q", code, NULL };
  if (kind == MH_SCAN_MRN)
    mh_record_list_set_args (g_object_get_data (G_OBJECT (entry), SCANNED), args);
}

void
mh_appointment_find_patients (MhSearchEntry *entry, MhContext *context)
{
  g_autoptr (MhRecordList) typed = mh_record_list_new (context, "patient.list");
  MhRecordList *scanned = mh_record_list_new (context, "patient.list");
  g_object_set_data_full (G_OBJECT (entry), SCANNED, scanned, g_object_unref);
  mh_search_entry_add (entry, "avatar-default-symbolic", typed, mh_appointment_patient_words);
  g_signal_connect_object (scanned, "items-changed", G_CALLBACK (appointment_words_found_cb), entry,
                           G_CONNECT_SWAPPED);
  g_signal_connect (entry, "scanned", G_CALLBACK (appointment_words_scanned_cb), NULL);
}

void
mh_appointment_fill_schedules (GtkDropDown *choice, GListModel *schedules, const char *first)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint chosen = gtk_drop_down_get_selected (choice);
  if (first != NULL)
    gtk_string_list_append (names, first);
  for (guint i = 0; i < g_list_model_get_n_items (schedules); i++)
    {
      g_autoptr (MhRecord) schedule = g_list_model_get_item (schedules, i);
      gtk_string_list_append (names, mh_record_text (schedule, MH_SCHEDULE_NAME));
    }

  gtk_drop_down_set_model (choice, G_LIST_MODEL (names));
  if (chosen != GTK_INVALID_LIST_POSITION
      && chosen < g_list_model_get_n_items (G_LIST_MODEL (names)))
    gtk_drop_down_set_selected (choice, chosen);
}

MhRecord *
mh_appointment_chosen_schedule (GtkDropDown *choice, GListModel *schedules, gboolean has_first)
{
  guint at = gtk_drop_down_get_selected (choice);
  if (at == GTK_INVALID_LIST_POSITION || (has_first && at == 0))
    return NULL;
  return g_list_model_get_item (schedules, at - (has_first ? 1 : 0));
}

void
mh_appointment_submit_arrival (MhContext *context,
                               MhRecord *booking,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  const char *args[] = { "id", mh_record_id (booking), NULL };
  g_autoptr (MhRecord) body = mh_record_new (&mh_appointment_step_type);
  g_autoptr (MhRecord) seen = mh_record_copy (booking);
  mh_record_set_text (body, MH_STEP_STEP, MH_STEP_ARRIVE);
  mh_record_set_text (seen, MH_APPOINTMENT_STATUS, MH_APPOINTMENT_ARRIVED);
  mh_command_async (
      context,
      &(MhCommand){ .route = "appointment.arrive", .args = args, .body = body, .optimistic = seen },
      NULL, callback, data);
}

void
mh_appointment_submit_token (MhContext *context,
                             const MhTokenWanted *wanted,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  MhRecord *schedule = wanted->schedule, *patient = wanted->patient;
  char today[MH_DATE_LENGTH + 1];
  mh_when_today_text (today);
  g_autoptr (MhRecord) body = mh_record_new (&mh_token_type);

  mh_record_take_text (body, MH_ID, mh_id_new ());
  mh_record_set_text (body, MH_TOKEN_SCHEDULE_ID, mh_record_id (schedule));
  mh_record_set_text (body, MH_TOKEN_KIND, wanted->kind);
  if (wanted->complaint != NULL && *wanted->complaint != 0)
    mh_record_set_text (body, MH_TOKEN_COMPLAINT, wanted->complaint);
  if (patient != NULL)
    mh_record_set_text (body, MH_TOKEN_PATIENT_ID, mh_record_id (patient));

  g_autoptr (MhRecord) seen = mh_record_copy (body);
  g_autofree char *name = patient != NULL ? mh_patient_name (patient) : NULL;
  mh_record_set_text (seen, MH_TOKEN_SCHEDULE_NAME, mh_record_text (schedule, MH_SCHEDULE_NAME));
  mh_record_set_text (seen, MH_TOKEN_DAY, today);
  mh_record_set_text (seen, MH_TOKEN_STATUS, MH_TOKEN_WAITING);
  mh_record_set_text (seen, MH_TOKEN_PATIENT_NAME, name);
  mh_record_set_int (seen, MH_TOKEN_ISSUED_AT, mh_when_now ());
  mh_command_async (context,
                    &(MhCommand){ .route = "token.create", .body = body, .optimistic = seen }, NULL,
                    callback, data);
}
