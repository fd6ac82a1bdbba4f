/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of frozen reports and of receipts. */
#include "server/store/mh-store.h"

G_BEGIN_DECLS

/* Newest version first. */
GPtrArray *mh_reports_store_of_order (MhDb *db, const char *order_id, GError **error);
/* Newest first. @hospital_id NULL: of all; @before_id NULL: from the newest on. */
GPtrArray *mh_reports_store_recent (MhDb *db,
                                    const char *hospital_id,
                                    const char *before_id,
                                    guint limit,
                                    GError **error);
/* The newest receipt of an order; NULL without error: nothing was paid. */
MhRecord *mh_reports_store_receipt (MhDb *db, const char *order_id, GError **error);

G_END_DECLS
