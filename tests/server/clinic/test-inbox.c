/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a doctor is told of what was ordered: released, corrected, seen, covered by a colleague,
 * given to another doctor; on both databases. */
#include "server/clinic/inbox/mh-inbox-service.h"
#include "server/clinic/inbox/mh-inbox.h"
#include "server/lab/reports/mh-reports-change.h"
#include "server/lab/reports/mh-reports-tell.h"
#include "server/platform/actor/mh-request.h"
#include "shared/record/mh-record-check.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/clinic/mh-inbox-item.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/people/mh-user.h"
#include "shared/records/platform/mh-audit.h"
#include "tests/server/lab-fixture.h"

#define COLLEAGUE "01900000-0000-7000-8000-000000000120"
#define ELSEWHERE "01900000-0000-7000-8000-000000000121"
#define WARD "01900000-0000-7000-8000-000000000130"

static void
drop (MhRecord *record)
{
  g_clear_object (&record);
}

/* --- people --- */

static gboolean
add_user (MhTx *tx, const char *id, const char *name, const char *ward, GError **error)
{
  g_autoptr (MhRecord) user = lab_parse (
      &mh_user_type,
      "{\"username\":\"%s\",\"name\":\"%s\",\"roles\":[\"doctor\"],\"hospital_id\":\"%s\"}",
      id + 32, name, LAB_HOSPITAL);
  mh_record_set_text (user, MH_ID, id);
  mh_record_set_text (user, MH_USER_DEPARTMENT_ID, ward);
  mh_record_set_bool (user, MH_USER_ACTIVE, TRUE);
  return mh_tx_insert (tx, user, MH_AUDIT_CREATE, NULL, error);
}

static gboolean
add_users (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  return add_user (tx, mh_actor_user_id (lab->doctor), "Dr Dev Doctor", WARD, error)
         && add_user (tx, COLLEAGUE, "Dr Cora Colleague", WARD, error)
         && add_user (tx, ELSEWHERE, "Dr Else Where", NULL, error);
}

static Lab *
lab_begin (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  Lab *lab = lab_new (test);
  mh_inbox_observe (lab->server);
  mh_assert_ok (lab_write (lab, lab->reception, add_users, NULL, &error), error);
  return lab;
}

static MhActor *
doctor_new (const char *id, const char *name)
{
  static const char *const may[] = { MH_MAY_READ_RESULT, MH_MAY_READ_REPORT, NULL };
  return mh_actor_new (id, name, "doctor", LAB_HOSPITAL, NULL, may);
}

/* --- orders --- */

typedef struct
{
  MhActor *actor;
  const char *id, *doctor;
  MhRecord *body, *reply;
} Step;

static gboolean
name_doctor (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_order_type, step->id, error);
  if (before == NULL)
    return FALSE;
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_ORDER_DOCTOR_ID, step->doctor);
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

static void
give_doctor (Lab *lab, const char *order, const char *doctor_id)
{
  g_autoptr (GError) error = NULL;
  Step step = { .id = order, .doctor = doctor_id };
  mh_assert_ok (lab_write (lab, lab->reception, name_doctor, &step, &error), error);
}

/* Released; @doctor_id NULL: nobody of the house ordered it. */
static char *
released (Lab *lab, const char *doctor_id, const char *codes, const char *values)
{
  g_autoptr (GError) error = NULL;
  char *order = lab_order (lab, codes);
  if (doctor_id != NULL)
    give_doctor (lab, order, doctor_id);
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  drop (lab_save (lab, lab->technician, order, values, TRUE, &error));
  g_assert_no_error (error);
  drop (lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error));
  g_assert_no_error (error);
  return order;
}

static gboolean
propose_step (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  step->reply = mh_reports_service_propose (MH_REQUEST_TX (tx, lab->server, step->actor), step->id,
                                            step->body, error);
  return step->reply != NULL;
}

static gboolean
decide_step (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  step->reply = mh_reports_service_decide (MH_REQUEST_TX (tx, lab->server, step->actor), step->id,
                                           step->body, error);
  return step->reply != NULL;
}

