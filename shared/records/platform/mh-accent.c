/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/platform/mh-accent.h"

#include <math.h>
#include <string.h>

#define LEAST_CONTRAST 4.5

/* A channel of sRGB as light (WCAG 2.1, relative luminance). */
static double
light (const char *digits)
{
  double part = (g_ascii_xdigit_value (digits[0]) * 16 + g_ascii_xdigit_value (digits[1])) / 255.0;
  return part <= 0.03928 ? part / 12.92 : pow ((part + 0.055) / 1.055, 2.4);
}

gboolean
mh_accent_is_fine (const char *colour)
{
  if (colour == NULL || colour[0] != '#' || strlen (colour) != 7)
    return FALSE;
  for (const char *at = colour + 1; *at != '\0'; at++)
    if (!g_ascii_isxdigit (*at))
      return FALSE;
  double luminance
      = 0.2126 * light (colour + 1) + 0.7152 * light (colour + 3) + 0.0722 * light (colour + 5);
  return 1.05 / (luminance + 0.05) >= LEAST_CONTRAST;
}
