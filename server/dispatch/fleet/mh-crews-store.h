/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of crews, of the states and the positions of units. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* Newest first. @hospital_id, @unit_id NULL: all. */
GPtrArray *mh_crews_store_shifts (MhDb *db,
                                  const char *hospital_id,
                                  const char *unit_id,
                                  gboolean open,
                                  MhListPage page,
                                  GError **error);
/* Users of @hospital_id (NULL: of all) who have one of the two rights, by name, 500 at most. */
GPtrArray *mh_crews_store_people (MhDb *db,
                                  const char *hospital_id,
                                  const char *const rights[2],
                                  GError **error);
/* Who has not signed off from a unit. */
GPtrArray *mh_crews_store_on_unit (MhDb *db, const char *unit_id, GError **error);
/* The open shift of a person; NULL without error: none. */
MhRecord *mh_crews_store_of_person (MhDb *db, const char *user_id, GError **error);
/* All of a type of @hospital_id (NULL: all), by id, behind @after (NULL: from the first). */
GPtrArray *mh_crews_store_all (MhDb *db,
                               const MhRecordType *type,
                               const char *hospital_id,
                               const char *after,
                               guint limit,
                               GError **error);
/* Rows of a unit with `at` between two instants, newest first. */
GPtrArray *mh_crews_store_of_unit (MhDb *db,
                                   const MhRecordType *type,
                                   const char *unit_id,
                                   gint64 from,
                                   gint64 to,
                                   MhListPage page,
                                   GError **error);

G_END_DECLS
