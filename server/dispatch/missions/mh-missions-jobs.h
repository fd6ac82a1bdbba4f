/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What missions do by themselves: units of a top level are sent after the time for a veto, the next
 * one is asked when one refuses or does not answer; and what follows from a call or a crew that
 * changes. The jobs work out the road times outside of the write queue and send by compare-and-set,
 * so they may run twice.
 */
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

void mh_missions_jobs_register (MhServer *server);
/* A call that is cancelled stands its units down, one that changes tells them; a crew that changes
 * sees its unit's mission. */
void mh_missions_observe (MhServer *server);

G_END_DECLS
