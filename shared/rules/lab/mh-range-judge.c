/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mh_range_judge(): what a value is worth. */
#include "shared/rules/lab/mh-range.h"

#include "shared/base/mh-decimal.h"
#include "shared/base/mh-error.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-result.h"
#include "shared/rules/lab/mh-measured.h"

#include <string.h>

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
read_limits (const MhBounds *bounds, Limits *out_limits)
{
  Limits limits = { .has_low = bounds->low != NULL,
                    .has_high = bounds->high != NULL,
                    .low_open = bounds->low_open,
                    .high_open = bounds->high_open };
  if ((limits.has_low && !mh_decimal_parse (bounds->low, &limits.low))
      || (limits.has_high && !mh_decimal_parse (bounds->high, &limits.high)))
    return FALSE;
  *out_limits = limits;
  return TRUE;
}

/* Whoever writes "<=7" has seen that it is not more than 7 and not how much less, so at the limit
 * it counts as beyond it: what may be low is told as low. What begins at 0 is never negative: a
 * range without a low limit, or with one of 0, holds all the way down. */
static Place
place_lower (const Limits *limits, const MhMeasured *m)
{
  int to_low = limits->has_low ? mh_decimal_compare (m->number, limits->low) : 1;
  int to_high = limits->has_high ? mh_decimal_compare (m->number, limits->high) : -1;
  gboolean bounded = limits->has_low && limits->low.mantissa != 0;
  gboolean beyond_limit = !m->including || bounded || limits->low_open;
  if (limits->has_low && (to_low < 0 || (to_low == 0 && beyond_limit)))
    return BELOW;
  if (bounded || to_high > 0 || (to_high == 0 && m->including && limits->high_open))
    return UNSURE;
  return INSIDE;
}

static Place
place_upper (const Limits *limits, const MhMeasured *m)
{
  int to_low = limits->has_low ? mh_decimal_compare (m->number, limits->low) : 1;
  int to_high = limits->has_high ? mh_decimal_compare (m->number, limits->high) : -1;
  if (limits->has_high && to_high >= 0)
    return ABOVE;
  if (limits->has_high || to_low < 0 || (to_low == 0 && m->including && limits->low_open))
    return UNSURE;
  return INSIDE;
}

static Place
range_judge_place (const Limits *limits, const MhMeasured *m)
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

/* On which side of what can be the number itself lies, "<" or ">" aside. */
static Place
place_plausible (const MhBounds *plausible, const MhMeasured *m)
{
  Limits limits;
  MhMeasured number = { .number = m->number };
  return read_limits (plausible, &limits) ? range_judge_place (&limits, &number) : INSIDE;
}

static void
refuse_implausible (const MhLimits *limits, GError **error)
{
  const char *low = limits->plausible.low, *high = limits->plausible.high, *unit = limits->unit;
  mh_error_set_field (
      error, "value", "out_of_range",
      "This cannot be right: values lie between %s and %s%s%s. Check the digits and "
      "the unit.",
      low != NULL ? low : "any", high != NULL ? high : "any", unit != NULL ? " " : "",
      unit != NULL ? unit : "");
}

static void
report_as (MhJudgement *judgement, Place where, const char *limit)
{
  g_snprintf (judgement->reported, sizeof judgement->reported, "%c%s", where == BELOW ? '<' : '>',
              limit);
}

/* Outside what can be measured a value is printed as the limit. What was entered as "<5" stands as
 * it was entered; what was worked out from one is held to the limit like a number. */
static void
judge_reportable (const MhBounds *reportable,
                  const MhMeasured *m,
                  gboolean calculated,
                  MhJudgement *judgement)
{
  Limits limits;
  if ((m->side != 0 && !calculated) || !read_limits (reportable, &limits))
    return;
  Place where = range_judge_place (&limits, m);
  gboolean points_there = m->side == 0 || (m->side < 0) == (where == BELOW);
  if ((where == BELOW || where == ABOVE) && points_there)
    report_as (judgement, where, where == BELOW ? reportable->low : reportable->high);
}

