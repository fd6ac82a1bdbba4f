/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of automatic verification and of the queue of what waits for a person. */
#include "server/platform/store/mh-store.h"
#include "shared/records/lab/mh-auto.h"

G_BEGIN_DECLS

/* The hospital's rules (MhAutoRule), the oldest first; inactive ones too. */
GPtrArray *mh_auto_store_rules (MhDb *db, const char *hospital_id, GError **error);

/* A past result with what the rules ask about it. */
typedef struct
{
  MhRecord *result;
  char *bench;
  gboolean changed; /* a person sent it back, measured it again or corrected it */
  gboolean has_previous;
  guint tube_deltas;
} MhAutoPast;

void mh_auto_past_free (MhAutoPast *past);

/* Verified ones of the period, the newest first (MhAutoPast). */
GPtrArray *mh_auto_store_past (MhDb *db,
                               const char *hospital_id,
                               gint64 from,
                               gint64 to,
                               guint limit,
                               GError **error);

typedef struct
{
  const char *hospital_id; /* NULL: all */
  const char *user_id;     /* whose own entries are counted */
  /* behind this row; NULL, 0, 0: from the first */
  const char *after_id;
  gint64 after_pressing; /* mh_auto_pressing() */
  gint64 after_at;
  guint limit;
  gint64 now; /* by which the seconds are counted in which an act can be taken back */
} MhVerifyQuery;

/* How pressing a verify_row is: 0 for what comes first, those with critical values before all. */
gint64 mh_auto_pressing (MhRecord *row);
/* Orders with values that wait (verify_row), the most pressing first. */
GPtrArray *mh_auto_store_queue (MhDb *db, const MhVerifyQuery *query, GError **error);

/* A value that waits and was measured later than one of the tests of its tube keeps. */
typedef struct
{
  char *order_id;
  char *test;
  char *temperature; /* NULL: never told */
  gint64 collected_at, measured_at;
} MhAutoLate;

void mh_auto_late_free (MhAutoLate *late);

/* Of the waiting values that need no look otherwise (MhAutoLate). @hospital_id NULL: of all. */
GPtrArray *mh_auto_store_late (MhDb *db, const char *hospital_id, GError **error);

G_END_DECLS
