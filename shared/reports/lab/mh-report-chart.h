/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The summary of a chart on A4: who it is, allergies, problems, medicines, history, vaccines given,
 * newest results. */
#include "shared/record/mh-record.h"
#include "shared/reports/mh-page.h"

G_BEGIN_DECLS

typedef struct
{
  MhRecord *hospital; /* mh_hospital_type */
  MhRecord *patient;  /* mh_patient_type */
  MhRecord *chart;    /* mh_chart_type */
  const char *by;     /* who prints it */
  gint64 at;          /* when */
} MhChartPaper;

/* Finished; transfer full. */
MhDocument *mh_report_chart (const MhChartPaper *paper, const char *language);

G_END_DECLS
