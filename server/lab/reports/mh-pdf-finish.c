/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/reports/mh-pdf-finish.h"

#include <qpdf/qpdf-c.h>
#include <string.h>

#include "shared/base/mh-error.h"

/* sRGB as an ICC profile of version 4.2 in base 64: cmsCreate_sRGBProfile() of Little CMS 2.14,
 * which puts it in the public domain, with a fixed date so that papers keep their bytes. */
static const char srgb_profile[]
    = "AAACTGxjbXMEIAAAbW50clJHQiBYWVogB+oAAQABAAAAAAAAYWNzcEFQUEwAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      "AAAAAPbWAAEAAAAA0y1sY21zAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAL"
      "ZGVzYwAAAQgAAAA2Y3BydAAAAUAAAABMd3RwdAAAAYwAAAAUY2hhZAAAAaAAAAAsclhZWgAAAcwAAAAUYlhZWgAA"
      "AeAAAAAUZ1hZWgAAAfQAAAAUclRSQwAAAggAAAAgZ1RSQwAAAggAAAAgYlRSQwAAAggAAAAgY2hybQAAAigAAAAk"
      "bWx1YwAAAAAAAAABAAAADGVuVVMAAAAaAAAAHABzAFIARwBCACAAYgB1AGkAbAB0AC0AaQBuAABtbHVjAAAAAAAA"
      "AAEAAAAMZW5VUwAAADAAAAAcAE4AbwAgAGMAbwBwAHkAcgBpAGcAaAB0ACwAIAB1AHMAZQAgAGYAcgBlAGUAbAB5"
      "WFlaIAAAAAAAAPbWAAEAAAAA0y1zZjMyAAAAAAABDEIAAAXe///zJQAAB5MAAP2Q///7of///aIAAAPcAADAblhZ"
      "WiAAAAAAAABvoAAAOPUAAAOQWFlaIAAAAAAAACSfAAAPhAAAtsNYWVogAAAAAAAAYpcAALeHAAAY2XBhcmEAAAAA"
      "AAMAAAACZmYAAPKnAAANWQAAE9AAAApbY2hybQAAAAAAAwAAAACj1wAAVHsAAEzNAACZmgAAJmYAAA9c";

/* A form may hold forms; more than this deep is no paper of ours. */
#define MOST_DEPTH 8

/* A packet as ISO 16684-1 wants it. It claims no conformance that nobody has checked. */
static char *
metadata (const MhPdfAbout *about, const char *created)
{
  g_autofree char *title = g_markup_escape_text (about->title != NULL ? about->title : "", -1);
  g_autofree char *when = created != NULL
                              ? g_strdup_printf ("<xmp:CreateDate>%s</xmp:CreateDate>\n", created)
                              : g_strdup ("");

  return g_strdup_printf (
      "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
      "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
      "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
      "xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n"
      "<dc:format>application/pdf</dc:format>\n"
      "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:title>\n"
      "<dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>\n"
      "%s<xmp:CreatorTool>Mahima</xmp:CreatorTool>\n"
      "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>",
      title, about->language != NULL ? about->language : "en", when);
}

/* "D:20261121143301Z…" as XMP writes it; NULL for anything else. The two must tell one time. */
static char *
created_of (qpdf_data qpdf)
{
  const char *date = qpdf_get_info_key (qpdf, "/CreationDate");
  if (date == NULL || !g_str_has_prefix (date, "D:") || strspn (date + 2, "0123456789") < 14)
    return NULL;
  date += 2;
  return g_strdup_printf ("%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", date, date + 4, date + 6, date + 8,
                          date + 10, date + 12);
}

static void
set_stream (qpdf_data qpdf, qpdf_oh stream, const void *data, gsize size)
{
  qpdf_oh_replace_stream_data (qpdf, stream, data, size, qpdf_oh_new_null (qpdf),
                               qpdf_oh_new_null (qpdf));
}

static void
add_metadata (qpdf_data qpdf, qpdf_oh root, const MhPdfAbout *about)
{
  g_autofree char *created = created_of (qpdf);
  g_autofree char *xmp = metadata (about, created);
  qpdf_oh stream = qpdf_oh_new_stream (qpdf);
  qpdf_oh dictionary = qpdf_oh_get_dict (qpdf, stream);
  qpdf_oh_replace_key (qpdf, dictionary, "/Type", qpdf_oh_new_name (qpdf, "/Metadata"));
  qpdf_oh_replace_key (qpdf, dictionary, "/Subtype", qpdf_oh_new_name (qpdf, "/XML"));
  set_stream (qpdf, stream, xmp, strlen (xmp));
  qpdf_oh_replace_key (qpdf, root, "/Metadata", stream);
}

