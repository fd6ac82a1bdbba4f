/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/figures/mh-figures-service.h"

#include "server/lab/catalogue/mh-place.h"
#include "server/money/figures/mh-figures-store.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-table.h"
#include "shared/base/mh-date.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/mh-types.h"
#include "shared/records/money/mh-figures.h"
#include "shared/reports/mh-words.h"

#define MOST_DAYS 1100

/* --- what was asked for --- */

static gboolean
figures_service_is_code (const MhCode *codes, const char *code)
{
  for (; codes->code != NULL; codes++)
    if (g_strcmp0 (codes->code, code) == 0)
      return TRUE;
  return FALSE;
}

/* --- adding up --- */

typedef struct
{
  const MhPlace *place;
  gboolean by_day;
  GHashTable *rows; /* key → MhRecord */
  MhRecord *totals;
} Sums;

static void
add_to (MhRecord *target, MhRecord *row)
{
  for (guint i = MH_FIGURES_ROW_COUNT; i < MH_FIGURES_ROW_N_FIELDS; i++)
    if (mh_record_is_set (row, i))
      mh_record_set_int (target, i, mh_record_int (target, i) + mh_record_int (row, i));
}

static const char *
figures_service_method_label (const char *key)
{
  for (const MhCode *code = mh_payment_method_codes; code->code != NULL; code++)
    if (g_strcmp0 (code->code, key) == 0)
      return code->label;
  return NULL;
}

static void
figures_service_take_row (const char *key, MhRecord *row, gpointer data)
{
  Sums *sums = data;
  char day[MH_DATE_LENGTH + 1] = "";
  if (sums->by_day && key != NULL)
    {
      gint64 at = g_ascii_strtoll (key, NULL, 10) * MH_FIGURES_SLOT;
      mh_date_format (mh_date_of_instant (at, sums->place->zone), day);
      key = day;
    }

  if (key == NULL)
    key = "";
  MhRecord *known = g_hash_table_lookup (sums->rows, key);

  add_to (sums->totals, row);
  if (known != NULL)
    {
      add_to (known, row);
      return;
    }

  MhRecord *kept = mh_record_copy (row);
  const char *label = mh_record_text (row, MH_FIGURES_ROW_LABEL);
  mh_record_set_text (kept, MH_FIGURES_ROW_KEY, key);
  mh_record_set_text (kept, MH_FIGURES_ROW_LABEL,
                      label != NULL ? label
                      : figures_service_method_label (key) != NULL
                          ? figures_service_method_label (key)
                      : *key != '\0' ? key
                                     : "–");
  g_hash_table_insert (sums->rows, g_strdup (key), kept);
}

/* Days in their order; everything else the largest first. */
static int
figures_service_compare_rows (gconstpointer a, gconstpointer b, gpointer by_day)
{
  MhRecord *one = *(MhRecord *const *)a, *other = *(MhRecord *const *)b;
  gint64 size[2] = { 0, 0 };
  int by_key = g_strcmp0 (mh_record_text (one, MH_FIGURES_ROW_KEY),
                          mh_record_text (other, MH_FIGURES_ROW_KEY));

  if (GPOINTER_TO_INT (by_day) != 0)
    return by_key;

  static const guint fields[]
      = { MH_FIGURES_ROW_DUE, MH_FIGURES_ROW_NET, MH_FIGURES_ROW_TOTAL, MH_FIGURES_ROW_GIVEN_BACK };
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (mh_record_is_set (one, fields[i]))
      {
        size[0] = mh_record_int (one, fields[i]);
        size[1] = mh_record_int (other, fields[i]);
        break;
      }

  return size[0] != size[1] ? (size[0] < size[1] ? 1 : -1) : by_key;
}

static GPtrArray *
figures_service_sorted (Sums *sums)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer row = NULL;
  g_hash_table_iter_init (&iter, sums->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    g_ptr_array_add (rows, g_object_ref (row));
  g_ptr_array_sort_with_data (rows, figures_service_compare_rows, GINT_TO_POINTER (sums->by_day));
  return rows;
}

