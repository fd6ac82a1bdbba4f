/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/dispatch/fleet/mh-positions-service.h"

#include <math.h>

#include "server/dispatch/fleet/mh-crews-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-json.h"
#include "shared/geo/mh-fence-track.h"
#include "shared/records/dispatch/mh-crew.h"
#include "shared/records/dispatch/mh-unit.h"
#include "shared/records/people/mh-permissions.h"

typedef struct
{
  MhFix fix;
  double accuracy, heading; /* heading negative: not told */
} Sent;

/* --- what was sent --- */

/* @fallback NAN: it must be there. */
static double
positions_service_number (JsonObject *object,
                          guint index,
                          const char *name,
                          double fallback,
                          MhIssues *issues)
{
  g_autofree char *field = g_strdup_printf ("fixes[%u].%s", index, name);
  JsonNode *node = json_object_get_member (object, name);
  if ((node == NULL || JSON_NODE_HOLDS_NULL (node)) && !isnan (fallback))
    return fallback;
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : 0;
  if (type == G_TYPE_INT64 || type == G_TYPE_DOUBLE)
    return json_node_get_double (node);
  mh_issues_add (issues, field, node == NULL ? "required" : "format", "Send a number.");
  return 0;
}

static void
positions_service_read_one (JsonNode *node, guint index, Sent *out, MhIssues *issues)
{
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autofree char *field = g_strdup_printf ("fixes[%u]", index);
      mh_issues_add (issues, field, "format", "Send an object with at, lat, lon and accuracy_m.");
      return;
    }

  JsonObject *object = json_node_get_object (node);
  const char *at = mh_json_text (object, "at");
  if (at == NULL || !mh_instant_parse (at, &out->fix.time))
    {
      g_autofree char *field = g_strdup_printf ("fixes[%u].at", index);
      mh_issues_add (issues, field, "format", "Send an instant: 2026-11-21T08:15:30.123Z.");
    }
  out->fix.at.lat = positions_service_number (object, index, "lat", NAN, issues);
  out->fix.at.lon = positions_service_number (object, index, "lon", NAN, issues);
  out->accuracy = positions_service_number (object, index, "accuracy_m", NAN, issues);
  out->fix.speed = positions_service_number (object, index, "speed_kmh", -1, issues);
  out->heading = positions_service_number (object, index, "heading", -1, issues);
}

/* Sent, in the order of the batch; NULL: error. */
static GArray *
positions_service_read (MhRecord *fixes, GError **error)
{
  g_autoptr (JsonNode) root = mh_json_parse (mh_record_text (fixes, MH_UNIT_FIXES_FIXES), -1, NULL);
  JsonArray *array
      = root != NULL && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;
  guint n = array != NULL ? json_array_get_length (array) : 0;
  if (n == 0 || n > MH_CREW_MOST_FIXES)
    {
      mh_error_set_field (error, "fixes", "format", "Send a list of 1 to %d positions.",
                          MH_CREW_MOST_FIXES);
      return NULL;
    }

  g_autoptr (GArray) sent = g_array_sized_new (FALSE, TRUE, sizeof (Sent), n);
  g_autoptr (MhIssues) issues = mh_issues_new ();
  for (guint i = 0; i < n; i++)
    {
      Sent one = { 0 };
      positions_service_read_one (json_array_get_element (array, i), i, &one, issues);
      g_array_append_val (sent, one);
    }
  return mh_issues_raise (issues, error) ? g_steal_pointer (&sent) : NULL;
}

/* --- between two batches --- */

static double
positions_service_degrees (MhRecord *record, guint field)
{
  const char *text = mh_record_text (record, field);
  return text != NULL ? g_ascii_strtod (text, NULL) : 0;
}

static void
positions_service_set_degrees (MhRecord *record, guint field, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  mh_record_set_text (record, field, g_ascii_formatd (digits, sizeof digits, "%.6f", value));
}

