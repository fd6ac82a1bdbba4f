/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/lab/mh-consistency.h"

#include "shared/rules/lab/mh-measured.h"

#include <math.h>

/* Half of the last digit on either side, which rounding may have taken away. */
static MhSpan
mh_consistency_rounded (MhSpan span, int scale)
{
  double half = pow (10, -scale) / 2;
  span.low -= half;
  span.high += half;
  return span;
}

static MhSpan
mh_consistency_widened (MhSpan span)
{
  double part = MH_CONSISTENT_PERCENT / 100.0;
  span.low -= fabs (span.low) * part;
  span.high += fabs (span.high) * part;
  return span;
}

gboolean
mh_consistency_fits (const char *value,
                     const MhFormulaTask *task,
                     MhFormulaSpanLookup lookup,
                     gpointer user_data,
                     char **out_text)
{
  MhMeasured measured;
  MhSpan expected;
  gboolean never_negative = mh_measured_never_negative (task->plausible_low);
  if (!mh_measured_read (value, &measured)
      || mh_formula_evaluate_span (task->formula, lookup, user_data, &expected) != MH_FORMULA_OK)
    return TRUE;

  MhSpan typed = mh_consistency_rounded (mh_measured_span (&measured, never_negative),
                                         measured.number.scale);
  MhSpan allowed = mh_consistency_widened (expected);
  if (mh_span_equal (typed, allowed) != MH_TRUTH_NO)
    return TRUE;

  g_autofree char *text = mh_span_text (&expected, task->decimals, never_negative);
  *out_text = g_strdup_printf ("≠ %s%s%s%s", text != NULL ? text : "", text != NULL ? " (" : "",
                               task->formula, text != NULL ? ")" : "");
  return FALSE;
}

gboolean
mh_consistency_rule_of_three (const char *haemoglobin, const char *cells, char **out_text)
{
  MhDecimal hb, pcv;
  if (haemoglobin == NULL || cells == NULL || !mh_decimal_parse (haemoglobin, &hb)
      || !mh_decimal_parse (cells, &pcv))
    return TRUE;

  double off = mh_decimal_to_double (pcv) - 3 * mh_decimal_to_double (hb);
  if (fabs (off) <= MH_RULE_OF_THREE_WITHIN + 1e-9)
    return TRUE;
  *out_text = g_strdup_printf ("≠ 3 × %s ± %d", haemoglobin, MH_RULE_OF_THREE_WITHIN);
  return FALSE;
}
