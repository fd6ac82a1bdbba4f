/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/money/mh-invoice.h"

#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"
#include "shared/records/money/mh-payment.h"

#include <string.h>

/* clang-format off */
const MhCode mh_invoice_kind_codes[] = {
  { MH_INVOICE_KIND_INVOICE, NS_("Tax invoice") },
  { MH_INVOICE_KIND_BILL, NS_("Bill of supply") },
  { MH_INVOICE_KIND_CREDIT, NS_("Credit note") },
  { MH_INVOICE_KIND_DEBIT, NS_("Debit note") },
  { NULL },
};

const MhCode mh_invoice_state_codes[] = {
  { MH_INVOICE_STATE_FINAL, NS_("Final") },
  { MH_INVOICE_STATE_PART_CREDITED, N_("Credited in part") },
  { MH_INVOICE_STATE_CREDITED, N_("Credited") },
  { NULL },
};

const MhCode mh_debit_reason_codes[] = {
  { MH_DEBIT_REASON_UNDERCHARGED, NS_("Charged too little") },
  { MH_DEBIT_REASON_MISSED_SERVICE, NS_("A service was left out") },
  { MH_DEBIT_REASON_WRONG_PRICE_LIST, NS_("Wrong price list") },
  { MH_DEBIT_REASON_WRONG_DISCOUNT, NS_("Wrong discount") },
  { MH_DEBIT_REASON_ADDED_TEST, N_("A test was added by a rule") },
  { MH_DEBIT_REASON_OTHER, NS_("Other") },
  { NULL },
};

const MhCode mh_invoice_paper_codes[] = {
  { MH_INVOICE_PAPER_A4, N_("A4") },
  { MH_INVOICE_PAPER_ROLL, N_("80 mm roll") },
  { NULL },
};

