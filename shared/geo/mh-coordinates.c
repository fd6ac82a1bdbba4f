/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/geo/mh-coordinates.h"

#include "shared/base/mh-error.h"
#include "shared/base/mh-text.h"

#include <math.h>
#include <string.h>

#define MOST_NUMBERS 6
#define MOST_BYTES 80

typedef struct
{
  double numbers[MOST_NUMBERS];
  char compass[MOST_NUMBERS]; /* the letter that belongs to the value that begins here; 0: none */
  gboolean begins[MOST_NUMBERS];
  gboolean is_negative[MOST_NUMBERS], is_whole[MOST_NUMBERS];
  guint n;
  char letter; /* one that stands before its number */
  guint n_letters;
  gboolean is_letter_first;
} Reading;

/* Degree signs, minutes and seconds of any kind, to ° ' ". */
static char *
coordinates_plain (const char *text)
{
  static const struct
  {
    const char *sign, *plain;
  } signs[] = { { "º", "°" },  { "˚", "°" },   { "′", "'" },  { "’", "'" },   { "‘", "'" },
                { "″", "\"" }, { "”", "\"" },  { "“", "\"" }, { "''", "\"" }, { "−", "-" },
                { "–", "-" },  { "geo:", "" }, { "،", "," } };
  g_autofree char *digits = mh_text_ascii_digits (text);
  GString *plain = g_string_new (digits);
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    g_string_replace (plain, signs[i].sign, signs[i].plain, 0);
  return g_string_free (plain, FALSE);
}

/* "47,14 9,52": two or more commas between digits, and no point. */
static void
coordinates_decimal_commas (char *text)
{
  guint between = 0;
  if (strchr (text, '.') != NULL)
    return;
  for (const char *at = text; *at != 0; at++)
    between += *at == ',' && at > text && g_ascii_isdigit (at[-1]) && g_ascii_isdigit (at[1]);
  for (char *at = text; *at != 0 && between >= 2; at++)
    if (*at == ',' && at > text && g_ascii_isdigit (at[-1]) && g_ascii_isdigit (at[1]))
      *at = '.';
}

static gboolean
coordinates_number (Reading *reading, const char **at)
{
  const char *start = *at;
  gboolean is_negative = *start == '-';
  const char *digits = start + (*start == '-' || *start == '+');
  gsize whole = strspn (digits, "0123456789");
  gsize part = digits[whole] == '.' ? strspn (digits + whole + 1, "0123456789") : 0;
  if (whole == 0 || whole > 3 || reading->n == MOST_NUMBERS)
    return FALSE;

  guint i = reading->n++;
  g_autofree char *text = g_strndup (digits, whole + (part > 0 ? part + 1 : 0));
  reading->numbers[i] = g_ascii_strtod (text, NULL);
  reading->is_negative[i] = is_negative;
  reading->is_whole[i] = part == 0;
  reading->begins[i] = digits != start;
  reading->compass[i] = reading->letter;
  if (reading->letter != 0)
    reading->begins[i] = TRUE;
  reading->letter = 0;
  *at = digits + strlen (text);
  return TRUE;
}

/* A letter before the first number stands before each, else behind. */
static gboolean
coordinates_letter (Reading *reading, char letter)
{
  if (reading->n_letters++ == 0)
    reading->is_letter_first = reading->n == 0;
  if (reading->is_letter_first)
    {
      gboolean is_alone = reading->letter == 0;
      reading->letter = letter;
      return is_alone;
    }
  guint i = reading->n;
  while (i > 0 && !reading->begins[i - 1])
    i--;
  i = i > 0 ? i - 1 : 0;
  if (reading->n == 0 || reading->compass[i] != 0)
    return FALSE;
  reading->compass[i] = letter;
  if (reading->n < MOST_NUMBERS)
    reading->begins[reading->n] = TRUE;
  return TRUE;
}

