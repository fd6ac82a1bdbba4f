/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a page asks of the server comes as what it is; what is refused, empty, given up or not to be
 * had says so. */
#include "client/models/mh-fetch.h"
#include "client/models/mh-read.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/mh-records.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-patient.h"
#include "tests/client/desk-fixture.h"

#include <string.h>

#define ID "0190a0a0-0000-7000-8000-000000000001"
#define VIKRAM                                                                                     \
  "{\"id\":\"" ID "\",\"version\":3,\"given_name\":\"Vikram\",\"family_name\":\"Rao\","            \
  "\"sex\":\"male\"}"

typedef struct
{
  Door door;
  MhContext *context;
  char *key, *body, *query; /* of the last question */
  gboolean matched;         /* it had an If-Match */
  gboolean silent;          /* counts are not told: 204 */
} House;

static void
fetch_remember (House *house, SoupServerMessage *message, GHashTable *query)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_free (house->key);
  g_free (house->body);
  g_free (house->query);
  house->key = g_strdup (soup_message_headers_get_one (headers, "Idempotency-Key"));
  house->body = g_strndup (body->data, (gsize)body->length);
  house->query = g_strdup (query != NULL ? g_hash_table_lookup (query, "q") : NULL);
  house->matched = soup_message_headers_get_one (headers, "If-Match") != NULL;
}

static void
fetch_handle_cb (SoupServer *server,
                 SoupServerMessage *message,
                 const char *path,
                 GHashTable *query,
                 gpointer data)
{
  House *house = data;
  /* the desk asks for much else by itself */
  if (g_str_equal (path, "/api/v1/orders/counts")
      || g_str_has_prefix (path, "/api/v1/family-links/")
      || (query != NULL && g_hash_table_contains (query, "q")))
    fetch_remember (house, message, query);

  if (g_str_equal (path, "/api/v1/session"))
    answer_session (message, "order.read");
  else if (g_str_equal (path, "/api/v1/orders/counts"))
    answer (message, house->silent ? 204 : 200, house->silent ? "" : "{\"paid\":7}");
  else if (g_str_equal (path, "/api/v1/patients"))
    answer (message, 200, "{\"items\":[" VIKRAM "],\"next\":\"further\"}");
  else if (g_str_equal (path, "/api/v1/patients/" ID))
    answer (message, 200, VIKRAM);
  else if (g_str_has_suffix (path, "/thumbnail"))
    {
      soup_server_message_set_status (message, 200, NULL);
      soup_server_message_set_response (message, "image/png", SOUP_MEMORY_COPY, "a\0picture", 9);
    }
  else if (g_str_has_prefix (path, "/api/v1/family-links/"))
    soup_server_message_set_status (message, 204, NULL);
  else if (g_str_equal (path, "/api/v1/critical/figures"))
    answer (message, 403,
            "{\"type\":\"urn:mahima:problem:forbidden\",\"title\":\"Forbidden\",\"detail\":\"Not "
            "yours.\"}");
  else
    answer_nothing (message);
}

static void
fetch_set_up (House *house, gconstpointer data)
{
  g_autofree char *address = door_open (&house->door, fetch_handle_cb, house);
  house->context = desk_sign_in (address);
}

static void
fetch_tear_down (House *house, gconstpointer data)
{
  mh_context_sign_out (house->context);
  g_object_unref (house->context);
  if (house->door.server != NULL)
    door_close (&house->door);
  g_free (house->key);
  g_free (house->body);
  g_free (house->query);
}

static void
fetch_came_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static GAsyncResult *
fetch_ask (House *house, MhFetch fetch)
{
  GAsyncResult *result = NULL;
  mh_fetch_async (house->context, &fetch, NULL, fetch_came_cb, &result);
  TURN_UNTIL (result != NULL);
  return result;
}

static void
test_record (House *house, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = fetch_ask (house, (MhFetch){ .route = "order.counts" });
  g_autoptr (MhRecord) counts = mh_fetch_finish_record (result, &error);
  g_assert_no_error (error);
  g_assert_true (mh_record_type (counts) == &mh_order_counts_type);
  g_assert_cmpint (mh_record_int (counts, MH_ORDER_COUNTS_PAID), ==, 7);
  g_assert_null (house->key);
  g_assert_false (house->matched);
  g_assert_cmpstr (house->body, ==, "");
}

