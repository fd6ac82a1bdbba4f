/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/results/mh-auto-api.h"

#include "server/lab/results/mh-auto-service.h"
#include "shared/records/lab/mh-auto.h"

static MhReply *
rule_list (MhCall *call, GError **error)
{
  GPtrArray *rules = mh_auto_service_rules (mh_call_request (call), error);
  return mh_reply_list (rules, NULL);
}

static MhReply *
rule_add (MhCall *call, GError **error)
{
  MhRecord *rule = mh_auto_service_add (mh_call_request (call), mh_call_body (call), error);
  return mh_reply_record (rule);
}

static MhReply *
rule_change (MhCall *call, GError **error)
{
  MhRecord *rule = mh_auto_service_change (mh_call_request (call), mh_call_param (call, "id"),
                                           mh_call_body (call), mh_call_if_match (call), error);
  return mh_reply_record (rule);
}

static MhReply *
rule_try (MhCall *call, GError **error)
{
  MhRecord *outcome = mh_auto_service_try (mh_call_request (call), mh_call_body (call),
                                           mh_call_now (call), error);
  return mh_reply_record (outcome);
}

static MhReply *
verify_queue (MhCall *call, GError **error)
{
  const char *const *after = mh_call_after (call);
  MhVerifyQuery query = { .limit = mh_call_limit (call), .now = mh_call_now (call) };
  if (after != NULL && g_strv_length ((char **)after) == 3)
    {
      query.after_pressing = g_ascii_strtoll (after[0], NULL, 10);
      query.after_at = g_ascii_strtoll (after[1], NULL, 10);
      query.after_id = after[2];
    }

  GPtrArray *rows = mh_auto_service_queue (mh_call_request (call), &query, error);
  if (rows == NULL || rows->len < query.limit)
    return mh_reply_list (rows, NULL);

  MhRecord *last = g_ptr_array_index (rows, rows->len - 1);
  char pressing[32], at[32];
  g_snprintf (pressing, sizeof pressing, "%" G_GINT64_FORMAT, mh_auto_pressing (last));
  g_snprintf (at, sizeof at, "%" G_GINT64_FORMAT, mh_record_int (last, MH_VERIFY_ROW_ORDERED_AT));

  const char *next[] = { pressing, at, mh_record_text (last, MH_VERIFY_ROW_ORDER_ID), NULL };
  return mh_reply_list (rows, next);
}

void
mh_auto_bind (MhRouter *router)
{
  mh_router_bind (router, "auto_rule.list", rule_list);
  mh_router_bind (router, "auto_rule.create", rule_add);
  mh_router_bind (router, "auto_rule.update", rule_change);
  mh_router_bind (router, "auto_rule.try", rule_try);
  mh_router_bind (router, "verify.queue", verify_queue);
}
