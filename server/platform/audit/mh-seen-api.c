/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/audit/mh-seen-api.h"

#include "server/platform/audit/mh-read-log.h"
#include "server/platform/runtime/mh-server.h"
#include "shared/records/mh-types.h"
#include "shared/records/platform/mh-audit.h"

static MhReadLog *
log_of (MhCall *call)
{
  return mh_server_read_log (mh_call_server (call));
}

void
mh_seen (MhCall *call,
         const char *verb,
         const MhRecordType *type,
         const char *id,
         const char *patient_id)
{
  mh_read_log_note_verb (log_of (call), mh_call_who (call), verb, type->code, id, patient_id);
}

void
mh_seen_record (MhCall *call, const char *verb, MhRecord *record)
{
  if (record == NULL)
    return;
  mh_seen (call, verb, mh_record_type (record), mh_record_id (record),
           mh_record_patient_id (record));
}

void
mh_seen_list (MhCall *call, const MhRecordType *type, GPtrArray *records)
{
  if (records != NULL)
    mh_read_log_note_list (log_of (call), mh_call_who (call), type->code, records);
}
