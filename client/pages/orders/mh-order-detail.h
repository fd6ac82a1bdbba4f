/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The right pane of the order board: patient, tests, tubes with their custody, payment, what may be
 * done. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

#define MH_TYPE_ORDER_DETAIL (mh_order_detail_get_type ())
G_DECLARE_FINAL_TYPE (MhOrderDetail, mh_order_detail, MH, ORDER_DETAIL, GtkWidget)

GtkWidget *mh_order_detail_new (MhContext *context);
void mh_order_detail_show (MhOrderDetail *detail, const char *order_id); /* NULL: none */
MhRecord *mh_order_detail_order (MhOrderDetail *detail);

G_END_DECLS
