/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Tubes sent to other laboratories, and what came back.
 */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_REFERRAL_DRAFT "draft"
#define MH_REFERRAL_SENT "sent"
#define MH_REFERRAL_RECEIVED "received"
#define MH_REFERRAL_RETURNED "returned"
#define MH_REFERRAL_CANCELLED "cancelled"
extern const MhCode mh_referral_status_codes[];

#define MH_REFERRED_PACKED "packed"
#define MH_REFERRED_SENT "sent"
#define MH_REFERRED_RECEIVED "received"
#define MH_REFERRED_REFUSED "refused"
#define MH_REFERRED_RETURNED "returned"
extern const MhCode mh_referral_state_codes[];

/* What may be done with a referral: sent, received (there), returned (the result), refused (there),
 * cancelled (before it is sent). */
extern const MhCode mh_referral_step_codes[];

enum
{
  MH_REFERENCE_LAB_HOSPITAL_ID = MH_N_COMMON,
  MH_REFERENCE_LAB_CODE,
  MH_REFERENCE_LAB_NAME,
  MH_REFERENCE_LAB_ADDRESS,
  MH_REFERENCE_LAB_CITY,
  MH_REFERENCE_LAB_PHONE,
  MH_REFERENCE_LAB_EMAIL,
  MH_REFERENCE_LAB_CONTACT,
  MH_REFERENCE_LAB_ACCREDITATION,
  MH_REFERENCE_LAB_TESTS,
  MH_REFERENCE_LAB_TAT_DAYS,
  MH_REFERENCE_LAB_ACTIVE,
  MH_REFERENCE_LAB_N_FIELDS,
};
extern const MhRecordType mh_reference_lab_type;

enum
{
  MH_REFERRAL_ITEM_REFERRAL_ID = MH_N_COMMON,
  MH_REFERRAL_ITEM_SAMPLE_ID,
  MH_REFERRAL_ITEM_ORDER_ID,
  MH_REFERRAL_ITEM_ACCESSION,
  MH_REFERRAL_ITEM_PATIENT_NAME,
  MH_REFERRAL_ITEM_PATIENT_MRN,
  MH_REFERRAL_ITEM_SPECIMEN,
  MH_REFERRAL_ITEM_TEST_NAMES,
  MH_REFERRAL_ITEM_COLLECTED_AT,
  MH_REFERRAL_ITEM_STATE,
  MH_REFERRAL_ITEM_NOTE,
  MH_REFERRAL_ITEM_N_FIELDS,
};
extern const MhRecordType mh_referral_item_type;

enum
{
  MH_REFERRAL_HOSPITAL_ID = MH_N_COMMON,
  MH_REFERRAL_NUMBER,
  MH_REFERRAL_LAB_ID,
  MH_REFERRAL_LAB_NAME,
  MH_REFERRAL_STATUS,
  MH_REFERRAL_COURIER,
  MH_REFERRAL_TEMPERATURE,
  MH_REFERRAL_NOTE,
  MH_REFERRAL_PACKED_NAME,
  MH_REFERRAL_SENT_AT,
  MH_REFERRAL_SENT_NAME,
  MH_REFERRAL_DUE_AT,
  MH_REFERRAL_RECEIVED_AT,
  MH_REFERRAL_RETURNED_AT,
  MH_REFERRAL_N_TUBES,
  MH_REFERRAL_N_OPEN,
  MH_REFERRAL_ACCESSIONS,
  MH_REFERRAL_ITEMS,
  MH_REFERRAL_N_FIELDS,
};
extern const MhRecordType mh_referral_type;

/* Body of POST /referrals/{id}/steps. */
enum
{
  MH_REFERRAL_STEP_STEP,
  MH_REFERRAL_STEP_ACCESSIONS,
  MH_REFERRAL_STEP_COURIER,
  MH_REFERRAL_STEP_NOTE,
  MH_REFERRAL_STEP_N_FIELDS,
};
extern const MhRecordType mh_referral_step_type;

G_END_DECLS
