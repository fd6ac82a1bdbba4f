/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/geo/mh-pbf.h"

guint64
mh_pbf_varint (MhPbf *pbf)
{
  guint64 value = 0;
  for (guint shift = 0; shift < 64 && pbf->at < pbf->end; shift += 7)
    {
      const guint8 byte = *pbf->at++;
      value |= (guint64)(byte & 0x7f) << shift;
      if (byte < 0x80)
        return value;
    }

  pbf->is_bad = TRUE;
  pbf->at = pbf->end;
  return 0;
}

gint64
mh_pbf_signed (MhPbf *pbf)
{
  const guint64 value = mh_pbf_varint (pbf);
  return (gint64)(value >> 1) ^ -(gint64)(value & 1);
}

/* Of @size bytes, or none and bad. */
static MhPbf
pbf_take (MhPbf *pbf, guint64 size)
{
  MhPbf part = { pbf->at, pbf->at, FALSE };
  if (size > mh_pbf_size (pbf))
    {
      pbf->is_bad = TRUE;
      pbf->at = pbf->end;
      return part;
    }

  pbf->at += size;
  part.end = pbf->at;
  return part;
}

/* Little end first, as the wire has it. */
static guint64
pbf_fixed (MhPbf *pbf, guint size)
{
  const MhPbf part = pbf_take (pbf, size);
  guint64 value = 0;
  for (gsize i = mh_pbf_size (&part); i > 0; i--)
    value = value << 8 | part.at[i - 1];
  return value;
}

gboolean
mh_pbf_next (MhPbf *pbf, MhPbfField *out_field)
{
  if (pbf->at >= pbf->end)
    return FALSE;

  const guint64 key = mh_pbf_varint (pbf);
  *out_field = (MhPbfField){ .number = (guint)MIN (key >> 3, G_MAXINT) };
  switch (key & 7)
    {
    case 0:
      out_field->value = mh_pbf_varint (pbf);
      break;
    case 1:
      out_field->value = pbf_fixed (pbf, 8);
      break;
    case 2:
      out_field->is_bytes = TRUE;
      out_field->bytes = pbf_take (pbf, mh_pbf_varint (pbf));
      break;
    case 5:
      out_field->value = pbf_fixed (pbf, 4);
      break;
    default: /* groups, which no map file has */
      pbf->is_bad = TRUE;
      pbf->at = pbf->end;
    }
  return !pbf->is_bad;
}
