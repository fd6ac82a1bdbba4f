/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The day book as a file. */
#include "server/money/till/mh-till-service.h"
#include "server/platform/actor/mh-request.h"

#include "server/platform/common/mh-table.h"
#include "shared/base/mh-date.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/mh-types.h"
#include "shared/records/money/mh-till.h"
#include "shared/reports/mh-report-parts.h"
#include "shared/reports/mh-words.h"

static const char *
till_book_method_label (const MhWords *words, const char *method)
{
  for (const MhCode *code = mh_payment_method_codes; code->code != NULL; code++)
    if (g_strcmp0 (code->code, method) == 0)
      return mh_words (words, code->label);
  return method;
}

static void
till_book_put_amount (MhSheet *sheet, MhRecord *record, guint field)
{
  gint64 amount = mh_record_int (record, field);
  if (amount != 0)
    mh_sheet_money (sheet, amount);
  else
    mh_sheet_cell (sheet, "");
}

static void
till_book_put_lines (MhSheet *sheet, MhRecord *book, GTimeZone *zone, const MhWords *words)
{
  GPtrArray *lines = mh_record_records (book, MH_DAY_BOOK_LINES);
  for (guint i = 0; i < lines->len; i++)
    {
      MhRecord *line = g_ptr_array_index (lines, i);
      g_autoptr (GDateTime) utc
          = g_date_time_new_from_unix_utc (mh_record_int (line, MH_DAY_LINE_AT) / MH_SECOND);
      g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
      mh_sheet_row (sheet, MH_ROW_PLAIN);
      mh_sheet_take_cell (sheet, g_date_time_format (local, "%H:%M"));
      mh_sheet_cell (sheet, mh_record_text (line, MH_DAY_LINE_RECEIPT));
      mh_sheet_cell (sheet, mh_record_text (line, MH_DAY_LINE_ORDER_NUMBER));
      mh_sheet_cell (sheet, mh_day_line_from (line));
      mh_sheet_cell (sheet,
                     till_book_method_label (words, mh_record_text (line, MH_DAY_LINE_METHOD)));
      till_book_put_amount (sheet, line, MH_DAY_LINE_TAKEN);
      till_book_put_amount (sheet, line, MH_DAY_LINE_GIVEN_BACK);
      mh_sheet_cell (sheet, mh_record_text (line, MH_DAY_LINE_CASHIER));
    }
}

static void
till_book_put_total (MhSheet *sheet,
                     const char *what,
                     MhRecord *record,
                     guint taken,
                     guint back,
                     MhRowKind kind)
{
  mh_sheet_row (sheet, kind);
  for (guint i = 0; i < 4; i++)
    mh_sheet_cell (sheet, "");
  mh_sheet_cell (sheet, what);
  mh_sheet_money (sheet, mh_record_int (record, taken));
  mh_sheet_money (sheet, mh_record_int (record, back));
}

static void
put_drawers (MhSheet *sheet, MhRecord *book, const MhWords *words)
{
  GPtrArray *drawers = mh_record_records (book, MH_DAY_BOOK_SESSIONS);
  for (guint i = 0; i < drawers->len; i++)
    {
      MhRecord *drawer = g_ptr_array_index (drawers, i);
      gboolean counted = mh_record_has (drawer, MH_CASH_SESSION_COUNTED_AT);
      if (i == 0)
        {
          mh_sheet_row (sheet, MH_ROW_HEADING);
          mh_sheet_cell (sheet, mh_words (words, "Drawers: counted, difference"));
        }
      mh_sheet_row (sheet, MH_ROW_PLAIN);
      mh_sheet_cell (sheet, "");
      mh_sheet_cell (sheet, mh_record_text (drawer, MH_CASH_SESSION_NUMBER));
      mh_sheet_cell (sheet, "");
      mh_sheet_cell (sheet, mh_record_text (drawer, MH_CASH_SESSION_CASHIER_NAME));
      mh_sheet_cell (sheet, mh_words_field_code (words, drawer, MH_CASH_SESSION_STATUS));
      if (!counted)
        continue;
      mh_sheet_money (sheet, mh_record_int (drawer, MH_CASH_SESSION_COUNTED_TOTAL));
      mh_sheet_money (sheet, mh_record_int (drawer, MH_CASH_SESSION_VARIANCE));
      mh_sheet_cell (sheet, mh_words_field_code (words, drawer, MH_CASH_SESSION_VARIANCE_REASON));
    }
}

