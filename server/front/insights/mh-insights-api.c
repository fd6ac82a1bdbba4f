/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/front/insights/mh-insights-api.h"

#include "server/front/insights/mh-insights-service.h"

static MhInsightWanted
insights_api_wanted_of (MhCall *call)
{
  return (MhInsightWanted){
    .figure = mh_call_param (call, "figure"),
    .by = mh_call_query (call, "by"),
    .from = mh_call_query (call, "from"),
    .to = mh_call_query (call, "to"),
    .segment = mh_call_query (call, "segment"),
    .bench = mh_call_query (call, "bench"),
    .test = mh_call_query (call, "test"),
    .priority = mh_call_query (call, "priority"),
    .key = mh_call_query (call, "key"),
  };
}

static MhReply *
insights_api_list (GPtrArray *found)
{
  return mh_reply_list (found, NULL);
}

static MhReply *
insight_read (MhCall *call, GError **error)
{
  MhInsightWanted wanted = insights_api_wanted_of (call);
  MhRecord *insight = mh_insights_service_make (mh_call_request (call), &wanted, error);
  return mh_reply_record (insight);
}

static MhReply *
insight_items (MhCall *call, GError **error)
{
  MhInsightWanted wanted = insights_api_wanted_of (call);
  return insights_api_list (
      mh_insights_service_items (mh_call_request (call), &wanted, mh_call_limit (call), error));
}

static MhReply *
insight_csv (MhCall *call, GError **error)
{
  MhInsightWanted wanted = insights_api_wanted_of (call);
  g_autofree char *name = NULL;
  GBytes *csv = mh_insights_service_csv (mh_call_server (call), mh_call_actor (call), &wanted,
                                         &name, error);
  return csv != NULL ? mh_reply_bytes (csv, "text/csv", name) : NULL;
}

static MhReply *
insight_pdf (MhCall *call, GError **error)
{
  MhInsightWanted wanted = insights_api_wanted_of (call);
  g_autofree char *name = NULL;
  GBytes *pdf = mh_insights_service_pdf (mh_call_server (call), mh_call_actor (call), &wanted,
                                         mh_call_query (call, "language"), &name, error);
  return pdf != NULL ? mh_reply_bytes (pdf, "application/pdf", name) : NULL;
}

static MhReply *
bench_load (MhCall *call, GError **error)
{
  return insights_api_list (mh_insights_service_benches (mh_call_request (call), error));
}

void
mh_insights_bind (MhRouter *router)
{
  mh_router_bind (router, "insight.read", insight_read);
  mh_router_bind (router, "insight.items", insight_items);
  mh_router_bind (router, "insight.csv", insight_csv);
  mh_router_bind (router, "insight.pdf", insight_pdf);
  mh_router_bind (router, "bench.load", bench_load);
}
