/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/invoices/mh-invoices-make.h"

#include "shared/base/mh-decimal.h"
#include "shared/base/mh-error.h"
#include "shared/base/mh-sha256.h"
#include "shared/base/mh-text.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/money/mh-invoice.h"
#include "shared/records/money/mh-tax-rule.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient.h"
#include "shared/reports/mh-report-parts.h"
#include "shared/rules/money/mh-amount-words.h"
#include "shared/rules/money/mh-price.h"
#include "shared/rules/money/mh-tax.h"

#include <string.h>

/* --- numbers --- */

char *
mh_invoice_year (MhDate day)
{
  int from = day.month >= 4 ? day.year : day.year - 1;
  return g_strdup_printf ("%d-%02d", from, (from + 1) % 100);
}

static char
invoices_make_letter_of (const char *kind)
{
  return g_str_equal (kind, MH_INVOICE_KIND_BILL)     ? 'B'
         : g_str_equal (kind, MH_INVOICE_KIND_CREDIT) ? 'C'
         : g_str_equal (kind, MH_INVOICE_KIND_DEBIT)  ? 'D'
                                                      : 'I';
}

char *
mh_invoice_series (const char *hospital_code, const char *kind, const char *year)
{
  return g_strdup_printf ("invoice:%s:%s:%c", hospital_code, year, invoices_make_letter_of (kind));
}

