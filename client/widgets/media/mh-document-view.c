/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/media/mh-document-view.h"

#include "client/compat/mh-compat.h"
#include "client/widgets/base/mh-pane.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/media/mh-picture-file.h"
#include "shared/base/mh-error.h"

#include <glib/gi18n-lib.h>
#include <poppler.h>

#define WIDEST_PAGE 820
#define NARROWEST_PAGE 300
#define MARGIN 18 /* of .mh-papers */
#define LEAST_ZOOM 0.5
#define MOST_ZOOM 6.0
#define MOST_PAGES 2000 /* each is a widget */
#define ZOOM_STEP 1.25

struct _MhDocumentView
{
  GtkWidget parent_instance;
  GtkWidget *scrolled, *pages;
  MhDocument *document;
  PopplerDocument *pdf; /* instead of it */
  GdkPixbuf *picture;   /* instead of both: one page */
  double zoom;          /* 1: as wide as the pane */
  guint turns;          /* of a quarter, with the clock */
  guint fitting;        /* idle source, 0: none */
};

G_DEFINE_FINAL_TYPE (MhDocumentView, mh_document_view, GTK_TYPE_WIDGET)

static guint
n_pages (MhDocumentView *view)
{
  if (view->pdf != NULL)
    return (guint)poppler_document_get_n_pages (view->pdf);
  if (view->picture != NULL)
    return 1;
  return view->document != NULL ? mh_document_n_pages (view->document) : 0;
}

static void
document_view_page_size (MhDocumentView *view, guint page, double *out_width, double *out_height)
{
  if (view->picture != NULL)
    {
      *out_width = gdk_pixbuf_get_width (view->picture);
      *out_height = gdk_pixbuf_get_height (view->picture);
      return;
    }

  if (view->pdf == NULL)
    {
      mh_document_page_size (view->document, page, out_width, out_height);
      return;
    }

  PopplerPage *drawn = poppler_document_get_page (view->pdf, (int)page);
  poppler_page_get_size (drawn, out_width, out_height);
  g_object_unref (drawn);
}

/* The page as it is made, its upper left corner at 0, 0. */
static void
draw_upright (MhDocumentView *view, cairo_t *cr, guint page)
{
  if (view->picture != NULL)
    {
      gdk_cairo_set_source_pixbuf (cr, view->picture, 0, 0);
      cairo_paint (cr);
      return;
    }

  if (view->pdf == NULL)
    {
      mh_document_draw (view->document, cr, page);
      return;
    }

  PopplerPage *drawn = poppler_document_get_page (view->pdf, (int)page);
  poppler_page_render (drawn, cr);
  g_object_unref (drawn);
}

/* Where the upper left corner goes after that many quarter turns, in widths and heights. */
static void
document_view_turn (MhDocumentView *view, cairo_t *cr, double width, double height)
{
  static const double corner[][2] = { { 0, 0 }, { 1, 0 }, { 1, 1 }, { 0, 1 } };
  gboolean lies = view->turns % 2 == 1;
  cairo_translate (cr, corner[view->turns][0] * (lies ? height : width),
                   corner[view->turns][1] * (lies ? width : height));
  cairo_rotate (cr, view->turns * G_PI / 2);
}

static void
draw_page (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  MhDocumentView *view = data;
  guint page = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (area), "page"));
  double page_width, page_height;
  if (page >= n_pages (view))
    return;

  document_view_page_size (view, page, &page_width, &page_height);
  double scale = width / (view->turns % 2 == 1 ? page_height : page_width);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  document_view_turn (view, cr, page_width, page_height);
  draw_upright (view, cr, page);
}

/* As wide as the pane, in the page's own proportions. */
static void
fit_page (MhDocumentView *view, GtkWidget *area, int pane)
{
  double width, height;
  guint page = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (area), "page"));
  document_view_page_size (view, page, &width, &height);

  if (view->turns % 2 == 1)
    {
      double lying = width;
      width = height;
      height = lying;
    }

  int widest = MAX (NARROWEST_PAGE, MIN (WIDEST_PAGE, (int)(width * 1.5)));
  int wide = (int)(CLAMP (pane - 2 * MARGIN, NARROWEST_PAGE, widest) * view->zoom);
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), wide);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), (int)(wide * height / width));
}

