/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/base/mh-json.h"

#include "shared/base/mh-date.h"
#include "shared/base/mh-error.h"

#include <errno.h>
#include <math.h>
#include <string.h>

/* --- the guard --- */

/* A walk over the text that accepts exactly RFC 8259 and nothing json-glib is lenient about. One
 * frame per open bracket; an object's frame keeps its keys to find doubles. */
typedef struct
{
  const char *start, *at, *end;
  GHashTable *keys[MH_JSON_MAX_DEPTH];
  char kinds[MH_JSON_MAX_DEPTH];
  guint depth;
  GError **error;
} Guard;

static gboolean
guard_fail (Guard *g, const char *what)
{
  mh_error_set (g->error, MH_ERROR_MALFORMED, "The JSON is not valid at byte %zu: %s.",
                (gsize)(g->at - g->start), what);
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
guard_key (Guard *g)
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
  return guard_key (g);
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
          return kind == '{' ? guard_key (g) : TRUE;
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
  if (length > MH_JSON_MAX_SIZE)
    {
      mh_error_set (error, MH_ERROR_TOO_LARGE, "The JSON is larger than %d MiB.",
                    MH_JSON_MAX_SIZE >> 20);
      return FALSE;
    }
  Guard g = { .start = text, .at = text, .end = text + length, .error = error };
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

JsonNode *
mh_json_parse (const char *text, gssize length, GError **error)
{
  gsize size = length < 0 ? strlen (text) : (gsize)length;
  if (!mh_json_guard (text, size, error))
    return NULL;
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) inner = NULL;
  if (!json_parser_load_from_data (parser, text, (gssize)size, &inner))
    {
      mh_error_set (error, MH_ERROR_MALFORMED, "The JSON is not valid: %s.", inner->message);
      return NULL;
    }
  return json_parser_steal_root (parser);
}

JsonObject *
mh_json_parse_object (const char *text, gssize length, GError **error)
{
  g_autoptr (JsonNode) node = mh_json_parse (text, length, error);
  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      mh_error_set (error, MH_ERROR_MALFORMED, "A JSON object is expected.");
      return NULL;
    }
  return json_node_dup_object (node);
}

/* --- reading members --- */

static JsonNode *
member (JsonObject *object, const char *name, GType type)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type
             ? node
             : NULL;
}

const char *
mh_json_text (JsonObject *object, const char *name)
{
  JsonNode *node = member (object, name, G_TYPE_STRING);
  return node != NULL ? json_node_get_string (node) : NULL;
}

gint64
mh_json_int (JsonObject *object, const char *name, gint64 fallback)
{
  JsonNode *node = member (object, name, G_TYPE_INT64);
  return node != NULL ? json_node_get_int (node) : fallback;
}

gboolean
mh_json_bool (JsonObject *object, const char *name, gboolean fallback)
{
  JsonNode *node = member (object, name, G_TYPE_BOOLEAN);
  return node != NULL ? json_node_get_boolean (node) : fallback;
}

JsonArray *
mh_json_array (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

JsonObject *
mh_json_object (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* --- writing --- */

static void
separate (GString *out)
{
  if (out->len == 0)
    return;
  char last = out->str[out->len - 1];
  if (last != '{' && last != '[' && last != ':')
    g_string_append_c (out, ',');
}

void
mh_json_open (GString *out, char bracket)
{
  separate (out);
  g_string_append_c (out, bracket);
}

void
mh_json_close (GString *out, char bracket)
{
  g_string_append_c (out, bracket);
}

static void
put_quoted (GString *out, const char *text)
{
  static const char hex[] = "0123456789abcdef";
  g_string_append_c (out, '"');
  const char *from = text;
  for (const char *at = text;; at++)
    {
      guchar c = (guchar)*at;
      if (c >= 0x20 && c != '"' && c != '\\')
        continue;
      g_string_append_len (out, from, at - from);
      from = at + 1;
      if (c == 0)
        break;
      if (c == '"' || c == '\\')
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, (char)c);
        }
      else if (c == '\n')
        g_string_append (out, "\\n");
      else
        {
          g_string_append (out, "\\u00");
          g_string_append_c (out, hex[c >> 4]);
          g_string_append_c (out, hex[c & 15]);
        }
    }
  g_string_append_c (out, '"');
}

