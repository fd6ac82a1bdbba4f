/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/gate/mh-access-gate-api.h"

#include <string.h>

#include "server/people/gate/mh-access.h"
#include "server/platform/actor/mh-request.h"
#include "shared/record/mh-registry.h"
#include "shared/records/mh-types.h"

/* These rooms are for those who look after who saw what, or check what they show by themselves. */
static gboolean
has_own_guard (const MhRoute *route)
{
  static const char *const tags[] = { "access", "audit", NULL };
  static const char *const ids[] = { "patient.read", "order.read", "feed.changes", NULL };
  return g_strv_contains (tags, route->tag) || g_strv_contains (ids, route->id);
}

const MhRecordType *
mh_access_gate_type (const MhRoute *route)
{
  for (guint i = 0; i < mh_registry_size (); i++)
    {
      const MhRecordType *type = mh_registry_nth (i);
      gsize length = type->path != NULL ? strlen (type->path) : 0;
      if (length > 0 && type->table != NULL && strncmp (route->path, type->path, length) == 0
          && g_str_has_prefix (route->path + length, "/{id}"))
        return type;
    }
  return NULL;
}

gboolean
mh_access_gate_guards (const MhRecordType *type)
{
  return type == &mh_patient_type || type->patient != 0 || type->order != 0;
}

static gboolean
check_record (const MhRequest *req, const MhRecordType *type, const char *id, GError **error)
{
  g_autoptr (GError) inner = NULL;
  guint order = type->order;
  if (type == &mh_patient_type)
    return mh_access_check_id (req, id, error);

  g_autoptr (MhRecord) record = mh_store_get (req->db, type, id, &inner);
  if (record == NULL && g_error_matches (inner, MH_ERROR, MH_ERROR_NOT_FOUND))
    return TRUE; /* for the handler to tell */

  if (record == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return FALSE;
    }

  if (type->patient != 0)
    return mh_access_check_order (req, record, error);

  const char *order_id = mh_record_text (record, order);
  return order_id == NULL || mh_access_check_order_id (req, order_id, error);
}

static gboolean
access_gate_api_check (MhCall *call, MhDb *db, const MhRecordType *type, GError **error)
{
  const MhActor *actor = mh_call_actor (call);
  return mh_access_check_id (MH_REQUEST_DB (db, mh_call_server (call), actor),
                             mh_call_query (call, "patient_id"), error)
         && (type == NULL
             || check_record (MH_REQUEST_DB (db, mh_call_server (call), actor), type,
                              mh_call_param (call, "id"), error));
}

static gboolean
before (MhCall *call, GError **error)
{
  const MhRoute *route = mh_call_route (call);
  const MhRecordType *type = mh_access_gate_type (route);
  if (type != NULL && !mh_access_gate_guards (type))
    type = NULL;
  if (has_own_guard (route) || (type == NULL && mh_call_query (call, "patient_id") == NULL))
    return TRUE;
  if (mh_call_db (call) != NULL)
    return access_gate_api_check (call, mh_call_db (call), type, error);

  MhDb *db = mh_store_take_reader (mh_call_store (call), error);
  gboolean ok = db != NULL && access_gate_api_check (call, db, type, error);
  mh_store_give_reader (mh_call_store (call), db);
  return ok;
}

static gboolean
after (MhCall *call, GPtrArray *records, GError **error)
{
  const MhRecordType *type = mh_call_route (call)->reply;
  if (has_own_guard (mh_call_route (call)) || mh_call_db (call) == NULL || records->len == 0
      || (type != NULL && type->patient == 0))
    return TRUE;
  return mh_access_mask (mh_call_request (call), records, error);
}

const MhGate mh_access_gate = { before, after };
