/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an order costs over a real store: discounts and who may give them, price lists by payer,
 * keeping lists and tax rules. On both databases. */
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/catalogue/mh-tariff-service.h"
#include "server/lab/orders/mh-orders-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "tests/server/lab-fixture.h"

typedef struct
{
  const char *id; /* of an order or a price list */
  gint64 version;
  MhActor *actor;
  MhRecord *body, *reply;
} Step;

static MhRecord *
body_of (const MhRecordType *type, const char *json)
{
  g_autoptr (GError) error = NULL;
  MhRecord *body = mh_record_from_text (type, json, -1, MH_JSON_TRUSTED, &error);
  g_assert_no_error (error);
  return body;
}

static gboolean
place (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  step->reply
      = mh_orders_service_place (MH_REQUEST_TX (tx, lab->server, step->actor), step->body, error);
  return step->reply != NULL;
}

static gboolean
change (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  g_clear_object (&step->reply);
  step->reply = mh_orders_service_change (
      MH_REQUEST_TX (tx, lab->server, step->actor),
      (MhPatch){ .id = step->id, .if_match = -1, .body = step->body }, error);
  return step->reply != NULL;
}

static gboolean
discount (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  g_clear_object (&step->reply);
  step->reply = mh_orders_service_discount (MH_REQUEST_TX (tx, lab->server, step->actor), step->id,
                                            step->body, error);
  return step->reply != NULL;
}

static gboolean
insert (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  return mh_tx_insert (tx, data, MH_AUDIT_CREATE, NULL, error);
}

static void
add (Lab *lab, const MhRecordType *type, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) record = body_of (type, json);
  mh_assert_ok (lab_write (lab, lab->reception, insert, record, &error), error);
  mh_catalogue_invalidate (mh_server_catalogue (lab->server));
}

/* --- discounts --- */

typedef struct
{
  const char *role, *order; /* what the order says beside CBC at 350.00 */
  const char *field, *code; /* what is wrong, or NULL */
  gint64 discount;
  gboolean approved;
} Discount;

/* clang-format off */
static const Discount discounts[] = {
  { "cashier", "\"discount\":3500,\"discount_code\":\"staff\"", NULL, NULL, 3500, FALSE }, /* 10 % */
  { "cashier", "\"discount\":3501,\"discount_code\":\"staff\"", "discount", "above_limit", 0, FALSE },
  { "cashier", "\"discount_rate\":1000,\"discount_code\":\"staff\"", NULL, NULL, 3500, FALSE },
  { "cashier", "\"discount_rate\":1001,\"discount_code\":\"staff\"", "discount", "above_limit", 0, FALSE },
  { "manager", "\"discount_rate\":3000,\"discount_code\":\"staff\"", NULL, NULL, 10500, FALSE },
  { "manager", "\"discount_rate\":3001,\"discount_code\":\"staff\"", NULL, NULL, 10504, TRUE },
  { "manager", "\"discount\":35000,\"discount_code\":\"staff\"", NULL, NULL, 35000, TRUE },
  { "manager", "\"discount\":35001,\"discount_code\":\"staff\"", "discount", "out_of_range", 0, FALSE },
  { "reception", "\"discount\":0", NULL, NULL, 0, FALSE },
};
/* clang-format on */

static MhActor *
actor_of (const char *role)
{
  const MhRoleDefault *shipped = mh_role_default_find (role);
  return mh_actor_new ("01900000-0000-7000-8000-000000000188", role, role, LAB_HOSPITAL, NULL,
                       shipped->permissions);
}

static void
assert_issue (GError *error, const char *field, const char *code)
{
  g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
  const MhIssue *issue = mh_issues_find (mh_error_get_issues (error), field);
  g_assert_nonnull (issue);
  g_assert_cmpstr (issue->code, ==, code);
}

static void
test_discounts (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  for (guint i = 0; i < G_N_ELEMENTS (discounts); i++)
    {
      const Discount *d = &discounts[i];
      g_autoptr (GError) error = NULL;
      g_autoptr (MhActor) actor = actor_of (d->role);
      g_autofree char *json = g_strdup_printf (
          "{\"patient_id\":\"" LAB_PATIENT "\",\"items\":[{\"test\":\"CBC\"}],%s}", d->order);
      g_autoptr (MhRecord) draft = body_of (&mh_order_type, json);
      Step step = { .actor = actor, .body = draft };
      gboolean ok = lab_write (lab, actor, place, &step, &error);
      g_autoptr (MhRecord) placed = step.reply;
      if (d->field != NULL)
        {
          g_assert_false (ok);
          assert_issue (error, d->field, d->code);
          continue;
        }
      mh_assert_ok (ok, error);
      g_assert_cmpint (mh_record_int (placed, MH_ORDER_DISCOUNT), ==, d->discount);
      g_assert_cmpint (mh_record_int (placed, MH_ORDER_TOTAL), ==, 37000 - d->discount);
      g_assert_cmpint (mh_record_has (placed, MH_ORDER_DISCOUNT_APPROVED_BY), ==, d->approved);
      g_assert_cmpint (mh_record_has (placed, MH_ORDER_DISCOUNT_BY), ==, d->discount > 0);
    }
}

