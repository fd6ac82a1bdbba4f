/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of the catalogue. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* All live rows of a catalogue type, sorted as people expect them. */
GPtrArray *mh_catalogue_store_load (MhDb *db, const MhRecordType *type, GError **error);
/* Hangs the choices into their value sets; @sets is code → MhRecord. */
gboolean mh_catalogue_store_load_choices (MhDb *db, GHashTable *sets, GError **error);
/* Hangs the entries into their price lists. */
gboolean mh_catalogue_store_load_prices (MhDb *db, GPtrArray *lists, GError **error);
/* Looks at the changes after @after alone: *out_last is the newest number of all (@after if there
 * is none), *out_changed whether one of them was to a catalogue record. */
gboolean mh_catalogue_store_look (MhDb *db,
                                  gint64 after,
                                  gint64 *out_last,
                                  gboolean *out_changed,
                                  GError **error);
/* Number of the newest change of all; 0: none; -1: error. */
gint64 mh_catalogue_store_last (MhDb *db, GError **error);
/* Does the history know the row? */
gboolean mh_catalogue_store_has_revision (MhDb *db,
                                          const char *record_id,
                                          gboolean *out_known,
                                          GError **error);
/* Versions of one row below @before, newest first. Rows of a hospital other than @hospital_id
 * (NULL: none is another) are left out; so below. */
GPtrArray *mh_catalogue_store_revisions (MhDb *db,
                                         const char *hospital_id,
                                         const char *record_id,
                                         gint64 before,
                                         guint limit,
                                         GError **error);
/* Of all rows, newest first, behind (@at, @id); @id NULL: from the newest. */
GPtrArray *mh_catalogue_store_recent (MhDb *db,
                                      const char *hospital_id,
                                      gint64 at,
                                      const char *id,
                                      guint limit,
                                      GError **error);
/* Takes the choices of a set away, for others to be put in their place. */
gboolean mh_catalogue_store_drop_choices (MhDb *db, const char *value_set_id, GError **error);

G_END_DECLS
