/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What archives and screen readers want of a PDF and Cairo 1.16 does not write (ISO 19005-2 and
 * 14289-1): the language, the title in the window, the metadata as XMP, what the colours mean
 * (sRGB), what figures show. Papers of others are put behind the pages they belong to.
 */
#include "shared/reports/mh-page.h"

G_BEGIN_DECLS

/* Of one appended paper; what is longer was no attachment of a result. */
#define MH_PDF_MOST_PAGES 40

/* A PDF whose pages come after page @after (from 1) of the report. */
typedef struct
{
  GBytes *pdf;
  guint after;
} MhPdfPaper;

/* Borrowed; each may be NULL. */
typedef struct
{
  const char *language, *title;
  GPtrArray *figures; /* of mh_document_alternatives() */
  GArray *papers;     /* of MhPdfPaper, by .after */
} MhPdfAbout;

/* @pdf as Cairo made it from @document. Transfer full; the same input gives the same bytes. */
GBytes *mh_pdf_finish (GBytes *pdf, const MhDocument *document, GError **error);
/* Of several documents in one file, or with papers. */
GBytes *mh_pdf_finish_as (GBytes *pdf, const MhPdfAbout *about, GError **error);

G_END_DECLS
