/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawers: opened, counted blind, closed with a reason; days locked. On both databases. */
#include "server/lab/catalogue/mh-place.h"
#include "server/money/till/mh-till-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-date.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/mh-records.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/money/mh-till.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-settings.h"
#include "tests/server/lab-fixture.h"

#define OTHER_HOSPITAL "01900000-0000-7000-8000-0000000000d2"

typedef struct
{
  Lab *lab;
  MhActor *cashier, *other, *manager;
} House;

static MhActor *
person (const char *id, const char *name, const char *role)
{
  return mh_actor_new (id, name, role, LAB_HOSPITAL, NULL,
                       mh_role_default_find (role)->permissions);
}

static House *
house_new (const MhTestDb *test)
{
  House *house = g_new0 (House, 1);
  house->lab = lab_new (test);
  house->cashier = person ("01900000-0000-7000-8000-0000000000c1", "Imran", MH_ROLE_CASHIER);
  house->other = person ("01900000-0000-7000-8000-0000000000c2", "Sita", MH_ROLE_CASHIER);
  house->manager = person ("01900000-0000-7000-8000-0000000000c3", "Meera", MH_ROLE_MANAGER);
  return house;
}

static void
house_free (House *house)
{
  mh_actor_unref (house->cashier);
  mh_actor_unref (house->other);
  mh_actor_unref (house->manager);
  lab_free (house->lab);
  g_free (house);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (House, house_free)

/* --- steps --- */

typedef enum
{
  OPEN,
  MOVE,
  COUNT,
  CLOSE,
  LOCK,
  UNLOCK,
  CASH,
  PAY,
} What;

typedef struct
{
  What what;
  MhActor *actor;
  const char *id; /* session, or day */
  const char *json;
  MhRecord *reply;
  char *session_id;
} Step;

static const MhRecordType *
body_of (What what)
{
  switch (what)
    {
    case OPEN:
      return &mh_cash_session_type;
    case MOVE:
      return &mh_cash_move_type;
    case COUNT:
      return &mh_cash_counting_type;
    case CLOSE:
      return &mh_cash_closing_type;
    case LOCK:
    case UNLOCK:
      return &mh_day_locking_type;
    case CASH:
    case PAY:
    default:
      return NULL;
    }
}

/* A payment as the payments' room writes it; below zero: a refund of the one in @json. */
static gboolean
pay (MhTx *tx, Step *step, GError **error)
{
  g_autoptr (MhRecord) payment = mh_record_new (&mh_payment_type);
  mh_record_set_text (payment, MH_PAYMENT_CURRENCY, "INR");
  gint64 amount = g_ascii_strtoll (step->json, NULL, 10);
  mh_record_set_text (payment, MH_PAYMENT_HOSPITAL_ID, LAB_HOSPITAL);
  mh_record_set_text (payment, MH_PAYMENT_METHOD, MH_METHOD_CASH);
  mh_record_set_int (payment, MH_PAYMENT_AMOUNT, ABS (amount));
  mh_record_set_text (payment, MH_PAYMENT_STATUS, MH_PAYMENT_STATUS_CAPTURED);
  mh_record_set_int (payment, MH_PAYMENT_RECEIVED_AT, mh_tx_now (tx));
  mh_record_set_text (payment, MH_PAYMENT_RECEIVED_NAME, mh_actor_name (step->actor));
  mh_record_set_text (payment, MH_PAYMENT_CASH_SESSION, step->id);
  if (amount < 0)
    {
      mh_record_set_text (payment, MH_PAYMENT_REFUND_OF, LAB_PATIENT);
      mh_record_set_text (payment, MH_PAYMENT_STATUS, MH_PAYMENT_STATUS_PROCESSED);
    }
  return mh_tx_insert (tx, payment, MH_AUDIT_PAY, NULL, error);
}

static MhRecord *
act (MhTx *tx, Lab *lab, Step *step, MhRecord *body, GError **error)
{
  switch (step->what)
    {
    case OPEN:
      return mh_till_service_open (MH_REQUEST_TX (tx, lab->server, step->actor), body, error);
    case MOVE:
      return mh_till_service_move (MH_REQUEST_TX (tx, NULL, step->actor), step->id, body, error);
    case COUNT:
      return mh_till_service_count (MH_REQUEST_TX (tx, NULL, step->actor), step->id, body, error);
    case CLOSE:
      return mh_till_service_close (MH_REQUEST_TX (tx, NULL, step->actor), step->id, body, error);
    case LOCK:
      return mh_till_service_lock (MH_REQUEST_TX (tx, lab->server, step->actor), step->id, body,
                                   error);
    case UNLOCK:
      return mh_till_service_unlock (MH_REQUEST_TX (tx, NULL, step->actor), step->id, body, error);
    case CASH:
    case PAY:
    default:
      return NULL;
    }
}

static gboolean
run_step (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  if (step->what == PAY)
    return pay (tx, step, error);
  if (step->what == CASH)
    return mh_till_service_cash (MH_REQUEST_TX (tx, lab->server, step->actor), &step->session_id,
                                 error);
  g_autoptr (MhRecord) body
      = mh_record_from_text (body_of (step->what), step->json, -1, MH_JSON_CREATE, error);
  if (body == NULL)
    return FALSE;
  g_clear_object (&step->reply);
  step->reply = act (tx, lab, step, body, error);
  return step->reply != NULL;
}

static MhRecord *
run (House *house, What what, MhActor *actor, const char *id, const char *json, GError **error)
{
  Step step = { what, actor, id, json, NULL, NULL };
  return lab_write (house->lab, actor, run_step, &step, error) ? step.reply : NULL;
}

static MhRecord *
must (House *house, What what, MhActor *actor, const char *id, const char *json)
{
  g_autoptr (GError) error = NULL;
  MhRecord *reply = run (house, what, actor, id, json, &error);
  g_assert_no_error (error);
  return reply;
}

static void
refuse (House *house, What what, MhActor *actor, const char *id, const char *json, MhErrorKind kind)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (run (house, what, actor, id, json, &error));
  g_assert_error (error, MH_ERROR, (int)kind);
}

