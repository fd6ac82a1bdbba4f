/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turnaround from order to report, what is late, figures and their percentiles, patients' answers:
 * on both databases, with the same results. */
#include <string.h>

#include "server/front/insights/mh-insights-service.h"
#include "server/front/insights/mh-turnaround-service.h"
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/messages/alerts/mh-alerts-service.h"
#include "server/messages/feedback/mh-feedback-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-date.h"
#include "shared/records/front/mh-insight.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/messages/mh-feedback.h"
#include "shared/records/mh-records.h"
#include "shared/records/money/mh-gateway.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "tests/server/lab-fixture.h"

static MhActor *
manager_new (void)
{
  return mh_actor_new ("01900000-0000-7000-8000-0000000000d9", "Manager", MH_ROLE_MANAGER,
                       LAB_HOSPITAL, NULL, mh_role_default_find (MH_ROLE_MANAGER)->permissions);
}

static gint64
now_of (Lab *lab)
{
  return mh_clock_now (mh_server_clock (lab->server));
}

static void
advance (Lab *lab, gint64 by)
{
  mh_clock_advance (mh_server_clock (lab->server), by);
}

/* --- gathering --- */

static gboolean
gather_it (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  gboolean *more = data;
  return mh_turnaround_service_gather (tx, mh_server_catalogue (lab->server), more, error)
         && (*more || mh_turnaround_service_watch (tx, error));
}

static void
gathered (Lab *lab)
{
  g_autoptr (GError) error = NULL;
  for (gboolean more = TRUE; more;)
    mh_assert_ok (lab_write (lab, lab->technician, gather_it, &more, &error), error);
}

static MhRecord *
asked (Lab *lab, const MhInsightWanted *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) manager = manager_new ();
  MhDb *db = lab_reader (lab);
  MhRecord *insight
      = mh_insights_service_make (MH_REQUEST_DB (db, lab->server, manager), wanted, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  return insight;
}

/* "key: a b c; key: …", so that a whole figure is one comparison. */
static char *
told (MhRecord *insight)
{
  GString *text = g_string_new (NULL);
  GPtrArray *rows = mh_record_records (insight, MH_INSIGHT_ROWS);
  for (guint i = 0; i < rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      g_autofree char *values
          = g_strjoinv (" ", (char **)mh_record_list (row, MH_INSIGHT_ROW_VALUES));
      g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "; " : "",
                              mh_record_text (row, MH_INSIGHT_ROW_KEY), values);
    }
  return g_string_free (text, FALSE);
}

static void
tells (Lab *lab, const MhInsightWanted *wanted, const char *expected)
{
  g_autoptr (MhRecord) insight = asked (lab, wanted);
  g_autofree char *text = told (insight);
  g_assert_cmpstr (text, ==, expected);
}

/* --- percentiles: rows put as they would be gathered --- */

typedef struct
{
  const char *id, *day, *week, *bench, *test, *priority;
  gint64 seconds, work, due;
} Made;

static gboolean
put_rows (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  for (const Made *made = data; made->id != NULL; made++)
    {
      MhTurnaround row = { .item_id = (char *)made->id,
                           .order_id = (char *)made->id,
                           .hospital_id = (char *)LAB_HOSPITAL,
                           .test = (char *)made->test,
                           .name = (char *)made->test,
                           .bench = (char *)made->bench,
                           .priority = (char *)made->priority };
      g_strlcpy (row.day, made->day, sizeof row.day);
      g_strlcpy (row.week, made->week, sizeof row.week);
      for (guint i = 0; i < MH_N_EVENTS; i++)
        row.at[i] = 1000 * MH_SECOND + (i >= MH_EVENT_VERIFIED ? made->seconds * MH_SECOND : 0);
      for (guint i = 0; i < MH_N_SEGMENTS; i++)
        {
          row.calendar[i] = made->seconds;
          row.work[i] = made->work;
        }
      row.due_at = made->due > 0 ? 1000 * MH_SECOND + made->due * MH_SECOND : 0;
      if (made->seconds < 0)
        row.at[MH_EVENT_VERIFIED] = row.at[MH_EVENT_REPORTED] = 0;
      if (!mh_turnaround_store_put (tx, &row, error))
        return FALSE;
    }
  return TRUE;
}

