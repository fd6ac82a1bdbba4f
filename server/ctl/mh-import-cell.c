/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a heading and a cell mean. */
#include "server/ctl/mh-import.h"

#include "shared/base/mh-date.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-text.h"
#include "shared/records/people/mh-patient.h"

/* Other words for fields, as other systems write them; letters and digits only. */
static const struct
{
  const char *word, *field;
} words[] = {
  { "firstname", "given_name" },
  { "forename", "given_name" },
  { "christianname", "given_name" },
  { "lastname", "family_name" },
  { "surname", "family_name" },
  { "gender", "sex" },
  { "dob", "birth_date" },
  { "birthdate", "birth_date" },
  { "dateofbirth", "birth_date" },
  { "birthday", "birth_date" },
  { "age", "age_years" },
  { "mobile", "phone" },
  { "mobilenumber", "phone" },
  { "mobileno", "phone" },
  { "phonenumber", "phone" },
  { "contact", "phone" },
  { "telephone", "phone" },
  { "mail", "email" },
  { "address", "address_line" },
  { "street", "address_line" },
  { "pincode", "pin" },
  { "postcode", "pin" },
  { "postalcode", "pin" },
  { "zip", "pin" },
  { "abhanumber", "abha" },
  { "town", "city" },
  { "bloodtype", "blood_group" },
  { "fathername", "guardian_name" },
  { "rate", "price" },
  { "amount", "price" },
  { "testcode", "code" },
  { "testname", "name" },
  { "sample", "specimen" },
  { "tube", "container" },
  { "department", "bench" },
  { "tat", "tat_routine" },
};

static char *
bare (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  GString *out = g_string_new (NULL);
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      g_string_append_unichar (out, g_utf8_get_char (p));
  return g_string_free (out, FALSE);
}

static gboolean
means (const char *name, const char *wanted)
{
  g_autofree char *plain = bare (name);
  return g_str_equal (plain, wanted);
}

static int
match_name (const MhRecordType *type, const char *wanted)
{
  for (guint i = 0; i < type->n_fields; i++)
    if (means (type->fields[i].name, wanted) || means (type->fields[i].label, wanted))
      return (int)i;
  return -1;
}

static gboolean
import_cell_is_named (const MhRecordType *type, int field, const char *const *headings, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *plain = bare (headings[i]);
      if (match_name (type, plain) == field)
        return TRUE;
    }
  return FALSE;
}

/* Another word counts only where no column has the field's own name: "gender" is mostly the sex,
 * but not beside a column "sex". */
int
mh_import_match_heading (const MhRecordType *type,
                         const char *heading,
                         const char *const *headings,
                         guint n)
{
  g_autofree char *wanted = bare (heading);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      int field
          = g_str_equal (words[i].word, wanted) ? mh_record_type_find (type, words[i].field) : -1;
      if (field >= 0 && !import_cell_is_named (type, field, headings, n))
        return field;
    }
  return match_name (type, wanted);
}

/* --- cells --- */

static gboolean
wrong (const MhField *field, GError **error, const char *what)
{
  mh_error_set_field (error, field->name, "format", "%s", what);
  return FALSE;
}

static gboolean
set_date (MhRecord *record, guint index, const char *cell, gint64 now, GError **error)
{
  MhDate date;
  char text[MH_DATE_LENGTH + 1];
  gboolean estimated = FALSE;
  if (!mh_date_parse_free (cell, mh_date_of_instant (now, NULL), &date, &estimated, NULL))
    return wrong (&mh_record_type (record)->fields[index], error,
                  "This is not a date (day before month).");
  mh_date_format (date, text);
  mh_record_set_text (record, index, text);
  if (estimated && mh_record_type (record) == &mh_patient_type && index == MH_PATIENT_BIRTH_DATE)
    mh_record_set_bool (record, MH_PATIENT_BIRTH_ESTIMATED, TRUE);
  return TRUE;
}

static gboolean
set_enum (MhRecord *record, guint index, const char *cell, GError **error)
{
  const MhField *field = &mh_record_type (record)->fields[index];
  g_autofree char *wanted = bare (cell);
  for (const MhCode *code = field->codes; code->code != NULL; code++)
    if (g_ascii_strcasecmp (code->code, cell) == 0 || means (code->label, wanted)
        || (g_str_equal (field->name, "sex") && strlen (wanted) == 1 && *wanted == *code->code))
      {
        mh_record_set_text (record, index, code->code);
        return TRUE;
      }
  return wrong (field, error, "This is none of the choices.");
}

static gboolean
set_bool (MhRecord *record, guint index, const char *cell, GError **error)
{
  static const char *const yes[] = { "yes", "y", "true", "1", "x", NULL };
  static const char *const no[] = { "no", "n", "false", "0", NULL };
  g_autofree char *plain = bare (cell);
  if (!g_strv_contains (yes, plain) && !g_strv_contains (no, plain))
    return wrong (&mh_record_type (record)->fields[index], error, "Write yes or no.");
  mh_record_set_bool (record, index, g_strv_contains (yes, plain));
  return TRUE;
}

static gboolean
import_cell_set_number (MhRecord *record, guint index, const char *cell, GError **error)
{
  const MhField *field = &mh_record_type (record)->fields[index];
  g_autofree char *digits = mh_text_ascii_digits (cell);
  gint64 number = 0;
  gboolean good
      = field->kind == MH_KIND_MONEY
            ? mh_money_parse (digits, &number)
            : g_ascii_string_to_signed (digits, 10, G_MININT64, G_MAXINT64, &number, NULL);

  if (!good)
    return wrong (field, error,
                  field->kind == MH_KIND_MONEY ? "This is not an amount."
                                               : "This is not a whole number.");

  mh_record_set_int (record, index, number);
  return TRUE;
}

static void
import_cell_set_list (MhRecord *record, guint index, const char *cell)
{
  g_auto (GStrv) parts = g_strsplit_set (cell, ";|,", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      mh_record_add_to_list (record, index, parts[i]);
}

gboolean
mh_import_set_cell (MhRecord *record, guint index, const char *cell, gint64 now, GError **error)
{
  const MhField *field = &mh_record_type (record)->fields[index];
  g_autofree char *text = mh_text_clean (cell);
  if (text == NULL || *text == '\0')
    return TRUE;
  if (field->kind == MH_KIND_DATE)
    return set_date (record, index, text, now, error);
  if (field->kind == MH_KIND_ENUM)
    return set_enum (record, index, text, error);
  if (field->kind == MH_KIND_BOOL)
    return set_bool (record, index, text, error);
  if (field->kind == MH_KIND_INT || field->kind == MH_KIND_MONEY)
    return import_cell_set_number (record, index, text, error);

  if (field->kind == MH_KIND_LIST)
    import_cell_set_list (record, index, text);
  else
    mh_record_set_text (record, index, text);

  return TRUE;
}
