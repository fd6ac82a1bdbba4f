/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What comes in, laid into the local copy. On the cache's thread only. */
#include "client/cache/mh-cache.h"

G_BEGIN_DECLS

/* The record as the cache should hold it: a feed entry brings the columns, what was composed (an
 * order's items and tubes) stays from the copy that is here. New reference. */
MhRecord *mh_sync_apply_record (MhCache *cache, MhRecord *record, GError **error);
/* One feed entry (a feed_change record). *out_record: what the cache now holds; NULL: it is gone or
 * of a type that is not kept. *out_type NULL: not known to this version. */
gboolean mh_sync_apply_change (MhCache *cache,
                               MhRecord *change,
                               const MhRecordType **out_type,
                               MhRecord **out_record,
                               GError **error);

G_END_DECLS
