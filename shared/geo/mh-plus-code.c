/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/geo/mh-plus-code.h"

#include <math.h>
#include <string.h>

/* Ten digits in pairs, base 20; then cells of 5 rows and 4 columns. */
#define BASE 20
#define ROWS 5
#define COLUMNS 4
#define PAIRS 5
#define PLUS_AT 8
/* Steps of one degree at MH_PLUS_CODE_MOST_DIGITS: 8000 × 5⁵ and 8000 × 4⁵. */
#define LAT_STEPS 25000000.0
#define LON_STEPS 8192000.0
/* What binary fractions lose: 1.2 is meant where 1.19999999999 stands. */
#define LOST 1e-5

static const char alphabet[] = "23456789CFGHJMPQRVWX";

static int
plus_code_value (char c)
{
  const char *at = c != 0 ? strchr (alphabet, g_ascii_toupper (c)) : NULL;
  return at != NULL ? (int)(at - alphabet) : -1;
}

/* Zeros fill up a coarse code before its plus; nothing stands behind it. */
static gboolean
plus_code_padding_fits (const char *text, gsize plus, gsize length)
{
  const char *zero = strchr (text, '0');
  if (zero == NULL)
    return TRUE;
  gsize first = (gsize)(zero - text);
  return plus == PLUS_AT && length == plus + 1 && first > 0 && first % 2 == 0
         && strspn (zero, "0") == plus - first;
}

MhPlusCodeKind
mh_plus_code_kind (const char *text)
{
  const char *plus = text != NULL ? strchr (text, '+') : NULL;
  if (plus == NULL)
    return MH_PLUS_CODE_NONE;
  gsize at = (gsize)(plus - text), length = strlen (text);
  if (at > PLUS_AT || at % 2 != 0 || length == 1 || length == at + 2
      || !plus_code_padding_fits (text, at, length))
    return MH_PLUS_CODE_NONE;
  for (gsize i = 0; i < length; i++)
    if (i != at && text[i] != '0' && plus_code_value (text[i]) < 0)
      return MH_PLUS_CODE_NONE;

  if (at < PLUS_AT)
    return MH_PLUS_CODE_SHORT;
  /* nine times 20° is the north pole, eighteen times the whole way round */
  return plus_code_value (text[0]) < 9 && plus_code_value (text[1]) < 18 ? MH_PLUS_CODE_FULL
                                                                         : MH_PLUS_CODE_NONE;
}

/* Degrees from south to north that a code of @digits tells apart. */
static double
plus_code_height (guint digits)
{
  return digits <= 2 * PAIRS ? pow (BASE, 2 - (double)(digits / 2))
                             : pow (BASE, -3) / pow (ROWS, digits - 2 * PAIRS);
}

char *
mh_plus_code_write (MhGeoPoint point, guint digits)
{
  g_return_val_if_fail (digits >= 2 && digits <= MH_PLUS_CODE_MOST_DIGITS
                            && (digits % 2 == 0 || digits > 2 * PAIRS),
                        NULL);
  double north = CLAMP (point.lat, -90, 90) + 90, east = fmod (point.lon + 180, 360);
  if (north >= 180)
    north = 180 - plus_code_height (digits);
  if (east < 0)
    east += 360;

  gint64 lat = (gint64)floor (north * LAT_STEPS + LOST);
  gint64 lon = (gint64)floor (east * LON_STEPS + LOST);
  char code[MH_PLUS_CODE_MOST_DIGITS + 1] = { 0 };
  for (int i = MH_PLUS_CODE_MOST_DIGITS - 1; i >= 2 * PAIRS; i--)
    {
      code[i] = alphabet[lat % ROWS * COLUMNS + lon % COLUMNS];
      lat /= ROWS;
      lon /= COLUMNS;
    }
  for (int i = 2 * PAIRS - 2; i >= 0; i -= 2)
    {
      code[i] = alphabet[lat % BASE];
      code[i + 1] = alphabet[lon % BASE];
      lat /= BASE;
      lon /= BASE;
    }
  GString *text = g_string_new_len (code, MIN (digits, PLUS_AT));
  while (text->len < PLUS_AT)
    g_string_append_c (text, '0');
  g_string_append_c (text, '+');
  if (digits > PLUS_AT)
    g_string_append_len (text, code + PLUS_AT, digits - PLUS_AT);
  return g_string_free (text, FALSE);
}

static guint
plus_code_digits (const char *code)
{
  guint digits = 0;
  for (; *code != 0; code++)
    digits += *code != '+' && *code != '0';
  return digits;
}

gboolean
mh_plus_code_read (const char *code, MhGeoBox *out_box)
{
  if (mh_plus_code_kind (code) != MH_PLUS_CODE_FULL)
    return FALSE;

  gint64 lat = 0, lon = 0, high = 1, wide = 1;
  guint digits = 0;

  for (const char *at = code; *at != 0 && digits < MH_PLUS_CODE_MOST_DIGITS; at++)
    {
      if (*at == '+' || *at == '0')
        continue;
      int value = plus_code_value (*at);
      gboolean is_cell = digits >= 2 * PAIRS;
      if (is_cell || digits % 2 == 0)
        {
          lat = lat * (is_cell ? ROWS : BASE) + (is_cell ? value / COLUMNS : value);
          high *= is_cell ? ROWS : BASE;
        }
      if (is_cell || digits % 2 == 1)
        {
          lon = lon * (is_cell ? COLUMNS : BASE) + (is_cell ? value % COLUMNS : value);
          wide *= is_cell ? COLUMNS : BASE;
        }
      digits++;
    }

  /* the first pair is of 20 × 20 degrees */
  double up = 400.0 / (double)high, right = 400.0 / (double)wide;
  *out_box = (MhGeoBox){ { lat * up - 90, lon * right - 180 },
                         { (lat + 1) * up - 90, (lon + 1) * right - 180 } };
  return TRUE;
}

char *
mh_plus_code_recover (const char *code, MhGeoPoint near)
{
  MhPlusCodeKind kind = mh_plus_code_kind (code);
  if (kind == MH_PLUS_CODE_NONE)
    return NULL;
  if (kind == MH_PLUS_CODE_FULL)
    return g_ascii_strup (code, -1);

  guint missing = PLUS_AT - (guint)(strchr (code, '+') - code);
  double step = pow (BASE, 2 - (double)(missing / 2));
  g_autofree char *around = mh_plus_code_write (near, MH_PLUS_CODE_DIGITS);
  around[missing] = 0;
  g_autofree char *whole = g_strconcat (around, code, NULL);
  MhGeoBox box;
  if (!mh_plus_code_read (whole, &box))
    return NULL;
  MhGeoPoint middle = mh_geo_between (box.min, box.max, 0.5);
  if (near.lat + step / 2 < middle.lat && middle.lat - step >= -90)
    middle.lat -= step;
  else if (near.lat - step / 2 > middle.lat && middle.lat + step <= 90)
    middle.lat += step;
  if (near.lon + step / 2 < middle.lon)
    middle.lon -= step;
  else if (near.lon - step / 2 > middle.lon)
    middle.lon += step;
  return mh_plus_code_write (middle, MIN (plus_code_digits (whole), MH_PLUS_CODE_MOST_DIGITS));
}
