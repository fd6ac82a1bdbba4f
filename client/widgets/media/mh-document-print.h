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

typedef struct
{
  MhPrinter printer;
  gboolean again;   /* one of several in a row; only the first of them asks */
  const char *name; /* of the job, without a patient's name; copied */
  MhPrinted then;   /* called once at the end; NULL: nobody is told */
  gpointer data;
} MhPrintWanted;

void mh_document_print (GtkWidget *parent, const MhPrintWanted *wanted, MhDocument *document);
/* The same for a PDF that the server has drawn. */
void mh_document_print_pdf (GtkWidget *parent, const MhPrintWanted *wanted, GBytes *pdf);
/* A paper of which each copy is counted. @preview is what the dialog shows, uncounted. When the
 * person has said "print", or when it goes to a printer without a question, @count is called once:
 * it asks the server for the counted paper and answers with mh_print_job_give(). Whoever cancels
 * before that has counted nothing. */
typedef struct _MhPrintJob MhPrintJob;
typedef void (*MhPrintCount) (MhPrintJob *job, gpointer data);

void mh_document_print_counted (GtkWidget *parent,
                                const MhPrintWanted *wanted,
                                GBytes *preview,
                                MhPrintCount count);
/* @pdf: the counted paper; NULL: it could not be had, which the caller has told. Once for each
 * @count. */
void mh_print_job_give (MhPrintJob *job, GBytes *pdf);
/* Is there a printer for MH_PRINTER_ALONE? */
gboolean mh_document_may_print_alone (void);

G_END_DECLS
