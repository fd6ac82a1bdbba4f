/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The A4 laboratory report: letterhead, patient, results, comments, verifier, QR. */
#include "shared/reports/mh-page.h"
#include "shared/reports/mh-report-content.h"

G_BEGIN_DECLS

/* @language as in mh_words_for(). @copy 0: the original, n: marked "COPY n" on each page. A report
 * that is not released (or without .report) carries a watermark. Finished, ready to draw; transfer
 * full. */
MhDocument *mh_report_lab (const MhLabReport *report, const char *language, guint copy);

G_END_DECLS
