/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/audit/mh-audit-service.h"

#include "shared/records/mh-audit.h"

GPtrArray *
mh_audit_service_list (MhDb *db,
                       const MhActor *actor,
                       const MhAuditQuery *wanted,
                       char **out_next,
                       GError **error)
{
  MhAuditQuery query = *wanted;
  query.hospital_id = mh_actor_hospital_id (actor);
  query.limit = wanted->limit + 1;
  GPtrArray *rows = mh_audit_store_list (db, &query, error);
  if (rows == NULL)
    return NULL;
  *out_next = NULL;
  if (rows->len > wanted->limit)
    {
      g_ptr_array_set_size (rows, (int)wanted->limit);
      MhRecord *last = g_ptr_array_index (rows, wanted->limit - 1);
      *out_next = g_strdup_printf ("%" G_GINT64_FORMAT, mh_record_int (last, MH_AUDIT_ENTRY_SEQ));
    }
  return rows;
}
