/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages of analysers, both languages: whatever the bytes, they are read or refused; what was
 * read can be looked at everywhere, and written again. The first byte chooses the language. */
#include "server/lab/analysers/mh-device-write.h"
#include "tests/fuzz/fuzz.h"

static void
look (const MhHl7 *message)
{
  for (guint i = 0; i < MIN (mh_hl7_n_segments (message), 200); i++)
    {
      const MhHl7Segment *segment = mh_hl7_nth (message, i);
      for (guint field = 0; field <= MIN (segment->n_fields, 40); field++)
        {
          g_autofree char *words = mh_hl7_words (message, segment, field);
          g_autofree char *text = mh_hl7_text (message, segment, field);
          g_autofree char *deep = mh_hl7_part (message, segment, field, 1, 2, 2);
          gint64 instant;
          char date[11];
          g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
          g_assert_true (words == NULL || g_utf8_validate (words, -1, NULL));
          mh_hl7_time_parse (text, NULL, &instant);
          mh_hl7_date_parse (text, date);
          mh_hl7_n_repeats (message, segment, field);
        }
    }
}

/* What is written from texts that came from outside is read again as the same. */
static void
write_again (const MhDeviceMessage *message)
{
  static const MhDeviceEnvelope envelope = { "H", "X", "N1", 0, NULL };
  g_autoptr (GBytes) ack = mh_device_write_ack (&envelope, message, "AE", "207", message->sender);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDeviceMessage) again = mh_device_read_hl7 (ack, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (again->kind, ==, MH_DEVICE_ANSWER);
  if (message->kind == MH_DEVICE_QUERY && !message->is_astm)
    g_bytes_unref (mh_device_write_query_ack (&envelope, message, TRUE));
}

static void
convert (const MhDeviceMessage *message)
{
  static const char *const words[] = { "POS=R", "=", "x", NULL };
  for (guint i = 0; i < message->samples->len; i++)
    {
      const MhDeviceSample *sample = g_ptr_array_index (message->samples, i);
      g_autofree char *patient = mh_device_sample_patient (sample);
      for (guint j = 0; j < sample->values->len; j++)
        {
          const MhDeviceValue *value = g_ptr_array_index (sample->values, j);
          g_autofree char *ours
              = value->value != NULL ? mh_device_value (value->value, words, "0.0113", 2) : NULL;
          mh_device_same_unit (value->unit, value->code);
        }
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  if (size < 1)
    return 0;
  g_autoptr (GBytes) bytes = g_bytes_new (data + 1, size - 1);
  g_autoptr (MhDeviceMessage) message = data[0] % 2 == 0 ? mh_device_read_hl7 (bytes, NULL, NULL)
                                                         : mh_device_read_astm (bytes, NULL, NULL);
  if (message == NULL)
    return 0;
  look (message->text);
  convert (message);
  write_again (message);
  return 0;
}
