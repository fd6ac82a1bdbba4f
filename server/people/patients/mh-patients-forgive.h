/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What may have been meant where nobody was found: two words that are one, one wrong, missing,
 * additional or swapped letter. The words that patients have are gone through once for each that
 * was typed, so the cost is bounded however many patients there are.
 */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* Other texts to be looked for instead of @q, the likeliest first, few; empty: nothing is near.
 * NULL: error. */
GPtrArray *mh_patients_forgive (MhDb *db, const char *q, GError **error);

G_END_DECLS