/* The slip of a closed day carries the head of the audit trail (rules.md 14). */
static void
till_book_put_lock (MhSheet *sheet, MhRecord *book, const MhWords *words)
{
  MhRecord *lock = mh_record_record (book, MH_DAY_BOOK_LOCK);
  if (lock == NULL)
    return;

  g_autofree char *who = mh_words_fill (words, "Closed by {1}",
                                        mh_record_text (lock, MH_DAY_LOCK_LOCKED_NAME), NULL);
  g_autofree char *entry
      = g_strdup_printf ("%" G_GINT64_FORMAT, mh_record_int (lock, MH_DAY_LOCK_AUDIT_SEQ));
  g_autofree char *trail = mh_words_fill (words, "Audit trail {1}: {2}", entry,
                                          mh_record_has (lock, MH_DAY_LOCK_AUDIT_HASH)
                                              ? mh_record_text (lock, MH_DAY_LOCK_AUDIT_HASH)
                                              : "–");

  mh_sheet_row (sheet, MH_ROW_HEADING);
  mh_sheet_take_cell (sheet, g_strdup_printf ("%s. %s", who, trail));
}

static MhSheet *
till_book_make_sheet (MhRecord *book, MhRecord *hospital, const MhWords *words)
{
  static const struct
  {
    const char *label;
    double share;
    gboolean is_number;
  } columns[] = {
    { NS_ ("Time"), 1.1, FALSE },      { NS_ ("Receipt"), 2.2, FALSE },
    { NS_ ("Order"), 2.6, FALSE },     { NS_ ("Patient or insurer"), 4, FALSE },
    { NS_ ("Method"), 1.8, FALSE },    { NS_ ("Taken"), 1.9, TRUE },
    { NS_ ("Given back"), 1.9, TRUE }, { NS_ ("Cashier"), 2.6, FALSE },
  };
  GPtrArray *totals = mh_record_records (book, MH_DAY_BOOK_TOTALS);
  g_autoptr (GTimeZone) zone = mh_part_zone (hospital);
  g_autofree char *under = g_strdup_printf ("%s (%s)", mh_record_text (book, MH_DAY_BOOK_DAY),
                                            mh_record_text (book, MH_DAY_BOOK_CURRENCY));
  MhSheet *sheet = mh_sheet_new ("Day book", under);

  mh_sheet_set_currency (sheet, mh_record_text (book, MH_DAY_BOOK_CURRENCY));
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    mh_sheet_column (sheet, columns[i].label, columns[i].share, columns[i].is_number);
  till_book_put_lines (sheet, book, zone, words);

  for (guint i = 0; i < totals->len; i++)
    {
      MhRecord *total = g_ptr_array_index (totals, i);
      till_book_put_total (
          sheet, till_book_method_label (words, mh_record_text (total, MH_DAY_TOTAL_METHOD)), total,
          MH_DAY_TOTAL_TAKEN, MH_DAY_TOTAL_GIVEN_BACK, MH_ROW_PLAIN);
    }

  if (totals->len > 0)
    till_book_put_total (sheet, mh_words (words, "Total"), book, MH_DAY_BOOK_TAKEN,
                         MH_DAY_BOOK_GIVEN_BACK, MH_ROW_TOTAL);

  put_drawers (sheet, book, words);
  till_book_put_lock (sheet, book, words);
  return sheet;
}

static MhSheet *
load_sheet (MhServer *server,
            const MhActor *actor,
            const char *day,
            const char *language,
            MhRecord **out_hospital,
            GError **error)
{
  MhStore *store = mh_server_store (server);
  MhDb *db = mh_store_take_reader (store, error);
  if (db == NULL)
    return NULL;
  g_autoptr (MhRecord) book
      = mh_till_service_day_book (MH_REQUEST_DB (db, server, actor), day, error);
  if (book != NULL)
    *out_hospital = mh_store_get (db, &mh_hospital_type,
                                  mh_record_text (book, MH_DAY_BOOK_HOSPITAL_ID), error);
  mh_store_give_reader (store, db);
  return *out_hospital != NULL ? till_book_make_sheet (book, *out_hospital, mh_words_for (language))
                               : NULL;
}

GBytes *
mh_till_service_book_csv (MhServer *server, const MhActor *actor, const char *day, GError **error)
{
  g_autoptr (MhRecord) hospital = NULL;
  g_autoptr (MhSheet) sheet = load_sheet (server, actor, day, NULL, &hospital, error);
  return sheet != NULL ? mh_table_csv (sheet) : NULL;
}

GBytes *
mh_till_service_book_pdf (MhServer *server,
                          const MhActor *actor,
                          const char *day,
                          const char *language,
                          GError **error)
{
  g_autoptr (MhRecord) hospital = NULL;
  g_autoptr (MhSheet) sheet = load_sheet (server, actor, day, language, &hospital, error);
  if (sheet == NULL)
    return NULL;
  g_autoptr (MhDocument) document
      = mh_report_table (sheet, hospital, language, mh_clock_now (mh_server_clock (server)));
  return mh_document_to_pdf (document, error);
}
