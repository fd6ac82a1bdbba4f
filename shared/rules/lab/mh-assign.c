/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/lab/mh-assign.h"

#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-shift.h"
#include "shared/records/lab/mh-test.h"

#include <stdlib.h>
#include <string.h>

#define DEFAULT_MINUTES 3
#define DAY_MINUTES 1440
#define TUBE_MINUTES 4

static guint
n_known (const MhAssignPerson *person, const char *const *benches)
{
  guint n = 0;
  for (guint i = 0; benches != NULL && benches[i] != NULL; i++)
    n += person->benches == NULL || g_strv_contains (person->benches, benches[i]) ? 1 : 0;
  return n;
}

static gboolean
is_better (const MhAssignPerson *a, guint a_known, const MhAssignPerson *b, guint b_known)
{
  if (a_known != b_known)
    return a_known > b_known;
  if (a->open_minutes != b->open_minutes)
    return a->open_minutes < b->open_minutes;
  if (a->assigned_at != b->assigned_at)
    return a->assigned_at < b->assigned_at;
  return strcmp (a->id, b->id) < 0;
}

const MhAssignPerson *
mh_assign_choose (const MhAssignPerson *people, guint n_people, const MhAssignWork *work)
{
  const MhAssignPerson *best = NULL;
  guint best_known = 0;
  gboolean any = work->benches == NULL || work->benches[0] == NULL;

  for (guint i = 0; i < n_people; i++)
    {
      const MhAssignPerson *person = &people[i];
      guint known = n_known (person, work->benches);
      if (!person->on_shift || (known == 0 && !any)
          || (work->excluded != NULL && g_strv_contains (work->excluded, person->id)))
        continue;
      if (best == NULL || is_better (person, known, best, best_known))
        {
          best = person;
          best_known = known;
        }
    }

  return best;
}

/* --- shifts --- */

static int
assign_minutes_of (const char *time)
{
  return time != NULL ? atoi (time) * 60 + atoi (time + 3) : 0;
}

static gboolean
is_on_day (MhRecord *shift, MhDate day)
{
  const char *from = mh_record_text (shift, MH_SHIFT_FROM_DATE);
  const char *until = mh_record_text (shift, MH_SHIFT_UNTIL_DATE);
  const char *kind = mh_record_text (shift, MH_SHIFT_KIND);
  const char *const *weekdays = mh_record_list (shift, MH_SHIFT_WEEKDAYS);
  char text[MH_DATE_LENGTH + 1];

  mh_date_format (day, text);
  if ((from != NULL && strcmp (text, from) < 0) || (until != NULL && strcmp (text, until) > 0))
    return FALSE;

  /* an exception without an end is of that one day */
  if (g_strcmp0 (kind, MH_SHIFT_WEEKLY) != 0)
    return until != NULL || g_strcmp0 (text, from) == 0;

  /* 1970-01-01 was a Thursday */
  gint64 weekday = ((mh_date_to_days (day) + 3) % 7 + 7) % 7;
  return weekdays != NULL && g_strv_contains (weekdays, mh_weekday_codes[weekday].code);
}

static gboolean
assign_covers (MhRecord *shift, MhDate day, int minute)
{
  int starts = assign_minutes_of (mh_record_text (shift, MH_SHIFT_STARTS));
  int ends = assign_minutes_of (mh_record_text (shift, MH_SHIFT_ENDS));
  if (!mh_record_has (shift, MH_SHIFT_STARTS))
    ends = DAY_MINUTES;
  if (starts < ends)
    return is_on_day (shift, day) && minute >= starts && minute < ends;
  /* over midnight: it belongs to the day on which it began */
  MhDate before = mh_date_from_days (mh_date_to_days (day) - 1);
  return (minute >= starts && is_on_day (shift, day))
         || (minute < ends && is_on_day (shift, before));
}

static MhRecord *
assign_find (GPtrArray *shifts, MhDate day, int minute, gboolean away)
{
  for (guint i = 0; i < shifts->len; i++)
    {
      MhRecord *shift = g_ptr_array_index (shifts, i);
      const char *kind = mh_record_text (shift, MH_SHIFT_KIND);
      if ((g_strcmp0 (kind, MH_SHIFT_AWAY) == 0) == away && assign_covers (shift, day, minute))
        return shift;
    }
  return NULL;
}

