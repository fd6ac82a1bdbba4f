/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/record/mh-registry.h"

static GPtrArray *all;
static GHashTable *by_code;

void
mh_registry_add (const MhRecordType *const *types, guint n_types)
{
  if (all == NULL)
    {
      all = g_ptr_array_new ();
      by_code = g_hash_table_new (g_str_hash, g_str_equal);
    }
  for (guint i = 0; i < n_types; i++)
    {
      if (!g_hash_table_insert (by_code, (gpointer)types[i]->code, (gpointer)types[i]))
        g_error ("%s: this code stands twice among the record types", types[i]->code);
      g_ptr_array_add (all, (gpointer)types[i]);
    }
}

guint
mh_registry_size (void)
{
  return all != NULL ? all->len : 0;
}

const MhRecordType *
mh_registry_nth (guint index)
{
  g_return_val_if_fail (index < mh_registry_size (), NULL);
  return g_ptr_array_index (all, index);
}

const MhRecordType *
mh_registry_find (const char *code)
{
  return by_code != NULL && code != NULL ? g_hash_table_lookup (by_code, code) : NULL;
}
