/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every call is asked for a protected chart. Two patients have a row in each table that leads to a
 * patient, the one protected, the other not; each route of the table is then asked for both. A new
 * route is covered by being there, and fails here when it shows what is closed, or when nobody can
 * tell whose data its path names.
 */
#include <string.h>

#include "server/people/gate/mh-access-gate-api.h"
#include "shared/base/mh-id.h"
#include "shared/record/mh-registry.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/mh-records.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-access.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "tests/server/route-bodies.h"
#include "tests/server/row-fixture.h"
#include "tests/server/site-fixture.h"

#define SENTINEL "Quicksilver"

/* Paths whose {id} is not of the type that the path is named after. Each says how it is guarded. */
static const struct
{
  const char *path, *why;
} by_hand[] = {
  { "/chart_revisions/{id}", "mh_chart_items_revisions() opens the chart" },
  { "/attachments/{id}", "mh_results_service_attachment() asks for the order" },
  { "/escalations/{id}", "an order's, by its own service" },
  { "/report-notices/{id}", "who was told, not what" },
  { NULL },
};

typedef struct
{
  Site *site;
  char *hospital, *open, *closed; /* patients */
  char *open_order, *closed_order;
  GHashTable *rows[2]; /* type → id, of the open and the closed chart */
  GHashTable *tokens;  /* account → token */
} Gate;

/* --- a row of each --- */

typedef struct
{
  Gate *gate;
  gboolean closed;
} Chart;

static const char *
reference (const MhRecordType *target, gpointer data)
{
  const Chart *chart = data;
  const Gate *gate = chart->gate;
  if (target == &mh_patient_type)
    return chart->closed ? gate->closed : gate->open;
  if (target == &mh_order_type)
    return chart->closed ? gate->closed_order : gate->open_order;
  return target == &mh_hospital_type ? gate->hospital : NULL;
}

static gboolean
leads_to_patient (const MhRecordType *type)
{
  return type->table != NULL && type != &mh_audit_entry_type && type != &mh_change_type
         && mh_access_gate_guards (type) && type != &mh_patient_type;
}

static gboolean
fill_one (MhTx *tx, Gate *gate, const MhRecordType *type, gboolean closed, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  Chart chart = { gate, closed };
  const RowFixture fixture
      = { .reference = reference, .data = &chart, .secret = closed ? SENTINEL : NULL };
  MhRecord *row = row_fixture_make (&fixture, type);
  g_ptr_array_add (rows, row);
  if (type == &mh_order_type)
    {
      mh_record_set_text (row, MH_ID, closed ? gate->closed_order : gate->open_order);
      mh_record_set_text (row, MH_ORDER_STATUS, MH_ORDER_STATUS_COMPLETED);
    }
  if (!mh_tx_insert_parts (tx, rows, error))
    return FALSE;
  g_autoptr (MhRecord) stored = mh_store_get (mh_tx_db (tx), type, mh_record_id (row), error);
  if (stored == NULL)
    {
      g_prefix_error (error, "%s: ", type->table);
      return FALSE;
    }
  g_hash_table_insert (gate->rows[closed], (gpointer)type, g_strdup (mh_record_id (row)));
  return TRUE;
}

static gboolean
fill (MhTx *tx, gpointer data, GError **error)
{
  Gate *gate = data;
  for (int closed = 0; closed < 2; closed++)
    for (guint i = 0; i < mh_registry_size (); i++)
      if (leads_to_patient (mh_registry_nth (i))
          && !fill_one (tx, gate, mh_registry_nth (i), closed, error))
        return FALSE;
  return TRUE;
}

