/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What the papers of a clinic share: letterhead and footer, the patient with the allergies,
 * headings and lines. */
#include "shared/record/mh-record.h"
#include "shared/reports/mh-page.h"
#include "shared/reports/mh-words.h"

G_BEGIN_DECLS

/* Filled by mh_clinical_begin(); stays where it is until mh_clinical_end(). */
typedef struct
{
  MhRecord *hospital, *patient; /* borrowed */
  const char *title, *by;       /* English; who prints it, or NULL */
  gint64 at;                    /* when it is printed */
  const MhWords *words;
  GTimeZone *zone;
  MhPaper paper;
  double width, letterhead;
  MhDocument *document;
} MhClinical;

/* @clinical's first members are set; the rest is worked out. */
void mh_clinical_begin (MhClinical *clinical, const char *language);
/* Name, age, MRN; allergies in a frame, and words where there are none or nobody asked. */
void mh_clinical_patient (MhClinical *clinical);
void mh_clinical_heading (MhClinical *clinical, const char *english);
/* A bold word or two, and what there is to say of it; @first: points from the left. */
void mh_clinical_line (MhClinical *clinical, const char *what, const char *detail, double first);
void mh_clinical_nothing (MhClinical *clinical);
/* Finished; transfer full. */
MhDocument *mh_clinical_end (MhClinical *clinical);

G_END_DECLS
