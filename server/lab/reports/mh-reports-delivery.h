/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Reports that are to go on paper: each released version waits once, until it is printed. */
#include "server/lab/reports/mh-reports-service.h"
#include "server/platform/actor/mh-request.h"

G_BEGIN_DECLS

/* In the queue, by the room itself. */
gboolean
mh_reports_delivery_queue (MhTx *tx, const MhReportDraft *draft, MhRecord *report, GError **error);
/* Its paper was made. */
gboolean mh_reports_delivery_done (MhTx *tx, const char *report_id, GError **error);

/* By ward, then the most pressing and the oldest. NULL: any status, any ward. */
GPtrArray *mh_reports_service_deliveries (const MhRequest *req,
                                          const char *status,
                                          const char *ward,
                                          guint limit,
                                          GError **error);
/* It needs no paper, or after all does. MH_ERROR_CONFLICT once it is printed or replaced. */
MhRecord *mh_reports_service_delivery_set (const MhRequest *req,
                                           const char *id,
                                           gboolean wanted,
                                           GError **error);
/* All of @batch (report_batch) as one file in the order of the wards: each is counted, from the
 * second time on marked as a copy, and kept as printed. Workers only. */
gboolean mh_reports_service_print_batch (const MhPaperWanted *wanted,
                                         MhRecord *batch,
                                         MhPaperMade *out_made,
                                         GError **error);

/* The newest version by e-mail, once more: MH_ERROR_CONFLICT when the patient has no address, has
 * not agreed, or nothing is released. Gives the mail. */
MhRecord *mh_reports_service_mail (const MhRequest *req, const char *order_id, GError **error);

G_END_DECLS