/* As gathering does with what it puts. */
static gboolean
put_and_mark (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autofree char *walked = NULL;
  gint64 seq;
  return mh_turnaround_store_mark (mh_tx_db (tx), &walked, &seq, error)
         && put_rows (tx, lab, data, error)
         && mh_turnaround_store_set_mark (tx, walked, seq + 1, error);
}

/* Ten of chemistry, 1 to 10 minutes; one of haematology; one that is not there yet. */
static const Made made[] = {
  { "a", "2026-03-02", "2026-03-02", "C", "KT", "routine", 60, 30, 300 },
  { "b", "2026-03-02", "2026-03-02", "C", "KT", "routine", 120, 60, 300 },
  { "c", "2026-03-03", "2026-03-02", "C", "KT", "stat", 180, 90, 300 },
  { "d", "2026-03-03", "2026-03-02", "C", "KT", "routine", 240, 120, 300 },
  { "e", "2026-03-04", "2026-03-02", "C", "KT", "routine", 300, 150, 300 },
  { "f", "2026-03-08", "2026-03-02", "C", "KT", "routine", 360, 180, 300 },
  { "g", "2026-03-09", "2026-03-09", "C", "CHOLT", "routine", 420, 210, 300 },
  { "h", "2026-03-09", "2026-03-09", "C", "CHOLT", "routine", 480, 240, 0 },
  { "i", "2026-03-09", "2026-03-09", "C", "CHOLT", "routine", 540, 270, 0 },
  { "j", "2026-04-01", "2026-03-30", "C", "CHOLT", "routine", 600, 300, 0 },
  { "k", "2026-03-02", "2026-03-02", "H", "CBC", "stat", 7200, 0, 3600 },
  { "l", "2026-03-02", "2026-03-02", "H", "CBC", "routine", -1, -1, 0 },
  { NULL },
};

