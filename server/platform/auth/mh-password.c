/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/auth/mh-password.h"

#include <sodium.h>

#include "server/platform/auth/mh-password-common.h"
#include "shared/base/mh-text.h"

struct _MhHasher
{
  gsize memory;
  unsigned long long passes;
  guint free; /* how many more may run */
  guint waiting;
  guint max_waiting;
  GMutex lock;
  GCond freed;
  char dummy[crypto_pwhash_STRBYTES]; /* what an unknown user's password is compared with */
};

MhHasher *
mh_hasher_new (const MhPasswordCost *cost)
{
  MhHasher *hasher = g_new0 (MhHasher, 1);
  if (sodium_init () < 0)
    g_error ("libsodium does not start");
  hasher->memory
      = (cost != NULL && cost->memory_kib > 0 ? cost->memory_kib : MH_PASSWORD_MEMORY_KIB)
        * (gsize)1024;
  hasher->passes = cost != NULL && cost->passes > 0 ? cost->passes : MH_PASSWORD_PASSES;
  hasher->free = cost != NULL && cost->at_once > 0 ? cost->at_once : 2;
  hasher->max_waiting = cost != NULL && cost->waiting > 0 ? cost->waiting : 64;
  g_mutex_init (&hasher->lock);
  g_cond_init (&hasher->freed);
  return hasher;
}

void
mh_hasher_free (MhHasher *hasher)
{
  if (hasher == NULL)
    return;
  g_mutex_clear (&hasher->lock);
  g_cond_clear (&hasher->freed);
  g_free (hasher);
}

static gboolean
hasher_enter (MhHasher *hasher, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&hasher->lock);
  if (hasher->free == 0 && hasher->waiting >= hasher->max_waiting)
    {
      mh_error_set_retry (error, MH_ERROR_BUSY, 2, "Too many people sign in at this moment.");
      return FALSE;
    }

  hasher->waiting++;
  while (hasher->free == 0)
    g_cond_wait (&hasher->freed, &hasher->lock);
  hasher->waiting--;
  hasher->free--;
  return TRUE;
}

static void
hasher_leave (MhHasher *hasher)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&hasher->lock);
  hasher->free++;
  g_cond_signal (&hasher->freed);
}

/* Inside enter and leave. */
static gboolean
hash_into (MhHasher *hasher, const char *password, char out[crypto_pwhash_STRBYTES], GError **error)
{
  if (crypto_pwhash_str (out, password, strlen (password), hasher->passes, hasher->memory) == 0)
    return TRUE;
  mh_error_set_retry (error, MH_ERROR_BUSY, 2, "There is no memory to check a password.");
  return FALSE;
}

char *
mh_hasher_hash (MhHasher *hasher, const char *password, GError **error)
{
  char hash[crypto_pwhash_STRBYTES];
  if (!hasher_enter (hasher, error))
    return NULL;
  gboolean done = hash_into (hasher, password, hash, error);
  hasher_leave (hasher);
  return done ? g_strdup (hash) : NULL;
}

char *
mh_hasher_hash_now (MhHasher *hasher, const char *password, GError **error)
{
  char hash[crypto_pwhash_STRBYTES];
  return hash_into (hasher, password, hash, error) ? g_strdup (hash) : NULL;
}

/* Takes as long as a real comparison. The first call makes the hash to compare with, which takes as
 * long too. */
static gboolean
verify_nobody (MhHasher *hasher, const char *password, GError **error)
{
  char hash[crypto_pwhash_STRBYTES] = "";
  g_mutex_lock (&hasher->lock);
  memcpy (hash, hasher->dummy, sizeof hash);
  g_mutex_unlock (&hasher->lock);

  if (*hash != '\0')
    {
      G_GNUC_UNUSED int ignored = crypto_pwhash_str_verify (hash, password, strlen (password));
      return TRUE;
    }

  if (!hash_into (hasher, "nobody's password", hash, error))
    return FALSE;

  g_mutex_lock (&hasher->lock);
  memcpy (hasher->dummy, hash, sizeof hash);
  g_mutex_unlock (&hasher->lock);
  return TRUE;
}

gboolean
mh_hasher_verify (MhHasher *hasher,
                  const char *hash,
                  const char *password,
                  gboolean *out_matches,
                  GError **error)
{
  gboolean nobody = hash == NULL || *hash == '\0';
  gboolean matches = FALSE, done = TRUE;
  if (!hasher_enter (hasher, error))
    return FALSE;

  if (nobody)
    done = verify_nobody (hasher, password, error);
  else
    matches = crypto_pwhash_str_verify (hash, password, strlen (password)) == 0;

  hasher_leave (hasher);
  if (done)
    *out_matches = matches;
  return done;
}

gboolean
mh_hasher_is_outdated (MhHasher *hasher, const char *hash)
{
  return crypto_pwhash_str_needs_rehash (hash, hasher->passes, hasher->memory) != 0;
}

static gboolean
is_one_letter (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_utf8_get_char (p) != g_utf8_get_char (text))
      return FALSE;
  return TRUE;
}

/* "P@ssw0rd" reads as "password": the usual replacements are undone before the list is asked. */
static char *
plain_letters (const char *password)
{
  g_autofree char *folded = g_utf8_casefold (password, -1);
  GString *plain = g_string_new (NULL);
  for (const char *p = folded; *p != '\0'; p++)
    {
      static const char from[] = "@4301!5$7";
      static const char to[] = "aaeoiisst";
      const char *at = strchr (from, *p);
      g_string_append_c (plain, at != NULL ? to[at - from] : *p);
    }
  return g_string_free (plain, FALSE);
}

static gboolean
is_common (const char *password)
{
  g_autofree char *folded = g_utf8_casefold (password, -1);
  g_autofree char *plain = plain_letters (password);
  for (guint i = 0; mh_password_common[i] != NULL; i++)
    {
      const char *word = mh_password_common[i];
      if (g_str_equal (word, folded) || g_str_equal (word, plain))
        return TRUE;
      /* a common word with digits or marks after it is as easily guessed */
      gsize length = strlen (word);
      if (length >= 6 && strncmp (plain, word, length) == 0 && strlen (plain) < length + 5)
        return TRUE;
    }

  return FALSE;
}

gboolean
mh_password_check (const char *password,
                   const char *username,
                   gboolean demonstration,
                   GError **error)
{
  g_autofree char *folded = g_utf8_casefold (password, -1);
  g_autofree char *name = g_utf8_casefold (username != NULL ? username : "", -1);
  if (demonstration && g_str_equal (password, MH_PASSWORD_DEMONSTRATION))
    return TRUE;
  if (mh_text_length (password) < MH_PASSWORD_MIN_LENGTH)
    mh_error_set_field (error, "password", "too_short", "Use at least %d characters.",
                        MH_PASSWORD_MIN_LENGTH);
  else if (strlen (name) >= 3 && strstr (folded, name) != NULL)
    mh_error_set_field (error, "password", "contains_name",
                        "Leave the user name out of the password.");
  else if (is_one_letter (password))
    mh_error_set_field (error, "password", "same_letter", "Use more than one character.");
  else if (g_str_equal (folded, MH_PASSWORD_DEMONSTRATION) || is_common (password))
    mh_error_set_field (error, "password", "too_common",
                        "Many people use this password. Choose several unrelated words.");
  else
    return TRUE;

  return FALSE;
}
