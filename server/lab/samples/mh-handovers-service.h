/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Many tubes from one person to another, and the list of what does not agree. */
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* @draft: an MhHandover with both badges, of two persons, one of them the one who is signed in; the
 * numbers that were expected and those that were scanned. What may go is handed over, each with its
 * event; the rest is kept as found. Nothing at all that may go: MH_ERROR_INVALID. */
MhRecord *mh_handovers_service_make (const MhRequest *req, MhRecord *draft, GError **error);
MhRecord *mh_handovers_service_read (const MhRequest *req, const char *id, GError **error);
/* Newest first, without their tubes. */
GPtrArray *mh_handovers_service_list (const MhRequest *req,
                                      const char *before_id,
                                      guint limit,
                                      GError **error);

G_END_DECLS
