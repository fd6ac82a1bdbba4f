/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What a patient is billed with (rules.md 11). A document is stored when it is final and never
 * changes afterwards: what was too much is taken back by a credit note, what was too little is
 * added by a debit note, both naming the document that they belong to. Until then the order's own
 * totals (order.quote) are the draft. Amounts are in the currency's minor unit and never negative;
 * the kind of the document tells which way they count.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_INVOICE_KIND_INVOICE "invoice"
#define MH_INVOICE_KIND_BILL "bill_of_supply" /* nothing on it bears a tax */
#define MH_INVOICE_KIND_CREDIT "credit_note"
#define MH_INVOICE_KIND_DEBIT "debit_note"
extern const MhCode mh_invoice_kind_codes[];

/* What became of an invoice or bill, from the notes that cite it. */
#define MH_INVOICE_STATE_FINAL "final"
#define MH_INVOICE_STATE_PART_CREDITED "part_credited"
#define MH_INVOICE_STATE_CREDITED "credited"
extern const MhCode mh_invoice_state_codes[];

#define MH_DEBIT_REASON_UNDERCHARGED "undercharged"
#define MH_DEBIT_REASON_MISSED_SERVICE "missed_service"
#define MH_DEBIT_REASON_WRONG_PRICE_LIST "wrong_price_list"
#define MH_DEBIT_REASON_WRONG_DISCOUNT "wrong_discount"
#define MH_DEBIT_REASON_ADDED_TEST "added_test"
#define MH_DEBIT_REASON_OTHER "other"
extern const MhCode mh_debit_reason_codes[];

#define MH_INVOICE_PAPER_A4 "a4"
#define MH_INVOICE_PAPER_ROLL "80mm"
extern const MhCode mh_invoice_paper_codes[];

/* CGST rule 46(b). */
#define MH_INVOICE_NUMBER_MAX 16

enum
{
  MH_INVOICE_HOSPITAL_ID = MH_N_COMMON,
  MH_INVOICE_KIND,
  MH_INVOICE_STATE,
  MH_INVOICE_NUMBER,
  MH_INVOICE_FINANCIAL_YEAR,
  MH_INVOICE_ISSUED_ON,
  MH_INVOICE_ISSUED_AT,
  MH_INVOICE_ISSUED_BY,
  MH_INVOICE_ISSUED_NAME,
  MH_INVOICE_ORDER_ID,
  MH_INVOICE_ORDER_NUMBER,
  MH_INVOICE_PATIENT_ID,
  MH_INVOICE_PATIENT_NAME,
  MH_INVOICE_PATIENT_MRN,
  MH_INVOICE_PATIENT_PHONE,
  MH_INVOICE_PATIENT_ADDRESS,
  MH_INVOICE_PAYER,
  MH_INVOICE_PRICE_LIST,
  MH_INVOICE_CITES,
  MH_INVOICE_CITES_NUMBER,
  MH_INVOICE_CITES_ON,
  MH_INVOICE_REFUND_ID,
  MH_INVOICE_REASON,
  MH_INVOICE_NOTE,
  MH_INVOICE_SELLER_NAME,
  MH_INVOICE_SELLER_ADDRESS,
  MH_INVOICE_GSTIN,
  MH_INVOICE_PLACE_OF_SUPPLY,
  MH_INVOICE_CURRENCY,
  MH_INVOICE_SUBTOTAL,
  MH_INVOICE_DISCOUNT,
  MH_INVOICE_DISCOUNT_REASON,
  MH_INVOICE_TAXABLE,
  MH_INVOICE_EXEMPT,
  MH_INVOICE_TAX,
  MH_INVOICE_TAX_INCLUDED,
  MH_INVOICE_ROUND_OFF,
  MH_INVOICE_TOTAL,
  MH_INVOICE_AMOUNT_IN_WORDS,
  MH_INVOICE_HASH,
  MH_INVOICE_LINES,
  MH_INVOICE_TAXES,
  MH_INVOICE_NOTES,
  MH_INVOICE_CREDITED,
  MH_INVOICE_DEBITED,
  MH_INVOICE_COPIES,
  MH_INVOICE_SEARCH_TEXT,
  MH_INVOICE_N_FIELDS,
};

enum
{
  MH_INVOICE_LINE_INVOICE_ID = MH_N_COMMON,
  MH_INVOICE_LINE_ITEM_ID,
  MH_INVOICE_LINE_CREDITS,
  MH_INVOICE_LINE_CODE,
  MH_INVOICE_LINE_PANEL,
  MH_INVOICE_LINE_DESCRIPTION,
  MH_INVOICE_LINE_HSN_SAC,
  MH_INVOICE_LINE_QUANTITY,
  MH_INVOICE_LINE_PRICE,
  MH_INVOICE_LINE_DISCOUNT,
  MH_INVOICE_LINE_TAXABLE,
  MH_INVOICE_LINE_TAX_RULE,
  MH_INVOICE_LINE_TAX_NAME,
  MH_INVOICE_LINE_TAX_RATE,
  MH_INVOICE_LINE_TAX_INCLUSIVE,
  MH_INVOICE_LINE_TAX_EXEMPT,
  MH_INVOICE_LINE_TAX,
  MH_INVOICE_LINE_AMOUNT,
  MH_INVOICE_LINE_SORT_ORDER,
  MH_INVOICE_LINE_N_FIELDS,
};

/* The tax of one rule over all its lines; worked out, not stored. */
enum
{
  MH_TAX_LINE_CODE,
  MH_TAX_LINE_NAME,
  MH_TAX_LINE_RATE,
  MH_TAX_LINE_INCLUSIVE,
  MH_TAX_LINE_EXEMPT,
  MH_TAX_LINE_TAXABLE,
  MH_TAX_LINE_TAX,
  MH_TAX_LINE_N_FIELDS,
};

/* A paper made for keeps: from the second on it says DUPLICATE. */
enum
{
  MH_INVOICE_PRINT_INVOICE_ID = MH_N_COMMON,
  MH_INVOICE_PRINT_PAPER,
  MH_INVOICE_PRINT_BY_ID,
  MH_INVOICE_PRINT_BY_NAME,
  MH_INVOICE_PRINT_AT,
  MH_INVOICE_PRINT_N_FIELDS,
};

/* What was charged too little, as it is sent. */
enum
{
  MH_DEBIT_LINE_CODE,
  MH_DEBIT_LINE_DESCRIPTION,
  MH_DEBIT_LINE_QUANTITY,
  MH_DEBIT_LINE_PRICE,
  MH_DEBIT_LINE_N_FIELDS,
};

enum
{
  MH_DEBIT_REQUEST_ID,
  MH_DEBIT_REQUEST_REASON,
  MH_DEBIT_REQUEST_NOTE,
  MH_DEBIT_REQUEST_LINES,
  MH_DEBIT_REQUEST_N_FIELDS,
};

G_END_DECLS
