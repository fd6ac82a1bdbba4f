/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settlements against payments: each line's verdict, sums, references, the three days. On both
 * databases. */
#include "server/money/settlements/mh-settlements-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/record/mh-record-check.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/mh-records.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/money/mh-settlement.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "tests/server/lab-fixture.h"

#define OTHER_HOSPITAL "01900000-0000-7000-8000-0000000000ff"
#define DAY (24 * 3600 * MH_SECOND)

typedef struct
{
  Lab *lab;
  MhActor *manager;
} House;

static House *
house_new (const MhTestDb *test)
{
  House *house = g_new0 (House, 1);
  gint64 now = 0;
  house->lab = lab_new (test);
  g_assert_true (mh_instant_parse ("2026-11-20T06:30:00Z", &now));
  mh_clock_set (mh_server_clock (house->lab->server), now);
  house->manager
      = mh_actor_new ("01900000-0000-7000-8000-0000000000c3", "Meera", MH_ROLE_MANAGER,
                      LAB_HOSPITAL, NULL, mh_role_default_find (MH_ROLE_MANAGER)->permissions);
  return house;
}

static void
house_free (House *house)
{
  mh_actor_unref (house->manager);
  lab_free (house->lab);
  g_free (house);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (House, house_free)

/* --- ours --- */

typedef struct
{
  const char *method, *provider_id, *reference, *status;
  gint64 amount;
  gboolean refund;
  const char *hospital;
  gint64 age; /* before now */
} Ours;

static const Ours ours[] = {
  { "online", "pay_A", NULL, "captured", 10000, FALSE, LAB_HOSPITAL, DAY },
  { "online", "pay_B", NULL, "refunded", 20000, FALSE, LAB_HOSPITAL, DAY },
  { "online", "pay_C", NULL, "captured", 30000, FALSE, LAB_HOSPITAL, DAY },
  { "online", "pay_F", NULL, "failed", 40000, FALSE, LAB_HOSPITAL, DAY },
  { "online", "pay_O", NULL, "captured", 50000, FALSE, OTHER_HOSPITAL, DAY },
  { "online", "rfnd_B", NULL, "processed", 20000, TRUE, LAB_HOSPITAL, DAY },
  { "card", NULL, "S1", "captured", 1000, FALSE, LAB_HOSPITAL, DAY },
  { "card", NULL, "S2", "captured", 2000, FALSE, LAB_HOSPITAL, DAY },
  { "card", NULL, "S2", "captured", 2500, FALSE, LAB_HOSPITAL, DAY },
  { "card", NULL, "S3", "captured", 3000, FALSE, LAB_HOSPITAL, 40 * DAY },
  { "upi", NULL, "S4", "captured", 4000, FALSE, LAB_HOSPITAL, DAY },
};

static gboolean
insert (MhTx *tx, Lab *lab G_GNUC_UNUSED, gpointer data, GError **error)
{
  const Ours *row = data;
  g_autoptr (MhRecord) payment = mh_record_new (&mh_payment_type);
  mh_record_set_text (payment, MH_PAYMENT_HOSPITAL_ID, row->hospital);
  mh_record_set_text (payment, MH_PAYMENT_METHOD, row->method);
  mh_record_set_int (payment, MH_PAYMENT_AMOUNT, row->amount);
  mh_record_set_text (payment, MH_PAYMENT_STATUS, row->status);
  mh_record_set_text (payment, MH_PAYMENT_REFERENCE, row->reference);
  mh_record_set_int (payment, MH_PAYMENT_RECEIVED_AT, mh_tx_now (tx) - row->age);
  mh_record_set_text (payment,
                      row->refund ? MH_PAYMENT_PROVIDER_REFUND : MH_PAYMENT_PROVIDER_PAYMENT,
                      row->provider_id);
  if (row->refund)
    mh_record_set_text (payment, MH_PAYMENT_REFUND_OF, LAB_PATIENT);
  return mh_tx_insert (tx, payment, MH_AUDIT_PAY, NULL, error);
}

static void
take (House *house, const Ours *row)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (lab_write (house->lab, house->manager, insert, (gpointer)row, &error));
  g_assert_no_error (error);
}

