/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list to walk by. */
#include "server/lab/samples/mh-labels-service.h"
#include "server/lab/samples/mh-samples-store.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-date.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/mh-types.h"
#include "shared/reports/mh-report-parts.h"
#include "shared/reports/mh-report-table.h"
#include "shared/reports/mh-words.h"

#define MOST 2000

static char *
rounds_service_time_text (gint64 at, GTimeZone *zone)
{
  if (at == 0)
    return NULL;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  return g_date_time_format (local, "%H:%M");
}

static void
rounds_service_put_heading (MhSheet *sheet, MhRecord *order, const MhWords *words)
{
  const char *kind = mh_words_field_code (words, order, MH_ORDER_COLLECTION);
  const char *place = mh_record_text (order, MH_ORDER_COLLECT_PLACE);
  mh_sheet_row (sheet, MH_ROW_HEADING);
  mh_sheet_take_cell (sheet,
                      mh_part_join (" · ", kind != NULL ? kind : mh_words (words, "At the desk"),
                                    place != NULL ? place : "", NULL));
}

static void
rounds_service_put_patient (MhSheet *sheet, MhRecord *order, GTimeZone *zone, const MhWords *words)
{
  const char *birth = mh_record_text (order, MH_ORDER_PATIENT_BIRTH_DATE);
  gboolean stat = g_strcmp0 (mh_record_text (order, MH_ORDER_PRIORITY), MH_PRIORITY_STAT) == 0;
  MhDate date;
  mh_sheet_take_cell (
      sheet, rounds_service_time_text (mh_record_int (order, MH_ORDER_COLLECT_FROM), zone));
  mh_sheet_take_cell (sheet, g_strconcat (stat ? "STAT  " : "",
                                          mh_record_text (order, MH_ORDER_PATIENT_NAME), NULL));
  mh_sheet_cell (sheet, mh_record_text (order, MH_ORDER_PATIENT_MRN));
  mh_sheet_take_cell (
      sheet, birth != NULL && mh_date_parse (birth, &date) ? mh_words_day (words, date) : NULL);
}

static void
rounds_service_put_tube (MhSheet *sheet, MhRecord *tube, guint draw)
{
  const char *const *names = mh_record_list (tube, MH_SAMPLE_TEST_NAMES);
  const char *container = mh_record_text (tube, MH_SAMPLE_CONTAINER_NAME);
  mh_sheet_take_cell (
      sheet,
      g_strdup_printf ("%u. %s", draw,
                       container != NULL ? container : mh_record_text (tube, MH_SAMPLE_CONTAINER)));
  mh_sheet_cell (sheet, mh_record_text (tube, MH_SAMPLE_ACCESSION));
  mh_sheet_take_cell (sheet, names != NULL ? g_strjoinv (", ", (char **)names) : NULL);
  mh_sheet_cell (sheet, "☐");
}

static gboolean
same_place (MhRecord *a, MhRecord *b)
{
  return g_strcmp0 (mh_record_text (a, MH_ORDER_COLLECTION),
                    mh_record_text (b, MH_ORDER_COLLECTION))
             == 0
         && g_strcmp0 (mh_record_text (a, MH_ORDER_COLLECT_PLACE),
                       mh_record_text (b, MH_ORDER_COLLECT_PLACE))
                == 0;
}

static gboolean
rounds_service_put_all (MhSheet *sheet,
                        MhDb *db,
                        GPtrArray *tubes,
                        MhRecord *hospital,
                        const MhWords *words,
                        GError **error)
{
  g_autoptr (MhRecord) order = NULL;
  g_autoptr (GTimeZone) zone = mh_part_zone (hospital);
  guint draw = 0;

  for (guint i = 0; i < tubes->len; i++)
    {
      MhRecord *tube = g_ptr_array_index (tubes, i);
      const char *order_id = mh_record_text (tube, MH_SAMPLE_ORDER_ID);
      gboolean next = order == NULL || g_strcmp0 (mh_record_id (order), order_id) != 0;
      if (next)
        {
          g_autoptr (MhRecord) before = g_steal_pointer (&order);
          order = mh_store_get (db, &mh_order_type, order_id, error);
          if (order == NULL)
            return FALSE;
          if (before == NULL || !same_place (before, order))
            rounds_service_put_heading (sheet, order, words);
          draw = 0;
        }
      mh_sheet_row (sheet, MH_ROW_PLAIN);
      if (next)
        rounds_service_put_patient (sheet, order, zone, words);
      for (guint k = 0; !next && k < 4; k++)
        mh_sheet_cell (sheet, "");
      rounds_service_put_tube (sheet, tube, ++draw);
    }

  return TRUE;
}

static MhSheet *
rounds_service_make_sheet (MhDb *db,
                           MhRecord *hospital,
                           const char *collection,
                           const MhWords *words,
                           GError **error)
{
  static const struct
  {
    const char *label;
    double share;
  } columns[] = { { NS_ ("Time"), 1 },
                  { NS_ ("Patient"), 3.4 },
                  { NS_ ("MRN"), 2 },
                  { NS_ ("Born"), 1.6 },
                  { NS_ ("Tubes in order of draw"), 2.8 },
                  { NS_ ("Accession"), 2 },
                  { NS_ ("Tests"), 3.4 },
                  { NS_ ("Done"), 0.8 } };
  g_autoptr (GPtrArray) tubes
      = mh_samples_store_round (db, mh_record_id (hospital), collection, MOST, error);

  if (tubes == NULL)
    return NULL;

  g_autofree char *under = g_strdup_printf ("%u %s", tubes->len, mh_words (words, "Tubes"));
  g_autoptr (MhSheet) sheet = mh_sheet_new ("Collection round", under);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    mh_sheet_column (sheet, columns[i].label, columns[i].share, FALSE);

  return rounds_service_put_all (sheet, db, tubes, hospital, words, error)
             ? g_steal_pointer (&sheet)
             : NULL;
}

GBytes *
mh_rounds_service_pdf (MhServer *server,
                       const MhActor *actor,
                       const char *collection,
                       const char *language,
                       GError **error)
{
  MhStore *store = mh_server_store (server);
  const char *hospital_id = mh_edit_hospital (actor, error);
  MhDb *db = hospital_id != NULL ? mh_store_take_reader (store, error) : NULL;
  if (db == NULL)
    return NULL;

  g_autoptr (MhRecord) hospital = mh_store_get (db, &mh_hospital_type, hospital_id, error);
  g_autoptr (MhSheet) sheet
      = hospital != NULL
            ? rounds_service_make_sheet (db, hospital, collection, mh_words_for (language), error)
            : NULL;

  mh_store_give_reader (store, db);
  if (sheet == NULL)
    return NULL;

  g_autoptr (MhDocument) document
      = mh_report_table (sheet, hospital, language, mh_clock_now (mh_server_clock (server)));
  return mh_document_to_pdf (document, error);
}
