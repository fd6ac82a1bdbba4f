/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/dispatch/hospitals/mh-destinations-service.h"

#include "server/dispatch/calls/mh-calls-service.h"
#include "server/dispatch/hospitals/mh-sites-service.h"
#include "server/dispatch/maps/mh-maps-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/geo/mh-geo.h"
#include "shared/records/dispatch/mh-arrival.h"
#include "shared/records/dispatch/mh-care-site.h"
#include "shared/records/dispatch/mh-emergency.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/rules/dispatch/mh-site-diversions.h"

/* The bits of MhDestinationNote and MhDestinationOut, in the order of their codes. */
static char **
destinations_service_codes (const MhCode *codes, guint bits)
{
  g_autoptr (GStrvBuilder) out = g_strv_builder_new ();
  for (guint i = 0; codes[i].code != NULL; i++)
    if ((bits >> i & 1) != 0)
      g_strv_builder_add (out, codes[i].code);
  return g_strv_builder_end (out);
}

/* --- the question --- */

typedef struct
{
  char *at;
  guint care;
  MhUrgency urgency;
} Question;

static void
question_clear (Question *question)
{
  g_free (question->at);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Question, question_clear)

static gboolean
destinations_service_need (const char *need, guint *out_care, GError **error)
{
  g_auto (GStrv) codes = g_strsplit (need != NULL ? need : "", ",", -1);
  for (guint i = 0; codes[i] != NULL; i++)
    {
      const char *code = g_strstrip (codes[i]);
      guint care = mh_care_of (code);
      if (care == 0 && *code != 0)
        {
          mh_error_set_field (error, "need", "unknown_code",
                              "Choose of trauma, stroke, stemi, burns, children, birth and "
                              "psychiatry, with commas between.");
          return FALSE;
        }
      *out_care |= care;
    }
  return TRUE;
}

static char *
destinations_service_place_of (MhRecord *call)
{
  g_auto (MhEmergencyPlace) place = { 0 };
  const char *json = mh_record_text (call, MH_EMERGENCY_CALL_LOCATION);
  char lat[G_ASCII_DTOSTR_BUF_SIZE], lon[G_ASCII_DTOSTR_BUF_SIZE];
  if (json == NULL || !mh_emergency_place_parse (json, &place, NULL) || !place.has_point)
    return NULL;
  g_ascii_formatd (lat, sizeof lat, "%.6f", place.lat);
  g_ascii_formatd (lon, sizeof lon, "%.6f", place.lon);
  return g_strconcat (lat, ",", lon, NULL);
}

static gboolean
destinations_service_ask (const MhRequest *req,
                          const MhDestinationsQuery *query,
                          Question *question,
                          GError **error)
{
  g_autoptr (MhRecord) call = NULL;
  question->at = g_strdup (query->at);
  question->urgency = mh_urgency_of (query->priority);
  if (!destinations_service_need (query->need, &question->care, error))
    return FALSE;
  if (query->call_id == NULL)
    return TRUE;

  call = mh_calls_service_read (req, query->call_id, error);
  if (call == NULL)
    return FALSE;
  if (question->at == NULL)
    question->at = destinations_service_place_of (call);
  if (question->urgency == MH_URGENCY_NONE)
    question->urgency = mh_urgency_of (mh_record_text (call, MH_EMERGENCY_CALL_PRIORITY));
  if (question->at != NULL)
    return TRUE;
  mh_error_set_field (error, "at", "required",
                      "The call has no place on the map yet; give one as LAT,LON in degrees.");
  return FALSE;
}

/* --- the hospitals --- */

static MhGeoPoint
destinations_service_point (MhRecord *site)
{
  return (MhGeoPoint){ g_ascii_strtod (mh_record_text (site, MH_CARE_SITE_LAT), NULL),
                       g_ascii_strtod (mh_record_text (site, MH_CARE_SITE_LON), NULL) };
}

/* Below 0: not told. */
static int
destinations_service_free (MhRecord *site)
{
  gint64 free
      = mh_record_int (site, MH_CARE_SITE_FREE_BEDS) - mh_record_int (site, MH_CARE_SITE_RESERVED);
  return mh_record_has (site, MH_CARE_SITE_FREE_BEDS) ? (int)MAX (free, 0) : -1;
}

static MhDestinationHospital
destinations_service_hospital (MhRecord *site, int seconds, GArray *diversions)
{
  g_autoptr (GPtrArray) told
      = mh_site_diversions_read (mh_record_text (site, MH_CARE_SITE_DIVERSIONS));
  for (guint i = 0; i < told->len; i++)
    g_array_append_val (diversions, ((MhSiteDiversion *)g_ptr_array_index (told, i))->diversion);
  return (MhDestinationHospital){
    .id = mh_record_id (site),
    .care = mh_care_scope_of (mh_record_list (site, MH_CARE_SITE_CARE)),
    .road_seconds = seconds,
    .free_beds = destinations_service_free (site),
    .nedocs = mh_record_has (site, MH_CARE_SITE_NEDOCS)
                  ? (int)mh_record_int (site, MH_CARE_SITE_NEDOCS)
                  : G_MININT,
    .reviewed_at = mh_record_int (site, MH_CARE_SITE_REVIEWED_AT),
    .diversions = (const MhDiversion *)diversions->data,
    .n_diversions = diversions->len,
  };
}

static gboolean
destinations_service_has_refused (GPtrArray *refused, const char *site_id)
{
  for (guint i = 0; refused != NULL && i < refused->len; i++)
    if (g_strcmp0 (mh_record_text (g_ptr_array_index (refused, i), MH_ARRIVAL_SITE_ID), site_id)
        == 0)
      return TRUE;
  return FALSE;
}

