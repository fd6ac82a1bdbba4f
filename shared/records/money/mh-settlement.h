/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What a provider says it has paid out: a settlement of the gateway, or the slips that a card
 * terminal sent to its bank, line by line; and how that compares with the hospital's payments.
 * Amounts are in the currency's minor unit.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_SETTLEMENT_RAZORPAY "razorpay"
#define MH_SETTLEMENT_CARD "card"
extern const MhCode mh_settlement_provider_codes[];

#define MH_SETTLEMENT_PAYMENT "payment"
#define MH_SETTLEMENT_REFUND "refund"
#define MH_SETTLEMENT_ADJUSTMENT "adjustment"
extern const MhCode mh_settlement_kind_codes[];

/* Theirs, not ours. */
#define MH_DIFFERENCE_UNKNOWN "unknown"
#define MH_DIFFERENCE_REFUND_UNKNOWN "refund_unknown"
#define MH_DIFFERENCE_AMOUNT "amount_differs"
#define MH_DIFFERENCE_DUPLICATE "duplicate_line"
/* Ours, not theirs: no line has named the payment within MH_SETTLEMENT_PATIENCE. */
#define MH_DIFFERENCE_NOT_SETTLED "not_settled"
extern const MhCode mh_difference_codes[];

/* How long a provider may take before a payment counts as not settled. */
#define MH_SETTLEMENT_PATIENCE (3 * 24 * 3600 * MH_SECOND)
#define MH_SETTLEMENT_MOST_LINES 2000

enum
{
  MH_SETTLEMENT_HOSPITAL_ID = MH_N_COMMON,
  MH_SETTLEMENT_PROVIDER,
  MH_SETTLEMENT_REFERENCE,
  MH_SETTLEMENT_SETTLED_ON,
  MH_SETTLEMENT_CURRENCY,
  MH_SETTLEMENT_GROSS,
  MH_SETTLEMENT_FEE,
  MH_SETTLEMENT_TAX,
  MH_SETTLEMENT_NET,
  MH_SETTLEMENT_N_LINES,
  MH_SETTLEMENT_N_MATCHED,
  MH_SETTLEMENT_N_DIFFERENCES,
  MH_SETTLEMENT_IMPORTED_BY,
  MH_SETTLEMENT_IMPORTED_NAME,
  MH_SETTLEMENT_IMPORTED_AT,
  MH_SETTLEMENT_LINES,
  MH_SETTLEMENT_N_FIELDS,
};

/* A payment adds its amount, a refund takes it off, an adjustment has its own sign; fee and tax
 * are taken off, whatever the kind. */
enum
{
  MH_SETTLEMENT_LINE_SETTLEMENT_ID = MH_N_COMMON,
  MH_SETTLEMENT_LINE_LINE_NO,
  MH_SETTLEMENT_LINE_KIND,
  MH_SETTLEMENT_LINE_REFERENCE,
  MH_SETTLEMENT_LINE_AMOUNT,
  MH_SETTLEMENT_LINE_FEE,
  MH_SETTLEMENT_LINE_TAX,
  MH_SETTLEMENT_LINE_AT,
  MH_SETTLEMENT_LINE_PAYMENT_ID,
  MH_SETTLEMENT_LINE_OURS,
  MH_SETTLEMENT_LINE_DIFFERENCE,
  MH_SETTLEMENT_LINE_N_FIELDS,
};

/* One thing that does not agree. */
enum
{
  MH_DIFFERENCE_DIFFERENCE,
  MH_DIFFERENCE_PROVIDER,
  MH_DIFFERENCE_SETTLEMENT_ID,
  MH_DIFFERENCE_SETTLEMENT,
  MH_DIFFERENCE_LINE_NO,
  MH_DIFFERENCE_KIND,
  MH_DIFFERENCE_REFERENCE,
  MH_DIFFERENCE_THEIRS,
  MH_DIFFERENCE_OURS,
  MH_DIFFERENCE_AT,
  MH_DIFFERENCE_PAYMENT_ID,
  MH_DIFFERENCE_ORDER_NUMBER,
  MH_DIFFERENCE_N_FIELDS,
};

enum
{
  MH_RECONCILIATION_FROM,
  MH_RECONCILIATION_TO,
  MH_RECONCILIATION_PROVIDER,
  MH_RECONCILIATION_CURRENCY,
  MH_RECONCILIATION_N_MATCHED,
  MH_RECONCILIATION_MATCHED_SUM,
  MH_RECONCILIATION_N_DIFFERENCES,
  MH_RECONCILIATION_MORE,
  MH_RECONCILIATION_DIFFERENCES,
  MH_RECONCILIATION_N_FIELDS,
};

/* A provider's list as the file that it gave. */
enum
{
  MH_SETTLEMENT_UPLOAD_PROVIDER,
  MH_SETTLEMENT_UPLOAD_REFERENCE,
  MH_SETTLEMENT_UPLOAD_SETTLED_ON,
  MH_SETTLEMENT_UPLOAD_TEXT,
  MH_SETTLEMENT_UPLOAD_N_FIELDS,
};

/* +amount, −amount or the adjustment's own. */
gint64 mh_settlement_line_worth (MhRecord *line);

G_END_DECLS
