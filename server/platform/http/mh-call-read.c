/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/http/mh-call-read.h"

#include <string.h>

#include "server/platform/http/mh-router.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-id.h"
#include "shared/proto/mh-page-cursor.h"
#include "shared/record/mh-record-check.h"
#include "shared/record/mh-record-json.h"

#define MAX_LIMIT 200
#define MAX_TEXT 200

static gboolean
fail_query (GError **error, const char *name, const char *what)
{
  mh_error_set (error, MH_ERROR_MALFORMED, "The query parameter \"%s\" %s.", name, what);
  return FALSE;
}

static gboolean
is_integer (const char *text)
{
  gint64 value;
  return g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &value, NULL);
}

static gboolean
call_read_is_code (const MhCode *codes, const char *text)
{
  for (guint i = 0; codes != NULL && codes[i].code != NULL; i++)
    if (g_str_equal (codes[i].code, text))
      return TRUE;
  return FALSE;
}

static gboolean
call_read_fits_kind (const MhParam *param, const char *text)
{
  MhDate date;
  MhDecimal decimal;
  gint64 instant;

  switch (param->kind)
    {
    case MH_KIND_INT:
    case MH_KIND_MONEY:
      return is_integer (text);
    case MH_KIND_BOOL:
      return g_str_equal (text, "true") || g_str_equal (text, "false");
    case MH_KIND_DATE:
      return mh_date_parse (text, &date);
    case MH_KIND_INSTANT:
      return mh_instant_parse (text, &instant);
    case MH_KIND_DECIMAL:
      return mh_decimal_parse (text, &decimal);
    case MH_KIND_REF:
      return mh_id_is_valid (text);
    case MH_KIND_ENUM:
      return call_read_is_code (param->codes, text);
    case MH_KIND_TIME:
      return mh_time_is_valid (text);
    case MH_KIND_TEXT:
    case MH_KIND_LONG_TEXT:
    case MH_KIND_LIST:
    case MH_KIND_RECORDS:
    case MH_KIND_RECORD:
    case MH_KIND_JSON:
    case MH_N_KINDS:
    default:
      return g_utf8_strlen (text, -1) <= MAX_TEXT;
    }
}

static gboolean
take_limit (MhCall *call, const char *text, GError **error)
{
  guint64 limit = 0;
  if (!g_ascii_string_to_unsigned (text, 10, 1, MAX_LIMIT, &limit, NULL))
    return fail_query (error, "limit", "must be a number from 1 to 200");
  call->limit = (guint)limit;
  return TRUE;
}

static gboolean
take_after (MhCall *call, const char *text, GError **error)
{
  call->after = mh_page_cursor_read (call->route->id, text, error);
  return call->after != NULL;
}

static const MhParam *
find_param (const MhRoute *route, const char *name)
{
  for (const MhParam *param = route->params; param != NULL && param->name != NULL; param++)
    if (g_str_equal (param->name, name))
      return param;
  return NULL;
}

static gboolean
call_read_check_pair (MhCall *call, const MhPair *pair, GError **error)
{
  const MhParam *param = find_param (call->route, pair->name);
  gboolean is_list = (call->route->flags & MH_ROUTE_LIST) != 0;
  if (is_list && param == NULL && g_str_equal (pair->name, "limit"))
    return take_limit (call, pair->value, error);
  if (is_list && param == NULL && g_str_equal (pair->name, "after"))
    return take_after (call, pair->value, error);
  if (is_list && param == NULL && g_str_equal (pair->name, "q"))
    return g_utf8_strlen (pair->value, -1) <= MAX_TEXT
           || fail_query (error, "q", "is longer than 200 characters");
  if (param == NULL)
    return fail_query (error, pair->name, "is not known here; see /api/v1/openapi.json");
  if (!call_read_fits_kind (param, pair->value))
    return fail_query (error, pair->name,
                       "has a value of the wrong form; see /api/v1/openapi.json");
  if (g_str_equal (pair->name, "limit"))
    return take_limit (call, pair->value, error);

  return TRUE;
}

static char *
unescape (const char *from, const char *end)
{
  g_autofree char *plus = g_strndup (from, (gsize)(end - from));
  g_strdelimit (plus, "+", ' ');
  char *text = g_uri_unescape_string (plus, NULL);
  if (text != NULL && g_utf8_validate (text, -1, NULL))
    return text;
  g_free (text);
  return NULL;
}

