/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/record/mh-record.h"

#include "shared/base/mh-date.h"
#include "shared/base/mh-json.h"
#include "shared/record/mh-record-private.h"

#include <string.h>

/* One slot a field; which member counts is told by the field's kind. */
typedef union
{
  char *text;
  gint64 integer;
  char **list;
  GPtrArray *records;
  MhRecord *record;
} Value;

enum
{
  UNSET,
  NIL,
  SET
};

typedef struct
{
  Value *values;
  guint8 *states;
} MhRecordPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (MhRecord, mh_record, G_TYPE_OBJECT)

static MhRecordPrivate *
priv_of (MhRecord *record)
{
  return mh_record_get_instance_private (record);
}

const MhRecordType *
mh_record_type (MhRecord *record)
{
  g_return_val_if_fail (MH_IS_RECORD (record), NULL);
  return MH_RECORD_GET_CLASS (record)->type;
}

static const MhField *
record_field_of (MhRecord *record, guint field)
{
  const MhRecordType *type = MH_RECORD_GET_CLASS (record)->type;
  g_assert (field < type->n_fields);
  return &type->fields[field];
}

static void
value_clear (const MhField *field, Value *value)
{
  if (mh_field_is_text (field))
    g_free (value->text);
  else if (field->kind == MH_KIND_LIST)
    g_strfreev (value->list);
  else if (field->kind == MH_KIND_RECORDS)
    g_clear_pointer (&value->records, g_ptr_array_unref);
  else if (field->kind == MH_KIND_RECORD)
    g_clear_object (&value->record);
  memset (value, 0, sizeof *value);
}

static void
record_changed (MhRecord *record, guint field)
{
  /* By spec: GObject returns at once when nobody listens, as on the server. */
  g_object_notify_by_pspec (G_OBJECT (record), MH_RECORD_GET_CLASS (record)->specs[field]);
}

/* Setting what is there already tells nobody: a form that writes back its text would loop. */
static gboolean
has_integer (MhRecord *record, guint field, gint64 value)
{
  MhRecordPrivate *priv = priv_of (record);
  return priv->states[field] == SET && priv->values[field].integer == value;
}

static Value *
value_for_set (MhRecord *record, guint field, guint8 state)
{
  MhRecordPrivate *priv = priv_of (record);
  value_clear (record_field_of (record, field), &priv->values[field]);
  priv->states[field] = state;
  return &priv->values[field];
}

/* --- class --- */

static void
mh_record_init (MhRecord *record)
{
}

static void
record_instance_init (GTypeInstance *instance, gpointer klass)
{
  const MhRecordType *type = ((MhRecordClass *)klass)->type;
  MhRecordPrivate *priv = priv_of ((MhRecord *)instance);
  priv->values = g_new0 (Value, type->n_fields);
  priv->states = g_new0 (guint8, type->n_fields);
}

static void
mh_record_finalize (GObject *object)
{
  MhRecord *record = MH_RECORD (object);
  MhRecordPrivate *priv = priv_of (record);
  const MhRecordType *type = mh_record_type (record);
  for (guint i = 0; i < type->n_fields; i++)
    value_clear (&type->fields[i], &priv->values[i]);
  g_free (priv->values);
  g_free (priv->states);
  G_OBJECT_CLASS (mh_record_parent_class)->finalize (object);
}

static void
mh_record_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  MhRecord *record = MH_RECORD (object);
  const MhField *field = record_field_of (record, id - 1);
  Value *own = &priv_of (record)->values[id - 1];

  if (mh_field_is_text (field))
    g_value_set_string (value, own->text);
  else if (field->kind == MH_KIND_BOOL)
    g_value_set_boolean (value, own->integer != 0);
  else if (field->kind == MH_KIND_LIST)
    g_value_set_boxed (value, own->list);
  else if (field->kind == MH_KIND_RECORDS)
    g_value_set_boxed (value, own->records);
  else if (field->kind == MH_KIND_RECORD)
    g_value_set_object (value, own->record);
  else
    g_value_set_int64 (value, own->integer);
}

static void
mh_record_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  MhRecord *record = MH_RECORD (object);
  const MhField *field = record_field_of (record, id - 1);
  if (mh_field_is_text (field))
    mh_record_set_text (record, id - 1, g_value_get_string (value));
  else if (field->kind == MH_KIND_BOOL)
    mh_record_set_bool (record, id - 1, g_value_get_boolean (value));
  else if (field->kind == MH_KIND_LIST)
    mh_record_set_list (record, id - 1, g_value_get_boxed (value));
  else if (field->kind == MH_KIND_RECORDS)
    mh_record_take_records (record, id - 1, g_value_dup_boxed (value));
  else if (field->kind == MH_KIND_RECORD)
    mh_record_set_record (record, id - 1, g_value_get_object (value));
  else
    mh_record_set_int (record, id - 1, g_value_get_int64 (value));
}

