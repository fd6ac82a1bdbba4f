/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A provider's list of what it paid out, from a file. */
#include "server/ctl/mh-ctl.h"

#include <stdio.h>

#include "server/money/settlements/mh-settlements-file.h"
#include "server/money/settlements/mh-settlements-service.h"
#include "shared/base/mh-clock.h"
#include "shared/base/mh-decimal.h"
#include "shared/record/mh-record-check.h"
#include "shared/records/money/mh-settlement.h"
#include "shared/records/people/mh-hospital.h"

typedef struct
{
  MhPlace place;
  gboolean dry_run;
} List;

/* --- the hospital --- */

static gboolean
read_place (MhDb *db, gpointer data, GError **error)
{
  MhCtl *ctl = ((gpointer *)data)[0];
  MhPlace *place = ((gpointer *)data)[1];
  char **out_id = ((gpointer *)data)[2];
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

  MhRecord *hospital = g_ptr_array_index (all, 0);
  const char *zone = mh_record_text (hospital, MH_HOSPITAL_TIME_ZONE);
  const char *currency = mh_record_text (hospital, MH_HOSPITAL_CURRENCY);

  *out_id = g_strdup (mh_record_id (hospital));
  place->hospital_id = *out_id;
  place->code = g_strdup (mh_record_text (hospital, MH_HOSPITAL_CODE));
  place->currency = g_strdup (currency != NULL ? currency : MH_CURRENCY_DEFAULT);
  place->zone = zone != NULL ? g_time_zone_new_identifier (zone) : NULL;
  if (place->zone == NULL)
    place->zone = g_time_zone_new_utc ();
  mh_date_format (mh_date_of_instant (mh_clock_now (NULL), place->zone), place->today);

  return TRUE;
}

/* --- writing --- */

static void
print_settlement (List *list, MhRecord *settlement)
{
  GPtrArray *lines = mh_record_records (settlement, MH_SETTLEMENT_LINES);
  g_autofree char *net
      = mh_money_display (mh_record_int (settlement, MH_SETTLEMENT_NET), list->place.currency);

  for (guint i = 0; i < lines->len; i++)
    {
      MhRecord *line = g_ptr_array_index (lines, i);
      const char *difference = mh_record_text (line, MH_SETTLEMENT_LINE_DIFFERENCE);
      if (difference != NULL)
        printf ("%s: %s\n", mh_record_text (line, MH_SETTLEMENT_LINE_REFERENCE),
                mh_field_code_label (&mh_settlement_line_type.fields[MH_SETTLEMENT_LINE_DIFFERENCE],
                                     difference));
    }

  printf ("%u lines: %d agree, %d differences, %s paid out. %s\n", lines->len,
          (int)mh_record_int (settlement, MH_SETTLEMENT_N_MATCHED),
          (int)mh_record_int (settlement, MH_SETTLEMENT_N_DIFFERENCES), net,
          list->dry_run ? "Nothing was written." : "Imported.");
}

typedef struct
{
  List *list;
  MhRecord *draft, *settlement;
} Writing;

static gboolean
write_settlement (MhTx *tx, gpointer data, GError **error)
{
  Writing *writing = data;
  g_clear_object (&writing->settlement);
  writing->settlement
      = mh_settlements_service_import (tx, &writing->list->place, writing->draft, error);
  if (writing->settlement == NULL || !writing->list->dry_run)
    return writing->settlement != NULL;
  mh_error_set (error, MH_ERROR_CANCELLED,
                "Only tried."); /* so that the write queue takes it back */
  return FALSE;
}

static int
ctl_settlement_run (MhCtl *ctl, List *list, GError **error)
{
  g_autoptr (GError) failure = NULL;
  Writing writing = { .list = list };
  g_autoptr (MhIssues) issues = mh_issues_new ();
  g_autofree char *text = NULL;
  gsize length = 0;
  const char *path = mh_ctl_need (ctl, 0, "The list", error);

  if (path == NULL || !g_file_get_contents (path, &text, &length, error))
    return MH_CTL_FAILED;

  g_autoptr (MhRecord) draft = mh_settlements_file_read (text, length, &list->place, issues, error);
  if (draft == NULL)
    return MH_CTL_FAILED;

  for (guint i = 0; i < mh_issues_count (issues); i++)
    printf ("%s\n", mh_issues_nth (issues, i)->message);
  if (mh_issues_count (issues) > 0)
    {
      printf ("%u mistakes. Nothing was written.\n", mh_issues_count (issues));
      return MH_CTL_NO;
    }

  mh_record_set_text (draft, MH_SETTLEMENT_PROVIDER, mh_ctl_option (ctl, "provider"));
  mh_record_set_text (draft, MH_SETTLEMENT_REFERENCE, mh_ctl_option (ctl, "reference"));
  mh_record_set_text (draft, MH_SETTLEMENT_SETTLED_ON, mh_ctl_option (ctl, "date"));
  if (!mh_record_validate (draft, MH_CHECK_CREATE, error))
    return MH_CTL_FAILED;

  writing.draft = draft;
  gboolean done = mh_ctl_write (ctl, write_settlement, &writing, &failure);
  g_autoptr (MhRecord) settlement = writing.settlement;

  if (!done && !g_error_matches (failure, MH_ERROR, MH_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return MH_CTL_FAILED;
    }

  print_settlement (list, settlement);
  return MH_CTL_DONE;
}

int
mh_ctl_settlement_import (MhCtl *ctl, GError **error)
{
  g_autofree char *hospital_id = NULL;
  List list = { .dry_run = mh_ctl_flag (ctl, "dry-run") };
  gpointer data[] = { ctl, &list.place, &hospital_id };
  int status = mh_ctl_read (ctl, read_place, data, error) ? ctl_settlement_run (ctl, &list, error)
                                                          : MH_CTL_FAILED;
  mh_place_clear (&list.place);
  return status;
}
