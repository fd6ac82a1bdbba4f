/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/analysers/mh-device.h"

#include "server/lab/analysers/mh-device-private.h"
#include "shared/base/mh-clock.h"
#include "shared/base/mh-decimal.h"

#include <string.h>

static void
value_free (gpointer data)
{
  MhDeviceValue *value = data;
  g_free (value->code);
  g_free (value->name);
  g_free (value->value);
  g_free (value->unit);
  g_free (value->flags);
  g_free (value->finality);
  g_free (value->problem);
  g_clear_pointer (&value->file, g_bytes_unref);
  g_free (value);
}

static void
sample_free (gpointer data)
{
  MhDeviceSample *sample = data;
  g_ptr_array_unref (sample->numbers);
  g_ptr_array_unref (sample->values);
  g_free (sample->patient_id);
  g_free (sample->family);
  g_free (sample->given);
  g_free (sample->birth_date);
  g_free (sample->sex);
  g_free (sample);
}

MhDeviceMessage *
mh_device_message_new (MhHl7 *text, gboolean is_astm)
{
  MhDeviceMessage *message = g_new0 (MhDeviceMessage, 1);
  message->text = text;
  message->is_astm = is_astm;
  message->kind = MH_DEVICE_OTHER;
  message->samples = g_ptr_array_new_with_free_func (sample_free);
  message->asked = g_ptr_array_new_with_free_func (g_free);
  return message;
}

void
mh_device_message_free (MhDeviceMessage *message)
{
  if (message == NULL)
    return;

  char *const texts[]
      = { message->type,       message->control_id, message->sender,     message->version,
          message->processing, message->query_tag,  message->accept,     message->application,
          message->answer,     message->answers,    message->answer_text };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_ptr_array_unref (message->samples);
  g_ptr_array_unref (message->asked);
  g_clear_pointer (&message->text, mh_hl7_free);
  g_free (message);
}

MhDeviceSample *
mh_device_message_add_sample (MhDeviceMessage *message)
{
  MhDeviceSample *sample = g_new0 (MhDeviceSample, 1);
  sample->numbers = g_ptr_array_new_with_free_func (g_free);
  sample->values = g_ptr_array_new_with_free_func (value_free);
  g_ptr_array_add (message->samples, sample);
  return sample;
}

MhDeviceValue *
mh_device_sample_add_value (MhDeviceSample *sample)
{
  MhDeviceValue *value = g_new0 (MhDeviceValue, 1);
  g_ptr_array_add (sample->values, value);
  return value;
}

void
mh_device_sample_add_number (MhDeviceSample *sample, char *number)
{
  if (number != NULL && strlen (number) <= 80
      && !g_ptr_array_find_with_equal_func (sample->numbers, number, g_str_equal, NULL))
    g_ptr_array_add (sample->numbers, number);
  else
    g_free (number);
}

#define CLOCK_MAY_DIFFER 5 /* minutes */

gint64
mh_device_minutes_off (const MhDeviceMessage *message, gint64 now)
{
  gint64 off = message->sent_at != 0 ? ABS (message->sent_at - now) : 0;
  return off > CLOCK_MAY_DIFFER * MH_MINUTE ? off / MH_MINUTE : 0;
}

guint
mh_device_n_values (const MhDeviceMessage *message)
{
  guint count = 0;
  for (guint i = 0; i < message->samples->len; i++)
    count += ((MhDeviceSample *)g_ptr_array_index (message->samples, i))->values->len;
  return count;
}

const char *
mh_device_sample_number (const MhDeviceSample *sample)
{
  return sample->numbers->len > 0 ? g_ptr_array_index (sample->numbers, 0) : NULL;
}

char *
mh_device_sample_patient (const MhDeviceSample *sample)
{
  GString *text = g_string_new (sample->family);
  const char *const more[] = { sample->given, sample->patient_id, sample->birth_date, sample->sex };
  for (guint i = 0; i < G_N_ELEMENTS (more); i++)
    if (more[i] != NULL && more[i][0] != 0)
      g_string_append_printf (text, "%s%s", text->len == 0 ? "" : i == 0 ? " " : " · ", more[i]);
  if (text->len == 0)
    return g_string_free (text, TRUE), NULL;
  return g_string_free (text, FALSE);
}

/* --- units and values --- */