static void
mh_record_class_init (MhRecordClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->finalize = mh_record_finalize;
}

static GParamSpec *
param_spec (const MhField *field)
{
  const GParamFlags flags
      = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_NICK | G_PARAM_STATIC_BLURB;
  g_autofree char *name = g_strdelimit (g_strdup (field->name), "_", '-');
  if (mh_field_is_text (field))
    return g_param_spec_string (name, NULL, NULL, NULL, flags);
  if (field->kind == MH_KIND_BOOL)
    return g_param_spec_boolean (name, NULL, NULL, FALSE, flags);
  if (field->kind == MH_KIND_LIST)
    return g_param_spec_boxed (name, NULL, NULL, G_TYPE_STRV, flags);
  if (field->kind == MH_KIND_RECORDS)
    return g_param_spec_boxed (name, NULL, NULL, G_TYPE_PTR_ARRAY, flags);
  if (field->kind == MH_KIND_RECORD)
    return g_param_spec_object (name, NULL, NULL, MH_TYPE_RECORD, flags);

  return g_param_spec_int64 (name, NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
}

static void
record_subclass_init (gpointer klass, gpointer data)
{
  const MhRecordType *type = data;
  ((MhRecordClass *)klass)->type = type;

  /* GObject does not hand these two down to subclasses. */
  G_OBJECT_CLASS (klass)->get_property = mh_record_get_property;
  G_OBJECT_CLASS (klass)->set_property = mh_record_set_property;
  GParamSpec **specs = g_new0 (GParamSpec *, type->n_fields);

  for (guint i = 0; i < type->n_fields; i++)
    {
      specs[i] = param_spec (&type->fields[i]);
      g_object_class_install_property (klass, i + 1, specs[i]);
    }

  ((MhRecordClass *)klass)->specs = specs;
}

GType
mh_record_register_gtype (const MhRecordType *type)
{
  GTypeInfo info = { .class_size = sizeof (MhRecordClass),
                     .class_init = record_subclass_init,
                     .class_data = type,
                     .instance_size = sizeof (MhRecord),
                     .instance_init = record_instance_init };
  return g_type_register_static (MH_TYPE_RECORD, type->name, &info, 0);
}

MhRecord *
mh_record_new (const MhRecordType *type)
{
  return g_object_new (mh_record_type_gtype (type), NULL);
}

/* --- reading --- */

gboolean
mh_record_is_set (MhRecord *record, guint field)
{
  g_assert (field < mh_record_type (record)->n_fields);
  return priv_of (record)->states[field] != UNSET;
}

gboolean
mh_record_has (MhRecord *record, guint field)
{
  MhRecordPrivate *priv = priv_of (record);
  const MhField *f = record_field_of (record, field);
  if (priv->states[field] != SET)
    return FALSE;
  if (mh_field_is_text (f))
    return priv->values[field].text[0] != 0;
  if (f->kind == MH_KIND_LIST)
    return priv->values[field].list[0] != NULL;
  if (f->kind == MH_KIND_RECORDS)
    return priv->values[field].records->len > 0;
  return TRUE;
}

const char *
mh_record_text (MhRecord *record, guint field)
{
  g_assert (mh_field_is_text (record_field_of (record, field)));
  return priv_of (record)->values[field].text;
}

gint64
mh_record_int (MhRecord *record, guint field)
{
  g_assert (mh_field_is_int (record_field_of (record, field)));
  return priv_of (record)->values[field].integer;
}

gboolean
mh_record_bool (MhRecord *record, guint field)
{
  g_assert (record_field_of (record, field)->kind == MH_KIND_BOOL);
  return priv_of (record)->values[field].integer != 0;
}

const char *const *
mh_record_list (MhRecord *record, guint field)
{
  g_assert (record_field_of (record, field)->kind == MH_KIND_LIST);
  return (const char *const *)priv_of (record)->values[field].list;
}

GPtrArray *
mh_record_records (MhRecord *record, guint field)
{
  g_assert (record_field_of (record, field)->kind == MH_KIND_RECORDS);
  return priv_of (record)->values[field].records;
}

MhRecord *
mh_record_record (MhRecord *record, guint field)
{
  g_assert (record_field_of (record, field)->kind == MH_KIND_RECORD);
  return priv_of (record)->values[field].record;
}

/* --- writing --- */

void
mh_record_take_text (MhRecord *record, guint field, char *value)
{
  g_assert (mh_field_is_text (record_field_of (record, field)));
  MhRecordPrivate *priv = priv_of (record);
  guint8 state = value != NULL ? SET : NIL;
  if (priv->states[field] == state && g_strcmp0 (priv->values[field].text, value) == 0)
    {
      g_free (value);
      return;
    }
  value_for_set (record, field, state)->text = value;
  record_changed (record, field);
}

void
mh_record_set_text (MhRecord *record, guint field, const char *value)
{
  mh_record_take_text (record, field, g_strdup (value));
}

void
mh_record_set_int (MhRecord *record, guint field, gint64 value)
{
  g_assert (mh_field_is_int (record_field_of (record, field)));
  if (has_integer (record, field, value))
    return;
  value_for_set (record, field, SET)->integer = value;
  record_changed (record, field);
}

void
mh_record_set_bool (MhRecord *record, guint field, gboolean value)
{
  g_assert (record_field_of (record, field)->kind == MH_KIND_BOOL);
  if (has_integer (record, field, value ? 1 : 0))
    return;
  value_for_set (record, field, SET)->integer = value ? 1 : 0;
  record_changed (record, field);
}

void
mh_record_set_list (MhRecord *record, guint field, const char *const *value)
{
  g_assert (record_field_of (record, field)->kind == MH_KIND_LIST);
  const char *const *own = mh_record_list (record, field);
  if (own != NULL && value != NULL && g_strv_equal (own, value))
    return;
  char **copy = g_strdupv ((char **)value);
  value_for_set (record, field, copy != NULL ? SET : NIL)->list = copy;
  record_changed (record, field);
}

void
mh_record_add_to_list (MhRecord *record, guint field, const char *entry)
{
  const char *const *old = mh_record_list (record, field);
  guint n = old != NULL ? g_strv_length ((char **)old) : 0;
  char **grown = g_new0 (char *, n + 2);
  for (guint i = 0; i < n; i++)
    grown[i] = g_strdup (old[i]);
  grown[n] = g_strdup (entry);
  value_for_set (record, field, SET)->list = grown;
  record_changed (record, field);
}

void
mh_record_take_records (MhRecord *record, guint field, GPtrArray *records)
{
  g_assert (record_field_of (record, field)->kind == MH_KIND_RECORDS);
  value_for_set (record, field, records != NULL ? SET : NIL)->records = records;
  record_changed (record, field);
}

void
mh_record_append (MhRecord *record, guint field, MhRecord *child)
{
  GPtrArray *array = mh_record_records (record, field);
  if (array == NULL)
    {
      array = g_ptr_array_new_with_free_func (g_object_unref);
      mh_record_take_records (record, field, array);
    }
  g_ptr_array_add (array, g_object_ref (child));
  record_changed (record, field);
}

void
mh_record_set_record (MhRecord *record, guint field, MhRecord *child)
{
  g_assert (record_field_of (record, field)->kind == MH_KIND_RECORD);
  if (child != NULL && child == mh_record_record (record, field))
    return;
  if (child != NULL)
    g_object_ref (child);
  value_for_set (record, field, child != NULL ? SET : NIL)->record = child;
  record_changed (record, field);
}

void
mh_record_set_null (MhRecord *record, guint field)
{
  g_assert (field < mh_record_type (record)->n_fields);
  if (priv_of (record)->states[field] == NIL)
    return;
  value_for_set (record, field, NIL);
  record_changed (record, field);
}

void
mh_record_unset (MhRecord *record, guint field)
{
  if (!mh_record_is_set (record, field))
    return;
  value_for_set (record, field, UNSET);
  record_changed (record, field);
}

const char *
mh_record_id (MhRecord *record)
{
  return mh_record_text (record, MH_ID);
}

gint64
mh_record_version (MhRecord *record)
{
  return mh_record_int (record, MH_VERSION);
}

/* --- whole records --- */

static GPtrArray *
records_copy (GPtrArray *from)
{
  GPtrArray *to = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < from->len; i++)
    g_ptr_array_add (to, mh_record_copy (g_ptr_array_index (from, i)));
  return to;
}

