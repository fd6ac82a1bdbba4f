/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * How doctors write a dose: "1-0-1 x 5d" (morning-noon-night, for five days), "BD x 1w", "every 8 h
 * for 3 days", "SOS", "1 tab tds 5/7", "500 mg q8h". Pure; "month" is 30 days, as on Indian
 * prescriptions; 5/7 are five days, 2/52 two weeks, 3/12 three months.
 */
#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char frequency[64];    /* as printed: "1-0-1", "BD", "every 8 hours" */
  gint64 duration_days;  /* 0: not said */
  gboolean as_needed;    /* "SOS", "PRN", "if needed" */
  gint64 per_day_halves; /* half units a day: 1-0-1 is 4, ½-0-½ is 2; 0: not known */
  gint64 most_halves;    /* the most at one time, in half units: 2-0-1 is 4, BD is 2 */
  double a_day;          /* units a day on the average: BD is 2, weekly 1/7; 0: not known */
  char amount[32];       /* "1 tablet", "500 mg" when it stood in front; else empty */
} MhDose;

/* FALSE, and *out_dose untouched, when @text says no frequency or what follows it is no duration of
 * 1 to 3650 days. */
gboolean mh_dose_parse (const char *text, MhDose *out_dose);
/* Whole units for the whole course, rounded up; 0: cannot be known. */
gint64 mh_dose_quantity (const MhDose *dose);
/* "1-0-1 x 5d": reads back to the same dose. Caller frees. */
char *mh_dose_format (const char *frequency, gint64 duration_days, gboolean as_needed);

G_END_DECLS