static void
test_list (House *house, gconstpointer data)
{
  const char *args[] = { "q", "vik", NULL };
  MhFetch fetch = { .route = "patient.list", .args = args };
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = fetch_ask (house, fetch);
  g_autoptr (GPtrArray) patients = mh_fetch_finish_list (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (patients->len, ==, 1);
  g_assert_cmpstr (mh_record_text (patients->pdata[0], MH_PATIENT_GIVEN_NAME), ==, "Vikram");
  g_assert_cmpstr (house->query, ==, "vik");

  /* who goes on is told where */
  g_autoptr (GAsyncResult) again = fetch_ask (house, fetch);
  g_autoptr (MhAnswer) answer = mh_fetch_finish (again, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (answer->next, ==, "further");
}

static void
test_file (House *house, gconstpointer data)
{
  const char *args[] = { "id", ID, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result
      = fetch_ask (house, (MhFetch){ .route = "document.thumbnail", .args = args });
  g_autoptr (GBytes) file = mh_fetch_finish_file (result, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (file, NULL), g_bytes_get_size (file), "a\0picture", 9);
}

/* Body and key go as they are given, and nothing comes back. */
static void
test_done (House *house, gconstpointer data)
{
  const char *args[] = { "id", ID, NULL };
  MhFetch fetch = { .route = "family.remove", .args = args, .body = "{}", .key = "once" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = fetch_ask (house, fetch);
  g_autoptr (MhAnswer) answer = mh_fetch_finish (result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (answer);
  g_assert_null (answer->record);
  g_assert_cmpstr (house->key, ==, "once");
  g_assert_cmpstr (house->body, ==, "{}");
}

static void
test_empty (House *house, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  house->silent = TRUE;
  g_autoptr (GAsyncResult) result = fetch_ask (house, (MhFetch){ .route = "order.counts" });
  g_assert_null (mh_fetch_finish_record (result, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_MALFORMED);
}

static void
test_refused (House *house, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = fetch_ask (house, (MhFetch){ .route = "critical.figures" });
  g_assert_null (mh_fetch_finish_record (result, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_FORBIDDEN);
  g_assert_nonnull (strstr (error->message, "Not yours."));
}

static void
test_given_up (House *house, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  mh_fetch_async (house->context, &(MhFetch){ .route = "order.counts" }, cancellable, fetch_came_cb,
                  &result);
  g_cancellable_cancel (cancellable);
  TURN_UNTIL (result != NULL);
  g_assert_null (mh_fetch_finish_record (result, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CANCELLED);
}

static void
test_away (House *house, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  door_close (&house->door);
  house->door.server = NULL;
  g_autoptr (GAsyncResult) result = fetch_ask (house, (MhFetch){ .route = "patient.list" });
  g_assert_null (mh_fetch_finish_list (result, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_OFFLINE);
}

/* --- one record with the local copy behind it --- */

static MhRecord *
fetch_read (House *house, const char *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  mh_read_async (house->context, "patient.read", id, NULL, fetch_came_cb, &result);
  TURN_UNTIL (result != NULL);
  return mh_read_finish (result, error);
}

static void
test_read_away (House *house, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) there = fetch_read (house, ID, &error);
  g_assert_no_error (error);
  door_close (&house->door);
  house->door.server = NULL;

  g_autoptr (MhRecord) kept = fetch_read (house, ID, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_text (kept, MH_PATIENT_GIVEN_NAME), ==, "Vikram");
  g_assert_null (fetch_read (house, "0190a0a0-0000-7000-8000-000000000002", &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_OFFLINE);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (House *house, gconstpointer data);
  } cases[] = {
    { "/fetch/record", test_record },       { "/fetch/list", test_list },
    { "/fetch/file", test_file },           { "/fetch/done", test_done },
    { "/fetch/empty", test_empty },         { "/fetch/refused", test_refused },
    { "/fetch/given-up", test_given_up },   { "/fetch/away", test_away },
    { "/fetch/read-away", test_read_away },
  };
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].name, House, NULL, fetch_set_up, cases[i].test, fetch_tear_down);
  return g_test_run ();
}
