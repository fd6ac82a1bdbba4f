/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/people/documents/mh-paper-line.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-fetch.h"
#include "client/widgets/base/mh-pane.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/media/mh-picture-file.h"
#include "shared/records/people/mh-document.h"

#include <glib/gi18n-lib.h>

#define PICTURE_SIZE 52
#define ICON_SIZE 28
#define MOST_KEPT 200
/* On the pane: id of a document → GdkTexture. */
#define KEPT "mh-small-pictures"

#define MH_TYPE_PAPER_LINE (mh_paper_line_get_type ())
G_DECLARE_FINAL_TYPE (MhPaperLine, mh_paper_line, MH, PAPER_LINE, GtkWidget)

struct _MhPaperLine
{
  GtkWidget parent_instance;
  MhRecord *document;
  GCancellable *loading;
  gboolean has_picture;
  GtkImage *picture;
  GtkLabel *title, *detail, *state;
};

G_DEFINE_FINAL_TYPE (MhPaperLine, mh_paper_line, GTK_TYPE_WIDGET)

/* --- words --- */

char *
mh_paper_day (MhRecord *document)
{
  const char *dated = mh_record_text (document, MH_DOCUMENT_DATED_ON);
  return dated != NULL ? mh_words_of_date (dated)
                       : mh_when_day (mh_record_int (document, MH_CREATED_AT));
}

char *
mh_paper_state (MhRecord *document)
{
  const char *status = mh_record_text (document, MH_DOCUMENT_STATUS);
  gint64 parts = mh_record_int (document, MH_DOCUMENT_PARTS);
  if (g_strcmp0 (status, MH_DOCUMENT_UPLOADING) == 0 && parts > 0)
    return g_strdup_printf (_ ("%d of %d parts"),
                            (int)mh_record_int (document, MH_DOCUMENT_PARTS_STORED), (int)parts);
  if (g_strcmp0 (status, MH_DOCUMENT_STORED) == 0 && !mh_document_is_open (document))
    return mh_words_value (document, MH_DOCUMENT_SCAN);
  return g_strcmp0 (status, MH_DOCUMENT_STORED) == 0
             ? g_format_size ((guint64)mh_record_int (document, MH_DOCUMENT_BYTES))
             : mh_words_value (document, MH_DOCUMENT_STATUS);
}

/* --- the small picture --- */

static GHashTable *
kept_by (GtkWidget *pane)
{
  GHashTable *kept = g_object_get_data (G_OBJECT (pane), KEPT);
  if (kept != NULL && g_hash_table_size (kept) < MOST_KEPT)
    return kept;
  kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_object_set_data_full (G_OBJECT (pane), KEPT, kept, (GDestroyNotify)g_hash_table_unref);
  return kept;
}

static void
show_picture (MhPaperLine *line, GdkTexture *texture)
{
  line->has_picture = texture != NULL;
  gtk_image_set_pixel_size (line->picture, texture != NULL ? PICTURE_SIZE : ICON_SIZE);
  if (texture != NULL)
    gtk_image_set_from_paintable (line->picture, GDK_PAINTABLE (texture));
  else
    gtk_image_set_from_icon_name (line->picture, "x-office-document-symbolic");
  mh_accessible_name (GTK_WIDGET (line->picture),
                      texture != NULL ? _ ("Small picture") : _ ("No small picture"));
}

static void
paper_line_fetched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhPaperLine) line = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = mh_fetch_finish_file (result, &error);
  if (g_error_matches (error, MH_ERROR, MH_ERROR_CANCELLED) || line->document == NULL)
    return;

  g_clear_object (&line->loading);
  g_autoptr (GdkTexture) texture = answer != NULL ? mh_picture_file_texture (answer, NULL) : NULL;
  GtkWidget *pane = gtk_widget_get_ancestor (GTK_WIDGET (line), MH_TYPE_PANE);

  if (texture == NULL || pane == NULL)
    return;

  g_hash_table_replace (kept_by (pane), g_strdup (mh_record_id (line->document)),
                        g_object_ref (texture));
  show_picture (line, texture);
}

