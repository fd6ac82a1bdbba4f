/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The doctor's prescription on A4 or A5: medicines as structured lines, tests, advice, signature.
 */
#include "shared/record/mh-record.h"
#include "shared/reports/mh-page.h"
#include "shared/reports/mh-words.h"

G_BEGIN_DECLS

typedef struct
{
  MhRecord *hospital;            /* mh_hospital_type */
  MhRecord *patient;             /* mh_patient_type */
  MhRecord *doctor;              /* mh_user_type; NULL: only the name in the prescription */
  MhRecord *prescription;        /* mh_prescription_type with its lines */
  const char *const *test_names; /* names of the tests, NULL-ended; NULL: their codes are printed */
  gboolean on_a5;
} MhPrescriptionPaper;

/* @copy as in mh_report_lab(). Unsigned ones carry a watermark. Finished; transfer full. */
MhDocument *
mh_report_prescription (const MhPrescriptionPaper *paper, const char *language, guint copy);

/* What its QR holds: the link that the server set, else "MHRX:1:<ID>:<VERSION>". Free it. */
char *mh_report_prescription_code (MhRecord *prescription);
/* The part of the link behind ".../r/", and back from it. Free it. */
char *mh_report_prescription_link_code (MhRecord *prescription);
gboolean mh_report_prescription_code_parse (const char *code, char **out_id, gint64 *out_version);

/* "1  ·  1-0-1 (morning, night)  ·  oral  ·  for 5 days": how a line is to be taken. Free it. */
char *mh_report_prescription_how (const MhWords *words, MhRecord *line);
/* "Amoxicillin 500 mg  ·  Capsule". Free it. */
char *mh_report_prescription_what (const MhWords *words, MhRecord *line);

G_END_DECLS
