/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/people/mh-identity-card.h"

#include "shared/base/mh-date.h"
#include "shared/base/mh-json.h"
#include "shared/base/mh-text.h"
#include "shared/records/people/mh-patient.h"

#include <gio/gio.h>
#include <string.h>

/* The secure code has some 3,000 to 8,000 digits; the least is what tells it from other numbers. */
#define LEAST_DIGITS 300
#define MOST_DIGITS 16000
#define MOST_BYTES (256 * 1024)

static gboolean
identity_card_is_number (const char *text)
{
  gsize length = strspn (text, "0123456789");
  return length >= LEAST_DIGITS && length <= MOST_DIGITS && text[length] == 0;
}

gboolean
mh_identity_card_is (const char *text)
{
  while (g_ascii_isspace (*text))
    text++;
  return (text[0] == '{' && strstr (text, "\"hid") != NULL)
         || (text[0] == '<' && strlen (text) > 10) || identity_card_is_number (text);
}

/* --- what all have --- */

static void
take_text (MhRecord *patient, guint field, const char *text)
{
  g_autofree char *clean = text != NULL ? g_strstrip (g_strdup (text)) : NULL;
  if (clean != NULL && clean[0] != 0 && g_utf8_validate (clean, -1, NULL))
    mh_record_take_text (patient, field, g_steal_pointer (&clean));
}

/* "Asha Rani Verma": the last word is the family name, the first the given one. */
static void
identity_card_take_name (MhRecord *patient, const char *name)
{
  g_auto (GStrv) words = g_strsplit_set (name != NULL ? name : "", " \t", -1);
  g_autoptr (GPtrArray) filled = g_ptr_array_new ();
  g_autoptr (GString) middle = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != 0)
      g_ptr_array_add (filled, words[i]);
  for (guint i = 1; i + 1 < filled->len; i++)
    g_string_append_printf (middle, "%s%s", i > 1 ? " " : "", (char *)filled->pdata[i]);
  if (filled->len > 0)
    take_text (patient, MH_PATIENT_GIVEN_NAME, filled->pdata[0]);
  take_text (patient, MH_PATIENT_MIDDLE_NAME, middle->str);
  if (filled->len > 1)
    take_text (patient, MH_PATIENT_FAMILY_NAME, filled->pdata[filled->len - 1]);
}

static void
take_sex (MhRecord *patient, const char *sex)
{
  char letter = sex != NULL ? g_ascii_toupper (*sex) : 0;
  mh_record_set_text (patient, MH_PATIENT_SEX,
                      letter == 'F'                    ? MH_SEX_FEMALE
                      : letter == 'M'                  ? MH_SEX_MALE
                      : letter == 'O' || letter == 'T' ? MH_SEX_OTHER
                                                       : MH_SEX_UNKNOWN);
}

/* "29-02-1984", "29/2/1984", "1984-02-29"; the year alone is an estimate, its first of July. */
static void
take_birth (MhRecord *patient, const char *date, const char *year)
{
  int parts[3] = { 0 };
  guint n = 0;
  char iso[MH_DATE_LENGTH + 1];
  const char *text = date != NULL && *date != 0 ? date : year;

  for (const char *c = text; c != NULL && *c != 0 && n < 3; n++)
    {
      char *end = NULL;
      gint64 number = g_ascii_strtoll (c, &end, 10);
      if (end == c || number < 0 || number > 9999)
        return;
      parts[n] = (int)number;
      c = *end != 0 ? end + 1 : end;
    }

  MhDate birth = { parts[0], parts[1], parts[2] };
  if (n == 1)
    birth = (MhDate){ parts[0], 7, 1 };
  else if (parts[2] > 31)
    birth = (MhDate){ parts[2], parts[1], parts[0] };

  MhDate read;
  g_snprintf (iso, sizeof iso, "%04d-%02d-%02d", birth.year, birth.month, birth.day);
  if (n == 2 || !mh_date_parse (iso, &read))
    return;

  mh_record_set_text (patient, MH_PATIENT_BIRTH_DATE, iso);
  if (n == 1)
    mh_record_set_bool (patient, MH_PATIENT_BIRTH_ESTIMATED, TRUE);
}

/* "S/O: Ram Verma" tells who the father is. */
static void
take_guardian (MhRecord *patient, const char *care_of)
{
  static const struct
  {
    const char *mark, *relation;
  } marks[] = { { "S/O", "father" },
                { "D/O", "father" },
                { "W/O", "husband" },
                { "H/O", "wife" },
                { "C/O", NULL } };

  if (care_of == NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_ascii_strncasecmp (care_of, marks[i].mark, 3) == 0)
      {
        take_text (patient, MH_PATIENT_GUARDIAN_RELATION, marks[i].relation);
        care_of += 3 + strspn (care_of + 3, ": ");
        break;
      }

  take_text (patient, MH_PATIENT_GUARDIAN_NAME, care_of);
}

