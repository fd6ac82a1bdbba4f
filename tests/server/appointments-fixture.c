/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/server/appointments-fixture.h"

#include "server/clinic/appointments/mh-appointments-service.h"
#include "server/people/patients/mh-death-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-id.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/clinic/mh-appointment.h"
#include "shared/records/clinic/mh-schedule.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-settings.h"

typedef struct
{
  ApptWhat what;
  const char *id;
  MhRecord *body, *answer;
  guint n;
} Call;

MhRecord *
appt_parse (const MhRecordType *type, const char *format, ...)
{
  GError *error = NULL;
  va_list args;
  va_start (args, format);
  g_autofree char *json = g_strdup_vprintf (format, args);
  va_end (args);
  MhRecord *record = mh_record_from_text (type, json, -1, MH_JSON_CREATE, &error);
  g_assert_no_error (error);
  return record;
}

static gboolean
refuse_sms (MhTx *tx, const char *patient_id, GError **error)
{
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_patient_type, patient_id, error);
  if (before == NULL)
    return FALSE;
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_bool (after, MH_PATIENT_CONSENT_SMS, FALSE);
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

static gboolean
tell_nothing (MhTx *tx, GError **error)
{
  g_autoptr (MhRecord) setting = mh_record_new (&mh_setting_type);
  mh_record_set_text (setting, MH_SETTING_HOSPITAL_ID, LAB_HOSPITAL);
  mh_record_set_text (setting, MH_SETTING_KEY, MH_SET_APPOINTMENT_TELL);
  mh_record_set_text (setting, MH_SETTING_KIND, MH_SETTING_KIND_BOOL);
  mh_record_set_text (setting, MH_SETTING_VALUE, "false");
  return mh_tx_insert (tx, setting, MH_AUDIT_CREATE, NULL, error);
}

static gboolean
call_func (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Call *call = data;
  MhActor *who = lab->reception;
  g_clear_object (&call->answer);
  switch (call->what)
    {
    case SCHEDULE:
      call->answer
          = mh_appointments_schedule_create (MH_REQUEST_TX (tx, NULL, who), call->body, error);
      break;
    case LEAVE:
      call->answer
          = mh_appointments_leave_create (MH_REQUEST_TX (tx, NULL, who), call->body, error);
      break;
    case HOLD:
      call->answer = mh_appointments_hold (MH_REQUEST_TX (tx, NULL, who), call->body, error);
      break;
    case BOOK:
      call->answer = mh_appointments_book (MH_REQUEST_TX (tx, NULL, who), call->body, error);
      break;
    case SERIES:
      call->answer = mh_appointments_series (MH_REQUEST_TX (tx, NULL, who), call->body, error);
      break;
    case MOVE:
      call->answer
          = mh_appointments_move (MH_REQUEST_TX (tx, NULL, who), call->id, call->body, error);
      break;
    case STEP:
      call->answer = mh_appointments_step (MH_REQUEST_TX (tx, lab->server, who), call->id,
                                           call->body, error);
      break;
    case TOKEN:
      call->answer
          = mh_appointments_token_create (MH_REQUEST_TX (tx, lab->server, who), call->body, error);
      break;
    case TOKEN_STEP:
      call->answer
          = mh_appointments_token_step (MH_REQUEST_TX (tx, NULL, who), call->id, call->body, error);
      break;
    case CALL:
      call->answer
          = mh_appointments_call (MH_REQUEST_TX (tx, NULL, who), call->id, call->body, error);
      break;
    case WISH:
      call->answer
          = mh_appointments_waiting_create (MH_REQUEST_TX (tx, NULL, who), call->body, error);
      break;
    case WISH_CHANGE:
      call->answer = mh_appointments_waiting_update (
          MH_REQUEST_TX (tx, NULL, who),
          (MhPatch){ .id = call->id, .if_match = -1, .body = call->body }, error);
      break;
    case DEATH:
      call->answer = mh_record_type (call->body) == &mh_death_type
                         ? mh_death_service_record (MH_REQUEST_TX (tx, NULL, who), call->id,
                                                    call->body, error)
                         : mh_death_service_withdraw (MH_REQUEST_TX (tx, NULL, who), call->id,
                                                      call->body, error);
      break;
    case SWEEP:
      return mh_appointments_sweep (tx, &call->n, error);
    case RELEASE:
      return mh_appointments_release (MH_REQUEST_TX (tx, NULL, who), call->id, error);
    case REMIND:
      return mh_appointments_remind_now (tx, call->id, error);
    case REFUSE_SMS:
      return refuse_sms (tx, call->id, error);
    case TELL_NOTHING:
      return tell_nothing (tx, error);
    default:
      g_assert_not_reached ();
    }
  return call->answer != NULL;
}