char *
mh_invoice_number (const char *prefix,
                   const char *kind,
                   const char *year,
                   gint64 number,
                   GError **error)
{
  if (prefix != NULL
      && strspn (prefix, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-/") != strlen (prefix))
    {
      mh_error_set_field (
          error, "invoice.prefix", "format",
          "Invoice numbers are made of A–Z, 0–9, - and / only; change the setting.");
      return NULL;
    }

  g_autofree char *text
      = g_strdup_printf ("%s%c%.2s%s/%06" G_GINT64_FORMAT, prefix != NULL ? prefix : "",
                         invoices_make_letter_of (kind), year + 2, year + 5, number);
  if (strlen (text) <= MH_INVOICE_NUMBER_MAX)
    return g_steal_pointer (&text);

  mh_error_set (
      error, MH_ERROR_CONFLICT,
      "The invoice number %s is longer than the 16 characters that the law allows; shorten"
      " its prefix in the settings.",
      text);

  return NULL;
}

/* --- head --- */

static void
invoices_make_copy_text (MhRecord *to, guint to_field, MhRecord *from, guint from_field)
{
  mh_record_set_text (to, to_field, mh_record_text (from, from_field));
}

/* Takes @text; nothing is null. */
static void
take_words (MhRecord *invoice, guint field, char *text)
{
  mh_record_set_text (invoice, field, *text != '\0' ? text : NULL);
  g_free (text);
}

static void
name_seller (MhRecord *invoice, MhRecord *hospital)
{
  const char *legal = mh_record_text (hospital, MH_HOSPITAL_LEGAL_NAME);
  mh_record_set_text (invoice, MH_INVOICE_HOSPITAL_ID, mh_record_id (hospital));
  mh_record_set_text (invoice, MH_INVOICE_SELLER_NAME,
                      legal != NULL ? legal : mh_record_text (hospital, MH_HOSPITAL_NAME));
  take_words (invoice, MH_INVOICE_SELLER_ADDRESS, mh_part_address (hospital));
  invoices_make_copy_text (invoice, MH_INVOICE_GSTIN, hospital, MH_HOSPITAL_TAX_NUMBER);
  invoices_make_copy_text (invoice, MH_INVOICE_PLACE_OF_SUPPLY, hospital, MH_HOSPITAL_STATE);
}

static char *
patient_address (MhRecord *patient)
{
  return mh_part_join (", ", mh_record_text (patient, MH_PATIENT_ADDRESS_LINE) ?: "",
                       mh_record_text (patient, MH_PATIENT_LOCALITY) ?: "",
                       mh_record_text (patient, MH_PATIENT_CITY) ?: "",
                       mh_record_text (patient, MH_PATIENT_STATE) ?: "",
                       mh_record_text (patient, MH_PATIENT_PIN) ?: "", NULL);
}

MhRecord *
mh_invoice_begin (const char *kind, MhRecord *order, MhRecord *hospital, MhRecord *patient)
{
  MhRecord *invoice = mh_record_new (&mh_invoice_type);
  const char *currency = mh_record_text (order, MH_ORDER_CURRENCY);
  mh_record_set_text (invoice, MH_INVOICE_KIND, kind);
  name_seller (invoice, hospital);
  mh_record_set_text (invoice, MH_INVOICE_ORDER_ID, mh_record_id (order));
  invoices_make_copy_text (invoice, MH_INVOICE_ORDER_NUMBER, order, MH_ORDER_NUMBER);
  invoices_make_copy_text (invoice, MH_INVOICE_PATIENT_ID, order, MH_ORDER_PATIENT_ID);
  invoices_make_copy_text (invoice, MH_INVOICE_PATIENT_NAME, order, MH_ORDER_PATIENT_NAME);
  invoices_make_copy_text (invoice, MH_INVOICE_PATIENT_MRN, order, MH_ORDER_PATIENT_MRN);
  invoices_make_copy_text (invoice, MH_INVOICE_PATIENT_PHONE, order, MH_ORDER_PATIENT_PHONE);
  if (patient != NULL)
    take_words (invoice, MH_INVOICE_PATIENT_ADDRESS, patient_address (patient));
  invoices_make_copy_text (invoice, MH_INVOICE_PAYER, order, MH_ORDER_PAYER);
  invoices_make_copy_text (invoice, MH_INVOICE_PRICE_LIST, order, MH_ORDER_PRICE_LIST);
  mh_record_set_text (invoice, MH_INVOICE_CURRENCY,
                      currency != NULL ? currency : MH_CURRENCY_DEFAULT);

  return invoice;
}

/* --- lines --- */

static MhRecord *
line_of_item (MhRecord *item)
{
  static const struct
  {
    guint line, item;
  } texts[] = { { MH_INVOICE_LINE_CODE, MH_ORDER_ITEM_TEST },
                { MH_INVOICE_LINE_PANEL, MH_ORDER_ITEM_PANEL },
                { MH_INVOICE_LINE_DESCRIPTION, MH_ORDER_ITEM_NAME },
                { MH_INVOICE_LINE_HSN_SAC, MH_ORDER_ITEM_HSN_SAC },
                { MH_INVOICE_LINE_TAX_RULE, MH_ORDER_ITEM_TAX_RULE },
                { MH_INVOICE_LINE_TAX_NAME, MH_ORDER_ITEM_TAX_NAME } },
    amounts[] = { { MH_INVOICE_LINE_PRICE, MH_ORDER_ITEM_PRICE },
                  { MH_INVOICE_LINE_DISCOUNT, MH_ORDER_ITEM_DISCOUNT },
                  { MH_INVOICE_LINE_TAXABLE, MH_ORDER_ITEM_TAXABLE },
                  { MH_INVOICE_LINE_TAX, MH_ORDER_ITEM_TAX },
                  { MH_INVOICE_LINE_AMOUNT, MH_ORDER_ITEM_AMOUNT } };
  MhRecord *line = mh_record_new (&mh_invoice_line_type);

  mh_record_set_text (line, MH_INVOICE_LINE_ITEM_ID, mh_record_id (item));
  mh_record_set_int (line, MH_INVOICE_LINE_QUANTITY, 1);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    invoices_make_copy_text (line, texts[i].line, item, texts[i].item);
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    mh_record_set_int (line, amounts[i].line, mh_record_int (item, amounts[i].item));
  if (mh_record_has (item, MH_ORDER_ITEM_TAX_RATE))
    mh_record_set_int (line, MH_INVOICE_LINE_TAX_RATE,
                       mh_record_int (item, MH_ORDER_ITEM_TAX_RATE));

  mh_record_set_bool (line, MH_INVOICE_LINE_TAX_INCLUSIVE,
                      mh_record_bool (item, MH_ORDER_ITEM_TAX_INCLUSIVE));
  mh_record_set_bool (line, MH_INVOICE_LINE_TAX_EXEMPT,
                      mh_record_bool (item, MH_ORDER_ITEM_TAX_EXEMPT));

  return line;
}

static char *
discount_reason (MhRecord *order)
{
  const MhField *field = &mh_order_type.fields[MH_ORDER_DISCOUNT_CODE];
  const char *code = mh_record_text (order, MH_ORDER_DISCOUNT_CODE);
  const char *words = mh_record_text (order, MH_ORDER_DISCOUNT_REASON);
  return mh_part_join (": ", code != NULL ? mh_field_code_label (field, code) : "",
                       words != NULL ? words : "", NULL);
}

/* Orders from before there were amounts on their items know only sums: these are spread. */
static GPtrArray *
with_amounts (MhRecord *order, GPtrArray *items)
{
  GPtrArray *filled = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree gint64 *prices = g_new0 (gint64, items->len);
  g_autofree gint64 *cuts = g_new0 (gint64, items->len);
  g_autofree gint64 *taxes = g_new0 (gint64, items->len);
  gboolean taxed = mh_record_int (order, MH_ORDER_TAX) > 0;

  for (guint i = 0; i < items->len; i++)
    {
      g_ptr_array_add (filled, mh_record_copy (g_ptr_array_index (items, i)));
      prices[i] = mh_record_int (g_ptr_array_index (items, i), MH_ORDER_ITEM_PRICE);
    }

  if (items->len == 0 || mh_record_has (g_ptr_array_index (items, 0), MH_ORDER_ITEM_AMOUNT))
    return filled;

  mh_price_spread (mh_record_int (order, MH_ORDER_DISCOUNT), prices, items->len, cuts);
  mh_price_spread (mh_record_int (order, MH_ORDER_TAX), prices, items->len, taxes);
  for (guint i = 0; i < items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (filled, i);
      mh_record_set_int (item, MH_ORDER_ITEM_DISCOUNT, cuts[i]);
      mh_record_set_int (item, MH_ORDER_ITEM_TAXABLE, prices[i] - cuts[i]);
      mh_record_set_int (item, MH_ORDER_ITEM_TAX, taxes[i]);
      mh_record_set_int (item, MH_ORDER_ITEM_AMOUNT, prices[i] - cuts[i] + taxes[i]);
      mh_record_set_bool (item, MH_ORDER_ITEM_TAX_EXEMPT, !taxed);
      mh_record_set_text (item, MH_ORDER_ITEM_TAX_RULE, taxed ? MH_TAX_RULE_STANDARD : NULL);
      mh_record_set_text (item, MH_ORDER_ITEM_TAX_NAME, taxed ? "Tax" : NULL);
    }

  return filled;
}

void
mh_invoice_add_items (MhRecord *invoice, MhRecord *order, GPtrArray *items)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) filled = with_amounts (order, items);
  gboolean taxed = FALSE;

  for (guint i = 0; i < filled->len; i++)
    {
      MhRecord *line = line_of_item (g_ptr_array_index (filled, i));
      mh_record_set_int (line, MH_INVOICE_LINE_SORT_ORDER, i);
      taxed = taxed || !mh_record_bool (line, MH_INVOICE_LINE_TAX_EXEMPT);
      g_ptr_array_add (lines, line);
    }

  mh_record_take_records (invoice, MH_INVOICE_LINES, lines);
  mh_record_set_text (invoice, MH_INVOICE_KIND,
                      taxed ? MH_INVOICE_KIND_INVOICE : MH_INVOICE_KIND_BILL);
  if (mh_record_int (order, MH_ORDER_DISCOUNT) > 0)
    mh_record_take_text (invoice, MH_INVOICE_DISCOUNT_REASON, discount_reason (order));
}