/* As it was after the batch before. */
static void
positions_service_resume (MhRecord *place, MhFenceTrack *track)
{
  const char *strange = mh_record_text (place, MH_UNIT_PLACE_STRANGE);
  g_autoptr (JsonNode) node = strange != NULL ? mh_json_parse (strange, -1, NULL) : NULL;
  if (mh_record_has (place, MH_UNIT_PLACE_FIX_AT))
    {
      track->last.time = mh_record_int (place, MH_UNIT_PLACE_FIX_AT);
      track->last.at.lat = positions_service_degrees (place, MH_UNIT_PLACE_LAT);
      track->last.at.lon = positions_service_degrees (place, MH_UNIT_PLACE_LON);
    }
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return;

  JsonArray *kept = json_node_get_array (node);
  track->n_strange = (guint)json_array_get_int_element (kept, 0);
  track->strange.time = json_array_get_int_element (kept, 1);
  track->strange.at.lat = json_array_get_double_element (kept, 2);
  track->strange.at.lon = json_array_get_double_element (kept, 3);
}

static void
positions_service_keep_strange (MhRecord *place, const MhFenceTrack *track)
{
  char lat[G_ASCII_DTOSTR_BUF_SIZE], lon[G_ASCII_DTOSTR_BUF_SIZE];
  if (track->n_strange == 0)
    {
      mh_record_set_null (place, MH_UNIT_PLACE_STRANGE);
      return;
    }
  g_ascii_formatd (lat, sizeof lat, "%.6f", track->strange.at.lat);
  g_ascii_formatd (lon, sizeof lon, "%.6f", track->strange.at.lon);
  mh_record_take_text (place, MH_UNIT_PLACE_STRANGE,
                       g_strdup_printf ("[%u,%" G_GINT64_FORMAT ",%s,%s]", track->n_strange,
                                        track->strange.time, lat, lon));
}

/* --- what counts --- */

/* NULL: taken. */
static const char *
positions_service_judge (MhFenceTrack *track, const Sent *sent, gint64 now)
{
  if (!mh_geo_is_valid (sent->fix.at))
    return MH_FIX_WHY_IMPOSSIBLE;
  if (!(sent->accuracy >= 0 && sent->accuracy <= MH_CREW_MOST_ACCURACY))
    return MH_FIX_WHY_INACCURATE;
  switch (mh_fence_track_take (track, &sent->fix, now))
    {
    case MH_FIX_TAKEN:
      return NULL;
    case MH_FIX_LATE:
      return MH_FIX_WHY_LATE;
    case MH_FIX_IMPOSSIBLE:
    default:
      return MH_FIX_WHY_IMPOSSIBLE;
    }
}

/* The same five of a place and of a position, in the same order. */
static void
positions_service_set_fix (MhRecord *record, guint lat, const Sent *sent)
{
  positions_service_set_degrees (record, lat, sent->fix.at.lat);
  positions_service_set_degrees (record, lat + 1, sent->fix.at.lon);
  mh_record_set_int (record, lat + 2, (gint64)lrint (sent->accuracy));
  if (sent->fix.speed >= 0 && sent->fix.speed <= MH_FIX_MOST_KMH)
    mh_record_set_int (record, lat + 3, (gint64)lrint (sent->fix.speed));
  else
    mh_record_set_null (record, lat + 3);
  if (sent->heading >= 0 && sent->heading <= 360)
    mh_record_set_int (record, lat + 4, (gint64)lrint (sent->heading) % 360);
  else
    mh_record_set_null (record, lat + 4);
}

static MhRecord *
positions_service_row (MhRecord *unit, const Sent *sent)
{
  MhRecord *row = mh_record_new (&mh_unit_position_type);
  mh_record_take_text (row, MH_ID, mh_id_new ());
  mh_record_set_text (row, MH_UNIT_POSITION_HOSPITAL_ID,
                      mh_record_text (unit, MH_UNIT_HOSPITAL_ID));
  mh_record_set_text (row, MH_UNIT_POSITION_UNIT_ID, mh_record_id (unit));
  mh_record_set_int (row, MH_UNIT_POSITION_AT, sent->fix.time);
  positions_service_set_fix (row, MH_UNIT_POSITION_LAT, sent);
  return row;
}

