/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a desk shows before the server is reached is the local copy's part of the truth, and says
 * how old it is; as soon as the server is there it is asked. What it refuses is nowhere any more.
 */
#include "client/models/mh-record-list.h"
#include "shared/base/mh-id.h"
#include "shared/proto/mh-route.h"
#include "shared/records/lab/mh-critical.h"
#include "shared/records/mh-records.h"
#include "shared/records/people/mh-patient.h"
#include "tests/client/desk-fixture.h"

#include <string.h>

typedef struct
{
  Door door;
  gboolean down;        /* it answers nothing but that it is busy */
  gboolean holds;       /* it takes its time to tell what has changed */
  gboolean left;        /* its doctor, and another one came */
  gboolean orders;      /* it has one order whose payment failed, a doctor and a department */
  guint n;              /* patients it has */
  guint version;        /* of each; 0: 1 */
  const char *epoch;    /* NULL: "e1" */
  gint64 if_match;      /* what the last change of a patient expected */
  guint doctors;        /* how often it was asked for them, once one had left */
  guint tries, refused; /* how often it was asked for changes, and refused a patient */
  GPtrArray *held;
} House;

static void
answer_list (House *house, SoupServerMessage *message)
{
  g_autoptr (GString) json = g_string_new ("{\"items\":[");
  for (guint i = 0; i < house->n; i++)
    g_string_append_printf (json,
                            "%s{\"id\":\"0190a0a0-0000-7000-8000-00000000000%u\",\"version\":%u,"
                            "\"given_name\":\"Vikram\",\"sex\":\"male\"}",
                            i > 0 ? "," : "", i + 1, MAX (house->version, 1));
  g_string_append (json, "],\"next\":null}");
  answer (message, 200, json->str);
}

/* FALSE: @path is not of those that orders are placed and looked for with. */
static gboolean
answer_orders (House *house, SoupServerMessage *message, const char *path, GHashTable *query)
{
  const char *tab = query != NULL ? g_hash_table_lookup (query, "tab") : NULL;
  const char *row = NULL;
  if (g_str_equal (path, "/api/v1/orders") && g_strcmp0 (tab, "failed") == 0)
    row = "\"version\":1,\"number\":\"MH-000001\",\"tab\":\"failed\",\"status\":\"placed\"";
  else if (g_str_equal (path, "/api/v1/departments"))
    row = "\"version\":1,\"code\":\"GM\",\"name\":\"General medicine\"";
  else if (g_str_equal (path, "/api/v1/doctors"))
    row = house->left ? NULL : "\"name\":\"Meera Rao\",\"role\":\"doctor\"";
  if (house->left && g_str_equal (path, "/api/v1/doctors"))
    {
      house->doctors++;
      answer (message, 200,
              "{\"items\":[{\"id\":\"0190a0a0-0000-7000-8000-0000000000f2\","
              "\"name\":\"Arun Das\",\"role\":\"doctor\"}],\"next\":null}");
      return TRUE;
    }
  if (row == NULL)
    return FALSE;
  g_autofree char *json = g_strdup_printf (
      "{\"items\":[{\"id\":\"0190a0a0-0000-7000-8000-0000000000f1\",%s}],\"next\":null}", row);
  answer (message, 200, json);
  return TRUE;
}

/* The change itself is not taken: what is looked at is the version that it asks for. */
static void
note_version (House *house, SoupServerMessage *message)
{
  const char *match = soup_message_headers_get_one (
      soup_server_message_get_request_headers (message), "If-Match");
  house->if_match = match != NULL ? g_ascii_strtoll (match + 1, NULL, 10) : -1;
}

static void
handle (SoupServer *server,
        SoupServerMessage *message,
        const char *path,
        GHashTable *query,
        gpointer data)
{
  House *house = data;
  gboolean patients = g_str_equal (path, "/api/v1/patients");
  gboolean changes = g_str_has_suffix (path, "/changes");
  house->tries += changes;
  if (g_str_has_prefix (path, "/api/v1/patients/") && house->epoch != NULL)
    note_version (house, message);
  if (g_str_equal (path, "/api/v1/session"))
    answer_session (message, house->orders ? "order.read" : "patient.read");
  else if (house->down)
    answer (message, 503,
            "{\"type\":\"urn:mahima:problem:busy\",\"title\":\"Busy\",\"status\":503}");
  else if (changes && house->holds)
    {
      g_ptr_array_add (house->held, g_object_ref (message));
      soup_server_message_pause (message);
    }
  else if (g_str_has_prefix (path, "/api/v1/patients/"))
    answer (message, 503,
            "{\"type\":\"urn:mahima:problem:busy\",\"title\":\"Busy\",\"status\":503}");
  else if (patients && g_str_equal (soup_server_message_get_method (message), "POST"))
    {
      house->refused++;
      answer (message, 422,
              "{\"type\":\"urn:mahima:problem:invalid\",\"title\":\"No\",\"status\":422}");
    }
  else if (patients)
    answer_list (house, message);
  else if (house->epoch != NULL && changes)
    {
      g_autofree char *json = g_strdup_printf (
          "{\"items\":[],\"next\":null,\"last\":3,\"server_epoch\":\"%s\"}", house->epoch);
      answer (message, 200, json);
    }
  else if (!house->orders || !answer_orders (house, message, path, query))
    answer_nothing (message);
}

