/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Looking through the catalogue and changing it; one way for all of its types. */
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/platform/actor/mh-request.h"

G_BEGIN_DECLS

typedef struct
{
  const char *q;        /* words that the code or a SEARCH field holds; NULL: all */
  const char *analyte;  /* only of this one; NULL: of all */
  const char *after_id; /* behind this record; NULL: from the first */
  guint limit;
} MhCatalogueQuery;

/* Records of @type in the catalogue's order. */
GPtrArray *mh_catalogue_service_list (MhCatalogueView *view,
                                      const MhRecordType *type,
                                      const MhCatalogueQuery *query);
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
