/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/clinic/visits/mh-vitals.h"

#include "server/clinic/visits/mh-visits-store.h"
#include "shared/records/mh-types.h"

MhRecord *
mh_vitals_latest (MhDb *db, const char *patient_id, guint field, GError **error)
{
  return mh_vitals_store_latest (db, patient_id, mh_vitals_type.fields[field].name, error);
}
