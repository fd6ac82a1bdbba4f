/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/front/public/mh-public-service.h"

#include <string.h>

#include "server/clinic/appointments/mh-appointments-service.h"
#include "server/lab/reports/mh-reports-service.h"
#include "server/messages/sms/mh-sms.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/auth/mh-login-guard.h"
#include "server/platform/auth/mh-sessions.h"
#include "server/platform/common/mh-public-link.h"
#include "shared/base/mh-day.h"
#include "shared/base/mh-id.h"
#include "shared/records/clinic/mh-appointment.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/front/mh-kiosk.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/reports/clinic/mh-report-prescription.h"
#include "shared/reports/mh-report-content.h"
#include "shared/reports/mh-report-parts.h"

void
mh_public_thing_clear (MhPublicThing *thing)
{
  g_clear_object (&thing->record);
  g_clear_object (&thing->newest);
  g_clear_object (&thing->hospital);
}

/* --- what an address is about --- */

static gboolean
is_any (MhRecord *record, guint field, const char *const *values)
{
  const char *value = mh_record_text (record, field);
  return value != NULL && g_strv_contains (values, value);
}

/* A record that nobody has is no failure. */
static gboolean
public_service_get (MhDb *db,
                    const MhRecordType *type,
                    const char *id,
                    MhRecord **out_record,
                    GError **error)
{
  GError *failure = NULL;
  *out_record = mh_store_get (db, type, id, &failure);
  if (*out_record != NULL && mh_record_has (*out_record, MH_DELETED_AT))
    g_clear_object (out_record);
  if (failure == NULL || g_error_matches (failure, MH_ERROR, MH_ERROR_NOT_FOUND))
    {
      g_clear_error (&failure);
      return TRUE;
    }
  g_propagate_error (error, failure);
  return FALSE;
}

static gboolean
find_report (MhDb *db, const char *code, MhPublicThing *thing, GError **error)
{
  static const char *const withdrawn[]
      = { MH_REPORT_STATUS_CANCELLED, MH_REPORT_STATUS_ENTERED_IN_ERROR, NULL };
  gint64 version = 0;
  g_autofree char *id = NULL, *hash = NULL;

  if (!mh_report_code_parse (code, &id, &version, &hash))
    return TRUE;
  if (!public_service_get (db, &mh_report_type, id, &thing->record, error))
    return FALSE;
  if (thing->record == NULL)
    return TRUE;

  if (version != mh_record_int (thing->record, MH_REPORT_VERSION_NO)
      || !mh_report_hash_fits (thing->record, hash) || !mh_report_content_is_intact (thing->record))
    {
      g_clear_object (&thing->record);
      return TRUE;
    }

  thing->newest
      = mh_reports_service_newest (db, mh_record_text (thing->record, MH_REPORT_ORDER_ID), error);
  if (thing->newest == NULL)
    return FALSE;

  gboolean replaced = g_strcmp0 (mh_record_id (thing->newest), mh_record_id (thing->record)) != 0;
  thing->has_more = !is_any (thing->newest, MH_REPORT_STATUS, withdrawn);
  thing->state = !thing->has_more ? MH_PUBLIC_WITHDRAWN
                 : replaced       ? MH_PUBLIC_REPLACED
                                  : MH_PUBLIC_VALID;

  return TRUE;
}

/* Signed once, its text stays as it is; its version goes on with what the front desk does. */
static gboolean
find_prescription (MhDb *db, const char *code, MhPublicThing *thing, GError **error)
{
  static const char *const cancelled[] = { MH_PRESCRIPTION_STATUS_CANCELLED, NULL };
  gint64 version = 0;
  g_autofree char *id = NULL;
  if (!mh_report_prescription_code_parse (code, &id, &version))
    return TRUE;
  if (!public_service_get (db, &mh_prescription_type, id, &thing->record, error))
    return FALSE;
  if (thing->record == NULL)
    return TRUE;

  if (version > mh_record_version (thing->record)
      || !mh_record_has (thing->record, MH_PRESCRIPTION_SIGNED_AT))
    g_clear_object (&thing->record);
  else
    thing->state = is_any (thing->record, MH_PRESCRIPTION_STATUS, cancelled) ? MH_PUBLIC_WITHDRAWN
                                                                             : MH_PUBLIC_VALID;

  return TRUE;
}

