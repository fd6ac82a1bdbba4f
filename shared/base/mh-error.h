/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * One error domain for the whole house. The kind says what the caller may do about it and maps
 * one to one to an HTTP status (shared/proto/mh-problem) and back, so that the client sees the very
 * error which the service raised. An error of kind MH_ERROR_INVALID carries the list of fields, one
 * of MH_ERROR_CONFLICT or MH_ERROR_FORBIDDEN may.
 */
#include "shared/base/mh-types.h"

G_BEGIN_DECLS

typedef enum
{
  MH_ERROR_MALFORMED,    /* 400: could not be read at all */
  MH_ERROR_UNAUTHORIZED, /* 401: who are you? */
  MH_ERROR_FORBIDDEN,    /* 403 */
  MH_ERROR_NOT_FOUND,    /* 404 */
  MH_ERROR_NO_METHOD,    /* 405 */
  MH_ERROR_CONFLICT,     /* 409: the state does not allow it */
  MH_ERROR_STALE,        /* 412: somebody changed it first; current record attached */
  MH_ERROR_TOO_LARGE,    /* 413 */
  MH_ERROR_MEDIA_TYPE,   /* 415 */
  MH_ERROR_INVALID,      /* 422: fields, see mh_error_get_issues() */
  MH_ERROR_RATE,         /* 429: later, see mh_error_get_retry_after() */
  MH_ERROR_INTERNAL,     /* 500: our bug; the detail is logged, never sent */
  MH_ERROR_BUSY,         /* 503: later */
  MH_ERROR_STORE,        /* 500: the database said no in a way that is nobody's input */
  MH_ERROR_OFFLINE,      /* client only: no server reached */
  MH_ERROR_CANCELLED,    /* the caller went away */
  MH_ERROR_STORAGE,      /* 503: the database's disk is full or fails; nothing was stored */
} MhErrorKind;

#define MH_ERROR (mh_error_quark ())
GQuark mh_error_quark (void);

/* What is wrong with one field. @field is the JSON name ("phone", "items[2].test"), @code a stable
 * word ("required", "too_long", "out_of_range", "unknown_code", "format", "unknown_field", …),
 * @message an English sentence that names the remedy; the client translates by code and label. */
typedef struct
{
  char *field;
  char *code;
  char *message;
} MhIssue;

typedef struct _MhIssues MhIssues; /* a growing list of issues */

MhIssues *mh_issues_new (void);
void mh_issues_free (MhIssues *issues);
void mh_issues_add (MhIssues *issues, const char *field, const char *code, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
guint mh_issues_count (const MhIssues *issues);
const MhIssue *mh_issues_nth (const MhIssues *issues, guint index);
const MhIssue *mh_issues_find (const MhIssues *issues, const char *field);
/* Turns a non-empty list into an MH_ERROR_INVALID and returns FALSE; returns TRUE for an empty one.
 */
gboolean mh_issues_raise (const MhIssues *issues, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhIssues, mh_issues_free)

/* The common one-field case. */
void
mh_error_set_field (GError **error, const char *field, const char *code, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
void mh_error_set (GError **error, MhErrorKind kind, const char *format, ...) G_GNUC_PRINTF (3, 4);
/* A 412: @current_json is the record as it stands now, so that a person can merge. */
void mh_error_set_stale (GError **error, const char *current_json);
/* A 429 or 503 with the seconds to wait. */
void mh_error_set_retry (GError **error, MhErrorKind kind, guint seconds, const char *message);

/* A 503 of the disk: what the database says is logged, never sent. @damaged: what lies there cannot
 * be read; else there is no room, or it cannot be written just now. */
void mh_error_set_storage (GError **error, gboolean damaged, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
gboolean mh_error_is_damage (const GError *error);
/* The server could not be asked, or could not do it just now: OFFLINE, BUSY, STORAGE. Nothing is
 * decided, and the same may be asked again. */
gboolean mh_error_is_away (const GError *error);

/* NULL unless @error is an MH_ERROR that carries issues. Owned by the error. */
const MhIssues *mh_error_get_issues (const GError *error);
const char *mh_error_get_current (const GError *error);
guint mh_error_get_retry_after (const GError *error);
/* An error of @kind whose issues say more than its @message: the records a conflict is about. */
void
mh_error_set_issues (GError **error, MhErrorKind kind, const MhIssues *issues, const char *message);
/* Attach issues to a fresh error of kind INVALID (client side, when a problem is read back). */
GError *mh_error_new_invalid (const MhIssues *issues);
int mh_error_status (const GError *error);
MhErrorKind mh_error_kind_from_status (int status);

G_END_DECLS
