/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Critical values for the people who tell them (rules.md 3): what is open, calls, closing, figures.
 */
#include "server/lab/critical/mh-critical-store.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* Items of the hospitals that the actor sees, newest first. */
GPtrArray *mh_critical_service_list (const MhRequest *req, MhCriticalQuery *query, GError **error);
/* A critical_view: the item, its calls, whom to call. Looking acknowledges nothing. */
MhRecord *mh_critical_service_view (const MhRequest *req, const char *id, GError **error);
/* Keeps one attempt (critical_call, as sent) and gives the item. A read-back that was said to match
 * must hold the value: MH_ERROR_INVALID with "read_back". One that matches makes an open item
 * acknowledged. A call that was noted without the server and comes when the item is closed is kept
 * all the same. */
MhRecord *
mh_critical_service_call (const MhRequest *req, const char *id, MhRecord *call, GError **error);
/* @closing: critical_closing. MH_ERROR_CONFLICT as acknowledged while nobody has read it back. */
MhRecord *
mh_critical_service_close (const MhRequest *req, const char *id, MhRecord *closing, GError **error);
/* People of the directory who may be called (mh_clinician_type); @q NULL: all. */
GPtrArray *mh_critical_service_clinicians (const MhRequest *req,
                                           const char *q,
                                           const char *after,
                                           guint limit,
                                           GError **error);
/* A critical_figures of the days @from to @to (YYYY-MM-DD, NULL: this month until today). */
MhRecord *mh_critical_service_figures (const MhRequest *req,
                                       const char *from,
                                       const char *to,
                                       gint64 now,
                                       GError **error);

G_END_DECLS
