/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * HL7 version 2 as text: segments, fields, repetitions, components, sub-components. The separators
 * are read from MSH and never assumed. Records of ASTM E1394 have the same shape with other
 * separators (mh-astm.h) and are read by the same code. Debian has no HL7 library for C, so it is
 * written here.
 *
 * A field that is empty says nothing about its value; the two characters "" say that the value is
 * to be deleted. Segments nobody knows, and fields or components too many, are ignored.
 *
 * Source: HL7 2.5.1 chapter 2 (2.5 message delimiters, 2.7 escapes, 2.A data types).
 */
#include "shared/base/mh-error.h"

G_BEGIN_DECLS

/* A message longer than this, or cut into more parts, is refused. */
#define MH_HL7_MAX_BYTES (1024 * 1024)
#define MH_HL7_MAX_BYTES_PAPER (16 * 1024 * 1024) /* with a document inside (OBX-2 ED) */
#define MH_HL7_MAX_SEGMENTS 20000
#define MH_HL7_MAX_FIELDS 250  /* of a segment */
#define MH_HL7_MAX_REPEATS 250 /* of a field */

typedef struct
{
  char field, component, repeat, escape, sub; /* sub 0: there is none (ASTM) */
} MhHl7Marks;
#define MH_HL7_MARKS ((MhHl7Marks){ '|', '^', '~', '\\', '&' })
#define MH_ASTM_MARKS ((MhHl7Marks){ '|', '^', '\\', '&', 0 })

typedef struct
{
  char **fields; /* [0] is the name, [1] the first field (of MSH: the separator itself) */
  guint n_fields;
} MhHl7Segment;

typedef struct _MhHl7 MhHl7;

/* A message in the bytes of a frame, with CR, LF or both after each segment. The character set is
 * that of MSH-18; without one, or with a wrong one, UTF-8 if the bytes are, else Latin-1.
 * MH_ERROR_MALFORMED: no MSH, no usable separators, a NUL, too many parts; MH_ERROR_TOO_LARGE. */
MhHl7 *mh_hl7_parse (const guint8 *bytes, gsize length, GError **error);
/* The same from the records of an ASTM message, whose header tells the separators ("H|\^&"). */
MhHl7 *mh_hl7_parse_astm (const guint8 *bytes, gsize length, GError **error);
void mh_hl7_free (MhHl7 *message);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhHl7, mh_hl7_free)

/* The bytes were not in the character set that the message names. */
gboolean mh_hl7_charset_is_wrong (const MhHl7 *message);
guint mh_hl7_n_segments (const MhHl7 *message);
const MhHl7Segment *mh_hl7_nth (const MhHl7 *message, guint index);
/* The first segment of that name from @from on; NULL: none. */
const MhHl7Segment *mh_hl7_find (const MhHl7 *message, const char *name, guint from);
gboolean mh_hl7_is (const MhHl7Segment *segment, const char *name);

/* As sent, escapes and all; "" where there is none; never NULL. */
const char *mh_hl7_raw (const MhHl7Segment *segment, guint field);
gboolean mh_hl7_has (const MhHl7Segment *segment, guint field);
/* The field says that the value is to be deleted. */
gboolean mh_hl7_is_null (const MhHl7Segment *segment, guint field);
guint mh_hl7_n_repeats (const MhHl7 *message, const MhHl7Segment *segment, guint field);
/* @repeat from 0, @component from 1, @sub from 1 (0: the whole component). Unescaped and trimmed;
 * NULL: nothing stands there. Caller frees. */
char *mh_hl7_part (const MhHl7 *message,
                   const MhHl7Segment *segment,
                   guint field,
                   guint repeat,
                   guint component,
                   guint sub);
/* The first component of the first repetition, its first sub-component. */
char *mh_hl7_text (const MhHl7 *message, const MhHl7Segment *segment, guint field);
/* The same with a component. */
char *
mh_hl7_component (const MhHl7 *message, const MhHl7Segment *segment, guint field, guint component);
/* The whole field as one text: components joined by blanks, repetitions by line ends. */
char *mh_hl7_words (const MhHl7 *message, const MhHl7Segment *segment, guint field);
/* @length bytes of @text without its escapes. Unknown escapes are dropped. Caller frees. */
char *mh_hl7_unescape (MhHl7Marks marks, const char *text, gsize length);

/* --- writing: from left to right --- */

typedef struct
{
  GString *text;
  MhHl7Marks marks;
  guint field, component, sub; /* where the end of the text stands */
  gboolean is_header;
} MhHl7Out;

/* Begins a message; .text is the caller's to free. */
MhHl7Out mh_hl7_out_begin (MhHl7Marks marks);
/* Ends the segment before, if there was one. "MSH" and "H" write their separators themselves. */
void mh_hl7_out_segment (MhHl7Out *out, const char *name);
/* @text (NULL or "": nothing) at a place that must not lie before the last one. */
void mh_hl7_out_put (MhHl7Out *out, guint field, guint component, const char *text);
void mh_hl7_out_put_sub (MhHl7Out *out, guint field, guint component, guint sub, const char *text);
/* The next repetition of @field; nothing when nothing stands in it yet. */
void mh_hl7_out_repeat (MhHl7Out *out, guint field);
/* Without escaping: what was read as a raw field of the same separators. */
void mh_hl7_out_put_number (MhHl7Out *out, guint field, gint64 number);
/* Ends the last segment and gives the bytes in @charset ("UNICODE UTF-8", "8859/1", "ASCII"; what
 * it lacks becomes "?"). The text is freed. */
GBytes *mh_hl7_out_end (MhHl7Out *out, const char *charset);

/* --- times --- */

/* "YYYY[MM[DD[HH[MM[SS[.s…]]]]]][±ZZZZ]"; without a zone it is @zone's (NULL: UTC). FALSE for
 * anything else, years of two digits among it. */
gboolean mh_hl7_time_parse (const char *text, GTimeZone *zone, gint64 *out_instant);
/* The date part as "YYYY-MM-DD"; FALSE when there is none. */
gboolean mh_hl7_date_parse (const char *text, char out_date[11]);
/* "20260101103001+0530". Caller frees. */
char *mh_hl7_time_format (gint64 instant, GTimeZone *zone);
/* Without the zone, as ASTM has it. */
char *mh_hl7_time_format_plain (gint64 instant, GTimeZone *zone);

G_END_DECLS
