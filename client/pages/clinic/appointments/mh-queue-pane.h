/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Today's queue: who waits in the order of calling, who is still expected; calling, tokens. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_QUEUE_PANE (mh_queue_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhQueuePane, mh_queue_pane, MH, QUEUE_PANE, MhPane)

G_END_DECLS
