/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of what the gate asks: which charts are protected, and which stand open to whom. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* Has @user_id an opening of that chart that stands at @now? -1: error. */
int mh_gate_store_is_open (MhDb *db,
                           const char *user_id,
                           const char *patient_id,
                           gint64 now,
                           GError **error);
/* Ids of the charts that stand open to @user_id, as a set of strings. */
GHashTable *mh_gate_store_opened (MhDb *db, const char *user_id, gint64 now, GError **error);
/* id, vip, user_id and hospital_id of one patient; NULL without error: none. */
MhRecord *mh_gate_store_flags (MhDb *db, const char *patient_id, GError **error);
/* The protected ones of @ids, as patients with id, vip, user_id and hospital_id. */
GPtrArray *mh_gate_store_protected (MhDb *db, GPtrArray *ids, GError **error);

G_END_DECLS
