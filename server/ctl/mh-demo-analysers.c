/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An analyser of the demonstration hospital, switched off until somebody has one to connect, with
 * the last message it sent: two of its results wait in the inbox. */
#include "server/ctl/mh-demo-private.h"

#include "shared/base/mh-sha256.h"
#include "shared/records/lab/mh-analyser.h"

#define SAMPLE "QX-7041-1"

static const struct
{
  const char *code, *analyte, *unit, *factor;
} codes[] = {
  { "WBC", "WBC", "10*3/uL", NULL }, { "RBC", "RBC", "10*6/uL", NULL },
  { "HGB", "HGB", NULL, NULL },      { "HGB-SI", "HGB", "g/L", "0.1" },
  { "HCT", "HCT", NULL, NULL },      { "PLT", "PLT", "10*3/uL", NULL },
};

static const struct
{
  const char *code, *value, *unit, *status, *reason;
} results[] = {
  { "HGB", "11.8", "g/dL", MH_DEVICE_RESULT_OPEN, MH_UNMATCHED_SAMPLE },
  { "RET", "1.4", "%", MH_DEVICE_RESULT_OPEN, MH_UNMATCHED_SAMPLE },
  { "SCATTER", "1", NULL, MH_DEVICE_RESULT_IGNORED, NULL },
};

static const char raw[]
    = "MSH|^~\\&|HEMA1|LAB|MAHIMA|HOSP|20260101080000||ORU^R01^ORU_R01|H-7041|P|2.5.1\r"
      "PID|1\rOBR|1||" SAMPLE "|CBC^Blood count^L\r"
      "OBX|1|NM|HGB^Haemoglobin^L||11.8|g/dL|||||F\rOBX|2|NM|RET^Reticulocytes^L||1.4|%|||||F\r"
      "OBX|3|NM|SCATTER^Scatter^L||1||||||F\r";

static MhRecord *
demo_analysers_link_of (MhDemo *demo)
{
  MhRecord *link = mh_demo_record (demo, &mh_analyser_link_type, demo->now);
  mh_record_set_text (link, MH_LINK_HOSPITAL_ID, mh_record_id (demo->hospital));
  mh_record_set_text (link, MH_LINK_CODE, "HEMA1");
  mh_record_set_text (link, MH_LINK_NAME, "Blood counter");
  mh_record_set_text (link, MH_LINK_EQUIPMENT, "HEMA1");
  mh_record_set_text (link, MH_LINK_PROTOCOL, MH_LINK_HL7);
  mh_record_set_text (link, MH_LINK_TRANSPORT, MH_LINK_LISTEN);
  mh_record_set_text (link, MH_LINK_HOST, "127.0.0.1");
  mh_record_set_int (link, MH_LINK_PORT, 2575);
  mh_record_set_text (link, MH_LINK_ORDERS, MH_LINK_ORDERS_QUERY);
  mh_record_set_text (link, MH_LINK_QC_PREFIX, "QC");
  mh_record_set_int (link, MH_LINK_QUIET_MINUTES, 30);
  mh_record_set_bool (link, MH_LINK_ENABLED, FALSE);
  mh_record_set_text (link, MH_LINK_STATUS, MH_LINK_OFF);
  mh_record_set_int (link, MH_LINK_STATUS_AT, demo->now - MH_HOUR);
  mh_record_set_int (link, MH_LINK_LAST_MESSAGE_AT, demo->now - MH_HOUR);

  return link;
}

static MhRecord *
demo_analysers_message_of (MhDemo *demo, MhRecord *link)
{
  MhRecord *message = mh_demo_record (demo, &mh_analyser_message_type, demo->now);
  mh_record_set_text (message, MH_MESSAGE_HOSPITAL_ID, mh_record_id (demo->hospital));
  mh_record_set_text (message, MH_MESSAGE_LINK_ID, mh_record_id (link));
  mh_record_set_text (message, MH_MESSAGE_DIRECTION, MH_MESSAGE_IN);
  mh_record_set_text (message, MH_MESSAGE_KIND, "ORU^R01");
  mh_record_set_text (message, MH_MESSAGE_CONTROL_ID, "H-7041");
  mh_record_take_text (message, MH_MESSAGE_HASH, mh_sha256_of_text (raw));
  mh_record_set_int (message, MH_MESSAGE_AT, demo->now - MH_HOUR);
  mh_record_set_text (message, MH_MESSAGE_STATUS, MH_MESSAGE_OPEN);
  mh_record_set_text (message, MH_MESSAGE_ANSWER, "AA");
  mh_record_set_text (message, MH_MESSAGE_PEER, "127.0.0.1");
  mh_record_set_text (message, MH_MESSAGE_SAMPLE_CODE, SAMPLE);
  mh_record_set_int (message, MH_MESSAGE_N_RESULTS, G_N_ELEMENTS (results));
  mh_record_set_int (message, MH_MESSAGE_N_REPEATS, 0);
  mh_record_set_text (message, MH_MESSAGE_RAW, raw);

  return message;
}

