/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Under which headings a report shows its results. */
#include "server/lab/reports/mh-reports-service.h"

G_BEGIN_DECLS

/* Hangs items and samples into @order (a copy, to be frozen) and gives copies of the results. The
 * tests of a panel that measure one thing each from one tube come together under the panel's name,
 * with what the panel calculates; a test with analytes of its own keeps its heading. */
GPtrArray *mh_reports_groups_make (const MhReportDraft *draft, MhRecord *order);

G_END_DECLS
