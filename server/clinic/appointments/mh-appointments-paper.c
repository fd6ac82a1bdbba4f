/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The token on paper. */
#include "server/clinic/appointments/mh-appointments-private.h"
#include "server/platform/actor/mh-request.h"

#include "server/platform/common/mh-edit.h"
#include "shared/records/clinic/mh-appointment.h"
#include "shared/records/mh-types.h"
#include "shared/reports/front/mh-report-token.h"

GBytes *
mh_appointments_slip (MhServer *server,
                      const MhActor *actor,
                      const char *id,
                      const char *language,
                      GError **error)
{
  MhStore *store = mh_server_store (server);
  MhDb *db = mh_store_take_reader (store, error);
  if (db == NULL)
    return NULL;

  g_autoptr (MhRecord) token
      = mh_edit_get (MH_REQUEST_DB (db, server, actor), &mh_token_type, id, error);
  g_autoptr (MhRecord) hospital
      = token != NULL ? mh_store_get (db, &mh_hospital_type,
                                      mh_record_text (token, MH_TOKEN_HOSPITAL_ID), error)
                      : NULL;

  mh_store_give_reader (store, db);
  if (hospital == NULL)
    return NULL;

  g_autoptr (MhDocument) document = mh_report_token (hospital, token, language);
  return mh_document_to_pdf (document, error);
}
