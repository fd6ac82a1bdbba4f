/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/record/mh-record-size.h"

#include <string.h>

#include "shared/record/mh-record-check.h"

/* "\u0915", the longest that a character of the basic plane is written. */
#define ESCAPED 6
/* Quotes, colon, comma and some white space. */
#define AROUND 16
/* Longer than any number, instant or truth. */
#define SHORT 40
/* Types name each other, in theory without end. */
#define DEEPEST 8

static MhRecordSize size_of_type (const MhRecordType *type, guint depth);

static guint64
bounded (guint64 n)
{
  return MIN (n, G_MAXUINT32);
}

static MhRecordSize
size_times (MhRecordSize size, guint64 n)
{
  return (MhRecordSize){ bounded (size.bytes * n), bounded (size.values * n) };
}

static MhRecordSize
size_of_field (const MhField *field, guint depth)
{
  guint64 most = mh_field_most (field);
  MhRecordSize entry = { mh_field_entry_most () * ESCAPED + AROUND, 1 };

  switch (field->kind)
    {
    case MH_KIND_RECORD:
      return size_of_type (field->target, depth + 1);
    case MH_KIND_RECORDS:
      return size_times (size_of_type (field->target, depth + 1), most);
    case MH_KIND_LIST:
      return size_times (entry, most);
    case MH_KIND_JSON:
      return (MhRecordSize){ bounded (most * ESCAPED), bounded (most) };
    case MH_KIND_INT:
    case MH_KIND_MONEY:
    case MH_KIND_INSTANT:
    case MH_KIND_BOOL:
      return (MhRecordSize){ SHORT, 0 };
    case MH_KIND_TEXT:
    case MH_KIND_LONG_TEXT:
    case MH_KIND_DECIMAL:
    case MH_KIND_DATE:
    case MH_KIND_TIME:
    case MH_KIND_ENUM:
    case MH_KIND_REF:
    case MH_N_KINDS:
    default:
      return (MhRecordSize){ bounded (most * ESCAPED), 0 };
    }
}

static MhRecordSize
size_of_type (const MhRecordType *type, guint depth)
{
  MhRecordSize sum = { AROUND, 1 };
  for (guint i = 0; i < type->n_fields && depth < DEEPEST; i++)
    {
      const MhField *field = &type->fields[i];
      if ((field->flags & (MH_SERVER_SET | MH_SECRET)) != 0)
        continue;
      MhRecordSize size = size_of_field (field, depth);
      sum.bytes = bounded (sum.bytes + strlen (field->name) + AROUND + size.bytes);
      sum.values = bounded (sum.values + 1 + size.values);
    }
  return sum;
}

MhRecordSize
mh_record_size_most (const MhRecordType *type)
{
  return size_of_type (type, 0);
}
