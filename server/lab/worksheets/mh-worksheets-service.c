/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/worksheets/mh-worksheets-service.h"

#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/qc/mh-qc-service.h"
#include "server/lab/worksheets/mh-worksheets-private.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-translation.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-qc.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/lab/mh-worksheet.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/reports/mh-report-parts.h"
#include "shared/reports/mh-report-table.h"

#define POSITIONS 24
#define MOST_TESTS 2000

/* --- making one --- */

typedef struct
{
  MhRecord *sheet;
  MhCatalogueView *view;
  GPtrArray *lines;
  gint64 position;
} Making;

static MhRecord *
worksheets_service_add_line (Making *making, const char *kind, const char *test, MhRecord *analyte)
{
  MhRecord *line = mh_record_new (&mh_worksheet_line_type);
  mh_record_take_text (line, MH_ID, mh_id_new ());
  mh_record_set_text (line, MH_WORKSHEET_LINE_HOSPITAL_ID,
                      mh_record_text (making->sheet, MH_WORKSHEET_HOSPITAL_ID));
  mh_record_set_text (line, MH_WORKSHEET_LINE_WORKSHEET_ID, mh_record_id (making->sheet));
  mh_record_set_int (line, MH_WORKSHEET_LINE_POSITION, making->position);
  mh_record_set_int (line, MH_WORKSHEET_LINE_LINE_NO, making->lines->len + 1);
  mh_record_set_text (line, MH_WORKSHEET_LINE_KIND, kind);
  mh_record_set_text (line, MH_WORKSHEET_LINE_TEST, test);
  mh_record_set_text (line, MH_WORKSHEET_LINE_ANALYTE, mh_record_text (analyte, MH_ANALYTE_CODE));
  mh_record_set_text (line, MH_WORKSHEET_LINE_NAME, mh_record_text (analyte, MH_ANALYTE_NAME));
  mh_record_set_text (line, MH_WORKSHEET_LINE_UNIT, mh_record_text (analyte, MH_ANALYTE_UNIT));
  g_ptr_array_add (making->lines, line);
  return line;
}

/* What is typed; the rest follows from it. */
static MhRecord *
typed_analyte (Making *making, const char *code)
{
  MhRecord *analyte = mh_catalogue_find (making->view, &mh_analyte_type, code);
  return analyte != NULL
                 && g_strcmp0 (mh_record_text (analyte, MH_ANALYTE_KIND),
                               MH_ANALYTE_KIND_CALCULATED)
                        != 0
             ? analyte
             : NULL;
}

static const char *const *
analytes_of (Making *making, const char *code)
{
  MhRecord *test = mh_catalogue_find (making->view, &mh_test_type, code);
  return test != NULL ? mh_record_list (test, MH_TEST_ANALYTES) : NULL;
}

static int
worksheets_service_compare_levels (gconstpointer a, gconstpointer b)
{
  MhRecord *left = *(MhRecord **)a, *right = *(MhRecord **)b;
  gint64 l = mh_record_int (left, MH_QC_TARGET_LEVEL),
         r = mh_record_int (right, MH_QC_TARGET_LEVEL);
  if (l != r)
    return l < r ? -1 : 1;
  int by = g_strcmp0 (mh_record_text (left, MH_QC_TARGET_LOT_ID),
                      mh_record_text (right, MH_QC_TARGET_LOT_ID));
  return by != 0 ? by
                 : g_strcmp0 (mh_record_text (left, MH_QC_TARGET_ANALYTE),
                              mh_record_text (right, MH_QC_TARGET_ANALYTE));
}

