/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/late/mh-late.h"

#include <dlfcn.h>

#include "shared/base/mh-error.h"

static GMutex lock;
static GHashTable *parts; /* name → handle; guarded */

/* dlopen() looks into the folder that this program was linked to look into. */
static gpointer
open_part (const char *part)
{
  if (parts == NULL)
    parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gpointer handle = g_hash_table_lookup (parts, part);
  if (handle != NULL)
    return handle;
  g_autofree char *file = g_strconcat ("libmh-late-", part, ".so", NULL);
  handle = dlopen (file, RTLD_NOW | RTLD_LOCAL);
  if (handle != NULL)
    g_hash_table_insert (parts, g_strdup (part), handle);
  return handle;
}

gpointer
mh_late_find (const char *part, const char *function, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  gpointer handle = open_part (part);
  gpointer found = handle != NULL ? dlsym (handle, function) : NULL;
  if (found == NULL)
    {
      const char *why = dlerror ();
      mh_error_set (error, MH_ERROR_INTERNAL, "A part of the program cannot be loaded: %s.",
                    why != NULL ? why : function);
    }
  return found;
}