static void
test_percentiles (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  mh_assert_ok (lab_write (lab, lab->technician, put_and_mark, (gpointer)made, &error), error);
  const struct
  {
    MhInsightWanted wanted;
    const char *told; /* tests P50 P90 working P50 P90, tenths of a per cent in time */
  } cases[] = {
    { { .by = "bench" }, "C: 10 300 540 150 270 714; H: 1 7200 7200 0 0 0" },
    { { .by = "test" },
      "KT: 6 180 360 90 180 833; CHOLT: 4 480 600 240 300 0; "
      "CBC: 1 7200 7200 0 0 0" },
    { { .by = "priority" }, "routine: 9 360 600 180 300 667; stat: 2 180 7200 0 90 500" },
    { { .by = "month" }, "2026-03: 10 300 540 120 240 625; 2026-04: 1 600 600 300 300 " },
    { { .by = "week", .to = "2026-03-15" },
      "2026-03-02: 7 240 7200 90 180 714; 2026-03-09: 3 480 540 240 270 0" },
    { { .by = "day", .to = "2026-03-04" },
      "2026-03-02: 3 120 7200 30 60 667; 2026-03-03: 2 180 240 90 120 1000; "
      "2026-03-04: 1 300 300 150 150 1000" },
    { { .by = "bench", .bench = "C", .test = "KT", .priority = "stat" },
      "C: 1 180 180 90 90 1000" },
    { { .by = "bench", .segment = "verify", .bench = "H" }, "H: 1 7200 7200 0 0 0" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      MhInsightWanted wanted = cases[i].wanted;
      g_test_message ("by %s", wanted.by);
      wanted.figure = MH_INSIGHT_TURNAROUND;
      wanted.from = "2026-03-02";
      if (wanted.to == NULL)
        wanted.to = "2026-04-01";
      tells (lab, &wanted, cases[i].told);
    }
  MhInsightWanted steps
      = { .figure = MH_INSIGHT_TURNAROUND, .from = "2026-03-02", .to = "2026-04-01", .bench = "C" };
  tells (lab, &steps,
         "collect: 10 300 540 150 270 ; receive: 10 300 540 150 270 ; result: 10 300 540 150 270 ; "
         "verify: 10 300 540 150 270 ; report: 10 300 540 150 270 ; lab: 10 300 540 150 270 ; "
         "total: 10 300 540 150 270 ");
  MhInsightWanted work
      = { .figure = MH_INSIGHT_WORKLOAD, .by = "bench", .from = "2026-03-02", .to = "2026-04-01" };
  tells (lab, &work, "C: 10 1 10; H: 2 1 1");
}

/* Worked out once for as long as nothing is gathered: what is put without a word is not seen, and
 * no hospital, filter, step or day gets another one's. */
static void
test_kept (const MhTestDb *test)
{
  static const Made quick[]
      = { { "m", "2026-03-02", "2026-03-02", "H", "CBC", "stat", 10, 5, 20 }, { NULL } };
  static const Made quicker[]
      = { { "n", "2026-03-02", "2026-03-02", "H", "CBC", "stat", 4, 2, 20 }, { NULL } };
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  MhInsightWanted wanted = {
    .figure = MH_INSIGHT_TURNAROUND, .by = "bench", .from = "2026-03-02", .to = "2026-03-02"
  };
  mh_assert_ok (lab_write (lab, lab->technician, put_and_mark, (gpointer)made, &error), error);
  tells (lab, &wanted, "C: 2 60 120 30 60 1000; H: 1 7200 7200 0 0 0");
  mh_assert_ok (lab_write (lab, lab->technician, put_rows, (gpointer)quick, &error), error);
  tells (lab, &wanted, "C: 2 60 120 30 60 1000; H: 1 7200 7200 0 0 0");

  MhInsightWanted others[] = { wanted, wanted, wanted, wanted, wanted, wanted };
  others[0].by = "priority";
  others[1].bench = "H";
  others[2].bench = "";
  others[3].test = "CBC";
  others[4].priority = "stat";
  others[5].to = "2026-03-03";
  tells (lab, &others[0], "routine: 2 60 120 30 60 1000; stat: 2 10 7200 0 5 500");
  tells (lab, &others[1], "H: 2 10 7200 0 5 500");
  tells (lab, &others[2], "");
  tells (lab, &others[3], "H: 2 10 7200 0 5 500");
  tells (lab, &others[4], "H: 2 10 7200 0 5 500");
  tells (lab, &others[5], "C: 4 120 240 60 120 1000; H: 2 10 7200 0 5 500");

  mh_assert_ok (lab_write (lab, lab->technician, put_and_mark, (gpointer)quicker, &error), error);
  tells (lab, &wanted, "H: 3 10 7200 2 5 667; C: 2 60 120 30 60 1000");

  g_autoptr (MhActor) elsewhere
      = mh_actor_new ("01900000-0000-7000-8000-0000000000da", "Manager", MH_ROLE_MANAGER,
                      "01900000-0000-7000-8000-0000000000db", NULL,
                      mh_role_default_find (MH_ROLE_MANAGER)->permissions);
  MhDb *db = lab_reader (lab);
  g_autoptr (MhRecord) theirs
      = mh_insights_service_make (MH_REQUEST_DB (db, lab->server, elsewhere), &wanted, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  g_assert_cmpuint (mh_record_records (theirs, MH_INSIGHT_ROWS)->len, ==, 0);
}

static void
test_refused (const MhTestDb *test)
{
  static const struct
  {
    MhInsightWanted wanted;
    MhErrorKind kind;
  } cases[] = {
    { { .figure = "nothing" }, MH_ERROR_NOT_FOUND },
    { { .figure = MH_INSIGHT_TURNAROUND, .by = "method" }, MH_ERROR_INVALID },
    { { .figure = MH_INSIGHT_TURNAROUND, .by = "da" }, MH_ERROR_INVALID },
    { { .figure = MH_INSIGHT_ORDERS, .from = "2026-03-02", .to = "2026-03-01" }, MH_ERROR_INVALID },
    { { .figure = MH_INSIGHT_ORDERS, .from = "2026-03-32" }, MH_ERROR_INVALID },
    { { .figure = MH_INSIGHT_ORDERS, .from = "2020-01-01", .to = "2026-03-01" }, MH_ERROR_INVALID },
  };
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (MhActor) manager = manager_new ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      MhDb *db = lab_reader (lab);
      g_assert_null (mh_insights_service_make (MH_REQUEST_DB (db, lab->server, manager),
                                               &cases[i].wanted, &error));
      lab_done (lab, db);
      g_assert_error (error, MH_ERROR, (int)cases[i].kind);
    }
}

/* --- a real order, late and done --- */

static MhRecord *
only_alert (Lab *lab)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) found = mh_alerts_service_list (
      MH_REQUEST_DB (db, NULL, lab->technician),
      &(MhAlertsQuery){ .kind = MH_ALERT_TURNAROUND_BREACH, .limit = 9 }, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, <=, 1);
  return found->len > 0 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
}

