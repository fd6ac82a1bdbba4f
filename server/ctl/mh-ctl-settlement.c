/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A provider's list of what it paid out, from a file. */
#include "server/ctl/mh-ctl.h"

#include <stdio.h>
#include <string.h>

#include "server/common/mh-csv.h"
#include "server/settlements/mh-settlements-service.h"
#include "shared/base/mh-decimal.h"
#include "shared/record/mh-record-check.h"
#include "shared/records/mh-records.h"

#define MOST_BAD_LINES 50

typedef struct
{
  const char *name;
  guint field;
  gboolean needed;
} Column;

/* The headings of the list, and what they are in the record. */
static const Column known[] = {
  { "kind", MH_SETTLEMENT_LINE_KIND, TRUE },
  { "reference", MH_SETTLEMENT_LINE_REFERENCE, TRUE },
  { "amount", MH_SETTLEMENT_LINE_AMOUNT, TRUE },
  { "fee", MH_SETTLEMENT_LINE_FEE, FALSE },
  { "tax", MH_SETTLEMENT_LINE_TAX, FALSE },
  { "at", MH_SETTLEMENT_LINE_AT, FALSE },
};

typedef struct
{
  MhRecord *settlement;
  MhPlace place;
  gboolean has_heading, dry_run;
  int at[G_N_ELEMENTS (known)]; /* the column of the list; -1: not there */
  guint bad;
  gint64 net;
} List;

/* --- reading --- */

static gboolean
read_heading (List *list, const char *const *cells, guint n, GError **error)
{
  for (guint k = 0; k < G_N_ELEMENTS (known); k++)
    {
      list->at[k] = -1;
      for (guint i = 0; i < n; i++)
        {
          g_autofree char *name = g_strstrip (g_strdup (cells[i]));
          if (g_ascii_strcasecmp (name, known[k].name) == 0)
            list->at[k] = (int)i;
        }
      if (list->at[k] < 0 && known[k].needed)
        {
          mh_error_set (error, MH_ERROR_MALFORMED, "The list has no column \"%s\".", known[k].name);
          return FALSE;
        }
    }
  list->has_heading = TRUE;
  return TRUE;
}

/* "-1,234.50" too. */
static gboolean
read_money (const char *text, gint64 *out_amount)
{
  gboolean below = text[0] == '-';
  if (!mh_money_parse (below ? text + 1 : text, out_amount))
    return FALSE;
  if (below)
    *out_amount = -*out_amount;
  return TRUE;
}

static gboolean
read_at (const List *list, const char *text, gint64 *out_at)
{
  MhDate day;
  if (!mh_date_parse (text, &day))
    return mh_instant_parse (text, out_at);
  *out_at = mh_place_midnight (&list->place, day);
  return TRUE;
}

static gboolean
read_cell (const List *list, MhRecord *line, guint field, const char *text)
{
  gint64 number = 0;
  if (field == MH_SETTLEMENT_LINE_AT)
    {
      if (!read_at (list, text, &number))
        return FALSE;
      mh_record_set_int (line, field, number);
    }
  else if (mh_field_is_int (&mh_settlement_line_type.fields[field]))
    {
      if (!read_money (text, &number))
        return FALSE;
      mh_record_set_int (line, field, number);
    }
  else
    mh_record_set_text (line, field, text);
  return TRUE;
}

static void
complain (List *list, guint line, const char *column, const char *why)
{
  if (list->bad++ < MOST_BAD_LINES)
    printf ("line %u, %s: %s\n", line, column, why);
}

static const char *
column_of (const char *field)
{
  return g_str_equal (field, "provider_reference") ? "reference" : field;
}

