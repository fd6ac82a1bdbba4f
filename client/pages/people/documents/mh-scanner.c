/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/people/documents/mh-scanner.h"

#include "shared/base/mh-error.h"

#include <string.h>

#define PROGRAM "scanimage"

/* --- looking for one --- */

static void
scanner_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autofree char *told = NULL;
  gboolean ok
      = g_subprocess_communicate_utf8_finish (G_SUBPROCESS (source), result, &told, NULL, NULL);
  g_auto (GStrv) lines = g_strsplit (ok && told != NULL ? told : "", "\n", 2);
  g_task_return_pointer (task, lines[0] != NULL && lines[0][0] != 0 ? g_strdup (lines[0]) : NULL,
                         g_free);
}

void
mh_scanner_find_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  g_autofree char *program = g_find_program_in_path (PROGRAM);
  g_autoptr (GSubprocess) list
      = program != NULL
            ? g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                                NULL, program, "--formatted-device-list=%d%n", NULL)
            : NULL;

  if (list == NULL)
    g_task_return_pointer (task, NULL, NULL);
  else
    g_subprocess_communicate_utf8_async (list, NULL, cancellable, scanner_found_cb,
                                         g_object_ref (task));
}

char *
mh_scanner_find_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/* --- scanning --- */

static void scanner_scan (GTask *task, gboolean plain);

static void
scanner_scanned_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GBytes) page = NULL;
  g_autoptr (GError) error = NULL;
  gboolean ok
      = g_subprocess_communicate_finish (G_SUBPROCESS (source), result, &page, NULL, &error);
  gboolean plain = g_object_get_data (source, "plain") != NULL;

  if (g_task_return_error_if_cancelled (task))
    return;

  if (ok && g_subprocess_get_successful (G_SUBPROCESS (source)) && g_bytes_get_size (page) > 0)
    g_task_return_pointer (task, g_steal_pointer (&page), (GDestroyNotify)g_bytes_unref);
  else if (!plain)
    scanner_scan (task, /* plain */ TRUE);
  else
    {
      g_clear_error (&error);
      mh_error_set (&error, MH_ERROR_BUSY, "The scanner gave no page.");
      g_task_return_error (task, g_steal_pointer (&error));
    }
}

/* In colour, sharp enough to read; not every scanner knows these words, then as it likes. */
static void
scanner_scan (GTask *task, gboolean plain)
{
  GError *error = NULL;
  g_autofree char *device
      = g_strconcat ("--device-name=", (const char *)g_task_get_task_data (task), NULL);
  const char *words[] = { PROGRAM,        device, "--format=png", plain ? NULL : "--resolution=200",
                          "--mode=Color", NULL };
  g_autoptr (GSubprocess) scanner = g_subprocess_newv (
      words, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);

  if (scanner == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (plain)
    g_object_set_data (G_OBJECT (scanner), "plain", (gpointer) "plain");
  g_subprocess_communicate_async (scanner, NULL, g_task_get_cancellable (task), scanner_scanned_cb,
                                  g_object_ref (task));
}

void
mh_scanner_scan_async (const char *device,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  g_task_set_task_data (task, g_strdup (device), g_free);
  scanner_scan (task, /* plain */ FALSE);
}

GBytes *
mh_scanner_scan_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
