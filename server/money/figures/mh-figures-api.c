/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/figures/mh-figures-api.h"

#include "server/money/figures/mh-figures-service.h"
#include "shared/record/mh-record.h"

static MhFiguresWanted
figures_api_wanted_of (MhCall *call)
{
  return (MhFiguresWanted){
    .report = mh_call_param (call, "report"),
    .by = mh_call_query (call, "by"),
    .from = mh_call_query (call, "from"),
    .to = mh_call_query (call, "to"),
  };
}

static MhReply *
figures_read (MhCall *call, GError **error)
{
  MhFiguresWanted wanted = figures_api_wanted_of (call);
  MhRecord *figures = mh_figures_service_make (mh_call_request (call), &wanted, error);
  return mh_reply_record (figures);
}

static MhReply *
figures_csv (MhCall *call, GError **error)
{
  MhFiguresWanted wanted = figures_api_wanted_of (call);
  g_autofree char *name = NULL;
  GBytes *csv
      = mh_figures_service_csv (mh_call_server (call), mh_call_actor (call), &wanted, &name, error);
  return csv != NULL ? mh_reply_bytes (csv, "text/csv", name) : NULL;
}

static MhReply *
figures_pdf (MhCall *call, GError **error)
{
  MhFiguresWanted wanted = figures_api_wanted_of (call);
  g_autofree char *name = NULL;
  GBytes *pdf = mh_figures_service_pdf (mh_call_server (call), mh_call_actor (call), &wanted,
                                        mh_call_query (call, "language"), &name, error);
  return pdf != NULL ? mh_reply_bytes (pdf, "application/pdf", name) : NULL;
}

void
mh_figures_bind (MhRouter *router)
{
  mh_router_bind (router, "figures.read", figures_read);
  mh_router_bind (router, "figures.csv", figures_csv);
  mh_router_bind (router, "figures.pdf", figures_pdf);
}
