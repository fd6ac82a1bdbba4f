/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Looking through the catalogue and changing it; one way for all of its types. */
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/platform/actor/mh-request.h"

G_BEGIN_DECLS

/* Records of @type in the catalogue's order, those that hold each word of @q in their code or a
 * SEARCH field first to last; behind the record with id @after_id. @column/@value: only where a
 * text field equals; or NULL. */
GPtrArray *mh_catalogue_service_list (MhCatalogueView *view,
                                      const MhRecordType *type,
                                      const char *q,
                                      const char *column,
                                      const char *value,
                                      const char *after_id,
                                      guint limit);
/* Refuses what would leave the catalogue inconsistent (mh-catalogue-check.h). Each writes the row's
 * history; a clinical change takes the director's sign-off back (mh-catalogue-sign.h). */
MhRecord *mh_catalogue_service_add (const MhRequest *req,
                                    MhCatalogueView *view,
                                    MhRecord *draft,
                                    GError **error);
MhRecord *mh_catalogue_service_change (const MhRequest *req,
                                       MhCatalogueView *view,
                                       MhPatch patch,
                                       GError **error);
/* For what nothing else names by code: ranges. */
gboolean mh_catalogue_service_remove (const MhRequest *req,
                                      const MhRecordType *type,
                                      const char *id,
                                      gint64 if_match,
                                      GError **error);
/* Fills in what follows from the rest: the days of a range's ages. */
void mh_catalogue_service_complete (MhRecord *record);

G_END_DECLS