/* --- theirs --- */

typedef struct
{
  MhActor *actor;
  MhRecord *draft, *reply;
} Adding;

static gboolean
add (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Adding *adding = data;
  adding->reply = mh_settlements_service_add (MH_REQUEST_TX (tx, lab->server, adding->actor),
                                              adding->draft, error);
  return adding->reply != NULL;
}

static void
today (House *house, char out[MH_DATE_LENGTH + 1])
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Kolkata");
  gint64 now = mh_clock_now (mh_server_clock (house->lab->server));
  mh_date_format (mh_date_of_instant (now, zone), out);
}

/* @lines: JSON objects with commas between them; @more: further members of the settlement. */
static MhRecord *
bring (House *house,
       MhActor *actor,
       const char *provider,
       const char *reference,
       const char *more,
       const char *lines,
       GError **error)
{
  char day[MH_DATE_LENGTH + 1];
  today (house, day);
  g_autofree char *json
      = g_strdup_printf ("{\"provider\":\"%s\",\"reference\":\"%s\",\"settled_on\":\"%s\",%s,"
                         "\"lines\":[%s]}",
                         provider, reference, day, more, lines);
  Adding adding = { .actor = actor };
  g_autoptr (MhRecord) draft
      = mh_record_from_text (&mh_settlement_type, json, -1, MH_JSON_CREATE, error);
  if (draft == NULL || !mh_record_validate (draft, MH_CHECK_CREATE, error))
    return NULL;
  adding.draft = draft;
  return lab_write (house->lab, actor, add, &adding, error) ? adding.reply : NULL;
}

static const char *
verdict (MhRecord *settlement, guint line)
{
  GPtrArray *lines = mh_record_records (settlement, MH_SETTLEMENT_LINES);
  MhRecord *row = g_ptr_array_index (lines, line);
  const char *difference = mh_record_text (row, MH_SETTLEMENT_LINE_DIFFERENCE);
  if (difference != NULL)
    return difference;
  return mh_record_has (row, MH_SETTLEMENT_LINE_PAYMENT_ID) ? "agrees" : "none";
}

typedef struct
{
  const char *kind, *reference;
  gint64 amount;
  const char *verdict;
} Line;

static MhRecord *
judge (House *house, const char *provider, const char *reference, const Line *lines, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) json = g_string_new (NULL);
  gint64 net = 0;
  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (
          json,
          "%s{\"kind\":\"%s\",\"provider_reference\":\"%s\",\"amount\":%" G_GINT64_FORMAT
          ",\"fee\":2,\"tax\":1}",
          i > 0 ? "," : "", lines[i].kind, lines[i].reference, lines[i].amount);
      net += (g_str_equal (lines[i].kind, "refund") ? -lines[i].amount : lines[i].amount) - 3;
    }
  g_autofree char *more = g_strdup_printf ("\"net\":%" G_GINT64_FORMAT, net);
  MhRecord *settlement
      = bring (house, house->manager, provider, reference, more, json->str, &error);
  g_assert_no_error (error);
  g_assert_cmpint (mh_record_int (settlement, MH_SETTLEMENT_NET), ==, net);
  g_assert_cmpint (mh_record_int (settlement, MH_SETTLEMENT_FEE), ==, 2 * n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpstr (verdict (settlement, i), ==, lines[i].verdict);
  return settlement;
}

static MhRecord *
reconcile (House *house, const MhReconciliationWanted *wanted, GError **error)
{
  MhDb *db = lab_reader (house->lab);
  MhRecord *result = mh_settlements_service_reconcile (
      MH_REQUEST_DB (db, house->lab->server, house->manager), wanted, error);
  lab_done (house->lab, db);
  return result;
}

