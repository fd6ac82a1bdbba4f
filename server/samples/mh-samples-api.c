/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/samples/mh-samples-api.h"

#include "server/audit/mh-read-log.h"
#include "server/mh-server-app.h"
#include "server/samples/mh-samples-service.h"
#include "shared/base/mh-check-digit.h"
#include "shared/records/mh-records.h"

static MhReply *
sample_list (MhCall *call, GError **error)
{
  const char *typed = mh_call_query (call, "accession");
  const char *const *after = mh_call_after (call);
  guint limit = mh_call_limit (call);
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
  GPtrArray *samples = mh_samples_service_list (mh_call_db (call), mh_call_actor (call), accession,
                                                mh_call_query (call, "order_id"),
                                                after != NULL ? after[0] : NULL, limit, error);
  if (samples == NULL)
    return NULL;
  gboolean more = accession == NULL && mh_call_query (call, "order_id") == NULL
                  && samples->len == limit && limit > 0;
  const char *next[]
      = { more ? mh_record_id (g_ptr_array_index (samples, samples->len - 1)) : NULL, NULL };
  g_auto (GStrv) parts = more ? g_strdupv ((char **)next) : NULL;
  mh_read_log_note_list (mh_server_read_log (mh_call_server (call)), mh_call_who (call),
                         mh_sample_type.code, samples);
  return mh_reply_list (samples, (const char *const *)parts);
}

static MhReply *
sample_read (MhCall *call, GError **error)
{
  MhRecord *sample = mh_samples_service_read (mh_call_db (call), mh_call_actor (call),
                                              mh_call_param (call, "id"), error);
  if (sample == NULL)
    return NULL;
  mh_read_log_note (mh_server_read_log (mh_call_server (call)), mh_call_who (call),
                    mh_sample_type.code, mh_record_id (sample),
                    mh_record_text (sample, MH_SAMPLE_PATIENT_ID));
  return mh_reply_record (sample);
}

static MhReply *
custody_list (MhCall *call, GError **error)
{
  GPtrArray *events = mh_samples_service_events (mh_call_db (call), mh_call_actor (call),
                                                 mh_call_param (call, "id"), error);
  return events != NULL ? mh_reply_list (events, NULL) : NULL;
}

static MhReply *
custody_add (MhCall *call, GError **error)
{
  MhRecord *sample
      = mh_samples_service_event (mh_call_tx (call), mh_call_server (call), mh_call_actor (call),
                                  mh_call_param (call, "id"), mh_call_body (call), error);
  return sample != NULL ? mh_reply_record (sample) : NULL;
}

void
mh_samples_bind (MhRouter *router)
{
  mh_router_bind (router, "sample.list", sample_list);
  mh_router_bind (router, "sample.read", sample_read);
  mh_router_bind (router, "custody.list", custody_list);
  mh_router_bind (router, "custody.add", custody_add);
}
