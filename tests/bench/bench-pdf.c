/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laboratory reports of one page per second on one thread: records in, PDF bytes out. Prints one
 * line a figure: name, value, unit. */
#include <stdlib.h>
#include <time.h>

#include "shared/records/lab/mh-result.h"
#include "shared/records/mh-records.h"
#include "shared/records/people/mh-patient.h"
#include "shared/reports/lab/mh-report-lab.h"
#include "tests/shared/paper-fixture.h"

/* Seconds that this thread itself has used, so that a busy machine does not blur the figure. */
static double
own_seconds (void)
{
  struct timespec time;
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

/* Another patient with other values each time, as in a day's work: nothing but the words repeats.
 */
static void
change (MhLabReport *report, guint round)
{
  g_autofree char *family = g_strdup_printf ("Verma %u", round);
  g_autofree char *mrn = g_strdup_printf ("MH-%04u-%04u-7", round / 10000, round % 10000);
  mh_record_set_text (report->patient, MH_PATIENT_FAMILY_NAME, family);
  mh_record_set_text (report->patient, MH_PATIENT_MRN, mrn);
  for (guint i = 0; i < report->results->len; i++)
    {
      g_autofree char *value = g_strdup_printf ("%u.%u", (round * 7 + i * 31) % 400, round % 10);
      mh_record_set_text (g_ptr_array_index (report->results, i), MH_RESULT_VALUE, value);
    }
}

static void
bench (const char *name, MhLabReport *report, const char *language, double seconds)
{
  guint n_reports = 0, n_pages = 0;
  gsize bytes = 0;
  double start = own_seconds (), elapsed = 0;
  while (elapsed < seconds)
    {
      change (report, n_reports);
      g_autoptr (MhDocument) document = mh_report_lab (report, language, 0);
      g_autoptr (GBytes) pdf = mh_document_to_pdf (document, NULL);
      bytes += g_bytes_get_size (pdf);
      n_pages += mh_document_n_pages (document);
      n_reports++;
      elapsed = own_seconds () - start;
    }
  g_print ("%s\t%.1f\treports/s of one core\t%.1f pages/s, %.1f KB a page\n", name,
           n_reports / elapsed, n_pages / elapsed, bytes / 1024.0 / n_pages);
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