static void
test_discount_forbidden (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) draft = body_of (
      &mh_order_type, "{\"patient_id\":\"" LAB_PATIENT "\",\"items\":[{\"test\":\"CBC\"}],"
                      "\"discount\":1,\"discount_code\":\"staff\"}");
  Step step = { .actor = lab->reception, .body = draft };
  g_assert_false (lab_write (lab, lab->reception, place, &step, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_FORBIDDEN);
  g_clear_object (&step.reply);
}

/* A manager gives afterwards what the cashier could not; a rate and an amount take turns. */
static void
test_discount_later (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) manager = actor_of ("manager");
  g_autoptr (MhActor) cashier = actor_of ("cashier");
  g_autofree char *order = lab_order (lab, "CBC KT");
  g_autoptr (MhRecord) half = body_of (&mh_discount_request_type,
                                       "{\"discount_rate\":5000,\"discount_code\":\"charity\"}");
  g_autoptr (MhRecord) none = body_of (&mh_order_type, "{\"discount\":0}");
  Step step = { .actor = manager, .id = order, .body = half };
  mh_assert_ok (lab_write (lab, manager, discount, &step, &error), error);
  g_assert_cmpint (mh_record_int (step.reply, MH_ORDER_TOTAL), ==, 27000);
  g_assert_cmpstr (mh_record_text (step.reply, MH_ORDER_DISCOUNT_APPROVED_NAME), ==, "manager");
  GPtrArray *items = mh_record_records (step.reply, MH_ORDER_ITEMS);
  g_assert_cmpint (mh_record_int (items->pdata[0], MH_ORDER_ITEM_DISCOUNT), ==, 17500);
  g_assert_cmpint (mh_record_int (items->pdata[1], MH_ORDER_ITEM_DISCOUNT), ==, 7500);
  /* Taking it back asks for no reason. */
  g_autoptr (MhRecord) nothing = body_of (&mh_discount_request_type, "{\"discount\":0}");
  step.body = nothing;
  mh_assert_ok (lab_write (lab, manager, discount, &step, &error), error);
  g_assert_cmpint (mh_record_int (step.reply, MH_ORDER_TOTAL), ==, 52000);
  g_assert_false (mh_record_has (step.reply, MH_ORDER_DISCOUNT_CODE));
  g_autoptr (MhRecord) named
      = body_of (&mh_order_type, "{\"discount\":100,\"discount_code\":\"staff\"}");
  step.actor = cashier;
  step.body = named;
  mh_assert_ok (lab_write (lab, cashier, change, &step, &error), error);
  g_assert_cmpint (mh_record_int (step.reply, MH_ORDER_TOTAL), ==, 51900);
  g_assert_false (mh_record_has (step.reply, MH_ORDER_DISCOUNT_RATE));
  g_assert_false (mh_record_has (step.reply, MH_ORDER_DISCOUNT_APPROVED_BY));
  step.body = none;
  mh_assert_ok (lab_write (lab, cashier, change, &step, &error), error);
  g_assert_cmpint (mh_record_int (step.reply, MH_ORDER_TOTAL), ==, 52000);
  g_clear_object (&step.reply);
}

/* --- price lists --- */

