/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The medical director's sign-off, row by row. Only who has the right catalogue.sign gives it; any
 * change of what is measured, how it is judged or what it needs takes it back by itself, while
 * prices, notes, names of people's convenience and promised times do not. A sign-off never comes
 * with a file.
 */
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/platform/actor/mh-request.h"

G_BEGIN_DECLS

/* Does a change of that field take the sign-off back? */
gboolean mh_catalogue_sign_is_clinical (const MhRecordType *type, guint field);
/* A new row: unsigned, unless an actor with the right signs it at once. MH_ERROR_FORBIDDEN else. */
gboolean mh_catalogue_sign_new (MhRecord *record, const MhActor *actor, gint64 now, GError **error);
/* Sets the signature of @after; *action (MH_REVISION_CHANGED) becomes _SIGNED or _UNSIGNED when
 * that is what happens. Signing what is changed in the same breath signs the change. */
gboolean mh_catalogue_sign_changed (MhRecord *before,
                                    MhRecord *after,
                                    const MhActor *actor,
                                    gint64 now,
                                    const char **action,
                                    GError **error);
/* @request: a catalogue_signing. Rows that stand so already are passed over. A copy of it with
 * .count; MH_ERROR_INVALID on "record_type", "record_ids". */
MhRecord *mh_catalogue_sign_rows (const MhRequest *req, MhRecord *request, GError **error);
/* What waits to be signed: catalogue_waiting records, by kind of row and code; of one kind (a
 * type's code), or @kind NULL: of all. */
GPtrArray *mh_catalogue_sign_waiting (MhCatalogueView *view, const char *kind);

G_END_DECLS
