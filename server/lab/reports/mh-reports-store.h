/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of frozen reports and of receipts. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* Newest version first. */
GPtrArray *mh_reports_store_of_order (MhDb *db, const char *order_id, GError **error);
/* Newest first. @hospital_id NULL: of all; @before_id NULL: from the newest on. */
GPtrArray *mh_reports_store_recent (MhDb *db,
                                    const char *hospital_id,
                                    const char *before_id,
                                    guint limit,
                                    GError **error);
/* NULL without error: the person has not seen that report. */
MhRecord *
mh_reports_store_seen (MhDb *db, const char *report_id, const char *user_id, GError **error);
/* report_access of all versions, newest version and newest row first. */
GPtrArray *mh_reports_store_accesses (MhDb *db, const char *order_id, GError **error);
/* report_notice of one person, newest first, a hundred at most. */
GPtrArray *
mh_reports_store_notices (MhDb *db, const char *user_id, gboolean open_alone, GError **error);
/* report_change without their values, newest first. NULL: any. */
GPtrArray *mh_reports_store_changes (MhDb *db,
                                     const char *hospital_id,
                                     const char *order_id,
                                     const char *status,
                                     guint limit,
                                     GError **error);
/* The one that waits for a second person. NULL without error: none. */
MhRecord *mh_reports_store_open_change (MhDb *db, const char *order_id, GError **error);
/* report_change_value in their order. */
GPtrArray *mh_reports_store_change_values (MhDb *db, const char *change_id, GError **error);

/* Released results of a patient measured from @from to before @to, oldest first, two thousand at
 * most. */
GPtrArray *
mh_reports_store_results (MhDb *db, const char *patient_id, gint64 from, gint64 to, GError **error);
/* report_delivery by ward, then the most pressing and the oldest. NULL: any. */
GPtrArray *mh_reports_store_deliveries (MhDb *db,
                                        const char *hospital_id,
                                        const char *status,
                                        const char *ward,
                                        guint limit,
                                        GError **error);
/* By name. @hospital_id NULL: of all. */
GPtrArray *mh_reports_store_templates (MhDb *db, const char *hospital_id, GError **error);

/* The newest receipt of an order; NULL without error: nothing was paid. */
MhRecord *mh_reports_store_receipt (MhDb *db, const char *order_id, GError **error);

G_END_DECLS
