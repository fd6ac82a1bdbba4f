/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/record/mh-record-json.h"

#include "shared/base/mh-date.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-json.h"
#include "shared/base/mh-text.h"
#include "shared/record/mh-record-check.h"

#include <string.h>

/* --- reading --- */

typedef struct
{
  MhJsonMode mode;
  MhIssues *issues;
  const char *prefix; /* "items[2]." */
} Reader;

static void record_json_read_object (Reader *reader, MhRecord *record, JsonObject *object);

static void
issue (Reader *reader, const char *name, const char *code, const char *message)
{
  g_autofree char *path = g_strconcat (reader->prefix, name, NULL);
  mh_issues_add (reader->issues, path, code, "%s", message);
}

static const char *
expectation (const MhField *field)
{
  switch (field->kind)
    {
    case MH_KIND_INT:
    case MH_KIND_MONEY:
      return "Send a whole number.";
    case MH_KIND_BOOL:
      return "Send true or false.";
    case MH_KIND_LIST:
      return "Send an array of strings.";
    case MH_KIND_RECORDS:
      return "Send an array of objects.";
    case MH_KIND_RECORD:
      return "Send an object.";
    case MH_KIND_INSTANT:
      return "Send a time like 2026-11-21T08:15:30.123Z.";
    case MH_KIND_DECIMAL:
      return "Send a decimal number as a string.";

    case MH_KIND_TEXT:
    case MH_KIND_LONG_TEXT:
    case MH_KIND_DATE:
    case MH_KIND_TIME:
    case MH_KIND_ENUM:
    case MH_KIND_REF:
    case MH_KIND_JSON:
    case MH_N_KINDS:
    default:
      return "Send a string.";
    }
}

static gboolean
record_json_holds (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static gboolean
read_int (MhRecord *record, guint i, const MhField *field, JsonNode *node)
{
  gint64 instant;
  if (field->kind == MH_KIND_INSTANT)
    {
      if (!record_json_holds (node, G_TYPE_STRING)
          || !mh_instant_parse (json_node_get_string (node), &instant))
        return FALSE;
      mh_record_set_int (record, i, instant);
      return TRUE;
    }

  if (!record_json_holds (node, G_TYPE_INT64))
    return FALSE;

  mh_record_set_int (record, i, json_node_get_int (node));
  return TRUE;
}

static gboolean
record_json_read_list (Reader *reader, MhRecord *record, guint i, JsonNode *node)
{
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;

  JsonArray *array = json_node_get_array (node);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint k = 0; k < json_array_get_length (array); k++)
    {
      JsonNode *entry = json_array_get_element (array, k);
      if (!record_json_holds (entry, G_TYPE_STRING))
        return FALSE;
      const char *text = json_node_get_string (entry);
      g_autofree char *clean = reader->mode != MH_JSON_TRUSTED ? mh_text_clean (text) : NULL;
      g_strv_builder_add (builder, clean != NULL ? clean : text);
    }

  g_auto (GStrv) list = g_strv_builder_end (builder);
  mh_record_set_list (record, i, (const char *const *)list);
  return TRUE;
}

static gboolean
read_child (Reader *reader, const MhField *field, const char *path, JsonNode *node, MhRecord **out)
{
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  g_autofree char *prefix = g_strconcat (reader->prefix, path, ".", NULL);
  Reader inner
      = { reader->mode == MH_JSON_PATCH ? MH_JSON_CREATE : reader->mode, reader->issues, prefix };
  *out = mh_record_new (field->target);
  record_json_read_object (&inner, *out, json_node_get_object (node));
  return TRUE;
}

static gboolean
record_json_read_records (Reader *reader,
                          MhRecord *record,
                          guint i,
                          const MhField *field,
                          JsonNode *node)
{
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;

  JsonArray *array = json_node_get_array (node);
  guint most = mh_field_most (field);
  if (json_array_get_length (array) > most)
    {
      issue (reader, field->name, "too_many", "The list is too long.");
      return TRUE;
    }

  g_autoptr (GPtrArray) children = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint k = 0; k < json_array_get_length (array); k++)
    {
      MhRecord *child = NULL;
      g_autofree char *path = g_strdup_printf ("%s[%u]", field->name, k);
      if (!read_child (reader, field, path, json_array_get_element (array, k), &child))
        return FALSE;
      g_ptr_array_add (children, child);
    }

  mh_record_take_records (record, i, g_steal_pointer (&children));
  return TRUE;
}

