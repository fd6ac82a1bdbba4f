/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of shared/records hold together, and what derives from them works for every field. */
#include "shared/base/mh-check-digit.h"
#include "shared/base/mh-id.h"
#include "shared/record/mh-record-check.h"
#include "shared/record/mh-record-diff.h"
#include "shared/record/mh-record-json.h"
#include "shared/record/mh-registry.h"
#include "shared/records/mh-records.h"

#include <string.h>

#define AN_ID "01932f5e-7c1a-7b3c-8d4e-5f6071829304"
#define OTHER_ID "01932f5e-7c1a-7b3c-8d4e-5f6071829305" /* nothing refers to itself */

/* Words that SQLite or PostgreSQL do not take as a bare column or table name. */
static const char *const reserved[] = {
  "all",       "alter",       "analyse",    "analyze",   "and",     "array",      "as",
  "asc",       "between",     "both",       "case",      "cast",    "check",      "collate",
  "column",    "commit",      "constraint", "create",    "default", "deferrable", "delete",
  "desc",      "distinct",    "do",         "drop",      "else",    "end",        "escape",
  "except",    "exists",      "false",      "fetch",     "for",     "foreign",    "from",
  "grant",     "group",       "having",     "in",        "index",   "initially",  "insert",
  "intersect", "into",        "is",         "isnull",    "join",    "lateral",    "leading",
  "limit",     "not",         "nothing",    "notnull",   "null",    "offset",     "on",
  "only",      "or",          "order",      "placing",   "primary", "references", "returning",
  "select",    "set",         "some",       "symmetric", "table",   "then",       "to",
  "trailing",  "transaction", "true",       "union",     "unique",  "update",     "user",
  "using",     "values",      "variadic",   "when",      "where",   "window",     "with",
  NULL,
};

static gboolean
is_snake_case (const char *name)
{
  return g_regex_match_simple ("^[a-z][a-z0-9]*(_[a-z0-9]+)*$", name, 0, 0);
}

static void
assert_words (const char *where, const char *words)
{
  if (words == NULL || *words == '\0'
      || (!g_unichar_isupper (g_utf8_get_char (words)) && !g_ascii_isdigit (*words)))
    g_error ("%s: “%s” is not a label in sentence case", where, words != NULL ? words : "(none)");
}

static void
assert_codes (const char *where, const MhCode *codes)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_nonnull (codes);
  g_assert_nonnull (codes[0].code);
  for (; codes->code != NULL; codes++)
    {
      if (!g_hash_table_add (seen, (gpointer)codes->code))
        g_error ("%s: code %s stands twice", where, codes->code);
      assert_words (where, codes->label);
    }
}

static void
assert_flags (const char *where, const MhRecordType *type, const MhField *field)
{
  guint flags = field->flags;
  guint column_only = MH_UNIQUE | MH_INDEX | MH_SORT | MH_SEARCH | MH_SECRET;

  if ((flags & column_only) != 0 && (type->table == NULL || !mh_field_is_column (field)))
    g_error ("%s: a flag that needs a column", where);
  if ((flags & MH_INPUT) != 0 && (flags & (MH_SERVER_SET | MH_BRIEF)) != 0)
    g_error ("%s: sent by clients only, yet set by the server or shown", where);
  if ((flags & MH_SECRET) != 0
      && (flags & (MH_SERVER_SET | MH_NO_FORM | MH_BRIEF)) != (MH_SERVER_SET | MH_NO_FORM))
    g_error ("%s: a secret must be the server's and in no form", where);
  if ((flags & MH_SEARCH) != 0 && !mh_field_is_text (field))
    g_error ("%s: only text is searched", where);
  if ((field->kind == MH_KIND_RECORDS || field->kind == MH_KIND_RECORD)
      && (flags & MH_VIRTUAL) == 0)
    g_error ("%s: nested records are no column", where);
  if (field->since != 0 && field->since < MAX (type->since, 1))
    g_error ("%s: older than its type", where);
}

