/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/visits/mh-visits-api.h"

#include "server/audit/mh-read-log.h"
#include "server/mh-server-app.h"
#include "server/visits/mh-visits-service.h"
#include "server/visits/mh-vitals-service.h"
#include "shared/base/mh-date.h"
#include "shared/records/mh-audit.h"

static MhReply *
reply (MhRecord *record)
{
  return record != NULL ? mh_reply_record (record) : NULL;
}

static gint64
instant (MhCall *call, const char *name)
{
  gint64 at = 0;
  const char *text = mh_call_query (call, name);
  return text != NULL && mh_instant_parse (text, &at) ? at : 0;
}

static MhReply *
visit_list (MhCall *call, GError **error)
{
  const char *const *after = mh_call_after (call);
  gboolean has_cursor = after != NULL && after[0] != NULL && after[1] != NULL;
  const MhVisitsQuery query = {
    .patient_id = mh_call_query (call, "patient_id"),
    .doctor_id = mh_call_query (call, "doctor_id"),
    .department_id = mh_call_query (call, "department_id"),
    .kind = mh_call_query (call, "kind"),
    .status = mh_call_query (call, "status"),
    .open = g_strcmp0 (mh_call_query (call, "open"), "true") == 0,
    .from = instant (call, "from"),
    .to = instant (call, "to"),
    .before_at = has_cursor ? g_ascii_strtoll (after[0], NULL, 10) : 0,
    .before_id = has_cursor ? after[1] : NULL,
    .limit = mh_call_limit (call),
  };
  GPtrArray *found
      = mh_visits_service_list (mh_call_db (call), mh_call_actor (call), &query, error);
  if (found == NULL)
    return NULL;
  MhRecord *last = found->len == query.limit ? g_ptr_array_index (found, found->len - 1) : NULL;
  g_autofree char *at = last != NULL ? g_strdup_printf ("%" G_GINT64_FORMAT,
                                                        mh_record_int (last, MH_VISIT_ARRIVED_AT))
                                     : NULL;
  g_autofree char *id = last != NULL ? g_strdup (mh_record_id (last)) : NULL;
  const char *next[] = { at, id, NULL };
  mh_read_log_note_list (mh_server_read_log (mh_call_server (call)), mh_call_who (call),
                         mh_visit_type.code, found);
  return mh_reply_list (found, last != NULL ? next : NULL);
}

static MhReply *
visit_open (MhCall *call, GError **error)
{
  return reply (mh_visits_service_create (mh_call_tx (call), mh_call_actor (call),
                                          mh_call_body (call), error));
}

static MhReply *
visit_read (MhCall *call, GError **error)
{
  MhRecord *visit = mh_visits_service_read (mh_call_db (call), mh_call_actor (call),
                                            mh_call_param (call, "id"), error);
  if (visit == NULL)
    return NULL;
  mh_read_log_note_verb (mh_server_read_log (mh_call_server (call)), mh_call_who (call),
                         MH_AUDIT_READ, mh_visit_type.code, mh_record_id (visit),
                         mh_record_text (visit, MH_VISIT_PATIENT_ID));
  return mh_reply_record (visit);
}

static MhReply *
visit_update (MhCall *call, GError **error)
{
  return reply (mh_visits_service_update (mh_call_tx (call), mh_call_actor (call),
                                          mh_call_param (call, "id"), mh_call_if_match (call),
                                          mh_call_body (call), error));
}

static MhReply *
visit_move (MhCall *call, GError **error)
{
  return reply (mh_visits_service_move (mh_call_tx (call), mh_call_actor (call),
                                        mh_call_param (call, "id"), mh_call_body (call), error));
}

static MhReply *
visit_triage (MhCall *call, GError **error)
{
  return reply (mh_visits_service_triage (mh_call_tx (call), mh_call_actor (call),
                                          mh_call_param (call, "id"), mh_call_body (call), error));
}

static MhReply *
visit_scale (MhCall *call, GError **error)
{
  return reply (mh_visits_service_order_scale (mh_call_tx (call), mh_call_actor (call),
                                               mh_call_param (call, "id"), mh_call_body (call),
                                               error));
}

/* --- vital signs and fluids --- */

typedef struct
{
  gint64 before_at;
  const char *before_id;
  guint limit;
} Cursor;

static Cursor
cursor_of (MhCall *call)
{
  const char *const *after = mh_call_after (call);
  gboolean has = after != NULL && after[0] != NULL && after[1] != NULL;
  return (Cursor){ has ? g_ascii_strtoll (after[0], NULL, 10) : 0, has ? after[1] : NULL,
                   mh_call_limit (call) };
}