static void
judge_beyond (const MhBounds *plausible, Place where, MhJudgement *judgement)
{
  judgement->beyond = where != INSIDE;
  if (judgement->beyond && judgement->reported[0] == 0)
    report_as (judgement, where, where == BELOW ? plausible->low : plausible->high);
}

static void
judge_critical (const MhBounds *critical, const MhMeasured *m, MhJudgement *judgement)
{
  Limits limits;
  if (!read_limits (critical, &limits))
    return;
  Place where = range_judge_place (&limits, m);
  judgement->critical = where == BELOW || where == ABOVE;
  if (judgement->critical)
    judgement->flag = where == BELOW ? MH_FLAG_LL : MH_FLAG_HH;
}

static void
judge_reference (const MhBounds *reference, const MhMeasured *m, MhJudgement *judgement)
{
  Limits limits;
  if (judgement->flag != NULL)
    return;

  const char *off_scale = m->side < 0                   ? MH_FLAG_BELOW
                          : m->side > 0                 ? MH_FLAG_ABOVE
                          : *judgement->reported == '<' ? MH_FLAG_BELOW
                          : *judgement->reported == '>' ? MH_FLAG_ABOVE
                                                        : NULL;

  if (!read_limits (reference, &limits) || (!limits.has_low && !limits.has_high))
    {
      judgement->flag = off_scale;
      return;
    }

  static const char *const flags[] = { MH_FLAG_N, MH_FLAG_L, MH_FLAG_H, NULL };
  Place where = range_judge_place (&limits, m);
  judgement->flag = where == UNSURE ? off_scale : flags[where];
}

gboolean
mh_limits_judge (const MhLimits *limits,
                 const char *value,
                 gboolean calculated,
                 MhJudgement *out_judgement,
                 GError **error)
{
  MhMeasured m;
  MhJudgement judgement = *out_judgement;
  if (!mh_measured_read (value, &m))
    {
      mh_error_set_field (error, "value", "format",
                          "Type a number, such as 13.2, or <0.5 outside what can be measured.");
      return FALSE;
    }

  Place where = place_plausible (&limits->plausible, &m);
  if (where != INSIDE && !calculated)
    {
      refuse_implausible (limits, error);
      return FALSE;
    }

  judgement.flag = NULL;
  judgement.critical = judgement.beyond = FALSE;
  judgement.reported[0] = 0;
  judge_reportable (&limits->reportable, &m, calculated, &judgement);
  judge_beyond (&limits->plausible, where, &judgement);
  judge_critical (&limits->critical, &m, &judgement);
  judge_reference (&limits->reference, &m, &judgement);
  *out_judgement = judgement;

  return TRUE;
}

static MhBounds
range_bounds (MhRecord *range)
{
  return (MhBounds){ mh_record_text (range, MH_REFERENCE_RANGE_LOW),
                     mh_record_text (range, MH_REFERENCE_RANGE_HIGH),
                     mh_record_bool (range, MH_REFERENCE_RANGE_LOW_OPEN),
                     mh_record_bool (range, MH_REFERENCE_RANGE_HIGH_OPEN) };
}

/* A critical row that cannot be read is none; a row that counts once counts no more after that. */
static void
choose_critical (GPtrArray *ranges,
                 const char *analyte,
                 const MhSubject *subject,
                 MhLimits *limits,
                 MhJudgement *judgement)
{
  Limits readable;
  MhRecord *range = NULL;
  if (mh_range_choose (ranges, analyte, MH_RANGE_KIND_CRITICAL, subject, &range) != MH_RANGE_FOUND)
    return;
  MhBounds bounds = range_bounds (range);
  if (!read_limits (&bounds, &readable))
    return;
  judgement->critical_range = range;
  if (!mh_record_bool (range, MH_REFERENCE_RANGE_FIRST_TIME_ONLY) || !subject->was_critical)
    limits->critical = bounds;
}

