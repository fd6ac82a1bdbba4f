/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What stands unsent on a screen, in the local copy, encrypted as all of it: a crash, a power cut
 * or a server that is away loses no key that was pressed. */
#include "client/mh-context.h"

G_BEGIN_DECLS

/* A name that ends with a slash ("patient.new/") stands for several: each is kept under it and its
 * record's id, so that none takes the place of another. */

/* @record as the draft of @form ("results/ORDER-ID"); NULL: there is nothing unsent any more. */
void mh_draft_keep (MhContext *context, const char *form, MhRecord *record);
void mh_draft_load_async (MhContext *context,
                          const char *form,
                          const MhRecordType *type,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data);
/* New reference; NULL without @error: none. */
MhRecord *mh_draft_load_finish (GAsyncResult *result, GError **error);
/* Those of several, the one begun last first: MhRecord. Caller unrefs. */
void mh_draft_list_async (MhContext *context,
                          const char *forms,
                          const MhRecordType *type,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data);
GPtrArray *mh_draft_list_finish (GAsyncResult *result, GError **error);

G_END_DECLS
