/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/audit/mh-audit-service.h"

#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-csv.h"
#include "shared/records/platform/mh-audit.h"

GPtrArray *
mh_audit_service_list (const MhRequest *req,
                       const MhAuditQuery *wanted,
                       char **out_next,
                       GError **error)
{
  MhAuditQuery query = *wanted;
  query.hospital_id = mh_actor_hospital_id (req->actor);
  query.limit = wanted->limit + 1;
  GPtrArray *rows = mh_audit_store_list (req->db, &query, error);

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

/* The fields that say who did what; hashes are for mahimactl. */
static const guint exported[] = {
  MH_AUDIT_ENTRY_SEQ,         MH_AUDIT_ENTRY_AT,        MH_AUDIT_ENTRY_USERNAME,
  MH_AUDIT_ENTRY_ROLE,        MH_AUDIT_ENTRY_STATION,   MH_AUDIT_ENTRY_VERB,
  MH_AUDIT_ENTRY_OBJECT_TYPE, MH_AUDIT_ENTRY_OBJECT_ID, MH_AUDIT_ENTRY_PATIENT_ID,
  MH_AUDIT_ENTRY_CHANGES,     MH_AUDIT_ENTRY_REASON,
};

GBytes *
mh_audit_service_csv (const MhRequest *req, const MhAuditQuery *wanted, GError **error)
{
  MhAuditQuery query = *wanted;
  query.hospital_id = mh_actor_hospital_id (req->actor);
  query.limit = MH_AUDIT_EXPORTED_MOST;
  g_autoptr (GPtrArray) rows = mh_audit_store_list (req->db, &query, error);

  if (rows == NULL)
    return NULL;

  GString *out = g_string_new (NULL);
  for (guint k = 0; k < G_N_ELEMENTS (exported); k++)
    mh_csv_put (out, mh_audit_entry_type.fields[exported[k]].name, k == 0);
  g_string_append (out, "\r\n");

  for (guint i = 0; i < rows->len; i++)
    {
      for (guint k = 0; k < G_N_ELEMENTS (exported); k++)
        {
          g_autofree char *text = mh_record_value_text (g_ptr_array_index (rows, i), exported[k]);
          mh_csv_put (out, text != NULL ? text : "", k == 0);
        }
      g_string_append (out, "\r\n");
    }

  return g_string_free_to_bytes (out);
}
