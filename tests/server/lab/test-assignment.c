/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Giving orders to technicians, on both databases. */
#include "server/lab/assignment/mh-assignment-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-shift.h"
#include "shared/records/people/mh-user.h"
#include "shared/records/platform/mh-audit.h"
#include "tests/server/lab-fixture.h"

#include "server/lab/orders/mh-orders-service.h"
#include "server/people/admin/mh-directory-service.h"

#define HOUR_AGO (60 * MH_MINUTE)

typedef struct
{
  const char *id, *other;
  MhRecord *body, *reply;
  guint n;
} Step;

static gboolean
add_person (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  static const char *const roles[] = { "technician", NULL };
  g_autoptr (MhRecord) user = mh_record_new (&mh_user_type);
  const char *name = data;
  g_autofree char *id
      = g_strdup_printf ("01900000-0000-7000-8000-0000000009%c%c", name[0], name[0]);
  mh_record_set_text (user, MH_ID, id);
  mh_record_set_text (user, MH_USER_USERNAME, name);
  mh_record_set_text (user, MH_USER_NAME, name);
  mh_record_set_text (user, MH_USER_HOSPITAL_ID, LAB_HOSPITAL);
  mh_record_set_list (user, MH_USER_ROLES, roles);
  mh_record_set_bool (user, MH_USER_ACTIVE, TRUE);
  mh_record_set_bool (user, MH_USER_ON_SHIFT, TRUE);
  return mh_tx_insert (tx, user, MH_AUDIT_CREATE, NULL, error);
}

/* "a" is …09aa */
static char *
id_of (const char *name)
{
  return g_strdup_printf ("01900000-0000-7000-8000-0000000009%c%c", name[0], name[0]);
}

static void
add_people (Lab *lab, const char *names)
{
  g_auto (GStrv) list = g_strsplit (names, " ", -1);
  for (guint i = 0; list[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      mh_assert_ok (lab_write (lab, lab->reception, add_person, list[i], &error), error);
    }
}

static gboolean
add_row (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  step->reply = mh_assignment_service_create (MH_REQUEST_TX (tx, NULL, lab->pathologist),
                                              step->body, error);
  return step->reply != NULL;
}

static gboolean
skill (Lab *lab, const char *name, const char *bench, const char *level, GError **error)
{
  g_autoptr (MhRecord) row = mh_record_new (&mh_skill_type);
  g_autofree char *id = id_of (name);
  mh_record_set_text (row, MH_SKILL_USER_ID, id);
  mh_record_set_text (row, MH_SKILL_BENCH, bench);
  mh_record_set_text (row, MH_SKILL_LEVEL, level);
  Step step = { .body = row };
  gboolean ok = lab_write (lab, lab->pathologist, add_row, &step, error);
  g_clear_object (&step.reply);
  return ok;
}

static void
away (Lab *lab, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) row = mh_record_new (&mh_shift_type);
  g_autofree char *id = id_of (name);
  mh_record_set_text (row, MH_SHIFT_USER_ID, id);
  mh_record_set_text (row, MH_SHIFT_KIND, MH_SHIFT_AWAY);
  mh_record_set_text (row, MH_SHIFT_FROM_DATE, "2020-01-01");
  mh_record_set_text (row, MH_SHIFT_UNTIL_DATE, "2199-01-01");
  Step step = { .body = row };
  mh_assert_ok (lab_write (lab, lab->pathologist, add_row, &step, &error), error);
  g_clear_object (&step.reply);
}

static gboolean
place (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  step->reply = mh_orders_service_place (MH_REQUEST_TX (tx, lab->server, lab->reception),
                                         step->body, error);
  return step->reply != NULL;
}

/* Taken at the bed, so that it may be worked on at once. */
static char *
order (Lab *lab, const char *test, const char *priority)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) draft = mh_record_new (&mh_order_type);
  g_autoptr (MhRecord) item = mh_record_new (&mh_order_item_type);
  mh_record_set_text (draft, MH_ORDER_PATIENT_ID, LAB_PATIENT);
  mh_record_set_text (draft, MH_ORDER_PAYMENT_METHOD, MH_METHOD_COD);
  mh_record_set_text (draft, MH_ORDER_PRIORITY, priority);
  mh_record_set_text (item, MH_ORDER_ITEM_TEST, test);
  mh_record_append (draft, MH_ORDER_ITEMS, item);
  Step step = { .body = draft };
  mh_assert_ok (lab_write (lab, lab->reception, place, &step, &error), error);
  char *id = g_strdup (mh_record_id (step.reply));
  g_object_unref (step.reply);
  return id;
}

