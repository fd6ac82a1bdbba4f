/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tokens of the waiting room: given, called in turn, shown. */
#include "server/clinic/appointments/mh-appointments-private.h"
#include "server/platform/actor/mh-request.h"

#include "server/clinic/visits/mh-visits-service.h"
#include "server/platform/common/mh-edit.h"
#include "server/platform/common/mh-setting-store.h"
#include "shared/base/mh-id.h"
#include "shared/records/clinic/mh-appointment.h"
#include "shared/records/clinic/mh-schedule.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/people/mh-patient-name.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-settings.h"

static gboolean
appointments_queue_is (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

/* By id or by code; NULL: the hospital's first service. */
static MhRecord *
find_queue (MhDb *db, const char *hospital_id, const char *queue, GError **error)
{
  GError *failure = NULL;
  if (queue != NULL && mh_id_is_valid (queue))
    {
      g_autoptr (MhRecord) schedule = mh_store_get (db, &mh_schedule_type, queue, &failure);
      if (schedule != NULL
          && appointments_queue_is (mh_record_text (schedule, MH_SCHEDULE_HOSPITAL_ID),
                                    hospital_id))
        return g_steal_pointer (&schedule);
      if (failure != NULL && !g_error_matches (failure, MH_ERROR, MH_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, failure);
          return NULL;
        }
      g_clear_error (&failure);
    }
  else
    {
      g_autoptr (GPtrArray) found = mh_appointments_store_by_code (db, hospital_id, queue, error);
      if (found == NULL)
        return NULL;
      if (found->len > 0)
        return g_object_ref (g_ptr_array_index (found, 0));
    }

  mh_error_set_field (error, "schedule_id", "unknown", "There is no such queue.");
  return NULL;
}

/* Name and number of whom it is for. */
static gboolean
appointments_queue_set_patient (MhDb *db,
                                MhRecord *token,
                                const MhTokenDraft *draft,
                                GError **error)
{
  if (draft->patient_id == NULL)
    return TRUE;
  g_autoptr (MhRecord) patient
      = mh_appointments_patient (db, draft->hospital_id, draft->patient_id, error);
  if (patient == NULL)
    return FALSE;
  g_autofree char *name = mh_patient_name (patient);
  mh_record_set_text (token, MH_TOKEN_PATIENT_ID, draft->patient_id);
  mh_record_set_text (token, MH_TOKEN_PATIENT_NAME, name);
  mh_record_set_text (token, MH_TOKEN_PATIENT_MRN, mh_record_text (patient, MH_PATIENT_MRN));
  return TRUE;
}

static gboolean
appointments_queue_set_number (MhTx *tx, MhRecord *token, MhRecord *schedule, GError **error)
{
  g_autoptr (GTimeZone) zone
      = mh_appointments_zone (mh_tx_db (tx), mh_record_text (token, MH_TOKEN_HOSPITAL_ID), error);
  char day[MH_DATE_LENGTH + 1];
  if (zone == NULL)
    return FALSE;

  mh_appointments_day (mh_tx_now (tx), zone, day);
  gint64 last
      = mh_appointments_store_last_token (mh_tx_db (tx), mh_record_id (schedule), day, error);
  if (last < 0)
    return FALSE;

  mh_record_set_text (token, MH_TOKEN_DAY, day);
  mh_record_set_int (token, MH_TOKEN_NUMBER, last + 1);
  mh_record_take_text (
      token, MH_TOKEN_LABEL,
      g_strdup_printf ("%s-%d", mh_record_text (schedule, MH_SCHEDULE_CODE), (int)last + 1));

  return TRUE;
}

/* Whom a doctor sees has a visit; a number for the laboratory or the till is none. */
static gboolean
appointments_queue_open_visit (MhTx *tx,
                               MhRecord *token,
                               MhRecord *schedule,
                               const MhTokenDraft *draft,
                               GError **error)
{
  g_autofree char *visit_id = NULL;
  if (draft->patient_id == NULL
      || appointments_queue_is (mh_record_text (schedule, MH_SCHEDULE_KIND), MH_SCHEDULE_SERVICE))
    return TRUE;

  const MhVisitDraft visit = {
    .hospital_id = draft->hospital_id,
    .patient_id = draft->patient_id,
    .kind = MH_VISIT_OUTPATIENT,
    .department_id = mh_record_text (schedule, MH_SCHEDULE_DEPARTMENT_ID),
    .doctor_id = mh_record_text (schedule, MH_SCHEDULE_DOCTOR_ID),
    .appointment_id = mh_record_text (token, MH_TOKEN_APPOINTMENT_ID),
    .token = mh_record_text (token, MH_TOKEN_LABEL),
    .complaint = draft->complaint,
  };

  if (!mh_visits_service_open (tx, &visit, &visit_id, error))
    return FALSE;

  mh_record_set_text (token, MH_TOKEN_VISIT_ID, visit_id);
  return TRUE;
}

MhRecord *
mh_appointments_token (MhTx *tx, MhServer *server, const MhTokenDraft *draft, GError **error)
{
  MhDb *db = mh_tx_db (tx);
  g_autoptr (MhRecord) schedule = find_queue (db, draft->hospital_id, draft->queue, error);
  g_autoptr (MhRecord) token = mh_record_new (&mh_token_type);
  if (schedule == NULL)
    return NULL;

  mh_record_take_text (token, MH_ID, draft->id != NULL ? g_strdup (draft->id) : mh_id_new ());
  mh_record_set_text (token, MH_TOKEN_HOSPITAL_ID, draft->hospital_id);
  mh_record_set_text (token, MH_TOKEN_SCHEDULE_ID, mh_record_id (schedule));
  mh_record_set_text (token, MH_TOKEN_SCHEDULE_NAME, mh_record_text (schedule, MH_SCHEDULE_NAME));
  mh_record_set_text (token, MH_TOKEN_ROOM_NAME, mh_record_text (schedule, MH_SCHEDULE_ROOM_NAME));
  mh_record_set_text (token, MH_TOKEN_KIND, draft->kind != NULL ? draft->kind : MH_TOKEN_WALK_IN);
  mh_record_set_text (token, MH_TOKEN_STATUS, MH_TOKEN_WAITING);
  mh_record_set_text (token, MH_TOKEN_COMPLAINT, draft->complaint);
  mh_record_set_int (token, MH_TOKEN_ISSUED_AT, mh_tx_now (tx));
  mh_record_set_int (token, MH_TOKEN_N_CALLS, 0);

  if (draft->appointment != NULL)
    {
      mh_record_set_text (token, MH_TOKEN_APPOINTMENT_ID, mh_record_id (draft->appointment));
      mh_record_set_int (token, MH_TOKEN_DUE_AT,
                         mh_record_int (draft->appointment, MH_APPOINTMENT_START_AT));
    }

  if (!appointments_queue_set_patient (db, token, draft, error)
      || !appointments_queue_set_number (tx, token, schedule, error)
      || !appointments_queue_open_visit (tx, token, schedule, draft, error)
      || !mh_tx_insert (tx, token, MH_AUDIT_CREATE, NULL, error))
    return NULL;

  return g_steal_pointer (&token);
}

MhRecord *
mh_appointments_token_create (const MhRequest *req, MhRecord *draft, GError **error)
{
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  const char *kind = mh_record_text (draft, MH_TOKEN_KIND);
  if (hospital_id == NULL)
    return NULL;

  if (appointments_queue_is (kind, MH_TOKEN_BOOKED))
    {
      mh_error_set_field (error, "kind", "state", "Who is booked is checked in.");
      return NULL;
    }

  const MhTokenDraft wanted = {
    .id = mh_record_has (draft, MH_ID) ? mh_record_id (draft) : NULL,
    .hospital_id = hospital_id,
    .queue = mh_record_text (draft, MH_TOKEN_SCHEDULE_ID),
    .patient_id = mh_record_text (draft, MH_TOKEN_PATIENT_ID),
    .kind = kind,
    .complaint = mh_record_text (draft, MH_TOKEN_COMPLAINT),
  };

  return mh_appointments_token (req->tx, req->server, &wanted, error);
}

MhRecord *
mh_appointments_token_read (const MhRequest *req, const char *id, GError **error)
{
  return mh_edit_get (req, &mh_token_type, id, error);
}

/* --- whose turn --- */

static MhTurnKind
turn_kind (MhRecord *token)
{
  const char *kind = mh_record_text (token, MH_TOKEN_KIND);
  return appointments_queue_is (kind, MH_TOKEN_URGENT)   ? MH_TURN_URGENT
         : appointments_queue_is (kind, MH_TOKEN_BOOKED) ? MH_TURN_BOOKED
                                                         : MH_TURN_WALK_IN;
}

/* Booked ones called since the last walk-in, by the times of their first calls. */
static gint64
booked_in_a_row (GPtrArray *tokens)
{
  gint64 last_walk_in = G_MININT64, n = 0;
  for (guint i = 0; i < tokens->len; i++)
    {
      MhRecord *token = g_ptr_array_index (tokens, i);
      if (turn_kind (token) == MH_TURN_WALK_IN && mh_record_has (token, MH_TOKEN_CALLED_AT))
        last_walk_in = MAX (last_walk_in, mh_record_int (token, MH_TOKEN_CALLED_AT));
    }

  for (guint i = 0; i < tokens->len; i++)
    {
      MhRecord *token = g_ptr_array_index (tokens, i);
      n += turn_kind (token) == MH_TURN_BOOKED && mh_record_has (token, MH_TOKEN_CALLED_AT)
           && mh_record_int (token, MH_TOKEN_CALLED_AT) > last_walk_in;
    }

  return n;
}

/* The waiting ones of one queue's tokens in the order of calling. Borrowed records. */
static GPtrArray *
in_turn (GPtrArray *tokens, MhRecord *schedule, gint64 now)
{
  g_autofree MhTurn *turns = g_new0 (MhTurn, tokens->len + 1);
  g_autoptr (GPtrArray) waiting = g_ptr_array_new ();
  for (guint i = 0; i < tokens->len; i++)
    {
      MhRecord *token = g_ptr_array_index (tokens, i);
      if (!appointments_queue_is (mh_record_text (token, MH_TOKEN_STATUS), MH_TOKEN_WAITING))
        continue;
      turns[waiting->len] = (MhTurn){ .kind = turn_kind (token),
                                      .at = mh_record_int (token, MH_TOKEN_DUE_AT),
                                      .number = mh_record_int (token, MH_TOKEN_NUMBER) };
      g_ptr_array_add (waiting, token);
    }

  gint64 every = schedule != NULL && mh_record_has (schedule, MH_SCHEDULE_WALK_IN_EVERY)
                     ? mh_record_int (schedule, MH_SCHEDULE_WALK_IN_EVERY)
                     : 1;
  g_autoptr (GArray) order
      = mh_slots_turns (turns, waiting->len, every, booked_in_a_row (tokens), now);
  GPtrArray *sorted = g_ptr_array_new ();

  for (guint i = 0; i < order->len; i++)
    g_ptr_array_add (sorted, g_ptr_array_index (waiting, g_array_index (order, guint, i)));
  return sorted;
}

static GTimeZone *
appointments_queue_zone_of (const MhRequest *req, GError **error)
{
  const char *hospital_id = mh_actor_hospital_id (req->actor);
  return hospital_id != NULL ? mh_appointments_zone (req->db, hospital_id, error)
                             : g_time_zone_new_utc ();
}

/* The tokens of one queue, from those of all. Borrowed records. */
static GPtrArray *
of_queue (GPtrArray *tokens, const char *schedule_id)
{
  GPtrArray *own = g_ptr_array_new ();
  for (guint i = 0; i < tokens->len; i++)
    if (appointments_queue_is (mh_record_text (g_ptr_array_index (tokens, i), MH_TOKEN_SCHEDULE_ID),
                               schedule_id))
      g_ptr_array_add (own, g_ptr_array_index (tokens, i));
  return own;
}

static void
appointments_queue_add_all (GPtrArray *to, GPtrArray *from)
{
  for (guint i = 0; i < from->len; i++)
    g_ptr_array_add (to, g_object_ref (g_ptr_array_index (from, i)));
}

GPtrArray *
mh_appointments_tokens (const MhRequest *req,
                        const char *day,
                        const char *schedule_id,
                        gint64 now,
                        GError **error)
{
  char today[MH_DATE_LENGTH + 1];
  g_autoptr (GTimeZone) zone = appointments_queue_zone_of (req, error);
  if (zone == NULL)
    return NULL;

  mh_appointments_day (now, zone, today);
  g_autoptr (GPtrArray) schedules
      = mh_appointments_store_all_schedules (req->db, mh_actor_hospital_id (req->actor), error);
  g_autoptr (GPtrArray) tokens
      = schedules != NULL
            ? mh_appointments_store_tokens (req->db, mh_actor_hospital_id (req->actor),
                                            day != NULL ? day : today, schedule_id, error)
            : NULL;

  if (tokens == NULL)
    return NULL;

  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < schedules->len; i++)
    {
      MhRecord *schedule = g_ptr_array_index (schedules, i);
      g_autoptr (GPtrArray) own = of_queue (tokens, mh_record_id (schedule));
      g_autoptr (GPtrArray) waiting = in_turn (own, schedule, now);
      appointments_queue_add_all (all, waiting);
    }

  for (guint i = 0; i < tokens->len; i++)
    {
      MhRecord *token = g_ptr_array_index (tokens, i);
      if (!appointments_queue_is (mh_record_text (token, MH_TOKEN_STATUS), MH_TOKEN_WAITING))
        g_ptr_array_add (all, g_object_ref (token));
    }

  return all;
}