void
mh_invoice_add_up (MhRecord *invoice, gint64 round_off)
{
  GPtrArray *lines = mh_record_records (invoice, MH_INVOICE_LINES);
  gint64 subtotal = 0, discount = 0, taxable = 0, exempt = 0, tax = 0, included = 0, amount = 0;
  for (guint i = 0; i < lines->len; i++)
    {
      MhRecord *line = g_ptr_array_index (lines, i);
      gint64 line_tax = mh_record_int (line, MH_INVOICE_LINE_TAX);
      subtotal += mh_record_int (line, MH_INVOICE_LINE_PRICE)
                  * mh_record_int (line, MH_INVOICE_LINE_QUANTITY);
      discount += mh_record_int (line, MH_INVOICE_LINE_DISCOUNT);
      *(mh_record_bool (line, MH_INVOICE_LINE_TAX_EXEMPT) ? &exempt : &taxable)
          += mh_record_int (line, MH_INVOICE_LINE_TAXABLE);
      tax += line_tax;
      included += mh_record_bool (line, MH_INVOICE_LINE_TAX_INCLUSIVE) ? line_tax : 0;
      amount += mh_record_int (line, MH_INVOICE_LINE_AMOUNT);
    }

  mh_record_set_int (invoice, MH_INVOICE_SUBTOTAL, subtotal);
  mh_record_set_int (invoice, MH_INVOICE_DISCOUNT, discount);
  mh_record_set_int (invoice, MH_INVOICE_TAXABLE, taxable);
  mh_record_set_int (invoice, MH_INVOICE_EXEMPT, exempt);
  mh_record_set_int (invoice, MH_INVOICE_TAX, tax);
  mh_record_set_int (invoice, MH_INVOICE_TAX_INCLUDED, included);
  mh_record_set_int (invoice, MH_INVOICE_ROUND_OFF, round_off);
  mh_record_set_int (invoice, MH_INVOICE_TOTAL, amount + round_off);
}

