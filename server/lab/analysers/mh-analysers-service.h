/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Analysers as people see and set them up. */
#include "server/lab/analysers/mh-analysers-store.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

GPtrArray *mh_analysers_service_list (const MhRequest *req, GError **error);
MhRecord *mh_analysers_service_read (const MhRequest *req, const char *id, GError **error);
/* MH_ERROR_CONFLICT when the hospital has that code already. */
MhRecord *mh_analysers_service_add (const MhRequest *req, MhRecord *draft, GError **error);
MhRecord *mh_analysers_service_change (const MhRequest *req, MhPatch patch, GError **error);
/* MH_ERROR_CONFLICT while it is switched on. */
MhRecord *mh_analysers_service_remove (const MhRequest *req, const char *id, GError **error);

GPtrArray *mh_analysers_service_maps (const MhRequest *req, const char *link_id, GError **error);
/* MH_ERROR_INVALID for an analyte or test that the catalogue does not have, and for a code that has
 * a row of that meaning. */
MhRecord *mh_analysers_service_map_add (const MhRequest *req,
                                        const char *link_id,
                                        MhRecord *draft,
                                        GError **error);
MhRecord *mh_analysers_service_map_change (const MhRequest *req, MhPatch patch, GError **error);
MhRecord *mh_analysers_service_map_remove (const MhRequest *req, const char *id, GError **error);

/* The hospital of @query is filled in from the actor. */
GPtrArray *
mh_analysers_service_messages (const MhRequest *req, MhAnalysersQuery *query, GError **error);
/* With its raw text and results. */
MhRecord *mh_analysers_service_message (const MhRequest *req, const char *id, GError **error);
/* What came: read again with the mapping as it is now, when it was refused or is to be decided.
 * What goes out: sent again when it was refused or cancelled. MH_ERROR_CONFLICT otherwise. */
MhRecord *mh_analysers_service_retry (const MhRequest *req, const char *id, GError **error);
/* A waiting one is not sent; one that came and is to be decided is closed. */
MhRecord *mh_analysers_service_drop (const MhRequest *req, const char *id, GError **error);
MhRecord *mh_analysers_service_send (const MhRequest *req,
                                     const char *link_id,
                                     MhRecord *wanted,
                                     GError **error);

GPtrArray *
mh_analysers_service_results (const MhRequest *req, MhAnalysersQuery *query, GError **error);
MhRecord *mh_analysers_service_resolve (const MhRequest *req,
                                        const char *id,
                                        MhRecord *resolve,
                                        GError **error);
/* The same for all open results of its message that came under the same number: each that fits;
 * the others stay in the inbox. Refused only when none fits. Gives the message with its results. */
MhRecord *mh_analysers_service_resolve_group (const MhRequest *req,
                                              const char *id,
                                              MhRecord *resolve,
                                              GError **error);
/* It was the wrong patient: what a person assigned together with this result waits in the inbox
 * again, and the order's rows for their own values. MH_ERROR_CONFLICT when one is verified or was
 * changed since. Gives the message with its results. */
MhRecord *mh_analysers_service_take_back (const MhRequest *req, const char *id, GError **error);

G_END_DECLS
