/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Rows of the small record types an administrator keeps: hospitals, departments, settings, desks,
 * roles. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* Live rows in order of id. @hospital_id: those of that hospital and those of none (NULL: all); for
 * a type without the column it is ignored. @after: id of the last row seen, or NULL. */
GPtrArray *mh_directory_store_page (MhDb *db,
                                    const MhRecordType *type,
                                    const char *hospital_id,
                                    const char *after,
                                    guint limit,
                                    GError **error);
/* The name of the bench with this letter; the letter where there is none. */
gboolean
mh_directory_store_bench_name (MhDb *db, const char *code, char **out_name, GError **error);

G_END_DECLS
