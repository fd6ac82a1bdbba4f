/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/messages/mail/mh-mail-bounces.h"

#include <stdio.h>

#include "server/messages/mail/mh-mail-service.h"

#define MOST (1024 * 1024)

/* The house itself acts. */
static const MhWho house = { .user_name = "mail" };

typedef struct
{
  const char *bytes;
  gsize length;
  gboolean known;
} Returned;

static gboolean
mail_bounces_take (MhTx *tx, gpointer data, GError **error)
{
  Returned *returned = data;
  return mh_mail_service_bounce (tx, returned->bytes, returned->length, &returned->known, error);
}

gboolean
mh_mail_bounces_take (MhStore *store,
                      const char *bytes,
                      gsize length,
                      gboolean *out_known,
                      GError **error)
{
  Returned returned = { bytes, MIN (length, MOST), FALSE };
  if (!mh_store_write (store, &house, mail_bounces_take, &returned, error))
    return FALSE;
  *out_known = returned.known;
  return TRUE;
}

/* Read and seen, as the rules of a maildir want it. */
static gboolean
mail_bounces_put_aside (const char *folder, const char *path, const char *name, GError **error)
{
  g_autofree char *done = g_strconcat (folder, "/cur/", name, ":2,S", NULL);
  if (rename (path, done) == 0)
    return TRUE;
  mh_error_set (error, MH_ERROR_STORE, "A returned mail cannot be moved to %s/cur.", folder);
  return FALSE;
}

gboolean
mh_mail_bounces_read (MhStore *store, const char *folder, guint *out_n, GError **error)
{
  g_autofree char *fresh = g_build_filename (folder, "new", NULL);
  g_autoptr (GDir) dir = g_dir_open (fresh, 0, NULL);
  const char *name = NULL;
  guint n = 0;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fresh, name, NULL);
      g_autofree char *bytes = NULL;
      gboolean known = FALSE;
      gsize length = 0;
      if (!g_file_get_contents (path, &bytes, &length, NULL))
        continue;
      if (!mh_mail_bounces_take (store, bytes, length, &known, error)
          || !mail_bounces_put_aside (folder, path, name, error))
        return FALSE;
      n++;
    }

  *out_n = n;
  return TRUE;
}
