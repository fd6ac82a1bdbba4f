/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/base/mh-decimal.h"

#include "shared/base/mh-text.h"

#include <math.h>
#include <string.h>

#define MAX_DIGITS 18
#define MAX_SCALE 12

/* Wide enough for any 18-digit number times 10^18. */
typedef __int128 Wide;

static Wide
power_of_ten (int exponent)
{
  Wide power = 1;
  for (int i = 0; i < exponent; i++)
    power *= 10;
  return power;
}

/* Half away from zero. @by > 0. An odd divisor knows no tie, so its half may be cut. */
static Wide
divide_rounded (Wide value, Wide by)
{
  return (value < 0 ? value - by / 2 : value + by / 2) / by;
}

gboolean
mh_decimal_parse (const char *text, MhDecimal *out_value)
{
  if (text == NULL)
    return FALSE;

  gboolean negative = *text == '-';
  const char *at = text + negative;
  gint64 mantissa = 0;
  int digits = 0;
  int scale = -1; /* -1: still before the point */

  for (; *at != 0; at++)
    {
      if (*at == '.' && scale < 0 && digits > 0)
        scale = 0;
      else if (g_ascii_isdigit (*at) && digits < MAX_DIGITS && scale < MAX_SCALE)
        {
          mantissa = mantissa * 10 + (*at - '0');
          digits++;
          scale += scale >= 0;
        }
      else
        return FALSE;
    }

  if (digits == 0 || scale == 0)
    return FALSE;

  out_value->mantissa = negative ? -mantissa : mantissa;
  out_value->scale = MAX (scale, 0);
  return TRUE;
}

int
mh_decimal_compare (MhDecimal a, MhDecimal b)
{
  Wide left = (Wide)a.mantissa * power_of_ten (MAX (b.scale - a.scale, 0));
  Wide right = (Wide)b.mantissa * power_of_ten (MAX (a.scale - b.scale, 0));
  return left < right ? -1 : left > right;
}

/* @mantissa / 10^@scale with exactly @scale digits after the point. */
static char *
write_decimal (Wide mantissa, int scale)
{
  char buffer[64];
  char *at = buffer + sizeof buffer;
  gboolean negative = mantissa < 0;
  Wide rest = negative ? -mantissa : mantissa;

  *--at = 0;
  for (int i = 0; i <= scale || rest != 0; i++)
    {
      if (i == scale && scale > 0)
        *--at = '.';
      *--at = (char)('0' + (int)(rest % 10));
      rest /= 10;
    }

  if (negative)
    *--at = '-';
  return g_strdup (at);
}

static Wide
rescale (Wide mantissa, int from, int to)
{
  if (to >= from)
    return mantissa * power_of_ten (to - from);
  return from - to > MAX_DIGITS ? 0 : divide_rounded (mantissa, power_of_ten (from - to));
}

char *
mh_decimal_format (MhDecimal value, int decimals)
{
  int scale = CLAMP (decimals, 0, MAX_SCALE);
  return write_decimal (rescale (value.mantissa, value.scale, scale), scale);
}

gboolean
mh_decimal_multiply (MhDecimal a, MhDecimal b, MhDecimal *out_product)
{
  Wide product = (Wide)a.mantissa * b.mantissa;
  int scale = a.scale + b.scale;
  for (; scale > 0 && product % 10 == 0; scale--)
    product /= 10;
  if (scale > MAX_SCALE || product >= power_of_ten (MAX_DIGITS)
      || product <= -power_of_ten (MAX_DIGITS))
    return FALSE;
  *out_product = (MhDecimal){ (gint64)product, scale };
  return TRUE;
}

double
mh_decimal_to_double (MhDecimal value)
{
  /* One correctly rounded division of two exact doubles; only beyond 2^53 is the text needed. */
  if (ABS (value.mantissa) <= (G_GINT64_CONSTANT (1) << 53))
    return (double)value.mantissa / (double)power_of_ten (value.scale);
  g_autofree char *text = mh_decimal_format (value, value.scale);
  return g_ascii_strtod (text, NULL);
}

char *
mh_decimal_from_double (double value, int decimals)
{
  char text[400];
  int scale = CLAMP (decimals, 0, MAX_SCALE);
  if (!isfinite (value))
    return NULL;

  if (fabs (value) >= 1e15)
    {
      char format[] = "%.00f";
      format[2] = (char)('0' + scale / 10);
      format[3] = (char)('0' + scale % 10);
      return g_strdup (g_ascii_formatd (text, sizeof text, format, value));
    }

  /* Rounded from 15 significant decimal digits, which is what a person sees: 2.675 is stored a
   * little below itself, yet becomes 2.68. The text reads "-d.dddddddddddddde-dd". */
  g_ascii_formatd (text, sizeof text, "%.14e", value);
  Wide mantissa = 0;
  const char *at = text;

  for (; *at != 'e'; at++)
    if (g_ascii_isdigit (*at))
      mantissa = mantissa * 10 + (*at - '0');

  int exponent = (int)g_ascii_strtoll (at + 1, NULL, 10);
  return write_decimal (rescale (*text == '-' ? -mantissa : mantissa, 14 - exponent, scale), scale);
}