/* Providers write a refund with or without its sign. */
static void
drop_sign (MhRecord *line)
{
  gint64 amount = mh_record_int (line, MH_SETTLEMENT_LINE_AMOUNT);
  if (amount < 0
      && g_strcmp0 (mh_record_text (line, MH_SETTLEMENT_LINE_KIND), MH_SETTLEMENT_REFUND) == 0)
    mh_record_set_int (line, MH_SETTLEMENT_LINE_AMOUNT, -amount);
}

static gboolean
read_row (guint number, const char *const *cells, guint n, gpointer data, GError **error)
{
  List *list = data;
  if (!list->has_heading)
    return read_heading (list, cells, n, error);
  g_autoptr (MhRecord) line = mh_record_new (&mh_settlement_line_type);
  g_autoptr (MhIssues) issues = mh_issues_new ();
  guint bad = list->bad;
  for (guint k = 0; k < G_N_ELEMENTS (known); k++)
    {
      if (list->at[k] < 0 || (guint)list->at[k] >= n)
        continue;
      g_autofree char *text = g_strstrip (g_strdup (cells[list->at[k]]));
      if (*text != '\0' && !read_cell (list, line, known[k].field, text))
        complain (list, number, known[k].name, "cannot be read");
    }
  drop_sign (line);
  if (list->bad == bad)
    mh_record_check (line, MH_CHECK_CREATE, issues);
  for (guint i = 0; i < mh_issues_count (issues); i++)
    complain (list, number, column_of (mh_issues_nth (issues, i)->field),
              mh_issues_nth (issues, i)->message);
  list->net += mh_settlement_line_worth (line) - mh_record_int (line, MH_SETTLEMENT_LINE_FEE)
               - mh_record_int (line, MH_SETTLEMENT_LINE_TAX);
  mh_record_append (list->settlement, MH_SETTLEMENT_LINES, line);
  return TRUE;
}

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
  mh_date_format (mh_date_of_instant (g_get_real_time (), place->zone), place->today);
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
  MhRecord *settlement;
} Writing;

static gboolean
write_settlement (MhTx *tx, gpointer data, GError **error)
{
  Writing *writing = data;
  g_clear_object (&writing->settlement);
  writing->settlement
      = mh_settlements_service_import (tx, &writing->list->place, writing->list->settlement, error);
  if (writing->settlement == NULL || !writing->list->dry_run)
    return writing->settlement != NULL;
  mh_error_set (error, MH_ERROR_CANCELLED, "Only tried."); /* so that the lane takes it back */
  return FALSE;
}

static int
run (MhCtl *ctl, List *list, GError **error)
{
  g_autoptr (GError) failure = NULL;
  Writing writing = { .list = list };
  const char *path = mh_ctl_need (ctl, 0, "The list", error);
  if (path == NULL || !mh_csv_read (path, read_row, list, error))
    return MH_CTL_FAILED;
  if (list->bad > 0)
    {
      printf ("%u mistakes. Nothing was written.\n", list->bad);
      return MH_CTL_NO;
    }
  mh_record_set_text (list->settlement, MH_SETTLEMENT_PROVIDER, mh_ctl_option (ctl, "provider"));
  mh_record_set_text (list->settlement, MH_SETTLEMENT_REFERENCE, mh_ctl_option (ctl, "reference"));
  mh_record_set_text (list->settlement, MH_SETTLEMENT_SETTLED_ON, mh_ctl_option (ctl, "date"));
  mh_record_set_int (list->settlement, MH_SETTLEMENT_NET, list->net);
  if (!mh_record_validate (list->settlement, MH_CHECK_CREATE, error))
    return MH_CTL_FAILED;
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
  g_autoptr (MhRecord) settlement = mh_record_new (&mh_settlement_type);
  List list = { .settlement = settlement, .dry_run = mh_ctl_flag (ctl, "dry-run") };
  gpointer data[] = { ctl, &list.place, &hospital_id };
  int status = mh_ctl_read (ctl, read_place, data, error) ? run (ctl, &list, error) : MH_CTL_FAILED;
  mh_place_clear (&list.place);
  return status;
}
