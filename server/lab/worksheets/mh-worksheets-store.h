/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of worksheets. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

GPtrArray *mh_worksheets_store_lines (MhDb *db, const char *worksheet_id, GError **error);
/* Newest first, open ones before the others; @status NULL: any. */
GPtrArray *mh_worksheets_store_list (MhDb *db,
                                     const char *hospital_id,
                                     const char *status,
                                     guint limit,
                                     GError **error);

/* A received test that waits at a bench and stands on no open sheet. */
typedef struct
{
  char *order_id, *item_id, *sample_id, *accession, *who, *test;
} MhWaitingTest;

typedef struct
{
  const char *hospital_id, *bench;
  const char *test; /* NULL: any */
  guint limit;
} MhWaitingQuery;

/* MhWaitingTest that the array frees, the most pressing tube first, the tests of a tube together.
 */
GPtrArray *mh_worksheets_store_waiting (MhDb *db, const MhWaitingQuery *query, GError **error);

G_END_DECLS