/* "a" of …09aa, "-" for nobody. */
static void
assert_with (Lab *lab, const char *order_id, const char *name, const char *reason)
{
  g_autoptr (MhRecord) stored = lab_get (lab, &mh_order_type, order_id);
  const char *to = mh_record_text (stored, MH_ORDER_ASSIGNED_TO);
  char is[2] = { to != NULL ? to[35] : '-', 0 };
  g_assert_cmpstr (is, ==, name);
  g_assert_cmpstr (mh_record_text (stored, MH_ORDER_ASSIGNED_REASON), ==, reason);
  if (to == NULL)
    g_assert_false (mh_record_has (stored, MH_ORDER_OPEN_MINUTES));
}

static gint64
load_of (Lab *lab, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = id_of (name);
  gint64 minutes = 0;
  MhDb *db = lab_reader (lab);
  {
    g_autoptr (MhRows) rows
        = mh_db_query (db, "SELECT open_minutes FROM technician_load WHERE user_id = $1",
                       MH_ARGS (MH_TEXT (id)), &error);
    g_assert_no_error (error);
    if (mh_rows_next (rows, &error))
      minutes = mh_rows_int (rows, 0);
    g_assert_no_error (error);
  }
  lab_done (lab, db);
  return minutes;
}

static gboolean
run_review (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  return mh_assignment_service_review (tx, LAB_HOSPITAL, &step->n, error);
}

static guint
review (Lab *lab)
{
  g_autoptr (GError) error = NULL;
  Step step = { 0 };
  mh_assert_ok (lab_write (lab, lab->pathologist, run_review, &step, &error), error);
  return step.n;
}

/* All that was assigned so far was assigned that much earlier. */
static gboolean
earlier (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  gint64 *by = data;
  MhDb *db = mh_tx_db (tx);
  return mh_db_exec (db,
                     "UPDATE lab_order SET assigned_at = assigned_at - $1,"
                     " changed_at = changed_at - $1",
                     MH_ARGS (MH_INT (*by)), error)
             >= 0
         && mh_db_exec (db, "UPDATE technician_load SET assigned_at = assigned_at - $1",
                        MH_ARGS (MH_INT (*by)), error)
                >= 0;
}

static void
pass (Lab *lab, gint64 by)
{
  g_autoptr (GError) error = NULL;
  mh_assert_ok (lab_write (lab, lab->pathologist, earlier, &by, &error), error);
}

static gboolean
run_assign (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  g_clear_object (&step->reply);
  step->reply = mh_assignment_service_assign (MH_REQUEST_TX (tx, NULL, lab->pathologist), step->id,
                                              step->body, error);
  return step->reply != NULL;
}

static gboolean
assign (Lab *lab, const char *order_id, const char *name, const char *reason, GError **error)
{
  g_autoptr (MhRecord) body = mh_record_new (&mh_assignment_type);
  g_autofree char *id = name != NULL ? id_of (name) : NULL;
  if (id != NULL)
    mh_record_set_text (body, MH_ASSIGNMENT_TECHNICIAN_ID, id);
  mh_record_set_text (body, MH_ASSIGNMENT_REASON, reason);
  mh_record_set_text (body, MH_ASSIGNMENT_NOTE, "told at the bench");
  Step step = { .id = order_id, .body = body };
  gboolean ok = lab_write (lab, lab->pathologist, run_assign, &step, error);
  g_clear_object (&step.reply);
  return ok;
}

