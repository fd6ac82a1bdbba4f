/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/media/mh-document-print.h"

#include "client/widgets/base/mh-shell.h"
#include "shared/base/mh-error.h"

#include <glib/gi18n-lib.h>
#include <gtk/gtkunixprint.h>
#include <poppler.h>
#include <sys/mman.h>
#include <unistd.h>

/* So long a printer that the preferences name may take to be found. */
#define FIND_MS 2000
/* GTK asks again and again whether the pages are ready; so long each question is let wait. */
#define READY_MS 2

/* Where a paper whose copies are counted stands. */
typedef enum
{
  COUNT_NONE, /* it is not counted */
  COUNT_WANTED,
  COUNT_ASKED,
  COUNT_GIVEN,
  COUNT_REFUSED,
} CountState;

struct _MhPrintJob
{
  GtkWidget *parent;
  MhPrinter printer;
  char *name;
  MhDocument *document; /* one of the two */
  PopplerDocument *pdf;
  GBytes *bytes; /* of the latter */
  int fd;        /* the paper on its way to the printer, or -1 */
  MhPrinted then;
  MhPrintCount count;
  gpointer data;
  CountState counting;
  GtkPrinter *direct; /* it goes there without a question once it is counted, or NULL */
  gboolean again;
  gboolean previewed; /* the dialog's preview was asked for: nothing is printed */
  gboolean over;      /* it has ended while the counted paper was on its way */
};

typedef MhPrintJob Job;

/* By use of the printer: the setting with its name, and where the window keeps what was chosen. */
static const struct
{
  const char *setting, *remembered;
} uses[] = {
  [MH_PRINTER_PAGES] = { NULL, "mh-print-pages" },
  [MH_PRINTER_LABELS] = { "label-printer", "mh-print-labels" },
  [MH_PRINTER_RECEIPTS] = { "receipt-printer", "mh-print-receipts" },
  [MH_PRINTER_ALONE] = { "kiosk-printer", "mh-print-alone" },
};

static void
job_free (Job *job)
{
  g_clear_pointer (&job->document, mh_document_unref);
  g_clear_object (&job->pdf);
  g_clear_pointer (&job->bytes, g_bytes_unref);
  g_clear_object (&job->direct);
  if (job->fd >= 0)
    close (job->fd);
  g_object_unref (job->parent);
  g_free (job->name);
  g_free (job);
}

static GtkWindow *
window_of (Job *job)
{
  GtkRoot *root = gtk_widget_get_root (job->parent);
  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

/* Takes it. */
static void
document_print_end (Job *job, gboolean printed)
{
  MhPrinted then = job->then;
  gpointer data = job->data;

  if (job->counting == COUNT_ASKED)
    job->over = TRUE;
  else
    job_free (job);
  if (then != NULL)
    then (printed, data);
}

/* --- the pages --- */

static void
document_print_page_size (Job *job, double *out_width, double *out_height)
{
  if (job->document != NULL)
    {
      mh_document_page_size (job->document, 0, out_width, out_height);
      return;
    }
  PopplerPage *page = poppler_document_get_page (job->pdf, 0);
  poppler_page_get_size (page, out_width, out_height);
  g_object_unref (page);
}

static GtkPageSetup *
page_setup (Job *job)
{
  double width, height;
  GtkPageSetup *setup = gtk_page_setup_new ();
  document_print_page_size (job, &width, &height);
  g_autoptr (GtkPaperSize) size
      = gtk_paper_size_new_custom ("mahima", "Mahima", width, height, GTK_UNIT_POINTS);
  gtk_page_setup_set_paper_size (setup, size);
  gtk_page_setup_set_top_margin (setup, 0, GTK_UNIT_POINTS);
  gtk_page_setup_set_bottom_margin (setup, 0, GTK_UNIT_POINTS);
  gtk_page_setup_set_left_margin (setup, 0, GTK_UNIT_POINTS);
  gtk_page_setup_set_right_margin (setup, 0, GTK_UNIT_POINTS);
  return setup;
}

static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int number, Job *job)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  if (job->document != NULL)
    {
      mh_document_draw (job->document, cr, (guint)number);
      return;
    }
  PopplerPage *page = poppler_document_get_page (job->pdf, number);
  poppler_page_render_for_printing (page, cr);
  g_object_unref (page);
}

/* --- counting --- */

static void
ask_count (Job *job)
{
  job->counting = COUNT_ASKED;
  job->count (job, job->data);
}

/* The pages are ready when the paper is counted; the answer comes through the main loop meanwhile.
 */
static gboolean
paginate_cb (GtkPrintOperation *operation, GtkPrintContext *context, Job *job)
{
  if (job->counting == COUNT_WANTED && !job->previewed)
    ask_count (job);

  if (job->counting == COUNT_ASKED)
    {
      g_usleep (READY_MS * G_TIME_SPAN_MILLISECOND);
      return FALSE;
    }

  if (job->counting == COUNT_REFUSED)
    gtk_print_operation_cancel (operation);
  else if (job->counting == COUNT_GIVEN)
    gtk_print_operation_set_n_pages (operation, poppler_document_get_n_pages (job->pdf));

  return TRUE;
}