/* One position for each control that any of the tests' analytes has on the analyser. */
static gboolean
add_controls (MhDb *db, Making *making, GPtrArray *waiting, GError **error)
{
  const char *equipment = mh_record_text (making->sheet, MH_WORKSHEET_EQUIPMENT);
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (equipment == NULL)
    return TRUE;

  for (guint i = 0; i < waiting->len; i++)
    {
      MhWaitingTest *one = g_ptr_array_index (waiting, i);
      const char *const *codes = analytes_of (making, one->test);
      for (guint k = 0; codes != NULL && codes[k] != NULL; k++)
        g_hash_table_add (wanted, (char *)codes[k]);
    }

  g_autoptr (GPtrArray) targets
      = mh_store_all (db, &mh_qc_target_type, "equipment", equipment, error);
  if (targets == NULL)
    return FALSE;

  g_ptr_array_sort (targets, worksheets_service_compare_levels);
  for (guint i = 0; i < targets->len; i++)
    {
      MhRecord *target = g_ptr_array_index (targets, i);
      MhRecord *analyte = typed_analyte (making, mh_record_text (target, MH_QC_TARGET_ANALYTE));
      const char *lot = mh_record_text (target, MH_QC_TARGET_LOT_ID);
      if (analyte == NULL || !mh_record_bool (target, MH_QC_TARGET_ACTIVE)
          || !g_hash_table_contains (wanted, mh_record_text (analyte, MH_ANALYTE_CODE))
          || g_strcmp0 (mh_record_text (target, MH_QC_TARGET_HOSPITAL_ID),
                        mh_record_text (making->sheet, MH_WORKSHEET_HOSPITAL_ID))
                 != 0)
        continue;
      if (!g_hash_table_contains (places, lot))
        g_hash_table_insert (places, g_strdup (lot), GINT_TO_POINTER (++making->position));
      MhRecord *line = worksheets_service_add_line (making, MH_LINE_CONTROL, NULL, analyte);
      mh_record_set_int (line, MH_WORKSHEET_LINE_POSITION,
                         GPOINTER_TO_INT (g_hash_table_lookup (places, lot)));
      mh_record_set_text (line, MH_WORKSHEET_LINE_TARGET_ID, mh_record_id (target));
      mh_record_take_text (line, MH_WORKSHEET_LINE_WHO,
                           g_strdup_printf ("%s · %s · %d",
                                            mh_record_text (target, MH_QC_TARGET_MATERIAL),
                                            mh_record_text (target, MH_QC_TARGET_LOT),
                                            (int)mh_record_int (target, MH_QC_TARGET_LEVEL)));
    }

  return TRUE;
}

static void
worksheets_service_add_tests (Making *making,
                              const MhWaitingTest *one,
                              const char *kind,
                              gint64 duplicate_of)
{
  const char *const *codes = analytes_of (making, one->test);
  for (guint i = 0; codes != NULL && codes[i] != NULL; i++)
    {
      MhRecord *analyte = typed_analyte (making, codes[i]);
      if (analyte == NULL)
        continue;
      MhRecord *line = worksheets_service_add_line (making, kind, one->test, analyte);
      mh_record_set_text (line, MH_WORKSHEET_LINE_ACCESSION, one->accession);
      mh_record_set_text (line, MH_WORKSHEET_LINE_WHO, one->who);
      if (duplicate_of > 0)
        mh_record_set_int (line, MH_WORKSHEET_LINE_DUPLICATE_OF, duplicate_of);
      else
        {
          mh_record_set_text (line, MH_WORKSHEET_LINE_ORDER_ID, one->order_id);
          mh_record_set_text (line, MH_WORKSHEET_LINE_ORDER_ITEM_ID, one->item_id);
        }
    }
}

/* The tests of one tube share a position. */
static void
add_tubes (Making *making, GPtrArray *waiting)
{
  gint64 most = mh_record_has (making->sheet, MH_WORKSHEET_POSITIONS)
                    ? mh_record_int (making->sheet, MH_WORKSHEET_POSITIONS)
                    : POSITIONS;
  gint64 again = mh_record_int (making->sheet, MH_WORKSHEET_DUPLICATES);
  gint64 first = making->position + 1, last = making->position + most;
  const char *tube = NULL;
  guint used = 0;

  for (; used < waiting->len; used++)
    {
      const MhWaitingTest *one = g_ptr_array_index (waiting, used);
      gboolean is_new = g_strcmp0 (tube, one->sample_id) != 0;
      if (is_new && making->position == last)
        break;
      making->position += is_new;
      tube = one->sample_id;
      worksheets_service_add_tests (making, one, MH_LINE_PATIENT, 0);
    }

  tube = NULL;
  gint64 of = first - 1;
  for (guint i = 0; i < used; i++)
    {
      const MhWaitingTest *one = g_ptr_array_index (waiting, i);
      gboolean is_new = g_strcmp0 (tube, one->sample_id) != 0;
      of += is_new;
      if (of - first >= again)
        break;
      making->position += is_new;
      tube = one->sample_id;
      worksheets_service_add_tests (making, one, MH_LINE_DUPLICATE, of);
    }
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  MhRecord *left = *(MhRecord **)a, *right = *(MhRecord **)b;
  gint64 l = mh_record_int (left, MH_WORKSHEET_LINE_POSITION);
  gint64 r = mh_record_int (right, MH_WORKSHEET_LINE_POSITION);
  if (l == r)
    {
      l = mh_record_int (left, MH_WORKSHEET_LINE_LINE_NO);
      r = mh_record_int (right, MH_WORKSHEET_LINE_LINE_NO);
    }
  return l < r ? -1 : l > r;
}

