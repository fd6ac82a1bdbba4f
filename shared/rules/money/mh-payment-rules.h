/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Rules of payments that are no sums. Pure. */
#include "shared/base/mh-types.h"

G_BEGIN_DECLS

/* What two writings of one card slip or transfer have in common: letters in capitals and digits,
 * without spaces and signs, digits of any script in ASCII. Caller frees; "" when nothing is left.
 */
char *mh_payment_rules_reference_key (const char *reference);
/* Does a payment by @method stand for money that came once, under its reference? A policy's number
 * pays many orders. */
gboolean mh_payment_rules_reference_is_once (const char *method);

G_END_DECLS
