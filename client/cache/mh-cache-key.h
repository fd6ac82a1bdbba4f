/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The keys of one person's file, all from libsodium: a random data key, wrapped by a key that
 * Argon2id makes of the password; from the data key one key for rows and one for hashes. */
#include "shared/base/mh-error.h"

#include <sodium.h>

G_BEGIN_DECLS

typedef struct
{
  guint8 rows[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];
  guint8 words[crypto_generichash_KEYBYTES];
} MhCacheKeys;

#define MH_CACHE_SALT_BYTES crypto_pwhash_SALTBYTES
#define MH_CACHE_DATA_KEY_BYTES crypto_kdf_KEYBYTES
#define MH_CACHE_WRAPPED_BYTES                                                                     \
  (crypto_aead_xchacha20poly1305_ietf_NPUBBYTES + MH_CACHE_DATA_KEY_BYTES                          \
   + crypto_aead_xchacha20poly1305_ietf_ABYTES)

/* A new data key under @password; both outputs are to be stored. */
gboolean mh_cache_keys_make (const char *password,
                             guint8 out_salt[MH_CACHE_SALT_BYTES],
                             guint8 out_wrapped[MH_CACHE_WRAPPED_BYTES],
                             MhCacheKeys *out_keys,
                             GError **error);
/* MH_ERROR_UNAUTHORIZED when the password does not open it. */
gboolean mh_cache_keys_open (const char *password,
                             const guint8 salt[MH_CACHE_SALT_BYTES],
                             const guint8 wrapped[MH_CACHE_WRAPPED_BYTES],
                             MhCacheKeys *out_keys,
                             GError **error);
void mh_cache_keys_wipe (MhCacheKeys *keys);
gint64 mh_cache_keys_hash (const MhCacheKeys *keys, const char *type, const char *word);

G_END_DECLS
