/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Tubes and their chain of custody. A custody event is also the body of POST /samples/{id}/events.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_SAMPLE_STATUS_TO_COLLECT "to_collect"
#define MH_SAMPLE_STATUS_COLLECTED "collected"
#define MH_SAMPLE_STATUS_IN_TRANSIT "in_transit"
#define MH_SAMPLE_STATUS_RECEIVED "received"
#define MH_SAMPLE_STATUS_REJECTED "rejected"
#define MH_SAMPLE_STATUS_STORED "stored"
#define MH_SAMPLE_STATUS_REFERRED "referred"
#define MH_SAMPLE_STATUS_DISPOSED "disposed"
#define MH_SAMPLE_STATUS_CANCELLED "cancelled"
extern const MhCode mh_sample_status_codes[];

#define MH_CUSTODY_ORDERED "ordered"
#define MH_CUSTODY_LABEL_PRINTED "label_printed"
#define MH_CUSTODY_IDENTIFIED "identified"
#define MH_CUSTODY_COLLECTED "collected"
#define MH_CUSTODY_HANDED_OVER "handed_over"
#define MH_CUSTODY_RECEIVED "received"
#define MH_CUSTODY_UNRECEIVED "unreceived" /* by mistake: it is on its way again */
#define MH_CUSTODY_ACCEPTED "accepted"
#define MH_CUSTODY_REJECTED "rejected"
#define MH_CUSTODY_ALIQUOTED "aliquoted"
#define MH_CUSTODY_LOADED "loaded"
#define MH_CUSTODY_RESULTED "resulted"
#define MH_CUSTODY_RESTARTED "restarted"
#define MH_CUSTODY_VERIFIED "verified"
#define MH_CUSTODY_STORED "stored"
#define MH_CUSTODY_RETRIEVED "retrieved"
#define MH_CUSTODY_REFERRED "referred"
#define MH_CUSTODY_DISPOSED "disposed"
#define MH_CUSTODY_CANCELLED "cancelled"
extern const MhCode mh_custody_codes[];

#define MH_REJECT_UNLABELLED "unlabelled"
#define MH_REJECT_MISLABELLED "mislabelled"
#define MH_REJECT_TWO_IDENTIFIERS "two_identifiers"
#define MH_REJECT_WRONG_CONTAINER "wrong_container"
#define MH_REJECT_INSUFFICIENT "insufficient"
#define MH_REJECT_CLOTTED "clotted"
#define MH_REJECT_HAEMOLYSED "haemolysed"
#define MH_REJECT_LIPAEMIC "lipaemic"
#define MH_REJECT_ICTERIC "icteric"
#define MH_REJECT_IV_DILUTED "iv_diluted"
#define MH_REJECT_LEAKING "leaking"
#define MH_REJECT_WRONG_TEMPERATURE "wrong_temperature"
#define MH_REJECT_BEYOND_STABILITY "beyond_stability"
#define MH_REJECT_NO_COLLECTION_TIME "no_collection_time"
#define MH_REJECT_BAD_PREPARATION "bad_preparation"
#define MH_REJECT_NO_REQUEST "no_request"
#define MH_REJECT_DUPLICATE "duplicate"
#define MH_REJECT_EXPIRED_TUBE "expired_tube"
#define MH_REJECT_UNSUITABLE_SITE "unsuitable_site"
extern const MhCode mh_reject_reason_codes[];

/* What the collector compared before drawing; two are needed. */
#define MH_IDENTIFIER_NAME "name"
#define MH_IDENTIFIER_BIRTH_DATE "birth_date"
#define MH_IDENTIFIER_MRN "mrn"
#define MH_IDENTIFIER_PHONE "phone"
#define MH_IDENTIFIER_WRISTBAND "wristband"
#define MH_IDENTIFIER_PHOTO "photo"
#define MH_IDENTIFIER_ADDRESS "address"
extern const MhCode mh_identifier_codes[];

/* Reasons of a "collected" event for which the label was not scanned back or fewer than two
 * identifiers were compared. */
