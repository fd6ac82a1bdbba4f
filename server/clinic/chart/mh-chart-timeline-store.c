/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The timeline: one short query for each kind of record, all by an index on patient and time, put
 * in one order here. A room whose records belong on it adds a row. */
#include "server/clinic/chart/mh-chart-store.h"

#include <json-glib/json-glib.h>

#include "shared/records/clinic/mh-chart.h"

/* Columns: id, instant, title, detail, status, who, id of what opens. $1 patient, $2 and $3 the
 * cursor, $4 how many; of notes $5 is whose drafts. */
#define BEFORE(at, id) " AND (" at ", " id ") < ($2, $3) ORDER BY " at " DESC, " id " DESC LIMIT $4"

static const char sql_orders[]
    = "SELECT o.id, o.ordered_at, o.test_names, o.number, o.status, o.doctor_name, o.id"
      " FROM lab_order o WHERE o.patient_id = $1 AND o.deleted_at IS NULL" BEFORE ("o.ordered_at",
                                                                                   "o.id");
static const char sql_reports[]
    = "SELECT p.id, p.issued_at, o.test_names, p.number, p.status, p.verified_name, p.order_id"
      " FROM report p LEFT JOIN lab_order o ON o.id = p.order_id WHERE p.patient_id = $1"
      " AND p.issued_at IS NOT NULL AND p.deleted_at IS NULL" BEFORE ("p.issued_at", "p.id");
static const char sql_prescriptions[]
    = "SELECT p.id, p.created_at, p.diagnosis, p.number, p.status, p.doctor_name, p.id"
      " FROM prescription p WHERE p.patient_id = $1 AND p.status <> 'draft'"
      " AND p.deleted_at IS NULL" BEFORE ("p.created_at", "p.id");
static const char sql_visits[]
    = "SELECT v.id, v.arrived_at, v.complaint, v.number, v.status,"
      " COALESCE (v.doctor_name, v.department_name), v.id FROM visit v WHERE v.patient_id = $1"
      " AND v.status <> 'cancelled' AND v.deleted_at IS NULL" BEFORE ("v.arrived_at", "v.id");
static const char sql_notes[]
    = "SELECT n.id, n.written_at, n.title, n.kind, n.status, n.author_name, n.id FROM note n"
      " WHERE n.patient_id = $1 AND (n.status <> 'draft' OR n.author_id = $5)"
      " AND n.deleted_at IS NULL" BEFORE ("n.written_at", "n.id");
static const char sql_problems[]
    = "SELECT p.id, p.created_at, p.title, p.code, p.status, p.recorded_name, p.id"
      " FROM problem_item p WHERE p.patient_id = $1 AND p.verification <> 'entered_in_error'"
      " AND p.deleted_at IS NULL" BEFORE ("p.created_at", "p.id");
static const char sql_doses[]
    = "SELECT i.id, i.created_at, i.vaccine, COALESCE (i.vaccine_name, i.given_on), i.status,"
      " i.recorded_name, i.id FROM immunisation i WHERE i.patient_id = $1"
      " AND i.status <> 'entered_in_error' AND i.deleted_at IS NULL" BEFORE ("i.created_at",
                                                                             "i.id");

typedef struct
{
  const char *kind; /* mh_chart_event_kind_codes, and the object's type unless @type says else */
  const char *sql;
  gboolean names; /* the title is a list of names */
  gboolean whose; /* takes $5 */
} Source;

/* clang-format off */
static const Source sources[] = {
  { "visit", sql_visits, FALSE, FALSE },
  { "note", sql_notes, FALSE, TRUE },
  { "report", sql_reports, TRUE, FALSE },
  { "order", sql_orders, TRUE, FALSE },
  { "prescription", sql_prescriptions, FALSE, FALSE },
  { "problem", sql_problems, FALSE, FALSE },
  { "immunisation", sql_doses, FALSE, FALSE },
};
/* clang-format on */

static guint
fill_args (const Source *source, const MhTimelineQuery *query, MhArg args[5])
{
  args[0] = MH_TEXT (query->patient_id);
  args[1] = MH_INT (query->before_id != NULL ? query->before_at : G_MAXINT64);
  args[2] = MH_TEXT (query->before_id != NULL ? query->before_id : "");
  args[3] = MH_INT (query->limit);
  args[4] = MH_TEXT (query->user_id);
  return source->whose ? 5 : 4;
}

