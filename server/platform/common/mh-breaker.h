/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A circuit breaker: after so many failures one after another nobody asks for a while, then one
 * caller may try; its success closes the breaker, its failure opens it again for twice as long.
 * Thread-safe. Instants are µs, given by the caller.
 */
#include "shared/base/mh-types.h"

G_BEGIN_DECLS

typedef struct _MhBreaker MhBreaker;

typedef enum
{
  MH_BREAKER_IS_CLOSED,
  MH_BREAKER_IS_OPEN,
  MH_BREAKER_IS_HALF_OPEN,
} MhBreakerState;

/* Opens after @failures for @pause µs, then twice that, up to sixteen times. */
MhBreaker *mh_breaker_new (guint failures, gint64 pause);
void mh_breaker_free (MhBreaker *breaker);
/* May one ask now? If not, *out_until says when to come again. Half open lets one through; whoever
 * was let through must report, or after @pause another one is. */
gboolean mh_breaker_take (MhBreaker *breaker, gint64 now, gint64 *out_until);
void mh_breaker_succeeded (MhBreaker *breaker, gint64 now);
/* @why: for people, copied. */
void mh_breaker_failed (MhBreaker *breaker, gint64 now, const char *why);

typedef struct
{
  MhBreakerState state;
  gint64 until; /* of an open one */
  guint failures;
  guint64 opened; /* times, since the start */
  gint64 succeeded_at;
  char why[200];
} MhBreakerView;

void mh_breaker_look (MhBreaker *breaker, gint64 now, MhBreakerView *out_view);

/* µs to wait before asking again when @tries questions in a row had no answer; with chance in it,
 * so that all desks do not come back at once. */
gint64 mh_breaker_delay (gint64 tries, guint retry_after);
/* @time, up to a tenth more or less. */
gint64 mh_breaker_jitter (gint64 time);

G_END_DECLS
