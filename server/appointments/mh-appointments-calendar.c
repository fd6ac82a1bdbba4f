/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bookings as iCalendar (RFC 5545), by libical. No reasons: calendars travel. */
#include <libical/ical.h>

#include "server/appointments/mh-appointments-private.h"

#include "server/common/mh-edit.h"
#include "shared/records/mh-records.h"

static struct icaltimetype
utc_time (gint64 instant)
{
  return icaltime_from_timet_with_zone ((time_t)(instant / MH_SECOND), 0,
                                        icaltimezone_get_utc_timezone ());
}

static icalcomponent *
calendar_new (const char *name)
{
  icalcomponent *calendar = icalcomponent_new (ICAL_VCALENDAR_COMPONENT);
  icalcomponent_add_property (calendar, icalproperty_new_version ("2.0"));
  icalcomponent_add_property (calendar, icalproperty_new_prodid ("-//Mahima//Appointments//EN"));
  icalcomponent_add_property (calendar, icalproperty_new_method (ICAL_METHOD_PUBLISH));
  if (name != NULL)
    {
      icalproperty *shown = icalproperty_new_x (name);
      icalproperty_set_x_name (shown, "X-WR-CALNAME");
      icalcomponent_add_property (calendar, shown);
    }
  return calendar;
}

static icalproperty_status
status_of (MhRecord *booking)
{
  const char *status = mh_record_text (booking, MH_APPOINTMENT_STATUS);
  return g_strcmp0 (status, MH_APPOINTMENT_CANCELLED) == 0
                 || g_strcmp0 (status, MH_APPOINTMENT_RESCHEDULED) == 0
             ? ICAL_STATUS_CANCELLED
             : ICAL_STATUS_CONFIRMED;
}

static void
add_event (icalcomponent *calendar,
           MhRecord *booking,
           MhRecord *hospital,
           const char *summary,
           gint64 now)
{
  icalcomponent *event = icalcomponent_new (ICAL_VEVENT_COMPONENT);
  g_autofree char *uid = g_strconcat (mh_record_id (booking), "@mahima", NULL);
  const char *room = mh_record_text (booking, MH_APPOINTMENT_ROOM_NAME);
  const char *place = mh_record_text (hospital, MH_HOSPITAL_NAME);
  g_autofree char *where
      = room != NULL ? g_strdup_printf ("%s, %s", room, place) : g_strdup (place);
  icalcomponent_set_uid (event, uid);
  icalcomponent_set_dtstamp (event, utc_time (now));
  icalcomponent_set_dtstart (event, utc_time (mh_record_int (booking, MH_APPOINTMENT_START_AT)));
  icalcomponent_set_dtend (event, utc_time (mh_record_int (booking, MH_APPOINTMENT_END_AT)));
  icalcomponent_set_summary (event, summary);
  icalcomponent_set_location (event, where);
  icalcomponent_set_sequence (event, (int)mh_record_version (booking));
  icalcomponent_set_status (event, status_of (booking));
  icalcomponent_add_component (calendar, event);
}

/* Takes @calendar. */
static GBytes *
bytes_of (icalcomponent *calendar)
{
  char *text = icalcomponent_as_ical_string_r (calendar);
  GBytes *bytes = g_bytes_new (text, strlen (text));
  icalmemory_free_buffer (text);
  icalcomponent_free (calendar);
  return bytes;
}

GBytes *
mh_appointments_ics (MhDb *db, const MhActor *actor, const char *id, gint64 now, GError **error)
{
  g_autoptr (MhRecord) booking = mh_edit_get (db, actor, &mh_appointment_type, id, error);
  g_autoptr (MhRecord) hospital
      = booking != NULL ? mh_store_get (db, &mh_hospital_type,
                                        mh_record_text (booking, MH_APPOINTMENT_HOSPITAL_ID), error)
                        : NULL;
  if (hospital == NULL)
    return NULL;
  icalcomponent *calendar = calendar_new (NULL);
  add_event (calendar, booking, hospital, mh_record_text (booking, MH_APPOINTMENT_SCHEDULE_NAME),
             now);
  return bytes_of (calendar);
}

GBytes *
mh_appointments_schedule_ics (MhDb *db,
                              const MhActor *actor,
                              const char *schedule_id,
                              const char *from,
                              gint64 days,
                              gint64 now,
                              GError **error)
{
  char first[MH_DATE_LENGTH + 1], last[MH_DATE_LENGTH + 1];
  MhDate date;
  g_autoptr (MhRecord) schedule = mh_edit_get (db, actor, &mh_schedule_type, schedule_id, error);
  const char *hospital_id
      = schedule != NULL ? mh_record_text (schedule, MH_SCHEDULE_HOSPITAL_ID) : NULL;
  g_autoptr (MhRecord) hospital
      = schedule != NULL ? mh_store_get (db, &mh_hospital_type, hospital_id, error) : NULL;
  g_autoptr (GTimeZone) zone
      = hospital != NULL ? mh_appointments_zone (db, hospital_id, error) : NULL;
  if (zone == NULL)
    return NULL;
  if (from == NULL || !mh_date_parse (from, &date))
    date = mh_date_of_instant (now, zone);
  mh_date_format (date, first);
  mh_date_format (mh_date_from_days (mh_date_to_days (date) + CLAMP (days, 1, 62) - 1), last);
  const MhBookingsQuery query = {
    .hospital_id = hospital_id, .schedule_id = schedule_id, .from = first, .to = last, .limit = 5000
  };
  g_autoptr (GPtrArray) bookings = mh_appointments_store_list (db, &query, error);
  if (bookings == NULL)
    return NULL;
  icalcomponent *calendar = calendar_new (mh_record_text (schedule, MH_SCHEDULE_NAME));
  for (guint i = 0; i < bookings->len; i++)
    {
      MhRecord *booking = g_ptr_array_index (bookings, i);
      if (status_of (booking) == ICAL_STATUS_CONFIRMED)
        add_event (calendar, booking, hospital,
                   mh_record_text (booking, MH_APPOINTMENT_PATIENT_NAME), now);
    }
  return bytes_of (calendar);
}
