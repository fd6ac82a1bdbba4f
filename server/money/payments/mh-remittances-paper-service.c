/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an insurer owes, claim by claim, as it is sent to it. */
#include "server/money/payments/mh-remittances-service.h"
#include "server/people/gate/mh-access.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-hospital-day.h"
#include "shared/records/mh-types.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/money/mh-remittance.h"
#include "shared/reports/mh-report-table.h"
#include "shared/reports/mh-words.h"

#define MOST_CLAIMS 2000

static void
remittances_paper_service_add_claim (MhSheet *sheet,
                                     MhRecord *claim,
                                     GTimeZone *zone,
                                     const MhWords *words)
{
  MhDate day = mh_date_of_instant (mh_record_int (claim, MH_PAYMENT_RECEIVED_AT), zone);
  mh_sheet_row (sheet, MH_ROW_PLAIN);
  mh_sheet_take_cell (sheet, mh_words_day (words, day));
  mh_sheet_cell (sheet, mh_record_text (claim, MH_PAYMENT_ORDER_NUMBER));
  mh_sheet_cell (sheet, mh_record_text (claim, MH_PAYMENT_PATIENT_NAME));
  mh_sheet_cell (sheet, mh_record_text (claim, MH_PAYMENT_REFERENCE));
  mh_sheet_money (sheet, mh_record_int (claim, MH_PAYMENT_AMOUNT));
  mh_sheet_money (sheet, mh_claim_owed (claim));
}

static MhSheet *
remittances_paper_service_make_sheet (GPtrArray *claims,
                                      const char *payer,
                                      GTimeZone *zone,
                                      const MhWords *words)
{
  gint64 owed = 0, amount = 0;
  MhSheet *sheet = mh_sheet_new ("Claims not paid", payer);
  mh_sheet_column (sheet, "Date", 2, FALSE);
  mh_sheet_column (sheet, "Order", 2, FALSE);
  mh_sheet_column (sheet, "Patient", 4, FALSE);
  mh_sheet_column (sheet, "Policy or consent", 3, FALSE);
  mh_sheet_column (sheet, "Amount", 2, TRUE);
  mh_sheet_column (sheet, "Owed", 2, TRUE);

  for (guint i = 0; i < claims->len; i++)
    {
      MhRecord *claim = g_ptr_array_index (claims, i);
      mh_sheet_set_currency (sheet, mh_record_text (claim, MH_PAYMENT_CURRENCY));
      remittances_paper_service_add_claim (sheet, claim, zone, words);
      amount += mh_record_int (claim, MH_PAYMENT_AMOUNT);
      owed += mh_claim_owed (claim);
    }

  mh_sheet_row (sheet, MH_ROW_TOTAL);
  mh_sheet_cell (sheet, mh_words (words, "Total"));
  for (guint i = 0; i < 3; i++)
    mh_sheet_cell (sheet, NULL);
  mh_sheet_money (sheet, amount);
  mh_sheet_money (sheet, owed);

  return sheet;
}

/* Claims and letterhead by one reader, which is given back before anything is drawn. */
static GPtrArray *
remittances_paper_service_load (MhServer *server,
                                const MhActor *actor,
                                const char *payer,
                                MhRecord **out_hospital,
                                GTimeZone **out_zone,
                                GError **error)
{
  MhStore *store = mh_server_store (server);
  MhDb *db = mh_store_take_reader (store, error);
  if (db == NULL)
    return NULL;

  g_autoptr (GPtrArray) claims = mh_remittances_service_claims (MH_REQUEST_DB (db, server, actor),
                                                                payer, NULL, MOST_CLAIMS, error);
  gboolean fine
      = claims != NULL && mh_access_mask (MH_REQUEST_DB (db, server, actor), claims, error);

  if (fine)
    *out_hospital = mh_store_get (db, &mh_hospital_type, mh_actor_hospital_id (actor), error);
  if (fine && *out_hospital != NULL)
    *out_zone = mh_hospital_zone (db, mh_actor_hospital_id (actor), error);
  mh_store_give_reader (store, db);
  return *out_zone != NULL ? g_steal_pointer (&claims) : NULL;
}

GBytes *
mh_remittances_service_statement (MhServer *server,
                                  const MhActor *actor,
                                  const char *payer,
                                  const char *language,
                                  GError **error)
{
  g_autoptr (MhRecord) hospital = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GPtrArray) claims
      = remittances_paper_service_load (server, actor, payer, &hospital, &zone, error);
  g_autoptr (MhSheet) sheet
      = claims != NULL
            ? remittances_paper_service_make_sheet (claims, payer, zone, mh_words_for (language))
            : NULL;

  if (sheet == NULL)
    return NULL;

  g_autoptr (MhDocument) document
      = mh_report_table (sheet, hospital, language, mh_clock_now (mh_server_clock (server)));
  return mh_document_to_pdf (document, error);
}
