/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The opaque ?after= and "next" of lists: base64url over a version byte, a check sum and the sort
 * key of the last row. The check sum covers the list's name too, so that a mangled cursor, or one
 * of another list, is refused (400) before it reaches any SQL. It guards against accidents, not
 * against forgery: the parts are only ever bound as parameters.
 */
#include "shared/base/mh-error.h"

G_BEGIN_DECLS

#define MH_PAGE_CURSOR_MAX_PARTS 8

/* @list: the route's id. @parts: NULL-terminated, each may be "". Caller frees. */
char *mh_page_cursor_make (const char *list, const char *const *parts);
/* NULL-terminated, caller frees with g_strfreev; NULL with MH_ERROR_MALFORMED. */
char **mh_page_cursor_read (const char *list, const char *text, GError **error);

G_END_DECLS
