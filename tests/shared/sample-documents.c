/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes one file of every kind of paper into a folder, to be looked at. */
#include "shared/reports/mh-report-lab.h"
#include "tests/shared/paper-fixture.h"

static const char *folder;

static void
save (const char *name, MhDocument *document)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_strconcat (name, ".pdf", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autoptr (GBytes) pdf = mh_document_to_pdf (document, &error);
  gsize size = 0;
  if (pdf != NULL)
    {
      const char *data = g_bytes_get_data (pdf, &size);
      g_file_set_contents (path, data, size, &error);
    }
  if (error != NULL)
    g_error ("%s: %s", name, error->message);
  g_print ("%-28s %2u pages %7" G_GSIZE_FORMAT " bytes\n", file, mh_document_n_pages (document),
           size);
  mh_document_unref (document);
}

static void
save_reports (void)
{
  static const guint sizes[] = { 1, 20, 40, 120 };
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (MhLabReport) report = paper_report (sizes[i]);
      g_autofree char *name = g_strdup_printf ("lab-%u", sizes[i]);
      g_autofree char *hindi = g_strdup_printf ("lab-%u-hi", sizes[i]);
      save (name, mh_report_lab (report, "en", 0));
      save (hindi, mh_report_lab (report, "hi", 2));
    }
}

int
main (int argc, char **argv)
{
  if (argc != 2)
    {
      g_printerr ("Usage: %s FOLDER\n", argv[0]);
      return 2;
    }
  folder = argv[1];
  g_mkdir_with_parents (folder, 0755);
  mh_records_register ();
  save_reports ();
  return 0;
}
