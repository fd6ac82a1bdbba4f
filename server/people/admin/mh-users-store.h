/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Rows of users. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* Live users by user name, from behind @after (NULL: the first). @hospital_id: who works there, as
 * their own or a further hospital; NULL: all. */
GPtrArray *mh_users_store_page (MhDb *db,
                                const char *hospital_id,
                                const char *after,
                                guint limit,
                                GError **error);
/* Is there a demonstration account that may sign in? */
/* Changes that wait for a second administrator: of one account or role; of the people of a hospital
 * (NULL: all, and of roles), oldest first, behind the id @after. */
GPtrArray *mh_changes_store_of (MhDb *db, const char *id, GError **error);
GPtrArray *mh_changes_store_list (MhDb *db,
                                  const char *hospital_id,
                                  const char *after,
                                  guint limit,
                                  GError **error);
gboolean mh_users_store_has_demonstration (MhDb *db, gboolean *out_has, GError **error);

G_END_DECLS
