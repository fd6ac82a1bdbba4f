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

/* Asks where to and writes a PDF there. Failures go to the window's "win.fail". */
void mh_document_save (GtkWidget *parent, MhDocument *document, const char *file_name);
void mh_document_save_pdf (GtkWidget *parent, GBytes *pdf, const char *file_name);

G_END_DECLS
