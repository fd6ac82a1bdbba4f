/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What a diluted sample's measurement stands for: the value times the factor. */
#include "shared/base/mh-types.h"

G_BEGIN_DECLS

/* "12.34" times "10" is "123.4": no digit more than was measured, so with each whole power of ten
 * in the factor one decimal goes; rounded half away from zero. "<0.5" and ">=300" keep their sign.
 * NULL: @value is no number (a text, a code), or @factor is not above 0 and at most 1,000,000.
 * Caller frees. */
char *mh_dilution_apply (const char *value, const char *factor);
/* What was typed: "45", or "45x10", "45*10", "45×10" for 45 measured in a dilution of one in ten.
 * FALSE: no dilution stands there. Caller frees both. */
gboolean mh_dilution_split (const char *typed, char **out_value, char **out_factor);

G_END_DECLS
