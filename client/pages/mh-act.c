/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/mh-act.h"

#include "client/compat/mh-compat.h"
#include "client/widgets/base/mh-shell.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GtkWidget *from;
  MhContext *context;
  MhCommand command;
  char **args; /* the command's */
  char *done;
} Act;

static Act *
act_new (GtkWidget *from, MhContext *context, const MhCommand *command, const char *done)
{
  Act *act = g_new0 (Act, 1);
  act->from = g_object_ref (from);
  act->context = g_object_ref (context);
  act->args = g_strdupv ((char **)command->args);
  act->done = g_strdup (done);
  act->command = *command;
  act->command.args = (const char *const *)act->args;
  MhRecord *const records[] = { command->body, command->base, command->optimistic };
  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    if (records[i] != NULL)
      g_object_ref (records[i]);
  return act;
}

static void
act_free (Act *act)
{
  g_object_unref (act->from);
  g_object_unref (act->context);
  g_clear_object (&act->command.body);
  g_clear_object (&act->command.base);
  g_clear_object (&act->command.optimistic);
  g_strfreev (act->args);
  g_free (act->done);
  g_free (act);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Act, act_free)

static void
act_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Act) act = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (error != NULL)
    mh_shell_fail (act->from, error);
  else if (outcome != NULL)
    mh_shell_toast (act->from,
                    outcome->waiting ? _ ("Kept here until the server is back") : act->done);
}

static void
act_asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Act) act = data;
  if (mh_ask_finish (result))
    mh_act (act->from, act->context, &act->command, act->done);
}

void
mh_act (GtkWidget *from, MhContext *context, const MhCommand *command, const char *done)
{
  mh_command_async (context, command, NULL, act_done_cb, act_new (from, context, command, done));
}

void
mh_act_asked (GtkWidget *from,
              MhContext *context,
              const MhActQuestion *question,
              const MhCommand *command,
              const char *done)
{
  mh_ask_async (from, question->heading, question->body, question->yes, FALSE, act_asked_cb,
                act_new (from, context, command, done));
}
