/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HL7: ORU and OUL with results, QRY and QBP that ask, acknowledgements. */
#include "server/lab/analysers/mh-device-private.h"

#include "shared/base/mh-base64.h"

#include <string.h>

typedef struct
{
  MhDeviceMessage *message;
  GTimeZone *zone;
  const MhHl7Segment *patient, *specimen, *container, *order, *request;
  gboolean specimen_first; /* OUL: the specimen stands before its orders */
  MhDeviceSample *sample;
} Reading;

static char *
device_hl7_text (Reading *reading, const MhHl7Segment *segment, guint field)
{
  return mh_hl7_text (reading->message->text, segment, field);
}

static char *
component (Reading *reading, const MhHl7Segment *segment, guint field, guint number)
{
  return mh_hl7_component (reading->message->text, segment, field, number);
}

/* --- who and which tube --- */

static void
device_hl7_put_patient (Reading *reading, MhDeviceSample *sample)
{
  const MhHl7Segment *pid = reading->patient;
  char date[11];
  if (pid == NULL)
    return;
  sample->patient_id = device_hl7_text (reading, pid, mh_hl7_has (pid, 3) ? 3 : 2);
  sample->family = device_hl7_text (reading, pid, 5);
  sample->given = component (reading, pid, 5, 2);
  sample->sex = device_hl7_text (reading, pid, 8);
  g_autofree char *born = device_hl7_text (reading, pid, 7);
  if (mh_hl7_date_parse (born, date))
    sample->birth_date = g_strdup (date);
}

/* The specimen's number counts first, the order's last. */
static void
put_numbers (Reading *reading, MhDeviceSample *sample)
{
  MhHl7 *all = reading->message->text;
  const MhHl7Segment *spm = reading->specimen, *sac = reading->container, *obr = reading->order;
  if (spm != NULL)
    {
      mh_device_sample_add_number (sample, mh_hl7_part (all, spm, 2, 0, 1, 1));
      mh_device_sample_add_number (sample, mh_hl7_part (all, spm, 2, 0, 2, 1));
      g_autofree char *role = device_hl7_text (reading, spm, 11);
      sample->is_control = sample->is_control || g_strcmp0 (role, "Q") == 0;
    }

  if (sac != NULL)
    mh_device_sample_add_number (sample, device_hl7_text (reading, sac, 3));
  mh_device_sample_add_number (sample, device_hl7_text (reading, obr, 3));
  mh_device_sample_add_number (sample, device_hl7_text (reading, obr, 2));
  mh_device_sample_add_number (sample, device_hl7_text (reading, reading->request, 3));
  mh_device_sample_add_number (sample, device_hl7_text (reading, reading->request, 2));
}

/* What came since the last order is one sample, now that all that may name it has been seen. */
static void
finish_sample (Reading *reading)
{
  if (reading->sample == NULL)
    return;
  device_hl7_put_patient (reading, reading->sample);
  put_numbers (reading, reading->sample);
  reading->sample = NULL;
  reading->request = NULL;
}

/* --- results --- */

/* SN: "<^10", "^1^:^128", "^10^-^20" */
static char *
structured (Reading *reading, const MhHl7Segment *obx)
{
  GString *value = g_string_new (NULL);
  for (guint part = 1; part <= 4; part++)
    {
      g_autofree char *word = component (reading, obx, 5, part);
      g_string_append (value, word != NULL ? word : "");
    }
  if (value->len == 0)
    return g_string_free (value, TRUE), NULL;
  return g_string_free (value, FALSE);
}

/* Line breaks inside base 64 are the custom of letters, and of some analysers. */
static void
take_out_blanks (char *text)
{
  char *to = text;
  for (const char *from = text; *from != 0; from++)
    if (!g_ascii_isspace (*from))
      *to++ = *from;
  *to = 0;
}

static GBytes *
decode (const char *encoding, char *data, GError **error)
{
  if (encoding == NULL || g_ascii_strcasecmp (encoding, "Base64") != 0)
    mh_error_set (error, MH_ERROR_INVALID, "Only files in base 64 are understood.");
  else if (data == NULL || *data == 0)
    mh_error_set (error, MH_ERROR_INVALID, "The file is empty.");
  else
    {
      take_out_blanks (data);
      return mh_base64_decode (data, "content", error);
    }
  return NULL;
}