static void
test_price_lists (const MhTestDb *test)
{
  static const struct
  {
    const char *extra;
    gint64 subtotal;
    const char *list, *issue;
  } cases[] = {
    { "", 60000, NULL, NULL },
    { ",\"payer\":\"star health\"", 50001, "STAR", NULL },
    { ",\"price_list\":\"STAR\"", 50001, "STAR", NULL },
    { ",\"price_list\":\"GONE\"", 0, NULL, "unknown_code" },
    { ",\"price_list\":\"NONE\"", 0, NULL, "unknown_code" },
    { ",\"payer\":\"Somebody else\"", 60000, NULL, NULL },
  };
  g_autoptr (Lab) lab = lab_new (test);
  add (lab, &mh_price_list_type,
       "{\"id\":\"01900000-0000-7000-8000-0000000000f1\",\"code\":\"STAR\",\"name\":\"Star\","
       "\"currency\":\"INR\",\"payer\":\"Star Health\",\"active\":true}");
  add (lab, &mh_price_list_type,
       "{\"id\":\"01900000-0000-7000-8000-0000000000f2\",\"code\":\"GONE\",\"name\":\"Gone\","
       "\"currency\":\"INR\",\"valid_until\":\"2020-01-01\",\"active\":true}");
  add (lab, &mh_price_entry_type,
       "{\"price_list_id\":\"01900000-0000-7000-8000-0000000000f1\",\"code\":\"CBC\",\"price\":"
       "30000}");
  add (lab, &mh_price_entry_type,
       "{\"price_list_id\":\"01900000-0000-7000-8000-0000000000f1\",\"code\":\"LIPID\",\"price\":"
       "20001}");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *json
          = g_strdup_printf ("{\"patient_id\":\"" LAB_PATIENT
                             "\",\"items\":[{\"test\":\"CBC\"},{\"test\":\"LIPID\"}]%s}",
                             cases[i].extra);
      g_autoptr (MhRecord) draft = body_of (&mh_order_type, json);
      MhDb *db = lab_reader (lab);
      g_autoptr (MhRecord) quote = mh_orders_service_quote (
          MH_REQUEST_DB (db, lab->server, lab->reception), draft, &error);
      lab_done (lab, db);
      if (cases[i].issue != NULL)
        {
          g_assert_null (quote);
          assert_issue (error, "price_list", cases[i].issue);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpint (mh_record_int (quote, MH_ORDER_SUBTOTAL), ==, cases[i].subtotal);
      g_assert_cmpint (mh_record_int (quote, MH_ORDER_TOTAL), ==, cases[i].subtotal + 2000);
      g_assert_cmpstr (mh_record_text (quote, MH_ORDER_PRICE_LIST), ==, cases[i].list);
      g_assert_cmpuint (mh_record_records (quote, MH_ORDER_TAXES)->len, ==, 1);
    }
}

/* --- keeping prices and taxes --- */

typedef MhRecord *(
    *TariffFunc) (MhTx *tx, Lab *lab, Step *step, MhCatalogueView *view, GError **error);

static MhRecord *
make_list (MhTx *tx, Lab *lab, Step *step, MhCatalogueView *view, GError **error)
{
  return mh_tariff_list_create (MH_REQUEST_TX (tx, NULL, step->actor), view, step->body, error);
}

static MhRecord *
change_list (MhTx *tx, Lab *lab, Step *step, MhCatalogueView *view, GError **error)
{
  return mh_tariff_list_update (
      MH_REQUEST_TX (tx, NULL, step->actor), view,
      (MhPatch){ .id = step->id, .if_match = step->version, .body = step->body }, error);
}

static MhRecord *
make_rule (MhTx *tx, Lab *lab, Step *step, MhCatalogueView *view, GError **error)
{
  return mh_tariff_rule_create (MH_REQUEST_TX (tx, NULL, step->actor), view, step->body, error);
}

typedef struct
{
  Step *step;
  TariffFunc func;
} Tariff;

static gboolean
run_tariff (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Tariff *tariff = data;
  g_autoptr (MhCatalogueView) view
      = mh_catalogue_view (mh_server_catalogue (lab->server), mh_tx_db (tx), error);
  tariff->step->reply = tariff->func (tx, lab, tariff->step, view, error);
  return tariff->step->reply != NULL;
}

static MhRecord *
tariff (Lab *lab, TariffFunc func, const char *id, gint64 version, MhRecord *body, GError **error)
{
  Step step = { .actor = lab->reception, .id = id, .version = version, .body = body };
  Tariff run = { &step, func };
  gboolean ok = lab_write (lab, lab->reception, run_tariff, &run, error);
  mh_catalogue_invalidate (mh_server_catalogue (lab->server));
  return ok ? step.reply : NULL;
}

static gint64
quoted (Lab *lab, const char *price_list)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = g_strdup_printf (
      "{\"patient_id\":\"" LAB_PATIENT "\",\"items\":[{\"test\":\"CBC\"}],\"price_list\":\"%s\"}",
      price_list);
  g_autoptr (MhRecord) draft = body_of (&mh_order_type, json);
  MhDb *db = lab_reader (lab);
  g_autoptr (MhRecord) quote
      = mh_orders_service_quote (MH_REQUEST_DB (db, lab->server, lab->reception), draft, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  return mh_record_int (quote, MH_ORDER_SUBTOTAL);
}

