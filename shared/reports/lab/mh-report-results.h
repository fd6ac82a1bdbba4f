/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The table of a laboratory report: results under their tests, numbers lined up on the decimal
 * point, flags as a word and an arrow. */
#include "shared/reports/mh-report-content.h"
#include "shared/reports/mh-report-parts.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean strikes; /* every value: the report is withdrawn */
  gboolean hides_method;
} MhReportTable;

/* Adds column titles (repeated on each page), headings (repeated as "continued") and rows. */
void mh_report_results_add (MhDocument *document,
                            const MhLabReport *report,
                            const MhWords *words,
                            double width,
                            const MhReportTable *look);
/* TRUE when a printed range is still a default that nobody signed off. */
gboolean mh_report_results_have_defaults (const MhLabReport *report);

G_END_DECLS
