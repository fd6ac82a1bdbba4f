/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Puts the server together: opens its store and keeps in it what the groups need as long as the
 * process lives.
 */
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

MhServer *mh_server_new (MhServerConfig *config, GError **error); /* takes the configuration */
/* Threads that do I/O, and those that run handlers, as configured or fitting the machine. */
guint mh_server_n_threads (MhServerConfig *config);
guint mh_server_n_workers (MhServerConfig *config);

G_END_DECLS
