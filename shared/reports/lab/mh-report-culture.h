/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What grew in a culture, and the antibiogram of each isolate. */
#include "shared/reports/mh-report-parts.h"

G_BEGIN_DECLS

/* Below the row of @result (MhResult with its isolates); nothing without any. Susceptibilities that
 * the laboratory keeps back are left out. */
void
mh_report_culture_add (MhDocument *document, MhRecord *result, const MhWords *words, double width);
gboolean mh_report_culture_is (MhRecord *result);

G_END_DECLS
