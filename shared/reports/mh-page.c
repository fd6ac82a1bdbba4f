/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/reports/mh-page.h"

#include <cairo-pdf.h>
#include <string.h>

#include "shared/base/mh-error.h"

typedef enum
{
  STEP_BOX,
  STEP_SPACE,
  STEP_BREAK,
  STEP_REPEAT,
} StepKind;

typedef struct
{
  StepKind kind;
  MhBox *box; /* BOX, REPEAT (NULL: end) */
  double height;
  guint keep;
  MhRepeat level;
} Step;

typedef struct
{
  MhBox *box;
  double x, y;
} Placed;

struct _MhDocument
{
  int refs;
  MhPaper paper;
  char *title, *author, *subject, *language;
  gboolean rtl;
  gint64 created;
  MhFrame frame;
  gpointer frame_data;
  GDestroyNotify frame_destroy;
  GArray *steps;    /* Step */
  GPtrArray *pages; /* GArray of Placed; empty until finished */
};

static void
step_clear (gpointer data)
{
  g_clear_pointer (&((Step *)data)->box, mh_box_unref);
}

static void
placed_clear (gpointer data)
{
  g_clear_pointer (&((Placed *)data)->box, mh_box_unref);
}

MhDocument *
mh_document_new (const MhPaper *paper)
{
  MhDocument *document = g_new0 (MhDocument, 1);
  document->refs = 1;
  document->paper = *paper;
  document->steps = g_array_new (FALSE, TRUE, sizeof (Step));
  g_array_set_clear_func (document->steps, step_clear);
  document->pages = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  mh_ink_set_rtl (FALSE);
  return document;
}

MhDocument *
mh_document_ref (MhDocument *document)
{
  document->refs++;
  return document;
}

static void
drop_frame (MhDocument *document)
{
  if (document->frame_destroy != NULL)
    document->frame_destroy (document->frame_data);
  document->frame = NULL;
  document->frame_destroy = NULL;
}

void
mh_document_unref (MhDocument *document)
{
  if (document == NULL || --document->refs > 0)
    return;
  drop_frame (document);
  g_array_unref (document->steps);
  g_ptr_array_unref (document->pages);
  g_free (document->title);
  g_free (document->author);
  g_free (document->subject);
  g_free (document->language);
  g_free (document);
}

void
mh_document_set_info (MhDocument *document,
                      const char *title,
                      const char *author,
                      const char *subject,
                      gint64 created)
{
  g_free (document->title);
  g_free (document->author);
  g_free (document->subject);
  document->title = g_strdup (title);
  document->author = g_strdup (author);
  document->subject = g_strdup (subject);
  document->created = created;
}

void
mh_document_set_language (MhDocument *document, const char *language)
{
  static const char *const from_right[] = { "ar", "ur", "fa", "he", NULL };
  g_autofree char *base = g_strndup (language, strcspn (language, "-_"));
  g_free (document->language);
  document->language = g_strdup (language);
  document->rtl = g_strv_contains (from_right, base);
  mh_ink_set_rtl (document->rtl);
}

const char *
mh_document_language (const MhDocument *document)
{
  return document->language;
}

const char *
mh_document_title (const MhDocument *document)
{
  return document->title;
}

void
mh_document_set_frame (MhDocument *document, MhFrame frame, gpointer data, GDestroyNotify destroy)
{
  g_return_if_fail (document->frame == NULL);
  document->frame = frame;
  document->frame_data = data;
  document->frame_destroy = destroy;
}

/* --- filling --- */

static void
add_step (MhDocument *document, Step step)
{
  g_array_append_val (document->steps, step);
}

void
mh_document_add (MhDocument *document, MhBox *box, guint keep)
{
  add_step (document, (Step){ STEP_BOX, box, mh_box_get_height (box), keep });
}

void
mh_document_space (MhDocument *document, double height)
{
  add_step (document, (Step){ STEP_SPACE, .height = height });
}

void
mh_document_break (MhDocument *document)
{
  add_step (document, (Step){ STEP_BREAK });
}

void
mh_document_repeat (MhDocument *document, MhRepeat level, MhBox *box)
{
  add_step (document, (Step){ STEP_REPEAT, box, .level = level });
}

void
mh_document_keep_last (MhDocument *document)
{
  for (guint i = document->steps->len; i-- > 0;)
    {
      Step *step = &g_array_index (document->steps, Step, i);
      if (step->kind == STEP_BOX)
        {
          step->keep |= MH_KEEP_NEXT;
          return;
        }
    }
}

void
mh_document_prose (MhDocument *document,
                   const MhType *type,
                   double x,
                   double width,
                   guint32 bar_colour,
                   const char *text)
{
  if (text == NULL || *text == '\0')
    return;

  g_autoptr (PangoLayout) layout = mh_ink_layout (type, width, text);
  int n_lines = pango_layout_get_line_count (layout);
  for (int i = 0; i < n_lines; i++)
    {
      MhBox *box = mh_box_new ();
      mh_box_set_tag (box, "P");
      if (bar_colour != 0)
        mh_box_fill (box, bar_colour, x - 8, 0, 2, type->style->leading);
      mh_box_line (box, type, x, 0, width, (MhBoxLine){ layout, i });
      gboolean joined = i == 0 || i == n_lines - 2;
      mh_document_add (document, box, joined && n_lines > 1 ? MH_KEEP_NEXT : 0);
    }
}

