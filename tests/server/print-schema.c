/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * print-schema: the DDL of every stored record as the descriptions have it now, for the lines that
 * a new migration needs. Tables come after those that they refer to. print-schema FILE: puts it
 * between the marks of FILE.
 */
#include <stdio.h>
#include <string.h>

#include "shared/record/mh-registry.h"
#include "shared/records/mh-records.h"
#include "shared/sql/mh-sql-text.h"

#define BEGIN_MARK "-- <records>\n"
#define END_MARK "-- </records>\n"

static void
put_type (GString *out, const MhRecordType *type, GHashTable *done)
{
  if (type->table == NULL || !g_hash_table_add (done, (gpointer)type))
    return;
  for (guint i = 0; i < type->n_fields; i++)
    if (mh_sql_is_foreign_key (&type->fields[i]))
      put_type (out, type->fields[i].target, done);
  g_autofree char *ddl = mh_sql_ddl (type, MH_SQL_SERVER);
  g_string_append (out, out->len > 0 ? "\n" : "");
  g_string_append (out, ddl);
}

static int
rewrite (const char *path, const char *ddl)
{
  g_autofree char *text = NULL;
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 1;
  char *from = strstr (text, BEGIN_MARK);
  char *to = strstr (text, END_MARK);
  if (from == NULL || to == NULL)
    return 1;
  from += strlen (BEGIN_MARK);
  g_autofree char *head = g_strndup (text, (gsize)(from - text));
  g_autofree char *made = g_strconcat (head, ddl, to, NULL);
  return g_file_set_contents (path, made, -1, NULL) ? 0 : 1;
}

int
main (int argc, char **argv)
{
  g_autoptr (GHashTable) done = g_hash_table_new (NULL, NULL);
  g_autoptr (GString) ddl = g_string_new (NULL);
  mh_records_register ();
  for (guint i = 0; i < mh_registry_size (); i++)
    put_type (ddl, mh_registry_nth (i), done);
  if (argc > 1)
    return rewrite (argv[1], ddl->str);
  fputs (ddl->str, stdout);
  return 0;
}
