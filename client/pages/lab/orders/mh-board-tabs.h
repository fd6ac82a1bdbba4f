/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The five tabs with their counts, which follow every change of an order. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_BOARD_TABS (mh_board_tabs_get_type ())
/* Signal "tab-changed". */
G_DECLARE_FINAL_TYPE (MhBoardTabs, mh_board_tabs, MH, BOARD_TABS, MhPane)

const char *mh_board_tabs_current (MhBoardTabs *tabs); /* "paid" */
void mh_board_tabs_choose (MhBoardTabs *tabs, const char *tab);

G_END_DECLS
