/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/auth/mh-totp.h"

#include <liboath/oath.h>
#include <sodium.h>
#include <string.h>

#define SECRET_BYTES 20
#define RECOVERY_BYTES 10
#define RECOVERY_LETTERS 16
#define GROUP 4

/* Base32 without padding, as both lengths fill their groups. */
static char *
random_base32 (gsize n_bytes)
{
  guint8 bytes[SECRET_BYTES];
  char *text = NULL;
  gsize length = 0;
  randombytes_buf (bytes, n_bytes);
  oath_base32_encode ((const char *)bytes, n_bytes, &text, &length);
  sodium_memzero (bytes, sizeof bytes);
  char *copy = g_strndup (text, length);
  free (text);
  return copy;
}

char *
mh_totp_secret (void)
{
  return random_base32 (SECRET_BYTES);
}

char *
mh_totp_uri (const char *issuer, const char *account, const char *secret)
{
  g_autofree char *house = g_uri_escape_string (issuer, NULL, FALSE);
  g_autofree char *name = g_uri_escape_string (account, NULL, FALSE);
  return g_strdup_printf (
      "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=%d&period=%d", house, name,
      secret, house, MH_TOTP_DIGITS, MH_TOTP_STEP);
}

gboolean
mh_totp_read (const char *typed, char out_code[MH_TOTP_DIGITS + 1])
{
  guint n = 0;
  for (const char *at = typed; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);
      int figure = g_unichar_digit_value (letter);
      if (g_unichar_isspace (letter) || letter == '-')
        continue;
      if (figure < 0 || n == MH_TOTP_DIGITS)
        return FALSE;
      out_code[n++] = (char)('0' + figure);
    }

  out_code[n] = '\0';
  return n == MH_TOTP_DIGITS;
}

gint64
mh_totp_match (const char *secret, const char *code, gint64 now, gint64 last_step)
{
  char *bytes = NULL;
  gsize length = 0;
  gint64 present = now / G_USEC_PER_SEC / MH_TOTP_STEP, found = -1;
  if (oath_base32_decode (secret, strlen (secret), &bytes, &length) != OATH_OK)
    return -1;

  for (gint64 step = present - 1; step <= present + 1; step++)
    {
      char right[MH_TOTP_DIGITS + 1];
      if (oath_hotp_generate (bytes, length, (guint64)step, MH_TOTP_DIGITS, FALSE,
                              OATH_HOTP_DYNAMIC_TRUNCATION, right)
              == OATH_OK
          && sodium_memcmp (right, code, MH_TOTP_DIGITS) == 0 && step > last_step && found < 0)
        found = step;
    }

  sodium_memzero (bytes, length);
  free (bytes);
  return found;
}

char *
mh_recovery_make (void)
{
  g_autofree char *plain = random_base32 (RECOVERY_BYTES);
  return mh_recovery_read (plain);
}

char *
mh_recovery_read (const char *typed)
{
  char letters[RECOVERY_LETTERS];
  guint n = 0;
  for (const char *at = typed; *at != '\0'; at++)
    {
      char letter = g_ascii_tolower (*at);
      if (letter == ' ' || letter == '-')
        continue;
      if (strchr ("abcdefghijklmnopqrstuvwxyz234567", letter) == NULL || n == RECOVERY_LETTERS)
        return NULL;
      letters[n++] = letter;
    }

  if (n != RECOVERY_LETTERS)
    return NULL;

  GString *out = g_string_new (NULL);
  for (guint i = 0; i < RECOVERY_LETTERS; i++)
    {
      if (i > 0 && i % GROUP == 0)
        g_string_append_c (out, '-');
      g_string_append_c (out, letters[i]);
    }

  return g_string_free (out, FALSE);
}
