/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Another hospital's records do not exist. One other hospital has a row in each table that belongs
 * to a hospital, all of one id and full of one word; the people of the demonstration then ask each
 * call of the table for that id, name it in bodies and queries, and read every list. And nothing of
 * one patient is filed with another's visit. A new call and a new record are covered by being
 * there.
 */
#include <string.h>

#include "shared/base/mh-id.h"
#include "shared/base/mh-json.h"
#include "shared/proto/mh-route.h"
#include "shared/record/mh-registry.h"
#include "shared/records/mh-records.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/people/mh-user.h"
#include "shared/records/platform/mh-audit.h"
#include "tests/server/route-bodies.h"
#include "tests/server/row-fixture.h"
#include "tests/server/site-fixture.h"

#define THEIRS "01900000-0000-7000-8000-0000000000b0"
#define OURS "01900000-0000-7000-8000-0000000000a0"
#define OTHERS "01900000-0000-7000-8000-0000000000c0" /* another patient's, in our hospital */
#define SECRET "Quicksilver"

typedef struct
{
  Site *site;
  GHashTable *filled;        /* type → type: has a row of the other hospital */
  gboolean staff;            /* their patient is one of the staff: a protected chart */
  const char *hospital, *id; /* of the rows that are being made */
  guint fed;                 /* how many of their rows the feed was told of */
  char *token;               /* of somebody who may do everything, in this hospital alone */
} Houses;

/* --- the other hospital --- */

static gboolean
belongs (const MhRecordType *type, guint depth)
{
  if (type == &mh_hospital_type || type->hospital != 0)
    return TRUE;
  for (guint i = MH_N_COMMON; i < type->n_fields && depth < 4; i++)
    if (type->fields[i].kind == MH_KIND_REF && type->fields[i].target != type
        && (type->fields[i].flags & MH_REQUIRED) != 0
        && belongs (type->fields[i].target, depth + 1))
      return TRUE;
  return FALSE;
}

static gboolean
is_filled (const MhRecordType *type)
{
  /* Sessions and the like have no call that shows them; the trail and the feed follow from rows. */
  return type->table != NULL && (type->flags & MH_TYPE_INTERNAL) == 0
         && type != &mh_audit_entry_type && type != &mh_change_type && type != &mh_session_type
         && belongs (type, 0);
}

/* Of another patient there is what is of a patient; the rest of the house is one for both. */
static gboolean
is_wanted (Houses *houses, const MhRecordType *type)
{
  return is_filled (type)
         && (strcmp (houses->id, OTHERS) != 0 || type == &mh_patient_type || type->patient != 0);
}

static const char *
reference (const MhRecordType *target, gpointer data)
{
  Houses *houses = data;
  if (target == &mh_hospital_type)
    return houses->hospital;
  if (is_filled (target) && !is_wanted (houses, target))
    return OURS;
  return g_hash_table_contains (houses->filled, target) ? houses->id : NULL;
}

static gboolean
is_ready (Houses *houses, const MhRecordType *type)
{
  for (guint i = MH_N_COMMON; i < type->n_fields; i++)
    {
      const MhRecordType *target = type->fields[i].target;
      if (type->fields[i].kind == MH_KIND_REF && target != type && is_wanted (houses, target)
          && !g_hash_table_contains (houses->filled, target))
        return FALSE;
    }
  return TRUE;
}

static gboolean
fill_one (MhTx *tx, Houses *houses, const MhRecordType *type, GError **error)
{
  gboolean theirs = strcmp (houses->id, THEIRS) == 0;
  const RowFixture fixture = {
    .reference = reference, .data = houses, .secret = theirs ? SECRET : NULL, .everywhere = TRUE
  };
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  MhRecord *row = row_fixture_make (&fixture, type);
  mh_record_set_text (row, MH_ID, houses->id);
  /* one may not do what another has done: two persons at least */
  for (guint i = MH_N_COMMON; i < type->n_fields; i++)
    if (g_str_has_suffix (type->fields[i].name, "_by") && type->fields[i].kind == MH_KIND_REF)
      mh_record_set_text (row, i, NULL);
  if (type == &mh_patient_type && (!houses->staff || strcmp (houses->id, OTHERS) == 0))
    mh_record_set_text (row, MH_PATIENT_USER_ID, NULL);
  g_ptr_array_add (rows, row);
  gboolean fed = (type->flags & MH_TYPE_SYNC) != 0 && theirs;
  if (!mh_tx_insert_parts (tx, rows, error) || (fed && !mh_tx_announce (tx, row, error)))
    {
      g_prefix_error (error, "%s: ", type->table);
      return FALSE;
    }
  g_hash_table_add (houses->filled, (gpointer)type);
  houses->fed += fed;
  return TRUE;
}