static gboolean
make_patients (MhTx *tx, gpointer data, GError **error)
{
  Gate *gate = data;
  char *ids[] = { gate->open, gate->closed };
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (MhRecord) patient = mh_record_new (&mh_patient_type);
      mh_record_set_text (patient, MH_ID, ids[i]);
      mh_record_set_text (patient, MH_PATIENT_HOSPITAL_ID, gate->hospital);
      mh_record_set_text (patient, MH_PATIENT_MRN, i == 0 ? "MH000000017" : "MH000000025");
      mh_record_set_text (patient, MH_PATIENT_GIVEN_NAME, "Asha");
      mh_record_set_text (patient, MH_PATIENT_SEX, "female");
      mh_record_set_text (patient, MH_PATIENT_BIRTH_DATE, "1980-02-03");
      mh_record_set_bool (patient, MH_PATIENT_VIP, i == 1);
      if (!mh_tx_insert (tx, patient, MH_AUDIT_CREATE, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static void
gate_init (Gate *gate, const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  static const char *const settings[]
      = { "limits.rate_normal", "0", "limits.rate_heavy", "0", NULL };
  MhWho who = { .user_name = "test" };
  gate->site = site_new_with (test, settings);
  MhStore *store = mh_server_store (gate->site->server);
  MhDb *db = mh_store_take_reader (store, &error);
  g_autoptr (GPtrArray) hospitals = mh_store_all (db, &mh_hospital_type, NULL, NULL, &error);
  g_assert_no_error (error);
  gate->hospital = g_strdup (mh_record_id (g_ptr_array_index (hospitals, 0)));
  mh_store_give_reader (store, db);
  gate->open = mh_id_new ();
  gate->closed = mh_id_new ();
  gate->open_order = mh_id_new ();
  gate->closed_order = mh_id_new ();
  for (guint i = 0; i < 2; i++)
    gate->rows[i] = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  gate->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  mh_assert_ok (mh_store_write (store, &who, make_patients, gate, &error), error);
  mh_assert_ok (mh_store_write (store, &who, fill, gate, &error), error);
}

static void
gate_clear (Gate *gate)
{
  site_free (gate->site);
  g_free (gate->hospital);
  g_free (gate->open);
  g_free (gate->closed);
  g_free (gate->open_order);
  g_free (gate->closed_order);
  g_hash_table_unref (gate->rows[0]);
  g_hash_table_unref (gate->rows[1]);
  g_hash_table_unref (gate->tokens);
}

/* --- asking --- */

static const char *
token_of (Gate *gate, const char *account)
{
  char *token = g_hash_table_lookup (gate->tokens, account);
  if (token == NULL)
    {
      token = site_sign_in (gate->site, account);
      g_assert_nonnull (token);
      g_hash_table_insert (gate->tokens, g_strdup (account), token);
    }
  return token;
}

/* Somebody with the right who does not work on orders; else anybody with it. *out_works. */
static const char *
somebody (Gate *gate, const char *permission, gboolean *out_works)
{
  static const char *const work[] = { MH_MAY_COLLECT, MH_MAY_RECEIVE, MH_MAY_ENTER_RESULT,
                                      MH_MAY_VERIFY_RESULT, MH_MAY_TAKE_PAYMENT };
  const char *found = NULL;
  *out_works = TRUE;
  for (const MhRoleDefault *role = mh_role_defaults; role->code != NULL; role++)
    {
      gboolean works = FALSE;
      if (*permission != 0 && !g_strv_contains (role->permissions, permission))
        continue;
      for (guint i = 0; i < G_N_ELEMENTS (work); i++)
        works = works || g_strv_contains (role->permissions, work[i]);
      if (found == NULL || (*out_works && !works))
        {
          found = role->code;
          *out_works = works;
        }
    }
  return found != NULL ? token_of (gate, found) : NULL;
}

static gboolean
is_refused (Gate *gate, const MhRoute *route, const char *token, const char *id, const char *query)
{
  g_autofree char *path = route_path (route, id, query), *body = NULL;
  int status = site_call (gate->site, "GET", path, token, NULL, &body);
  return status == 403 && strstr (body, MH_ISSUE_PROTECTED_CHART) != NULL;
}

static gboolean
is_by_hand (const MhRoute *route)
{
  for (guint i = 0; by_hand[i].path != NULL; i++)
    if (g_str_has_prefix (route->path, by_hand[i].path))
      return TRUE;
  return FALSE;
}

/* What is wrong with @route, NULL: nothing. */
static const char *
ask_by_id (Gate *gate, const MhRoute *route, const char *token)
{
  const MhRecordType *type = mh_access_gate_type (route);
  if (type == NULL || !mh_access_gate_guards (type))
    return type == NULL && (route->reply == NULL || route->reply->patient != 0)
                   && !is_by_hand (route)
               ? "nobody can tell whose its id is"
               : NULL;
  const char *closed
      = type == &mh_patient_type ? gate->closed : g_hash_table_lookup (gate->rows[1], type);
  const char *open
      = type == &mh_patient_type ? gate->open : g_hash_table_lookup (gate->rows[0], type);
  g_assert_nonnull (closed);
  if (!is_refused (gate, route, token, closed, ""))
    return "shows a closed chart by its id";
  return is_refused (gate, route, token, open, "") ? "refuses an open chart" : NULL;
}

static gboolean
is_about_openings (const MhRoute *route)
{
  return g_str_equal (route->tag, "access") || g_str_equal (route->tag, "audit")
         || (route->flags & (MH_ROUTE_PUBLIC | MH_ROUTE_OUTSIDE)) != 0;
}

static const char *
ask_lists (Gate *gate, const MhRoute *route, const char *token, gboolean works)
{
  for (const MhParam *param = route->params; param != NULL && param->name != NULL; param++)
    if (g_str_equal (param->name, "patient_id"))
      {
        g_autofree char *closed = g_strconcat ("?patient_id=", gate->closed, NULL);
        g_autofree char *open = g_strconcat ("?patient_id=", gate->open, NULL);
        if (!is_refused (gate, route, token, gate->closed, closed))
          return "lists what is in a closed chart";
        if (is_refused (gate, route, token, gate->open, open))
          return "does not list what is in an open chart";
      }
  if ((route->flags & MH_ROUTE_LIST) == 0 || strchr (route->path, '{') != NULL || works)
    return NULL;
  g_autofree char *path = route_path (route, "", "?limit=200"), *body = NULL;
  int status = site_call (gate->site, "GET", path, token, NULL, &body);
  const char *told = status == 200 ? strstr (body, SENTINEL) : NULL;
  if (told == NULL)
    return NULL;
  g_test_message ("%.60s", MAX (body, told - 30));
  return "tells what is in a closed chart";
}

static void
test_every_route (const MhTestDb *test)
{
  Gate gate = { 0 };
  guint n_tables = 0, wrong = 0, asked = 0;
  const MhRouteTable *tables = mh_routes_tables (&n_tables);
  gate_init (&gate, test);
  for (guint t = 0; t < n_tables; t++)
    for (guint i = 0; i < tables[t].n_routes; i++)
      {
        const MhRoute *route = &tables[t].routes[i];
        gboolean works;
        const char *token = somebody (&gate, route->permission, &works);
        if (strcmp (route->method, "GET") != 0 || token == NULL || is_about_openings (route))
          continue;
        const char *said
            = strstr (route->path, "{id}") != NULL ? ask_by_id (&gate, route, token) : NULL;
        said = said != NULL ? said : ask_lists (&gate, route, token, works);
        asked++;
        if (said == NULL)
          continue;
        wrong++;
        g_test_message ("%s %s: %s", route->id, route->path, said);
      }
  g_assert_cmpuint (asked, >, 100);
  g_assert_cmpuint (wrong, ==, 0);
  gate_clear (&gate);
}

/* What changes something answers with the record, so it is asked as what shows it. */
static void
test_writes (const MhTestDb *test)
{
  static const struct
  {
    const MhRecordType *type;
    const char *path;
  } calls[] = { { &mh_consent_type, "/consents/%s/withdrawal" },
                { &mh_document_type, "/documents/%s/removal" } };
  Gate gate = { 0 };
  gate_init (&gate, test);
  const char *nurse = token_of (&gate, "nurse");
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autofree char *body = NULL;
      g_auto (GStrv) parts = g_strsplit (calls[i].path, "%s", 2);
      g_autofree char *path = g_strjoinv (g_hash_table_lookup (gate.rows[1], calls[i].type), parts);
      g_assert_cmpint (
          site_call (gate.site, "POST", path, nurse, "{\"reason\":\"Asked to\"}", &body), ==, 403);
      g_assert_nonnull (strstr (body, MH_ISSUE_PROTECTED_CHART));
    }
  gate_clear (&gate);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  mh_test_add_both ("/gate/every-route", test_every_route);
  mh_test_add_both ("/gate/writes", test_writes);
  return mh_test_run ();
}
