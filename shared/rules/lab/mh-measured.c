/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/lab/mh-measured.h"

#include <math.h>
#include <string.h>

/* Length of "<", ">=" and the blanks behind; 0 for a plain number. */
static gsize
mh_measured_sign_length (const char *text)
{
  if (*text != '<' && *text != '>')
    return 0;
  gsize n = text[1] == '=' ? 2 : 1;
  return n + strspn (text + n, " ");
}

gboolean
mh_measured_read (const char *text, MhMeasured *out_measured)
{
  MhMeasured measured = { 0 };
  if (text == NULL)
    return FALSE;
  gsize sign = mh_measured_sign_length (text);
  if (!mh_decimal_parse (text + sign, &measured.number))
    return FALSE;

  measured.side = sign == 0 ? 0 : *text == '<' ? -1 : 1;
  measured.including = sign != 0 && text[1] == '=';
  *out_measured = measured;
  return TRUE;
}

MhSpan
mh_measured_span (const MhMeasured *measured, gboolean never_negative)
{
  double number = mh_decimal_to_double (measured->number);
  MhSpan span = mh_span_point (number);
  if (measured->side > 0)
    {
      span.high = INFINITY;
      span.high_open = TRUE;
      span.low_open = !measured->including;
    }
  else if (measured->side < 0)
    {
      gboolean from_zero = never_negative && number > 0;
      span.low = from_zero ? 0 : -INFINITY;
      span.low_open = !from_zero;
      span.high_open = !measured->including;
    }

  return span;
}

gboolean
mh_measured_never_negative (const char *plausible_low)
{
  MhDecimal low;
  return plausible_low != NULL && mh_decimal_parse (plausible_low, &low) && low.mantissa >= 0;
}

char *
mh_measured_tidy (const char *text)
{
  MhMeasured ignored;
  if (!mh_measured_read (text, &ignored))
    return g_strdup (text);
  gsize sign = mh_measured_sign_length (text);
  sign += text[sign] == '-';
  const char *digits = text + sign;
  while (*digits == '0' && g_ascii_isdigit (digits[1]))
    digits++;
  return g_strdup_printf ("%.*s%s", (int)sign, text, digits);
}
