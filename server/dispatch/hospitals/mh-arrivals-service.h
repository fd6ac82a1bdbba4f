/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Who is on the way to a hospital: dispatchers tell, the hospital's people answer and take over. */
#include "server/dispatch/hospitals/mh-sites-store.h"
#include "server/platform/actor/mh-request.h"

G_BEGIN_DECLS

/* Of an emergency call; what is left out is the call's. */
MhRecord *
mh_arrivals_service_tell (const MhRequest *req, MhRecord *draft, gint64 made_at, GError **error);
MhRecord *mh_arrivals_service_read (const MhRequest *req, const char *id, GError **error);
GPtrArray *
mh_arrivals_service_list (const MhRequest *req, const MhArrivalsQuery *query, GError **error);
/* MH_ERROR_CONFLICT: not from this state. */
MhRecord *mh_arrivals_service_step (const MhRequest *req,
                                    const char *id,
                                    MhRecord *step,
                                    gint64 made_at,
                                    GError **error);

G_END_DECLS
