/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/analysers/mh-device-write.h"

#include <string.h>

#define CHARSET "UNICODE UTF-8"
#define OUR_VERSION "2.5.1"

MhDeviceOrder *
mh_device_order_new (void)
{
  MhDeviceOrder *order = g_new0 (MhDeviceOrder, 1);
  order->tests = g_ptr_array_new ();
  return order;
}

void
mh_device_order_free (MhDeviceOrder *order)
{
  if (order == NULL)
    return;

  for (guint i = 0; i < order->tests->len; i++)
    {
      MhDeviceTest *test = g_ptr_array_index (order->tests, i);
      g_free (test->code);
      g_free (test->name);
      g_free (test);
    }

  g_ptr_array_unref (order->tests);
  char *const texts[] = { order->barcode, order->order_number, order->specimen,   order->mrn,
                          order->family,  order->given,        order->birth_date, order->sex };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_free (order);
}

void
mh_device_order_add_test (MhDeviceOrder *order, const char *code, const char *name)
{
  for (guint i = 0; i < order->tests->len; i++)
    if (g_strcmp0 (((MhDeviceTest *)g_ptr_array_index (order->tests, i))->code, code) == 0)
      return;
  MhDeviceTest *test = g_new0 (MhDeviceTest, 1);
  test->code = g_strdup (code);
  test->name = g_strdup (name);
  g_ptr_array_add (order->tests, test);
}

static const char *
device_write_sex_letter (const char *sex)
{
  return sex == NULL                   ? "U"
         : strcmp (sex, "female") == 0 ? "F"
         : strcmp (sex, "male") == 0   ? "M"
         : strcmp (sex, "other") == 0  ? "O"
                                       : "U";
}

/* "1985-04-12" → "19850412" */
static char *
plain_date (const char *date)
{
  GString *plain = g_string_new (NULL);
  for (; date != NULL && *date != 0; date++)
    if (*date != '-')
      g_string_append_c (plain, *date);
  return g_string_free (plain, FALSE);
}

/* --- HL7 --- */

static void
put_time (MhHl7Out *out, guint field, const MhDeviceEnvelope *envelope, gint64 at)
{
  g_autofree char *text = at != 0 ? mh_hl7_time_format (at, envelope->zone) : NULL;
  mh_hl7_out_put (out, field, 1, text);
}

static MhHl7Out
device_write_begin (const MhDeviceEnvelope *envelope,
                    const char *type,
                    const char *event,
                    const char *structure,
                    const char *processing,
                    const char *version)
{
  MhHl7Out out = mh_hl7_out_begin (MH_HL7_MARKS);
  mh_hl7_out_segment (&out, "MSH");
  mh_hl7_out_put (&out, 3, 1, MH_DEVICE_OURSELVES);
  mh_hl7_out_put (&out, 4, 1, envelope->us);
  mh_hl7_out_put (&out, 5, 1, envelope->them);
  put_time (&out, 7, envelope, envelope->now);
  mh_hl7_out_put (&out, 9, 1, type);
  mh_hl7_out_put (&out, 9, 2, event);
  mh_hl7_out_put (&out, 9, 3, structure);
  mh_hl7_out_put (&out, 10, 1, envelope->number);
  mh_hl7_out_put (&out, 11, 1, processing != NULL ? processing : "P");
  mh_hl7_out_put (&out, 12, 1, version != NULL ? version : OUR_VERSION);
  mh_hl7_out_put (&out, 18, 1, CHARSET);
  return out;
}

static const char *
device_write_event_of (const MhDeviceMessage *message)
{
  const char *mark = message != NULL && message->type != NULL ? strchr (message->type, '^') : NULL;
  return mark != NULL ? mark + 1 : NULL;
}

static void
put_msa (MhHl7Out *out, const MhDeviceMessage *message, const char *answer, const char *text)
{
  mh_hl7_out_segment (out, "MSA");
  mh_hl7_out_put (out, 1, 1, answer);
  mh_hl7_out_put (out, 2, 1, message != NULL ? message->control_id : NULL);
  mh_hl7_out_put (out, 3, 1, text);
}

GBytes *
mh_device_write_ack (const MhDeviceEnvelope *envelope,
                     const MhDeviceMessage *message,
                     const char *answer,
                     const char *code,
                     const char *text)
{
  const char *event = device_write_event_of (message);
  MhHl7Out out = device_write_begin (envelope, "ACK", event, event != NULL ? "ACK" : NULL,
                                     message != NULL ? message->processing : NULL,
                                     message != NULL ? message->version : NULL);

  put_msa (&out, message, answer, text);
  if (code != NULL)
    {
      mh_hl7_out_segment (&out, "ERR");
      mh_hl7_out_put (&out, 3, 1, code);
      mh_hl7_out_put (&out, 3, 3, "HL70357");
      mh_hl7_out_put (&out, 4, 1, "E");
      mh_hl7_out_put (&out, 8, 1, text);
    }

  return mh_hl7_out_end (&out, CHARSET);
}

