/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Analysers that speak with the server: a link for each, what its codes mean here, every message as
 * it came or went, and each result of it with what became of that.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_LINK_HL7 "hl7"   /* HL7 v2 over MLLP */
#define MH_LINK_ASTM "astm" /* ASTM E1394 over E1381 */
extern const MhCode mh_link_protocol_codes[];

#define MH_LINK_LISTEN "listen"   /* the analyser connects to us */
#define MH_LINK_CONNECT "connect" /* we connect to it */
#define MH_LINK_SERIAL "serial"
extern const MhCode mh_link_transport_codes[];

#define MH_LINK_TLS_OFF "off"
#define MH_LINK_TLS_ON "tls"        /* whoever listens shows a certificate */
#define MH_LINK_TLS_MUTUAL "mutual" /* both do */
extern const MhCode mh_link_tls_codes[];

#define MH_LINK_ORDERS_NONE "none"
#define MH_LINK_ORDERS_SEND "send"   /* when a tube is received */
#define MH_LINK_ORDERS_QUERY "query" /* when the analyser asks for a tube */
extern const MhCode mh_link_orders_codes[];

#define MH_LINK_OFF "off"
#define MH_LINK_LISTENING "listening"
#define MH_LINK_CONNECTING "connecting"
#define MH_LINK_CONNECTED "connected"
#define MH_LINK_FAILED "failed"
extern const MhCode mh_link_status_codes[];

enum
{
  MH_LINK_HOSPITAL_ID = MH_N_COMMON,
  MH_LINK_CODE,
  MH_LINK_NAME,
  MH_LINK_EQUIPMENT,
  MH_LINK_PROTOCOL,
  MH_LINK_TRANSPORT,
  MH_LINK_HOST,
  MH_LINK_PORT,
  MH_LINK_DEVICE,
  MH_LINK_SERIAL_MODE,
  MH_LINK_ALLOW,
  MH_LINK_SENDER,
  MH_LINK_TLS,
  MH_LINK_TLS_AUTHORITY,
  MH_LINK_ZONE,
  MH_LINK_ORDERS,
  MH_LINK_QC_PREFIX,
  MH_LINK_TRUSTS_BARCODE,
  MH_LINK_KEEPS_DRAFTS,
  MH_LINK_REUSES_IDS,
  MH_LINK_QUIET_MINUTES,
  MH_LINK_ENABLED,
  MH_LINK_STATUS,
  MH_LINK_STATUS_AT,
  MH_LINK_LAST_ERROR,
  MH_LINK_LAST_MESSAGE_AT,
  MH_LINK_N_OPEN,
  MH_LINK_N_WAITING,
  MH_LINK_N_FIELDS,
};

/* What one code of the analyser means here. */
enum
{
  MH_ANALYSER_MAP_HOSPITAL_ID = MH_N_COMMON,
  MH_ANALYSER_MAP_LINK_ID,
  MH_ANALYSER_MAP_CODE,
  MH_ANALYSER_MAP_ANALYTE,
  MH_ANALYSER_MAP_TEST,
  MH_ANALYSER_MAP_UNIT,
  MH_ANALYSER_MAP_FACTOR,
  MH_ANALYSER_MAP_WORDS,
  MH_ANALYSER_MAP_IGNORED,
  MH_ANALYSER_MAP_N_FIELDS,
};

#define MH_MESSAGE_IN "in"
#define MH_MESSAGE_OUT "out"
extern const MhCode mh_message_direction_codes[];

/* of what came in */
#define MH_MESSAGE_DONE "done"       /* all of it has its place */
#define MH_MESSAGE_OPEN "open"       /* something of it waits in the inbox */
#define MH_MESSAGE_REFUSED "refused" /* could not be read; or, of what went out: refused there */
#define MH_MESSAGE_REVIEW "review"   /* kept, and a person must decide */
/* of what goes out */
#define MH_MESSAGE_WAITING "waiting"
#define MH_MESSAGE_ACCEPTED "accepted"
#define MH_MESSAGE_CANCELLED "cancelled"
extern const MhCode mh_message_status_codes[];

