/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The manifest. */
#include "server/lab/referral/mh-referrals-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"
#include "shared/records/lab/mh-referral.h"
#include "shared/records/mh-types.h"
#include "shared/reports/mh-report-parts.h"
#include "shared/reports/mh-report-table.h"
#include "shared/reports/mh-words.h"

static void
put_tubes (MhSheet *sheet, MhRecord *referral, GTimeZone *zone, const MhWords *words)
{
  GPtrArray *items = mh_record_records (referral, MH_REFERRAL_ITEMS);
  for (guint i = 0; i < items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (items, i);
      const char *const *names = mh_record_list (item, MH_REFERRAL_ITEM_TEST_NAMES);
      mh_sheet_row (sheet, MH_ROW_PLAIN);
      mh_sheet_take_cell (sheet, g_strdup_printf ("%u", i + 1));
      mh_sheet_cell (sheet, mh_record_text (item, MH_REFERRAL_ITEM_ACCESSION));
      mh_sheet_cell (sheet, mh_record_text (item, MH_REFERRAL_ITEM_PATIENT_NAME));
      mh_sheet_cell (sheet, mh_record_text (item, MH_REFERRAL_ITEM_PATIENT_MRN));
      mh_sheet_cell (sheet, mh_record_text (item, MH_REFERRAL_ITEM_SPECIMEN));
      mh_sheet_take_cell (sheet, names != NULL ? g_strjoinv (", ", (char **)names) : NULL);
      mh_sheet_take_cell (
          sheet,
          mh_words_instant (words, mh_record_int (item, MH_REFERRAL_ITEM_COLLECTED_AT), zone));
    }
}

/* Who gave it out of the house and who took it sign by hand. */
static void
put_foot (MhSheet *sheet, MhRecord *referral, const MhWords *words)
{
  static const char *const lines[] = { NS_ ("Handed to the courier"), NS_ ("Received by") };
  g_autofree char *n
      = g_strdup_printf ("%" G_GINT64_FORMAT, mh_record_int (referral, MH_REFERRAL_N_TUBES));

  mh_sheet_row (sheet, MH_ROW_TOTAL);
  mh_sheet_cell (sheet, n);
  mh_sheet_cell (sheet, mh_words (words, "Tubes"));

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      mh_sheet_row (sheet, MH_ROW_HEADING);
      mh_sheet_take_cell (sheet,
                          g_strdup_printf ("%s: ________________________   %s: ____________",
                                           mh_words (words, lines[i]), mh_words (words, "Time")));
    }
}

static MhSheet *
referrals_paper_service_make_sheet (MhRecord *referral,
                                    MhRecord *lab,
                                    MhRecord *hospital,
                                    const MhWords *words)
{
  static const struct
  {
    const char *label;
    double share;
    gboolean is_number;
  } columns[] = { { NS_ ("No."), 0.6, TRUE },       { NS_ ("Accession"), 2.1, FALSE },
                  { NS_ ("Patient"), 2.6, FALSE },  { NS_ ("MRN"), 2.5, FALSE },
                  { NS_ ("Specimen"), 1.8, FALSE }, { NS_ ("Tests"), 2.6, FALSE },
                  { NS_ ("Collected"), 2, FALSE } };
  const char *address = mh_record_text (lab, MH_REFERENCE_LAB_ADDRESS);
  const char *courier = mh_record_text (referral, MH_REFERRAL_COURIER);
  const char *cold = mh_record_text (referral, MH_REFERRAL_TEMPERATURE);
  g_autoptr (GTimeZone) zone = mh_part_zone (hospital);
  g_autofree char *sent
      = mh_words_instant (words, mh_record_int (referral, MH_REFERRAL_SENT_AT), zone);
  g_autofree char *degrees = cold != NULL ? g_strdup_printf ("%s °C", cold) : NULL;
  g_autofree char *under
      = mh_part_join (" · ", mh_record_text (referral, MH_REFERRAL_NUMBER),
                      mh_record_text (lab, MH_REFERENCE_LAB_NAME), address != NULL ? address : "",
                      courier != NULL ? courier : "", degrees != NULL ? degrees : "",
                      sent != NULL ? sent : "", NULL);
  MhSheet *sheet = mh_sheet_new ("Samples sent to another laboratory", under);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    mh_sheet_column (sheet, columns[i].label, columns[i].share, columns[i].is_number);
  put_tubes (sheet, referral, zone, words);
  put_foot (sheet, referral, words);

  return sheet;
}

GBytes *
mh_referrals_service_manifest (MhServer *server,
                               const MhActor *actor,
                               const char *id,
                               const char *language,
                               char **out_number,
                               GError **error)
{
  MhStore *store = mh_server_store (server);
  MhDb *db = mh_store_take_reader (store, error);
  if (db == NULL)
    return NULL;

  g_autoptr (MhRecord) referral
      = mh_referrals_service_read (MH_REQUEST_DB (db, server, actor), id, error);
  g_autoptr (MhRecord) lab
      = referral != NULL ? mh_store_get (db, &mh_reference_lab_type,
                                         mh_record_text (referral, MH_REFERRAL_LAB_ID), error)
                         : NULL;
  g_autoptr (MhRecord) hospital
      = lab != NULL ? mh_store_get (db, &mh_hospital_type,
                                    mh_record_text (referral, MH_REFERRAL_HOSPITAL_ID), error)
                    : NULL;

  mh_store_give_reader (store, db);
  if (hospital == NULL)
    return NULL;

  g_autoptr (MhSheet) sheet
      = referrals_paper_service_make_sheet (referral, lab, hospital, mh_words_for (language));
  g_autoptr (MhDocument) document
      = mh_report_table (sheet, hospital, language, mh_clock_now (mh_server_clock (server)));

  *out_number = g_strdup (mh_record_text (referral, MH_REFERRAL_NUMBER));
  return mh_document_to_pdf (document, error);
}
