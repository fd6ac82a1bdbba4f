/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/base/mh-error.h"

#define STORAGE_RETRY 5 /* seconds: somebody makes room, or puts in another disk */

struct _MhIssues
{
  GPtrArray *list;
};

static void
issue_free (gpointer data)
{
  MhIssue *issue = data;
  g_free (issue->field);
  g_free (issue->code);
  g_free (issue->message);
  g_free (issue);
}

MhIssues *
mh_issues_new (void)
{
  MhIssues *issues = g_new0 (MhIssues, 1);
  issues->list = g_ptr_array_new_with_free_func (issue_free);
  return issues;
}

void
mh_issues_free (MhIssues *issues)
{
  if (issues == NULL)
    return;
  g_ptr_array_unref (issues->list);
  g_free (issues);
}

static void
issues_take (MhIssues *issues, const char *field, const char *code, char *message)
{
  MhIssue *issue = g_new0 (MhIssue, 1);
  issue->field = g_strdup (field);
  issue->code = g_strdup (code);
  issue->message = message;
  g_ptr_array_add (issues->list, issue);
}

void
mh_issues_add (MhIssues *issues, const char *field, const char *code, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  issues_take (issues, field, code, g_strdup_vprintf (format, args));
  va_end (args);
}

guint
mh_issues_count (const MhIssues *issues)
{
  return issues == NULL ? 0 : issues->list->len;
}

const MhIssue *
mh_issues_nth (const MhIssues *issues, guint index)
{
  g_return_val_if_fail (index < mh_issues_count (issues), NULL);
  return g_ptr_array_index (issues->list, index);
}

const MhIssue *
mh_issues_find (const MhIssues *issues, const char *field)
{
  for (guint i = 0; i < mh_issues_count (issues); i++)
    if (g_str_equal (mh_issues_nth (issues, i)->field, field))
      return mh_issues_nth (issues, i);
  return NULL;
}

/* What an MH_ERROR carries beyond its message; lives and dies with the GError. */
typedef struct
{
  MhIssues *issues;
  char *current;
  guint retry_after;
  gboolean damaged;
} MhErrorPrivate;

static void
mh_error_private_init (MhErrorPrivate *priv)
{
  priv->issues = NULL;
  priv->current = NULL;
  priv->retry_after = 0;
  priv->damaged = FALSE;
}

static MhIssues *
issues_copy (const MhIssues *from)
{
  if (from == NULL)
    return NULL;
  MhIssues *to = mh_issues_new ();
  for (guint i = 0; i < mh_issues_count (from); i++)
    {
      const MhIssue *issue = mh_issues_nth (from, i);
      issues_take (to, issue->field, issue->code, g_strdup (issue->message));
    }
  return to;
}

static void
mh_error_private_copy (const MhErrorPrivate *from, MhErrorPrivate *to)
{
  to->issues = issues_copy (from->issues);
  to->current = g_strdup (from->current);
  to->retry_after = from->retry_after;
  to->damaged = from->damaged;
}

static void
mh_error_private_clear (MhErrorPrivate *priv)
{
  mh_issues_free (priv->issues);
  g_free (priv->current);
}

G_DEFINE_EXTENDED_ERROR (MhError, mh_error)

void
mh_error_set (GError **error, MhErrorKind kind, const char *format, ...)
{
  if (error == NULL)
    return;
  va_list args;
  va_start (args, format);
  GError *made = g_error_new_valist (MH_ERROR, (int)kind, format, args);
  va_end (args);
  g_propagate_error (error, made);
}

GError *
mh_error_new_invalid (const MhIssues *issues)
{
  const MhIssue *first = mh_issues_count (issues) > 0 ? mh_issues_nth (issues, 0) : NULL;
  GError *made = g_error_new (MH_ERROR, MH_ERROR_INVALID, "%s",
                              first != NULL ? first->message : "The input was refused.");
  mh_error_get_private (made)->issues = issues_copy (issues);
  return made;
}

gboolean
mh_issues_raise (const MhIssues *issues, GError **error)
{
  if (mh_issues_count (issues) == 0)
    return TRUE;
  g_propagate_error (error, mh_error_new_invalid (issues));
  return FALSE;
}

