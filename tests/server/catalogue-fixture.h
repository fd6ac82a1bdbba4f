/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Rows of the catalogue put in and changed as its editors do, in the little hospital. */
#include "server/lab/catalogue/mh-catalogue.h"
#include "tests/server/lab-fixture.h"

G_BEGIN_DECLS

MhActor *catalogue_director (void); /* may sign and change prices */
MhActor *catalogue_editor (void);   /* may change rows and reagents */
MhCatalogueView *catalogue_view_in (MhTx *tx, Lab *lab, GError **error);
MhCatalogueView *catalogue_view_now (Lab *lab);
MhRecord *catalogue_body (const MhRecordType *type, const char *json);
/* A copy of the row of that code. */
MhRecord *catalogue_row (Lab *lab, const MhRecordType *type, const char *code);
MhRecord *catalogue_add (Lab *lab,
                         MhActor *actor,
                         const MhRecordType *type,
                         const char *json,
                         GError **error);
MhRecord *catalogue_change (Lab *lab,
                            MhActor *actor,
                            const MhRecordType *type,
                            const char *id,
                            const char *json,
                            GError **error);
void catalogue_assert_issue (GError *error, const char *field, const char *code);

G_END_DECLS
