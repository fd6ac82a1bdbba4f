/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Escapes and character sets. */
#include "shared/hl7/mh-hl7-private.h"

#include <string.h>

/* --- escapes --- */

static void
put_hex (GString *out, const char *hex, gsize length)
{
  for (gsize i = 0; i + 1 < length; i += 2)
    {
      int high = g_ascii_xdigit_value (hex[i]), low = g_ascii_xdigit_value (hex[i + 1]);
      int byte = high * 16 + low;
      /* Only what may stand in a text: a byte above 127 is taken for Latin-1. */
      if (high >= 0 && low >= 0 && (byte >= 0x20 || byte == '\t' || byte == '\n'))
        g_string_append_unichar (out, (gunichar)byte);
    }
}

/* One escape without its marks. "H" and "N" (highlight) and others we do not know say nothing. */
static void
put_escape (GString *out, MhHl7Marks marks, const char *code, gsize length)
{
  if (length == 1)
    {
      char mark = code[0] == 'F'   ? marks.field
                  : code[0] == 'S' ? marks.component
                  : code[0] == 'T' ? marks.sub
                  : code[0] == 'R' ? marks.repeat
                  : code[0] == 'E' ? marks.escape
                                   : 0;
      if (mark != 0)
        g_string_append_c (out, mark);
    }
  else if (length >= 3 && strncmp (code, ".br", 3) == 0)
    g_string_append_c (out, '\n');
  else if (length >= 3 && code[0] == 'X')
    put_hex (out, code + 1, length - 1);
}

char *
mh_hl7_unescape (MhHl7Marks marks, const char *text, gsize length)
{
  GString *out = g_string_sized_new (length + 1);
  for (gsize i = 0; i < length; i++)
    {
      const char *end
          = text[i] == marks.escape ? memchr (text + i + 1, marks.escape, length - i - 1) : NULL;
      /* A lone escape mark is text: devices that do not know of escapes write paths and units. */
      if (end == NULL || end - (text + i) > 64)
        {
          g_string_append_c (out, text[i]);
          continue;
        }
      put_escape (out, marks, text + i + 1, (gsize)(end - (text + i + 1)));
      i = (gsize)(end - text);
    }

  return g_string_free (out, FALSE);
}

void
mh_hl7_put_escaped (GString *out, MhHl7Marks marks, const char *text)
{
  for (const char *at = text; *at != 0; at++)
    {
      char code = *at == marks.escape                  ? 'E'
                  : *at == marks.field                 ? 'F'
                  : *at == marks.component             ? 'S'
                  : *at == marks.repeat                ? 'R'
                  : marks.sub != 0 && *at == marks.sub ? 'T'
                                                       : 0;
      if (code != 0)
        g_string_append_printf (out, "%c%c%c", marks.escape, code, marks.escape);
      else if (*at == '\n')
        g_string_append_printf (out, "%c.br%c", marks.escape, marks.escape);
      else if ((guchar)*at >= 0x20)
        g_string_append_c (out, *at);
      else
        g_string_append_c (out, ' ');
    }
}

/* --- character sets --- */

/* "8859/1" → "ISO-8859-1"; NULL: not one of those. */
static char *
iso_name (const char *charset)
{
  g_autofree char *upper = g_ascii_strup (charset, -1);
  const char *part = strstr (upper, "8859");
  if (part == NULL)
    return NULL;
  part += strlen ("8859");
  while (*part != 0 && !g_ascii_isdigit (*part))
    part++;
  gint64 number = g_ascii_strtoll (part, NULL, 10);
  return number >= 1 && number <= 16 ? g_strdup_printf ("ISO-8859-%d", (int)number) : NULL;
}

static char *
hl7_text_convert (const char *bytes, gsize length, const char *from)
{
  gsize written = 0;
  g_autofree char *text
      = g_convert (bytes, (gssize)length, "UTF-8", from, NULL, &written, /* error */ NULL);
  return text != NULL && strlen (text) == written ? g_steal_pointer (&text) : NULL;
}

static gboolean
is_ascii (const char *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if ((guchar)bytes[i] >= 0x80)
      return FALSE;
  return TRUE;
}

char *
mh_hl7_decode (const char *bytes, gsize length, const char *charset, gboolean *out_wrong)
{
  gboolean utf8 = g_utf8_validate_len (bytes, length, NULL);
  gboolean named = charset != NULL && charset[0] != 0;
  g_autofree char *iso = named ? iso_name (charset) : NULL;
  g_autofree char *text = NULL;

  *out_wrong = FALSE;
  if (iso != NULL)
    text = hl7_text_convert (bytes, length, iso);
  else if (named && !utf8)
    *out_wrong = TRUE;
  else if (named && g_ascii_strcasecmp (charset, "ASCII") == 0)
    *out_wrong = !is_ascii (bytes, length);
  if (text == NULL && utf8)
    text = g_strndup (bytes, length);
  if (text == NULL)
    text = hl7_text_convert (bytes, length, "ISO-8859-1");

  return g_steal_pointer (&text);
}

GBytes *
mh_hl7_encode (const char *text, gsize length, const char *charset)
{
  g_autofree char *iso = charset != NULL ? iso_name (charset) : NULL;
  const char *to = iso != NULL                                                     ? iso
                   : charset != NULL && g_ascii_strcasecmp (charset, "ASCII") == 0 ? "ASCII"
                                                                                   : NULL;
  gsize written = 0;
  char *bytes = to != NULL ? g_convert_with_fallback (text, (gssize)length, to, "UTF-8", "?", NULL,
                                                      &written, /* error */ NULL)
                           : NULL;
  return bytes != NULL ? g_bytes_new_take (bytes, written) : g_bytes_new (text, length);
}
