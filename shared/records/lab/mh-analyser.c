/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-analyser.h"

#include "shared/base/mh-decimal.h"
#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"

#include <stdio.h>
#include <string.h>

/* clang-format off */
const MhCode mh_link_protocol_codes[] = {
  { MH_LINK_HL7, N_("HL7 v2 (MLLP)") },
  { MH_LINK_ASTM, N_("ASTM (LIS2)") },
  { NULL },
};

const MhCode mh_link_transport_codes[] = {
  { MH_LINK_LISTEN, N_("The analyser connects to us") },
  { MH_LINK_CONNECT, N_("We connect to the analyser") },
  { MH_LINK_SERIAL, N_("Serial line") },
  { NULL },
};

const MhCode mh_link_tls_codes[] = {
  { MH_LINK_TLS_OFF, N_("Not encrypted") },
  { MH_LINK_TLS_ON, N_("TLS") },
  { MH_LINK_TLS_MUTUAL, N_("TLS, both sides show a certificate") },
  { NULL },
};

const MhCode mh_link_orders_codes[] = {
  { MH_LINK_ORDERS_NONE, N_("Not sent") },
  { MH_LINK_ORDERS_SEND, N_("Sent when the tube is received") },
  { MH_LINK_ORDERS_QUERY, N_("Sent when the analyser asks") },
  { NULL },
};

const MhCode mh_link_status_codes[] = {
  { MH_LINK_OFF, N_("Off") },
  { MH_LINK_LISTENING, N_("Waiting for the analyser") },
  { MH_LINK_CONNECTING, N_("Connecting") },
  { MH_LINK_CONNECTED, N_("Connected") },
  { MH_LINK_FAILED, N_("Does not work") },
  { NULL },
};

const MhCode mh_message_direction_codes[] = {
  { MH_MESSAGE_IN, NS_("Received") },
  { MH_MESSAGE_OUT, N_("Sent") },
  { NULL },
};

const MhCode mh_message_status_codes[] = {
  { MH_MESSAGE_DONE, NS_("Taken") },
  { MH_MESSAGE_OPEN, N_("Open results") },
  { MH_MESSAGE_REFUSED, N_("Refused") },
  { MH_MESSAGE_REVIEW, N_("To be decided") },
  { MH_MESSAGE_WAITING, N_("Waiting") },
  { MH_MESSAGE_ACCEPTED, N_("Accepted") },
  { MH_MESSAGE_CANCELLED, NS_("Cancelled") },
  { NULL },
};

const MhCode mh_device_result_status_codes[] = {
  { MH_DEVICE_RESULT_APPLIED, NS_("Taken") },
  { MH_DEVICE_RESULT_OPEN, NS_("Open") },
  { MH_DEVICE_RESULT_ASSIGNED, N_("Assigned by hand") },
  { MH_DEVICE_RESULT_DISCARDED, N_("Discarded") },
  { MH_DEVICE_RESULT_IGNORED, N_("Ignored") },
  { MH_DEVICE_RESULT_CONTROL, NS_("Control") },
  { NULL },
};

const MhCode mh_unmatched_codes[] = {
  { MH_UNMATCHED_SAMPLE, N_("Unknown sample") },
  { MH_UNMATCHED_NO_SAMPLE, N_("No sample number") },
  { MH_UNMATCHED_PATIENT, N_("Another patient") },
  { MH_UNMATCHED_CODE, N_("The code is not mapped") },
  { MH_UNMATCHED_NOT_ORDERED, N_("Not ordered") },
  { MH_UNMATCHED_UNIT, N_("Another unit") },
  { MH_UNMATCHED_VALUE, N_("The value cannot be read") },
  { MH_UNMATCHED_STATE, N_("The result is not open") },
  { MH_UNMATCHED_NOT_DONE, N_("Could not be measured") },
  { MH_UNMATCHED_WITHDRAWN, N_("Withdrawn by the analyser") },
  { MH_UNMATCHED_CONTROL, N_("Unknown control") },
  { MH_UNMATCHED_FILE, N_("The picture cannot be taken") },
  { NULL },
};

