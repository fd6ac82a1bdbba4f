/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Until when a tube may be measured: what its tests state for where it was last told to be kept. */
#include "server/platform/runtime/mh-server.h"
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* Sets temperature, .stable_until and .stable_tests of @tube as @event leaves them. */
gboolean
mh_samples_keep_stamp (MhTx *tx, MhServer *server, MhRecord *tube, MhRecord *event, GError **error);

G_END_DECLS