/* --- putting on pages --- */

typedef struct
{
  MhDocument *document;
  GArray *page;
  MhBox *repeats[MH_N_REPEATS];
  double y;
  double start; /* y below header and repeats: a box here has nothing above it */
  double bottom;
} Flow;

static double
header_height (MhDocument *document, guint number)
{
  return document->frame != NULL ? document->frame (NULL, number, 0, document->frame_data) : 0;
}

static void
flow_place (Flow *flow, MhBox *box)
{
  Placed placed = { mh_box_ref (box), flow->document->paper.left, flow->y };
  g_array_append_val (flow->page, placed);
  flow->y += mh_box_get_height (box);
}

static void
flow_new_page (Flow *flow)
{
  MhDocument *document = flow->document;
  flow->page = g_array_new (FALSE, TRUE, sizeof (Placed));
  g_array_set_clear_func (flow->page, placed_clear);
  g_ptr_array_add (document->pages, flow->page);
  flow->y = document->paper.top + header_height (document, document->pages->len);
  for (guint i = 0; i < MH_N_REPEATS; i++)
    if (flow->repeats[i] != NULL)
      flow_place (flow, flow->repeats[i]);
  flow->start = flow->y;
}

/* Height of the box at @index with all it must stay with. */
static double
chain_height (GArray *steps, guint index)
{
  double height = 0;
  for (guint i = index; i < steps->len; i++)
    {
      const Step *step = &g_array_index (steps, Step, i);
      if (step->kind == STEP_BREAK)
        break;
      height += step->kind == STEP_REPEAT ? 0 : step->height;
      if (step->kind == STEP_BOX && (step->keep & MH_KEEP_NEXT) == 0)
        break;
    }
  return height;
}

/* A chain that no page can hold is let go; a single box is still never cut. */
static double
needed_height (const Flow *flow, guint index)
{
  double chain = chain_height (flow->document->steps, index);
  double alone = g_array_index (flow->document->steps, Step, index).height;
  return chain <= flow->bottom - flow->start ? chain : alone;
}

static void
flow_repeat (Flow *flow, const Step *step)
{
  for (guint i = step->level; i < MH_N_REPEATS; i++)
    flow->repeats[i] = NULL;
  flow->repeats[step->level] = step->box;
}

static void
flow_step (Flow *flow, guint index)
{
  const Step *step = &g_array_index (flow->document->steps, Step, index);
  gboolean at_top = flow->y <= flow->start + 0.01;
  switch (step->kind)
    {
    case STEP_SPACE:
      flow->y += at_top ? 0 : step->height;
      break;
    case STEP_BREAK:
      if (!at_top)
        flow_new_page (flow);
      break;
    case STEP_REPEAT:
      flow_repeat (flow, step);
      break;
    case STEP_BOX:
      if (!at_top && flow->y + needed_height (flow, index) > flow->bottom + 0.01)
        flow_new_page (flow);
      flow_place (flow, step->box);
      break;
    }
}

static void
make_frames (MhDocument *document)
{
  for (guint i = 0; document->frame != NULL && i < document->pages->len; i++)
    {
      MhBox *box = mh_box_new ();
      document->frame (box, i + 1, document->pages->len, document->frame_data);
      Placed placed = { box, 0, 0 };
      /* First, so that a watermark lies under everything else. */
      g_array_prepend_val (g_ptr_array_index (document->pages, i), placed);
    }
}

void
mh_document_finish (MhDocument *document)
{
  g_return_if_fail (document->pages->len == 0);
  Flow flow = { document };
  gboolean roll = document->paper.height <= 0;

  flow.bottom = roll ? G_MAXDOUBLE : document->paper.height - document->paper.bottom;
  flow_new_page (&flow);
  for (guint i = 0; i < document->steps->len; i++)
    flow_step (&flow, i);
  if (roll)
    document->paper.height = flow.y + document->paper.bottom;
  make_frames (document);
  drop_frame (document);
  mh_ink_set_rtl (FALSE);
}

/* --- looking --- */

guint
mh_document_n_pages (const MhDocument *document)
{
  return document->pages->len;
}

void
mh_document_page_size (const MhDocument *document,
                       guint page,
                       double *out_width,
                       double *out_height)
{
  g_return_if_fail (page < document->pages->len);
  *out_width = document->paper.width;
  *out_height = document->paper.height;
}

/* The rows of a table are siblings in one "Table", as a reader of tagged files expects. */
static void
switch_table (cairo_t *cr, gboolean *in_table, gboolean wanted)
{
  if (wanted && !*in_table)
    cairo_tag_begin (cr, "Table", NULL);
  else if (!wanted && *in_table)
    cairo_tag_end (cr, "Table");
  *in_table = wanted;
}

