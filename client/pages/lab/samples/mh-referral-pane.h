/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Tubes sent to other laboratories and what came back. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_REFERRAL_PANE (mh_referral_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhReferralPane, mh_referral_pane, MH, REFERRAL_PANE, MhPane)

G_END_DECLS
