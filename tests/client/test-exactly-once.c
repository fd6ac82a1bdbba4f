/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A change reaches the server once, whatever becomes of the answers: the server here does the work
 * and then drops the connection, several times, as a bad line does. It knows a repetition by its
 * Idempotency-Key, as the real one. */
#include "shared/base/mh-date.h"
#include "shared/base/mh-id.h"
#include "shared/proto/mh-route.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/mh-records.h"
#include "shared/records/people/mh-patient.h"
#include "tests/client/desk-fixture.h"

typedef struct
{
  Door door;
  GHashTable *done; /* keys */
  GPtrArray *order; /* given names as they arrived first */
  guint attempts;
  guint late; /* attempts that said when they were made */
  gboolean first_late;
  guint drop; /* answers still to be lost */
} Desk;

static void
create (Desk *desk, SoupServerMessage *message)
{
  const char *key = soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                                  "Idempotency-Key");
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr (MhRecord) patient
      = mh_record_from_text (&mh_patient_type, text, -1, MH_JSON_CREATE, NULL);
  g_assert_nonnull (key);
  g_assert_nonnull (patient);
  const char *made = soup_message_headers_get_one (
      soup_server_message_get_request_headers (message), MH_HEADER_MADE_AT);
  gint64 made_at = 0;
  g_assert_true (made == NULL || mh_instant_parse (made, &made_at));
  desk->first_late = desk->attempts == 0 ? made != NULL : desk->first_late;
  desk->late += made != NULL;
  desk->attempts++;
  if (g_hash_table_add (desk->done, g_strdup (key)))
    g_ptr_array_add (desk->order, g_strdup (mh_record_text (patient, MH_PATIENT_GIVEN_NAME)));
  if (desk->drop > 0)
    {
      g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);
      desk->drop--;
      g_io_stream_close (stream, NULL, NULL);
      return;
    }
  mh_record_set_int (patient, MH_VERSION, 1);
  g_autofree char *json = mh_record_to_json (patient, MH_JSON_SKIP_UNSET);
  answer (message, 201, json);
}

static void
handle (SoupServer *server,
        SoupServerMessage *message,
        const char *path,
        GHashTable *query,
        gpointer data)
{
  Desk *desk = data;
  const char *method = soup_server_message_get_method (message);
  if (g_str_equal (path, "/api/v1/session"))
    answer_session (message, "patient.write");
  else if (g_str_equal (path, "/api/v1/changes"))
    answer_nothing (message);
  else if (g_str_equal (path, "/api/v1/patients") && g_str_equal (method, "POST"))
    create (desk, message);
  else
    answer (message, 404, "{}");
}

static void
submitted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_sync_submit_finish (MH_SYNC (source), result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (outcome);
  ++*(guint *)data;
}

static void
submit (MhContext *context, const char *name, guint *finished)
{
  g_autoptr (MhRecord) patient = mh_record_new (&mh_patient_type);
  mh_record_take_text (patient, MH_ID, mh_id_new ());
  mh_record_set_text (patient, MH_PATIENT_GIVEN_NAME, name);
  mh_sync_submit_async (mh_context_sync (context),
                        &(MhSyncChange){ .route = "patient.create",
                                         .body = patient,
                                         .optimistic = patient,
                                         .version = MH_API_ANY },
                        NULL, submitted_cb, finished);
}

static gboolean
poke_cb (gpointer data)
{
  mh_sync_poke (data);
  return G_SOURCE_CONTINUE;
}

static void
test_lost_answers (void)
{
  static const char *const names[] = { "Asha", "Ravi", "Zoya" };
  Desk desk = { .drop = 4 };
  guint finished = 0;
  desk.done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  desk.order = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *address = door_open (&desk.door, handle, &desk);
  g_autoptr (MhContext) context = desk_sign_in (address);
  MhSync *sync = mh_context_sync (context);
  guint poke = g_timeout_add (50, poke_cb, sync);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    submit (context, names[i], &finished);
  TURN_UNTIL (finished == G_N_ELEMENTS (names));
  TURN_UNTIL (mh_sync_waiting (sync) == 0);
  g_source_remove (poke);
  g_assert_cmpuint (desk.drop, ==, 0);
  g_assert_cmpuint (desk.attempts, ==, 7);
  /* At first the person stands before the form; what comes later was kept, and says so. */
  g_assert_false (desk.first_late);
  g_assert_cmpuint (desk.late, >=, 4);
  g_assert_cmpuint (g_hash_table_size (desk.done), ==, 3);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (g_ptr_array_index (desk.order, i), ==, names[i]);
  mh_context_sign_out (context);
  g_hash_table_unref (desk.done);
  g_ptr_array_unref (desk.order);
  door_close (&desk.door);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  g_test_add_func ("/sync/exactly-once", test_lost_answers);
  return g_test_run ();
}
