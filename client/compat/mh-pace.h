/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * How fast letters came one after the other, by the times of their key presses (ms; they start
 * again at 0 after 2³²): a scanner's or a hand's. A busy machine gives one of a scanner's keys a
 * late time now and then, so it is the mean of a code that counts, and two of its keys may be late.
 */
#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint32 first; /* when the first letter was pressed */
  guint32 last;  /* when the last one was */
  guint count;   /* letters; 0: nothing came yet */
  guint late;    /* how many of them came later than a scanner's */
} MhPace;

/* May a letter at @time belong to the same code? Always where none came yet. */
gboolean mh_pace_goes_on (const MhPace *pace, guint32 time);
/* One more letter. */
void mh_pace_add (MhPace *pace, guint32 time);
/* Did a scanner type the letters, with the Enter or Tab at @time? */
gboolean mh_pace_is_scan (const MhPace *pace, guint32 time);

G_END_DECLS
