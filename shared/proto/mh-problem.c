/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/proto/mh-problem.h"

#include "shared/base/mh-json.h"

#define PROBLEM "urn:mahima:problem:"
#define STORAGE_WORD "storage"

typedef struct
{
  int status;
  const char *word; /* last part of the type URI: stable, never translated */
  const char *title;
} Title;

static const Title titles[] = {
  { 400, "malformed", "The request could not be read" },
  { 401, "unauthorized", "Sign in first" },
  { 403, "forbidden", "Not allowed" },
  { 404, "not-found", "Not found" },
  { 405, "no-method", "Method not allowed" },
  { 409, "conflict", "Not possible in this state" },
  { 412, "stale", "Changed by somebody else" },
  { 413, "too-large", "Too large" },
  { 415, "media-type", "Wrong content type" },
  { 422, "invalid", "Some fields are not right" },
  { 429, "rate", "Too many requests" },
  { 500, "internal", "The server failed" },
  { 503, "busy", "Not available right now" },
};

static const Title *
find_title (int status)
{
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (titles[i].status == status)
      return &titles[i];
  return NULL;
}

const char *
mh_problem_title (int status)
{
  const Title *title = find_title (status);
  return title != NULL ? title->title : NULL;
}

static void
put_issues (GString *out, const MhIssues *issues)
{
  mh_json_key (out, "errors");
  mh_json_open (out, '[');
  for (guint i = 0; i < mh_issues_count (issues); i++)
    {
      const MhIssue *issue = mh_issues_nth (issues, i);
      mh_json_open (out, '{');
      mh_json_member_text (out, "field", issue->field);
      mh_json_member_text (out, "code", issue->code);
      mh_json_member_text (out, "message", issue->message);
      mh_json_close (out, '}');
    }

  mh_json_close (out, ']');
}

/* One status, two words: whoever is told "storage" knows that the database's disk is full or fails.
 */
static const Title storage_title = { 503, STORAGE_WORD, "Nothing can be stored right now" };

static gboolean
is_storage (const GError *error)
{
  return g_error_matches (error, MH_ERROR, MH_ERROR_STORAGE);
}

/* What the database says of itself is for the log. */
static const char *
detail_of (const GError *error)
{
  if (mh_error_is_damage (error))
    return "The server's data cannot be read in one place; an administrator must look at it.";
  if (is_storage (error))
    return "The server's disk is full or fails, so nothing can be stored; what waits stays "
           "waiting.";
  if (mh_error_status (error) == 500)
    return "The server could not do this; its log tells more under the request id.";
  return error->message;
}

void
mh_problem_write (GString *out, const GError *error, const char *request_id)
{
  int status = mh_error_status (error);
  const Title *title = is_storage (error) ? &storage_title : find_title (status);
  g_autofree char *type = g_strconcat (PROBLEM, title->word, NULL);

  mh_json_open (out, '{');
  mh_json_member_text (out, "type", type);
  mh_json_member_text (out, "title", title->title);
  mh_json_member_int (out, "status", status);
  mh_json_member_text (out, "detail", detail_of (error));
  mh_json_member_text (out, "request_id", request_id);
  put_issues (out, mh_error_get_issues (error));
  if (mh_error_get_current (error) != NULL)
    mh_json_member_raw (out, "current", mh_error_get_current (error));
  if (mh_error_get_retry_after (error) > 0)
    mh_json_member_int (out, "retry_after", mh_error_get_retry_after (error));
  mh_json_close (out, '}');
}

/* What stands between desk and server answers too: a proxy that was tired of waiting, a guest
 * network that wants a password. Only what says that it is our server's word decides anything; 401
 * asks for a new session in any case. */
static MhErrorKind
problem_kind_of (int status, JsonObject *problem)
{
  const char *type = mh_json_text (problem, "type");
  gboolean ours = type != NULL && g_str_has_prefix (type, PROBLEM);
  if (status == 408 || status == 425 || (!ours && (status == 502 || status == 504)))
    return MH_ERROR_BUSY;
  if (status == 503 && g_strcmp0 (type, PROBLEM STORAGE_WORD) == 0)
    return MH_ERROR_STORAGE;
  if (!ours && status != 401 && status != 429 && status < 500)
    return MH_ERROR_INTERNAL;
  return mh_error_kind_from_status (status);
}

static MhIssues *
read_issues (JsonArray *array)
{
  MhIssues *issues = mh_issues_new ();
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *issue = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *message = mh_json_text (issue, "message");
      const char *field = mh_json_text (issue, "field");
      const char *code = mh_json_text (issue, "code");
      mh_issues_add (issues, field != NULL ? field : "", code != NULL ? code : "format", "%s",
                     message != NULL ? message : "This value was refused.");
    }

  return issues;
}

static GError *
read_stale (JsonObject *object)
{
  GError *error = NULL;
  JsonNode *current = json_object_get_member (object, "current");
  g_autofree char *text = current != NULL ? mh_json_canonical (current) : NULL;
  mh_error_set_stale (&error, text);
  return error;
}

GError *
mh_problem_read (int status, const char *body, gssize length, guint retry_after)
{
  GError *error = NULL;
  g_autoptr (JsonObject) object = body != NULL ? mh_json_parse_object (body, length, NULL) : NULL;
  MhErrorKind kind = problem_kind_of (status, object);
  g_autoptr (MhIssues) issues = read_issues (mh_json_array (object, "errors"));
  const char *detail = mh_json_text (object, "detail");
  const char *title = mh_problem_title (status);

  if (detail == NULL)
    detail = title != NULL ? title : "The server gave an answer that could not be read.";
  if (kind == MH_ERROR_INVALID && mh_issues_count (issues) > 0)
    return mh_error_new_invalid (issues);
  if (kind == MH_ERROR_STALE && object != NULL)
    return read_stale (object);

  if (kind == MH_ERROR_RATE || kind == MH_ERROR_BUSY || kind == MH_ERROR_STORAGE)
    mh_error_set_retry (&error, kind,
                        (guint)mh_json_int (object, "retry_after", MAX (retry_after, 1)), detail);
  else if (mh_issues_count (issues) > 0)
    mh_error_set_issues (&error, kind, issues, detail);
  else
    mh_error_set (&error, kind, "%s", detail);

  return error;
}
