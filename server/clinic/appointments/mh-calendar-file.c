/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/clinic/appointments/mh-calendar-file.h"

#include <libical/ical.h>
#include <string.h>

static struct icaltimetype
utc_time (gint64 seconds)
{
  return icaltime_from_timet_with_zone ((time_t)seconds, 0, icaltimezone_get_utc_timezone ());
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

static void
calendar_file_add_event (icalcomponent *calendar, const MhCalendarEvent *of, gint64 now)
{
  icalcomponent *event = icalcomponent_new (ICAL_VEVENT_COMPONENT);
  icalcomponent_set_uid (event, of->uid);
  icalcomponent_set_dtstamp (event, utc_time (now));
  icalcomponent_set_dtstart (event, utc_time (of->start));
  icalcomponent_set_dtend (event, utc_time (of->end));
  icalcomponent_set_summary (event, of->summary);
  icalcomponent_set_location (event, of->where);
  icalcomponent_set_sequence (event, of->version);
  icalcomponent_set_status (event, of->cancelled ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED);
  icalcomponent_add_component (calendar, event);
}

GBytes *
mh_calendar_file (const char *name, const MhCalendarEvent *events, guint n_events, gint64 now)
{
  icalcomponent *calendar = calendar_new (name);
  for (guint i = 0; i < n_events; i++)
    calendar_file_add_event (calendar, &events[i], now);
  char *text = icalcomponent_as_ical_string_r (calendar);
  GBytes *bytes = g_bytes_new (text, strlen (text));
  icalmemory_free_buffer (text);
  icalcomponent_free (calendar);
  return bytes;
}