static void
record_copy_field (MhRecord *to, MhRecord *from, guint i)
{
  MhRecordPrivate *source = priv_of (from);
  const MhField *field = record_field_of (from, i);
  const Value *value = &source->values[i];
  Value *own = value_for_set (to, i, source->states[i]);

  if (source->states[i] != SET)
    return;

  if (mh_field_is_text (field))
    own->text = g_strdup (value->text);
  else if (field->kind == MH_KIND_LIST)
    own->list = g_strdupv (value->list);
  else if (field->kind == MH_KIND_RECORDS)
    own->records = records_copy (value->records);
  else if (field->kind == MH_KIND_RECORD)
    own->record = mh_record_copy (value->record);
  else
    own->integer = value->integer;
}

MhRecord *
mh_record_copy (MhRecord *record)
{
  g_return_val_if_fail (MH_IS_RECORD (record), NULL);
  MhRecord *copy = mh_record_new (mh_record_type (record));
  for (guint i = 0; i < mh_record_type (record)->n_fields; i++)
    record_copy_field (copy, record, i);
  return copy;
}

void
mh_record_apply (MhRecord *record, MhRecord *patch)
{
  g_return_if_fail (mh_record_type (record) == mh_record_type (patch));
  /* Who is told of one field finds the others changed as well. */
  g_object_freeze_notify (G_OBJECT (record));
  for (guint i = 0; i < mh_record_type (patch)->n_fields; i++)
    if (mh_record_is_set (patch, i) && !mh_record_field_equal (record, patch, i))
      {
        record_copy_field (record, patch, i);
        record_changed (record, i);
      }
  g_object_thaw_notify (G_OBJECT (record));
}