static gboolean
find_appointment (MhDb *db, const char *code, MhPublicThing *thing, GError **error)
{
  static const char *const open[]
      = { MH_APPOINTMENT_BOOKED, MH_APPOINTMENT_ARRIVED, MH_APPOINTMENT_IN_ROOM, NULL };
  static const char *const cancelled[] = { MH_APPOINTMENT_CANCELLED, NULL };
  static const char *const moved[] = { MH_APPOINTMENT_RESCHEDULED, NULL };
  g_autofree char *id = mh_id_from_brief (code, strlen (code));

  if (id == NULL)
    return TRUE;
  if (!public_service_get (db, &mh_appointment_type, id, &thing->record, error))
    return FALSE;
  if (thing->record == NULL)
    return TRUE;

  thing->has_more = is_any (thing->record, MH_APPOINTMENT_STATUS, open);
  thing->state = thing->has_more                                            ? MH_PUBLIC_VALID
                 : is_any (thing->record, MH_APPOINTMENT_STATUS, cancelled) ? MH_PUBLIC_WITHDRAWN
                 : is_any (thing->record, MH_APPOINTMENT_STATUS, moved)     ? MH_PUBLIC_MOVED
                                                                            : MH_PUBLIC_PAST;

  return TRUE;
}

static const char *
public_service_text_named (MhRecord *record, const char *name)
{
  const MhRecordType *type = mh_record_type (record);
  for (guint i = 0; i < type->n_fields; i++)
    if (g_strcmp0 (type->fields[i].name, name) == 0)
      return mh_record_text (record, i);
  return NULL;
}

static gboolean
find_in (MhDb *db, const char *page, const char *code, MhPublicThing *thing, GError **error)
{
  gboolean ok = g_str_equal (page, MH_PUBLIC_APPOINTMENT)
                    ? find_appointment (db, code, thing, error)
                    : find_report (db, code, thing, error)
                          && (thing->record != NULL || find_prescription (db, code, thing, error));
  if (!ok || thing->record == NULL)
    return ok;
  thing->hospital = mh_store_get (db, &mh_hospital_type,
                                  public_service_text_named (thing->record, "hospital_id"), error);
  return thing->hospital != NULL;
}

gboolean
mh_public_service_find (MhServer *server,
                        const char *page,
                        const char *code,
                        MhPublicThing *out_thing,
                        GError **error)
{
  MhDb *db = mh_store_take_reader (mh_server_store (server), error);
  if (db == NULL)
    return FALSE;
  gboolean ok = find_in (db, page, code, out_thing, error);
  mh_store_give_reader (mh_server_store (server), db);
  out_thing->has_more = out_thing->has_more && mh_sms_is_configured (server);
  return ok;
}

