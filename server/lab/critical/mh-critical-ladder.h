/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Whom to call about a critical value, and the job that goes to the next of them. */
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

#define MH_JOB_CRITICAL "critical.ladder"

/* Where it stands by itself: the rung whose turn it is at @now, and when that changes or is said
 * again. @item is changed, not stored. */
gboolean mh_critical_ladder_place (MhDb *db, MhRecord *item, gint64 now, GError **error);
/* mh_critical_rung_type: the four of them with everybody whose turn it is then. */
GPtrArray *mh_critical_ladder_people (MhDb *db, MhRecord *item, GError **error);
/* Tells those whose turn it is (no patient's data), and queues the next look. */
gboolean mh_critical_ladder_tell (MhTx *tx, MhRecord *item, GError **error);
/* The item is settled: nobody is told any more. */
gboolean mh_critical_ladder_end (MhTx *tx, MhRecord *item, GError **error);

G_END_DECLS
