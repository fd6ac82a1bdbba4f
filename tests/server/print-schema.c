/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes the DDL of every stored record as the descriptions have it now, for pasting the lines that
 * a new migration needs. Tables come after those that they refer to. */
#include <stdio.h>

#include "shared/record/mh-registry.h"
#include "shared/records/mh-records.h"
#include "shared/sql/mh-sql-text.h"

static void
print_type (const MhRecordType *type, GHashTable *done)
{
  if (type->table == NULL || !g_hash_table_add (done, (gpointer)type))
    return;
  for (guint i = 0; i < type->n_fields; i++)
    if (mh_sql_is_foreign_key (&type->fields[i]))
      print_type (type->fields[i].target, done);
  g_autofree char *ddl = mh_sql_ddl (type, MH_SQL_SERVER);
  printf ("\n%s", ddl);
}

int
main (void)
{
  g_autoptr (GHashTable) done = g_hash_table_new (NULL, NULL);
  mh_records_register ();
  for (guint i = 0; i < mh_registry_size (); i++)
    print_type (mh_registry_nth (i), done);
  return 0;
}
