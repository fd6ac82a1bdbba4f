/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/catalogue/mh-place.h"

#include "server/lab/catalogue/mh-catalogue.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-decimal.h"
#include "shared/records/people/mh-hospital.h"

GTimeZone *
mh_place_zone (MhCatalogueView *view, const char *hospital_id)
{
  MhRecord *hospital = mh_catalogue_hospital (view, hospital_id);
  const char *name = hospital != NULL ? mh_record_text (hospital, MH_HOSPITAL_TIME_ZONE) : NULL;
  GTimeZone *zone = name != NULL ? g_time_zone_new_identifier (name) : NULL;
  return zone != NULL ? zone : g_time_zone_new_utc ();
}

gboolean
mh_place_of (const MhRequest *req, gint64 now, MhPlace *out_place, GError **error)
{
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  g_autoptr (MhCatalogueView) view
      = hospital_id != NULL ? mh_catalogue_view (mh_server_catalogue (req->server), req->db, error)
                            : NULL;
  if (view == NULL)
    return FALSE;

  MhRecord *hospital = mh_catalogue_hospital (view, hospital_id);
  const char *code = hospital != NULL ? mh_record_text (hospital, MH_HOSPITAL_CODE) : NULL;
  const char *currency = hospital != NULL ? mh_record_text (hospital, MH_HOSPITAL_CURRENCY) : NULL;

  out_place->hospital_id = hospital_id;
  out_place->code = g_strdup (code != NULL ? code : "X");
  out_place->currency = g_strdup (currency != NULL ? currency : MH_CURRENCY_DEFAULT);
  out_place->zone = mh_place_zone (view, hospital_id);
  mh_date_format (mh_date_of_instant (now, out_place->zone), out_place->today);
  return TRUE;
}

void
mh_place_clear (MhPlace *place)
{
  g_clear_pointer (&place->code, g_free);
  g_clear_pointer (&place->currency, g_free);
  g_clear_pointer (&place->zone, g_time_zone_unref);
}

gint64
mh_place_midnight (const MhPlace *place, MhDate day)
{
  g_autoptr (GDateTime) at = g_date_time_new (place->zone, day.year, day.month, day.day, 0, 0, 0);
  return g_date_time_to_unix (at) * MH_SECOND;
}

gboolean
mh_place_days (const MhPlace *place,
               const char *from,
               const char *to,
               guint most,
               MhDays *out_days,
               GError **error)
{
  MhDate first, last;
  mh_date_parse (place->today, &last);
  first = last;
  first.day = 1;

  if (from != NULL && !mh_date_parse (from, &first))
    mh_error_set_field (error, "from", "format", "Write the day as YYYY-MM-DD.");
  else if (to != NULL && !mh_date_parse (to, &last))
    mh_error_set_field (error, "to", "format", "Write the day as YYYY-MM-DD.");
  else if (mh_date_compare (first, last) > 0)
    mh_error_set_field (error, "to", "out_of_range", "The last day lies before the first.");
  else if (mh_date_to_days (last) - mh_date_to_days (first) >= (gint64)most)
    mh_error_set_field (error, "to", "out_of_range", "At most %u days at once.", most);
  else
    {
      *out_days = (MhDays){ first, last };
      return TRUE;
    }

  return FALSE;
}