void
mh_error_set_issues (GError **error, MhErrorKind kind, const MhIssues *issues, const char *message)
{
  if (error == NULL)
    return;
  GError *made = g_error_new_literal (MH_ERROR, (int)kind, message);
  mh_error_get_private (made)->issues = issues_copy (issues);
  g_propagate_error (error, made);
}

void
mh_error_set_field (GError **error, const char *field, const char *code, const char *format, ...)
{
  g_autoptr (MhIssues) issues = mh_issues_new ();
  va_list args;
  va_start (args, format);
  issues_take (issues, field, code, g_strdup_vprintf (format, args));
  va_end (args);
  mh_issues_raise (issues, error);
}

void
mh_error_set_stale (GError **error, const char *current_json)
{
  if (error == NULL)
    return;
  GError *made = g_error_new_literal (MH_ERROR, MH_ERROR_STALE,
                                      "Somebody changed this record in the meantime.");
  mh_error_get_private (made)->current = g_strdup (current_json);
  g_propagate_error (error, made);
}

void
mh_error_set_retry (GError **error, MhErrorKind kind, guint seconds, const char *message)
{
  if (error == NULL)
    return;
  GError *made = g_error_new_literal (MH_ERROR, (int)kind, message);
  mh_error_get_private (made)->retry_after = seconds;
  g_propagate_error (error, made);
}

void
mh_error_set_storage (GError **error, gboolean damaged, const char *format, ...)
{
  if (error == NULL)
    return;
  va_list args;
  va_start (args, format);
  GError *made = g_error_new_valist (MH_ERROR, MH_ERROR_STORAGE, format, args);
  va_end (args);
  mh_error_get_private (made)->damaged = damaged;
  mh_error_get_private (made)->retry_after = STORAGE_RETRY;
  g_propagate_error (error, made);
}

gboolean
mh_error_is_damage (const GError *error)
{
  return g_error_matches (error, MH_ERROR, MH_ERROR_STORAGE)
         && mh_error_get_private (error)->damaged;
}

gboolean
mh_error_is_away (const GError *error)
{
  return g_error_matches (error, MH_ERROR, MH_ERROR_OFFLINE)
         || g_error_matches (error, MH_ERROR, MH_ERROR_BUSY)
         || g_error_matches (error, MH_ERROR, MH_ERROR_STORAGE);
}

const MhIssues *
mh_error_get_issues (const GError *error)
{
  return error != NULL && error->domain == MH_ERROR ? mh_error_get_private (error)->issues : NULL;
}

const char *
mh_error_get_current (const GError *error)
{
  return error != NULL && error->domain == MH_ERROR ? mh_error_get_private (error)->current : NULL;
}

guint
mh_error_get_retry_after (const GError *error)
{
  return error != NULL && error->domain == MH_ERROR ? mh_error_get_private (error)->retry_after : 0;
}

static const int statuses[] = {
  [MH_ERROR_MALFORMED] = 400, [MH_ERROR_UNAUTHORIZED] = 401, [MH_ERROR_FORBIDDEN] = 403,
  [MH_ERROR_NOT_FOUND] = 404, [MH_ERROR_NO_METHOD] = 405,    [MH_ERROR_CONFLICT] = 409,
  [MH_ERROR_STALE] = 412,     [MH_ERROR_TOO_LARGE] = 413,    [MH_ERROR_MEDIA_TYPE] = 415,
  [MH_ERROR_INVALID] = 422,   [MH_ERROR_RATE] = 429,         [MH_ERROR_INTERNAL] = 500,
  [MH_ERROR_BUSY] = 503,      [MH_ERROR_STORE] = 500,        [MH_ERROR_OFFLINE] = 503,
  [MH_ERROR_CANCELLED] = 503, [MH_ERROR_STORAGE] = 503,
};

int
mh_error_status (const GError *error)
{
  if (error == NULL || error->domain != MH_ERROR || error->code < 0
      || error->code >= (int)G_N_ELEMENTS (statuses))
    return 500;
  return statuses[error->code];
}

MhErrorKind
mh_error_kind_from_status (int status)
{
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (statuses[i] == status)
      return (MhErrorKind)i;
  return status >= 500 ? MH_ERROR_INTERNAL : MH_ERROR_MALFORMED;
}
