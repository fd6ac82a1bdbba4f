/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mh_range_judge(): what a value is worth. */
#include "shared/rules/mh-range.h"

#include "shared/base/mh-decimal.h"
#include "shared/base/mh-error.h"
#include "shared/records/mh-analyte.h"
#include "shared/records/mh-result.h"

#include <string.h>

/* What was typed: a number, or only that it lies on one side of one. */
typedef struct
{
  MhDecimal number;
  int side;           /* -1: below it, 0: the number itself, 1: above it */
  gboolean including; /* "<=" and ">=": the number itself may be it */
} Measured;

static gboolean
read_measured (const char *text, Measured *out_measured)
{
  Measured m = { 0 };
  if (*text == '<' || *text == '>')
    {
      m.side = *text == '<' ? -1 : 1;
      text++;
      m.including = *text == '=';
      text += m.including;
      while (*text == ' ')
        text++;
    }
  if (!mh_decimal_parse (text, &m.number))
    return FALSE;
  *out_measured = m;
  return TRUE;
}

typedef enum
{
  INSIDE,
  BELOW,
  ABOVE,
  UNSURE, /* "<5" against a low limit of 3 */
} Place;

typedef struct
{
  MhDecimal low, high;
  gboolean has_low, has_high, low_open, high_open;
} Limits;

/* FALSE: a limit that is no number. */
static gboolean
read_limits (MhRecord *record, guint low_field, guint high_field, Limits *out_limits)
{
  Limits limits = { .has_low = mh_record_has (record, low_field),
                    .has_high = mh_record_has (record, high_field) };
  if ((limits.has_low && !mh_decimal_parse (mh_record_text (record, low_field), &limits.low))
      || (limits.has_high && !mh_decimal_parse (mh_record_text (record, high_field), &limits.high)))
    return FALSE;
  *out_limits = limits;
  return TRUE;
}

static gboolean
read_range_limits (MhRecord *range, Limits *out_limits)
{
  if (!read_limits (range, MH_REFERENCE_RANGE_LOW, MH_REFERENCE_RANGE_HIGH, out_limits))
    return FALSE;
  out_limits->low_open = mh_record_bool (range, MH_REFERENCE_RANGE_LOW_OPEN);
  out_limits->high_open = mh_record_bool (range, MH_REFERENCE_RANGE_HIGH_OPEN);
  return TRUE;
}

/* Everything below @m is at most just under it; so what lies under a limit that includes itself is
 * below already when the numbers are equal. What begins at 0 is never negative: a range without a
 * low limit, or with one of 0, holds all the way down. */
static Place
place_lower (const Limits *limits, const Measured *m)
{
  int to_low = limits->has_low ? mh_decimal_compare (m->number, limits->low) : 1;
  int to_high = limits->has_high ? mh_decimal_compare (m->number, limits->high) : -1;
  gboolean bounded = limits->has_low && limits->low.mantissa != 0;
  if (limits->has_low && (to_low < 0 || (to_low == 0 && (!m->including || limits->low_open))))
    return BELOW;
  if (bounded || to_high > 0 || (to_high == 0 && m->including && limits->high_open))
    return UNSURE;
  return INSIDE;
}

static Place
place_upper (const Limits *limits, const Measured *m)
{
  int to_low = limits->has_low ? mh_decimal_compare (m->number, limits->low) : 1;
  int to_high = limits->has_high ? mh_decimal_compare (m->number, limits->high) : -1;
  if (limits->has_high && (to_high > 0 || (to_high == 0 && (!m->including || limits->high_open))))
    return ABOVE;
  if (limits->has_high || to_low < 0 || (to_low == 0 && m->including && limits->low_open))
    return UNSURE;
  return INSIDE;
}

static Place
place (const Limits *limits, const Measured *m)
{
  if (m->side != 0)
    return m->side < 0 ? place_lower (limits, m) : place_upper (limits, m);
  int to_low = limits->has_low ? mh_decimal_compare (m->number, limits->low) : 1;
  int to_high = limits->has_high ? mh_decimal_compare (m->number, limits->high) : -1;
  if (to_low < 0 || (to_low == 0 && limits->low_open))
    return BELOW;
  return to_high > 0 || (to_high == 0 && limits->high_open) ? ABOVE : INSIDE;
}

