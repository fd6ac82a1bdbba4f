/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/analysers/mh-analyser-tools.h"

#include "client/models/mh-command.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/mh-types.h"

#define WAIT_MS 500

char *
mh_analyser_facts (MhRecord *record, const guint *fields)
{
  const MhRecordType *type = mh_record_type (record);
  GString *text = g_string_new (NULL);
  for (; *fields != 0; fields++)
    {
      g_autofree char *value = mh_words_value (record, *fields);
      if (value != NULL && *value != '\0')
        g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "",
                                mh_words_label (&type->fields[*fields]), value);
    }
  return g_string_free (text, FALSE);
}

typedef struct
{
  MhPane *pane;
  MhAnalyserDone done;
} Submit;

static void
submitted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Submit *submit = data;
  g_autoptr (MhPane) pane = submit->pane;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (pane) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (pane), error);
  submit->done (pane, outcome != NULL ? outcome->record : NULL);
}

void
mh_analyser_submit (MhPane *pane,
                    const char *route_id,
                    const char *id,
                    MhRecord *body,
                    MhRecord *base,
                    MhAnalyserDone done)
{
  const char *args[] = { "id", id, NULL };
  Submit *submit = g_new (Submit, 1);
  *submit = (Submit){ g_object_ref (pane), done };
  mh_command_async (mh_pane_context (pane),
                    &(MhCommand){ .route = route_id, .args = args, .body = body, .base = base },
                    NULL, submitted_cb, submit);
}

/* --- what changes by itself --- */

static gboolean
due_cb (gpointer data)
{
  MhAnalyserWatch *watch = data;
  watch->timer = 0;
  if (mh_pane_context (watch->pane) != NULL && gtk_widget_get_mapped (GTK_WIDGET (watch->pane)))
    watch->func (watch->pane);
  return G_SOURCE_REMOVE;
}

static void
analyser_tools_changed_cb (MhSync *sync,
                           const MhRecordType *type,
                           const char *id,
                           MhRecord *record,
                           MhAnalyserWatch *watch)
{
  if ((type == &mh_analyser_link_type || type == NULL) && watch->timer == 0)
    watch->timer = g_timeout_add (WAIT_MS, due_cb, watch);
}

void
mh_analyser_watch (MhAnalyserWatch *watch, MhPane *pane, void (*func) (MhPane *pane))
{
  watch->pane = pane;
  watch->func = func;
  g_signal_connect (mh_context_sync (mh_pane_context (pane)), "changed",
                    G_CALLBACK (analyser_tools_changed_cb), watch);
  g_object_set_data_full (G_OBJECT (pane), "mh-analyser-sync",
                          g_object_ref (mh_context_sync (mh_pane_context (pane))), g_object_unref);
}

void
mh_analyser_unwatch (MhAnalyserWatch *watch)
{
  MhSync *sync
      = watch->pane != NULL ? g_object_get_data (G_OBJECT (watch->pane), "mh-analyser-sync") : NULL;
  g_clear_handle_id (&watch->timer, g_source_remove);
  if (sync != NULL)
    g_signal_handlers_disconnect_by_data (sync, watch);
  watch->pane = NULL;
}