/* Text from a client is cleaned (NFC, trimmed, no control characters) so that equal words are equal
 * bytes; text from our own store is taken as it is. */
static void
record_json_read_text (Reader *reader,
                       MhRecord *record,
                       guint i,
                       const MhField *field,
                       const char *text)
{
  if (reader->mode == MH_JSON_TRUSTED || (field->flags & MH_INPUT) != 0)
    mh_record_set_text (record, i, text);
  else if (field->kind == MH_KIND_LONG_TEXT)
    mh_record_take_text (record, i, mh_text_clean_lines (text));
  else
    mh_record_take_text (record, i, mh_text_clean (text));
}

static gboolean
record_json_read_value (Reader *reader,
                        MhRecord *record,
                        guint i,
                        const MhField *field,
                        JsonNode *node)
{
  MhRecord *child = NULL;
  if (field->kind == MH_KIND_JSON)
    {
      mh_record_take_text (record, i, mh_json_canonical (node));
      return TRUE;
    }

  if (mh_field_is_int (field))
    return read_int (record, i, field, node);
  if (field->kind == MH_KIND_LIST)
    return record_json_read_list (reader, record, i, node);
  if (field->kind == MH_KIND_RECORDS)
    return record_json_read_records (reader, record, i, field, node);

  if (field->kind == MH_KIND_RECORD)
    {
      if (!read_child (reader, field, field->name, node, &child))
        return FALSE;
      mh_record_set_record (record, i, child);
      g_object_unref (child);
      return TRUE;
    }

  if (field->kind == MH_KIND_BOOL)
    {
      if (!record_json_holds (node, G_TYPE_BOOLEAN))
        return FALSE;
      mh_record_set_bool (record, i, json_node_get_boolean (node));
      return TRUE;
    }

  if (!record_json_holds (node, G_TYPE_STRING))
    return FALSE;

  record_json_read_text (reader, record, i, field, json_node_get_string (node));
  return TRUE;
}

static gboolean
record_json_may_send (const Reader *reader, const MhField *field)
{
  if (reader->mode == MH_JSON_TRUSTED)
    return TRUE;
  return (field->flags & (MH_SERVER_SET | MH_SECRET)) == 0
         && !(reader->mode == MH_JSON_PATCH && (field->flags & MH_IMMUTABLE) != 0);
}

static void
record_json_read_member (Reader *reader, MhRecord *record, const char *name, JsonNode *node)
{
  const MhRecordType *type = mh_record_type (record);
  int i = mh_record_type_find (type, name);
  if (i < 0)
    {
      if (reader->mode != MH_JSON_TRUSTED)
        issue (reader, name, "unknown_field", "This field is not known; leave it out.");
      return;
    }

  const MhField *field = &type->fields[i];
  if (!record_json_may_send (reader, field))
    issue (reader, name, "read_only", "This field is set by the server; leave it out.");
  else if (JSON_NODE_HOLDS_NULL (node))
    mh_record_set_null (record, (guint)i);
  else if (!record_json_read_value (reader, record, (guint)i, field, node))
    issue (reader, name, "format", expectation (field));
}

static void
record_json_read_object (Reader *reader, MhRecord *record, JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    record_json_read_member (reader, record, name, node);
}

MhRecord *
mh_record_from_json (const MhRecordType *type, JsonObject *object, MhJsonMode mode, GError **error)
{
  g_autoptr (MhIssues) issues = mh_issues_new ();
  g_autoptr (MhRecord) record = mh_record_new (type);
  Reader reader = { mode, issues, "" };
  record_json_read_object (&reader, record, object);
  if (!mh_issues_raise (issues, error))
    return NULL;
  return g_steal_pointer (&record);
}

MhRecord *
mh_record_from_text (const MhRecordType *type,
                     const char *json,
                     gssize length,
                     MhJsonMode mode,
                     GError **error)
{
  return mh_record_from_text_within (type, json, length, mode, MH_JSON_MAX_VALUES, error);
}

