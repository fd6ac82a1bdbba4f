/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laboratory reports of one page per second on one thread: records in, PDF bytes out. Prints one
 * line a figure: name, value, unit. */
#include <stdlib.h>

#include "shared/reports/mh-report-lab.h"
#include "tests/shared/paper-fixture.h"

static void
bench (const char *name, MhLabReport *report, const char *language, double seconds)
{
  guint n_reports = 0, n_pages = 0;
  gsize bytes = 0;
  gint64 start = g_get_monotonic_time (), now = start;
  while (now - start < seconds * G_USEC_PER_SEC)
    {
      g_autoptr (MhDocument) document = mh_report_lab (report, language, 0);
      g_autoptr (GBytes) pdf = mh_document_to_pdf (document, NULL);
      bytes += g_bytes_get_size (pdf);
      n_pages += mh_document_n_pages (document);
      n_reports++;
      now = g_get_monotonic_time ();
    }
  double elapsed = (double)(now - start) / G_USEC_PER_SEC;
  g_print ("%s\t%.1f\treports/s\t%.1f pages/s, %.1f KB a page\n", name, n_reports / elapsed,
           n_pages / elapsed, bytes / 1024.0 / n_pages);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name, *language;
    guint n_results;
  } rows[] = {
    { "pdf, one page, 12 results", "en", 12 },
    { "pdf, one page, 12 results, Hindi", "hi", 12 },
    { "pdf, 40 results", "en", 40 },
    { "pdf, 120 results", "en", 120 },
  };
  double seconds = argc > 1 ? g_ascii_strtod (argv[1], NULL) : 3;
  mh_records_register ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MhLabReport) report = paper_report (rows[i].n_results);
      bench (rows[i].name, report, rows[i].language, seconds);
    }
  return EXIT_SUCCESS;
}
