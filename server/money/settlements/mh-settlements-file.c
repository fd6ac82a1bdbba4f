/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/settlements/mh-settlements-file.h"

#include "server/platform/common/mh-csv.h"
#include "shared/base/mh-decimal.h"
#include "shared/record/mh-record-check.h"
#include "shared/records/money/mh-settlement.h"

/* More would not be read by anybody. */
#define MOST_COMPLAINTS 50

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
  const MhPlace *place;
  MhRecord *settlement;
  MhIssues *issues;
  gboolean has_heading;
  int at[G_N_ELEMENTS (known)]; /* the column of the list; -1: not there */
  gint64 net;
} List;

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
settlements_file_read_money (const char *text, gint64 *out_amount)
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
  *out_at = mh_place_midnight (list->place, day);
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
      if (!settlements_file_read_money (text, &number))
        return FALSE;
      mh_record_set_int (line, field, number);
    }
  else
    mh_record_set_text (line, field, text);

  return TRUE;
}

static void
settlements_file_complain (List *list, guint line, const char *column, const char *why)
{
  if (mh_issues_count (list->issues) < MOST_COMPLAINTS)
    mh_issues_add (list->issues, "text", "invalid", "line %u, %s: %s", line, column, why);
}

static const char *
settlements_file_column_of (const char *field)
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
settlements_file_read_row (guint number,
                           const char *const *cells,
                           guint n,
                           gpointer data,
                           GError **error)
{
  List *list = data;
  if (!list->has_heading)
    return read_heading (list, cells, n, error);

  g_autoptr (MhRecord) line = mh_record_new (&mh_settlement_line_type);
  g_autoptr (MhIssues) issues = mh_issues_new ();
  guint bad = mh_issues_count (list->issues);

  for (guint k = 0; k < G_N_ELEMENTS (known); k++)
    {
      if (list->at[k] < 0 || (guint)list->at[k] >= n)
        continue;
      g_autofree char *text = g_strstrip (g_strdup (cells[list->at[k]]));
      if (*text != '\0' && !read_cell (list, line, known[k].field, text))
        settlements_file_complain (list, number, known[k].name, "cannot be read");
    }

  drop_sign (line);
  if (mh_issues_count (list->issues) == bad)
    mh_record_check (line, MH_CHECK_CREATE, issues);
  for (guint i = 0; i < mh_issues_count (issues); i++)
    settlements_file_complain (list, number,
                               settlements_file_column_of (mh_issues_nth (issues, i)->field),
                               mh_issues_nth (issues, i)->message);

  list->net += mh_settlement_line_worth (line) - mh_record_int (line, MH_SETTLEMENT_LINE_FEE)
               - mh_record_int (line, MH_SETTLEMENT_LINE_TAX);
  mh_record_append (list->settlement, MH_SETTLEMENT_LINES, line);

  return TRUE;
}

MhRecord *
mh_settlements_file_read (const char *text,
                          gsize length,
                          const MhPlace *place,
                          MhIssues *issues,
                          GError **error)
{
  g_autoptr (MhRecord) settlement = mh_record_new (&mh_settlement_type);
  List list = { .place = place, .settlement = settlement, .issues = issues };
  if (!mh_csv_read_text (text, length, settlements_file_read_row, &list, error))
    return NULL;
  mh_record_set_int (settlement, MH_SETTLEMENT_NET, list.net);
  return g_steal_pointer (&settlement);
}
