/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/clinic/appointments/mh-appointments-api.h"

#include "server/clinic/appointments/mh-appointments-service.h"
#include "server/platform/audit/mh-seen-api.h"
#include "shared/records/clinic/mh-appointment.h"
#include "shared/records/clinic/mh-schedule.h"
#include "shared/records/platform/mh-audit.h"

static void
appointments_api_note (MhCall *call,
                       const char *verb,
                       const MhRecordType *type,
                       const char *patient_id)
{
  mh_seen (call, verb, type, mh_call_param (call, "id"), patient_id);
}

/* --- what can be booked --- */

static MhReply *
schedules (MhCall *call, GError **error)
{
  return mh_reply_list (mh_appointments_schedules (mh_call_request (call), error), NULL);
}

static MhReply *
schedule_create (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_appointments_schedule_create (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
schedule_update (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_appointments_schedule_update (mh_call_request (call), mh_call_patch (call), error));
}

static MhReply *
schedule_calendar (MhCall *call, GError **error)
{
  GBytes *bytes = mh_appointments_schedule_ics (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_query (call, "from"),
      mh_call_query_int (call, "days", 1), mh_call_now (call), error);
  if (bytes == NULL)
    return NULL;
  appointments_api_note (call, MH_AUDIT_EXPORT, &mh_schedule_type, NULL);
  return mh_reply_bytes (bytes, "text/calendar", "appointments.ics");
}

static MhReply *
leaves (MhCall *call, GError **error)
{
  return mh_reply_list (mh_appointments_leaves (mh_call_request (call), mh_call_now (call), error),
                        NULL);
}

static MhReply *
leave_create (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_appointments_leave_create (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
leave_read (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_appointments_leave_read (mh_call_request (call), mh_call_param (call, "id"), error));
}

static MhReply *
leave_update (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_appointments_leave_update (mh_call_request (call), mh_call_patch (call), error));
}

static MhReply *
slots (MhCall *call, GError **error)
{
  MhSlotsQuery query = { .from = mh_call_query (call, "from"),
                         .days = mh_call_query_int (call, "days", 7),
                         .schedule_id = mh_call_query (call, "schedule"),
                         .doctor_id = mh_call_query (call, "doctor"),
                         .department_id = mh_call_query (call, "department"),
                         .all = g_strcmp0 (mh_call_query (call, "all"), "true") == 0,
                         .after_at = mh_call_after_at (call),
                         .after_id = mh_call_after_id (call),
                         .limit = mh_call_limit (call) };
  GPtrArray *found
      = mh_appointments_slots (mh_call_request (call), &query, mh_call_now (call), error);

  return mh_reply_page_by (call, found, MH_SLOT_START_AT, MH_SLOT_SCHEDULE_ID);
}

/* --- booking --- */

static MhReply *
hold_create (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_appointments_hold (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
appointments_api_hold_release (MhCall *call, GError **error)
{
  return mh_appointments_release (mh_call_request (call), mh_call_param (call, "id"), error)
             ? mh_reply_empty ()
             : NULL;
}

static MhReply *
appointments_api_list (MhCall *call, GError **error)
{
  MhAppointmentsQuery query = { .from = mh_call_query (call, "from"),
                                .to = mh_call_query (call, "to"),
                                .schedule_id = mh_call_query (call, "schedule"),
                                .patient_id = mh_call_query (call, "patient"),
                                .after_at = mh_call_after_at (call),
                                .after_id = mh_call_after_id (call),
                                .limit = mh_call_limit (call) };
  GPtrArray *found
      = mh_appointments_list (mh_call_request (call), &query, mh_call_now (call), error);
  return query.patient_id != NULL ? mh_reply_list (found, NULL)
                                  : mh_reply_page (call, found, MH_APPOINTMENT_START_AT);
}

static MhReply *
appointments_api_create (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_appointments_book (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
appointments_api_series (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_appointments_series (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
appointments_api_read_one (MhCall *call, GError **error)
{
  MhRecord *booking
      = mh_appointments_read (mh_call_request (call), mh_call_param (call, "id"), error);
  if (booking != NULL)
    appointments_api_note (call, MH_AUDIT_READ, &mh_appointment_type,
                           mh_record_text (booking, MH_APPOINTMENT_PATIENT_ID));
  return mh_reply_record (booking);
}

static MhReply *
appointments_api_update (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_appointments_update (mh_call_request (call), mh_call_patch (call), error));
}

static MhReply *
appointments_api_move (MhCall *call, GError **error)
{
  return mh_reply_record (mh_appointments_move (mh_call_request (call), mh_call_param (call, "id"),
                                                mh_call_body (call), error));
}

static MhReply *
appointments_api_step (MhCall *call, GError **error)
{
  return mh_reply_record (mh_appointments_step (mh_call_request (call), mh_call_param (call, "id"),
                                                mh_call_body (call), error));
}

static MhReply *
calendar (MhCall *call, GError **error)
{
  GBytes *bytes = mh_appointments_ics (mh_call_request (call), mh_call_param (call, "id"),
                                       mh_call_now (call), error);
  if (bytes == NULL)
    return NULL;
  appointments_api_note (call, MH_AUDIT_EXPORT, &mh_appointment_type, NULL);
  return mh_reply_bytes (bytes, "text/calendar", "appointment.ics");
}

/* --- the waiting room --- */

static MhReply *
tokens (MhCall *call, GError **error)
{
  return mh_reply_list (mh_appointments_tokens (mh_call_request (call), mh_call_query (call, "day"),
                                                mh_call_query (call, "schedule"),
                                                mh_call_now (call), error),
                        NULL);
}

static MhReply *
token_create (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_appointments_token_create (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
token_read (MhCall *call, GError **error)
{
  MhRecord *token
      = mh_appointments_token_read (mh_call_request (call), mh_call_param (call, "id"), error);
  if (token != NULL)
    appointments_api_note (call, MH_AUDIT_READ, &mh_token_type,
                           mh_record_text (token, MH_TOKEN_PATIENT_ID));
  return mh_reply_record (token);
}

static MhReply *
token_step (MhCall *call, GError **error)
{
  return mh_reply_record (mh_appointments_token_step (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error));
}

static MhReply *
token_slip (MhCall *call, GError **error)
{
  GBytes *bytes
      = mh_appointments_slip (mh_call_server (call), mh_call_actor (call),
                              mh_call_param (call, "id"), mh_call_query (call, "language"), error);
  if (bytes == NULL)
    return NULL;
  appointments_api_note (call, MH_AUDIT_PRINT, &mh_token_type, NULL);
  return mh_reply_bytes (bytes, "application/pdf", "token.pdf");
}

static MhReply *
queues (MhCall *call, GError **error)
{
  return mh_reply_list (mh_appointments_queues (mh_call_request (call), mh_call_now (call), error),
                        NULL);
}

static MhReply *
queue_call (MhCall *call, GError **error)
{
  return mh_reply_record (mh_appointments_call (mh_call_request (call), mh_call_param (call, "id"),
                                                mh_call_body (call), error));
}

/* --- the waiting list --- */

static MhReply *
appointments_api_waiting (MhCall *call, GError **error)
{
  return mh_reply_list (
      mh_appointments_waiting (mh_call_request (call), mh_call_query (call, "status"), error),
      NULL);
}

static MhReply *
waiting_create (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_appointments_waiting_create (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
waiting_update (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_appointments_waiting_update (mh_call_request (call), mh_call_patch (call), error));
}

void
mh_appointments_bind (MhRouter *router)
{
  static const struct
  {
    const char *id;
    MhHandler handler;
  } rows[] = {
    { "schedule.list", schedules },
    { "schedule.create", schedule_create },
    { "schedule.update", schedule_update },
    { "schedule.calendar", schedule_calendar },
    { "leave.list", leaves },
    { "leave.create", leave_create },
    { "leave.read", leave_read },
    { "leave.update", leave_update },
    { "slot.list", slots },
    { "slot_hold.create", hold_create },
    { "slot_hold.release", appointments_api_hold_release },
    { "appointment.list", appointments_api_list },
    { "appointment.create", appointments_api_create },
    { "appointment.series", appointments_api_series },
    { "appointment.read", appointments_api_read_one },
    { "appointment.update", appointments_api_update },
    { "appointment.move", appointments_api_move },
    { "appointment.arrive", appointments_api_step },
    { "appointment.step", appointments_api_step },
    { "appointment.calendar", calendar },
    { "token.list", tokens },
    { "token.create", token_create },
    { "token.read", token_read },
    { "token.step", token_step },
    { "token.slip", token_slip },
    { "queue.list", queues },
    { "queue.call", queue_call },
    { "waiting.list", appointments_api_waiting },
    { "waiting.create", waiting_create },
    { "waiting.update", waiting_update },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    mh_router_bind (router, rows[i].id, rows[i].handler);
}
