/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/cache/mh-cache-key.h"

#include <string.h>

#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES

/* OWASP's floor for Argon2id is 19 MiB and two passes; libsodium's interactive limits (64 MiB, two
 * passes) lie above it and take about a tenth of a second on a desk's machine. */
static gboolean
password_key (const char *password, const guint8 *salt, guint8 *out_key, GError **error)
{
  if (crypto_pwhash (out_key, crypto_aead_xchacha20poly1305_ietf_KEYBYTES, password,
                     strlen (password), salt, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                     crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13)
      == 0)
    return TRUE;
  mh_error_set (error, MH_ERROR_BUSY, "There is not enough memory to check the password.");
  return FALSE;
}

static void
derive (const guint8 *data_key, MhCacheKeys *out_keys)
{
  static const char context[crypto_kdf_CONTEXTBYTES + 1] = "mhcache_";
  crypto_kdf_derive_from_key (out_keys->rows, sizeof out_keys->rows, 1, context, data_key);
  crypto_kdf_derive_from_key (out_keys->words, sizeof out_keys->words, 2, context, data_key);
}

gboolean
mh_cache_keys_make (const char *password,
                    guint8 out_salt[MH_CACHE_SALT_BYTES],
                    guint8 out_wrapped[MH_CACHE_WRAPPED_BYTES],
                    MhCacheKeys *out_keys,
                    GError **error)
{
  guint8 data_key[MH_CACHE_DATA_KEY_BYTES], key[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];
  randombytes_buf (out_salt, MH_CACHE_SALT_BYTES);
  if (!password_key (password, out_salt, key, error))
    return FALSE;

  crypto_kdf_keygen (data_key);
  randombytes_buf (out_wrapped, NONCE);
  crypto_aead_xchacha20poly1305_ietf_encrypt (out_wrapped + NONCE, NULL, data_key, sizeof data_key,
                                              NULL, 0, NULL, out_wrapped, key);
  derive (data_key, out_keys);
  sodium_memzero (data_key, sizeof data_key);
  sodium_memzero (key, sizeof key);
  return TRUE;
}

gboolean
mh_cache_keys_open (const char *password,
                    const guint8 salt[MH_CACHE_SALT_BYTES],
                    const guint8 wrapped[MH_CACHE_WRAPPED_BYTES],
                    MhCacheKeys *out_keys,
                    GError **error)
{
  guint8 data_key[MH_CACHE_DATA_KEY_BYTES], key[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];
  if (!password_key (password, salt, key, error))
    return FALSE;

  gboolean ok = crypto_aead_xchacha20poly1305_ietf_decrypt (data_key, NULL, NULL, wrapped + NONCE,
                                                            MH_CACHE_WRAPPED_BYTES - NONCE, NULL, 0,
                                                            wrapped, key)
                == 0;

  if (ok)
    derive (data_key, out_keys);
  else
    mh_error_set (error, MH_ERROR_UNAUTHORIZED, "The name or the password is wrong.");

  sodium_memzero (data_key, sizeof data_key);
  sodium_memzero (key, sizeof key);
  return ok;
}

void
mh_cache_keys_wipe (MhCacheKeys *keys)
{
  sodium_memzero (keys, sizeof *keys);
}

gint64
mh_cache_keys_hash (const MhCacheKeys *keys, const char *type, const char *word)
{
  crypto_generichash_state state;
  guint8 out[crypto_generichash_BYTES_MIN];
  gint64 hash;
  crypto_generichash_init (&state, keys->words, sizeof keys->words, sizeof out);
  crypto_generichash_update (&state, (const guint8 *)type, strlen (type) + 1);
  crypto_generichash_update (&state, (const guint8 *)word, strlen (word));
  crypto_generichash_final (&state, out, sizeof out);
  memcpy (&hash, out, sizeof hash);
  return hash;
}