/* --- the whole --- */

static MhRecord *
figures_service_finish (const MhFiguresQuery *query,
                        const MhPlace *place,
                        MhDate from,
                        MhDate to,
                        Sums *sums)
{
  MhRecord *figures = mh_record_new (&mh_figures_type);
  char day[MH_DATE_LENGTH + 1];
  mh_record_set_text (figures, MH_FIGURES_REPORT, query->report);
  mh_record_set_text (figures, MH_FIGURES_BY, query->by);
  mh_date_format (from, day);
  mh_record_set_text (figures, MH_FIGURES_FROM, day);
  mh_date_format (to, day);
  mh_record_set_text (figures, MH_FIGURES_TO, day);
  mh_record_set_text (figures, MH_FIGURES_CURRENCY, place->currency);
  mh_record_take_records (figures, MH_FIGURES_ROWS, figures_service_sorted (sums));
  mh_record_set_record (figures, MH_FIGURES_TOTALS, sums->totals);
  return figures;
}

MhRecord *
mh_figures_service_make (const MhRequest *req, const MhFiguresWanted *wanted, GError **error)
{
  g_auto (MhPlace) place = { 0 };
  MhDays days;
  const char *by = wanted->by != NULL ? wanted->by : MH_FIGURES_BY_DAY;

  if (!figures_service_is_code (mh_figures_report_codes, wanted->report))
    {
      mh_error_set (error, MH_ERROR_NOT_FOUND, "There is no such report.");
      return NULL;
    }

  if (!mh_place_of (req, mh_request_now (req), &place, error)
      || !mh_place_days (&place, wanted->from, wanted->to, MOST_DAYS, &days, error))
    return NULL;

  MhFiguresQuery query
      = { .report = wanted->report,
          .by = by,
          .hospital_id = place.hospital_id,
          .from = mh_place_midnight (&place, days.from),
          .to = mh_place_midnight (&place, mh_date_from_days (mh_date_to_days (days.to) + 1)) };
  g_autoptr (GHashTable) rows
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_autoptr (MhRecord) totals = mh_record_new (&mh_figures_row_type);
  Sums sums = { &place, g_str_equal (by, MH_FIGURES_BY_DAY), rows, totals };

  if (!mh_figures_store_sums (req->db, &query, figures_service_take_row, &sums, error))
    return NULL;

  return figures_service_finish (&query, &place, days.from, days.to, &sums);
}

/* --- as a list --- */

static void
figures_service_add_row (MhSheet *sheet,
                         MhRecord *row,
                         const guint *fields,
                         guint n_fields,
                         MhRowKind kind,
                         const char *label)
{
  mh_sheet_row (sheet, kind);
  mh_sheet_cell (sheet, label);
  for (guint i = 0; i < n_fields; i++)
    if (fields[i] == MH_FIGURES_ROW_COUNT)
      mh_sheet_count (sheet, mh_record_int (row, fields[i]));
    else
      mh_sheet_money (sheet, mh_record_int (row, fields[i]));
}