static gboolean
limit_it (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) before = mh_store_find (mh_tx_db (tx), &mh_test_type, "code", "KT", error);
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_int (after, MH_TEST_TAT_ROUTINE, 60);
  mh_record_set_int (after, MH_TEST_TAT_STAT, 20);
  gboolean done = mh_tx_update (tx, before, after, "update", NULL, error);
  mh_catalogue_invalidate (mh_server_catalogue (lab->server));
  return done;
}

static gint64
late_at (Lab *lab, const char *bench)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) rows
      = mh_insights_service_benches (MH_REQUEST_DB (db, lab->server, lab->technician), &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    if (g_strcmp0 (mh_record_text (g_ptr_array_index (rows, i), MH_BENCH_LOAD_BENCH), bench) == 0)
      return mh_record_int (g_ptr_array_index (rows, i), MH_BENCH_LOAD_LATE);
  return -1;
}

static void
test_late (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  mh_turnaround_service_register (lab->server);
  advance (lab, MH_SECOND - now_of (lab) % MH_SECOND); /* instants are written in milliseconds */
  advance (lab, -(now_of (lab) % MH_SECOND));
  mh_assert_ok (lab_write (lab, lab->technician, limit_it, NULL, &error), error);
  g_autofree char *id = lab_order (lab, "KT");
  char collected[MH_INSTANT_LENGTH + 1];
  mh_instant_format (now_of (lab), collected);
  lab_receive (lab, id, NULL, collected);
  gathered (lab);
  g_assert_null (only_alert (lab));
  g_assert_cmpint (late_at (lab, "C"), ==, 0);
  advance (lab, 60 * MH_MINUTE - 1);
  gathered (lab);
  g_assert_null (only_alert (lab));
  advance (lab, 2);
  gathered (lab);
  g_autoptr (MhRecord) alert = only_alert (lab);
  g_assert_nonnull (alert);
  g_assert_cmpstr (mh_record_text (alert, MH_ALERT_SUBJECT_ID), ==, id);
  g_assert_cmpstr (mh_record_text (alert, MH_ALERT_BENCH), ==, "C");
  g_assert_cmpint (late_at (lab, "C"), ==, 1);
  gathered (lab); /* told once */
  g_autoptr (MhRecord) same = only_alert (lab);
  g_assert_cmpint (mh_record_version (same), ==, 1);
  /* done: off the bar at once */
  g_autoptr (MhRecord) sheet = lab_save (lab, lab->technician, id, "K=4.1", TRUE, &error);
  g_assert_no_error (error);
  g_autoptr (MhRecord) verified = lab_verify (lab, lab->pathologist, id, "verify", NULL, &error);
  g_assert_no_error (error);
  g_assert_null (only_alert (lab));
  gathered (lab);
  g_assert_cmpint (late_at (lab, "C"), ==, -1);
  /* and a figure */
  MhInsightWanted wanted = { .figure = MH_INSIGHT_TURNAROUND, .by = "test", .segment = "lab" };
  g_autoptr (MhRecord) insight = asked (lab, &wanted);
  g_autofree char *text = told (insight);
  g_assert_true (g_str_has_prefix (text, "KT: 1 "));
  g_assert_true (g_str_has_suffix (text, " 0")); /* none in time */
  MhInsightWanted behind = { .figure = MH_INSIGHT_TURNAROUND, .by = "test", .key = "KT" };
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) items = mh_insights_service_items (
      MH_REQUEST_DB (db, lab->server, lab->pathologist), &behind, 50, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  g_assert_cmpuint (items->len, ==, 1);
  g_assert_cmpstr (mh_record_text (g_ptr_array_index (items, 0), MH_INSIGHT_ITEM_ORDER_ID), ==, id);
}

