/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/record/mh-record-check.h"

#include "shared/base/mh-check-digit.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-text.h"

#include <string.h>

#define LONGEST_ENTRY 200

static gboolean
known_code (const MhField *field, const char *code)
{
  for (const MhCode *c = field->codes; c->code != NULL; c++)
    if (g_str_equal (c->code, code))
      return TRUE;
  return FALSE;
}

static gboolean
is_digits (const char *text, guint n)
{
  return strlen (text) == n && strspn (text, "0123456789") == n;
}

/* Named text forms, each with the sentence that tells how to mend it. */
static const char *
format_complaint (const char *format, const char *text)
{
  if (g_str_equal (format, "uuid"))
    return mh_id_is_valid (text) ? NULL : "An id is a UUID in small letters such as 01932f5e-….";
  if (g_str_equal (format, "email"))
    return mh_text_is_email (text) ? NULL : "Write an e-mail address such as name@example.org.";
  if (g_str_equal (format, "phone"))
    return mh_text_is_phone (text) ? NULL : "Write a phone number of 7 to 15 digits.";
  if (g_str_equal (format, "pin"))
    return is_digits (text, 6) && text[0] != '0' ? NULL : "A PIN code has six digits.";
  if (g_str_equal (format, "digits4"))
    return is_digits (text, 4) ? NULL : "Write the last four digits.";
  if (g_str_equal (format, "abha"))
    return is_digits (text, 14) ? NULL : "An ABHA number has 14 digits.";

  if (g_str_equal (format, "mrn"))
    {
      g_autofree char *mrn = mh_mrn_normalise (text);
      return mrn != NULL ? NULL : "The check digit of this number is wrong; read it again.";
    }

  if (g_str_equal (format, "code"))
    return strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.+/") == strlen (text)
               ? NULL
               : "A code holds capital letters, digits and - _ . + / only.";
  if (g_str_equal (format, "currency"))
    return strlen (text) == 3 && strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3
               ? NULL
               : "Write a currency code such as INR.";

  return NULL;
}

guint
mh_field_most (const MhField *field)
{
  if (field->max != 0)
    return field->max;
  return field->kind == MH_KIND_LONG_TEXT ? 4000
         : field->kind == MH_KIND_JSON    ? 1024 * 1024
         : field->kind == MH_KIND_LIST    ? 100
         : field->kind == MH_KIND_RECORDS ? 10000
                                          : 200;
}

guint
mh_field_entry_most (void)
{
  return LONGEST_ENTRY;
}

static void
record_check_length (MhRecord *record, guint i, const MhField *field, MhIssues *issues)
{
  const char *text = mh_record_text (record, i);
  guint max = mh_field_most (field);
  /* A code point has a byte at least: short texts need no counting. */
  if (strlen (text) > max && mh_text_length (text) > max)
    mh_issues_add (issues, field->name, "too_long", "Use at most %u characters.", max);
}

static void
add_unknown_code (const MhField *field, const char *code, MhIssues *issues)
{
  g_autofree char *brief = mh_text_cut (code, 40);
  mh_issues_add (issues, field->name, "unknown_code", "“%s” is not one of the choices.", brief);
}

static void
check_text (MhRecord *record, guint i, const MhField *field, MhIssues *issues)
{
  const char *text = mh_record_text (record, i);
  MhDate date;
  MhDecimal decimal;
  const char *complaint = NULL;

  record_check_length (record, i, field, issues);
  if (field->kind == MH_KIND_ENUM && !known_code (field, text))
    add_unknown_code (field, text, issues);
  else if (field->kind == MH_KIND_DATE && !mh_date_parse (text, &date))
    complaint = "Write a date as YYYY-MM-DD.";
  else if (field->kind == MH_KIND_TIME && !mh_time_is_valid (text))
    complaint = "Write a time as HH:MM.";
  else if (field->kind == MH_KIND_DECIMAL && !mh_decimal_parse (text, &decimal))
    complaint = "Write a decimal number such as 13.2.";
  else if (field->kind == MH_KIND_REF && !mh_id_is_valid (text))
    complaint = "A reference is the id of another record.";
  else if (field->format != NULL)
    complaint = format_complaint (field->format, text);
  if (complaint != NULL)
    mh_issues_add (issues, field->name, "format", "%s", complaint);
}