static char *
cash (House *house, MhActor *actor, GError **error)
{
  Step step = { CASH, actor, NULL, NULL, NULL, NULL };
  return lab_write (house->lab, actor, run_step, &step, error) ? step.session_id : NULL;
}

#define NOTES(n500, n1)                                                                            \
  "{\"counts\":[{\"denomination\":50000,\"pieces\":" #n500                                         \
  "},{\"denomination\":100,\"pieces\":" #n1 "}]}"

/* --- the day of a drawer --- */

static void
test_drawer (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  MhActor *who = house->cashier;
  g_autoptr (MhRecord) open = must (house, OPEN, who, NULL, "{\"opening_float\":50000}");
  const char *id = mh_record_id (open);
  g_assert_cmpstr (mh_record_text (open, MH_CASH_SESSION_NUMBER), ==, "TST-D000001");
  must (house, PAY, who, id, "51100");
  must (house, PAY, who, id, "-1100");
  g_autoptr (MhRecord) out
      = must (house, MOVE, who, id, "{\"kind\":\"bank\",\"amount\":25000,\"reason\":\"Bank\"}");
  g_autoptr (MhRecord) in
      = must (house, MOVE, who, id, "{\"kind\":\"pay_in\",\"amount\":5000,\"reason\":\"Change\"}");
  refuse (house, MOVE, who, id, "{\"kind\":\"pay_out\",\"amount\":80001,\"reason\":\"All\"}",
          MH_ERROR_INVALID);
  /* Blind: nothing is told before something was counted. */
  g_assert_false (mh_record_has (open, MH_CASH_SESSION_EXPECTED));
  refuse (house, CLOSE, who, id, "{}", MH_ERROR_CONFLICT);
  g_autoptr (MhRecord) counted = must (house, COUNT, who, id, NOTES (1, 299));
  g_assert_cmpint (mh_record_int (counted, MH_CASH_SESSION_EXPECTED), ==, 80000);
  g_assert_cmpint (mh_record_int (counted, MH_CASH_SESSION_COUNTED_TOTAL), ==, 79900);
  g_assert_cmpint (mh_record_int (counted, MH_CASH_SESSION_VARIANCE), ==, -100);
  g_assert_cmpuint (mh_record_records (counted, MH_CASH_SESSION_MOVES)->len, ==, 2);
  refuse (house, MOVE, who, id, "{\"kind\":\"pay_in\",\"amount\":1,\"reason\":\"x\"}",
          MH_ERROR_CONFLICT);
  refuse (house, CLOSE, who, id, "{}", MH_ERROR_INVALID);
  g_autoptr (MhRecord) again = must (house, COUNT, who, id, NOTES (1, 300));
  g_assert_cmpint (mh_record_int (again, MH_CASH_SESSION_N_COUNTS), ==, 2);
  g_assert_cmpuint (mh_record_records (again, MH_CASH_SESSION_COUNTS)->len, ==, 4);
  g_autoptr (MhRecord) closed = must (house, CLOSE, who, id, "{}");
  g_assert_cmpstr (mh_record_text (closed, MH_CASH_SESSION_STATUS), ==, MH_CASH_SESSION_CLOSED);
  refuse (house, CLOSE, who, id, "{}", MH_ERROR_CONFLICT);
  refuse (house, COUNT, who, id, NOTES (0, 0), MH_ERROR_CONFLICT);
}