static void
assert_field (const MhRecordType *type, const MhField *field)
{
  g_autofree char *where
      = g_strdup_printf ("%s.%s", type->code, field->name != NULL ? field->name : "(hole)");

  g_assert_nonnull (field->name);
  if (!is_snake_case (field->name))
    g_error ("%s: not snake_case", where);
  if (type->table != NULL && mh_field_is_column (field) && g_strv_contains (reserved, field->name))
    g_error ("%s: a word of SQL", where);
  assert_words (where, field->label);
  g_assert_cmpint (field->kind, <, MH_N_KINDS);
  if (field->kind == MH_KIND_ENUM || field->codes != NULL)
    assert_codes (where, field->codes);
  if (field->codes != NULL && field->kind != MH_KIND_ENUM && field->kind != MH_KIND_LIST)
    g_error ("%s: codes on something that is no choice", where);
  if (field->kind == MH_KIND_REF || field->kind == MH_KIND_RECORDS || field->kind == MH_KIND_RECORD)
    g_assert_true (field->target != NULL
                   && mh_registry_find (field->target->code) == field->target);
  else
    g_assert_null (field->target);
  if (field->kind == MH_KIND_REF && field->target->table == NULL)
    g_error ("%s: points at a type that is not stored", where);
  if ((field->at_least != 0 || field->at_most != 0) && field->at_most <= field->at_least)
    g_error ("%s: empty range", where);
  if (field->max > 0 && field->max < 4 && field->format == NULL && field->kind == MH_KIND_TEXT)
    g_assert_cmpstr (field->name, ==, "country");
  assert_flags (where, type, field);
}

static char *
camel_of (const char *code)
{
  g_auto (GStrv) words = g_strsplit (code, "_", -1);
  GString *name = g_string_new ("Mh");

  for (guint i = 0; words[i] != NULL; i++)
    g_string_append_printf (name, "%c%s", g_ascii_toupper (words[i][0]), words[i] + 1);
  return g_string_free (name, FALSE);
}

static void
assert_type (const MhRecordType *type, GHashTable *names)
{
  static const char *const common[] = { "id", "version", "created_at", "changed_at", "deleted_at" };
  g_autofree char *name = camel_of (type->code);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_true (is_snake_case (type->code));
  g_assert_cmpstr (type->name, ==, name);
  assert_words (type->code, type->label);
  g_assert_true (type->table == NULL
                 || (is_snake_case (type->table) && !g_strv_contains (reserved, type->table)));
  g_assert_true (type->path == NULL || (type->path[0] == '/' && type->table != NULL));
  g_assert_true (g_hash_table_add (names, (gpointer)type->name));
  g_assert_true (type->table == NULL || g_hash_table_add (names, (gpointer)type->table));
  g_assert_true (type->path == NULL || g_hash_table_add (names, (gpointer)type->path));
  g_assert_true (type->table != NULL || (type->flags & ~MH_TYPE_PATIENT) == 0);
  for (guint i = 0; type->table != NULL && i < MH_N_COMMON; i++)
    g_assert_cmpstr (type->fields[i].name, ==, common[i]);
  for (guint i = 0; i < type->n_fields; i++)
    {
      assert_field (type, &type->fields[i]);
      if (!g_hash_table_add (seen, (gpointer)type->fields[i].name))
        g_error ("%s.%s stands twice", type->code, type->fields[i].name);
      g_assert_cmpint (mh_record_type_find (type, type->fields[i].name), ==, i);
    }
}

static void
test_tables (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (mh_registry_size (), >, 50);
  for (guint i = 0; i < mh_registry_size (); i++)
    assert_type (mh_registry_nth (i), names);
}

/* What must never be changed afterwards, and nothing else. */
static void
test_append_only (void)
{
  static const char *const expected[]
      = { "custody_event",  "verification",    "audit_entry",        "change",
          "invoice",        "invoice_line",    "invoice_print",      "ledger_entry",
          "result_version", "delta_event",     "catalogue_revision", "reagent_move",
          "critical_call",  "equipment_event", "qc_point",           "qc_remark",
          "qc_action",      "qc_review",       "handover_item",      "report_access",
          "note_addendum",  "chart_revision",  "emergency_caller",   "emergency_event",
          "site_report",    "unit_event",      "mission_event",      NULL };

  for (guint i = 0; i < mh_registry_size (); i++)
    {
      const MhRecordType *type = mh_registry_nth (i);
      gboolean append = (type->flags & MH_TYPE_APPEND) != 0;

      if (append != g_strv_contains (expected, type->code))
        g_error ("%s: append-only or not?", type->code);
    }
}

/* A type with a field of that name tells it, and nothing else under the same convention. */
static void
test_conventions (gconstpointer data)
{
  const MhRecordType *type = data;
  const struct
  {
    const char *name;
    guint told;
  } each[] = {
    { "hospital_id", type->hospital },
    { "patient_id", type->patient },
    { "order_id", type->order },
    { g_str_equal (type->code, "setting") ? "key" : "code", type->key },
    { "active", type->active },
  };

  for (guint i = 0; i < G_N_ELEMENTS (each); i++)
    {
      int found = mh_record_type_find (type, each[i].name);
      if (type->table == NULL && g_str_equal (each[i].name, "code"))
        continue; /* a code that is typed names no record */
      g_assert_cmpint (each[i].told, ==, MAX (found, 0));
      if (found >= 0 && g_strcmp0 (each[i].name, "active") != 0)
        g_assert_true (mh_field_is_text (&type->fields[found]));
    }
}

