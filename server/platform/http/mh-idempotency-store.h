/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The rows of answered requests. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* A row, or NULL without error: none. */
MhRecord *mh_idempotency_store_find (MhDb *db, const char *key, GError **error);
gboolean mh_idempotency_store_add (MhTx *tx, MhRecord *record, GError **error);
/* Rows deleted, -1 on error; at most a thousand at once, so that the write queue is never held up.
 */
gint64 mh_idempotency_store_purge (MhTx *tx, gint64 before, GError **error);

G_END_DECLS