static gboolean
coordinates_scan (Reading *reading, const char *text)
{
  gboolean is_new = TRUE;

  for (const char *at = text; *at != 0;)
    {
      char letter = g_ascii_toupper (*at);
      if (g_ascii_isdigit (*at) || *at == '-' || *at == '+')
        {
          guint i = reading->n;
          gboolean was_told = i < MOST_NUMBERS && reading->begins[i];
          if (!coordinates_number (reading, &at))
            return FALSE;
          reading->begins[i] = reading->begins[i] || was_told || is_new;
          is_new = FALSE;
          if (g_str_has_prefix (at, "°"))
            reading->begins[i] = TRUE;
        }
      else if (strchr ("NSEW", letter) != NULL)
        {
          if (!coordinates_letter (reading, letter))
            return FALSE;
          at++;
        }
      else if (*at == ',' || *at == ';' || *at == '/')
        {
          is_new = TRUE;
          at++;
        }
      else if (g_str_has_prefix (at, "°"))
        at += strlen ("°");
      else if (strchr (" '\"()", *at) != NULL)
        at++;
      else
        return FALSE;
    }

  return reading->n >= 2 && reading->letter == 0;
}

/* Degrees of the value of numbers @first up to @end. */
static gboolean
coordinates_value (const Reading *reading, guint first, guint end, double *out_value)
{
  double value = 0, unit = 1;
  if (end - first > 3)
    return FALSE;
  for (guint i = first; i < end; i++, unit *= 60)
    {
      if (i > first && (reading->numbers[i] >= 60 || reading->is_negative[i]))
        return FALSE;
      if (i + 1 < end && !reading->is_whole[i])
        return FALSE;
      value += reading->numbers[i] / unit;
    }
  gboolean is_back = reading->is_negative[first] || reading->compass[first] == 'S'
                     || reading->compass[first] == 'W';
  *out_value = is_back ? -value : value;
  return TRUE;
}

/* Where the second value begins; 0: they are not two. */
static guint
coordinates_split (const Reading *reading)
{
  guint second = 0;
  for (guint i = 1; i < reading->n; i++)
    if (reading->begins[i])
      {
        if (second != 0)
          return 0;
        second = i;
      }
  return second == 0 && reading->n % 2 == 0 ? reading->n / 2 : second;
}

static gboolean
coordinates_is_across (char letter)
{
  return letter == 'E' || letter == 'W';
}

gboolean
mh_coordinates_read (const char *text, MhGeoPoint *out_point, GError **error)
{
  if (text == NULL || strlen (text) > MOST_BYTES || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  Reading reading = { 0 };
  g_autofree char *plain = coordinates_plain (text);
  coordinates_decimal_commas (plain);
  double first, second;
  if (!coordinates_scan (&reading, plain))
    return FALSE;
  guint split = coordinates_split (&reading);
  /* seconds may be left out of one of them, no more */
  if (split == 0 || ABS ((int)reading.n - 2 * (int)split) > 1
      || !coordinates_value (&reading, 0, split, &first)
      || !coordinates_value (&reading, split, reading.n, &second))
    return FALSE;

  char one = reading.compass[0], other = reading.compass[split];
  if (one != 0 && other != 0 && coordinates_is_across (one) == coordinates_is_across (other))
    return FALSE;
  gboolean is_swapped = coordinates_is_across (one) || other == 'N' || other == 'S';
  MhGeoPoint point = { is_swapped ? second : first, is_swapped ? first : second };
  if (!mh_geo_is_valid (point))
    {
      mh_error_set_field (error, "q", "out_of_range",
                          "There is no such place: latitude goes from -90 to 90, longitude from "
                          "-180 to 180.");
      return FALSE;
    }
  *out_point = point;
  return TRUE;
}

char *
mh_coordinates_write (MhGeoPoint point)
{
  char lat[G_ASCII_DTOSTR_BUF_SIZE], lon[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd (lat, sizeof lat, "%.5f", point.lat);
  g_ascii_formatd (lon, sizeof lon, "%.5f", point.lon);
  return g_strdup_printf ("%s, %s", lat, lon);
}
