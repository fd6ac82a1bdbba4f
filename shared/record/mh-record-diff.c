/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/record/mh-record-diff.h"

#include "shared/base/mh-json.h"

/* Stamps and versions change with every write; telling so would drown the rest. */
static gboolean
record_diff_counts (const MhField *field, guint i)
{
  return mh_field_is_column (field) && i != MH_VERSION && i != MH_CHANGED_AT && i != MH_CREATED_AT;
}

/* Unset and null are the same in the database. */
static gboolean
differs (MhRecord *old, MhRecord *new_, guint i)
{
  gboolean had = old != NULL && mh_record_has (old, i);
  gboolean has = new_ != NULL && mh_record_has (new_, i);
  if (!had || !has)
    return had != has;
  return !mh_record_field_equal (old, new_, i);
}

GArray *
mh_record_diff_fields (MhRecord *old, MhRecord *new_)
{
  const MhRecordType *type = mh_record_type (new_ != NULL ? new_ : old);
  GArray *fields = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < type->n_fields; i++)
    if (record_diff_counts (&type->fields[i], i) && differs (old, new_, i))
      g_array_append_val (fields, i);
  return fields;
}

static void
record_diff_put_side (GString *out, MhRecord *record, guint i, const MhField *field)
{
  g_autofree char *text = record != NULL ? mh_record_value_text (record, i) : NULL;
  if (text != NULL && (field->flags & (MH_SENSITIVE | MH_SECRET)) != 0)
    mh_json_put_text (out, "•");
  else
    mh_json_put_text (out, text);
}

char *
mh_record_diff_json (MhRecord *old, MhRecord *new_)
{
  g_return_val_if_fail (old != NULL || new_ != NULL, NULL);
  const MhRecordType *type = mh_record_type (new_ != NULL ? new_ : old);
  g_autoptr (GArray) fields = mh_record_diff_fields (old, new_);
  GString *out = g_string_new (NULL);

  mh_json_open (out, '{');
  for (guint k = 0; k < fields->len; k++)
    {
      guint i = g_array_index (fields, guint, k);
      mh_json_key (out, type->fields[i].name);
      mh_json_open (out, '[');
      record_diff_put_side (out, old, i, &type->fields[i]);
      record_diff_put_side (out, new_, i, &type->fields[i]);
      mh_json_close (out, ']');
    }

  mh_json_close (out, '}');
  return g_string_free (out, FALSE);
}
