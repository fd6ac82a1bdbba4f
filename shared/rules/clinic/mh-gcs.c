/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/clinic/mh-gcs.h"

static int
points (const char *text, int most)
{
  gboolean is_digit = text != NULL && g_ascii_isdigit (text[0]) && text[1] == 0;
  int value = is_digit ? text[0] - '0' : 0;
  return value >= 1 && value <= most ? value : 0;
}

int
mh_gcs_total (const char *eye, const char *verbal, const char *motor)
{
  int e = points (eye, 4), v = points (verbal, 5), m = points (motor, 6);
  return e > 0 && v > 0 && m > 0 ? e + v + m : 0;
}

char *
mh_gcs_text (const char *eye, const char *verbal, const char *motor)
{
  int total = mh_gcs_total (eye, verbal, motor);
  if (eye == NULL && verbal == NULL && motor == NULL)
    return NULL;
  g_autofree char *parts
      = g_strdup_printf ("E%s V%s M%s", eye != NULL ? eye : "–", verbal != NULL ? verbal : "–",
                         motor != NULL ? motor : "–");
  return total > 0 ? g_strdup_printf ("%s = %d", parts, total) : g_steal_pointer (&parts);
}

const char *
mh_pain_band (int pain)
{
  if (pain < 0 || pain > 10)
    return NULL;
  return pain == 0 ? "none" : pain <= 3 ? "mild" : pain <= 6 ? "moderate" : "severe";
}
