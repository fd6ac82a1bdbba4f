/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/base/mh-json.h"

#include "shared/base/mh-date.h"
#include "shared/base/mh-error.h"

#include <string.h>

JsonNode *
mh_json_parse (const char *text, gssize length, GError **error)
{
  return mh_json_parse_within (text, length, MH_JSON_MAX_VALUES, error);
}

JsonNode *
mh_json_parse_within (const char *text, gssize length, guint max_values, GError **error)
{
  gsize size = length < 0 ? strlen (text) : (gsize)length;
  if (!mh_json_guard_within (text, size, max_values, error))
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

static gboolean
is_plain (guchar c)
{
  return c >= 0x20 && c != '"' && c != '\\';
}

static void
put_escaped (GString *out, guchar c)
{
  static const char hex[] = "0123456789abcdef";
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

/* @text between quotes as it is: nearly all values need no escape. */
static void
put_between_quotes (GString *out, const char *text, gsize length)
{
  gsize at = out->len;
  g_string_set_size (out, at + length + 2);
  out->str[at] = '"';
  memcpy (out->str + at + 1, text, length);
  out->str[at + 1 + length] = '"';
}

static void
put_quoted (GString *out, const char *text)
{
  gsize length = 0;
  while (is_plain ((guchar)text[length]))
    length++;

  if (text[length] == 0)
    {
      put_between_quotes (out, text, length);
      return;
    }

  g_string_append_c (out, '"');
  for (const char *from = text;; from += length + 1)
    {
      for (length = 0; is_plain ((guchar)from[length]);)
        length++;
      g_string_append_len (out, from, (gssize)length);
      if (from[length] == 0)
        break;
      put_escaped (out, (guchar)from[length]);
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
json_compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

static void
put_object (GString *out, JsonObject *object)
{
  GList *names = g_list_sort (json_object_get_members (object), json_compare_names);
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
json_put_value (GString *out, JsonNode *node)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    mh_json_put_text (out, json_node_get_string (node));
  else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    mh_json_put_bool (out, json_node_get_boolean (node));
  else if (json_node_get_value_type (node) == G_TYPE_INT64)
    mh_json_put_int (out, json_node_get_int (node));
  else
    {
      /* "-0" would be read back as the whole number 0: one value, one form */
      double value = json_node_get_double (node);
      mh_json_put_raw (out, g_ascii_dtostr (digits, sizeof digits, value == 0 ? 0 : value));
    }
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
    json_put_value (out, node);
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