GPtrArray *
mh_invoice_taxes (GPtrArray *lines)
{
  static const MhTaxFields fields = { MH_INVOICE_LINE_TAX_RULE,   MH_INVOICE_LINE_TAX_NAME,
                                      MH_INVOICE_LINE_TAX_RATE,   MH_INVOICE_LINE_TAX_INCLUSIVE,
                                      MH_INVOICE_LINE_TAX_EXEMPT, MH_INVOICE_LINE_TAXABLE,
                                      MH_INVOICE_LINE_TAX };
  return mh_tax_summary (lines, &fields);
}

/* --- sealing --- */

/* What is empty leaves no trace, so that a field that comes later does not break what was sealed
 * before it. */
static void
hash_field (MhSha256 *sum, MhRecord *record, guint field)
{
  g_autofree char *value = mh_record_value_text (record, field);
  if (value == NULL || *value == '\0')
    return;
  g_autofree char *line
      = g_strdup_printf ("%s=%s\n", mh_record_type (record)->fields[field].name, value);
  mh_sha256_add_text (sum, line);
}

char *
mh_invoice_hash (MhRecord *invoice)
{
  MhSha256 sum;
  GPtrArray *lines = mh_record_records (invoice, MH_INVOICE_LINES);
  mh_sha256_begin (&sum);
  for (guint i = MH_N_COMMON; i < mh_invoice_type.n_fields; i++)
    if (mh_field_is_column (&mh_invoice_type.fields[i]) && i != MH_INVOICE_HASH
        && i != MH_INVOICE_SEARCH_TEXT)
      hash_field (&sum, invoice, i);

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      mh_sha256_add_text (&sum, "\n");
      for (guint k = MH_INVOICE_LINE_CODE; k < mh_invoice_line_type.n_fields; k++)
        hash_field (&sum, g_ptr_array_index (lines, i), k);
    }

  return mh_sha256_end (&sum);
}

gboolean
mh_invoice_is_intact (MhRecord *invoice)
{
  g_autofree char *hash = mh_invoice_hash (invoice);
  return g_strcmp0 (hash, mh_record_text (invoice, MH_INVOICE_HASH)) == 0;
}

static char *
invoices_make_search_text (MhRecord *invoice)
{
  g_autofree char *name = mh_text_fold (mh_record_text (invoice, MH_INVOICE_PATIENT_NAME) ?: "");
  g_autofree char *number = mh_text_fold (mh_record_text (invoice, MH_INVOICE_NUMBER) ?: "");
  g_autofree char *order = mh_text_fold (mh_record_text (invoice, MH_INVOICE_ORDER_NUMBER) ?: "");
  g_autofree char *mrn = mh_text_fold (mh_record_text (invoice, MH_INVOICE_PATIENT_MRN) ?: "");
  return g_strdup_printf (" %s %s %s %s", name, number, order, mrn);
}

void
mh_invoice_seal (MhRecord *invoice, const MhInvoiceSeal *seal)
{
  char on[MH_DATE_LENGTH + 1];
  mh_date_format (seal->day, on);
  mh_record_set_text (invoice, MH_INVOICE_NUMBER, seal->number);
  mh_record_set_text (invoice, MH_INVOICE_FINANCIAL_YEAR, seal->year);
  mh_record_set_text (invoice, MH_INVOICE_ISSUED_ON, on);
  mh_record_set_int (invoice, MH_INVOICE_ISSUED_AT, seal->at);
  mh_record_set_text (invoice, MH_INVOICE_ISSUED_BY, seal->user_id);
  mh_record_set_text (invoice, MH_INVOICE_ISSUED_NAME, seal->user_name);
  mh_record_take_text (invoice, MH_INVOICE_AMOUNT_IN_WORDS,
                       mh_amount_words (mh_record_int (invoice, MH_INVOICE_TOTAL),
                                        mh_record_text (invoice, MH_INVOICE_CURRENCY), NULL));
  mh_record_take_text (invoice, MH_INVOICE_SEARCH_TEXT, invoices_make_search_text (invoice));
  mh_record_take_text (invoice, MH_INVOICE_HASH, mh_invoice_hash (invoice));
}