MhRecord *
mh_record_from_text_within (const MhRecordType *type,
                            const char *json,
                            gssize length,
                            MhJsonMode mode,
                            guint max_values,
                            GError **error)
{
  g_autoptr (JsonNode) node = mh_json_parse_within (json, length, max_values, error);
  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      mh_error_set (error, MH_ERROR_MALFORMED, "A JSON object is expected.");
      return NULL;
    }
  return mh_record_from_json (type, json_node_get_object (node), mode, error);
}

/* --- writing --- */

static void
record_json_put_records (GPtrArray *records, guint flags, GString *out)
{
  mh_json_open (out, '[');
  for (guint k = 0; k < records->len; k++)
    mh_record_put_json (g_ptr_array_index (records, k), flags, out);
  mh_json_close (out, ']');
}

static void
record_json_put_value (MhRecord *record, guint i, const MhField *field, guint flags, GString *out)
{
  const char *const *list;
  if (field->kind == MH_KIND_JSON)
    mh_json_put_raw (out, mh_record_text (record, i));
  else if (mh_field_is_text (field))
    mh_json_put_text (out, mh_record_text (record, i));
  else if (field->kind == MH_KIND_INSTANT)
    mh_json_put_instant (out, mh_record_int (record, i));
  else if (mh_field_is_int (field))
    mh_json_put_int (out, mh_record_int (record, i));
  else if (field->kind == MH_KIND_BOOL)
    mh_json_put_bool (out, mh_record_bool (record, i));
  else if (field->kind == MH_KIND_RECORDS)
    record_json_put_records (mh_record_records (record, i), flags, out);
  else if (field->kind == MH_KIND_RECORD)
    mh_record_put_json (mh_record_record (record, i), flags, out);
  else
    {
      mh_json_open (out, '[');
      for (list = mh_record_list (record, i); *list != NULL; list++)
        mh_json_put_text (out, *list);
      mh_json_close (out, ']');
    }
}

static gboolean
is_null (MhRecord *record, guint i, const MhField *field)
{
  if (field->kind == MH_KIND_JSON)
    return !mh_record_has (record, i); /* an empty text is no JSON */
  if (mh_field_is_text (field))
    return mh_record_text (record, i) == NULL;
  if (field->kind == MH_KIND_LIST)
    return mh_record_list (record, i) == NULL;
  if (field->kind == MH_KIND_RECORDS)
    return mh_record_records (record, i) == NULL;
  /* numbers and booleans: "has" knows null from 0 */
  return !mh_record_has (record, i);
}

static gboolean
wanted (const MhField *field, gboolean set, guint flags)
{
  if ((flags & MH_JSON_STORED_ONLY) != 0 && !mh_field_is_column (field))
    return FALSE;
  if ((flags & MH_JSON_AS_INPUT) != 0)
    return set && (field->flags & (MH_SERVER_SET | MH_SECRET)) == 0;
  if ((field->flags & MH_INPUT) != 0)
    return FALSE;
  if ((field->flags & MH_SECRET) != 0 && (flags & MH_JSON_WITH_SECRETS) == 0)
    return FALSE;
  /* A composed field is only there when somebody composed it. */
  return set || ((flags & MH_JSON_SKIP_UNSET) == 0 && mh_field_is_column (field));
}

void
mh_record_put_json (MhRecord *record, guint flags, GString *out)
{
  const MhRecordType *type = mh_record_type (record);
  mh_json_open (out, '{');
  for (guint i = 0; i < type->n_fields; i++)
    {
      const MhField *field = &type->fields[i];
      if (!wanted (field, mh_record_is_set (record, i), flags))
        continue;
      mh_json_key (out, field->name);
      if (is_null (record, i, field))
        mh_json_put_null (out);
      else
        record_json_put_value (record, i, field, flags, out);
    }

  mh_json_close (out, '}');
}

char *
mh_record_to_json (MhRecord *record, guint flags)
{
  GString *out = g_string_new (NULL);
  mh_record_put_json (record, flags, out);
  return g_string_free (out, FALSE);
}