static gboolean
document_print_preview_cb (GtkPrintOperation *operation,
                           GtkPrintOperationPreview *preview,
                           GtkPrintContext *context,
                           GtkWindow *window,
                           Job *job)
{
  job->previewed = TRUE;
  return FALSE;
}

/* --- the dialog --- */

/* What was chosen the last time, borrowed, or NULL. */
static GtkPrintSettings *
chosen_before (Job *job)
{
  GtkWindow *window = window_of (job);
  return window != NULL ? g_object_get_data (G_OBJECT (window), uses[job->printer].remembered)
                        : NULL;
}

static void
document_print_done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, Job *job)
{
  g_autoptr (GError) error = NULL;
  GtkWindow *window = window_of (job);
  if (result == GTK_PRINT_OPERATION_RESULT_APPLY && window != NULL)
    g_object_set_data_full (G_OBJECT (window), uses[job->printer].remembered,
                            g_object_ref (gtk_print_operation_get_print_settings (operation)),
                            g_object_unref);
  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    gtk_print_operation_get_error (operation, &error);
  mh_shell_fail (job->parent, error);
  document_print_end (job, result == GTK_PRINT_OPERATION_RESULT_APPLY && !job->previewed
                               && job->counting != COUNT_REFUSED);
}

/* Takes @job. */
static void
document_print_ask (Job *job)
{
  if (job->printer == MH_PRINTER_ALONE)
    {
      document_print_end (job, FALSE);
      return;
    }

  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = page_setup (job);
  if (chosen_before (job) != NULL)
    gtk_print_operation_set_print_settings (operation, chosen_before (job));
  gtk_print_operation_set_n_pages (operation, job->document != NULL
                                                  ? (int)mh_document_n_pages (job->document)
                                                  : poppler_document_get_n_pages (job->pdf));
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (operation, job->name);
  gtk_print_operation_set_allow_async (operation, TRUE);
  if (job->counting == COUNT_WANTED)
    g_signal_connect (operation, "paginate", G_CALLBACK (paginate_cb), job);
  g_signal_connect (operation, "preview", G_CALLBACK (document_print_preview_cb), job);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), job);
  g_signal_connect (operation, "done", G_CALLBACK (document_print_done_cb), job);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, window_of (job),
                           NULL);
}

/* --- straight to a printer ---
 * GtkPrintOperation waits for ever for a printer that is not there, so it is looked for here. */

typedef struct
{
  Job *job; /* NULL: it was found, or was waited for too long */
  char *name;
  guint timer;
} Search;

/* The printer that the preferences name, or in a row that of the one before; NULL: to be asked. */
static char *
printer_for (Job *job)
{
  g_autoptr (GSettings) settings = mh_shell_settings ();
  GtkPrintSettings *before = job->again ? chosen_before (job) : NULL;
  g_autofree char *name = settings != NULL && uses[job->printer].setting != NULL
                              ? g_settings_get_string (settings, uses[job->printer].setting)
                              : NULL;
  if (name != NULL && name[0] != 0)
    return g_steal_pointer (&name);
  return before != NULL ? g_strdup (gtk_print_settings_get_printer (before)) : NULL;
}

static void
document_print_sent_cb (GtkPrintJob *printing, gpointer data, const GError *error)
{
  Job *job = data;
  mh_shell_fail (job->parent, error);
  document_print_end (job, error == NULL);
}

/* Puts the paper into memory where nobody else can read it, until it is sent. */
static gboolean
open_pdf (Job *job, GError **error)
{
  g_autoptr (GBytes) bytes
      = job->bytes != NULL ? g_bytes_ref (job->bytes) : mh_document_to_pdf (job->document, error);
  gsize size = bytes != NULL ? g_bytes_get_size (bytes) : 0;
  if (bytes == NULL)
    return FALSE;
  job->fd = memfd_create ("paper", MFD_CLOEXEC);
  if (job->fd >= 0 && write (job->fd, g_bytes_get_data (bytes, NULL), size) == (gssize)size
      && lseek (job->fd, 0, SEEK_SET) == 0)
    return TRUE;
  mh_error_set (error, MH_ERROR_STORE, "The paper could not be handed to the printer.");
  return FALSE;
}

static void
send_to (GtkPrinter *printer, Job *job)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkPageSetup) setup = page_setup (job);
  g_autoptr (GtkPrintSettings) settings = chosen_before (job) != NULL
                                              ? gtk_print_settings_copy (chosen_before (job))
                                              : gtk_print_settings_new ();
  g_autoptr (GtkPrintJob) printing = gtk_print_job_new (job->name, printer, settings, setup);

  if (open_pdf (job, &error) && gtk_print_job_set_source_fd (printing, job->fd, &error))
    {
      gtk_print_job_send (printing, document_print_sent_cb, job, NULL);
      return;
    }

  mh_shell_fail (job->parent, error);
  document_print_end (job, FALSE);
}