static gboolean
records_equal (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!mh_record_equal (g_ptr_array_index (a, i), g_ptr_array_index (b, i)))
      return FALSE;
  return TRUE;
}

gboolean
mh_record_field_equal (MhRecord *a, MhRecord *b, guint i)
{
  MhRecordPrivate *pa = priv_of (a), *pb = priv_of (b);
  const MhField *field = record_field_of (a, i);
  const Value *va = &pa->values[i], *vb = &pb->values[i];
  if (pa->states[i] != pb->states[i])
    return FALSE;
  if (pa->states[i] != SET)
    return TRUE;
  if (mh_field_is_text (field))
    return strcmp (va->text, vb->text) == 0;
  if (field->kind == MH_KIND_LIST)
    return g_strv_equal ((const char *const *)va->list, (const char *const *)vb->list);
  if (field->kind == MH_KIND_RECORDS)
    return records_equal (va->records, vb->records);
  if (field->kind == MH_KIND_RECORD)
    return mh_record_equal (va->record, vb->record);

  return va->integer == vb->integer;
}

gboolean
mh_record_equal (MhRecord *a, MhRecord *b)
{
  if (mh_record_type (a) != mh_record_type (b))
    return FALSE;
  for (guint i = 0; i < mh_record_type (a)->n_fields; i++)
    if (!mh_record_field_equal (a, b, i))
      return FALSE;
  return TRUE;
}

/* --- what the conventions of its type tell --- */

static const char *
record_owner (MhRecord *record, const char *itself, guint field)
{
  if (g_str_equal (mh_record_type (record)->code, itself))
    return mh_record_id (record);
  return field != 0 ? mh_record_text (record, field) : NULL;
}

const char *
mh_record_hospital_id (MhRecord *record)
{
  return record_owner (record, "hospital", mh_record_type (record)->hospital);
}

const char *
mh_record_patient_id (MhRecord *record)
{
  return record_owner (record, "patient", mh_record_type (record)->patient);
}

const char *
mh_record_order_id (MhRecord *record)
{
  return record_owner (record, "order", mh_record_type (record)->order);
}

char *
mh_record_display (MhRecord *record)
{
  static const char *const usual[] = { "name", "number", "accession", "code", "username", "id" };
  const MhRecordType *type = mh_record_type (record);
  if (type->display != NULL)
    return type->display (record);

  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    {
      int field = mh_record_type_find (type, usual[i]);
      if (field >= 0 && mh_field_is_text (&type->fields[field])
          && mh_record_has (record, (guint)field))
        return g_strdup (mh_record_text (record, (guint)field));
    }

  return g_strdup (type->label);
}

char *
mh_record_value_text (MhRecord *record, guint i)
{
  const MhField *field = record_field_of (record, i);
  const Value *value = &priv_of (record)->values[i];
  char instant[MH_INSTANT_LENGTH + 1];
  if (!mh_record_has (record, i))
    return NULL;
  if (mh_field_is_text (field))
    return g_strdup (value->text);
  if (field->kind == MH_KIND_BOOL)
    return g_strdup (value->integer != 0 ? "yes" : "no");
  if (field->kind == MH_KIND_LIST)
    return g_strjoinv ("; ", value->list);
  if (field->kind == MH_KIND_RECORDS)
    return g_strdup_printf ("%u", value->records->len);
  if (field->kind == MH_KIND_RECORD)
    return mh_record_display (value->record);
  if (field->kind == MH_KIND_MONEY)
    return g_strdup_printf ("%s%" G_GINT64_FORMAT ".%02" G_GINT64_FORMAT,
                            value->integer < 0 ? "-" : "", ABS (value->integer) / 100,
                            ABS (value->integer) % 100);

  if (field->kind == MH_KIND_INSTANT)
    {
      mh_instant_format (value->integer, instant);
      return g_strdup (instant);
    }

  return g_strdup_printf ("%" G_GINT64_FORMAT, value->integer);
}
