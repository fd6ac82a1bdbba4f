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

G_END_DECLS
