/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/orders/mh-cart.h"

#include "client/models/mh-fetch.h"
#include "client/widgets/base/mh-when.h"
#include "shared/base/mh-id.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/people/mh-patient-name.h"
#include "shared/records/people/mh-patient.h"
#include "shared/rules/lab/mh-order-rules.h"

#define QUOTE_PAUSE_MS 120

struct _MhCart
{
  GObject parent_instance;
  MhContext *context;
  MhRecord *patient;
  GPtrArray *chosen;
  MhRecord *quote; /* of exactly what is chosen, or NULL */
  gint64 last_tax;
  GCancellable *cancellable;
  guint timer;
};

static GType
mh_cart_get_item_type (GListModel *model)
{
  return MH_TYPE_RECORD;
}

static guint
mh_cart_get_n_items (GListModel *model)
{
  return MH_CART (model)->chosen->len;
}

static gpointer
mh_cart_get_item (GListModel *model, guint position)
{
  MhCart *cart = MH_CART (model);
  return position < cart->chosen->len ? g_object_ref (g_ptr_array_index (cart->chosen, position))
                                      : NULL;
}

static void
list_init (GListModelInterface *iface)
{
  iface->get_item_type = mh_cart_get_item_type;
  iface->get_n_items = mh_cart_get_n_items;
  iface->get_item = mh_cart_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (MhCart,
                               mh_cart,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_init))

static guint totals_changed;

static void
mh_cart_dispose (GObject *object)
{
  MhCart *cart = MH_CART (object);
  g_clear_handle_id (&cart->timer, g_source_remove);
  g_cancellable_cancel (cart->cancellable);
  g_clear_object (&cart->patient);
  g_clear_object (&cart->quote);
  g_clear_object (&cart->context);
  G_OBJECT_CLASS (mh_cart_parent_class)->dispose (object);
}

static void
mh_cart_finalize (GObject *object)
{
  MhCart *cart = MH_CART (object);
  g_ptr_array_unref (cart->chosen);
  g_object_unref (cart->cancellable);
  G_OBJECT_CLASS (mh_cart_parent_class)->finalize (object);
}

static void
mh_cart_class_init (MhCartClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mh_cart_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_cart_finalize;
  totals_changed = g_signal_new ("totals-changed", MH_TYPE_CART, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
mh_cart_init (MhCart *cart)
{
  cart->chosen = g_ptr_array_new_with_free_func (g_object_unref);
  cart->cancellable = g_cancellable_new ();
}

MhCart *
mh_cart_new (MhContext *context)
{
  MhCart *cart = g_object_new (MH_TYPE_CART, NULL);
  cart->context = g_object_ref (context);
  cart->last_tax = mh_context_order_tax (context);
  return cart;
}

/* --- the quote --- */

static void
cart_quoted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhCart) cart = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) answer = mh_fetch_finish_record (result, &error);
  if (answer == NULL || cart->context == NULL)
    return;
  g_set_object (&cart->quote, answer);
  cart->last_tax = mh_record_int (cart->quote, MH_ORDER_TAX);
  g_signal_emit (cart, totals_changed, 0);
}

static gboolean
quote_cb (gpointer data)
{
  MhCart *cart = data;
  cart->timer = 0;
  g_cancellable_cancel (cart->cancellable);
  g_object_unref (cart->cancellable);
  cart->cancellable = g_cancellable_new ();
  g_autoptr (MhRecord) order = mh_cart_make_order (cart, MH_METHOD_CASH, MH_PRIORITY_ROUTINE);
  g_autofree char *body = mh_record_to_json (order, MH_JSON_AS_INPUT);
  mh_fetch_async (cart->context, &(MhFetch){ .route = "order.quote", .body = body },
                  cart->cancellable, cart_quoted_cb, g_object_ref (cart));
  return G_SOURCE_REMOVE;
}