static MhContext *
sign_in (House *house)
{
  g_autofree char *address = door_open (&house->door, handle, house);
  house->held = g_ptr_array_new_with_free_func (g_object_unref);
  return desk_sign_in (address);
}

static void
sign_out (House *house, MhContext *context)
{
  mh_context_sign_out (context);
  g_clear_pointer (&house->held, g_ptr_array_unref);
  door_close (&house->door);
}

static guint
n_rows (MhRecordList *list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (list));
}

/* The second sign-in at a desk: the copy is there at once, the server a moment later. */
static void
test_before_the_first_answer (void)
{
  House house = { .n = 3 };
  g_autoptr (MhContext) context = sign_in (&house);
  MhSync *sync = mh_context_sync (context);
  g_autoptr (MhRecordList) list = mh_record_list_new (context, "patient.list");
  house.holds = TRUE;
  mh_sync_start (sync);
  g_assert_cmpint (mh_sync_state (sync), ==, MH_SYNC_OFFLINE);
  g_assert_false (mh_sync_is_away (sync));
  mh_record_list_set_args (list, (const char *[]){ "limit", "50", NULL });
  TURN_UNTIL (!mh_record_list_is_loading (list));
  g_assert_cmpuint (n_rows (list), ==, 3);
  g_assert_false (mh_record_list_from_cache (list));
  g_assert_cmpint (mh_record_list_as_of (list), ==, 0);
  g_clear_object (&list);
  sign_out (&house, context);
}

static void
test_away_and_back (void)
{
  House house = { .n = 1 };
  g_autoptr (MhContext) context = sign_in (&house);
  MhSync *sync = mh_context_sync (context);
  g_autoptr (MhRecordList) list = mh_record_list_new (context, "patient.list");
  TURN_UNTIL (mh_sync_state (sync) == MH_SYNC_ONLINE);
  gint64 before = g_get_real_time ();
  mh_record_list_set_keep (list, TRUE);
  mh_record_list_set_args (list, (const char *[]){ "limit", "50", NULL });
  TURN_UNTIL (n_rows (list) == 1);

  house.down = TRUE;
  mh_sync_start (sync);
  TURN_UNTIL (mh_sync_is_away (sync));
  g_assert_cmpint (mh_sync_away_since (sync), >=, before);
  house.n = 3;
  mh_record_list_reload (list);
  TURN_UNTIL (!mh_record_list_is_loading (list));
  g_assert_true (mh_record_list_from_cache (list));
  g_assert_cmpuint (n_rows (list), ==, 1);
  g_assert_cmpint (mh_record_list_as_of (list), >, 0);
  g_assert_cmpint (mh_record_list_as_of (list), <=, g_get_real_time ());

  house.down = FALSE;
  TURN_UNTIL (n_rows (list) == 3);
  g_assert_false (mh_record_list_from_cache (list));
  g_assert_cmpint (mh_record_list_as_of (list), ==, 0);
  g_clear_object (&list);
  sign_out (&house, context);
}

/* While a person is at work the server is tried every two seconds, however long it was away. */
static void
test_nudged (void)
{
  House house = { .n = 1 };
  g_autoptr (MhContext) context = sign_in (&house);
  MhSync *sync = mh_context_sync (context);
  house.down = TRUE;
  mh_sync_start (sync);
  TURN_UNTIL (house.tries >= 4); /* after 1, 2 and 4 seconds; the next one would come after 8 */
  gint64 nudged = g_get_monotonic_time ();
  guint tries = house.tries;
  mh_sync_nudge (sync);
  TURN_UNTIL (house.tries >= tries + 2);
  g_assert_cmpint (g_get_monotonic_time () - nudged, <, 7 * G_USEC_PER_SEC);
  sign_out (&house, context);
}

/* Refused, or kept because the door has no live feed and was just closed, and refused later. */
static void
told_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_sync_submit_finish (MH_SYNC (source), result, &error);
  g_assert_true (outcome == NULL ? error != NULL : outcome->waiting);
  *(gboolean *)data = TRUE;
}