/* Takes @job. */
static void
print_at (GtkPrinter *printer, Job *job)
{
  if (job->counting != COUNT_WANTED)
    {
      send_to (printer, job);
      return;
    }
  g_set_object (&job->direct, printer);
  ask_count (job);
}

static gboolean
printer_cb (GtkPrinter *printer, gpointer data)
{
  Search *search = data;
  if (search->job != NULL && g_strcmp0 (gtk_printer_get_name (printer), search->name) == 0)
    {
      g_clear_handle_id (&search->timer, g_source_remove);
      print_at (printer, g_steal_pointer (&search->job));
    }
  return search->job == NULL;
}

/* That printer is not there, or not any more: the person chooses one. */
static void
document_print_give_up (Search *search)
{
  Job *job = g_steal_pointer (&search->job);
  g_clear_handle_id (&search->timer, g_source_remove);
  if (job == NULL)
    return;
  g_autofree char *text = g_strdup_printf (_ ("The printer “%s” is not there."), search->name);
  if (job->printer != MH_PRINTER_ALONE)
    mh_shell_toast (job->parent, text);
  document_print_ask (job);
}

static gboolean
late_cb (gpointer data)
{
  Search *search = data;
  search->timer = 0;
  document_print_give_up (search);
  return G_SOURCE_REMOVE;
}

static void
search_free (gpointer data)
{
  Search *search = data;
  document_print_give_up (search);
  g_free (search->name);
  g_free (search);
}

/* Takes @job. */
static void
document_print_run (Job *job)
{
  g_autofree char *name = printer_for (job);
  if (name == NULL)
    {
      document_print_ask (job);
      return;
    }
  Search *search = g_new0 (Search, 1);
  search->job = job;
  search->name = g_steal_pointer (&name);
  search->timer = g_timeout_add (FIND_MS, late_cb, search);
  gtk_enumerate_printers (printer_cb, search, search_free, FALSE);
}

static Job *
job_new (GtkWidget *parent, const MhPrintWanted *wanted)
{
  Job *job = g_new0 (Job, 1);
  job->parent = g_object_ref (parent);
  job->fd = -1;
  job->printer = wanted->printer;
  job->again = wanted->again;
  job->name = g_strdup (wanted->name);
  job->then = wanted->then;
  job->data = wanted->data;
  return job;
}

void
mh_document_print (GtkWidget *parent, const MhPrintWanted *wanted, MhDocument *document)
{
  Job *job = job_new (parent, wanted);
  job->document = mh_document_ref (document);
  document_print_run (job);
}

/* A job that prints a PDF; NULL when it is none, which was told. */
static Job *
job_new_pdf (GtkWidget *parent, const MhPrintWanted *wanted, GBytes *pdf)
{
  g_autoptr (GError) error = NULL;
  PopplerDocument *document = poppler_document_new_from_bytes (pdf, NULL, &error);

  if (document == NULL)
    {
      mh_shell_fail (parent, error);
      if (wanted->then != NULL)
        wanted->then (FALSE, wanted->data);
      return NULL;
    }

  Job *job = job_new (parent, wanted);
  job->pdf = document;
  job->bytes = g_bytes_ref (pdf);
  return job;
}

void
mh_document_print_pdf (GtkWidget *parent, const MhPrintWanted *wanted, GBytes *pdf)
{
  Job *job = job_new_pdf (parent, wanted, pdf);
  if (job != NULL)
    document_print_run (job);
}

void
mh_document_print_counted (GtkWidget *parent,
                           const MhPrintWanted *wanted,
                           GBytes *preview,
                           MhPrintCount count)
{
  Job *job = job_new_pdf (parent, wanted, preview);
  if (job == NULL)
    return;
  job->count = count;
  job->counting = COUNT_WANTED;
  document_print_run (job);
}

void
mh_print_job_give (MhPrintJob *job, GBytes *pdf)
{
  g_autoptr (GError) error = NULL;
  PopplerDocument *document
      = pdf != NULL ? poppler_document_new_from_bytes (pdf, NULL, &error) : NULL;

  mh_shell_fail (job->parent, error);
  job->counting = document != NULL ? COUNT_GIVEN : COUNT_REFUSED;
  if (document != NULL)
    {
      g_set_object (&job->pdf, document);
      g_object_unref (document);
      g_bytes_unref (job->bytes);
      job->bytes = g_bytes_ref (pdf);
    }

  if (job->over)
    {
      job_free (job);
      return;
    }

  if (job->direct == NULL)
    return;

  g_autoptr (GtkPrinter) printer = g_steal_pointer (&job->direct);
  if (document != NULL)
    send_to (printer, job);
  else
    document_print_end (job, FALSE);
}

gboolean
mh_document_may_print_alone (void)
{
  g_autoptr (GSettings) settings = mh_shell_settings ();
  g_autofree char *name
      = settings != NULL ? g_settings_get_string (settings, uses[MH_PRINTER_ALONE].setting) : NULL;
  return name != NULL && name[0] != 0;
}