/* "³" → 3; -1: no raised digit. */
static int
raised (gunichar letter)
{
  return letter == 0xb9                         ? 1
         : letter == 0xb2                       ? 2
         : letter == 0xb3                       ? 3
         : letter >= 0x2074 && letter <= 0x2079 ? (int)(letter - 0x2070)
                                                : -1;
}

static char *
plain_unit (const char *unit)
{
  GString *plain = g_string_new (NULL);
  for (const char *at = unit; *at != 0; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);
      if (g_unichar_isspace (letter))
        continue;
      if (raised (letter) > 0)
        {
          g_string_append_printf (plain, "*%d", raised (letter));
          continue;
        }
      letter = letter == 0xb5 || letter == 0x3bc ? 'u'
               : letter == 0xd7                  ? 'x'
               : letter == '^'                   ? '*'
               : letter == 'L'                   ? 'l'
                                                 : letter;
      g_string_append_unichar (plain, letter);
    }

  /* "x10*3/ul" */
  if ((plain->str[0] == 'x' || plain->str[0] == 'X') && g_str_has_prefix (plain->str + 1, "10*"))
    g_string_erase (plain, 0, 1);

  return g_string_free (plain, FALSE);
}

gboolean
mh_device_same_unit (const char *a, const char *b)
{
  g_autofree char *left = plain_unit (a != NULL ? a : "");
  g_autofree char *right = plain_unit (b != NULL ? b : "");
  return strcmp (left, right) == 0;
}

static const char *
word_of (const char *value, const char *const *words)
{
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    {
      const char *equals = strchr (words[i], '=');
      if (equals == NULL)
        continue;
      g_autofree char *theirs = g_strndup (words[i], (gsize)(equals - words[i]));
      g_autofree char *left = g_utf8_casefold (g_strstrip (theirs), -1);
      g_autofree char *right = g_utf8_casefold (value, -1);
      if (strcmp (left, right) == 0)
        return equals + 1;
    }

  return NULL;
}

/* "6,20" → "6.20", ".5" → "0.5", "+3" → "3"; NULL: no plain number. */
static char *
device_plain_number (const char *text)
{
  g_autofree char *number = g_strstrip (g_strdup (text));
  MhDecimal value;
  char *comma = strchr (number, ',');

  if (comma != NULL && strchr (number, '.') == NULL && strchr (comma + 1, ',') == NULL)
    *comma = '.';
  if (number[0] == '+' && g_ascii_isdigit (number[1]))
    memmove (number, number + 1, strlen (number));
  if (number[0] == '.' && g_ascii_isdigit (number[1]))
    {
      char *whole = g_strconcat ("0", number, NULL);
      g_free (number);
      number = whole;
    }

  return mh_decimal_parse (number, &value) ? g_steal_pointer (&number) : NULL;
}

/* Exact: mantissas are multiplied, scales added. */
static char *
times (const char *number, const char *factor, int decimals)
{
  MhDecimal a, b;
  gint64 product;
  if (!mh_decimal_parse (number, &a) || !mh_decimal_parse (factor, &b))
    return NULL;
  if (b.mantissa == 1 && b.scale == 0)
    return g_strdup (number);
  if (__builtin_mul_overflow (a.mantissa, b.mantissa, &product) || a.scale + b.scale > 12)
    return mh_decimal_from_double (mh_decimal_to_double (a) * mh_decimal_to_double (b), decimals);
  return mh_decimal_format ((MhDecimal){ product, a.scale + b.scale }, decimals);
}

char *
mh_device_value (const char *value, const char *const *words, const char *factor, int decimals)
{
  const char *word = word_of (value, words);
  if (word != NULL)
    return g_strstrip (g_strdup (word));

  const char *at = value;
  while (g_ascii_isspace (*at) || (*at != 0 && strchr ("<>=", *at) != NULL))
    at++;
  g_autofree char *sign = g_strndup (value, (gsize)(at - value));
  g_autofree char *number = device_plain_number (at);

  if (number == NULL)
    return g_strdup (value);

  g_autofree char *product = factor != NULL ? times (number, factor, decimals) : g_strdup (number);
  if (product == NULL)
    return NULL;

  GString *text = g_string_new (NULL);
  for (const char *mark = sign; *mark != 0; mark++)
    if (!g_ascii_isspace (*mark))
      g_string_append_c (text, *mark);

  g_string_append (text, product);
  return g_string_free (text, FALSE);
}
