/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Labels for tubes (one page each) and the patient's card. Labels speak the laboratory's language,
 * English. */
#include "shared/record/mh-record.h"
#include "shared/reports/mh-page.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name; /* shown in preferences, stored with the desk */
  double width, height;
  double dpi; /* of the printer: bars are whole dots wide */
} MhLabelSize;

/* The sizes known; the first is the default. Ends with a NULL name. */
extern const MhLabelSize mh_label_sizes[];
/* The size of that name; the default for NULL or an unknown one. */
const MhLabelSize *mh_label_size_find (const char *name);

/* One page per tube and copy (.label_count of the sample), in order of draw, then container.
 * @samples of mh_sample_type; NULL: all of the order's. Rejected and cancelled tubes get none. NULL
 * when there is nothing to label; else finished, transfer full. */
MhDocument *mh_report_labels (MhRecord *hospital,
                              MhRecord *patient,
                              MhRecord *order,
                              GPtrArray *samples,
                              const MhLabelSize *size);
/* 86 × 54 mm: name, native name, MRN as text and Code 128, sex, date of birth, hospital; @photo (a
 * PNG, or NULL) at the end of the lines. */
MhDocument *
mh_report_patient_card (MhRecord *hospital, MhRecord *patient, GBytes *photo, const char *language);

G_END_DECLS
