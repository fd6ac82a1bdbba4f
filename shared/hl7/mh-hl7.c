/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/hl7/mh-hl7.h"

#include <string.h>

#include "shared/hl7/mh-hl7-private.h"

struct _MhHl7
{
  char *text; /* cut into fields in place */
  MhHl7Marks marks;
  GArray *segments; /* of MhHl7Segment */
  gboolean charset_is_wrong;
};

void
mh_hl7_free (MhHl7 *message)
{
  if (message == NULL)
    return;
  for (guint i = 0; i < message->segments->len; i++)
    g_free (g_array_index (message->segments, MhHl7Segment, i).fields);
  g_array_unref (message->segments);
  g_free (message->text);
  g_free (message);
}

/* --- reading --- */

/* Fields of a line that ends with NUL. */
static gboolean
cut_fields (MhHl7 *message, char *line, GError **error)
{
  gboolean is_header = message->segments->len == 0;
  guint n_marks = 0;
  for (const char *at = line; *at != 0; at++)
    n_marks += *at == message->marks.field;
  if (n_marks >= MH_HL7_MAX_FIELDS)
    {
      mh_error_set (error, MH_ERROR_MALFORMED, "A segment has more than %d fields.",
                    MH_HL7_MAX_FIELDS);
      return FALSE;
    }

  MhHl7Segment segment = { g_new (char *, n_marks + 3), 0 };
  segment.fields[segment.n_fields++] = line;
  for (char *at = line; *at != 0; at++)
    if (*at == message->marks.field)
      {
        *at = 0;
        /* the first separator of a header is its first field */
        if (is_header && segment.n_fields == 1)
          segment.fields[segment.n_fields++] = at;
        segment.fields[segment.n_fields++] = at + 1;
      }

  g_array_append_val (message->segments, segment);
  return TRUE;
}

static gboolean
cut_lines (MhHl7 *message, GError **error)
{
  char *line = message->text;
  while (*line != 0)
    {
      char *end = line + strcspn (line, "\r\n");
      gboolean last = *end == 0;
      *end = 0;
      if (end != line)
        {
          if (message->segments->len >= MH_HL7_MAX_SEGMENTS)
            {
              mh_error_set (error, MH_ERROR_MALFORMED, "The message has more than %d segments.",
                            MH_HL7_MAX_SEGMENTS);
              return FALSE;
            }
          if (!cut_fields (message, line, error))
            return FALSE;
        }
      if (last)
        break;
      line = end + 1;
    }

  return TRUE;
}

static gboolean
check_bytes (const guint8 *bytes, gsize length, GError **error)
{
  if (length == 0)
    mh_error_set (error, MH_ERROR_MALFORMED, "The message is empty.");
  else if (length > MH_HL7_MAX_BYTES_PAPER)
    mh_error_set (error, MH_ERROR_TOO_LARGE, "The message is longer than %d bytes.",
                  MH_HL7_MAX_BYTES_PAPER);
  else if (memchr (bytes, 0, length) != NULL)
    mh_error_set (error, MH_ERROR_MALFORMED, "The message holds a NUL byte.");
  else
    return TRUE;
  return FALSE;
}

/* Separators are printing signs, no letters or digits, and differ from each other. */
static gboolean
marks_are_usable (MhHl7Marks marks)
{
  const char all[] = { marks.field, marks.component, marks.repeat, marks.escape, marks.sub };
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      if (all[i] == 0 && i == 4)
        continue;
      if (!g_ascii_ispunct (all[i]))
        return FALSE;
      for (guint j = 0; j < i; j++)
        if (all[i] == all[j])
          return FALSE;
    }

  return TRUE;
}

/* Line ends and blanks that a device puts before its header. */
static gsize
skip_before (const guint8 *bytes, gsize length)
{
  gsize at = 0;
  while (at < length && (bytes[at] == '\r' || bytes[at] == '\n' || bytes[at] == ' '))
    at++;
  return at;
}

/* MSH-18, found before anything is decoded: separators and the name are ASCII in every set that we
 * read. */
static char *
charset_of (const char *header, gsize length, char field)
{
  const char *end = header + length;
  const char *at = header;
  guint number = 0;
  while (at < end && *at != '\r' && *at != '\n')
    {
      const char *stop = at;
      while (stop < end && *stop != field && *stop != '\r' && *stop != '\n')
        stop++;
      if (++number == 18)
        {
          g_autofree char *all = g_strndup (at, (gsize)(stop - at));
          /* the first repetition is the one the message begins with */
          all[strcspn (all, "~^")] = 0;
          return g_strdup (g_strstrip (all));
        }
      at = stop < end && *stop == field ? stop + 1 : end;
    }

  return NULL;
}

static MhHl7 *
hl7_parse (const char *bytes, gsize length, MhHl7Marks marks, const char *charset, GError **error)
{
  if (!marks_are_usable (marks))
    {
      mh_error_set (error, MH_ERROR_MALFORMED, "The header does not name usable separators.");
      return NULL;
    }

  g_autoptr (MhHl7) message = g_new0 (MhHl7, 1);
  message->marks = marks;
  message->segments = g_array_new (FALSE, FALSE, sizeof (MhHl7Segment));
  message->text = mh_hl7_decode (bytes, length, charset, &message->charset_is_wrong);

  if (message->text == NULL)
    {
      mh_error_set (error, MH_ERROR_MALFORMED, "The message cannot be read as text.");
      return NULL;
    }

  return cut_lines (message, error) ? g_steal_pointer (&message) : NULL;
}