static gpointer
read_here (MhCache *cache, gpointer id, GError **error)
{
  return mh_cache_get (cache, &mh_patient_type, id, error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhRecord) record = mh_cache_run_finish (MH_CACHE (source), result, NULL);
  *(int *)data = record != NULL;
}

static void
test_refused_is_gone (void)
{
  House house = { .n = 1 };
  g_autoptr (MhContext) context = sign_in (&house);
  g_autoptr (MhRecordList) list = mh_record_list_new (context, "patient.list");
  g_autoptr (MhRecord) patient = mh_record_new (&mh_patient_type);
  gboolean told = FALSE;
  int here = -1;
  TURN_UNTIL (mh_sync_state (mh_context_sync (context)) == MH_SYNC_ONLINE);
  mh_record_list_set_args (list, (const char *[]){ "limit", "50", NULL });
  TURN_UNTIL (n_rows (list) == 1);
  mh_record_take_text (patient, MH_ID, mh_id_new ());
  mh_record_set_text (patient, MH_PATIENT_GIVEN_NAME, "Ghost");
  mh_sync_submit_async (mh_context_sync (context),
                        &(MhSyncChange){ .route = "patient.create",
                                         .body = patient,
                                         .optimistic = patient,
                                         .version = MH_API_ANY },
                        NULL, told_cb, &told);
  TURN_UNTIL (told && house.refused > 0);
  TURN_UNTIL (mh_record_list_find (list, mh_record_id (patient)) < 0);
  mh_cache_run_async (
      mh_context_cache (context),
      (MhCacheWork){ read_here, (gpointer)mh_record_id (patient), NULL, g_object_unref }, NULL,
      read_cb, &here);
  TURN_UNTIL (here >= 0);
  g_assert_cmpint (here, ==, 0);
  g_assert_cmpuint (n_rows (list), ==, 1);
  g_clear_object (&list);
  sign_out (&house, context);
}

/* The version of a patient that is in the local copy; -1: none. */
static gpointer
read_version (MhCache *cache, gpointer id, GError **error)
{
  g_autoptr (MhRecord) record = mh_cache_get (cache, &mh_patient_type, id, NULL);
  return GINT_TO_POINTER (record != NULL ? (int)mh_record_version (record) : -1);
}

static void
read_version_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(int *)data = GPOINTER_TO_INT (mh_cache_run_finish (MH_CACHE (source), result, NULL));
}

static int
version_here (MhContext *context, const char *id)
{
  int version = G_MAXINT;
  mh_cache_run_async (mh_context_cache (context), (MhCacheWork){ read_version, (gpointer)id }, NULL,
                      read_version_cb, &version);
  TURN_UNTIL (version != G_MAXINT);
  return version;
}

/* A server that was restored from a backup has older versions of what this desk knows, and does
 * not have what came after: its word counts, but what was made here and waits stays. */
static void
test_restored_server (void)
{
  static const char first[] = "0190a0a0-0000-7000-8000-000000000001";
  static const char third[] = "0190a0a0-0000-7000-8000-000000000003";
  House house = { .n = 3, .version = 7, .epoch = "e1" };
  g_autoptr (MhContext) context = sign_in (&house);
  MhSync *sync = mh_context_sync (context);
  g_autoptr (MhRecord) made = mh_record_new (&mh_patient_type);
  g_autoptr (MhRecord) patch = mh_record_new (&mh_patient_type);
  gboolean changed = FALSE, created = FALSE;
  TURN_UNTIL (mh_sync_state (sync) == MH_SYNC_ONLINE);
  g_assert_cmpint (version_here (context, third), ==, 7);

  house.down = TRUE;
  mh_sync_start (sync);
  TURN_UNTIL (mh_sync_is_away (sync));
  mh_record_set_text (patch, MH_PATIENT_GIVEN_NAME, "Vikrant");
  mh_sync_submit_async (sync,
                        &(MhSyncChange){ .route = "patient.update",
                                         .args = (const char *[]){ "id", first, NULL },
                                         .body = patch,
                                         .version = 7 },
                        NULL, told_cb, &changed);
  mh_record_take_text (made, MH_ID, mh_id_new ());
  mh_record_set_text (made, MH_PATIENT_GIVEN_NAME, "Nila");
  mh_sync_submit_async (
      sync,
      &(MhSyncChange){
          .route = "patient.create", .body = made, .optimistic = made, .version = MH_API_ANY },
      NULL, told_cb, &created);
  TURN_UNTIL (changed && created);

  house = (House){
    .door = house.door, .held = house.held, .n = 2, .version = 5, .epoch = "e2", .if_match = -2
  };
  TURN_UNTIL (house.if_match != -2);
  g_assert_cmpint (house.if_match, ==, 0);
  g_assert_cmpint (version_here (context, first), ==, 5);
  g_assert_cmpint (version_here (context, third), ==, -1);
  g_assert_cmpint (version_here (context, mh_record_id (made)), ==, 0);
  sign_out (&house, context);
}

