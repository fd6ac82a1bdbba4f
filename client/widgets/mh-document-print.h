/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Printing through the system's dialog, or straight to the printer that the preferences name for
 * labels and receipts. The paper is the document's own: a label is a label, whatever the printer
 * was set to before. What was chosen in the dialog stands there again the next time.
 */
#include <gtk/gtk.h>

#include "shared/reports/mh-page.h"

G_BEGIN_DECLS

typedef enum
{
  MH_PRINTER_PAGES,
  MH_PRINTER_LABELS,
  MH_PRINTER_RECEIPTS,
  MH_PRINTER_ALONE, /* a kiosk's: nobody is ever asked, without that printer it fails */
} MhPrinter;

/* @printed FALSE: it was cancelled, or failed and the person was told. */
typedef void (*MhPrinted) (gboolean printed, gpointer data);

/* @again TRUE: one of several in a row; only the first of them asks. @name: of the job, without a
 * patient's name. @then: called once at the end, or NULL. */
void mh_document_print (GtkWidget *parent,
                        MhPrinter printer,
                        gboolean again,
                        MhDocument *document,
                        const char *name,
                        MhPrinted then,
                        gpointer data);
/* The same for a PDF that the server has drawn (and counted as a copy). */
void mh_document_print_pdf (GtkWidget *parent,
                            MhPrinter printer,
                            gboolean again,
                            GBytes *pdf,
                            const char *name,
                            MhPrinted then,
                            gpointer data);
/* Is there a printer for MH_PRINTER_ALONE? */
gboolean mh_document_may_print_alone (void);

G_END_DECLS
