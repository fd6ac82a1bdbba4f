/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What the report of an order would say now, from the sheet of its results: for looking at before
 * it is released. */
#include "shared/record/mh-record.h"
#include "shared/reports/mh-page.h"

G_BEGIN_DECLS

/* Results (mh_result_type) of the rows of @sheet that have a value, in the sheet's order, hung to
 * the items of
 * @order. New array of new records. */
GPtrArray *mh_sheet_results (MhRecord *sheet, MhRecord *order);
/* The unreleased report, watermarked. Nothing is kept of the arguments. Transfer full. */
MhDocument *mh_sheet_report (MhRecord *sheet,
                             MhRecord *order,
                             MhRecord *patient,
                             MhRecord *hospital,
                             const char *language);

G_END_DECLS
