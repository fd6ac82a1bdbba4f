/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/orders/mh-orders-reflex.h"

#include "server/lab/catalogue/mh-place.h"
#include "server/lab/orders/mh-orders-service.h"
#include "server/lab/orders/mh-tubes.h"
#include "server/messages/alerts/mh-alerts.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-reflex-rule.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/money/mh-invoice.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/rules/lab/mh-order-rules.h"

typedef struct
{
  MhTx *tx;
  MhCatalogueView *view;
  MhRecord *order;
  GPtrArray *samples, *new_items;
  GPtrArray *undrawn; /* new items that need a tube of their own */
  guint position;
} Adding;

static gboolean
orders_reflex_is (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

/* --- items --- */

static MhRecord *
orders_reflex_item_of (Adding *adding, const MhReflexWish *wish, MhRecord *test)
{
  static const guint nothing[]
      = { MH_ORDER_ITEM_PRICE,   MH_ORDER_ITEM_DISCOUNT, MH_ORDER_ITEM_OWN_DISCOUNT,
          MH_ORDER_ITEM_TAXABLE, MH_ORDER_ITEM_TAX,      MH_ORDER_ITEM_AMOUNT };
  MhRecord *item = mh_record_new (&mh_order_item_type);

  mh_record_take_text (item, MH_ID, mh_id_new ());
  mh_record_set_text (item, MH_ORDER_ITEM_ORDER_ID, mh_record_id (adding->order));
  mh_record_set_text (item, MH_ORDER_ITEM_TEST, wish->test);
  mh_record_set_text (item, MH_ORDER_ITEM_NAME, mh_record_text (test, MH_TEST_NAME));
  mh_record_set_text (item, MH_ORDER_ITEM_SHORT_NAME, mh_record_text (test, MH_TEST_SHORT_NAME));
  mh_record_set_text (item, MH_ORDER_ITEM_BENCH, mh_record_text (test, MH_TEST_BENCH));
  mh_record_set_text (item, MH_ORDER_ITEM_CONTAINER, mh_record_text (test, MH_TEST_CONTAINER));
  mh_record_set_text (item, MH_ORDER_ITEM_STATUS, MH_ITEM_STATUS_TO_COLLECT);
  mh_record_set_bool (item, MH_ORDER_ITEM_REFUNDED, FALSE);
  mh_record_set_bool (item, MH_ORDER_ITEM_TAX_EXEMPT, mh_record_bool (test, MH_TEST_TAX_EXEMPT));
  for (guint i = 0; i < G_N_ELEMENTS (nothing); i++)
    mh_record_set_int (item, nothing[i], 0);
  mh_record_set_int (item, MH_ORDER_ITEM_SORT_ORDER, adding->position++);
  mh_record_set_text (item, MH_ORDER_ITEM_PANEL, wish->panel);
  if (wish->rule != NULL)
    mh_record_set_text (item, MH_ORDER_ITEM_REFLEX_RULE,
                        mh_record_text (wish->rule, MH_REFLEX_RULE_CODE));

  return item;
}

/* Where a test stands whose tube stands there; NULL: the tube is of no use to it. */
static const char *
status_from_tube (MhRecord *sample)
{
  const char *status = mh_record_text (sample, MH_SAMPLE_STATUS);
  if (orders_reflex_is (status, MH_SAMPLE_STATUS_RECEIVED)
      || orders_reflex_is (status, MH_SAMPLE_STATUS_STORED))
    return MH_ITEM_STATUS_RECEIVED;
  if (orders_reflex_is (status, MH_SAMPLE_STATUS_COLLECTED)
      || orders_reflex_is (status, MH_SAMPLE_STATUS_IN_TRANSIT))
    return MH_ITEM_STATUS_COLLECTED;
  return orders_reflex_is (status, MH_SAMPLE_STATUS_TO_COLLECT) ? MH_ITEM_STATUS_TO_COLLECT : NULL;
}

/* The same bench's tube before another bench's of the same draw. */
static MhRecord *
orders_reflex_tube_for (Adding *adding, MhRecord *test)
{
  MhRecord *other = NULL;
  for (guint i = 0; i < adding->samples->len; i++)
    {
      MhRecord *sample = g_ptr_array_index (adding->samples, i);
      if (status_from_tube (sample) == NULL)
        continue;
      if (mh_tube_rules_shares (sample, test))
        return sample;
      if (other == NULL
          && orders_reflex_is (mh_record_text (sample, MH_SAMPLE_CONTAINER),
                               mh_record_text (test, MH_TEST_CONTAINER))
          && orders_reflex_is (mh_record_text (sample, MH_SAMPLE_SPECIMEN),
                               mh_record_text (test, MH_TEST_SPECIMEN)))
        other = sample;
    }

  return other;
}

static gboolean
use_tube (Adding *adding, MhRecord *sample, MhRecord *item, MhRecord *test, GError **error)
{
  g_autoptr (MhRecord) before = mh_record_copy (sample);
  mh_record_add_to_list (sample, MH_SAMPLE_TESTS, mh_record_text (test, MH_TEST_CODE));
  mh_record_add_to_list (sample, MH_SAMPLE_TEST_NAMES, mh_record_text (test, MH_TEST_SHORT_NAME));
  mh_record_set_text (item, MH_ORDER_ITEM_SAMPLE_ID, mh_record_id (sample));
  mh_record_set_text (item, MH_ORDER_ITEM_STATUS, status_from_tube (sample));
  return mh_tx_update (adding->tx, before, sample, MH_AUDIT_UPDATE, "test added", error);
}

static gboolean
add_one (Adding *adding, const MhReflexWish *wish, GError **error)
{
  MhRecord *test = mh_catalogue_find (adding->view, &mh_test_type, wish->test);
  MhRecord *item = orders_reflex_item_of (adding, wish, test);
  g_ptr_array_add (adding->new_items, item);
  MhRecord *sample = orders_reflex_tube_for (adding, test);
  if (sample != NULL)
    return use_tube (adding, sample, item, test, error);
  g_ptr_array_add (adding->undrawn, item);
  return TRUE;
}

/* --- tubes --- */

static gboolean
draw_new (Adding *adding, guint *out_n, GError **error)
{
  *out_n = 0;
  if (adding->undrawn->len == 0)
    return TRUE;

  g_autoptr (GTimeZone) zone
      = mh_place_zone (adding->view, mh_record_text (adding->order, MH_ORDER_HOSPITAL_ID));
  g_autoptr (GPtrArray) tubes
      = mh_tubes_make (adding->tx, adding->view, adding->order, adding->undrawn, zone, error);

  if (tubes == NULL)
    return FALSE;

  g_autoptr (GPtrArray) events = mh_tubes_first_events (adding->tx, tubes);
  *out_n = tubes->len;
  return mh_tx_insert_parts (adding->tx, tubes, error)
         && mh_tx_insert_parts (adding->tx, events, error);
}

/* --- the order --- */

static gboolean
is_more_urgent (const char *a, const char *b)
{
  static const char *const ranks[] = { MH_PRIORITY_ROUTINE, MH_PRIORITY_URGENT, MH_PRIORITY_STAT };
  int left = 0, right = 0;
  for (int i = 0; i < (int)G_N_ELEMENTS (ranks); i++)
    {
      left = orders_reflex_is (a, ranks[i]) ? i : left;
      right = orders_reflex_is (b, ranks[i]) ? i : right;
    }
  return left > right;
}

static gint64
orders_reflex_minutes_of (MhRecord *test, const char *priority)
{
  guint wanted = orders_reflex_is (priority, MH_PRIORITY_STAT)     ? MH_TEST_TAT_STAT
                 : orders_reflex_is (priority, MH_PRIORITY_URGENT) ? MH_TEST_TAT_URGENT
                                                                   : MH_TEST_TAT_ROUTINE;
  return mh_record_has (test, wanted) ? mh_record_int (test, wanted)
                                      : mh_record_int (test, MH_TEST_TAT_ROUTINE);
}

static void
show_on_board (Adding *adding, GPtrArray *wishes, guint n_tubes)
{
  MhRecord *order = adding->order;
  for (guint i = 0; i < wishes->len; i++)
    {
      const MhReflexWish *wish = g_ptr_array_index (wishes, i);
      MhRecord *test = mh_catalogue_find (adding->view, &mh_test_type, wish->test);
      const char *bench = mh_record_text (test, MH_TEST_BENCH);
      const char *const *benches = mh_record_list (order, MH_ORDER_BENCHES);
      mh_record_add_to_list (order, MH_ORDER_TEST_NAMES, mh_record_text (test, MH_TEST_SHORT_NAME));
      if (bench != NULL && (benches == NULL || !g_strv_contains (benches, bench)))
        mh_record_add_to_list (order, MH_ORDER_BENCHES, bench);
      if (wish->priority != NULL
          && is_more_urgent (wish->priority, mh_record_text (order, MH_ORDER_PRIORITY)))
        mh_record_set_text (order, MH_ORDER_PRIORITY, wish->priority);
      gint64 until = mh_tx_now (adding->tx)
                     + orders_reflex_minutes_of (test, mh_record_text (order, MH_ORDER_PRIORITY))
                           * MH_MINUTE;
      if (until > mh_record_int (order, MH_ORDER_PROMISED_AT))
        mh_record_set_int (order, MH_ORDER_PROMISED_AT, until);
    }

  mh_record_set_int (order, MH_ORDER_N_SAMPLES,
                     mh_record_int (order, MH_ORDER_N_SAMPLES) + n_tubes);
}

static gboolean
orders_reflex_raise_alert (Adding *adding,
                           const MhReflexWish *wish,
                           const char *kind,
                           const char *user,
                           GError **error)
{
  const char *order_id = mh_record_id (adding->order);
  MhRecord *test = mh_catalogue_find (adding->view, &mh_test_type, wish->test);
  const char *const arguments[] = { mh_record_text (adding->order, MH_ORDER_NUMBER),
                                    mh_record_text (test, MH_TEST_SHORT_NAME),
                                    mh_record_text (wish->rule, MH_REFLEX_RULE_NAME), NULL };

  /* mh_orders_reflex_paid() goes by its beginning. */
  g_autofree char *key = g_strdup_printf ("%s:%s/%s%s", kind, order_id, wish->test,
                                          user != NULL ? "/requester" : "");
  const MhAlertDraft draft = { .kind = kind,
                               .severity = MH_ALERT_INFO,
                               .hospital_id = mh_record_text (adding->order, MH_ORDER_HOSPITAL_ID),
                               .subject_type = "order",
                               .subject_id = order_id,
                               .arguments = arguments,
                               .bench = mh_record_text (test, MH_TEST_BENCH),
                               .user_id = user,
                               .dedupe_key = key };

  return mh_alerts_raise (adding->tx, &draft, error);
}

static gboolean
costs (Adding *adding, const MhReflexWish *wish)
{
  return wish->charged
         && (wish->price > 0
             || mh_orders_service_price_of (adding->view, adding->order, mh_tx_now (adding->tx),
                                            wish->test)
                    > 0);
}

static gboolean
orders_reflex_tell (Adding *adding, const MhReflexWish *wish, GError **error)
{
  const char *requester = mh_record_text (adding->order, MH_ORDER_ORDERED_BY);
  if (wish->tell_laboratory
      && !orders_reflex_raise_alert (adding, wish, MH_ALERT_REFLEX_ADDED, NULL, error))
    return FALSE;
  if (wish->tell_requester && requester != NULL
      && !orders_reflex_raise_alert (adding, wish, MH_ALERT_REFLEX_ADDED, requester, error))
    return FALSE;
  return wish->rule == NULL || !costs (adding, wish)
         || orders_reflex_raise_alert (adding, wish, MH_ALERT_REFLEX_TO_CHARGE, NULL, error);
}

/* --- what they cost --- */

/* Those that are charged, among all items of the order. */
static gboolean
orders_reflex_charge (Adding *adding,
                      MhServer *server,
                      GPtrArray *items,
                      GPtrArray *wishes,
                      GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (GPtrArray) charged = g_ptr_array_new ();
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (all, g_ptr_array_index (items, i));
  for (guint i = 0; i < wishes->len; i++)
    {
      MhRecord *item = g_ptr_array_index (adding->new_items, i);
      const MhReflexWish *wish = g_ptr_array_index (wishes, i);
      g_ptr_array_add (all, item);
      if (!costs (adding, wish))
        continue;
      mh_record_set_int (item, MH_ORDER_ITEM_PRICE, wish->price);
      g_ptr_array_add (charged, item);
    }

  const MhPriceSource from
      = { mh_tx_db (adding->tx), server, adding->view, mh_tx_now (adding->tx) };
  return charged->len == 0
         || mh_orders_service_price_added (adding->tx, &from, adding->order, all, charged, error);
}

MhRecord *
mh_orders_reflex_debit (MhCatalogueView *view, MhRecord *order, GPtrArray *wishes, gint64 now)
{
  g_autoptr (MhRecord) request = mh_record_new (&mh_debit_request_type);
  gboolean any = FALSE;
  mh_record_take_text (request, MH_DEBIT_REQUEST_ID, mh_id_new ());
  mh_record_set_text (request, MH_DEBIT_REQUEST_REASON, MH_DEBIT_REASON_ADDED_TEST);

  for (guint i = 0; i < wishes->len; i++)
    {
      const MhReflexWish *wish = g_ptr_array_index (wishes, i);
      MhRecord *test = mh_catalogue_find (view, &mh_test_type, wish->test);
      gint64 price = !wish->charged    ? 0
                     : wish->price > 0 ? wish->price
                                       : mh_orders_service_price_of (view, order, now, wish->test);
      if (price <= 0)
        continue;
      g_autoptr (MhRecord) line = mh_record_new (&mh_debit_line_type);
      mh_record_set_text (line, MH_DEBIT_LINE_CODE, wish->test);
      mh_record_set_text (line, MH_DEBIT_LINE_DESCRIPTION, mh_record_text (test, MH_TEST_NAME));
      mh_record_set_int (line, MH_DEBIT_LINE_PRICE, price);
      mh_record_append (request, MH_DEBIT_REQUEST_LINES, line);
      any = TRUE;
    }

  return any ? g_steal_pointer (&request) : NULL;
}

gboolean
mh_orders_reflex_paid (MhTx *tx, MhRecord *order, GPtrArray *items, GError **error)
{
  gboolean any = FALSE;
  for (guint i = 0; i < items->len; i++)
    any = any || mh_record_has (g_ptr_array_index (items, i), MH_ORDER_ITEM_REFLEX_RULE);
  g_autofree char *prefix
      = g_strdup_printf ("%s:%s/", MH_ALERT_REFLEX_TO_CHARGE, mh_record_id (order));
  return !any
         || mh_alerts_clear_all (tx, mh_record_text (order, MH_ORDER_HOSPITAL_ID), prefix, error);
}

GPtrArray *
mh_orders_reflex_add (const MhRequest *req,
                      MhCatalogueView *view,
                      const MhOrdersReflexOrder *order,
                      GPtrArray *wishes,
                      GError **error)
{
  g_autoptr (GPtrArray) new_items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) undrawn = g_ptr_array_new ();
  Adding adding
      = { req->tx, view, order->order, order->samples, new_items, undrawn, order->items->len };
  guint n_tubes = 0;

  for (guint i = 0; i < wishes->len; i++)
    if (!add_one (&adding, g_ptr_array_index (wishes, i), error))
      return NULL;

  if ((!order->billed && !orders_reflex_charge (&adding, req->server, order->items, wishes, error))
      || !draw_new (&adding, &n_tubes, error) || !mh_tx_insert_parts (req->tx, new_items, error))
    return NULL;

  show_on_board (&adding, wishes, n_tubes);
  for (guint i = 0; i < wishes->len; i++)
    if (!orders_reflex_tell (&adding, g_ptr_array_index (wishes, i), error))
      return NULL;

  return g_steal_pointer (&new_items);
}
