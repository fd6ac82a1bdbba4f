/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Printing a paper of which the server counts every copy (a report, a receipt, a bill): it is shown
 * uncounted, and counted when the person has said "print". Whoever closes the print dialog has
 * printed nothing, and the next copy is the first. */
#include "client/mh-context.h"
#include "client/widgets/media/mh-document-print.h"

G_BEGIN_DECLS

/* Two calls of one route that answers with a PDF. Strings are copied. */
typedef struct
{
  const char *route;
  const char *const *args;         /* uncounted; ends with NULL, or NULL */
  const char *const *counted_args; /* counted */
  const char *body;                /* likewise two, NULL where the route takes none */
  const char *counted_body;
  const char *title; /* of the print job, without a patient's name */
  MhPrinter printer;
  gboolean again; /* one of several in a row; only the first of them asks */
} MhCountedPaper;

/* Failures are told at the bottom of the window of @from. @then: called once at the end, or NULL.
 */
void mh_counted_paper_print (GtkWidget *from,
                             MhContext *context,
                             const MhCountedPaper *paper,
                             MhPrinted then,
                             gpointer data);

G_END_DECLS
