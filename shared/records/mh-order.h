/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Laboratory orders. The tab of the order board is a stored column because the board filters by it;
 * so are the patient's few fields and the tests' names that a board's row shows.
 */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_ORDER_STATUS_PLACED "placed"
#define MH_ORDER_STATUS_COLLECTED "collected"
#define MH_ORDER_STATUS_PROCESSING "processing"
#define MH_ORDER_STATUS_RESULTED "resulted"
#define MH_ORDER_STATUS_COMPLETED "completed"
#define MH_ORDER_STATUS_CANCELLED "cancelled"
#define MH_ORDER_STATUS_EXPIRED "expired"
extern const MhCode mh_order_status_codes[];

#define MH_ORDER_TAB_PAID "paid"
#define MH_ORDER_TAB_COD "cod"
#define MH_ORDER_TAB_PROCESSING "processing"
#define MH_ORDER_TAB_COMPLETED "completed"
#define MH_ORDER_TAB_FAILED "failed"
extern const MhCode mh_order_tab_codes[];

/* Where the patient is bled. */
#define MH_COLLECT_DESK "desk"
#define MH_COLLECT_WARD "ward"
#define MH_COLLECT_HOME "home"
extern const MhCode mh_collect_place_codes[];

#define MH_PRIORITY_ROUTINE "routine"
#define MH_PRIORITY_URGENT "urgent"
#define MH_PRIORITY_STAT "stat"
extern const MhCode mh_order_priority_codes[];

#define MH_METHOD_CASH "cash"
#define MH_METHOD_UPI "upi"
#define MH_METHOD_CARD "card"
#define MH_METHOD_COD "cod"
#define MH_METHOD_ONLINE "online"
#define MH_METHOD_INSURANCE "insurance"
#define MH_METHOD_DEPOSIT "deposit"
extern const MhCode mh_payment_method_codes[];

/* What an order's payments come to. */
#define MH_PAYMENT_STATE_UNPAID "unpaid"
#define MH_PAYMENT_STATE_PART_PAID "part_paid"
#define MH_PAYMENT_STATE_PAID "paid"
#define MH_PAYMENT_STATE_FAILED "failed"
#define MH_PAYMENT_STATE_PART_REFUNDED "part_refunded"
#define MH_PAYMENT_STATE_REFUNDED "refunded"
extern const MhCode mh_payment_state_codes[];

#define MH_ITEM_STATUS_TO_COLLECT "to_collect"
#define MH_ITEM_STATUS_COLLECTED "collected"
#define MH_ITEM_STATUS_RECEIVED "received"
#define MH_ITEM_STATUS_RESULTED "resulted"
#define MH_ITEM_STATUS_VERIFIED "verified"
#define MH_ITEM_STATUS_CANCELLED "cancelled"
extern const MhCode mh_item_status_codes[];

/* Why a price was lowered. */
#define MH_DISCOUNT_SENIOR "senior_citizen"
#define MH_DISCOUNT_STAFF "staff"
#define MH_DISCOUNT_CHARITY "charity"
#define MH_DISCOUNT_SCHEME "scheme"
#define MH_DISCOUNT_CAMP "camp"
#define MH_DISCOUNT_DOCTOR "doctor"
#define MH_DISCOUNT_COMPLAINT "complaint"
#define MH_DISCOUNT_OTHER "other"
extern const MhCode mh_discount_codes[];

#define MH_RECOVERY_RETRY "retry"
#define MH_RECOVERY_CONVERT_TO_COD "convert_to_cod"
#define MH_RECOVERY_CANCEL "cancel"
extern const MhCode mh_recovery_action_codes[];