static gboolean
make_stat (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_order_type, data, error);
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_ORDER_PRIORITY, MH_PRIORITY_STAT);
  return mh_tx_update (tx, before, after, "update", NULL, error);
}

/* An urgent one is told as such, sooner, once, to the laboratory. */
static void
test_late_stat (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  char collected[MH_INSTANT_LENGTH + 1];
  mh_turnaround_service_register (lab->server);
  advance (lab, MH_SECOND - now_of (lab) % MH_SECOND);
  advance (lab, -(now_of (lab) % MH_SECOND));
  mh_assert_ok (lab_write (lab, lab->technician, limit_it, NULL, &error), error);
  g_autofree char *id = lab_order (lab, "KT");
  mh_assert_ok (lab_write (lab, lab->reception, make_stat, id, &error), error);
  mh_instant_format (now_of (lab), collected);
  lab_receive (lab, id, NULL, collected);
  advance (lab, 20 * MH_MINUTE - 1);
  gathered (lab);
  lab_told (lab, MH_ALERT_STAT_DELAYED, 0, MH_ROLE_TECHNICIAN, MH_ROLE_CASHIER);
  advance (lab, 2);
  gathered (lab);
  gathered (lab);
  lab_told (lab, MH_ALERT_STAT_DELAYED, 1, MH_ROLE_TECHNICIAN, MH_ROLE_CASHIER);
  g_assert_null (only_alert (lab)); /* not once more as an ordinary one */
  g_clear_object (&(MhRecord *){ lab_save (lab, lab->technician, id, "K=4.1", TRUE, &error) });
  g_assert_no_error (error);
  g_clear_object (&(MhRecord *){ lab_verify (lab, lab->pathologist, id, "verify", NULL, &error) });
  g_assert_no_error (error);
  gathered (lab);
  lab_told (lab, MH_ALERT_STAT_DELAYED, 0, MH_ROLE_TECHNICIAN, MH_ROLE_CASHIER);
}

/* Every figure in every group it has answers on this database, also with nothing in it, and what is
 * behind each of its rows is found. */
static void
test_all (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (MhActor) manager = manager_new ();
  g_autofree char *id = lab_order (lab, "KT CBC");
  lab_receive (lab, id, NULL, LAB_FIRST_OF_TWELVE);
  gathered (lab);
  for (const MhInsightKind *kind = mh_insight_kinds; kind->figure != NULL; kind++)
    {
      g_auto (GStrv) groups = g_strsplit (kind->by, "|", -1);
      g_auto (GStrv) columns = g_strsplit (kind->columns, "|", -1);
      g_auto (GStrv) drawn = g_strsplit (kind->drawn, "|", -1);
      for (guint i = 0; columns[i] != NULL; i++)
        g_assert_nonnull (mh_insight_column_find (columns[i]));
      for (guint i = 0; drawn[i] != NULL; i++)
        g_assert_true (g_strv_contains ((const char *const *)columns, drawn[i]));
      for (guint i = 0; groups[i] != NULL; i++)
        {
          g_autoptr (GError) error = NULL;
          MhInsightWanted wanted = { .figure = kind->figure, .by = groups[i] };
          g_autoptr (MhRecord) insight = asked (lab, &wanted);
          GPtrArray *rows = mh_record_records (insight, MH_INSIGHT_ROWS);
          if (rows->len > 0)
            wanted.key = mh_record_text (g_ptr_array_index (rows, 0), MH_INSIGHT_ROW_KEY);
          MhDb *db = lab_reader (lab);
          g_autoptr (GPtrArray) items = mh_insights_service_items (
              MH_REQUEST_DB (db, lab->server, manager), &wanted, 20, &error);
          lab_done (lab, db);
          g_assert_no_error (error);
          g_assert_nonnull (items);
        }
    }
  /* 150 and 350, and the 20 that each order bears */
  MhInsightWanted orders = { .figure = MH_INSIGHT_ORDERS };
  tells (lab, &orders, "processing: 1 0 0 52000");
}

/* --- rates --- */

