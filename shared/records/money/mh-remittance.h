/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What insurers owe and pay. A claim is a payment by insurance; what of it is still owed is amount
 * − refunded − pending − settled − denied. A remittance is one transfer of an insurer, or one
 * letter that refuses: its lines say what is paid of which claims, and what becomes of the rest.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

/* What becomes of the part of a claim that the insurer will not pay. */
#define MH_DENIED_PATIENT "patient"
#define MH_DENIED_WRITE_OFF "write_off"
extern const MhCode mh_denied_codes[];

#define MH_REMITTANCE_MOST_LINES 500

enum
{
  MH_REMITTANCE_HOSPITAL_ID = MH_N_COMMON,
  MH_REMITTANCE_PAYER,
  MH_REMITTANCE_REFERENCE,
  MH_REMITTANCE_REFERENCE_KEY,
  MH_REMITTANCE_PAID_ON,
  MH_REMITTANCE_AMOUNT,
  MH_REMITTANCE_DENIED,
  MH_REMITTANCE_CURRENCY,
  MH_REMITTANCE_NOTE,
  MH_REMITTANCE_RECORDED_BY,
  MH_REMITTANCE_RECORDED_NAME,
  MH_REMITTANCE_RECORDED_AT,
  MH_REMITTANCE_LINES,
  MH_REMITTANCE_N_FIELDS,
};

enum
{
  MH_REMITTANCE_LINE_REMITTANCE_ID = MH_N_COMMON,
  MH_REMITTANCE_LINE_LINE_NO,
  MH_REMITTANCE_LINE_PAYMENT_ID,
  MH_REMITTANCE_LINE_PAID,
  MH_REMITTANCE_LINE_DENIED,
  MH_REMITTANCE_LINE_OUTCOME,
  MH_REMITTANCE_LINE_REASON,
  MH_REMITTANCE_LINE_N_FIELDS,
};

/* One insurer as the books have it; worked out, stored nowhere. */
enum
{
  MH_PAYER_NAME,
  MH_PAYER_N_CLAIMS,
  MH_PAYER_OWED,
  MH_PAYER_CURRENCY,
  MH_PAYER_OLDEST_AT,
  MH_PAYER_N_FIELDS,
};

/* What the insurer still owes of a payment; 0 for any other. */
gint64 mh_claim_owed (MhRecord *payment);

G_END_DECLS
