/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Invoices, bills of supply, credit and debit notes: found, looked at, printed and charged after.
 */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_BILLS_PANE (mh_bills_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhBillsPane, mh_bills_pane, MH, BILLS_PANE, MhPane)

G_END_DECLS