static void
correct (Lab *lab, const char *order, const char *json)
{
  static const char *const may[]
      = { MH_MAY_READ_RESULT, MH_MAY_READ_REPORT, MH_MAY_CORRECT_REPORT, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) technician = mh_actor_new (
      mh_actor_user_id (lab->technician), "Tara Technician", "technician", LAB_HOSPITAL, NULL, may);
  g_autoptr (MhRecord) change = lab_parse (&mh_report_change_type, "%s", json);
  g_autoptr (MhRecord) verify = mh_record_new (&mh_verification_type);
  mh_record_set_text (verify, MH_VERIFICATION_DECISION, MH_DECISION_VERIFY);
  Step first = { .actor = technician, .id = order, .body = change };
  mh_assert_ok (lab_write (lab, technician, propose_step, &first, &error), error);
  Step second = { .actor = lab->pathologist, .id = mh_record_id (first.reply), .body = verify };
  mh_assert_ok (lab_write (lab, lab->pathologist, decide_step, &second, &error), error);
  drop (first.reply);
  drop (second.reply);
}

/* --- the inbox --- */

static GPtrArray *
inbox_page (Lab *lab, MhActor *actor, gboolean seen, gboolean department, const char *after)
{
  g_autoptr (GError) error = NULL;
  const MhInboxQuery query = { .seen = seen, .after_id = after, .limit = 2 };
  MhDb *db = lab_reader (lab);
  GPtrArray *found
      = mh_inbox_service_list (MH_REQUEST_DB (db, NULL, actor), &query, department, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  return found;
}

static GPtrArray *
inbox_of (Lab *lab, MhActor *actor)
{
  return inbox_page (lab, actor, FALSE, FALSE, NULL);
}

static gboolean
see_step (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  g_clear_object (&step->reply);
  step->reply
      = mh_inbox_service_see (MH_REQUEST_TX (tx, NULL, step->actor), step->id, step->body, error);
  return step->reply != NULL;
}

static gboolean
unsee_step (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  g_clear_object (&step->reply);
  step->reply = mh_inbox_service_unsee (MH_REQUEST_TX (tx, NULL, step->actor), step->id, error);
  return step->reply != NULL;
}

static MhRecord *
see (Lab *lab, MhActor *actor, const char *id, gint64 version, GError **error)
{
  g_autoptr (MhRecord) body = mh_record_new (&mh_inbox_seeing_type);
  mh_record_set_int (body, MH_INBOX_SEEING_VERSION_NO, version);
  Step step = { .actor = actor, .id = id, .body = body };
  return lab_write (lab, actor, see_step, &step, error) ? step.reply : NULL;
}

/* --- cases --- */

/* Critical first, then abnormal, then the newest; page by page; nobody else's. */
static void
test_released (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_begin (test);
  const char *doctor_id = mh_actor_user_id (lab->doctor);
  g_autofree char *abnormal = released (lab, doctor_id, "KT", "K=5.4");
  g_autofree char *critical = released (lab, doctor_id, "KT HB", "K=6.9 HGB=13.2");
  g_autofree char *normal = released (lab, doctor_id, "KT", "K=4.1");
  g_autofree char *others = released (lab, ELSEWHERE, "KT", "K=4.2");
  g_autofree char *nobodys = released (lab, NULL, "KT", "K=4.3");
  g_autoptr (GPtrArray) first = inbox_of (lab, lab->doctor);
  g_assert_cmpuint (first->len, ==, 2);
  MhRecord *item = first->pdata[0];
  g_assert_cmpstr (mh_record_text (item, MH_INBOX_ITEM_ORDER_ID), ==, critical);
  g_assert_cmpint (mh_record_int (item, MH_INBOX_ITEM_N_CRITICAL), ==, 1);
  g_assert_cmpint (mh_record_int (item, MH_INBOX_ITEM_N_ABNORMAL), ==, 1);
  g_assert_cmpint (mh_record_int (item, MH_INBOX_ITEM_VERSION_NO), ==, 1);
  g_assert_cmpstr (mh_record_text (item, MH_INBOX_ITEM_STATUS), ==, MH_REPORT_STATUS_FINAL);
  g_assert_cmpstr (mh_record_text (item, MH_INBOX_ITEM_PATIENT_ID), ==, LAB_PATIENT);
  g_assert_false (mh_record_has (item, MH_INBOX_ITEM_SEEN_AT));
  g_assert_cmpstr (mh_record_text (first->pdata[1], MH_INBOX_ITEM_ORDER_ID), ==, abnormal);
  g_autoptr (GPtrArray) rest
      = inbox_page (lab, lab->doctor, FALSE, FALSE, mh_record_id (first->pdata[1]));
  g_assert_cmpuint (rest->len, ==, 1);
  g_assert_cmpstr (mh_record_text (rest->pdata[0], MH_INBOX_ITEM_ORDER_ID), ==, normal);
  g_assert_cmpint (mh_inbox_item_weight (first->pdata[0]), ==, 2);
  g_assert_cmpint (mh_inbox_item_weight (first->pdata[1]), ==, 1);
  g_assert_cmpint (mh_inbox_item_weight (rest->pdata[0]), ==, 0);
  g_assert_cmpint (mh_inbox_item_compare (first->pdata[0], first->pdata[1]), <, 0);
  g_assert_cmpint (mh_inbox_item_compare (rest->pdata[0], first->pdata[1]), >, 0);
}

static void
test_seen (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_begin (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = released (lab, mh_actor_user_id (lab->doctor), "KT", "K=6.9");
  g_autoptr (GPtrArray) found = inbox_of (lab, lab->doctor);
  const char *id = mh_record_id (found->pdata[0]);
  g_autoptr (MhRecord) seen = see (lab, lab->doctor, id, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_text (seen, MH_INBOX_ITEM_SEEN_NAME), ==, "Dr Dev Doctor");
  g_autoptr (MhRecord) again = see (lab, lab->doctor, id, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (mh_record_int (again, MH_VERSION), ==, mh_record_int (seen, MH_VERSION));
  g_autoptr (GPtrArray) none = inbox_of (lab, lab->doctor);
  g_assert_cmpuint (none->len, ==, 0);
  g_autoptr (GPtrArray) old = inbox_page (lab, lab->doctor, TRUE, FALSE, NULL);
  g_assert_cmpuint (old->len, ==, 1);
  Step step = { .actor = lab->doctor, .id = id };
  mh_assert_ok (lab_write (lab, lab->doctor, unsee_step, &step, &error), error);
  drop (step.reply);
  g_autoptr (GPtrArray) back = inbox_of (lab, lab->doctor);
  g_assert_cmpuint (back->len, ==, 1);
  g_assert_false (mh_record_has (back->pdata[0], MH_INBOX_ITEM_SEEN_NAME));
}

/* What was corrected comes back; who saw the old one has not seen the new one. */
static void
test_corrected (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_begin (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = released (lab, mh_actor_user_id (lab->doctor), "KT", "K=4.1");
  g_autoptr (GPtrArray) found = inbox_of (lab, lab->doctor);
  g_autofree char *id = g_strdup (mh_record_id (found->pdata[0]));
  drop (see (lab, lab->doctor, id, 1, &error));
  g_assert_no_error (error);
  correct (lab, order,
           "{\"kind\":\"correct\",\"reason\":\"typing\","
           "\"values\":[{\"analyte\":\"K\",\"new_value\":\"6.8\"}]}");
  g_autoptr (GPtrArray) back = inbox_of (lab, lab->doctor);
  g_assert_cmpuint (back->len, ==, 1);
  g_assert_cmpstr (mh_record_id (back->pdata[0]), ==, id);
  g_assert_cmpint (mh_record_int (back->pdata[0], MH_INBOX_ITEM_VERSION_NO), ==, 2);
  g_assert_cmpint (mh_record_int (back->pdata[0], MH_INBOX_ITEM_N_CRITICAL), ==, 1);
  g_assert_cmpstr (mh_record_text (back->pdata[0], MH_INBOX_ITEM_STATUS), ==,
                   MH_REPORT_STATUS_CORRECTED);
  g_assert_null (see (lab, lab->doctor, id, 1, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  g_clear_error (&error);
  drop (see (lab, lab->doctor, id, 2, &error));
  g_assert_no_error (error);
}

/* The same department looks after them; nobody else even learns that there is one. */
static void
test_colleague (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_begin (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) colleague = doctor_new (COLLEAGUE, "Dr Cora Colleague");
  g_autoptr (MhActor) elsewhere = doctor_new (ELSEWHERE, "Dr Else Where");
  g_autofree char *order = released (lab, mh_actor_user_id (lab->doctor), "KT", "K=6.9");
  g_autoptr (GPtrArray) own = inbox_of (lab, colleague);
  g_assert_cmpuint (own->len, ==, 0);
  g_autoptr (GPtrArray) theirs = inbox_page (lab, colleague, FALSE, TRUE, NULL);
  g_assert_cmpuint (theirs->len, ==, 1);
  const char *id = mh_record_id (theirs->pdata[0]);
  g_autoptr (GPtrArray) mine = inbox_page (lab, lab->doctor, FALSE, TRUE, NULL);
  g_assert_cmpuint (mine->len, ==, 0);
  g_autoptr (GPtrArray) none = inbox_page (lab, elsewhere, FALSE, TRUE, NULL);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_null (see (lab, elsewhere, id, 1, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_autoptr (MhRecord) seen = see (lab, colleague, id, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_text (seen, MH_INBOX_ITEM_SEEN_NAME), ==, "Dr Cora Colleague");
  g_assert_cmpstr (mh_record_text (seen, MH_INBOX_ITEM_USER_NAME), !=, "Dr Cora Colleague");
  /* the feed tells whose it is, and nobody else */
  g_assert_true (mh_inbox_item_type.is_for (seen, mh_actor_user_id (lab->doctor), NULL));
  g_assert_false (mh_inbox_item_type.is_for (seen, COLLEAGUE, NULL));
}

/* Another doctor on the order: who has not looked need not any more, who has keeps it. */
static void
test_given_on (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_begin (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) colleague = doctor_new (COLLEAGUE, "Dr Cora Colleague");
  g_autofree char *order = released (lab, mh_actor_user_id (lab->doctor), "KT", "K=6.9");
  give_doctor (lab, order, COLLEAGUE);
  g_autoptr (GPtrArray) gone = inbox_of (lab, lab->doctor);
  g_assert_cmpuint (gone->len, ==, 0);
  g_autoptr (GPtrArray) hers = inbox_of (lab, colleague);
  g_assert_cmpuint (hers->len, ==, 1);
  drop (see (lab, colleague, mh_record_id (hers->pdata[0]), 1, &error));
  g_assert_no_error (error);
  give_doctor (lab, order, mh_actor_user_id (lab->doctor));
  g_autoptr (GPtrArray) back = inbox_of (lab, lab->doctor);
  g_assert_cmpuint (back->len, ==, 1);
  g_autoptr (GPtrArray) kept = inbox_page (lab, colleague, TRUE, FALSE, NULL);
  g_assert_cmpuint (kept->len, ==, 1);
  g_autofree char *waiting = lab_order (lab, "KT");
  give_doctor (lab, waiting, COLLEAGUE);
  g_autoptr (GPtrArray) none = inbox_of (lab, colleague);
  g_assert_cmpuint (none->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/inbox/released", test_released);
  mh_test_add_both ("/inbox/seen", test_seen);
  mh_test_add_both ("/inbox/corrected", test_corrected);
  mh_test_add_both ("/inbox/colleague", test_colleague);
  mh_test_add_both ("/inbox/given-on", test_given_on);
  return mh_test_run ();
}
