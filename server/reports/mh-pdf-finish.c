/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/reports/mh-pdf-finish.h"

#include <qpdf/qpdf-c.h>
#include <string.h>

#include "shared/base/mh-error.h"

/* A packet as ISO 16684-1 wants it. It claims no conformance that nobody has checked. */
static char *
metadata (const char *title, const char *language)
{
  g_autofree char *escaped = g_markup_escape_text (title != NULL ? title : "", -1);
  return g_strdup_printf (
      "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
      "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
      "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
      "xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n"
      "<dc:format>application/pdf</dc:format>\n"
      "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:title>\n"
      "<dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>\n"
      "<xmp:CreatorTool>Mahima</xmp:CreatorTool>\n"
      "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>",
      escaped, language);
}

static void
add_metadata (qpdf_data qpdf, qpdf_oh root, const char *title, const char *language)
{
  g_autofree char *xmp = metadata (title, language);
  qpdf_oh stream = qpdf_oh_new_stream (qpdf);
  qpdf_oh dictionary = qpdf_oh_get_dict (qpdf, stream);
  qpdf_oh_replace_key (qpdf, dictionary, "/Type", qpdf_oh_new_name (qpdf, "/Metadata"));
  qpdf_oh_replace_key (qpdf, dictionary, "/Subtype", qpdf_oh_new_name (qpdf, "/XML"));
  qpdf_oh_replace_stream_data (qpdf, stream, (const unsigned char *)xmp, strlen (xmp),
                               qpdf_oh_new_null (qpdf), qpdf_oh_new_null (qpdf));
  qpdf_oh_replace_key (qpdf, root, "/Metadata", stream);
}

static void
add_catalogue (qpdf_data qpdf, const char *title, const char *language)
{
  qpdf_oh root = qpdf_get_root (qpdf);
  qpdf_oh viewer = qpdf_oh_new_dictionary (qpdf);
  qpdf_oh_replace_key (qpdf, root, "/Lang", qpdf_oh_new_unicode_string (qpdf, language));
  qpdf_oh_replace_key (qpdf, viewer, "/DisplayDocTitle", qpdf_oh_new_bool (qpdf, QPDF_TRUE));
  qpdf_oh_replace_key (qpdf, root, "/ViewerPreferences", viewer);
  add_metadata (qpdf, root, title, language);
}

GBytes *
mh_pdf_finish_as (GBytes *pdf, const char *language, const char *title, GError **error)
{
  gsize length = 0;
  const char *bytes = g_bytes_get_data (pdf, &length);
  qpdf_data qpdf = qpdf_init ();
  GBytes *finished = NULL;
  qpdf_set_suppress_warnings (qpdf, QPDF_TRUE);
  if (qpdf_read_memory (qpdf, "report", bytes, length, NULL) < QPDF_ERRORS)
    {
      add_catalogue (qpdf, title, language != NULL ? language : "en");
      if (qpdf_init_write_memory (qpdf) < QPDF_ERRORS)
        {
          qpdf_set_deterministic_ID (qpdf, QPDF_TRUE);
          qpdf_set_object_stream_mode (qpdf, qpdf_o_generate);
          if (qpdf_write (qpdf) < QPDF_ERRORS)
            finished = g_bytes_new (qpdf_get_buffer (qpdf), qpdf_get_buffer_length (qpdf));
        }
    }
  qpdf_cleanup (&qpdf);
  if (finished == NULL)
    mh_error_set (error, MH_ERROR_INTERNAL, "The PDF could not be finished.");
  return finished;
}

GBytes *
mh_pdf_finish (GBytes *pdf, const MhDocument *document, GError **error)
{
  return mh_pdf_finish_as (pdf, mh_document_language (document), mh_document_title (document),
                           error);
}
