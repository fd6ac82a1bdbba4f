/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/base/mh-date.h"

#include "shared/base/mh-clock.h"
#include "shared/base/mh-day.h"

#include <string.h>

#define FIRST_YEAR 1800
#define LAST_YEAR 2200

static int
days_in_month (int year, int month)
{
  static const int days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[month - 1];
}

static gint64
floor_divide (gint64 value, gint64 by)
{
  gint64 quotient = value / by;
  return value % by < 0 ? quotient - 1 : quotient;
}

/* Exactly @n ASCII digits at @text, or -1. Stops at the first other character, so a shorter string
 * is never read past its end. */
static int
read_digits (const char *text, int n)
{
  int value = 0;
  for (int i = 0; i < n; i++)
    {
      if (text[i] < '0' || text[i] > '9')
        return -1;
      value = value * 10 + (text[i] - '0');
    }
  return value;
}

static void
write_digits (char *out, int n, int value)
{
  for (int i = n - 1; i >= 0; i--)
    {
      out[i] = (char)('0' + value % 10);
      value /= 10;
    }
}

gboolean
mh_date_is_valid (MhDate date)
{
  return date.year >= FIRST_YEAR && date.year <= LAST_YEAR && date.month >= 1 && date.month <= 12
         && date.day >= 1 && date.day <= days_in_month (date.year, date.month);
}

/* The first ten characters as a date; what follows is the caller's. */
static gboolean
date_read_date (const char *text, MhDate *out_date)
{
  MhDate date = { 0 };
  date.year = read_digits (text, 4);
  if (date.year < 0 || text[4] != '-')
    return FALSE;

  date.month = read_digits (text + 5, 2);
  if (date.month < 0 || text[7] != '-')
    return FALSE;

  date.day = read_digits (text + 8, 2);
  if (date.day < 0 || !mh_date_is_valid (date))
    return FALSE;

  *out_date = date;
  return TRUE;
}

gboolean
mh_date_parse (const char *text, MhDate *out_date)
{
  MhDate date;
  if (text == NULL || !date_read_date (text, &date) || text[MH_DATE_LENGTH] != 0)
    return FALSE;
  *out_date = date;
  return TRUE;
}

void
mh_date_format (MhDate date, char out[MH_DATE_LENGTH + 1])
{
  write_digits (out, 4, CLAMP (date.year, 0, 9999));
  out[4] = '-';
  write_digits (out + 5, 2, date.month);
  out[7] = '-';
  write_digits (out + 8, 2, date.day);
  out[MH_DATE_LENGTH] = 0;
}

/* Both ways after Howard Hinnant, "chrono-compatible low-level date algorithms": years begin in
 * March, so that the leap day is the last of its year; eras have 400 years of 146097 days. */
gint64
mh_date_to_days (MhDate date)
{
  gint64 year = date.month <= 2 ? date.year - 1 : date.year;
  gint64 era = floor_divide (year, 400);
  gint64 year_of_era = year - era * 400;
  gint64 day_of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  gint64 day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

MhDate
mh_date_from_days (gint64 days)
{
  MhDate date;
  days += 719468;
  gint64 era = floor_divide (days, 146097);
  gint64 day_of_era = days - era * 146097;
  gint64 year_of_era
      = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  gint64 day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  gint64 month = (5 * day_of_year + 2) / 153;

  date.day = (int)(day_of_year - (153 * month + 2) / 5 + 1);
  date.month = (int)(month < 10 ? month + 3 : month - 9);
  date.year = (int)(year_of_era + era * 400 + (date.month <= 2 ? 1 : 0));
  return date;
}

static gint64
local_seconds (gint64 instant, GTimeZone *zone)
{
  gint64 seconds = floor_divide (instant, MH_SECOND);
  if (zone == NULL)
    return seconds;
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds);
  return seconds + g_time_zone_get_offset (zone, interval);
}

MhDate
mh_date_of_instant (gint64 instant, GTimeZone *zone)
{
  return mh_date_from_days (floor_divide (local_seconds (instant, zone), 86400));
}

MhDate
mh_date_add_months (MhDate date, int months)
{
  gint64 index = (gint64)date.year * 12 + date.month - 1 + months;
  MhDate moved = { .year = (int)floor_divide (index, 12) };
  moved.month = (int)(index - (gint64)moved.year * 12) + 1;
  moved.day = MIN (date.day, days_in_month (moved.year, moved.month));
  return moved;
}

int
mh_date_compare (MhDate a, MhDate b)
{
  if (a.year != b.year)
    return a.year < b.year ? -1 : 1;
  if (a.month != b.month)
    return a.month < b.month ? -1 : 1;
  return a.day < b.day ? -1 : a.day > b.day;
}

/* A month is completed on the birth day clipped to the month's last: who is born on 31 January is
 * one month old on 28 February, who is born on 29 February has a birthday on 28 February of plain
 * years. */
int
mh_age_months (MhDate birth, MhDate on)
{
  if (mh_date_compare (on, birth) < 0)
    return -1;
  int months = (on.year - birth.year) * 12 + on.month - birth.month;
  return mh_date_compare (mh_date_add_months (birth, months), on) > 0 ? months - 1 : months;
}

int
mh_age_years (MhDate birth, MhDate on)
{
  int months = mh_age_months (birth, on);
  return months < 0 ? -1 : months / 12;
}

