/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times: HL7 2.5.1 chapter 2.A.22 (DTM), ASTM E1394 5.6.2. */
#include "shared/base/mh-clock.h"
#include "shared/base/mh-date.h"
#include "shared/hl7/mh-hl7.h"

#include <stdio.h>
#include <string.h>

typedef struct
{
  MhDate date;
  int hour, minute, second, micro;
  gboolean has_zone;
  int zone; /* seconds east of UTC */
} Time;

static gboolean
two_digits (const char **at, int *out)
{
  const char *text = *at;
  if (!g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1]))
    return FALSE;
  *out = (text[0] - '0') * 10 + text[1] - '0';
  *at += 2;
  return TRUE;
}

static gboolean
read_zone (const char *at, Time *time)
{
  if (*at == 0)
    return TRUE;

  int hours, minutes;
  int sign = *at == '-' ? -1 : 1;
  if ((*at != '+' && *at != '-') || strlen (at) != 5)
    return FALSE;

  at++;
  if (!two_digits (&at, &hours) || !two_digits (&at, &minutes) || hours > 14 || minutes > 59)
    return FALSE;

  time->has_zone = TRUE;
  time->zone = sign * (hours * 60 + minutes) * 60;
  return TRUE;
}

static gboolean
hl7_time_read_fraction (const char **at, Time *time)
{
  int unit = 100000;
  const char *start = ++*at;
  for (; g_ascii_isdigit (**at); (*at)++, unit /= 10)
    time->micro += (**at - '0') * unit;
  return *at > start && *at - start <= 6;
}

static gboolean
hl7_time_read_time (const char *text, Time *time)
{
  int century, year;
  const char *at = text;
  *time = (Time){ .date = { 0, 1, 1 } };
  if (!two_digits (&at, &century) || !two_digits (&at, &year))
    return FALSE;

  time->date.year = century * 100 + year;
  int *const parts[]
      = { &time->date.month, &time->date.day, &time->hour, &time->minute, &time->second };
  for (guint i = 0; i < G_N_ELEMENTS (parts) && g_ascii_isdigit (*at); i++)
    if (!two_digits (&at, parts[i]))
      return FALSE;

  if (*at == '.' && at - text == 14 && !hl7_time_read_fraction (&at, time))
    return FALSE;

  return read_zone (at, time) && mh_date_is_valid (time->date) && time->hour < 24
         && time->minute < 60 && time->second < 60;
}

gboolean
mh_hl7_time_parse (const char *text, GTimeZone *zone, gint64 *out_instant)
{
  Time time;
  if (text == NULL || !hl7_time_read_time (text, &time))
    return FALSE;

  gint64 wall
      = mh_date_to_days (time.date) * 86400 + time.hour * 3600 + time.minute * 60 + time.second;
  gint64 offset = time.zone;

  if (!time.has_zone && zone != NULL)
    {
      int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_STANDARD, wall);
      offset = interval >= 0 ? g_time_zone_get_offset (zone, interval) : 0;
    }

  *out_instant = (wall - offset) * MH_SECOND + time.micro;
  return TRUE;
}

gboolean
mh_hl7_date_parse (const char *text, char out_date[11])
{
  Time time;
  if (text == NULL || strlen (text) < 8 || !hl7_time_read_time (text, &time))
    return FALSE;
  mh_date_format (time.date, out_date);
  return TRUE;
}

static char *
format (gint64 instant, GTimeZone *zone, const char *pattern)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (instant / MH_SECOND);
  g_autoptr (GDateTime) local
      = utc != NULL && zone != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  GDateTime *best = local != NULL ? local : utc;
  return best != NULL ? g_date_time_format (best, pattern) : g_strdup ("");
}

char *
mh_hl7_time_format (gint64 instant, GTimeZone *zone)
{
  return format (instant, zone, "%Y%m%d%H%M%S%z");
}

char *
mh_hl7_time_format_plain (gint64 instant, GTimeZone *zone)
{
  return format (instant, zone, "%Y%m%d%H%M%S");
}