static void
put_pid (MhHl7Out *out, const MhDeviceEnvelope *envelope, const MhDeviceOrder *order)
{
  g_autofree char *born = plain_date (order->birth_date);
  mh_hl7_out_segment (out, "PID");
  mh_hl7_out_put (out, 1, 1, "1");
  mh_hl7_out_put (out, 3, 1, order->mrn);
  mh_hl7_out_put (out, 3, 4, envelope->us);
  mh_hl7_out_put (out, 3, 5, "MR");
  mh_hl7_out_put (out, 5, 1, order->family);
  mh_hl7_out_put (out, 5, 2, order->given);
  mh_hl7_out_put (out, 7, 1, born);
  mh_hl7_out_put (out, 8, 1, device_write_sex_letter (order->sex));
}

static void
put_test (MhHl7Out *out,
          const MhDeviceEnvelope *envelope,
          const MhDeviceOrder *order,
          const MhDeviceTest *test,
          guint number)
{
  mh_hl7_out_segment (out, "ORC");
  mh_hl7_out_put (out, 1, 1, order->cancelled ? "CA" : "NW");
  mh_hl7_out_put (out, 2, 1, order->order_number);
  mh_hl7_out_put (out, 2, 2, MH_DEVICE_OURSELVES);
  put_time (out, 9, envelope, envelope->now);
  mh_hl7_out_segment (out, "TQ1");
  mh_hl7_out_put (out, 1, 1, "1");
  mh_hl7_out_put (out, 9, 1, order->urgent ? "S" : "R");
  mh_hl7_out_segment (out, "OBR");
  mh_hl7_out_put_number (out, 1, number);
  mh_hl7_out_put (out, 2, 1, order->order_number);
  mh_hl7_out_put (out, 2, 2, MH_DEVICE_OURSELVES);
  mh_hl7_out_put (out, 4, 1, test->code);
  mh_hl7_out_put (out, 4, 2, test->name);
  mh_hl7_out_put (out, 4, 3, "L");
  put_time (out, 7, envelope, order->collected_at);
  mh_hl7_out_segment (out, "SPM");
  mh_hl7_out_put (out, 1, 1, "1");
  mh_hl7_out_put (out, 2, 1, order->barcode);
  mh_hl7_out_put (out, 4, 1, order->specimen != NULL ? order->specimen : "UNK");
  put_time (out, 17, envelope, order->collected_at);
}

GBytes *
mh_device_write_order_hl7 (const MhDeviceEnvelope *envelope, const MhDeviceOrder *order)
{
  MhHl7Out out = device_write_begin (envelope, "OML", "O21", "OML_O21", NULL, NULL);
  put_pid (&out, envelope, order);
  for (guint i = 0; i < order->tests->len; i++)
    put_test (&out, envelope, order, g_ptr_array_index (order->tests, i), i + 1);
  return mh_hl7_out_end (&out, CHARSET);
}

/* A segment of the question, given back as it came. */
static void
device_write_put_back (MhHl7Out *out, const MhDeviceMessage *query, const char *name)
{
  const MhHl7Segment *segment = mh_hl7_find (query->text, name, 1);
  if (segment == NULL)
    return;
  mh_hl7_out_segment (out, name);
  for (guint i = 1; i < segment->n_fields; i++)
    {
      g_autofree char *text = mh_hl7_words (query->text, segment, i);
      mh_hl7_out_put (out, i, 1, text);
    }
}

GBytes *
mh_device_write_query_ack (const MhDeviceEnvelope *envelope,
                           const MhDeviceMessage *query,
                           gboolean found)
{
  gboolean display = g_str_has_prefix (query->type, "QRY");
  MhHl7Out out = display ? device_write_begin (envelope, "QCK", "Q02", "QCK_Q02", query->processing,
                                               query->version)
                         : device_write_begin (envelope, "RSP", "K11", "RSP_K11", query->processing,
                                               query->version);

  put_msa (&out, query, "AA", NULL);
  mh_hl7_out_segment (&out, "QAK");
  mh_hl7_out_put (&out, 1, 1, query->query_tag != NULL ? query->query_tag : "1");
  mh_hl7_out_put (&out, 2, 1, found ? "OK" : "NF");
  if (!display)
    device_write_put_back (&out, query, "QPD");
  return mh_hl7_out_end (&out, CHARSET);
}

static void
put_display (MhHl7Out *out, guint line, const char *text)
{
  mh_hl7_out_segment (out, "DSP");
  mh_hl7_out_put_number (out, 1, line);
  mh_hl7_out_put (out, 3, 1, text);
}

