/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who types fast asks before the answer is there: the request that was overtaken is given up, and
 * what it would have said never comes onto the screen. */
#include "client/models/mh-record-list.h"
#include "shared/proto/mh-route.h"
#include "shared/records/mh-records.h"
#include "shared/records/mh-types.h"
#include "tests/client/desk-fixture.h"

#include <string.h>
#include <sys/socket.h>

typedef struct
{
  Door door;
  SoupServerMessage *held; /* the search that is not answered */
  guint searches, unasked; /* unasked: patients whom nobody asked for */
} House;

/* Has whoever asked hung up? libsoup does not look while a message waits. */
static gboolean
is_given_up (House *house)
{
  char byte;
  GSocket *socket = door_socket (&house->door, house->held);
  return g_socket_is_closed (socket)
         || recv (g_socket_get_fd (socket), &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

/* The first letters wait for ever; those after them are answered at once. */
static void
search (House *house, SoupServerMessage *message, const char *q)
{
  house->searches++;
  if (strcmp (q, "vi") == 0)
    {
      house->held = g_object_ref (message);
      soup_server_message_pause (message);
      return;
    }
  answer (message, 200,
          "{\"items\":[{\"id\":\"0190a0a0-0000-7000-8000-000000000001\",\"version\":1,"
          "\"given_name\":\"Vikram\",\"sex\":\"male\"}],\"next\":null}");
}

static void
handle (SoupServer *server,
        SoupServerMessage *message,
        const char *path,
        GHashTable *query,
        gpointer data)
{
  House *house = data;
  const char *q = query != NULL ? g_hash_table_lookup (query, "q") : NULL;
  gboolean patients = g_str_equal (path, "/api/v1/patients");
  house->unasked += patients && query == NULL;
  if (g_str_equal (path, "/api/v1/session"))
    answer_session (message, "patient.read");
  else if (patients && q != NULL)
    search (house, message, q);
  else
    answer_nothing (message);
}

static void
ask (MhRecordList *list, const char *q)
{
  const char *args[] = { "limit", "50", "q", q, NULL };
  mh_record_list_set_args (list, args);
}

static MhContext *
sign_in (House *house)
{
  g_autofree char *address = door_open (&house->door, handle, house);
  return desk_sign_in (address);
}

static void
sign_out (House *house, MhContext *context)
{
  mh_context_sign_out (context);
  g_clear_object (&house->held);
  door_close (&house->door);
}

static void
test_overtaken (void)
{
  House house = { 0 };
  g_autoptr (MhContext) context = sign_in (&house);
  g_autoptr (MhRecordList) list = mh_record_list_new (context, "patient.list");
  ask (list, "vi");
  TURN_UNTIL (house.held != NULL);
  g_assert_false (is_given_up (&house));
  g_assert_true (mh_record_list_is_stale (list));
  ask (list, "vik");
  TURN_UNTIL (g_list_model_get_n_items (G_LIST_MODEL (list)) == 1);
  TURN_UNTIL (is_given_up (&house));
  g_assert_cmpuint (house.searches, ==, 2);
  g_assert_false (mh_record_list_is_loading (list));
  g_assert_false (mh_record_list_is_stale (list));
  g_assert_null (mh_record_list_problem (list));
  /* the row of what was asked for before stands there, and says so */
  ask (list, "vi");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  g_assert_true (mh_record_list_is_stale (list));
  g_clear_object (&list);
  sign_out (&house, context);
}

/* A server that is slow to answer: what the desk knows is on the screen, and still being asked for.
 */
static void
test_prefetch (void)
{
  House house = { 0 };
  g_autoptr (MhContext) context = sign_in (&house);
  g_autoptr (MhRecordList) before = mh_record_list_new (context, "patient.list");
  g_autoptr (MhRecordList) list = mh_record_list_new (context, "patient.list");
  mh_record_list_set_keep (before, TRUE);
  ask (before, "vik");
  TURN_UNTIL (g_list_model_get_n_items (G_LIST_MODEL (before)) == 1);
  ask (list, "vi");
  TURN_UNTIL (house.held != NULL);
  TURN_UNTIL (g_list_model_get_n_items (G_LIST_MODEL (list)) == 1);
  g_assert_true (mh_record_list_is_loading (list));
  g_assert_false (mh_record_list_is_stale (list));
  g_clear_object (&list);
  g_clear_object (&before);
  sign_out (&house, context);
}

/* A list of which nobody has said yet what it is to show asks for nothing and takes nothing in,
 * whatever happens in the house. */
static void
test_unasked (void)
{
  House house = { 0 };
  g_autoptr (MhContext) context = sign_in (&house);
  g_autoptr (MhRecordList) list = mh_record_list_new (context, "patient.list");
  g_autoptr (MhRecordList) asked = mh_record_list_new (context, "patient.list");
  g_autoptr (MhRecord) patient = mh_record_new (&mh_patient_type);
  mh_record_set_text (patient, MH_ID, "0190a0a0-0000-7000-8000-000000000002");
  mh_record_list_set_args (asked, (const char *[]){ "limit", "7", NULL });
  TURN_UNTIL (!mh_record_list_is_loading (asked));
  g_signal_emit_by_name (mh_context_sync (context), "changed", &mh_patient_type,
                         mh_record_id (patient), patient);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (asked)), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
  g_signal_emit_by_name (mh_context_sync (context), "changed", NULL, NULL, NULL);
  g_assert_true (mh_record_list_is_loading (asked));
  g_assert_false (mh_record_list_is_loading (list));
  TURN_UNTIL (!mh_record_list_is_loading (asked));
  g_assert_cmpuint (house.unasked, ==, 0);
  g_clear_object (&list);
  g_clear_object (&asked);
  sign_out (&house, context);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  g_test_add_func ("/list/overtaken", test_overtaken);
  g_test_add_func ("/list/ahead", test_prefetch);
  g_test_add_func ("/list/unasked", test_unasked);
  return g_test_run ();
}
