/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done here goes to the server with the version it was made on; it waits, is refused, or
 * may not wait at all. */
#include "client/models/mh-command.h"
#include "shared/base/mh-id.h"
#include "shared/records/mh-records.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-patient.h"
#include "tests/client/desk-fixture.h"

#include <string.h>

#define ID "0190a0a0-0000-7000-8000-000000000001"

typedef struct
{
  Door door;
  MhContext *context;
  char *key, *matched, *body; /* of the last change */
  guint changes;
  gboolean refuses;
} House;

static void
command_take (House *house, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_free (house->key);
  g_free (house->matched);
  g_free (house->body);
  house->key = g_strdup (soup_message_headers_get_one (headers, "Idempotency-Key"));
  house->matched = g_strdup (soup_message_headers_get_one (headers, "If-Match"));
  house->body = g_strndup (body->data, (gsize)body->length);
  house->changes++;
}

static void
command_handle_cb (SoupServer *server,
                   SoupServerMessage *message,
                   const char *path,
                   GHashTable *query,
                   gpointer data)
{
  House *house = data;
  const char *method = soup_server_message_get_method (message);
  gboolean changes = g_str_equal (method, "PATCH") || g_str_equal (method, "DELETE");

  if (changes)
    command_take (house, message);

  if (g_str_equal (path, "/api/v1/session"))
    answer_session (message, "patient.write");
  else if (changes && house->refuses)
    answer (message, 403,
            "{\"type\":\"urn:mahima:problem:forbidden\",\"title\":\"Forbidden\","
            "\"detail\":\"Not yours.\"}");
  else if (g_str_equal (method, "PATCH"))
    answer (message, 200, "{\"id\":\"" ID "\",\"version\":5,\"given_name\":\"Vikram\"}");
  else if (g_str_equal (method, "DELETE"))
    soup_server_message_set_status (message, 204, NULL);
  else
    answer_nothing (message);
}

static void
command_set_up (House *house, gconstpointer data)
{
  g_autofree char *address = door_open (&house->door, command_handle_cb, house);
  house->context = desk_sign_in (address);
}

static void
command_shut (House *house)
{
  door_close (&house->door);
  house->door.server = NULL;
}

static void
command_tear_down (House *house, gconstpointer data)
{
  mh_context_sign_out (house->context);
  g_object_unref (house->context);
  if (house->door.server != NULL)
    command_shut (house);
  g_free (house->key);
  g_free (house->matched);
  g_free (house->body);
}

static MhRecord *
command_patient (const char *name, gint64 version)
{
  MhRecord *patient = mh_record_new (&mh_patient_type);
  mh_record_set_text (patient, MH_PATIENT_GIVEN_NAME, name);
  if (version >= 0)
    {
      mh_record_set_text (patient, MH_ID, ID);
      mh_record_set_int (patient, MH_VERSION, version);
    }
  return patient;
}

static void
command_came_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static MhOutcome *
command_do (House *house, MhCommand command, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  mh_command_async (house->context, &command, NULL, command_came_cb, &result);
  TURN_UNTIL (result != NULL);
  return mh_command_finish (result, error);
}

/* A new name for the patient of @version; @with_base FALSE: whichever is there. */
static MhOutcome *
command_rename (House *house, gint64 version, gboolean with_base, GError **error)
{
  const char *args[] = { "id", ID, NULL };
  g_autoptr (MhRecord) patch = command_patient ("Vikram", -1);
  g_autoptr (MhRecord) base = command_patient ("Vikas", version);
  g_autoptr (MhRecord) seen = command_patient ("Vikram", version);
  return command_do (house,
                     (MhCommand){ .route = "patient.update",
                                  .args = args,
                                  .body = patch,
                                  .base = with_base ? base : NULL,
                                  .optimistic = seen },
                     error);
}

static void
test_sent (House *house, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = command_rename (house, 4, TRUE, &error);
  g_assert_no_error (error);
  g_assert_false (outcome->waiting);
  g_assert_cmpint (mh_record_version (outcome->record), ==, 5);
  g_assert_cmpstr (house->matched, ==, "\"4\"");
  g_assert_nonnull (house->key);
  g_assert_nonnull (strstr (house->body, "Vikram"));
  g_assert_cmpuint (house->changes, ==, 1);
}

/* The version of what was made here is 0, and that is a version; nothing given is none. */
static void
test_version (House *house, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) of_here = command_rename (house, 0, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (house->matched, ==, "\"0\"");

  g_autoptr (MhOutcome) of_any = command_rename (house, 4, FALSE, &error);
  g_assert_no_error (error);
  g_assert_null (house->matched);
  g_assert_cmpuint (house->changes, ==, 2);
}

static void
test_refused (House *house, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  house->refuses = TRUE;
  g_assert_null (command_rename (house, 4, TRUE, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_FORBIDDEN);
  g_assert_cmpuint (mh_sync_waiting (mh_context_sync (house->context)), ==, 0);
}

static void
test_waits (House *house, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  command_shut (house);
  g_autoptr (MhOutcome) outcome = command_rename (house, 4, TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (outcome->waiting);
  g_assert_cmpstr (mh_record_text (outcome->record, MH_PATIENT_GIVEN_NAME), ==, "Vikram");
  g_assert_cmpuint (mh_sync_waiting (mh_context_sync (house->context)), ==, 1);
}

/* What has to be decided now is not kept for later. */
static void
test_now_or_never (House *house, gconstpointer data)
{
  const char *args[] = { "id", ID, NULL };
  MhCommand command = { .route = "family.remove", .args = args };
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) done = command_do (house, command, &error);
  g_assert_no_error (error);
  g_assert_nonnull (done);
  g_assert_cmpuint (house->changes, ==, 1);

  command_shut (house);
  g_assert_null (command_do (house, command, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_OFFLINE);
  g_assert_cmpuint (mh_sync_waiting (mh_context_sync (house->context)), ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (House *house, gconstpointer data);
  } cases[] = {
    { "/command/sent", test_sent },
    { "/command/version", test_version },
    { "/command/refused", test_refused },
    { "/command/waits", test_waits },
    { "/command/now-or-never", test_now_or_never },
  };
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].name, House, NULL, command_set_up, cases[i].test, command_tear_down);
  return g_test_run ();
}