static void
check_list (MhRecord *record, guint i, const MhField *field, MhIssues *issues)
{
  const char *const *list = mh_record_list (record, i);
  guint n = g_strv_length ((char **)list), max = mh_field_most (field);
  if (n > max)
    mh_issues_add (issues, field->name, "too_many", "Use at most %u entries.", max);
  for (guint k = 0; k < n && k < max; k++)
    {
      if (field->codes != NULL && !known_code (field, list[k]))
        add_unknown_code (field, list[k], issues);
      else if (mh_text_length (list[k]) > LONGEST_ENTRY)
        mh_issues_add (issues, field->name, "too_long", "Use at most 200 characters an entry.");
    }
}

static void
record_check_range (MhRecord *record, guint i, const MhField *field, MhIssues *issues)
{
  gint64 value = mh_record_int (record, i);
  if (field->at_most > field->at_least && (value < field->at_least || value > field->at_most))
    mh_issues_add (issues, field->name, "out_of_range",
                   "Use a number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT ".",
                   field->at_least, field->at_most);
}

static void
record_check_child (MhRecord *child, const char *path, MhIssues *issues)
{
  g_autoptr (MhIssues) inner = mh_issues_new ();
  mh_record_check (child, MH_CHECK_CREATE, inner);
  for (guint n = 0; n < mh_issues_count (inner); n++)
    {
      const MhIssue *found = mh_issues_nth (inner, n);
      g_autofree char *whole = g_strdup_printf ("%s.%s", path, found->field);
      mh_issues_add (issues, whole, found->code, "%s", found->message);
    }
}

static void
check_children (MhRecord *record, guint i, const MhField *field, MhIssues *issues)
{
  GPtrArray *children = mh_record_records (record, i);
  if (field->max != 0 && children->len > field->max)
    mh_issues_add (issues, field->name, "too_many", "Use at most %u entries.", field->max);
  for (guint k = 0; k < children->len; k++)
    {
      g_autofree char *path = g_strdup_printf ("%s[%u]", field->name, k);
      record_check_child (g_ptr_array_index (children, k), path, issues);
    }
}

void
mh_record_check_field (MhRecord *record, guint i, MhIssues *issues)
{
  const MhField *field = &mh_record_type (record)->fields[i];
  if (!mh_record_has (record, i))
    {
      if ((field->flags & MH_REQUIRED) != 0)
        mh_issues_add (issues, field->name, "required", "%s is needed.", field->label);
    }
  else if (mh_field_is_text (field))
    check_text (record, i, field, issues);
  else if (mh_field_is_int (field))
    record_check_range (record, i, field, issues);
  else if (field->kind == MH_KIND_LIST)
    check_list (record, i, field, issues);
  else if (field->kind == MH_KIND_RECORDS)
    check_children (record, i, field, issues);

  /* A single nested record stands in answers only; it was checked when it was stored. */
}

void
mh_record_check (MhRecord *record, MhCheckMode mode, MhIssues *issues)
{
  const MhRecordType *type = mh_record_type (record);
  for (guint i = 0; i < type->n_fields; i++)
    {
      gboolean asked = mh_record_is_set (record, i)
                       || (mode == MH_CHECK_CREATE && (type->fields[i].flags & MH_REQUIRED) != 0
                           && (type->fields[i].flags & MH_SERVER_SET) == 0);
      if (asked)
        mh_record_check_field (record, i, issues);
    }
  if (mode == MH_CHECK_CREATE && type->check != NULL)
    type->check (record, issues);
}

gboolean
mh_record_validate (MhRecord *record, MhCheckMode mode, GError **error)
{
  g_autoptr (MhIssues) issues = mh_issues_new ();
  mh_record_check (record, mode, issues);
  return mh_issues_raise (issues, error);
}
