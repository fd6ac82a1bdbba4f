/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* How an order stands on the board: nine columns, or two lines where there is no room for them. */
#include "client/widgets/table/mh-record-table.h"

G_BEGIN_DECLS

extern const MhTableColumn mh_board_columns[];
#define MH_BOARD_LEAST_WIDTH 660 /* pixels that the columns need */

G_END_DECLS
