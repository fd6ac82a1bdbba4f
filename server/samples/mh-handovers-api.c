/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/samples/mh-handovers-api.h"

#include "server/mh-server-app.h"
#include "server/samples/mh-aliquots-service.h"
#include "server/samples/mh-handovers-service.h"
#include "server/samples/mh-labels-service.h"
#include "shared/records/mh-records.h"

static MhReply *
reply (MhRecord *record)
{
  return record != NULL ? mh_reply_record (record) : NULL;
}

static MhReply *
make (MhCall *call, GError **error)
{
  return reply (mh_handovers_service_make (mh_call_tx (call), mh_call_server (call),
                                           mh_call_actor (call), mh_call_body (call), error));
}

static MhReply *
read_one (MhCall *call, GError **error)
{
  return reply (mh_handovers_service_read (mh_call_db (call), mh_call_actor (call),
                                           mh_call_param (call, "id"), error));
}

static MhReply *
list (MhCall *call, GError **error)
{
  const char *const *after = mh_call_after (call);
  guint limit = mh_call_limit (call);
  GPtrArray *found = mh_handovers_service_list (mh_call_db (call), mh_call_actor (call),
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
aliquot (MhCall *call, GError **error)
{
  return reply (mh_aliquots_service_make (mh_call_tx (call), mh_call_server (call),
                                          mh_call_actor (call), mh_call_param (call, "id"),
                                          mh_call_body (call), error));
}

static MhReply *
print (MhCall *call, GError **error)
{
  return reply (mh_labels_service_print (mh_call_tx (call), mh_call_actor (call),
                                         mh_call_param (call, "id"), mh_call_body (call), error));
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
  mh_router_bind (router, "handover.create", make);
  mh_router_bind (router, "handover.read", read_one);
  mh_router_bind (router, "handover.list", list);
  mh_router_bind (router, "sample.aliquot", aliquot);
  mh_router_bind (router, "label.print", print);
  mh_router_bind (router, "round.pdf", round_pdf);
}