static void
test_choice (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *nobody = order (lab, "CBC", MH_PRIORITY_ROUTINE);
  assert_with (lab, nobody, "-", NULL);
  add_people (lab, "a b");
  g_autofree char *first = order (lab, "CBC", MH_PRIORITY_ROUTINE);
  assert_with (lab, first, "a", MH_ASSIGNED_AUTO);
  g_assert_cmpint (load_of (lab, "a"), ==, 7);
  g_autofree char *second = order (lab, "CBC", MH_PRIORITY_ROUTINE);
  assert_with (lab, second, "b", MH_ASSIGNED_AUTO);
  /* skills are kept from now on: only b knows haematology, a is in training there */
  mh_assert_ok (skill (lab, "b", "H", MH_SKILL_SENIOR, &error), error);
  mh_assert_ok (skill (lab, "a", "H", MH_SKILL_TRAINEE, &error), error);
  mh_assert_ok (skill (lab, "a", "C", MH_SKILL_INDEPENDENT, &error), error);
  g_autofree char *third = order (lab, "CBC", MH_PRIORITY_ROUTINE);
  assert_with (lab, third, "b", MH_ASSIGNED_AUTO);
  g_autofree char *serum = order (lab, "KT", MH_PRIORITY_ROUTINE);
  assert_with (lab, serum, "a", MH_ASSIGNED_AUTO);
  away (lab, "b");
  g_autofree char *fourth = order (lab, "CBC", MH_PRIORITY_ROUTINE);
  assert_with (lab, fourth, "-", NULL);
  g_assert_cmpint (load_of (lab, "b"), ==, 14);
  /* what is done costs nothing any more */
  lab_receive (lab, serum, NULL, LAB_FIRST_OF_TWELVE);
  g_assert_cmpint (load_of (lab, "a"), ==, 7 + 3);
  g_autoptr (MhRecord) sheet = lab_save (lab, lab->technician, serum, "K=4.1", TRUE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (sheet);
  g_assert_cmpint (load_of (lab, "a"), ==, 7);
}

static void
test_rows (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) bench = NULL, person = NULL, twice = NULL, error = NULL;
  add_people (lab, "a");
  g_assert_false (skill (lab, "a", "Z", MH_SKILL_SENIOR, &bench));
  g_assert_error (bench, MH_ERROR, MH_ERROR_INVALID);
  g_assert_false (skill (lab, "x", "H", MH_SKILL_SENIOR, &person));
  g_assert_error (person, MH_ERROR, MH_ERROR_INVALID);
  mh_assert_ok (skill (lab, "a", "H", MH_SKILL_SENIOR, &error), error);
  g_assert_false (skill (lab, "a", "H", MH_SKILL_TRAINEE, &twice));
  g_assert_error (twice, MH_ERROR, MH_ERROR_INVALID);
  g_assert_cmpstr (mh_issues_nth (mh_error_get_issues (twice), 0)->field, ==, "bench");
}

static void
test_review (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autofree char *routine = order (lab, "CBC", MH_PRIORITY_ROUTINE);
  g_autofree char *stat = order (lab, "CBC", MH_PRIORITY_STAT);
  assert_with (lab, stat, "-", NULL);
  add_people (lab, "a b");
  /* nobody had them; STAT is given out first, so it goes to whoever comes first */
  g_assert_cmpuint (review (lab), ==, 2);
  assert_with (lab, stat, "a", MH_ASSIGNED_AUTO);
  assert_with (lab, routine, "b", MH_ASSIGNED_AUTO);
  g_assert_cmpuint (review (lab), ==, 0);
  pass (lab, 14 * MH_MINUTE);
  g_assert_cmpuint (review (lab), ==, 0);
  /* both idle: it stays where it is */
  pass (lab, 2 * MH_MINUTE);
  g_assert_cmpuint (review (lab), ==, 0);
  add_people (lab, "c");
  g_assert_cmpuint (review (lab), ==, 2);
  assert_with (lab, stat, "c", MH_ASSIGNED_IDLE);
  g_assert_cmpint (load_of (lab, "a"), ==, 0);
  g_assert_cmpint (load_of (lab, "c"), ==, 14);
  /* a and b did nothing since: they get nothing back */
  pass (lab, HOUR_AGO);
  g_assert_cmpuint (review (lab), ==, 0);
  add_people (lab, "d");
  away (lab, "c");
  g_assert_cmpuint (review (lab), ==, 2);
  assert_with (lab, stat, "d", MH_ASSIGNED_OFF_SHIFT);
}

