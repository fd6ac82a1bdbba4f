/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/appointments/mh-appointments-api.h"

#include "server/appointments/mh-appointments-service.h"
#include "server/audit/mh-read-log.h"
#include "shared/records/mh-records.h"

static MhReply *
reply (MhRecord *record)
{
  return record != NULL ? mh_reply_record (record) : NULL;
}

static MhReply *
reply_list (GPtrArray *found)
{
  return found != NULL ? mh_reply_list (found, NULL) : NULL;
}

static void
note (MhCall *call, const char *verb, const MhRecordType *type, const char *patient_id)
{
  mh_read_log_note_verb (mh_server_read_log (mh_call_server (call)), mh_call_who (call), verb,
                         type->code, mh_call_param (call, "id"), patient_id);
}

/* "AT ID": behind the last of the page. */
static void
read_cursor (MhCall *call, gint64 *out_at, const char **out_id)
{
  const char *const *after = mh_call_after (call);
  if (after == NULL || after[0] == NULL || after[1] == NULL)
    return;
  *out_at = g_ascii_strtoll (after[0], NULL, 10);
  *out_id = after[1];
}

static MhReply *
reply_page (GPtrArray *found, guint limit, guint at_field, guint id_field)
{
  if (found == NULL)
    return NULL;
  if (found->len < limit)
    return mh_reply_list (found, NULL);
  MhRecord *last = g_ptr_array_index (found, found->len - 1);
  g_autofree char *at = g_strdup_printf ("%" G_GINT64_FORMAT, mh_record_int (last, at_field));
  g_autofree char *id = g_strdup (mh_record_text (last, id_field));
  const char *next[] = { at, id, NULL };
  return mh_reply_list (found, next);
}

/* --- what can be booked --- */

static MhReply *
schedules (MhCall *call, GError **error)
{
  return reply_list (mh_appointments_schedules (mh_call_db (call), mh_call_actor (call), error));
}

static MhReply *
schedule_create (MhCall *call, GError **error)
{
  return reply (mh_appointments_schedule_create (mh_call_tx (call), mh_call_actor (call),
                                                 mh_call_body (call), error));
}

static MhReply *
schedule_update (MhCall *call, GError **error)
{
  return reply (mh_appointments_schedule_update (
      mh_call_tx (call), mh_call_actor (call), mh_call_param (call, "id"), mh_call_if_match (call),
      mh_call_body (call), error));
}

static MhReply *
schedule_calendar (MhCall *call, GError **error)
{
  GBytes *bytes = mh_appointments_schedule_ics (
      mh_call_db (call), mh_call_actor (call), mh_call_param (call, "id"),
      mh_call_query (call, "from"), mh_call_query_int (call, "days", 1), mh_call_now (call), error);
  if (bytes == NULL)
    return NULL;
  note (call, MH_AUDIT_EXPORT, &mh_schedule_type, NULL);
  return mh_reply_bytes (bytes, "text/calendar", "appointments.ics");
}

static MhReply *
leaves (MhCall *call, GError **error)
{
  return reply_list (
      mh_appointments_leaves (mh_call_db (call), mh_call_actor (call), mh_call_now (call), error));
}

static MhReply *
leave_create (MhCall *call, GError **error)
{
  return reply (mh_appointments_leave_create (mh_call_tx (call), mh_call_actor (call),
                                              mh_call_body (call), error));
}

static MhReply *
leave_read (MhCall *call, GError **error)
{
  return reply (mh_appointments_leave_read (mh_call_db (call), mh_call_actor (call),
                                            mh_call_param (call, "id"), error));
}

static MhReply *
leave_update (MhCall *call, GError **error)
{
  return reply (mh_appointments_leave_update (mh_call_tx (call), mh_call_actor (call),
                                              mh_call_param (call, "id"), mh_call_if_match (call),
                                              mh_call_body (call), error));
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
                         .limit = mh_call_limit (call) };
  read_cursor (call, &query.after_at, &query.after_id);
  return reply_page (mh_appointments_slots (mh_call_db (call), mh_call_actor (call), &query,
                                            mh_call_now (call), error),
                     query.limit, MH_SLOT_START_AT, MH_SLOT_SCHEDULE_ID);
}

/* --- booking --- */

static MhReply *
hold_create (MhCall *call, GError **error)
{
  return reply (
      mh_appointments_hold (mh_call_tx (call), mh_call_actor (call), mh_call_body (call), error));
}

static MhReply *
hold_release (MhCall *call, GError **error)
{
  return mh_appointments_release (mh_call_tx (call), mh_call_actor (call),
                                  mh_call_param (call, "id"), error)
             ? mh_reply_empty ()
             : NULL;
}

static MhReply *
list (MhCall *call, GError **error)
{
  MhAppointmentsQuery query = { .from = mh_call_query (call, "from"),
                                .to = mh_call_query (call, "to"),
                                .schedule_id = mh_call_query (call, "schedule"),
                                .patient_id = mh_call_query (call, "patient"),
                                .limit = mh_call_limit (call) };
  read_cursor (call, &query.after_at, &query.after_id);
  GPtrArray *found = mh_appointments_list (mh_call_db (call), mh_call_actor (call), &query,
                                           mh_call_now (call), error);
  return query.patient_id != NULL ? reply_list (found)
                                  : reply_page (found, query.limit, MH_APPOINTMENT_START_AT, MH_ID);
}

