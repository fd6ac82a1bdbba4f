/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What was measured: a number, or only that it lies below or above one ("<5", ">=300"). */
#include "shared/base/mh-decimal.h"
#include "shared/rules/lab/mh-span.h"

G_BEGIN_DECLS

typedef struct
{
  MhDecimal number;
  int side;           /* -1: below it, 0: the number itself, 1: above it */
  gboolean including; /* "<=" and ">=": the number itself may be it */
} MhMeasured;

/* "13.2", "<5", ">= 300"; FALSE for NULL and for anything else. */
gboolean mh_measured_read (const char *text, MhMeasured *out_measured);
/* Where the true value lies. @never_negative: what is below a number does not go below 0. */
MhSpan mh_measured_span (const MhMeasured *measured, gboolean never_negative);
/* Is @plausible_low, the least that can be (NULL: not said), at least 0? */
gboolean mh_measured_never_negative (const char *plausible_low);
/* @text without zeros before its first digit ("013.2" is 13.2, "<00.5" is <0.5); all other digits
 * stay as they were entered, and so does what is no measured value. Caller frees. */
char *mh_measured_tidy (const char *text);

G_END_DECLS
