/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/money/mh-payment.h"

#include "shared/base/mh-translation.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_payment_status_codes[] = {
  { MH_PAYMENT_STATUS_CREATED, N_("Started") },
  { MH_PAYMENT_STATUS_AUTHORIZED, N_("Authorised") },
  { MH_PAYMENT_STATUS_CAPTURED, NS_("Received") },
  { MH_PAYMENT_STATUS_FAILED, NS_("Failed") },
  { MH_PAYMENT_STATUS_PART_REFUNDED, N_("Part refunded") },
  { MH_PAYMENT_STATUS_REFUNDED, N_("Refunded") },
  { MH_PAYMENT_STATUS_CANCELLED, NS_("Cancelled") },
  { MH_PAYMENT_STATUS_REQUESTED, N_("Awaiting approval") },
  { MH_PAYMENT_STATUS_REJECTED, N_("Refused") },
  { MH_PAYMENT_STATUS_PENDING, N_("On its way") },
  { MH_PAYMENT_STATUS_PROCESSED, NS_("Given back") },
  { MH_PAYMENT_STATUS_CLAIMED, N_("Claimed") },
  { NULL },
};

const MhCode mh_refund_reason_codes[] = {
  { MH_REFUND_REASON_NOT_COLLECTED, NS_("Not collected") },
  { MH_REFUND_REASON_TEST_CANCELLED, NS_("Test cancelled") },
  { MH_REFUND_REASON_DUPLICATE_PAYMENT, NS_("Paid twice") },
  { MH_REFUND_REASON_WRONG_ORDER, NS_("Wrong order") },
  { MH_REFUND_REASON_SAMPLE_FAILED, NS_("Sample could not be used") },
  { MH_REFUND_REASON_GOODWILL, NS_("Goodwill") },
  { MH_REFUND_REASON_SURPLUS, NS_("More than was due") },
  { MH_REFUND_REASON_LATE_CAPTURE, NS_("Money came too late") },
  { MH_REFUND_REASON_DEPOSIT, NS_("Deposit returned") },
  { NULL },
};

const MhCode mh_payment_kind_codes[] = {
  { MH_PAYMENT_KIND_PAYMENT, NS_("Payment") },
  { MH_PAYMENT_KIND_DEPOSIT, NS_("Deposit") },
  { MH_PAYMENT_KIND_REFUND, NS_("Refund") },
  { NULL },
};

const MhCode mh_approval_codes[] = {
  { MH_APPROVAL_APPROVE, N_("Approve") },
  { MH_APPROVAL_REJECT, N_("Refuse") },
  { NULL },
};