static void
choose_reference (GPtrArray *ranges,
                  const char *analyte,
                  const MhSubject *subject,
                  MhLimits *limits,
                  MhJudgement *judgement)
{
  Limits readable;
  MhRecord *range = NULL;
  judgement->outcome = mh_range_choose (ranges, analyte, MH_RANGE_KIND_REFERENCE, subject, &range);
  if (judgement->outcome != MH_RANGE_FOUND)
    return;

  MhBounds bounds = range_bounds (range);
  if (!read_limits (&bounds, &readable))
    {
      judgement->outcome = MH_RANGE_BROKEN;
      return;
    }

  judgement->reference = range;
  limits->reference = bounds;
}

/* What a number of that analyte is held against; @judgement is told which ranges that are. */
static MhLimits
range_limits_of (MhRecord *analyte,
                 GPtrArray *ranges,
                 const MhSubject *subject,
                 MhJudgement *judgement)
{
  const char *code = mh_record_text (analyte, MH_ANALYTE_CODE);
  MhLimits limits = {
    .plausible = { .low = mh_record_text (analyte, MH_ANALYTE_PLAUSIBLE_LOW),
                   .high = mh_record_text (analyte, MH_ANALYTE_PLAUSIBLE_HIGH) },
    .reportable = { .low = mh_record_text (analyte, MH_ANALYTE_REPORTABLE_LOW),
                    .high = mh_record_text (analyte, MH_ANALYTE_REPORTABLE_HIGH) },
    .unit = mh_record_text (analyte, MH_ANALYTE_UNIT),
  };
  choose_critical (ranges, code, subject, &limits, judgement);
  choose_reference (ranges, code, subject, &limits, judgement);
  return limits;
}

gboolean
mh_range_judge_calculated (MhRecord *analyte,
                           GPtrArray *ranges,
                           const MhSubject *subject,
                           const char *value,
                           MhJudgement *out_judgement,
                           GError **error)
{
  MhJudgement judgement = { .outcome = MH_RANGE_NONE };
  const MhLimits limits = range_limits_of (analyte, ranges, subject, &judgement);
  if (!mh_limits_judge (&limits, value, /* calculated */ TRUE, &judgement, error))
    return FALSE;
  *out_judgement = judgement;
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
  MhMeasured m;
  const char *prefix = mh_record_text (analyte, MH_ANALYTE_TITER_PREFIX);
  g_autofree char *plain = NULL;
  const char *colon = strstr (value, prefix != NULL && *prefix != 0 ? prefix : "1:");

  if (colon != NULL)
    {
      gsize length = strlen (prefix != NULL && *prefix != 0 ? prefix : "1:");
      plain = g_strdup_printf ("%.*s%s", (int)(colon - value), value, colon + length);
    }

  if (!mh_measured_read (plain != NULL ? plain : value, &m) || m.number.scale != 0
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
mh_range_judge (const MhRangeOf *of,
                const MhSubject *subject,
                const char *value,
                MhJudgement *out_judgement,
                GError **error)
{
  MhJudgement judgement = { .outcome = MH_RANGE_NONE };
  const char *kind = mh_record_text (of->analyte, MH_ANALYTE_KIND);
  gboolean ok = TRUE;

  if (g_strcmp0 (kind, MH_ANALYTE_KIND_NUMERIC) == 0
      || g_strcmp0 (kind, MH_ANALYTE_KIND_CALCULATED) == 0)
    {
      const MhLimits limits = range_limits_of (of->analyte, of->ranges, subject, &judgement);
      ok = mh_limits_judge (&limits, value, /* calculated */ FALSE, &judgement, error);
    }
  else if (g_strcmp0 (kind, MH_ANALYTE_KIND_CODED) == 0)
    ok = judge_choice (of->value_set, value, &judgement, error);
  else if (g_strcmp0 (kind, MH_ANALYTE_KIND_TITER) == 0)
    ok = judge_titre (of->analyte, value, &judgement, error);
  if (ok)
    *out_judgement = judgement;
  return ok;
}