enum
{
  MH_MESSAGE_HOSPITAL_ID = MH_N_COMMON,
  MH_MESSAGE_LINK_ID,
  MH_MESSAGE_DIRECTION,
  MH_MESSAGE_KIND,
  MH_MESSAGE_CONTROL_ID,
  MH_MESSAGE_HASH,
  MH_MESSAGE_AT,
  MH_MESSAGE_STATUS,
  MH_MESSAGE_ANSWER,
  MH_MESSAGE_ERROR,
  MH_MESSAGE_PEER,
  MH_MESSAGE_SAMPLE_CODE,
  MH_MESSAGE_N_RESULTS,
  MH_MESSAGE_N_REPEATS,
  MH_MESSAGE_ATTEMPTS,
  MH_MESSAGE_NEXT_AT,
  MH_MESSAGE_ENDED_AT,
  MH_MESSAGE_IS_BYTES,
  MH_MESSAGE_RAW,
  MH_MESSAGE_RESULTS,
  MH_MESSAGE_N_FIELDS,
};

#define MH_DEVICE_RESULT_APPLIED "applied"
#define MH_DEVICE_RESULT_OPEN "open"
#define MH_DEVICE_RESULT_ASSIGNED "assigned"
#define MH_DEVICE_RESULT_DISCARDED "discarded"
#define MH_DEVICE_RESULT_IGNORED "ignored"
#define MH_DEVICE_RESULT_CONTROL "control"
extern const MhCode mh_device_result_status_codes[];

/* Why a result waits in the inbox. */
#define MH_UNMATCHED_SAMPLE "unknown_sample"
#define MH_UNMATCHED_NO_SAMPLE "no_sample"
#define MH_UNMATCHED_PATIENT "patient_differs"
#define MH_UNMATCHED_CODE "unknown_code"
#define MH_UNMATCHED_NOT_ORDERED "not_ordered"
#define MH_UNMATCHED_UNIT "unit_differs"
#define MH_UNMATCHED_VALUE "bad_value"
#define MH_UNMATCHED_STATE "not_open"
#define MH_UNMATCHED_NOT_DONE "not_done"
#define MH_UNMATCHED_WITHDRAWN "withdrawn"
#define MH_UNMATCHED_CONTROL "control"
#define MH_UNMATCHED_FILE "bad_file"
extern const MhCode mh_unmatched_codes[];

enum
{
  MH_DEVICE_RESULT_HOSPITAL_ID = MH_N_COMMON,
  MH_DEVICE_RESULT_LINK_ID,
  MH_DEVICE_RESULT_LINK_NAME,
  MH_DEVICE_RESULT_MESSAGE_ID,
  MH_DEVICE_RESULT_POSITION,
  MH_DEVICE_RESULT_AT,
  MH_DEVICE_RESULT_SAMPLE_CODE,
  MH_DEVICE_RESULT_PATIENT,
  MH_DEVICE_RESULT_CODE,
  MH_DEVICE_RESULT_NAME,
  MH_DEVICE_RESULT_VALUE,
  MH_DEVICE_RESULT_UNIT,
  MH_DEVICE_RESULT_FLAGS,
  MH_DEVICE_RESULT_FINALITY,
  MH_DEVICE_RESULT_MEASURED_AT,
  MH_DEVICE_RESULT_STATUS,
  MH_DEVICE_RESULT_REASON,
  MH_DEVICE_RESULT_DETAIL,
  MH_DEVICE_RESULT_ORDER_ID,
  MH_DEVICE_RESULT_SAMPLE_ID,
  MH_DEVICE_RESULT_ANALYTE,
  MH_DEVICE_RESULT_TAKEN,
  MH_DEVICE_RESULT_NOTE,
  MH_DEVICE_RESULT_RESOLVED_BY,
  MH_DEVICE_RESULT_RESOLVED_NAME,
  MH_DEVICE_RESULT_RESOLVED_AT,
  MH_DEVICE_RESULT_IS_FILE,
  MH_DEVICE_RESULT_N_FIELDS,
};

#define MH_RESOLVE_ASSIGN "assign"
#define MH_RESOLVE_DISCARD "discard"
#define MH_RESOLVE_RETRY "retry" /* the mapping or the tube is in order now */
extern const MhCode mh_resolve_codes[];

/* What a person does with a result of the inbox. */
enum
{
  MH_RESOLVE_ACTION,
  MH_RESOLVE_SAMPLE_CODE,
  MH_RESOLVE_ANALYTE,
  MH_RESOLVE_VALUE,
  MH_RESOLVE_NOTE,
  MH_RESOLVE_N_FIELDS,
};

/* An order to be sent by hand. */
enum
{
  MH_ANALYSER_SEND_SAMPLE_CODE,
  MH_ANALYSER_SEND_N_FIELDS,
};

G_END_DECLS