/* What the colours mean, whatever shows them. */
static void
add_intent (qpdf_data qpdf, qpdf_oh root)
{
  gsize size = 0;
  g_autofree guchar *profile = g_base64_decode (srgb_profile, &size);
  qpdf_oh stream = qpdf_oh_new_stream (qpdf), intents = qpdf_oh_new_array (qpdf);
  qpdf_oh intent = qpdf_oh_new_dictionary (qpdf);

  set_stream (qpdf, stream, profile, size);
  qpdf_oh_replace_key (qpdf, qpdf_oh_get_dict (qpdf, stream), "/N", qpdf_oh_new_integer (qpdf, 3));
  qpdf_oh_replace_key (qpdf, intent, "/Type", qpdf_oh_new_name (qpdf, "/OutputIntent"));
  qpdf_oh_replace_key (qpdf, intent, "/S", qpdf_oh_new_name (qpdf, "/GTS_PDFA1"));
  qpdf_oh_replace_key (qpdf, intent, "/OutputConditionIdentifier",
                       qpdf_oh_new_string (qpdf, "sRGB IEC61966-2.1"));
  qpdf_oh_replace_key (qpdf, intent, "/DestOutputProfile", stream);
  qpdf_oh_append_item (qpdf, intents, intent);
  qpdf_oh_replace_key (qpdf, root, "/OutputIntents", intents);
}

static void
add_catalogue (qpdf_data qpdf, const MhPdfAbout *about)
{
  qpdf_oh root = qpdf_get_root (qpdf);
  qpdf_oh viewer = qpdf_oh_new_dictionary (qpdf);
  const char *language = about->language != NULL ? about->language : "en";
  qpdf_oh_replace_key (qpdf, root, "/Lang", qpdf_oh_new_unicode_string (qpdf, language));
  qpdf_oh_replace_key (qpdf, viewer, "/DisplayDocTitle", qpdf_oh_new_bool (qpdf, QPDF_TRUE));
  qpdf_oh_replace_key (qpdf, root, "/ViewerPreferences", viewer);
  add_metadata (qpdf, root, about);
  add_intent (qpdf, root);
}

/* Cairo cannot say what a figure shows. Walks the tree of the tags in the order of the file. */
static void
name_figures (qpdf_data qpdf, qpdf_oh element, GPtrArray *texts, guint *at, guint depth)
{
  if (qpdf_oh_is_array (qpdf, element))
    {
      for (int i = 0; i < qpdf_oh_get_array_n_items (qpdf, element); i++)
        name_figures (qpdf, qpdf_oh_get_array_item (qpdf, element, i), texts, at, depth);
      return;
    }

  if (!qpdf_oh_is_dictionary (qpdf, element) || depth > MOST_DEPTH)
    return;

  qpdf_oh kind = qpdf_oh_get_key (qpdf, element, "/S");
  if (qpdf_oh_is_name (qpdf, kind) && strcmp (qpdf_oh_get_name (qpdf, kind), "/Figure") == 0)
    {
      const char *text = *at < texts->len ? g_ptr_array_index (texts, *at) : "";
      *at += 1;
      if (*text != '\0')
        qpdf_oh_replace_key (qpdf, element, "/Alt", qpdf_oh_new_unicode_string (qpdf, text));
    }

  if (qpdf_oh_has_key (qpdf, element, "/K"))
    name_figures (qpdf, qpdf_oh_get_key (qpdf, element, "/K"), texts, at, depth + 1);
}

/* The keys first: what is done with their values begins iterators of its own. */
static GPtrArray *
keys_of (qpdf_data qpdf, qpdf_oh dictionary)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);
  qpdf_oh_begin_dict_key_iter (qpdf, dictionary);
  while (qpdf_oh_dict_more_keys (qpdf))
    g_ptr_array_add (keys, g_strdup (qpdf_oh_dict_next_key (qpdf)));
  return keys;
}

