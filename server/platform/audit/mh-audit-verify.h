/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Does the audit trail still say what was written? Walks the whole chain, of any length, in little
 * memory: numbers without a gap, each row's hash over its content and the row before, the chain's
 * links, and that its end is where the write queue left it.
 */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 rows;   /* read, the broken one included */
  gint64 broken; /* number of the first broken row; 0: the chain holds */
  char *reason;  /* English sentence; NULL when it holds */
  char *head;    /* hash of the last row that holds; NULL: there is none */
  gint64 head_seq;
} MhAuditVerdict;

/* FALSE with @error only when it could not be read. Free @out_verdict's strings with the function
 * below. */
gboolean mh_audit_verify (MhDb *db, MhAuditVerdict *out_verdict, GError **error);
void mh_audit_verdict_clear (MhAuditVerdict *verdict);
/* One line to be kept outside the database ("2026-11-21T08:00:00.000Z 1234 hash"): with it, a chain
 * that was cut short or written anew from the start is found out. Appends to @path; mode 0600 when
 * it is new. */
gboolean mh_audit_export_head (MhDb *db, gint64 now, const char *path, GError **error);
/* Are the heads kept in @path still in the chain? *out_missing: the first that is not (caller
 * frees), NULL: all are. */
gboolean mh_audit_check_heads (MhDb *db, const char *path, char **out_missing, GError **error);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MhAuditVerdict, mh_audit_verdict_clear)

G_END_DECLS