gboolean
mh_assign_on_shift (GPtrArray *shifts, MhDate day, int minute, gboolean *out_planned)
{
  *out_planned = shifts->len > 0;
  return assign_find (shifts, day, minute, TRUE) == NULL
         && assign_find (shifts, day, minute, FALSE) != NULL;
}

char *
mh_assign_shift_text (GPtrArray *shifts, MhDate day, int minute)
{
  MhRecord *shift = assign_find (shifts, day, minute, TRUE) == NULL
                        ? assign_find (shifts, day, minute, FALSE)
                        : NULL;
  if (shift == NULL)
    return NULL;
  if (!mh_record_has (shift, MH_SHIFT_STARTS))
    return g_strdup ("");
  return g_strdup_printf ("%.5s-%.5s", mh_record_text (shift, MH_SHIFT_STARTS),
                          mh_record_text (shift, MH_SHIFT_ENDS));
}

/* --- order of work --- */

static int
assign_urgency (MhRecord *order)
{
  const char *priority = mh_record_text (order, MH_ORDER_PRIORITY);
  if (g_strcmp0 (priority, MH_PRIORITY_STAT) == 0)
    return 0;
  return g_strcmp0 (priority, MH_PRIORITY_URGENT) == 0 ? 1 : 2;
}

static int
compare_int (gint64 a, gint64 b)
{
  return a < b ? -1 : a > b;
}

int
mh_assign_compare (MhRecord *a, MhRecord *b)
{
  int by = compare_int (assign_urgency (a), assign_urgency (b));
  if (by == 0)
    by = compare_int (mh_record_int (a, MH_ORDER_PROMISED_AT),
                      mh_record_int (b, MH_ORDER_PROMISED_AT));
  return by != 0 ? by
                 : compare_int (mh_record_int (a, MH_ORDER_ORDERED_AT),
                                mh_record_int (b, MH_ORDER_ORDERED_AT));
}

gint64
mh_assign_minutes (MhRecord *test, MhRecord *bench)
{
  if (test != NULL && mh_record_has (test, MH_TEST_EXPECTED_MINUTES))
    return mh_record_int (test, MH_TEST_EXPECTED_MINUTES);
  if (bench != NULL && mh_record_has (bench, MH_BENCH_EXPECTED_MINUTES))
    return mh_record_int (bench, MH_BENCH_EXPECTED_MINUTES);
  return DEFAULT_MINUTES;
}

gint64
mh_assign_open_minutes (MhRecord *order, GPtrArray *items)
{
  static const char *const drawn[] = { MH_ORDER_STATUS_PLACED, MH_ORDER_STATUS_COLLECTED, NULL };
  static const char *const over[]
      = { MH_ORDER_STATUS_COMPLETED, MH_ORDER_STATUS_CANCELLED, MH_ORDER_STATUS_EXPIRED, NULL };
  static const char *const open[]
      = { MH_ITEM_STATUS_TO_COLLECT, MH_ITEM_STATUS_COLLECTED, MH_ITEM_STATUS_RECEIVED, NULL };
  const char *status = mh_record_text (order, MH_ORDER_STATUS);
  gint64 minutes = 0;

  if (status != NULL && g_strv_contains (over, status))
    return 0;

  if (status != NULL && g_strv_contains (drawn, status))
    minutes = TUBE_MINUTES * mh_record_int (order, MH_ORDER_N_SAMPLES);
  for (guint i = 0; i < items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (items, i);
      const char *state = mh_record_text (item, MH_ORDER_ITEM_STATUS);
      if (state != NULL && g_strv_contains (open, state))
        minutes += mh_record_has (item, MH_ORDER_ITEM_MINUTES)
                       ? mh_record_int (item, MH_ORDER_ITEM_MINUTES)
                       : DEFAULT_MINUTES;
    }

  return minutes;
}

gboolean
mh_assign_is_manual (const char *reason)
{
  static const char *const own[]
      = { MH_ASSIGNED_AUTO, MH_ASSIGNED_IDLE, MH_ASSIGNED_OFF_SHIFT, NULL };
  return reason != NULL && !g_strv_contains (own, reason);
}
