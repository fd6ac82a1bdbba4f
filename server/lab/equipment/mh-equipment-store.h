/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of the register of equipment. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* By what stands on its label. NULL without error: none. */
MhRecord *
mh_equipment_store_find (MhDb *db, const char *hospital_id, const char *code, GError **error);
/* Analysers at @bench that are not retired, by code. */
GPtrArray *
mh_equipment_store_on_bench (MhDb *db, const char *hospital_id, const char *bench, GError **error);
void mh_equipment_store_on_bench_prefetch (MhDb *db, const char *hospital_id, const char *bench);
/* All that are not deleted, of every hospital. */
GPtrArray *mh_equipment_store_all (MhDb *db, GError **error);
/* In use or not, by name. */
GPtrArray *mh_equipment_store_plans (MhDb *db, const char *equipment_id, GError **error);
/* Newest first, before the row of @before_at and @before_id (NULL: from the newest). */
GPtrArray *
mh_equipment_store_events (MhDb *db, const char *equipment_id, MhListPage page, GError **error);
/* How many results were entered as measured on it since @since; -1: error. */
gint64 mh_equipment_store_runs (MhDb *db,
                                const char *hospital_id,
                                const char *code,
                                gint64 since,
                                GError **error);

G_END_DECLS
