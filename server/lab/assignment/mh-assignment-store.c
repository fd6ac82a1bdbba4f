/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/assignment/mh-assignment-store.h"

#include "shared/records/lab/mh-shift.h"
#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_people[]
    = "SELECT u.id, u.name, u.on_shift, COALESCE (t.open_minutes, 0),"
      " COALESCE (t.assigned_at, 0), COALESCE (t.idle_at, 0), u.benches"
      " FROM app_user u LEFT JOIN technician_load t ON t.user_id = u.id"
      " WHERE u.hospital_id = $1 AND u.active AND u.roles LIKE '%\"technician\"%'"
      " AND u.deleted_at IS NULL ORDER BY u.id";
static const char sql_skills[]
    = "SELECT user_id, bench, CASE WHEN level IN ('independent', 'senior') THEN 1 ELSE 0 END"
      " FROM skill"
      " WHERE hospital_id = $1 AND deleted_at IS NULL";
static const char sql_shifts[]
    = "WHERE r.hospital_id = $1 AND r.deleted_at IS NULL ORDER BY r.user_id, r.id";
static const char sql_enterers[]
    = "SELECT DISTINCT r.entered_by FROM result r JOIN order_item i ON i.id = r.order_item_id"
      " WHERE r.order_id = $1 AND i.status = 'resulted' AND r.entered_by IS NOT NULL";
static const char sql_active[]
    = "SELECT (SELECT max (recorded_at) FROM custody_event WHERE by_id = $1),"
      " (SELECT max (changed_at) FROM result WHERE entered_by = $1)";
static const char sql_add_load[]
    = "INSERT INTO technician_load (user_id, open_minutes, assigned_at)"
      " VALUES ($1, CASE WHEN $2 < 0 THEN 0 ELSE $2 END, $3)"
      " ON CONFLICT (user_id) DO UPDATE SET"
      " open_minutes = CASE WHEN technician_load.open_minutes + $2 < 0 THEN 0"
      " ELSE technician_load.open_minutes + $2 END,"
      " assigned_at = CASE WHEN $3 > 0 THEN $3 ELSE technician_load.assigned_at END";
static const char sql_set_idle[] = "UPDATE technician_load SET idle_at = $2 WHERE user_id = $1";
#define STAT_FIRST                                                                                 \
  " ORDER BY CASE r.priority WHEN 'stat' THEN 0 WHEN 'urgent' THEN 1 ELSE 2 END,"                  \
  " r.promised_at, r.ordered_at, r.id LIMIT $3"
#define IS_OPEN " r.status IN ('placed', 'collected', 'processing') AND r.deleted_at IS NULL"
static const char sql_untouched[]
    = "WHERE r.assigned_to = $1 AND r.assigned_at <= $2 AND r.changed_at <= $2"
      " AND COALESCE (r.open_minutes, 0) > 0 AND" IS_OPEN STAT_FIRST;
static const char sql_unassigned[]
    = "WHERE r.assigned_to IS NULL AND r.hospital_id = $1 AND r.changed_at <= $2"
      " AND r.tab IN ('paid', 'cod', 'processing') AND" IS_OPEN STAT_FIRST;
static const char sql_counts[]
    = "SELECT count (*), COALESCE (sum (CASE WHEN r.priority = 'stat' THEN 1 ELSE 0 END), 0)"
      " FROM lab_order r WHERE r.assigned_to = $1 AND" IS_OPEN;

static void
person_free (gpointer data)
{
  MhAssignmentPerson *person = data;
  g_free (person->id);
  g_free (person->name);
  g_strfreev (person->benches);
  g_ptr_array_unref (person->shifts);
  g_free (person);
}

static gboolean
assignment_store_finish (GError *inner, GError **error)
{
  if (inner == NULL)
    return TRUE;
  g_propagate_error (error, inner);
  return FALSE;
}

/* A list as its column holds it; NULL: empty. */
static GStrv
parse_list (const char *json)
{
  g_autoptr (JsonNode) node = json != NULL ? json_from_string (json, NULL) : NULL;
  JsonArray *array
      = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = array != NULL ? json_array_get_length (array) : 0;
  GStrv list = n > 0 ? g_new0 (char *, n + 1) : NULL;
  for (guint i = 0; i < n; i++)
    list[i] = g_strdup (json_array_get_string_element (array, i));
  return list;
}

static GPtrArray *
read_people (MhDb *db, const char *hospital_id, GError **error)
{
  GError *inner = NULL;
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (person_free);
  g_autoptr (MhRows) rows = mh_db_query (db, sql_people, MH_ARGS (MH_TEXT (hospital_id)), error);

  if (rows == NULL)
    return NULL;
  while (mh_rows_next (rows, &inner))
    {
      MhAssignmentPerson *person = g_new0 (MhAssignmentPerson, 1);
      person->id = g_strdup (mh_rows_text (rows, 0));
      person->name = g_strdup (mh_rows_text (rows, 1));
      person->switched_on = mh_rows_bool (rows, 2);
      person->open_minutes = mh_rows_int (rows, 3);
      person->assigned_at = mh_rows_int (rows, 4);
      person->idle_at = mh_rows_int (rows, 5);
      person->benches = parse_list (mh_rows_text (rows, 6));
      person->shifts = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (people, person);
    }

  return assignment_store_finish (inner, error) ? g_steal_pointer (&people) : NULL;
}

/* What each is trained for; in a hospital that keeps no skills the benches of each person's own
 * record hold, and whoever has none there works on all. */
