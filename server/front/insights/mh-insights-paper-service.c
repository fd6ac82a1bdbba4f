/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A figure as a list to print, with its chart, and for a spreadsheet. */
#include "server/front/insights/mh-insights-service.h"
#include "server/platform/actor/mh-request.h"

#include "server/platform/common/mh-table.h"
#include "shared/records/front/mh-insight.h"
#include "shared/records/mh-types.h"
#include "shared/reports/front/mh-insight-plot.h"
#include "shared/reports/mh-report-table.h"
#include "shared/reports/mh-words.h"

#define MOST_BARS 20

static const char *
insights_paper_service_say (const char *english, gconstpointer data)
{
  return mh_words (data, english);
}

static char *
insights_paper_service_say_time (GDateTime *time, MhPlotTime how, gpointer data)
{
  return mh_plot_time_in (time, how, mh_words_language (data));
}

static MhInsightWords
insights_paper_service_words_for (const MhWords *words)
{
  return (MhInsightWords){ insights_paper_service_say, insights_paper_service_say_time, words };
}

/* In files numbers stay numbers: minutes with decimals, per cents, money. */
static char *
plain (const MhInsightColumn *column, const char *value)
{
  gint64 number = g_ascii_strtoll (value, NULL, 10);
  if (*value == '\0')
    return g_strdup ("");
  if (column->unit == MH_UNIT_SECONDS)
    return g_strdup_printf ("%d.%d", (int)(number / 60), (int)(number % 60 / 6));
  if (column->unit == MH_UNIT_PERCENT)
    return g_strdup_printf ("%d.%d", (int)(number / 10), (int)(number % 10));
  if (column->unit == MH_UNIT_SCORE || column->unit == MH_UNIT_MONEY)
    return g_strdup_printf ("%" G_GINT64_FORMAT ".%02d", number / 100, (int)(number % 100));
  return g_strdup (value);
}

/* The sheet that is made of an insight. */
typedef struct
{
  MhSheet *sheet;
  MhRecord *insight;
  const MhInsightWords *words;
  gboolean paper; /* to be read by people, not by a program */
} Making;

static void
insights_paper_service_add_row (const Making *making,
                                MhRowKind kind,
                                MhRecord *row,
                                const char *label)
{
  const char *const *columns = mh_record_list (making->insight, MH_INSIGHT_COLUMNS);
  const char *const *values = mh_record_list (row, MH_INSIGHT_ROW_VALUES);
  const char *currency = mh_record_text (making->insight, MH_INSIGHT_CURRENCY);

  mh_sheet_row (making->sheet, kind);
  mh_sheet_cell (making->sheet, label);
  for (guint i = 0; columns[i] != NULL; i++)
    {
      const MhInsightColumn *column = mh_insight_column_find (columns[i]);
      const char *value = values != NULL ? values[i] : "";
      mh_sheet_take_cell (making->sheet, making->paper ? mh_insight_value_words (
                                             column, value, currency, making->words)
                                                       : plain (column, value));
    }
}

static void
insights_paper_service_add_columns (MhSheet *sheet,
                                    MhRecord *insight,
                                    gboolean paper,
                                    const MhWords *words)
{
  const char *const *columns = mh_record_list (insight, MH_INSIGHT_COLUMNS);
  mh_sheet_column (sheet,
                   mh_code_label (mh_insight_by_codes, mh_record_text (insight, MH_INSIGHT_BY)),
                   2.4, FALSE);

  for (guint i = 0; columns[i] != NULL; i++)
    {
      const MhInsightColumn *column = mh_insight_column_find (columns[i]);
      const char *unit = paper || column->unit == MH_UNIT_COUNT ? ""
                         : column->unit == MH_UNIT_SECONDS      ? " (min)"
                         : column->unit == MH_UNIT_PERCENT      ? " (%)"
                                                                : "";
      g_autofree char *label = g_strconcat (mh_words (words, column->label), unit, NULL);
      mh_sheet_column (sheet, label, 1, TRUE);
    }
}

