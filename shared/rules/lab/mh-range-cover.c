/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/lab/mh-range-cover.h"

#include "shared/records/lab/mh-analyte.h"

#include <math.h>

static const struct
{
  const char *unit;
  double days;
} units[] = { { "y", 365.25 }, { "mo", 30.4375 }, { "w", 7 }, { "d", 1 } };

gboolean
mh_age_word_days (const char *word, gint64 *out_days)
{
  guint64 number = 0;
  const char *at = word;
  while (at != NULL && g_ascii_isdigit (*at) && number < 100000)
    number = number * 10 + (guint64)g_ascii_digit_value (*at++);

  if (at == NULL || at == word)
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (at, units[i].unit))
      {
        *out_days = (gint64)rint ((double)number * units[i].days);
        return TRUE;
      }

  return FALSE;
}

char *
mh_age_days_word (gint64 days)
{
  for (gsize i = 0; days > 0 && i < G_N_ELEMENTS (units); i++)
    {
      gint64 number = (gint64)rint ((double)days / units[i].days);
      gint64 back = (gint64)rint ((double)number * units[i].days);
      if (number > 0 && back == days)
        return g_strdup_printf ("%" G_GINT64_FORMAT "%s", number, units[i].unit);
    }
  return g_strdup_printf ("%" G_GINT64_FORMAT "d", days);
}

gboolean
mh_range_window (MhRecord *range, gint64 *out_from, gint64 *out_to)
{
  gint64 from = 0, to = MH_AGE_NO_END;
  if (mh_record_has (range, MH_REFERENCE_RANGE_FROM_AGE)
      && !mh_age_word_days (mh_record_text (range, MH_REFERENCE_RANGE_FROM_AGE), &from))
    return FALSE;
  if (mh_record_has (range, MH_REFERENCE_RANGE_TO_AGE)
      && !mh_age_word_days (mh_record_text (range, MH_REFERENCE_RANGE_TO_AGE), &to))
    return FALSE;
  if (to <= from)
    return FALSE;

  *out_from = from;
  *out_to = to;
  return TRUE;
}

/* --- overlaps --- */

static const char *
text_or (MhRecord *range, guint field, const char *otherwise)
{
  return mh_record_has (range, field) ? mh_record_text (range, field) : otherwise;
}

static gboolean
range_cover_same (MhRecord *a, MhRecord *b, guint field, const char *otherwise)
{
  return g_str_equal (text_or (a, field, otherwise), text_or (b, field, otherwise));
}

static gboolean
is_limited (gint64 from, gint64 to)
{
  return from > 0 || to != MH_AGE_NO_END;
}

gboolean
mh_range_shared (MhRecord *a, MhRecord *b, gint64 *out_from, gint64 *out_to)
{
  gint64 from_a, to_a, from_b, to_b;
  if (!range_cover_same (a, b, MH_REFERENCE_RANGE_ANALYTE, "")
      || !range_cover_same (a, b, MH_REFERENCE_RANGE_KIND, "")
      || g_str_equal (text_or (a, MH_REFERENCE_RANGE_KIND, ""), MH_RANGE_KIND_BAND)
      || !range_cover_same (a, b, MH_REFERENCE_RANGE_SEX, MH_RANGE_SEX_ANY)
      || !range_cover_same (a, b, MH_REFERENCE_RANGE_PREGNANCY, "")
      || !range_cover_same (a, b, MH_REFERENCE_RANGE_METHOD, ""))
    return FALSE;
  if (!mh_range_window (a, &from_a, &to_a) || !mh_range_window (b, &from_b, &to_b)
      || is_limited (from_a, to_a) != is_limited (from_b, to_b))
    return FALSE;
  if (from_a >= to_b || from_b >= to_a)
    return FALSE;

  *out_from = MAX (from_a, from_b);
  *out_to = MIN (to_a, to_b);
  return TRUE;
}

gboolean
mh_range_overlaps (MhRecord *a, MhRecord *b)
{
  gint64 from, to;
  return mh_range_shared (a, b, &from, &to);
}