/* A desk that signed in once can place an order and look for a failed payment without the server,
 * whatever page was opened before. */
static void
test_filled_for_orders (void)
{
  static const struct
  {
    const char *route, *args[5], *words;
  } lists[] = { { "order.list", { "tab", "failed", "limit", "50", NULL }, "MH-000001" },
                { "department.list", { "limit", "200", NULL }, "General medicine" },
                { "doctor.list", { "limit", "200", NULL }, "Meera Rao" } };
  House house = { .orders = TRUE };
  g_autoptr (MhContext) context = sign_in (&house);
  MhSync *sync = mh_context_sync (context);
  TURN_UNTIL (mh_sync_state (sync) == MH_SYNC_ONLINE);
  house.down = TRUE;
  mh_sync_start (sync);
  TURN_UNTIL (mh_sync_is_away (sync));
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (MhRecordList) list = mh_record_list_new (context, lists[i].route);
      g_test_message ("%s", lists[i].route);
      mh_record_list_set_args (list, lists[i].args);
      TURN_UNTIL (!mh_record_list_is_loading (list));
      g_assert_true (mh_record_list_from_cache (list));
      g_assert_cmpuint (n_rows (list), ==, 1);
      g_autoptr (MhRecord) row = g_list_model_get_item (G_LIST_MODEL (list), 0);
      int field = mh_record_type_find (mh_record_type (row), i == 0 ? "number" : "name");
      g_assert_cmpstr (mh_record_text (row, (guint)field), ==, lists[i].words);
    }
  sign_out (&house, context);
}

static gpointer
doctors_here (MhCache *cache, gpointer data, GError **error)
{
  return mh_cache_list (cache, &mh_clinician_type, NULL, 10, error);
}

static void
doctors_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GPtrArray) all = mh_cache_run_finish (MH_CACHE (source), result, NULL);
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; all != NULL && i < all->len; i++)
    g_string_append_printf (names, "%s ",
                            mh_record_text (g_ptr_array_index (all, i), MH_CLINICIAN_NAME));
  *(char **)data = g_string_free (g_steal_pointer (&names), FALSE);
}

static char *
doctors_of (MhContext *context)
{
  char *names = NULL;
  mh_cache_run_async (mh_context_cache (context),
                      (MhCacheWork){ doctors_here, NULL, NULL, (GDestroyNotify)g_ptr_array_unref },
                      NULL, doctors_cb, &names);
  TURN_UNTIL (names != NULL);
  return names;
}

/* No feed tells a desk who has left the hospital: it asks whenever it reaches the server again. */
static void
test_doctors_who_left (void)
{
  House house = { .orders = TRUE };
  g_autoptr (MhContext) context = sign_in (&house);
  MhSync *sync = mh_context_sync (context);
  TURN_UNTIL (mh_sync_state (sync) == MH_SYNC_ONLINE);
  g_autofree char *before = doctors_of (context);
  g_assert_cmpstr (before, ==, "Meera Rao ");
  house.down = TRUE;
  mh_sync_start (sync);
  TURN_UNTIL (mh_sync_is_away (sync));
  g_autofree char *away = doctors_of (context);
  g_assert_cmpstr (away, ==, "Meera Rao ");
  house.down = FALSE;
  house.left = TRUE;
  mh_sync_start (sync);
  TURN_UNTIL (house.doctors > 0);
  g_autofree char *after = doctors_of (context);
  for (guint tries = 0; tries < 1000 && g_strcmp0 (after, "Arun Das ") != 0; tries++)
    {
      g_free (after);
      g_usleep (2000);
      after = doctors_of (context);
    }
  g_assert_cmpstr (after, ==, "Arun Das ");
  sign_out (&house, context);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  g_test_add_func ("/reached/before-the-first-answer", test_before_the_first_answer);
  g_test_add_func ("/reached/away-and-back", test_away_and_back);
  g_test_add_func ("/reached/nudged", test_nudged);
  g_test_add_func ("/reached/refused-is-gone", test_refused_is_gone);
  g_test_add_func ("/reached/restored-server", test_restored_server);
  g_test_add_func ("/reached/filled-for-orders", test_filled_for_orders);
  g_test_add_func ("/reached/doctors-who-left", test_doctors_who_left);
  return g_test_run ();
}