static void
paper_line_fetch (MhPaperLine *line)
{
  GtkWidget *pane = gtk_widget_get_ancestor (GTK_WIDGET (line), MH_TYPE_PANE);
  MhContext *context = pane != NULL ? mh_pane_context (MH_PANE (pane)) : NULL;
  if (context == NULL || line->document == NULL || line->loading != NULL || line->has_picture
      || !mh_document_is_open (line->document)
      || !mh_record_bool (line->document, MH_DOCUMENT_HAS_THUMBNAIL))
    return;

  const char *args[] = { "id", mh_record_id (line->document), NULL };
  GdkTexture *known = g_hash_table_lookup (kept_by (pane), args[1]);
  if (known != NULL)
    {
      show_picture (line, known);
      return;
    }

  line->loading = g_cancellable_new ();
  mh_fetch_async (context, &(MhFetch){ .route = "document.thumbnail", .args = args }, line->loading,
                  paper_line_fetched_cb, g_object_ref (line));
}

static void
mh_paper_line_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mh_paper_line_parent_class)->map (widget);
  paper_line_fetch (MH_PAPER_LINE (widget));
}

/* --- making it --- */

static void
paper_line_forget (MhPaperLine *line)
{
  g_cancellable_cancel (line->loading);
  g_clear_object (&line->loading);
  g_clear_object (&line->document);
}

static void
mh_paper_line_dispose (GObject *object)
{
  GtkWidget *child;
  paper_line_forget (MH_PAPER_LINE (object));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (mh_paper_line_parent_class)->dispose (object);
}

static void
mh_paper_line_class_init (MhPaperLineClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_paper_line_dispose;
  widget->map = mh_paper_line_map;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BOX_LAYOUT);
}

static GtkLabel *
paper_line_add_label (GtkWidget *box, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
mh_paper_line_init (MhPaperLine *line)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  line->picture = GTK_IMAGE (gtk_image_new ());
  gtk_widget_set_size_request (GTK_WIDGET (line->picture), PICTURE_SIZE, PICTURE_SIZE);
  gtk_widget_add_css_class (GTK_WIDGET (line->picture), "mh-small-picture");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  line->title = paper_line_add_label (words, "heading");
  line->detail = paper_line_add_label (words, "dim-label");
  line->state = paper_line_add_label (words, "mh-note");
  gtk_widget_set_parent (GTK_WIDGET (line->picture), GTK_WIDGET (line));
  gtk_widget_set_parent (words, GTK_WIDGET (line));
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (line))),
                              12);
  gtk_widget_set_margin_top (GTK_WIDGET (line), 4);
  gtk_widget_set_margin_bottom (GTK_WIDGET (line), 4);
  show_picture (line, NULL);
}

GtkWidget *
mh_paper_line_make (void)
{
  return g_object_new (MH_TYPE_PAPER_LINE, NULL);
}

void
mh_paper_line_bind (GtkWidget *widget, MhRecord *document)
{
  MhPaperLine *line = MH_PAPER_LINE (widget);
  gboolean same = line->document != NULL
                  && g_strcmp0 (mh_record_id (line->document), mh_record_id (document)) == 0;
  gboolean open = mh_document_is_open (document);
  g_autofree char *kind = mh_words_value (document, MH_DOCUMENT_KIND);
  g_autofree char *day = mh_paper_day (document);
  g_autofree char *detail = g_strjoin (" · ", kind, day, NULL);
  g_autofree char *state = mh_paper_state (document);

  if (!same)
    {
      paper_line_forget (line);
      show_picture (line, NULL);
    }

  g_set_object (&line->document, document);
  gtk_label_set_text (line->title, mh_record_text (document, MH_DOCUMENT_TITLE));
  gtk_label_set_text (line->detail, detail);
  gtk_label_set_text (line->state, state);
  gtk_widget_remove_css_class (GTK_WIDGET (line->state), open ? "mh-late" : "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (line->state), open ? "dim-label" : "mh-late");
  if (gtk_widget_get_mapped (widget))
    paper_line_fetch (line);
}
