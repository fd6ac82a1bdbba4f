/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mh_json_guard(): what json-glib is never shown. */
#include "shared/base/mh-json.h"

#include "shared/base/mh-error.h"

#include <errno.h>
#include <math.h>
#include <string.h>

/* A walk over the text that accepts exactly RFC 8259 and nothing json-glib is lenient about. One
 * frame per open bracket; an object's frame keeps its keys to find doubles. */
typedef struct
{
  const char *start, *at, *end;
  GHashTable *keys[MH_JSON_MAX_DEPTH];
  char kinds[MH_JSON_MAX_DEPTH];
  guint depth;
  guint values, max_values;
  GError **error;
} Guard;

static gboolean
guard_fail (Guard *g, const char *what)
{
  mh_error_set (g->error, MH_ERROR_MALFORMED, "The JSON is not valid at byte %zu: %s.",
                (gsize)(g->at - g->start), what);
  return FALSE;
}

static gboolean
guard_too_much (Guard *g, const char *what, guint most)
{
  mh_error_set (g->error, MH_ERROR_TOO_LARGE, "The JSON has more than %u %s.", most, what);
  return FALSE;
}

static void
guard_space (Guard *g)
{
  while (g->at < g->end && (*g->at == ' ' || *g->at == '\t' || *g->at == '\n' || *g->at == '\r'))
    g->at++;
}

/* The four digits behind "\u" at @at, or -1. */
static int
guard_hex4 (const Guard *g, const char *at)
{
  int value = 0;
  if (g->end - at < 6 || at[0] != '\\' || at[1] != 'u')
    return -1;
  for (int i = 2; i < 6; i++)
    {
      if (!g_ascii_isxdigit (at[i]))
        return -1;
      value = value * 16 + g_ascii_xdigit_value (at[i]);
    }
  return value;
}

static gboolean
guard_unicode_escape (Guard *g)
{
  int value = guard_hex4 (g, g->at);
  if (value < 0)
    return guard_fail (g, "\\u needs four hexadecimal digits");
  if (value == 0)
    return guard_fail (g, "the character U+0000 is not accepted");
  if (value >= 0xdc00 && value <= 0xdfff)
    return guard_fail (g, "a low surrogate stands alone");

  g->at += 6;
  if (value < 0xd800 || value > 0xdbff)
    return TRUE;

  int low = guard_hex4 (g, g->at);
  if (low < 0xdc00 || low > 0xdfff)
    return guard_fail (g, "a high surrogate stands alone");

  g->at += 6;
  return TRUE;
}

static gboolean
guard_escape (Guard *g)
{
  if (g->end - g->at < 2)
    return guard_fail (g, "the text ends inside an escape");
  if (g->at[1] == 'u')
    return guard_unicode_escape (g);
  if (strchr ("\"\\/bfnrt", g->at[1]) == NULL)
    return guard_fail (g, "unknown escape");
  g->at += 2;
  return TRUE;
}

static gboolean
guard_string (Guard *g)
{
  g->at++;
  while (g->at < g->end && *g->at != '"')
    {
      if ((guchar)*g->at < 0x20)
        return guard_fail (g, "a control character inside a string must be escaped");
      if (*g->at == '\\')
        {
          if (!guard_escape (g))
            return FALSE;
        }
      else
        g->at++;
    }
  if (g->at >= g->end)
    return guard_fail (g, "a string is not closed");

  g->at++;
  return TRUE;
}

static gboolean
guard_digits (Guard *g)
{
  const char *from = g->at;
  while (g->at < g->end && g_ascii_isdigit (*g->at))
    g->at++;
  return g->at > from;
}

static gboolean
guard_number (Guard *g)
{
  const char *from = g->at;
  gboolean whole = TRUE;
  if (*g->at == '-')
    g->at++;

  const char *first = g->at;
  if (!guard_digits (g))
    return guard_fail (g, "a number needs digits");
  if (*first == '0' && g->at - first > 1)
    return guard_fail (g, "a number must not start with 0");

  if (g->at < g->end && *g->at == '.')
    {
      whole = FALSE;
      g->at++;
      if (!guard_digits (g))
        return guard_fail (g, "digits must follow the decimal point");
    }

  if (g->at < g->end && (*g->at == 'e' || *g->at == 'E'))
    {
      whole = FALSE;
      g->at++;
      if (g->at < g->end && (*g->at == '+' || *g->at == '-'))
        g->at++;
      if (!guard_digits (g))
        return guard_fail (g, "digits must follow the exponent");
    }

  if (g->at - from > 40)
    return guard_fail (g, "a number has more than 40 characters; send it as a string");

  char copy[48] = { 0 };
  memcpy (copy, from, (gsize)(g->at - from));
  errno = 0;
  if (whole)
    (void)g_ascii_strtoll (copy, NULL, 10);
  if (errno == ERANGE || (!whole && !isfinite (g_ascii_strtod (copy, NULL))))
    return guard_fail (g, "a number is out of range; send it as a string");

  return TRUE;
}

