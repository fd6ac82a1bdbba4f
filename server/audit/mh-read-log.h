/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Reads of patients' records in the audit trail, within a second and without holding up the reader: a
 * handler notes what it showed, a thread of its own gathers for MH_READ_LOG_GATHER and writes the
 * batch through the store's lane, one row for each person, verb and record in the batch. Rows that
 * could not be written are kept and tried again. When too many wait, noting fails, and the handler
 * must fail with it: a read that cannot be audited does not happen.
 */
#include "server/store/mh-store.h"

G_BEGIN_DECLS

typedef struct _MhReadLog MhReadLog;

#define MH_READ_LOG_GATHER (300 * G_TIME_SPAN_MILLISECOND)
#define MH_READ_LOG_MAX_WAITING 200000

MhReadLog *mh_read_log_new (MhStore *store);
/* Writes what waits, then frees. */
void mh_read_log_free (MhReadLog *log);
/* @verb: MH_AUDIT_READ, _PRINT or _EXPORT. @patient_id: whose data it is; NULL when @object_id is the
 * patient or none is known. Strings are copied. Thread-safe. */
gboolean mh_read_log_note (MhReadLog *log,
                           const MhWho *who,
                           const char *verb,
                           const MhRecordType *type,
                           const char *object_id,
                           const char *patient_id,
                           GError **error);
/* A list that was shown: one row that names the records, in pieces of 200. */
gboolean mh_read_log_note_list (MhReadLog *log,
                                const MhWho *who,
                                const MhRecordType *type,
                                GPtrArray *records,
                                GError **error);
/* Permission refused. At most one row a minute for each person and right; the rest is counted in it. */
void mh_read_log_note_denied (MhReadLog *log, const MhWho *who, const char *route_id, const char *permission);
/* Everything noted before the call is durable when it returns TRUE. Never from the lane. */
gboolean mh_read_log_flush (MhReadLog *log, GError **error);
guint mh_read_log_waiting (MhReadLog *log);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhReadLog, mh_read_log_free)

G_END_DECLS
