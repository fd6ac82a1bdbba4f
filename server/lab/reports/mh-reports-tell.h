/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Telling those who have read a report that there is a newer version (rules.md 7). */
#include "server/platform/actor/mh-request.h"
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* Everybody of the house who has seen or printed an older version than @report gets a notice, and
 * after a correction an alert; whoever made the change is left out. E-mails follow from the notice
 * and, to the patient, from the order. @change NULL: an early report became final. */
gboolean mh_reports_tell_readers (MhTx *tx,
                                  MhRecord *order,
                                  MhRecord *report,
                                  MhRecord *change,
                                  GError **error);

/* The actor's own, open ones first, then by time. */
GPtrArray *mh_reports_service_notices (const MhRequest *req, gboolean open_alone, GError **error);
/* "I know": MH_ERROR_FORBIDDEN for somebody else's. */
MhRecord *
mh_reports_service_acknowledge (const MhRequest *req, const char *notice_id, GError **error);

G_END_DECLS