MhRecord *
mh_range_find_overlap (GPtrArray *ranges, MhRecord *range)
{
  const char *id = mh_record_id (range);
  for (guint i = 0; ranges != NULL && i < ranges->len; i++)
    {
      MhRecord *other = g_ptr_array_index (ranges, i);
      if (other == range || mh_record_has (other, MH_DELETED_AT)
          || (id != NULL && g_strcmp0 (mh_record_id (other), id) == 0))
        continue;
      if (mh_range_overlaps (range, other))
        return other;
    }
  return NULL;
}

/* --- gaps --- */

typedef struct
{
  gint64 from, to;
} Window;

static int
compare_windows (gconstpointer a, gconstpointer b)
{
  const Window *left = a, *right = b;
  return left->from < right->from ? -1 : left->from > right->from;
}

/* A row beside @range, for some ages only, that whoever @range is for finds before it. */
static gboolean
hides_part (MhRecord *other, MhRecord *range, Window *out_window)
{
  const char *id = mh_record_id (range);
  return other != range && !mh_record_has (other, MH_DELETED_AT)
         && (id == NULL || g_strcmp0 (mh_record_id (other), id) != 0)
         && range_cover_same (other, range, MH_REFERENCE_RANGE_ANALYTE, "")
         && range_cover_same (other, range, MH_REFERENCE_RANGE_KIND, "")
         && range_cover_same (other, range, MH_REFERENCE_RANGE_SEX, MH_RANGE_SEX_ANY)
         && range_cover_same (other, range, MH_REFERENCE_RANGE_PREGNANCY, "")
         && range_cover_same (other, range, MH_REFERENCE_RANGE_METHOD, "")
         && mh_range_window (other, &out_window->from, &out_window->to)
         && is_limited (out_window->from, out_window->to);
}

gboolean
mh_range_is_hidden (GPtrArray *ranges, MhRecord *range)
{
  gint64 from, to, reached = 0;
  g_autoptr (GArray) windows = g_array_new (FALSE, FALSE, sizeof (Window));
  if (ranges == NULL || !mh_range_window (range, &from, &to) || is_limited (from, to)
      || g_str_equal (text_or (range, MH_REFERENCE_RANGE_KIND, ""), MH_RANGE_KIND_BAND))
    return FALSE;

  for (guint i = 0; i < ranges->len; i++)
    {
      Window window;
      if (hides_part (g_ptr_array_index (ranges, i), range, &window))
        g_array_append_val (windows, window);
    }

  g_array_sort (windows, compare_windows);
  for (guint i = 0; i < windows->len; i++)
    {
      const Window *window = &g_array_index (windows, Window, i);
      if (window->from > reached)
        return FALSE;
      reached = MAX (reached, window->to);
    }

  return reached == MH_AGE_NO_END;
}

/* The rows that somebody of @sex who is not pregnant may find by @method. */
static GArray *
windows_of (GPtrArray *ranges, const char *analyte, const char *sex, const char *method)
{
  GArray *windows = g_array_new (FALSE, FALSE, sizeof (Window));
  for (guint i = 0; i < ranges->len; i++)
    {
      MhRecord *range = g_ptr_array_index (ranges, i);
      const char *own = text_or (range, MH_REFERENCE_RANGE_METHOD, NULL);
      const char *row_sex = text_or (range, MH_REFERENCE_RANGE_SEX, MH_RANGE_SEX_ANY);
      Window window;
      if (mh_record_has (range, MH_DELETED_AT)
          || g_strcmp0 (mh_record_text (range, MH_REFERENCE_RANGE_ANALYTE), analyte) != 0
          || g_strcmp0 (mh_record_text (range, MH_REFERENCE_RANGE_KIND), MH_RANGE_KIND_REFERENCE)
                 != 0
          || mh_record_has (range, MH_REFERENCE_RANGE_PREGNANCY)
          || (own != NULL && g_strcmp0 (own, method) != 0)
          || (!g_str_equal (row_sex, MH_RANGE_SEX_ANY) && !g_str_equal (row_sex, sex))
          || !mh_range_window (range, &window.from, &window.to))
        continue;
      g_array_append_val (windows, window);
    }

  g_array_sort (windows, compare_windows);
  return windows;
}

