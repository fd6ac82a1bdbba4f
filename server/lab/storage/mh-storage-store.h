/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* All places of a hospital that are in the house, by code. */
GPtrArray *mh_storage_store_places (MhDb *db, const char *hospital_id, GError **error);
/* MhStorageSpot of every tube in the boxes of a hospital. */
GPtrArray *mh_storage_store_spots (MhDb *db, const char *hospital_id, GError **error);
/* The highest position taken in a box; -1: empty, -2: error. */
gint64 mh_storage_store_highest (MhDb *db, const char *box_id, GError **error);
GPtrArray *
mh_storage_store_due (MhDb *db, const char *hospital_id, gint64 now, guint limit, GError **error);

G_END_DECLS
