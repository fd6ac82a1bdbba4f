/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* One offer to pay: its QR code or link, how it stands, until when. Turns green by itself. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_ATTEMPT_VIEW (mh_attempt_view_get_type ())
/* Signal "stop": nobody shall pay this any more. */
G_DECLARE_FINAL_TYPE (MhAttemptView, mh_attempt_view, MH, ATTEMPT_VIEW, MhPane)

/* A payment_attempt; NULL: none, the view is hidden. */
void mh_attempt_view_show (MhAttemptView *view, MhRecord *attempt);

G_END_DECLS