static gboolean
read_skills (MhDb *db, const char *hospital_id, GPtrArray *people, GError **error)
{
  GError *inner = NULL;
  gboolean any = FALSE;
  g_autoptr (GHashTable) benches
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  g_autoptr (MhRows) rows = mh_db_query (db, sql_skills, MH_ARGS (MH_TEXT (hospital_id)), error);

  if (rows == NULL)
    return FALSE;
  while (mh_rows_next (rows, &inner))
    {
      const char *user_id = mh_rows_text (rows, 0);
      any = TRUE;
      if (mh_rows_int (rows, 2) == 0)
        continue;
      GPtrArray *own = g_hash_table_lookup (benches, user_id);
      if (own == NULL)
        {
          own = g_ptr_array_new_with_free_func (g_free);
          g_hash_table_insert (benches, g_strdup (user_id), own);
        }
      g_ptr_array_add (own, g_strdup (mh_rows_text (rows, 1)));
    }

  for (guint i = 0; any && i < people->len; i++)
    {
      MhAssignmentPerson *person = g_ptr_array_index (people, i);
      GPtrArray *own = g_hash_table_lookup (benches, person->id);
      guint n = own != NULL ? own->len : 0;
      g_strfreev (person->benches);
      person->benches = g_new0 (char *, n + 1);
      for (guint k = 0; k < n; k++)
        person->benches[k] = g_strdup (g_ptr_array_index (own, k));
    }

  return assignment_store_finish (inner, error);
}

static gboolean
read_shifts (MhDb *db, const char *hospital_id, GPtrArray *people, GError **error)
{
  g_autoptr (GPtrArray) shifts
      = mh_store_select (db, &mh_shift_type, mh_sql_select (&mh_shift_type, sql_shifts),
                         MH_ARGS (MH_TEXT (hospital_id)), error);

  for (guint i = 0; shifts != NULL && i < shifts->len; i++)
    {
      MhRecord *shift = g_ptr_array_index (shifts, i);
      for (guint k = 0; k < people->len; k++)
        {
          MhAssignmentPerson *person = g_ptr_array_index (people, k);
          if (g_strcmp0 (person->id, mh_record_text (shift, MH_SHIFT_USER_ID)) == 0)
            g_ptr_array_add (person->shifts, g_object_ref (shift));
        }
    }

  return shifts != NULL;
}

void
mh_assignment_store_prefetch (MhDb *db, const char *hospital_id)
{
  mh_db_prefetch (db, sql_people, MH_ARGS (MH_TEXT (hospital_id)));
  mh_db_prefetch (db, sql_skills, MH_ARGS (MH_TEXT (hospital_id)));
  mh_db_prefetch (db, mh_sql_select (&mh_shift_type, sql_shifts), MH_ARGS (MH_TEXT (hospital_id)));
}

GPtrArray *
mh_assignment_store_people (MhDb *db, const char *hospital_id, GError **error)
{
  g_autoptr (GPtrArray) people = read_people (db, hospital_id, error);
  if (people == NULL || !read_skills (db, hospital_id, people, error)
      || !read_shifts (db, hospital_id, people, error))
    return NULL;
  return g_steal_pointer (&people);
}

GStrv
mh_assignment_store_enterers (MhDb *db, const char *order_id, GError **error)
{
  GError *inner = NULL;
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (MhRows) rows = mh_db_query (db, sql_enterers, MH_ARGS (MH_TEXT (order_id)), error);
  if (rows == NULL)
    return NULL;
  while (mh_rows_next (rows, &inner))
    g_strv_builder_add (ids, mh_rows_text (rows, 0));
  return assignment_store_finish (inner, error) ? g_strv_builder_end (ids) : NULL;
}

gint64
mh_assignment_store_active_at (MhDb *db, const char *user_id, GError **error)
{
  GError *inner = NULL;
  gint64 at = 0;
  g_autoptr (MhRows) rows = mh_db_query (db, sql_active, MH_ARGS (MH_TEXT (user_id)), error);
  if (rows == NULL)
    return -1;
  if (mh_rows_next (rows, &inner))
    at = MAX (mh_rows_int (rows, 0), mh_rows_int (rows, 1));
  return assignment_store_finish (inner, error) ? at : -1;
}

gboolean
mh_assignment_store_add_load (MhDb *db,
                              const char *user_id,
                              gint64 minutes,
                              gint64 assigned_at,
                              GError **error)
{
  return mh_db_exec_deferred (
      db, sql_add_load, MH_ARGS (MH_TEXT (user_id), MH_INT (minutes), MH_INT (assigned_at)), error);
}

gboolean
mh_assignment_store_set_idle (MhDb *db, const char *user_id, gint64 idle_at, GError **error)
{
  return mh_db_exec_deferred (db, sql_set_idle, MH_ARGS (MH_TEXT (user_id), MH_INT (idle_at)),
                              error);
}

GPtrArray *
mh_assignment_store_orders (MhDb *db,
                            const char *hospital_id,
                            const char *user_id,
                            gint64 before,
                            guint limit,
                            GError **error)
{
  const char *sql = user_id != NULL ? sql_untouched : sql_unassigned;
  return mh_store_select (
      db, &mh_order_type, mh_sql_select (&mh_order_type, sql),
      MH_ARGS (MH_TEXT (user_id != NULL ? user_id : hospital_id), MH_INT (before), MH_INT (limit)),
      error);
}

gboolean
mh_assignment_store_counts (MhDb *db,
                            const char *user_id,
                            gint64 *out_orders,
                            gint64 *out_stat,
                            GError **error)
{
  GError *inner = NULL;
  g_autoptr (MhRows) rows = mh_db_query (db, sql_counts, MH_ARGS (MH_TEXT (user_id)), error);
  if (rows == NULL)
    return FALSE;
  if (mh_rows_next (rows, &inner))
    {
      *out_orders = mh_rows_int (rows, 0);
      *out_stat = mh_rows_int (rows, 1);
    }
  return assignment_store_finish (inner, error);
}
