/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The day book, its papers, and closing the day. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_DAY_PANE (mh_day_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhDayPane, mh_day_pane, MH, DAY_PANE, MhPane)

G_END_DECLS
