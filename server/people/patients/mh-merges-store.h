/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of merges. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* Newest first. NULL: all hospitals, any status, from the start. */
GPtrArray *mh_merges_store_list (MhDb *db,
                                 const char *hospital_id,
                                 const char *status,
                                 const char *after,
                                 guint limit,
                                 GError **error);
/* Patients marked as perhaps registered twice, newest first. */
GPtrArray *
mh_merges_store_doubtful (MhDb *db, const char *hospital_id, guint limit, GError **error);
/* How many proposals that are not decided name one of the two. */
gboolean
mh_merges_store_open (MhDb *db, const char *a, const char *b, gint64 *out_n, GError **error);
/* How many stays in a bed the patient has that have not ended. */
gboolean
mh_merges_store_admissions (MhDb *db, const char *patient_id, gint64 *out_n, GError **error);

G_END_DECLS
