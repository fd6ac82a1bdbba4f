/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The shipped catalogue (data/reference/lab-catalogue.json) into records. Members of the file go to
 * the fields of the same name; the few that are called or nested otherwise stand in one table.
 * Nothing is marked as signed off that the file does not mark so.
 */
#include "server/platform/store/mh-store.h"
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* All records of the file, types in an order in which they may be inserted; ids are always the
 * same. */
GPtrArray *mh_catalogue_load (JsonObject *file, GError **error);
/* Writes them. */
gboolean mh_catalogue_store (MhTx *tx, GPtrArray *records, GError **error);

G_END_DECLS