/* Both sides of the limit of 100.00 that a cashier may close alone. */
static void
test_variance (const MhTestDb *test)
{
  static const struct
  {
    const char *counts;
    gint64 variance;
    gboolean alone;
  } cases[] = {
    { NOTES (0, 100), 10000, TRUE },
    { NOTES (0, 101), 10100, FALSE },
  };
  g_autoptr (House) house = house_new (test);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MhRecord) open = must (house, OPEN, house->cashier, NULL, "{}");
      const char *id = mh_record_id (open);
      static const char reason[] = "{\"variance_reason\":\"unknown\"}";
      g_autoptr (MhRecord) counted = must (house, COUNT, house->cashier, id, cases[i].counts);
      g_assert_cmpint (mh_record_int (counted, MH_CASH_SESSION_VARIANCE), ==, cases[i].variance);
      if (!cases[i].alone)
        refuse (house, CLOSE, house->cashier, id, reason, MH_ERROR_FORBIDDEN);
      refuse (house, CLOSE, house->other, id, reason, MH_ERROR_FORBIDDEN);
      g_autoptr (MhRecord) closed
          = must (house, CLOSE, cases[i].alone ? house->cashier : house->manager, id, reason);
      g_assert_cmpstr (mh_record_text (closed, MH_CASH_SESSION_VARIANCE_REASON), ==, "unknown");
    }
}

