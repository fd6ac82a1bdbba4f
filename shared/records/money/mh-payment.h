/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Money taken and given back. Amounts are in the currency's minor unit.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_PAYMENT_STATUS_CREATED "created"
#define MH_PAYMENT_STATUS_AUTHORIZED "authorized"
#define MH_PAYMENT_STATUS_CAPTURED "captured"
#define MH_PAYMENT_STATUS_FAILED "failed"
#define MH_PAYMENT_STATUS_PART_REFUNDED "part_refunded"
#define MH_PAYMENT_STATUS_REFUNDED "refunded"
#define MH_PAYMENT_STATUS_CANCELLED "cancelled"
/* A refund, or a payment recorded by hand, that a second person has to agree to. */
#define MH_PAYMENT_STATUS_REQUESTED "requested"
#define MH_PAYMENT_STATUS_REJECTED "rejected"
/* A refund: agreed to and on its way at the gateway; given back. */
#define MH_PAYMENT_STATUS_PENDING "pending"
#define MH_PAYMENT_STATUS_PROCESSED "processed"
/* An insurance's part: owed by the insurer, settled for the laboratory. */
#define MH_PAYMENT_STATUS_CLAIMED "claimed"
extern const MhCode mh_payment_status_codes[];

#define MH_REFUND_REASON_NOT_COLLECTED "not_collected"
#define MH_REFUND_REASON_TEST_CANCELLED "test_cancelled"
#define MH_REFUND_REASON_DUPLICATE_PAYMENT "duplicate_payment"
#define MH_REFUND_REASON_WRONG_ORDER "wrong_order"
#define MH_REFUND_REASON_SAMPLE_FAILED "sample_failed"
#define MH_REFUND_REASON_GOODWILL "goodwill"
/* Set by the server: the gateway took more than was due, or took it too late. */
#define MH_REFUND_REASON_SURPLUS "surplus"
#define MH_REFUND_REASON_LATE_CAPTURE "late_capture"
#define MH_REFUND_REASON_DEPOSIT "deposit_returned"
extern const MhCode mh_refund_reason_codes[];

#define MH_PAYMENT_KIND_PAYMENT "payment"
#define MH_PAYMENT_KIND_DEPOSIT "deposit"
#define MH_PAYMENT_KIND_REFUND "refund"
extern const MhCode mh_payment_kind_codes[];

#define MH_APPROVAL_APPROVE "approve"
#define MH_APPROVAL_REJECT "reject"
extern const MhCode mh_approval_codes[];

enum
{
  MH_PAYMENT_HOSPITAL_ID = MH_N_COMMON,
  MH_PAYMENT_ORDER_ID,
  MH_PAYMENT_METHOD,
  MH_PAYMENT_AMOUNT,
  MH_PAYMENT_CURRENCY,
  MH_PAYMENT_STATUS,
  MH_PAYMENT_REFERENCE,
  MH_PAYMENT_TENDERED,
  MH_PAYMENT_CHANGE_GIVEN,
  MH_PAYMENT_REFUND_OF,
  MH_PAYMENT_REFUND_REASON,
  MH_PAYMENT_REFUNDED,
  MH_PAYMENT_RECEIVED_BY,
  MH_PAYMENT_RECEIVED_NAME,
  MH_PAYMENT_RECEIVED_AT,
  MH_PAYMENT_CASH_SESSION,
  MH_PAYMENT_DEVICE,
  MH_PAYMENT_PROVIDER_ORDER,
  MH_PAYMENT_PROVIDER_PAYMENT,
  MH_PAYMENT_FAILURE,
  MH_PAYMENT_RECEIPT_ID,
  MH_PAYMENT_NOTE,
  MH_PAYMENT_KIND,
  MH_PAYMENT_PATIENT_ID,
  MH_PAYMENT_APPLIED,
  MH_PAYMENT_PENDING,
  MH_PAYMENT_ITEMS,
  MH_PAYMENT_FROM_ADVANCE,
  MH_PAYMENT_VOUCHER,
  MH_PAYMENT_APPROVED_BY,
  MH_PAYMENT_APPROVED_NAME,
  MH_PAYMENT_APPROVED_AT,
  MH_PAYMENT_DECISION_NOTE,
  MH_PAYMENT_PROVIDER_REFUND,
  MH_PAYMENT_FEE,
  MH_PAYMENT_FEE_TAX,
  MH_PAYMENT_REFERENCE_KEY,
  MH_PAYMENT_PAYER,
  MH_PAYMENT_SETTLED,
  MH_PAYMENT_DENIED,
  MH_PAYMENT_ORDER_NUMBER,
  MH_PAYMENT_PATIENT_NAME,
  MH_PAYMENT_PATIENT_MRN,
  MH_PAYMENT_N_FIELDS,
};

enum
{
  MH_RECEIPT_HOSPITAL_ID = MH_N_COMMON,
  MH_RECEIPT_NUMBER,
  MH_RECEIPT_ORDER_ID,
  MH_RECEIPT_PAYMENT_ID,
  MH_RECEIPT_AMOUNT,
  MH_RECEIPT_CURRENCY,
  MH_RECEIPT_ISSUED_AT,
  MH_RECEIPT_ISSUED_BY,
  MH_RECEIPT_ISSUED_NAME,
  MH_RECEIPT_COPIES,
  MH_RECEIPT_N_FIELDS,
};

enum
{
  MH_REFUND_REQUEST_ID,
  MH_REFUND_REQUEST_AMOUNT,
  MH_REFUND_REQUEST_REASON,
  MH_REFUND_REQUEST_NOTE,
  MH_REFUND_REQUEST_ITEMS,
  MH_REFUND_REQUEST_FROM_ADVANCE,
  MH_REFUND_REQUEST_REFERENCE,
  MH_REFUND_REQUEST_N_FIELDS,
};

/* What a second person says to a refund or to a payment recorded by hand. */
enum
{
  MH_APPROVAL_DECISION,
  MH_APPROVAL_NOTE,
  MH_APPROVAL_N_FIELDS,
};

G_END_DECLS
