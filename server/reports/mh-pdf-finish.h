/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What archives and screen readers want of a PDF and Cairo 1.16 does not write (ISO 19005-2 and
 * 14289-1): the language, the title in the window, the metadata as XMP.
 */
#include "shared/reports/mh-page.h"

G_BEGIN_DECLS

/* @pdf as Cairo made it from @document. Transfer full; the same input gives the same bytes. */
GBytes *mh_pdf_finish (GBytes *pdf, const MhDocument *document, GError **error);
/* Of several documents in one file. */
GBytes *mh_pdf_finish_as (GBytes *pdf, const char *language, const char *title, GError **error);

G_END_DECLS
