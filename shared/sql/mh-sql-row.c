/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/sql/mh-sql-row.h"

#include <string.h>

#include "shared/base/mh-json.h"
#include "shared/record/mh-record-json.h"

/* --- record → parameters --- */

struct _MhSqlArgs
{
  GArray *args;
  GPtrArray *owned; /* texts made for a parameter: lists as JSON */
};

MhSqlArgs *
mh_sql_args_new (void)
{
  MhSqlArgs *args = g_new0 (MhSqlArgs, 1);
  args->args = g_array_sized_new (FALSE, FALSE, sizeof (MhArg), 32);
  args->owned = g_ptr_array_new_with_free_func (g_free);
  return args;
}

void
mh_sql_args_free (MhSqlArgs *args)
{
  if (args == NULL)
    return;
  g_array_unref (args->args);
  g_ptr_array_unref (args->owned);
  g_free (args);
}

void
mh_sql_args_clear (MhSqlArgs *args)
{
  g_array_set_size (args->args, 0);
  g_ptr_array_set_size (args->owned, 0);
}

void
mh_sql_args_add (MhSqlArgs *args, MhArg arg)
{
  g_array_append_val (args->args, arg);
}

const MhArg *
mh_sql_args_data (MhSqlArgs *args)
{
  return (const MhArg *)(gpointer)args->args->data;
}

guint
mh_sql_args_n (MhSqlArgs *args)
{
  return args->args->len;
}

static const char *
sql_row_own_list (MhSqlArgs *args, const char *const *list)
{
  if (list == NULL)
    return NULL;
  GString *json = g_string_new (NULL);
  mh_json_open (json, '[');
  for (; *list != NULL; list++)
    mh_json_put_text (json, *list);
  mh_json_close (json, ']');
  char *text = g_string_free (json, FALSE);
  g_ptr_array_add (args->owned, text);
  return text;
}

static MhArg
arg_of (MhSqlArgs *args, MhRecord *record, guint i, const MhField *field)
{
  if (mh_field_is_text (field))
    return MH_TEXT (mh_record_text (record, i));
  if (field->kind == MH_KIND_LIST)
    return MH_TEXT (sql_row_own_list (args, mh_record_list (record, i)));
  if (!mh_record_has (record, i))
    return MH_NULL;
  if (field->kind == MH_KIND_BOOL)
    return MH_BOOL (mh_record_bool (record, i));
  return MH_INT (mh_record_int (record, i));
}

void
mh_sql_args_add_record (MhSqlArgs *args, MhRecord *record)
{
  const MhRecordType *type = mh_record_type (record);
  for (guint i = 0; i < type->n_fields; i++)
    if (mh_field_is_column (&type->fields[i]))
      mh_sql_args_add (args, arg_of (args, record, i, &type->fields[i]));
}

/* --- row → record --- */

/* Our own column, nearly always plain words: ["a","b"] without an escape. FALSE: something else. */
static gboolean
split_plain (const char *json, GPtrArray *words)
{
  const char *at = json;
  if (*at++ != '[' || strchr (json, '\\') != NULL)
    return FALSE;
  while (*at == '"')
    {
      const char *end = strchr (at + 1, '"');
      if (end == NULL)
        return FALSE;
      g_ptr_array_add (words, g_strndup (at + 1, (gsize)(end - at - 1)));
      at = end[1] == ',' ? end + 2 : end + 1;
    }

  return at[0] == ']' && at[1] == 0;
}

static gboolean
read_plain_list (MhRecord *record, guint i, const char *json)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  if (!split_plain (json, words))
    return FALSE;
  g_ptr_array_add (words, NULL);
  mh_record_set_list (record, i, (const char *const *)words->pdata);
  return TRUE;
}

static void
sql_row_read_list (MhRecord *record, guint i, const char *json)
{
  if (read_plain_list (record, i, json))
    return;

  g_autoptr (JsonNode) node = mh_json_parse (json, -1, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return;

  JsonArray *array = json_node_get_array (node);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint k = 0; k < json_array_get_length (array); k++)
    if (JSON_NODE_HOLDS_VALUE (json_array_get_element (array, k)))
      g_strv_builder_add (builder, json_array_get_string_element (array, k));

  g_auto (GStrv) list = g_strv_builder_end (builder);
  mh_record_set_list (record, i, (const char *const *)list);
}

static void
sql_row_read_value (MhRecord *record, guint i, const MhField *field, MhRows *rows, guint column)
{
  if (mh_rows_is_null (rows, column))
    mh_record_set_null (record, i);
  else if (mh_field_is_text (field))
    mh_record_set_text (record, i, mh_rows_text (rows, column));
  else if (mh_field_is_int (field))
    mh_record_set_int (record, i, mh_rows_int (rows, column));
  else if (field->kind == MH_KIND_BOOL)
    mh_record_set_bool (record, i, mh_rows_bool (rows, column));
  else
    sql_row_read_list (record, i, mh_rows_text (rows, column));
}

