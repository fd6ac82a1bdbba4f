/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/base/mh-when.h"

#include "client/widgets/base/mh-words.h"

#include <gio/gio.h>

/* The application is what all of a process's windows have in common. */
#define ZONE "mh-zone"
#define CLOCK "mh-clock"

static gpointer
when_kept (const char *key)
{
  GApplication *application = g_application_get_default ();
  return application != NULL ? g_object_get_data (G_OBJECT (application), key) : NULL;
}

static void
when_keep (const char *key, gpointer value, GDestroyNotify free)
{
  GApplication *application = g_application_get_default ();
  if (application != NULL)
    g_object_set_data_full (G_OBJECT (application), key, value, free);
  else
    free (value);
}

void
mh_when_set_zone (GTimeZone *zone)
{
  when_keep (ZONE, g_time_zone_ref (zone), (GDestroyNotify)g_time_zone_unref);
}

void
mh_when_set_clock (MhClock *clock)
{
  when_keep (CLOCK, mh_clock_ref (clock), (GDestroyNotify)mh_clock_unref);
}

gint64
mh_when_now (void)
{
  return mh_clock_now (when_kept (CLOCK));
}

GTimeZone *
mh_when_zone (void)
{
  GTimeZone *zone = when_kept (ZONE);
  return zone != NULL ? g_time_zone_ref (zone) : g_time_zone_new_local (); /* desk: nobody is in */
}

GDateTime *
mh_when_at (gint64 instant)
{
  g_autoptr (GTimeZone) zone = mh_when_zone ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (instant / G_USEC_PER_SEC);
  return utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
}

char *
mh_when_clock (gint64 instant)
{
  g_autoptr (GDateTime) time = mh_when_at (instant);
  return time != NULL ? g_date_time_format (time, "%H:%M") : g_strdup ("");
}

char *
mh_when_day (gint64 instant)
{
  g_autoptr (GTimeZone) zone = mh_when_zone ();
  char iso[MH_DATE_LENGTH + 1];
  mh_date_format (mh_date_of_instant (instant, zone), iso);
  return mh_words_of_date (iso);
}

MhDate
mh_when_today (void)
{
  g_autoptr (GTimeZone) zone = mh_when_zone ();
  return mh_date_of_instant (mh_when_now (), zone);
}

const char *
mh_when_today_text (char out[MH_DATE_LENGTH + 1])
{
  mh_date_format (mh_when_today (), out);
  return out;
}

gint64
mh_when_midnight (MhDate day)
{
  g_autoptr (GTimeZone) zone = mh_when_zone ();
  g_autoptr (GDateTime) time = g_date_time_new (zone, day.year, day.month, day.day, 0, 0, 0);
  return time != NULL ? g_date_time_to_unix (time) * G_USEC_PER_SEC : 0;
}
