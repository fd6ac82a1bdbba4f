/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taxes, price lists and invoices of the demonstration. */
#include "server/ctl/mh-demo-private.h"

#include "server/money/invoices/mh-invoices-make.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/money/mh-invoice.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/money/mh-tax-rule.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/platform/mh-audit.h"

#define INSURER "Suraksha General Insurance"

/* --- set-up --- */

static gboolean
demo_invoices_insert (MhTx *tx, MhRecord *record, GError **error)
{
  return mh_tx_insert (tx, record, MH_AUDIT_CREATE, "demonstration", error);
}

/* What a laboratory bears is the configuration's; these hold for the other services of a hospital.
 */
static gboolean
make_rules (MhTx *tx, MhDemo *demo, GError **error)
{
  static const struct
  {
    const char *code, *name, *category, *hsn;
    gint64 rate;
    gboolean exempt;
  } rules[] = { { "MEDICINES", "GST", MH_SERVICE_PHARMACY, "3004", 1200, FALSE },
                { "CLINICAL", "Health care", MH_SERVICE_CONSULTATION, "999312", 0, TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr (MhRecord) rule = mh_demo_record (demo, &mh_tax_rule_type, demo->now);
      mh_record_set_text (rule, MH_TAX_RULE_CODE, rules[i].code);
      mh_record_set_text (rule, MH_TAX_RULE_NAME, rules[i].name);
      mh_record_set_text (rule, MH_TAX_RULE_KIND, MH_TAX_KIND_PERCENT);
      mh_record_set_int (rule, MH_TAX_RULE_RATE, rules[i].rate);
      mh_record_set_bool (rule, MH_TAX_RULE_EXEMPT, rules[i].exempt);
      mh_record_set_text (rule, MH_TAX_RULE_CATEGORY, rules[i].category);
      mh_record_set_text (rule, MH_TAX_RULE_HSN_SAC, rules[i].hsn);
      mh_record_set_bool (rule, MH_TAX_RULE_ACTIVE, TRUE);
      if (!demo_invoices_insert (tx, rule, error))
        return FALSE;
    }

  return TRUE;
}

static MhRecord *
new_list (MhDemo *demo, const char *code, const char *name, const char *payer)
{
  MhRecord *list = mh_demo_record (demo, &mh_price_list_type, demo->now);
  mh_record_set_text (list, MH_PRICE_LIST_CODE, code);
  mh_record_set_text (list, MH_PRICE_LIST_NAME, name);
  mh_record_set_text (list, MH_PRICE_LIST_PAYER, payer);
  mh_record_set_text (list, MH_PRICE_LIST_CURRENCY, "INR");
  mh_record_set_bool (list, MH_PRICE_LIST_IS_DEFAULT, payer == NULL);
  mh_record_set_bool (list, MH_PRICE_LIST_ACTIVE, TRUE);
  return list;
}

/* The insurer pays 85 % of the catalogue's prices, to the rupee. */
static void
add_entries (MhDemo *demo,
             GPtrArray *records,
             guint code,
             guint price,
             MhRecord *list,
             GPtrArray *entries)
{
  for (guint i = 0; i < records->len; i++)
    {
      MhRecord *record = g_ptr_array_index (records, i);
      MhRecord *entry = mh_demo_record (demo, &mh_price_entry_type, demo->now);
      mh_record_set_text (entry, MH_PRICE_ENTRY_PRICE_LIST_ID, mh_record_id (list));
      mh_record_set_text (entry, MH_PRICE_ENTRY_CODE, mh_record_text (record, code));
      mh_record_set_int (entry, MH_PRICE_ENTRY_PRICE,
                         mh_record_int (record, price) * 85 / 10000 * 100);
      g_ptr_array_add (entries, entry);
    }
}

gboolean
mh_demo_tariff (MhTx *tx, MhDemo *demo, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) tests = mh_store_all (mh_tx_db (tx), &mh_test_type, NULL, NULL, error);
  g_autoptr (GPtrArray) panels
      = tests != NULL ? mh_store_all (mh_tx_db (tx), &mh_panel_type, NULL, NULL, error) : NULL;

  if (panels == NULL)
    return FALSE;

  g_autoptr (MhRecord) general = new_list (demo, "GENERAL", "General", NULL);
  g_autoptr (MhRecord) insurer = new_list (demo, "SURAKSHA", "Suraksha, cashless", INSURER);
  add_entries (demo, tests, MH_TEST_CODE, MH_TEST_PRICE, insurer, entries);
  add_entries (demo, panels, MH_PANEL_CODE, MH_PANEL_PRICE, insurer, entries);
  return make_rules (tx, demo, error) && demo_invoices_insert (tx, general, error)
         && demo_invoices_insert (tx, insurer, error) && mh_tx_insert_parts (tx, entries, error);
}

