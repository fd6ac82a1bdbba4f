/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What a test or panel costs by each price list, or all that one list says; changed in place. */
#include "client/mh-context.h"
#include "client/widgets/base/mh-pane.h"
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_TYPE_PRICE_PANE (mh_price_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhPricePane, mh_price_pane, MH, PRICE_PANE, MhPane)

GtkWidget *mh_price_pane_new (MhContext *context);
/* @record: a test, a panel or a price list. */
void mh_price_pane_show (MhPricePane *pane, MhRecord *record);

/* Why whoever is signed in cannot change @list, which has the right to change prices; NULL: may. */
const char *mh_price_pane_why_not (MhContext *context, MhRecord *list);

G_END_DECLS