/* The manager gets every right but that to work in all hospitals. */
static gboolean
make_almighty (MhTx *tx, GError **error)
{
  g_autoptr (MhRecord) role = mh_record_new (&mh_role_type);
  g_autoptr (MhRecord) user
      = mh_store_find (mh_tx_db (tx), &mh_user_type, "username", "manager", error);
  if (user == NULL)
    return FALSE;
  g_autoptr (MhRecord) after = mh_record_copy (user);
  mh_record_set_text (role, MH_ROLE_CODE, "almighty");
  mh_record_set_text (role, MH_ROLE_NAME, "Almighty");
  for (const MhCode *code = mh_permission_codes; code->code != NULL; code++)
    if (!g_str_equal (code->code, MH_MAY_SEE_ALL_HOSPITALS)
        && !g_str_equal (code->code, MH_MAY_BE_KIOSK))
      mh_record_add_to_list (role, MH_ROLE_PERMISSIONS, code->code);
  mh_record_set_list (after, MH_USER_ROLES, (const char *const[]){ "almighty", NULL });
  return mh_tx_insert (tx, role, MH_AUDIT_CREATE, NULL, error)
         && mh_tx_update (tx, user, after, MH_AUDIT_UPDATE, NULL, error);
}

static const MhRecordType *
next_to_fill (Houses *houses, gboolean ready)
{
  for (guint i = 0; i < mh_registry_size (); i++)
    {
      const MhRecordType *type = mh_registry_nth (i);
      if (is_wanted (houses, type) && !g_hash_table_contains (houses->filled, type)
          && (!ready || is_ready (houses, type)))
        return type;
    }
  return NULL;
}

/* What others refer to comes first; where two refer to each other, one goes without. */
static gboolean
fill_house (MhTx *tx, Houses *houses, const char *id, const char *hospital, GError **error)
{
  const MhRecordType *type;
  houses->id = id;
  houses->hospital = hospital;
  g_hash_table_remove_all (houses->filled);
  if (strcmp (hospital, id) != 0) /* the own one is there */
    g_hash_table_add (houses->filled, (gpointer)&mh_hospital_type);
  while ((type = next_to_fill (houses, TRUE)) != NULL
         || (type = next_to_fill (houses, FALSE)) != NULL)
    if (!fill_one (tx, houses, type, error))
      return FALSE;
  return TRUE;
}

static gboolean
fill (MhTx *tx, gpointer data, GError **error)
{
  Houses *houses = data;
  g_autoptr (MhRecord) own = mh_store_find (mh_tx_db (tx), &mh_hospital_type, "code", "MH", error);
  if (own == NULL || !fill_house (tx, houses, THEIRS, THEIRS, error)
      || !fill_house (tx, houses, OURS, mh_record_id (own), error))
    return FALSE;
  g_assert_cmpuint (g_hash_table_size (houses->filled), >, 80);
  return fill_house (tx, houses, OTHERS, mh_record_id (own), error) && make_almighty (tx, error);
}

static void
houses_init (Houses *houses, const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  static const char *const settings[]
      = { "limits.rate_normal", "0", "limits.rate_heavy", "0", NULL };
  MhWho who = { .user_name = "test" };
  houses->site = site_new_with (test, settings);
  houses->filled = g_hash_table_new (NULL, NULL);
  mh_assert_ok (mh_store_write (mh_server_store (houses->site->server), &who, fill, houses, &error),
                error);
  houses->token = site_sign_in (houses->site, "manager");
}

static void
houses_clear (Houses *houses)
{
  site_free (houses->site);
  g_hash_table_unref (houses->filled);
  g_free (houses->token);
}

/* --- asking --- */

/* Does the answer give away more than the id that was asked for? */
static gboolean
tells (const MhRoute *route, int status, const char *body)
{
  const char *told = strstr (body, SECRET);
  if (told == NULL)
    return FALSE;
  g_test_message ("%s %s: %d, and tells: %.80s", route->method, route->path, status,
                  MAX (body, told - 40));
  return TRUE;
}