/* Whatever a patient's data are listed by can be scoped to a hospital. */
static void
test_scoped (void)
{
  for (guint i = 0; i < mh_registry_size (); i++)
    {
      const MhRecordType *type = mh_registry_nth (i);

      if ((type->flags & MH_TYPE_PATIENT) != 0 && type->path != NULL && type->hospital == 0)
        g_error ("%s belongs to no hospital", type->code);
    }
}

static char *
plausible_text (const MhField *field)
{
  static const struct
  {
    const char *format, *text;
  } formats[] = {
    { "uuid", AN_ID },   { "email", "asha@example.org" }, { "phone", "+91 98120 32145" },
    { "pin", "560001" }, { "digits4", "1234" },           { "abha", "12345678901234" },
    { "code", "C-2" },   { "currency", "INR" },
  };

  if (g_strcmp0 (field->format, "mrn") == 0)
    return mh_mrn_make ("MH", 12345);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_strcmp0 (field->format, formats[i].format) == 0)
      return g_strdup (formats[i].text);
  g_assert_null (field->format); /* a format that this test does not know */
  return field->max > 0 && field->max < 12 ? g_strndup ("अMN", 3 + field->max - 1)
                                           : g_strdup ("Shānti अशा \"7\"");
}

static gint64
plausible_int (const MhField *field)
{
  if (field->kind == MH_KIND_INSTANT)
    return G_GINT64_CONSTANT (1795249530123000);
  /* some sums may be zero, but not together */
  return field->at_most > field->at_least ? MAX (field->at_least, 1) : 4711;
}

static MhRecord *fill_inside (const MhRecordType *type, const MhRecordType *outer);

/* A type that holds others of its own kind (an invoice its credit notes) ends after one. */
static void
fill_nested (MhRecord *record, guint i, const MhField *field, const MhRecordType *outer)
{
  if (field->target == outer)
    {
      mh_record_take_records (record, i, g_ptr_array_new_with_free_func (g_object_unref));
      return;
    }
  g_autoptr (MhRecord) child = fill_inside (field->target, mh_record_type (record));
  if (field->kind == MH_KIND_RECORD)
    mh_record_set_record (record, i, child);
  else
    mh_record_append (record, i, child);
}

static void
fill_list (MhRecord *record, guint i, const MhField *field)
{
  mh_record_add_to_list (record, i,
                         field->codes != NULL ? field->codes[0].code : "Penicillin, \\\"all\\\"");
  if (field->codes == NULL)
    mh_record_add_to_list (record, i, "धूल");
}

static void
fill_field_inside (MhRecord *record, guint i, const MhField *field, const MhRecordType *outer)
{
  switch (field->kind)
    {
    case MH_KIND_TEXT:
      mh_record_take_text (record, i, plausible_text (field));
      break;
    case MH_KIND_LONG_TEXT:
      mh_record_set_text (record, i, "First line\nsecond line");
      break;
    case MH_KIND_INT:
    case MH_KIND_MONEY:
    case MH_KIND_INSTANT:
      mh_record_set_int (record, i, plausible_int (field));
      break;
    case MH_KIND_DECIMAL:
      mh_record_set_text (record, i, "13.20");
      break;
    case MH_KIND_BOOL:
      mh_record_set_bool (record, i, TRUE);
      break;
    case MH_KIND_DATE:
      mh_record_set_text (record, i, "1984-02-29");
      break;
    case MH_KIND_TIME:
      mh_record_set_text (record, i, "08:15");
      break;
    case MH_KIND_ENUM:
      mh_record_set_text (record, i, field->codes[0].code);
      break;
    case MH_KIND_REF:
      mh_record_set_text (record, i, OTHER_ID);
      break;
    case MH_KIND_LIST:
      fill_list (record, i, field);
      break;
    case MH_KIND_RECORDS:
    case MH_KIND_RECORD:
      fill_nested (record, i, field, outer);
      break;
    case MH_KIND_JSON:
      mh_record_set_text (record, i, "{\"a\":[1,null,\"x\"]}");
      break;
    case MH_N_KINDS:
    default:
      g_assert_not_reached ();
    }
}