void
mh_document_draw (const MhDocument *document, cairo_t *cr, guint page)
{
  g_return_if_fail (page < document->pages->len);
  GArray *placed = g_ptr_array_index (document->pages, page);
  gboolean in_table = FALSE;

  cairo_save (cr);
  for (guint i = 0; i < placed->len; i++)
    {
      const Placed *at = &g_array_index (placed, Placed, i);
      const char *tag = mh_box_get_tag (at->box);
      switch_table (cr, &in_table, g_strcmp0 (tag, "TR") == 0);
      if (tag != NULL)
        cairo_tag_begin (cr, tag, NULL);
      if (document->rtl)
        mh_box_draw_mirrored (at->box, cr, at->x, at->y, document->paper.width);
      else
        mh_box_draw (at->box, cr, at->x, at->y);
      if (tag != NULL)
        cairo_tag_end (cr, tag);
    }

  switch_table (cr, &in_table, FALSE);
  cairo_restore (cr);
}

GPtrArray *
mh_document_alternatives (const MhDocument *document)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  for (guint page = 0; page < document->pages->len; page++)
    {
      GArray *placed = g_ptr_array_index (document->pages, page);
      for (guint i = 0; i < placed->len; i++)
        {
          const MhBox *box = g_array_index (placed, Placed, i).box;
          const char *text = mh_box_get_alternative (box);
          if (g_strcmp0 (mh_box_get_tag (box), "Figure") == 0)
            g_ptr_array_add (texts, g_strdup (text != NULL ? text : ""));
        }
    }

  return texts;
}

static cairo_status_t
write_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
set_metadata (const MhDocument *document, cairo_surface_t *surface)
{
  static const struct
  {
    cairo_pdf_metadata_t key;
    gsize offset;
  } texts[] = {
    { CAIRO_PDF_METADATA_TITLE, G_STRUCT_OFFSET (MhDocument, title) },
    { CAIRO_PDF_METADATA_AUTHOR, G_STRUCT_OFFSET (MhDocument, author) },
    { CAIRO_PDF_METADATA_SUBJECT, G_STRUCT_OFFSET (MhDocument, subject) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text = G_STRUCT_MEMBER (const char *, document, texts[i].offset);
      if (text != NULL)
        cairo_pdf_surface_set_metadata (surface, texts[i].key, text);
    }

  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (document->created / G_USEC_PER_SEC);
  g_autofree char *created = g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, created);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Mahima");
}

static void
draw_pages (const MhDocument *document, cairo_surface_t *surface)
{
  cairo_t *cr = cairo_create (surface);

  /* A tagged file has one root. */
  cairo_tag_begin (cr, "Document", NULL);
  for (guint i = 0; i < document->pages->len; i++)
    {
      mh_document_draw (document, cr, i);
      if (i + 1 < document->pages->len)
        cairo_show_page (cr);
    }

  cairo_tag_end (cr, "Document");
  cairo_show_page (cr);
  cairo_destroy (cr);
}

static GBytes *
end_pdf (cairo_surface_t *surface, GByteArray *bytes, GError **error)
{
  cairo_surface_finish (surface);
  cairo_status_t status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (bytes);
  g_byte_array_unref (bytes);
  mh_error_set (error, MH_ERROR_INTERNAL, "The PDF could not be made: %s",
                cairo_status_to_string (status));
  return NULL;
}

static cairo_surface_t *
begin_pdf (const MhDocument *document, GByteArray *bytes)
{
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (
      write_bytes, bytes, document->paper.width, document->paper.height);
  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_5);
  set_metadata (document, surface);
  return surface;
}

GBytes *
mh_document_to_pdf (const MhDocument *document, GError **error)
{
  g_return_val_if_fail (document->pages->len > 0, NULL);
  GByteArray *bytes = g_byte_array_sized_new (32 * 1024);
  cairo_surface_t *surface = begin_pdf (document, bytes);
  draw_pages (document, surface);
  return end_pdf (surface, bytes, error);
}

GBytes *
mh_documents_to_pdf (GPtrArray *documents, const char *title, GError **error)
{
  g_return_val_if_fail (documents->len > 0, NULL);
  GByteArray *bytes = g_byte_array_sized_new (64 * 1024);
  cairo_surface_t *surface = begin_pdf (g_ptr_array_index (documents, 0), bytes);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_t *cr = cairo_create (surface);
  cairo_tag_begin (cr, "Document", NULL);

  for (guint i = 0; i < documents->len; i++)
    {
      const MhDocument *document = g_ptr_array_index (documents, i);
      for (guint page = 0; page < document->pages->len; page++)
        {
          mh_document_draw (document, cr, page);
          if (page + 1 < document->pages->len || i + 1 < documents->len)
            cairo_show_page (cr);
        }
    }

  cairo_tag_end (cr, "Document");
  cairo_show_page (cr);
  cairo_destroy (cr);

  return end_pdf (surface, bytes, error);
}
