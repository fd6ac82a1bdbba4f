/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/referral/mh-referrals-api.h"

#include "server/lab/referral/mh-referrals-service.h"
#include "server/people/admin/mh-directory-api.h"
#include "server/platform/audit/mh-seen-api.h"
#include "shared/records/mh-types.h"
#include "shared/records/platform/mh-audit.h"

static MhReply *
lab_list (MhCall *call, GError **error)
{
  return mh_directory_reply_list (call, &mh_reference_lab_type, error);
}

static MhReply *
lab_create (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_referrals_service_add_lab (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
lab_update (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_directory_update (mh_call_request (call), mh_call_patch (call), error));
}

static MhReply *
referrals_api_list (MhCall *call, GError **error)
{
  GPtrArray *found
      = mh_referrals_service_list (mh_call_request (call), mh_call_query (call, "status"),
                                   mh_call_after_key (call), mh_call_limit (call), error);
  return mh_reply_page (call, found, MH_ID);
}

static MhReply *
referrals_api_pack (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_referrals_service_pack (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
referrals_api_read_one (MhCall *call, GError **error)
{
  MhRecord *referral
      = mh_referrals_service_read (mh_call_request (call), mh_call_param (call, "id"), error);
  if (referral != NULL)
    mh_seen (call, MH_AUDIT_READ, &mh_referral_type, mh_record_id (referral), NULL);
  return mh_reply_record (referral);
}

static MhReply *
referrals_api_step (MhCall *call, GError **error)
{
  return mh_reply_record (mh_referrals_service_step (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error));
}

static MhReply *
manifest (MhCall *call, GError **error)
{
  g_autofree char *number = NULL;
  GBytes *pdf = mh_referrals_service_manifest (mh_call_server (call), mh_call_actor (call),
                                               mh_call_param (call, "id"),
                                               mh_call_query (call, "language"), &number, error);
  g_autofree char *name = g_strdup_printf ("%s.pdf", number);
  if (pdf == NULL)
    return NULL;
  mh_seen (call, MH_AUDIT_READ, &mh_referral_type, mh_call_param (call, "id"), NULL);
  return mh_reply_bytes (pdf, "application/pdf", name);
}

void
mh_referrals_bind (MhRouter *router)
{
  mh_router_bind (router, "reference_lab.list", lab_list);
  mh_router_bind (router, "reference_lab.create", lab_create);
  mh_router_bind (router, "reference_lab.update", lab_update);
  mh_router_bind (router, "referral.list", referrals_api_list);
  mh_router_bind (router, "referral.create", referrals_api_pack);
  mh_router_bind (router, "referral.read", referrals_api_read_one);
  mh_router_bind (router, "referral.step", referrals_api_step);
  mh_router_bind (router, "referral.manifest", manifest);
}