/* Takes @body. */
MhRecord *
appt_try (Lab *lab, ApptWhat what, const char *id, MhRecord *body, GError **error)
{
  g_autoptr (MhRecord) taken = body;
  Call call = { what, id, taken, NULL, 0 };
  gboolean done = lab_write (lab, lab->reception, call_func, &call, error);
  if (!done)
    g_clear_object (&call.answer);
  return call.answer;
}

MhRecord *
appt_must (Lab *lab, ApptWhat what, const char *id, MhRecord *body)
{
  GError *error = NULL;
  MhRecord *answer = appt_try (lab, what, id, body, &error);
  g_assert_no_error (error);
  return answer;
}

/* Refused with that code of that field. Takes @body. */
void
appt_refused (Lab *lab,
              ApptWhat what,
              const char *id,
              MhRecord *body,
              const char *field,
              const char *code)
{
  GError *error = NULL;
  g_autoptr (MhRecord) answer = appt_try (lab, what, id, body, &error);
  const MhIssue *issue = NULL;
  g_assert_null (answer);
  g_assert_nonnull (error);
  if (mh_error_get_issues (error) != NULL)
    issue = mh_issues_find (mh_error_get_issues (error), field);
  if (issue == NULL)
    g_error ("not refused for %s: %s", field, error->message);
  g_assert_cmpstr (issue->code, ==, code);
  g_error_free (error);
}

void
appt_clock (Lab *lab, const char *text)
{
  gint64 now = 0;
  g_assert_true (mh_instant_parse (text, &now));
  mh_clock_set (mh_server_clock (lab->server), now);
}

static gboolean
add_patient (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) patient = mh_record_new (&mh_patient_type);
  const char *const *parts = data;
  mh_record_set_text (patient, MH_ID, parts[0]);
  mh_record_set_text (patient, MH_PATIENT_HOSPITAL_ID, LAB_HOSPITAL);
  mh_record_set_text (patient, MH_PATIENT_MRN, parts[1]);
  mh_record_set_text (patient, MH_PATIENT_GIVEN_NAME, parts[1]);
  mh_record_set_text (patient, MH_PATIENT_PHONE, "9820000001");
  mh_record_set_text (patient, MH_PATIENT_SEX, "female");
  mh_record_set_text (patient, MH_PATIENT_BIRTH_DATE, "1984-02-29");
  return mh_tx_insert (tx, patient, MH_AUDIT_CREATE, NULL, error);
}

char *
appt_patient (Lab *lab, int number)
{
  GError *error = NULL;
  char *id = mh_id_new ();
  g_autofree char *mrn = g_strdup_printf ("T%d", number);
  const char *parts[] = { id, mrn, NULL };
  mh_assert_ok (lab_write (lab, lab->reception, add_patient, parts, &error), error);
  return id;
}

Lab *
appt_lab (const MhTestDb *test)
{
  Lab *lab = lab_new (test);
  MhActor *reception
      = mh_actor_new (mh_actor_user_id (lab->reception), "Rita Reception", MH_ROLE_RECEPTION,
                      LAB_HOSPITAL, NULL, mh_role_default_find (MH_ROLE_RECEPTION)->permissions);
  mh_actor_unref (lab->reception);
  lab->reception = reception;
  appt_clock (lab, AT ("02:00"));
  return lab;
}

/* A room, so that no user is needed. */
char *
appt_schedule (Lab *lab, const char *code, const char *hours, int minutes, int capacity)
{
  g_autoptr (MhRecord) schedule = appt_must (
      lab, SCHEDULE, NULL,
      appt_parse (&mh_schedule_type,
                  "{\"code\":\"%s\",\"name\":\"Room %s\",\"kind\":\"room\",\"hours\":\"%s\","
                  "\"slot_minutes\":%d,\"capacity\":%d,\"overbook_percent\":10,"
                  "\"walk_in_every\":2,\"room_name\":\"12\"}",
                  code, code, hours, minutes, capacity));
  return g_strdup (mh_record_id (schedule));
}

MhRecord *
appt_booking (const char *schedule, const char *patient, const char *start, const char *more)
{
  return appt_parse (&mh_appointment_type,
                     "{\"schedule_id\":\"%s\",\"patient_id\":\"%s\",\"start_at\":\"%s\"%s}",
                     schedule, patient, start, more);
}

MhRecord *
appt_step (const char *name)
{
  return appt_parse (&mh_appointment_step_type, "{\"step\":\"%s\",\"reason\":\"patient\"}", name);
}

const char *
appt_status (MhRecord *record)
{
  return mh_record_text (record, mh_record_type_find (mh_record_type (record), "status"));
}

/* --- booking --- */