/* Takes @found, whose time is in @field. */
static MhReply *
page_of (MhCall *call, GPtrArray *found, guint field, guint limit)
{
  if (found == NULL)
    return NULL;
  MhRecord *last = found->len == limit ? g_ptr_array_index (found, found->len - 1) : NULL;
  g_autofree char *at
      = last != NULL ? g_strdup_printf ("%" G_GINT64_FORMAT, mh_record_int (last, field)) : NULL;
  g_autofree char *id = last != NULL ? g_strdup (mh_record_id (last)) : NULL;
  const char *next[] = { at, id, NULL };
  mh_read_log_note_list (mh_server_read_log (mh_call_server (call)), mh_call_who (call),
                         field == MH_FLUID_AT ? mh_fluid_type.code : mh_vitals_type.code, found);
  return mh_reply_list (found, last != NULL ? next : NULL);
}

static MhReply *
vitals_list (MhCall *call, GError **error)
{
  Cursor cursor = cursor_of (call);
  return page_of (call,
                  mh_vitals_service_list (mh_call_db (call), mh_call_actor (call),
                                          mh_call_query (call, "patient_id"),
                                          mh_call_query (call, "visit_id"), cursor.before_at,
                                          cursor.before_id, cursor.limit, error),
                  MH_VITALS_TAKEN_AT, cursor.limit);
}

static MhReply *
vitals_record (MhCall *call, GError **error)
{
  return reply (mh_vitals_service_record (mh_call_tx (call), mh_call_actor (call),
                                          mh_call_body (call), error));
}

static MhReply *
vitals_read (MhCall *call, GError **error)
{
  MhRecord *vitals = mh_vitals_service_read (mh_call_db (call), mh_call_actor (call),
                                             mh_call_param (call, "id"), error);
  if (vitals != NULL)
    mh_read_log_note_verb (mh_server_read_log (mh_call_server (call)), mh_call_who (call),
                           MH_AUDIT_READ, mh_vitals_type.code, mh_record_id (vitals),
                           mh_record_text (vitals, MH_VITALS_PATIENT_ID));
  return reply (vitals);
}

static MhReply *
vitals_strike (MhCall *call, GError **error)
{
  return reply (mh_vitals_service_strike (mh_call_tx (call), mh_call_actor (call),
                                          mh_call_param (call, "id"), mh_call_body (call), error));
}

static MhReply *
visit_pdf (MhCall *call, GError **error)
{
  const char *id = mh_call_param (call, "id");
  g_autoptr (MhRecord) visit = NULL;
  GBytes *paper = mh_visits_service_pdf (mh_call_server (call), mh_call_actor (call), id,
                                         mh_call_query (call, "language"), &visit, error);
  if (paper == NULL)
    return NULL;
  mh_read_log_note_verb (mh_server_read_log (mh_call_server (call)), mh_call_who (call),
                         MH_AUDIT_PRINT, mh_visit_type.code, id,
                         mh_record_text (visit, MH_VISIT_PATIENT_ID));
  return mh_reply_bytes (paper, "application/pdf", "visit.pdf");
}

static MhReply *
fluid_list (MhCall *call, GError **error)
{
  Cursor cursor = cursor_of (call);
  return page_of (call,
                  mh_fluids_service_list (mh_call_db (call), mh_call_actor (call),
                                          mh_call_query (call, "visit_id"), cursor.before_at,
                                          cursor.before_id, cursor.limit, error),
                  MH_FLUID_AT, cursor.limit);
}

static MhReply *
fluid_add (MhCall *call, GError **error)
{
  return reply (
      mh_fluids_service_add (mh_call_tx (call), mh_call_actor (call), mh_call_body (call), error));
}

static MhReply *
fluid_strike (MhCall *call, GError **error)
{
  return reply (mh_fluids_service_strike (mh_call_tx (call), mh_call_actor (call),
                                          mh_call_param (call, "id"), mh_call_body (call), error));
}

void
mh_visits_bind (MhRouter *router)
{
  mh_router_bind (router, "visit.list", visit_list);
  mh_router_bind (router, "visit.open", visit_open);
  mh_router_bind (router, "visit.read", visit_read);
  mh_router_bind (router, "visit.update", visit_update);
  mh_router_bind (router, "visit.move", visit_move);
  mh_router_bind (router, "visit.triage", visit_triage);
  mh_router_bind (router, "visit.spo2_scale", visit_scale);
  mh_router_bind (router, "visit.pdf", visit_pdf);
  mh_router_bind (router, "vitals.list", vitals_list);
  mh_router_bind (router, "vitals.record", vitals_record);
  mh_router_bind (router, "vitals.read", vitals_read);
  mh_router_bind (router, "vitals.strike", vitals_strike);
  mh_router_bind (router, "fluid.list", fluid_list);
  mh_router_bind (router, "fluid.add", fluid_add);
  mh_router_bind (router, "fluid.strike", fluid_strike);
}