/* --- money --- */

static const char *
currency_sign (const char *currency)
{
  static const struct
  {
    const char *code, *sign;
  } signs[] = { { "INR", "₹" }, { "USD", "$" }, { "EUR", "€" }, { "GBP", "£" } };
  for (gsize i = 0; currency != NULL && i < G_N_ELEMENTS (signs); i++)
    if (g_str_equal (currency, signs[i].code))
      return signs[i].sign;
  return NULL;
}

char *
mh_money_display (gint64 minor, const char *currency)
{
  const char *sign = currency_sign (currency);
  gboolean indian = g_strcmp0 (currency, "INR") == 0;
  g_autofree char *plain = write_decimal (minor < 0 ? -(Wide)minor : (Wide)minor, 2);
  GString *out = g_string_new (minor < 0 ? "-" : "");

  if (sign != NULL)
    g_string_append (out, sign);
  else if (currency != NULL && *currency != 0)
    g_string_append_printf (out, "%s ", currency);

  int whole = (int)strlen (plain) - 3;
  for (int i = 0; i < whole; i++)
    {
      int left = whole - i; /* digits still to write before the point */
      gboolean group = indian ? left == 3 || (left > 3 && left % 2 == 1) : left % 3 == 0;
      if (i > 0 && group)
        g_string_append_c (out, ',');
      g_string_append_c (out, plain[i]);
    }

  g_string_append (out, plain + whole);
  return g_string_free (out, FALSE);
}

char *
mh_money_entry (gint64 minor)
{
  return write_decimal (minor, 2);
}

static const char *
skip_currency (const char *at)
{
  static const char *const signs[] = { "₹", "Rs.", "Rs", "INR" };
  while (*at == ' ')
    at++;

  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_str_has_prefix (at, signs[i]))
      {
        at += strlen (signs[i]);
        break;
      }
  while (*at == ' ')
    at++;

  return at;
}

/* Reads the whole units. Commas must group as in India or elsewhere, so that "1,5" is never 15. */
static gboolean
read_units (const char **at, gint64 *out_units)
{
  gint64 units = 0;
  int digits = 0, group = 0, groups = 1;
  for (; g_ascii_isdigit (**at) || **at == ','; (*at)++)
    {
      if (**at == ',')
        {
          if (group < 1 || group > 3 || (groups > 1 && group < 2))
            return FALSE;
          groups++;
          group = 0;
          continue;
        }
      if (++digits > 15)
        return FALSE;
      group++;
      units = units * 10 + (**at - '0');
    }

  if (digits == 0 || (groups > 1 && group != 3))
    return FALSE;

  *out_units = units;
  return TRUE;
}

gboolean
mh_money_parse (const char *text, gint64 *out_minor)
{
  if (text == NULL)
    return FALSE;

  g_autofree char *plain = mh_text_ascii_digits (text);
  const char *at = skip_currency (g_strchomp (plain));
  gint64 units = 0;
  int cents = 0;

  if (!read_units (&at, &units))
    return FALSE;

  if (*at == '.')
    {
      at++;
      if (!g_ascii_isdigit (*at))
        return FALSE;
      cents = (*at++ - '0') * 10;
      if (g_ascii_isdigit (*at))
        cents += *at++ - '0';
    }

  if (*at != 0)
    return FALSE;

  *out_minor = units * 100 + cents;
  return TRUE;
}

/* --- parts of something --- */

char *
mh_rate_entry (gint64 rate)
{
  char *text = write_decimal (rate, 2);
  gsize length = strlen (text);
  while (text[length - 1] == '0')
    length--;
  text[text[length - 1] == '.' ? length - 1 : length] = '\0';
  return text;
}

gboolean
mh_rate_parse (const char *text, gint64 *out_rate)
{
  g_autofree char *number = g_strstrip (g_strdup (text != NULL ? text : ""));
  /* a sum of money is none, as "₹5" */
  if (!g_unichar_isdigit (g_utf8_get_char (number)))
    return FALSE;
  if (g_str_has_suffix (number, "%"))
    number[strlen (number) - 1] = '\0';
  return mh_money_parse (g_strchomp (number), out_rate);
}

gint64
mh_money_share (gint64 amount, gint64 numerator, gint64 denominator)
{
  g_return_val_if_fail (denominator != 0, 0);
  Wide product = (Wide)amount * numerator;
  return (gint64)(denominator > 0 ? divide_rounded (product, denominator)
                                  : divide_rounded (-product, -(Wide)denominator));
}