void
mh_json_key (GString *out, const char *name)
{
  separate (out);
  put_quoted (out, name);
  g_string_append_c (out, ':');
}

void
mh_json_put_text (GString *out, const char *text)
{
  if (text == NULL)
    {
      mh_json_put_null (out);
      return;
    }
  separate (out);
  put_quoted (out, text);
}

void
mh_json_put_raw (GString *out, const char *json)
{
  separate (out);
  g_string_append (out, json);
}

void
mh_json_put_int (GString *out, gint64 value)
{
  char digits[24];
  char *at = digits + sizeof digits;
  guint64 rest = value < 0 ? (guint64)0 - (guint64)value : (guint64)value;
  separate (out);
  *--at = 0;
  do
    *--at = (char)('0' + rest % 10);
  while ((rest /= 10) != 0);
  if (value < 0)
    *--at = '-';
  g_string_append (out, at);
}

void
mh_json_put_bool (GString *out, gboolean value)
{
  mh_json_put_raw (out, value ? "true" : "false");
}

void
mh_json_put_null (GString *out)
{
  mh_json_put_raw (out, "null");
}

void
mh_json_put_instant (GString *out, gint64 instant)
{
  char text[MH_INSTANT_LENGTH + 1];
  mh_instant_format (instant, text);
  separate (out);
  g_string_append_c (out, '"');
  g_string_append (out, text);
  g_string_append_c (out, '"');
}

static void
put_array (GString *out, JsonArray *array)
{
  mh_json_open (out, '[');
  for (guint i = 0; i < json_array_get_length (array); i++)
    mh_json_put_node (out, json_array_get_element (array, i));
  mh_json_close (out, ']');
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

static void
put_object (GString *out, JsonObject *object)
{
  GList *names = g_list_sort (json_object_get_members (object), compare_names);
  mh_json_open (out, '{');
  for (GList *l = names; l != NULL; l = l->next)
    {
      mh_json_key (out, l->data);
      mh_json_put_node (out, json_object_get_member (object, l->data));
    }
  mh_json_close (out, '}');
  g_list_free (names);
}

static void
put_value (GString *out, JsonNode *node)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    mh_json_put_text (out, json_node_get_string (node));
  else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    mh_json_put_bool (out, json_node_get_boolean (node));
  else if (json_node_get_value_type (node) == G_TYPE_INT64)
    mh_json_put_int (out, json_node_get_int (node));
  else
    mh_json_put_raw (out, g_ascii_dtostr (digits, sizeof digits, json_node_get_double (node)));
}

/* Members come out sorted by name, so what is written is already the canonical form. */
void
mh_json_put_node (GString *out, JsonNode *node)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    mh_json_put_null (out);
  else if (JSON_NODE_HOLDS_OBJECT (node))
    put_object (out, json_node_get_object (node));
  else if (JSON_NODE_HOLDS_ARRAY (node))
    put_array (out, json_node_get_array (node));
  else
    put_value (out, node);
}

char *
mh_json_canonical (JsonNode *node)
{
  GString *out = g_string_new (NULL);
  mh_json_put_node (out, node);
  return g_string_free (out, FALSE);
}

void
mh_json_member_text (GString *out, const char *name, const char *text)
{
  mh_json_key (out, name);
  mh_json_put_text (out, text);
}

void
mh_json_member_int (GString *out, const char *name, gint64 value)
{
  mh_json_key (out, name);
  mh_json_put_int (out, value);
}

void
mh_json_member_bool (GString *out, const char *name, gboolean value)
{
  mh_json_key (out, name);
  mh_json_put_bool (out, value);
}

void
mh_json_member_raw (GString *out, const char *name, const char *json)
{
  mh_json_key (out, name);
  mh_json_put_raw (out, json);
}

void
mh_json_member_instant (GString *out, const char *name, gint64 instant)
{
  mh_json_key (out, name);
  mh_json_put_instant (out, instant);
}