static guint
ask_by_id (Houses *houses, const MhRoute *route, const char *token)
{
  g_autofree char *path = route_path (route, THEIRS, ""), *told = NULL;
  g_autofree char *body = route->request != NULL ? route_body (route, THEIRS) : NULL;
  int status = site_call (houses->site, route->method, path, token, body, &told);
  if (status == 404)
    return tells (route, status, told);
  g_test_message ("%s %s: %d instead of 404: %.160s", route->method, route->path, status, told);
  return 1;
}

/* A list, as it is and by each reference that it can be asked for. */
static guint
ask_list (Houses *houses, const MhRoute *route, const char *token)
{
  guint wrong = 0;
  g_autofree char *whole
      = route_path (route, THEIRS, (route->flags & MH_ROUTE_LIST) ? "?limit=200" : "");
  g_autofree char *told = NULL;
  int status = site_call (houses->site, "GET", whole, token, NULL, &told);
  wrong += tells (route, status, told);
  for (const MhParam *param = route->params; param != NULL && param->name != NULL; param++)
    {
      g_autofree char *query = g_strdup_printf ("?%s=%s", param->name, THEIRS);
      g_autofree char *path = route_path (route, THEIRS, query), *body = NULL;
      if (!g_str_has_suffix (param->name, "_id"))
        continue;
      status = site_call (houses->site, "GET", path, token, NULL, &body);
      wrong += tells (route, status, body);
    }
  return wrong;
}

/* Bodies that name one of their records beside ours, for a call on our own. */
static guint
ask_body (Houses *houses, const MhRoute *route, const char *token)
{
  guint wrong = 0;
  const MhRecordType *type = route->request;
  g_autofree char *path = route_path (route, OURS, ""), *ours = route_body (route, OURS);
  for (guint i = 0; ours != NULL && i < type->n_fields; i++)
    {
      const MhField *field = &type->fields[i];
      g_autoptr (JsonNode) node = json_from_string (ours, NULL);
      g_autofree char *told = NULL;
      if (field->kind != MH_KIND_REF || (field->flags & MH_SERVER_SET) != 0
          || !belongs (field->target, 0))
        continue;
      json_object_set_string_member (json_node_get_object (node), field->name, THEIRS);
      g_autofree char *text = json_to_string (node, FALSE);
      int status = site_call (houses->site, route->method, path, token, text, &told);
      wrong += status < 400 || tells (route, status, told);
      if (status < 400)
        g_test_message ("%s %s: %d although its %s is another hospital's: %s", route->method,
                        route->path, status, field->name, text);
    }
  return wrong;
}

/* Is @field refused, as what is another patient's or as what a patch does not change at all? */
static gboolean
blames (const char *told, const char *field)
{
  g_autoptr (JsonObject) problem = mh_json_parse_object (told, -1, NULL);
  JsonArray *issues = problem != NULL ? mh_json_array (problem, "errors") : NULL;
  JsonObject *issue = issues != NULL && json_array_get_length (issues) == 1
                          ? json_array_get_object_element (issues, 0)
                          : NULL;
  const char *code = issue != NULL ? mh_json_text (issue, "code") : NULL;
  static const char *const codes[] = { "other_patient", "read_only", "immutable", NULL };
  return code != NULL && g_strcmp0 (mh_json_text (issue, "field"), field) == 0
         && g_strv_contains (codes, code);
}

static gboolean
is_blamed (Houses *houses,
           const MhRoute *route,
           const char *ours,
           const char *field,
           const char *id)
{
  g_autoptr (JsonNode) node = json_from_string (ours, NULL);
  g_autofree char *path = route_path (route, OURS, ""), *told = NULL;
  json_object_set_string_member (json_node_get_object (node), field, id);
  g_autofree char *text = json_to_string (node, FALSE);
  int status = site_call (houses->site, route->method, path, houses->token, text, &told);
  gboolean blamed = status == 422 && blames (told, field);
  g_test_message ("%s %s: %d to %s: %.300s", route->method, route->path, status, text, told);
  return blamed;
}

