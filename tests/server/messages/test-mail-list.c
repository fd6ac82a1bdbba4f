/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The e-mails that a search finds, page by page, on both databases. */
#include "server/messages/mail/mh-mail-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-id.h"
#include "shared/records/messages/mh-mail.h"
#include "shared/records/mh-records.h"
#include "shared/records/platform/mh-audit.h"
#include "tests/server/access-fixture.h"

static const struct
{
  const char *order, *recipient, *event, *status, *answer;
} mails[] = {
  { "ORD-2026-0017", "Asha.Rao@example.org", MH_MAIL_REPORT_READY, MH_MAIL_SENT, "250 OK" },
  { "ORD-2026-0017", "asha_rao@example.org", MH_MAIL_REFUND, MH_MAIL_FAILED, "550 Mailbox full" },
  { "ORD-2026-0018", "bina@example.org", MH_MAIL_REPORT_READY, MH_MAIL_QUEUED, NULL },
};

static gboolean
tx_write_mails (MhTx *tx, gpointer data, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (mails); i++)
    {
      g_autoptr (MhRecord) mail = mh_record_new (&mh_mail_type);
      g_autofree char *cause = g_strdup_printf ("cause %u", i);
      mh_record_take_text (mail, MH_ID, mh_id_new ());
      mh_record_set_text (mail, MH_MAIL_HOSPITAL_ID, HOUSE_A);
      mh_record_set_text (mail, MH_MAIL_ORDER_NUMBER, mails[i].order);
      mh_record_set_text (mail, MH_MAIL_RECIPIENT, mails[i].recipient);
      mh_record_set_text (mail, MH_MAIL_EVENT, mails[i].event);
      mh_record_set_text (mail, MH_MAIL_STATUS, mails[i].status);
      mh_record_set_text (mail, MH_MAIL_LAST_ANSWER, mails[i].answer);
      mh_record_set_text (mail, MH_MAIL_DEDUPE, cause);
      mh_record_set_text (mail, MH_MAIL_TOKEN, cause);
      mh_record_set_int (mail, MH_MAIL_QUEUED_AT, mh_tx_now (tx) + i);
      if (!mh_tx_insert (tx, mail, MH_AUDIT_CREATE, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static GPtrArray *
found (House *house, const MhMailQuery *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) asha = house_actor (house, "asha");
  MhDb *db = house_reader (house);
  GPtrArray *rows = mh_mail_service_list (MH_REQUEST_DB (db, NULL, asha), query, &error);
  mh_store_give_reader (house->store, db);
  g_assert_no_error (error);
  return rows;
}

/* By whom it goes to, its order, what it is about, its state in words and the answer, in any case;
 * what the database reads as wildcards is found as it stands. */
static void
test_searched (const MhTestDb *test)
{
  static const struct
  {
    const char *typed;
    guint n;
  } searches[] = { { NULL, 3 },          { " ", 3 },
                   { "asha", 2 },        { "BINA@", 1 },
                   { "asha_rao", 1 },    { "asha%rao", 0 },
                   { "2026-0017", 2 },   { "ord-2026-0018", 1 },
                   { "Report rea", 2 },  { "report_ready", 2 },
                   { "refund", 1 },      { "Refused", 1 },
                   { "waiting", 1 },     { "mailbox", 1 },
                   { "example.org", 3 }, { "zzz", 0 } };
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  mh_assert_ok (house_write (house, tx_write_mails, NULL, &error), error);
  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      g_test_message ("%s", searches[i].typed);
      g_autoptr (GPtrArray) rows
          = found (house, &(MhMailQuery){ .typed = searches[i].typed, .limit = 10 });
      g_assert_cmpuint (rows->len, ==, searches[i].n);
    }
  /* the page after the newest one, and with a state beside the words */
  g_autoptr (GPtrArray) first = found (house, &(MhMailQuery){ .typed = "report", .limit = 1 });
  MhRecord *newest = g_ptr_array_index (first, 0);
  g_assert_cmpstr (mh_record_text (newest, MH_MAIL_RECIPIENT), ==, "bina@example.org");
  g_autoptr (GPtrArray) next
      = found (house, &(MhMailQuery){ .typed = "report",
                                      .before_at = mh_record_int (newest, MH_MAIL_QUEUED_AT),
                                      .before_id = mh_record_id (newest),
                                      .limit = 2 });
  g_assert_cmpuint (next->len, ==, 1);
  g_autoptr (GPtrArray) sent
      = found (house, &(MhMailQuery){ .typed = "report", .status = MH_MAIL_SENT, .limit = 10 });
  g_assert_cmpuint (sent->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  mh_test_add_both ("/mail-list/searched", test_searched);
  return mh_test_run ();
}
