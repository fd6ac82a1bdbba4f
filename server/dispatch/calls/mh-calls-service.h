/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Emergency calls: taking and changing them, the protocol's answers, a person's change of the
 * priority, joining those about one emergency, cancelling. What is not open does not change any
 * more.
 */
#include "server/dispatch/calls/mh-calls-store.h"
#include "server/platform/actor/mh-request.h"

G_BEGIN_DECLS

/* @made_at: when it was taken at a desk that could not reach the server then; 0: now. */
MhRecord *
mh_calls_service_open (const MhRequest *req, MhRecord *draft, gint64 made_at, GError **error);
MhRecord *mh_calls_service_read (const MhRequest *req, const char *id, GError **error);
GPtrArray *mh_calls_service_list (const MhRequest *req, const MhCallsQuery *query, GError **error);
/* Place, number, words; the priority only with a reason, and back to what the protocol says. */
MhRecord *mh_calls_service_update (const MhRequest *req, MhPatch patch, GError **error);
MhRecord *
mh_calls_service_cancel (const MhRequest *req, const char *id, MhRecord *cancel, GError **error);
/* MH_ERROR_INVALID at the member of @answers that is wrong. */
MhRecord *mh_calls_service_answer (const MhRequest *req,
                                   const char *id,
                                   MhRecord *answers,
                                   gint64 made_at,
                                   GError **error);

/* mh-incident-near.h; rows of mh_emergency_near_type. */
GPtrArray *mh_calls_service_near (const MhRequest *req, const char *id, GError **error);
MhRecord *
mh_calls_service_join (const MhRequest *req, const char *id, const char *head_id, GError **error);
MhRecord *mh_calls_service_part (const MhRequest *req, const char *id, GError **error);

MhRecord *mh_calls_service_add_caller (const MhRequest *req,
                                       const char *id,
                                       MhRecord *caller,
                                       gint64 made_at,
                                       GError **error);
GPtrArray *
mh_calls_service_callers (const MhRequest *req, const char *id, MhListPage page, GError **error);
GPtrArray *
mh_calls_service_events (const MhRequest *req, const char *id, MhListPage page, GError **error);

G_END_DECLS
