/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the change feed tells a role is what the calls of the type answer it, field by field. There
 * is a row of each fed type, once in an open and once in a protected chart; each shipped role then
 * reads the feed from the beginning and asks for the same rows. A new type and a new role are
 * covered by being there.
 */
#include <string.h>

#include "server/people/gate/mh-access-gate-api.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-json.h"
#include "shared/proto/mh-route.h"
#include "shared/record/mh-registry.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/mh-records.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "tests/server/route-bodies.h"
#include "tests/server/row-fixture.h"
#include "tests/server/site-fixture.h"

#define SENTINEL "Quicksilver"

/* Where a type without a path of its own is read, by the row it hangs on. NULL: by nobody. */
static const struct
{
  const MhRecordType *type;
  const char *path;
  const MhRecordType *of;
} elsewhere[] = {
  { &mh_result_type, "/orders/%s/results", &mh_order_type },
  { &mh_report_remark_type, "/orders/%s/report-remark", &mh_order_type },
  { &mh_custody_event_type, "/samples/%s/events", &mh_sample_type },
  { &mh_critical_call_type, NULL, NULL },
  { &mh_day_lock_type, NULL, NULL },
  { &mh_payment_attempt_type, "/orders/%s/attempts", &mh_order_type },
  { &mh_equipment_plan_type, "/equipment-plans", NULL },
  { &mh_fluid_type, "/fluids?visit_id=%s", &mh_visit_type },
  { &mh_specimen_type_type, NULL, NULL },
};

typedef struct
{
  Site *site;
  char *hospital;
  GHashTable *rows[2]; /* type → id, of the open and the protected chart */
  guint wrong, told, asked;
} Feed;

typedef struct
{
  Feed *feed;
  gboolean closed;
} Chart;

static const char *
reference (const MhRecordType *target, gpointer data)
{
  const Chart *chart = data;
  if (target == &mh_hospital_type)
    return chart->feed->hospital;
  return g_hash_table_lookup (chart->feed->rows[chart->closed], target);
}

static gboolean
fill_one (MhTx *tx, Feed *feed, const MhRecordType *type, gboolean closed, GError **error)
{
  Chart chart = { feed, closed };
  const RowFixture fixture
      = { .reference = reference, .data = &chart, .secret = closed ? SENTINEL : NULL };
  g_autoptr (MhRecord) row = row_fixture_make (&fixture, type);
  if (type == &mh_patient_type)
    {
      mh_record_set_text (row, MH_PATIENT_MRN, closed ? "MH000000025" : "MH000000017");
      mh_record_set_bool (row, MH_PATIENT_VIP, closed);
      mh_record_unset (row, MH_PATIENT_MERGED_INTO);
    }
  if (type == &mh_order_type)
    mh_record_set_text (row, MH_ORDER_STATUS, MH_ORDER_STATUS_COMPLETED);
  mh_record_take_text (row, MH_ID, mh_id_new ());
  if (!mh_tx_insert (tx, row, MH_AUDIT_CREATE, NULL, error))
    {
      g_prefix_error (error, "%s: ", type->table);
      return FALSE;
    }
  g_hash_table_insert (feed->rows[closed], (gpointer)type, g_strdup (mh_record_id (row)));
  return TRUE;
}

/* The demonstration has made those that a hospital has from the start. */
static gboolean
is_filled (const MhRecordType *type)
{
  return (type->flags & MH_TYPE_SYNC) != 0 && type != &mh_hospital_type && type != &mh_user_type
         && type != &mh_role_type && type != &mh_setting_type && type != &mh_patient_type
         && type != &mh_order_type && type != &mh_sample_type;
}

static gboolean
fill (MhTx *tx, gpointer data, GError **error)
{
  static const MhRecordType *const first[] = { &mh_patient_type, &mh_order_type, &mh_sample_type };
  Feed *feed = data;
  for (int closed = 0; closed < 2; closed++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (first); i++)
        if (!fill_one (tx, feed, first[i], closed, error))
          return FALSE;
      for (guint i = 0; i < mh_registry_size (); i++)
        if (is_filled (mh_registry_nth (i))
            && (!closed || mh_access_gate_guards (mh_registry_nth (i)))
            && !fill_one (tx, feed, mh_registry_nth (i), closed, error))
          return FALSE;
    }
  return TRUE;
}

