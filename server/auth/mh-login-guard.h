/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Counts of failed log-ins by name and by address; only mh-login.c uses them. */
#include "server/store/mh-store.h"

G_BEGIN_DECLS

/* An address may belong to a whole ward. */
#define MH_GUARD_ADDRESS_FACTOR 4
/* Failures older than this are forgotten. */
#define MH_GUARD_MEMORY (24 * MH_HOUR)

char *mh_guard_user_key (const char *username);
char *mh_guard_address_key (const char *address);
/* MH_ERROR_RATE with the seconds to wait while @key is locked. NULL @key passes. */
gboolean mh_guard_check (MhDb *db, const char *key, gint64 now, GError **error);
/* One more failure. *out_failures and *out_until (0: not locked) tell what it came to. */
gboolean mh_guard_fail (MhTx *tx,
                        const char *key,
                        guint lock_after,
                        gint64 *out_failures,
                        gint64 *out_until,
                        GError **error);

G_END_DECLS
