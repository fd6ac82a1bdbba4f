/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/ctl/mh-ctl.h"

#include <stdio.h>

#include "server/ctl/mh-import.h"
#include "shared/records/mh-types.h"

static gboolean
read_hospital (MhDb *db, gpointer data, GError **error)
{
  MhCtl *ctl = ((gpointer *)data)[0];
  char **out_id = ((gpointer *)data)[1];
  const char *code = mh_ctl_option (ctl, "hospital");
  g_autoptr (GPtrArray) all
      = mh_store_all (db, &mh_hospital_type, code != NULL ? "code" : NULL, code, error);

  if (all == NULL)
    return FALSE;

  if (all->len != 1)
    {
      mh_error_set (error, MH_ERROR_INVALID, "Say which hospital: --hospital CODE.");
      return FALSE;
    }

  *out_id = g_strdup (mh_record_id (g_ptr_array_index (all, 0)));
  return TRUE;
}

static void
print_report (const MhImportPlan *plan, const MhImportReport *report)
{
  for (guint i = 0; i < report->remarks->len; i++)
    {
      const MhImportRemark *remark = g_ptr_array_index (report->remarks, i);
      printf ("line %u%s%s: %s%s\n", remark->line, remark->field != NULL ? ", " : "",
              remark->field != NULL ? remark->field : "",
              remark->grade == MH_IMPORT_NOTE ? "note: " : "", remark->reason);
    }
  printf ("%u lines: %u good, %u bad, %u with possible duplicates. %s\n", report->rows,
          report->taken, report->bad, report->duplicates,
          mh_import_wrote (plan, report) ? "Imported." : "Nothing was written.");
}

static int
run_import (MhCtl *ctl, const MhRecordType *type, const char *hospital_id, GError **error)
{
  MhImportPlan plan = { .type = type,
                        .path = mh_ctl_need (ctl, 0, "The list", error),
                        .map_path = mh_ctl_option (ctl, "map"),
                        .dry_run = mh_ctl_flag (ctl, "dry-run"),
                        .skip_bad = mh_ctl_flag (ctl, "skip-bad"),
                        .hospital_id = hospital_id,
                        .price_list = mh_ctl_option (ctl, "list") };
  g_autoptr (MhImportReport) report = NULL;
  MhStore *store = plan.path != NULL ? mh_ctl_store (ctl, FALSE, error) : NULL;

  if (store == NULL || !mh_import_run (store, &plan, &report, error))
    return MH_CTL_FAILED;

  print_report (&plan, report);
  return report->bad > 0 && !plan.skip_bad ? MH_CTL_NO : MH_CTL_DONE;
}

int
mh_ctl_import_patients (MhCtl *ctl, GError **error)
{
  g_autofree char *hospital_id = NULL;
  gpointer both[] = { ctl, &hospital_id };
  if (!mh_ctl_read (ctl, read_hospital, both, error))
    return MH_CTL_FAILED;
  return run_import (ctl, &mh_patient_type, hospital_id, error);
}

int
mh_ctl_import_tests (MhCtl *ctl, GError **error)
{
  return run_import (ctl, &mh_test_type, NULL, error);
}

int
mh_ctl_import_prices (MhCtl *ctl, GError **error)
{
  if (mh_ctl_option (ctl, "list") == NULL)
    {
      mh_error_set (error, MH_ERROR_INVALID, "Say which price list: --list CODE.");
      return MH_CTL_FAILED;
    }
  return run_import (ctl, &mh_price_entry_type, NULL, error);
}
