/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Units that are sent to emergency calls. A unit is reserved by compare-and-set on the version of
 * its state, and the database holds that it is on one call at a time. It is asked first: without an
 * answer in MH_RESCUE_ACCEPT_SECONDS it is released and the next one is asked (mh-missions-jobs.h).
 * Its steps are those of mh-dispatch-clock.h. A crew acts for the unit that it is on, who has
 * MH_MAY_DIRECT_UNIT for all. The states of unit and call follow.
 */
#include "server/dispatch/missions/mh-missions-store.h"
#include "server/platform/actor/mh-request.h"

G_BEGIN_DECLS

/* @order: an mh_mission_order_type. MH_ERROR_CONFLICT: the unit or the call has changed. */
MhRecord *mh_missions_service_send (const MhRequest *req, MhRecord *order, GError **error);
MhRecord *mh_missions_service_read (const MhRequest *req, const char *id, GError **error);
GPtrArray *
mh_missions_service_list (const MhRequest *req, const MhMissionsQuery *query, GError **error);
GPtrArray *
mh_missions_service_events (const MhRequest *req, const char *id, MhListPage page, GError **error);
/* @made_at: when it was told at a desk that could not reach the server then; 0: now. The same id
 * again changes nothing. MH_ERROR_CONFLICT: out of order. */
MhRecord *mh_missions_service_step (const MhRequest *req,
                                    const char *id,
                                    MhRecord *step,
                                    gint64 made_at,
                                    GError **error);
MhRecord *mh_missions_service_stand_down (const MhRequest *req,
                                          const char *id,
                                          MhRecord *body,
                                          GError **error);
MhRecord *
mh_missions_service_correct (const MhRequest *req, const char *id, MhRecord *body, GError **error);

G_END_DECLS
