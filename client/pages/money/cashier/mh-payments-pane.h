/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What was paid and given back: receipts again, refunds asked for, agreed to or refused. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_PAYMENTS_PANE (mh_payments_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhPaymentsPane, mh_payments_pane, MH, PAYMENTS_PANE, MhPane)

G_END_DECLS