static void
test_razorpay (const MhTestDb *test)
{
  static const Line lines[] = {
    { "payment", "pay_A", 10000, "agrees" },
    { "payment", "pay_A", 10000, "duplicate_line" },
    { "payment", "pay_B", 20001, "amount_differs" },
    { "payment", "pay_C", 29999, "duplicate_line" }, /* the line after it is the right one */
    { "payment", "pay_C", 30000, "agrees" },
    { "payment", "pay_F", 40000, "unknown" },
    { "payment", "pay_O", 50000, "unknown" },
    { "payment", "pay_X", 100, "unknown" },
    { "payment", "pay_X", 100, "duplicate_line" },
    { "refund", "rfnd_B", 20000, "agrees" },
    { "refund", "rfnd_X", 500, "refund_unknown" },
    { "refund", "pay_C", 30000, "refund_unknown" },
    { "adjustment", "", -700, "none" },
  };
  static const Line later[] = { { "payment", "pay_A", 10000, "duplicate_line" } };
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (ours); i++)
    take (house, &ours[i]);
  g_autoptr (MhRecord) first = judge (house, "razorpay", "setl_1", lines, G_N_ELEMENTS (lines));
  g_assert_cmpint (mh_record_int (first, MH_SETTLEMENT_N_MATCHED), ==, 3);
  g_assert_cmpint (mh_record_int (first, MH_SETTLEMENT_N_DIFFERENCES), ==, 9);
  g_autoptr (MhRecord) second = judge (house, "razorpay", "setl_2", later, 1);
  MhReconciliationWanted wanted = { .provider = "razorpay" };
  g_autoptr (MhRecord) result = reconcile (house, &wanted, &error);
  g_assert_no_error (error);
  g_assert_cmpint (mh_record_int (result, MH_RECONCILIATION_N_MATCHED), ==, 3);
  g_assert_cmpint (mh_record_int (result, MH_RECONCILIATION_MATCHED_SUM), ==, 20000);
  g_assert_cmpint (mh_record_int (result, MH_RECONCILIATION_N_DIFFERENCES), ==, 10);
  g_assert_false (mh_record_bool (result, MH_RECONCILIATION_MORE));
  MhDb *db = lab_reader (house->lab);
  g_autoptr (MhRecord) read = mh_settlements_service_read (MH_REQUEST_DB (db, NULL, house->manager),
                                                           mh_record_id (first), &error);
  MhSettlementsQuery query = { .limit = 10 };
  g_autoptr (GPtrArray) all
      = mh_settlements_service_list (MH_REQUEST_DB (db, NULL, house->manager), &query, &error);
  lab_done (house->lab, db);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    g_assert_cmpstr (verdict (read, i), ==, lines[i].verdict);
}

typedef struct
{
  MhActor *actor;
  const char *id;
  MhRecord *reply;
} Again;

static gboolean
match (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Again *again = data;
  again->reply = mh_settlements_service_match (MH_REQUEST_TX (tx, lab->server, again->actor),
                                               again->id, error);
  return again->reply != NULL;
}

/* What is written down after the provider's list came in is found when somebody looks again; what
 * agreed before stays as it was. */
