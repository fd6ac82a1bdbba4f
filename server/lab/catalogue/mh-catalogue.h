/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The catalogue in memory. Tests, panels, analytes, ranges and the rest are read by every order and
 * every result but change a few times a week, so they are kept as one immutable view that many
 * threads share. A change made through this server is seen at once, one made through another server
 * process within a second.
 */
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

typedef struct _MhCatalogue MhCatalogue;
typedef struct _MhCatalogueView MhCatalogueView;

MhCatalogue *mh_catalogue_new (MhStore *store);
void mh_catalogue_free (MhCatalogue *catalogue);
/* After the commit of a change to a catalogue record. Any thread. */
void mh_catalogue_invalidate (MhCatalogue *catalogue);

/* The view as it stands now, loaded over @db when needed. Unref it. */
MhCatalogueView *mh_catalogue_view (MhCatalogue *catalogue, MhDb *db, GError **error);
MhCatalogueView *mh_catalogue_view_ref (MhCatalogueView *view);
void mh_catalogue_view_unref (MhCatalogueView *view);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhCatalogueView, mh_catalogue_view_unref)

/* @view as it would be with @changed (records of its types; those with deleted_at are gone): to
 * check what is not stored yet. Unref it. */
MhCatalogueView *mh_catalogue_view_with (MhCatalogueView *view, GPtrArray *changed);

/* By code; NULL: none. All records belong to the view and must not be changed. Deleted ones are
 * absent. */
MhRecord *mh_catalogue_find (MhCatalogueView *view, const MhRecordType *type, const char *code);
/* All of a type, sorted by code (containers by draw order, ranges by analyte). */
GPtrArray *mh_catalogue_all (MhCatalogueView *view, const MhRecordType *type);
/* The ranges of one analyte in their order; NULL: none. */
GPtrArray *mh_catalogue_ranges (MhCatalogueView *view, const char *analyte);

/* By id, or NULL: orders need the zone, currency and code of theirs all the time. */
MhRecord *mh_catalogue_hospital (MhCatalogueView *view, const char *id);
/* What @code costs by @list (a price list of the view, or NULL): its entry, or else @otherwise. */
gint64
mh_catalogue_price (MhCatalogueView *view, MhRecord *list, const char *code, gint64 otherwise);

/* The server's own, kept by server/app. */
MhCatalogue *mh_server_catalogue (MhServer *server);
void mh_server_keep_catalogue (MhServer *server, MhCatalogue *catalogue);

G_END_DECLS