static void
fill_field (MhRecord *record, guint i, const MhField *field)
{
  fill_field_inside (record, i, field, NULL);
}

static MhRecord *
fill_inside (const MhRecordType *type, const MhRecordType *outer)
{
  MhRecord *record = mh_record_new (type);

  for (guint i = 0; i < type->n_fields; i++)
    if ((type->fields[i].flags & MH_INPUT) == 0)
      fill_field_inside (record, i, &type->fields[i], outer);
  return record;
}

/* A record with a value in every field that travels back (INPUT fields do not). */
static MhRecord *
fill (const MhRecordType *type)
{
  return fill_inside (type, NULL);
}

static void
test_round_trip (gconstpointer data)
{
  const MhRecordType *type = data;
  g_autoptr (MhRecord) record = fill (type);
  g_autofree char *json = mh_record_to_json (record, MH_JSON_WITH_SECRETS);
  g_autofree char *display = mh_record_display (record);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) back = mh_record_from_text (type, json, -1, MH_JSON_TRUSTED, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < type->n_fields; i++)
    if (!mh_record_field_equal (record, back, i))
      g_error ("%s.%s changed on the way", type->code, type->fields[i].name);
  g_assert_true (mh_record_equal (record, back));
  g_assert_true (type->table == NULL || (display != NULL && *display != '\0'));
}

/* What a client may send goes through the strict reader; each single value passes its check. */
static void
test_input (gconstpointer data)
{
  const MhRecordType *type = data;
  g_autoptr (MhRecord) record = fill (type);
  g_autoptr (MhIssues) issues = mh_issues_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < type->n_fields; i++)
    {
      if ((type->fields[i].flags & MH_INPUT) != 0)
        fill_field (record, i, &type->fields[i]);
      /* whole records inside that only the server sets have cases of their own */
      if ((type->fields[i].flags & MH_SERVER_SET) == 0
          || (MH_KINDS_NESTED >> type->fields[i].kind & 1) == 0)
        mh_record_check_field (record, i, issues);
    }
  if (mh_issues_count (issues) > 0)
    g_error ("%s.%s: %s", type->code, mh_issues_nth (issues, 0)->field,
             mh_issues_nth (issues, 0)->message);

  g_autofree char *json = mh_record_to_json (record, MH_JSON_AS_INPUT);
  g_autoptr (MhRecord) read = mh_record_from_text (type, json, -1, MH_JSON_CREATE, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < type->n_fields; i++)
    {
      gboolean sent = (type->fields[i].flags & (MH_SERVER_SET | MH_SECRET)) == 0;

      if (mh_record_is_set (read, i) != sent)
        g_error ("%s.%s: sent or not?", type->code, type->fields[i].name);
    }
}

static void
count_notify (GObject *object, GParamSpec *spec, gpointer data)
{
  *(guint *)data += 1;
}

/* Each field is a property that tells when it changes; a value set again tells nobody. */
static void
test_properties (gconstpointer data)
{
  const MhRecordType *type = data;
  g_autoptr (MhRecord) full = fill (type);
  g_autoptr (MhRecord) record = mh_record_new (type);

  g_assert_cmpstr (G_OBJECT_TYPE_NAME (record), ==, type->name);
  for (guint i = 0; i < type->n_fields; i++)
    {
      g_autofree char *name = g_strdelimit (g_strdup (type->fields[i].name), "_", '-');
      g_autofree char *signal = g_strdup_printf ("notify::%s", name);
      g_auto (GValue) value = G_VALUE_INIT;
      guint told = 0;
      gulong id = g_signal_connect (record, signal, G_CALLBACK (count_notify), &told);

      if ((type->fields[i].flags & MH_INPUT) != 0)
        fill_field (full, i, &type->fields[i]);
      g_object_get_property (G_OBJECT (full), name, &value);
      g_object_set_property (G_OBJECT (record), name, &value);
      if (mh_field_is_text (&type->fields[i]) || mh_field_is_int (&type->fields[i]))
        g_object_set_property (G_OBJECT (record), name, &value);
      if (told != 1 || !mh_record_field_equal (record, full, i))
        g_error ("%s.%s: told %u times", type->code, name, told);
      g_signal_handler_disconnect (record, id);
    }
}