/* --- steps --- */

MhRecord *
mh_token_stepped (MhTx *tx, MhRecord *before, const char *step, const char *room, GError **error)
{
  const char *status = mh_slots_token_after_step (mh_record_text (before, MH_TOKEN_STATUS), step);
  if (status == NULL)
    {
      mh_appointments_refuse (error, "step", "state", "The token is past that, or not there yet.");
      return NULL;
    }

  MhRecord *after = mh_record_copy (before);
  mh_record_set_text (after, MH_TOKEN_STATUS, status);
  if (room != NULL)
    mh_record_set_text (after, MH_TOKEN_ROOM_NAME, room);
  if (appointments_queue_is (step, MH_STEP_CALL))
    {
      mh_record_set_int (after, MH_TOKEN_CALLED_AT, mh_tx_now (tx));
      mh_record_set_int (after, MH_TOKEN_N_CALLS, mh_record_int (before, MH_TOKEN_N_CALLS) + 1);
    }
  else if (appointments_queue_is (step, MH_STEP_START))
    {
      mh_record_set_int (after, MH_TOKEN_STARTED_AT, mh_tx_now (tx));
      if (!mh_record_has (before, MH_TOKEN_CALLED_AT))
        mh_record_set_int (after, MH_TOKEN_CALLED_AT, mh_tx_now (tx));
    }
  else if (appointments_queue_is (step, MH_STEP_DONE)
           || appointments_queue_is (step, MH_STEP_LEAVE))
    mh_record_set_int (after, MH_TOKEN_ENDED_AT, mh_tx_now (tx));
  else if (appointments_queue_is (step, MH_STEP_BACK))
    mh_record_set_null (after, MH_TOKEN_ENDED_AT);

  return after;
}

