/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Reading the audit trail. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* NULL and 0: any. */
typedef struct
{
  const char *hospital_id;
  const char *object_type;
  const char *object_id; /* also the patient whose data it was */
  const char *user_id;
  const char *verb;
  gint64 from, to; /* from <= at < to */
  gint64 before;   /* cursor: seq of the last row seen */
  guint limit;
} MhAuditQuery;

/* Newest first. */
GPtrArray *mh_audit_store_list (MhDb *db, const MhAuditQuery *query, GError **error);
/* Rows from behind @after on, oldest first, at most @limit: for verification of any length. */
GPtrArray *mh_audit_store_walk (MhDb *db, gint64 after, guint limit, GError **error);
/* The last row that was ever written, as the write queue counts: *out_hash (caller frees; NULL:
 * none yet). */
gboolean mh_audit_store_written (MhDb *db, gint64 *out_seq, char **out_hash, GError **error);
/* The newest row; NULL without error: none. */
MhRecord *mh_audit_store_head (MhDb *db, GError **error);

G_END_DECLS
