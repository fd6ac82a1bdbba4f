/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of a waiting change for every answer there is: only the server's own word refuses
 * one. A server that fails, a disk that is full, a proxy or a guest network in between never do. */
#include "client/sync/mh-sync-private.h"
#include "shared/base/mh-id.h"
#include "shared/proto/mh-problem.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/dispatch/mh-crew.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/people/mh-patient.h"
#include "tests/client/desk-fixture.h"

#define OURS(word) "{\"type\":\"urn:mahima:problem:" word "\",\"title\":\"x\",\"detail\":\"y\"}"
#define HTML "<html><body>Welcome to the guest network</body></html>"

typedef struct
{
  int status;
  const char *body;
  MhVerdict first, eighth;
} Row;

static const Row rows[] = {
  /* our server's word */
  { 400, OURS ("malformed"), MH_VERDICT_REFUSED, MH_VERDICT_REFUSED },
  { 401, OURS ("unauthorized"), MH_VERDICT_SIGN_IN, MH_VERDICT_SIGN_IN },
  { 403, OURS ("forbidden"), MH_VERDICT_REFUSED, MH_VERDICT_REFUSED },
  { 404, OURS ("not-found"), MH_VERDICT_REFUSED, MH_VERDICT_REFUSED },
  { 405, OURS ("no-method"), MH_VERDICT_REFUSED, MH_VERDICT_REFUSED },
  { 409, OURS ("conflict"), MH_VERDICT_REFUSED, MH_VERDICT_REFUSED },
  { 412, OURS ("stale"), MH_VERDICT_REFUSED, MH_VERDICT_REFUSED },
  { 413, OURS ("too-large"), MH_VERDICT_REFUSED, MH_VERDICT_REFUSED },
  { 415, OURS ("media-type"), MH_VERDICT_REFUSED, MH_VERDICT_REFUSED },
  { 422, OURS ("invalid"), MH_VERDICT_REFUSED, MH_VERDICT_REFUSED },
  { 429, OURS ("rate"), MH_VERDICT_LATER, MH_VERDICT_LATER },
  { 500, OURS ("internal"), MH_VERDICT_LATER, MH_VERDICT_ASIDE },
  { 503, OURS ("busy"), MH_VERDICT_LATER, MH_VERDICT_LATER },
  { 503, OURS ("storage"), MH_VERDICT_LATER, MH_VERDICT_LATER },
  /* somebody else's */
  { 302, HTML, MH_VERDICT_LATER, MH_VERDICT_ASIDE },
  { 400, HTML, MH_VERDICT_LATER, MH_VERDICT_ASIDE },
  { 401, HTML, MH_VERDICT_SIGN_IN, MH_VERDICT_SIGN_IN },
  { 403, HTML, MH_VERDICT_LATER, MH_VERDICT_ASIDE },
  { 404, NULL, MH_VERDICT_LATER, MH_VERDICT_ASIDE },
  { 407, HTML, MH_VERDICT_LATER, MH_VERDICT_ASIDE },
  { 408, NULL, MH_VERDICT_LATER, MH_VERDICT_LATER },
  { 409, "{}", MH_VERDICT_LATER, MH_VERDICT_ASIDE },
  { 413, HTML, MH_VERDICT_LATER, MH_VERDICT_ASIDE },
  { 425, HTML, MH_VERDICT_LATER, MH_VERDICT_LATER },
  { 429, HTML, MH_VERDICT_LATER, MH_VERDICT_LATER },
  { 500, HTML, MH_VERDICT_LATER, MH_VERDICT_ASIDE },
  { 502, HTML, MH_VERDICT_LATER, MH_VERDICT_LATER },
  { 503, HTML, MH_VERDICT_LATER, MH_VERDICT_LATER },
  { 504, NULL, MH_VERDICT_LATER, MH_VERDICT_LATER },
  { 507, HTML, MH_VERDICT_LATER, MH_VERDICT_ASIDE },
  { 511, HTML, MH_VERDICT_LATER, MH_VERDICT_ASIDE },
};

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = mh_problem_read (rows[i].status, rows[i].body, -1, 0);
      g_test_message ("%d %s", rows[i].status, rows[i].body);
      g_assert_cmpint (mh_sync_judge (error, 1), ==, rows[i].first);
      g_assert_cmpint (mh_sync_judge (error, 7), ==, rows[i].first);
      g_assert_cmpint (mh_sync_judge (error, 8), ==, rows[i].eighth);
    }
}

