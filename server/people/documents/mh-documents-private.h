/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Within the room of documents. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* All parts that are there, one behind the other. Transfer full. */
GBytes *mh_documents_load (MhDb *db, MhRecord *document, GError **error);
/* Has @file the SHA-256 that was announced? */
gboolean mh_documents_is_whole (MhRecord *document, GBytes *file);

G_END_DECLS