static void
test_keep_lists (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) unknown = NULL;
  g_autoptr (GError) twice = NULL;
  g_autoptr (GError) stale = NULL;
  g_autoptr (MhRecord) draft
      = body_of (&mh_price_list_type,
                 "{\"code\":\"CORP\",\"name\":\"Corporate\",\"currency\":\"INR\","
                 "\"entries\":[{\"code\":\"CBC\",\"price\":30000},{\"code\":\"HB\",\"price\":1}]}");
  g_autoptr (MhRecord) wrong = body_of (
      &mh_price_list_type, "{\"code\":\"W\",\"name\":\"W\",\"currency\":\"INR\",\"entries\":"
                           "[{\"code\":\"CBC\",\"price\":1},{\"code\":\"NOPE\",\"price\":1}]}");
  g_autoptr (MhRecord) doubled = body_of (
      &mh_price_list_type, "{\"code\":\"D\",\"name\":\"D\",\"currency\":\"INR\",\"entries\":"
                           "[{\"code\":\"CBC\",\"price\":1},{\"code\":\"CBC\",\"price\":2}]}");
  g_autoptr (MhRecord) cheaper
      = body_of (&mh_price_list_type, "{\"entries\":[{\"code\":\"CBC\",\"price\":20000}]}");
  g_autoptr (MhRecord) renamed = body_of (&mh_price_list_type, "{\"name\":\"Companies\"}");
  g_autoptr (MhRecord) made = tariff (lab, make_list, NULL, 0, draft, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mh_record_records (made, MH_PRICE_LIST_ENTRIES)->len, ==, 2);
  g_assert_cmpint (quoted (lab, "CORP"), ==, 30000);
  g_assert_null (tariff (lab, make_list, NULL, 0, wrong, &unknown));
  assert_issue (unknown, "entries[1].code", "unknown_code");
  g_assert_null (tariff (lab, make_list, NULL, 0, doubled, &twice));
  assert_issue (twice, "entries[1].code", "duplicate");
  g_autoptr (MhRecord) lower = tariff (lab, change_list, mh_record_id (made), 1, cheaper, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mh_record_records (lower, MH_PRICE_LIST_ENTRIES)->len, ==, 1);
  g_assert_cmpint (quoted (lab, "CORP"), ==, 20000);
  g_autoptr (MhRecord) named = tariff (lab, change_list, mh_record_id (made), 2, renamed, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mh_record_records (named, MH_PRICE_LIST_ENTRIES)->len, ==, 1);
  g_assert_null (tariff (lab, change_list, mh_record_id (made), 2, renamed, &stale));
  g_assert_error (stale, MH_ERROR, MH_ERROR_STALE);
}

static void
test_keep_rules (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) unknown = NULL;
  g_autoptr (MhRecord) draft
      = body_of (&mh_tax_rule_type,
                 "{\"code\":\"STANDARD\",\"name\":\"Service charge\",\"kind\":\"flat_per_order\","
                 "\"amount\":5000}");
  g_autoptr (MhRecord) wrong = body_of (
      &mh_tax_rule_type, "{\"code\":\"G\",\"name\":\"GST\",\"kind\":\"percent\",\"rate\":500,"
                         "\"benches\":[\"Z\"]}");
  g_assert_null (tariff (lab, make_rule, NULL, 0, wrong, &unknown));
  assert_issue (unknown, "benches", "unknown_code");
  g_autoptr (MhRecord) made = tariff (lab, make_rule, NULL, 0, draft, &error);
  g_assert_no_error (error);
  /* It takes the place of the configuration's amount. */
  g_autofree char *order = lab_order (lab, "CBC");
  g_autoptr (MhRecord) placed = lab_get (lab, &mh_order_type, order);
  g_assert_cmpint (mh_record_int (placed, MH_ORDER_TAX), ==, 5000);
  g_autoptr (MhCatalogueView) view = NULL;
  MhDb *db = lab_reader (lab);
  view = mh_catalogue_view (mh_server_catalogue (lab->server), db, &error);
  lab_done (lab, db);
  g_autoptr (GPtrArray) rules = mh_tariff_rules (view, lab->reception, "service", NULL, 10);
  g_autoptr (GPtrArray) none = mh_tariff_rules (view, lab->reception, "nothing", NULL, 10);
  g_assert_cmpuint (rules->len, ==, 1);
  g_assert_cmpuint (none->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/orders/discounts", test_discounts);
  mh_test_add_both ("/orders/discount-forbidden", test_discount_forbidden);
  mh_test_add_both ("/orders/discount-later", test_discount_later);
  mh_test_add_both ("/orders/price-lists", test_price_lists);
  mh_test_add_both ("/tariff/lists", test_keep_lists);
  mh_test_add_both ("/tariff/rules", test_keep_rules);
  return mh_test_run ();
}
