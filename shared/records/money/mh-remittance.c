/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/money/mh-remittance.h"

#include "shared/records/lab/mh-order.h"
#include "shared/records/mh-types.h"
#include "shared/records/money/mh-payment.h"

/* clang-format off */
const MhCode mh_denied_codes[] = {
  { MH_DENIED_PATIENT, N_("The patient pays it") },
  { MH_DENIED_WRITE_OFF, N_("Written off") },
  { NULL },
};

static const MhField remittance_fields[] = {
  MH_COMMON_FIELDS,
  [MH_REMITTANCE_HOSPITAL_ID]   = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_REMITTANCE_PAYER]         = { "payer", MH_KIND_TEXT, .label = N_("Insurer"), .flags = MH_REQUIRED | MH_IMMUTABLE | MH_BRIEF, .max = 120 },
  [MH_REMITTANCE_REFERENCE]     = { "reference", MH_KIND_TEXT, .label = N_("Reference"), .flags = MH_REQUIRED | MH_IMMUTABLE | MH_BRIEF, .max = 120,
    .help = N_("Of the transfer, the cheque or the letter") },
  [MH_REMITTANCE_REFERENCE_KEY] = { "reference_key", MH_KIND_TEXT, .label = N_("Reference, to compare"), .flags = MH_SECRET | MH_SERVER_SET | MH_NO_FORM, .max = 120 },
  [MH_REMITTANCE_PAID_ON]       = { "paid_on", MH_KIND_DATE, .label = N_("Date"), .flags = MH_REQUIRED | MH_IMMUTABLE | MH_BRIEF },
  [MH_REMITTANCE_AMOUNT]        = { "amount", MH_KIND_MONEY, .label = N_("Amount"), .flags = MH_REQUIRED | MH_IMMUTABLE | MH_BRIEF, .at_least = 0, .at_most = MH_MOST_MONEY,
    .help = N_("What came; 0 for a letter that only refuses") },
  [MH_REMITTANCE_DENIED]        = { "denied", MH_KIND_MONEY, .label = N_("Not paid"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_REMITTANCE_CURRENCY]      = { "currency", MH_KIND_TEXT, .label = N_("Currency"), .flags = MH_SERVER_SET, .format = "currency", .max = 3 },
  [MH_REMITTANCE_NOTE]          = { "note", MH_KIND_TEXT, .label = N_("Note"), .flags = MH_IMMUTABLE, .max = 400 },
  [MH_REMITTANCE_RECORDED_BY]   = { "recorded_by", MH_KIND_REF, .label = N_("Recorded by"), .target = &mh_user_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_REMITTANCE_RECORDED_NAME] = { "recorded_name", MH_KIND_TEXT, .label = N_("Recorded by, name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_REMITTANCE_RECORDED_AT]   = { "recorded_at", MH_KIND_INSTANT, .label = N_("Recorded"), .flags = MH_SERVER_SET | MH_SORT | MH_BRIEF },
  [MH_REMITTANCE_LINES]         = { "lines", MH_KIND_RECORDS, .label = N_("Claims"), .target = &mh_remittance_line_type, .flags = MH_REQUIRED | MH_VIRTUAL, .max = MH_REMITTANCE_MOST_LINES },
};
G_STATIC_ASSERT (G_N_ELEMENTS (remittance_fields) == MH_REMITTANCE_N_FIELDS);

static const MhField remittance_line_fields[] = {
  MH_COMMON_FIELDS,
  [MH_REMITTANCE_LINE_REMITTANCE_ID] = { "remittance_id", MH_KIND_REF, .label = N_("Remittance"), .target = &mh_remittance_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_REMITTANCE_LINE_LINE_NO]       = { "line_no", MH_KIND_INT, .label = N_("Line"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_REMITTANCE_LINE_PAYMENT_ID]    = { "payment_id", MH_KIND_REF, .label = N_("Claim"), .target = &mh_payment_type, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_INDEX },
  [MH_REMITTANCE_LINE_PAID]          = { "paid", MH_KIND_MONEY, .label = N_("Paid"), .flags = MH_IMMUTABLE | MH_BRIEF, .at_least = 0, .at_most = MH_MOST_MONEY },
  [MH_REMITTANCE_LINE_DENIED]        = { "denied", MH_KIND_MONEY, .label = N_("Not paid"), .flags = MH_IMMUTABLE | MH_BRIEF, .at_least = 0, .at_most = MH_MOST_MONEY },
  [MH_REMITTANCE_LINE_OUTCOME]       = { "outcome", MH_KIND_ENUM, .label = N_("What becomes of it"), .codes = mh_denied_codes, .flags = MH_IMMUTABLE | MH_BRIEF },
  [MH_REMITTANCE_LINE_REASON]        = { "reason", MH_KIND_TEXT, .label = N_("Reason"), .flags = MH_IMMUTABLE | MH_SENSITIVE, .max = 400 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (remittance_line_fields) == MH_REMITTANCE_LINE_N_FIELDS);

static const MhField payer_fields[] = {
  [MH_PAYER_NAME]      = { "name", MH_KIND_TEXT, .label = N_("Insurer"), .max = 120 },
  [MH_PAYER_N_CLAIMS]  = { "n_claims", MH_KIND_INT, .label = N_("Claims") },
  [MH_PAYER_OWED]      = { "owed", MH_KIND_MONEY, .label = N_("Owed") },
  [MH_PAYER_CURRENCY]  = { "currency", MH_KIND_TEXT, .label = N_("Currency"), .format = "currency", .max = 3 },
  [MH_PAYER_OLDEST_AT] = { "oldest_at", MH_KIND_INSTANT, .label = N_("Oldest") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (payer_fields) == MH_PAYER_N_FIELDS);
/* clang-format on */

static void
remittance_line_check (MhRecord *line, MhIssues *issues)
{
  gint64 denied = mh_record_int (line, MH_REMITTANCE_LINE_DENIED);
  if (mh_record_int (line, MH_REMITTANCE_LINE_PAID) + denied <= 0)
    mh_issues_add (issues, "paid", "required", "Write what was paid, or what was not.");
  if (denied > 0 && !mh_record_has (line, MH_REMITTANCE_LINE_OUTCOME))
    mh_issues_add (issues, "outcome", "required", "Say what becomes of what is not paid.");
  if (denied > 0 && !mh_record_has (line, MH_REMITTANCE_LINE_REASON))
    mh_issues_add (issues, "reason", "required", "Write the insurer's reason.");
}

gint64
mh_claim_owed (MhRecord *payment)
{
  if (g_strcmp0 (mh_record_text (payment, MH_PAYMENT_METHOD), MH_METHOD_INSURANCE) != 0
      || mh_record_has (payment, MH_PAYMENT_REFUND_OF))
    return 0;
  return mh_record_int (payment, MH_PAYMENT_AMOUNT) - mh_record_int (payment, MH_PAYMENT_REFUNDED)
         - mh_record_int (payment, MH_PAYMENT_PENDING) - mh_record_int (payment, MH_PAYMENT_SETTLED)
         - mh_record_int (payment, MH_PAYMENT_DENIED);
}

/* clang-format off */
const MhRecordType mh_remittance_type = {
  .name = "MhRemittance", .code = "remittance", .table = "remittance", .path = "/remittances",
  .label = N_("Remittance"), .fields = remittance_fields, .n_fields = G_N_ELEMENTS (remittance_fields),
  .hospital = MH_REMITTANCE_HOSPITAL_ID,
};

const MhRecordType mh_remittance_line_type = {
  .name = "MhRemittanceLine", .code = "remittance_line", .table = "remittance_line",
  .label = N_("Line of a remittance"), .fields = remittance_line_fields, .n_fields = G_N_ELEMENTS (remittance_line_fields),
  .flags = MH_TYPE_PART, .check = remittance_line_check,
};

const MhRecordType mh_payer_type = {
  .name = "MhPayer", .code = "payer",
  .label = N_("Insurer"), .fields = payer_fields, .n_fields = G_N_ELEMENTS (payer_fields),
};
/* clang-format on */