/* Archives want the points of a picture shown as they are (ISO 19005-2, 6.2.8). */
static void
calm_pictures (qpdf_data qpdf, qpdf_oh holder, guint depth)
{
  qpdf_oh resources = qpdf_oh_get_key (qpdf, holder, "/Resources");
  qpdf_oh objects = qpdf_oh_is_dictionary (qpdf, resources)
                        ? qpdf_oh_get_key (qpdf, resources, "/XObject")
                        : resources;

  if (!qpdf_oh_is_dictionary (qpdf, resources) || !qpdf_oh_is_dictionary (qpdf, objects)
      || depth > MOST_DEPTH)
    return;

  g_autoptr (GPtrArray) keys = keys_of (qpdf, objects);
  for (guint i = 0; i < keys->len; i++)
    {
      qpdf_oh object = qpdf_oh_get_key (qpdf, objects, g_ptr_array_index (keys, i));
      if (!qpdf_oh_is_stream (qpdf, object))
        continue;
      qpdf_oh about = qpdf_oh_get_dict (qpdf, object);
      if (qpdf_oh_has_key (qpdf, about, "/Interpolate"))
        qpdf_oh_replace_key (qpdf, about, "/Interpolate", qpdf_oh_new_bool (qpdf, QPDF_FALSE));
      calm_pictures (qpdf, about, depth + 1);
    }
}

static void
mend (qpdf_data qpdf, const MhPdfAbout *about)
{
  qpdf_oh root = qpdf_get_root (qpdf);
  guint at = 0;
  if (about->figures != NULL && qpdf_oh_has_key (qpdf, root, "/StructTreeRoot"))
    name_figures (qpdf,
                  qpdf_oh_get_key (qpdf, qpdf_oh_get_key (qpdf, root, "/StructTreeRoot"), "/K"),
                  about->figures, &at, 0);
  for (int i = 0; i < qpdf_get_num_pages (qpdf); i++)
    calm_pictures (qpdf, qpdf_get_page_n (qpdf, (size_t)i), 0);
}

/* --- papers from elsewhere --- */

/* What could act by itself stays behind: scripts hang on the page and on its annotations. */
static void
disarm (qpdf_data qpdf, qpdf_oh page)
{
  static const char *const keys[] = { "/AA", "/Annots", "/StructParents", "/Tabs", "/Metadata" };
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    qpdf_oh_remove_key (qpdf, page, keys[i]);
}

/* The pages of @paper after page @after of the report. What cannot be read is left out: the report
 * names it. Gives the number of pages, and the open paper, which must outlive the writing. */
static guint
append_paper (qpdf_data qpdf, const MhPdfPaper *paper, guint after, GPtrArray *open)
{
  gsize length = 0;
  const char *bytes = g_bytes_get_data (paper->pdf, &length);
  qpdf_data *other = g_new0 (qpdf_data, 1);

  *other = qpdf_init ();
  g_ptr_array_add (open, other);
  qpdf_set_suppress_warnings (*other, QPDF_TRUE);
  if (qpdf_read_memory (*other, "paper", bytes, length, NULL) >= QPDF_ERRORS
      || qpdf_push_inherited_attributes_to_page (*other) >= QPDF_ERRORS)
    return 0;

  guint n = 0;
  for (int i = 0; i < MIN (qpdf_get_num_pages (*other), MH_PDF_MOST_PAGES); i++)
    {
      qpdf_oh page = qpdf_get_page_n (*other, (size_t)i);
      disarm (*other, page);
      if (qpdf_add_page_at (qpdf, *other, page, QPDF_FALSE, qpdf_get_page_n (qpdf, after + n - 1))
          < QPDF_ERRORS)
        n++;
    }

  return n;
}

static void
close_paper (gpointer data)
{
  qpdf_cleanup (data);
  g_free (data);
}

static void
append_papers (qpdf_data qpdf, const MhPdfAbout *about, GPtrArray *open)
{
  guint more = 0;
  for (guint i = 0; about->papers != NULL && i < about->papers->len; i++)
    {
      const MhPdfPaper *paper = &g_array_index (about->papers, MhPdfPaper, i);
      if (paper->after > 0 && paper->after + more <= (guint)qpdf_get_num_pages (qpdf))
        more += append_paper (qpdf, paper, paper->after + more, open);
    }
}

GBytes *
mh_pdf_finish_as (GBytes *pdf, const MhPdfAbout *about, GError **error)
{
  gsize length = 0;
  const char *bytes = g_bytes_get_data (pdf, &length);
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func (close_paper);
  qpdf_data qpdf = qpdf_init ();
  GBytes *finished = NULL;

  qpdf_set_suppress_warnings (qpdf, QPDF_TRUE);
  if (qpdf_read_memory (qpdf, "report", bytes, length, NULL) < QPDF_ERRORS)
    {
      add_catalogue (qpdf, about);
      mend (qpdf, about);
      append_papers (qpdf, about, open);
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
  g_autoptr (GPtrArray) figures = mh_document_alternatives (document);
  MhPdfAbout about = { .language = mh_document_language (document),
                       .title = mh_document_title (document),
                       .figures = figures };
  return mh_pdf_finish_as (pdf, &about, error);
}
