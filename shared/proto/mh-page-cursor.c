/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/proto/mh-page-cursor.h"

#include <sodium.h>
#include <string.h>

#define VERSION 1
#define SUM_LENGTH 6
#define HEAD_LENGTH (1 + SUM_LENGTH)
#define MAX_TEXT 2048

static void
page_cursor_put_sum (const char *list, const guint8 *body, gsize length, guint8 out[SUM_LENGTH])
{
  guint8 full[crypto_generichash_BYTES_MIN];
  crypto_generichash_state state;
  crypto_generichash_init (&state, NULL, 0, sizeof full);
  crypto_generichash_update (&state, (const guint8 *)list, strlen (list) + 1);
  crypto_generichash_update (&state, body, length);
  crypto_generichash_final (&state, full, sizeof full);
  memcpy (out, full, SUM_LENGTH);
}

char *
mh_page_cursor_make (const char *list, const char *const *parts)
{
  g_autoptr (GByteArray) bytes = g_byte_array_sized_new (128);
  g_byte_array_set_size (bytes, HEAD_LENGTH);
  bytes->data[0] = VERSION;
  for (guint i = 0; parts[i] != NULL; i++)
    g_byte_array_append (bytes, (const guint8 *)parts[i], (guint)strlen (parts[i]) + 1);
  page_cursor_put_sum (list, bytes->data + HEAD_LENGTH, bytes->len - HEAD_LENGTH, bytes->data + 1);
  gsize size = sodium_base64_ENCODED_LEN (bytes->len, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  char *out = g_malloc (size);
  return sodium_bin2base64 (out, size, bytes->data, bytes->len,
                            sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static char **
page_cursor_split (const char *body, gsize length)
{
  GPtrArray *parts = g_ptr_array_new ();
  for (gsize at = 0; at < length; at += strlen (body + at) + 1)
    g_ptr_array_add (parts, g_strdup (body + at));
  g_ptr_array_add (parts, NULL);
  return (char **)g_ptr_array_free (parts, FALSE);
}

char **
mh_page_cursor_read (const char *list, const char *text, GError **error)
{
  guint8 bytes[MAX_TEXT];
  guint8 sum[SUM_LENGTH];
  gsize length = 0;
  gsize text_length = strlen (text);
  gboolean ok = text_length <= MAX_TEXT
                && sodium_base642bin (bytes, sizeof bytes, text, text_length, NULL, &length, NULL,
                                      sodium_base64_VARIANT_URLSAFE_NO_PADDING)
                       == 0
                && length > HEAD_LENGTH && bytes[0] == VERSION && bytes[length - 1] == 0;

  if (ok)
    {
      page_cursor_put_sum (list, bytes + HEAD_LENGTH, length - HEAD_LENGTH, sum);
      ok = memcmp (sum, bytes + 1, SUM_LENGTH) == 0
           && g_utf8_validate ((const char *)bytes + HEAD_LENGTH, -1, NULL);
    }

  char **parts
      = ok ? page_cursor_split ((const char *)bytes + HEAD_LENGTH, length - HEAD_LENGTH) : NULL;
  if (parts != NULL && g_strv_length (parts) <= MH_PAGE_CURSOR_MAX_PARTS)
    return parts;

  g_strfreev (parts);
  mh_error_set (
      error, MH_ERROR_MALFORMED,
      "The cursor in \"after\" is not one of this list; use \"next\" of the page before.");

  return NULL;
}
