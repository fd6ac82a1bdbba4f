/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/lab/mh-dilution.h"

#include "shared/base/mh-decimal.h"

#include <string.h>

#define MOST_FACTOR 1000000

/* "<", "<=", ">", ">=" and blanks before the digits. */
static gsize
sign_length (const char *value)
{
  gsize length = strspn (value, "<>");
  if (length > 1)
    return 0;
  if (length == 1 && value[1] == '=')
    length++;
  while (length > 0 && value[length] == ' ')
    length++;
  return length;
}

static gboolean
read_factor (const char *text, MhDecimal *out_factor)
{
  MhDecimal factor;
  if (!mh_decimal_parse (text, &factor) || factor.mantissa <= 0
      || mh_decimal_compare (factor, (MhDecimal){ MOST_FACTOR, 0 }) > 0)
    return FALSE;
  *out_factor = factor;
  return TRUE;
}

/* Digits before the point, less one: how many decimals the product has less than the value. */
static int
magnitude (MhDecimal factor)
{
  int power = 0;
  for (MhDecimal ten = { 10, 0 }; mh_decimal_compare (factor, ten) >= 0; ten.mantissa *= 10)
    power++;
  return power;
}

char *
mh_dilution_apply (const char *value, const char *factor_text)
{
  MhDecimal number, factor, product;
  gsize sign = value != NULL ? sign_length (value) : 0;
  if (value == NULL || !mh_decimal_parse (value + sign, &number)
      || !read_factor (factor_text, &factor) || !mh_decimal_multiply (number, factor, &product))
    return NULL;
  g_autofree char *digits = mh_decimal_format (product, MAX (number.scale - magnitude (factor), 0));
  return g_strdup_printf ("%.*s%s", (int)sign, value, digits);
}

gboolean
mh_dilution_split (const char *typed, char **out_value, char **out_factor)
{
  static const char *const times[] = { "x", "X", "*", "×" };
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      const char *at = strstr (typed, times[i]);
      MhDecimal ignored;
      if (at == NULL)
        continue;
      g_autofree char *value = g_strstrip (g_strndup (typed, (gsize)(at - typed)));
      g_autofree char *factor = g_strstrip (g_strdup (at + strlen (times[i])));
      if (!mh_decimal_parse (value + sign_length (value), &ignored)
          || !read_factor (factor, &ignored))
        return FALSE;
      *out_value = g_steal_pointer (&value);
      *out_factor = g_steal_pointer (&factor);
      return TRUE;
    }

  return FALSE;
}
