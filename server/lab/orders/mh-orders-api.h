/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "server/platform/http/mh-call.h"

G_BEGIN_DECLS

void mh_orders_bind (MhRouter *router);
/* The lists of the board; called by mh_orders_bind(). */
void mh_orders_board_bind (MhRouter *router);

G_END_DECLS