static const MhField invoice_fields[] = {
  MH_COMMON_FIELDS,
  [MH_INVOICE_HOSPITAL_ID]     = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_INVOICE_KIND]            = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_invoice_kind_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_INVOICE_STATE]           = { "state", MH_KIND_ENUM, .label = N_("State"), .codes = mh_invoice_state_codes, .flags = MH_SERVER_SET | MH_VIRTUAL },
  [MH_INVOICE_NUMBER]          = { "number", MH_KIND_TEXT, .label = N_("Number"), .flags = MH_SERVER_SET | MH_SORT | MH_BRIEF | MH_SEARCH, .max = MH_INVOICE_NUMBER_MAX },
  [MH_INVOICE_FINANCIAL_YEAR]  = { "financial_year", MH_KIND_TEXT, .label = N_("Financial year"), .flags = MH_SERVER_SET, .max = 7 },
  [MH_INVOICE_ISSUED_ON]       = { "issued_on", MH_KIND_DATE, .label = N_("Date"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_INVOICE_ISSUED_AT]       = { "issued_at", MH_KIND_INSTANT, .label = N_("Issued"), .flags = MH_SERVER_SET | MH_SORT },
  [MH_INVOICE_ISSUED_BY]       = { "issued_by", MH_KIND_REF, .label = N_("Issued by"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_INVOICE_ISSUED_NAME]     = { "issued_name", MH_KIND_TEXT, .label = N_("Issued by, name"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_INVOICE_ORDER_ID]        = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_INVOICE_ORDER_NUMBER]    = { "order_number", MH_KIND_TEXT, .label = N_("Order number"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 24 },
  [MH_INVOICE_PATIENT_ID]      = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_INVOICE_PATIENT_NAME]    = { "patient_name", MH_KIND_TEXT, .label = N_("Patient's name"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_BRIEF, .max = 250 },
  [MH_INVOICE_PATIENT_MRN]     = { "patient_mrn", MH_KIND_TEXT, .label = N_("Patient's MRN"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 24 },
  [MH_INVOICE_PATIENT_PHONE]   = { "patient_phone", MH_KIND_TEXT, .label = N_("Patient's phone"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 40 },
  [MH_INVOICE_PATIENT_ADDRESS] = { "patient_address", MH_KIND_TEXT, .label = N_("Patient's address"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 700 },
  [MH_INVOICE_PAYER]           = { "payer", MH_KIND_TEXT, .label = N_("Payer"), .flags = MH_SERVER_SET, .max = 120,
    .help = N_("Insurer or company that pays; empty: the patient") },
  [MH_INVOICE_PRICE_LIST]      = { "price_list", MH_KIND_TEXT, .label = N_("Price list"), .flags = MH_SERVER_SET, .max = 40 },
  [MH_INVOICE_CITES]           = { "cites", MH_KIND_REF, .label = N_("Belongs to"), .target = &mh_invoice_type, .flags = MH_SERVER_SET | MH_INDEX,
    .help = N_("Of a note: the invoice or bill that it changes") },
  [MH_INVOICE_CITES_NUMBER]    = { "cites_number", MH_KIND_TEXT, .label = N_("Number of the invoice"), .flags = MH_SERVER_SET, .max = MH_INVOICE_NUMBER_MAX },
  [MH_INVOICE_CITES_ON]        = { "cites_on", MH_KIND_DATE, .label = N_("Date of the invoice"), .flags = MH_SERVER_SET },
  [MH_INVOICE_REFUND_ID]       = { "refund_id", MH_KIND_TEXT, .label = N_("Refund"), .flags = MH_SERVER_SET | MH_UNIQUE, .max = 36,
    .help = N_("Of a credit note: the payment that gave the money back") },
  [MH_INVOICE_REASON]          = { "reason", MH_KIND_TEXT, .label = N_("Reason"), .flags = MH_SERVER_SET, .max = 40,
    .help = N_("Code of why there is a note") },
  [MH_INVOICE_NOTE]            = { "note", MH_KIND_TEXT, .label = N_("Note"), .flags = MH_SERVER_SET, .max = 400 },
  [MH_INVOICE_SELLER_NAME]     = { "seller_name", MH_KIND_TEXT, .label = N_("Hospital's name"), .flags = MH_SERVER_SET, .max = 160 },
  [MH_INVOICE_SELLER_ADDRESS]  = { "seller_address", MH_KIND_TEXT, .label = N_("Hospital's address"), .flags = MH_SERVER_SET, .max = 800 },
  [MH_INVOICE_GSTIN]           = { "gstin", MH_KIND_TEXT, .label = N_("GSTIN"), .flags = MH_SERVER_SET, .max = 30 },
  [MH_INVOICE_PLACE_OF_SUPPLY] = { "place_of_supply", MH_KIND_TEXT, .label = N_("Place of supply"), .flags = MH_SERVER_SET, .max = 100 },
  [MH_INVOICE_CURRENCY]        = { "currency", MH_KIND_TEXT, .label = N_("Currency"), .flags = MH_SERVER_SET, .format = "currency", .max = 3 },
  [MH_INVOICE_SUBTOTAL]        = { "subtotal", MH_KIND_MONEY, .label = N_("Subtotal"), .flags = MH_SERVER_SET,
    .help = N_("Prices before discounts") },
  [MH_INVOICE_DISCOUNT]        = { "discount", MH_KIND_MONEY, .label = N_("Discount"), .flags = MH_SERVER_SET },
  [MH_INVOICE_DISCOUNT_REASON] = { "discount_reason", MH_KIND_TEXT, .label = N_("Reason of the discount"), .flags = MH_SERVER_SET, .max = 200 },
  [MH_INVOICE_TAXABLE]         = { "taxable", MH_KIND_MONEY, .label = N_("Taxable value"), .flags = MH_SERVER_SET },
  [MH_INVOICE_EXEMPT]          = { "exempt", MH_KIND_MONEY, .label = N_("Exempt value"), .flags = MH_SERVER_SET },
  [MH_INVOICE_TAX]             = { "tax", MH_KIND_MONEY, .label = N_("Tax"), .flags = MH_SERVER_SET },
  [MH_INVOICE_TAX_INCLUDED]    = { "tax_included", MH_KIND_MONEY, .label = N_("Tax within the prices"), .flags = MH_SERVER_SET,
    .help = N_("The part of the tax that the prices contain already") },
  [MH_INVOICE_ROUND_OFF]       = { "round_off", MH_KIND_MONEY, .label = N_("Round-off"), .flags = MH_SERVER_SET },
  [MH_INVOICE_TOTAL]           = { "total", MH_KIND_MONEY, .label = N_("Total"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_INVOICE_AMOUNT_IN_WORDS] = { "amount_in_words", MH_KIND_TEXT, .label = N_("Amount in words"), .flags = MH_SERVER_SET, .max = 250 },
  [MH_INVOICE_HASH]            = { "hash", MH_KIND_TEXT, .label = N_("Content hash"), .flags = MH_SERVER_SET, .max = 64 },
  [MH_INVOICE_LINES]           = { "lines", MH_KIND_RECORDS, .label = N_("Lines"), .target = &mh_invoice_line_type, .flags = MH_SERVER_SET | MH_VIRTUAL, .max = 200 },
  [MH_INVOICE_TAXES]           = { "taxes", MH_KIND_RECORDS, .label = N_("Taxes"), .target = &mh_tax_line_type, .flags = MH_SERVER_SET | MH_VIRTUAL, .max = 50 },
  [MH_INVOICE_NOTES]           = { "notes", MH_KIND_RECORDS, .label = N_("Credit and debit notes"), .target = &mh_invoice_type, .flags = MH_SERVER_SET | MH_VIRTUAL, .max = 200 },
  [MH_INVOICE_CREDITED]        = { "credited", MH_KIND_MONEY, .label = N_("Credited"), .flags = MH_SERVER_SET | MH_VIRTUAL },
  [MH_INVOICE_DEBITED]         = { "debited", MH_KIND_MONEY, .label = N_("Charged later"), .flags = MH_SERVER_SET | MH_VIRTUAL },
  [MH_INVOICE_COPIES]          = { "copies", MH_KIND_INT, .label = N_("Printed copies"), .flags = MH_SERVER_SET | MH_VIRTUAL,
    .help = N_("From the second on a print says DUPLICATE") },
  [MH_INVOICE_SEARCH_TEXT]     = { "search_text", MH_KIND_TEXT, .label = N_("Search text"), .flags = MH_SECRET | MH_SERVER_SET | MH_NO_FORM, .max = 600 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (invoice_fields) == MH_INVOICE_N_FIELDS);

static const MhField invoice_line_fields[] = {
  MH_COMMON_FIELDS,
  [MH_INVOICE_LINE_INVOICE_ID]    = { "invoice_id", MH_KIND_REF, .label = N_("Invoice"), .target = &mh_invoice_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_INVOICE_LINE_ITEM_ID]       = { "item_id", MH_KIND_REF, .label = N_("Ordered test"), .target = &mh_order_item_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_INVOICE_LINE_CREDITS]       = { "credits", MH_KIND_REF, .label = N_("Credited line"), .target = &mh_invoice_line_type, .flags = MH_SERVER_SET | MH_NO_FORM,
    .help = N_("Of a credit note: the line that is taken back, wholly or in part") },
  [MH_INVOICE_LINE_CODE]          = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 20 },
  [MH_INVOICE_LINE_PANEL]         = { "panel", MH_KIND_TEXT, .label = N_("Panel"), .flags = MH_SERVER_SET, .max = 20 },
  [MH_INVOICE_LINE_DESCRIPTION]   = { "description", MH_KIND_TEXT, .label = N_("Description"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 200 },
  [MH_INVOICE_LINE_HSN_SAC]       = { "hsn_sac", MH_KIND_TEXT, .label = N_("HSN or SAC"), .flags = MH_SERVER_SET, .max = 8 },
  [MH_INVOICE_LINE_QUANTITY]      = { "quantity", MH_KIND_INT, .label = N_("Quantity"), .flags = MH_SERVER_SET },
  [MH_INVOICE_LINE_PRICE]         = { "price", MH_KIND_MONEY, .label = N_("Price"), .flags = MH_SERVER_SET | MH_BRIEF,
    .help = N_("Of one") },
  [MH_INVOICE_LINE_DISCOUNT]      = { "discount", MH_KIND_MONEY, .label = N_("Discount"), .flags = MH_SERVER_SET },
  [MH_INVOICE_LINE_TAXABLE]       = { "taxable", MH_KIND_MONEY, .label = N_("Taxable value"), .flags = MH_SERVER_SET },
  [MH_INVOICE_LINE_TAX_RULE]      = { "tax_rule", MH_KIND_TEXT, .label = N_("Tax rule"), .flags = MH_SERVER_SET, .max = 20 },
  [MH_INVOICE_LINE_TAX_NAME]      = { "tax_name", MH_KIND_TEXT, .label = N_("Name of the tax"), .flags = MH_SERVER_SET, .max = 80 },
  [MH_INVOICE_LINE_TAX_RATE]      = { "tax_rate", MH_KIND_INT, .label = N_("Rate"), .unit = "%", .format = "rate", .flags = MH_SERVER_SET,
    .help = N_("Empty: an amount for the whole order") },
  [MH_INVOICE_LINE_TAX_INCLUSIVE] = { "tax_inclusive", MH_KIND_BOOL, .label = N_("The price contains the tax"), .flags = MH_SERVER_SET },
  [MH_INVOICE_LINE_TAX_EXEMPT]    = { "tax_exempt", MH_KIND_BOOL, .label = N_("Exempt from tax"), .flags = MH_SERVER_SET },
  [MH_INVOICE_LINE_TAX]           = { "tax", MH_KIND_MONEY, .label = N_("Tax"), .flags = MH_SERVER_SET },
  [MH_INVOICE_LINE_AMOUNT]        = { "amount", MH_KIND_MONEY, .label = N_("Amount"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_INVOICE_LINE_SORT_ORDER]    = { "sort_order", MH_KIND_INT, .label = N_("Position"), .flags = MH_SERVER_SET },
};
G_STATIC_ASSERT (G_N_ELEMENTS (invoice_line_fields) == MH_INVOICE_LINE_N_FIELDS);

static const MhField tax_line_fields[] = {
  [MH_TAX_LINE_CODE]      = { "code", MH_KIND_TEXT, .label = N_("Tax rule"), .max = 20 },
  [MH_TAX_LINE_NAME]      = { "name", MH_KIND_TEXT, .label = N_("Name"), .max = 80 },
  [MH_TAX_LINE_RATE]      = { "rate", MH_KIND_INT, .label = N_("Rate"), .unit = "%", .format = "rate",
    .help = N_("Empty: an amount for the whole order") },
  [MH_TAX_LINE_INCLUSIVE] = { "inclusive", MH_KIND_BOOL, .label = N_("Prices contain the tax") },
  [MH_TAX_LINE_EXEMPT]    = { "exempt", MH_KIND_BOOL, .label = N_("Exempt") },
  [MH_TAX_LINE_TAXABLE]   = { "taxable", MH_KIND_MONEY, .label = N_("Taxable value") },
  [MH_TAX_LINE_TAX]       = { "tax", MH_KIND_MONEY, .label = N_("Tax") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (tax_line_fields) == MH_TAX_LINE_N_FIELDS);

static const MhField invoice_print_fields[] = {
  MH_COMMON_FIELDS,
  [MH_INVOICE_PRINT_INVOICE_ID] = { "invoice_id", MH_KIND_REF, .label = N_("Invoice"), .target = &mh_invoice_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_INVOICE_PRINT_PAPER]      = { "paper", MH_KIND_ENUM, .label = N_("Paper"), .codes = mh_invoice_paper_codes, .flags = MH_SERVER_SET },
  [MH_INVOICE_PRINT_BY_ID]      = { "by_id", MH_KIND_REF, .label = N_("Printed by"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_INVOICE_PRINT_BY_NAME]    = { "by_name", MH_KIND_TEXT, .label = N_("Printed by, name"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_INVOICE_PRINT_AT]         = { "at", MH_KIND_INSTANT, .label = N_("Printed"), .flags = MH_SERVER_SET },
};
G_STATIC_ASSERT (G_N_ELEMENTS (invoice_print_fields) == MH_INVOICE_PRINT_N_FIELDS);

static const MhField debit_line_fields[] = {
  [MH_DEBIT_LINE_CODE]        = { "code", MH_KIND_TEXT, .label = N_("Test or panel"), .format = "code", .max = 20,
    .help = N_("Test or panel that decides the tax; empty: a laboratory service") },
  [MH_DEBIT_LINE_DESCRIPTION] = { "description", MH_KIND_TEXT, .label = N_("Description"), .flags = MH_REQUIRED, .max = 200 },
  [MH_DEBIT_LINE_QUANTITY]    = { "quantity", MH_KIND_INT, .label = N_("Quantity"), .at_least = 1, .at_most = 1000 },
  [MH_DEBIT_LINE_PRICE]       = { "price", MH_KIND_MONEY, .label = N_("Price"), .flags = MH_REQUIRED, .at_least = 1, .at_most = MH_MOST_MONEY,
    .help = N_("Of one") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (debit_line_fields) == MH_DEBIT_LINE_N_FIELDS);

static const MhField debit_request_fields[] = {
  [MH_DEBIT_REQUEST_ID]     = { "id", MH_KIND_TEXT, .label = N_("Id"), .format = "uuid", .max = 36 },
  [MH_DEBIT_REQUEST_REASON] = { "reason", MH_KIND_ENUM, .label = N_("Reason"), .codes = mh_debit_reason_codes, .flags = MH_REQUIRED },
  [MH_DEBIT_REQUEST_NOTE]   = { "note", MH_KIND_TEXT, .label = N_("Note"), .max = 400 },
  [MH_DEBIT_REQUEST_LINES]  = { "lines", MH_KIND_RECORDS, .label = N_("Lines"), .target = &mh_debit_line_type, .flags = MH_REQUIRED | MH_VIRTUAL, .max = 100 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (debit_request_fields) == MH_DEBIT_REQUEST_N_FIELDS);

/* clang-format on */

static void
debit_request_check (MhRecord *request, MhIssues *issues)
{
  const char *reason = mh_record_text (request, MH_DEBIT_REQUEST_REASON);

  if (reason != NULL && strcmp (reason, MH_DEBIT_REASON_OTHER) == 0
      && !mh_record_has (request, MH_DEBIT_REQUEST_NOTE))
    mh_issues_add (issues, "note", "required", "Say in a few words what the reason is");
}

/* clang-format off */
const MhRecordType mh_invoice_type = {
  .name = "MhInvoice", .code = "invoice", .table = "invoice", .path = "/invoices",
  .label = NS_("Invoice"), .fields = invoice_fields, .n_fields = G_N_ELEMENTS (invoice_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_PATIENT | MH_TYPE_APPEND,
  .hospital = MH_INVOICE_HOSPITAL_ID, .patient = MH_INVOICE_PATIENT_ID, .order = MH_INVOICE_ORDER_ID,
};

const MhRecordType mh_invoice_line_type = {
  .name = "MhInvoiceLine", .code = "invoice_line", .table = "invoice_line",
  .label = NS_("Line of an invoice"), .fields = invoice_line_fields, .n_fields = G_N_ELEMENTS (invoice_line_fields),
  .flags = MH_TYPE_PART | MH_TYPE_PATIENT | MH_TYPE_APPEND,
  .key = MH_INVOICE_LINE_CODE,
};

const MhRecordType mh_tax_line_type = {
  .name = "MhTaxLine", .code = "tax_line",
  .label = NS_("Tax"), .fields = tax_line_fields, .n_fields = G_N_ELEMENTS (tax_line_fields),
  .key = MH_TAX_LINE_CODE,
};

const MhRecordType mh_invoice_print_type = {
  .name = "MhInvoicePrint", .code = "invoice_print", .table = "invoice_print",
  .label = N_("Print of an invoice"), .fields = invoice_print_fields, .n_fields = G_N_ELEMENTS (invoice_print_fields),
  .flags = MH_TYPE_PART | MH_TYPE_APPEND,
};

const MhRecordType mh_debit_line_type = {
  .name = "MhDebitLine", .code = "debit_line",
  .label = N_("Line of a debit note"), .fields = debit_line_fields, .n_fields = G_N_ELEMENTS (debit_line_fields),
  .key = MH_DEBIT_LINE_CODE,
};

const MhRecordType mh_debit_request_type = {
  .name = "MhDebitRequest", .code = "debit_request",
  .label = NS_("Debit note"), .fields = debit_request_fields, .n_fields = G_N_ELEMENTS (debit_request_fields),
  .check = debit_request_check,
};
/* clang-format on */
