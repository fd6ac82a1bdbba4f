/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/dispatch/fleet/mh-units-service.h"

#include "server/dispatch/fleet/mh-fleet-store.h"
#include "server/people/admin/mh-directory-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/records/dispatch/mh-unit.h"
#include "shared/records/mh-types.h"

/* --- the register --- */

static gboolean
units_service_check_zone (MhDb *db, const char *hospital_id, MhRecord *sent, GError **error)
{
  if (!mh_record_has (sent, MH_UNIT_ZONE))
    return TRUE;

  int known = mh_fleet_store_covers (db, hospital_id, mh_record_text (sent, MH_UNIT_ZONE), error);
  if (known == 0)
    mh_error_set_field (error, "zone", "unknown",
                        "No area to be covered has this code; choose one from the list.");
  return known > 0;
}

MhRecord *
mh_units_service_create (const MhRequest *req, MhRecord *draft, GError **error)
{
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  return hospital_id != NULL && units_service_check_zone (req->db, hospital_id, draft, error)
             ? mh_directory_create (req, draft, error)
             : NULL;
}

MhRecord *
mh_units_service_update (const MhRequest *req, MhPatch patch, GError **error)
{
  MhDb *db = req->db;
  g_autoptr (MhRecord) unit = mh_edit_get (req, &mh_unit_type, patch.id, error);
  return unit != NULL
                 && units_service_check_zone (db, mh_record_text (unit, MH_UNIT_HOSPITAL_ID),
                                              patch.body, error)
             ? mh_directory_update (req, patch, error)
             : NULL;
}
