/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Preview and saving of a printed document (mh-document-print.h prints it), all by the routine that
 * also makes the server's PDF. */
#include <gtk/gtk.h>

#include "shared/reports/mh-page.h"

G_BEGIN_DECLS

#define MH_TYPE_DOCUMENT_VIEW (mh_document_view_get_type ())
G_DECLARE_FINAL_TYPE (MhDocumentView, mh_document_view, MH, DOCUMENT_VIEW, GtkWidget)

GtkWidget *mh_document_view_new (void);
/* NULL: nothing to show. Refs @document. */
void mh_document_view_show (MhDocumentView *view, MhDocument *document);
/* The same for a PDF that the server has drawn. FALSE: it cannot be read, nothing is shown. */
gboolean mh_document_view_show_pdf (MhDocumentView *view, GBytes *pdf, GError **error);

/* The same for a picture of any format that the desktop reads. */
gboolean mh_document_view_show_picture (MhDocumentView *view, GBytes *picture, GError **error);
/* Larger (1), smaller (-1), as wide as the pane (0). What is shown next begins as wide. */
void mh_document_view_zoom (MhDocumentView *view, int steps);
/* By a quarter, with the clock. */
void mh_document_view_turn (MhDocumentView *view);
/* The first page as PNG, its longer side @size points; NULL: nothing is shown. Transfer full. */
GBytes *mh_document_view_thumbnail (MhDocumentView *view, int size);

/* Asks where to and writes @file there as it is. */
void
mh_document_save_file (GtkWidget *parent, GBytes *file, const char *media, const char *file_name);
/* Asks where to and writes a PDF there. Failures go to the window's "win.fail". */
void mh_document_save (GtkWidget *parent, MhDocument *document, const char *file_name);
void mh_document_save_pdf (GtkWidget *parent, GBytes *pdf, const char *file_name);

G_END_DECLS