/* --- orders --- */

MhRecord *
mh_demo_price_list (MhDemo *demo, MhRecord *order, guint index)
{
  gboolean insured = index % 29 == 7;
  const char *code = insured ? "SURAKSHA" : "GENERAL";
  MhRecord *list = mh_catalogue_find (demo->view, &mh_price_list_type, code);
  mh_record_set_text (order, MH_ORDER_PRICE_LIST, code);
  if (insured)
    mh_record_set_text (order, MH_ORDER_PAYER, INSURER);
  return list;
}

void
mh_demo_discount (MhDemo *demo, MhDemoOrder *made, guint index)
{
  static const struct
  {
    const char *code;
    int rate;
    gboolean approved;
  } given[] = { { MH_DISCOUNT_SENIOR, 1000, FALSE },
                { MH_DISCOUNT_STAFF, 1000, FALSE },
                { MH_DISCOUNT_SENIOR, 500, FALSE },
                { MH_DISCOUNT_CHARITY, 5000, TRUE } };

  if (index % 23 != 5)
    return;

  guint which = index / 23 % G_N_ELEMENTS (given);
  MhDemoPerson by = given[which].approved ? MH_DEMO_MANAGER : MH_DEMO_CASHIER;
  MhRecord *order = made->order;

  mh_record_set_text (order, MH_ORDER_DISCOUNT_CODE, given[which].code);
  mh_record_set_int (order, MH_ORDER_DISCOUNT_RATE, given[which].rate);
  mh_record_set_text (order, MH_ORDER_DISCOUNT_BY, mh_demo_staff_id (demo, by));
  mh_record_set_text (order, MH_ORDER_DISCOUNT_BY_NAME, mh_demo_staff_name (demo, by));
  if (!given[which].approved)
    return;

  mh_record_set_text (order, MH_ORDER_DISCOUNT_APPROVED_BY, mh_demo_staff_id (demo, by));
  mh_record_set_text (order, MH_ORDER_DISCOUNT_APPROVED_NAME, mh_demo_staff_name (demo, by));
}

/* --- invoices --- */

static void
demo_invoices_stamp (MhDemo *demo, MhRecord *record, gint64 at)
{
  g_autoptr (MhRecord) stamps = mh_demo_record (demo, mh_record_type (record), at);
  mh_record_apply (record, stamps);
}

/* Numbers and times rise together, although those who pay at the bed pay later. */
void
mh_demo_invoice (MhDemo *demo,
                 const MhDemoOrder *made,
                 MhRecord *payment,
                 GPtrArray *invoices,
                 GPtrArray *lines)
{
  gint64 at = MAX (mh_record_int (payment, MH_PAYMENT_RECEIVED_AT), demo->invoiced_at + 1000);
  MhDate day = mh_date_from_days ((at + MH_DEMO_ZONE_OFFSET) / MH_DAY);
  g_autoptr (GError) error = NULL;
  MhRecord *invoice = mh_invoice_begin (MH_INVOICE_KIND_INVOICE, made->order, demo->hospital, NULL);

  demo_invoices_stamp (demo, invoice, at);
  mh_invoice_add_items (invoice, made->order, made->items);
  mh_invoice_add_up (invoice, mh_record_int (made->order, MH_ORDER_ROUND_OFF));
  const char *kind = mh_record_text (invoice, MH_INVOICE_KIND);
  g_autofree char *year = mh_invoice_year (day);
  g_autofree char *series
      = mh_invoice_series (mh_record_text (demo->hospital, MH_HOSPITAL_CODE), kind, year);
  g_autofree char *number
      = mh_invoice_number (NULL, kind, year, mh_demo_count (demo->invoices, series), &error);

  g_assert_no_error (error);
  const MhInvoiceSeal seal = { number,
                               year,
                               day,
                               at,
                               mh_record_text (payment, MH_PAYMENT_RECEIVED_BY),
                               mh_record_text (payment, MH_PAYMENT_RECEIVED_NAME) };
  mh_invoice_seal (invoice, &seal);
  GPtrArray *own = mh_record_records (invoice, MH_INVOICE_LINES);

  for (guint i = 0; i < own->len; i++)
    {
      MhRecord *line = g_ptr_array_index (own, i);
      demo_invoices_stamp (demo, line, at);
      mh_record_set_text (line, MH_INVOICE_LINE_INVOICE_ID, mh_record_id (invoice));
      g_ptr_array_add (lines, g_object_ref (line));
    }

  demo->invoiced_at = at;
  g_ptr_array_add (invoices, invoice);
}
