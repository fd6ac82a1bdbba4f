/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/lab/mh-work-time.h"

#include "shared/base/mh-clock.h"

#include <string.h>

#define MOST_SPANS 4
#define MOST_DAYS (3 * 366)
#define MINUTES_OF_DAY (24 * 60)

/* Minutes since midnight, [open, close). */
typedef struct
{
  guint n;
  int open[MOST_SPANS], close[MOST_SPANS];
} Hours;

/* The same as instants of one day. */
typedef struct
{
  guint n;
  gint64 open[MOST_SPANS], close[MOST_SPANS];
} Day;

struct _MhWorkTime
{
  gboolean always;
  Hours week[7];        /* from Monday */
  GHashTable *holidays; /* "2026-01-26", "08-15" */
  GTimeZone *zone;
  GHashTable *days; /* number of the day → Day */
};

static const char *const names[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

/* --- reading --- */

static int
work_time_day_of (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (names[i], name) == 0)
      return (int)i;
  return -1;
}

/* "08:30" → 510; -1. */
static int
minute_of (const char *text)
{
  if (strlen (text) != 5 || text[2] != ':' || !g_ascii_isdigit (text[0])
      || !g_ascii_isdigit (text[1]) || !g_ascii_isdigit (text[3]) || !g_ascii_isdigit (text[4]))
    return -1;
  int hour = (text[0] - '0') * 10 + text[1] - '0', minute = (text[3] - '0') * 10 + text[4] - '0';
  return minute > 59 || hour * 60 + minute > MINUTES_OF_DAY ? -1 : hour * 60 + minute;
}

static gboolean
read_span (const char *word, Hours *hours)
{
  g_auto (GStrv) ends = g_strsplit (word, "-", 2);
  int open = g_strv_length (ends) == 2 ? minute_of (ends[0]) : -1;
  int close = open >= 0 ? minute_of (ends[1]) : -1;
  gboolean follows = hours->n == 0 || open >= hours->close[hours->n - 1];
  if (close <= open || hours->n == MOST_SPANS || !follows)
    return FALSE;
  hours->open[hours->n] = open;
  hours->close[hours->n++] = close;
  return TRUE;
}

/* "mon-fri" → 0, 4; "sat-mon" goes over the week's end. */
static gboolean
work_time_read_days (const char *word, int *out_first, int *out_last)
{
  g_auto (GStrv) ends = g_strsplit (word, "-", 2);
  *out_first = work_time_day_of (ends[0] != NULL ? ends[0] : "");
  *out_last = ends[0] != NULL && ends[1] != NULL ? work_time_day_of (ends[1]) : *out_first;
  return *out_first >= 0 && *out_last >= 0;
}

static gboolean
work_time_read_part (MhWorkTime *work, const char *part)
{
  g_auto (GStrv) words = g_strsplit_set (part, " \t", -1);
  Hours hours = { 0 };
  int first = -1, last = -1;

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] == '\0')
      continue;
    else if (first < 0 ? !work_time_read_days (words[i], &first, &last)
                       : !read_span (words[i], &hours))
      return FALSE;

  if (first < 0)
    return TRUE; /* nothing between two semicolons */
  if (hours.n == 0)
    return FALSE;

  for (int day = first;; day = (day + 1) % 7)
    {
      if (work->week[day].n > 0)
        return FALSE;
      work->week[day] = hours;
      if (day == last)
        return TRUE;
    }
}

static gboolean
work_time_read_hours (MhWorkTime *work, const char *hours, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (hours, ";", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (!work_time_read_part (work, parts[i]))
      {
        mh_error_set_field (error, "hours", "unreadable",
                            "Write opening hours like: mon-sat 08:00-20:00; sun 09:00-13:00.");
        return FALSE;
      }
  return TRUE;
}

static gboolean
read_holidays (MhWorkTime *work, const char *holidays, GError **error)
{
  g_auto (GStrv) words = g_strsplit_set (holidays, " ,;\n\t", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      MhDate date;
      g_autofree char *leap = g_strconcat ("2024-", words[i], NULL);
      if (words[i][0] == '\0')
        continue;
      if (!mh_date_parse (words[i], &date) && !mh_date_parse (leap, &date))
        {
          mh_error_set_field (error, "holidays", "unreadable",
                              "Write holidays like: 2026-01-26 08-15.");
          return FALSE;
        }
      g_hash_table_add (work->holidays, g_strdup (words[i]));
    }

  return TRUE;
}

MhWorkTime *
mh_work_time_new (const char *hours, const char *holidays, GTimeZone *zone, GError **error)
{
  g_autoptr (MhWorkTime) work = g_new0 (MhWorkTime, 1);
  work->holidays = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  work->days = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  work->zone = zone != NULL ? g_time_zone_ref (zone) : g_time_zone_new_utc ();
  if (!work_time_read_hours (work, hours != NULL ? hours : "", error)
      || !read_holidays (work, holidays != NULL ? holidays : "", error))
    return NULL;

  work->always = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (work->week); i++)
    work->always = work->always && work->week[i].n == 0;
  if (work->always)
    for (guint i = 0; i < G_N_ELEMENTS (work->week); i++)
      work->week[i] = (Hours){ 1, { 0 }, { MINUTES_OF_DAY } };

  work->always = work->always && g_hash_table_size (work->holidays) == 0;
  return g_steal_pointer (&work);
}

