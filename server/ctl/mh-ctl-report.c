/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is this paper what was released? */
#include "server/ctl/mh-ctl.h"

#include <stdio.h>
#include <string.h>

#include "shared/records/lab/mh-report.h"
#include "shared/reports/mh-report-content.h"

typedef struct
{
  char *id;
  gint64 version;
  char *hash;
  int status;
} Paper;

static gboolean
read_check (MhDb *db, gpointer data, GError **error)
{
  Paper *paper = data;
  g_autoptr (GError) failed = NULL;
  g_autoptr (MhRecord) report = mh_store_get (db, &mh_report_type, paper->id, &failed);

  paper->status = MH_CTL_NO;
  if (failed != NULL && !g_error_matches (failed, MH_ERROR, MH_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  if (report == NULL)
    puts ("NOT GENUINE: there is no such report.");
  else if (!mh_report_content_is_intact (report))
    puts ("NOT GENUINE: the stored report was altered.");
  else if (paper->version != mh_record_int (report, MH_REPORT_VERSION_NO)
           || !mh_report_hash_fits (report, paper->hash))
    puts ("NOT GENUINE: the code does not belong to what was released.");
  else
    {
      printf ("Genuine: report %s, version %" G_GINT64_FORMAT ".\n",
              mh_record_text (report, MH_REPORT_NUMBER), paper->version);
      paper->status = MH_CTL_DONE;
    }

  return TRUE;
}

/* A code as it was scanned, or a file that holds one (the text of a PDF, for example). */
static gboolean
find_code (const char *word, Paper *paper, GError **error)
{
  g_autofree char *text = NULL;
  const char *from = word;
  if (g_file_test (word, G_FILE_TEST_IS_REGULAR))
    {
      if (!g_file_get_contents (word, &text, NULL, error))
        return FALSE;
      from = strstr (text, "MHREPORT:");
      if (from == NULL)
        from = strstr (text, "/r/");
    }

  g_autofree char *code = from != NULL ? g_strndup (from, strcspn (from, " \t\r\n")) : NULL;
  if (code != NULL && mh_report_code_parse (code, &paper->id, &paper->version, &paper->hash))
    return TRUE;

  mh_error_set (error, MH_ERROR_INVALID, "There is no report code (MHREPORT:…) in it.");
  return FALSE;
}

int
mh_ctl_report_verify (MhCtl *ctl, GError **error)
{
  Paper paper = { 0 };
  const char *word = mh_ctl_need (ctl, 0, "The code, or a file that holds it", error);
  gboolean done = word != NULL && find_code (word, &paper, error)
                  && mh_ctl_read (ctl, read_check, &paper, error);
  g_free (paper.id);
  g_free (paper.hash);
  return done ? paper.status : MH_CTL_FAILED;
}