static void
test_again (const MhTestDb *test)
{
  static const Line lines[] = {
    { "payment", "pay_A", 10000, "agrees" },       { "payment", "pay_L", 700, "unknown" },
    { "payment", "pay_M", 800, "unknown" },        { "payment", "pay_N", 900, "unknown" },
    { "refund", "rfnd_L", 300, "refund_unknown" },
  };
  static const Ours late[] = {
    { "online", "pay_L", NULL, "captured", 700, FALSE, LAB_HOSPITAL, DAY },
    { "online", "pay_M", NULL, "captured", 801, FALSE, LAB_HOSPITAL, DAY },
    { "online", "rfnd_L", NULL, "processed", 300, TRUE, LAB_HOSPITAL, DAY },
  };
  static const char *const now[] = { "agrees", "agrees", "amount_differs", "unknown", "agrees" };
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  take (house, &ours[0]);
  g_autoptr (MhRecord) first = judge (house, "razorpay", "setl_1", lines, G_N_ELEMENTS (lines));
  Again again = { .actor = house->manager, .id = mh_record_id (first) };
  g_assert_true (lab_write (house->lab, house->manager, match, &again, &error));
  g_assert_cmpint (mh_record_version (again.reply), ==, mh_record_version (first));
  g_clear_object (&again.reply);
  for (guint i = 0; i < G_N_ELEMENTS (late); i++)
    take (house, &late[i]);
  g_assert_true (lab_write (house->lab, house->manager, match, &again, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (now); i++)
    g_assert_cmpstr (verdict (again.reply, i), ==, now[i]);
  g_assert_cmpint (mh_record_int (again.reply, MH_SETTLEMENT_N_MATCHED), ==, 3);
  g_assert_cmpint (mh_record_int (again.reply, MH_SETTLEMENT_N_DIFFERENCES), ==, 2);
  g_clear_object (&again.reply);
  MhDb *db = lab_reader (house->lab);
  g_autoptr (MhRecord) read = mh_settlements_service_read (MH_REQUEST_DB (db, NULL, house->manager),
                                                           mh_record_id (first), &error);
  lab_done (house->lab, db);
  for (guint i = 0; i < G_N_ELEMENTS (now); i++)
    g_assert_cmpstr (verdict (read, i), ==, now[i]);
  again.actor = house->lab->technician;
  g_assert_false (lab_write (house->lab, house->lab->technician, match, &again, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_FORBIDDEN);
}

/* A slip's number, its amount, a day before or after; two slips may have one number. */
static void
test_card (const MhTestDb *test)
{
  static const Line lines[] = {
    { "payment", "S1", 1000, "agrees" },         { "payment", "S2", 2500, "agrees" },
    { "payment", "S2", 2001, "amount_differs" }, { "payment", "S3", 3000, "unknown" },
    { "payment", "S4", 4000, "unknown" },        { "refund", "S1", 1000, "refund_unknown" },
  };
  g_autoptr (House) house = house_new (test);
  for (guint i = 0; i < G_N_ELEMENTS (ours); i++)
    take (house, &ours[i]);
  g_autoptr (MhRecord) settlement = judge (house, "card", "batch 7", lines, G_N_ELEMENTS (lines));
}

/* Both sides of the day before and the day after a slip's own. */
static void
test_slip_days (const MhTestDb *test)
{
  static const struct
  {
    const char *slip, *at, *verdict;
  } cases[] = {
    { "S0", "2026-03-10T18:29:59Z", "unknown" }, /* the 10th in Kolkata; the payment: the 12th */
    { "S1", "2026-03-10T18:30:00Z", "agrees" },
    { "S2", "2026-03-13T18:29:59Z", "agrees" },
    { "S3", "2026-03-13T18:30:00Z", "unknown" },
  };
  g_autoptr (House) house = house_new (test);
  gint64 noon = 0;
  g_assert_true (mh_instant_parse ("2026-03-12T06:30:00Z", &noon));
  gint64 age = mh_clock_now (mh_server_clock (house->lab->server)) - noon;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      Ours slip = { "card", NULL, cases[i].slip, "captured", 900, FALSE, LAB_HOSPITAL, age };
      take (house, &slip);
      g_autofree char *line
          = g_strdup_printf ("{\"kind\":\"payment\",\"provider_reference\":\"%s\","
                             "\"amount\":900,\"at\":\"%s\"}",
                             cases[i].slip, cases[i].at);
      g_autoptr (MhRecord) settlement
          = bring (house, house->manager, "card", cases[i].slip, "\"net\":900", line, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (verdict (settlement, 0), ==, cases[i].verdict);
    }
}

#define ONE                                                                                        \
  "{\"kind\":\"payment\",\"provider_reference\":\"p\",\"amount\":1000,\"fee\":20,\"tax\":4}"

static void
test_refused (const MhTestDb *test)
{
  static const struct
  {
    const char *more, *lines, *field; /* NULL: taken */
  } cases[] = {
    { "\"net\":976", ONE, NULL },
    { "\"net\":977", ONE, "net" },
    { "\"net\":975", ONE, "net" },
    { "\"net\":976,\"gross\":1000,\"fee\":20,\"tax\":4", ONE, NULL },
    { "\"net\":976,\"gross\":1001", ONE, "gross" },
    { "\"net\":976,\"fee\":21", ONE, "fee" },
    { "\"net\":976,\"tax\":3", ONE, "tax" },
    { "\"net\":976,\"currency\":\"INR\"", ONE, NULL },
    { "\"net\":976,\"currency\":\"USD\"", ONE, "currency" },
    { "\"net\":0", "", "lines" },
    { "\"net\":1", "{\"kind\":\"payment\",\"provider_reference\":\"p\",\"amount\":1}", NULL },
    { "\"net\":0", "{\"kind\":\"payment\",\"provider_reference\":\"p\",\"amount\":0}",
      "lines[0].amount" },
    { "\"net\":1", "{\"kind\":\"payment\",\"amount\":1}", "lines[0].provider_reference" },
    { "\"net\":-1", "{\"kind\":\"adjustment\",\"amount\":-1}", NULL },
  };
  g_autoptr (House) house = house_new (test);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *reference = g_strdup_printf ("setl_%u", i);
      g_autoptr (MhRecord) settlement = bring (house, house->manager, "razorpay", reference,
                                               cases[i].more, cases[i].lines, &error);
      if (cases[i].field == NULL)
        {
          g_assert_no_error (error);
          continue;
        }
      g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
      g_assert_nonnull (mh_issues_find (mh_error_get_issues (error), cases[i].field));
    }
}

/* One reference once for each provider; only who may close days brings one in. */
static void
test_once (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) first
      = bring (house, house->manager, "razorpay", "R", "\"net\":976", ONE, &error);
  g_autoptr (MhRecord) card
      = bring (house, house->manager, "card", "R", "\"net\":976", ONE, &error);
  g_assert_no_error (error);
  g_assert_null (bring (house, house->manager, "razorpay", "R", "\"net\":976", ONE, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_null (
      bring (house, house->lab->technician, "razorpay", "Q", "\"net\":976", ONE, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_FORBIDDEN);
}

/* --- the three days --- */

static guint
open_ones (House *house, const char *provider)
{
  g_autoptr (GError) error = NULL;
  MhReconciliationWanted wanted
      = { .from = "2026-01-01", .to = "2026-12-31", .provider = provider };
  g_autoptr (MhRecord) result = reconcile (house, &wanted, &error);
  g_assert_no_error (error);
  GPtrArray *found = mh_record_records (result, MH_RECONCILIATION_DIFFERENCES);
  for (guint i = 0; i < found->len; i++)
    g_assert_cmpstr (mh_record_text (g_ptr_array_index (found, i), MH_DIFFERENCE_DIFFERENCE), ==,
                     "not_settled");
  return found->len;
}

static void
test_not_settled (const MhTestDb *test)
{
  static const Ours online = { "online", "pay_A", NULL, "captured", 1000, FALSE, LAB_HOSPITAL, 0 };
  static const Ours card = { "card", NULL, "S", "captured", 900, FALSE, LAB_HOSPITAL, 0 };
  static const Ours upi = { "upi", NULL, "U", "captured", 900, FALSE, LAB_HOSPITAL, 0 };
  static const Line lines[] = { { "payment", "pay_A", 1000, "agrees" } };
  g_autoptr (House) house = house_new (test);
  MhClock *clock = mh_server_clock (house->lab->server);
  take (house, &online);
  take (house, &card);
  take (house, &upi);
  mh_clock_advance (clock, 3 * DAY);
  g_assert_cmpuint (open_ones (house, NULL), ==, 0);
  mh_clock_advance (clock, 1);
  g_assert_cmpuint (open_ones (house, NULL), ==, 2);
  g_assert_cmpuint (open_ones (house, "card"), ==, 1);
  g_assert_cmpuint (open_ones (house, "razorpay"), ==, 1);
  g_autoptr (MhRecord) settlement = judge (house, "razorpay", "setl", lines, 1);
  g_assert_cmpuint (open_ones (house, "razorpay"), ==, 0);
  g_assert_cmpuint (open_ones (house, NULL), ==, 1);
}

static void
test_days_refused (const MhTestDb *test)
{
  static const struct
  {
    const char *from, *to, *field;
  } cases[] = {
    { "2026-13-01", NULL, "from" },       { "2026-01-01", "yesterday", "to" },
    { "2026-01-02", "2026-01-01", "to" }, { "2025-01-01", "2026-01-02", "to" },
    { "2025-01-01", "2026-01-01", NULL }, { "2026-01-01", "2026-01-01", NULL },
  };
  g_autoptr (House) house = house_new (test);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      MhReconciliationWanted wanted = { .from = cases[i].from, .to = cases[i].to };
      g_autoptr (MhRecord) result = reconcile (house, &wanted, &error);
      g_assert_true ((result == NULL) == (cases[i].field != NULL));
      if (cases[i].field != NULL)
        g_assert_nonnull (mh_issues_find (mh_error_get_issues (error), cases[i].field));
    }
}

/* --- the provider's own table --- */

static gboolean
upload (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Adding *adding = data;
  adding->reply = mh_settlements_service_upload (MH_REQUEST_TX (tx, lab->server, adding->actor),
                                                 adding->draft, error);
  return adding->reply != NULL;
}

static MhRecord *
bring_file (House *house, MhActor *actor, const char *text, GError **error)
{
  char day[MH_DATE_LENGTH + 1];
  g_autoptr (MhRecord) body = mh_record_new (&mh_settlement_upload_type);
  Adding adding = { .actor = actor, .draft = body };
  today (house, day);
  mh_record_set_text (body, MH_SETTLEMENT_UPLOAD_PROVIDER, "razorpay");
  mh_record_set_text (body, MH_SETTLEMENT_UPLOAD_REFERENCE, "setl_file");
  mh_record_set_text (body, MH_SETTLEMENT_UPLOAD_SETTLED_ON, day);
  mh_record_set_text (body, MH_SETTLEMENT_UPLOAD_TEXT, text);
  return lab_write (house->lab, actor, upload, &adding, error) ? adding.reply : NULL;
}

/* In any order of columns, with any of the usual signs between cells; each mistake has its line,
 * and one stops all. */
static void
test_file (const MhTestDb *test)
{
  static const char bad[] = "kind,reference,amount\npayment,pay_A,100.00\npayment,pay_B,ten\n"
                            "gift,pay_C,1.00\npayment,pay_C,-1.00\n";
  static const char good[] = "\xef\xbb\xbfReference;Amount;Kind;Fee;Tax\r\n"
                             "pay_A;100.00;payment;2.00;0.36\r\n"
                             "rfnd_B;-200.00;refund;;\r\n";
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (ours); i++)
    take (house, &ours[i]);
  g_assert_null (bring_file (house, house->manager, "reference,amount\npay_A,1\n", &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_MALFORMED);
  g_clear_error (&error);
  g_assert_null (bring_file (house, house->manager, bad, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
  const MhIssues *issues = mh_error_get_issues (error);
  g_assert_cmpuint (mh_issues_count (issues), ==, 3);
  g_assert_cmpstr (mh_issues_nth (issues, 0)->message, ==, "line 3, amount: cannot be read");
  g_assert_true (g_str_has_prefix (mh_issues_nth (issues, 1)->message, "line 4, kind: "));
  g_assert_true (g_str_has_prefix (mh_issues_nth (issues, 2)->message, "line 5, amount: "));
  g_clear_error (&error);
  g_autoptr (MhRecord) settlement = bring_file (house, house->manager, good, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (verdict (settlement, 0), ==, "agrees");
  g_assert_cmpstr (verdict (settlement, 1), ==, "agrees");
  g_assert_cmpint (mh_record_int (settlement, MH_SETTLEMENT_GROSS), ==, 10000 - 20000);
  g_assert_cmpint (mh_record_int (settlement, MH_SETTLEMENT_NET), ==, 10000 - 20000 - 236);
  g_assert_null (bring_file (house, house->manager, good, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  mh_test_add_both ("/settlements/razorpay", test_razorpay);
  mh_test_add_both ("/settlements/again", test_again);
  mh_test_add_both ("/settlements/card", test_card);
  mh_test_add_both ("/settlements/slip-days", test_slip_days);
  mh_test_add_both ("/settlements/refused", test_refused);
  mh_test_add_both ("/settlements/once", test_once);
  mh_test_add_both ("/settlements/not-settled", test_not_settled);
  mh_test_add_both ("/settlements/days-refused", test_days_refused);
  mh_test_add_both ("/settlements/file", test_file);
  return mh_test_run ();
}
