/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/dispatch/hospitals/mh-sites-api.h"

#include "server/dispatch/hospitals/mh-arrivals-service.h"
#include "server/dispatch/hospitals/mh-destinations-service.h"
#include "server/dispatch/hospitals/mh-sites-service.h"
#include "server/people/admin/mh-directory-api.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/audit/mh-seen-api.h"
#include "shared/records/dispatch/mh-arrival.h"
#include "shared/records/dispatch/mh-care-site.h"
#include "shared/records/platform/mh-audit.h"

/* --- the register --- */

static MhReply *
sites_api_list (MhCall *call, GError **error)
{
  return mh_directory_reply_list (call, &mh_care_site_type, error);
}

static MhReply *
sites_api_read (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_sites_service_read (mh_call_request (call), mh_call_param (call, "id"), error));
}

static MhReply *
sites_api_create (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_sites_service_create (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
sites_api_update (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_sites_service_update (mh_call_request (call), mh_call_patch (call), error));
}

/* --- beds --- */

static MhReply *
sites_api_capacity (MhCall *call, GError **error)
{
  return mh_reply_whole_list (
      call, mh_sites_service_list (mh_call_request (call), mh_call_now (call), error));
}

static MhReply *
sites_api_report (MhCall *call, GError **error)
{
  return mh_reply_record (mh_sites_service_report (mh_call_request (call),
                                                   mh_call_param (call, "id"), mh_call_body (call),
                                                   mh_call_made_at (call), error));
}

static MhReply *
sites_api_reports (MhCall *call, GError **error)
{
  return mh_reply_page (call,
                        mh_sites_service_reports (mh_call_request (call),
                                                  mh_call_param (call, "id"), mh_call_page (call),
                                                  error),
                        MH_SITE_REPORT_AT);
}

/* --- diversions --- */

static MhReply *
sites_api_diversions (MhCall *call, GError **error)
{
  return mh_reply_page (call,
                        mh_sites_service_diversions (mh_call_request (call),
                                                     mh_call_param (call, "id"),
                                                     mh_call_page (call), error),
                        MH_DIVERSION_STARTS_AT);
}

static MhReply *
sites_api_divert (MhCall *call, GError **error)
{
  return mh_reply_record (mh_sites_service_divert (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error));
}

static MhReply *
sites_api_renew (MhCall *call, GError **error)
{
  return mh_reply_record (mh_sites_service_renew (
      mh_call_request (call), mh_call_param (call, "id"),
      mh_record_int (mh_call_body (call), MH_DIVERSION_RENEWAL_UNTIL), error));
}

static MhReply *
sites_api_end (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_sites_service_end_diversion (mh_call_request (call), mh_call_param (call, "id"), error));
}

/* --- where to --- */

/* The map may be read just now, which takes longer than a snapshot should be held. */
static MhReply *
sites_api_destinations (MhCall *call, GError **error)
{
  const MhDestinationsQuery query = {
    .call_id = mh_call_query (call, "call_id"),
    .at = mh_call_query (call, "at"),
    .need = mh_call_query (call, "need"),
    .priority = mh_call_query (call, "priority"),
    .now = mh_call_now (call),
  };
  MhDb *db = mh_store_take_reader (mh_call_store (call), error);
  if (db == NULL)
    return NULL;
  GPtrArray *found = mh_destinations_service_list (
      MH_REQUEST_DB (db, mh_call_server (call), mh_call_actor (call)),
      mh_server_maps (mh_call_server (call)), &query, error);
  mh_store_give_reader (mh_call_store (call), db);
  return mh_reply_whole_list (call, found);
}

/* --- who comes --- */

static MhReply *
sites_api_arrivals (MhCall *call, GError **error)
{
  const MhArrivalsQuery query = {
    .site_id = mh_call_query (call, "site_id"),
    .call_id = mh_call_query (call, "call_id"),
    .open = g_strcmp0 (mh_call_query (call, "open"), "true") == 0,
    .page = mh_call_page (call),
  };
  GPtrArray *found = mh_arrivals_service_list (mh_call_request (call), &query, error);

  mh_seen_list (call, &mh_arrival_type, found);
  return mh_reply_page (call, found, MH_ARRIVAL_TOLD_AT);
}

static MhReply *
sites_api_arrival (MhCall *call, GError **error)
{
  MhRecord *found
      = mh_arrivals_service_read (mh_call_request (call), mh_call_param (call, "id"), error);
  mh_seen_record (call, MH_AUDIT_READ, found);
  return mh_reply_record (found);
}

static MhReply *
sites_api_tell (MhCall *call, GError **error)
{
  return mh_reply_record (mh_arrivals_service_tell (mh_call_request (call), mh_call_body (call),
                                                    mh_call_made_at (call), error));
}

static MhReply *
sites_api_step (MhCall *call, GError **error)
{
  return mh_reply_record (mh_arrivals_service_step (mh_call_request (call),
                                                    mh_call_param (call, "id"), mh_call_body (call),
                                                    mh_call_made_at (call), error));
}

void
mh_sites_bind (MhRouter *router)
{
  mh_router_bind (router, "site.list", sites_api_list);
  mh_router_bind (router, "site.read", sites_api_read);
  mh_router_bind (router, "site.create", sites_api_create);
  mh_router_bind (router, "site.update", sites_api_update);
  mh_router_bind (router, "capacity.list", sites_api_capacity);
  mh_router_bind (router, "capacity.report", sites_api_report);
  mh_router_bind (router, "capacity.history", sites_api_reports);
  mh_router_bind (router, "diversion.list", sites_api_diversions);
  mh_router_bind (router, "diversion.begin", sites_api_divert);
  mh_router_bind (router, "diversion.renew", sites_api_renew);
  mh_router_bind (router, "diversion.end", sites_api_end);
  mh_router_bind (router, "destination.list", sites_api_destinations);
  mh_router_bind (router, "arrival.list", sites_api_arrivals);
  mh_router_bind (router, "arrival.read", sites_api_arrival);
  mh_router_bind (router, "arrival.tell", sites_api_tell);
  mh_router_bind (router, "arrival.step", sites_api_step);
}
