/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between the files of this room. */
#include "server/lab/qc/mh-qc-service.h"

G_BEGIN_DECLS

/* One analyte of one run, judged and stored: locks, keeps locked or releases. */
typedef struct
{
  MhQcSubject subject;
  const char *run_id;
  gint64 at;
  GPtrArray *points;  /* of this request */
  GPtrArray *targets; /* of those points */
  gboolean rejected;  /* the whole run */
  char **fired;       /* rules that reject the run, or else those that warn */
} MhQcVerdict;

/* *out_lock: the lock as it is now, NULL: none. */
gboolean
mh_qc_locks_follow (MhTx *tx, const MhQcVerdict *verdict, MhRecord **out_lock, GError **error);

/* What is read once for a request and kept in @known; records are its own. */
const char *const *mh_qc_known_controlled (MhDb *db, const MhQcTyped *typed, GError **error);
GPtrArray *mh_qc_known_bench (MhDb *db, const MhQcTyped *typed, GError **error);
/* *out_equipment NULL: nobody registered it. */
gboolean mh_qc_known_equipment (MhDb *db,
                                MhQcKnown *known,
                                const MhQcSubject *subject,
                                MhRecord **out_equipment,
                                GError **error);
/* mh_equipment_service_blocked() of it. */
gboolean mh_qc_known_block (MhDb *db,
                            MhQcKnown *known,
                            const MhQcSubject *subject,
                            gint64 now,
                            const char **out_block,
                            GError **error);
/* *out_lock NULL: the analyte is not locked there. */
gboolean mh_qc_known_lock (MhDb *db,
                           MhQcKnown *known,
                           const MhQcSubject *subject,
                           MhRecord **out_lock,
                           GError **error);

G_END_DECLS
