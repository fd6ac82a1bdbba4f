/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/orders/mh-orders-price.h"

#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/money/mh-tax-rule.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/rules/money/mh-price.h"
#include "shared/rules/money/mh-tax.h"

typedef struct
{
  MhCatalogueView *view;
  MhRecord *list;
  GPtrArray *items;
  GHashTable *seen; /* test code → what asked for it */
  MhIssues *issues;
} Pricing;

/* --- items --- */

static gboolean
offered (MhRecord *record, guint active)
{
  return record != NULL && (!mh_record_has (record, active) || mh_record_bool (record, active));
}

static void
orders_price_add_item (Pricing *p,
                       MhRecord *test,
                       const char *panel,
                       gint64 price,
                       gint64 discount,
                       const char *field)
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
  mh_record_set_int (item, MH_ORDER_ITEM_OWN_DISCOUNT, discount);
  mh_record_set_text (item, MH_ORDER_ITEM_STATUS, MH_ITEM_STATUS_TO_COLLECT);
  mh_record_set_bool (item, MH_ORDER_ITEM_REFUNDED, FALSE);
  mh_record_set_int (item, MH_ORDER_ITEM_SORT_ORDER, p->items->len);
  g_ptr_array_add (p->items, item);
}

static gint64
discount_of (Pricing *p, MhRecord *asked, gint64 price, const char *field)
{
  gint64 discount
      = mh_record_has (asked, MH_ORDER_ITEM_DISCOUNT_RATE)
            ? mh_price_percent (price, mh_record_int (asked, MH_ORDER_ITEM_DISCOUNT_RATE))
            : mh_record_int (asked, MH_ORDER_ITEM_DISCOUNT);
  if (discount <= price)
    return discount;
  g_autofree char *where = g_strconcat (field, ".discount", NULL);
  mh_issues_add (p->issues, where, "out_of_range", "The discount is more than the price.");
  return 0;
}

static void
add_panel (Pricing *p, MhRecord *panel, gint64 price, gint64 discount, const char *field)
{
  const char *code = mh_record_text (panel, MH_PANEL_CODE);
  const char *const *codes = mh_record_list (panel, MH_PANEL_TESTS);
  guint n = g_strv_length ((char **)codes);
  g_autofree MhRecord **tests = g_new0 (MhRecord *, n);
  g_autofree gint64 *weights = g_new0 (gint64, n);
  g_autofree gint64 *prices = g_new0 (gint64, n);
  g_autofree gint64 *discounts = g_new0 (gint64, n);

  for (guint i = 0; i < n; i++)
    {
      tests[i] = mh_catalogue_find (p->view, &mh_test_type, codes[i]);
      if (tests[i] == NULL)
        {
          mh_issues_add (p->issues, field, "unknown_code",
                         "The panel %s names the test %s, which is not in the catalogue.", code,
                         codes[i]);
          return;
        }
      weights[i] = mh_record_int (tests[i], MH_TEST_PRICE);
    }

  mh_price_spread (price, weights, n, prices);
  mh_price_spread (discount, prices, n, discounts);
  for (guint i = 0; i < n; i++)
    orders_price_add_item (p, tests[i], code, prices[i], discounts[i], field);
}

static void
add_asked (Pricing *p, MhRecord *asked, guint index)
{
  const char *code = mh_record_text (asked, MH_ORDER_ITEM_TEST);
  MhRecord *test = mh_catalogue_find (p->view, &mh_test_type, code);
  MhRecord *panel = mh_catalogue_find (p->view, &mh_panel_type, code);
  g_autofree char *where = g_strdup_printf ("items[%u]", index);
  g_autofree char *field = g_strconcat (where, ".test", NULL);

  if (offered (test, MH_TEST_ACTIVE))
    {
      gint64 price
          = mh_catalogue_price (p->view, p->list, code, mh_record_int (test, MH_TEST_PRICE));
      orders_price_add_item (p, test, NULL, price, discount_of (p, asked, price, where), field);
    }
  else if (offered (panel, MH_PANEL_ACTIVE))
    {
      gint64 price
          = mh_catalogue_price (p->view, p->list, code, mh_record_int (panel, MH_PANEL_PRICE));
      add_panel (p, panel, price, discount_of (p, asked, price, where), field);
    }
  else
    mh_issues_add (p->issues, field, "unknown_code",
                   "“%s” is not a test or panel of the catalogue.", code);
}