static void
feed_init (Feed *feed, const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  static const char *const settings[]
      = { "limits.rate_normal", "0", "limits.rate_heavy", "0", NULL };
  MhWho who = { .user_name = "test" };
  feed->site = site_new_with (test, settings);
  MhStore *store = mh_server_store (feed->site->server);
  MhDb *db = mh_store_take_reader (store, &error);
  g_autoptr (GPtrArray) hospitals = mh_store_all (db, &mh_hospital_type, NULL, NULL, &error);
  g_assert_no_error (error);
  feed->hospital = g_strdup (mh_record_id (g_ptr_array_index (hospitals, 0)));
  mh_store_give_reader (store, db);
  for (guint i = 0; i < 2; i++)
    feed->rows[i] = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  mh_assert_ok (mh_store_write (store, &who, fill, feed, &error), error);
}

static void
feed_clear (Feed *feed)
{
  site_free (feed->site);
  g_free (feed->hospital);
  g_hash_table_unref (feed->rows[0]);
  g_hash_table_unref (feed->rows[1]);
}

/* --- what is told --- */

/* id → the record as the feed has it. */
static GHashTable *
read_feed (Feed *feed, const char *token)
{
  GHashTable *told
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)json_object_unref);
  for (gint64 after = 0; after >= 0;)
    {
      g_autofree char *path = g_strdup_printf ("/changes?limit=200&after=%" G_GINT64_FORMAT, after);
      g_autofree char *body = NULL;
      int status = site_call (feed->site, "GET", path, token, NULL, &body);
      if (status != 200)
        {
          g_assert_cmpint (status, ==, 403);
          break;
        }
      g_autoptr (JsonObject) page = mh_json_parse_object (body, -1, NULL);
      JsonArray *items = json_object_get_array_member (page, "items");
      for (guint i = 0; i < json_array_get_length (items); i++)
        {
          JsonObject *item = json_array_get_object_element (items, i);
          const char *id = mh_json_text (item, "id");
          if (json_object_has_member (item, "record"))
            g_hash_table_insert (told, g_strdup (id),
                                 json_object_ref (json_object_get_object_member (item, "record")));
          else
            g_hash_table_remove (told, id);
        }
      after = mh_json_int (page, "next", -1);
    }
  return told;
}

static JsonObject *find_id (JsonNode *node, const char *id);

static JsonObject *
find_in_object (JsonObject *object, const char *id)
{
  g_autoptr (GList) members = json_object_get_values (object);
  if (g_strcmp0 (mh_json_text (object, "id"), id) == 0)
    return object;
  for (GList *at = members; at != NULL; at = at->next)
    {
      JsonObject *found = find_id (at->data, id);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static JsonObject *
find_id (JsonNode *node, const char *id)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return find_in_object (json_node_get_object (node), id);
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *found = find_id (json_array_get_element (array, i), id);
      if (found != NULL)
        return found;
    }
  return NULL;
}

/* The call that shows the row, NULL: none. Caller frees. */
static char *
own_path (Feed *feed, const MhRecordType *type, const char *id, gboolean closed)
{
  for (guint i = 0; i < G_N_ELEMENTS (elsewhere); i++)
    if (elsewhere[i].type == type)
      {
        if (elsewhere[i].of == NULL)
          return g_strdup (elsewhere[i].path);
        const char *of = g_hash_table_lookup (feed->rows[closed], elsewhere[i].of);
        g_auto (GStrv) parts = g_strsplit (elsewhere[i].path, "%s", 2);
        return g_strjoinv (of, parts);
      }
  const MhRoute *route = mh_route_reading (type);
  g_assert_true (route == NULL || g_str_has_prefix (route->path, type->path));
  if (route == NULL || g_strcmp0 (type->path, route->path) == 0)
    return route != NULL ? g_strconcat (type->path, "?limit=200", NULL) : NULL;
  return route_path (route, id, "");
}

