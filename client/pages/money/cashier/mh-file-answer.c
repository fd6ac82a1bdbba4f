/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/money/cashier/mh-file-answer.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-fetch.h"
#include "client/widgets/base/mh-shell.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  MhPane *pane;
  char *name;
  gboolean print;
  MhPrinter printer;
} Wanted;

static void
file_answer_wanted_free (Wanted *wanted)
{
  g_object_unref (wanted->pane);
  g_free (wanted->name);
  g_free (wanted);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wanted, file_answer_wanted_free)

static void
file_answer_written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) widget = data;
  g_autoptr (GError) error = NULL;
  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    mh_shell_toast (widget, _ ("Saved"));
  else
    mh_shell_fail (widget, error);
}

static void
file_answer_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GBytes) bytes = data;
  g_autoptr (GFile) file = mh_pick_file_finish (result);
  if (file != NULL && GTK_IS_WIDGET (source))
    g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                         file_answer_written_cb, g_object_ref (source));
}

static void
file_answer_fetched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Wanted) wanted = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = mh_fetch_finish_file (result, &error);
  GtkWidget *widget = GTK_WIDGET (wanted->pane);

  if (mh_pane_context (wanted->pane) == NULL)
    return;

  mh_shell_fail (widget, error);
  if (answer == NULL)
    return;

  if (wanted->print)
    mh_document_print_pdf (
        widget, &(MhPrintWanted){ .printer = wanted->printer, .name = wanted->name }, answer);
  else
    mh_pick_file_async (widget, TRUE, _ ("Save"), wanted->name, NULL, file_answer_chosen_cb,
                        g_bytes_ref (answer));
}

static void
file_answer_fetch (Wanted *wanted, const char *route, const char *const *args)
{
  mh_fetch_async (mh_pane_context (wanted->pane), &(MhFetch){ .route = route, .args = args }, NULL,
                  file_answer_fetched_cb, wanted);
}

void
mh_file_answer_save (MhPane *pane, const char *route, const char *const *args, const char *name)
{
  Wanted *wanted = g_new0 (Wanted, 1);
  *wanted = (Wanted){ g_object_ref (pane), g_strdup (name), FALSE, MH_PRINTER_PAGES };
  file_answer_fetch (wanted, route, args);
}

void
mh_file_answer_print (MhPane *pane,
                      const char *route,
                      const char *const *args,
                      MhPrinter printer,
                      const char *title)
{
  Wanted *wanted = g_new0 (Wanted, 1);
  *wanted = (Wanted){ g_object_ref (pane), g_strdup (title), TRUE, printer };
  file_answer_fetch (wanted, route, args);
}
