/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/mh-counted-paper.h"

#include "client/models/mh-fetch.h"
#include "client/widgets/base/mh-shell.h"

/* Counted by reference: the call that counts may outlive a print job that was cancelled. */
typedef struct
{
  GtkWidget *from;
  MhContext *context;
  char *route;
  char **counted_args;
  char *counted_body;
  char *title;
  MhPrinter printer;
  gboolean again;
  MhPrinted then;
  gpointer data;
} Printing;

typedef struct
{
  Printing *printing;
  MhPrintJob *job;
} Counting;

static void
counted_paper_clear (gpointer data)
{
  Printing *printing = data;

  g_object_unref (printing->from);
  g_object_unref (printing->context);
  g_free (printing->route);
  g_strfreev (printing->counted_args);
  g_free (printing->counted_body);
  g_free (printing->title);
}

static void
counted_paper_unref (Printing *printing)
{
  g_rc_box_release_full (printing, counted_paper_clear);
}

static void
counted_paper_counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Counting *counting = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = mh_fetch_finish_file (result, &error);

  mh_shell_fail (counting->printing->from, error);
  mh_print_job_give (counting->job, answer);
  counted_paper_unref (counting->printing);
  g_free (counting);
}

static void
counted_paper_count_cb (MhPrintJob *job, gpointer data)
{
  Printing *printing = data;
  Counting *counting = g_new0 (Counting, 1);

  counting->printing = g_rc_box_acquire (printing);
  counting->job = job;
  mh_fetch_async (printing->context,
                  &(MhFetch){ .route = printing->route,
                              .args = (const char *const *)printing->counted_args,
                              .body = printing->counted_body },
                  NULL, counted_paper_counted_cb, counting);
}

static void
counted_paper_printed_cb (gboolean printed, gpointer data)
{
  Printing *printing = data;

  if (printing->then != NULL)
    printing->then (printed, printing->data);
  counted_paper_unref (printing);
}

static void
counted_paper_shown_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Printing *printing = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = mh_fetch_finish_file (result, &error);

  if (answer == NULL)
    {
      mh_shell_fail (printing->from, error);
      counted_paper_printed_cb (FALSE, printing);
      return;
    }

  mh_document_print_counted (printing->from,
                             &(MhPrintWanted){ .printer = printing->printer,
                                               .again = printing->again,
                                               .name = printing->title,
                                               .then = counted_paper_printed_cb,
                                               .data = printing },
                             answer, counted_paper_count_cb);
}

void
mh_counted_paper_print (GtkWidget *from,
                        MhContext *context,
                        const MhCountedPaper *paper,
                        MhPrinted then,
                        gpointer data)
{
  Printing *printing = g_rc_box_new0 (Printing);

  printing->from = g_object_ref (from);
  printing->context = g_object_ref (context);
  printing->route = g_strdup (paper->route);
  printing->counted_args = g_strdupv ((char **)paper->counted_args);
  printing->counted_body = g_strdup (paper->counted_body);
  printing->title = g_strdup (paper->title);
  printing->printer = paper->printer;
  printing->again = paper->again;
  printing->then = then;
  printing->data = data;
  mh_fetch_async (context,
                  &(MhFetch){ .route = paper->route, .args = paper->args, .body = paper->body },
                  NULL, counted_paper_shown_cb, printing);
}
