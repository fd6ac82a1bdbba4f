/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/clinic/visits/mh-visits-api.h"

#include "server/clinic/visits/mh-visits-service.h"
#include "server/clinic/visits/mh-vitals-service.h"
#include "server/platform/audit/mh-seen-api.h"
#include "shared/base/mh-date.h"
#include "shared/records/clinic/mh-triage.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/clinic/mh-vitals.h"
#include "shared/records/platform/mh-audit.h"

static gint64
visits_api_instant (MhCall *call, const char *name)
{
  gint64 at = 0;
  const char *text = mh_call_query (call, name);
  return text != NULL && mh_instant_parse (text, &at) ? at : 0;
}

static MhReply *
visit_list (MhCall *call, GError **error)
{
  const MhVisitsQuery query = {
    .patient_id = mh_call_query (call, "patient_id"),
    .doctor_id = mh_call_query (call, "doctor_id"),
    .department_id = mh_call_query (call, "department_id"),
    .kind = mh_call_query (call, "kind"),
    .status = mh_call_query (call, "status"),
    .open = g_strcmp0 (mh_call_query (call, "open"), "true") == 0,
    .from = visits_api_instant (call, "from"),
    .to = visits_api_instant (call, "to"),
    .before_at = mh_call_after_at (call),
    .before_id = mh_call_after_id (call),
    .limit = mh_call_limit (call),
  };
  GPtrArray *found = mh_visits_service_list (mh_call_request (call), &query, error);

  mh_seen_list (call, &mh_visit_type, found);
  return mh_reply_page (call, found, MH_VISIT_ARRIVED_AT);
}

static MhReply *
visit_open (MhCall *call, GError **error)
{
  gint64 made_at = mh_call_made_at (call);
  if (made_at != 0 && !mh_record_has (mh_call_body (call), MH_VISIT_ARRIVED_AT))
    mh_record_set_int (mh_call_body (call), MH_VISIT_ARRIVED_AT, made_at);
  return mh_reply_record (
      mh_visits_service_create (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
visit_read (MhCall *call, GError **error)
{
  MhRecord *visit
      = mh_visits_service_read (mh_call_request (call), mh_call_param (call, "id"), error);
  mh_seen_record (call, MH_AUDIT_READ, visit);
  return mh_reply_record (visit);
}

static MhReply *
visit_update (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_visits_service_update (mh_call_request (call), mh_call_patch (call), error));
}

static MhReply *
visit_move (MhCall *call, GError **error)
{
  return mh_reply_record (mh_visits_service_move (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error));
}

static MhReply *
visit_triage (MhCall *call, GError **error)
{
  return mh_reply_record (mh_visits_service_triage (mh_call_request (call),
                                                    mh_call_param (call, "id"), mh_call_body (call),
                                                    mh_call_made_at (call), error));
}

static MhReply *
visit_scale (MhCall *call, GError **error)
{
  return mh_reply_record (mh_visits_service_order_scale (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error));
}

/* --- vital signs and fluids --- */

static MhReply *
vitals_list (MhCall *call, GError **error)
{
  GPtrArray *found
      = mh_vitals_service_list (mh_call_request (call), mh_call_query (call, "patient_id"),
                                mh_call_query (call, "visit_id"), mh_call_page (call), error);
  mh_seen_list (call, &mh_vitals_type, found);
  return mh_reply_page (call, found, MH_VITALS_TAKEN_AT);
}

static MhReply *
vitals_record (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_vitals_service_record (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
vitals_read (MhCall *call, GError **error)
{
  MhRecord *vitals
      = mh_vitals_service_read (mh_call_request (call), mh_call_param (call, "id"), error);
  mh_seen_record (call, MH_AUDIT_READ, vitals);
  return mh_reply_record (vitals);
}

static MhReply *
vitals_strike (MhCall *call, GError **error)
{
  return mh_reply_record (mh_vitals_service_strike (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error));
}

static MhReply *
fluid_list (MhCall *call, GError **error)
{
  GPtrArray *found = mh_fluids_service_list (
      mh_call_request (call), mh_call_query (call, "visit_id"), mh_call_page (call), error);
  mh_seen_list (call, &mh_fluid_type, found);
  return mh_reply_page (call, found, MH_FLUID_AT);
}

static MhReply *
fluid_add (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_fluids_service_add (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
fluid_strike (MhCall *call, GError **error)
{
  return mh_reply_record (mh_fluids_service_strike (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error));
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
  mh_router_bind (router, "vitals.list", vitals_list);
  mh_router_bind (router, "vitals.record", vitals_record);
  mh_router_bind (router, "vitals.read", vitals_read);
  mh_router_bind (router, "vitals.strike", vitals_strike);
  mh_router_bind (router, "fluid.list", fluid_list);
  mh_router_bind (router, "fluid.add", fluid_add);
  mh_router_bind (router, "fluid.strike", fluid_strike);
}
