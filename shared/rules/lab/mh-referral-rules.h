/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What may follow what when tubes go to another laboratory. */
#include "shared/base/mh-types.h"

G_BEGIN_DECLS

/* The referral's MH_REFERRAL_… status after @step; NULL: out of order. It stays as it is while
 * single results come back, and is "returned" when the last one is there. */
const char *mh_referral_rules_status (const char *status, const char *step);
/* The same for one tube (MH_REFERRED_…); NULL: this step says nothing about it. */
const char *mh_referral_rules_state (const char *state, const char *step);

G_END_DECLS
