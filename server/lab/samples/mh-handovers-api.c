/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/samples/mh-handovers-api.h"

#include "server/lab/samples/mh-aliquots-service.h"
#include "server/lab/samples/mh-handovers-service.h"
#include "server/lab/samples/mh-labels-service.h"
#include "shared/record/mh-record.h"

static MhReply *
handovers_api_make (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_handovers_service_make (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
handovers_api_read_one (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_handovers_service_read (mh_call_request (call), mh_call_param (call, "id"), error));
}

static MhReply *
handovers_api_list (MhCall *call, GError **error)
{
  GPtrArray *found = mh_handovers_service_list (mh_call_request (call), mh_call_after_key (call),
                                                mh_call_limit (call), error);
  return mh_reply_page (call, found, MH_ID);
}

static MhReply *
aliquot (MhCall *call, GError **error)
{
  return mh_reply_record (mh_aliquots_service_make (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error));
}

static MhReply *
handovers_api_print (MhCall *call, GError **error)
{
  return mh_reply_record (mh_labels_service_print (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error));
}

static MhReply *
round_pdf (MhCall *call, GError **error)
{
  GBytes *pdf = mh_rounds_service_pdf (mh_call_server (call), mh_call_actor (call),
                                       mh_call_query (call, "collection"),
                                       mh_call_query (call, "language"), error);
  return pdf != NULL ? mh_reply_bytes (pdf, "application/pdf", "collection-round.pdf") : NULL;
}

void
mh_handovers_bind (MhRouter *router)
{
  mh_router_bind (router, "handover.create", handovers_api_make);
  mh_router_bind (router, "handover.read", handovers_api_read_one);
  mh_router_bind (router, "handover.list", handovers_api_list);
  mh_router_bind (router, "sample.aliquot", aliquot);
  mh_router_bind (router, "label.print", handovers_api_print);
  mh_router_bind (router, "round.pdf", round_pdf);
}
