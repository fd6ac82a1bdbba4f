/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/referral/mh-referrals-api.h"

#include "server/admin/mh-directory-service.h"
#include "server/audit/mh-read-log.h"
#include "server/mh-server-app.h"
#include "server/referral/mh-referrals-service.h"
#include "shared/records/mh-records.h"

static MhReply *
reply (MhRecord *record)
{
  return record != NULL ? mh_reply_record (record) : NULL;
}

static MhReply *
lab_list (MhCall *call, GError **error)
{
  const char *const *after = mh_call_after (call);
  g_autofree char *next = NULL;
  MhDirectoryQuery query = { .q = mh_call_query (call, "q"),
                             .after = after != NULL ? after[0] : NULL,
                             .limit = mh_call_limit (call) };
  GPtrArray *found = mh_directory_list (mh_call_db (call), mh_call_actor (call),
                                        &mh_reference_lab_type, &query, &next, error);
  const char *parts[] = { next, NULL };
  return found != NULL ? mh_reply_list (found, next != NULL ? parts : NULL) : NULL;
}

static MhReply *
lab_create (MhCall *call, GError **error)
{
  return reply (mh_referrals_service_add_lab (mh_call_tx (call), mh_call_actor (call),
                                              mh_call_body (call), error));
}

static MhReply *
lab_update (MhCall *call, GError **error)
{
  return reply (mh_directory_update (mh_call_tx (call), mh_call_actor (call),
                                     mh_call_param (call, "id"), mh_call_if_match (call),
                                     mh_call_body (call), error));
}

static MhReply *
list (MhCall *call, GError **error)
{
  const char *const *after = mh_call_after (call);
  guint limit = mh_call_limit (call);
  GPtrArray *found = mh_referrals_service_list (mh_call_db (call), mh_call_actor (call),
                                                mh_call_query (call, "status"),
                                                after != NULL ? after[0] : NULL, limit, error);
  if (found == NULL)
    return NULL;
  const char *next[]
      = { found->len == limit ? mh_record_id (g_ptr_array_index (found, found->len - 1)) : NULL,
          NULL };
  g_auto (GStrv) parts = next[0] != NULL ? g_strdupv ((char **)next) : NULL;
  return mh_reply_list (found, (const char *const *)parts);
}

static MhReply *
pack (MhCall *call, GError **error)
{
  return reply (mh_referrals_service_pack (mh_call_tx (call), mh_call_actor (call),
                                           mh_call_body (call), error));
}

static MhReply *
read_one (MhCall *call, GError **error)
{
  MhRecord *referral = mh_referrals_service_read (mh_call_db (call), mh_call_actor (call),
                                                  mh_call_param (call, "id"), error);
  if (referral != NULL)
    mh_read_log_note (mh_server_read_log (mh_call_server (call)), mh_call_who (call),
                      mh_referral_type.code, mh_record_id (referral), NULL);
  return reply (referral);
}

static MhReply *
step (MhCall *call, GError **error)
{
  return reply (mh_referrals_service_step (mh_call_tx (call), mh_call_server (call),
                                           mh_call_actor (call), mh_call_param (call, "id"),
                                           mh_call_body (call), error));
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
  mh_read_log_note (mh_server_read_log (mh_call_server (call)), mh_call_who (call),
                    mh_referral_type.code, mh_call_param (call, "id"), NULL);
  return mh_reply_bytes (pdf, "application/pdf", name);
}

void
mh_referrals_bind (MhRouter *router)
{
  mh_router_bind (router, "reference_lab.list", lab_list);
  mh_router_bind (router, "reference_lab.create", lab_create);
  mh_router_bind (router, "reference_lab.update", lab_update);
  mh_router_bind (router, "referral.list", list);
  mh_router_bind (router, "referral.create", pack);
  mh_router_bind (router, "referral.read", read_one);
  mh_router_bind (router, "referral.step", step);
  mh_router_bind (router, "referral.manifest", manifest);
}
