/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/common/mh-hospital-day.h"

#include "shared/records/people/mh-hospital.h"

GTimeZone *
mh_hospital_zone (MhDb *db, const char *hospital_id, GError **error)
{
  if (hospital_id == NULL)
    return g_time_zone_new_utc ();
  g_autoptr (MhRecord) hospital = mh_store_get (db, &mh_hospital_type, hospital_id, error);
  if (hospital == NULL)
    return NULL;
  const char *name = mh_record_text (hospital, MH_HOSPITAL_TIME_ZONE);
  GTimeZone *zone = name != NULL ? g_time_zone_new_identifier (name) : NULL;
  return zone != NULL ? zone : g_time_zone_new_utc ();
}

gboolean
mh_hospital_day (MhDb *db, const char *hospital_id, gint64 at, MhDate *out_day, GError **error)
{
  g_autoptr (GTimeZone) zone = mh_hospital_zone (db, hospital_id, error);
  if (zone == NULL)
    return FALSE;
  *out_day = mh_date_of_instant (at, zone);
  return TRUE;
}
