/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of critical values. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* NULL: any. */
typedef struct
{
  const char *hospital_id, *state, *department_id, *order_id;
  gint64 before_at; /* cursor: opened_at and id of the last row seen; 0: from the newest */
  const char *before_id;
  guint limit;
} MhCriticalQuery;

/* Newest first. */
GPtrArray *mh_critical_store_list (MhDb *db, const MhCriticalQuery *query, GError **error);
GPtrArray *mh_critical_store_of_order (MhDb *db, const char *order_id, GError **error);
GPtrArray *mh_critical_store_calls (MhDb *db, const char *item_id, GError **error);
/* The newest item of a result. NULL without error: none. */
MhRecord *mh_critical_store_of_result (MhDb *db, const char *result_id, GError **error);

/* People of a hospital who may be called (mh_clinician_type), by name, behind the one with the id
 * @after (NULL: from the first); @q: part of a name, or NULL. */
GPtrArray *mh_critical_store_clinicians (MhDb *db,
                                         const char *hospital_id,
                                         const char *q,
                                         const char *after,
                                         guint limit,
                                         GError **error);
/* Active users of a role who belong to the hospital, @department_id NULL: of any; with
 * @on_shift only those. */
GPtrArray *mh_critical_store_people (MhDb *db,
                                     const char *hospital_id,
                                     const char *role,
                                     const char *department_id,
                                     gboolean on_shift,
                                     GError **error);

/* Items opened in the period, with the fields that figures need. */
GPtrArray *mh_critical_store_opened (MhDb *db,
                                     const char *hospital_id,
                                     gint64 from,
                                     gint64 to,
                                     GError **error);

G_END_DECLS
