/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/dispatch/calls/mh-calls-protocol-service.h"

#include "server/dispatch/calls/mh-calls-store.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-json.h"
#include "shared/records/dispatch/mh-dispatch-protocol.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"

static gboolean
calls_protocol_service_set_active (MhTx *tx, MhRecord *row, gboolean active, GError **error)
{
  g_autoptr (MhRecord) after = mh_record_copy (row);
  mh_record_set_bool (after, MH_DISPATCH_PROTOCOL_ACTIVE, active);
  return mh_tx_update (tx, row, after, MH_AUDIT_UPDATE, NULL, error);
}

static gboolean
calls_protocol_service_insert (MhTx *tx,
                               const char *hospital_id,
                               const char *id,
                               const char *edition,
                               const char *content,
                               GError **error)
{
  g_autoptr (MhRecord) row = mh_record_new (&mh_dispatch_protocol_type);
  mh_record_take_text (row, MH_ID, id != NULL ? g_strdup (id) : mh_id_new ());
  mh_record_set_text (row, MH_DISPATCH_PROTOCOL_HOSPITAL_ID, hospital_id);
  mh_record_set_text (row, MH_DISPATCH_PROTOCOL_EDITION, edition);
  mh_record_set_text (row, MH_DISPATCH_PROTOCOL_CONTENT, content);
  mh_record_set_bool (row, MH_DISPATCH_PROTOCOL_ACTIVE, TRUE);
  return mh_tx_insert (tx, row, MH_AUDIT_CREATE, NULL, error);
}

/* The one before makes room first: one alone is active. */
static gboolean
calls_protocol_service_activate (MhTx *tx,
                                 const char *hospital_id,
                                 const char *id,
                                 const char *edition,
                                 const char *content,
                                 GError **error)
{
  MhDb *db = mh_tx_db (tx);
  g_autoptr (GError) inner = NULL;
  g_autoptr (MhRecord) same = mh_protocols_store_find (db, hospital_id, edition, &inner);
  g_autoptr (MhRecord) active
      = inner == NULL ? mh_protocols_store_find (db, hospital_id, NULL, &inner) : NULL;
  if (inner != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return FALSE;
    }
  if (same != NULL && g_strcmp0 (mh_record_text (same, MH_DISPATCH_PROTOCOL_CONTENT), content) != 0)
    {
      mh_error_set (error, MH_ERROR_CONFLICT,
                    "Another protocol of version %s is there, and calls may have been judged by "
                    "it; give the changed one another version.",
                    edition);
      return FALSE;
    }
  if (same != NULL && mh_record_bool (same, MH_DISPATCH_PROTOCOL_ACTIVE))
    return TRUE;
  if (active != NULL && !calls_protocol_service_set_active (tx, active, FALSE, error))
    return FALSE;
  return same != NULL
             ? calls_protocol_service_set_active (tx, same, TRUE, error)
             : calls_protocol_service_insert (tx, hospital_id, id, edition, content, error);
}

gboolean
mh_calls_protocol_service_put (MhTx *tx,
                               const char *hospital_id,
                               const char *id,
                               const char *content,
                               char **out_edition,
                               GError **error)
{
  g_autoptr (MhProtocol) protocol = mh_protocol_parse (content, -1, error);
  g_autoptr (JsonNode) node = protocol != NULL ? mh_json_parse (content, -1, error) : NULL;
  if (node == NULL)
    return FALSE;

  g_autofree char *canonical = mh_json_canonical (node);
  if (!calls_protocol_service_activate (tx, hospital_id, id, protocol->version, canonical, error))
    return FALSE;
  *out_edition = g_strdup (protocol->version);
  return TRUE;
}

GPtrArray *
mh_calls_protocol_service_list (const MhRequest *req,
                                const char *after,
                                guint limit,
                                GError **error)
{
  return mh_actor_require (req->actor, MH_MAY_READ_CALL, error) ? mh_protocols_store_list (
             req->db, mh_actor_hospital_id (req->actor), after, limit, error)
                                                                : NULL;
}

MhRecord *
mh_calls_protocol_service_read (const MhRequest *req, const char *id, GError **error)
{
  return mh_actor_require (req->actor, MH_MAY_READ_CALL, error)
             ? mh_edit_get (req, &mh_dispatch_protocol_type, id, error)
             : NULL;
}

MhProtocol *
mh_calls_protocol_service_of (MhDb *db,
                              const char *hospital_id,
                              const char *edition,
                              GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (MhRecord) row = mh_protocols_store_find (db, hospital_id, edition, &inner);
  if (inner != NULL)
    g_propagate_error (error, g_steal_pointer (&inner));
  else if (row == NULL)
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "There is no protocol of emergency calls yet. An administrator brings it in with "
                  "mahimactl protocol import.");
  else
    return mh_protocol_parse (mh_record_text (row, MH_DISPATCH_PROTOCOL_CONTENT), -1, error);
  return NULL;
}
