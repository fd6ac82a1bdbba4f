/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Who is signed in and at work, by the sessions that people have; keys of programs do not count. A
 * session's last use is written back once a minute, so nobody is told to the second. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* The users (MhRecord) who hold a session at @hospital_id in which something was done in the last
 * @quiet µs, and whose roles give @permission; each once, by id. */
GPtrArray *mh_presence_find (MhDb *db,
                             const char *hospital_id,
                             const char *permission,
                             gint64 quiet,
                             gint64 now,
                             GError **error);

G_END_DECLS