/* --- comparing --- */

static void
blame (Feed *feed, const char *role, const MhRecordType *type, const char *field, const char *said)
{
  feed->wrong++;
  g_test_message ("%s: %s%s%s: %s", role, type->code, field != NULL ? "." : "",
                  field != NULL ? field : "", said);
}

static char *
value_of (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : json_to_string (node, FALSE);
}

static void
compare (Feed *feed,
         const char *role,
         const MhRecordType *type,
         JsonObject *fed,
         JsonObject *answered)
{
  for (guint i = 0; i < type->n_fields; i++)
    {
      const MhField *field = &type->fields[i];
      if (!mh_field_is_column (field))
        continue;
      g_autofree char *told = value_of (fed, field->name);
      g_autofree char *shown = value_of (answered, field->name);
      if (g_strcmp0 (told, shown) != 0)
        blame (feed, role, type, field->name,
               shown == NULL ? "fed and not shown"
                             : (told == NULL ? "shown and not fed" : "another value"));
    }
}

static void
ask (Feed *feed, const char *role, const char *token, GHashTable *told, const MhRecordType *type)
{
  const char *id = g_hash_table_lookup (feed->rows[0], type);
  JsonObject *fed = g_hash_table_lookup (told, id);
  g_autofree char *path = own_path (feed, type, id, FALSE), *body = NULL;
  /* Reference data without a call of its own goes by the right to see the catalogue. */
  if (path == NULL && (type->flags & MH_TYPE_CATALOGUE) != 0)
    path = g_strdup ("/tests");
  int status = path != NULL ? site_call (feed->site, "GET", path, token, NULL, &body) : 403;
  feed->asked++;
  feed->told += fed != NULL;
  if (status != 200 && fed != NULL)
    {
      blame (feed, role, type, NULL, "told by the feed, refused by its call");
      g_test_message ("%s: %d %.200s", path, status, body != NULL ? body : "");
    }
  g_autoptr (JsonNode) answer = status == 200 ? json_from_string (body, NULL) : NULL;
  JsonObject *answered = answer != NULL ? find_id (answer, id) : NULL;
  if (answered != NULL && fed == NULL)
    blame (feed, role, type, NULL, "answered by its call, not told by the feed");
  if (answered != NULL && fed != NULL)
    compare (feed, role, type, fed, answered);
}

/* Who works on orders sees what is open of them; these are over. */
static void
ask_closed (Feed *feed, const char *role, GHashTable *told)
{
  GHashTableIter iter;
  gpointer type, id;
  g_hash_table_iter_init (&iter, feed->rows[1]);
  while (g_hash_table_iter_next (&iter, &type, &id))
    {
      JsonObject *fed = g_hash_table_lookup (told, id);
      g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
      if (fed == NULL)
        continue;
      json_node_set_object (node, fed);
      g_autofree char *text = json_to_string (node, FALSE);
      if (strstr (text, SENTINEL) != NULL)
        blame (feed, role, type, NULL, "tells what is in a closed chart");
    }
}

static void
test_every_role (const MhTestDb *test)
{
  Feed feed = { 0 };
  feed_init (&feed, test);
  for (const MhRoleDefault *role = mh_role_defaults; role->code != NULL; role++)
    {
      GHashTableIter iter;
      gpointer type;
      g_autofree char *token = site_sign_in (feed.site, role->code);
      g_assert_nonnull (token);
      g_autoptr (GHashTable) told = read_feed (&feed, token);
      g_hash_table_iter_init (&iter, feed.rows[0]);
      while (g_hash_table_iter_next (&iter, &type, NULL))
        ask (&feed, role->code, token, told, type);
      ask_closed (&feed, role->code, told);
    }
  g_test_message ("%u asked, %u told", feed.asked, feed.told);
  g_assert_cmpuint (feed.asked, >, 500);
  g_assert_cmpuint (feed.told, >, 200);
  g_assert_cmpuint (feed.wrong, ==, 0);
  feed_clear (&feed);
}

