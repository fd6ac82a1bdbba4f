/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Results of analysers that nobody knew where to put: assigned, tried again, discarded. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_INBOX_PANE (mh_inbox_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhInboxPane, mh_inbox_pane, MH, INBOX_PANE, MhPane)

G_END_DECLS