char *
mh_public_service_instant (const MhPublicThing *thing, gint64 instant, const char *language)
{
  g_autoptr (GTimeZone) zone = mh_part_zone (thing->hospital);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (instant / MH_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autofree char *day = mh_day_text (mh_date_of_instant (instant, zone), language);
  g_autofree char *clock = g_date_time_format (local, "%H:%M");
  return g_strdup_printf ("%s, %s", day, clock);
}

/* --- visits --- */

typedef struct
{
  const MhPublicVisit *visit;
  const char *typed;
  MhKioskCodeTry try;
} Step;

/* Bound to its page: the token of one address opens no other. */
static char *
visit_hash (const MhPublicVisit *visit)
{
  g_autofree char *both = g_strconcat ("public:", mh_record_id (visit->thing->record), ":",
                                       visit->code, ":", visit->token, NULL);
  return mh_token_hash (both);
}

static char *
public_service_guard_key (const MhPublicVisit *visit)
{
  return g_strconcat ("public:", public_service_text_named (visit->thing->record, "patient_id"),
                      NULL);
}

/* NULL without @error: none, or over. */
static MhRecord *
find_visit (MhDb *db, const MhPublicVisit *visit, gint64 now, GError **error)
{
  g_autofree char *hash = visit_hash (visit);
  g_autoptr (MhRecord) found
      = mh_store_find (db, &mh_kiosk_session_type, "token_hash", hash, error);
  if (found == NULL || mh_record_int (found, MH_KIOSK_SESSION_EXPIRES_AT) <= now)
    return NULL;
  return g_steal_pointer (&found);
}

static MhRecord *
public_service_begin_visit (MhTx *tx, const MhPublicVisit *visit, GError **error)
{
  g_autoptr (MhRecord) begun = mh_record_new (&mh_kiosk_session_type);
  mh_record_take_text (begun, MH_ID, mh_id_new ());
  mh_record_set_text (begun, MH_KIOSK_SESSION_HOSPITAL_ID,
                      public_service_text_named (visit->thing->record, "hospital_id"));
  mh_record_set_text (begun, MH_KIOSK_SESSION_PATIENT_ID,
                      public_service_text_named (visit->thing->record, "patient_id"));
  mh_record_take_text (begun, MH_KIOSK_SESSION_TOKEN_HASH, visit_hash (visit));
  mh_record_set_text (begun, MH_KIOSK_SESSION_PROOF, MH_KIOSK_PROOF_PAPER);
  mh_record_set_text (begun, MH_KIOSK_SESSION_LANGUAGE, visit->language);
  mh_record_set_int (begun, MH_KIOSK_SESSION_CODE_TRIES, 0);
  mh_record_set_int (begun, MH_KIOSK_SESSION_EXPIRES_AT, mh_tx_now (tx) + MH_PUBLIC_VISIT_LIFE);
  return mh_tx_insert (tx, begun, MH_AUDIT_CREATE, NULL, error) ? g_steal_pointer (&begun) : NULL;
}

/* NULL without @error: a chart that is protected, or of somebody who died, is asked for at the
 * desk. */
static MhRecord *
public_service_find_patient (MhDb *db, const MhPublicVisit *visit, GError **error)
{
  MhRecord *patient = NULL;
  if (!public_service_get (db, &mh_patient_type,
                           public_service_text_named (visit->thing->record, "patient_id"), &patient,
                           error))
    return NULL;
  if (patient != NULL
      && (mh_record_bool (patient, MH_PATIENT_DECEASED) || mh_record_bool (patient, MH_PATIENT_VIP)
          || mh_record_has (patient, MH_PATIENT_USER_ID)))
    g_clear_object (&patient);
  return patient;
}

static gboolean
send_code (MhTx *tx, gpointer data, GError **error)
{
  Step *step = data;
  MhDb *db = mh_tx_db (tx);
  GError *failure = NULL;
  g_autoptr (MhRecord) after = NULL;
  g_autofree char *key = public_service_guard_key (step->visit);

  if (!mh_guard_check (db, key, mh_tx_now (tx), error) || !mh_kiosk_code_purge (tx, error))
    return FALSE;

  g_autoptr (MhRecord) before = find_visit (db, step->visit, mh_tx_now (tx), &failure);
  if (before == NULL && failure == NULL)
    before = public_service_begin_visit (tx, step->visit, &failure);
  g_autoptr (MhRecord) patient
      = before != NULL ? public_service_find_patient (db, step->visit, &failure) : NULL;

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  return mh_kiosk_code_send (tx, before, step->visit->token, patient, &after, error);
}

gboolean
mh_public_service_send (const MhPublicVisit *visit, GError **error)
{
  Step step = { .visit = visit };
  return mh_store_write (mh_server_store (visit->server), visit->who, send_code, &step, error);
}

/* Not any more once the patient has died. */
static gboolean
is_proved (MhRecord *found)
{
  return !mh_record_has (found, MH_KIOSK_SESSION_ENDED_AT)
         && g_strcmp0 (mh_record_text (found, MH_KIOSK_SESSION_PROOF), MH_KIOSK_PROOF_CODE) == 0;
}

static gboolean
public_service_try_code (MhTx *tx, gpointer data, GError **error)
{
  Step *step = data;
  MhDb *db = mh_tx_db (tx);
  GError *failure = NULL;
  gint64 failures = 0, until = 0;
  g_autoptr (MhRecord) after = NULL;
  g_autofree char *key = public_service_guard_key (step->visit);

  if (!mh_guard_check (db, key, mh_tx_now (tx), error))
    return FALSE;

  g_autoptr (MhRecord) before = find_visit (db, step->visit, mh_tx_now (tx), &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  step->try = before != NULL && is_proved (before) ? MH_KIOSK_CODE_RIGHT : MH_KIOSK_CODE_SPENT;
  if (before == NULL || is_proved (before) || mh_record_has (before, MH_KIOSK_SESSION_ENDED_AT))
    return TRUE;

  return mh_kiosk_code_try (tx, before, (MhKioskCodeTyped){ step->visit->token, step->typed },
                            &step->try, &after, error)
         && (step->try != MH_KIOSK_CODE_WRONG
             || mh_guard_fail (tx, key, MH_PUBLIC_GUESSES, &failures, &until, error));
}

gboolean
mh_public_service_try (const MhPublicVisit *visit,
                       const char *typed,
                       MhKioskCodeTry *out_try,
                       GError **error)
{
  Step step = { .visit = visit, .typed = typed };
  if (!mh_store_write (mh_server_store (visit->server), visit->who, public_service_try_code, &step,
                       error))
    return FALSE;
  *out_try = step.try;
  return TRUE;
}

gboolean
mh_public_service_is_proved (const MhPublicVisit *visit, GError **error)
{
  MhStore *store = mh_server_store (visit->server);
  MhDb *db = mh_store_take_reader (store, error);
  if (db == NULL)
    return FALSE;
  gint64 now = mh_clock_now (mh_server_clock (visit->server));
  g_autoptr (MhRecord) found = find_visit (db, visit, now, error);
  mh_store_give_reader (store, db);
  return found != NULL && is_proved (found);
}

/* --- after the code --- */

static gboolean
require_proof (MhTx *tx, const MhPublicVisit *visit, GError **error)
{
  GError *failure = NULL;
  g_autoptr (MhRecord) found = find_visit (mh_tx_db (tx), visit, mh_tx_now (tx), &failure);
  if (found != NULL && is_proved (found))
    return TRUE;
  if (failure != NULL)
    g_propagate_error (error, failure);
  else
    mh_error_set (error, MH_ERROR_FORBIDDEN, "Please type the code sent to your phone first.");
  return FALSE;
}

static gboolean
note_fetched (MhTx *tx, gpointer data, GError **error)
{
  const MhPublicVisit *visit = data;
  return require_proof (tx, visit, error)
         && mh_reports_service_fetched (tx, visit->thing->newest, error);
}

GBytes *
mh_public_service_report (const MhPublicVisit *visit, GError **error)
{
  if (!mh_store_write (mh_server_store (visit->server), visit->who, note_fetched, (gpointer)visit,
                       error))
    return NULL;
  return mh_reports_service_drawing (visit->server, visit->thing->newest, visit->language, error);
}

static gboolean
public_service_cancel (MhTx *tx, gpointer data, GError **error)
{
  const MhPublicVisit *visit = data;
  static const char *const rights[] = { NULL };
  MhRecord *booking = visit->thing->record;
  if (!require_proof (tx, visit, error))
    return FALSE;

  g_autoptr (MhActor) patient
      = mh_actor_new (NULL, visit->who->user_name, NULL,
                      mh_record_text (booking, MH_APPOINTMENT_HOSPITAL_ID), NULL, rights);
  g_autoptr (MhRecord) step = mh_record_new (&mh_appointment_step_type);

  mh_record_set_text (step, MH_STEP_STEP, MH_STEP_CANCEL);
  mh_record_set_text (step, MH_STEP_REASON, "patient");
  g_autoptr (MhRecord) after = mh_appointments_step (MH_REQUEST_TX (tx, visit->server, patient),
                                                     mh_record_id (booking), step, error);

  return after != NULL;
}

gboolean
mh_public_service_cancel (const MhPublicVisit *visit, GError **error)
{
  return visit->thing->state == MH_PUBLIC_WITHDRAWN
         || mh_store_write (mh_server_store (visit->server), visit->who, public_service_cancel,
                            (gpointer)visit, error);
}