static gboolean
chart_timeline_store_is_wanted (const Source *source, const char *kind)
{
  return kind == NULL || g_str_equal (kind, source->kind);
}

/* ["CBC","Urea"] → "CBC, Urea" */
static char *
join_names (const char *json)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  GString *joined = g_string_new (NULL);
  JsonNode *root = json != NULL && json_parser_load_from_data (parser, json, -1, NULL)
                       ? json_parser_get_root (parser)
                       : NULL;
  JsonArray *names
      = root != NULL && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;
  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? ", " : "",
                            json_array_get_string_element (names, i));
  return g_string_free (joined, FALSE);
}

static MhRecord *
read_event (MhRows *rows, const Source *source)
{
  MhRecord *event = mh_record_new (&mh_chart_event_type);
  mh_record_set_text (event, MH_CHART_EVENT_ID, mh_rows_text (rows, 0));
  mh_record_set_text (event, MH_CHART_EVENT_KIND, source->kind);
  mh_record_set_int (event, MH_CHART_EVENT_AT, mh_rows_int (rows, 1));
  mh_record_take_text (event, MH_CHART_EVENT_TITLE,
                       source->names ? join_names (mh_rows_text (rows, 2))
                                     : g_strdup (mh_rows_text (rows, 2)));
  mh_record_set_text (event, MH_CHART_EVENT_DETAIL, mh_rows_text (rows, 3));
  mh_record_set_text (event, MH_CHART_EVENT_STATUS, mh_rows_text (rows, 4));
  mh_record_set_text (event, MH_CHART_EVENT_BY_NAME, mh_rows_text (rows, 5));
  mh_record_set_text (event, MH_CHART_EVENT_OBJECT_TYPE, source->kind);
  mh_record_set_text (event, MH_CHART_EVENT_OBJECT_ID, mh_rows_text (rows, 6));
  return event;
}

static int
chart_timeline_store_newest_first (gconstpointer a, gconstpointer b)
{
  MhRecord *one = *(MhRecord *const *)a, *other = *(MhRecord *const *)b;
  gint64 at = mh_record_int (one, MH_CHART_EVENT_AT);
  gint64 other_at = mh_record_int (other, MH_CHART_EVENT_AT);
  if (at != other_at)
    return at > other_at ? -1 : 1;
  return -g_strcmp0 (mh_record_text (one, MH_CHART_EVENT_ID),
                     mh_record_text (other, MH_CHART_EVENT_ID));
}

static gboolean
read_source (MhDb *db,
             const Source *source,
             const MhTimelineQuery *query,
             GPtrArray *events,
             GError **error)
{
  MhArg args[5];
  GError *failure = NULL;
  g_autoptr (MhRows) rows
      = mh_db_query (db, source->sql, args, fill_args (source, query, args), error);
  if (rows == NULL)
    return FALSE;
  while (mh_rows_next (rows, &failure))
    g_ptr_array_add (events, read_event (rows, source));
  if (failure != NULL)
    g_propagate_error (error, failure);
  return failure == NULL;
}

void
mh_timeline_store_prefetch (MhDb *db, const MhTimelineQuery *query, const char *kind)
{
  MhArg args[5];
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    if (chart_timeline_store_is_wanted (&sources[i], kind))
      mh_db_prefetch (db, sources[i].sql, args, fill_args (&sources[i], query, args));
}

GPtrArray *
mh_timeline_store_read (MhDb *db, const MhTimelineQuery *query, const char *kind, GError **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_object_unref);
  mh_timeline_store_prefetch (db, query, kind);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    if (chart_timeline_store_is_wanted (&sources[i], kind)
        && !read_source (db, &sources[i], query, events, error))
      return NULL;
  g_ptr_array_sort (events, chart_timeline_store_newest_first);
  if (events->len > query->limit)
    g_ptr_array_remove_range (events, query->limit, events->len - query->limit);
  return g_steal_pointer (&events);
}
