/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/clinic/papers/mh-visit-paper-api.h"

#include "server/clinic/papers/mh-visit-paper-service.h"
#include "server/platform/audit/mh-seen-api.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/platform/mh-audit.h"

static MhReply *
visit_pdf (MhCall *call, GError **error)
{
  const char *id = mh_call_param (call, "id");
  g_autoptr (MhRecord) visit = NULL;
  GBytes *paper = mh_visit_paper_service_pdf (mh_call_server (call), mh_call_actor (call), id,
                                              mh_call_query (call, "language"), &visit, error);
  if (paper == NULL)
    return NULL;
  mh_seen (call, MH_AUDIT_PRINT, &mh_visit_type, id, mh_record_text (visit, MH_VISIT_PATIENT_ID));
  return mh_reply_bytes (paper, "application/pdf", "visit.pdf");
}

void
mh_visit_paper_bind (MhRouter *router)
{
  mh_router_bind (router, "visit.pdf", visit_pdf);
}
