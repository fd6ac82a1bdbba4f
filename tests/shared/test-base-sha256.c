/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hashes: the examples of FIPS 180-4 (NIST's "Examples with intermediate values"), in one go and in
 * pieces, and beside GLib's for every length around a block. */
#include "shared/base/mh-sha256.h"

#include <string.h>

static void
test_examples (void)
{
  static const char *const rows[][2] = {
    { "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
    { "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
    { "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *hex = mh_sha256_of_text (rows[i][0]);
      g_autoptr (GBytes) bytes = g_bytes_new_static (rows[i][0], strlen (rows[i][0]));
      g_autofree char *of_bytes = mh_sha256_of_bytes (bytes);
      g_assert_cmpstr (hex, ==, rows[i][1]);
      g_assert_cmpstr (of_bytes, ==, rows[i][1]);
    }
}

static void
test_million (void)
{
  static const char wanted[] = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
  MhSha256 sum;
  char piece[1000], hex[MH_SHA256_HEX + 1];
  memset (piece, 'a', sizeof piece);
  mh_sha256_begin (&sum);
  for (gsize done = 0, n; done < 1000000; done += n)
    {
      n = MIN (1 + done % 997, 1000000 - done);
      mh_sha256_add (&sum, piece, n);
    }
  mh_sha256_end_into (&sum, hex);
  g_assert_cmpstr (hex, ==, wanted);
}

static void
test_lengths (void)
{
  guint8 data[200];
  for (guint i = 0; i < sizeof data; i++)
    data[i] = (guint8)(i * 151 + 7);
  for (gsize size = 0; size <= sizeof data; size++)
    {
      guint8 digest[MH_SHA256_SIZE], wanted_digest[MH_SHA256_SIZE];
      gsize length = sizeof wanted_digest;
      g_autoptr (GChecksum) other = g_checksum_new (G_CHECKSUM_SHA256);
      g_autofree char *hex = mh_sha256_of (data, size);
      MhSha256 sum;
      mh_sha256_begin (&sum);
      mh_sha256_add_text (&sum, NULL);
      mh_sha256_add (&sum, data, size / 2);
      mh_sha256_add (&sum, data + size / 2, size - size / 2);
      mh_sha256_end_digest (&sum, digest);
      g_checksum_update (other, data, (gssize)size);
      g_assert_cmpstr (hex, ==, g_checksum_get_string (other));
      g_checksum_reset (other);
      g_checksum_update (other, data, (gssize)size);
      g_checksum_get_digest (other, wanted_digest, &length);
      g_assert_cmpmem (digest, sizeof digest, wanted_digest, length);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/sha256/examples", test_examples);
  g_test_add_func ("/base/sha256/million", test_million);
  g_test_add_func ("/base/sha256/lengths", test_lengths);
  return g_test_run ();
}
