/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/ctl/mh-protocol-load.h"

#include "server/ctl/mh-data-file.h"
#include "server/dispatch/calls/mh-calls-protocol-service.h"
#include "shared/base/mh-error.h"
#include "shared/records/mh-types.h"

gboolean
mh_protocol_load (MhTx *tx, const char *hospital_id, GError **error)
{
  g_autofree char *content = NULL;
  g_autofree char *edition = NULL;
  g_autoptr (GError) inner = NULL;
  g_autofree char *path = mh_data_file_find ("dispatch-protocols.json", error);
  if (path == NULL)
    return FALSE;
  if (!g_file_get_contents (path, &content, NULL, &inner))
    {
      mh_error_set (error, MH_ERROR_NOT_FOUND, "%s cannot be read: %s", path, inner->message);
      return FALSE;
    }

  g_autofree char *id = mh_data_fixed_id (mh_dispatch_protocol_type.code, hospital_id);
  return mh_calls_protocol_service_put (tx, hospital_id, id, content, &edition, error);
}
