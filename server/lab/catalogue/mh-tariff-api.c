/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/catalogue/mh-tariff-api.h"

#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/catalogue/mh-tariff-service.h"
#include "server/platform/runtime/mh-server.h"
#include "shared/records/mh-types.h"

static MhCatalogueView *
tariff_api_view_of (MhCall *call, GError **error)
{
  MhDb *db = mh_call_tx (call) != NULL ? mh_tx_db (mh_call_tx (call)) : mh_call_db (call);
  return mh_catalogue_view (mh_server_catalogue (mh_call_server (call)), db, error);
}

static MhReply *
tariff_api_list (MhCall *call, GError **error)
{
  const char *from = mh_call_after_key (call);
  gboolean rules = mh_call_route (call)->reply == &mh_tax_rule_type;
  g_autoptr (MhCatalogueView) view = tariff_api_view_of (call, error);
  if (view == NULL)
    return NULL;
  GPtrArray *found = (rules ? mh_tariff_rules : mh_tariff_lists) (
      view, mh_call_actor (call), mh_call_query (call, "q"), from, mh_call_limit (call));
  return mh_reply_page (call, found, MH_ID);
}

static MhReply *
list_read (MhCall *call, GError **error)
{
  MhRecord *found = mh_tariff_list_read (mh_call_request (call), mh_call_param (call, "id"), error);
  return mh_reply_record (found);
}

static MhReply *
tariff_api_changed (MhCall *call, MhRecord *record)
{
  if (record == NULL)
    return NULL;
  mh_catalogue_invalidate (mh_server_catalogue (mh_call_server (call)));
  return mh_reply_record (record);
}

static MhReply *
tariff_api_create (MhCall *call, GError **error)
{
  gboolean rule = mh_call_route (call)->reply == &mh_tax_rule_type;
  g_autoptr (MhCatalogueView) view = tariff_api_view_of (call, error);
  if (view == NULL)
    return NULL;
  return tariff_api_changed (call, (rule ? mh_tariff_rule_create : mh_tariff_list_create) (
                                       mh_call_request (call), view, mh_call_body (call), error));
}

static MhReply *
tariff_api_update (MhCall *call, GError **error)
{
  gboolean rule = mh_call_route (call)->reply == &mh_tax_rule_type;
  g_autoptr (MhCatalogueView) view = tariff_api_view_of (call, error);
  if (view == NULL)
    return NULL;
  return tariff_api_changed (call, (rule ? mh_tariff_rule_update : mh_tariff_list_update) (
                                       mh_call_request (call), view, mh_call_patch (call), error));
}

void
mh_tariff_bind (MhRouter *router)
{
  mh_router_bind (router, "price_list.list", tariff_api_list);
  mh_router_bind (router, "price_list.read", list_read);
  mh_router_bind (router, "price_list.create", tariff_api_create);
  mh_router_bind (router, "price_list.update", tariff_api_update);
  mh_router_bind (router, "tax_rule.list", tariff_api_list);
  mh_router_bind (router, "tax_rule.create", tariff_api_create);
  mh_router_bind (router, "tax_rule.update", tariff_api_update);
}