static void
range_cover_add_gap (GArray *gaps,
                     gint64 from,
                     gint64 to,
                     const char *sex,
                     const char *method,
                     gboolean inner)
{
  for (guint i = 0; i < gaps->len; i++)
    {
      MhRangeGap *gap = &g_array_index (gaps, MhRangeGap, i);
      if (gap->from == from && gap->to == to && gap->inner == inner
          && g_strcmp0 (gap->method, method) == 0)
        {
          gap->sex = g_str_equal (gap->sex, sex) ? sex : MH_RANGE_SEX_ANY;
          return;
        }
    }

  const MhRangeGap gap = { from, to, sex, method, inner };
  g_array_append_val (gaps, gap);
}

static void
find_gaps (GPtrArray *ranges,
           const char *analyte,
           const char *sex,
           const char *method,
           GArray *gaps)
{
  g_autoptr (GArray) windows = windows_of (ranges, analyte, sex, method);
  gint64 reached = 0;
  for (guint i = 0; i < windows->len; i++)
    {
      const Window *window = &g_array_index (windows, Window, i);
      if (window->from > reached)
        range_cover_add_gap (gaps, reached, window->from, sex, method, i > 0);
      reached = MAX (reached, window->to);
    }
  if (reached != MH_AGE_NO_END)
    range_cover_add_gap (gaps, reached, MH_AGE_NO_END, sex, method, FALSE);
}

static int
compare_gaps (gconstpointer a, gconstpointer b)
{
  const MhRangeGap *left = a, *right = b;
  return left->from < right->from ? -1 : left->from > right->from;
}

static gboolean
range_cover_same_text (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (a, b) == 0;
}

static gboolean
has_reference (GPtrArray *ranges, const char *analyte, GPtrArray *methods)
{
  gboolean any = FALSE;
  for (guint i = 0; ranges != NULL && i < ranges->len; i++)
    {
      MhRecord *range = g_ptr_array_index (ranges, i);
      const char *method = text_or (range, MH_REFERENCE_RANGE_METHOD, NULL);
      if (mh_record_has (range, MH_DELETED_AT)
          || g_strcmp0 (mh_record_text (range, MH_REFERENCE_RANGE_ANALYTE), analyte) != 0
          || g_strcmp0 (mh_record_text (range, MH_REFERENCE_RANGE_KIND), MH_RANGE_KIND_REFERENCE)
                 != 0)
        continue;
      any = TRUE;
      if (!g_ptr_array_find_with_equal_func (methods, method, range_cover_same_text, NULL))
        g_ptr_array_add (methods, (gpointer)method);
    }

  return any;
}

GArray *
mh_range_gaps (GPtrArray *ranges, const char *analyte)
{
  static const char *const sexes[] = { MH_RANGE_SEX_FEMALE, MH_RANGE_SEX_MALE };
  GArray *gaps = g_array_new (FALSE, FALSE, sizeof (MhRangeGap));
  g_autoptr (GPtrArray) methods = g_ptr_array_new ();
  if (!has_reference (ranges, analyte, methods))
    return gaps;
  for (guint m = 0; m < methods->len; m++)
    for (gsize i = 0; i < G_N_ELEMENTS (sexes); i++)
      find_gaps (ranges, analyte, sexes[i], g_ptr_array_index (methods, m), gaps);
  g_array_sort (gaps, compare_gaps);
  return gaps;
}

char *
mh_range_gap_text (const MhRangeGap *gap)
{
  g_autofree char *from = mh_age_days_word (gap->from);
  g_autofree char *to = gap->to != MH_AGE_NO_END ? mh_age_days_word (gap->to) : NULL;
  const char *who = g_str_equal (gap->sex, MH_RANGE_SEX_FEMALE) ? ", female"
                    : g_str_equal (gap->sex, MH_RANGE_SEX_MALE) ? ", male"
                                                                : "";
  g_autofree char *how
      = gap->method != NULL ? g_strdup_printf (", by %s", gap->method) : g_strdup ("");
  if (to == NULL)
    return g_strdup_printf ("from %s%s%s", from, who, how);
  return g_strdup_printf ("from %s to %s%s%s", from, to, who, how);
}