static MhReply *
create (MhCall *call, GError **error)
{
  return reply (
      mh_appointments_book (mh_call_tx (call), mh_call_actor (call), mh_call_body (call), error));
}

static MhReply *
series (MhCall *call, GError **error)
{
  return reply (
      mh_appointments_series (mh_call_tx (call), mh_call_actor (call), mh_call_body (call), error));
}

static MhReply *
read_one (MhCall *call, GError **error)
{
  MhRecord *booking = mh_appointments_read (mh_call_db (call), mh_call_actor (call),
                                            mh_call_param (call, "id"), error);
  if (booking != NULL)
    note (call, MH_AUDIT_READ, &mh_appointment_type,
          mh_record_text (booking, MH_APPOINTMENT_PATIENT_ID));
  return reply (booking);
}

static MhReply *
update (MhCall *call, GError **error)
{
  return reply (mh_appointments_update (mh_call_tx (call), mh_call_actor (call),
                                        mh_call_param (call, "id"), mh_call_if_match (call),
                                        mh_call_body (call), error));
}

static MhReply *
move (MhCall *call, GError **error)
{
  return reply (mh_appointments_move (mh_call_tx (call), mh_call_actor (call),
                                      mh_call_param (call, "id"), mh_call_body (call), error));
}

static MhReply *
step (MhCall *call, GError **error)
{
  return reply (mh_appointments_step (mh_call_tx (call), mh_call_server (call),
                                      mh_call_actor (call), mh_call_param (call, "id"),
                                      mh_call_body (call), error));
}

static MhReply *
calendar (MhCall *call, GError **error)
{
  GBytes *bytes = mh_appointments_ics (mh_call_db (call), mh_call_actor (call),
                                       mh_call_param (call, "id"), mh_call_now (call), error);
  if (bytes == NULL)
    return NULL;
  note (call, MH_AUDIT_EXPORT, &mh_appointment_type, NULL);
  return mh_reply_bytes (bytes, "text/calendar", "appointment.ics");
}

/* --- the waiting room --- */

static MhReply *
tokens (MhCall *call, GError **error)
{
  return reply_list (
      mh_appointments_tokens (mh_call_db (call), mh_call_actor (call), mh_call_query (call, "day"),
                              mh_call_query (call, "schedule"), mh_call_now (call), error));
}

static MhReply *
token_create (MhCall *call, GError **error)
{
  return reply (mh_appointments_token_create (mh_call_tx (call), mh_call_server (call),
                                              mh_call_actor (call), mh_call_body (call), error));
}

static MhReply *
token_read (MhCall *call, GError **error)
{
  MhRecord *token = mh_appointments_token_read (mh_call_db (call), mh_call_actor (call),
                                                mh_call_param (call, "id"), error);
  if (token != NULL)
    note (call, MH_AUDIT_READ, &mh_token_type, mh_record_text (token, MH_TOKEN_PATIENT_ID));
  return reply (token);
}

static MhReply *
token_step (MhCall *call, GError **error)
{
  return reply (mh_appointments_token_step (mh_call_tx (call), mh_call_actor (call),
                                            mh_call_param (call, "id"), mh_call_body (call),
                                            error));
}

static MhReply *
token_slip (MhCall *call, GError **error)
{
  GBytes *bytes
      = mh_appointments_slip (mh_call_server (call), mh_call_actor (call),
                              mh_call_param (call, "id"), mh_call_query (call, "language"), error);
  if (bytes == NULL)
    return NULL;
  note (call, MH_AUDIT_PRINT, &mh_token_type, NULL);
  return mh_reply_bytes (bytes, "application/pdf", "token.pdf");
}

static MhReply *
queues (MhCall *call, GError **error)
{
  return reply_list (
      mh_appointments_queues (mh_call_db (call), mh_call_actor (call), mh_call_now (call), error));
}

static MhReply *
queue_call (MhCall *call, GError **error)
{
  return reply (mh_appointments_call (mh_call_tx (call), mh_call_actor (call),
                                      mh_call_param (call, "id"), mh_call_body (call), error));
}

/* --- the waiting list --- */

static MhReply *
waiting (MhCall *call, GError **error)
{
  return reply_list (mh_appointments_waiting (mh_call_db (call), mh_call_actor (call),
                                              mh_call_query (call, "status"), error));
}

static MhReply *
waiting_create (MhCall *call, GError **error)
{
  return reply (mh_appointments_waiting_create (mh_call_tx (call), mh_call_actor (call),
                                                mh_call_body (call), error));
}

static MhReply *
waiting_update (MhCall *call, GError **error)
{
  return reply (mh_appointments_waiting_update (mh_call_tx (call), mh_call_actor (call),
                                                mh_call_param (call, "id"), mh_call_if_match (call),
                                                mh_call_body (call), error));
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
    { "slot_hold.release", hold_release },
    { "appointment.list", list },
    { "appointment.create", create },
    { "appointment.series", series },
    { "appointment.read", read_one },
    { "appointment.update", update },
    { "appointment.move", move },
    { "appointment.arrive", step },
    { "appointment.step", step },
    { "appointment.calendar", calendar },
    { "token.list", tokens },
    { "token.create", token_create },
    { "token.read", token_read },
    { "token.step", token_step },
    { "token.slip", token_slip },
    { "queue.list", queues },
    { "queue.call", queue_call },
    { "waiting.list", waiting },
    { "waiting.create", waiting_create },
    { "waiting.update", waiting_update },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    mh_router_bind (router, rows[i].id, rows[i].handler);
}