/* ED: source ^ type ^ subtype ^ encoding ^ data. */
static void
take_file (Reading *reading, const MhHl7Segment *obx, MhDeviceValue *value)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *encoding = component (reading, obx, 5, 4);
  g_autofree char *data = component (reading, obx, 5, 5);
  value->is_file = TRUE;
  value->file = decode (encoding, data, &problem);
  if (value->file == NULL)
    {
      const MhIssues *issues = mh_error_get_issues (problem);
      gboolean has = issues != NULL && mh_issues_count (issues) > 0;
      value->problem = g_strdup (has ? mh_issues_nth (issues, 0)->message : problem->message);
    }
}

static char *
device_hl7_value_of (Reading *reading, const MhHl7Segment *obx)
{
  g_autofree char *type = device_hl7_text (reading, obx, 2);
  if (g_strcmp0 (type, "SN") == 0)
    return structured (reading, obx);
  if (g_strcmp0 (type, "RP") == 0)
    return NULL;
  if (g_strcmp0 (type, "CE") == 0 || g_strcmp0 (type, "CWE") == 0 || g_strcmp0 (type, "CNE") == 0)
    {
      char *code = component (reading, obx, 5, 1);
      return code != NULL ? code : component (reading, obx, 5, 2);
    }
  return mh_hl7_words (reading->message->text, obx, 5);
}

static gint64
time_of (Reading *reading, const MhHl7Segment *segment, guint field)
{
  gint64 at = 0;
  g_autofree char *written = device_hl7_text (reading, segment, field);
  return mh_hl7_time_parse (written, reading->zone, &at) ? at : 0;
}

static void
take_obx (Reading *reading, const MhHl7Segment *obx)
{
  if (reading->sample == NULL)
    reading->sample = mh_device_message_add_sample (reading->message);
  MhDeviceValue *value = mh_device_sample_add_value (reading->sample);

  value->code = device_hl7_text (reading, obx, 3);
  value->name = component (reading, obx, 3, 2);
  if (value->code == NULL)
    value->code = value->name != NULL ? g_strdup (value->name) : device_hl7_text (reading, obx, 4);

  g_autofree char *type = device_hl7_text (reading, obx, 2);
  if (g_strcmp0 (type, "ED") == 0)
    take_file (reading, obx, value);
  else
    value->value = device_hl7_value_of (reading, obx);

  value->unit = device_hl7_text (reading, obx, 6);
  value->flags = mh_hl7_words (reading->message->text, obx, 8);
  value->finality = device_hl7_text (reading, obx, 11);
  value->measured_at = time_of (reading, obx, 19);
  if (value->measured_at == 0)
    value->measured_at = time_of (reading, obx, 14);
  if (value->measured_at == 0)
    value->measured_at = time_of (reading, reading->order, 22);
}

static void
take_specimen (Reading *reading, const MhHl7Segment *spm)
{
  if (reading->sample == NULL && reading->order == NULL)
    reading->specimen_first = TRUE;
  if (reading->specimen_first)
    {
      finish_sample (reading);
      reading->order = reading->request = reading->container = NULL;
    }
  reading->specimen = spm;
}

static void
device_hl7_take_order (Reading *reading, const MhHl7Segment *obr)
{
  finish_sample (reading);
  reading->order = obr;
  if (!reading->specimen_first)
    reading->specimen = reading->container = NULL;
}

static void
take_segment (Reading *reading, const MhHl7Segment *segment)
{
  if (mh_hl7_is (segment, "PID"))
    {
      finish_sample (reading);
      reading->patient = segment;
      reading->order = reading->request = reading->specimen = reading->container = NULL;
    }
  else if (mh_hl7_is (segment, "ORC") && !reading->specimen_first)
    {
      finish_sample (reading);
      reading->request = segment;
    }
  else if (mh_hl7_is (segment, "OBR"))
    device_hl7_take_order (reading, segment);
  else if (mh_hl7_is (segment, "SPM"))
    take_specimen (reading, segment);
  else if (mh_hl7_is (segment, "SAC"))
    reading->container = segment;
  else if (mh_hl7_is (segment, "OBX"))
    take_obx (reading, segment);
}

static void
read_results (MhDeviceMessage *message, GTimeZone *zone)
{
  Reading reading = { .message = message, .zone = zone };
  for (guint i = 1; i < mh_hl7_n_segments (message->text); i++)
    take_segment (&reading, mh_hl7_nth (message->text, i));
  finish_sample (&reading);
}

