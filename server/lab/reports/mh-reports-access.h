/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Who has seen, printed or was mailed which version of a report. */
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* In the write queue. Seen is kept once for each person and version; printed (@copy_no from 1 on)
 * each time. */
gboolean mh_reports_access_seen (MhTx *tx, MhRecord *report, GError **error);
gboolean mh_reports_access_printed (MhTx *tx, MhRecord *report, gint64 copy_no, GError **error);
/* The same from a reading handler: noted soon, without waiting. Takes nothing. */
void mh_reports_access_note_seen (MhServer *server, const MhWho *who, MhRecord *report);
/* From now on a mail that went out with a report is kept as access to it. Before the first request.
 */
void mh_reports_observe (MhServer *server);

/* A desk showed the version to somebody. Gives the report_access. */
MhRecord *mh_reports_service_seen (const MhRequest *req, const char *report_id, GError **error);
/* All versions of the order's report, newest first. */
GPtrArray *mh_reports_service_accesses (const MhRequest *req, const char *order_id, GError **error);

G_END_DECLS
