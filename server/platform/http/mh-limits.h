/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Token buckets: how often one caller may ask for routes of one rate class. Memory is bounded:
 * callers whose bucket is full again are forgotten. Thread-safe. */
#include "shared/base/mh-error.h"
#include "shared/proto/mh-route.h"

G_BEGIN_DECLS

typedef struct _MhLimits MhLimits;

/* @per_minute: by MhRateClass; 0 switches the class off. */
MhLimits *mh_limits_new (const guint per_minute[MH_RATE_NONE]);
void mh_limits_free (MhLimits *limits);
/* @caller: a token, or an address. @now: µs, any monotonic clock. FALSE with MH_ERROR_RATE and the
 * seconds after which the next call passes. */
gboolean
mh_limits_take (MhLimits *limits, MhRateClass rate, const char *caller, gint64 now, GError **error);

G_END_DECLS