/* An illegal name is not repeated in the answer. */
static gboolean
call_read_add_pair (MhCall *call, const char *from, const char *end, GError **error)
{
  const char *equal = memchr (from, '=', (gsize)(end - from));
  g_autofree char *name = unescape (from, equal != NULL ? equal : end);
  g_autofree char *value = equal != NULL ? unescape (equal + 1, end) : g_strdup ("");

  if (name == NULL || value == NULL || strlen (name) > 60 || !g_str_is_ascii (name))
    {
      mh_error_set (error, MH_ERROR_MALFORMED,
                    "The query is not valid; percent-encode it as UTF-8.");
      return FALSE;
    }

  for (guint i = 0; i < call->n_pairs; i++)
    if (g_str_equal (call->pairs[i].name, name))
      return fail_query (error, name, "is given twice");

  if (call->n_pairs == MH_CALL_MAX_QUERY)
    return fail_query (error, name, "is one too many");

  MhPair *pair = &call->pairs[call->n_pairs++];
  pair->name = g_steal_pointer (&name);
  pair->value = g_steal_pointer (&value);

  return call_read_check_pair (call, pair, error);
}

gboolean
mh_call_read_query (MhCall *call, GError **error)
{
  const char *at = call->query;
  while (at != NULL && *at != 0)
    {
      const char *end = strchrnul (at, '&');
      if (end > at && !call_read_add_pair (call, at, end, error))
        return FALSE;
      at = *end == '&' ? end + 1 : end;
    }
  return TRUE;
}

gboolean
mh_call_read_if_match (MhCall *call, GError **error)
{
  const char *text = mh_call_header (call, "If-Match");
  if (text == NULL && (call->route->flags & MH_ROUTE_PATCH) == 0)
    return TRUE;

  guint64 version = 0;
  g_autofree char *inner = NULL;
  if (text != NULL)
    {
      gsize length = strlen (text);
      gboolean quoted = length >= 2 && text[0] == '"' && text[length - 1] == '"';
      inner = quoted ? g_strndup (text + 1, length - 2) : g_strdup (text);
    }

  if (inner != NULL && g_ascii_string_to_unsigned (inner, 10, 0, G_MAXINT64, &version, NULL))
    {
      call->if_match = (gint64)version;
      return TRUE;
    }

  mh_error_set (error, MH_ERROR_MALFORMED,
                "Say which version you changed, such as If-Match: \"3\".");
  return FALSE;
}

static gboolean
is_json_type (const char *type)
{
  if (type == NULL)
    return FALSE;
  gsize length = strcspn (type, "; \t");
  return length == 16 && g_ascii_strncasecmp (type, "application/json", length) == 0;
}

gboolean
mh_call_read_body (MhCall *call, GError **error)
{
  const MhRoute *route = call->route;
  if (route->request == NULL || (route->flags & MH_ROUTE_RAW) != 0)
    return TRUE;

  if (call->header != NULL && !is_json_type (mh_call_header (call, "Content-Type")))
    {
      mh_error_set (error, MH_ERROR_MEDIA_TYPE, "Send the body as application/json.");
      return FALSE;
    }

  gsize length = 0;
  const char *text = g_bytes_get_data (call->raw, &length);
  gboolean patch = (route->flags & MH_ROUTE_PATCH) != 0;

  g_clear_object (&call->body);
  call->body = mh_record_from_text_within (route->request, text != NULL ? text : "", (gssize)length,
                                           patch ? MH_JSON_PATCH : MH_JSON_CREATE,
                                           (guint)call->binding->body.values, error);

  return call->body != NULL
         && mh_record_validate (call->body, patch ? MH_CHECK_PATCH : MH_CHECK_CREATE, error);
}

gboolean
mh_call_read_params (MhCall *call, guint id_params, GError **error)
{
  for (guint i = 0; i < MH_CALL_MAX_PARAMS; i++)
    if ((id_params & (1u << i)) != 0)
      {
        /* RFC 9562 asks to read an id in capitals, too; what is stored has none. */
        for (char *at = call->params[i]; *at != 0; at++)
          *at = g_ascii_tolower (*at);
        if (!mh_id_is_valid (call->params[i]))
          {
            mh_error_set (error, MH_ERROR_NOT_FOUND, "There is no record of this id.");
            return FALSE;
          }
      }

  return TRUE;
}