GBytes *
mh_device_write_display (const MhDeviceEnvelope *envelope,
                         const MhDeviceMessage *query,
                         const MhDeviceOrder *order)
{
  g_autofree char *born = plain_date (order->birth_date);
  g_autofree char *collected = order->collected_at != 0
                                   ? mh_hl7_time_format_plain (order->collected_at, envelope->zone)
                                   : NULL;
  g_autofree char *name = g_strdup_printf ("%s %s", order->family != NULL ? order->family : "",
                                           order->given != NULL ? order->given : "");

  /* The lines' meaning is by their number: 1–20 the patient, 21–28 the tube, from 29 the tests. */
  const char *lines[29] = { NULL };
  lines[1] = order->mrn;
  lines[3] = g_strstrip (name);
  lines[4] = born;
  lines[5] = device_write_sex_letter (order->sex);
  lines[21] = order->barcode;
  lines[22] = order->barcode;
  lines[23] = collected;
  lines[24] = order->urgent ? "Y" : "N";
  lines[26] = order->specimen;

  MhHl7Out out
      = device_write_begin (envelope, "DSR", "Q03", "DSR_Q03", query->processing, query->version);
  put_msa (&out, query, "AA", NULL);
  mh_hl7_out_segment (&out, "QAK");
  mh_hl7_out_put (&out, 1, 1, query->query_tag != NULL ? query->query_tag : "1");
  mh_hl7_out_put (&out, 2, 1, "OK");
  device_write_put_back (&out, query, "QRD");
  for (guint i = 1; i < G_N_ELEMENTS (lines); i++)
    put_display (&out, i, lines[i]);
  for (guint i = 0; i < order->tests->len; i++)
    put_display (&out, 29 + i, ((MhDeviceTest *)g_ptr_array_index (order->tests, i))->code);

  return mh_hl7_out_end (&out, CHARSET);
}

/* --- ASTM: a field's number is one less than the standard's --- */

static void
put_astm_order (MhHl7Out *out,
                const MhDeviceEnvelope *envelope,
                const MhDeviceOrder *order,
                guint number,
                gboolean answers_query)
{
  g_autofree char *born = plain_date (order->birth_date);
  g_autofree char *collected = order->collected_at != 0
                                   ? mh_hl7_time_format_plain (order->collected_at, envelope->zone)
                                   : NULL;

  mh_hl7_out_segment (out, "P");
  mh_hl7_out_put_number (out, 1, number);
  mh_hl7_out_put (out, 2, 1, order->mrn);
  mh_hl7_out_put (out, 5, 1, order->family);
  mh_hl7_out_put (out, 5, 2, order->given);
  mh_hl7_out_put (out, 7, 1, born);
  mh_hl7_out_put (out, 8, 1, device_write_sex_letter (order->sex));
  mh_hl7_out_segment (out, "O");
  mh_hl7_out_put (out, 1, 1, "1");
  mh_hl7_out_put (out, 2, 1, order->barcode);

  for (guint i = 0; i < order->tests->len; i++)
    {
      if (i > 0)
        mh_hl7_out_repeat (out, 4);
      mh_hl7_out_put (out, 4, 4, ((MhDeviceTest *)g_ptr_array_index (order->tests, i))->code);
    }

  mh_hl7_out_put (out, 5, 1, order->urgent ? "S" : "R");
  mh_hl7_out_put (out, 7, 1, collected);
  mh_hl7_out_put (out, 11, 1, order->cancelled ? "C" : "N");
  mh_hl7_out_put (out, 15, 1, order->specimen);
  mh_hl7_out_put (out, 25, 1, answers_query ? "Q" : "O");
}

GBytes *
mh_device_write_orders_astm (const MhDeviceEnvelope *envelope,
                             GPtrArray *orders,
                             gboolean answers_query)
{
  MhHl7Out out = mh_hl7_out_begin (MH_ASTM_MARKS);
  g_autofree char *now = mh_hl7_time_format_plain (envelope->now, envelope->zone);
  mh_hl7_out_segment (&out, "H");
  mh_hl7_out_put (&out, 3, 1, envelope->number);
  mh_hl7_out_put (&out, 5, 1, MH_DEVICE_OURSELVES);
  mh_hl7_out_put (&out, 10, 1, envelope->them);
  mh_hl7_out_put (&out, 12, 1, "P");
  mh_hl7_out_put (&out, 13, 1, "LIS2-A2");
  mh_hl7_out_put (&out, 14, 1, now);
  for (guint i = 0; i < orders->len; i++)
    put_astm_order (&out, envelope, g_ptr_array_index (orders, i), i + 1, answers_query);
  mh_hl7_out_segment (&out, "L");
  mh_hl7_out_put (&out, 1, 1, "1");
  mh_hl7_out_put (&out, 2, 1, !answers_query ? "N" : orders->len > 0 ? "F" : "I");
  return mh_hl7_out_end (&out, "UNICODE UTF-8");
}