/* The parts that are given, each once. */
static void
take_parts (MhRecord *patient, guint field, const char *const *parts, guint n)
{
  g_autoptr (GString) all = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    {
      gboolean again = i > 0 && g_strcmp0 (parts[i], parts[i - 1]) == 0;
      if (parts[i] != NULL && parts[i][0] != 0 && !again)
        g_string_append_printf (all, "%s%s", all->len > 0 ? ", " : "", parts[i]);
    }
  take_text (patient, field, all->str);
}

static MhRecord *
named_or_null (MhRecord *patient)
{
  if (mh_record_has (patient, MH_PATIENT_GIVEN_NAME))
    return patient;
  g_object_unref (patient);
  return NULL;
}

/* --- the ABHA card --- */

static MhRecord *
read_abha (const char *text)
{
  g_autoptr (JsonObject) card = mh_json_parse_object (text, -1, NULL);
  if (card == NULL)
    return NULL;

  MhRecord *patient = mh_record_new (&mh_patient_type);
  g_autofree char *number = mh_text_ascii_digits (mh_json_text (card, "hidn"));
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *c = number; c != NULL && *c != 0; c++)
    if (g_ascii_isdigit (*c))
      g_string_append_c (digits, *c);

  if (digits->len == 14)
    take_text (patient, MH_PATIENT_ABHA, digits->str);
  identity_card_take_name (patient, mh_json_text (card, "name"));
  take_sex (patient, mh_json_text (card, "gender"));
  take_birth (patient, mh_json_text (card, "dob"), NULL);
  take_text (patient, MH_PATIENT_PHONE, mh_json_text (card, "mobile"));
  take_text (patient, MH_PATIENT_ADDRESS_LINE, mh_json_text (card, "address"));
  take_text (patient, MH_PATIENT_DISTRICT, mh_json_text (card, "district_name"));
  take_text (patient, MH_PATIENT_STATE, mh_json_text (card, "state name"));

  return named_or_null (patient);
}

/* --- the Aadhaar letter --- */

/* In the order of the codes below. */
enum
{
  UID,
  NAME,
  GENDER,
  YOB,
  DOB,
  CO,
  HOUSE,
  STREET,
  LM,
  LOC,
  VTC,
  PO,
  DIST,
  STATE,
  PC,
  N_ATTRIBUTES,
};

static const char *const attributes[N_ATTRIBUTES]
    = { "uid", "name", "gender", "yob", "dob",  "co",    "house", "street",
        "lm",  "loc",  "vtc",    "po",  "dist", "state", "pc" };

static void
start_element (GMarkupParseContext *context,
               const char *element,
               const char **names,
               const char **values,
               gpointer data,
               GError **error)
{
  char **found = data;
  if (!g_str_equal (element, "PrintLetterBarcodeData"))
    return;
  for (guint i = 0; names[i] != NULL; i++)
    for (guint k = 0; k < N_ATTRIBUTES; k++)
      if (g_str_equal (names[i], attributes[k]) && found[k] == NULL)
        found[k] = g_strdup (values[i]);
}

static void
identity_card_take_address (MhRecord *patient, char *const *of)
{
  const char *const line[] = { of[HOUSE], of[STREET], of[LM] };
  const char *const place[] = { of[LOC], of[PO] };
  take_parts (patient, MH_PATIENT_ADDRESS_LINE, line, G_N_ELEMENTS (line));
  take_parts (patient, MH_PATIENT_LOCALITY, place, G_N_ELEMENTS (place));
  take_text (patient, MH_PATIENT_CITY, of[VTC]);
  take_text (patient, MH_PATIENT_DISTRICT, of[DIST]);
  take_text (patient, MH_PATIENT_STATE, of[STATE]);
  take_text (patient, MH_PATIENT_PIN, of[PC]);
}

static MhRecord *
take_aadhaar (char *const *of)
{
  MhRecord *patient = mh_record_new (&mh_patient_type);
  gsize length = of[UID] != NULL ? strlen (of[UID]) : 0;
  if (length >= 4 && strspn (of[UID] + length - 4, "0123456789") == 4)
    take_text (patient, MH_PATIENT_AADHAAR_LAST4, of[UID] + length - 4);
  identity_card_take_name (patient, of[NAME]);
  take_sex (patient, of[GENDER]);
  take_birth (patient, of[DOB], of[YOB]);
  take_guardian (patient, of[CO]);
  identity_card_take_address (patient, of);
  return named_or_null (patient);
}

