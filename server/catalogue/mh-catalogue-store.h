/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of the catalogue. */
#include "server/store/mh-store.h"

G_BEGIN_DECLS

/* All live rows of a catalogue type, sorted as people expect them. */
GPtrArray *mh_catalogue_store_load (MhDb *db, const MhRecordType *type, GError **error);
/* Hangs the choices into their value sets; @sets is code → MhRecord. */
gboolean mh_catalogue_store_load_choices (MhDb *db, GHashTable *sets, GError **error);
/* Change number of the newest change to any catalogue record; 0: none; -1: error. */
gint64 mh_catalogue_store_seq (MhDb *db, GError **error);

G_END_DECLS