static gboolean
worksheets_service_fill (MhTx *tx, MhServer *server, Making *making, GError **error)
{
  MhDb *db = mh_tx_db (tx);
  const MhWaitingQuery query
      = { .hospital_id = mh_record_text (making->sheet, MH_WORKSHEET_HOSPITAL_ID),
          .bench = mh_record_text (making->sheet, MH_WORKSHEET_BENCH),
          .test = mh_record_text (making->sheet, MH_WORKSHEET_TEST),
          .limit = MOST_TESTS };
  g_autoptr (GPtrArray) waiting = mh_worksheets_store_waiting (db, &query, error);

  if (waiting == NULL)
    return FALSE;

  if (waiting->len == 0)
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "Nothing waits at this bench.");
      return FALSE;
    }

  if (!add_controls (db, making, waiting, error))
    return FALSE;

  add_tubes (making, waiting);
  g_ptr_array_sort (making->lines, compare_lines);
  for (guint i = 0; i < making->lines->len; i++)
    mh_record_set_int (g_ptr_array_index (making->lines, i), MH_WORKSHEET_LINE_LINE_NO, i + 1);

  return TRUE;
}

MhRecord *
mh_worksheets_service_create (const MhRequest *req, MhRecord *draft, GError **error)
{
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  gint64 number = hospital_id != NULL ? mh_tx_next_number (req->tx, "worksheet", error) : -1;
  g_autoptr (MhCatalogueView) view
      = number >= 0 ? mh_catalogue_view (mh_server_catalogue (req->server), req->db, error) : NULL;

  if (view == NULL)
    return NULL;

  g_autoptr (MhRecord) sheet = mh_record_copy (draft);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  Making making = { .sheet = sheet, .view = view, .lines = lines };

  if (!mh_record_has (sheet, MH_ID))
    mh_record_take_text (sheet, MH_ID, mh_id_new ());
  mh_record_set_text (sheet, MH_WORKSHEET_HOSPITAL_ID, hospital_id);
  mh_record_take_text (sheet, MH_WORKSHEET_NUMBER,
                       g_strdup_printf ("WS-%06" G_GINT64_FORMAT, number));
  mh_record_set_text (sheet, MH_WORKSHEET_STATUS, MH_WORKSHEET_OPEN);
  mh_record_set_int (sheet, MH_WORKSHEET_MADE_AT, mh_tx_now (req->tx));
  mh_record_set_text (sheet, MH_WORKSHEET_MADE_NAME, mh_tx_who (req->tx)->user_name);
  if (!worksheets_service_fill (req->tx, req->server, &making, error))
    return NULL;

  mh_record_set_int (sheet, MH_WORKSHEET_N_LINES, lines->len);
  mh_record_set_int (sheet, MH_WORKSHEET_N_ENTERED, 0);
  if (!mh_tx_insert (req->tx, sheet, MH_AUDIT_CREATE, NULL, error)
      || !mh_tx_insert_parts (req->tx, lines, error))
    return NULL;

  mh_record_take_records (sheet, MH_WORKSHEET_LINES, g_steal_pointer (&lines));
  return g_steal_pointer (&sheet);
}

/* --- reading --- */

MhRecord *
mh_worksheets_with_lines (MhDb *db, MhRecord *taken, GError **error)
{
  g_autoptr (MhRecord) sheet = taken;
  GPtrArray *lines
      = sheet != NULL ? mh_worksheets_store_lines (db, mh_record_id (sheet), error) : NULL;
  if (lines == NULL)
    return NULL;
  mh_record_take_records (sheet, MH_WORKSHEET_LINES, lines);
  return g_steal_pointer (&sheet);
}

GPtrArray *
mh_worksheets_service_list (const MhRequest *req, const char *status, guint limit, GError **error)
{
  return mh_worksheets_store_list (req->db, mh_actor_hospital_id (req->actor), status, limit,
                                   error);
}