MhRecord *
mh_sql_row_read (MhRows *rows, guint first, const MhRecordType *type)
{
  MhRecord *record = mh_record_new (type);
  guint column = first;
  for (guint i = 0; i < type->n_fields; i++)
    if (mh_field_is_column (&type->fields[i]))
      sql_row_read_value (record, i, &type->fields[i], rows, column++);
  return record;
}

MhRecord *
mh_sql_row_read_head (MhRows *rows, guint first, const MhRecordType *type)
{
  MhRecord *record = mh_record_new (type);
  guint hospital = type->hospital;
  guint patient = type->patient;
  int vip = mh_record_type_find (type, "vip");
  int user = mh_record_type_find (type, "user_id");
  guint column = first;

  for (guint i = 0; i < type->n_fields; i++)
    if (mh_field_is_column (&type->fields[i]))
      {
        if (i < MH_N_COMMON || i == hospital || i == patient || (int)i == vip || (int)i == user)
          sql_row_read_value (record, i, &type->fields[i], rows, column);
        column++;
      }

  return record;
}

/* --- row → JSON --- */

/* ,"name":null for each field of a type: the key alone, or with its value when there is none, is
 * one copy. Made once and kept, as the type is. */
typedef struct
{
  char *text;
  gsize length;
} Member;

static GRWLock members_lock;
static GHashTable *members; /* type → Member[n_fields] */

static Member *
make_members (const MhRecordType *type)
{
  Member *made = g_new0 (Member, type->n_fields);
  for (guint i = 0; i < type->n_fields; i++)
    {
      GString *text = g_string_new ("{");
      mh_json_key (text, type->fields[i].name);
      mh_json_put_null (text);
      text->str[0] = ',';
      made[i].length = text->len;
      made[i].text = g_string_free (text, FALSE);
    }
  return made;
}

static const Member *
members_of (const MhRecordType *type)
{
  g_rw_lock_reader_lock (&members_lock);
  Member *found = members != NULL ? g_hash_table_lookup (members, type) : NULL;
  g_rw_lock_reader_unlock (&members_lock);
  if (found != NULL)
    return found;

  g_rw_lock_writer_lock (&members_lock);
  if (members == NULL)
    members = g_hash_table_new (NULL, NULL);
  found = g_hash_table_lookup (members, type);
  if (found == NULL)
    g_hash_table_insert (members, (gpointer)type, found = make_members (type));
  g_rw_lock_writer_unlock (&members_lock);
  return found;
}

/* Without the comma for the first; without the null for a key. */
static void
sql_row_put_member (GString *out, const Member *member, gboolean first, gboolean is_null)
{
  gsize skipped = first ? 1 : 0;
  gsize length = member->length - skipped - (is_null ? 0 : strlen ("null"));
  g_string_append_len (out, member->text + skipped, (gssize)length);
}

static void
sql_row_put_value (MhRows *rows, guint column, const MhField *field, GString *out)
{
  if (field->kind == MH_KIND_JSON || field->kind == MH_KIND_LIST)
    mh_json_put_raw (out, mh_rows_text (rows, column));
  else if (mh_field_is_text (field))
    mh_json_put_text (out, mh_rows_text (rows, column));
  else if (field->kind == MH_KIND_INSTANT)
    mh_json_put_instant (out, mh_rows_int (rows, column));
  else if (field->kind == MH_KIND_BOOL)
    mh_json_put_bool (out, mh_rows_bool (rows, column));
  else
    mh_json_put_int (out, mh_rows_int (rows, column));
}

static gboolean
is_sent (const MhField *field, guint flags)
{
  if ((flags & MH_JSON_AS_INPUT) != 0)
    return (field->flags & (MH_SERVER_SET | MH_SECRET)) == 0;
  return (field->flags & MH_SECRET) == 0 || (flags & MH_JSON_WITH_SECRETS) != 0;
}

void
mh_sql_row_open_json (MhRows *rows,
                      guint first,
                      const MhRecordType *type,
                      guint flags,
                      GString *out)
{
  const Member *texts = members_of (type);
  guint column = first;
  gboolean empty = TRUE;

  mh_json_open (out, '{');
  for (guint i = 0; i < type->n_fields; i++)
    {
      const MhField *field = &type->fields[i];
      if (!mh_field_is_column (field))
        continue;
      if (is_sent (field, flags))
        {
          gboolean is_null = mh_rows_is_null (rows, column);
          sql_row_put_member (out, &texts[i], empty, is_null);
          if (!is_null)
            sql_row_put_value (rows, column, field, out);
          empty = FALSE;
        }
      column++;
    }
}

void
mh_sql_row_put_json (MhRows *rows, guint first, const MhRecordType *type, guint flags, GString *out)
{
  mh_sql_row_open_json (rows, first, type, flags, out);
  mh_json_close (out, '}');
}
