/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/money/mh-ledger.h"

#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_ledger_account_codes[] = {
  { MH_LEDGER_SALES, NS_("Charged") },
  { MH_LEDGER_ORDER, N_("Owed by the patient") },
  { MH_LEDGER_CASH, NS_("Cash") },
  { MH_LEDGER_CARD, N_("Card terminal") },
  { MH_LEDGER_UPI, NS_("UPI") },
  { MH_LEDGER_ONLINE, N_("Payment gateway") },
  { MH_LEDGER_INSURANCE, N_("Owed by insurers") },
  { MH_LEDGER_ADVANCE, N_("Patient's advance") },
  { MH_LEDGER_BANK, N_("Bank") },
  { MH_LEDGER_WRITE_OFF, N_("Written off") },
  { MH_LEDGER_REFUND, N_("Refunds on their way") },
  { MH_LEDGER_SUSPENSE, N_("To be cleared") },
  { NULL },
};

const MhCode mh_ledger_kind_codes[] = {
  { MH_LEDGER_KIND_CHARGE, N_("Charge") },
  { MH_LEDGER_KIND_CREDIT, N_("Taken off") },
  { MH_LEDGER_KIND_PAYMENT, NS_("Payment") },
  { MH_LEDGER_KIND_RELEASE, N_("Moved to the advance") },
  { MH_LEDGER_KIND_REFUND, NS_("Refund") },
  { MH_LEDGER_KIND_REMITTANCE, N_("Paid by the insurer") },
  { MH_LEDGER_KIND_DENIAL, N_("Not paid by the insurer") },
  { MH_LEDGER_KIND_WRITE_OFF, N_("Written off") },
  { MH_LEDGER_KIND_PAYOUT, N_("Given back by the gateway") },
  { NULL },
};

static const MhField ledger_entry_fields[] = {
  MH_COMMON_FIELDS,
  [MH_LEDGER_ENTRY_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM, .since = 4 },
  [MH_LEDGER_ENTRY_TXN]         = { "txn", MH_KIND_TEXT, .label = N_("Transaction"), .flags = MH_SERVER_SET | MH_INDEX, .format = "uuid", .max = 36, .since = 4,
    .help = N_("Entries of one transaction add up to zero") },
  [MH_LEDGER_ENTRY_ACCOUNT]     = { "account", MH_KIND_ENUM, .label = N_("Account"), .codes = mh_ledger_account_codes, .flags = MH_SERVER_SET | MH_BRIEF, .since = 4 },
  [MH_LEDGER_ENTRY_KIND]        = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_ledger_kind_codes, .flags = MH_SERVER_SET | MH_BRIEF, .since = 4 },
  [MH_LEDGER_ENTRY_AMOUNT]      = { "amount", MH_KIND_MONEY, .label = N_("Amount"), .flags = MH_SERVER_SET | MH_BRIEF, .since = 4,
    .help = N_("Debits above zero, credits below") },
  [MH_LEDGER_ENTRY_CURRENCY]    = { "currency", MH_KIND_TEXT, .label = N_("Currency"), .flags = MH_SERVER_SET, .format = "currency", .max = 3, .since = 4 },
  [MH_LEDGER_ENTRY_ORDER_ID]    = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET | MH_INDEX, .since = 4 },
  [MH_LEDGER_ENTRY_PATIENT_ID]  = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_SERVER_SET | MH_INDEX, .since = 4 },
  [MH_LEDGER_ENTRY_PAYMENT_ID]  = { "payment_id", MH_KIND_REF, .label = N_("Payment"), .target = &mh_payment_type, .flags = MH_SERVER_SET, .since = 4 },
  [MH_LEDGER_ENTRY_BY_ID]       = { "by_id", MH_KIND_REF, .label = N_("Entered by"), .target = &mh_user_type, .flags = MH_SERVER_SET, .since = 4 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (ledger_entry_fields) == MH_LEDGER_ENTRY_N_FIELDS);

static const MhField patient_account_fields[] = {
  MH_COMMON_FIELDS,
  [MH_PATIENT_ACCOUNT_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM, .since = 4 },
  [MH_PATIENT_ACCOUNT_PATIENT_ID]  = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_SERVER_SET | MH_UNIQUE, .since = 4 },
  [MH_PATIENT_ACCOUNT_ADVANCE]     = { "advance", MH_KIND_MONEY, .label = N_("Advance"), .flags = MH_SERVER_SET | MH_BRIEF, .since = 4 },
  [MH_PATIENT_ACCOUNT_CURRENCY]    = { "currency", MH_KIND_TEXT, .label = N_("Currency"), .flags = MH_SERVER_SET, .format = "currency", .max = 3, .since = 4 },
  [MH_PATIENT_ACCOUNT_DUE]         = { "due", MH_KIND_MONEY, .label = N_("Due"), .flags = MH_SERVER_SET | MH_VIRTUAL | MH_BRIEF },
  [MH_PATIENT_ACCOUNT_PAYMENTS]    = { "payments", MH_KIND_RECORDS, .label = N_("Payments"), .target = &mh_payment_type, .flags = MH_SERVER_SET | MH_VIRTUAL, .max = 200 },
  [MH_PATIENT_ACCOUNT_ENTRIES]     = { "entries", MH_KIND_RECORDS, .label = N_("Entries"), .target = &mh_ledger_entry_type, .flags = MH_SERVER_SET | MH_VIRTUAL, .max = 200 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (patient_account_fields) == MH_PATIENT_ACCOUNT_N_FIELDS);

const MhRecordType mh_ledger_entry_type = {
  .name = "MhLedgerEntry", .code = "ledger_entry", .table = "ledger_entry",
  .label = NS_("Ledger entry"), .fields = ledger_entry_fields, .n_fields = G_N_ELEMENTS (ledger_entry_fields),
  .flags = MH_TYPE_APPEND | MH_TYPE_PART | MH_TYPE_PATIENT, .since = 4,
  .hospital = MH_LEDGER_ENTRY_HOSPITAL_ID, .patient = MH_LEDGER_ENTRY_PATIENT_ID,
  .order = MH_LEDGER_ENTRY_ORDER_ID,
};

const MhRecordType mh_patient_account_type = {
  .name = "MhPatientAccount", .code = "patient_account", .table = "patient_account",
  .label = NS_("Patient's account"), .fields = patient_account_fields, .n_fields = G_N_ELEMENTS (patient_account_fields),
  .flags = MH_TYPE_PATIENT, .since = 4,
  .hospital = MH_PATIENT_ACCOUNT_HOSPITAL_ID, .patient = MH_PATIENT_ACCOUNT_PATIENT_ID,
};
/* clang-format on */
