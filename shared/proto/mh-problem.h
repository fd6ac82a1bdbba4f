/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * RFC 9457 problem documents: what the service raised on the server is what the page sees on the
 * client. A problem never tells SQL, a path or a place in the code: errors of kind INTERNAL and
 * STORE, and GErrors of any other domain, go out as one neutral sentence; their own words belong in
 * the log.
 */
#include "shared/base/mh-error.h"

G_BEGIN_DECLS

#define MH_PROBLEM_MEDIA "application/problem+json"

/* Appends {"type","title","status","detail","request_id","errors":[…]} and, where the error has
 * them, "current" (the record as it stands, for a 412) and "retry_after" (seconds). */
void mh_problem_write (GString *out, const GError *error, const char *request_id);
/* The error that the server raised; a body that is no problem document still gives the right kind.
 * @status: of the HTTP answer. @retry_after: of its header, 0 if none. Never NULL; caller frees. */
GError *mh_problem_read (int status, const char *body, gssize length, guint retry_after);
/* "Not found" for 404; NULL for a status that is no error of ours. */
const char *mh_problem_title (int status);

G_END_DECLS