GPtrArray *
mh_orders_price_items (MhCatalogueView *view, GPtrArray *asked, MhRecord *list, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (MhIssues) issues = mh_issues_new ();
  Pricing p = { view, list, items, seen, issues };
  for (guint i = 0; i < asked->len; i++)
    add_asked (&p, g_ptr_array_index (asked, i), i);
  if (!mh_issues_raise (issues, error))
    return NULL;
  return g_steal_pointer (&items);
}

/* --- what holds for the order --- */

static const char *
department_code (MhCatalogueView *view, const char *department_id)
{
  GPtrArray *all = department_id != NULL ? mh_catalogue_all (view, &mh_department_type) : NULL;
  for (guint i = 0; all != NULL && i < all->len; i++)
    if (g_str_equal (mh_record_id (g_ptr_array_index (all, i)), department_id))
      return mh_record_text (g_ptr_array_index (all, i), MH_DEPARTMENT_CODE);
  return NULL;
}

void
mh_pricing_init (MhPricing *pricing, const MhPricingTerms *terms)
{
  GPtrArray *stored = mh_catalogue_all (terms->view, &mh_tax_rule_type);
  *pricing = (MhPricing){ .view = terms->view,
                          .hospital_id = terms->hospital_id,
                          .round_to = terms->round_to };
  pricing->department = department_code (terms->view, terms->department_id);
  g_strlcpy (pricing->day, terms->day, sizeof pricing->day);
  pricing->rules = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < stored->len; i++)
    g_ptr_array_add (pricing->rules, g_object_ref (g_ptr_array_index (stored, i)));
  if (mh_catalogue_find (terms->view, &mh_tax_rule_type, MH_TAX_RULE_STANDARD) == NULL)
    g_ptr_array_add (pricing->rules, mh_tax_standard_rule (terms->standard_tax));
}

void
mh_pricing_clear (MhPricing *pricing)
{
  g_clear_pointer (&pricing->rules, g_ptr_array_unref);
}

/* --- discounts and taxes --- */

typedef struct
{
  gint64 subtotal, discount, own, tax, included, amount;
} Sums;

/* The order's discount on what its items' own discounts leave. */
static gboolean
spread_discount (MhRecord *order, GPtrArray *items, GError **error)
{
  g_autofree gint64 *nets = g_new0 (gint64, items->len);
  g_autofree gint64 *parts = g_new0 (gint64, items->len);
  gint64 net = 0;

  for (guint i = 0; i < items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (items, i);
      nets[i] = mh_record_int (item, MH_ORDER_ITEM_PRICE)
                - mh_record_int (item, MH_ORDER_ITEM_OWN_DISCOUNT);
      net += nets[i];
    }

  gint64 discount = mh_record_has (order, MH_ORDER_DISCOUNT_RATE)
                        ? mh_price_percent (net, mh_record_int (order, MH_ORDER_DISCOUNT_RATE))
                        : mh_record_int (order, MH_ORDER_DISCOUNT);

  if (discount > net)
    {
      mh_error_set_field (error, "discount", "out_of_range",
                          "The discount is more than what the tests cost.");
      return FALSE;
    }

  mh_price_spread (discount, nets, items->len, parts);
  for (guint i = 0; i < items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (items, i);
      mh_record_set_int (item, MH_ORDER_ITEM_DISCOUNT,
                         mh_record_int (item, MH_ORDER_ITEM_OWN_DISCOUNT) + parts[i]);
    }

  return TRUE;
}

