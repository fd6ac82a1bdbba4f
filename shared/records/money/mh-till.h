/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The drawer: what a cashier began with, what came and went, what was counted. Amounts are in the
 * currency's minor unit. The count is blind: what is expected shows only once something was
 * counted.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_CASH_SESSION_OPEN "open"
#define MH_CASH_SESSION_COUNTED "counted"
#define MH_CASH_SESSION_CLOSED "closed"
extern const MhCode mh_cash_session_status_codes[];

#define MH_VARIANCE_REASON_WRONG_CHANGE "wrong_change"
#define MH_VARIANCE_REASON_NOT_RECORDED "not_recorded"
#define MH_VARIANCE_REASON_COUNTED_WRONG "counted_wrong"
#define MH_VARIANCE_REASON_FALSE_NOTE "false_note"
#define MH_VARIANCE_REASON_UNKNOWN "unknown"
extern const MhCode mh_variance_reason_codes[];

#define MH_CASH_MOVE_PAY_IN "pay_in"
#define MH_CASH_MOVE_PAY_OUT "pay_out"
#define MH_CASH_MOVE_BANK "bank"
extern const MhCode mh_cash_move_codes[];

enum
{
  MH_CASH_SESSION_HOSPITAL_ID = MH_N_COMMON,
  MH_CASH_SESSION_NUMBER,
  MH_CASH_SESSION_CASHIER_ID,
  MH_CASH_SESSION_CASHIER_NAME,
  MH_CASH_SESSION_DEVICE,
  MH_CASH_SESSION_STATUS,
  MH_CASH_SESSION_DAY,
  MH_CASH_SESSION_OPENED_AT,
  MH_CASH_SESSION_IMPLICIT,
  MH_CASH_SESSION_FLOAT,
  MH_CASH_SESSION_CASH_IN,
  MH_CASH_SESSION_CASH_OUT,
  MH_CASH_SESSION_MOVED,
  MH_CASH_SESSION_EXPECTED,
  MH_CASH_SESSION_COUNTED_TOTAL,
  MH_CASH_SESSION_VARIANCE,
  MH_CASH_SESSION_VARIANCE_REASON,
  MH_CASH_SESSION_NOTE,
  MH_CASH_SESSION_N_COUNTS,
  MH_CASH_SESSION_COUNTED_AT,
  MH_CASH_SESSION_COUNTED_BY,
  MH_CASH_SESSION_CLOSED_AT,
  MH_CASH_SESSION_CLOSED_BY,
  MH_CASH_SESSION_CLOSED_NAME,
  MH_CASH_SESSION_COUNTS,
  MH_CASH_SESSION_MOVES,
  MH_CASH_SESSION_N_FIELDS,
};

/* So many pieces of one note or coin, of the n-th count. */
enum
{
  MH_CASH_COUNT_SESSION_ID = MH_N_COMMON,
  MH_CASH_COUNT_COUNT_NO,
  MH_CASH_COUNT_DENOMINATION,
  MH_CASH_COUNT_PIECES,
  MH_CASH_COUNT_N_FIELDS,
};

/* Money that came into or left the drawer other than by a patient. */
enum
{
  MH_CASH_MOVE_HOSPITAL_ID = MH_N_COMMON,
  MH_CASH_MOVE_SESSION_ID,
  MH_CASH_MOVE_KIND,
  MH_CASH_MOVE_AMOUNT,
  MH_CASH_MOVE_REASON,
  MH_CASH_MOVE_AT,
  MH_CASH_MOVE_BY,
  MH_CASH_MOVE_BY_NAME,
  MH_CASH_MOVE_N_FIELDS,
};

/* Body of a count. */
enum
{
  MH_CASH_COUNTING_COUNTS,
  MH_CASH_COUNTING_N_FIELDS,
};

/* Body of closing a session. */
enum
{
  MH_CASH_CLOSING_VARIANCE_REASON,
  MH_CASH_CLOSING_NOTE,
  MH_CASH_CLOSING_N_FIELDS,
};

/* A day that is closed for cash; its totals are frozen with it. */
enum
{
  MH_DAY_LOCK_HOSPITAL_ID = MH_N_COMMON,
  MH_DAY_LOCK_DAY,
  MH_DAY_LOCK_LOCKED_AT,
  MH_DAY_LOCK_LOCKED_BY,
  MH_DAY_LOCK_LOCKED_NAME,
  MH_DAY_LOCK_TAKEN,
  MH_DAY_LOCK_GIVEN_BACK,
  MH_DAY_LOCK_VARIANCE,
  MH_DAY_LOCK_N_SESSIONS,
  MH_DAY_LOCK_CURRENCY,
  MH_DAY_LOCK_AUDIT_SEQ,
  MH_DAY_LOCK_AUDIT_HASH,
  MH_DAY_LOCK_NOTE,
  MH_DAY_LOCK_N_FIELDS,
};

/* Body of locking a day. */
enum
{
  MH_DAY_LOCKING_NOTE,
  MH_DAY_LOCKING_N_FIELDS,
};

/* One line of the day book: a payment, a refund, or what an insurer has transferred. */
enum
{
  MH_DAY_LINE_PAYMENT_ID,
  MH_DAY_LINE_AT,
  MH_DAY_LINE_RECEIPT,
  MH_DAY_LINE_ORDER_ID,
  MH_DAY_LINE_ORDER_NUMBER,
  MH_DAY_LINE_PATIENT_NAME,
  MH_DAY_LINE_METHOD,
  MH_DAY_LINE_REFERENCE,
  MH_DAY_LINE_TAKEN,
  MH_DAY_LINE_GIVEN_BACK,
  MH_DAY_LINE_CASHIER,
  MH_DAY_LINE_SESSION,
  MH_DAY_LINE_REMITTANCE_ID,
  MH_DAY_LINE_PAYER,
  MH_DAY_LINE_N_FIELDS,
};
/* Whose money it is: the patient, or the insurer. NULL where nobody is named. */
const char *mh_day_line_from (MhRecord *line);

/* What was taken and given back by one method. */
enum
{
  MH_DAY_TOTAL_METHOD,
  MH_DAY_TOTAL_COUNT,
  MH_DAY_TOTAL_TAKEN,
  MH_DAY_TOTAL_GIVEN_BACK,
  MH_DAY_TOTAL_NET,
  MH_DAY_TOTAL_N_FIELDS,
};

enum
{
  MH_DAY_BOOK_DAY,
  MH_DAY_BOOK_HOSPITAL_ID,
  MH_DAY_BOOK_CURRENCY,
  MH_DAY_BOOK_LINES,
  MH_DAY_BOOK_TOTALS,
  MH_DAY_BOOK_SESSIONS,
  MH_DAY_BOOK_TAKEN,
  MH_DAY_BOOK_GIVEN_BACK,
  MH_DAY_BOOK_NET,
  MH_DAY_BOOK_LOCK,
  MH_DAY_BOOK_N_FIELDS,
};

G_END_DECLS
