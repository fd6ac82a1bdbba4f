/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* When a visit is to be observed again, and who is told. Nobody is called to who has died. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* What follows from a visit that changed from @before to @after (its score, when it is observed
 * again, its end): queues the look at it, raises and clears alerts. */
gboolean mh_observe_follow (MhTx *tx, MhRecord *before, MhRecord *after, GError **error);
/* All of it anew for @visit, whatever was said before: its patient has died, or has not after all.
 */
gboolean mh_observe_again (MhTx *tx, MhRecord *visit, GError **error);

G_END_DECLS