/* --- numbers --- */

static gboolean
is_plausible (MhRecord *analyte, const Measured *m, GError **error)
{
  Limits limits;
  Measured number = { .number = m->number };
  if (!read_limits (analyte, MH_ANALYTE_PLAUSIBLE_LOW, MH_ANALYTE_PLAUSIBLE_HIGH, &limits)
      || place (&limits, &number) == INSIDE)
    return TRUE;
  const char *low = mh_record_text (analyte, MH_ANALYTE_PLAUSIBLE_LOW);
  const char *high = mh_record_text (analyte, MH_ANALYTE_PLAUSIBLE_HIGH);
  const char *unit = mh_record_text (analyte, MH_ANALYTE_UNIT);
  mh_error_set_field (
      error, "value", "out_of_range",
      "This cannot be right: values lie between %s and %s%s%s. Check the digits and "
      "the unit.",
      low != NULL ? low : "any", high != NULL ? high : "any", unit != NULL ? " " : "",
      unit != NULL ? unit : "");
  return FALSE;
}

/* Outside what can be measured a value is printed as the limit. */
static void
judge_reportable (MhRecord *analyte, const Measured *m, MhJudgement *judgement)
{
  Limits limits;
  if (m->side != 0
      || !read_limits (analyte, MH_ANALYTE_REPORTABLE_LOW, MH_ANALYTE_REPORTABLE_HIGH, &limits))
    return;
  Place where = place (&limits, m);
  if (where == BELOW)
    g_snprintf (judgement->reported, sizeof judgement->reported, "<%s",
                mh_record_text (analyte, MH_ANALYTE_REPORTABLE_LOW));
  else if (where == ABOVE)
    g_snprintf (judgement->reported, sizeof judgement->reported, ">%s",
                mh_record_text (analyte, MH_ANALYTE_REPORTABLE_HIGH));
}

static void
judge_critical (GPtrArray *ranges,
                const char *analyte,
                const MhSubject *subject,
                const Measured *m,
                MhJudgement *judgement)
{
  Limits limits;
  MhRecord *range = NULL;
  if (mh_range_choose (ranges, analyte, MH_RANGE_KIND_CRITICAL, subject, &range) != MH_RANGE_FOUND
      || !read_range_limits (range, &limits))
    return;
  judgement->critical_range = range;
  if (mh_record_bool (range, MH_REFERENCE_RANGE_FIRST_TIME_ONLY) && subject->was_critical)
    return;
  Place where = place (&limits, m);
  judgement->critical = where == BELOW || where == ABOVE;
  if (judgement->critical)
    judgement->flag = where == BELOW ? MH_FLAG_LL : MH_FLAG_HH;
}

static void
judge_reference (GPtrArray *ranges,
                 const char *analyte,
                 const MhSubject *subject,
                 const Measured *m,
                 MhJudgement *judgement)
{
  Limits limits;
  judgement->outcome
      = mh_range_choose (ranges, analyte, MH_RANGE_KIND_REFERENCE, subject, &judgement->reference);
  if (judgement->outcome == MH_RANGE_FOUND && !read_range_limits (judgement->reference, &limits))
    judgement->outcome = MH_RANGE_BROKEN;
  if (judgement->outcome != MH_RANGE_FOUND)
    judgement->reference = NULL;
  if (judgement->flag != NULL)
    return;
  const char *off_scale = m->side < 0                   ? MH_FLAG_BELOW
                          : m->side > 0                 ? MH_FLAG_ABOVE
                          : *judgement->reported == '<' ? MH_FLAG_BELOW
                          : *judgement->reported == '>' ? MH_FLAG_ABOVE
                                                        : NULL;
  if (judgement->reference == NULL || (!limits.has_low && !limits.has_high))
    {
      judgement->flag = off_scale;
      return;
    }
  static const char *const flags[] = { MH_FLAG_N, MH_FLAG_L, MH_FLAG_H, NULL };
  Place where = place (&limits, m);
  judgement->flag = where == UNSURE ? off_scale : flags[where];
}

