/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of the catalogue. */
#include "server/store/mh-store.h"

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

G_END_DECLS