/* The booking behind a token goes with it, as far as the step is one of bookings. */
static gboolean
step_booking (MhTx *tx, MhRecord *token, const char *step, GError **error)
{
  const char *id = mh_record_text (token, MH_TOKEN_APPOINTMENT_ID);
  if (id == NULL
      || !(appointments_queue_is (step, MH_STEP_START) || appointments_queue_is (step, MH_STEP_DONE)
           || appointments_queue_is (step, MH_STEP_BACK)))
    return TRUE;

  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_appointment_type, id, error);
  if (before == NULL)
    return FALSE;

  const char *status = mh_record_text (before, MH_APPOINTMENT_STATUS);

  /* called and sent back to the queue: here all the time */
  if (mh_slots_after_step (status, step) == NULL
      || (appointments_queue_is (step, MH_STEP_BACK)
          && appointments_queue_is (status, MH_APPOINTMENT_ARRIVED)))
    return TRUE;

  g_autoptr (MhRecord) after = mh_appointments_stepped (tx, before, step, NULL, error);
  return after != NULL && mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

static MhRecord *
do_step (MhTx *tx, MhRecord *before, const char *step, const char *room, GError **error)
{
  g_autoptr (MhRecord) after = mh_token_stepped (tx, before, step, room, error);
  if (after == NULL || !step_booking (tx, after, step, error)
      || !mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error))
    return NULL;
  return g_steal_pointer (&after);
}