static gboolean
end_order (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_order_type, data, error);
  g_autoptr (MhRecord) after = before != NULL ? mh_record_copy (before) : NULL;
  if (after == NULL)
    return FALSE;
  mh_record_set_text (after, MH_ORDER_STATUS, MH_ORDER_STATUS_COMPLETED);
  mh_record_set_text (after, MH_ORDER_TAB, MH_ORDER_TAB_COMPLETED);
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

static gboolean
put_money (MhTx *tx,
           Lab *lab,
           const char *order_id,
           const char *method,
           const char *status,
           GError **error)
{
  g_autoptr (MhRecord) payment = mh_record_new (&mh_payment_type);
  mh_record_set_text (payment, MH_PAYMENT_HOSPITAL_ID, LAB_HOSPITAL);
  mh_record_set_text (payment, MH_PAYMENT_ORDER_ID, order_id);
  mh_record_set_text (payment, MH_PAYMENT_METHOD, method);
  mh_record_set_text (payment, MH_PAYMENT_STATUS, status);
  mh_record_set_text (payment, MH_PAYMENT_CURRENCY, "INR");
  mh_record_set_int (payment, MH_PAYMENT_AMOUNT, 10000);
  mh_record_set_int (payment, MH_PAYMENT_RECEIVED_AT, now_of (lab));
  return mh_tx_insert (tx, payment, MH_AUDIT_CREATE, NULL, error);
}

static gboolean
put_attempt (MhTx *tx,
             Lab *lab,
             const char *order_id,
             const char *status,
             const char *code,
             GError **error)
{
  g_autoptr (MhRecord) attempt = mh_record_new (&mh_payment_attempt_type);
  mh_record_set_text (attempt, MH_ATTEMPT_HOSPITAL_ID, LAB_HOSPITAL);
  mh_record_set_text (attempt, MH_ATTEMPT_ORDER_ID, order_id);
  mh_record_set_text (attempt, MH_ATTEMPT_STATUS, status);
  mh_record_set_text (attempt, MH_ATTEMPT_FAILURE_CODE, code);
  mh_record_set_int (attempt, MH_ATTEMPT_AMOUNT, 10000);
  return mh_tx_insert (tx, attempt, MH_AUDIT_CREATE, NULL, error);
}

/* Two that were taken; a transfer that nobody agreed to; of the codes one was refused, one ran out,
 * one waits after the bank's no, one was stopped, one waits and one was paid, which is the second
 * payment. */
static gboolean
put_attempts (MhTx *tx, Lab *lab, gpointer order_id, GError **error)
{
  return put_money (tx, lab, order_id, MH_METHOD_CASH, MH_PAYMENT_STATUS_CAPTURED, error)
         && put_money (tx, lab, order_id, MH_METHOD_ONLINE, MH_PAYMENT_STATUS_CAPTURED, error)
         && put_money (tx, lab, order_id, MH_METHOD_ONLINE, MH_PAYMENT_STATUS_REJECTED, error)
         && put_attempt (tx, lab, order_id, MH_ATTEMPT_FAILED, "refused", error)
         && put_attempt (tx, lab, order_id, MH_ATTEMPT_EXPIRED, NULL, error)
         && put_attempt (tx, lab, order_id, MH_ATTEMPT_OPEN, "refused", error)
         && put_attempt (tx, lab, order_id, MH_ATTEMPT_CLOSED, NULL, error)
         && put_attempt (tx, lab, order_id, MH_ATTEMPT_OPEN, NULL, error)
         && put_attempt (tx, lab, order_id, MH_ATTEMPT_PAID, "refused", error);
}