MhHl7 *
mh_hl7_parse (const guint8 *bytes, gsize length, GError **error)
{
  if (!check_bytes (bytes, length, error))
    return NULL;

  gsize before = skip_before (bytes, length);
  const char *header = (const char *)bytes + before;
  length -= before;

  if (length < 8 || memcmp (header, "MSH", 3) != 0)
    {
      mh_error_set (error, MH_ERROR_MALFORMED, "The message does not begin with MSH.");
      return NULL;
    }

  MhHl7Marks marks = { header[3], header[4], header[5], header[6], header[7] };

  /* "MSH|^~\|": a device that knows no sub-components */
  if (marks.sub == marks.field)
    marks.sub = 0;

  g_autofree char *charset = charset_of (header, length, marks.field);
  return hl7_parse (header, length, marks, charset, error);
}

MhHl7 *
mh_hl7_parse_astm (const guint8 *bytes, gsize length, GError **error)
{
  if (!check_bytes (bytes, length, error))
    return NULL;

  gsize before = skip_before (bytes, length);
  const char *header = (const char *)bytes + before;
  length -= before;

  if (length < 5 || header[0] != 'H')
    {
      mh_error_set (error, MH_ERROR_MALFORMED, "The message does not begin with a header record.");
      return NULL;
    }

  MhHl7Marks marks = { header[1], header[3], header[2], header[4], 0 };
  return hl7_parse (header, length, marks, NULL, error);
}

/* --- looking --- */

gboolean
mh_hl7_charset_is_wrong (const MhHl7 *message)
{
  return message->charset_is_wrong;
}

guint
mh_hl7_n_segments (const MhHl7 *message)
{
  return message->segments->len;
}

const MhHl7Segment *
mh_hl7_nth (const MhHl7 *message, guint index)
{
  return index < message->segments->len ? &g_array_index (message->segments, MhHl7Segment, index)
                                        : NULL;
}

gboolean
mh_hl7_is (const MhHl7Segment *segment, const char *name)
{
  return segment != NULL && strcmp (segment->fields[0], name) == 0;
}

const MhHl7Segment *
mh_hl7_find (const MhHl7 *message, const char *name, guint from)
{
  for (guint i = from; i < message->segments->len; i++)
    if (mh_hl7_is (mh_hl7_nth (message, i), name))
      return mh_hl7_nth (message, i);
  return NULL;
}

const char *
mh_hl7_raw (const MhHl7Segment *segment, guint field)
{
  return segment != NULL && field < segment->n_fields ? segment->fields[field] : "";
}

gboolean
mh_hl7_has (const MhHl7Segment *segment, guint field)
{
  return mh_hl7_raw (segment, field)[0] != 0;
}

gboolean
mh_hl7_is_null (const MhHl7Segment *segment, guint field)
{
  return strcmp (mh_hl7_raw (segment, field), "\"\"") == 0;
}

/* The @number-th (from 0) of the parts of @text that @mark separates. */
static gboolean
hl7_part_of (const char *text,
             gsize length,
             char mark,
             guint number,
             const char **out,
             gsize *out_n)
{
  const char *end = text + length;
  while (TRUE)
    {
      const char *stop = mark != 0 ? memchr (text, mark, (gsize)(end - text)) : NULL;
      if (stop == NULL)
        stop = end;
      if (number == 0)
        {
          *out = text;
          *out_n = (gsize)(stop - text);
          return TRUE;
        }
      if (stop == end)
        return FALSE;
      text = stop + 1;
      number--;
    }
}

guint
mh_hl7_n_repeats (const MhHl7 *message, const MhHl7Segment *segment, guint field)
{
  const char *raw = mh_hl7_raw (segment, field);
  guint count = raw[0] != 0;
  for (; *raw != 0; raw++)
    count += *raw == message->marks.repeat;
  return MIN (count, MH_HL7_MAX_REPEATS);
}

char *
mh_hl7_part (const MhHl7 *message,
             const MhHl7Segment *segment,
             guint field,
             guint repeat,
             guint component,
             guint sub)
{
  MhHl7Marks marks = message->marks;
  const char *at = mh_hl7_raw (segment, field);
  gsize length = strlen (at);
  if (component == 0 || !hl7_part_of (at, length, marks.repeat, repeat, &at, &length)
      || !hl7_part_of (at, length, marks.component, component - 1, &at, &length)
      || (sub > 0 && !hl7_part_of (at, length, marks.sub, sub - 1, &at, &length)))
    return NULL;
  g_autofree char *text = g_strstrip (mh_hl7_unescape (marks, at, length));
  return text[0] != 0 && strcmp (text, "\"\"") != 0 ? g_steal_pointer (&text) : NULL;
}

char *
mh_hl7_text (const MhHl7 *message, const MhHl7Segment *segment, guint field)
{
  return mh_hl7_part (message, segment, field, 0, 1, message->marks.sub != 0 ? 1 : 0);
}

char *
mh_hl7_component (const MhHl7 *message, const MhHl7Segment *segment, guint field, guint component)
{
  return mh_hl7_part (message, segment, field, 0, component, 0);
}

char *
mh_hl7_words (const MhHl7 *message, const MhHl7Segment *segment, guint field)
{
  MhHl7Marks marks = message->marks;
  g_autofree char *all = g_strdup (mh_hl7_raw (segment, field));
  for (char *at = all; *at != 0; at++)
    if (*at == marks.component || (marks.sub != 0 && *at == marks.sub))
      *at = ' ';
    else if (*at == marks.repeat)
      *at = '\n';
  g_autofree char *text = g_strstrip (mh_hl7_unescape (marks, all, strlen (all)));
  return text[0] != 0 && strcmp (text, "\"\"") != 0 ? g_steal_pointer (&text) : NULL;
}
