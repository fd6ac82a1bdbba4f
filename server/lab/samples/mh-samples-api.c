/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/samples/mh-samples-api.h"

#include "server/lab/samples/mh-samples-service.h"
#include "server/platform/audit/mh-seen-api.h"
#include "shared/base/mh-check-digit.h"
#include "shared/records/mh-types.h"
#include "shared/records/platform/mh-audit.h"

static MhReply *
sample_list (MhCall *call, GError **error)
{
  const char *typed = mh_call_query (call, "accession");
  if (typed == NULL)
    typed = mh_call_query (call, "q");
  g_autofree char *accession = typed != NULL ? mh_accession_normalise (typed) : NULL;

  if (typed != NULL && accession == NULL)
    {
      /* A number that fails its check is refused before any look-up. */
      mh_error_set_field (error, "accession", "format",
                          "The check character is wrong; scan the label again.");
      return NULL;
    }

  GPtrArray *samples = mh_samples_service_list (
      mh_call_request (call), accession, mh_call_query (call, "order_id"), mh_call_after_key (call),
      mh_call_limit (call), error);
  if (samples == NULL)
    return NULL;

  gboolean pages = accession == NULL && mh_call_query (call, "order_id") == NULL;
  mh_seen_list (call, &mh_sample_type, samples);
  return pages ? mh_reply_page (call, samples, MH_ID) : mh_reply_list (samples, NULL);
}

static MhReply *
sample_read (MhCall *call, GError **error)
{
  MhRecord *sample
      = mh_samples_service_read (mh_call_request (call), mh_call_param (call, "id"), error);
  mh_seen_record (call, MH_AUDIT_READ, sample);
  return mh_reply_record (sample);
}

static MhReply *
custody_list (MhCall *call, GError **error)
{
  GPtrArray *events
      = mh_samples_service_events (mh_call_request (call), mh_call_param (call, "id"), error);
  return mh_reply_list (events, NULL);
}

static MhReply *
custody_add (MhCall *call, GError **error)
{
  MhRecord *sample = mh_samples_service_event (mh_call_request (call), mh_call_param (call, "id"),
                                               mh_call_body (call), error);
  return mh_reply_record (sample);
}

void
mh_samples_bind (MhRouter *router)
{
  mh_router_bind (router, "sample.list", sample_list);
  mh_router_bind (router, "sample.read", sample_read);
  mh_router_bind (router, "custody.list", custody_list);
  mh_router_bind (router, "custody.add", custody_add);
}