MhRecord *
mh_appointments_token_step (const MhRequest *req, const char *id, MhRecord *step, GError **error)
{
  g_autoptr (MhRecord) before = mh_edit_get (req, &mh_token_type, id, error);
  return before != NULL ? do_step (req->tx, before, mh_record_text (step, MH_STEP_STEP),
                                   mh_record_text (step, MH_STEP_ROOM_NAME), error)
                        : NULL;
}

MhRecord *
mh_appointments_call (const MhRequest *req, const char *schedule_id, MhRecord *step, GError **error)
{
  MhDb *db = req->db;
  char today[MH_DATE_LENGTH + 1];
  g_autoptr (MhRecord) schedule = mh_edit_get (req, &mh_schedule_type, schedule_id, error);
  g_autoptr (GTimeZone) zone
      = schedule != NULL
            ? mh_appointments_zone (db, mh_record_text (schedule, MH_SCHEDULE_HOSPITAL_ID), error)
            : NULL;

  if (zone == NULL)
    return NULL;

  mh_appointments_day (mh_tx_now (req->tx), zone, today);
  g_autoptr (GPtrArray) tokens = mh_appointments_store_tokens (db, NULL, today, schedule_id, error);
  g_autoptr (GPtrArray) waiting
      = tokens != NULL ? in_turn (tokens, schedule, mh_tx_now (req->tx)) : NULL;

  if (waiting == NULL)
    return NULL;

  if (waiting->len == 0)
    {
      mh_appointments_refuse (error, "schedule_id", "empty", "Nobody waits.");
      return NULL;
    }

  return do_step (req->tx, g_ptr_array_index (waiting, 0), MH_STEP_CALL,
                  mh_record_text (step, MH_STEP_ROOM_NAME), error);
}