static gboolean
judge_number (MhRecord *analyte,
              GPtrArray *ranges,
              const MhSubject *subject,
              const char *value,
              MhJudgement *judgement,
              GError **error)
{
  Measured m;
  const char *code = mh_record_text (analyte, MH_ANALYTE_CODE);
  if (!read_measured (value, &m))
    {
      mh_error_set_field (error, "value", "format",
                          "Type a number, such as 13.2, or <0.5 outside what can be measured.");
      return FALSE;
    }
  if (!is_plausible (analyte, &m, error))
    return FALSE;
  judge_reportable (analyte, &m, judgement);
  judge_critical (ranges, code, subject, &m, judgement);
  judge_reference (ranges, code, subject, &m, judgement);
  return TRUE;
}

/* --- choices and titres --- */

static gboolean
judge_choice (MhRecord *value_set, const char *value, MhJudgement *judgement, GError **error)
{
  GPtrArray *choices
      = value_set != NULL ? mh_record_records (value_set, MH_VALUE_SET_CHOICES) : NULL;
  for (guint i = 0; choices != NULL && i < choices->len; i++)
    {
      MhRecord *choice = g_ptr_array_index (choices, i);
      if (g_strcmp0 (mh_record_text (choice, MH_VALUE_CHOICE_CODE), value) != 0)
        continue;
      const char *flag = mh_record_text (choice, MH_VALUE_CHOICE_FLAG);
      for (const MhCode *code = mh_result_flag_codes; code->code != NULL; code++)
        if (g_strcmp0 (code->code, flag) == 0)
          judgement->flag = code->code;
      judgement->critical = g_strcmp0 (flag, MH_FLAG_AA) == 0;
      return TRUE;
    }
  mh_error_set_field (error, "value", "unknown_code", "Choose one of the listed values.");
  return FALSE;
}

/* "<1:40" is less than the first dilution and never significant; "≥" is typed as ">=". */
static gboolean
judge_titre (MhRecord *analyte, const char *value, MhJudgement *judgement, GError **error)
{
  Measured m;
  const char *prefix = mh_record_text (analyte, MH_ANALYTE_TITER_PREFIX);
  g_autofree char *plain = NULL;
  const char *colon = strstr (value, prefix != NULL && *prefix != 0 ? prefix : "1:");
  if (colon != NULL)
    {
      gsize length = strlen (prefix != NULL && *prefix != 0 ? prefix : "1:");
      plain = g_strdup_printf ("%.*s%s", (int)(colon - value), value, colon + length);
    }
  if (!read_measured (plain != NULL ? plain : value, &m) || m.number.scale != 0
      || m.number.mantissa <= 0)
    {
      mh_error_set_field (error, "value", "format", "Type a titre, such as 1:160.");
      return FALSE;
    }
  gint64 significant = mh_record_int (analyte, MH_ANALYTE_TITER_SIGNIFICANT);
  if (significant > 0)
    judgement->flag = m.number.mantissa >= significant && m.side >= 0 ? MH_FLAG_A : MH_FLAG_N;
  return TRUE;
}

gboolean
mh_range_judge (MhRecord *analyte,
                GPtrArray *ranges,
                MhRecord *value_set,
                const MhSubject *subject,
                const char *value,
                MhJudgement *out_judgement,
                GError **error)
{
  MhJudgement judgement = { .outcome = MH_RANGE_NONE };
  const char *kind = mh_record_text (analyte, MH_ANALYTE_KIND);
  gboolean ok = TRUE;
  if (g_strcmp0 (kind, MH_ANALYTE_KIND_NUMERIC) == 0
      || g_strcmp0 (kind, MH_ANALYTE_KIND_CALCULATED) == 0)
    ok = judge_number (analyte, ranges, subject, value, &judgement, error);
  else if (g_strcmp0 (kind, MH_ANALYTE_KIND_CODED) == 0)
    ok = judge_choice (value_set, value, &judgement, error);
  else if (g_strcmp0 (kind, MH_ANALYTE_KIND_TITER) == 0)
    ok = judge_titre (analyte, value, &judgement, error);
  if (ok)
    *out_judgement = judgement;
  return ok;
}
