/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What the files of the laboratory report share. */
#include "shared/reports/mh-report-content.h"
#include "shared/reports/mh-report-parts.h"

G_BEGIN_DECLS

typedef struct
{
  const MhLabReport *report;
  const MhWords *words;
  GTimeZone *zone;
  guint copy;
  MhPaper paper;
  double width;
  double letterhead; /* its height */
} MhLabPaper;

const char *mh_lab_paper_status (const MhLabPaper *lab);
/* A text of the report's template; NULL without one. */
const char *mh_lab_paper_template (const MhLabPaper *lab, guint field);
/* "Version 2"; "" before the release. Caller frees. */
char *mh_lab_paper_version (const MhLabPaper *lab);
/* A tinted panel with a title and lines of text. */
void mh_lab_paper_panel (const MhLabPaper *lab,
                         MhDocument *document,
                         guint32 ink,
                         guint32 tint,
                         const char *title,
                         const char *text);
/* What was changed since the version before, by whom and why, value by value. */
void mh_lab_paper_change (const MhLabPaper *lab, MhDocument *document);
/* What was remarked when a sample was run although it should have been rejected. */
void mh_lab_paper_samples (const MhLabPaper *lab, MhDocument *document);
/* Pictures with their titles, and which papers follow. */
void mh_lab_paper_attachments (const MhLabPaper *lab, MhDocument *document);

G_END_DECLS
