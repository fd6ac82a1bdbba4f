/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* One record by a read route: from the server, kept in the local copy; from the copy when the
 * server is away. What the server works out anew each time (a results sheet) is kept as it was
 * seen last. */
#include "client/mh-context.h"

G_BEGIN_DECLS

void mh_read_async (MhContext *context,
                    const char *route_id,
                    const char *id,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer data);
/* New reference. */
MhRecord *mh_read_finish (GAsyncResult *result, GError **error);
/* @record as what @route_id gave for @id last: it was changed here and waits to be sent. */
void mh_read_keep (MhContext *context, const char *route_id, const char *id, MhRecord *record);

G_END_DECLS
