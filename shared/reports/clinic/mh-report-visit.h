/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A visit on A4: when and why they came, triage, vital signs, assessments, fluids, what was
 * prescribed, where they went and who signed. What is not signed says so on every page. */
#include "shared/record/mh-record.h"
#include "shared/reports/mh-page.h"

G_BEGIN_DECLS

typedef struct
{
  MhRecord *hospital, *patient;
  MhRecord *visit;
  GPtrArray *vitals;  /* of mh_vitals_type, newest first; what is struck out is left out */
  GPtrArray *answers; /* of mh_form_answer_type, newest first; what was replaced is left out */
  GPtrArray *forms;   /* of mh_form_definition_type: those that the answers name */
  GPtrArray *fluids;  /* of mh_fluid_type */
  GPtrArray *prescriptions; /* of mh_prescription_type with their lines, in order; or NULL */
  const char *by;           /* who prints it */
  gint64 at;                /* when */
} MhVisitPaper;

/* Finished; transfer full. */
MhDocument *mh_report_visit (const MhVisitPaper *paper, const char *language);

G_END_DECLS
