/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What is kept of second factors. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* NULL without an error: this account never began. */
MhRecord *mh_factor_store_find (MhDb *db, const char *user_id, GError **error);
/* *out_used: @step is newer than every one used before. Two log-ins side by side with one code get
 * one yes. */
gboolean mh_factor_store_use_step (MhTx *tx,
                                   const char *user_id,
                                   gint64 step,
                                   gboolean *out_used,
                                   GError **error);
/* The account itself. @sealed NULL: off. */
gboolean mh_factor_store_set (MhTx *tx, const char *user_id, const char *sealed, GError **error);

G_END_DECLS