/* Without an answer: no server, cancelled, a time-out, and an error of another domain. */
static void
test_no_answer (void)
{
  const MhErrorKind kinds[] = { MH_ERROR_OFFLINE, MH_ERROR_CANCELLED, MH_ERROR_BUSY };
  g_autoptr (GError) timed_out
      = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "Socket I/O timed out");
  g_assert_cmpint (mh_sync_judge (timed_out, 99), ==, MH_VERDICT_LATER);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GError) error = NULL;
      mh_error_set (&error, kinds[i], "away");
      g_assert_cmpint (mh_sync_judge (error, 99), ==, MH_VERDICT_LATER);
    }
}

/* --- a desk whose server fails on one patient --- */

typedef struct
{
  Door door;
  const char *failing; /* given name; NULL: the server is well */
  const char *body;    /* of what fails */
  guint status;
  guint failures;
  GPtrArray *arrived; /* given names and ids of the orders' patients */
} Desk;

static void
take (Desk *desk, SoupServerMessage *message, const MhRecordType *type, int field)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr (MhRecord) record = mh_record_from_text (type, text, -1, MH_JSON_TRUSTED, NULL);
  g_assert_nonnull (record);
  const char *word = mh_record_text (record, field);
  if (g_strcmp0 (word, desk->failing) == 0)
    {
      desk->failures++;
      answer (message, desk->status, desk->body);
      return;
    }
  g_ptr_array_add (desk->arrived, g_strdup (word));
  mh_record_set_int (record, MH_VERSION, 1);
  g_autofree char *json = mh_record_to_json (record, MH_JSON_SKIP_UNSET);
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
  gboolean post = g_str_equal (soup_server_message_get_method (message), "POST");
  if (g_str_equal (path, "/api/v1/session"))
    answer_session (message, "patient.write");
  else if (g_str_equal (path, "/api/v1/changes"))
    answer_nothing (message);
  else if (post && g_str_equal (path, "/api/v1/patients"))
    take (desk, message, &mh_patient_type, MH_PATIENT_GIVEN_NAME);
  else if (post && g_str_equal (path, "/api/v1/units/A1/positions"))
    {
      desk->failures++;
      answer (message, desk->status, desk->body);
    }
  else if (post && g_str_equal (path, "/api/v1/orders"))
    take (desk, message, &mh_order_type, MH_ORDER_PATIENT_ID);
  else
    answer (message, 404, OURS ("not-found"));
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

static char *
submit_patient (MhSync *sync, const char *name, guint *finished)
{
  g_autoptr (MhRecord) patient = mh_record_new (&mh_patient_type);
  char *id = mh_id_new ();
  mh_record_set_text (patient, MH_ID, id);
  mh_record_set_text (patient, MH_PATIENT_GIVEN_NAME, name);
  mh_sync_submit_async (sync,
                        &(MhSyncChange){ .route = "patient.create",
                                         .body = patient,
                                         .optimistic = patient,
                                         .version = MH_API_ANY },
                        NULL, submitted_cb, finished);
  return id;
}

static gboolean
poke_cb (gpointer data)
{
  mh_sync_poke (data);
  return G_SOURCE_CONTINUE;
}

static void
desk_open (Desk *desk, guint status, const char *body)
{
  desk->failing = "Asha";
  desk->status = status;
  desk->body = body;
  desk->arrived = g_ptr_array_new_with_free_func (g_free);
}

/* Twenty failures, more than twice as many as once made a refusal of a waiting change. */
static void
test_disk_full (void)
{
  Desk desk = { 0 };
  guint finished = 0, conflicts = 1;
  desk_open (&desk, 503, OURS ("storage"));
  g_autofree char *address = door_open (&desk.door, handle, &desk);
  g_autoptr (MhContext) context = desk_sign_in (address);
  MhSync *sync = mh_context_sync (context);
  guint poke = g_timeout_add (20, poke_cb, sync);
  g_autofree char *asha = submit_patient (sync, "Asha", &finished);
  TURN_UNTIL (desk.failures >= 20);
  g_object_get (sync, "conflicts", &conflicts, NULL);
  g_assert_cmpuint (conflicts, ==, 0);
  g_assert_cmpuint (mh_sync_waiting (sync), ==, 1);
  desk.failing = NULL;
  TURN_UNTIL (mh_sync_waiting (sync) == 0);
  g_assert_cmpuint (desk.arrived->len, ==, 1);
  g_source_remove (poke);
  mh_context_sign_out (context);
  g_ptr_array_unref (desk.arrived);
  door_close (&desk.door);
}

/* The server fails on one patient, always: she waits, and what is for her waits with her; the next
 * one goes through. */
