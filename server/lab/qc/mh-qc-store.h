/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of internal quality control. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* What is controlled: one analyte on one analyser. */
typedef struct
{
  const char *hospital_id;
  const char *equipment;
  const char *analyte;
} MhQcSubject;

/* Targets of any lot, in use or not, by level. */
GPtrArray *mh_qc_store_targets (MhDb *db, const MhQcSubject *subject, GError **error);
/* NULL without error: none. */
MhRecord *mh_qc_store_target_of_control (MhDb *db,
                                         const MhQcSubject *subject,
                                         const char *control_id,
                                         GError **error);
MhRecord *mh_qc_store_lot_of_control (MhDb *db,
                                      const char *hospital_id,
                                      const char *control_id,
                                      GError **error);
MhRecord *
mh_qc_store_same_target (MhDb *db, const MhQcSubject *subject, const char *lot_id, GError **error);

/* Points of a subject (and, if given, of one target), @since < at <= @until, newest first, before
 * the row of @before_at and @before_id, with what is thought of them now (excluded, remark). */
typedef struct
{
  MhQcSubject subject; /* .hospital_id NULL: of all; equipment and analyte may be NULL */
  const char *target_id;
  gint64 since, until;
  gint64 before_at;
  const char *before_id; /* NULL: from the newest */
  guint limit;
} MhQcPointsQuery;
GPtrArray *mh_qc_store_points (MhDb *db, const MhQcPointsQuery *query, GError **error);
/* When the last run before @before was good; *out_at 0: never. */
gboolean mh_qc_store_last_good (MhDb *db,
                                const MhQcSubject *subject,
                                gint64 before,
                                gint64 *out_at,
                                GError **error);
/* When something was last done that changed how the analyser measures; *out_at 0: never. */
gboolean
mh_qc_store_changed_at (MhDb *db, const MhQcSubject *subject, gint64 *out_at, GError **error);

/* Codes of the equipment that controls each of @analytes (a target in use), or is locked for it, in
 * their order: the caller's, g_strfreev() each. At most MH_QC_AT_ONCE analytes in one question. */
#define MH_QC_AT_ONCE 16
gboolean mh_qc_store_controlled (MhDb *db,
                                 const char *hospital_id,
                                 GPtrArray *analytes,
                                 char **out_codes[MH_QC_AT_ONCE],
                                 GError **error);
void mh_qc_store_controlled_prefetch (MhDb *db, const char *hospital_id, GPtrArray *analytes);
/* What is locked on the equipment, of all analytes. */
GPtrArray *
mh_qc_store_locked (MhDb *db, const char *hospital_id, const char *equipment, GError **error);
/* NULL without error: nothing is locked. */
MhRecord *mh_qc_store_lock (MhDb *db, const MhQcSubject *subject, GError **error);
/* @state "active": all but the released ones; NULL: all. Newest first. */
GPtrArray *mh_qc_store_locks (MhDb *db,
                              const char *hospital_id,
                              const char *state,
                              MhListPage page,
                              GError **error);
GPtrArray *mh_qc_store_actions (MhDb *db, const char *lock_id, GError **error);

typedef struct
{
  MhQcSubject subject;
  const char *lock_id;
  gint64 since, until; /* measured after @since and not after @until */
  guint limit;
} MhQcSuspectsQuery;

/* MhQcSuspect records. */
GPtrArray *mh_qc_store_suspects (MhDb *db, const MhQcSuspectsQuery *query, GError **error);

G_END_DECLS