/* A rate is of all that was tried: what failed, what was cancelled and what is under way, too. */
static void
test_rates (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *done = lab_order (lab, "KT"), *open = lab_order (lab, "CBC");
  lab_receive (lab, open, NULL, LAB_FIRST_OF_TWELVE);
  mh_assert_ok (lab_write (lab, lab->technician, end_order, done, &error), error);
  mh_assert_ok (lab_write (lab, lab->technician, put_attempts, open, &error), error);

  MhInsightWanted orders = { .figure = MH_INSIGHT_ORDERS };
  tells (lab, &orders, "completed: 1 1 1000 17000; processing: 1 0 0 37000");
  g_autoptr (MhRecord) insight = asked (lab, &orders);
  const char *const *total
      = mh_record_list (mh_record_record (insight, MH_INSIGHT_TOTALS), MH_INSIGHT_ROW_VALUES);
  g_assert_cmpstr (total[2], ==, "500");

  MhInsightWanted payments = { .figure = MH_INSIGHT_PAYMENTS };
  tells (lab, &payments, "cash: 1 0 1000 10000 0; online: 1 4 200 10000 0");
  MhInsightWanted behind = { .figure = MH_INSIGHT_PAYMENTS, .by = "method", .key = "online" };
  g_autoptr (MhActor) manager = manager_new ();
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) items
      = mh_insights_service_items (MH_REQUEST_DB (db, lab->server, manager), &behind, 50, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  g_assert_cmpuint (items->len, ==, 5);
}

/* --- papers --- */

static void
test_papers (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (MhActor) manager = manager_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *csv_name = NULL, *pdf_name = NULL;
  mh_assert_ok (lab_write (lab, lab->technician, put_rows, (gpointer)made, &error), error);
  MhInsightWanted wanted = {
    .figure = MH_INSIGHT_TURNAROUND, .by = "bench", .from = "2026-03-02", .to = "2026-04-01"
  };
  g_autoptr (GBytes) csv
      = mh_insights_service_csv (lab->server, manager, &wanted, &csv_name, &error);
  g_assert_no_error (error);
  g_autofree char *quoted = g_strndup (g_bytes_get_data (csv, NULL), g_bytes_get_size (csv));
  g_auto (GStrv) parts = g_strsplit (quoted, "\"", -1);
  g_autofree char *text = g_strjoinv ("", parts);
  g_assert_nonnull (strstr (text, "Bench,Tests,P50 (min),P90 (min)"));
  g_assert_nonnull (strstr (text, "Chemistry,10,5.0,9.0,2.5,4.5,71.4"));
  g_assert_cmpstr (csv_name, ==, "turnaround-bench-2026-03-02-2026-04-01.csv");
  g_autoptr (GBytes) pdf
      = mh_insights_service_pdf (lab->server, manager, &wanted, "hi", &pdf_name, &error);
  g_assert_no_error (error);
  g_assert_cmpint (memcmp (g_bytes_get_data (pdf, NULL), "%PDF", 4), ==, 0);
  g_assert_cmpuint (g_bytes_get_size (pdf), <, 60 * 1024);
}

/* --- what patients say --- */

typedef struct
{
  const char *order_id, *code, *comment;
  gint64 score;
  char *made;
} Saying;

static gboolean
invite_it (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Saying *saying = data;
  g_clear_pointer (&saying->made, g_free);
  return mh_feedback_service_invite (tx, LAB_HOSPITAL, saying->order_id, "en", &saying->made,
                                     error);
}

static MhRecord *
answer_of (const Saying *saying)
{
  MhRecord *answer = mh_record_new (&mh_feedback_answer_type);
  mh_record_set_text (answer, MH_FEEDBACK_ANSWER_CODE, saying->code);
  mh_record_set_int (answer, MH_FEEDBACK_ANSWER_SCORE, saying->score);
  mh_record_set_text (answer, MH_FEEDBACK_ANSWER_COMMENT, saying->comment);
  return answer;
}

static gboolean
answer_it (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) answer = answer_of (data);
  g_autoptr (MhRecord) thanks = mh_feedback_service_answer (tx, answer, error);
  return thanks != NULL;
}

static gboolean
answer_at_kiosk (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) answer = answer_of (data);
  g_autoptr (MhRecord) thanks = mh_feedback_service_answer_for (
      MH_REQUEST_TX (tx, NULL, lab->reception), ((Saying *)data)->order_id, answer, error);
  return thanks != NULL;
}

static void
refuses (Lab *lab, LabFunc func, Saying *saying, MhErrorKind kind)
{
  g_autoptr (GError) error = NULL;
  g_assert_false (lab_write (lab, lab->reception, func, saying, &error));
  g_assert_error (error, MH_ERROR, (int)kind);
}