/* --- the board --- */

/* The last one called who is not gone again. */
static MhRecord *
appointments_queue_now_of (GPtrArray *tokens)
{
  MhRecord *now = NULL;
  for (guint i = 0; i < tokens->len; i++)
    {
      MhRecord *token = g_ptr_array_index (tokens, i);
      const char *status = mh_record_text (token, MH_TOKEN_STATUS);
      if ((appointments_queue_is (status, MH_TOKEN_CALLED)
           || appointments_queue_is (status, MH_TOKEN_IN_ROOM))
          && (now == NULL
              || mh_record_int (token, MH_TOKEN_CALLED_AT)
                     > mh_record_int (now, MH_TOKEN_CALLED_AT)))
        now = token;
    }

  return now;
}

static MhRecord *
queue_of (MhRecord *schedule, GPtrArray *tokens, gboolean names, gint64 at)
{
  g_autoptr (GPtrArray) waiting = in_turn (tokens, schedule, at);
  MhRecord *now = appointments_queue_now_of (tokens), *queue = mh_record_new (&mh_queue_type);
  MhRecord *next = waiting->len > 0 ? g_ptr_array_index (waiting, 0) : NULL;

  mh_record_set_text (queue, MH_QUEUE_SCHEDULE_ID, mh_record_id (schedule));
  mh_record_set_text (queue, MH_QUEUE_NAME, mh_record_text (schedule, MH_SCHEDULE_NAME));
  mh_record_set_text (queue, MH_QUEUE_ROOM_NAME,
                      now != NULL ? mh_record_text (now, MH_TOKEN_ROOM_NAME)
                                  : mh_record_text (schedule, MH_SCHEDULE_ROOM_NAME));
  mh_record_set_text (queue, MH_QUEUE_NOW,
                      now != NULL ? mh_record_text (now, MH_TOKEN_LABEL) : NULL);
  mh_record_set_text (queue, MH_QUEUE_NEXT,
                      next != NULL ? mh_record_text (next, MH_TOKEN_LABEL) : NULL);
  mh_record_set_int (queue, MH_QUEUE_N_WAITING, waiting->len);
  if (now != NULL && names)
    mh_record_set_text (queue, MH_QUEUE_NOW_NAME, mh_record_text (now, MH_TOKEN_PATIENT_NAME));
  if (now != NULL && mh_record_has (now, MH_TOKEN_CALLED_AT))
    mh_record_set_int (queue, MH_QUEUE_CALLED_AT, mh_record_int (now, MH_TOKEN_CALLED_AT));

  return queue;
}

GPtrArray *
mh_appointments_queues (const MhRequest *req, gint64 now, GError **error)
{
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  char today[MH_DATE_LENGTH + 1];
  gboolean names = FALSE;
  g_autoptr (GTimeZone) zone
      = hospital_id != NULL ? mh_appointments_zone (req->db, hospital_id, error) : NULL;

  if (zone == NULL || !mh_setting_bool (req->db, hospital_id, MH_SET_QUEUE_NAMES, &names, error))
    return NULL;

  mh_appointments_day (now, zone, today);
  const MhSchedulesQuery wanted = { .hospital_id = hospital_id };
  g_autoptr (GPtrArray) schedules = mh_appointments_store_schedules (req->db, &wanted, error);
  g_autoptr (GPtrArray) tokens
      = schedules != NULL ? mh_appointments_store_tokens (req->db, hospital_id, today, NULL, error)
                          : NULL;

  if (tokens == NULL)
    return NULL;

  GPtrArray *queues = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < schedules->len; i++)
    {
      MhRecord *schedule = g_ptr_array_index (schedules, i);
      g_autoptr (GPtrArray) own = of_queue (tokens, mh_record_id (schedule));
      if (own->len > 0)
        g_ptr_array_add (queues, queue_of (schedule, own, names, now));
    }

  return queues;
}
