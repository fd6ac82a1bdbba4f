/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What happens to tubes (rules.md 6): every step is an event that is never changed, and moves the
 * tube, its tests and its order. */
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* @event: a custody_event record as sent. A step out of order is MH_ERROR_CONFLICT; a tube cannot
 * count as collected before its order is paid, while the scanned label is another's, or without the
 * proof that setting collection.proof asks for: MH_ERROR_INVALID. A hand-over
 * wants the other person's badge, as does disposing of a tube before its time. Rejecting
 * makes a new linked tube, and its tests wait to be collected again without a second charge. Gives
 * the tube with its events. */
MhRecord *mh_samples_service_event (const MhRequest *req,
                                    const char *sample_id,
                                    MhRecord *event,
                                    GError **error);
/* The same from a service that has compared the badges itself. */
MhRecord *mh_samples_service_witnessed (const MhRequest *req,
                                        const char *sample_id,
                                        MhRecord *event,
                                        GError **error);
MhRecord *mh_samples_service_read (const MhRequest *req, const char *id, GError **error);
/* Newest first, of the actor's hospital; @accession and @order_id narrow, @before_id continues;
 * each may be NULL. */
GPtrArray *mh_samples_service_list (const MhRequest *req,
                                    const char *accession,
                                    const char *order_id,
                                    const char *before_id,
                                    guint limit,
                                    GError **error);
GPtrArray *mh_samples_service_events (const MhRequest *req, const char *id, GError **error);

G_END_DECLS
