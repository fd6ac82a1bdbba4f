/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* One server on one embedded database: two would each keep their own idea of what was written last,
 * of sessions, pages and limits. PostgreSQL has a write queue for several, and needs none of this.
 */
#include "server/platform/runtime/mh-server-config.h"

G_BEGIN_DECLS

/* Held until the process ends, however it ends, so it is never in the way of the next start. Other
 * programs (mahimactl) work on the database beside the server and do not ask. TRUE without effect
 * on PostgreSQL and in memory. MH_ERROR_CONFLICT names who is there. */
gboolean mh_server_lock (MhServerConfig *config, GError **error);

G_END_DECLS