static MhRecord *
read_letter (const char *text)
{
  static const GMarkupParser parser = { .start_element = start_element };
  char *found[N_ATTRIBUTES] = { NULL };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, found, NULL);
  gboolean read = g_markup_parse_context_parse (context, text, -1, NULL)
                  && g_markup_parse_context_end_parse (context, NULL);
  MhRecord *patient = read ? take_aadhaar (found) : NULL;
  for (guint k = 0; k < N_ATTRIBUTES; k++)
    g_free (found[k]);
  return patient;
}

/* --- the secure Aadhaar code --- */

/* A decimal number as bytes, the highest first: nine digits at a time into base 2^32. */
static GBytes *
bytes_of_number (const char *digits)
{
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (guint32));
  gsize length = strlen (digits);
  for (gsize at = 0; at < length;)
    {
      gsize take = (length - at) % 9 != 0 && at == 0 ? (length - at) % 9 : 9;
      guint64 carry = 0, scale = 1;
      for (gsize i = 0; i < take; i++, scale *= 10)
        carry = carry * 10 + (guint64)(digits[at + i] - '0');
      for (guint i = 0; i < words->len; i++)
        {
          guint64 word = (guint64)g_array_index (words, guint32, i) * scale + carry;
          g_array_index (words, guint32, i) = (guint32)word;
          carry = word >> 32;
        }
      guint32 highest = (guint32)carry;
      if (highest != 0)
        g_array_append_val (words, highest);
      at += take;
    }

  GByteArray *bytes = g_byte_array_new ();
  for (guint i = words->len; i > 0; i--)
    for (int shift = 24; shift >= 0; shift -= 8)
      {
        guint8 byte = (guint8)(g_array_index (words, guint32, i - 1) >> shift);
        if (byte != 0 || bytes->len > 0)
          g_byte_array_append (bytes, &byte, 1);
      }

  return g_byte_array_free_to_bytes (bytes);
}

/* NULL: not gzip, or more than a card can hold. */
static GByteArray *
identity_card_unpack (GBytes *packed)
{
  gsize size = 0, at = 0;
  const guint8 *data = g_bytes_get_data (packed, &size);
  g_autoptr (GZlibDecompressor) zlib = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  GConverterResult result = G_CONVERTER_CONVERTED;
  while (result == G_CONVERTER_CONVERTED && out->len < MOST_BYTES)
    {
      guint8 buffer[4096];
      gsize n_read = 0, n_written = 0;
      result = g_converter_convert (G_CONVERTER (zlib), data + at, size - at, buffer, sizeof buffer,
                                    G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);
      at += n_read;
      g_byte_array_append (out, buffer, (guint)n_written);
    }

  return result == G_CONVERTER_FINISHED ? g_steal_pointer (&out) : NULL;
}

/* The texts of the code in their order, ISO 8859-1 as the issuer writes them. */
static GPtrArray *
identity_card_split (const GByteArray *bytes, guint n)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  gsize from = 0;
  for (gsize i = 0; i < bytes->len && texts->len < n; i++)
    if (bytes->data[i] == 0xff)
      {
        const char *text = (const char *)bytes->data + from;
        g_ptr_array_add (
            texts, g_convert (text, (gssize)(i - from), "UTF-8", "ISO-8859-1", NULL, NULL, NULL));
        from = i + 1;
      }
  return texts;
}

static MhRecord *
read_secure (const char *digits)
{
  /* After the flag for mail and phone: reference (last four digits, then a time), name … */
  static const guint order[] = { UID, NAME, DOB, GENDER, CO,     DIST,         LM, HOUSE,
                                 LOC, PC,   PO,  STATE,  STREET, N_ATTRIBUTES, VTC };
  g_autoptr (GBytes) packed = bytes_of_number (digits);
  g_autoptr (GByteArray) bytes = identity_card_unpack (packed);

  if (bytes == NULL)
    return NULL;

  g_autoptr (GPtrArray) texts = identity_card_split (bytes, G_N_ELEMENTS (order) + 2);
  guint first = texts->len > 0 && g_strcmp0 (texts->pdata[0], "V2") == 0 ? 2 : 1;
  char *of[N_ATTRIBUTES + 1] = { NULL };
  if (texts->len < first + G_N_ELEMENTS (order))
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    of[order[i]] = texts->pdata[first + i];
  if (of[UID] != NULL && strlen (of[UID]) > 4)
    of[UID][4] = 0;

  return take_aadhaar (of);
}

MhRecord *
mh_identity_card_read (const char *text)
{
  g_autofree char *clean = g_strstrip (g_strdup (text));
  if (!g_utf8_validate (clean, -1, NULL) || !mh_identity_card_is (clean))
    return NULL;
  return clean[0] == '{'   ? read_abha (clean)
         : clean[0] == '<' ? read_letter (clean)
                           : read_secure (clean);
}
