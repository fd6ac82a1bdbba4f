/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/common/mh-public-link.h"

#include <string.h>

char *
mh_public_link (const char *base, const char *page, const char *code)
{
  gsize length = base != NULL ? strlen (base) : 0;
  if (code == NULL
      || (g_ascii_strncasecmp (base != NULL ? base : "", "https://", 8) != 0
          && g_ascii_strncasecmp (base != NULL ? base : "", "http://", 7) != 0))
    return NULL;
  while (length > 0 && base[length - 1] == '/')
    length--;
  return g_strdup_printf ("%.*s/%s/%s", (int)length, base, page, code);
}