static void
set_tax (MhRecord *item, const MhTaxed *line)
{
  MhRecord *rule = line->is_exempt ? NULL : line->rule;
  mh_record_set_int (item, MH_ORDER_ITEM_TAXABLE, line->taxable);
  mh_record_set_text (item, MH_ORDER_ITEM_TAX_RULE,
                      rule != NULL ? mh_record_text (rule, MH_TAX_RULE_CODE) : NULL);
  mh_record_set_text (item, MH_ORDER_ITEM_TAX_NAME,
                      rule != NULL ? mh_record_text (rule, MH_TAX_RULE_NAME) : NULL);
  mh_record_set_text (item, MH_ORDER_ITEM_HSN_SAC,
                      line->rule != NULL ? mh_record_text (line->rule, MH_TAX_RULE_HSN_SAC) : NULL);
  if (rule != NULL && g_strcmp0 (mh_record_text (rule, MH_TAX_RULE_KIND), MH_TAX_KIND_PERCENT) == 0)
    mh_record_set_int (item, MH_ORDER_ITEM_TAX_RATE, mh_record_int (rule, MH_TAX_RULE_RATE));
  else
    mh_record_set_null (item, MH_ORDER_ITEM_TAX_RATE);

  mh_record_set_bool (item, MH_ORDER_ITEM_TAX_INCLUSIVE, line->inclusive);
  mh_record_set_bool (item, MH_ORDER_ITEM_TAX_EXEMPT, line->is_exempt);
  mh_record_set_int (item, MH_ORDER_ITEM_TAX, line->tax);
  mh_record_set_int (item, MH_ORDER_ITEM_AMOUNT, line->amount);
}

static void
lay_taxes (const MhPricing *pricing, GPtrArray *items)
{
  g_autofree MhTaxed *lines = g_new0 (MhTaxed, items->len);
  for (guint i = 0; i < items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (items, i);
      const char *code = mh_record_text (item, MH_ORDER_ITEM_TEST);
      MhRecord *test = mh_catalogue_find (pricing->view, &mh_test_type, code);
      lines[i] = (MhTaxed){ .test = code,
                            .panel = mh_record_text (item, MH_ORDER_ITEM_PANEL),
                            .bench = mh_record_text (item, MH_ORDER_ITEM_BENCH),
                            .department = pricing->department,
                            .category = MH_SERVICE_LABORATORY,
                            .exempt = test != NULL && mh_record_bool (test, MH_TEST_TAX_EXEMPT),
                            .net = mh_record_int (item, MH_ORDER_ITEM_PRICE)
                                   - mh_record_int (item, MH_ORDER_ITEM_DISCOUNT) };
    }

  mh_tax_lines (pricing->rules, pricing->hospital_id, pricing->day, lines, items->len);
  for (guint i = 0; i < items->len; i++)
    set_tax (g_ptr_array_index (items, i), &lines[i]);
}

static Sums
orders_price_add_up (GPtrArray *items)
{
  Sums sums = { 0 };
  for (guint i = 0; i < items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (items, i);
      sums.subtotal += mh_record_int (item, MH_ORDER_ITEM_PRICE);
      sums.discount += mh_record_int (item, MH_ORDER_ITEM_DISCOUNT);
      sums.own += mh_record_int (item, MH_ORDER_ITEM_OWN_DISCOUNT);
      sums.tax += mh_record_int (item, MH_ORDER_ITEM_TAX);
      sums.amount += mh_record_int (item, MH_ORDER_ITEM_AMOUNT);
      if (mh_record_bool (item, MH_ORDER_ITEM_TAX_INCLUSIVE))
        sums.included += mh_record_int (item, MH_ORDER_ITEM_TAX);
    }

  return sums;
}

gboolean
mh_orders_price_totals (const MhPricing *pricing, MhRecord *order, GPtrArray *items, GError **error)
{
  if (!spread_discount (order, items, error))
    return FALSE;

  lay_taxes (pricing, items);
  Sums sums = orders_price_add_up (items);
  gint64 round_off = mh_price_round_off (sums.amount, pricing->round_to);
  gint64 total = sums.amount + round_off;

  mh_record_set_int (order, MH_ORDER_SUBTOTAL, sums.subtotal);
  mh_record_set_int (order, MH_ORDER_DISCOUNT, sums.discount);
  mh_record_set_int (order, MH_ORDER_LINE_DISCOUNT, sums.own);
  mh_record_set_int (order, MH_ORDER_TAX, sums.tax);
  mh_record_set_int (order, MH_ORDER_TAX_INCLUDED, sums.included);
  mh_record_set_int (order, MH_ORDER_ROUND_OFF, round_off);
  mh_record_set_int (order, MH_ORDER_DEBITED, 0);
  mh_record_set_int (order, MH_ORDER_CREDITED, 0);
  mh_record_set_int (order, MH_ORDER_TOTAL, total);
  mh_record_set_int (order, MH_ORDER_PAID, 0);
  mh_record_set_int (order, MH_ORDER_REFUNDED, 0);
  mh_record_set_int (order, MH_ORDER_DUE, total);

  return TRUE;
}

