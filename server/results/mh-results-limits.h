/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Which limits hold for one person on the day of collection, and what a value is against them. */
#include "server/catalogue/mh-catalogue.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-decimal.h"

G_BEGIN_DECLS

/* Rows of the catalogue view, borrowed; NULL: no range fits, which is never the same as normal. */
typedef struct
{
  MhRecord *reference;
  MhRecord *critical;
} MhResultsLimits;

/* The person on the day @on: sex, age and weeks of pregnancy are of that day. */
void mh_results_limits_choose (MhCatalogueView *view,
                               MhRecord *analyte,
                               MhRecord *patient,
                               const char *method,
                               MhDate on,
                               MhResultsLimits *out_limits);
/* Weeks of pregnancy on that day; -1: not pregnant, or not known. */
int mh_results_limits_weeks (MhRecord *patient, MhDate on);
/* N L H LL HH; NULL when there is nothing to compare with. @was_critical: the value before was
 * critical already, which silences limits that hold only the first time. */
const char *
mh_results_limits_flag (const MhResultsLimits *limits, MhDecimal value, gboolean was_critical);
/* "13.0 – 17.0", "< 200"; NULL: none. Caller frees. */
char *mh_results_limits_text (MhRecord *range);

G_END_DECLS
