/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/sql/mh-sql-text.h"

#include <stdlib.h>
#include <string.h>

/* Words that one of the databases keeps for itself and that could name a field. Sorted. */
static const char *const reserved[]
    = { "all",     "analyse",    "and",       "any",         "array",     "as",        "asc",
        "both",    "case",       "cast",      "check",       "collate",   "column",    "constraint",
        "create",  "default",    "desc",      "distinct",    "do",        "else",      "end",
        "except",  "false",      "fetch",     "for",         "foreign",   "from",      "grant",
        "group",   "having",     "in",        "index",       "initially", "into",      "leading",
        "limit",   "offset",     "on",        "only",        "or",        "order",     "placing",
        "primary", "references", "returning", "select",      "some",      "symmetric", "table",
        "then",    "to",         "trailing",  "transaction", "true",      "union",     "unique",
        "user",    "using",      "values",    "variadic",    "when",      "where",     "window",
        "with" };

static int
sql_text_compare_words (const void *a, const void *b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static void
sql_text_put_name (GString *out, const char *name)
{
  gboolean quote
      = bsearch (&name, reserved, G_N_ELEMENTS (reserved), sizeof *reserved, sql_text_compare_words)
        != NULL;
  if (quote)
    g_string_append_c (out, '"');
  g_string_append (out, name);
  if (quote)
    g_string_append_c (out, '"');
}

const char *
mh_sql_type (const MhField *field)
{
  if (mh_field_is_int (field))
    return "BIGINT";
  return field->kind == MH_KIND_BOOL ? "BOOLEAN" : "MH_TEXT";
}

guint
mh_sql_n_columns (const MhRecordType *type)
{
  guint n = 0;
  for (guint i = 0; i < type->n_fields; i++)
    n += mh_field_is_column (&type->fields[i]) ? 1 : 0;
  return n;
}

/* --- the kept texts --- */

typedef enum
{
  TEXT_COLUMNS,
  TEXT_SELECT,
  TEXT_FIND,
  TEXT_INSERT,
  TEXT_UPSERT,
  TEXT_UPDATE,
} TextKind;

typedef struct
{
  const MhRecordType *type;
  TextKind kind;
  const void *what; /* address of the tail or the column's name in the table of fields */
  const char *more; /* columns of a SELECT beyond the record's; NULL: none */
  guint n_rows;
} Key;

static GRWLock texts_lock;
static GHashTable *texts;

static guint
sql_text_key_hash (gconstpointer data)
{
  const Key *key = data;
  return g_direct_hash (key->type) ^ (g_direct_hash (key->what) * 31u) ^ (key->kind << 24)
         ^ (key->n_rows << 8);
}

static gboolean
sql_text_key_equal (gconstpointer a, gconstpointer b)
{
  const Key *x = a, *y = b;
  return x->type == y->type && x->kind == y->kind && x->what == y->what && x->more == y->more
         && x->n_rows == y->n_rows;
}

/* --- making them --- */

static void
put_columns (GString *out, const MhRecordType *type, const char *before)
{
  const char *comma = "";
  for (guint i = 0; i < type->n_fields; i++)
    {
      if (!mh_field_is_column (&type->fields[i]))
        continue;
      g_string_append (out, comma);
      g_string_append (out, before);
      sql_text_put_name (out, type->fields[i].name);
      comma = ", ";
    }
}

static void
put_table (GString *out, const MhRecordType *type)
{
  sql_text_put_name (out, type->table);
}

static void
make_select (GString *out, const MhRecordType *type, const char *more, const char *tail)
{
  g_string_append (out, "SELECT ");
  put_columns (out, type, "r.");
  if (more != NULL)
    g_string_append_printf (out, ", %s", more);
  g_string_append (out, " FROM ");
  put_table (out, type);
  g_string_append (out, " r ");
  g_string_append (out, tail);
}

static void
make_find (GString *out, const MhRecordType *type, const char *column)
{
  int i = column != NULL ? mh_record_type_find (type, column) : -1;
  make_select (out, type, NULL, "");
  if (column != NULL)
    {
      g_string_append (out, "WHERE r.");
      sql_text_put_name (out, column);
      g_string_append (out, " = $1 ");
    }

  /* One row needs no order, and asking for one tempts PostgreSQL, while the table is small, to walk
   * through the index on id instead of going to the row by its own. */
  if (i != MH_ID && (i < 0 || (type->fields[i].flags & MH_UNIQUE) == 0))
    g_string_append (out, "ORDER BY r.id");
}

static void
make_insert (GString *out, const MhRecordType *type, guint n_rows)
{
  guint n = mh_sql_n_columns (type);
  g_string_append (out, "INSERT INTO ");
  put_table (out, type);
  g_string_append (out, " (");
  put_columns (out, type, "");
  g_string_append (out, ") VALUES ");

  for (guint row = 0; row < n_rows; row++)
    {
      g_string_append (out, row == 0 ? "(" : ", (");
      for (guint i = 0; i < n; i++)
        g_string_append_printf (out, i == 0 ? "$%u" : ", $%u", row * n + i + 1);
      g_string_append_c (out, ')');
    }
}

static void
make_upsert (GString *out, const MhRecordType *type)
{
  make_insert (out, type, 1);
  g_string_append (out, " ON CONFLICT (id) DO UPDATE SET ");
  const char *comma = "";

  for (guint i = 0; i < type->n_fields; i++)
    {
      if (i == MH_ID || !mh_field_is_column (&type->fields[i]))
        continue;
      g_string_append (out, comma);
      sql_text_put_name (out, type->fields[i].name);
      g_string_append (out, " = excluded.");
      sql_text_put_name (out, type->fields[i].name);
      comma = ", ";
    }
}

static void
make_update (GString *out, const MhRecordType *type)
{
  guint place = 1;
  g_string_append (out, "UPDATE ");
  put_table (out, type);
  g_string_append (out, " SET ");

  for (guint i = 1; i < type->n_fields; i++)
    {
      if (!mh_field_is_column (&type->fields[i]))
        continue;
      g_string_append (out, place == 1 ? "" : ", ");
      sql_text_put_name (out, type->fields[i].name);
      g_string_append_printf (out, " = $%u", ++place);
    }

  g_string_append_printf (out, " WHERE id = $1 AND version = $%u", place + 1);
}

static char *
sql_text_make_text (const Key *key)
{
  GString *out = g_string_new (NULL);
  switch (key->kind)
    {
    case TEXT_COLUMNS:
      put_columns (out, key->type, "");
      break;
    case TEXT_SELECT:
      make_select (out, key->type, key->more, key->what);
      break;
    case TEXT_FIND:
      make_find (out, key->type, key->what);
      break;
    case TEXT_INSERT:
      make_insert (out, key->type, key->n_rows);
      break;
    case TEXT_UPSERT:
      make_upsert (out, key->type);
      break;
    case TEXT_UPDATE:
      make_update (out, key->type);
      break;
    default:
      g_assert_not_reached ();
    }

  return g_string_free (out, FALSE);
}

static const char *
text_for (const MhRecordType *type, TextKind kind, const void *what, const char *more, guint n_rows)
{
  g_return_val_if_fail (type->table != NULL, NULL);
  const Key key = { type, kind, what, more, n_rows };
  g_rw_lock_reader_lock (&texts_lock);
  const char *text = texts != NULL ? g_hash_table_lookup (texts, &key) : NULL;

  g_rw_lock_reader_unlock (&texts_lock);
  if (text != NULL)
    return text;

  g_rw_lock_writer_lock (&texts_lock);
  if (texts == NULL)
    texts = g_hash_table_new (sql_text_key_hash, sql_text_key_equal);
  text = g_hash_table_lookup (texts, &key);

  if (text == NULL)
    {
      text = sql_text_make_text (&key);
      g_hash_table_insert (texts, g_memdup2 (&key, sizeof key), (gpointer)text);
    }

  g_rw_lock_writer_unlock (&texts_lock);
  return text;
}

const char *
mh_sql_select (const MhRecordType *type, const char *tail)
{
  return text_for (type, TEXT_SELECT, tail, NULL, 0);
}

const char *
mh_sql_select_and (const MhRecordType *type, const char *more, const char *tail)
{
  return text_for (type, TEXT_SELECT, tail, more, 0);
}

const char *
mh_sql_find (const MhRecordType *type, const char *column)
{
  int i = column != NULL ? mh_record_type_find (type, column) : -1;
  g_return_val_if_fail (column == NULL || i >= 0, NULL);
  return text_for (type, TEXT_FIND, i >= 0 ? type->fields[i].name : NULL, NULL, 0);
}

const char *
mh_sql_insert (const MhRecordType *type, guint n_rows)
{
  return text_for (type, TEXT_INSERT, NULL, NULL, n_rows);
}

const char *
mh_sql_upsert (const MhRecordType *type)
{
  return text_for (type, TEXT_UPSERT, NULL, NULL, 0);
}

const char *
mh_sql_update (const MhRecordType *type)
{
  return text_for (type, TEXT_UPDATE, NULL, NULL, 0);
}

/* --- DDL --- */

/* Only references that must be there from the start and never change: these cannot form a circle,
 * and the other ones may name a record that a desk has yet to send. */
gboolean
mh_sql_is_foreign_key (const MhField *field)
{
  const guint fixed = MH_REQUIRED | MH_IMMUTABLE;
  return field->kind == MH_KIND_REF && (field->flags & fixed) == fixed && field->target != NULL
         && field->target->table != NULL && mh_field_is_column (field);
}

static void
put_column (GString *out, const MhField *field, guint i, MhSqlPlace place)
{
  sql_text_put_name (out, field->name);
  g_string_append_c (out, ' ');
  g_string_append (out, mh_sql_type (field));
  if (i <= MH_CHANGED_AT)
    g_string_append (out, " NOT NULL");
  if (i == MH_ID)
    g_string_append (out, " PRIMARY KEY");
  if (place == MH_SQL_CACHE)
    return;

  if ((field->flags & MH_UNIQUE) != 0)
    g_string_append (out, " UNIQUE");
  if (mh_sql_is_foreign_key (field))
    {
      g_string_append (out, " REFERENCES ");
      put_table (out, field->target);
      g_string_append (out, " (id)");
    }
}

static gboolean
wants_index (const MhField *field, guint i, MhSqlPlace place)
{
  if (i == MH_ID || !mh_field_is_column (field))
    return FALSE;
  if (place == MH_SQL_CACHE)
    return (field->flags & (MH_INDEX | MH_SORT | MH_UNIQUE)) != 0;
  return (field->flags & MH_INDEX) != 0 && (field->flags & MH_UNIQUE) == 0;
}

char *
mh_sql_ddl (const MhRecordType *type, MhSqlPlace place)
{
  GString *out = g_string_new ("CREATE TABLE ");
  put_table (out, type);
  g_string_append (out, " (\n  ");

  for (guint i = 0; i < type->n_fields; i++)
    {
      if (!mh_field_is_column (&type->fields[i]))
        continue;
      g_string_append (out, i == 0 ? "" : ",\n  ");
      put_column (out, &type->fields[i], i, place);
    }

  g_string_append (out, "\n);\n");
  for (guint i = 0; i < type->n_fields; i++)
    {
      const char *name = type->fields[i].name;
      if (!wants_index (&type->fields[i], i, place))
        continue;
      g_string_append_printf (out, "CREATE INDEX %s_%s_idx ON ", type->table, name);
      put_table (out, type);
      g_string_append (out, " (");
      sql_text_put_name (out, name);
      g_string_append (out, ");\n");
    }

  return g_string_free (out, FALSE);
}