/* One right for one type: what its list shows, its records do not refuse. */
static void
test_one_right (void)
{
  guint n_tables = 0, wrong = 0;
  const MhRouteTable *tables = mh_routes_tables (&n_tables);
  for (guint t = 0; t < n_tables; t++)
    for (guint i = 0; i < tables[t].n_routes; i++)
      {
        const MhRoute *route = &tables[t].routes[i], *reading = NULL;
        if (route->reply != NULL && g_str_equal (route->method, "GET")
            && (route->reply->flags & MH_TYPE_SYNC) != 0
            && (route->reply->path == NULL || g_str_equal (route->path, route->reply->path)))
          reading = mh_route_reading (route->reply);
        if (reading == NULL || g_str_equal (reading->permission, route->permission))
          continue;
        g_test_message ("%s takes “%s”, %s “%s”", route->id, route->permission, reading->id,
                        reading->permission);
        wrong++;
      }
  g_assert_cmpuint (wrong, ==, 0);
}

/* Does a record of @type hold one of @wanted, or is it one? */
static gboolean
holds (const MhRecordType *type, const MhRecordType *wanted, guint depth)
{
  if (type == NULL || type == wanted || depth > 5)
    return type == wanted;
  for (guint i = 0; i < type->n_fields; i++)
    if ((type->fields[i].kind == MH_KIND_RECORD || type->fields[i].kind == MH_KIND_RECORDS)
        && holds (type->fields[i].target, wanted, depth + 1))
      return TRUE;
  return FALSE;
}

/* What was measured on a patient is for those who may see such: whatever the call is about, a role
 * that may ask it has one of the rights to what is in it. */
static void
test_clinical (void)
{
  static const struct
  {
    const MhRecordType *type;
    const char *rights[4];
  } clinical[] = {
    { &mh_result_type, { MH_MAY_READ_RESULT } },
    { &mh_result_version_type, { MH_MAY_READ_RESULT } },
    { &mh_device_result_type, { MH_MAY_READ_RESULT } },
    { &mh_verify_row_type, { MH_MAY_READ_RESULT } },
    { &mh_vitals_type, { MH_MAY_READ_VITALS, MH_MAY_READ_CHART } },
    { &mh_critical_item_type, { MH_MAY_READ_CRITICAL } },
    { &mh_drug_figure_type, { MH_MAY_READ_RESULT, MH_MAY_READ_CHART } },
    { &mh_chart_value_type, { MH_MAY_READ_CHART } },
    { &mh_note_type, { MH_MAY_READ_CHART } },
    { &mh_problem_item_type, { MH_MAY_READ_CHART } },
  };
  guint n_tables = 0, wrong = 0, asked = 0;
  const MhRouteTable *tables = mh_routes_tables (&n_tables);
  for (guint t = 0; t < n_tables; t++)
    for (guint i = 0; i < tables[t].n_routes; i++)
      for (guint c = 0; c < G_N_ELEMENTS (clinical); c++)
        for (const MhRoleDefault *role = mh_role_defaults; role->code != NULL; role++)
          {
            const MhRoute *route = &tables[t].routes[i];
            gboolean may = FALSE;
            /* A list of messages goes without what stands in them. */
            if (g_str_equal (route->id, "analyser_message.list")
                || !holds (route->reply, clinical[c].type, 0) || *route->permission == 0
                || !g_strv_contains (role->permissions, route->permission))
              continue;
            for (guint r = 0; clinical[c].rights[r] != NULL; r++)
              may = may || g_strv_contains (role->permissions, clinical[c].rights[r]);
            asked++;
            if (may)
              continue;
            g_test_message ("%s gives %s what is in %s", route->id, role->code,
                            clinical[c].type->code);
            wrong++;
          }
  g_assert_cmpuint (asked, >, 30);
  g_assert_cmpuint (wrong, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  g_test_add_func ("/feed/one-right", test_one_right);
  g_test_add_func ("/feed/clinical", test_clinical);
  mh_test_add_both ("/feed/every-role", test_every_role);
  return mh_test_run ();
}