MhRecord *
mh_worksheets_service_read (const MhRequest *req, const char *id, GError **error)
{
  return mh_worksheets_with_lines (req->db, mh_edit_get (req, &mh_worksheet_type, id, error),
                                   error);
}

MhRecord *
mh_worksheets_service_update (const MhRequest *req, MhPatch patch, GError **error)
{
  g_autoptr (MhRecord) before = NULL;
  g_autoptr (MhRecord) after = NULL;
  if (!mh_edit_begin (req, patch, &before, &after, error)
      || !mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error))
    return NULL;
  return mh_worksheets_with_lines (req->db, g_steal_pointer (&after), error);
}

/* --- on paper --- */

static MhSheet *
worksheets_service_paper_of (MhRecord *sheet, const MhWords *words)
{
  static const struct
  {
    const char *label;
    double share;
    gboolean is_number;
  } columns[] = {
    { NS_ ("Position"), 1, TRUE },   { NS_ ("Accession number"), 2.4, FALSE },
    { NS_ ("Patient"), 3.2, FALSE }, { NS_ ("Test"), 3, FALSE },
    { NS_ ("Value"), 2.2, FALSE },   { NS_ ("Unit"), 1.2, FALSE },
  };
  const char *equipment = mh_record_text (sheet, MH_WORKSHEET_EQUIPMENT);
  GPtrArray *lines = mh_record_records (sheet, MH_WORKSHEET_LINES);
  g_autofree char *under
      = g_strdup_printf ("%s · %s%s%s", mh_record_text (sheet, MH_WORKSHEET_NUMBER),
                         mh_record_text (sheet, MH_WORKSHEET_BENCH), equipment != NULL ? " · " : "",
                         equipment != NULL ? equipment : "");
  MhSheet *paper = mh_sheet_new ("Worksheet", under);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    mh_sheet_column (paper, columns[i].label, columns[i].share, columns[i].is_number);
  gint64 last = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      MhRecord *line = g_ptr_array_index (lines, i);
      gint64 position = mh_record_int (line, MH_WORKSHEET_LINE_POSITION);
      gint64 of = mh_record_int (line, MH_WORKSHEET_LINE_DUPLICATE_OF);
      gboolean is_new = position != last;
      const char *who = mh_record_text (line, MH_WORKSHEET_LINE_WHO);
      const char *value = mh_record_text (line, MH_WORKSHEET_LINE_VALUE);
      mh_sheet_row (paper, MH_ROW_PLAIN);
      mh_sheet_take_cell (paper, is_new ? g_strdup_printf ("%d", (int)position) : g_strdup (""));
      mh_sheet_cell (paper, is_new ? mh_record_text (line, MH_WORKSHEET_LINE_ACCESSION) : "");
      mh_sheet_take_cell (
          paper, !is_new  ? g_strdup ("")
                 : of > 0 ? g_strdup_printf ("%s %d", mh_words (words, "Duplicate of"), (int)of)
                          : g_strdup (who));
      mh_sheet_cell (paper, mh_record_text (line, MH_WORKSHEET_LINE_NAME));
      mh_sheet_cell (paper, value != NULL ? value : "____________");
      mh_sheet_cell (paper, mh_record_text (line, MH_WORKSHEET_LINE_UNIT));
      last = position;
    }

  return paper;
}

GBytes *
mh_worksheets_service_pdf (MhServer *server,
                           const MhActor *actor,
                           const char *id,
                           const char *language,
                           GError **error)
{
  MhStore *store = mh_server_store (server);
  MhDb *db = mh_store_take_reader (store, error);
  if (db == NULL)
    return NULL;

  g_autoptr (MhRecord) sheet
      = mh_worksheets_service_read (MH_REQUEST_DB (db, server, actor), id, error);
  g_autoptr (MhRecord) hospital
      = sheet != NULL ? mh_store_get (db, &mh_hospital_type,
                                      mh_record_text (sheet, MH_WORKSHEET_HOSPITAL_ID), error)
                      : NULL;

  mh_store_give_reader (store, db);
  if (hospital == NULL)
    return NULL;

  g_autoptr (MhSheet) paper = worksheets_service_paper_of (sheet, mh_words_for (language));
  g_autoptr (MhDocument) document
      = mh_report_table (paper, hospital, language, mh_clock_now (mh_server_clock (server)));

  return mh_document_to_pdf (document, error);
}
