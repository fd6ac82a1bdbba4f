/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* How often alerts of medicines interrupt, and which are overridden why: the last thirty days. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_DRUG_RATES (mh_drug_rates_get_type ())
G_DECLARE_FINAL_TYPE (MhDrugRates, mh_drug_rates, MH, DRUG_RATES, MhPane)

G_END_DECLS
