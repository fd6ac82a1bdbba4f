/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* For the handlers of every room: what a call shows to whom, for the log of reads (mh-read-log.h).
 */
#include "server/platform/http/mh-call.h"

G_BEGIN_DECLS

/* @verb: MH_AUDIT_READ, MH_AUDIT_PRINT or MH_AUDIT_EXPORT; @patient_id: whose data it is, NULL when
 * none is known. */
void mh_seen (MhCall *call,
              const char *verb,
              const MhRecordType *type,
              const char *id,
              const char *patient_id);
/* The same for a record, whose patient is itself or the one of its field patient_id. NULL: nothing
 * is shown. */
void mh_seen_record (MhCall *call, const char *verb, MhRecord *record);
/* A list, read as records of @type. NULL: nothing is shown. */
void mh_seen_list (MhCall *call, const MhRecordType *type, GPtrArray *records);

G_END_DECLS
