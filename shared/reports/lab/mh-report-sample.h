/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A report about nobody, to show what a template looks like. */
#include "shared/reports/mh-report-content.h"

G_BEGIN_DECLS

/* Without hospital and template, which the caller puts in. Free with mh_lab_report_free(). */
MhLabReport *mh_report_sample (void);

G_END_DECLS
