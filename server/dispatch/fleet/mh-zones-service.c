/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/dispatch/fleet/mh-zones-service.h"

#include "server/people/admin/mh-directory-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/geo/mh-fence.h"
#include "shared/records/dispatch/mh-unit.h"

static gboolean
zones_service_check (MhRecord *sent, GError **error)
{
  if (!mh_record_has (sent, MH_ZONE_CORNERS))
    return TRUE;
  g_autoptr (MhFence) fence = mh_fence_read ("", mh_record_text (sent, MH_ZONE_CORNERS), error);
  return fence != NULL;
}

MhRecord *
mh_zones_service_create (const MhRequest *req, MhRecord *draft, GError **error)
{
  return zones_service_check (draft, error) ? mh_directory_create (req, draft, error) : NULL;
}

MhRecord *
mh_zones_service_update (const MhRequest *req, MhPatch patch, GError **error)
{
  return zones_service_check (patch.body, error) ? mh_directory_update (req, patch, error) : NULL;
}