/* --- the rest --- */

static void
ask_for (MhDeviceMessage *message, char *number)
{
  if (number != NULL && strlen (number) <= 80)
    g_ptr_array_add (message->asked, number);
  else
    g_free (number);
}

static void
read_query (MhDeviceMessage *message)
{
  const MhHl7Segment *qpd = mh_hl7_find (message->text, "QPD", 1);
  const MhHl7Segment *qrd = mh_hl7_find (message->text, "QRD", 1);
  if (qpd != NULL)
    {
      message->query_tag = mh_hl7_text (message->text, qpd, 2);
      for (guint i = 0; i < MIN (mh_hl7_n_repeats (message->text, qpd, 3), 50); i++)
        ask_for (message, mh_hl7_part (message->text, qpd, 3, i, 1, 0));
    }
  else if (qrd != NULL)
    {
      message->query_tag = mh_hl7_text (message->text, qrd, 4);
      ask_for (message, mh_hl7_text (message->text, qrd, 8));
    }
}

static void
device_hl7_read_answer (MhDeviceMessage *message, const MhHl7Segment *msa)
{
  const MhHl7Segment *err = mh_hl7_find (message->text, "ERR", 1);
  message->answer = mh_hl7_text (message->text, msa, 1);
  message->answers = mh_hl7_text (message->text, msa, 2);
  message->answer_text = mh_hl7_text (message->text, msa, 3);
  if (err != NULL && mh_hl7_has (err, 8))
    {
      g_free (message->answer_text);
      message->answer_text = mh_hl7_text (message->text, err, 8);
    }
}

static gboolean
device_hl7_begins (const char *type, const char *name)
{
  return g_str_has_prefix (type, name);
}

static void
read_type (MhDeviceMessage *message, const MhHl7Segment *header)
{
  g_autofree char *name = mh_hl7_text (message->text, header, 9);
  g_autofree char *event = mh_hl7_component (message->text, header, 9, 2);
  message->type = event != NULL ? g_strconcat (name != NULL ? name : "", "^", event, NULL)
                                : g_strdup (name != NULL ? name : "");
  if (strlen (message->type) > 40)
    message->type[40] = 0;
}

MhDeviceMessage *
mh_device_read_hl7 (GBytes *bytes, GTimeZone *zone, GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  MhHl7 *parsed = mh_hl7_parse (data, length, error);
  if (parsed == NULL)
    return NULL;

  g_autoptr (MhDeviceMessage) message = mh_device_message_new (parsed, FALSE);
  const MhHl7Segment *header = mh_hl7_nth (parsed, 0);
  const MhHl7Segment *msa = mh_hl7_find (parsed, "MSA", 1);

  read_type (message, header);
  message->control_id = mh_hl7_text (parsed, header, 10);
  message->sender = mh_hl7_text (parsed, header, 3);
  g_autofree char *sent = mh_hl7_text (parsed, header, 7);

  if (!mh_hl7_time_parse (sent, zone, &message->sent_at))
    message->sent_at = 0;
  message->processing = mh_hl7_text (parsed, header, 11);
  message->version = mh_hl7_text (parsed, header, 12);
  message->accept = mh_hl7_text (parsed, header, 15);
  message->application = mh_hl7_text (parsed, header, 16);

  if (device_hl7_begins (message->type, "ORU") || device_hl7_begins (message->type, "OUL"))
    {
      message->kind = MH_DEVICE_RESULTS;
      read_results (message, zone);
    }
  else if (msa != NULL)
    {
      message->kind = MH_DEVICE_ANSWER;
      device_hl7_read_answer (message, msa);
    }
  else if (device_hl7_begins (message->type, "QRY") || device_hl7_begins (message->type, "QBP"))
    {
      message->kind = MH_DEVICE_QUERY;
      read_query (message);
    }

  return g_steal_pointer (&message);
}

gboolean
mh_device_is_enhanced (const MhDeviceMessage *message)
{
  static const char *const conditions[] = { "AL", "ER", "SU", NULL };
  return message != NULL && message->application != NULL
         && g_strv_contains (conditions, message->application);
}

gboolean
mh_device_wants (const char *condition, gboolean success)
{
  return g_strcmp0 (condition, "AL") == 0 || g_strcmp0 (condition, success ? "SU" : "ER") == 0;
}
