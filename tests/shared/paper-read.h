/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Papers read back from their PDF. Every one of them is held to 60 KB a page. */
#include <poppler.h>

#include "shared/reports/mh-page.h"

G_BEGIN_DECLS

/* Poppler's types have no g_autoptr() in Debian 12. */
void paper_drop_object (void *place);
#define DROPPED __attribute__ ((cleanup (paper_drop_object)))

GBytes *paper_pdf_of (MhDocument *document);
/* Takes @document. */
PopplerDocument *paper_read_back (MhDocument *document);
char *paper_page_text (PopplerDocument *document, int page);
char *paper_all_text (PopplerDocument *document);
void paper_assert_contains (const char *text, const char *wanted);
guint paper_count_of (const char *text, const char *wanted);

G_END_DECLS
