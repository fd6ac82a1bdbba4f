/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of units that are sent to calls. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* NULL: any. */
typedef struct
{
  const char *hospital_id, *call_id, *unit_id;
  const char *crew_id; /* only those of units that this person was on */
  gboolean open;
  MhListPage page;
} MhMissionsQuery;

/* Assigned last first. */
GPtrArray *mh_missions_store_list (MhDb *db, const MhMissionsQuery *query, GError **error);
/* All of a call, assigned first first. */
GPtrArray *mh_missions_store_of_call (MhDb *db, const char *call_id, GError **error);
/* The open one of a unit; NULL without error: none. */
MhRecord *mh_missions_store_of_unit (MhDb *db, const char *unit_id, GError **error);
/* Newest first. */
GPtrArray *
mh_missions_store_events (MhDb *db, const char *mission_id, MhListPage page, GError **error);
/* All of a hospital that are not over, and who is on units there. */
GPtrArray *mh_missions_store_open (MhDb *db, const char *hospital_id, GError **error);
GPtrArray *mh_missions_store_shifts (MhDb *db, const char *hospital_id, GError **error);
/* How many missions each unit has had since its first one signed on: id → number. */
GHashTable *mh_missions_store_loads (MhDb *db, const char *hospital_id, GError **error);

G_END_DECLS
