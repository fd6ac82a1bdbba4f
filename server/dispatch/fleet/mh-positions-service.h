/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Positions of units, as crews send them in batches: which count, which are dropped and why. What
 * is kept of the unit is the last fix; its place goes into the feed once a batch. */
#include "server/platform/actor/mh-request.h"

G_BEGIN_DECLS

/* @fixes: MhUnitFixes. Gives MhFixesTaken. MH_ERROR_INVALID at "fixes[I].NAME": what is no fix at
 * all, and then none of the batch is taken; MH_ERROR_FORBIDDEN: the actor is not on the unit. */
MhRecord *mh_positions_service_send (const MhRequest *req,
                                     const char *unit_id,
                                     MhRecord *fixes,
                                     GError **error);

G_END_DECLS
