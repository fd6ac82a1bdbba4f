/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Places where tubes are kept, the map of a place, what may go, and disposing of it. Putting a tube
 * in and taking it out are events of the tube (server/lab/samples/mh-samples-service.h). */
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* The words for where it stands ("Freezer 1 / Rack A") follow the parent; a box cannot hold a
 * place, and no place stands in itself. A change of name is passed on to what stands below. */
MhRecord *mh_storage_service_create (const MhRequest *req, MhRecord *draft, GError **error);
/* A box does not become smaller than what lies in it; a place in use is not switched off while
 * tubes are in it: MH_ERROR_CONFLICT. */
MhRecord *mh_storage_service_update (const MhRequest *req, MhPatch patch, GError **error);
/* An MhStorageMap: the boxes of @place_id and below, and every tube in them. */
MhRecord *mh_storage_service_map (const MhRequest *req, const char *place_id, GError **error);
/* Stored tubes that need not be kept any longer, those due longest first. */
GPtrArray *mh_storage_service_due (const MhRequest *req, gint64 now, guint limit, GError **error);
/* @request: an MhDisposal. All or none of the tubes; with the badge of a second person when one of
 * them is not due yet. */
MhRecord *mh_storage_service_dispose (const MhRequest *req, MhRecord *request, GError **error);

G_END_DECLS