static const MhField payment_fields[] = {
  MH_COMMON_FIELDS,
  [MH_PAYMENT_HOSPITAL_ID]      = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_PAYMENT_ORDER_ID]         = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_PAYMENT_METHOD]           = { "method", MH_KIND_ENUM, .label = N_("Method"), .codes = mh_payment_method_codes, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_BRIEF },
  [MH_PAYMENT_AMOUNT]           = { "amount", MH_KIND_MONEY, .label = N_("Amount"), .flags = MH_REQUIRED | MH_IMMUTABLE | MH_BRIEF, .at_least = 1, .at_most = MH_MOST_MONEY },
  [MH_PAYMENT_CURRENCY]         = { "currency", MH_KIND_TEXT, .label = N_("Currency"), .flags = MH_SERVER_SET, .format = "currency", .max = 3 },
  [MH_PAYMENT_STATUS]           = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_payment_status_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_PAYMENT_REFERENCE]        = { "reference", MH_KIND_TEXT, .label = N_("Reference"), .flags = MH_IMMUTABLE | MH_SENSITIVE, .max = 120,
    .help = N_("Of the card slip or the UPI transfer") },
  [MH_PAYMENT_TENDERED]         = { "tendered", MH_KIND_MONEY, .label = N_("Cash received"), .flags = MH_IMMUTABLE, .at_least = 1, .at_most = MH_MOST_MONEY },
  [MH_PAYMENT_CHANGE_GIVEN]     = { "change_given", MH_KIND_MONEY, .label = N_("Change"), .flags = MH_SERVER_SET },
  [MH_PAYMENT_REFUND_OF]        = { "refund_of", MH_KIND_REF, .label = N_("Refund of"), .target = &mh_payment_type, .flags = MH_SERVER_SET,
    .help = N_("Set on a refund: the payment given back") },
  [MH_PAYMENT_REFUND_REASON]    = { "refund_reason", MH_KIND_ENUM, .label = N_("Reason of the refund"), .codes = mh_refund_reason_codes, .flags = MH_SERVER_SET },
  [MH_PAYMENT_REFUNDED]         = { "refunded", MH_KIND_MONEY, .label = N_("Refunded so far"), .flags = MH_SERVER_SET },
  [MH_PAYMENT_RECEIVED_BY]      = { "received_by", MH_KIND_REF, .label = N_("Received by"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_PAYMENT_RECEIVED_NAME]    = { "received_name", MH_KIND_TEXT, .label = N_("Received by, name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_PAYMENT_RECEIVED_AT]      = { "received_at", MH_KIND_INSTANT, .label = N_("Received"), .flags = MH_SERVER_SET | MH_SORT | MH_BRIEF },
  [MH_PAYMENT_CASH_SESSION]     = { "cash_session", MH_KIND_TEXT, .label = N_("Cash session"), .flags = MH_SERVER_SET | MH_INDEX, .max = 36 },
  [MH_PAYMENT_DEVICE]           = { "device", MH_KIND_TEXT, .label = N_("Desk"), .flags = MH_SERVER_SET, .max = 40 },
  [MH_PAYMENT_PROVIDER_ORDER]   = { "provider_order", MH_KIND_TEXT, .label = N_("Provider's order"), .flags = MH_SERVER_SET, .max = 80 },
  [MH_PAYMENT_PROVIDER_PAYMENT] = { "provider_payment", MH_KIND_TEXT, .label = N_("Provider's payment"), .flags = MH_SERVER_SET | MH_INDEX, .max = 80 },
  [MH_PAYMENT_FAILURE]          = { "failure", MH_KIND_TEXT, .label = N_("Failure"), .flags = MH_SERVER_SET, .max = 400 },
  [MH_PAYMENT_RECEIPT_ID]       = { "receipt_id", MH_KIND_REF, .label = N_("Receipt"), .target = &mh_receipt_type, .flags = MH_SERVER_SET },
  [MH_PAYMENT_NOTE]             = { "note", MH_KIND_TEXT, .label = N_("Note"), .max = 400 },
  [MH_PAYMENT_KIND]             = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_payment_kind_codes, .flags = MH_SERVER_SET | MH_BRIEF, .since = 4 },
  [MH_PAYMENT_PATIENT_ID]       = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_SERVER_SET | MH_INDEX, .since = 4 },
  [MH_PAYMENT_APPLIED]          = { "applied", MH_KIND_MONEY, .label = N_("Paid on the order"), .flags = MH_SERVER_SET, .since = 4,
    .help = N_("The rest is kept as the patient's advance") },
  [MH_PAYMENT_PENDING]          = { "pending", MH_KIND_MONEY, .label = N_("Refunds under way"), .flags = MH_SERVER_SET, .since = 4 },
  [MH_PAYMENT_ITEMS]            = { "items", MH_KIND_LIST, .label = N_("Tests given back"), .flags = MH_SERVER_SET, .max = 100, .since = 4,
    .help = N_("Set on a refund: the ordered tests that are cancelled with it") },
  [MH_PAYMENT_FROM_ADVANCE]     = { "from_advance", MH_KIND_BOOL, .label = N_("Out of the advance"), .flags = MH_SERVER_SET, .since = 4 },
  [MH_PAYMENT_VOUCHER]          = { "voucher", MH_KIND_TEXT, .label = N_("Refund voucher"), .flags = MH_SERVER_SET, .max = 24, .since = 4 },
  [MH_PAYMENT_APPROVED_BY]      = { "approved_by", MH_KIND_REF, .label = N_("Decided by"), .target = &mh_user_type, .flags = MH_SERVER_SET, .since = 4 },
  [MH_PAYMENT_APPROVED_NAME]    = { "approved_name", MH_KIND_TEXT, .label = N_("Decided by, name"), .flags = MH_SERVER_SET, .max = 120, .since = 4 },
  [MH_PAYMENT_APPROVED_AT]      = { "approved_at", MH_KIND_INSTANT, .label = N_("Decided"), .flags = MH_SERVER_SET, .since = 4 },
  [MH_PAYMENT_DECISION_NOTE]    = { "decision_note", MH_KIND_TEXT, .label = N_("Note on the decision"), .flags = MH_SERVER_SET, .max = 400, .since = 4 },
  [MH_PAYMENT_PROVIDER_REFUND]  = { "provider_refund", MH_KIND_TEXT, .label = N_("Provider's refund"), .flags = MH_SERVER_SET, .max = 80, .since = 4 },
  [MH_PAYMENT_FEE]              = { "fee", MH_KIND_MONEY, .label = N_("Provider's fee"), .flags = MH_SERVER_SET, .since = 4 },
  [MH_PAYMENT_FEE_TAX]          = { "fee_tax", MH_KIND_MONEY, .label = N_("Tax on the fee"), .flags = MH_SERVER_SET, .since = 4 },
  [MH_PAYMENT_REFERENCE_KEY]    = { "reference_key", MH_KIND_TEXT, .label = N_("Reference, to compare"), .flags = MH_SECRET | MH_SERVER_SET | MH_NO_FORM, .max = 120, .since = 56 },
  [MH_PAYMENT_PAYER]            = { "payer", MH_KIND_TEXT, .label = N_("Insurer"), .flags = MH_IMMUTABLE, .max = 120, .since = 60,
    .help = N_("The order's or the patient's, if not given") },
  [MH_PAYMENT_SETTLED]          = { "settled", MH_KIND_MONEY, .label = N_("Paid by the insurer"), .flags = MH_SERVER_SET, .since = 60 },
  [MH_PAYMENT_DENIED]           = { "denied", MH_KIND_MONEY, .label = N_("Not paid by the insurer"), .flags = MH_SERVER_SET, .since = 60 },
  /* Of whom it is: told in lists and when one payment is read, stored with the order and the patient. */
  [MH_PAYMENT_ORDER_NUMBER]     = { "order_number", MH_KIND_TEXT, .label = N_("Order number"), .flags = MH_SERVER_SET | MH_VIRTUAL | MH_BRIEF, .max = 24 },
  [MH_PAYMENT_PATIENT_NAME]     = { "patient_name", MH_KIND_TEXT, .label = N_("Patient's name"), .flags = MH_SERVER_SET | MH_VIRTUAL | MH_SENSITIVE | MH_BRIEF, .max = 250 },
  [MH_PAYMENT_PATIENT_MRN]      = { "patient_mrn", MH_KIND_TEXT, .label = N_("Patient's MRN"), .flags = MH_SERVER_SET | MH_VIRTUAL | MH_SENSITIVE | MH_BRIEF, .max = 24 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (payment_fields) == MH_PAYMENT_N_FIELDS);

static const MhField receipt_fields[] = {
  MH_COMMON_FIELDS,
  [MH_RECEIPT_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_RECEIPT_NUMBER]      = { "number", MH_KIND_TEXT, .label = N_("Receipt number"), .flags = MH_SERVER_SET | MH_UNIQUE | MH_SORT | MH_BRIEF | MH_SEARCH, .max = 24 },
  [MH_RECEIPT_ORDER_ID]    = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_RECEIPT_PAYMENT_ID]  = { "payment_id", MH_KIND_REF, .label = N_("Payment"), .target = &mh_payment_type, .flags = MH_SERVER_SET },
  [MH_RECEIPT_AMOUNT]      = { "amount", MH_KIND_MONEY, .label = N_("Amount"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_RECEIPT_CURRENCY]    = { "currency", MH_KIND_TEXT, .label = N_("Currency"), .flags = MH_SERVER_SET, .format = "currency", .max = 3 },
  [MH_RECEIPT_ISSUED_AT]   = { "issued_at", MH_KIND_INSTANT, .label = N_("Issued"), .flags = MH_SERVER_SET | MH_SORT | MH_BRIEF },
  [MH_RECEIPT_ISSUED_BY]   = { "issued_by", MH_KIND_REF, .label = N_("Issued by"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_RECEIPT_ISSUED_NAME] = { "issued_name", MH_KIND_TEXT, .label = N_("Issued by, name"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_RECEIPT_COPIES]      = { "copies", MH_KIND_INT, .label = N_("Printed copies"), .flags = MH_SERVER_SET,
    .help = N_("From the second on a print says DUPLICATE") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (receipt_fields) == MH_RECEIPT_N_FIELDS);

static const MhField refund_request_fields[] = {
  [MH_REFUND_REQUEST_ID]     = { "id", MH_KIND_TEXT, .label = N_("Id"), .format = "uuid", .max = 36 },
  [MH_REFUND_REQUEST_AMOUNT] = { "amount", MH_KIND_MONEY, .label = N_("Amount"), .flags = MH_REQUIRED, .at_least = 1, .at_most = MH_MOST_MONEY },
  [MH_REFUND_REQUEST_REASON] = { "reason", MH_KIND_ENUM, .label = N_("Reason"), .codes = mh_refund_reason_codes, .flags = MH_REQUIRED },
  [MH_REFUND_REQUEST_NOTE]   = { "note", MH_KIND_TEXT, .label = N_("Note"), .max = 400 },
  [MH_REFUND_REQUEST_ITEMS]  = { "items", MH_KIND_LIST, .label = N_("Tests given back"), .max = 100,
    .help = N_("Ids of ordered tests; they are cancelled with the refund") },
  [MH_REFUND_REQUEST_FROM_ADVANCE] = { "from_advance", MH_KIND_BOOL, .label = N_("Out of the advance"),
    .help = N_("Give back what was not paid on an order but kept for the patient") },
  [MH_REFUND_REQUEST_REFERENCE]    = { "reference", MH_KIND_TEXT, .label = N_("Reference"), .flags = MH_SENSITIVE, .max = 120,
    .help = N_("Of the card terminal's or the UPI application's reversal") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (refund_request_fields) == MH_REFUND_REQUEST_N_FIELDS);

static const MhField approval_fields[] = {
  [MH_APPROVAL_DECISION] = { "decision", MH_KIND_ENUM, .label = N_("Decision"), .codes = mh_approval_codes, .flags = MH_REQUIRED },
  [MH_APPROVAL_NOTE]     = { "note", MH_KIND_TEXT, .label = N_("Note"), .max = 400 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (approval_fields) == MH_APPROVAL_N_FIELDS);

/* clang-format on */

static void
payment_check (MhRecord *payment, MhIssues *issues)
{
  if (mh_record_has (payment, MH_PAYMENT_TENDERED)
      && mh_record_int (payment, MH_PAYMENT_TENDERED) < mh_record_int (payment, MH_PAYMENT_AMOUNT))
    mh_issues_add (issues, "tendered", "out_of_range", "Less than the amount to be paid");
}

/* clang-format off */
const MhRecordType mh_payment_type = {
  .name = "MhPayment", .code = "payment", .table = "payment", .path = "/payments",
  .label = NS_("Payment"), .fields = payment_fields, .n_fields = G_N_ELEMENTS (payment_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_PATIENT, .check = payment_check,
  .hospital = MH_PAYMENT_HOSPITAL_ID, .patient = MH_PAYMENT_PATIENT_ID, .order = MH_PAYMENT_ORDER_ID,
};

const MhRecordType mh_receipt_type = {
  .name = "MhReceipt", .code = "receipt", .table = "receipt", .path = "/receipts",
  .label = NS_("Receipt"), .fields = receipt_fields, .n_fields = G_N_ELEMENTS (receipt_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_PATIENT,
  .hospital = MH_RECEIPT_HOSPITAL_ID, .order = MH_RECEIPT_ORDER_ID,
};

const MhRecordType mh_refund_request_type = {
  .name = "MhRefundRequest", .code = "refund_request",
  .label = NS_("Refund"), .fields = refund_request_fields, .n_fields = G_N_ELEMENTS (refund_request_fields),
};

const MhRecordType mh_approval_type = {
  .name = "MhApproval", .code = "approval",
  .label = N_("Second person's decision"), .fields = approval_fields, .n_fields = G_N_ELEMENTS (approval_fields),
};

/* clang-format on */