static MhRecord *
result_of (MhDemo *demo, MhRecord *link, MhRecord *message, guint i)
{
  MhRecord *result = mh_demo_record (demo, &mh_device_result_type, demo->now);
  mh_record_set_text (result, MH_DEVICE_RESULT_HOSPITAL_ID, mh_record_id (demo->hospital));
  mh_record_set_text (result, MH_DEVICE_RESULT_LINK_ID, mh_record_id (link));
  mh_record_set_text (result, MH_DEVICE_RESULT_LINK_NAME, mh_record_text (link, MH_LINK_NAME));
  mh_record_set_text (result, MH_DEVICE_RESULT_MESSAGE_ID, mh_record_id (message));
  mh_record_set_int (result, MH_DEVICE_RESULT_POSITION, i + 1);
  mh_record_set_int (result, MH_DEVICE_RESULT_AT, demo->now - MH_HOUR);
  mh_record_set_text (result, MH_DEVICE_RESULT_SAMPLE_CODE, SAMPLE);
  mh_record_set_text (result, MH_DEVICE_RESULT_CODE, results[i].code);
  mh_record_set_text (result, MH_DEVICE_RESULT_VALUE, results[i].value);
  mh_record_set_text (result, MH_DEVICE_RESULT_UNIT, results[i].unit);
  mh_record_set_text (result, MH_DEVICE_RESULT_FINALITY, "F");
  mh_record_set_text (result, MH_DEVICE_RESULT_STATUS, results[i].status);
  mh_record_set_text (result, MH_DEVICE_RESULT_REASON, results[i].reason);
  for (guint j = 0; j < G_N_ELEMENTS (codes); j++)
    if (g_str_equal (codes[j].code, results[i].code))
      mh_record_set_text (result, MH_DEVICE_RESULT_ANALYTE, codes[j].analyte);

  return result;
}

static gboolean
demo_analysers_put (MhTx *tx, GPtrArray *records, GError **error)
{
  g_autoptr (GPtrArray) taken = records;
  return mh_tx_insert_parts (tx, taken, error);
}

static GPtrArray *
demo_analysers_list_new (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

gboolean
mh_demo_analysers (MhTx *tx, MhDemo *demo, GError **error)
{
  GPtrArray *links = demo_analysers_list_new (), *maps = demo_analysers_list_new (),
            *messages = demo_analysers_list_new (), *values = demo_analysers_list_new ();
  g_autoptr (MhRecord) link = demo_analysers_link_of (demo);
  MhRecord *message = demo_analysers_message_of (demo, link);

  g_ptr_array_add (links, g_object_ref (link));
  g_ptr_array_add (messages, message);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      MhRecord *map = mh_demo_record (demo, &mh_analyser_map_type, demo->now);
      mh_record_set_text (map, MH_ANALYSER_MAP_HOSPITAL_ID, mh_record_id (demo->hospital));
      mh_record_set_text (map, MH_ANALYSER_MAP_LINK_ID, mh_record_id (link));
      mh_record_set_text (map, MH_ANALYSER_MAP_CODE, codes[i].code);
      mh_record_set_text (map, MH_ANALYSER_MAP_ANALYTE, codes[i].analyte);
      mh_record_set_text (map, MH_ANALYSER_MAP_UNIT, codes[i].unit);
      mh_record_set_text (map, MH_ANALYSER_MAP_FACTOR, codes[i].factor);
      g_ptr_array_add (maps, map);
    }

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    g_ptr_array_add (values, result_of (demo, link, message, i));
  gboolean done = demo_analysers_put (tx, links, error) && mh_tx_announce (tx, link, error);

  GPtrArray *const rest[] = { maps, messages, values };
  for (guint i = 0; i < G_N_ELEMENTS (rest); i++)
    if (done)
      done = demo_analysers_put (tx, rest[i], error);
    else
      g_ptr_array_unref (rest[i]);

  return done;
}
