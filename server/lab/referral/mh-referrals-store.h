/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* Newest first, without their tubes; @status, @before_id may be NULL. */
GPtrArray *mh_referrals_store_list (MhDb *db,
                                    const char *hospital_id,
                                    const char *status,
                                    const char *before_id,
                                    guint limit,
                                    GError **error);
GPtrArray *mh_referrals_store_items (MhDb *db, const char *referral_id, GError **error);
/* The number of the open referral that has this tube; NULL without error: none. Caller frees. */
char *mh_referrals_store_holding (MhDb *db, const char *sample_id, GError **error);

G_END_DECLS