/* --- the answer --- */

static MhRecord *
destinations_service_row (MhRecord *site, guint lacks)
{
  MhRecord *row = mh_record_new (&mh_destination_type);
  g_auto (GStrv) lacking = mh_care_list (lacks);
  int free = destinations_service_free (site);
  mh_record_set_text (row, MH_DESTINATION_SITE_ID, mh_record_id (site));
  mh_record_set_text (row, MH_DESTINATION_NAME, mh_record_text (site, MH_CARE_SITE_NAME));
  mh_record_set_list (row, MH_DESTINATION_LACKING, (const char *const *)lacking);
  if (free >= 0)
    mh_record_set_int (row, MH_DESTINATION_FREE_BEDS, free);
  if (mh_record_has (site, MH_CARE_SITE_NEDOCS))
    mh_record_set_int (row, MH_DESTINATION_NEDOCS, mh_record_int (site, MH_CARE_SITE_NEDOCS));
  mh_record_set_text (row, MH_DESTINATION_LEVEL, mh_record_text (site, MH_CARE_SITE_LEVEL));
  if (mh_record_has (site, MH_CARE_SITE_REVIEWED_AT))
    mh_record_set_int (row, MH_DESTINATION_REVIEWED_AT,
                       mh_record_int (site, MH_CARE_SITE_REVIEWED_AT));
  return row;
}

static MhRecord *
destinations_service_offer (MhRecord *site, const MhDestinationOffer *offer)
{
  MhRecord *row = destinations_service_row (site, offer->lacks);
  g_auto (GStrv) notes = destinations_service_codes (mh_destination_note_codes, offer->notes);
  mh_record_set_bool (row, MH_DESTINATION_OFFERED, TRUE);
  mh_record_set_int (row, MH_DESTINATION_ROAD_SECONDS, offer->road_seconds);
  mh_record_set_int (row, MH_DESTINATION_CROWDING_SECONDS, offer->crowding_seconds);
  mh_record_set_int (row, MH_DESTINATION_BED_SECONDS, offer->bed_seconds);
  mh_record_set_int (row, MH_DESTINATION_SCORE, offer->score);
  mh_record_set_list (row, MH_DESTINATION_NOTES, (const char *const *)notes);
  return row;
}

static GPtrArray *
destinations_service_answer (GPtrArray *sites, const int *seconds, const MhDestination *chosen)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < chosen->offers->len; i++)
    {
      const MhDestinationOffer *offer = &g_array_index (chosen->offers, MhDestinationOffer, i);
      g_ptr_array_add (rows,
                       destinations_service_offer (g_ptr_array_index (sites, offer->index), offer));
    }
  for (guint i = 0; i < chosen->left_out->len; i++)
    {
      const MhDestinationLeftOut *out = &g_array_index (chosen->left_out, MhDestinationLeftOut, i);
      MhRecord *row = destinations_service_row (g_ptr_array_index (sites, out->index), out->lacks);
      g_auto (GStrv) reasons = destinations_service_codes (mh_destination_out_codes, out->reasons);
      mh_record_set_bool (row, MH_DESTINATION_OFFERED, FALSE);
      mh_record_set_list (row, MH_DESTINATION_REASONS, (const char *const *)reasons);
      if (seconds[out->index] >= 0)
        mh_record_set_int (row, MH_DESTINATION_ROAD_SECONDS, seconds[out->index]);
      g_ptr_array_add (rows, row);
    }
  return rows;
}

static GPtrArray *
destinations_service_choose (GPtrArray *sites,
                             const int *seconds,
                             GPtrArray *refused,
                             const Question *question,
                             gint64 now)
{
  g_autofree MhDestinationHospital *hospitals = g_new0 (MhDestinationHospital, sites->len + 1);
  g_autoptr (GPtrArray) diversions = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  for (guint i = 0; i < sites->len; i++)
    {
      GArray *own = g_array_new (FALSE, FALSE, sizeof (MhDiversion));
      g_ptr_array_add (diversions, own);
      hospitals[i] = destinations_service_hospital (g_ptr_array_index (sites, i), seconds[i], own);
      hospitals[i].refused = destinations_service_has_refused (refused, hospitals[i].id);
    }

  g_autoptr (MhDestination) chosen = mh_destination_choose (hospitals, sites->len, question->care,
                                                            question->urgency, MH_URGENCY_P1, now);
  return destinations_service_answer (sites, seconds, chosen);
}

GPtrArray *
mh_destinations_service_list (const MhRequest *req,
                              MhMaps *maps,
                              const MhDestinationsQuery *query,
                              GError **error)
{
  g_auto (Question) question = { 0 };
  g_autoptr (GPtrArray) refused = NULL;
  if (!destinations_service_ask (req, query, &question, error))
    return NULL;
  g_autoptr (GPtrArray) sites = mh_sites_service_list (req, query->now, error);
  if (sites == NULL)
    return NULL;
  if (query->call_id != NULL)
    refused = mh_arrivals_store_refused (req->db, query->call_id, error);
  if (query->call_id != NULL && refused == NULL)
    return NULL;

  g_autofree int *seconds = g_new0 (int, sites->len + 1);
  g_autofree MhGeoPoint *goals = g_new0 (MhGeoPoint, sites->len + 1);
  for (guint i = 0; i < sites->len; i++)
    goals[i] = destinations_service_point (g_ptr_array_index (sites, i));
  return mh_maps_service_times (maps, question.at, goals, sites->len, seconds, error)
             ? destinations_service_choose (sites, seconds, refused, &question, query->now)
             : NULL;
}