static void
cart_changed (MhCart *cart, guint position, guint removed, guint added)
{
  g_clear_object (&cart->quote);
  g_clear_handle_id (&cart->timer, g_source_remove);
  if (cart->chosen->len > 0 && cart->patient != NULL)
    cart->timer = g_timeout_add (QUOTE_PAUSE_MS, quote_cb, cart);
  if (removed > 0 || added > 0)
    g_list_model_items_changed (G_LIST_MODEL (cart), position, removed, added);
  g_signal_emit (cart, totals_changed, 0);
}

/* --- choosing --- */

static const char *
cart_code_of (MhRecord *record)
{
  return mh_record_text (record, mh_record_type (record)->key);
}

static gboolean
holds_test (MhRecord *chosen, const char *test)
{
  if (mh_record_type (chosen) == &mh_test_type)
    return g_strcmp0 (cart_code_of (chosen), test) == 0;
  const char *const *tests = mh_record_list (chosen, MH_PANEL_TESTS);
  return tests != NULL && g_strv_contains (tests, test);
}

static MhRecord *
already_in (MhCart *cart, const char *test)
{
  for (guint i = 0; i < cart->chosen->len; i++)
    if (holds_test (g_ptr_array_index (cart->chosen, i), test))
      return g_ptr_array_index (cart->chosen, i);
  return NULL;
}

gboolean
mh_cart_add (MhCart *cart, MhRecord *record, GError **error)
{
  const char *single[] = { cart_code_of (record), NULL };
  const char *const *tests = mh_record_type (record) == &mh_panel_type
                                 ? mh_record_list (record, MH_PANEL_TESTS)
                                 : single;

  for (guint i = 0; tests != NULL && tests[i] != NULL; i++)
    {
      MhRecord *other = already_in (cart, tests[i]);
      if (other != NULL)
        {
          mh_error_set (error, MH_ERROR_CONFLICT, "%s is in the order already (%s).", tests[i],
                        cart_code_of (other));
          return FALSE;
        }
    }

  g_ptr_array_add (cart->chosen, g_object_ref (record));
  cart_changed (cart, cart->chosen->len - 1, 0, 1);
  return TRUE;
}

void
mh_cart_remove (MhCart *cart, guint position)
{
  if (position >= cart->chosen->len)
    return;
  g_ptr_array_remove_index (cart->chosen, position);
  cart_changed (cart, position, 1, 0);
}

void
mh_cart_clear (MhCart *cart)
{
  guint n = cart->chosen->len;
  g_ptr_array_set_size (cart->chosen, 0);
  cart_changed (cart, 0, n, 0);
}

gboolean
mh_cart_is_empty (MhCart *cart)
{
  return cart->chosen->len == 0;
}

void
mh_cart_set_patient (MhCart *cart, MhRecord *patient)
{
  gboolean other = cart->patient != NULL
                   && (patient == NULL
                       || g_strcmp0 (mh_record_id (cart->patient), mh_record_id (patient)) != 0);
  g_set_object (&cart->patient, patient);
  if (other)
    mh_cart_clear (cart);
  else
    cart_changed (cart, 0, 0, 0);
}

MhRecord *
mh_cart_patient (MhCart *cart)
{
  return cart->patient;
}

/* --- sums --- */

gint64
mh_cart_subtotal (MhCart *cart)
{
  gint64 sum = 0;
  if (cart->quote != NULL)
    return mh_record_int (cart->quote, MH_ORDER_SUBTOTAL);
  for (guint i = 0; i < cart->chosen->len; i++)
    {
      MhRecord *record = g_ptr_array_index (cart->chosen, i);
      sum += mh_record_int (record, (guint)mh_record_type_find (mh_record_type (record), "price"));
    }
  return sum;
}

gint64
mh_cart_tax (MhCart *cart, gboolean *out_sure)
{
  *out_sure = cart->quote != NULL;
  return cart->quote != NULL ? mh_record_int (cart->quote, MH_ORDER_TAX) : cart->last_tax;
}