static void
test_by_hand (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL, reason = NULL, unknown = NULL, own = NULL, over = NULL;
  add_people (lab, "a b");
  g_autofree char *id = order (lab, "KT", MH_PRIORITY_ROUTINE);
  assert_with (lab, id, "a", MH_ASSIGNED_AUTO);
  g_assert_false (assign (lab, id, "b", MH_ASSIGNED_AUTO, &reason));
  g_assert_error (reason, MH_ERROR, MH_ERROR_INVALID);
  g_assert_false (assign (lab, id, "x", MH_ASSIGNED_WORKLOAD, &unknown));
  g_assert_error (unknown, MH_ERROR, MH_ERROR_INVALID);
  mh_assert_ok (assign (lab, id, "b", MH_ASSIGNED_WORKLOAD, &error), error);
  assert_with (lab, id, "b", MH_ASSIGNED_WORKLOAD);
  g_assert_cmpint (load_of (lab, "a"), ==, 0);
  g_assert_cmpint (load_of (lab, "b"), ==, 7);
  mh_assert_ok (assign (lab, id, NULL, MH_ASSIGNED_ABSENCE, &error), error);
  assert_with (lab, id, "a", MH_ASSIGNED_ABSENCE);

  /* in the audit trail, with the reason */
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) rows = mh_store_all (db, &mh_audit_entry_type, "object_id", id, &error);
  lab_done (lab, db);
  guint n = 0;
  for (guint i = 0; i < rows->len; i++)
    n += g_strcmp0 (mh_record_text (rows->pdata[i], MH_AUDIT_ENTRY_VERB), "assign") == 0
         && g_strcmp0 (mh_record_text (rows->pdata[i], MH_AUDIT_ENTRY_USERNAME),
                       "Dr Pia Pathologist")
                == 0
         && mh_record_has (rows->pdata[i], MH_AUDIT_ENTRY_REASON);
  g_assert_cmpuint (n, ==, 2);

  /* whoever entered it does not get it for verification */
  g_autofree char *a = id_of ("a");
  static const char *const may[] = { "result.read", "result.enter", NULL };
  g_autoptr (MhActor) enterer = mh_actor_new (a, "a", "technician", LAB_HOSPITAL, NULL, may);
  lab_receive (lab, id, NULL, LAB_FIRST_OF_TWELVE);
  g_autoptr (MhRecord) sheet = lab_save (lab, enterer, id, "K=4.1", TRUE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (sheet);
  mh_assert_ok (assign (lab, id, "b", MH_ASSIGNED_OWN_ENTRY, &error), error);
  g_assert_false (assign (lab, id, "a", MH_ASSIGNED_OTHER, &own));
  g_assert_error (own, MH_ERROR, MH_ERROR_INVALID);
  g_autoptr (MhRecord) done = lab_verify (lab, lab->pathologist, id, "verify", NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (done);
  g_assert_false (assign (lab, id, "b", MH_ASSIGNED_OTHER, &over));
  g_assert_error (over, MH_ERROR, MH_ERROR_CONFLICT);
}

static void
test_people (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  add_people (lab, "a b");
  mh_assert_ok (skill (lab, "a", "H", MH_SKILL_SENIOR, &error), error);
  away (lab, "b");
  g_autofree char *id = order (lab, "CBC", MH_PRIORITY_STAT);
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) people
      = mh_assignment_service_people (MH_REQUEST_DB (db, NULL, lab->technician),
                                      mh_clock_now (mh_server_clock (lab->server)), &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  g_assert_cmpuint (people->len, ==, 2);
  MhRecord *a = people->pdata[0], *b = people->pdata[1];
  g_assert_true (mh_record_bool (a, MH_TECHNICIAN_ON_SHIFT));
  g_assert_false (mh_record_bool (b, MH_TECHNICIAN_ON_SHIFT));
  g_assert_cmpint (mh_record_int (a, MH_TECHNICIAN_OPEN_MINUTES), ==, 7);
  g_assert_cmpint (mh_record_int (a, MH_TECHNICIAN_OPEN_ORDERS), ==, 1);
  g_assert_cmpint (mh_record_int (a, MH_TECHNICIAN_STAT_ORDERS), ==, 1);
  g_assert_cmpstr (mh_record_list (a, MH_TECHNICIAN_BENCHES)[0], ==, "H");
  g_assert_cmpstr (mh_record_list (a, MH_TECHNICIAN_BENCH_NAMES)[0], ==, "Haematology");
  g_assert_false (mh_record_has (b, MH_TECHNICIAN_BENCH_NAMES));
}

/* Who reads the list of skills knows the benches by name, and finds them by it. */
static void
test_skill_names (const MhTestDb *test)
{
  static const struct
  {
    const char *words;
    guint n;
  } rows[] = { { NULL, 1 }, { "haemat", 1 }, { "biochem", 0 } };
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  add_people (lab, "a b");
  mh_assert_ok (skill (lab, "a", "H", MH_SKILL_SENIOR, &error), error);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MhDirectoryQuery query = { .q = rows[i].words, .limit = 10 };
      g_autofree char *next = NULL;
      MhDb *db = lab_reader (lab);
      g_autoptr (GPtrArray) found = mh_directory_list (MH_REQUEST_DB (db, NULL, lab->technician),
                                                       &mh_skill_type, &query, &next, &error);
      lab_done (lab, db);
      g_assert_no_error (error);
      g_assert_cmpuint (found->len, ==, rows[i].n);
      if (found->len > 0)
        g_assert_cmpstr (mh_record_text (found->pdata[0], MH_SKILL_BENCH_NAME), ==, "Haematology");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/assignment/skill-names", test_skill_names);
  mh_test_add_both ("/assignment/choice", test_choice);
  mh_test_add_both ("/assignment/rows", test_rows);
  mh_test_add_both ("/assignment/review", test_review);
  mh_test_add_both ("/assignment/by-hand", test_by_hand);
  mh_test_add_both ("/assignment/people", test_people);
  return mh_test_run ();
}
