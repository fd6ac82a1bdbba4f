/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/base/mh-base64.h"

#include <string.h>

#include "shared/base/mh-error.h"

GBytes *
mh_base64_decode (const char *text, const char *field, GError **error)
{
  gsize length = strlen (text), size = 0;
  gsize body = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
  gsize padding = strspn (text + body, "=");
  if (length == 0 || length % 4 != 0 || padding > 2 || body + padding != length)
    {
      mh_error_set_field (error, field, "format", "This is not a file in base 64.");
      return NULL;
    }
  guint8 *bytes = g_base64_decode (text, &size);
  return g_bytes_new_take (bytes, size);
}
