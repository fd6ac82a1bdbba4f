/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A hospital, a patient, an order and its results, for tests of paper, for samples to look at and
 * for the bench. The same call gives the same records. */
#include "shared/reports/mh-report-content.h"

G_BEGIN_DECLS

/* A record from JSON of the kind that the server sends; aborts on a mistake. */
MhRecord *paper_record (const MhRecordType *type, const char *json);
MhRecord *paper_hospital (void);
MhRecord *paper_patient (void);
MhRecord *paper_doctor (void);
/* Order with items, samples and money, but no results. */
MhRecord *paper_order (void);
MhRecord *paper_payment (void);
MhRecord *paper_receipt (void);
MhRecord *paper_prescription (void);
/* A released report of @n_results results (the real ones of a morning, then again and again), with
 * content and hash; free with mh_lab_report_free(). */
MhLabReport *paper_report (guint n_results);

/* Version 2 of twelve results: the first value and the name were put right, one result waits still
 * for a second person when @status is preliminary. @status: MH_REPORT_STATUS_…. */
MhLabReport *paper_changed (const char *status);
/* Of a department, with a letterhead of its own and a second signature. */
MhRecord *paper_template (void);
/* A small PNG. */
GBytes *paper_logo (void);

/* A year of six blood counts of one patient, one of them corrected; a new array. */
GPtrArray *paper_year (void);
/* A urine culture with two isolates and their antibiograms. */
MhLabReport *paper_culture (void);

/* With lines taxed at 5 and 18 %, exempt ones, discounts; totals and taxes fit. */
MhRecord *paper_invoice (guint n_lines);
MhRecord *paper_credit_note (void);

G_END_DECLS
