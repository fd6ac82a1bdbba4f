/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What a person does here: sent once, in order, and kept until the server is back where the table
 * of calls lets it wait. What is only asked is mh-fetch.h; a form saves through mh-record-slot.h.
 */
#include "client/mh-context.h"

G_BEGIN_DECLS

/* One act. All is copied; what is not set is not sent. */
typedef struct
{
  const char *route;       /* the id of its row in the table of calls */
  const char *const *args; /* name, value, …, NULL: path and query */
  MhRecord *body;
  MhRecord *base;       /* what was changed, as it was: a newer one on the server is a conflict */
  MhRecord *optimistic; /* what the local copy holds of it while the server is away */
} MhCommand;

void mh_command_async (MhContext *context,
                       const MhCommand *command,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer data);
/* What came of it, which may be that it waits; a refusal is the error. */
MhOutcome *mh_command_finish (GAsyncResult *result, GError **error);

G_END_DECLS
