/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* One record by a read route: from the server, kept in the local copy; from the copy when the
 * server is away. */
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

G_END_DECLS