static MhSheet *
insights_paper_service_make_sheet (MhRecord *insight, const MhWords *words, gboolean paper)
{
  MhInsightWords own = insights_paper_service_words_for (words);
  GPtrArray *rows = mh_record_records (insight, MH_INSIGHT_ROWS);
  MhRecord *totals = mh_record_record (insight, MH_INSIGHT_TOTALS);
  g_autofree char *period = g_strdup_printf ("%s – %s", mh_record_text (insight, MH_INSIGHT_FROM),
                                             mh_record_text (insight, MH_INSIGHT_TO));
  MhSheet *sheet = mh_sheet_new (
      mh_code_label (mh_insight_codes, mh_record_text (insight, MH_INSIGHT_FIGURE)), period);

  const Making making = { sheet, insight, &own, paper };

  insights_paper_service_add_columns (sheet, insight, paper, words);
  for (guint i = 0; i < rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      gboolean time = mh_insight_by_is_time (mh_record_text (insight, MH_INSIGHT_BY));
      g_autofree char *label = time && !paper ? g_strdup (mh_record_text (row, MH_INSIGHT_ROW_KEY))
                                              : mh_insight_row_words (insight, row, &own);
      insights_paper_service_add_row (&making, MH_ROW_PLAIN, row, label);
    }

  if (totals != NULL && rows->len > 0)
    insights_paper_service_add_row (&making, MH_ROW_TOTAL, totals, mh_words (words, "Total"));

  return sheet;
}

/* Figures and letterhead by one reader, which is given back before anything is drawn. */
static MhRecord *
insights_paper_service_load (MhServer *server,
                             const MhActor *actor,
                             const MhInsightWanted *wanted,
                             MhRecord **out_hospital,
                             GError **error)
{
  MhStore *store = mh_server_store (server);
  MhDb *db = mh_store_take_reader (store, error);
  if (db == NULL)
    return NULL;
  g_autoptr (MhRecord) insight
      = mh_insights_service_make (MH_REQUEST_DB (db, server, actor), wanted, error);
  if (insight != NULL)
    *out_hospital = mh_store_get (db, &mh_hospital_type, mh_actor_hospital_id (actor), error);
  mh_store_give_reader (store, db);
  return *out_hospital != NULL ? g_steal_pointer (&insight) : NULL;
}

static char *
insights_paper_service_file_name (MhRecord *insight, const char *ending)
{
  return g_strdup_printf ("%s-%s-%s-%s.%s", mh_record_text (insight, MH_INSIGHT_FIGURE),
                          mh_record_text (insight, MH_INSIGHT_BY),
                          mh_record_text (insight, MH_INSIGHT_FROM),
                          mh_record_text (insight, MH_INSIGHT_TO), ending);
}

GBytes *
mh_insights_service_csv (MhServer *server,
                         const MhActor *actor,
                         const MhInsightWanted *wanted,
                         char **out_name,
                         GError **error)
{
  g_autoptr (MhRecord) hospital = NULL;
  g_autoptr (MhRecord) insight
      = insights_paper_service_load (server, actor, wanted, &hospital, error);
  g_autoptr (MhSheet) sheet
      = insight != NULL ? insights_paper_service_make_sheet (insight, mh_words_for (NULL), FALSE)
                        : NULL;
  if (sheet == NULL)
    return NULL;
  *out_name = insights_paper_service_file_name (insight, "csv");
  return mh_table_csv (sheet);
}

GBytes *
mh_insights_service_pdf (MhServer *server,
                         const MhActor *actor,
                         const MhInsightWanted *wanted,
                         const char *language,
                         char **out_name,
                         GError **error)
{
  g_autoptr (MhRecord) hospital = NULL;
  g_autoptr (MhRecord) insight
      = insights_paper_service_load (server, actor, wanted, &hospital, error);
  if (insight == NULL)
    return NULL;

  const MhWords *words = mh_words_for (language);
  MhInsightWords own = insights_paper_service_words_for (words);
  g_autoptr (MhSheet) sheet = insights_paper_service_make_sheet (insight, words, TRUE);

  mh_sheet_take_plot (sheet, mh_insight_plot (insight, MOST_BARS, &own));
  g_autoptr (MhDocument) document
      = mh_report_table (sheet, hospital, language, mh_clock_now (mh_server_clock (server)));
  GBytes *pdf = mh_document_to_pdf (document, error);

  if (pdf != NULL)
    *out_name = insights_paper_service_file_name (insight, "pdf");
  return pdf;
}
