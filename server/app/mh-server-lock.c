/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/app/mh-server-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "shared/base/mh-error.h"

#define SQLITE "sqlite:"

/* What the holder has written about itself; "unknown" before that. */
static void
read_holder (int fd, char *out, gsize size)
{
  ssize_t n = pread (fd, out, size - 1, 0);
  out[MAX (n, 0)] = 0;
  g_strchomp (out);
  if (out[0] == 0)
    g_strlcpy (out, "unknown", size);
}

gboolean
mh_server_lock (MhServerConfig *config, GError **error)
{
  char holder[32];
  const char *url = mh_server_config_text (config, "database.url");
  if (!g_str_has_prefix (url, SQLITE) || url[strlen (SQLITE)] == ':')
    return TRUE;

  const char *path = url + strlen (SQLITE);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *lock = g_strconcat (path, ".server", NULL);

  g_mkdir_with_parents (folder, 0700);

  /* Kept open for the life of the process: that is the lock. */
  int fd = open (lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      mh_error_set (error, MH_ERROR_STORE, "Cannot write %s: %s", lock, g_strerror (errno));
      return FALSE;
    }

  if (flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      read_holder (fd, holder, sizeof holder);
      close (fd);
      mh_error_set (
          error, MH_ERROR_CONFLICT,
          "Another mahima-server (process %s) works on %s. Stop it first; several servers "
          "need PostgreSQL.",
          holder, path);
      return FALSE;
    }

  int length = g_snprintf (holder, sizeof holder, "%ld\n", (long)getpid ());

  /* the number is for people: whatever becomes of it, the lock holds */
  if (ftruncate (fd, 0) != 0 || pwrite (fd, holder, (gsize)length, 0) != length)
    g_debug ("%s: the process number was not written", lock);

  return TRUE;
}
