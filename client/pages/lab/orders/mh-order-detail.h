/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The right pane of the order board: patient, tests, tubes with their custody, payment, what may be
 * done. */
#include "client/compat/mh-compat.h"
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_ORDER_DETAIL (mh_order_detail_get_type ())
G_DECLARE_FINAL_TYPE (MhOrderDetail, mh_order_detail, MH, ORDER_DETAIL, MhPane)

/* Offers the way back to the list while @split is folded. */
void mh_order_detail_follow (MhOrderDetail *detail, MhSplit *split);
void mh_order_detail_show (MhOrderDetail *detail, const char *order_id); /* NULL: none */
MhRecord *mh_order_detail_order (MhOrderDetail *detail);

G_END_DECLS
