/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* Lines of valid prescriptions that last until @today or longer and were not stopped. */
GPtrArray *
mh_drugs_store_active (MhDb *db, const char *patient_id, const char *today, GError **error);
/* All lines of valid prescriptions, newest first. */
GPtrArray *mh_drugs_store_all (MhDb *db, const char *patient_id, guint limit, GError **error);
/* The newest verified result of an analyte; NULL without @error: none. */
MhRecord *
mh_drugs_store_result (MhDb *db, const char *patient_id, const char *analyte, GError **error);
GPtrArray *mh_drugs_store_overrides (MhDb *db, const char *prescription_id, GError **error);
/* By name, those behind the one with the id @after; NULL: from the first. */
GPtrArray *mh_drugs_store_favourites (MhDb *db,
                                      const char *doctor_id,
                                      const char *after,
                                      guint limit,
                                      GError **error);

typedef struct
{
  const char *hospital_id; /* NULL: all */
  gint64 from, to;
} MhDrugsRange;

/* Sums over signed prescriptions: n of them, their lines, alerts seen and overridden. */
gboolean
mh_drugs_store_sums (MhDb *db, const MhDrugsRange *range, gint64 out_sums[4], GError **error);
/* drug_rate_row records, the most frequent first. */
GPtrArray *mh_drugs_store_rows (MhDb *db, const MhDrugsRange *range, GError **error);

G_END_DECLS