static void
document_view_fit (MhDocumentView *view)
{
  GtkAdjustment *across
      = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (view->scrolled));
  for (GtkWidget *area = gtk_widget_get_first_child (view->pages); area != NULL;
       area = gtk_widget_get_next_sibling (area))
    fit_page (view, area, (int)gtk_adjustment_get_page_size (across));
}

static gboolean
document_view_fit_cb (gpointer data)
{
  MhDocumentView *view = data;
  view->fitting = 0;
  document_view_fit (view);
  return G_SOURCE_REMOVE;
}

/* The width is told in the middle of an allocation, where sizes must not change. */
static void
document_view_resized_cb (MhDocumentView *view)
{
  if (view->fitting == 0)
    view->fitting = g_idle_add (document_view_fit_cb, view);
}

static GtkWidget *
make_page (MhDocumentView *view, guint page)
{
  GtkWidget *area
      = g_object_new (GTK_TYPE_DRAWING_AREA, "accessible-role", GTK_ACCESSIBLE_ROLE_IMG, NULL);
  g_autofree char *name = g_strdup_printf (_ ("Page %u"), page + 1);
  gtk_widget_set_halign (area, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (area, GTK_ALIGN_START);
  gtk_widget_add_css_class (area, "mh-paper");
  g_object_set_data (G_OBJECT (area), "page", GUINT_TO_POINTER (page));
  mh_accessible_name (area, name);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_page, view, NULL);
  return area;
}

/* Takes all of them. */
static void
document_view_replace (MhDocumentView *view,
                       MhDocument *document,
                       PopplerDocument *pdf,
                       GdkPixbuf *picture)
{
  GtkWidget *child;
  MhDocument *old = view->document;
  view->document = document;
  while ((child = gtk_widget_get_first_child (view->pages)) != NULL)
    gtk_box_remove (GTK_BOX (view->pages), child);
  g_clear_pointer (&old, mh_document_unref);
  g_clear_object (&view->pdf);
  view->pdf = pdf;
  g_clear_object (&view->picture);
  view->picture = picture;
  view->zoom = 1;
  view->turns = 0;
  for (guint i = 0; i < n_pages (view); i++)
    gtk_box_append (GTK_BOX (view->pages), make_page (view, i));
  document_view_fit (view);
}

static cairo_status_t
append_png (void *data, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

void
mh_document_view_show (MhDocumentView *view, MhDocument *document)
{
  document_view_replace (view, document != NULL ? mh_document_ref (document) : NULL, NULL, NULL);
}

gboolean
mh_document_view_show_pdf (MhDocumentView *view, GBytes *bytes, GError **error)
{
  PopplerDocument *pdf = poppler_document_new_from_bytes (bytes, NULL, error);
  if (pdf != NULL && poppler_document_get_n_pages (pdf) > MOST_PAGES)
    {
      g_clear_object (&pdf);
      mh_error_set (error, MH_ERROR_TOO_LARGE,
                    "This paper has more than %d pages; save it to look "
                    "at it.",
                    MOST_PAGES);
    }
  document_view_replace (view, NULL, pdf, NULL);
  return pdf != NULL;
}

gboolean
mh_document_view_show_picture (MhDocumentView *view, GBytes *bytes, GError **error)
{
  GdkPixbuf *picture = mh_picture_file_pixbuf (bytes, error);
  document_view_replace (view, NULL, NULL, picture);
  return picture != NULL;
}

void
mh_document_view_zoom (MhDocumentView *view, int steps)
{
  g_return_if_fail (MH_IS_DOCUMENT_VIEW (view));
  view->zoom = steps == 0  ? 1
               : steps > 0 ? MIN (view->zoom * ZOOM_STEP, MOST_ZOOM)
                           : MAX (view->zoom / ZOOM_STEP, LEAST_ZOOM);
  document_view_fit (view);
}

void
mh_document_view_turn (MhDocumentView *view)
{
  g_return_if_fail (MH_IS_DOCUMENT_VIEW (view));
  view->turns = (view->turns + 1) % 4;
  document_view_fit (view);
  for (GtkWidget *area = gtk_widget_get_first_child (view->pages); area != NULL;
       area = gtk_widget_get_next_sibling (area))
    gtk_widget_queue_draw (area);
}

GBytes *
mh_document_view_thumbnail (MhDocumentView *view, int size)
{
  double width, height;
  if (n_pages (view) == 0)
    return NULL;

  document_view_page_size (view, 0, &width, &height);
  double scale = size / MAX (width, height);
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_RGB24, MAX (1, (int)(width * scale)), MAX (1, (int)(height * scale)));
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  draw_upright (view, cr, 0);
  cairo_destroy (cr);

  GByteArray *png = g_byte_array_new ();
  cairo_surface_write_to_png_stream (surface, append_png, png);
  cairo_surface_destroy (surface);

  return g_byte_array_free_to_bytes (png);
}

