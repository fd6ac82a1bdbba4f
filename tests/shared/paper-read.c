/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/shared/paper-read.h"

#include <string.h>

#define MAX_PAGE_BYTES (60 * 1024)

void
paper_drop_object (void *place)
{
  g_clear_object ((GObject **)place);
}

GBytes *
paper_pdf_of (MhDocument *document)
{
  g_autoptr (GError) error = NULL;
  GBytes *pdf = mh_document_to_pdf (document, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (pdf), <=, MAX_PAGE_BYTES * mh_document_n_pages (document));
  return pdf;
}

PopplerDocument *
paper_read_back (MhDocument *document)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = paper_pdf_of (document);
  PopplerDocument *read = poppler_document_new_from_bytes (pdf, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (poppler_document_get_n_pages (read), ==, mh_document_n_pages (document));
  mh_document_unref (document);
  return read;
}

char *
paper_page_text (PopplerDocument *document, int page)
{
  DROPPED PopplerPage *at = poppler_document_get_page (document, page);
  return poppler_page_get_text (at);
}

char *
paper_all_text (PopplerDocument *document)
{
  GString *text = g_string_new (NULL);
  for (int i = 0; i < poppler_document_get_n_pages (document); i++)
    {
      g_autofree char *page = paper_page_text (document, i);
      g_string_append (text, page);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

void
paper_assert_contains (const char *text, const char *wanted)
{
  if (strstr (text, wanted) == NULL)
    g_error ("“%s” is missing from:\n%s", wanted, text);
}

guint
paper_count_of (const char *text, const char *wanted)
{
  guint count = 0;
  for (const char *at = strstr (text, wanted); at != NULL; at = strstr (at + 1, wanted))
    count++;
  return count;
}
