/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What a kiosk in the hall says and hears. The kiosk itself may do nothing: each call carries the
 * token of a visit, which the server gave to somebody who proved who they are, and reaches no
 * further than that visit.
 */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* How a visitor was proved: by what only they and the hospital know, or also by the code that came
 * to their telephone. */
#define MH_KIOSK_PROOF_MATCH "match"
#define MH_KIOSK_PROOF_CODE "code"
#define MH_KIOSK_PROOF_PAPER "paper" /* not at a kiosk: the address from a paper was opened */
extern const MhCode mh_kiosk_proof_codes[];

enum
{
  MH_KIOSK_SESSION_HOSPITAL_ID = MH_N_COMMON,
  MH_KIOSK_SESSION_PATIENT_ID,
  MH_KIOSK_SESSION_USER_ID,
  MH_KIOSK_SESSION_TOKEN_HASH,
  MH_KIOSK_SESSION_PROOF,
  MH_KIOSK_SESSION_LANGUAGE,
  MH_KIOSK_SESSION_ORDER_ID,
  MH_KIOSK_SESSION_CODE_HASH,
  MH_KIOSK_SESSION_CODE_SENT_AT,
  MH_KIOSK_SESSION_CODE_TRIES,
  MH_KIOSK_SESSION_EXPIRES_AT,
  MH_KIOSK_SESSION_ENDED_AT,
  MH_KIOSK_SESSION_N_FIELDS,
};
extern const MhRecordType mh_kiosk_session_type;

/* One for each hospital. */
enum
{
  MH_KIOSK_SETUP_HOSPITAL_ID = MH_N_COMMON,
  MH_KIOSK_SETUP_PIN_HASH,
  MH_KIOSK_SETUP_N_FIELDS,
};
extern const MhRecordType mh_kiosk_setup_type;

/* Before anybody has come. */
enum
{
  MH_KIOSK_STATE_HOSPITAL,
  MH_KIOSK_STATE_PHONE,
  MH_KIOSK_STATE_CURRENCY,
  MH_KIOSK_STATE_IDLE_SECONDS,
  MH_KIOSK_STATE_ONLINE_PAYMENT,
  MH_KIOSK_STATE_CODES,
  MH_KIOSK_STATE_HAS_PIN,
  MH_KIOSK_STATE_N_FIELDS,
};
extern const MhRecordType mh_kiosk_state_type;

/* A test or a panel in patients' words. */
enum
{
  MH_KIOSK_TEST_TEST,
  MH_KIOSK_TEST_NAME,
  MH_KIOSK_TEST_TEXT,
  MH_KIOSK_TEST_NOTE,
  MH_KIOSK_TEST_PRICE,
  MH_KIOSK_TEST_CURRENCY,
  MH_KIOSK_TEST_FASTING_HOURS,
  MH_KIOSK_TEST_MINUTES,
  MH_KIOSK_TEST_PANEL,
  MH_KIOSK_TEST_N_FIELDS,
};
extern const MhRecordType mh_kiosk_test_type;

/* Who one says to be: to be found (phone and date of birth), or to be registered. */
enum
{
  MH_KIOSK_PERSON_PHONE,
  MH_KIOSK_PERSON_BIRTH_DATE,
  MH_KIOSK_PERSON_GIVEN_NAME,
  MH_KIOSK_PERSON_FAMILY_NAME,
  MH_KIOSK_PERSON_SEX,
  MH_KIOSK_PERSON_LANGUAGE,
  MH_KIOSK_PERSON_N_FIELDS,
};
extern const MhRecordType mh_kiosk_person_type;

enum
{
  MH_KIOSK_VISITOR_SESSION,
  MH_KIOSK_VISITOR_NAME,
  MH_KIOSK_VISITOR_MASKED,
  MH_KIOSK_VISITOR_PROOF,
  MH_KIOSK_VISITOR_EXPIRES_AT,
  MH_KIOSK_VISITOR_N_FIELDS,
};
extern const MhRecordType mh_kiosk_visitor_type;

/* A question of a visitor; what else it needs depends on the call. */
enum
{
  MH_KIOSK_ASK_SESSION,
  MH_KIOSK_ASK_ID,
  MH_KIOSK_ASK_TESTS,
  MH_KIOSK_ASK_ONLINE,
  MH_KIOSK_ASK_CODE,
  MH_KIOSK_ASK_SCORE,
  MH_KIOSK_ASK_COMMENT,
  MH_KIOSK_ASK_N_FIELDS,
};
extern const MhRecordType mh_kiosk_ask_type;

enum
{
  MH_KIOSK_LINE_TEST,
  MH_KIOSK_LINE_NAME,
  MH_KIOSK_LINE_AMOUNT,
  MH_KIOSK_LINE_N_FIELDS,
};
extern const MhRecordType mh_kiosk_line_type;

enum
{
  MH_KIOSK_ORDER_ORDER_ID,
  MH_KIOSK_ORDER_NUMBER,
  MH_KIOSK_ORDER_TOKEN,
  MH_KIOSK_ORDER_PAYMENT_STATE,
  MH_KIOSK_ORDER_LINES,
  MH_KIOSK_ORDER_SUBTOTAL,
  MH_KIOSK_ORDER_TAX,
  MH_KIOSK_ORDER_TOTAL,
  MH_KIOSK_ORDER_DUE,
  MH_KIOSK_ORDER_CURRENCY,
  MH_KIOSK_ORDER_N_FIELDS,
};
extern const MhRecordType mh_kiosk_order_type;

/* How paying by code stands. */
enum
{
  MH_KIOSK_PAYMENT_ATTEMPT_ID,
  MH_KIOSK_PAYMENT_STATUS,
  MH_KIOSK_PAYMENT_QR_CONTENT,
  MH_KIOSK_PAYMENT_QR_IMAGE,
  MH_KIOSK_PAYMENT_AMOUNT,
  MH_KIOSK_PAYMENT_CURRENCY,
  MH_KIOSK_PAYMENT_CLOSE_BY,
  MH_KIOSK_PAYMENT_PAID,
  MH_KIOSK_PAYMENT_N_FIELDS,
};
extern const MhRecordType mh_kiosk_payment_type;

enum
{
  MH_KIOSK_CODE_MASKED,
  MH_KIOSK_CODE_EXPIRES_AT,
  MH_KIOSK_CODE_N_FIELDS,
};
extern const MhRecordType mh_kiosk_code_type;

enum
{
  MH_KIOSK_REPORT_ORDER_ID,
  MH_KIOSK_REPORT_NUMBER,
  MH_KIOSK_REPORT_STATUS,
  MH_KIOSK_REPORT_ISSUED_AT,
  MH_KIOSK_REPORT_TESTS,
  MH_KIOSK_REPORT_N_FIELDS,
};
extern const MhRecordType mh_kiosk_report_type;

enum
{
  MH_KIOSK_PIN_PIN,
  MH_KIOSK_PIN_N_FIELDS,
};
extern const MhRecordType mh_kiosk_pin_type;

#define MH_KIOSK_PIN_LEAST 6
#define MH_KIOSK_PIN_MOST 12

G_END_DECLS