static void
positions_service_drop (GPtrArray *dropped, const Sent *sent, const char *why)
{
  MhRecord *row = mh_record_new (&mh_fix_dropped_type);
  mh_record_set_int (row, MH_FIX_DROPPED_AT, sent->fix.time);
  mh_record_set_text (row, MH_FIX_DROPPED_REASON, why);
  g_ptr_array_add (dropped, row);
}

/* Fills @rows, @dropped and @place. */
static void
positions_service_sift (MhTx *tx,
                        MhRecord *unit,
                        GArray *sent,
                        MhRecord *place,
                        GPtrArray *rows,
                        GPtrArray *dropped)
{
  MhFenceTrack track = { 0 };
  positions_service_resume (place, &track);
  for (guint i = 0; i < sent->len; i++)
    {
      const Sent *one = &g_array_index (sent, Sent, i);
      const char *why = positions_service_judge (&track, one, mh_tx_now (tx));
      if (why != NULL)
        {
          positions_service_drop (dropped, one, why);
          continue;
        }
      g_ptr_array_add (rows, positions_service_row (unit, one));
      mh_record_set_int (place, MH_UNIT_PLACE_FIX_AT, one->fix.time);
      positions_service_set_fix (place, MH_UNIT_PLACE_LAT, one);
    }

  positions_service_keep_strange (place, &track);
  mh_record_set_int (place, MH_UNIT_PLACE_HEARD_AT, mh_tx_now (tx));
  mh_record_set_int (place, MH_UNIT_PLACE_N_DROPPED,
                     mh_record_int (place, MH_UNIT_PLACE_N_DROPPED) + dropped->len);
}

/* --- keeping --- */

/* Its first place is noted like every record; those that follow are told, not noted: a unit says
 * where it is two times a minute. */
static gboolean
positions_service_keep (MhTx *tx, MhRecord *unit, MhRecord *before, MhRecord *after, GError **error)
{
  if (before != NULL)
    return mh_tx_update_part (tx, before, after, error)
           && mh_tx_touch (tx, &mh_unit_place_type, mh_record_id (after),
                           mh_record_text (unit, MH_UNIT_HOSPITAL_ID), error);

  mh_record_set_text (after, MH_ID, mh_record_id (unit));
  mh_record_set_text (after, MH_UNIT_PLACE_HOSPITAL_ID, mh_record_text (unit, MH_UNIT_HOSPITAL_ID));
  mh_record_set_text (after, MH_UNIT_PLACE_UNIT_CODE, mh_record_text (unit, MH_UNIT_CODE));
  return mh_tx_insert (tx, after, "create", NULL, error);
}

MhRecord *
mh_positions_service_send (const MhRequest *req,
                           const char *unit_id,
                           MhRecord *fixes,
                           GError **error)
{
  GError *failure = NULL;
  MhDb *db = req->db;
  g_autoptr (MhRecord) unit = mh_actor_require (req->actor, MH_MAY_CREW_UNIT, error)
                                  ? mh_edit_get (req, &mh_unit_type, unit_id, error)
                                  : NULL;
  if (unit == NULL || !mh_crews_service_require_on (req, unit_id, error))
    return NULL;
  g_autoptr (GArray) sent = positions_service_read (fixes, error);
  if (sent == NULL)
    return NULL;
  g_autoptr (MhRecord) before = mh_store_find (db, &mh_unit_place_type, "id", unit_id, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return NULL;
    }

  g_autoptr (MhRecord) after
      = before != NULL ? mh_record_copy (before) : mh_record_new (&mh_unit_place_type);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *dropped = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (MhRecord) told = mh_record_new (&mh_fixes_taken_type);
  positions_service_sift (req->tx, unit, sent, after, rows, dropped);
  mh_record_set_int (told, MH_FIXES_TAKEN_TAKEN, rows->len);
  mh_record_take_records (told, MH_FIXES_TAKEN_DROPPED, dropped);
  return (rows->len == 0 || mh_tx_insert_parts (req->tx, rows, error))
                 && positions_service_keep (req->tx, unit, before, after, error)
             ? g_steal_pointer (&told)
             : NULL;
}
