/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bookings as iCalendar. No reasons: calendars travel. */
#include "server/clinic/appointments/mh-appointments-private.h"
#include "server/platform/actor/mh-request.h"

#include "server/clinic/appointments/mh-calendar-file.h"
#include "server/platform/common/mh-edit.h"
#include "shared/records/clinic/mh-appointment.h"
#include "shared/records/clinic/mh-schedule.h"
#include "shared/records/people/mh-hospital.h"

static gboolean
appointments_calendar_is_cancelled (MhRecord *booking)
{
  const char *status = mh_record_text (booking, MH_APPOINTMENT_STATUS);
  return g_strcmp0 (status, MH_APPOINTMENT_CANCELLED) == 0
         || g_strcmp0 (status, MH_APPOINTMENT_RESCHEDULED) == 0;
}

/* The words that no record holds are kept in @words. */
static MhCalendarEvent
appointments_calendar_event_of (MhRecord *booking,
                                MhRecord *hospital,
                                const char *summary,
                                GStringChunk *words)
{
  const char *room = mh_record_text (booking, MH_APPOINTMENT_ROOM_NAME);
  const char *place = mh_record_text (hospital, MH_HOSPITAL_NAME);
  g_autofree char *uid = g_strconcat (mh_record_id (booking), "@mahima", NULL);
  g_autofree char *where = room != NULL ? g_strdup_printf ("%s, %s", room, place) : NULL;
  return (MhCalendarEvent){ .uid = g_string_chunk_insert (words, uid),
                            .summary = summary,
                            .where = where != NULL ? g_string_chunk_insert (words, where) : place,
                            .start = mh_record_int (booking, MH_APPOINTMENT_START_AT) / MH_SECOND,
                            .end = mh_record_int (booking, MH_APPOINTMENT_END_AT) / MH_SECOND,
                            .version = (int)mh_record_version (booking),
                            .cancelled = appointments_calendar_is_cancelled (booking) };
}

static GBytes *
write_calendar (const char *name, GArray *events, gint64 now)
{
  return mh_calendar_file (name, (const MhCalendarEvent *)events->data, events->len,
                           now / MH_SECOND);
}

GBytes *
mh_appointments_ics (const MhRequest *req, const char *id, gint64 now, GError **error)
{
  g_autoptr (MhRecord) booking = mh_edit_get (req, &mh_appointment_type, id, error);
  g_autoptr (MhRecord) hospital
      = booking != NULL ? mh_store_get (req->db, &mh_hospital_type,
                                        mh_record_text (booking, MH_APPOINTMENT_HOSPITAL_ID), error)
                        : NULL;

  if (hospital == NULL)
    return NULL;

  g_autoptr (GStringChunk) words = g_string_chunk_new (256);
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (MhCalendarEvent));
  MhCalendarEvent event = appointments_calendar_event_of (
      booking, hospital, mh_record_text (booking, MH_APPOINTMENT_SCHEDULE_NAME), words);

  g_array_append_val (events, event);
  return write_calendar (NULL, events, now);
}

GBytes *
mh_appointments_schedule_ics (const MhRequest *req,
                              const char *schedule_id,
                              const char *from,
                              gint64 days,
                              gint64 now,
                              GError **error)
{
  char first[MH_DATE_LENGTH + 1], last[MH_DATE_LENGTH + 1];
  MhDate date;
  g_autoptr (MhRecord) schedule = mh_edit_get (req, &mh_schedule_type, schedule_id, error);
  const char *hospital_id
      = schedule != NULL ? mh_record_text (schedule, MH_SCHEDULE_HOSPITAL_ID) : NULL;
  g_autoptr (MhRecord) hospital
      = schedule != NULL ? mh_store_get (req->db, &mh_hospital_type, hospital_id, error) : NULL;
  g_autoptr (GTimeZone) zone
      = hospital != NULL ? mh_appointments_zone (req->db, hospital_id, error) : NULL;

  if (zone == NULL)
    return NULL;

  if (from == NULL || !mh_date_parse (from, &date))
    date = mh_date_of_instant (now, zone);
  mh_date_format (date, first);
  mh_date_format (mh_date_from_days (mh_date_to_days (date) + CLAMP (days, 1, 62) - 1), last);

  const MhBookingsQuery query = {
    .hospital_id = hospital_id, .schedule_id = schedule_id, .from = first, .to = last, .limit = 5000
  };
  g_autoptr (GPtrArray) bookings = mh_appointments_store_list (req->db, &query, error);

  if (bookings == NULL)
    return NULL;

  g_autoptr (GStringChunk) words = g_string_chunk_new (4096);
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (MhCalendarEvent));
  for (guint i = 0; i < bookings->len; i++)
    {
      MhRecord *booking = g_ptr_array_index (bookings, i);
      const char *name = mh_record_text (booking, MH_APPOINTMENT_PATIENT_NAME);
      MhCalendarEvent event = appointments_calendar_event_of (booking, hospital, name, words);
      if (!event.cancelled)
        g_array_append_val (events, event);
    }

  return write_calendar (mh_record_text (schedule, MH_SCHEDULE_NAME), events, now);
}