static void
test_feedback (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *first = lab_order (lab, "KT"), *second = lab_order (lab, "CBC");
  Saying one = { .order_id = first }, two = { .order_id = second, .score = 5 };
  advance (lab, 0);
  mh_assert_ok (lab_write (lab, lab->reception, invite_it, &one, &error), error);
  g_autofree char *void_code = g_strdup (one.made);
  mh_assert_ok (lab_write (lab, lab->reception, invite_it, &one, &error), error);
  g_assert_cmpuint (strlen (one.made), ==, 11);
  g_autoptr (MhRecord) kept = NULL;
  MhDb *db = lab_reader (lab);
  kept = mh_store_find (db, &mh_feedback_type, "order_id", first, &error);
  lab_done (lab, db);
  g_assert_null (strstr (mh_record_text (kept, MH_FEEDBACK_CODE_HASH), one.made));

  Saying wrong = { .code = "AAAAA-AAAAA", .score = 4 }, odd = { .code = "x'); --", .score = 4 };
  Saying old = { .code = void_code, .score = 4 };
  refuses (lab, answer_it, &wrong, MH_ERROR_NOT_FOUND);
  refuses (lab, answer_it, &odd, MH_ERROR_NOT_FOUND);
  refuses (lab, answer_it, &old, MH_ERROR_NOT_FOUND);
  /* as people type it */
  g_autofree char *typed = g_ascii_strdown (one.made, -1);
  g_strdelimit (typed, "-", ' ');
  Saying said = { .code = typed, .score = 2, .comment = "The queue was long" };
  mh_assert_ok (lab_write (lab, lab->reception, answer_it, &said, &error), error);
  refuses (lab, answer_it, &said, MH_ERROR_NOT_FOUND); /* once */
  said.order_id = first;
  refuses (lab, answer_at_kiosk, &said, MH_ERROR_CONFLICT); /* whichever came first */
  mh_assert_ok (lab_write (lab, lab->reception, answer_at_kiosk, &two, &error), error);
  mh_assert_ok (lab_write (lab, lab->reception, invite_it, &two, &error), error);
  g_assert_null (two.made); /* not asked again */

  MhInsightWanted wanted = { .figure = MH_INSIGHT_SATISFACTION, .by = "score" };
  tells (lab, &wanted, "2: 1 200 1; 5: 1 500 0");
  g_autoptr (MhRecord) insight = asked (lab, &wanted);
  MhRecord *totals = mh_record_record (insight, MH_INSIGHT_TOTALS);
  g_assert_cmpstr (mh_record_list (totals, MH_INSIGHT_ROW_VALUES)[1], ==, "350");
  g_autoptr (MhActor) manager = manager_new ();
  db = lab_reader (lab);
  g_autoptr (GPtrArray) alerts = mh_alerts_service_list (
      MH_REQUEST_DB (db, NULL, manager),
      &(MhAlertsQuery){ .kind = MH_ALERT_FEEDBACK_LOW, .limit = 9 }, &error);
  lab_done (lab, db);
  g_assert_cmpuint (alerts->len, ==, 1);
  g_free (one.made);
}

/* Both sides of the day a code lives to. */
static void
test_code_ends (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = lab_order (lab, "KT");
  Saying one = { .order_id = id };
  advance (lab, 0);
  mh_assert_ok (lab_write (lab, lab->reception, invite_it, &one, &error), error);
  Saying said = { .code = one.made, .score = 3 };
  advance (lab, MH_FEEDBACK_LIFE + 1);
  refuses (lab, answer_it, &said, MH_ERROR_NOT_FOUND);
  advance (lab, -1);
  mh_assert_ok (lab_write (lab, lab->reception, answer_it, &said, &error), error);
  g_free (one.made);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  mh_test_add_both ("/insights/percentiles", test_percentiles);
  mh_test_add_both ("/insights/kept", test_kept);
  mh_test_add_both ("/insights/refused", test_refused);
  mh_test_add_both ("/insights/late", test_late);
  mh_test_add_both ("/insights/late-stat", test_late_stat);
  mh_test_add_both ("/insights/all", test_all);
  mh_test_add_both ("/insights/rates", test_rates);
  mh_test_add_both ("/insights/papers", test_papers);
  mh_test_add_both ("/insights/feedback", test_feedback);
  mh_test_add_both ("/insights/code-ends", test_code_ends);
  return mh_test_run ();
}
