/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* When a visit is to be observed again, and who is told. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* What follows from a visit that changed from @before to @after (its score, when it is observed
 * again, its end): queues the look at it, raises and clears alerts. */
gboolean mh_observe_follow (MhTx *tx, MhRecord *before, MhRecord *after, GError **error);

G_END_DECLS