static void
mh_document_view_dispose (GObject *object)
{
  MhDocumentView *view = MH_DOCUMENT_VIEW (object);
  g_clear_handle_id (&view->fitting, g_source_remove);
  mh_template_dispose (GTK_WIDGET (view), MH_TYPE_DOCUMENT_VIEW);
  g_clear_pointer (&view->document, mh_document_unref);
  g_clear_object (&view->pdf);
  g_clear_object (&view->picture);
  G_OBJECT_CLASS (mh_document_view_parent_class)->dispose (object);
}

static void
mh_document_view_class_init (MhDocumentViewClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_document_view_dispose;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("widgets/media/mh-document-view"));
  gtk_widget_class_bind_template_child (widget, MhDocumentView, scrolled);
  gtk_widget_class_bind_template_child (widget, MhDocumentView, pages);
}

static void
mh_document_view_init (MhDocumentView *view)
{
  gtk_widget_init_template (GTK_WIDGET (view));
  view->zoom = 1;
  g_signal_connect_object (
      gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (view->scrolled)),
      "notify::page-size", G_CALLBACK (document_view_resized_cb), view, G_CONNECT_SWAPPED);
}

GtkWidget *
mh_document_view_new (void)
{
  return g_object_new (MH_TYPE_DOCUMENT_VIEW, NULL);
}

/* --- saving --- */

typedef struct
{
  GtkWidget *parent;
  GBytes *bytes;
} Saving;

static void
document_view_written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) parent = data;
  g_autoptr (GError) error = NULL;
  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    mh_shell_fail (parent, error);
  else
    mh_shell_toast (parent, _ ("Saved"));
}

static void
document_view_picked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Saving *saving = data;
  g_autoptr (GFile) file = mh_pick_file_finish (result);
  if (file != NULL)
    g_file_replace_contents_bytes_async (file, saving->bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE,
                                         NULL, document_view_written_cb,
                                         g_object_ref (saving->parent));
  g_object_unref (saving->parent);
  g_bytes_unref (saving->bytes);
  g_free (saving);
}

void
mh_document_save_file (GtkWidget *parent, GBytes *file, const char *media, const char *file_name)
{
  Saving *saving = g_new0 (Saving, 1);
  saving->parent = g_object_ref (parent);
  saving->bytes = g_bytes_ref (file);
  mh_pick_file_async (parent, TRUE, _ ("Save the file"), file_name, media, document_view_picked_cb,
                      saving);
}

void
mh_document_save_pdf (GtkWidget *parent, GBytes *pdf, const char *file_name)
{
  Saving *saving = g_new0 (Saving, 1);
  saving->parent = g_object_ref (parent);
  saving->bytes = g_bytes_ref (pdf);
  mh_pick_file_async (parent, TRUE, _ ("Save as PDF"), file_name, "application/pdf",
                      document_view_picked_cb, saving);
}

void
mh_document_save (GtkWidget *parent, MhDocument *document, const char *file_name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = mh_document_to_pdf (document, &error);
  if (bytes == NULL)
    mh_shell_fail (parent, error);
  else
    mh_document_save_pdf (parent, bytes, file_name);
}