#define MH_UNPROVEN_LABEL_UNREADABLE "label_unreadable"
#define MH_UNPROVEN_NO_SCANNER "no_scanner"
#define MH_UNPROVEN_NO_IDENTITY "no_identity"
#define MH_UNPROVEN_EMERGENCY "emergency"
extern const MhCode mh_unproven_codes[];

enum
{
  MH_SAMPLE_HOSPITAL_ID = MH_N_COMMON,
  MH_SAMPLE_ORDER_ID,
  MH_SAMPLE_PATIENT_ID,
  MH_SAMPLE_ACCESSION,
  MH_SAMPLE_CONTAINER,
  MH_SAMPLE_CONTAINER_NAME,
  MH_SAMPLE_COLOUR,
  MH_SAMPLE_BENCH,
  MH_SAMPLE_SPECIMEN,
  MH_SAMPLE_TESTS,
  MH_SAMPLE_TEST_NAMES,
  MH_SAMPLE_VOLUME_ML,
  MH_SAMPLE_DRAW_ORDER,
  MH_SAMPLE_STATUS,
  MH_SAMPLE_PRIORITY,
  MH_SAMPLE_COLLECTED_AT,
  MH_SAMPLE_COLLECTED_BY,
  MH_SAMPLE_COLLECTED_NAME,
  MH_SAMPLE_RECEIVED_AT,
  MH_SAMPLE_RECEIVED_BY,
  MH_SAMPLE_REJECTED_AT,
  MH_SAMPLE_REJECTED_BY,
  MH_SAMPLE_REJECT_REASON,
  MH_SAMPLE_REJECT_NOTE,
  MH_SAMPLE_PARENT_ID,
  MH_SAMPLE_REPLACED_BY,
  MH_SAMPLE_PLACE,
  MH_SAMPLE_LABEL_COUNT,
  MH_SAMPLE_LABELS_PRINTED,
  MH_SAMPLE_LABEL_SCANNED_AT,
  MH_SAMPLE_EVENTS,
  MH_SAMPLE_ALIQUOT_OF,
  MH_SAMPLE_N_ALIQUOTS,
  MH_SAMPLE_BOX_ID,
  MH_SAMPLE_POSITION,
  MH_SAMPLE_KEEP_UNTIL,
  MH_SAMPLE_HAEMOLYSIS,
  MH_SAMPLE_ICTERUS,
  MH_SAMPLE_LIPAEMIA,
  MH_SAMPLE_ACCEPTED_REASON,
  MH_SAMPLE_ACCEPTED_NOTE,
  MH_SAMPLE_ACCEPTED_NAME,
  MH_SAMPLE_TEMPERATURE,
  MH_SAMPLE_STABLE_UNTIL,
  MH_SAMPLE_STABLE_TESTS,
  MH_SAMPLE_N_FIELDS,
};

enum
{
  MH_CUSTODY_EVENT_SAMPLE_ID = MH_N_COMMON,
  MH_CUSTODY_EVENT_EVENT,
  MH_CUSTODY_EVENT_AT,
  MH_CUSTODY_EVENT_RECORDED_AT,
  MH_CUSTODY_EVENT_BY_ID,
  MH_CUSTODY_EVENT_BY_NAME,
  MH_CUSTODY_EVENT_HANDED_TO,
  MH_CUSTODY_EVENT_STATION,
  MH_CUSTODY_EVENT_REASON,
  MH_CUSTODY_EVENT_NOTE,
  MH_CUSTODY_EVENT_SCANNED,
  MH_CUSTODY_EVENT_PLACE,
  MH_CUSTODY_EVENT_TEMPERATURE,
  MH_CUSTODY_EVENT_IDENTIFIERS,
  MH_CUSTODY_EVENT_BOX_ID,
  MH_CUSTODY_EVENT_POSITION,
  MH_CUSTODY_EVENT_HAEMOLYSIS,
  MH_CUSTODY_EVENT_ICTERUS,
  MH_CUSTODY_EVENT_LIPAEMIA,
  MH_CUSTODY_EVENT_WITNESS,
  MH_CUSTODY_EVENT_WITNESS_ID,
  MH_CUSTODY_EVENT_WITNESS_NAME,
  MH_CUSTODY_EVENT_N_FIELDS,
};

G_END_DECLS
