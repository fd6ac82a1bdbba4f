/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/catalogue/mh-catalogue-api.h"

#include "server/lab/catalogue/mh-catalogue-service.h"
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/platform/runtime/mh-server.h"
#include "shared/records/mh-types.h"

MhCatalogueView *
mh_catalogue_view_of (MhCall *call, GError **error)
{
  MhDb *db = mh_call_tx (call) != NULL ? mh_tx_db (mh_call_tx (call)) : mh_call_db (call);
  return mh_catalogue_view (mh_server_catalogue (mh_call_server (call)), db, error);
}

static MhReply *
catalogue_api_list (MhCall *call, GError **error)
{
  g_autoptr (MhCatalogueView) view = mh_catalogue_view_of (call, error);
  if (view == NULL)
    return NULL;
  const MhRecordType *type = mh_call_route (call)->reply;
  const char *analyte = type == &mh_reference_range_type ? mh_call_query (call, "analyte") : NULL;
  GPtrArray *found = mh_catalogue_service_list (
      view, type,
      &(MhCatalogueQuery){ mh_call_query (call, "q"), analyte, mh_call_after_key (call),
                           mh_call_limit (call) });
  return mh_reply_page (call, found, MH_ID);
}

static MhReply *
catalogue_api_read_row (MhCall *call, GError **error)
{
  MhRecord *row = mh_store_get (mh_call_db (call), mh_call_route (call)->reply,
                                mh_call_param (call, "id"), error);
  return mh_reply_record (row);
}

static MhReply *
remove_range (MhCall *call, GError **error)
{
  if (!mh_catalogue_service_remove (mh_call_request (call), &mh_reference_range_type,
                                    mh_call_param (call, "id"), mh_call_if_match (call), error))
    return NULL;
  mh_catalogue_invalidate (mh_server_catalogue (mh_call_server (call)));
  return mh_reply_empty ();
}

static MhReply *
catalogue_api_add (MhCall *call, GError **error)
{
  g_autoptr (MhCatalogueView) view = mh_catalogue_view_of (call, error);
  MhRecord *record = view != NULL ? mh_catalogue_service_add (mh_call_request (call), view,
                                                              mh_call_body (call), error)
                                  : NULL;
  if (record == NULL)
    return NULL;
  mh_catalogue_invalidate (mh_server_catalogue (mh_call_server (call)));
  return mh_reply_record (record);
}

static MhReply *
catalogue_api_change (MhCall *call, GError **error)
{
  g_autoptr (MhCatalogueView) view = mh_catalogue_view_of (call, error);
  MhRecord *record = view != NULL ? mh_catalogue_service_change (mh_call_request (call), view,
                                                                 mh_call_patch (call), error)
                                  : NULL;
  if (record == NULL)
    return NULL;
  mh_catalogue_invalidate (mh_server_catalogue (mh_call_server (call)));
  return mh_reply_record (record);
}

void
mh_catalogue_bind (MhRouter *router)
{
  static const char *const lists[]
      = { "test.list",         "panel.list",     "analyte.list",         "range.list",
          "container.list",    "value_set.list", "bench.list",           "reflex_rule.list",
          "reagent.list",      "phrase.list",    "breakpoint.list",      "organism.list",
          "antibiotic.list",   "medicine.list",  "drug_ingredient.list", "drug_interaction.list",
          "allergy_cross.list" };
  static const char *const adds[] = { "test.create",
                                      "panel.create",
                                      "analyte.create",
                                      "range.create",
                                      "container.create",
                                      "reflex_rule.create",
                                      "reagent.create",
                                      "phrase.create",
                                      "breakpoint.create",
                                      "medicine.create",
                                      "drug_ingredient.create",
                                      "drug_interaction.create",
                                      "allergy_cross.create",
                                      "bench.create" };
  static const char *const changes[] = { "test.update",
                                         "panel.update",
                                         "analyte.update",
                                         "range.update",
                                         "container.update",
                                         "reflex_rule.update",
                                         "reagent.update",
                                         "phrase.update",
                                         "breakpoint.update",
                                         "medicine.update",
                                         "drug_ingredient.update",
                                         "drug_interaction.update",
                                         "allergy_cross.update",
                                         "bench.update" };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    mh_router_bind (router, lists[i], catalogue_api_list);
  for (guint i = 0; i < G_N_ELEMENTS (adds); i++)
    mh_router_bind (router, adds[i], catalogue_api_add);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    mh_router_bind (router, changes[i], catalogue_api_change);
  mh_router_bind (router, "test.read", catalogue_api_read_row);
  mh_router_bind (router, "analyte.read", catalogue_api_read_row);
  mh_router_bind (router, "range.remove", remove_range);
  mh_catalogue_rows_bind (router);
  mh_reagent_bind (router);
}