/* The first cash payment opens a drawer; the float may come later; one drawer at a time. */
static void
test_implicit (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *first = cash (house, house->cashier, &error);
  g_assert_no_error (error);
  g_autofree char *second = cash (house, house->cashier, &error);
  g_autofree char *others = cash (house, house->other, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpstr (first, !=, others);
  g_autoptr (MhRecord) adopted
      = must (house, OPEN, house->cashier, NULL, "{\"opening_float\":1000}");
  g_assert_cmpstr (mh_record_id (adopted), ==, first);
  g_assert_cmpint (mh_record_int (adopted, MH_CASH_SESSION_FLOAT), ==, 1000);
  refuse (house, OPEN, house->cashier, NULL, "{\"opening_float\":1000}", MH_ERROR_CONFLICT);
}

static gboolean
require_session (MhTx *tx, Lab *lab G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED, GError **error)
{
  g_autoptr (MhRecord) setting = mh_record_new (&mh_setting_type);
  mh_record_set_text (setting, MH_SETTING_KEY, MH_SET_CASH_SESSION_REQUIRED);
  mh_record_set_text (setting, MH_SETTING_KIND, MH_SETTING_KIND_BOOL);
  mh_record_set_text (setting, MH_SETTING_VALUE, "true");
  return mh_tx_insert (tx, setting, MH_AUDIT_CREATE, NULL, error);
}

static void
test_required (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  g_assert_true (lab_write (house->lab, house->manager, require_session, NULL, &error));
  g_assert_null (cash (house, house->cashier, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  g_clear_error (&error);
  g_autoptr (MhRecord) open = must (house, OPEN, house->cashier, NULL, "{\"opening_float\":0}");
  g_autofree char *session = cash (house, house->cashier, &error);
  g_assert_cmpstr (session, ==, mh_record_id (open));
}

/* --- the day --- */

static MhRecord *
book (House *house, const char *day, GError **error)
{
  MhDb *db = lab_reader (house->lab);
  MhRecord *found = mh_till_service_day_book (
      MH_REQUEST_DB (db, house->lab->server, house->manager), day, error);
  lab_done (house->lab, db);
  return found;
}

static void
test_day (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) open = must (house, OPEN, house->cashier, NULL, "{\"opening_float\":100}");
  const char *id = mh_record_id (open);
  const char *day = mh_record_text (open, MH_CASH_SESSION_DAY);
  must (house, PAY, house->cashier, id, "2100");
  must (house, PAY, house->cashier, id, "-100");
  refuse (house, LOCK, house->manager, day, "{}", MH_ERROR_CONFLICT);
  g_autoptr (MhRecord) counted = must (house, COUNT, house->cashier, id, NOTES (0, 21));
  g_autoptr (MhRecord) closed = must (house, CLOSE, house->cashier, id, "{}");
  g_autoptr (MhRecord) lock = must (house, LOCK, house->manager, day, "{\"note\":\"ok\"}");
  g_assert_cmpint (mh_record_int (lock, MH_DAY_LOCK_TAKEN), ==, 2100);
  g_assert_cmpint (mh_record_int (lock, MH_DAY_LOCK_GIVEN_BACK), ==, 100);
  g_assert_nonnull (mh_record_text (lock, MH_DAY_LOCK_AUDIT_HASH));
  refuse (house, LOCK, house->manager, day, "{}", MH_ERROR_CONFLICT);
  refuse (house, OPEN, house->cashier, NULL, "{}", MH_ERROR_CONFLICT);
  g_assert_null (cash (house, house->other, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  g_clear_error (&error);
  g_autoptr (MhRecord) found = book (house, day, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mh_record_records (found, MH_DAY_BOOK_LINES)->len, ==, 2);
  g_assert_cmpint (mh_record_int (found, MH_DAY_BOOK_NET), ==, 2000);
  g_assert_nonnull (mh_record_record (found, MH_DAY_BOOK_LOCK));
  refuse (house, UNLOCK, house->manager, day, "{}", MH_ERROR_INVALID);
  g_autoptr (MhRecord) gone = must (house, UNLOCK, house->manager, day, "{\"note\":\"late\"}");
  refuse (house, UNLOCK, house->manager, day, "{\"note\":\"late\"}", MH_ERROR_CONFLICT);
  g_autofree char *session = cash (house, house->other, &error);
  g_assert_no_error (error);
  g_assert_nonnull (session);
}

static void
test_days_refused (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  static const char *const days[] = { "2200-01-01", "21-11-2026", "" };
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (book (house, days[i], &error));
      g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
      refuse (house, LOCK, house->manager, days[i], "{}", MH_ERROR_INVALID);
    }
}

/* Each sees and counts what is theirs. */
static void
test_others (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) mine = must (house, OPEN, house->cashier, NULL, "{\"opening_float\":1}");
  g_autoptr (MhRecord) theirs = must (house, OPEN, house->other, NULL, "{\"opening_float\":2}");
  refuse (house, COUNT, house->other, mh_record_id (mine), NOTES (0, 0), MH_ERROR_FORBIDDEN);
  MhDb *db = lab_reader (house->lab);
  MhTillQuery query = { .limit = 10 };
  g_autoptr (GPtrArray) all
      = mh_till_service_list (MH_REQUEST_DB (db, NULL, house->manager), &query, &error);
  g_autoptr (GPtrArray) of_technician
      = mh_till_service_list (MH_REQUEST_DB (db, NULL, house->lab->technician), &query, &error);
  lab_done (house->lab, db);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpuint (of_technician->len, ==, 0);
  g_assert_cmpint (mh_record_int (theirs, MH_CASH_SESSION_FLOAT), ==, 2);
}

/* What may be handed out: exactly what was counted in and taken, no paisa more; a drawer that a
 * payment opened is not held to a float nobody counted. */
static void
test_covers (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) open = must (house, OPEN, house->cashier, NULL, "{\"opening_float\":100}");
  const char *id = mh_record_id (open);
  must (house, PAY, house->cashier, id, "2100");
  must (house, PAY, house->cashier, id, "-200");
  g_autofree char *implicit = cash (house, house->other, &error);
  g_assert_no_error (error);
  MhDb *db = lab_reader (house->lab);
  gboolean has = FALSE;
  g_assert_true (mh_till_service_has_open (MH_REQUEST_DB (db, NULL, house->cashier), &has, &error)
                 && has);
  g_assert_true (mh_till_service_has_open (MH_REQUEST_DB (db, NULL, house->manager), &has, &error)
                 && !has);
  g_assert_true (mh_till_service_covers (db, id, 2000, &error));
  g_assert_false (mh_till_service_covers (db, id, 2001, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (mh_till_service_covers (db, implicit, 100000, &error));
  lab_done (house->lab, db);
}

static gboolean
second_hospital (MhTx *tx, Lab *lab G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED, GError **error)
{
  g_autoptr (MhRecord) hospital = mh_record_new (&mh_hospital_type);
  mh_record_set_text (hospital, MH_ID, OTHER_HOSPITAL);
  mh_record_set_text (hospital, MH_HOSPITAL_CODE, "TWO");
  mh_record_set_text (hospital, MH_HOSPITAL_NAME, "Second");
  return mh_tx_insert (tx, hospital, MH_AUDIT_CREATE, NULL, error);
}

/* Somebody who helps out in a second house has a drawer in each; never two in one. */
static void
test_two_houses (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  g_assert_true (lab_write (house->lab, house->manager, second_hospital, NULL, &error));
  g_autoptr (MhActor) there
      = mh_actor_new (mh_actor_user_id (house->cashier), "Imran", MH_ROLE_CASHIER, OTHER_HOSPITAL,
                      NULL, mh_role_default_find (MH_ROLE_CASHIER)->permissions);
  g_autoptr (MhRecord) here = must (house, OPEN, house->cashier, NULL, "{\"opening_float\":1}");
  g_autofree char *second = cash (house, there, &error);
  g_assert_no_error (error);
  g_autofree char *first = cash (house, house->cashier, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first, ==, mh_record_id (here));
  g_assert_cmpstr (second, !=, first);
  refuse (house, OPEN, house->cashier, NULL, "{\"opening_float\":1}", MH_ERROR_CONFLICT);
}

static gint64
booked_at (House *house, gint64 at, gint64 now)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (house->lab);
  gint64 found = 0;
  g_assert_true (mh_till_service_book_at (MH_REQUEST_DB (db, house->lab->server, NULL),
                                          LAB_HOSPITAL, at, now, &found, &error));
  lab_done (house->lab, db);
  return found;
}

/* A bank's answer of yesterday belongs to yesterday, until yesterday's totals are signed. */
static void
test_late_money (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  gint64 now = g_get_real_time (), then = now - 3 * G_TIME_SPAN_DAY;
  MhDb *db = lab_reader (house->lab);
  g_auto (MhPlace) place = { 0 };
  g_autoptr (GError) error = NULL;
  g_assert_true (
      mh_place_of (MH_REQUEST_DB (db, house->lab->server, house->manager), now, &place, &error));
  lab_done (house->lab, db);
  char day[MH_DATE_LENGTH + 1];
  mh_date_format (mh_date_of_instant (then, place.zone), day);
  g_assert_cmpint (booked_at (house, then, now), ==, then);
  g_autoptr (MhRecord) lock = must (house, LOCK, house->manager, day, "{}");
  g_assert_cmpint (booked_at (house, then, now), ==, now);
  g_assert_cmpint (booked_at (house, then - G_TIME_SPAN_DAY, now), ==, then - G_TIME_SPAN_DAY);
  g_autoptr (MhRecord) gone = must (house, UNLOCK, house->manager, day, "{\"note\":\"late\"}");
  g_assert_cmpint (booked_at (house, then, now), ==, then);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  mh_test_add_both ("/till/drawer", test_drawer);
  mh_test_add_both ("/till/variance", test_variance);
  mh_test_add_both ("/till/implicit", test_implicit);
  mh_test_add_both ("/till/required", test_required);
  mh_test_add_both ("/till/day", test_day);
  mh_test_add_both ("/till/days-refused", test_days_refused);
  mh_test_add_both ("/till/others", test_others);
  mh_test_add_both ("/till/covers", test_covers);
  mh_test_add_both ("/till/two-houses", test_two_houses);
  mh_test_add_both ("/till/late-money", test_late_money);
  return mh_test_run ();
}