static GPtrArray *
orders_price_percent_rules (GPtrArray *rules)
{
  GPtrArray *percent = g_ptr_array_new ();
  for (guint i = 0; i < rules->len; i++)
    if (g_strcmp0 (mh_record_text (g_ptr_array_index (rules, i), MH_TAX_RULE_KIND),
                   MH_TAX_KIND_PERCENT)
        == 0)
      g_ptr_array_add (percent, g_ptr_array_index (rules, i));
  return percent;
}

/* The order's sums from its items; what was paid and given back stays. */
static void
total_again (const MhPricing *pricing, MhRecord *order, GPtrArray *items)
{
  Sums sums = orders_price_add_up (items);
  gint64 round_off = mh_price_round_off (sums.amount, pricing->round_to);
  gint64 total = sums.amount + round_off + mh_record_int (order, MH_ORDER_DEBITED);

  mh_record_set_int (order, MH_ORDER_SUBTOTAL, sums.subtotal);
  mh_record_set_int (order, MH_ORDER_DISCOUNT, sums.discount);
  mh_record_set_int (order, MH_ORDER_LINE_DISCOUNT, sums.own);
  mh_record_set_int (order, MH_ORDER_TAX, sums.tax);
  mh_record_set_int (order, MH_ORDER_TAX_INCLUDED, sums.included);
  mh_record_set_int (order, MH_ORDER_ROUND_OFF, round_off);
  mh_record_set_int (order, MH_ORDER_TOTAL, total);
  mh_record_set_int (order, MH_ORDER_DUE,
                     total - mh_record_int (order, MH_ORDER_CREDITED)
                         - mh_record_int (order, MH_ORDER_PAID)
                         + mh_record_int (order, MH_ORDER_REFUNDED));
}

void
mh_orders_price_added (const MhPricing *pricing,
                       MhRecord *list,
                       MhRecord *order,
                       GPtrArray *items,
                       GPtrArray *added)
{
  MhPricing more = *pricing;
  g_autoptr (GPtrArray) rules = orders_price_percent_rules (pricing->rules);
  more.rules = rules;

  for (guint i = 0; i < added->len; i++)
    {
      MhRecord *item = g_ptr_array_index (added, i);
      const char *code = mh_record_text (item, MH_ORDER_ITEM_TEST);
      MhRecord *test = mh_catalogue_find (pricing->view, &mh_test_type, code);
      /* the tests of a panel have their share of its price already */
      if (mh_record_int (item, MH_ORDER_ITEM_PRICE) == 0)
        mh_record_set_int (
            item, MH_ORDER_ITEM_PRICE,
            mh_catalogue_price (pricing->view, list, code, mh_record_int (test, MH_TEST_PRICE)));
    }

  lay_taxes (&more, added);
  total_again (pricing, order, items);
}

void
mh_orders_price_removed (const MhPricing *pricing, MhRecord *order, GPtrArray *items)
{
  static const guint sums[]
      = { MH_ORDER_ITEM_PRICE,   MH_ORDER_ITEM_DISCOUNT, MH_ORDER_ITEM_OWN_DISCOUNT,
          MH_ORDER_ITEM_TAXABLE, MH_ORDER_ITEM_TAX,      MH_ORDER_ITEM_AMOUNT };
  g_autoptr (GPtrArray) live = g_ptr_array_new ();

  for (guint i = 0; i < items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (items, i);
      if (g_strcmp0 (mh_record_text (item, MH_ORDER_ITEM_STATUS), MH_ITEM_STATUS_CANCELLED) != 0)
        g_ptr_array_add (live, item);
      else
        for (guint k = 0; k < G_N_ELEMENTS (sums); k++)
          mh_record_set_int (item, sums[k], 0);
    }

  lay_taxes (pricing, live);
  total_again (pricing, order, items);
}

GPtrArray *
mh_orders_price_taxes (GPtrArray *items)
{
  static const MhTaxFields fields = { MH_ORDER_ITEM_TAX_RULE,   MH_ORDER_ITEM_TAX_NAME,
                                      MH_ORDER_ITEM_TAX_RATE,   MH_ORDER_ITEM_TAX_INCLUSIVE,
                                      MH_ORDER_ITEM_TAX_EXEMPT, MH_ORDER_ITEM_TAXABLE,
                                      MH_ORDER_ITEM_TAX };
  return mh_tax_summary (items, &fields);
}
