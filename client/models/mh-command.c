/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/models/mh-command.h"

void
mh_command_async (MhContext *context,
                  const MhCommand *command,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer data)
{
  /* A record that was made here has version 0, which is sent, too: the server tells. */
  gint64 version = command->base != NULL ? mh_record_version (command->base) : -1;
  mh_sync_submit_async (mh_context_sync (context),
                        &(MhSyncChange){ .route = command->route,
                                         .args = command->args,
                                         .body = command->body,
                                         .version = version,
                                         .optimistic = command->optimistic },
                        cancellable, callback, data);
}

MhOutcome *
mh_command_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return mh_sync_submit_finish (MH_SYNC (g_task_get_source_object (G_TASK (result))), result,
                                error);
}
