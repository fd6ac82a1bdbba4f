/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Reads of patients' records in the audit trail, within a second and without holding up the reader:
 * a handler notes what it showed, a thread of its own gathers for MH_READ_LOG_GATHER and writes the
 * batch through the store's queue, one row for each person, verb and record in the batch. Rows that
 * could not be written are kept and tried again. When too many wait, noting waits too, so that
 * reading gets slower rather than unseen.
 */
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

typedef struct _MhReadLog MhReadLog;

#define MH_READ_LOG_GATHER (300 * G_TIME_SPAN_MILLISECOND)
#define MH_READ_LOG_MAX_WAITING 200000

MhReadLog *mh_read_log_new (MhStore *store);
/* Writes what waits, then frees. */
void mh_read_log_free (MhReadLog *log);
/* That @who was shown a record. @patient_id: whose data it is; NULL when none is known. Strings are
 * copied. Thread-safe. */
void mh_read_log_note (MhReadLog *log,
                       const MhWho *who,
                       const char *object_type,
                       const char *object_id,
                       const char *patient_id);
/* The same for other verbs: MH_AUDIT_PRINT, MH_AUDIT_EXPORT. */
void mh_read_log_note_verb (MhReadLog *log,
                            const MhWho *who,
                            const char *verb,
                            const char *object_type,
                            const char *object_id,
                            const char *patient_id);
/* A list that was shown: a row for each 200 records, naming them. */
void mh_read_log_note_list (MhReadLog *log,
                            const MhWho *who,
                            const char *object_type,
                            GPtrArray *records);
/* Permission refused. At most one row a minute for each person and right; the rest is counted in
 * it. */
void mh_read_log_note_denied (MhReadLog *log,
                              const MhWho *who,
                              const char *route_id,
                              const char *permission);
/* Everything noted before the call is durable when it returns TRUE. Never from the write queue. */
gboolean mh_read_log_flush (MhReadLog *log, GError **error);
guint mh_read_log_waiting (MhReadLog *log);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhReadLog, mh_read_log_free)

/* The server's own, kept by server/app. */
MhReadLog *mh_server_read_log (MhServer *server);
void mh_server_keep_read_log (MhServer *server, MhReadLog *read_log);

G_END_DECLS