int
mh_age_days (MhDate birth, MhDate on)
{
  gint64 days = mh_date_to_days (on) - mh_date_to_days (birth);
  return days < 0 ? -1 : (int)days;
}

char *
mh_age_text (MhDate birth, MhDate on)
{
  int months = mh_age_months (birth, on);
  if (months < 0)
    return g_strdup ("");
  if (months < 1)
    return g_strdup_printf ("%d d", mh_age_days (birth, on));
  if (months < 24)
    return g_strdup_printf ("%d mo", months);
  return g_strdup_printf ("%d y", months / 12);
}

gboolean
mh_age_reached (MhDate birth, MhDate on, const char *word, gboolean *out_valid)
{
  int n = 0;
  int digits = 0;
  while (word != NULL && g_ascii_isdigit (word[digits]) && digits < 5)
    n = n * 10 + (word[digits++] - '0');
  const char *unit = digits > 0 ? word + digits : "";
  gboolean by_days = g_str_equal (unit, "d") || g_str_equal (unit, "w");
  gboolean by_months = g_str_equal (unit, "mo") || g_str_equal (unit, "y");

  if (out_valid != NULL)
    *out_valid = by_days || by_months;
  if (by_days)
    return mh_age_days (birth, on) >= (*unit == 'w' ? n * 7 : n);

  return by_months && mh_age_months (birth, on) >= (*unit == 'y' ? n * 12 : n);
}

/* --- instants --- */

void
mh_instant_format (gint64 instant, char out[MH_INSTANT_LENGTH + 1])
{
  /* Four-digit years only, or the text would not have its length. */
  static const gint64 least = -62167219200 * MH_SECOND, most = 253402300800 * MH_SECOND - 1;
  gint64 milliseconds = floor_divide (CLAMP (instant, least, most), 1000);
  gint64 days = floor_divide (milliseconds, 86400000);
  int rest = (int)(milliseconds - days * 86400000);

  mh_date_format (mh_date_from_days (days), out);
  out[10] = 'T';
  write_digits (out + 11, 2, rest / 3600000);
  out[13] = ':';
  write_digits (out + 14, 2, rest / 60000 % 60);
  out[16] = ':';
  write_digits (out + 17, 2, rest / 1000 % 60);
  out[19] = '.';
  write_digits (out + 20, 3, rest % 1000);
  out[23] = 'Z';
  out[MH_INSTANT_LENGTH] = 0;
}

/* "HH:MM" → minutes, or -1; reads five characters. */
static int
read_minutes (const char *text)
{
  int hours = read_digits (text, 2);
  if (hours < 0 || hours > 23 || text[2] != ':')
    return -1;
  int minutes = read_digits (text + 3, 2);
  return minutes < 0 || minutes > 59 ? -1 : hours * 60 + minutes;
}

/* Reads ".123456789" if it is there and moves on; digits past the microsecond are cut off. */
static gboolean
date_read_fraction (const char **at, gint64 *out_micros)
{
  gint64 micros = 0;
  int digits = 0;
  if (**at == '.')
    {
      for ((*at)++; g_ascii_isdigit (**at); (*at)++)
        if (++digits <= 6)
          micros = micros * 10 + (**at - '0');
      if (digits < 1 || digits > 9)
        return FALSE;
    }

  for (; digits < 6; digits++)
    micros *= 10;
  *out_micros = micros;
  return TRUE;
}

static gboolean
read_offset (const char *at, int *out_minutes)
{
  *out_minutes = 0;
  if (*at == 'Z' || *at == 'z')
    return at[1] == 0;
  if (*at != '+' && *at != '-')
    return FALSE;
  int minutes = read_minutes (at + 1);
  *out_minutes = *at == '-' ? -minutes : minutes;
  return minutes >= 0 && at[6] == 0;
}

gboolean
mh_instant_parse (const char *text, gint64 *out_instant)
{
  MhDate date;
  gint64 micros = 0;
  int offset = 0;
  if (text == NULL || !date_read_date (text, &date) || (text[10] != 'T' && text[10] != 't'))
    return FALSE;

  int minutes = read_minutes (text + 11);
  if (minutes < 0 || text[16] != ':')
    return FALSE;

  int seconds = read_digits (text + 17, 2);
  if (seconds < 0 || seconds > 59)
    return FALSE;

  const char *at = text + 19;
  if (!date_read_fraction (&at, &micros) || !read_offset (at, &offset))
    return FALSE;

  *out_instant = mh_date_to_days (date) * MH_DAY + (minutes - offset) * MH_MINUTE
                 + seconds * MH_SECOND + micros;
  return TRUE;
}

char *
mh_instant_display (gint64 instant, GTimeZone *zone)
{
  gint64 seconds = local_seconds (instant, zone);
  gint64 days = floor_divide (seconds, 86400);
  int minutes = (int)(seconds - days * 86400) / 60;
  MhDate date = mh_date_from_days (days);
  g_autofree char *day = mh_day_text (date, NULL);
  return g_strdup_printf ("%s, %02d:%02d", day, minutes / 60, minutes % 60);
}

gboolean
mh_time_is_valid (const char *text)
{
  if (text == NULL || read_minutes (text) < 0)
    return FALSE;
  if (text[5] == 0)
    return TRUE;
  int seconds = text[5] == ':' ? read_digits (text + 6, 2) : -1;
  return seconds >= 0 && seconds <= 59 && text[8] == 0;
}