static void
test_aside (void)
{
  Desk desk = { 0 };
  guint finished = 0, conflicts = 1;
  desk_open (&desk, 500, OURS ("internal"));
  g_autofree char *address = door_open (&desk.door, handle, &desk);
  g_autoptr (MhContext) context = desk_sign_in (address);
  MhSync *sync = mh_context_sync (context);
  guint poke = g_timeout_add (20, poke_cb, sync);
  g_autofree char *asha = submit_patient (sync, "Asha", &finished);
  g_autoptr (MhRecord) visit = mh_record_new (&mh_order_type);
  mh_record_take_text (visit, MH_ID, mh_id_new ());
  mh_record_set_text (visit, MH_ORDER_PATIENT_ID, asha);
  mh_sync_submit_async (
      sync,
      &(MhSyncChange){
          .route = "order.place", .body = visit, .optimistic = visit, .version = MH_API_ANY },
      NULL, submitted_cb, &finished);
  g_autofree char *ravi = submit_patient (sync, "Ravi", &finished);
  TURN_UNTIL (desk.arrived->len == 1);
  g_assert_cmpstr (g_ptr_array_index (desk.arrived, 0), ==, "Ravi");
  TURN_UNTIL (mh_sync_waiting (sync) == 2);
  g_object_get (sync, "conflicts", &conflicts, NULL);
  g_assert_cmpuint (conflicts, ==, 0);
  g_assert_cmpuint (desk.failures, >=, 8);
  g_source_remove (poke);
  mh_context_sign_out (context);
  g_ptr_array_unref (desk.arrived);
  door_close (&desk.door);
}

/* Positions of a unit that is somebody else's by now: there is nothing about them to decide. */
static void
test_fleeting (void)
{
  Desk desk = { 0 };
  guint finished = 0, conflicts = 1;
  const char *args[] = { "id", "A1", NULL };
  desk_open (&desk, 503, OURS ("storage"));
  g_autofree char *address = door_open (&desk.door, handle, &desk);
  g_autoptr (MhContext) context = desk_sign_in (address);
  MhSync *sync = mh_context_sync (context);
  guint poke = g_timeout_add (20, poke_cb, sync);
  g_autoptr (MhRecord) fixes = mh_record_new (&mh_unit_fixes_type);
  mh_record_set_text (fixes, MH_UNIT_FIXES_FIXES, "[]");
  mh_sync_submit_async (
      sync,
      &(MhSyncChange){
          .route = "unit_position.send", .args = args, .body = fixes, .version = MH_API_ANY },
      NULL, submitted_cb, &finished);
  TURN_UNTIL (finished == 1);
  g_assert_cmpuint (mh_sync_waiting (sync), ==, 1);
  desk.status = 403;
  desk.body = OURS ("forbidden");

  TURN_UNTIL (mh_sync_waiting (sync) == 0);
  g_object_get (sync, "conflicts", &conflicts, NULL);
  g_assert_cmpuint (conflicts, ==, 0);
  g_autoptr (GPtrArray) kept = mh_sync_list_ops (sync);
  g_assert_cmpuint (kept->len, ==, 0);
  g_source_remove (poke);
  mh_context_sign_out (context);
  g_ptr_array_unref (desk.arrived);
  door_close (&desk.door);
}

static const char *
first_state (MhSync *sync)
{
  g_autoptr (GPtrArray) ops = mh_sync_list_ops (sync);
  return ops->len > 0 ? g_intern_string (((MhOp *)g_ptr_array_index (ops, 0))->state) : NULL;
}

static gpointer
make_old (MhCache *cache, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) ops = mh_outbox_list (cache, error);
  MhOp *op = g_ptr_array_index (ops, 0);
  op->discarded_at -= MH_SYNC_DISCARDED_DAYS * G_TIME_SPAN_DAY + G_TIME_SPAN_MINUTE;
  return GINT_TO_POINTER (mh_outbox_update (cache, op, error));
}

static void
made_old_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(gboolean *)data = mh_cache_run_finish (MH_CACHE (source), result, NULL) != NULL;
}

/* Given up by mistake: it is brought back and sent. Given up for good: it is forgotten in the end.
 */