gint64
mh_cart_total (MhCart *cart)
{
  gboolean sure;
  if (cart->chosen->len == 0)
    return 0;
  return cart->quote != NULL ? mh_record_int (cart->quote, MH_ORDER_TOTAL)
                             : mh_cart_subtotal (cart) + mh_cart_tax (cart, &sure);
}

const char *
mh_cart_currency (MhCart *cart)
{
  const char *currency
      = cart->quote != NULL ? mh_record_text (cart->quote, MH_ORDER_CURRENCY) : NULL;
  return currency != NULL ? currency : mh_context_currency (cart->context);
}

/* --- the order --- */

MhRecord *
mh_cart_make_order (MhCart *cart, const char *method, const char *priority)
{
  MhRecord *order = mh_record_new (&mh_order_type);
  mh_record_take_text (order, MH_ID, mh_id_new ());
  mh_record_set_text (order, MH_ORDER_PATIENT_ID, mh_record_id (cart->patient));
  mh_record_set_text (order, MH_ORDER_PAYMENT_METHOD, method);
  mh_record_set_text (order, MH_ORDER_PRIORITY, priority);

  for (guint i = 0; i < cart->chosen->len; i++)
    {
      g_autoptr (MhRecord) item = mh_record_new (&mh_order_item_type);
      mh_record_set_text (item, MH_ORDER_ITEM_TEST,
                          cart_code_of (g_ptr_array_index (cart->chosen, i)));
      mh_record_append (order, MH_ORDER_ITEMS, item);
    }

  return order;
}

MhRecord *
mh_cart_make_provisional (MhCart *cart, MhRecord *order)
{
  MhRecord *shown = mh_record_copy (order);
  gint64 total = mh_cart_total (cart), now = mh_when_now ();
  gboolean sure;
  g_autofree char *name = mh_patient_name (cart->patient);

  mh_record_set_text (shown, MH_ORDER_STATUS, MH_ORDER_STATUS_PLACED);
  mh_record_set_text (shown, MH_ORDER_PAYMENT_STATE, MH_PAYMENT_STATE_UNPAID);
  mh_record_set_int (shown, MH_ORDER_SUBTOTAL, mh_cart_subtotal (cart));
  mh_record_set_int (shown, MH_ORDER_TAX, mh_cart_tax (cart, &sure));
  mh_record_set_int (shown, MH_ORDER_TOTAL, total);
  mh_record_set_int (shown, MH_ORDER_PAID, 0);
  mh_record_set_int (shown, MH_ORDER_DUE, total);
  mh_record_set_text (shown, MH_ORDER_CURRENCY, mh_cart_currency (cart));
  mh_record_set_int (shown, MH_ORDER_ORDERED_AT, now);
  mh_record_set_int (shown, MH_CREATED_AT, now);
  mh_record_set_text (shown, MH_ORDER_PATIENT_NAME, name);
  mh_record_set_text (shown, MH_ORDER_PATIENT_MRN, mh_record_text (cart->patient, MH_PATIENT_MRN));
  mh_record_set_text (shown, MH_ORDER_PATIENT_SEX, mh_record_text (cart->patient, MH_PATIENT_SEX));
  mh_record_set_text (shown, MH_ORDER_PATIENT_BIRTH_DATE,
                      mh_record_text (cart->patient, MH_PATIENT_BIRTH_DATE));

  for (guint i = 0; i < cart->chosen->len; i++)
    {
      MhRecord *record = g_ptr_array_index (cart->chosen, i);
      int field = mh_record_type_find (mh_record_type (record), "short_name");
      mh_record_add_to_list (shown, MH_ORDER_TEST_NAMES, mh_record_text (record, (guint)field));
    }

  mh_record_set_text (shown, MH_ORDER_TAB, mh_order_rules_tab (shown));
  return shown;
}
