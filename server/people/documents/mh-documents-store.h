/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of documents, their parts, and consents. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* One page of @type (document, consent) of a patient, newest first; @before_id NULL: the first. */
GPtrArray *mh_documents_store_list (MhDb *db,
                                    const MhRecordType *type,
                                    const char *patient_id,
                                    MhListPage page,
                                    GError **error);
/* A part; -1: the small picture. NULL without error: it has not arrived. */
MhRecord *
mh_documents_store_part (MhDb *db, const char *document_id, gint64 number, GError **error);
/* What came of a file that was never completed, or came damaged, is let go. */
gboolean mh_documents_store_drop_parts (MhTx *tx, const char *document_id, GError **error);
/* Files that were begun before @before and never completed. */
GPtrArray *mh_documents_store_abandoned (MhDb *db, gint64 before, guint limit, GError **error);

G_END_DECLS