static MhSheet *
figures_service_make_sheet (MhRecord *figures, const MhWords *words)
{
  gboolean by_method
      = g_strcmp0 (mh_record_text (figures, MH_FIGURES_BY), MH_FIGURES_BY_METHOD) == 0;
  MhRecord *totals = mh_record_record (figures, MH_FIGURES_TOTALS);
  GPtrArray *rows = mh_record_records (figures, MH_FIGURES_ROWS);
  guint fields[MH_FIGURES_ROW_N_FIELDS], n_fields = 0;
  g_autofree char *period = g_strdup_printf (
      "%s – %s (%s)", mh_record_text (figures, MH_FIGURES_FROM),
      mh_record_text (figures, MH_FIGURES_TO), mh_record_text (figures, MH_FIGURES_CURRENCY));
  MhSheet *sheet = mh_sheet_new (
      mh_code_label (mh_figures_report_codes, mh_record_text (figures, MH_FIGURES_REPORT)), period);

  mh_sheet_set_currency (sheet, mh_record_text (figures, MH_FIGURES_CURRENCY));
  mh_sheet_column (sheet,
                   mh_code_label (mh_figures_by_codes, mh_record_text (figures, MH_FIGURES_BY)), 3,
                   FALSE);

  for (guint i = MH_FIGURES_ROW_COUNT; i < MH_FIGURES_ROW_N_FIELDS; i++)
    if (mh_record_is_set (totals, i))
      {
        fields[n_fields++] = i;
        mh_sheet_column (sheet, mh_figures_row_type.fields[i].label,
                         i == MH_FIGURES_ROW_COUNT ? 1 : 1.6, TRUE);
      }

  for (guint i = 0; i < rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      const char *label = mh_record_text (row, MH_FIGURES_ROW_LABEL);
      figures_service_add_row (sheet, row, fields, n_fields, MH_ROW_PLAIN,
                               by_method ? mh_words (words, label) : label);
    }

  if (rows->len > 0)
    figures_service_add_row (sheet, totals, fields, n_fields, MH_ROW_TOTAL,
                             mh_words (words, "Total"));

  return sheet;
}

/* Figures and letterhead by one reader, which is given back before anything is drawn. */
static MhRecord *
figures_service_load (MhServer *server,
                      const MhActor *actor,
                      const MhFiguresWanted *wanted,
                      MhRecord **out_hospital,
                      GError **error)
{
  MhStore *store = mh_server_store (server);
  MhDb *db = mh_store_take_reader (store, error);
  if (db == NULL)
    return NULL;
  g_autoptr (MhRecord) figures
      = mh_figures_service_make (MH_REQUEST_DB (db, server, actor), wanted, error);
  if (figures != NULL)
    *out_hospital = mh_store_get (db, &mh_hospital_type, mh_actor_hospital_id (actor), error);
  mh_store_give_reader (store, db);
  return *out_hospital != NULL ? g_steal_pointer (&figures) : NULL;
}

static char *
figures_service_file_name (MhRecord *figures, const char *ending)
{
  return g_strdup_printf ("%s-%s-%s.%s", mh_record_text (figures, MH_FIGURES_REPORT),
                          mh_record_text (figures, MH_FIGURES_FROM),
                          mh_record_text (figures, MH_FIGURES_TO), ending);
}

GBytes *
mh_figures_service_csv (MhServer *server,
                        const MhActor *actor,
                        const MhFiguresWanted *wanted,
                        char **out_name,
                        GError **error)
{
  g_autoptr (MhRecord) hospital = NULL;
  g_autoptr (MhRecord) figures = figures_service_load (server, actor, wanted, &hospital, error);
  g_autoptr (MhSheet) sheet
      = figures != NULL ? figures_service_make_sheet (figures, mh_words_for (NULL)) : NULL;
  if (sheet == NULL)
    return NULL;
  *out_name = figures_service_file_name (figures, "csv");
  return mh_table_csv (sheet);
}

GBytes *
mh_figures_service_pdf (MhServer *server,
                        const MhActor *actor,
                        const MhFiguresWanted *wanted,
                        const char *language,
                        char **out_name,
                        GError **error)
{
  g_autoptr (MhRecord) hospital = NULL;
  g_autoptr (MhRecord) figures = figures_service_load (server, actor, wanted, &hospital, error);
  g_autoptr (MhSheet) sheet
      = figures != NULL ? figures_service_make_sheet (figures, mh_words_for (language)) : NULL;

  if (sheet == NULL)
    return NULL;

  g_autoptr (MhDocument) document
      = mh_report_table (sheet, hospital, language, mh_clock_now (mh_server_clock (server)));
  GBytes *pdf = mh_document_to_pdf (document, error);

  if (pdf != NULL)
    *out_name = figures_service_file_name (figures, "pdf");
  return pdf;
}
