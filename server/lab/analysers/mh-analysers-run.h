/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The links while the server runs: a thread for each that listens or connects, one for each line.
 * A link that is switched on, off or changed follows within a second, whichever process of the
 * server changed it. Of several processes over one database one runs each link
 * (mh-analysers-lease.h); a process whose configuration says analysers.run=false runs none.
 */
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

typedef struct _MhAnalysers MhAnalysers;

MhAnalysers *mh_analysers_start (MhServer *server);
/* Ends all lines; what was not acknowledged comes again. NULL is nothing. */
void mh_analysers_stop (MhAnalysers *analysers);

G_END_DECLS
