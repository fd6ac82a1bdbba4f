/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The cashier's workspace: what is due, payments and refunds, one's drawer, the day book and the
 * figures, each in a tab. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_CASHIER_PAGE (mh_cashier_page_get_type ())
G_DECLARE_FINAL_TYPE (MhCashierPage, mh_cashier_page, MH, CASHIER_PAGE, MhPane)

GtkWidget *mh_cashier_page_new (MhContext *context);

G_END_DECLS
