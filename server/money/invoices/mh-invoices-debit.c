/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/invoices/mh-invoices-debit.h"

#include "shared/records/lab/mh-test.h"
#include "shared/records/money/mh-invoice.h"
#include "shared/records/money/mh-tax-rule.h"
#include "shared/rules/money/mh-tax.h"

/* The stored rules but those of one amount for each order, which the invoice bears already. */
static GPtrArray *
invoices_debit_percent_rules (MhCatalogueView *view)
{
  GPtrArray *all = mh_catalogue_all (view, &mh_tax_rule_type);
  GPtrArray *rules = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < all->len; i++)
    {
      MhRecord *rule = g_ptr_array_index (all, i);
      if (g_strcmp0 (mh_record_text (rule, MH_TAX_RULE_KIND), MH_TAX_KIND_PERCENT) == 0)
        g_ptr_array_add (rules, g_object_ref (rule));
    }
  return rules;
}

static void
invoices_debit_describe (MhCatalogueView *view,
                         MhRecord *asked,
                         guint index,
                         MhTaxed *line,
                         MhIssues *issues)
{
  const char *code = mh_record_text (asked, MH_DEBIT_LINE_CODE);
  MhRecord *test = mh_catalogue_find (view, &mh_test_type, code);
  gint64 quantity = mh_record_has (asked, MH_DEBIT_LINE_QUANTITY)
                        ? mh_record_int (asked, MH_DEBIT_LINE_QUANTITY)
                        : 1;

  if (code != NULL && test == NULL && mh_catalogue_find (view, &mh_panel_type, code) == NULL)
    {
      g_autofree char *field = g_strdup_printf ("lines[%u].code", index);
      mh_issues_add (issues, field, "unknown_code", "“%s” is not a test or panel of the catalogue.",
                     code);
      return;
    }

  *line = (MhTaxed){ .test = code,
                     .panel = code,
                     .bench = test != NULL ? mh_record_text (test, MH_TEST_BENCH) : NULL,
                     .category = MH_SERVICE_LABORATORY,
                     .exempt = test != NULL && mh_record_bool (test, MH_TEST_TAX_EXEMPT),
                     .net = quantity * mh_record_int (asked, MH_DEBIT_LINE_PRICE) };
}

static MhRecord *
invoices_debit_make_line (MhRecord *asked, const MhTaxed *taxed, guint index)
{
  MhRecord *line = mh_record_new (&mh_invoice_line_type);
  MhRecord *rule = taxed->is_exempt ? NULL : taxed->rule;
  mh_record_set_text (line, MH_INVOICE_LINE_CODE, taxed->test);
  mh_record_set_text (line, MH_INVOICE_LINE_DESCRIPTION,
                      mh_record_text (asked, MH_DEBIT_LINE_DESCRIPTION));
  mh_record_set_int (line, MH_INVOICE_LINE_QUANTITY,
                     mh_record_has (asked, MH_DEBIT_LINE_QUANTITY)
                         ? mh_record_int (asked, MH_DEBIT_LINE_QUANTITY)
                         : 1);
  mh_record_set_int (line, MH_INVOICE_LINE_PRICE, mh_record_int (asked, MH_DEBIT_LINE_PRICE));
  mh_record_set_int (line, MH_INVOICE_LINE_DISCOUNT, 0);
  mh_record_set_int (line, MH_INVOICE_LINE_TAXABLE, taxed->taxable);
  if (taxed->rule != NULL)
    mh_record_set_text (line, MH_INVOICE_LINE_HSN_SAC,
                        mh_record_text (taxed->rule, MH_TAX_RULE_HSN_SAC));

  if (rule != NULL)
    {
      mh_record_set_text (line, MH_INVOICE_LINE_TAX_RULE, mh_record_text (rule, MH_TAX_RULE_CODE));
      mh_record_set_text (line, MH_INVOICE_LINE_TAX_NAME, mh_record_text (rule, MH_TAX_RULE_NAME));
      mh_record_set_int (line, MH_INVOICE_LINE_TAX_RATE, mh_record_int (rule, MH_TAX_RULE_RATE));
    }

  mh_record_set_bool (line, MH_INVOICE_LINE_TAX_INCLUSIVE, taxed->inclusive);
  mh_record_set_bool (line, MH_INVOICE_LINE_TAX_EXEMPT, taxed->is_exempt);
  mh_record_set_int (line, MH_INVOICE_LINE_TAX, taxed->tax);
  mh_record_set_int (line, MH_INVOICE_LINE_AMOUNT, taxed->amount);
  mh_record_set_int (line, MH_INVOICE_LINE_SORT_ORDER, index);

  return line;
}

GPtrArray *
mh_invoices_debit_lines (MhCatalogueView *view,
                         const char *hospital_id,
                         const char *day,
                         MhRecord *request,
                         GError **error)
{
  GPtrArray *asked = mh_record_records (request, MH_DEBIT_REQUEST_LINES);
  g_autoptr (GPtrArray) rules = invoices_debit_percent_rules (view);
  g_autoptr (MhIssues) issues = mh_issues_new ();
  g_autofree MhTaxed *taxed = g_new0 (MhTaxed, asked->len);

  for (guint i = 0; i < asked->len; i++)
    invoices_debit_describe (view, g_ptr_array_index (asked, i), i, &taxed[i], issues);
  if (!mh_issues_raise (issues, error))
    return NULL;

  mh_tax_lines (rules, hospital_id, day, taxed, asked->len);
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < asked->len; i++)
    g_ptr_array_add (lines, invoices_debit_make_line (g_ptr_array_index (asked, i), &taxed[i], i));
  return lines;
}
