/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Money taken where the tube is drawn: how it is paid, the amount as it was received, which must be
 * what is due, and the receipt. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_BEDSIDE_PAY (mh_bedside_pay_get_type ())
/* Signal "paid": the order is to be read anew. */
G_DECLARE_FINAL_TYPE (MhBedsidePay, mh_bedside_pay, MH, BEDSIDE_PAY, MhPane)

/* Hidden when nothing is due of it and nothing was paid here. NULL: the next patient's. */
void mh_bedside_pay_show (MhBedsidePay *pay, MhRecord *order);
/* Puts the focus where the amount is written; FALSE when nothing can be taken here. */
gboolean mh_bedside_pay_enter (MhBedsidePay *pay);

G_END_DECLS