static void
test_discarded (void)
{
  Desk desk = { 0 };
  guint finished = 0;
  gboolean old = FALSE;
  desk_open (&desk, 503, OURS ("storage"));
  g_autofree char *address = door_open (&desk.door, handle, &desk);
  g_autoptr (MhContext) context = desk_sign_in (address);
  MhSync *sync = mh_context_sync (context);
  guint poke = g_timeout_add (20, poke_cb, sync);
  g_autofree char *asha = submit_patient (sync, "Asha", &finished);
  TURN_UNTIL (desk.failures > 0 && finished > 0);
  desk.status = 422;
  desk.body = OURS ("invalid");
  TURN_UNTIL (g_strcmp0 (first_state (sync), MH_OP_CONFLICT) == 0);
  g_autoptr (GPtrArray) ops = mh_sync_list_ops (sync);
  gint64 seq = ((MhOp *)g_ptr_array_index (ops, 0))->seq;

  mh_sync_bring_back (sync, seq); /* was never given up */
  g_assert_cmpstr (first_state (sync), ==, MH_OP_CONFLICT);
  mh_sync_discard (sync, seq);
  g_assert_cmpstr (first_state (sync), ==, MH_OP_DISCARDED);
  mh_sync_bring_back (sync, seq);
  g_assert_cmpstr (first_state (sync), ==, MH_OP_CONFLICT);
  desk.failing = NULL;
  mh_sync_retry (sync, seq);
  TURN_UNTIL (desk.arrived->len == 1 && first_state (sync) == NULL);

  desk.failing = "Ravi";
  g_autofree char *ravi = submit_patient (sync, "Ravi", &finished);
  desk.status = 503;
  desk.body = OURS ("storage");
  TURN_UNTIL (finished >= 2);
  desk.status = 422;
  desk.body = OURS ("invalid");
  TURN_UNTIL (g_strcmp0 (first_state (sync), MH_OP_CONFLICT) == 0);
  g_autoptr (GPtrArray) later = mh_sync_list_ops (sync);
  mh_sync_discard (sync, ((MhOp *)g_ptr_array_index (later, 0))->seq);
  g_source_remove (poke);

  mh_cache_run_async (mh_context_cache (context), (MhCacheWork){ make_old }, NULL, made_old_cb,
                      &old);
  TURN_UNTIL (old);
  mh_sync_start (sync);
  TURN_UNTIL (first_state (sync) == NULL);
  mh_context_sign_out (context);
  g_ptr_array_unref (desk.arrived);
  door_close (&desk.door);
}

static gpointer
make_unheard (MhCache *cache, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) ops = mh_outbox_list (cache, error);
  MhOp *op = g_ptr_array_index (ops, 0);
  g_assert_cmpint (op->sent_at, >, 0);
  op->sent_at -= MH_SYNC_UNHEARD_DAYS * G_TIME_SPAN_DAY + G_TIME_SPAN_MINUTE;
  return GINT_TO_POINTER (mh_outbox_update (cache, op, error));
}

/* Sent once and not answered, then nothing for longer than the server knows its key: it is not sent
 * again by itself, or it would be done twice. What was never sent goes however old it is. */
static void
test_unheard (void)
{
  Desk desk = { 0 };
  guint finished = 0;
  gboolean old = FALSE;
  desk_open (&desk, 503, OURS ("busy"));
  g_autofree char *address = door_open (&desk.door, handle, &desk);
  g_autoptr (MhContext) context = desk_sign_in (address);
  MhSync *sync = mh_context_sync (context);
  g_autofree char *asha = submit_patient (sync, "Asha", &finished);
  TURN_UNTIL (desk.failures > 0 && finished > 0);
  g_autofree char *ravi = submit_patient (sync, "Ravi", &finished);
  TURN_UNTIL (finished >= 2);

  mh_cache_run_async (mh_context_cache (context), (MhCacheWork){ make_unheard }, NULL, made_old_cb,
                      &old);
  TURN_UNTIL (old);
  mh_sync_start (sync);
  TURN_UNTIL (desk.arrived->len == 1 && g_strcmp0 (first_state (sync), MH_OP_CONFLICT) == 0);
  g_assert_cmpstr (g_ptr_array_index (desk.arrived, 0), ==, "Ravi");

  desk.failing = NULL;
  g_autoptr (GPtrArray) ops = mh_sync_list_ops (sync);
  mh_sync_retry (sync, ((MhOp *)g_ptr_array_index (ops, 0))->seq);
  TURN_UNTIL (desk.arrived->len == 2 && first_state (sync) == NULL);
  mh_context_sign_out (context);
  g_ptr_array_unref (desk.arrived);
  door_close (&desk.door);
}

/* Both sides of the boundary. */
static void
test_unheard_since (void)
{
  const gint64 now = 100 * G_TIME_SPAN_DAY, most = MH_SYNC_UNHEARD_DAYS * G_TIME_SPAN_DAY;
  MhOp op = { .made_at = 1 };
  g_assert_false (mh_sync_is_unheard (&op, now));
  op.sent_at = now - most;
  g_assert_false (mh_sync_is_unheard (&op, now));
  op.sent_at = now - most - 1;
  g_assert_true (mh_sync_is_unheard (&op, now));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/outbox/table", test_table);
  g_test_add_func ("/outbox/no-answer", test_no_answer);
  g_test_add_func ("/outbox/disk-full", test_disk_full);
  g_test_add_func ("/outbox/aside", test_aside);
  g_test_add_func ("/outbox/fleeting", test_fleeting);
  g_test_add_func ("/outbox/discarded", test_discarded);
  g_test_add_func ("/outbox/unheard", test_unheard);
  g_test_add_func ("/outbox/unheard-since", test_unheard_since);
  return g_test_run ();
}