/* The audit difference names each column that has a value and never holds a sensitive one. */
static void
test_difference (gconstpointer data)
{
  const MhRecordType *type = data;
  g_autoptr (MhRecord) record = fill (type);
  g_autofree char *json = mh_record_diff_json (NULL, record);
  g_autofree char *same = mh_record_diff_json (record, record);
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  g_autoptr (JsonNode) none = json_from_string (same, NULL);
  JsonObject *diff = json_node_get_object (node);

  g_assert_cmpuint (json_object_get_size (json_node_get_object (none)), ==, 0);
  for (guint i = MH_N_COMMON; type->table != NULL && i < type->n_fields; i++)
    {
      const MhField *field = &type->fields[i];

      if (!mh_field_is_column (field))
        g_assert_false (json_object_has_member (diff, field->name));
      else if ((field->flags & MH_SENSITIVE) != 0)
        g_assert_cmpstr (
            json_array_get_string_element (json_object_get_array_member (diff, field->name), 1), ==,
            "•");
    }
}

static void
assert_issue (MhRecord *record, guint i, const char *code)
{
  g_autoptr (MhIssues) issues = mh_issues_new ();
  const MhField *field = &mh_record_type (record)->fields[i];

  mh_record_check_field (record, i, issues);
  for (guint k = 0; k < mh_issues_count (issues); k++)
    if (g_str_equal (mh_issues_nth (issues, k)->code, code)
        && g_str_equal (mh_issues_nth (issues, k)->field, field->name))
      return;
  g_error ("%s.%s: no issue %s", mh_record_type (record)->code, field->name, code);
}

static void
spoil_text (MhRecord *record, guint i, const MhField *field)
{
  guint max = field->max > 0 ? field->max : field->kind == MH_KIND_LONG_TEXT ? 4000 : 200;

  mh_record_take_text (record, i, g_strnfill (max + 1, 'A'));
  assert_issue (record, i, "too_long");
  if (field->format != NULL)
    {
      mh_record_set_text (record, i, "?");
      assert_issue (record, i, "format");
    }
}

static void
spoil_number (MhRecord *record, guint i, const MhField *field)
{
  if (field->at_most <= field->at_least)
    return;
  mh_record_set_int (record, i, field->at_least - 1);
  assert_issue (record, i, "out_of_range");
  if (field->at_most == G_MAXINT64)
    return;
  mh_record_set_int (record, i, field->at_most + 1);
  assert_issue (record, i, "out_of_range");
}

static void
spoil_list (MhRecord *record, guint i, const MhField *field)
{
  guint max = field->max > 0 ? field->max : 100;

  for (guint n = 0; n <= max; n++)
    mh_record_add_to_list (record, i, "no such choice");
  assert_issue (record, i, "too_many");
  if (field->codes != NULL)
    assert_issue (record, i, "unknown_code");
}

static void
spoil_field (MhRecord *record, guint i, const MhField *field)
{
  if (field->kind == MH_KIND_TEXT || field->kind == MH_KIND_LONG_TEXT)
    spoil_text (record, i, field);
  else if (field->kind == MH_KIND_INT || field->kind == MH_KIND_MONEY)
    spoil_number (record, i, field);
  else if (field->kind == MH_KIND_LIST)
    spoil_list (record, i, field);
  else if (mh_field_is_text (field) && field->kind != MH_KIND_JSON)
    {
      mh_record_set_text (record, i, "2026-02-30x");
      assert_issue (record, i, field->kind == MH_KIND_ENUM ? "unknown_code" : "format");
    }
  if ((field->flags & MH_REQUIRED) != 0)
    {
      mh_record_set_null (record, i);
      assert_issue (record, i, "required");
    }
}

/* Every field complains about every thing that can be wrong with it. */
static void
test_complaints (gconstpointer data)
{
  const MhRecordType *type = data;
  g_autoptr (MhRecord) record = mh_record_new (type);

  for (guint i = 0; i < type->n_fields; i++)
    spoil_field (record, i, &type->fields[i]);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    GTestDataFunc func;
  } for_each[] = {
    { "round-trip", test_round_trip }, { "input", test_input },
    { "properties", test_properties }, { "difference", test_difference },
    { "complaints", test_complaints }, { "conventions", test_conventions },
  };

  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  mh_records_register ();
  g_test_add_func ("/records/tables", test_tables);
  g_test_add_func ("/records/append-only", test_append_only);
  g_test_add_func ("/records/scoped", test_scoped);
  for (guint i = 0; i < mh_registry_size (); i++)
    for (guint k = 0; k < G_N_ELEMENTS (for_each); k++)
      {
        g_autofree char *path
            = g_strdup_printf ("/records/%s/%s", for_each[k].name, mh_registry_nth (i)->code);
        g_test_add_data_func (path, mh_registry_nth (i), for_each[k].func);
      }
  return g_test_run ();
}
