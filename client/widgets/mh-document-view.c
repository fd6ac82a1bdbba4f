/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/mh-document-view.h"

#include "client/compat/mh-compat.h"
#include "client/widgets/mh-pane.h"
#include "client/widgets/mh-shell.h"

#include <glib/gi18n-lib.h>
#include <poppler.h>

#define WIDEST_PAGE 820
#define NARROWEST_PAGE 300
#define MARGIN 12

struct _MhDocumentView
{
  GtkWidget parent_instance;
  GtkWidget *scrolled, *pages;
  MhDocument *document;
  PopplerDocument *pdf; /* instead of it */
  guint fitting;        /* idle source, 0: none */
};

G_DEFINE_FINAL_TYPE (MhDocumentView, mh_document_view, GTK_TYPE_WIDGET)

static guint
n_pages (MhDocumentView *view)
{
  if (view->pdf != NULL)
    return (guint)poppler_document_get_n_pages (view->pdf);
  return view->document != NULL ? mh_document_n_pages (view->document) : 0;
}

static void
page_size (MhDocumentView *view, guint page, double *out_width, double *out_height)
{
  if (view->pdf == NULL)
    {
      mh_document_page_size (view->document, page, out_width, out_height);
      return;
    }
  PopplerPage *drawn = poppler_document_get_page (view->pdf, (int)page);
  poppler_page_get_size (drawn, out_width, out_height);
  g_object_unref (drawn);
}

static void
draw_page (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  MhDocumentView *view = data;
  guint page = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (area), "page"));
  double page_width, page_height;
  if (page >= n_pages (view))
    return;
  page_size (view, page, &page_width, &page_height);
  double scale = width / page_width;
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  if (view->pdf == NULL)
    {
      mh_document_draw (view->document, cr, page);
      return;
    }
  PopplerPage *drawn = poppler_document_get_page (view->pdf, (int)page);
  poppler_page_render (drawn, cr);
  g_object_unref (drawn);
}

/* As wide as the pane, in the page's own proportions. */
static void
fit_page (MhDocumentView *view, GtkWidget *area, int pane)
{
  double width, height;
  guint page = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (area), "page"));
  page_size (view, page, &width, &height);
  int wide = CLAMP (pane - 2 * MARGIN, NARROWEST_PAGE, MIN (WIDEST_PAGE, (int)(width * 1.5)));
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), wide);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), (int)(wide * height / width));
}

static void
fit (MhDocumentView *view)
{
  GtkAdjustment *across
      = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (view->scrolled));
  for (GtkWidget *area = gtk_widget_get_first_child (view->pages); area != NULL;
       area = gtk_widget_get_next_sibling (area))
    fit_page (view, area, (int)gtk_adjustment_get_page_size (across));
}

static gboolean
fit_cb (gpointer data)
{
  MhDocumentView *view = data;
  view->fitting = 0;
  fit (view);
  return G_SOURCE_REMOVE;
}

/* The width is told in the middle of an allocation, where sizes must not change. */
static void
resized (MhDocumentView *view)
{
  if (view->fitting == 0)
    view->fitting = g_idle_add (fit_cb, view);
}

static GtkWidget *
make_page (MhDocumentView *view, guint page)
{
  GtkWidget *area = gtk_drawing_area_new ();
  g_autofree char *name = g_strdup_printf (_ ("Page %u"), page + 1);
  gtk_widget_set_halign (area, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (area, GTK_ALIGN_START);
  gtk_widget_add_css_class (area, "mh-paper");
  g_object_set_data (G_OBJECT (area), "page", GUINT_TO_POINTER (page));
  mh_accessible_name (area, name);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_page, view, NULL);
  return area;
}

/* Takes both. */
static void
replace (MhDocumentView *view, MhDocument *document, PopplerDocument *pdf)
{
  GtkWidget *child;
  MhDocument *old = view->document;
  view->document = document;
  while ((child = gtk_widget_get_first_child (view->pages)) != NULL)
    gtk_box_remove (GTK_BOX (view->pages), child);
  g_clear_pointer (&old, mh_document_unref);
  g_clear_object (&view->pdf);
  view->pdf = pdf;
  for (guint i = 0; i < n_pages (view); i++)
    gtk_box_append (GTK_BOX (view->pages), make_page (view, i));
  fit (view);
}

void
mh_document_view_show (MhDocumentView *view, MhDocument *document)
{
  replace (view, document != NULL ? mh_document_ref (document) : NULL, NULL);
}

gboolean
mh_document_view_show_pdf (MhDocumentView *view, GBytes *bytes, GError **error)
{
  PopplerDocument *pdf = poppler_document_new_from_bytes (bytes, NULL, error);
  replace (view, NULL, pdf);
  return pdf != NULL;
}

static void
mh_document_view_dispose (GObject *object)
{
  MhDocumentView *view = MH_DOCUMENT_VIEW (object);
  g_clear_handle_id (&view->fitting, g_source_remove);
  mh_template_dispose (GTK_WIDGET (view), MH_TYPE_DOCUMENT_VIEW);
  g_clear_pointer (&view->document, mh_document_unref);
  g_clear_object (&view->pdf);
  G_OBJECT_CLASS (mh_document_view_parent_class)->dispose (object);
}

static void
mh_document_view_class_init (MhDocumentViewClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_document_view_dispose;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("widgets/mh-document-view"));
  gtk_widget_class_bind_template_child (widget, MhDocumentView, scrolled);
  gtk_widget_class_bind_template_child (widget, MhDocumentView, pages);
}

static void
mh_document_view_init (MhDocumentView *view)
{
  gtk_widget_init_template (GTK_WIDGET (view));
  g_signal_connect_object (
      gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (view->scrolled)),
      "notify::page-size", G_CALLBACK (resized), view, G_CONNECT_SWAPPED);
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
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) parent = data;
  g_autoptr (GError) error = NULL;
  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    mh_shell_fail (parent, error);
  else
    mh_shell_toast (parent, _ ("Saved"));
}

static void
picked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Saving *saving = data;
  g_autoptr (GFile) file = mh_pick_file_finish (result);
  if (file != NULL)
    g_file_replace_contents_bytes_async (file, saving->bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE,
                                         NULL, written_cb, g_object_ref (saving->parent));
  g_object_unref (saving->parent);
  g_bytes_unref (saving->bytes);
  g_free (saving);
}

void
mh_document_save_pdf (GtkWidget *parent, GBytes *pdf, const char *file_name)
{
  Saving *saving = g_new0 (Saving, 1);
  saving->parent = g_object_ref (parent);
  saving->bytes = g_bytes_ref (pdf);
  mh_pick_file_async (parent, TRUE, _ ("Save as PDF"), file_name, "application/pdf", picked_cb,
                      saving);
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