const MhCode mh_resolve_codes[] = {
  { MH_RESOLVE_ASSIGN, N_("Assign") },
  { MH_RESOLVE_DISCARD, N_("Discard") },
  { MH_RESOLVE_RETRY, N_("Try again") },
  { NULL },
};

static const MhField link_fields[] = {
  MH_COMMON_FIELDS,
  [MH_LINK_HOSPITAL_ID]     = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_LINK_CODE]            = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_REQUIRED | MH_IMMUTABLE | MH_BRIEF, .max = 20, .format = "code" },
  [MH_LINK_NAME]            = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_REQUIRED | MH_BRIEF, .max = 80 },
  [MH_LINK_EQUIPMENT]       = { "equipment", MH_KIND_TEXT, .label = N_("Equipment"), .max = 20, .format = "code",
    .help = N_("Code of the equipment; stands with each result. The link's own code if empty") },
  [MH_LINK_PROTOCOL]        = { "protocol", MH_KIND_ENUM, .label = N_("Language"), .codes = mh_link_protocol_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_LINK_TRANSPORT]       = { "transport", MH_KIND_ENUM, .label = N_("Connection"), .codes = mh_link_transport_codes, .flags = MH_REQUIRED },
  [MH_LINK_HOST]            = { "host", MH_KIND_TEXT, .label = N_("Address"), .max = 120,
    .help = N_("Of the analyser; or the own address to listen at, 127.0.0.1 if empty") },
  [MH_LINK_PORT]            = { "port", MH_KIND_INT, .label = N_("Port"), .at_least = 0, .at_most = 65535,
    .help = N_("0 to listen: any that is free") },
  [MH_LINK_DEVICE]          = { "device", MH_KIND_TEXT, .label = N_("Serial device"), .max = 120, .help = N_("Such as /dev/ttyUSB0") },
  [MH_LINK_SERIAL_MODE]     = { "serial_mode", MH_KIND_TEXT, .label = N_("Serial mode"), .max = 20, .help = N_("9600 8N1 if empty") },
  [MH_LINK_ALLOW]           = { "allow", MH_KIND_LIST, .label = N_("Allowed addresses"), .max = 20,
    .help = N_("From where the analyser may connect; anywhere if empty") },
  [MH_LINK_SENDER]          = { "sender", MH_KIND_TEXT, .label = N_("Sender"), .max = 80,
    .help = N_("What it calls itself; others are refused. Anything if empty") },
  [MH_LINK_TLS]             = { "tls", MH_KIND_ENUM, .label = N_("Encryption"), .codes = mh_link_tls_codes, .since = 48 },
  [MH_LINK_TLS_AUTHORITY]   = { "tls_authority", MH_KIND_LONG_TEXT, .label = N_("Trusted authority"), .max = 20000, .since = 48,
    .help = N_("Certificate in PEM form which the analyser's must be signed by; empty where we connect: those this server trusts") },
  [MH_LINK_ZONE]            = { "zone", MH_KIND_TEXT, .label = N_("Time zone"), .max = 40, .help = N_("Of its clock; the hospital's if empty") },
  [MH_LINK_ORDERS]          = { "orders", MH_KIND_ENUM, .label = N_("Orders"), .codes = mh_link_orders_codes },
  [MH_LINK_QC_PREFIX]       = { "qc_prefix", MH_KIND_TEXT, .label = N_("Controls begin with"), .max = 20,
    .help = N_("Sample numbers that begin so are control materials") },
  [MH_LINK_TRUSTS_BARCODE]  = { "trusts_barcode", MH_KIND_BOOL, .label = N_("Do not compare the patient"),
    .help = N_("For analysers whose patient's data are typed in or left over") },
  [MH_LINK_KEEPS_DRAFTS]    = { "keeps_drafts", MH_KIND_BOOL, .label = N_("Leave results as drafts"),
    .help = N_("Otherwise complete tests are handed over to be verified at once") },
  [MH_LINK_REUSES_IDS]      = { "reuses_ids", MH_KIND_BOOL, .label = N_("Message numbers repeat"),
    .help = N_("For analysers that number every message alike") },
  [MH_LINK_QUIET_MINUTES]   = { "quiet_minutes", MH_KIND_INT, .label = N_("Alert after minutes offline"), .at_least = 0, .at_most = 10080, .help = N_("0: never") },
  [MH_LINK_ENABLED]         = { "enabled", MH_KIND_BOOL, .label = N_("Switched on"), .flags = MH_BRIEF },
  [MH_LINK_STATUS]          = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_link_status_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_LINK_STATUS_AT]       = { "status_at", MH_KIND_INSTANT, .label = N_("Since"), .flags = MH_SERVER_SET },
  [MH_LINK_LAST_ERROR]      = { "last_error", MH_KIND_TEXT, .label = N_("Last error"), .flags = MH_SERVER_SET, .max = 400 },
  [MH_LINK_LAST_MESSAGE_AT] = { "last_message_at", MH_KIND_INSTANT, .label = N_("Last message"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_LINK_N_OPEN]          = { "n_open", MH_KIND_INT, .label = N_("Open results"), .flags = MH_SERVER_SET | MH_VIRTUAL },
  [MH_LINK_N_WAITING]       = { "n_waiting", MH_KIND_INT, .label = N_("Orders waiting"), .flags = MH_SERVER_SET | MH_VIRTUAL },
};
G_STATIC_ASSERT (G_N_ELEMENTS (link_fields) == MH_LINK_N_FIELDS);