static gboolean
guard_word (Guard *g, const char *word)
{
  gsize n = strlen (word);
  if ((gsize)(g->end - g->at) < n || memcmp (g->at, word, n) != 0)
    return guard_fail (g, "unexpected character");
  g->at += n;
  return TRUE;
}

static gboolean
json_guard_key (Guard *g)
{
  guard_space (g);
  if (g->at >= g->end || *g->at != '"')
    return guard_fail (g, "a member name in double quotes is expected");

  const char *from = g->at + 1;
  if (!guard_string (g))
    return FALSE;

  char *key = g_strndup (from, (gsize)(g->at - 1 - from));

  /* An escaped name could hide a double of a plain one; no client needs them. */
  if (strchr (key, '\\') != NULL)
    {
      g_free (key);
      return guard_fail (g, "a member name must not hold escapes");
    }

  if (!g_hash_table_add (g->keys[g->depth - 1], key))
    return guard_fail (g, "a member name stands twice");
  if (g_hash_table_size (g->keys[g->depth - 1]) > MH_JSON_MAX_MEMBERS)
    return guard_too_much (g, "members in one object", MH_JSON_MAX_MEMBERS);

  guard_space (g);
  if (g->at >= g->end || *g->at != ':')
    return guard_fail (g, "':' is expected");

  g->at++;
  return TRUE;
}

static gboolean
guard_open (Guard *g, gboolean *out_empty)
{
  if (g->depth >= MH_JSON_MAX_DEPTH)
    return guard_fail (g, "it is nested more than 64 levels deep");

  char kind = *g->at++;
  g->kinds[g->depth] = kind;
  g->keys[g->depth]
      = kind == '{' ? g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) : NULL;
  g->depth++;
  guard_space (g);
  *out_empty = g->at < g->end && *g->at == (kind == '{' ? '}' : ']');
  if (*out_empty || kind == '[')
    return TRUE;

  return json_guard_key (g);
}

static void
guard_close (Guard *g)
{
  g->at++;
  g->depth--;
  g_clear_pointer (&g->keys[g->depth], g_hash_table_unref);
}

static gboolean
guard_scalar (Guard *g)
{
  switch (*g->at)
    {
    case '"':
      return guard_string (g);
    case 't':
      return guard_word (g, "true");
    case 'f':
      return guard_word (g, "false");
    case 'n':
      return guard_word (g, "null");
    default:
      if (*g->at == '-' || g_ascii_isdigit (*g->at))
        return guard_number (g);
      return guard_fail (g, "a value is expected");
    }
}

/* After a value: closes as many brackets as end here; TRUE with *out_done when the text is over. */
static gboolean
guard_after_value (Guard *g, gboolean *out_done)
{
  for (;;)
    {
      guard_space (g);
      *out_done = g->depth == 0;
      if (g->depth == 0)
        return g->at == g->end ? TRUE : guard_fail (g, "there is something after the end");
      if (g->at >= g->end)
        return guard_fail (g, "the text ends too early");
      char kind = g->kinds[g->depth - 1];
      if (*g->at == ',')
        {
          g->at++;
          return kind == '{' ? json_guard_key (g) : TRUE;
        }
      if (*g->at != (kind == '{' ? '}' : ']'))
        return guard_fail (g, "',' or a closing bracket is expected");
      guard_close (g);
    }
}

static gboolean
guard_walk (Guard *g)
{
  gboolean done = FALSE;
  while (!done)
    {
      guard_space (g);
      if (g->at >= g->end)
        return guard_fail (g, "the text ends too early");
      if (++g->values > g->max_values)
        return guard_too_much (g, "values", g->max_values);
      if (*g->at == '{' || *g->at == '[')
        {
          gboolean empty = FALSE;
          if (!guard_open (g, &empty))
            return FALSE;
          if (!empty)
            continue;
          guard_close (g);
        }
      else if (!guard_scalar (g))
        return FALSE;
      if (!guard_after_value (g, &done))
        return FALSE;
    }

  return TRUE;
}

gboolean
mh_json_guard (const char *text, gsize length, GError **error)
{
  return mh_json_guard_within (text, length, MH_JSON_MAX_VALUES, error);
}

gboolean
mh_json_guard_within (const char *text, gsize length, guint max_values, GError **error)
{
  if (length > MH_JSON_MAX_SIZE)
    {
      mh_error_set (error, MH_ERROR_TOO_LARGE, "The JSON is larger than %d MiB.",
                    MH_JSON_MAX_SIZE >> 20);
      return FALSE;
    }

  Guard g = {
    .start = text, .at = text, .end = text + length, .max_values = max_values, .error = error
  };
  const char *bad = NULL;

  if (!g_utf8_validate_len (text, length, &bad))
    {
      g.at = bad;
      return guard_fail (&g, "it is not UTF-8");
    }

  gboolean ok = guard_walk (&g);
  while (g.depth > 0)
    {
      g.depth--;
      g_clear_pointer (&g.keys[g.depth], g_hash_table_unref);
    }

  return ok;
}
