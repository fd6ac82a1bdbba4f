/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ASTM E1394: a field's number is one less than the standard's, whose first is the record's name.
 */
#include "server/lab/analysers/mh-device-private.h"

#include <string.h>

typedef struct
{
  MhDeviceMessage *message;
  GTimeZone *zone;
  const MhHl7Segment *patient;
  MhDeviceSample *sample;
} Reading;

static char *
part (Reading *reading, const MhHl7Segment *record, guint field, guint component)
{
  return mh_hl7_part (reading->message->text, record, field, 0, component, 0);
}

static void
device_astm_put_patient (Reading *reading, MhDeviceSample *sample)
{
  const MhHl7Segment *p = reading->patient;
  char date[11];
  if (p == NULL)
    return;
  sample->patient_id = part (reading, p, mh_hl7_has (p, 2) ? 2 : mh_hl7_has (p, 3) ? 3 : 4, 1);
  sample->family = part (reading, p, 5, 1);
  sample->given = part (reading, p, 5, 2);
  sample->sex = part (reading, p, 8, 1);
  g_autofree char *born = part (reading, p, 7, 1);
  if (mh_hl7_date_parse (born, date))
    sample->birth_date = g_strdup (date);
}

static void
device_astm_take_order (Reading *reading, const MhHl7Segment *o)
{
  MhDeviceSample *sample = mh_device_message_add_sample (reading->message);
  g_autofree char *action = part (reading, o, 11, 1);
  reading->sample = sample;
  device_astm_put_patient (reading, sample);
  mh_device_sample_add_number (sample, part (reading, o, 2, 1));
  mh_device_sample_add_number (sample, part (reading, o, 3, 1));
  sample->is_control = g_strcmp0 (action, "Q") == 0;
}

/* "^^^HGB^…": the maker's code is the fourth component; some write it into the first. */
static char *
device_astm_code_of (Reading *reading, const MhHl7Segment *r)
{
  static const guint order[] = { 4, 1, 5, 2, 3 };
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      char *code = part (reading, r, 2, order[i]);
      if (code != NULL)
        return code;
    }
  return NULL;
}

static void
take_result (Reading *reading, const MhHl7Segment *r)
{
  if (reading->sample == NULL)
    {
      reading->sample = mh_device_message_add_sample (reading->message);
      device_astm_put_patient (reading, reading->sample);
    }

  MhDeviceValue *value = mh_device_sample_add_value (reading->sample);
  value->code = device_astm_code_of (reading, r);
  value->name = part (reading, r, 2, 5);
  value->value = part (reading, r, 3, 1);
  if (value->value == NULL)
    value->value = part (reading, r, 3, 2);
  value->unit = part (reading, r, 4, 1);
  value->flags = mh_hl7_words (reading->message->text, r, 6);
  value->finality = part (reading, r, 8, 1);

  g_autofree char *written = part (reading, r, 12, 1);
  mh_hl7_time_parse (written, reading->zone, &value->measured_at);
}

static void
device_astm_take_query (Reading *reading, const MhHl7Segment *q)
{
  MhDeviceMessage *message = reading->message;
  message->kind = MH_DEVICE_QUERY;
  for (guint i = 0; i < MIN (mh_hl7_n_repeats (message->text, q, 2), 50); i++)
    {
      char *number = mh_hl7_part (message->text, q, 2, i, 2, 0);
      if (number == NULL)
        number = mh_hl7_part (message->text, q, 2, i, 1, 0);
      if (number != NULL && strlen (number) <= 80)
        g_ptr_array_add (message->asked, number);
      else
        g_free (number);
    }
}

static void
take_record (Reading *reading, const MhHl7Segment *record)
{
  if (mh_hl7_is (record, "P"))
    {
      reading->patient = record;
      reading->sample = NULL;
    }
  else if (mh_hl7_is (record, "O"))
    device_astm_take_order (reading, record);
  else if (mh_hl7_is (record, "R"))
    take_result (reading, record);
  else if (mh_hl7_is (record, "Q"))
    device_astm_take_query (reading, record);
}

MhDeviceMessage *
mh_device_read_astm (GBytes *bytes, GTimeZone *zone, GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  MhHl7 *parsed = mh_hl7_parse_astm (data, length, error);
  if (parsed == NULL)
    return NULL;

  g_autoptr (MhDeviceMessage) message = mh_device_message_new (parsed, TRUE);
  const MhHl7Segment *header = mh_hl7_nth (parsed, 0);
  Reading reading = { .message = message, .zone = zone };

  message->control_id = mh_hl7_part (parsed, header, 3, 0, 1, 0);
  message->sender = mh_hl7_part (parsed, header, 5, 0, 1, 0);
  message->processing = mh_hl7_part (parsed, header, 12, 0, 1, 0);
  g_autofree char *sent = mh_hl7_part (parsed, header, 14, 0, 1, 0);

  if (!mh_hl7_time_parse (sent, zone, &message->sent_at))
    message->sent_at = 0;
  for (guint i = 1; i < mh_hl7_n_segments (parsed); i++)
    take_record (&reading, mh_hl7_nth (parsed, i));
  if (message->kind != MH_DEVICE_QUERY && mh_device_n_values (message) > 0)
    message->kind = MH_DEVICE_RESULTS;
  message->type = g_strdup (message->kind == MH_DEVICE_QUERY     ? "QUERY"
                            : message->kind == MH_DEVICE_RESULTS ? "RESULTS"
                                                                 : "OTHER");

  return g_steal_pointer (&message);
}
