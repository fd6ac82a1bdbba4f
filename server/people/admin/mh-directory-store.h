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

G_END_DECLS
