/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/base/mh-sha256.h"

#include <sodium.h>
#include <string.h>

void
mh_sha256_begin (MhSha256 *sum)
{
  sha256_init (&sum->inner);
}

void
mh_sha256_add (MhSha256 *sum, gconstpointer data, gsize size)
{
  if (size > 0)
    sha256_update (&sum->inner, size, data);
}

void
mh_sha256_add_text (MhSha256 *sum, const char *text)
{
  if (text != NULL)
    mh_sha256_add (sum, text, strlen (text));
}

void
mh_sha256_end_digest (MhSha256 *sum, guint8 out_digest[MH_SHA256_SIZE])
{
  sha256_digest (&sum->inner, MH_SHA256_SIZE, out_digest);
}

void
mh_sha256_end_into (MhSha256 *sum, char out_hex[MH_SHA256_HEX + 1])
{
  guint8 digest[MH_SHA256_SIZE];
  mh_sha256_end_digest (sum, digest);
  sodium_bin2hex (out_hex, MH_SHA256_HEX + 1, digest, sizeof digest);
}

char *
mh_sha256_end (MhSha256 *sum)
{
  char *hex = g_malloc (MH_SHA256_HEX + 1);
  mh_sha256_end_into (sum, hex);
  return hex;
}

char *
mh_sha256_of (gconstpointer data, gsize size)
{
  MhSha256 sum;
  mh_sha256_begin (&sum);
  mh_sha256_add (&sum, data, size);
  return mh_sha256_end (&sum);
}

char *
mh_sha256_of_text (const char *text)
{
  return mh_sha256_of (text, strlen (text));
}

char *
mh_sha256_of_bytes (GBytes *bytes)
{
  gsize size = 0;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  return mh_sha256_of (data, size);
}
