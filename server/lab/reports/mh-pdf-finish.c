/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/reports/mh-pdf-finish.h"

#include "server/platform/late/mh-late-pdf.h"
#include "server/platform/late/mh-late.h"
#include "shared/base/mh-error.h"

GBytes *
mh_pdf_finish_as (GBytes *pdf, const MhPdfAbout *about, GError **error)
{
  typeof (&mh_late_pdf_finish) finish = mh_late_find ("pdf", "mh_late_pdf_finish", error);
  GBytes *finished = finish != NULL ? finish (pdf, about) : NULL;
  if (finish != NULL && finished == NULL)
    mh_error_set (error, MH_ERROR_INTERNAL, "The PDF could not be finished.");
  return finished;
}

GBytes *
mh_pdf_finish (GBytes *pdf, const MhDocument *document, GError **error)
{
  g_autoptr (GPtrArray) figures = mh_document_alternatives (document);
  MhPdfAbout about = { .language = mh_document_language (document),
                       .title = mh_document_title (document),
                       .figures = figures };
  return mh_pdf_finish_as (pdf, &about, error);
}
