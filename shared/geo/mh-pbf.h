/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The wire of Protocol Buffers, read field by field in place: nothing is copied, nothing is read
 * beyond the end. Written here rather than taken from libprotobuf-c: the messages of a map file are
 * nearly all packed numbers, which that library would first unpack into arrays of their own; a few
 * bytes for each of millions of empty messages would become gigabytes, where this needs none; and
 * it is shorter than the description and the generator it would take.
 *
 * Source: protobuf.dev, "Encoding".
 */
#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const guint8 *at, *end;
  gboolean is_bad; /* cut off or no such wire; stays */
} MhPbf;

typedef struct
{
  guint number;
  gboolean is_bytes; /* else a number */
  guint64 value;     /* a varint; fixed numbers of 32 and 64 bits, too */
  MhPbf bytes;       /* a text, a message, packed numbers */
} MhPbfField;

static inline MhPbf
mh_pbf (const guint8 *data, gsize size)
{
  return (MhPbf){ data, data + size, FALSE };
}

static inline gsize
mh_pbf_size (const MhPbf *pbf)
{
  return (gsize)(pbf->end - pbf->at);
}

/* The next of packed numbers; 0 behind the end, which is then bad. */
guint64 mh_pbf_varint (MhPbf *pbf);
/* The same, of a sint32 or sint64. */
gint64 mh_pbf_signed (MhPbf *pbf);
/* FALSE: the end, or bad. */
gboolean mh_pbf_next (MhPbf *pbf, MhPbfField *out_field);

G_END_DECLS
