/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Changing what was released (rules.md 7): one person proposes, a second one verifies, and a new
 * version comes out; nothing is overwritten. Results keep what they were in their history.
 */
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* @draft: report_change as sent. Values are read as the grid reads them, and must differ from what
 * was released. MH_ERROR_NOT_FOUND before a release; MH_ERROR_CONFLICT while another change waits
 * or the report allows none. Nothing on the report changes yet. */
MhRecord *mh_reports_service_propose (const MhRequest *req,
                                      const char *order_id,
                                      MhRecord *draft,
                                      GError **error);
/* @decision: verification as sent. By whoever proposed it: MH_ERROR_FORBIDDEN. Verified, it makes
 * the next version of the report; returned, it is kept with the comment. */
MhRecord *mh_reports_service_decide (const MhRequest *req,
                                     const char *change_id,
                                     MhRecord *decision,
                                     GError **error);
/* With their values, newest first. NULL: any. */
GPtrArray *mh_reports_service_changes (const MhRequest *req,
                                       const char *order_id,
                                       const char *status,
                                       guint limit,
                                       GError **error);
MhRecord *mh_reports_service_change (const MhRequest *req, const char *id, GError **error);

/* An early report of what is verified so far (partial), or also of what still waits to be
 * (preliminary). MH_ERROR_CONFLICT when there is nothing yet or the report is final. */
MhRecord *mh_reports_service_early (const MhRequest *req,
                                    const char *order_id,
                                    const char *status,
                                    GError **error);
/* MH_ERROR_NOT_FOUND: nothing was remarked. */
MhRecord *
mh_reports_service_remark_read (const MhRequest *req, const char *order_id, GError **error);
/* What the pathologist says about the results as a whole; @text NULL: nothing. For the next
 * version; MH_ERROR_CONFLICT once the report is final (then it is appended). */
MhRecord *mh_reports_service_remark (const MhRequest *req,
                                     const char *order_id,
                                     const char *text,
                                     GError **error);

G_END_DECLS