static const MhField map_fields[] = {
  MH_COMMON_FIELDS,
  [MH_ANALYSER_MAP_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_ANALYSER_MAP_LINK_ID]     = { "link_id", MH_KIND_REF, .label = N_("Analyser"), .target = &mh_analyser_link_type, .flags = MH_SERVER_SET | MH_NO_FORM | MH_INDEX },
  [MH_ANALYSER_MAP_CODE]        = { "code", MH_KIND_TEXT, .label = N_("Code of the analyser"), .flags = MH_REQUIRED | MH_BRIEF, .max = 80 },
  [MH_ANALYSER_MAP_ANALYTE]     = { "analyte", MH_KIND_TEXT, .label = N_("Analyte"), .flags = MH_BRIEF, .max = 20, .help = N_("What its results are here") },
  [MH_ANALYSER_MAP_TEST]        = { "test", MH_KIND_TEXT, .label = N_("Test"), .flags = MH_BRIEF, .max = 20,
    .help = N_("Ordered by this code; the analytes' own codes if no row has the test") },
  [MH_ANALYSER_MAP_UNIT]        = { "unit", MH_KIND_TEXT, .label = N_("Unit of the analyser"), .flags = MH_BRIEF, .max = 40, .help = N_("The analyte's if empty") },
  [MH_ANALYSER_MAP_FACTOR]      = { "factor", MH_KIND_DECIMAL, .label = N_("Factor"), .flags = MH_BRIEF, .max = 20,
    .help = N_("Our value = the analyser's value × factor; needed when the units differ") },
  [MH_ANALYSER_MAP_WORDS]       = { "words", MH_KIND_LIST, .label = N_("Words"), .max = 40,
    .help = N_("Its words and ours: POS=positive") },
  [MH_ANALYSER_MAP_IGNORED]     = { "ignored", MH_KIND_BOOL, .label = N_("Ignored"), .flags = MH_BRIEF, .help = N_("Results of this code are left out") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (map_fields) == MH_ANALYSER_MAP_N_FIELDS);

static const MhField message_fields[] = {
  MH_COMMON_FIELDS,
  [MH_MESSAGE_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_MESSAGE_LINK_ID]     = { "link_id", MH_KIND_REF, .label = N_("Analyser"), .target = &mh_analyser_link_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_MESSAGE_DIRECTION]   = { "direction", MH_KIND_ENUM, .label = N_("Direction"), .codes = mh_message_direction_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_MESSAGE_KIND]        = { "kind", MH_KIND_TEXT, .label = N_("Kind"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 40 },
  [MH_MESSAGE_CONTROL_ID]  = { "control_id", MH_KIND_TEXT, .label = N_("Number"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 200 },
  [MH_MESSAGE_HASH]        = { "hash", MH_KIND_TEXT, .label = N_("Hash"), .flags = MH_SERVER_SET | MH_NO_FORM, .max = 64, .help = N_("SHA-256 of the bytes") },
  [MH_MESSAGE_AT]          = { "at", MH_KIND_INSTANT, .label = N_("Time"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_MESSAGE_STATUS]      = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_message_status_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_MESSAGE_ANSWER]      = { "answer", MH_KIND_TEXT, .label = N_("Answer"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 20 },
  [MH_MESSAGE_ERROR]       = { "error", MH_KIND_TEXT, .label = N_("Error"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 400 },
  [MH_MESSAGE_PEER]        = { "peer", MH_KIND_TEXT, .label = N_("From"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_MESSAGE_SAMPLE_CODE] = { "sample_code", MH_KIND_TEXT, .label = N_("Sample"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 80 },
  [MH_MESSAGE_N_RESULTS]   = { "n_results", MH_KIND_INT, .label = N_("Results"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_MESSAGE_N_REPEATS]   = { "n_repeats", MH_KIND_INT, .label = N_("Repeats"), .flags = MH_SERVER_SET },
  [MH_MESSAGE_ATTEMPTS]    = { "attempts", MH_KIND_INT, .label = N_("Attempts"), .flags = MH_SERVER_SET },
  [MH_MESSAGE_NEXT_AT]     = { "next_at", MH_KIND_INSTANT, .label = N_("Tried again"), .flags = MH_SERVER_SET },
  [MH_MESSAGE_ENDED_AT]    = { "ended_at", MH_KIND_INSTANT, .label = N_("Ended"), .flags = MH_SERVER_SET },
  [MH_MESSAGE_IS_BYTES]    = { "is_bytes", MH_KIND_BOOL, .label = N_("Bytes"), .flags = MH_SERVER_SET | MH_NO_FORM,
    .help = N_("The message is not UTF-8: each letter here is one byte, Ā the byte zero") },
  [MH_MESSAGE_RAW]         = { "raw", MH_KIND_LONG_TEXT, .label = N_("Message"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 17000000 },
  [MH_MESSAGE_RESULTS]     = { "results", MH_KIND_RECORDS, .label = N_("Results of it"), .target = &mh_device_result_type, .flags = MH_SERVER_SET | MH_VIRTUAL, .max = 20000 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (message_fields) == MH_MESSAGE_N_FIELDS);

static const MhField device_result_fields[] = {
  MH_COMMON_FIELDS,
  [MH_DEVICE_RESULT_HOSPITAL_ID]   = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_DEVICE_RESULT_LINK_ID]       = { "link_id", MH_KIND_REF, .label = N_("Analyser"), .target = &mh_analyser_link_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_DEVICE_RESULT_LINK_NAME]     = { "link_name", MH_KIND_TEXT, .label = N_("Analyser"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 80 },
  [MH_DEVICE_RESULT_MESSAGE_ID]    = { "message_id", MH_KIND_REF, .label = N_("Message"), .target = &mh_analyser_message_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_DEVICE_RESULT_POSITION]      = { "line_no", MH_KIND_INT, .label = N_("Position"), .flags = MH_SERVER_SET },
  [MH_DEVICE_RESULT_AT]            = { "at", MH_KIND_INSTANT, .label = N_("Received"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_DEVICE_RESULT_SAMPLE_CODE]   = { "sample_code", MH_KIND_TEXT, .label = N_("Sample"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 80 },
  [MH_DEVICE_RESULT_PATIENT]       = { "patient", MH_KIND_TEXT, .label = N_("Patient as sent"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 200 },
  [MH_DEVICE_RESULT_CODE]          = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 80 },
  [MH_DEVICE_RESULT_NAME]          = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_DEVICE_RESULT_VALUE]         = { "value", MH_KIND_TEXT, .label = N_("Value"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_BRIEF, .max = 4000 },
  [MH_DEVICE_RESULT_UNIT]          = { "unit", MH_KIND_TEXT, .label = N_("Unit"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 40 },
  [MH_DEVICE_RESULT_FLAGS]         = { "flags", MH_KIND_TEXT, .label = N_("Flags of the analyser"), .flags = MH_SERVER_SET, .max = 80 },
  [MH_DEVICE_RESULT_FINALITY]      = { "finality", MH_KIND_TEXT, .label = N_("Result's status as sent"), .flags = MH_SERVER_SET, .max = 8 },
  [MH_DEVICE_RESULT_MEASURED_AT]   = { "measured_at", MH_KIND_INSTANT, .label = N_("Measured"), .flags = MH_SERVER_SET },
  [MH_DEVICE_RESULT_STATUS]        = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_device_result_status_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_DEVICE_RESULT_REASON]        = { "reason", MH_KIND_ENUM, .label = N_("Reason"), .codes = mh_unmatched_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_DEVICE_RESULT_DETAIL]        = { "detail", MH_KIND_TEXT, .label = N_("What was found"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 400 },
  [MH_DEVICE_RESULT_ORDER_ID]      = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET },
  [MH_DEVICE_RESULT_SAMPLE_ID]     = { "sample_id", MH_KIND_REF, .label = N_("Tube"), .target = &mh_sample_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_DEVICE_RESULT_ANALYTE]       = { "analyte", MH_KIND_TEXT, .label = N_("Analyte"), .flags = MH_SERVER_SET, .max = 20 },
  [MH_DEVICE_RESULT_TAKEN]         = { "taken", MH_KIND_TEXT, .label = N_("Value taken"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 4000 },
  [MH_DEVICE_RESULT_NOTE]          = { "note", MH_KIND_TEXT, .label = N_("Note"), .flags = MH_SERVER_SET, .max = 400 },
  [MH_DEVICE_RESULT_RESOLVED_BY]   = { "resolved_by", MH_KIND_REF, .label = N_("Decided by"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_DEVICE_RESULT_RESOLVED_NAME] = { "resolved_name", MH_KIND_TEXT, .label = N_("Decided by, name"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_DEVICE_RESULT_RESOLVED_AT]   = { "resolved_at", MH_KIND_INSTANT, .label = N_("Decided"), .flags = MH_SERVER_SET },
  [MH_DEVICE_RESULT_IS_FILE]       = { "is_file", MH_KIND_BOOL, .label = N_("A picture"), .flags = MH_SERVER_SET, .since = 48 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (device_result_fields) == MH_DEVICE_RESULT_N_FIELDS);

static const MhField resolve_fields[] = {
  [MH_RESOLVE_ACTION]      = { "action", MH_KIND_ENUM, .label = N_("Action"), .codes = mh_resolve_codes, .flags = MH_REQUIRED },
  [MH_RESOLVE_SAMPLE_CODE] = { "sample_code", MH_KIND_TEXT, .label = N_("Sample"), .max = 80, .help = N_("Barcode of the tube that it belongs to; as sent if empty") },
  [MH_RESOLVE_ANALYTE]     = { "analyte", MH_KIND_TEXT, .label = N_("Analyte"), .max = 20, .help = N_("As mapped if empty") },
  [MH_RESOLVE_VALUE]       = { "value", MH_KIND_TEXT, .label = N_("Value in our unit"), .flags = MH_SENSITIVE, .max = 4000, .help = N_("As sent if empty") },
  [MH_RESOLVE_NOTE]        = { "note", MH_KIND_TEXT, .label = N_("Reason"), .max = 400 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (resolve_fields) == MH_RESOLVE_N_FIELDS);

static const MhField send_fields[] = {
  [MH_ANALYSER_SEND_SAMPLE_CODE] = { "sample_code", MH_KIND_TEXT, .label = N_("Sample"), .flags = MH_REQUIRED, .max = 80 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (send_fields) == MH_ANALYSER_SEND_N_FIELDS);
/* clang-format on */

static gboolean
analyser_is (MhRecord *record, guint field, const char *code)
{
  return g_strcmp0 (mh_record_text (record, field), code) == 0;
}

/* "9600 8N1" */
static gboolean
serial_mode_is_fine (const char *mode)
{
  static const int speeds[] = { 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200 };
  int speed, bits, stops, end = 0;
  char parity;
  if (sscanf (mode, "%6d %1d%c%1d%n", &speed, &bits, &parity, &stops, &end) != 4 || mode[end] != 0)
    return FALSE;
  gboolean known = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (speeds); i++)
    known = known || speeds[i] == speed;
  return known && (bits == 7 || bits == 8) && strchr ("NEO", parity) != NULL
         && (stops == 1 || stops == 2);
}

static void
check_tls (MhRecord *link, MhIssues *issues)
{
  gboolean mutual = analyser_is (link, MH_LINK_TLS, MH_LINK_TLS_MUTUAL);
  if (analyser_is (link, MH_LINK_TRANSPORT, MH_LINK_SERIAL)
      && (mutual || analyser_is (link, MH_LINK_TLS, MH_LINK_TLS_ON)))
    mh_issues_add (issues, "tls", "not_possible", "A serial line is not encrypted");
  else if (mutual && !mh_record_has (link, MH_LINK_TLS_AUTHORITY))
    mh_issues_add (issues, "tls_authority", "required",
                   "Give the certificate by which the analyser's is known");
}

static void
check_where (MhRecord *link, MhIssues *issues)
{
  gboolean connects = analyser_is (link, MH_LINK_TRANSPORT, MH_LINK_CONNECT);
  if (analyser_is (link, MH_LINK_TRANSPORT, MH_LINK_SERIAL))
    {
      const char *device = mh_record_text (link, MH_LINK_DEVICE);
      if (analyser_is (link, MH_LINK_PROTOCOL, MH_LINK_HL7))
        mh_issues_add (issues, "transport", "unknown_code", "HL7 needs a network connection");
      if (device == NULL)
        mh_issues_add (issues, "device", "required", "A serial line needs its device");
      else if (!g_str_has_prefix (device, "/dev/"))
        mh_issues_add (issues, "device", "format", "A device begins with /dev/");
      return;
    }

  if (connects && !mh_record_has (link, MH_LINK_HOST))
    mh_issues_add (issues, "host", "required", "The analyser's address is needed");
  if (connects && mh_record_int (link, MH_LINK_PORT) == 0)
    mh_issues_add (issues, "port", "required", "The analyser's port is needed");
}

static void
link_check (MhRecord *link, MhIssues *issues)
{
  const char *mode = mh_record_text (link, MH_LINK_SERIAL_MODE);
  const char *const *allow = mh_record_list (link, MH_LINK_ALLOW);
  check_where (link, issues);
  check_tls (link, issues);
  if (mode != NULL && !serial_mode_is_fine (mode))
    mh_issues_add (issues, "serial_mode", "format", "Write it like 9600 8N1");
  for (guint i = 0; allow != NULL && allow[i] != NULL; i++)
    {
      g_autoptr (GInetAddressMask) mask = g_inet_address_mask_new_from_string (allow[i], NULL);
      if (mask == NULL)
        mh_issues_add (issues, "allow", "format", "%s is not an address such as 10.1.2.3",
                       allow[i]);
    }
}

static char *
link_display (MhRecord *link)
{
  return g_strdup (mh_record_text (link, MH_LINK_NAME));
}

static void
map_check (MhRecord *map, MhIssues *issues)
{
  const char *factor = mh_record_text (map, MH_ANALYSER_MAP_FACTOR);
  const char *const *words = mh_record_list (map, MH_ANALYSER_MAP_WORDS);
  MhDecimal value;

  if (!mh_record_has (map, MH_ANALYSER_MAP_ANALYTE) && !mh_record_has (map, MH_ANALYSER_MAP_TEST)
      && !mh_record_bool (map, MH_ANALYSER_MAP_IGNORED))
    mh_issues_add (issues, "analyte", "required",
                   "Say which analyte or test it is, or that it is not wanted");
  if (factor != NULL && (!mh_decimal_parse (factor, &value) || value.mantissa <= 0))
    mh_issues_add (issues, "factor", "out_of_range", "A factor is a number above zero");
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    if (strchr (words[i], '=') == NULL || words[i][0] == '=')
      mh_issues_add (issues, "words", "format", "Write its word, =, and ours: POS=positive");
}

static void
resolve_check (MhRecord *resolve, MhIssues *issues)
{
  if (analyser_is (resolve, MH_RESOLVE_ACTION, MH_RESOLVE_DISCARD)
      && !mh_record_has (resolve, MH_RESOLVE_NOTE))
    mh_issues_add (issues, "note", "required", "Say why it is discarded");
}

/* clang-format off */
const MhRecordType mh_analyser_link_type = {
  .name = "MhAnalyserLink", .code = "analyser_link", .table = "analyser_link", .path = "/analysers",
  .label = N_("Analyser"), .fields = link_fields, .n_fields = G_N_ELEMENTS (link_fields),
  .flags = MH_TYPE_SYNC, .check = link_check, .display = link_display,
  .hospital = MH_LINK_HOSPITAL_ID, .key = MH_LINK_CODE,
};

const MhRecordType mh_analyser_map_type = {
  .name = "MhAnalyserMap", .code = "analyser_map", .table = "analyser_map",
  .label = N_("Code of an analyser"), .fields = map_fields, .n_fields = G_N_ELEMENTS (map_fields),
  .check = map_check,
  .hospital = MH_ANALYSER_MAP_HOSPITAL_ID, .key = MH_ANALYSER_MAP_CODE,
};

const MhRecordType mh_analyser_message_type = {
  .name = "MhAnalyserMessage", .code = "analyser_message", .table = "analyser_message", .path = "/analyser_messages",
  .label = NS_("Message of an analyser"), .fields = message_fields, .n_fields = G_N_ELEMENTS (message_fields),
  .flags = MH_TYPE_PATIENT,
  .hospital = MH_MESSAGE_HOSPITAL_ID,
};

const MhRecordType mh_device_result_type = {
  .name = "MhDeviceResult", .code = "device_result", .table = "device_result", .path = "/device_results",
  .label = NS_("Result of an analyser"), .fields = device_result_fields, .n_fields = G_N_ELEMENTS (device_result_fields),
  .flags = MH_TYPE_PATIENT,
  .hospital = MH_DEVICE_RESULT_HOSPITAL_ID, .order = MH_DEVICE_RESULT_ORDER_ID, .key = MH_DEVICE_RESULT_CODE,
};

const MhRecordType mh_analyser_resolve_type = {
  .name = "MhAnalyserResolve", .code = "analyser_resolve",
  .label = N_("Decision on a result"), .fields = resolve_fields, .n_fields = G_N_ELEMENTS (resolve_fields),
  .check = resolve_check,
};

const MhRecordType mh_analyser_send_type = {
  .name = "MhAnalyserSend", .code = "analyser_send",
  .label = N_("Order to be sent"), .fields = send_fields, .n_fields = G_N_ELEMENTS (send_fields),
};
/* clang-format on */
