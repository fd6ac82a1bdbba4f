/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* For demonstration data: what is written twice from the same seed is the same twice, also what
 * observers make of it (jobs, alerts) and the trail. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* From here on the ids that the store gives to records without one come from @seed, the time and
 * their order alone. While nothing is being written. */
void mh_store_seed_ids (MhStore *store, guint32 seed);
/* Ids of their own again. */
void mh_store_unseed_ids (MhStore *store);

G_END_DECLS
