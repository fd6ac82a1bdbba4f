/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/reports/money/mh-report-money.h"
#include "shared/base/mh-translation.h"
#include "shared/records/money/mh-invoice.h"
#include "shared/records/money/mh-payment.h"

#include <string.h>

#include "shared/base/mh-decimal.h"

char *
mh_money_plain (gint64 minor, const char *currency)
{
  g_autofree char *shown = mh_money_display (minor, currency);
  GString *plain = g_string_new (NULL);
  for (const char *c = shown; *c != '\0'; c++)
    if (g_ascii_isdigit (*c) || *c == ',' || *c == '.' || *c == '-')
      g_string_append_c (plain, *c);
  return g_string_free (plain, FALSE);
}

char *
mh_money_rate (MhRecord *line, guint field)
{
  if (!mh_record_has (line, field))
    return g_strdup ("–");
  g_autofree char *rate = mh_rate_entry (mh_record_int (line, field));
  return g_strconcat (rate, " %", NULL);
}

gboolean
mh_invoice_is_credit (MhRecord *invoice)
{
  return g_strcmp0 (mh_record_text (invoice, MH_INVOICE_KIND), MH_INVOICE_KIND_CREDIT) == 0;
}

/* CGST rule 46A: taxed and exempt services to a person without registration may stand on one paper
 * under this name. Without a tax number nobody writes tax invoices. */
const char *
mh_invoice_title (MhRecord *invoice)
{
  const char *kind = mh_record_text (invoice, MH_INVOICE_KIND);
  if (mh_invoice_is_credit (invoice))
    return NS_ ("Credit note");
  if (g_strcmp0 (kind, MH_INVOICE_KIND_DEBIT) == 0)
    return NS_ ("Debit note");
  if (g_strcmp0 (kind, MH_INVOICE_KIND_BILL) == 0)
    return NS_ ("Bill of supply");
  if (mh_record_int (invoice, MH_INVOICE_EXEMPT) > 0)
    return NS_ ("Invoice-cum-bill of supply");
  return mh_record_has (invoice, MH_INVOICE_GSTIN) ? NS_ ("Tax invoice") : NS_ ("Invoice");
}

static const char *
report_money_label_in (const MhCode *codes, const char *code)
{
  for (; codes->code != NULL; codes++)
    if (strcmp (codes->code, code) == 0)
      return codes->label;
  return NULL;
}

char *
mh_invoice_reason (MhRecord *invoice, const MhWords *words)
{
  const char *code = mh_record_text (invoice, MH_INVOICE_REASON);
  const char *note = mh_record_text (invoice, MH_INVOICE_NOTE);
  if (code == NULL)
    return g_strdup (note);
  const char *label = report_money_label_in (mh_refund_reason_codes, code);
  if (label == NULL)
    label = report_money_label_in (mh_debit_reason_codes, code);
  const char *said = mh_words (words, label != NULL ? label : code);
  return note != NULL ? g_strdup_printf ("%s: %s", said, note) : g_strdup (said);
}

const char *
mh_money_tax_name (MhRecord *tax, const MhWords *words)
{
  /* a rule names its tax; this is the name that most give it */
  static const char *const usual[] = { NS_ ("Tax"), NS_ ("GST") };
  return mh_words (words, mh_record_text (tax, MH_TAX_LINE_NAME) ?: usual[0]);
}

char *
mh_money_day (MhRecord *record, guint field, const MhWords *words)
{
  MhDate day;
  const char *text = mh_record_text (record, field);
  return text != NULL && mh_date_parse (text, &day) ? mh_words_day (words, day) : NULL;
}

gboolean
mh_invoice_splits_tax (MhRecord *invoice)
{
  GPtrArray *taxes = mh_record_records (invoice, MH_INVOICE_TAXES);
  gboolean rated = FALSE;
  for (guint i = 0; taxes != NULL && i < taxes->len; i++)
    rated = rated || mh_record_int (g_ptr_array_index (taxes, i), MH_TAX_LINE_RATE) > 0;
  return rated && mh_record_has (invoice, MH_INVOICE_GSTIN);
}

gboolean
mh_payment_is_refund (MhRecord *payment)
{
  return mh_record_has (payment, MH_PAYMENT_REFUND_OF);
}

gboolean
mh_payment_counts (MhRecord *payment)
{
  static const char *const moved[]
      = { MH_PAYMENT_STATUS_CAPTURED,  MH_PAYMENT_STATUS_PART_REFUNDED, MH_PAYMENT_STATUS_REFUNDED,
          MH_PAYMENT_STATUS_PROCESSED, MH_PAYMENT_STATUS_CLAIMED,       NULL };
  const char *status = mh_record_text (payment, MH_PAYMENT_STATUS);
  return status != NULL && g_strv_contains (moved, status);
}
