/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The book of money. An entry is never changed or deleted. The entries of one transaction add up to
 * zero; amounts are in the currency's minor unit, a debit above zero, a credit below.
 *
 *   sales      what was charged (credits); charged less after a refund (debits)
 *   order      what the order's patient owes: charges are debits, money paid on it credits.
 *              The balance of an order is its due, always.
 *   cash card upi online   where money lies: drawer, terminal, bank, gateway
 *   insurance  what insurers owe
 *   advance    what belongs to a patient: deposits, surplus, money that came too late (credits)
 *   bank       what insurers have transferred
 *   write_off  what nobody will pay any more (debits)
 *   refund     promised to a patient, on its way at the gateway (credits)
 *   suspense   captured in a currency that the hospital does not keep
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_LEDGER_SALES "sales"
#define MH_LEDGER_ORDER "order"
#define MH_LEDGER_CASH "cash"
#define MH_LEDGER_CARD "card"
#define MH_LEDGER_UPI "upi"
#define MH_LEDGER_ONLINE "online"
#define MH_LEDGER_INSURANCE "insurance"
#define MH_LEDGER_ADVANCE "advance"
#define MH_LEDGER_BANK "bank"
#define MH_LEDGER_WRITE_OFF "write_off"
#define MH_LEDGER_REFUND "refund"
#define MH_LEDGER_SUSPENSE "suspense"
extern const MhCode mh_ledger_account_codes[];

/* Why the entry stands there. */
#define MH_LEDGER_KIND_CHARGE "charge"
#define MH_LEDGER_KIND_CREDIT "credit"
#define MH_LEDGER_KIND_PAYMENT "payment"
#define MH_LEDGER_KIND_RELEASE "release" /* from the order to the advance */
#define MH_LEDGER_KIND_REFUND "refund"
#define MH_LEDGER_KIND_PAYOUT "payout"         /* the gateway has given it back */
#define MH_LEDGER_KIND_REMITTANCE "remittance" /* an insurer has paid */
#define MH_LEDGER_KIND_DENIAL "denial"         /* an insurer will not: the patient owes it */
#define MH_LEDGER_KIND_WRITE_OFF "write_off"   /* an insurer will not, and nobody will */
extern const MhCode mh_ledger_kind_codes[];

enum
{
  MH_LEDGER_ENTRY_HOSPITAL_ID = MH_N_COMMON,
  MH_LEDGER_ENTRY_TXN,
  MH_LEDGER_ENTRY_ACCOUNT,
  MH_LEDGER_ENTRY_KIND,
  MH_LEDGER_ENTRY_AMOUNT,
  MH_LEDGER_ENTRY_CURRENCY,
  MH_LEDGER_ENTRY_ORDER_ID,
  MH_LEDGER_ENTRY_PATIENT_ID,
  MH_LEDGER_ENTRY_PAYMENT_ID,
  MH_LEDGER_ENTRY_BY_ID,
  MH_LEDGER_ENTRY_N_FIELDS,
};

/* What belongs to a patient and is not paid on an order; one row for each patient who ever had an
 * advance. */
enum
{
  MH_PATIENT_ACCOUNT_HOSPITAL_ID = MH_N_COMMON,
  MH_PATIENT_ACCOUNT_PATIENT_ID,
  MH_PATIENT_ACCOUNT_ADVANCE,
  MH_PATIENT_ACCOUNT_CURRENCY,
  MH_PATIENT_ACCOUNT_DUE,
  MH_PATIENT_ACCOUNT_PAYMENTS,
  MH_PATIENT_ACCOUNT_ENTRIES,
  MH_PATIENT_ACCOUNT_N_FIELDS,
};

G_END_DECLS
