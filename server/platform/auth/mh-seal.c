/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/auth/mh-seal.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#define KEY crypto_aead_xchacha20poly1305_ietf_KEYBYTES
#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG crypto_aead_xchacha20poly1305_ietf_ABYTES

struct _MhSeal
{
  guint8 key[KEY];
};

/* A short file is one whose making was interrupted: never overwritten by itself, since what was
 * sealed with the lost key would be lost for good. */
static gboolean
seal_read_key (const char *path, guint8 *key, gboolean *out_missing, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  *out_missing = fd < 0 && errno == ENOENT;
  if (fd < 0 && !*out_missing)
    mh_error_set (error, MH_ERROR_INTERNAL, "The key file %s cannot be read: %s.", path,
                  g_strerror (errno));

  if (fd < 0)
    return FALSE;

  gssize length = read (fd, key, KEY);
  close (fd);
  if (length == KEY)
    return TRUE;

  mh_error_set (error, MH_ERROR_INTERNAL, "The key file %s does not hold %d bytes.", path,
                (int)KEY);
  return FALSE;
}

/* Whole or not at all, and of two servers that start together one makes it. */
static gboolean
make_key (const char *path, GError **error)
{
  guint8 key[KEY];
  g_autofree char *draft = g_strdup_printf ("%s.%d", path, (int)getpid ());
  randombytes_buf (key, sizeof key);
  int fd = g_open (draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gboolean done = fd >= 0 && write (fd, key, sizeof key) == sizeof key && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  done = done && (link (draft, path) == 0 || errno == EEXIST);
  if (!done)
    mh_error_set (error, MH_ERROR_INTERNAL, "The key file %s cannot be made: %s.", path,
                  g_strerror (errno));

  g_unlink (draft);
  sodium_memzero (key, sizeof key);
  return done;
}

MhSeal *
mh_seal_open (const char *path, GError **error)
{
  g_autoptr (MhSeal) seal = g_new0 (MhSeal, 1);
  gboolean missing = FALSE;
  if (seal_read_key (path, seal->key, &missing, error))
    return g_steal_pointer (&seal);
  if (!missing || !make_key (path, error) || !seal_read_key (path, seal->key, &missing, error))
    return NULL;
  return g_steal_pointer (&seal);
}

void
mh_seal_free (MhSeal *seal)
{
  if (seal == NULL)
    return;
  sodium_memzero (seal->key, sizeof seal->key);
  g_free (seal);
}

char *
mh_seal_close_text (MhSeal *seal, const char *owner, const char *text)
{
  gsize length = strlen (text), total = NONCE + length + TAG;
  g_autofree guint8 *box = g_malloc (total);
  gsize most = sodium_base64_encoded_len (total, sodium_base64_VARIANT_ORIGINAL);
  char *sealed = g_malloc (most);
  randombytes_buf (box, NONCE);
  crypto_aead_xchacha20poly1305_ietf_encrypt (box + NONCE, NULL, (const guint8 *)text, length,
                                              (const guint8 *)owner, strlen (owner), NULL, box,
                                              seal->key);
  return sodium_bin2base64 (sealed, most, box, total, sodium_base64_VARIANT_ORIGINAL);
}

char *
mh_seal_open_text (MhSeal *seal, const char *owner, const char *sealed, GError **error)
{
  gsize most = strlen (sealed), total = 0;
  g_autofree guint8 *box = g_malloc (most + 1);
  gboolean read = sodium_base642bin (box, most, sealed, most, NULL, &total, NULL,
                                     sodium_base64_VARIANT_ORIGINAL)
                      == 0
                  && total >= NONCE + TAG;
  g_autofree char *text = g_malloc0 (most + 1);

  if (read
      && crypto_aead_xchacha20poly1305_ietf_decrypt ((guint8 *)text, NULL, NULL, box + NONCE,
                                                     total - NONCE, (const guint8 *)owner,
                                                     strlen (owner), box, seal->key)
             == 0)
    return g_steal_pointer (&text);

  mh_error_set (
      error, MH_ERROR_INTERNAL,
      "A sealed secret does not open: is the server's key file the one it was made with?");

  return NULL;
}

char *
mh_seal_hash (MhSeal *seal, const char *owner, const char *text)
{
  guint8 digest[crypto_generichash_BYTES];
  char *hex = g_malloc (sizeof digest * 2 + 1);
  g_autofree char *whole = g_strconcat (owner, ":", text, NULL);
  crypto_generichash (digest, sizeof digest, (const guint8 *)whole, strlen (whole), seal->key,
                      sizeof seal->key);
  return sodium_bin2hex (hex, sizeof digest * 2 + 1, digest, sizeof digest);
}
