/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who and what can be booked, and when not. */
#include "server/clinic/appointments/mh-appointments-private.h"
#include "server/platform/actor/mh-request.h"

#include "server/people/patients/mh-death-service.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-id.h"
#include "shared/records/clinic/mh-schedule.h"
#include "shared/records/mh-types.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/reports/mh-report-parts.h"

gboolean
mh_appointments_refuse (GError **error, const char *field, const char *code, const char *message)
{
  g_autoptr (MhIssues) issues = mh_issues_new ();
  mh_issues_add (issues, field, code, "%s", message);
  mh_error_set_issues (error, MH_ERROR_CONFLICT, issues, message);
  return FALSE;
}

GTimeZone *
mh_appointments_zone (MhDb *db, const char *hospital_id, GError **error)
{
  g_autoptr (MhRecord) hospital = mh_store_get (db, &mh_hospital_type, hospital_id, error);
  return hospital != NULL ? mh_part_zone (hospital) : NULL;
}

void
mh_appointments_day (gint64 instant, GTimeZone *zone, char out[MH_DATE_LENGTH + 1])
{
  mh_date_format (mh_date_of_instant (instant, zone), out);
}

char *
mh_appointments_owner (MhRecord *schedule)
{
  const char *doctor = mh_record_text (schedule, MH_SCHEDULE_DOCTOR_ID);
  return doctor != NULL ? g_strconcat ("d:", doctor, NULL)
                        : g_strconcat ("s:", mh_record_id (schedule), NULL);
}

char *
mh_appointments_patient_owner (const char *patient_id)
{
  return g_strconcat ("p:", patient_id, NULL);
}

gint64
mh_appointments_capacity (MhRecord *schedule)
{
  return MAX (1, mh_record_int (schedule, MH_SCHEDULE_CAPACITY));
}

MhRecord *
mh_appointments_patient (MhDb *db, const char *hospital_id, const char *patient_id, GError **error)
{
  g_autoptr (MhRecord) patient
      = mh_edit_named (db, hospital_id, &mh_patient_type, patient_id, "patient_id", error);
  if (patient == NULL || !mh_death_check (patient, 0, "patient_id", error))
    return NULL;
  return g_steal_pointer (&patient);
}

/* --- schedules --- */

GPtrArray *
mh_appointments_schedules (const MhRequest *req, GError **error)
{
  return mh_appointments_store_all_schedules (req->db, mh_actor_hospital_id (req->actor), error);
}

/* The hours can be read, and lie on the steps that the database compares. */
static gboolean
check_hours (MhRecord *schedule, GError **error)
{
  const char *hours = mh_record_text (schedule, MH_SCHEDULE_HOURS);
  g_autoptr (MhWorkTime) work = mh_work_time_new (hours, NULL, NULL, error);
  if (work == NULL)
    return FALSE;

  for (gint64 day = 0; day < 7; day++)
    {
      gint64 open[8], close[8];
      guint n = mh_work_time_day (work, mh_date_from_days (day), open, close, G_N_ELEMENTS (open));
      for (guint i = 0; i < n; i++)
        if (open[i] % (MH_SLOT_STEP_MINUTES * MH_MINUTE) != 0)
          {
            mh_error_set_field (error, "hours", "step",
                                "Sessions begin on whole steps of five minutes.");
            return FALSE;
          }
    }

  return TRUE;
}