/* What is stored of our patient, with a reference to what is another's. */
static guint
ask_of_other (Houses *houses, const MhRoute *route, guint *asked)
{
  guint wrong = 0;
  const MhRecordType *type = route->request;
  guint owner = type != NULL ? type->patient : 0;
  g_autofree char *ours
      = owner != 0 && route->mode != MH_ROUTE_READ ? route_body (route, OURS) : NULL;
  if (ours == NULL || (type->fields[owner].flags & MH_SERVER_SET) != 0)
    return 0;
  for (guint i = 0; i < type->n_fields; i++)
    {
      const MhField *field = &type->fields[i];
      if (field->kind != MH_KIND_REF || (field->flags & MH_SERVER_SET) != 0
          || field->target->patient == 0)
        continue;
      wrong += !is_blamed (houses, route, ours, field->name, OTHERS);
      wrong += g_str_equal (route->method, "POST")
                   ? is_blamed (houses, route, ours, field->name, OURS)
                   : 0;
      ++*asked;
    }
  return wrong;
}

/* The feed, one change a page: their rows have one id, and of one id a page has the last alone. */
static guint
ask_feed (Houses *houses)
{
  g_autofree char *first = NULL;
  guint wrong = 0;
  site_call (houses->site, "GET", "/changes?limit=1", houses->token, NULL, &first);
  g_autoptr (JsonObject) page = mh_json_parse_object (first, -1, NULL);
  gint64 last = mh_json_int (page, "last", 0);
  g_assert_cmpuint (houses->fed, >, 30);
  g_assert_cmpint (last, >=, houses->fed);
  for (gint64 after = 0; after < last; after++)
    {
      g_autofree char *path = g_strdup_printf ("/changes?limit=1&after=%" G_GINT64_FORMAT, after);
      g_autofree char *told = NULL;
      site_call (houses->site, "GET", path, houses->token, NULL, &told);
      /* the network's directory is open */
      if (strstr (told, THEIRS) == NULL || strstr (told, "\"type\":\"hospital\"") != NULL)
        continue;
      g_test_message ("/changes: %.160s", told);
      wrong++;
    }
  return wrong;
}

static guint
ask_route (Houses *houses, const MhRoute *route)
{
  const char *token = houses->token;
  guint wrong = 0;
  gboolean apart = (route->flags & (MH_ROUTE_PUBLIC | MH_ROUTE_OUTSIDE)) != 0;
  /* The network's directory is open: names and addresses as they stand on every paper. A day is no
   * record. Closing the session would take the token away; a WebSocket is another protocol. */
  if (g_str_equal (route->permission, MH_MAY_BE_KIOSK)
      || g_str_has_prefix (route->path, "/hospitals") || strstr (route->path, "{date}") != NULL
      || apart || g_str_equal (route->tag, "session") || g_str_equal (route->id, "feed.events"))
    return 0;
  if (strstr (route->path, "{id}") != NULL)
    wrong += ask_by_id (houses, route, token);
  else if (g_str_equal (route->method, "GET"))
    wrong += ask_list (houses, route, token);
  if (route->request != NULL)
    wrong += ask_body (houses, route, token);
  return wrong;
}

static void
ask_all (const MhTestDb *test, gboolean staff)
{
  Houses houses = { .staff = staff };
  guint n = 0, wrong = 0;
  const MhRouteTable *tables = mh_routes_tables (&n);
  houses_init (&houses, test);
  for (guint t = 0; t < n; t++)
    for (guint i = 0; i < tables[t].n_routes; i++)
      wrong += ask_route (&houses, &tables[t].routes[i]);
  wrong += staff ? 0 : ask_feed (&houses);
  g_assert_cmpuint (wrong, ==, 0);
  houses_clear (&houses);
}

static void
test_every_route (const MhTestDb *test)
{
  ask_all (test, FALSE);
}

/* That a chart is protected is already too much to say. */
static void
test_protected (const MhTestDb *test)
{
  ask_all (test, TRUE);
}

static void
test_other_patient (const MhTestDb *test)
{
  Houses houses = { 0 };
  guint n = 0, wrong = 0, asked = 0;
  const MhRouteTable *tables = mh_routes_tables (&n);
  houses_init (&houses, test);
  for (guint t = 0; t < n; t++)
    for (guint i = 0; i < tables[t].n_routes; i++)
      wrong += ask_of_other (&houses, &tables[t].routes[i], &asked);
  g_assert_cmpuint (asked, >=, 10);
  g_assert_cmpuint (wrong, ==, 0);
  houses_clear (&houses);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  mh_test_add_both ("/hospitals/every-route", test_every_route);
  mh_test_add_both ("/hospitals/protected", test_protected);
  mh_test_add_both ("/hospitals/other-patient", test_other_patient);
  return mh_test_run ();
}
