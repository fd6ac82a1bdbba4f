/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Counts of failed log-ins by name, by desk and by address; only mh-login.c uses them. A name is
 * locked first: that is what ends guessing one person's password. A whole hospital may share one
 * address (a proxy, a terminal server), so an address is locked late, and who has signed in from
 * it before goes on: what is shut out then are the names that were never seen there.
 */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* How many times as many failures as of one name. */
#define MH_GUARD_DEVICE_FACTOR 4
#define MH_GUARD_ADDRESS_FACTOR 20
/* How long a name is remembered at an address. */
#define MH_GUARD_KNOWN (30 * MH_DAY)
/* Failures older than this are forgotten. */
#define MH_GUARD_MEMORY (24 * MH_HOUR)

char *mh_guard_user_key (const char *username);
char *mh_guard_address_key (const char *address);
/* Of one desk at an address. NULL: no desk was named, or no address is known. */
char *mh_guard_device_key (const char *address, const char *device);
/* Of one name at one address, under which it is remembered that they belong together. */
char *mh_guard_known_key (const char *address, const char *username);
/* 1, 0, or -1 with an error. */
int mh_guard_is_known (MhDb *db, const char *key, gint64 now, GError **error);
gboolean mh_guard_remember (MhTx *tx, const char *key, GError **error);
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
