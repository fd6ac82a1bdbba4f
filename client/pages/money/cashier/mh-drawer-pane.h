/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* One's own drawer: opened with its float, counted blind, closed. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_DRAWER_PANE (mh_drawer_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhDrawerPane, mh_drawer_pane, MH, DRAWER_PANE, MhPane)

G_END_DECLS