static gboolean
check_doctor (MhDb *db, MhRecord *schedule, GError **error)
{
  const char *id = mh_record_text (schedule, MH_SCHEDULE_DOCTOR_ID);
  if (id == NULL)
    return TRUE;

  GError *failure = NULL;
  g_autoptr (MhRecord) doctor = mh_store_get (db, &mh_user_type, id, &failure);
  if (doctor != NULL)
    return TRUE;

  if (!g_error_matches (failure, MH_ERROR, MH_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  g_clear_error (&failure);
  mh_error_set_field (error, "doctor_id", "unknown", "There is no such person.");
  return FALSE;
}

MhRecord *
mh_appointments_schedule_create (const MhRequest *req, MhRecord *draft, GError **error)
{
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  g_autoptr (MhRecord) schedule = mh_record_copy (draft);
  if (hospital_id == NULL || !check_hours (schedule, error)
      || !check_doctor (req->db, schedule, error))
    return NULL;

  if (!mh_record_has (schedule, MH_ID))
    mh_record_take_text (schedule, MH_ID, mh_id_new ());
  mh_record_set_text (schedule, MH_SCHEDULE_HOSPITAL_ID, hospital_id);
  if (!mh_record_has (schedule, MH_SCHEDULE_CAPACITY))
    mh_record_set_int (schedule, MH_SCHEDULE_CAPACITY, 1);
  if (!mh_record_is_set (schedule, MH_SCHEDULE_ACTIVE))
    mh_record_set_bool (schedule, MH_SCHEDULE_ACTIVE, TRUE);
  return mh_tx_insert (req->tx, schedule, MH_AUDIT_CREATE, NULL, error)
             ? g_steal_pointer (&schedule)
             : NULL;
}

MhRecord *
mh_appointments_schedule_update (const MhRequest *req, MhPatch patch, GError **error)
{
  g_autoptr (MhRecord) before = NULL;
  g_autoptr (MhRecord) after = NULL;
  if (!mh_edit_begin (req, patch, &before, &after, error) || !check_hours (after, error)
      || !mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error))
    return NULL;
  return g_steal_pointer (&after);
}

/* --- leave --- */

gboolean
mh_appointments_is_away (MhRecord *leave, MhRecord *schedule)
{
  const char *of_schedule = mh_record_text (leave, MH_LEAVE_SCHEDULE_ID);
  const char *of_doctor = mh_record_text (leave, MH_LEAVE_DOCTOR_ID);
  if (of_schedule != NULL)
    return g_strcmp0 (of_schedule, mh_record_id (schedule)) == 0;
  return of_doctor == NULL
         || g_strcmp0 (of_doctor, mh_record_text (schedule, MH_SCHEDULE_DOCTOR_ID)) == 0;
}

static MhRecord *
with_bookings (MhDb *db, MhRecord *taken, GError **error)
{
  g_autoptr (MhRecord) leave = taken;
  if (leave == NULL)
    return NULL;

  const MhAwayQuery query = { .hospital_id = mh_record_text (leave, MH_LEAVE_HOSPITAL_ID),
                              .schedule_id = mh_record_text (leave, MH_LEAVE_SCHEDULE_ID),
                              .doctor_id = mh_record_text (leave, MH_LEAVE_DOCTOR_ID),
                              .from = mh_record_int (leave, MH_LEAVE_START_AT),
                              .to = mh_record_int (leave, MH_LEAVE_END_AT) };
  GPtrArray *bookings = mh_record_bool (leave, MH_LEAVE_ACTIVE)
                            ? mh_appointments_store_to_move (db, &query, error)
                            : g_ptr_array_new_with_free_func (g_object_unref);

  if (bookings == NULL)
    return NULL;

  mh_record_take_records (leave, MH_LEAVE_TO_MOVE, bookings);
  return g_steal_pointer (&leave);
}

GPtrArray *
mh_appointments_leaves (const MhRequest *req, gint64 now, GError **error)
{
  return mh_appointments_store_leaves (req->db, mh_actor_hospital_id (req->actor), now, G_MAXINT64,
                                       error);
}

MhRecord *
mh_appointments_leave_create (const MhRequest *req, MhRecord *draft, GError **error)
{
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  g_autoptr (MhRecord) leave = mh_record_copy (draft);
  const char *schedule_id = mh_record_text (leave, MH_LEAVE_SCHEDULE_ID);
  if (hospital_id == NULL)
    return NULL;

  if (schedule_id != NULL)
    {
      g_autoptr (MhRecord) schedule = mh_edit_get (req, &mh_schedule_type, schedule_id, error);
      if (schedule == NULL)
        return NULL;
    }

  if (!mh_record_has (leave, MH_ID))
    mh_record_take_text (leave, MH_ID, mh_id_new ());
  mh_record_set_text (leave, MH_LEAVE_HOSPITAL_ID, hospital_id);
  mh_record_set_bool (leave, MH_LEAVE_ACTIVE, TRUE);
  mh_record_set_text (leave, MH_LEAVE_MADE_NAME, mh_tx_who (req->tx)->user_name);
  if (!mh_tx_insert (req->tx, leave, MH_AUDIT_CREATE, NULL, error))
    return NULL;

  return with_bookings (req->db, g_steal_pointer (&leave), error);
}

MhRecord *
mh_appointments_leave_read (const MhRequest *req, const char *id, GError **error)
{
  return with_bookings (req->db, mh_edit_get (req, &mh_leave_type, id, error), error);
}

MhRecord *
mh_appointments_leave_update (const MhRequest *req, MhPatch patch, GError **error)
{
  g_autoptr (MhRecord) before = NULL;
  g_autoptr (MhRecord) after = NULL;
  if (!mh_edit_begin (req, patch, &before, &after, error)
      || !mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error))
    return NULL;
  return with_bookings (req->db, g_steal_pointer (&after), error);
}
