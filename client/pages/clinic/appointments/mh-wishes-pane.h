/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Who waits for a slot, in the order of offers; the one that was offered is booked from here. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_WISHES_PANE (mh_wishes_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhWishesPane, mh_wishes_pane, MH, WISHES_PANE, MhPane)

G_END_DECLS