void
mh_work_time_free (MhWorkTime *work)
{
  if (work == NULL)
    return;
  g_hash_table_unref (work->holidays);
  g_hash_table_unref (work->days);
  g_time_zone_unref (work->zone);
  g_free (work);
}

/* --- days --- */

static gint64
work_time_instant_of (const MhWorkTime *work, gint64 day, int minute)
{
  MhDate date = mh_date_from_days (minute == MINUTES_OF_DAY ? day + 1 : day);
  minute %= MINUTES_OF_DAY;
  g_autoptr (GDateTime) time
      = g_date_time_new (work->zone, date.year, date.month, date.day, minute / 60, minute % 60, 0);
  return time != NULL ? g_date_time_to_unix (time) * MH_SECOND : 0;
}

static const Day *
day_at (MhWorkTime *work, gint64 number)
{
  Day *day = g_hash_table_lookup (work->days, &number);
  if (day != NULL)
    return day;

  char text[MH_DATE_LENGTH + 1];
  mh_date_format (mh_date_from_days (number), text);
  const Hours *hours = &work->week[((number + 3) % 7 + 7) % 7]; /* 1970-01-01 was a Thursday */

  day = g_new0 (Day, 1);
  if (!g_hash_table_contains (work->holidays, text)
      && !g_hash_table_contains (work->holidays, text + strlen ("2026-")))
    for (day->n = 0; day->n < hours->n; day->n++)
      {
        day->open[day->n] = work_time_instant_of (work, number, hours->open[day->n]);
        day->close[day->n] = work_time_instant_of (work, number, hours->close[day->n]);
      }

  g_hash_table_insert (work->days, g_memdup2 (&number, sizeof number), day);
  return day;
}

static gint64
work_time_number_of (MhWorkTime *work, gint64 instant)
{
  return mh_date_to_days (mh_date_of_instant (instant, work->zone));
}

gint64
mh_work_time_between (MhWorkTime *work, gint64 from, gint64 to)
{
  gint64 sum = 0;
  if (to <= from)
    return 0;
  if (work->always)
    return to - from;

  gint64 last = work_time_number_of (work, to);
  for (gint64 number = work_time_number_of (work, from); number <= last; number++)
    {
      const Day *day = day_at (work, number);
      for (guint i = 0; i < day->n; i++)
        sum += MAX (0, MIN (day->close[i], to) - MAX (day->open[i], from));
    }

  return sum;
}

gint64
mh_work_time_after (MhWorkTime *work, gint64 from, gint64 length)
{
  if (work->always || length <= 0)
    return from + MAX (length, 0);

  gint64 first = work_time_number_of (work, from);
  for (gint64 number = first; number < first + MOST_DAYS; number++)
    {
      const Day *day = day_at (work, number);
      for (guint i = 0; i < day->n; i++)
        {
          gint64 open = MAX (day->open[i], from), here = MAX (0, day->close[i] - open);
          if (length <= here)
            return open + length;
          length -= here;
        }
    }

  return G_MAXINT64;
}

guint
mh_work_time_day (MhWorkTime *work, MhDate date, gint64 *out_open, gint64 *out_close, guint most)
{
  const Day *day = day_at (work, mh_date_to_days (date));
  guint n = MIN (day->n, most);
  memcpy (out_open, day->open, n * sizeof *out_open);
  memcpy (out_close, day->close, n * sizeof *out_close);
  return n;
}

gint64
mh_nearest_rank (gint64 n, guint percent)
{
  return (n * percent + 99) / 100;
}

/* Hoare's quickselect around the middle of three: what is in order already is no worst case. */
gint64
mh_nearest_value (gint64 *values, gint64 n, guint percent)
{
  gint64 low = 0, high = n - 1, wanted = mh_nearest_rank (n, percent) - 1;
  while (low < high)
    {
      gint64 a = values[low], b = values[low + (high - low) / 2], c = values[high];
      gint64 pivot = MAX (MIN (a, b), MIN (MAX (a, b), c)), left = low, right = high;
      while (left <= right)
        {
          while (values[left] < pivot)
            left++;
          while (values[right] > pivot)
            right--;
          if (left <= right)
            {
              gint64 other = values[left];
              values[left++] = values[right];
              values[right--] = other;
            }
        }
      if (wanted <= right)
        high = right;
      else if (wanted >= left)
        low = left;
      else
        break;
    }

  return n > 0 ? values[MAX (0, wanted)] : -1;
}
