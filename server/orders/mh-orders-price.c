/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/orders/mh-orders-price.h"

#include "shared/base/mh-decimal.h"
#include "shared/records/mh-records.h"

typedef struct
{
  MhCatalogueView *view;
  GPtrArray *prices;
  GPtrArray *items;
  GHashTable *seen; /* test code → what asked for it */
  MhIssues *issues;
} Pricing;

static gint64
price_of (const Pricing *p, const char *code, gint64 listed)
{
  for (guint i = 0; p->prices != NULL && i < p->prices->len; i++)
    {
      MhRecord *entry = g_ptr_array_index (p->prices, i);
      if (g_str_equal (mh_record_text (entry, MH_PRICE_ENTRY_CODE), code))
        return mh_record_int (entry, MH_PRICE_ENTRY_PRICE);
    }
  return listed;
}

static gboolean
offered (MhRecord *record, guint active)
{
  return record != NULL && (!mh_record_has (record, active) || mh_record_bool (record, active));
}

static void
add_item (Pricing *p, MhRecord *test, const char *panel, gint64 price, const char *field)
{
  const char *code = mh_record_text (test, MH_TEST_CODE);
  const char *before = g_hash_table_lookup (p->seen, code);
  if (before != NULL)
    {
      mh_issues_add (p->issues, field, "duplicate", "%s is in the order already (%s).", code,
                     before);
      return;
    }
  g_hash_table_insert (p->seen, (gpointer)code, (gpointer)(panel != NULL ? panel : code));
  MhRecord *item = mh_record_new (&mh_order_item_type);
  mh_record_set_text (item, MH_ORDER_ITEM_TEST, code);
  mh_record_set_text (item, MH_ORDER_ITEM_PANEL, panel);
  mh_record_set_text (item, MH_ORDER_ITEM_NAME, mh_record_text (test, MH_TEST_NAME));
  mh_record_set_text (item, MH_ORDER_ITEM_SHORT_NAME, mh_record_text (test, MH_TEST_SHORT_NAME));
  mh_record_set_text (item, MH_ORDER_ITEM_BENCH, mh_record_text (test, MH_TEST_BENCH));
  mh_record_set_text (item, MH_ORDER_ITEM_CONTAINER, mh_record_text (test, MH_TEST_CONTAINER));
  mh_record_set_int (item, MH_ORDER_ITEM_PRICE, price);
  mh_record_set_int (item, MH_ORDER_ITEM_TAX, 0);
  mh_record_set_text (item, MH_ORDER_ITEM_STATUS, MH_ITEM_STATUS_TO_COLLECT);
  mh_record_set_bool (item, MH_ORDER_ITEM_REFUNDED, FALSE);
  mh_record_set_int (item, MH_ORDER_ITEM_SORT_ORDER, p->items->len);
  g_ptr_array_add (p->items, item);
}

/* Shares by running totals: what is handed out never strays more than a paisa from the exact
 * proportion, and the last test takes what is left. */
static void
add_panel (Pricing *p, MhRecord *panel, const char *field)
{
  const char *code = mh_record_text (panel, MH_PANEL_CODE);
  const char *const *codes = mh_record_list (panel, MH_PANEL_TESTS);
  gint64 price = price_of (p, code, mh_record_int (panel, MH_PANEL_PRICE));
  gint64 sum = 0, seen = 0, given = 0;
  for (guint i = 0; codes[i] != NULL; i++)
    {
      MhRecord *test = mh_catalogue_find (p->view, &mh_test_type, codes[i]);
      if (test == NULL)
        {
          mh_issues_add (p->issues, field, "unknown_code",
                         "The panel %s names the test %s, which is not in the catalogue.", code,
                         codes[i]);
          return;
        }
      sum += mh_record_int (test, MH_TEST_PRICE);
    }
  for (guint i = 0; codes[i] != NULL; i++)
    {
      MhRecord *test = mh_catalogue_find (p->view, &mh_test_type, codes[i]);
      seen += mh_record_int (test, MH_TEST_PRICE);
      gint64 until = codes[i + 1] == NULL || sum == 0 ? (codes[i + 1] == NULL ? price : 0)
                                                      : mh_money_share (price, seen, sum);
      add_item (p, test, code, until - given, field);
      given = until;
    }
}

GPtrArray *
mh_orders_price_items (MhCatalogueView *view, GPtrArray *asked, GPtrArray *prices, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (MhIssues) issues = mh_issues_new ();
  Pricing p = { view, prices, items, seen, issues };
  for (guint i = 0; i < asked->len; i++)
    {
      const char *code = mh_record_text (g_ptr_array_index (asked, i), MH_ORDER_ITEM_TEST);
      MhRecord *test = mh_catalogue_find (view, &mh_test_type, code);
      MhRecord *panel = mh_catalogue_find (view, &mh_panel_type, code);
      g_autofree char *field = g_strdup_printf ("items[%u].test", i);
      if (offered (test, MH_TEST_ACTIVE))
        add_item (&p, test, NULL, price_of (&p, code, mh_record_int (test, MH_TEST_PRICE)), field);
      else if (offered (panel, MH_PANEL_ACTIVE))
        add_panel (&p, panel, field);
      else
        mh_issues_add (issues, field, "unknown_code",
                       "“%s” is not a test or panel of the catalogue.", code);
    }
  if (!mh_issues_raise (issues, error))
    return NULL;
  return g_steal_pointer (&items);
}

void
mh_orders_price_totals (MhRecord *order, GPtrArray *items, gint64 tax)
{
  gint64 subtotal = 0, discount = mh_record_int (order, MH_ORDER_DISCOUNT);
  for (guint i = 0; i < items->len; i++)
    subtotal += mh_record_int (g_ptr_array_index (items, i), MH_ORDER_ITEM_PRICE);
  discount = MIN (discount, subtotal);
  gint64 total = subtotal - discount + tax;
  mh_record_set_int (order, MH_ORDER_SUBTOTAL, subtotal);
  mh_record_set_int (order, MH_ORDER_DISCOUNT, discount);
  mh_record_set_int (order, MH_ORDER_TAX, tax);
  mh_record_set_int (order, MH_ORDER_ROUND_OFF, 0);
  mh_record_set_int (order, MH_ORDER_TOTAL, total);
  mh_record_set_int (order, MH_ORDER_PAID, 0);
  mh_record_set_int (order, MH_ORDER_REFUNDED, 0);
  mh_record_set_int (order, MH_ORDER_DUE, total);
}