enum
{
  MH_ORDER_HOSPITAL_ID = MH_N_COMMON,
  MH_ORDER_NUMBER,
  MH_ORDER_PATIENT_ID,
  MH_ORDER_STATUS,
  MH_ORDER_TAB,
  MH_ORDER_PRIORITY,
  MH_ORDER_PAYMENT_METHOD,
  MH_ORDER_PAYMENT_STATE,
  MH_ORDER_PRESCRIPTION_ID,
  MH_ORDER_DEPARTMENT_ID,
  MH_ORDER_DOCTOR_ID,
  MH_ORDER_DOCTOR_NAME,
  MH_ORDER_CLINICAL_NOTES,
  MH_ORDER_FASTING,
  MH_ORDER_PAYER,
  MH_ORDER_PRICE_LIST,
  MH_ORDER_ITEMS,
  MH_ORDER_SAMPLES,
  MH_ORDER_PAYMENTS,
  MH_ORDER_SUBTOTAL,
  MH_ORDER_DISCOUNT,
  MH_ORDER_DISCOUNT_RATE,
  MH_ORDER_DISCOUNT_CODE,
  MH_ORDER_DISCOUNT_REASON,
  MH_ORDER_LINE_DISCOUNT,
  MH_ORDER_DISCOUNT_BY,
  MH_ORDER_DISCOUNT_BY_NAME,
  MH_ORDER_DISCOUNT_APPROVED_BY,
  MH_ORDER_DISCOUNT_APPROVED_NAME,
  MH_ORDER_TAX,
  MH_ORDER_TAX_INCLUDED,
  MH_ORDER_TAXES,
  MH_ORDER_ROUND_OFF,
  MH_ORDER_DEBITED,
  MH_ORDER_TOTAL,
  MH_ORDER_PAID,
  MH_ORDER_REFUNDED,
  MH_ORDER_DUE,
  MH_ORDER_CURRENCY,
  MH_ORDER_EXPIRES_AT,
  MH_ORDER_PROMISED_AT,
  MH_ORDER_ASSIGNED_TO,
  MH_ORDER_ASSIGNED_NAME,
  MH_ORDER_ASSIGNED_AT,
  MH_ORDER_ORDERED_BY,
  MH_ORDER_ORDERED_AT,
  MH_ORDER_COLLECTED_AT,
  MH_ORDER_RECEIVED_AT,
  MH_ORDER_RESULTED_AT,
  MH_ORDER_COMPLETED_AT,
  MH_ORDER_CANCELLED_AT,
  MH_ORDER_CANCEL_REASON,
  MH_ORDER_PAYMENT_FAILURE,
  MH_ORDER_RECOVERY_NOTE,
  MH_ORDER_NOTES,
  MH_ORDER_REPORT_ID,
  MH_ORDER_REPORT_ISSUED_AT,
  MH_ORDER_PATIENT_NAME,
  MH_ORDER_PATIENT_MRN,
  MH_ORDER_PATIENT_SEX,
  MH_ORDER_PATIENT_BIRTH_DATE,
  MH_ORDER_PATIENT_PHONE,
  MH_ORDER_TEST_NAMES,
  MH_ORDER_BENCHES,
  MH_ORDER_N_SAMPLES,
  MH_ORDER_SEARCH_TEXT,
  MH_ORDER_CREDITED,
  MH_ORDER_CHARGED,
  MH_ORDER_RECOVERY,
  MH_ORDER_ASSIGNED_REASON,
  MH_ORDER_ASSIGNED_NOTE,
  MH_ORDER_OPEN_MINUTES,
  MH_ORDER_COLLECTION,
  MH_ORDER_COLLECT_PLACE,
  MH_ORDER_COLLECT_FROM,
  MH_ORDER_N_FIELDS,
};
extern const MhRecordType mh_order_type;

enum
{
  MH_ORDER_ITEM_ORDER_ID = MH_N_COMMON,
  MH_ORDER_ITEM_TEST,
  MH_ORDER_ITEM_PANEL,
  MH_ORDER_ITEM_NAME,
  MH_ORDER_ITEM_SHORT_NAME,
  MH_ORDER_ITEM_BENCH,
  MH_ORDER_ITEM_CONTAINER,
  MH_ORDER_ITEM_PRICE,
  MH_ORDER_ITEM_DISCOUNT_RATE,
  MH_ORDER_ITEM_DISCOUNT,
  MH_ORDER_ITEM_OWN_DISCOUNT,
  MH_ORDER_ITEM_TAXABLE,
  MH_ORDER_ITEM_TAX_RULE,
  MH_ORDER_ITEM_TAX_NAME,
  MH_ORDER_ITEM_TAX_RATE,
  MH_ORDER_ITEM_TAX_INCLUSIVE,
  MH_ORDER_ITEM_TAX_EXEMPT,
  MH_ORDER_ITEM_HSN_SAC,
  MH_ORDER_ITEM_TAX,
  MH_ORDER_ITEM_AMOUNT,
  MH_ORDER_ITEM_STATUS,
  MH_ORDER_ITEM_SAMPLE_ID,
  MH_ORDER_ITEM_REFUNDED,
  MH_ORDER_ITEM_CANCEL_REASON,
  MH_ORDER_ITEM_SORT_ORDER,
  MH_ORDER_ITEM_REFUND_ID,
  MH_ORDER_ITEM_REFLEX_RULE,
  MH_ORDER_ITEM_MINUTES,
  MH_ORDER_ITEM_N_FIELDS,
};
extern const MhRecordType mh_order_item_type;

enum
{
  MH_ORDER_COUNTS_PAID,
  MH_ORDER_COUNTS_COD,
  MH_ORDER_COUNTS_PROCESSING,
  MH_ORDER_COUNTS_COMPLETED,
  MH_ORDER_COUNTS_FAILED,
  MH_ORDER_COUNTS_N_FIELDS,
};
extern const MhRecordType mh_order_counts_type;

enum
{
  MH_RECOVERY_ACTION,
  MH_RECOVERY_NOTE,
  MH_RECOVERY_N_FIELDS,
};
extern const MhRecordType mh_recovery_type;

/* A discount on a whole order that was placed already; an amount or a rate. */
enum
{
  MH_DISCOUNT_REQUEST_DISCOUNT,
  MH_DISCOUNT_REQUEST_DISCOUNT_RATE,
  MH_DISCOUNT_REQUEST_DISCOUNT_CODE,
  MH_DISCOUNT_REQUEST_DISCOUNT_REASON,
  MH_DISCOUNT_REQUEST_N_FIELDS,
};
extern const MhRecordType mh_discount_request_type;

/* Tests that come to a placed order, and tests that go. */
enum
{
  MH_ORDER_EDIT_ADD,
  MH_ORDER_EDIT_REMOVE,
  MH_ORDER_EDIT_REASON,
  MH_ORDER_EDIT_N_FIELDS,
};
extern const MhRecordType mh_order_edit_type;

G_END_DECLS
