/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The order board: five tabs with live counts, filters, several rows at once; C collects, R
 * receives, L prints labels; the chosen order's tubes and custody beside it. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_ORDER_BOARD_PAGE (mh_order_board_page_get_type ())
G_DECLARE_FINAL_TYPE (MhOrderBoardPage, mh_order_board_page, MH, ORDER_BOARD_PAGE, MhPane)

GtkWidget *mh_order_board_page_new (MhContext *context);

G_END_DECLS
