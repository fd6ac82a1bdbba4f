/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Calendar days and instants. A date is ISO text "YYYY-MM-DD" (proleptic Gregorian, years
 * 1800–2200); an instant is µs since 1970 UTC (mh-clock.h). Ages count by calendar, never by
 * 365.25.
 */
#include "shared/base/mh-types.h"

G_BEGIN_DECLS

#define MH_DATE_LENGTH 10
#define MH_INSTANT_LENGTH 24 /* 2026-11-21T08:15:30.123Z */

typedef struct
{
  int year, month, day;
} MhDate;

gboolean mh_date_parse (const char *text, MhDate *out_date); /* ISO only, strict */
void mh_date_format (MhDate date, char out[MH_DATE_LENGTH + 1]);
gboolean mh_date_is_valid (MhDate date);
/* Days since 1970-01-01 (may be negative), and back. */
gint64 mh_date_to_days (MhDate date);
MhDate mh_date_from_days (gint64 days);
/* The calendar day of an instant in a zone (NULL: UTC), e.g. "Asia/Kolkata". */
MhDate mh_date_of_instant (gint64 instant, GTimeZone *zone);
/* @date plus months, the day clipped to the month's last (Jan 31 + 1 month = Feb 28 or 29). */
MhDate mh_date_add_months (MhDate date, int months);
int mh_date_compare (MhDate a, MhDate b);

/* Completed years / months / days from @birth to @on; -1 when @on lies before @birth. */
int mh_age_years (MhDate birth, MhDate on);
int mh_age_months (MhDate birth, MhDate on);
int mh_age_days (MhDate birth, MhDate on);
/* "41 y", "14 mo", "9 d": as staff say it (days below 1 month, months below 2 years). Caller frees.
 */
char *mh_age_text (MhDate birth, MhDate on);
/* Age words of the catalogue ("0d", "6mo", "15y", "2w"): is @on at or past birth + word? Half-open
 * windows are built from it: from <= age < to. FALSE with *out_valid FALSE for an unreadable word.
 */
gboolean mh_age_reached (MhDate birth, MhDate on, const char *word, gboolean *out_valid);

/* What people type: "29/2/84", "29-02-1984", "29 feb 84", "3 d ago", "yesterday", "today", "45y",
 * "14 mo", "1984-02-29". Day before month. Two-digit years: the latest year not after @today.
 * *out_estimated is TRUE when only an age was given. FALSE (with an MH_ERROR_INVALID on field
 * "date") when it cannot be read; nothing is guessed. */
gboolean mh_date_parse_free (const char *text,
                             MhDate today,
                             MhDate *out_date,
                             gboolean *out_estimated,
                             GError **error);

/* The same of a day at work, which may lie ahead: "23/11/2026", "23.11.26", "23 Nov", "2026-11-23",
 * "tomorrow", "3 d ago". Without a year it is the nearest such day; a year of two digits is one
 * from 79 years before this one to 20 after it. FALSE for an age and for what cannot be read. */
gboolean mh_date_parse_near (const char *text, MhDate today, MhDate *out_date);

/* Is what was typed a whole date, so that no further digit would make another one of it? "2/3/85"
 * and "2/3/1985" are; "2/3/19" may become 1985, "45y" says no day, "2/3" no year. Whether
 * the day exists is mh_date_parse_free()'s. */
gboolean mh_date_is_whole (const char *text);

/* RFC 3339 in UTC with milliseconds. Parsing takes any offset and 0–9 digits of fraction. */
void mh_instant_format (gint64 instant, char out[MH_INSTANT_LENGTH + 1]);
gboolean mh_instant_parse (const char *text, gint64 *out_instant);
/* "21 Nov 2026, 13:45" in @zone (NULL: UTC), for people. Caller frees. */
char *mh_instant_display (gint64 instant, GTimeZone *zone);
/* "HH:MM" or "HH:MM:SS" on the 24-hour clock. */
gboolean mh_time_is_valid (const char *text);

G_END_DECLS
