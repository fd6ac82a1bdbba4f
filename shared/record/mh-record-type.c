/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/record/mh-record-type.h"

#include "shared/record/mh-record-private.h"

#include <string.h>

/* What is found out about a type at its first use and kept for good. */
typedef struct
{
  GHashTable *by_name; /* name → index + 1 */
  GType gtype;
} TypeInfo;

static GRWLock info_lock;
static GHashTable *infos; /* const MhRecordType * → TypeInfo * */

static TypeInfo *
type_info_make (const MhRecordType *type)
{
  TypeInfo *info = g_new0 (TypeInfo, 1);
  info->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < type->n_fields; i++)
    g_hash_table_insert (info->by_name, (gpointer)type->fields[i].name, GUINT_TO_POINTER (i + 1));
  info->gtype = mh_record_register_gtype (type);
  return info;
}

static TypeInfo *
type_info (const MhRecordType *type)
{
  g_rw_lock_reader_lock (&info_lock);
  TypeInfo *info = infos != NULL ? g_hash_table_lookup (infos, type) : NULL;
  g_rw_lock_reader_unlock (&info_lock);
  if (info != NULL)
    return info;

  g_rw_lock_writer_lock (&info_lock);
  if (infos == NULL)
    infos = g_hash_table_new (NULL, NULL);
  info = g_hash_table_lookup (infos, type);

  if (info == NULL)
    {
      info = type_info_make (type);
      g_hash_table_insert (infos, (gpointer)type, info);
    }

  g_rw_lock_writer_unlock (&info_lock);
  return info;
}

int
mh_record_type_find (const MhRecordType *type, const char *name)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (type_info (type)->by_name, name)) - 1;
}

GType
mh_record_type_gtype (const MhRecordType *type)
{
  return type_info (type)->gtype;
}

const char *
mh_code_label (const MhCode *codes, const char *code)
{
  for (const MhCode *c = codes; code != NULL && c != NULL && c->code != NULL; c++)
    if (g_str_equal (c->code, code))
      return c->label;
  return code;
}

const char *
mh_field_code_label (const MhField *field, const char *code)
{
  return mh_code_label (field->codes, code);
}
