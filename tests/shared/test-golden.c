/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Papers against those that were looked at and kept: every line of text, and where it stands. The
 * letters come from fonts-noto-core, so a machine with another version of it may move a line by a
 * little. MH_GOLDEN_WRITE=FOLDER writes what they are now, to be looked at and kept. */
#include <math.h>
#include <string.h>

#include "shared/records/lab/mh-report.h"
#include "shared/reports/lab/mh-report-cumulative.h"
#include "shared/reports/lab/mh-report-lab.h"
#include "tests/shared/paper-fixture.h"
#include "tests/shared/paper-read.h"

#define TOLERANCE 2.0 /* points */

static MhDocument *
changed (const char *status, const char *language)
{
  g_autoptr (MhLabReport) report = paper_changed (status);
  report->critical_note = g_strdup (
      "Platelets 18 × 10⁹/L: called to Dr Sameer Kulkarni at 21 Nov 2026, 14:05, read back");
  return mh_report_lab (report, language, 0);
}

static MhDocument *
from_template (const char *language, guint copy)
{
  g_autoptr (MhLabReport) report = paper_report (40);
  report->template_ = paper_template ();
  report->logo = paper_logo ();
  return mh_report_lab (report, language, copy);
}

static MhDocument *
culture (const char *language)
{
  g_autoptr (MhLabReport) report = paper_culture ();
  return mh_report_lab (report, language, 0);
}

static MhDocument *
cumulative (const char *language)
{
  g_autoptr (MhRecord) hospital = paper_hospital ();
  g_autoptr (MhRecord) patient = paper_patient ();
  g_autoptr (GPtrArray) results = paper_year ();
  MhCumulative all = { hospital, patient, results, G_GINT64_CONSTANT (1795248900000000) };
  return mh_report_cumulative (&all, language);
}

static MhDocument *
make (const char *name)
{
  const char *language = strrchr (name, '-') + 1;
  if (g_str_has_prefix (name, "corrected"))
    return changed (MH_REPORT_STATUS_CORRECTED, language);
  if (g_str_has_prefix (name, "withdrawn"))
    return changed (MH_REPORT_STATUS_ENTERED_IN_ERROR, language);
  if (g_str_has_prefix (name, "preliminary"))
    return changed (MH_REPORT_STATUS_PRELIMINARY, language);
  if (g_str_has_prefix (name, "template"))
    return from_template (language, 2);
  return g_str_has_prefix (name, "culture") ? culture (language) : cumulative (language);
}

/* "1 35.2 120.4 lines of text": page, left, top of each line. */
static char *
lines_of (MhDocument *document)
{
  GString *out = g_string_new (NULL);
  DROPPED PopplerDocument *read = paper_read_back (document);
  for (int i = 0; i < poppler_document_get_n_pages (read); i++)
    {
      DROPPED PopplerPage *page = poppler_document_get_page (read, i);
      g_autofree char *text = poppler_page_get_text (page);
      PopplerRectangle *boxes = NULL;
      guint n_boxes = 0, at = 0;
      poppler_page_get_text_layout (page, &boxes, &n_boxes);
      g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
      for (guint k = 0; lines[k] != NULL && at < n_boxes; k++)
        {
          char x[16], y[16];
          g_ascii_formatd (x, sizeof x, "%.1f", boxes[at].x1);
          g_ascii_formatd (y, sizeof y, "%.1f", boxes[at].y1);
          if (lines[k][0] != 0)
            g_string_append_printf (out, "%d\t%s\t%s\t%s\n", i + 1, x, y, lines[k]);
          at += (guint)g_utf8_strlen (lines[k], -1) + 1;
        }
      g_free (boxes);
    }
  return g_string_free (out, FALSE);
}

static gboolean
is_near (const char *a, const char *b)
{
  return fabs (g_ascii_strtod (a, NULL) - g_ascii_strtod (b, NULL)) <= TOLERANCE;
}

static void
compare (const char *name, const char *now, const char *kept)
{
  g_auto (GStrv) ours = g_strsplit (now, "\n", -1);
  g_auto (GStrv) theirs = g_strsplit (kept, "\n", -1);
  for (guint i = 0; ours[i] != NULL || theirs[i] != NULL; i++)
    {
      if (ours[i] == NULL || theirs[i] == NULL)
        g_error ("%s, line %u: “%s” now, “%s” kept", name, i + 1, ours[i] != NULL ? ours[i] : "",
                 theirs[i] != NULL ? theirs[i] : "");
      g_auto (GStrv) one = g_strsplit (ours[i], "\t", 4);
      g_auto (GStrv) two = g_strsplit (theirs[i], "\t", 4);
      gboolean same = g_strv_length (one) == g_strv_length (two);
      if (same && one[0] != NULL)
        same = g_str_equal (one[0], two[0]) && is_near (one[1], two[1]) && is_near (one[2], two[2])
               && g_str_equal (one[3], two[3]);
      if (!same)
        g_error ("%s, line %u:\n  now  %s\n  kept %s", name, i + 1, ours[i], theirs[i]);
    }
}

static void
test_golden (gconstpointer data)
{
  const char *name = data, *folder = g_getenv ("MH_GOLDEN_WRITE");
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *file = g_strconcat (name, ".tsv", NULL);
  g_autofree char *now = lines_of (make (name));
  if (folder != NULL)
    {
      g_autofree char *path = g_build_filename (folder, file, NULL);
      g_file_set_contents (path, now, -1, &error);
      g_assert_no_error (error);
      return;
    }
  g_autofree char *path = g_build_filename (g_getenv ("MH_TEST_DATA"), "papers", file, NULL);
  g_file_get_contents (path, &kept, NULL, &error);
  g_assert_no_error (error);
  compare (name, now, kept);
}

/* A line moved, a word changed, a line lost: each is found. */
static void
test_finds (void)
{
  static const char *const other[] = { "1\t35.0\t123.0\tPotassium\n", "1\t35.0\t120.0\tSodium\n",
                                       "1\t35.0\t120.0\tPotassium\n2\t1\t1\tx\n" };
  compare ("same", "1\t35.0\t120.0\tPotassium\n", "1\t36.5\t118.5\tPotassium\n");
  for (guint i = 0; i < G_N_ELEMENTS (other); i++)
    {
      if (g_test_subprocess ())
        compare ("other", "1\t35.0\t120.0\tPotassium\n",
                 other[g_ascii_strtoll (g_getenv ("MH_OTHER"), NULL, 10)]);
      g_autofree char *number = g_strdup_printf ("%u", i);
      g_setenv ("MH_OTHER", number, TRUE);
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_failed ();
    }
}

int
main (int argc, char **argv)
{
  static const char *const papers[]
      = { "corrected-en", "corrected-hi",  "corrected-ur",   "corrected-ar",
          "withdrawn-en", "template-en",   "preliminary-ur", "culture-en",
          "culture-ar",   "cumulative-en", "cumulative-ur" };
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    {
      g_autofree char *path = g_strconcat ("/golden/", papers[i], NULL);
      g_test_add_data_func (path, papers[i], test_golden);
    }
  g_test_add_func ("/golden/finds", test_finds);
  return g_test_run ();
}
